"""Tables from other sources: column names, units, dates, times, and unreadable content."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planner.errors import InputError
from planner.foreign.dates import read_dates
from planner.foreign.records import Entries
from planner.foreign.table import read_table


def rows(*lines: str, miles: bool = False) -> Entries:
    return read_table("\n".join(lines), miles=miles, order=None)


@pytest.mark.parametrize(
    ("name", "cell", "km", "miles", "seconds"),
    [
        ("Distance (km)", "4.5", "4.5", "0", 0),
        ("distance_km", "4.5", "4.5", "0", 0),
        ("Distance", "4.5", "4.5", "0", 0),
        ("Distance", "3 mi", "0", "3", 0),
        ("run_km", "4.5", "4.5", "0", 0),
        ("Kilometres", "4.5", "4.5", "0", 0),
        ("Distance (mi)", "3.1", "0", "3.1", 0),
        ("Miles", "3.1", "0", "3.1", 0),
        ("Distance (m)", "4500", "4.5", "0", 0),
        ("Duration", "65", "0", "0", 3900),
        ("Duration", "1:05:30", "0", "0", 3930),
        ("Duration (hh:mm)", "1:05", "0", "0", 3900),
        ("Duration (min)", "65:30", "0", "0", 3930),
        ("Minutes", "32.5", "0", "0", 1950),
        ("Duration (s)", "1800", "0", "0", 1800),
        ("Time", "45:10", "0", "0", 2710),
        ("Moving Time", "30 min", "0", "0", 1800),
    ],
)
def test_names_and_units_in_their_usual_variants(name: str, cell: str, km: str, miles: str, seconds: int) -> None:
    found = rows(f"Date;{name}", f"2027-01-04;{cell}")
    amount = found.runs[0].dose.run
    assert (amount.km, amount.miles, amount.seconds) == (Decimal(km), Decimal(miles), seconds)
    assert any(f"`{name}`" in note for note in found.notes)


def test_what_a_column_was_read_as_is_said() -> None:
    assert "Read `Distance (mi)` as miles." in rows("Day,Distance (mi)", "2027-01-04,3").notes
    guessed = next(note for note in rows("Day,Distance", "2027-01-04,3", miles=True).notes if "Distance" in note)
    assert guessed == "Read `Distance` as miles (it does not say which; --units km changes it)."


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_delimiter_is_found_out(delimiter: str) -> None:
    found = rows(delimiter.join(("Date", "Title", "km")), delimiter.join(("2027-01-04", '"a, b; c"', "5")))
    assert [(run.where, run.title, run.dose.run.km) for run in found.runs] == [("line 2", "a, b; c", Decimal(5))]


def test_a_decimal_comma_and_lines_above_the_names() -> None:
    found = rows("sep=;", "Date;km", "2027-01-04;4,5")
    assert found.runs[0].dose.run.km == Decimal("4.5")
    found = rows("My plan", "", "Date;km", "2027-01-04;4,5")
    assert [(run.where, run.dose.run.km) for run in found.runs] == [("line 4", Decimal("4.5"))]


def test_rows_of_other_sports_and_of_rest_are_listed_and_not_counted() -> None:
    found = rows(
        "Date,Activity Type,Distance,Title", "2027-01-04,Running,5,a", "2027-01-05,Ride,20,b", "2027-01-06,,,Rest", "2027-01-07,,,"
    )
    assert len(found.runs) == 1
    assert [(a.where, a.why) for a in found.not_counted] == [
        ("line 3", "no run: ride"),
        ("line 4", "a day off"),
        ("line 5", "nothing is planned"),
    ]


@pytest.mark.parametrize(("pillar", "load"), [("Hip strength", "strength"), ("Hüft- und Oberschenkelkraft", "strength"), ("Yoga", "")])
def test_a_row_of_ours_without_running_loads_by_its_pillar_in_any_language(pillar: str, load: str) -> None:
    names = "date,start,minutes,pillar,title,run_minutes,walk_minutes,km,ceiling_km,bound_by,text"
    found = rows(names, "2027-01-04,,30,Progression,Gym run,30,0,5,5,the goal,", f"2027-01-05,,20,{pillar},Run 5 km?,,,,,,Run 30 min")
    assert [run.title for run in found.runs] == ["Gym run"]
    assert [(a.why, a.load) for a in found.not_counted] == [(f"no run: {pillar.lower()}", load)]
    assert found.not_read == ()
    assert not found.private


def test_a_row_that_cannot_be_read_is_listed() -> None:
    found = rows("Date,km,Title", "2027-01-04,5,a", "total,5,all", "2027-01-06,5-6,b", "2027-01-08,five,c")
    assert [(a.where, a.day) for a in found.not_read] == [
        ("line 3", None),
        ("line 4", date(2027, 1, 6)),
        ("line 5", date(2027, 1, 8)),
    ]


def test_the_words_are_read_where_the_columns_are_empty_and_tell_how_they_are_shared_with_walking() -> None:
    found = rows("Date,Minutes,Workout", "2027-01-04,,Run 30 min", "2027-01-06,20,8 x (1 min run / 1.5 min walk)")
    assert [(run.dose.run.seconds, run.dose.walk.seconds) for run in found.runs] == [(1800, 0), (480, 720)]


def test_an_export_with_the_same_distance_twice_is_read_once() -> None:
    head = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Elapsed Time,Distance"
    found = rows(
        head, '1,"Jan 4, 2027, 6:12:33 AM",Morning,Run,1823,5.02,1823.0,5021.3', '2,"Jan 6, 2027, 6:12:33 AM",Ride,Ride,9,25,9,25001'
    )
    assert [(run.day, run.dose.run.km) for run in found.runs] == [(date(2027, 1, 4), Decimal("5.02"))]
    assert any("the first of two" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Date,km", "nothing under it"),
        ("Name,km\nx,5", "no column of dates"),
        ("Date,Shoes\n2027-01-04,5", "no column of distances"),
        ("Date,Distance (km),Distance (mi)\n2027-01-04,5,3", "2 columns of distances"),
        ("Date,Distance,Distance\n2027-01-04,5,3", "2 columns called `Distance`"),
        ("Date,km\n2027-01-04,-5", "line 2: a distance of -5"),
        ("Date,km\n2027-01-04,1000000000", "line 2: a distance of 1000000000"),
        ("Date,Minutes\n2027-01-04,2000", "line 2: a time of 2000"),
        ("Date,Minutes\n2027-01-04,-3", "line 2: a time of -3"),
        ("Date,Time\n2027-01-04,1:05", "hours and minutes or minutes and seconds"),
        ("Date,km\nsoon,5", "no date in the column `Date`"),
        ("Date,km\n3/4/2027,5", "no date that shows which number is the month"),
        ("Date,km\n13/4/2027,5\n4/13/2027,5", "in one of which the day comes first"),
        ("\n".join(["Date,km", *["2027-01-04,5"] * 200_000]), "200001 lines"),
        (f"Date,km,Title\n2027-01-04,5,{'x' * 200_000}", "cells that cannot be told apart"),
        ("just words", "no column of dates"),
        ("sep=;", "no column of dates"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read_table(text, miles=False, order=None)


@pytest.mark.parametrize(
    "cell",
    [
        *("2027-04-03", "2027-04-03 07:30:00", "2027-04-03T07:30Z", "2027/4/3", "20270403", "3.4.2027", "03.04.27", "3 Apr 2027"),
        *("Sat, 3 April 2027", "Apr 3, 2027", "April 3rd 2027, 6:12:33 AM", "3-Apr-27"),
    ],
)
def test_dates_that_say_their_month_are_read(cell: str) -> None:
    assert read_dates([cell], None) == [date(2027, 4, 3)]


def test_the_order_of_day_and_month_is_said_or_shown_by_another_date() -> None:
    assert read_dates(["3/4/2027"], "dmy") == [date(2027, 4, 3)]
    assert read_dates(["3/4/2027"], "mdy") == [date(2027, 3, 4)]
    assert read_dates(["3/4/2027", "13/4/2027"], None) == [date(2027, 4, 3), date(2027, 4, 13)]
    assert read_dates(["3/4/2027", "3/14/2027", ""], None) == [date(2027, 3, 4), date(2027, 3, 14), None]


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        *(
            ("3. Januar 2027", 1),
            ("3. Jan. 2027", 1),
            ("3. Jänner 2027", 1),
            ("03.Feb.2027", 2),
            ("3. März 2027", 3),
            ("3. MA\u0308RZ 2027", 3),
        ),
        *(("3. Mrz 2027", 3), ("3. Maerz 2027", 3), ("Sa., 3. April 2027 um 19:03 Uhr", 4), ("3. Mai 2027", 5), ("3. Juni 2027 19:03", 6)),
        *(("3-Okt-27", 10), ("Sonntag, 3. Oktober 2027", 10), ("3. Dez. 2027", 12), ("Fr, 3. Dezember 2027", 12), ("Mi. 3.2.2027", 2)),
    ],
)
def test_german_names_of_months_and_weekdays_are_read(cell: str, month: int) -> None:
    assert read_dates([cell], None) == [date(2027, month, 3)]


@pytest.mark.parametrize(
    "cell", ["2027-02-30", "0001-01-01", "31.2.2027", "3 Foo 2027", "Monday", "", "2027", "30. Feb. 2027", "3. Mär", "3. Märchen"]
)
def test_what_is_no_date_is_none(cell: str) -> None:
    assert read_dates([cell], None) == [None]


def test_a_decimal_comma_between_commas_is_not_read_as_something_else() -> None:
    found = rows("Date,km", "2027-01-04,5", "2027-01-06,4,5", '2027-01-08,"4,5"')
    assert [run.dose.run.km for run in found.runs] == [Decimal(5), Decimal("4.5")]
    assert [(a.where, a.day) for a in found.not_read] == [("line 3", date(2027, 1, 6))]


def test_a_cell_of_several_lines_is_one_cell() -> None:
    found = rows("Date,Workout", '2027-01-04,"Easy run', '5 km"', "2027-01-06,Run 6 km")
    assert [(run.where, run.dose.run.km) for run in found.runs] == [("line 2", Decimal(5)), ("line 4", Decimal(6))]


@pytest.mark.parametrize(
    "cell",
    ['"Easy run, 5 km;\n\nthen:\n- stretch, calves\n- ""foam"" roll, slowly"', '"Run 5 km\n2027-01-06 is free"', '"Easy" run 5 km'],
    ids=["a description", "a date in words", "a quote within its line"],
)
def test_a_quote_that_is_closed_takes_nothing_in(cell: str) -> None:
    found = rows("Date,Workout", f"2027-01-04,{cell}", "2027-01-06,Run 6 km")
    assert [run.dose.run.km for run in found.runs] == [Decimal(5), Decimal(6)]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (['2027-01-04,3,"Easy', "2027-01-06,30,Easy", "2027-01-08,50,Long"], "line 2: its quotes do not pair up"),
        (["2027-01-04,3,Easy", '2027-01-06,"30,Easy'], "line 3: its quotes do not pair up"),
        (['2027-01-04,"5', "2027-01-06,6", '2027-01-08,"7'], "line 2: its quotes do not pair up"),
        (['2027-01-04,3,"Easy', "2027-01-06,30,Easy", '2027-01-08,50,Long"'], "line 2: a quote that is not closed on its line"),
        (["2027-01-04,3,Easy", '2027-01-06,"3', '2027-01-08,50,"'], "line 3: a quote that is not closed on its line"),
    ],
    ids=["never closed", "on the last line", "in the distance", "closed by a later one", "in the distance, closed by a later one"],
)
@pytest.mark.parametrize("end", ["", "\n"], ids=["no last line end", "a last line end"])
def test_a_quote_that_takes_in_the_rows_after_it_hides_none_of_them(lines: list[str], why: str, end: str) -> None:
    with pytest.raises(InputError, match=why):
        read_table("\n".join(["Date,Distance (km),Workout", *lines]) + end, miles=False, order=None)


def test_dates_in_another_order_than_was_said_tell_what_was_said() -> None:
    found = read_table("Date,km\n1/2/2027,5\n1/25/2027,6\n31.2.2027,7", miles=False, order="dmy")
    assert [aside.why for aside in found.not_read] == [
        "it has no date that can be read; --dates dmy reads it as day/month/year",
        "it has no date that can be read",
    ]
    with pytest.raises(InputError, match=r"dates like 2027-01-04; --dates mdy reads it as month/day/year"):
        read_table("Date,km\n25/1/2027,5", miles=False, order="mdy")
