"""Blocks of an athlete file (`[[shoes]]`, `[[commitments]]`, `[[override]]`) in rosters of every kind and in the defaults."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

from planner.athlete_file import BLOCKS, athlete_of, read_athlete
from planner.roster.columns import column, flattened, table_of
from planner.toml_file import read_toml
from tests.cli.helpers import run
from tests.roster.reading import ANA, HEADER, athletes_of, refused, row_refused, workbook, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.settings import Plain

CLUB = """
[[commitments]]
name = "Club"
km = 3
on = "thu"
until = 2027-03-25
time = "18:00-19:00"

[[commitments]]
name = "City run"
km = 2.5
kind = "race"
date = 2027-01-30
"""
BY_HAND = """
[[override]]
date = 2027-01-12
session = "progression/run#1"
by = "Kim"
shorten = 20

[[override]]
date = 2027-01-19
session = "progression/run#2"
by = "Kim"
note = "On grass."
"""
ATHLETE = 'id = "ana"\nstart = 2027-01-04\n[running]\neasy_pace = "6:30"\n[screening]\nanswered = 2027-01-02\nred_flags = []\n'
WHOLE = f"{ATHLETE}{CLUB}{BY_HAND}"


def jsonl(table: object) -> str:
    return json.dumps(table, default=lambda value: str(value) if isinstance(value, date) else float(value))


def as_csv(folder: Path) -> Path:
    cells = dict(flattened(read_toml(folder / "ana.toml")))
    texts = ["none" if value == [] else str(value) for value in cells.values()]
    return written(folder, f"{';'.join(cells)}\n{';'.join(texts)}\n", "roster.csv")


def as_workbook(folder: Path) -> Path:
    cells = dict(flattened(read_toml(folder / "ana.toml")))
    return workbook(folder / "roster.xlsx", [[*cells], ["none" if value == [] else value for value in cells.values()]])


def as_lines(folder: Path) -> Path:
    return written(folder, f"{jsonl(read_toml(folder / 'ana.toml'))}\n", "roster.jsonl")


@pytest.mark.parametrize("roster", [as_csv, as_workbook, as_lines])
def test_a_plan_of_a_roster_with_blocks_is_that_of_the_athlete_file(
    roster: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, WHOLE, "ana.toml")
    asked = ("--as-of", "2027-01-03")
    for form in ("ics", "json"):
        made = run(capsys, "make", file, *asked, "-f", form, "-o", tmp_path / f"made.{form}")
        assert made.code == 0
    assert "Club" in (tmp_path / "made.ics").read_text(encoding="utf-8")
    said = run(capsys, "batch", roster(tmp_path), *asked, "-f", "ics", "-f", "json", "-o", tmp_path / "plans")
    assert (said.code, "1 made" in said.err) == (0, True), said.err
    for form in ("ics", "json"):
        assert (tmp_path / "plans" / f"ana.{form}").read_bytes() == (tmp_path / f"made.{form}").read_bytes()


def test_the_clubs_run_is_in_the_defaults_and_who_does_not_come_says_none(tmp_path: Path) -> None:
    home = tmp_path / "group"
    home.mkdir()
    base = written(home, CLUB + BY_HAND, "base.toml")
    rows = [
        ("ana", "", "", "", ""),
        ("ben", "none", "", "", ""),
        ("cara", "[]", "", "", ""),
        ("dan", "", "Track", "4", "tue"),
    ]
    columns = "commitments,commitments.1.name,commitments.1.km,commitments.1.on"
    lines = [f"{id_},2027-01-04,6:30,{','.join(more)}" for id_, *more in rows]
    ana, ben, cara, dan = athletes_of(written(tmp_path, "\n".join([f"{HEADER},{columns}", *lines])), defaults=base)
    file = read_athlete(written(tmp_path, WHOLE, "whole.toml"))
    assert (ana.commitments, ana.override) == (file.commitments, file.override)
    assert (ben.commitments, cara.commitments, len(ben.override)) == ((), (), 2)
    assert [(one.name, one.km, one.on) for one in dan.commitments] == [("Track", 4, "tue")], "blocks are one list"
    (eva,) = athletes_of(
        written(tmp_path, '{"id":"eva","start":"2027-01-04","running":{"easy_pace":"6:30"},"commitments":[]}', "e.jsonl"), defaults=base
    )
    assert eva.commitments == ()


def test_an_override_of_the_defaults_is_checked_with_the_start_that_decides_its_week(tmp_path: Path) -> None:
    home = tmp_path / "group"
    home.mkdir()
    moved = '[[override]]\ndate = 2027-01-07\nmove = 2027-01-08\nsession = "progression/run#1"\nby = "Kim"\n'
    base = written(home, moved, "base.toml")
    assert athletes_of(written(tmp_path, f"{HEADER}\n{ANA}\n"), defaults=base)[0].override[0].move == date(2027, 1, 8)
    error = row_refused(written(tmp_path, f"{HEADER}\n{ANA}\nben,2027-01-08,6:40\n"), 3, defaults=base)
    assert error.field == "override.1.move"
    assert "a day of the same week" in str(error)
    message = refused(written(tmp_path, f"{HEADER}\n{ANA}\n"), defaults=base, start=date(2027, 1, 8))
    assert message.startswith(f"{base}: override[1].move: ")
    assert '"override.1.moves"' in refused(
        written(tmp_path, f"{HEADER}\n{ANA}\n"), defaults=written(home, moved.replace("move =", "moves ="), "base.toml")
    )


def test_every_key_of_every_block_is_a_column() -> None:
    for name, cls in BLOCKS.items():
        for number in (1, 12, 120):
            for field in attrs.fields(cls):
                assert column(f"{name}.{number}.{field.name}"), field.name
    assert column("commitments.2.mi")
    assert column("commitments.1000.name") is None


def test_blocks_of_a_file_come_back_from_their_columns_by_number() -> None:
    cells: list[tuple[str, Plain]] = [
        *(("commitments.10.name", "ten"), ("commitments.2.name", "two"), ("commitments.2.km", "5,5")),
        *(("override.3.drop", "ja"), ("override.3.date", "2027-01-12"), ("shoes", "none")),
    ]
    table = table_of(cells)
    assert table == {
        "commitments": [{"name": "two", "km": Decimal("5.5")}, {"name": "ten"}],
        "override": [{"drop": True, "date": date(2027, 1, 12)}],
        "shoes": [],
    }


def test_a_commitment_in_miles_is_read_and_not_mixed_with_kilometres(tmp_path: Path) -> None:
    head, row = f"{HEADER},units,commitments.1.name,commitments.1.on,commitments.1", "ana,2027-01-04,10:30,mi,Club,thu,3"
    (ana,) = athletes_of(written(tmp_path, f"{head}.mi\n{row}\n"))
    table = {"start": date(2027, 1, 4), "units": "mi", "running": {"easy_pace": "10:30"}}
    assert ana.commitments == athlete_of({**table, "commitments": [{"name": "Club", "on": "thu", "mi": 3}]}, name="ana").commitments
    error = row_refused(written(tmp_path, f"{head}.km\n{row}\n"), 2)
    assert (error.field, "the column commitments.1.mi" in str(error)) == ("commitments.1.km", True)
    base = written(tmp_path, '[[commitments]]\nname = "Club"\nkm = 3\non = "thu"\n', "base.toml")
    error = row_refused(written(tmp_path, f"{HEADER},units\nana,2027-01-04,10:30,mi\n"), 2, defaults=base)
    assert "as the defaults hold paces or distances" in str(error)


@pytest.mark.parametrize(
    ("keys", "field", "words"),
    [
        ('"commitments": {"name": "Club"}', "commitments.name", ["Did you mean `commitments.1.name`?"]),
        ('"commitments": "Club"', "commitments", ['found "Club"; expected none, or columns like commitments.1.name', "a list of objects"]),
        ('"commitments": ["Club"]', "commitments.1", ['found "Club"; expected an object with the keys of [[commitments]]']),
        ('"override": [{}]', "override.1", ["found a table; expected an object with the keys of [[override]]"]),
        ('"shoes": 3', "shoes", ["found 3; expected none, or columns like shoes.1.name"]),
        ('"commitments": [{"name": "A", "km": 3, "on": "thu"}, {"name": "B", "km": 0.1}]', "commitments.2.km", ["found 0.1"]),
        ('"commitments": [{"name": "A", "km": 3}]', "commitments.1", ["neither on nor date"]),
        ('"commitments": [{"name": "A"}, {"name": "B", "kms": 3}]', "commitments.2.kms", ["Did you mean `commitments.2.km`?"]),
        ('"override": [{"date": "soon"}]', "override.1.date", ['found "soon"; expected a date like 2027-01-04']),
    ],
)
def test_a_wrong_block_is_named_by_its_number(tmp_path: Path, keys: str, field: str, words: list[str]) -> None:
    line = f'{{"id": "cara", "start": "2027-01-04", "running": {{"easy_pace": "6:40"}}, {keys}}}'
    error = row_refused(written(tmp_path, f"{line}\n", "group.jsonl"), 1)
    assert error.field == field
    for word in words:
        assert word in str(error)


def test_an_unknown_column_of_a_block_refuses_the_table(tmp_path: Path) -> None:
    message = refused(written(tmp_path, f"{HEADER},commitments.3.untill\n{ANA},2027-03-01\n"))
    assert 'found the column "commitments.3.untill"' in message
    assert "Did you mean `commitments.3.until`?" in message
