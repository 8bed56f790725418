"""FIT files."""

from __future__ import annotations

import struct
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import InputError
from planner.journal.fit import read_fit
from planner.journal.run_walk_split import tell_apart
from tests.journal import recordings as made
from tests.journal.recordings import FOOT_M, START, Stretch, fit

SHORT = fit((Stretch(30, 260, 82),))


def test_a_session_with_its_records() -> None:
    (activity,) = read_fit(fit(), "run.fit")
    assert (activity.source, activity.reader, activity.sport, activity.said) == ("run.fit", "fit", "run", "running")
    assert (activity.start, activity.timed) == (START, True)
    assert (activity.seconds, activity.metres) == (1500, FOOT_M)
    assert activity.records[0] == (0, 0, 112)
    assert activity.records[-1] == (1500, FOOT_M, 112)
    assert len(activity.records) == 1501


def test_cadence_is_in_steps_of_both_feet_whichever_the_watch_counts() -> None:
    both = (Stretch(60, 260, 164),)
    assert read_fit(fit(both), "x")[0].records[5][2] == 164
    assert read_fit(fit((Stretch(60, 260, 82),)), "x")[0].records[5][2] == 164
    assert read_fit(fit(cadence=False), "x")[0].records[5][2] is None


def test_without_records_there_are_the_sums_alone() -> None:
    (activity,) = read_fit(fit(records=False), "x")
    assert (activity.records, activity.metres, activity.seconds) == ((), FOOT_M, 1500)


def test_without_a_session_there_are_the_records_alone() -> None:
    whole = fit((Stretch(60, 250, 80),), total_cm=15_000)
    body = whole[14 : whole.rindex(struct.pack("<BBBHB", 0x42, 0, 0, 18, 6))]
    (activity,) = read_fit(made.whole_fit(body), "x")
    assert (activity.sport, activity.metres, activity.seconds, activity.start) == ("", 150, 60, START)


def test_the_sum_of_a_watch_that_was_calibrated_afterwards_counts() -> None:
    (activity,) = read_fit(fit(total_cm=300_000), "x")
    assert activity.metres == 3000
    assert tell_apart(activity.records).walk_m > 0


@pytest.mark.parametrize(("sport", "kind"), [(made.WALKING, "walk"), (made.CYCLING, "other"), (0, ""), (200, "other")])
def test_other_sports_are_called_so(sport: int, kind: str) -> None:
    assert read_fit(fit(sport=sport), "x")[0].sport == kind


def test_a_workout_is_no_activity() -> None:
    with pytest.raises(InputError, match="no activity, only: workout"):
        read_fit(fit(kind=made.WORKOUT), "x")


@given(st.integers(1, len(SHORT) - 1))
def test_a_file_that_is_cut_short_anywhere_is_refused(length: int) -> None:
    with pytest.raises(InputError):
        read_fit(SHORT[:length], "x")


@settings(max_examples=500)
@given(st.integers(0, len(SHORT) - 1), st.integers(0, 255))
def test_one_wrong_byte_is_refused(at: int, value: int) -> None:
    wrong = SHORT[:at] + bytes([value]) + SHORT[at + 1 :]
    if wrong != SHORT and not 12 <= at < 14:  # the header's own CRC may be 0
        with pytest.raises(InputError):
            read_fit(wrong, "x")


@settings(max_examples=500)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), min_size=1, max_size=20))
def test_bytes_that_no_watch_writes_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    body = bytearray(SHORT[14:-2])
    for at, value in changes:
        body[at % len(body)] = value
    try:
        found = read_fit(made.whole_fit(bytes(body)), "x")
    except InputError:
        return
    assert all(isinstance(metres, int) and metres >= 0 for activity in found for _, metres, _ in activity.records)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError):
        read_fit(data, "x")


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fitdecode", None)
    with pytest.raises(InputError, match=r"pip install 'return-to-run\[fit\]'"):
        read_fit(fit(), "x")


def test_a_clock_that_was_never_set_is_read_as_it_stands() -> None:
    assert read_fit(fit(start=datetime(1990, 1, 1, tzinfo=UTC)), "x")[0].start.year == 1990
