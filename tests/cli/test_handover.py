"""`planner handover`: where the page is written, its formats, and its behaviour when the log says stop."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from icalendar import Calendar

from planner.cli.app import COMMANDS
from tests.cli.helpers import EXAMPLES, example, run

LOG = """date,run_km,pain_before,pain_during,pain_after,pain_next_morning,red_flag,akps
2027-01-05,2.1,0,1,0,0,,74
2027-01-08,2.0,0,1,1,0,,
"""
STOP = "2027-01-11,1.0,0,2,1,,RED-04,\n"
DAY = ("--as-of", "2027-01-12")


@pytest.fixture
def ana(tmp_path: Path) -> Path:
    """Ana's file with a log of two runs."""
    path = tmp_path / "ana.toml"
    path.write_text('log = "ana-log.csv"\n' + (EXAMPLES / "ana.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "ana-log.csv").write_text(LOG, encoding="utf-8")
    return path


def test_the_page_stands_beside_the_file(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "handover", ana, *DAY)
    target = ana.with_name("ana-handover.html")
    assert (said.code, said.out) == (0, "")
    assert said.err == f"Wrote {target}. Next: read it through, and take it with you.\n"
    page = target.read_text(encoding="utf-8")
    assert "Handover: Ana" in page
    assert "74 on Tue 5 Jan, the only one so far." in page
    assert sorted(path.name for path in ana.parent.iterdir()) == ["ana-handover.html", "ana-log.csv", "ana.toml"]


def test_format_by_flag_and_by_ending(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "handover", ana, *DAY, "-f", "pdf", "-q").err == ""
    assert run(capsys, "handover", ana, *DAY, "-o", ana.with_name("visit.PDF")).code == 0
    first, second = (ana.with_name(name).read_bytes() for name in ("ana-handover.pdf", "visit.PDF"))
    assert first.startswith(b"%PDF-")
    assert first == second


def test_standard_output_gets_the_page_alone(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "handover", ana, *DAY, "-o", "-")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("<!DOCTYPE html>")
    assert said.out.count("<h1") == 1


def test_the_facts_as_json(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "handover", ana, *DAY, "--json", "-q")
    told = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    assert told["file"] == str(ana.with_name("ana-handover.html"))
    assert told["outcomes"] == [{"name": "akps", "first": 74, "first_on": "2027-01-05", "last": 74, "last_on": "2027-01-05", "better": 0}]
    assert {one["pillar"]: one["done"] for one in told["adherence"]}["progression"] == 1
    assert run(capsys, "handover", ana, *DAY, "--json", "-o", "-").code == 2
    private = json.loads(run(capsys, "handover", ana, *DAY, "--json", "-q", "--private").out)
    assert (private["outcomes"], private["red_flags"], private["unanswered"]) == ([], [], [])


FLARE = """date,run_km,pain_before,pain_during,pain_after,pain_next_morning,limp
2027-01-05,2.2,0,1,0,0,
2027-01-07,2.2,0,3,2,1,
2027-01-09,2.0,0,6,2,1,yes
"""
"""A run that was clean, one that was not, and one on a date on which the knee was to rest."""


def test_the_answers_behind_a_step_back_and_a_run_that_nobody_asked_for(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.with_name("ana-log.csv").write_text(FLARE, encoding="utf-8")
    told = json.loads(run(capsys, "handover", ana, "--as-of", "2027-01-11", "--json", "-q").out)
    assert [(row["date"], row["run_m"], row["worst"], row["limp"]) for row in told["not_clean"]] == [
        ("2027-01-07", 2200, 3, None),
        ("2027-01-09", 2000, 6, True),
    ]
    assert told["beyond_the_plan"] == ["2027-01-09"]
    page = ana.with_name("ana-handover.html").read_text(encoding="utf-8")
    assert "2.2 km, before 0, worst 3, an hour after 2, next morning 1" in page
    assert "A run that was not planned for this day (2.0 km), before 0, worst 6, an hour after 2, next morning 1, limp" in page
    assert "Runs beyond the plan" in page
    assert "Walk-run left out: after the last run the knee rests until 2027-01-10." in page


ALWAYS_SORE = "date,run_km,pain_before,pain_during,pain_after,pain_next_morning,swelling,limp\n" + "".join(
    f"2027-01-{5 + 7 * week + 2 * n:02},{km},0,3,1,0,no,no\n" for week, km in enumerate((2.2, 2.1, 1.8, 1)) for n in range(3)
)
"""Twelve runs that hurt 3 of 10: a routine referral."""


def test_a_routine_referral_pauses_runs_and_is_no_red_flag(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "make", ana, "--as-of", "2027-01-25", "-q").code == 0
    ana.with_name("ana-log.csv").write_text(ALWAYS_SORE, encoding="utf-8")
    assert run(capsys, "make", ana, "--as-of", "2027-02-01", "-q").code == 4
    calendar = Calendar.from_ical(ana.with_name("ana.ics").read_bytes())
    (note,) = [str(event["DESCRIPTION"]) for event in calendar.walk("VEVENT") if str(event["SUMMARY"]).startswith("STOP: no run")]
    assert "strength and cross-training go on" in note
    assert "The runs planned from today on were cancelled; the other sessions stay." in note
    said = run(capsys, "handover", ana, "--as-of", "2027-02-01", "--json", "-q")
    told = json.loads(said.out)
    assert (said.code, told["stopped"], len(told["referred"])) == (4, [], 1)
    page = ana.with_name("ana-handover.html").read_text(encoding="utf-8")
    assert "Running is paused" in page
    assert "The plan is stopped" not in page
    assert "Week 4" in page.partition("Decisions")[2]
    assert "Week 5" not in page.partition("Decisions")[2], "what week 5 decided is taken back"
    assert "None in the log and none in the safety answers." in page


def test_no_reason_is_cut_in_a_language_of_longer_words(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.with_name("ana-log.csv").write_text(FLARE, encoding="utf-8")
    ana.write_text('language = "de"\n' + ana.read_text(encoding="utf-8"), encoding="utf-8")
    assert "Also: ein Schritt zurück." in run(capsys, "handover", ana, "--as-of", "2027-01-11", "-o", "-").out


def test_private(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = run(capsys, "handover", ana, *DAY, "--private", "-o", "-").out
    assert "Ana" not in page
    assert "nee" not in page.split("</style>")[1]
    assert "Runs" in page


@pytest.mark.parametrize("name", ["ben", "gita"])
def test_an_athlete_without_a_log_has_a_page_too(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(capsys, "handover", *example(name), "-o", tmp_path / "page.html").code == 0
    assert "No log is kept" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_plan_that_was_written_has_the_same_page(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "make", ana, *DAY, "-o", ana.with_name("ana.json")).code == 0
    direct = run(capsys, "handover", ana, *DAY, "-o", "-").out
    assert run(capsys, "handover", ana.with_name("ana.json"), *DAY, "-o", "-").out == direct


def test_a_sign_in_the_log_is_the_reason_for_the_page_and_still_a_stop(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.with_name("ana-log.csv").write_text(LOG + STOP, encoding="utf-8")
    assert run(capsys, "make", ana, *DAY).code == 4
    said = run(capsys, "handover", ana, *DAY)
    assert said.code == 4
    assert "Wrote " in said.err
    assert "planner: RED-04: " in said.err
    page = ana.with_name("ana-handover.html").read_text(encoding="utf-8")
    assert "The plan is stopped." in page
    assert "the knee is locked" in page
    assert "<b>Mon 11 Jan:</b> <bdi>sign RED-04</bdi>" in page


def test_a_sign_that_came_back_after_its_clearance_is_not_said_to_be_lifted(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clearance = '\n[clearance]\nby = "Dr"\ndate = 2027-01-08\nfor = ["RED-05"]\n'
    ana.write_text(re.sub("away = .*", "", ana.read_text(encoding="utf-8")) + clearance, encoding="utf-8")
    log, page = ana.with_name("ana-log.csv"), ana.with_name("ana-handover.html")
    log.write_text("date,run_km,red_flag\n2027-01-05,2.2,RED-05\n", encoding="utf-8")
    assert run(capsys, "handover", ana, "--as-of", "2027-01-11").code == 0
    assert "RED-05 was cleared by Dr on 2027-01-08" in page.read_text(encoding="utf-8")
    assert "The stop was lifted." in page.read_text(encoding="utf-8")
    log.write_text("date,run_km,red_flag\n2027-01-05,2.2,RED-05\n2027-01-10,,RED-05\n", encoding="utf-8")
    assert run(capsys, "handover", ana, "--as-of", "2027-01-11").code == 4
    stopped = page.read_text(encoding="utf-8")
    assert "The clearance of 2027-01-08 is older" in stopped
    assert "was cleared" not in stopped
    assert "The stop was lifted." not in stopped
    log.write_text("date,run_km,red_flag\n2027-01-05,2.2,RED-05\n2027-01-10,,RED-06\n", encoding="utf-8")
    assert run(capsys, "handover", ana, "--as-of", "2027-01-11").code == 4
    assert "RED-05 was cleared by Dr on 2027-01-08" in page.read_text(encoding="utf-8"), "another sign leaves that as it is"


def test_a_stop_that_the_answers_call_for_leaves_no_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "handover", *example("hugo"), "-o", tmp_path / "page.html")
    assert said.code == 4
    assert said.err.startswith("planner: RED-04: ")
    assert list(tmp_path.iterdir()) == []


def test_wrong_names_are_told_and_nothing_is_written(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = run(capsys, "handover", ana, *DAY, "-o", ana.with_name("page.docx"))
    assert (wrong.code, 'found the ending ".docx"; expected one of .html, .pdf.' in wrong.err) == (2, True)
    before = ana.read_bytes()
    over = run(capsys, "handover", ana, *DAY, "-f", "html", "-o", ana)
    assert (over.code, "this is the file that the page is made from" in over.err) == (2, True)
    assert ana.read_bytes() == before
    copy = Path(shutil.copy(EXAMPLES / "ana.toml", ana.with_name("b.toml")))
    assert run(capsys, "handover", copy, "-f", "docx").code == 2


def test_it_stands_among_the_commands() -> None:
    assert COMMANDS["handover"] == "Write one page for a physiotherapist."
