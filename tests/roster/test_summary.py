"""The batch's summary page, and its progress lines."""

from __future__ import annotations

import click
import pytest

from planner.cli import progress
from planner.roster.facts import LogFacts
from planner.roster.outcome import STATUSES, FileFacts, Said
from planner.roster.summary import MOST_GROUPS, Summary
from tests.roster.batches import outcome

DUE = (Said("shoes-due", "info", "footwear", 1),)


def test_names_are_told_up_to_twenty() -> None:
    summary = Summary()
    for number in range(332):
        summary.add(outcome(number, "refused", error="row: wrong"))
    page = summary.text()
    assert page.startswith("332 athletes: 332 refused.\n\nRefused: something in the row is wrong (332)\n  runner-0: row: wrong\n")
    assert page.count("row: wrong") == 20
    assert page.endswith("  and 312 more: see report.csv\n")


def test_whose_goal_does_not_fit_and_whose_shoes_are_due() -> None:
    summary = Summary()
    summary.add(outcome(0, weeks=12, goal_week=17, findings=DUE))
    summary.add(outcome(1, weeks=12, goal_week=12, findings=(Said("law-2", "warning", "", 1),)))
    summary.add(outcome(2, weeks=12, goal_week=None))
    summary.add(outcome(3, weeks=0))
    assert (
        "The goal does not fit into the plan's weeks (2)\n  runner-0: in week 17; the plan has 12\n  runner-2: not within 60 weeks\n"
        in summary.text()
    )
    assert summary.text().endswith("What the pillars say\n  footwear, shoes-due (1): runner-0\n")


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        ("refused", "; correct the row and run it again"),
        ("impossible", "; correct the row and run it again"),
        ("plugin-fault", " as it was; fix the plugin and run it again"),
        ("bug", " as it was; report the bug, and run it again once it is fixed"),
        ("killed", " as it was; fix the plugin, or free some memory, and run it again"),
    ],
)
def test_an_older_plan_is_told_with_what_to_do_about_it(status: str, advice: str) -> None:
    summary = Summary()
    summary.add(outcome(0, status, standing=(FileFacts("runner-0.ics", "", 0, 0),)))
    assert summary.text().count("An older plan is still there") == 1
    assert f"\nAn older plan is still there{advice} (1)\n  runner-0\n" in summary.text()


def test_after_a_stop_the_files_are_named_that_cannot_say_so() -> None:
    files = tuple(FileFacts(f"runner-0.{ending}", "", 0, 0) for ending in ("ics", "html", "json"))
    summary = Summary()
    summary.add(outcome(0, "stop", standing=files))
    summary.add(outcome(1, "stop", standing=(FileFacts("runner-1.ics", "", 0, 0),), taken_back=True))
    heading = "An older plan is still in files that cannot show that it is stopped; delete them"
    assert f"\n{heading} (1)\n  runner-0: runner-0.html, runner-0.json\n" in summary.text()


def test_a_row_whose_log_is_not_there_is_told() -> None:
    summary = Summary()
    summary.add(outcome(0, log=LogFacts(None, None, None, (), missing="logs/eva.csv")))
    summary.add(outcome(1, log=LogFacts(None, None, None, ())))
    assert "\nThe row names a log that is not there; it counts as empty (1)\n  runner-0: logs/eva.csv\n" in summary.text()


def test_every_status_is_counted_and_told() -> None:
    summary = Summary()
    for number, status in enumerate(STATUSES):
        summary.add(outcome(number, status, error=""))
    assert (summary.athletes, summary.failed) == (8, 5)
    assert summary.counted() == (
        "8 athletes: 1 made, 1 unchanged, 1 stopped, 1 refused, 1 impossible, 1 kept by a plugin's fault, 1 kept by a bug, "
        "1 killed, 1 no longer in the roster"
    )
    assert summary.data()["counts"] == dict.fromkeys(STATUSES, 1)


def test_a_plugin_with_a_rule_for_each_athlete_does_not_fill_the_memory() -> None:
    summary = Summary()
    for number in range(3 * MOST_GROUPS):
        summary.add(outcome(number, findings=(Said(f"rule-{number}", "info", "chatty", 1),)))
    assert summary.text().count("chatty, ") == MOST_GROUPS


def test_lines_come_at_tenths_and_not_in_the_first_second(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 0.5, 2.0, 2.0, 3.5, 14.0, 14.0, 20.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    with click.Context(click.Command("batch")), progress.watching() as watch:
        for done in (10, 20, 25, 26, 100):
            watch(done, 100)
    assert capsys.readouterr().err == "20 of 100 athletes\n26 of 100 athletes\n"
