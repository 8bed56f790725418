"""`planner make --diff`: what would change and why, without writing anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.render.calendar_parts import apart
from tests.cli.helpers import logged, run
from tests.cli.test_make_again import FIRST, LATER, ana, change, make, target

__all__ = ["ana"]


def files(ana: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in ana.parent.iterdir()}


def test_without_a_calendar_everything_is_new(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = make(capsys, ana, FIRST, "--diff")
    assert (said.code, said.err) == (0, "")
    assert said.out.count("added: ") == int(said.out.splitlines()[-1].split(": ")[1].split(" added")[0])
    assert list(files(ana)) == ["ana.toml"]


def test_each_change_is_told_with_its_reason_and_nothing_is_written(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    change(ana, 'mon = ["07:00-08:00"]', "mon = []")
    change(ana, "weeks = 3", "weeks = 2")
    before = files(ana)
    said = make(capsys, ana, FIRST, "--diff")
    assert said.code == 0
    assert "moved: Mon 11 Jan 2027 07:00 -> " in said.out
    assert "    Mon 11 Jan has no time for sessions now\n" in said.out
    assert "dropped: Tue 19 Jan 2027, " in said.out
    assert "    the plan has 2 weeks now\n" in said.out
    assert said.out.endswith("Nothing was written.\n")
    assert files(ana) == before
    told = json.loads(make(capsys, ana, FIRST, "--diff", "--json").out)
    assert told["counts"]["dropped"] == sum("dropped" in c["kinds"] for c in told["changes"]) > 5
    assert {c["reason"] for c in told["changes"] if c["kinds"] == ["dropped"]} >= {"the plan has 2 weeks now"}
    assert told["unchanged"] is False
    rest_days = [c for c in told["changes"] if c["title"] == "Rest day" and "moved" in c["kinds"]]
    assert {c["reason"] for c in rest_days} == {""}, "some move, and a note needs no time on its day"
    make(capsys, ana, FIRST)
    assert "moved" not in make(capsys, ana, FIRST, "--diff").out


def test_lighter_runs_name_what_decided_their_size(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    change(ana, "growth = 0.10", "growth = 0.02")
    told = json.loads(make(capsys, ana, LATER, "--diff", "--json").out)
    lighter = [c for c in told["changes"] if "lighter" in c["kinds"]]
    assert lighter
    for entry in lighter:
        assert entry["load_s"] < entry["was_load_s"]
        assert entry["date"] >= LATER
        assert "growth" in entry["reason"]
    words = make(capsys, ana, LATER, "--diff").out
    assert f"{len(lighter)} lighter" in words
    assert " min -> " in words


def test_another_start_and_times_and_absences_are_reasons(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    change(ana, 'mon = ["07:00-08:00"]', 'mon = ["17:00-18:00"]')
    change(ana, 'away = ["2027-02-08/2027-02-14"]', 'away = ["2027-01-19"]')
    told = make(capsys, ana, FIRST, "--diff").out
    assert "Mon 11 Jan at 07:00 is not one of your times now" in told
    assert "you are away on Tue 19 Jan" in told
    change(ana, "start = 2027-01-04", "start = 2027-01-11")
    change(ana, "last_run = 2027-01-02", "last_run = 2027-01-09")
    assert "    the plan starts on Mon 11 Jan 2027 now\n" in make(capsys, ana, FIRST, "--diff").out


def test_what_an_absence_drops_says_so(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    change(ana, 'away = ["2027-02-08/2027-02-14"]', 'away = ["2027-01-12/2027-01-17"]')
    told = json.loads(make(capsys, ana, FIRST, "--diff", "--json").out)["changes"]
    gone = {c["date"]: c["reason"] for c in told if c["kinds"] == ["dropped"] and "2027-01-12" <= c["date"] <= "2027-01-17"}
    assert len(gone) >= 4
    assert gone["2027-01-14"] == "you are away on Thu 14 Jan"
    assert all(reason.startswith("you are away on ") for reason in gone.values())


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "٣"])
def test_whatever_number_a_uid_holds_its_event_is_dropped(ana: Path, capsys: pytest.CaptureFixture[str], number: str) -> None:
    make(capsys, ana, FIRST)
    event = next(part for part in apart(target(ana).read_bytes()).events if part.day.isoformat() > FIRST)
    changed = f"20270104.{number}.".encode() + event.uid.split(b".", 2)[2]
    target(ana).write_bytes(target(ana).read_bytes().replace(b"UID:%b\r\n" % event.uid, b"UID:%b\r\n" % changed))
    said = make(capsys, ana, FIRST, "--diff")
    assert (said.code, said.err) == (0, "")
    assert "1 dropped" in said.out.splitlines()[-1]


def test_an_unchanged_plan_and_a_new_reminder(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    assert make(capsys, ana, LATER, "--diff").out.count("\n") == 1
    said = make(capsys, ana, LATER, "--diff", "--alarm", "30m").out
    assert "    its reminder changed\n" in said


def test_what_cannot_be_compared_is_refused(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "make", ana, "--diff", "-o", "-").code == 2
    assert run(capsys, "make", ana, "--diff", "-f", "json").code == 2
    assert list(files(ana)) == ["ana.toml"]
    assert target(ana).exists() is False


def test_a_dropped_run_has_its_own_reason_and_not_that_of_another_session(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    logged(capsys, ana, "--run", "2.2", "--before", "0", "--worst", "6", day="2027-01-05")
    lines = make(capsys, ana, "2027-01-06", "--diff").out.splitlines()
    (at,) = [n for n, line in enumerate(lines) if line.startswith("dropped: Thu 7 Jan 2027, Walk-run")]
    assert lines[at + 1].strip() == "Walk-run left out: after the last run the knee rests until 2027-01-08."


def test_a_changed_text_is_shown_by_its_first_new_line_or_the_first_that_has_gone(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    said = make(capsys, ana, FIRST, "--diff", "--without", "mobility").out
    assert "text changed" not in said
    logged(capsys, ana, "--run", "2.2", "--before", "0", "--worst", "1", day="2027-01-05")
    lines = make(capsys, ana, "2027-01-06", "--diff").out.splitlines()
    (at,) = [n for n, line in enumerate(lines) if line.startswith("changed: Thu 7 Jan 2027, Hip and thigh strength")]
    assert lines[at + 1].startswith('    it now says "For your log: this session has ')
    without = make(capsys, ana, "2027-01-06", "--without", "footwear", "--diff").out
    assert 'it no longer says "Shoes: blue (about ' in without
