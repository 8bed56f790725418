"""Rosters in JSON Lines."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.roster.reading import athletes_of, refused, row_refused, rows_of, written

ANA = '{"id": "ana", "start": "2027-01-04", "running": {"easy_pace": "6:40"}}'
BEN = '{"id": "ben", "start": "2027-01-04", "running.easy_pace": "6:00"}'


def test_objects_are_nested_or_have_dots_in_their_keys(tmp_path: Path) -> None:
    ana, ben = athletes_of(written(tmp_path, f"\ufeff{ANA}\n\n{BEN}\n", "group.jsonl"))
    assert (ana.running.easy_pace, ben.running.easy_pace) == (400, 360)
    assert [row.number for row in rows_of(tmp_path / "group.jsonl")] == [1, 3]


def test_every_kind_of_value_is_read_as_an_athlete_file_would(tmp_path: Path) -> None:
    line = (
        '{"id": 7, "start": "2027-01-04", "name": null, "log": "\\ud83c\\udfc3",'
        ' "running": {"easy_pace": "6:40", "recent_weeks_km": [0, 2, 4.5], "last_run": "2027-01-02"},'
        ' "screening": {"red_flags": []}, "knee": {"swelling": false, "side": ""}, "availability": {"mon": [], "away": ["2027-02-08"]},'
        ' "shoes": [{"name": "blue", "used_km": 12.5}, {"name": "red"}], "pillars": {"own": {"text": "3", "number": 3}}}'
    )
    (athlete,) = athletes_of(written(tmp_path, line, "group.ndjson"))
    assert athlete.id == "7"
    assert athlete.running.recent_weeks_km == (0, 2, Decimal("4.5"))
    assert athlete.screening.red_flags == ()
    assert (athlete.knee.swelling, athlete.knee.side) == (False, None)
    assert athlete.availability.mon == ()
    assert [(pair.name, pair.used_km) for pair in athlete.shoes] == [("blue", Decimal("12.5")), ("red", 0)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", ["not JSON", "at character"]),
        ("[1, 2]", ["found a list", "expected an object"]),
        ('"ana"', ['found "ana"']),
        ('{"id": "x", "name": "\\ud83c"}', ["half a character"]),
        ('{"id": "ana", "weeks": NaN}', ["NaN is not a number"]),
        ('{"id": "ana", "id": "ben"}', ['"id" is in it twice']),
        ('{"id": "x", "weeks": ' + "9" * 5000 + "}", ["very many digits"]),
        ("[" * 100_000, ["brackets inside brackets"]),
        (b'{"id": "\xe4"}', ["not UTF-8"]),
        ('{"start": "2027-01-04"}', ["column id", "missing"]),
        ('{"id": ["x"]}', ["column id", "found a list"]),
        ('{"id": "x", "start": "2027-01-04", "running": {"easy_pace": 6.4}}', ["column running.easy_pace", "found 6.4", 'like "6:40"']),
        ('{"id": "x", "start": "2027-01-04", "running": {"easy_pace": "6:40"}, "weeks": 12.0}', ["column weeks", "a whole number"]),
        ('{"id": "x", "screening": {"red_flags": "|"}}', ["column screening.red_flags", 'found "|"']),
        ('{"id": "x", "start": "2027-01-04", "running": 7}', ["running", "found 7"]),
    ],
)
def test_a_line_that_is_wrong_costs_that_line(tmp_path: Path, line: str | bytes, words: list[str]) -> None:
    raw = line if isinstance(line, bytes) else line.encode()
    path = written(tmp_path, b"\n".join([ANA.encode(), raw, BEN.encode()]), "group.jsonl")
    message = str(row_refused(path, 2))
    assert message.startswith(f"{path}, row 2")
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", ["it is empty; expected an object for each athlete on a line of its own", '{"id": "ana", "start": "2027-01-04"']),
        ("\ufeff \n", ["it is empty; expected an object for each athlete"]),
        (f"[{ANA}]", ["a JSON list", "jq"]),
    ],
)
def test_a_roster_that_is_wrong_as_a_whole_is_refused(tmp_path: Path, content: str, words: list[str]) -> None:
    message = refused(written(tmp_path, content, "group.jsonl"))
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("keys", "field", "words"),
    [
        ('"weks": 3', "weks", ['"weks"', "Did you mean `weeks`?"]),
        ('"runing": {"easy_pace": "6:40"}', "runing.easy_pace", ["Did you mean `running.easy_pace`?"]),
        ('"name": {"x": 1}', "name.x", ["Did you mean `name`?"]),
        ('"shoes": {"name": "a"}', "shoes.name", ["Did you mean `shoes.1.name`?"]),
        ('"running": 7', "running", ["found 7", "expected an object"]),
        ('"shoes[1]": 3, "shoes.x": 3', "", ['"shoes[1]"']),
        ('"\\u001b[31m": 3', "", ["x1b[31m"]),
    ],
)
def test_a_key_that_nobody_reads_costs_its_line_and_not_its_id(tmp_path: Path, keys: str, field: str, words: list[str]) -> None:
    path = written(tmp_path, f'{ANA}\n{{"id": "cara", {keys}}}\n{BEN}\n', "group.jsonl")
    error = row_refused(path, 2)
    assert error.field == field
    assert str(error).startswith(f"{path}, row 2{f', {field}' if field else ''}: found")
    for word in words:
        assert word in str(error)
    assert str(error).isprintable()
    assert [row.id for row in rows_of(path)] == ["ana", "cara", "ben"]
