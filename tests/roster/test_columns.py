"""Columns and cells: each key of the athlete file, and its allowed values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

from planner.athlete import Athlete, Shoes
from planner.athlete_file import TABLES
from planner.errors import InputError
from planner.roster.columns import HEADINGS, check_columns, column, flattened, table_of
from planner.settings import Plain


def test_every_key_of_the_athlete_file_is_a_column() -> None:
    for heading, cls in {**TABLES, "shoes.1": Shoes, "shoes.12": Shoes}.items():
        for field in attrs.fields(cls):
            assert column(f"{heading}.{field.name.rstrip('_')}"), field.name
    single = {field.name for field in attrs.fields(Athlete)} - HEADINGS
    assert all(column(name) for name in single)
    assert column("running.recent_weeks_mi")
    assert column("shoes.2.used_mi")
    assert column("pillars.hip_strength.sessions_per_week")
    assert column("pillars.own.table.key")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "running",
        "shoes.1",
        "shoes.0.name",
        "shoes.1000.name",
        "shoes.name",
        "shoes.1.nam",
        "pillars.hip_strength",
        "pillars",
        "running.",
        "ID",
    ],
)
def test_other_names_are_no_columns(name: str) -> None:
    assert column(name) is None
    with pytest.raises(InputError, match="found the column"):
        check_columns(["id", name], "group.csv, row 1")


@pytest.mark.parametrize(
    ("name", "offer"),
    [
        ("easy_pace", "`running.easy_pace`"),
        ("running.easypace", "`running.easy_pace`"),
        ("shoes.1.used_k", "`shoes.1.used_km`"),
        ("Name", "`name`"),
        ("clearance.for_", "`clearance.for`"),
    ],
)
def test_an_unknown_column_offers_the_nearest(name: str, offer: str) -> None:
    with pytest.raises(InputError) as caught:
        check_columns([name], "here")
    assert str(caught.value).startswith(f'here: found the column "{name}"; expected')
    assert f"Did you mean {offer}?" in str(caught.value)


@pytest.mark.parametrize(
    ("names", "offer"),
    [
        (["running.longest_run"], "running.longest_run_km"),
        (["running.recent_weeks_km", "running.longest_run"], "running.longest_run_km"),
        (["running.recent_weeks_km", "running.recent_weeks_mi", "running.longest_run"], "running.longest_run_km"),
        (["running.recent_weeks_mi", "running.longest_run"], "running.longest_run_mi"),
        (["running.longestrun_mi"], "running.longest_run_mi"),
    ],
)
def test_a_distance_without_its_unit_is_offered_in_that_of_the_others(names: list[str], offer: str) -> None:
    with pytest.raises(InputError) as caught:
        check_columns(names, "here")
    assert f"Did you mean `{offer}`?" in str(caught.value)


def test_a_name_of_many_strange_characters_is_shown_short() -> None:
    with pytest.raises(InputError) as caught:
        check_columns(["\x1b[31m" + "x" * 500], "here")
    assert "\x1b" not in str(caught.value)
    assert "x" * 100 not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("weeks", "12", 12),
        ("weight_kg", "61,5", Decimal("61.5")),
        ("weight_kg", "61.5", Decimal("61.5")),
        ("start", "2027-01-04", date(2027, 1, 4)),
        ("guardian_ok", "Yes", True),
        ("guardian_ok", "Ja", True),
        ("guardian_ok", "nein", False),
        ("guardian_ok", "0", False),
        ("guardian_ok", 1, True),
        ("knee.swelling", "FALSE", False),
        ("name", "12", "12"),
        ("running.easy_pace", "6:40", "6:40"),
        ("progression.growth", "0.08", Decimal("0.08")),
        ("running.recent_weeks_km", "0|0|4,5|6", [0, 0, Decimal("4.5"), 6]),
        ("running.recent_weeks_km", "0; 2.5", [0, Decimal("2.5")]),
        ("running.recent_weeks_km", "[0, 4.5]", [0, Decimal("4.5")]),
        ("running.recent_weeks_km", "6", [6]),
        ("screening.red_flags", "none", []),
        ("screening.red_flags", "[]", []),
        ("screening.red_flags", "RED-04 | RED-05", ["RED-04", "RED-05"]),
        ("availability.wed", "07:00-08:00; 18:00-19:30 run, strength", ["07:00-08:00", "18:00-19:30 run, strength"]),
        ("availability.wed", "None", []),
        ("screening.red_flags", "|RED-04||RED-05;", ["RED-04", "RED-05"]),
        ("pillars.x.y", "4||8", [4, 8]),
        ("availability.away", "2027-02-08/2027-02-14", ["2027-02-08/2027-02-14"]),
        ("pillars.x.y", "true", True),
        ("pillars.x.y", "3", 3),
        ("pillars.x.y", "3.5", Decimal("3.5")),
        ("pillars.x.y", "2027-01-04", date(2027, 1, 4)),
        ("pillars.x.y", "knees", "knees"),
        ("pillars.x.y", '"3"', "3"),
        ("pillars.x.y", "4|8", [4, 8]),
        ("pillars.x.y", '["bike"]', ["bike"]),
        ("pillars.x.y", "2027-13-04", "2027-13-04"),
    ],
)
def test_a_cell_becomes_what_an_athlete_file_would_say(name: str, cell: Plain, value: Plain) -> None:
    ((_, found),) = (pair for pair in flattened(table_of([(name, cell)])))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "cell", "words"),
    [
        ("weeks", "12.0", ['found "12.0"', "a whole number"]),
        ("weeks", "9" * 30, ["a whole number"]),
        ("weight_kg", "1e5", ['found "1e5"', "a number"]),
        ("weight_kg", "nan", ["a number"]),
        ("weight_kg", "1.000,5", ["a number"]),
        ("start", "04.01.2027", ['found "04.01.2027"', "a date like 2027-01-04"]),
        ("start", "2027-02-30", ["a date like"]),
        ("start", "20270104", ["a date like"]),
        ("guardian_ok", "maybe", ['found "maybe"', "true or false (yes or no, 1 or 0)"]),
        ("running.recent_weeks_km", "0, 0, 4.5", ['found "0, 0, 4.5"', "several with | or ; between them"]),
        ("screening.red_flags", "[RED-04]", ['found "[RED-04]"', "a list with | or ;"]),
        ("screening.red_flags", "|", ['found "|"', "items with | or ; between them, or none", "Leave the cell empty"]),
        ("screening.red_flags", " ; ", ["found", "or none"]),
        ("screening.red_flags", " ", ["found", "or none"]),
        ("availability.away", "| | ;", ["found", "or none"]),
        ("pillars.x.y", "||", ['found "||"', "or [] for an empty list", "Leave the cell empty"]),
        ("pillars.x.y", "[1, ", ["a list"]),
        ("screening.red_flags", "[" * 5000, ["a list"]),
    ],
)
def test_a_cell_that_cannot_be_read_names_its_column(name: str, cell: str, words: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        table_of([("id", "ana"), (name, cell)])
    assert caught.value.where == name
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        *(
            ("start", text)
            for text in ("04.01.2027", "1/4/2027", "1/4/27", "2027/1/4", "04-Jan-27", "4. Jan 2027", "1/4/2027 0:00", "46391")
        ),
        ("running.last_run", "02.01.2027"),
        ("shoes.1.since", "02.01.2027"),
        ("commitments.2.date", "30.01.2027"),
        ("availability.away", "08.02.2027"),
        ("availability.away", "2027-02-08/2027-02-14 | 2/20/2027"),
        ("running.easy_pace", "06:30:00"),
        ("running.walk_pace", "0:10:30"),
    ],
)
def test_a_cell_that_a_spreadsheet_rewrote_is_not_guessed_but_says_what_to_do(name: str, cell: str) -> None:
    with pytest.raises(InputError) as caught:
        table_of([("id", "ana"), (name, cell)])
    assert caught.value.where == name
    assert "like 6:40" in caught.value.expected if name.endswith("pace") else "like 2027-0" in caught.value.expected
    assert (
        caught.value.advice
        == "If a spreadsheet rewrote it: save it as a workbook (.xlsx), or format the column as text and write it again."
    )


@pytest.mark.parametrize(("name", "cell"), [("start", "soon"), ("start", "2027-02-30"), ("running.cadence", "1/4/2027")])
def test_a_cell_that_nothing_rewrote_has_no_advice_about_spreadsheets(name: str, cell: str) -> None:
    with pytest.raises(InputError) as caught:
        table_of([("id", "ana"), (name, cell)])
    assert caught.value.advice == ""


def test_shoes_are_put_in_the_order_of_their_numbers() -> None:
    table = table_of([("shoes.10.name", "ten"), ("shoes.2.name", "two"), ("shoes.2.used_km", "5")])
    assert table == {"shoes": [{"name": "two", "used_km": Decimal(5)}, {"name": "ten"}]}


def test_a_setting_is_not_both_a_value_and_a_table() -> None:
    for cells in ([("pillars.a.b", "1"), ("pillars.a.b.c", "2")], [("pillars.a.b.c", "2"), ("pillars.a.b", "1")]):
        with pytest.raises(InputError, match=r"pillars\.a\.b"):
            table_of(cells)
