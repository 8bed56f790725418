"""The JSON Schemas: current, shipped, no stricter than the readers, and as strict as a schema can be."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import cast

import pytest
from docs_tools.generated import SCHEMAS, generated
from docs_tools.installed import own_pillars
from jsonschema import Draft202012Validator

from planner.athlete_file import athlete_of, read_athlete, read_template
from planner.cli.new_text import athlete_text
from planner.errors import InputError
from planner.plan_file import plan_from
from planner.schema import KINDS, schema_of
from tests.cli.helpers import EXAMPLES, SHORTLY_BEFORE, example, run

PROGRAMMES = sorted((Path(__file__).parent.parent / "templates" / "planner_templates" / "programmes").glob("*.toml"))
LEAST = 'start = 2027-01-04\n[running]\neasy_pace = "6:40"\n'
MILES = 'start = 2027-01-04\nunits = "mi"\n[running]\neasy_pace = "10:30"\n'
LADDER = 'name = "mine"\ntitle = "Mine"\nkind = "ladder"\nsummary = "For me."\nsource = "Ours."\n'


def as_json(value: object) -> object:
    """TOML's values as a JSON Schema sees them: dates as text."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def toml(text: str) -> dict[str, object]:
    return cast("dict[str, object]", as_json(tomllib.loads(text, parse_float=Decimal)))


def complaints(kind: str, document: object) -> list[str]:
    """What the schema has against a document."""
    schema = schema_of(kind, own_pillars(), only=True)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_and_is_shipped_as_it_is_generated(kind: str) -> None:
    Draft202012Validator.check_schema(schema_of(kind, own_pillars()))
    shipped = files("planner").joinpath("schemas", f"{kind}.json").read_text(encoding="utf-8")
    assert shipped == generated()[SCHEMAS / f"{kind}.json"], "run: python -m docs_tools"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_passes(path: Path) -> None:
    assert complaints("athlete", toml(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", PROGRAMMES, ids=lambda path: path.stem)
def test_every_programme_passes(path: Path) -> None:
    assert complaints("template", toml(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("name", sorted(set(SHORTLY_BEFORE) - {"hugo"}))
def test_every_plan_passes_and_has_nothing_that_is_not_described(capsys: pytest.CaptureFixture[str], name: str) -> None:
    plan = json.loads(run(capsys, "make", *example(name), "-f", "json", "-o", "-", "-q").out)
    assert complaints("plan", plan) == []
    closed = json.loads(json.dumps(schema_of("plan")).replace('"additionalProperties": true', '"additionalProperties": false'))
    undescribed = [error.message for error in Draft202012Validator(closed).iter_errors(plan)]
    assert undescribed == []


@pytest.mark.parametrize("units", ["km", "mi"])
def test_what_planner_new_writes_passes_with_every_line_in_use(tmp_path: Path, units: str) -> None:
    text = athlete_text({"units": f'"{units}"', "start": "2027-01-04"})
    assert complaints("athlete", toml(text)) == []
    used = "\n".join(line.removeprefix("# ") for line in text.split("\n") if " = " in line or line.startswith(("[", "# [")))
    used = "\n".join(line for line in used.split("\n") if not line.startswith(("goal_week", "How to", "the #")) and "`" not in line[:12])
    one_of = ("date = 2027-02-14", "shorten = ", "drop = ", "note = ")
    used = "\n".join(line for line in used.split("\n") if not line.startswith(one_of))
    path = tmp_path / "ana.toml"
    path.write_text(used, encoding="utf-8")
    read_athlete(path)
    assert complaints("athlete", toml(used)) == []


@pytest.mark.parametrize(
    "text",
    [
        'start = 2027-01-04\nid = "a"\nname = ""\n[running]\neasy_pace = " 6:40 "\nwalk_pace = "05:00"\n',
        f'{LEAST}[availability]\nmon = ["18:00-24:00 strength, mobility", "7:00 – 8:00 run run"]\n',
        f'{LEAST}[availability]\naway = [2027-02-08, "2027-03-01 / 2027-03-02"]\n',
        f"{LEAST}recent_weeks_km = [0, 0.5, 1, 400]\ncadence = 240\n[progression]\ngrowth = 0.0999\neasy_week_every = 0\n",
        f"{MILES}recent_weeks_mi = [1, 248.5]\nlongest_run_mi = 124.2\ngoal_week_mi = 0.7\n[[shoes]]\nname = 'a'\nlimit_mi = 3106.8\n",
        f"{LEAST}[pillars.mobility]\nhold_seconds = 60\n[pillars.running_form]\nmost_percent = 7.5\n",
        f"{LEAST}[clearance]\nby = 'A. Smith'\ndate = 2027-01-03\nfor = ['RED-04']\n",
        f"{LEAST}[[commitments]]\nname = 'Club'\nkm = 0.5\non = 'tue'\ntime = ' 7:00 – 8:00'\nuntil = 2027-02-01\n",
        f"{MILES}[[commitments]]\nname = 'Race'\nmi = 124.2\ndate = 2027-01-09\nkind = 'race'\n",
        f"{LEAST}[[override]]\ndate = 2027-01-05\nsession = 'a_b/c-d#12'\nby = 'Kim'\nshorten = 1440\n",
    ],
)
def test_what_the_reader_takes_the_schema_takes(text: str) -> None:
    athlete_of(tomllib.loads(text, parse_float=Decimal), name="ana")
    assert complaints("athlete", toml(text)) == []


MISTAKES = [
    ("", "a file without a start"),
    ("start = 2027-01-04\n", "no [running]"),
    (LEAST.replace("2027-01-04", '"4 January"'), "a date in words"),
    (LEAST.replace('"6:40"', "6.40"), "a pace as a number"),
    (LEAST.replace('"6:40"', '"6:75"'), "a pace with 75 seconds"),
    (LEAST.replace('"6:40"', '"0:00"'), "a pace faster than anybody"),
    (LEAST + 'walk_pace = "40:00"\n', "a walk slower than anybody"),
    (LEAST + "cadance = 164\n", "a key misspelt"),
    (LEAST + "longest_run_mi = 3\n", "miles in a file in kilometres"),
    (MILES + "longest_run_km = 3\n", "kilometres in a file in miles"),
    (MILES + "longest_run_mi = 500\n", "more miles than anybody"),
    (LEAST + "goal_minutes = 30\ngoal_week_km = 20\n", "two goals"),
    (LEAST + "[[commitments]]\nname = 'Club'\nkm = 6\n", "a commitment on no day"),
    (LEAST + "[[commitments]]\nname = 'Club'\nkm = 6\non = 'tue'\ndate = 2027-01-05\n", "a commitment on two"),
    (LEAST + "[[commitments]]\nname = 'Club'\nmi = 6\non = 'tue'\n", "a commitment in miles"),
    (LEAST + "[[override]]\ndate = 2027-01-05\nsession = 'a/b#1'\ndrop = true\n", "a change by nobody"),
    (LEAST + "[[override]]\ndate = 2027-01-05\nsession = 'a/b#1'\nby = 'Kim'\n", "a change of nothing"),
    (LEAST + f"recent_weeks_km = [{'1, ' * 13}]\n", "thirteen weeks"),
    (LEAST + "recent_weeks_km = 6\n", "a number for a list"),
    (LEAST + "recent_weeks_km = [-1]\n", "less than nothing"),
    (LEAST + 'longest_run_km = "2.5"\n', "a number in quotes"),
    (LEAST + "runs_per_week = 7\n", "too many runs"),
    ("weeks = 0\n" + LEAST, "no weeks"),
    ("weeks = 53\n" + LEAST, "too many weeks"),
    ("weeks = 12.0\n" + LEAST, "a fraction of weeks"),
    ("weeks = true\n" + LEAST, "a yes for a number"),
    ('units = "miles"\n' + LEAST, "another unit"),
    ('id = "a/b"\n' + LEAST, "an id with a slash"),
    ('id = ".hidden"\n' + LEAST, "an id with a dot in front"),
    ('id = "ana."\n' + LEAST, "an id with a dot at its end"),
    ('name = "Ana\\nBCC: x"\n' + LEAST, "a name of two lines"),
    (f'name = "{"a" * 101}"\n' + LEAST, "a name too long"),
    ("birth_year = 88\n" + LEAST, "half a year"),
    ("height_cm = 1.70\n" + LEAST, "metres for centimetres"),
    ("height_cm = 17\n" + LEAST, "too small"),
    ("weight_kg = 650\n" + LEAST, "too heavy"),
    ("template = 3\n" + LEAST, "a number for a programme"),
    ("pillars.hip_strength = 3\n" + LEAST, "a number for settings"),
    ("shoes.name = 'x'\n" + LEAST, "one bracket for shoes"),
    (LEAST + "[runing]\ncadence = 170\n", "a heading misspelt"),
    (LEAST + "[progression]\ngrowth = 0.2\n", "growth above the law"),
    (LEAST + '[progression]\ngrowth = "10%"\n', "growth in words"),
    (LEAST + '[progression]\nmeasure = "onfoot"\n', "another word for a choice"),
    (LEAST + '[availability]\nmon = "07:00-08:00"\n', "one window without a list"),
    (LEAST + '[availability]\nmon = ["7-8"]\n', "hours without minutes"),
    (LEAST + '[availability]\nmon = ["07:00-25:00"]\n', "an hour that is none"),
    (LEAST + '[availability]\nmon = ["07:00-08:00 runs"]\n', "kept for something else"),
    (LEAST + '[availability]\nmonday = ["07:00-08:00"]\n', "a day misspelt"),
    (LEAST + '[availability]\naway = ["8 February"]\n', "an absence in words"),
    (LEAST + "[knee]\npain_stairs = 11\n", "pain above ten"),
    (LEAST + '[knee]\nsite = "knee-cap"\n', "a place misspelt"),
    (LEAST + '[screening]\nred_flags = "none"\n', "none for an empty list"),
    (LEAST + "[clearance]\nby = 'x'\n", "a clearance without a date"),
    (LEAST + "[clearance]\nby = ' '\ndate = 2027-01-03\nfor = ['RED-05']\n", "a clearance by nobody"),
    (LEAST + "[[shoes]]\nused_km = 3\n", "a pair without a name"),
    (LEAST + "[[shoes]]\nname = ''\n", "a pair with an empty name"),
    (LEAST + "[[commitments]]\nname = ' '\nkm = 6\non = 'tue'\n", "a fixed run with an empty name"),
    (LEAST + "[equipment]\nhave = ['horse']\n", "no equipment"),
]
"""Athlete files with a typical mistake, and what it is."""


@pytest.mark.parametrize("text", [pytest.param(text, id=what) for text, what in MISTAKES])
def test_a_typical_mistake_is_refused_by_reader_and_schema(text: str) -> None:
    with pytest.raises(InputError):
        athlete_of(tomllib.loads(text, parse_float=Decimal), name="ana")
    assert complaints("athlete", toml(text))


@pytest.mark.parametrize(
    "text",
    [
        LADDER,
        LADDER.replace('"mine"', '"Mine!"') + "levels = [{ run_s = 60, walk_s = 60 }]\n",
        LADDER + "levels = [{ run_s = 60, reps = 4 }]\n",
        LADDER + "levels = [{ run_s = 5 }]\n",
        LADDER + "levels = [{ walk_s = 60 }]\n",
        LADDER + "rpe = 5\nlevels = [{ run_s = 60 }]\n",
        LADDER + "run_gap_days = 1\nlevels = [{ run_s = 60 }]\n",
        LADDER + "runs = 3\nlevels = [{ run_s = 60 }]\n",
        LADDER.replace('"ladder"', '"stairs"'),
        LADDER.replace('summary = "For me."\n', "") + "levels = [{ run_s = 60 }]\n",
    ],
)
def test_a_mistake_in_a_programme_is_refused_by_reader_and_schema(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        read_template(path)
    assert complaints("template", toml(text))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("format",), "planner-plan/2"),
        (("start",), "4 January"),
        (("growth",), "10%"),
        (("growth",), "1/0"),
        (("paces", "run_s_per_km"), 0),
        (("weeks",), []),
        (("weeks", 0, "run_m"), -1),
        (("weeks", 0, "decision"), "maybe"),
        (("sessions", 0, "id"), "run"),
        (("sessions", 0, "steps"), None),
        (("sessions", 0, "run_s"), 1.5),
        (("sessions", 0, "steps", 0, "kind"), None),
        (("sessions", 0, "steps", 0, "side"), "both"),
        (("findings", 0, "severity"), "grave"),
        (("history", 0, "date"), None),
        (("timezone",), None),
    ],
)
def test_a_broken_plan_is_refused_by_reader_and_schema(
    capsys: pytest.CaptureFixture[str], place: tuple[str | int, ...], value: object
) -> None:
    plan = json.loads(run(capsys, "make", *example("ana"), "-f", "json", "-o", "-", "-q").out)
    inner = plan
    for part in place[:-1]:
        inner = inner[part]
    inner[place[-1]] = value
    with pytest.raises(InputError):
        plan_from(plan)
    assert complaints("plan", plan)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_says_what_it_is(kind: str) -> None:
    silent: list[str] = []

    def look(schema: object, name: str) -> None:
        if not isinstance(schema, dict):
            return
        properties = schema.get("properties", {})
        silent.extend(f"{name}.{key}" for key, value in properties.items() if needs_words(value) and not value.get("description"))
        for key, value in [*properties.items(), *schema.get("$defs", {}).items()]:
            look(value, f"{name}.{key}")
            look(value.get("items"), f"{name}.{key}[]")

    def needs_words(value: dict[str, object]) -> bool:
        return "type" in value and "properties" not in value and "items" not in value

    look(schema_of(kind, own_pillars()), kind)
    assert silent == []


def test_the_command_prints_each_schema_and_knows_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    assert [line.split()[0] for line in run(capsys, "schema").out.splitlines()] == list(KINDS)
    assert list(json.loads(run(capsys, "schema", "--json").out)) == list(KINDS)
    for kind in KINDS:
        assert json.loads(run(capsys, "schema", kind).out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    pillars = json.loads(run(capsys, "schema", "athlete", "--without", "mobility").out)["properties"]["pillars"]
    assert "hip_strength" in pillars["properties"]
    assert "mobility" not in pillars["properties"]
    assert pillars["additionalProperties"] is False
    said = run(capsys, "schema", "athelete")
    assert said.code == 2
    assert "athelete" in said.err
