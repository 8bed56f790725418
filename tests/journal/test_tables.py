"""CSV exports of Strava, Garmin Connect and TrainingPeaks."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InputError
from planner.journal import tables
from planner.journal.garmin import read_garmin
from planner.journal.strava import read_strava
from planner.journal.tables import Read, read_table
from planner.journal.trainingpeaks import read_trainingpeaks

GARMIN = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Avg Run Cadence,Moving Time,Elapsed Time\n"
STRAVA = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Filename,"
    "Elapsed Time,Moving Time,Distance,Average Cadence,Perceived Exertion\n"
)
PEAKS = "Title,WorkoutType,PlannedDuration,PlannedDistanceInMeters,WorkoutDay,DistanceInMeters,CadenceAverage,TimeTotalInHours,Rpe\n"


def garmin(*rows: str, miles: bool = False) -> Read:
    return read_garmin(read_table((GARMIN + "\n".join(rows)).encode("utf-8-sig")), "g.csv", miles=miles)


def strava(*rows: str) -> Read:
    return read_strava(read_table((STRAVA + "\n".join(rows)).encode()), "activities.csv", miles=False)


def peaks(*rows: str) -> Read:
    return read_trainingpeaks(read_table((PEAKS + "\n".join(rows)).encode()), "tp.csv")


def test_a_list_of_garmin_connect() -> None:
    read = garmin(
        'Treadmill Running,2027-01-05 07:02:10,false,"Easy, then ""strides""",10.43,638,00:58:37,--,164,00:58:17,00:59:12',
        "Cycling,2027-01-06 07:02:10,false,Ride,30.1,638,01:00:00,--,--,00:58:17,00:59:12",
        'Running,2027-01-07 07:02:10,false,Quick,5.00,"1,023",25:10.7,120,82,--,--',
    )
    first, last = read.activities
    assert (first.source, first.start, first.sport) == ("g.csv: line 2", datetime.fromisoformat("2027-01-05T07:02:10"), "run")
    assert (first.metres, first.seconds, first.cadence) == (10430, 3517, 164)
    assert (last.metres, last.seconds, last.cadence) == (5000, 1510, 164)
    assert [(aside.where, str(aside.error.found), aside.wrong) for aside in read.aside] == [("line 3", "no run: Cycling", False)]


def test_garmin_counts_in_the_unit_of_the_account() -> None:
    assert garmin("Running,2027-01-05 07:02:10,false,x,3.1,1,30:00,--,--,--,--", miles=True).activities[0].metres == 4988


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("-3.2", "a distance of"),
        ("three", "found"),
        ("301", "a distance of"),
        ("1e3", "found"),
    ],
)
def test_a_row_that_cannot_be_costs_that_row(cell: str, words: str) -> None:
    read = garmin(
        f"Running,2027-01-05 07:02:10,false,x,{cell},1,30:00,--,--,--,--",
        "Running,2027-01-06 07:02:10,false,x,5.0,1,30:00,--,--,--,--",
        "Running,6/1/2027,false,x,5.0,1,30:00,--,--,--,--",
        "Running,2027-01-08 07:02:10,false,x,5.0,1,25:00:00,--,--,--,--",
    )
    assert [activity.source for activity in read.activities] == ["g.csv: line 3"]
    assert [(aside.where, aside.wrong) for aside in read.aside] == [("line 2", True), ("line 4", True), ("line 5", True)]
    assert words in str(read.aside[0].error)


def test_decimal_commas_are_read_and_mixed_ones_are_not() -> None:
    row = 'Running,2027-01-0{} 07:00:00,false,x,"{}",1,30:00,--,--,--,--'
    assert [a.metres for a in garmin(row.format(5, "10,43"), row.format(6, "7")).activities] == [10430, 7000]
    with pytest.raises(InputError, match=r'line 3: "9,5" with a decimal comma, and "10.43" with a point in line 2'):
        garmin(row.format(5, "10.43"), row.format(6, "9,5"))


def test_strava_names_columns_twice_and_the_second_distance_is_in_metres() -> None:
    read = strava(
        '1,"Jan 5, 2027, 6:02:10 AM",Morning,Run,,2000,5.02,activities/1.fit.gz,2000.0,1900.0,5021.7,82,3',
        '2,"Jan 6, 2027, 6:02:10\u202fPM",Lunch,Trail Run,,2000,5.02,,2000.0,,,,',
        '3,"Jan 7, 2027, 6:02:10 AM",Swim,Swim,,2000,"1,500",,2000.0,,1500,,',
    )
    first, second = read.activities
    assert (first.start, first.metres, first.seconds, first.file) == (
        datetime(2027, 1, 5, 6, 2, 10, tzinfo=UTC),
        5021,
        1900,
        "activities/1.fit.gz",
    )
    assert (first.cadence, first.rpe) == (164, 3)
    assert (second.start.hour, second.metres, second.seconds) == (18, 5020, 2000)
    assert [aside.where for aside in read.aside] == ["line 4"]


def test_trainingpeaks_has_planned_and_done_side_by_side() -> None:
    read = peaks(
        "Easy,Run,0.5,5000,2027-01-05,5100,82,0.55,4",
        "Long,Run,1.5,12000,2027-01-09,,,,",
        "Gym,Strength,1,,2027-01-06,,,1,",
        "Track,Run,,,2027-01-07,,,0.75,",
    )
    first, last = read.activities
    assert (first.start, first.timed) == (datetime.fromisoformat("2027-01-05"), False)
    assert (first.metres, first.seconds, first.cadence, first.rpe) == (5100, 1980, 164, 4)
    assert (last.metres, last.seconds) == (None, 2700)
    assert [(aside.where, aside.error.found) for aside in read.aside] == [("line 3", "planned, not done"), ("line 4", "no run: Strength")]
    with pytest.raises(InputError, match="neither DistanceInMeters nor TimeTotalInHours"):
        read_trainingpeaks(read_table(b"WorkoutDay,WorkoutType\n2027-01-05,Run\n"), "tp.csv")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b"a,b\n1,2,3\n", "line 2: 3 cells; expected 2"),
        (b"a,b\n1,\0\n", "NUL bytes"),
        ("a,b\n1,2\n".encode("utf-16")[:-1], "text that says it is UTF-16, and is not; expected an activity file"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "line 3: its quotes do not pair up"),
        (b'a,b\n1,"2\n3,"4"\n5,6\n', "line 2: its quotes do not pair up"),
        (b'a,b\n1,"' + b"x" * 200_000 + b'"\n', "cells that cannot be told apart"),
        (b"a\n" + b"1\n" * (tables.MOST_ROWS + 1), "rows"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_table(data)


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ",")])
def test_tables_in_any_usual_writing(encoding: str, delimiter: str) -> None:
    table = read_table(f"Date{delimiter}Title\r\n\r\n2027-01-05{delimiter}Köln\r\n".encode(encoding))
    assert table.names == ("date", "title")
    assert table.rows == ((3, ("2027-01-05", "Köln")),)


@given(st.decimals(0, 290, places=2), st.booleans(), st.booleans())
def test_a_distance_is_read_as_it_was_written(amount: Decimal, comma: bool, thousands: bool) -> None:
    cell = f"{amount * 1000:,.2f}" if thousands else f"{amount * 1000:.2f}"
    if comma:
        cell = cell.replace(",", "x").replace(".", ",").replace("x", ".")
    assert (tables.metres(cell, "m", comma=comma) or 0) == int(amount * 1000)


@given(st.text(max_size=12), st.booleans())
def test_any_cell_is_read_or_refused(cell: str, comma: bool) -> None:
    for read in (lambda: tables.metres(cell, "km", comma=comma), lambda: tables.seconds(cell, 3600, comma=comma)):
        try:
            found = read()
        except InputError:
            continue
        assert found is None or 0 < found <= 300_000
    assert tables.small_number(cell, 0, 10) in (None, *range(11))
