"""`planner check` on the planner's files that are not plans: it says what they are and which command is meant, with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.journal.log_cells import header
from tests.cli.helpers import EXAMPLES, example, run
from tests.foreign_files import MONDAY, table

PROGRAMME = '[[levels]]\nname = "1"\nrun_s = 60\nwalk_s = 60\nreps = 10\n'
LOG = ",".join(header(miles=False))


@pytest.mark.parametrize(
    ("name", "content", "what", "command"),
    [
        ("ana.toml", (EXAMPLES / "ana.toml").read_text(encoding="utf-8"), "an athlete file", "`planner make {}`"),
        ("mine.TOML", PROGRAMME, "a programme", "`planner make`"),
        ("club.csv", "\ufeffid;start;running.easy_pace\nana;2027-01-04;6:40\n", "a roster of athletes", "`planner batch {} -o DIR`"),
        ("club.csv", 'sep=,\n"id",start,pillars.knee.sets\nana,,3\n', "a roster of athletes", "`planner batch {} -o DIR`"),
        ("club.jsonl", '{"id": "ana"}\n{"id": "ben"}\n', "a roster of athletes", "`planner batch {} -o DIR`"),
        ("ana-log.csv", f"# mine\n\n{LOG}\n{MONDAY},run,2\n", "a log of what was done", "--recent-file"),
        ("ana-log.csv", f"\ufeffDate;Run_km;Pain_during\n{MONDAY};2;0\n", "a log of what was done", "--recent-file"),
    ],
)
def test_a_file_that_is_not_a_plan_is_named_with_the_command_for_it(
    name: str, content: str, what: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    said = run(capsys, "check", file)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"planner: {file}: this is {what}, not a plan; expected a plan: .json or .ics")
    assert command.format(file) in said.err


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_a_page_of_ours_leads_to_its_calendar(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "make", *example("ana"), "-o", tmp_path / f"ana.{name}").code == 0
    said = run(capsys, "check", tmp_path / f"ana.{name}")
    assert (said.code, said.out) == (2, "")
    assert "If `planner make` wrote it, check the calendar (.ics) of the same plan" in said.err


def test_a_table_with_an_id_or_a_name_is_still_a_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = table(tmp_path / "plan.csv", f"id,name,Day,km\n1,Easy run,{MONDAY},5")
    said = run(capsys, "check", plan)
    assert said.code == 0
    assert "(1 run, 5 km in all)" in said.out


def test_a_log_still_says_what_was_run_before_a_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = table(tmp_path / "log.csv", "date,run_km,pain_during\n2026-12-30,5,0")
    said = run(capsys, "check", table(tmp_path / "plan.csv", f"Date,km\n{MONDAY},6"), "--recent-file", log)
    assert said.code == 1
    assert "BROKEN law 3" in said.out


@pytest.mark.parametrize("name", ["none.toml", "none.csv"])
def test_a_missing_file_is_missing_whatever_its_ending(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "check", tmp_path / name)
    assert said.code == 2
    assert "there is no such file" in said.err
