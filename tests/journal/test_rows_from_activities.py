"""Conversion of activities to log rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from planner.entry import Entry
from planner.errors import InputError
from planner.journal.activity import Activity, Split, sport_of
from planner.journal.rows_from_activities import Share, check_run, entry_for, in_log, no_run
from planner.zones import zone

BERLIN = zone("Europe/Berlin")
TODAY = date(2027, 1, 10)
SPLIT = Split(run_m=3000, walk_m=1000, run_s=1200, walk_s=600, cadence=165)
RUN = Activity(
    source="/home/ana/run.fit", reader="fit", start=datetime(2027, 1, 5, 6, 2, tzinfo=UTC), sport="run", metres=4000, split=SPLIT
)
ROW = evolve(RUN, source="list.csv: line 3", reader="garmin", split=None, seconds=1800)
SHARE = Share(date=date(2027, 1, 5), session="progression/run#1", run_m=1500, foot_m=3000, aside_m=1000, seconds=2400)


def entry(activity: Activity, share: Share | None = None) -> Entry:
    return entry_for(activity, BERLIN, lambda _: share, 400)


def test_records_say_how_much_was_run() -> None:
    assert entry(RUN, SHARE) == Entry(
        date=date(2027, 1, 5),
        session="progression/run#1",
        run_m=3000,
        foot_m=4000,
        seconds=1800,
        cadence=165,
        note="07:02 from run.fit",
    )


def test_the_distance_of_the_watch_is_shared_as_its_records_are() -> None:
    assert entry(evolve(RUN, metres=4400)).run_m == 3300
    assert entry(evolve(RUN, metres=None)).foot_m == 4000


@pytest.mark.parametrize(("metres", "run_m"), [(3000, 1500), (4000, 1500), (3499, 1749), (3500, 1312), (8000, 3000)])
def test_without_records_it_is_shared_as_planned_with_or_without_the_warm_up(metres: int, run_m: int) -> None:
    found = entry(evolve(ROW, metres=metres), SHARE)
    assert (found.run_m, found.foot_m) == (run_m, metres)
    assert found.note == "07:02 from list.csv: line 3; run share as planned"


def test_a_run_that_was_moved_is_shared_like_the_planned_one() -> None:
    found = entry(ROW, evolve(SHARE, date=date(2027, 1, 4)))
    assert (found.session, found.run_m) == ("", 1500)
    assert found.note.endswith("run share as planned on 2027-01-04")


def test_without_records_and_plan_all_of_it_is_running_and_said_so() -> None:
    assert entry(ROW).run_m == 4000
    assert "so all of it counts as run" in entry(ROW).note


def test_a_time_without_a_distance_becomes_one_at_the_easy_pace() -> None:
    timed = evolve(ROW, metres=None, seconds=2000)
    assert (entry(timed).run_m, entry(timed).foot_m) == (5000, 5000)
    assert entry(evolve(timed, seconds=2400), SHARE).foot_m == 4000
    assert "no distance, so by its time" in entry(timed).note


def test_the_date_is_that_of_the_athlete() -> None:
    late = evolve(RUN, start=datetime(2027, 1, 5, 23, 30, tzinfo=UTC))
    assert (entry(late).date, entry(late).note[:5]) == (date(2027, 1, 6), "00:30")
    day = evolve(ROW, start=datetime.fromisoformat("2027-01-05"), timed=False)
    assert entry(day).note.startswith("from list.csv")


def test_a_strange_file_name_makes_no_strange_note() -> None:
    note = entry(evolve(RUN, source="/x/" + "r\nun" * 50 + ".fit")).note
    assert note.isprintable()
    assert len(note) < 100


@pytest.mark.parametrize(
    ("activity", "words"),
    [
        (evolve(RUN, start=datetime(1901, 1, 1, tzinfo=UTC)), "it starts on 1901-01-01; expected a date from 2000 on"),
        (evolve(RUN, start=datetime(1, 1, 1, tzinfo=UTC)), "it starts on 0001-01-01"),
        (evolve(RUN, start=datetime(2027, 1, 11, 6, tzinfo=UTC)), "it starts on 2027-01-11, which is in the future"),
        (evolve(RUN, metres=300_001), "300 km in 0 hours"),
        (evolve(RUN, seconds=90_000), "4 km in 25 hours"),
        (evolve(RUN, metres=None), "neither a distance nor a time"),
    ],
)
def test_what_cannot_be_is_refused(activity: Activity, words: str) -> None:
    with pytest.raises(InputError, match=words):
        check_run(activity, BERLIN, TODAY)


def test_what_can_be_passes() -> None:
    check_run(evolve(RUN, start=datetime(2027, 1, 10, 22, 59, tzinfo=UTC)), BERLIN, TODAY)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"sport": "walk", "said": "walking", "split": None}, "no run: walking"),
        ({"sport": "walk", "said": "walking"}, "3000 m of it look like running"),
        ({"sport": "other", "said": "cycling"}, "no run: cycling"),
        ({"sport": ""}, ""),
        ({"sport": "", "split": None}, "it does not say that it is a run"),
        ({"sport": "", "split": evolve(SPLIT, run_m=0)}, "walking, by its speed"),
        ({"sport": "", "split": evolve(SPLIT, run_m=12_000)}, "too fast for a run"),
    ],
)
def test_what_is_no_run_says_why(changes: dict[str, object], words: str) -> None:
    found = no_run(evolve(RUN, **changes))
    assert words in found
    assert bool(words) is bool(found)


@pytest.mark.parametrize(
    ("said", "sport"),
    [
        ("Run", "run"),
        ("VirtualRun", "run"),
        ("Treadmill Running", "run"),
        ("treadmill", "run"),
        ("Treadmill Walking", "walk"),
        ("trail_running", "run"),
        ("Laufen", "run"),
        ("Hike", "walk"),
        ("Ride", "other"),
        ("Crunches", "other"),
        ("e_bike_ride", "other"),
        ("generic", ""),
        ("", ""),
    ],
)
def test_the_words_for_sports(said: str, sport: str) -> None:
    assert sport_of(said) == sport


def logged(**changes: object) -> Entry:
    return evolve(Entry(date=date(2027, 1, 5), run_m=3000, foot_m=4000, note="07:02 from run.fit", line=3), **changes)


@pytest.mark.parametrize(
    ("row", "there"),
    [
        (logged(), True),
        (logged(note="07:04 from other.tcx"), True),
        (logged(note="07:05 from other.tcx"), False),
        (logged(foot_m=4081), True),
        (logged(foot_m=4082), True),  # corrected by hand since; it has the same file and start
        (logged(foot_m=4082, note="07:02 from other.tcx"), False),
        (logged(foot_m=None, run_m=None), True),  # it names the start
        (logged(note="felt good"), True),
        (logged(note="felt good", foot_m=None), True),
        (logged(note="felt good", foot_m=None, run_m=4010), True),  # written down without the walking
        (logged(note="felt good", foot_m=None, run_m=None), False),
        (logged(note="felt good", foot_m=4400), False),
        (logged(date=date(2027, 1, 6)), False),
        (logged(note="06:02 from run.fit"), False),
        (logged(note="06:02 from run.fit", seconds=1800), True),  # imported in another time zone
        (logged(note="06:02 from run.fit", seconds=1799), False),
        (logged(note="06:02 from run.fit", seconds=1800, foot_m=4100), False),
        (logged(note="06:02 from other.fit", seconds=1800), False),
        (logged(note="19:02 from run.fit", seconds=1800, date=date(2027, 1, 4)), True),
    ],
)
def test_what_the_log_has_already(row: Entry, there: bool) -> None:
    assert (in_log(entry(RUN), [row]) is row) is there


def test_a_run_around_midnight_is_one_run_on_either_date() -> None:
    late = entry(evolve(RUN, start=datetime(2027, 1, 5, 22, 59, tzinfo=UTC), source="late.tcx"))
    early = entry(evolve(RUN, start=datetime(2027, 1, 5, 23, 0, tzinfo=UTC), source="early.gpx"))
    assert (late.date, early.date) == (date(2027, 1, 5), date(2027, 1, 6))
    assert in_log(early, [late]) is late
    assert in_log(late, [early]) is early


def test_a_run_without_time_and_distance_is_known_by_its_place_and_duration() -> None:
    """Its metres come from the plan, which changes with the import."""
    untimed = evolve(ROW, source="tp.csv: line 2", timed=False, metres=None)
    first = entry_for(untimed, BERLIN, lambda _: None, 400)
    assert in_log(entry_for(untimed, BERLIN, lambda _: None, 300), [first]) is first
    assert in_log(entry_for(evolve(untimed, seconds=1900), BERLIN, lambda _: None, 300), [first]) is None


@pytest.mark.parametrize("changes", [{"metres": -2000, "seconds": 600}, {"metres": 2000, "seconds": -1}, {"metres": 5000, "seconds": 10}])
def test_what_nobody_runs_is_no_run(changes: dict[str, int]) -> None:
    with pytest.raises(InputError, match=r"-?[0-9]+ m in -?[0-9]+ seconds"):
        check_run(evolve(ROW, **changes), BERLIN, TODAY)


@given(
    st.integers(1, 30_000),
    st.one_of(
        st.none(),
        st.builds(
            Split, run_m=st.integers(1, 20_000), walk_m=st.integers(0, 20_000), run_s=st.integers(1, 9000), walk_s=st.integers(1, 9000)
        ),
    ),
    st.one_of(
        st.none(),
        st.builds(
            lambda run, walk, aside: Share(date=date(2027, 1, 4), session="", run_m=run, foot_m=run + walk, aside_m=aside),
            *[st.integers(0, 9000)] * 3,
        ),
    ),
    st.integers(0, 86_399),
)
def test_nobody_runs_farther_than_they_went_and_a_row_is_known_again(
    metres: int, split: Split | None, share: Share | None, second: int
) -> None:
    activity = evolve(RUN, metres=metres, split=split, start=datetime(2027, 1, 5, tzinfo=UTC) + timedelta(seconds=second))
    found = entry(activity, share)
    assert 0 <= (found.run_m or 0) <= (found.foot_m or 0) == metres
    assert in_log(found, [found]) is found
