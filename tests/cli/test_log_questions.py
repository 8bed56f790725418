"""The questions that `planner log` asks at a terminal, and how the answers are used."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from planner.cli import new
from planner.entry import Entry
from tests.cli.helpers import Said, entries, logged


def asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, athlete: Path, *answers: str, day: str = "2027-01-06"
) -> Said:
    monkeypatch.setattr(new, "at_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
    return logged(capsys, athlete, day=day)


def test_at_a_terminal_it_asks(ana: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["", "5,2", "", "35:30", "0", "12", "2", "", "n", "y", "", "?", "RED-05", "4", "hot, dry"]
    said = asked(capsys, monkeypatch, ana, *answers)
    assert said.code == 0
    assert "a whole number from 0 to 10" in said.out, "12 was asked again"
    assert "a large swelling" in said.out, "? lists the signs"
    entry = Entry(date=date(2027, 1, 6), run_m=5200, seconds=2130, pain_before=0, pain_during=2, limp=False, swelling=True, line=2)
    assert entries(ana) == (evolve(entry, red_flag="RED-05", rpe=4, note="hot, dry"),)
    said = asked(capsys, monkeypatch, ana, "1", "2027-01-09", "2027-01-07", *[""] * 13, day="2027-01-08")
    assert "the morning after the run of 2027-01-06" in said.out
    assert "a day that is over or today, 2027-01-08" in said.out
    assert "Changed line 2" in said.err
    assert len(entries(ana)) == 1


def test_a_second_session_of_a_day_is_meant(ana: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    logged(capsys, ana, "--run", "5")
    said = asked(capsys, monkeypatch, ana, "", "n")
    assert "That day has a row already, 2027-01-06: 5 km." in said.out
    assert "No answer was given, so nothing was written." in said.err
    assert asked(capsys, monkeypatch, ana, "", "y", "3", *[""] * 11).code == 0
    assert [entry.run_m for entry in entries(ana)] == [5000, 3000]


def test_who_stops_answering_has_written_nothing(ana: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(capsys, monkeypatch, ana, "", "5").code == 130
    assert list(ana.parent.iterdir()) == [ana]
