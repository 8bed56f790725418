"""The Monday list: who is on it, why, and in which order."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.maker import Chosen
from planner.render import Options
from planner.roster.facts import LogFacts, PlanFacts, WeekFacts
from planner.roster.job import PARTS, BatchJob
from planner.roster.monday import COLUMNS, REASONS, Line, Monday, line_of
from planner.roster.outcome import Outcome
from tests.roster.batches import MOMENT, monday, outcome, row, run_here, write_roster

PLAN = PlanFacts(
    "2027-04-05", 14, (WeekFacts("2027-01-11", 5000, "progress"), WeekFacts("2027-01-18", 5500, "progress")), 0, "", miles=False
)
LAST = PLAN._replace(weeks=(WeekFacts("2027-01-04", 4600, "entry"), WeekFacts("2027-01-11", 5000, "progress")))
LOG = LogFacts(1, 1, 1, ())


def said(
    status: str = "made", *, plan: PlanFacts | None = PLAN, log: LogFacts | None = LOG, last: PlanFacts | None = LAST, error: str = ""
) -> dict[str, str]:
    """The reasons of an athlete, by their names."""
    line = line_of(outcome(1, status, plan=plan, log=log, last=last, error=error))
    return {reason: words for reason, words in zip(REASONS, line.words, strict=True) if words}


def test_who_goes_on_as_planned_is_not_on_it() -> None:
    assert said() == {}
    assert said(log=None, last=None) == {}


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (1, 2, ""), (0, 1, ""), (2, 2, ""), (4, 4, ""), (5, 3, ""), (None, 2, ""), (None, None, ""), (3, None, ""),
        (2, 3, "pain up from 2 to 3"), (0, 2, "pain up from 0 to 2"), (4, 5, "pain up from 4 to 5"),
        (None, 3, "pain 3, nothing to compare it with"),
    ],
)  # fmt: skip
def test_pain_is_up_where_it_is_more_and_not_fine(before: int | None, now: int | None, words: str) -> None:
    assert said(log=LOG._replace(pain=now, pain_before=before)).get("pain_up", "") == words


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (5, 5, "pain still 5"), (3, 3, "pain still 3"), (2, 2, ""), (6, 5, "pain still 5, was 6"), (5, 3, ""),
        (9, 7, "pain still 7, was 9"), (4, 5, ""), (None, 5, ""), (5, None, ""), (8, 2, ""),
    ],
)  # fmt: skip
def test_pain_that_stays_is_told(before: int | None, now: int | None, words: str) -> None:
    assert said(log=LOG._replace(pain=now, pain_before=before)).get("pain_still", "") == words


def test_what_the_knee_does_besides_hurting_is_told_in_its_class(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    roster = write_roster(tmp_path / "roster.csv", [row(n) for n in range(6)])
    head = "date,run_km,pain_during,swelling,limp,painkiller\n"
    rows = ["2027-01-11,2,0,,,", "2027-01-11,2,0,,,yes", "2027-01-11,2,5,,,", "2027-01-11,2,1,yes,,yes", "2027-01-03,2,1,yes,,", ""]
    for number, line in enumerate(rows):
        (tmp_path / "logs" / f"runner-{number}.csv").write_text(f"{head}2027-01-02,2,1,,,\n{line}\n", encoding="utf-8")
    for _ in range(2):
        run_here(roster, tmp_path / "plans", day="2027-01-11", logs_in=tmp_path / "logs")
        with (tmp_path / "plans" / "monday.csv").open(newline="", encoding="utf-8") as file:
            lines = {line["id"]: line for line in csv.DictReader(file)}
        assert list(lines)[:3] == ["runner-3", "runner-2", "runner-1"]
        assert (lines["runner-3"]["swelling_limp"], lines["runner-3"]["painkiller"]) == ("swelling", "took a painkiller")
        assert (lines["runner-1"]["swelling_limp"], lines["runner-1"]["painkiller"]) == ("", "took a painkiller")


def test_each_reason_has_its_words() -> None:
    assert said("stop", plan=None, error="RED-04: see somebody.") == {"red_flag": "STOP: RED-04: see somebody."}
    assert said(log=LOG._replace(signs=("RED-09-worse",))) == {"red_flag": "the log names RED-09-worse"}
    assert said("refused", plan=None, log=None, error="row 3: wrong") == {"no_plan": "row 3: wrong"}
    later = LOG._replace(later=1, first_later="2027-01-19")
    assert said(log=later) == {"log_later": "a row of the log is dated later than today: 2027-01-19"}
    assert said(log=later._replace(later=3)) == {"log_later": "3 rows of the log are dated later than today, the first 2027-01-19"}
    assert said(log=later._replace(later_signs="RED-04, RED-05", signs=("RED-04",))) == {
        "red_flag": "the log names RED-04; in a row dated later than today it names RED-04, RED-05",
        "log_later": "a row of the log is dated later than today: 2027-01-19",
    }
    assert said(log=later._replace(later_knee="limp, painkiller", knee=("swelling",))) == {
        "swelling_limp": "swelling; limp in a row dated later than today",
        "painkiller": "took a painkiller in a row dated later than today",
        "log_later": "a row of the log is dated later than today: 2027-01-19",
    }
    assert said(log=LOG._replace(silent_days=6)) == {}
    assert said(log=LOG._replace(silent_days=7)) == {"no_entry": "no entry for 7 days"}
    assert said(log=LOG._replace(knee=("limp", "painkiller"))) == {"swelling_limp": "limp", "painkiller": "took a painkiller"}
    assert said(plan=PLAN._replace(missed=1)) == {}
    assert said(plan=PLAN._replace(missed=2)) == {"missed": "2 runs missed"}
    assert said(plan=PLAN._replace(shoes="2027-01-14")) == {"shoes_due": "shoes due 2027-01-14"}


def test_the_goal_and_this_week_are_compared_with_the_last_time() -> None:
    assert said(plan=PLAN._replace(goal_date="2027-04-12")) == {"goal_slipped": "goal slipped by 1 week to 2027-04-12"}
    assert said(plan=PLAN._replace(goal_date="2027-04-11")) == {"changed": "goal 2027-04-11, was 2027-04-05"}
    assert said(plan=PLAN._replace(goal_date="2027-03-29")) == {"changed": "goal 2027-03-29, was 2027-04-05"}
    assert said(plan=PLAN._replace(goal_date="")) == {"goal_slipped": "goal out of sight, was 2027-04-05"}
    assert said(last=LAST._replace(goal_date="")) == {"changed": "goal 2027-04-05, was out of sight"}
    now = (WeekFacts("2027-01-11", 4000, "regress"), *PLAN.weeks[1:])
    assert said(plan=PLAN._replace(weeks=now)) == {"changed": "this week 4.0 km, was 5.0 km; this week regress, was progress"}
    assert said(plan=PLAN._replace(weeks=now, miles=True))["changed"].startswith("this week 2.4 mi, was 3.1 mi")
    assert said(plan=PLAN._replace(weeks=now), last=None) == {}
    assert said(plan=PLAN._replace(weeks=())) == {"finished": "the plan is over"}


@given(st.lists(st.lists(st.booleans(), min_size=len(REASONS), max_size=len(REASONS)), max_size=12))
def test_the_worst_reason_decides_the_place(reasons: list[list[bool]]) -> None:
    lines = [Line(tuple("x" if given else "" for given in each), 0) for each in reasons]
    order = sorted(lines, key=lambda line: -line.weight)
    assert [line.words for line in order] == sorted((line.words for line in lines), reverse=True)


def listed(folder: Path, *outcomes: Outcome) -> list[dict[str, str]]:
    (folder / PARTS).mkdir()
    list_ = Monday(BatchJob(folder=folder, formats=("ics",), options=Options(), plugins=Chosen(), as_of=MOMENT.as_of, issued=MOMENT.issued))
    for each in outcomes:
        list_.add(each)
    assert list_.finish(9) == len(monday(folder))
    list_.close()
    with (folder / "monday.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_list_is_sorted_and_harmless(tmp_path: Path) -> None:
    shoes, silent = PLAN._replace(shoes="2027-01-14"), LOG._replace(silent_days=9)
    rows = listed(
        tmp_path,
        outcome(1, plan=shoes, log=LOG, name="=1+1"),
        outcome(2, plan=PLAN, log=LOG),
        outcome(3, plan=shoes, log=silent),
        outcome(4, "stop", error="RED-04: see"),
        outcome(5, plan=PLAN, log=LOG._replace(pain=3, pain_before=1)),
        outcome(6, plan=PLAN, log=LOG._replace(pain=7, pain_before=1)),
        outcome(7, plan=shoes, log=LOG),
        outcome(8, plan=PLAN, log=LOG._replace(later=1, first_later="2027-01-19")),
    )
    assert [line["id"] for line in rows] == [f"runner-{n}" for n in (4, 6, 5, 8, 3, 1, 7)]
    assert tuple(rows[0]) == COLUMNS
    assert (rows[5]["name"], rows[5]["place"], rows[4]["no_entry"]) == ("'=1+1", "6", "no entry for 9 days")
    text = (tmp_path / "monday.txt").read_text(encoding="utf-8")
    assert text.startswith("Monday list of 2027-01-03: 7 of 9 athletes to look at, worst first.\n\nrunner-4: STOP: RED-04: see\n")
    assert monday(tmp_path)[4] == "runner-3: no entry for 9 days; shoes due 2027-01-14"


HEAD = "date,run_km,pain_during,pain_next_morning\n"


def test_a_list_of_a_real_week_and_the_same_on_the_same_day(tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(n, weeks="4") for n in range(4)])
    folder, logs = tmp_path / "plans", tmp_path / "logs"
    logs.mkdir()
    assert run_here(roster, folder, logs_in=logs).listed == 0, "nothing has begun, and there is no last time"
    (logs / "runner-0.csv").write_text(f"{HEAD}2027-01-05,2,1,0\n2027-01-07,2,4,3\n")
    (logs / "runner-1.csv").write_text(f"{HEAD}2027-01-05,2,1,0\n2027-01-08,2,1,0\n2027-01-10,2.2,1,0\n")
    (logs / "runner-3.csv").write_text("date,red_flag\n2027-01-09,RED-04\n")
    run_here(roster, folder, logs_in=logs, day="2027-01-11")
    lines = monday(folder)
    assert [line.partition(" (")[0] for line in lines][:3] == ["runner-3", "runner-0", "runner-2"]
    assert lines[0].startswith("runner-3 (Runner 3): STOP: RED-04: ")
    assert "pain 4, nothing to compare it with; " in lines[1]
    assert "this week regress, was progress" in lines[1]
    assert ": no entry for 7 days; 3 runs missed; goal slipped by " in lines[2]
    assert run_here(roster, folder, logs_in=logs, day="2027-01-11").counts["made"] == 0
    assert monday(folder) == lines, "the last time is the last day, not the last run"
    (logs / "runner-2.csv").write_text(f"{HEAD}2027-01-05,2,1,0\n2027-01-08,2,1,0\n2027-01-10,2.2,1,0\n")
    run_here(roster, folder, logs_in=logs, day="2027-01-11")
    assert monday(folder)[:2] == lines[:2], "who was not planned again keeps their line"
    run_here(roster, folder, logs_in=logs, day="2027-01-12")
    assert "was progress" not in monday(folder)[1], "compared with the day before now"


def test_a_slip_of_the_pen_in_a_date_is_told(tmp_path: Path) -> None:
    roster, logs = write_roster(tmp_path / "roster.csv", [row(0, weeks="4")]), tmp_path / "logs"
    logs.mkdir()
    (logs / "runner-0.csv").write_text(f"{HEAD}2027-01-11,2,1,0\n2027-01-19,2,7,6\n2027-01-18,2,7,6\n")
    run_here(roster, tmp_path / "plans", logs_in=logs, day="2027-01-11")
    assert "): 2 rows of the log are dated later than today, the first 2027-01-18" in monday(tmp_path / "plans")[0]


def test_a_safety_sign_in_a_row_dated_later_than_today_ranks_as_a_red_flag(tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(n, weeks="4") for n in range(3)])
    log = tmp_path / "form.csv"
    head = "date,athlete,run_km,pain_during,swelling,painkiller,red_flag\n"
    rows = [
        "10,runner-0,2,8,,,",
        "10,runner-1,2,1,,,",
        "29,runner-1,2,,,,RED-05",
        "10,runner-2,2,8,,,",
        "19,runner-2,2,,yes,yes,",
        "29,zoe,2,,,,red-05",
    ]
    log.write_text(head + "".join(f"2027-01-{line}\n" for line in rows), encoding="utf-8")
    for _ in range(2):
        run_here(roster, tmp_path / "plans", log=log, day="2027-01-11")
        with (tmp_path / "plans" / "monday.csv").open(newline="", encoding="utf-8") as file:
            lines = {line["id"]: line for line in csv.DictReader(file)}
        assert list(lines) == ["runner-1", "zoe", "runner-2", "runner-0"]
        assert lines["runner-1"]["red_flag"] == "in a row dated later than today the log names RED-05"
        assert lines["runner-1"]["log_later"] == "a row of the log is dated later than today: 2027-01-29"
        assert lines["runner-2"]["swelling_limp"] == "swelling in a row dated later than today"
        assert lines["runner-2"]["painkiller"] == "took a painkiller in a row dated later than today"


def test_shoes_are_due_a_week_ahead(tmp_path: Path) -> None:
    worn = {"shoes__1__name": "blue", "shoes__1__used_km": "636", "shoes__1__limit_km": "640"}
    roster = write_roster(tmp_path / "roster.csv", [row(0, weeks="4", **worn), row(1, weeks="4", **{**worn, "shoes__1__used_km": "100"})])
    run_here(roster, tmp_path / "plans", day="2027-01-04")
    assert [line.partition(": shoes due ")[0] for line in monday(tmp_path / "plans")] == ["runner-0 (Runner 0)"]
    run_here(roster, tmp_path / "early", day="2026-12-20")
    assert monday(tmp_path / "early") == []


def test_a_plan_that_is_over_is_told(tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(0), row(1, weeks="8")])
    run_here(roster, tmp_path / "plans")
    assert "is over" not in run_here(roster, tmp_path / "plans", day="2027-01-17").text()
    text = run_here(roster, tmp_path / "plans", day="2027-01-18").text()
    assert "The plan is over: give them another start, or take them out of the roster (1)\n  runner-0\n" in text
    assert "runner-0 (Runner 0): the plan is over" in monday(tmp_path / "plans")


def test_a_line_break_in_a_name_or_an_id_breaks_no_line(tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(0, id="run\n\nner", name="Zoë\nAdam", weeks="0")])
    text = run_here(roster, tmp_path / "plans").text()
    assert [line.partition(": ")[0] for line in monday(tmp_path / "plans")] == ["run ner (Zoë Adam)"]
    assert "\n  run ner: " in text


def test_a_block_before_running_that_is_over_asks_for_what_is_open(tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(0, weeks="8", **{"screening.answered": ""})])
    run_here(roster, tmp_path / "plans")
    text = run_here(roster, tmp_path / "plans", day="2027-01-18").text()
    assert "The weeks before the first run are over: enter what was still to be answered (their plans name it), and a new start (1)" in text
    assert any(line.startswith("runner-0 (Runner 0): the weeks before the first run are over") for line in monday(tmp_path / "plans"))
