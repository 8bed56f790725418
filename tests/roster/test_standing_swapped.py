"""A calendar that an earlier run wrote is still refused if it is not this athlete's any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.render import Options
from planner.render.calendar_parts import apart
from tests.roster.batches import plans, report, row, run_here, statuses, write_roster

ROWS = [row(n, weeks="3") for n in range(3)]
LATER = "2027-01-13"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the calendars of an earlier run."""
    run_here(write_roster(tmp_path / "roster.csv", ROWS), tmp_path / "plans")
    return tmp_path / "plans"


def again(folder: Path, rows: list[dict[str, str]]) -> dict[str, str]:
    """Run the batch for these rows once more; the status of each."""
    run_here(write_roster(folder.with_name("roster.csv"), rows), folder, day=LATER)
    return statuses(folder)


def test_calendars_that_changed_places_are_refused_and_keep_their_bytes(folder: Path) -> None:
    first, second = ((folder / f"runner-{n}.ics").read_bytes() for n in (0, 1))
    (folder / "runner-0.ics").write_bytes(second)
    (folder / "runner-1.ics").write_bytes(first)
    stood = plans(folder)
    assert again(folder, ROWS) == {"runner-0": "refused", "runner-1": "refused", "runner-2": "unchanged"}
    assert plans(folder) == stood
    assert 'runner-0.ics: the calendar of "runner-1"; expected ' in str(report(folder)[0]["error"])


@pytest.mark.parametrize("others", [b"BEGIN:VCALENDAR\r\nPRODID:mine\r\nEND:VCALENDAR\r\n", b"END:VCALENDAR\r\n"])
def test_a_calendar_that_somebody_added_another_to_is_refused_and_keeps_its_bytes(folder: Path, others: bytes) -> None:
    path = folder / "runner-0.ics"
    path.write_bytes(path.read_bytes() + others)
    stood = plans(folder)
    assert again(folder, [row(0, weeks="3", availability__mon="none"), *ROWS[1:]])["runner-0"] == "refused"
    assert plans(folder) == stood


def test_a_private_calendar_follows_a_new_start_and_keeps_its_past(tmp_path: Path) -> None:
    roster, folder = write_roster(tmp_path / "roster.csv", ROWS[:1]), tmp_path / "plans"
    run_here(roster, folder, options=Options(private=True))
    before = apart((folder / "runner-0.ics").read_bytes()).events
    write_roster(roster, [row(0, weeks="3", start="2027-01-11", running__last_run="2027-01-09")])
    run_here(roster, folder, options=Options(private=True), day=LATER)
    assert statuses(folder) == {"runner-0": "made"}
    after = {event.uid: event for event in apart((folder / "runner-0.ics").read_bytes()).events}
    assert all(after[event.uid].raw == event.raw for event in before if event.day.isoformat() < LATER)
    assert all(after[event.uid].cancelled for event in before if event.day.isoformat() >= LATER)
    assert any(not event.cancelled for event in after.values() if event.day.isoformat() >= LATER)


def test_a_private_stop_says_nothing_about_health_in_a_full_calendar(folder: Path) -> None:
    roster = write_roster(folder.with_name("roster.csv"), [row(0, weeks="3", screening__red_flags="RED-04"), *ROWS[1:]])
    run_here(roster, folder, options=Options(private=True), day=LATER)
    data = (folder / "runner-0.ics").read_bytes()
    assert b"SUMMARY:Training is paused" in data
    assert b"RED-04" not in data
