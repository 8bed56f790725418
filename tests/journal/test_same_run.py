"""Merging one run from several files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.journal.activity import Activity, Reader, Split
from planner.journal.same_run import distinct, near, same
from planner.zones import zone

if TYPE_CHECKING:
    from random import Random

BERLIN = zone("Europe/Berlin")
START = datetime(2027, 1, 5, 6, 2, tzinfo=UTC)
SPLIT = Split(run_m=3000, walk_m=1000, run_s=1200, walk_s=600)
READERS: tuple[Reader, ...] = ("fit", "tcx", "gpx", "strava", "garmin", "trainingpeaks")


def told(
    reader: Reader = "fit", source: str = "run.fit", *, after: int = 0, metres: int | None = 4000, split: Split | None = SPLIT
) -> Activity:
    return Activity(source=source, reader=reader, start=START + timedelta(seconds=after), sport="run", metres=metres, split=split)


@pytest.mark.parametrize(
    ("after", "metres", "one"),
    [
        (0, 4000, True),
        (120, 4000, True),
        (121, 4000, False),
        (-120, 4000, True),
        (0, 4081, True),
        (0, 4082, False),
        (0, 3920, True),
        (0, 3919, False),
    ],
)
def test_start_within_two_minutes_and_distance_within_two_percent(after: int, metres: int, one: bool) -> None:
    other = told("tcx", "run.tcx", after=after, metres=metres)
    assert same(told(), other, BERLIN) is same(other, told(), BERLIN) is one
    assert len(distinct([told(), other], BERLIN)) == (1 if one else 2)


def test_a_distance_that_is_not_known_is_no_other_distance() -> None:
    assert same(told(), told(metres=None), BERLIN)
    assert not near(None, 4000, unknown=False)


def test_local_times_are_those_of_the_athlete_and_a_date_alone_needs_the_distance() -> None:
    local = evolve(told("garmin", "list.csv"), start=datetime.fromisoformat("2027-01-05T07:03"))
    assert same(told(), local, BERLIN)
    assert not same(told(), local, ZoneInfo("UTC"))
    day = evolve(told("trainingpeaks", "tp.csv"), start=datetime.fromisoformat("2027-01-05"), timed=False)
    assert same(told(), day, BERLIN)
    assert not same(told(), evolve(day, metres=4200), BERLIN)
    assert not same(told(), evolve(day, metres=None), BERLIN)


def test_midnight_parts_nothing() -> None:
    before, after = datetime(2027, 1, 5, 22, 59, tzinfo=UTC), datetime(2027, 1, 5, 23, 0, tzinfo=UTC)
    assert len(distinct([evolve(told(), start=before), evolve(told("tcx", "run.tcx"), start=after)], BERLIN)) == 1


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first, second = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert not same(evolve(told(), start=first), evolve(told(), start=second), BERLIN)


def test_records_beat_sums_and_what_is_missing_is_filled_in() -> None:
    row = evolve(told("strava", "activities.csv: line 2", split=None), rpe=4, seconds=1900, file="activities/1.fit.gz")
    silent = evolve(told("gpx", "run.gpx"), sport="", metres=None)
    ((kept, others),) = distinct([row, silent], BERLIN)
    assert (kept.reader, kept.sport, kept.metres, kept.rpe, kept.seconds) == ("gpx", "run", 4000, 4, 1900)
    assert [other.source for other in others] == ["activities.csv: line 2"]


def test_a_cadence_beats_none() -> None:
    with_cadence = told("gpx", "run.gpx", split=evolve(SPLIT, cadence=166))
    assert distinct([told(), with_cadence], BERLIN)[0][0].reader == "gpx"


def test_a_row_of_strava_is_its_recording_whatever_they_measure() -> None:
    row = evolve(told("strava", "e.zip: activities.csv: line 2", metres=4400, split=None), file="activities/1.fit.gz")
    recording = told("fit", "e.zip: activities/1.fit.gz")
    assert same(row, recording, BERLIN)
    assert not same(row, told("fit", "e.zip: activities/11.fit.gz"), BERLIN)


ACTIVITIES = st.lists(
    st.builds(
        lambda reader, n, after, metres, split: told(reader, f"{n}.{reader}", after=after, metres=metres, split=SPLIT if split else None),
        st.sampled_from(READERS),
        st.integers(0, 99),
        st.integers(0, 2000),
        st.one_of(st.none(), st.integers(3900, 4200)),
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda activity: activity.source,
)


@settings(max_examples=500)
@given(ACTIVITIES, st.randoms())
def test_the_order_of_files_does_not_matter(activities: list[Activity], random: Random) -> None:
    shuffled = list(activities)
    random.shuffle(shuffled)
    assert distinct(shuffled, BERLIN) == distinct(activities, BERLIN)


@settings(max_examples=500)
@given(ACTIVITIES)
def test_nothing_is_lost_and_nothing_is_there_twice(activities: list[Activity]) -> None:
    found = distinct(activities, BERLIN)
    assert sorted(a.source for kept, others in found for a in (kept, *others)) == sorted(a.source for a in activities)
    by_source = {a.source: a for a in activities}
    kept = [by_source[activity.source] for activity, _ in found]
    assert not any(same(one, other, BERLIN) for n, one in enumerate(kept) for other in kept[:n])
    for activity, others in found:
        assert all(same(by_source[activity.source], other, BERLIN) for other in others)


def test_two_rows_of_one_table_without_times_are_two_runs() -> None:
    morning, evening = (evolve(told("trainingpeaks", f"tp.csv: line {line}", split=None), timed=False) for line in (2, 3))
    assert len(distinct([morning, evening], BERLIN)) == 2
    assert len(distinct([morning, evolve(evening, source="other.csv: line 3")], BERLIN)) == 1
    assert len(distinct([morning, told()], BERLIN)) == 1
