"""Session names in a log: a misspelling is refused when it is typed, and reported when a plan is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.helpers import run


def test_a_name_that_is_nearly_one_of_the_plan_s_is_refused(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "make", ana, "--as-of", "2027-01-02", "-q").code == 0
    args = ("log", ana, "--as-of", "2027-01-05", "--run", "2", "--session")
    said = run(capsys, *args, "progression/rum#1")
    assert said.code == 2
    assert '--session: found "progression/rum#1"; expected the name of a planned session. Did you mean `progression/run#1`?' in said.err
    assert not ana.with_name("ana-log.csv").exists()
    assert run(capsys, *args, "progression/run#1").code == 0


def test_without_a_calendar_beside_it_any_name_is_taken(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "log", ana, "--as-of", "2027-01-05", "--run", "2", "--session", "progression/rum#1").code == 0


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("hip_strenght/strength-2#1", "Did you mean hip_strength/strength-2#1?"),
        ("knitting/scarf#1", "`planner explain` names them all."),
        ("hip_strength/strength-1#1", ""),
        ("hip_strength/strength-9#1", ""),
        ("cross_training/deep-water#1", ""),
    ],
)
def test_make_tells_a_name_that_no_pillar_has(ana: Path, capsys: pytest.CaptureFixture[str], name: str, told: str) -> None:
    log = ana.with_name("ana-log.csv")
    log.write_text(f"date,session,sets_done\n2027-01-04,{name},9\n2027-01-06,{name},9\n", encoding="utf-8")
    ana.write_text(ana.read_text(encoding="utf-8").replace("weeks = 12", 'weeks = 12\nlog = "ana-log.csv"'), encoding="utf-8")
    said = run(capsys, "make", ana, "--as-of", "2027-01-08", "-o", ana.with_name("x.ics"))
    assert said.code == 0
    finding = f"2027-01-04: The log names the session {name}, which no pillar has, so the row counts for no session. {told}"
    assert said.err.count("The log names the session") == bool(told)
    assert not told or finding in said.err
