"""`planner make --private` over an existing calendar: whose it is, another start, and a stop."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.render.calendar_parts import apart
from tests.cli.helpers import EXAMPLES, run

FIRST, LATER = "2027-01-03", "2027-01-13"
PILLARS = ("progression", "hip_strength", "cross_training", "mobility", "assessment", "footwear")


@pytest.fixture
def ana(tmp_path: Path) -> Path:
    """Ana's file with three weeks, which are planned quickly."""
    path = tmp_path / "ana.toml"
    path.write_text((EXAMPLES / "ana.toml").read_text(encoding="utf-8").replace("weeks = 12", "weeks = 3"), encoding="utf-8")
    return path


def change(ana: Path, *swaps: tuple[str, str]) -> None:
    text = ana.read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    ana.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("red_flags", ["[]", '["RED-04"]'])
def test_the_private_calendar_of_another_athlete_is_neither_cancelled_nor_stopped(
    ana: Path, capsys: pytest.CaptureFixture[str], red_flags: str
) -> None:
    calendar = ana.with_suffix(".ics")
    run(capsys, "make", ana, "--private", "--as-of", FIRST)
    stood = calendar.read_bytes()
    change(ana, ('id = "ana"', 'id = "ben"'), ("red_flags = []", f"red_flags = {red_flags}"))
    cancels = ["--cancel"] if red_flags == "[]" else []
    said = run(capsys, "make", ana, "-o", calendar, "--private", *cancels, "--as-of", FIRST)
    assert said.code == (2 if cancels else 4)
    assert f"{calendar}: a private calendar without one session of this athlete; expected " in said.err
    assert calendar.read_bytes() == stood


@pytest.mark.parametrize("alone", PILLARS)
def test_a_private_calendar_is_known_by_the_sessions_of_any_one_pillar(ana: Path, capsys: pytest.CaptureFixture[str], alone: str) -> None:
    without = [word for name in (*PILLARS, "running_form") if name != alone for word in ("--without", name)]
    assert run(capsys, "make", ana, "--private", *without, "--as-of", FIRST).code == 0
    said = run(capsys, "make", ana, "--cancel", "--as-of", FIRST)
    assert (said.code, "to come cancelled" in said.err) == (0, True), said.err
    assert all(event.cancelled for event in apart(ana.with_suffix(".ics").read_bytes()).events)


@pytest.mark.parametrize("was_private", [True, False])
def test_a_private_calendar_follows_a_new_start(ana: Path, capsys: pytest.CaptureFixture[str], *, was_private: bool) -> None:
    calendar = ana.with_suffix(".ics")
    run(capsys, "make", ana, *["--private"] * was_private, "--as-of", FIRST)
    before = {event.uid: event for event in apart(calendar.read_bytes()).events}
    change(ana, ("start = 2027-01-04", "start = 2027-01-11"), ("last_run = 2027-01-02", "last_run = 2027-01-09"))
    said = run(capsys, "make", ana, "--private", "--as-of", LATER)
    assert (said.code, "Updated" in said.err) == (0, True), said.err
    after = {event.uid: event for event in apart(calendar.read_bytes()).events}
    assert b"X-PLANNER" not in calendar.read_bytes()
    if was_private:
        past = {uid for uid, event in before.items() if event.day.isoformat() < LATER}
        assert past
        assert all(after[uid].raw == before[uid].raw for uid in past), "the past stays"
        assert all(after[uid].cancelled for uid in before.keys() - past), "the older plan's future is cancelled"
        assert "is unchanged" in run(capsys, "make", ana, "--private", "--as-of", LATER).err
    new = [event for uid, event in after.items() if uid not in before and not event.cancelled]
    assert {event.day.isoformat() for event in new} > {"2027-01-13", "2027-01-31"}


def test_a_private_stop_says_nothing_about_health_in_a_full_calendar(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calendar = ana.with_suffix(".ics")
    run(capsys, "make", ana, "--as-of", FIRST)
    before = {event.uid for event in apart(calendar.read_bytes()).events}
    change(ana, ("red_flags = []", 'red_flags = ["RED-04"]'))
    said = run(capsys, "make", ana, "--private", "--as-of", LATER)
    assert (said.code, "RED-04: Your answers name this sign" in said.err) == (4, True)
    stood = calendar.read_bytes()
    (note,) = [event for event in apart(stood).events if event.uid not in before]
    assert (note.day.isoformat(), note.value(b"SUMMARY")) == (LATER, b"Training is paused: run planner make and read why")
    assert not re.search(rb"RED-04|STOP: no|locked and", stood.replace(b"\r\n ", b""))
    ahead = [event for event in apart(stood).events if event.day.isoformat() >= LATER and event.value(b"TRANSP") == b"OPAQUE"]
    assert {event.cancelled for event in ahead} == {True}
    assert "says so already" in run(capsys, "make", ana, "--private", "--as-of", LATER).err
    assert "still shows" not in run(capsys, "make", ana, "-f", "html", "--as-of", LATER).err
    assert "Training is paused" in run(capsys, "show", calendar, "--as-of", LATER).out
    change(ana, ('red_flags = ["RED-04"]', "red_flags = []"))
    forgotten = run(capsys, "make", ana, "--private", "--as-of", LATER)
    assert (forgotten.code, "nothing names RED-04 any more" in forgotten.err) == (2, True)
    assert calendar.read_bytes() == stood
