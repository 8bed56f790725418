"""Athletes and programmes made in Python are checked like files before anything is planned."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import attrs
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.athlete import Absence, Athlete, Availability, Commitment, Equipment, Knee, Override, Progression, Running, Shoes, Window
from planner.athlete_file import read_athlete
from planner.briefing import make_brief
from planner.errors import InputError
from planner.programme import Level
from planner.settings import refuse_wrong, structure
from planner.testing.strategies import athletes
from tests.tiny_plugins import START, TEMPLATES

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.toml"))
RUNNING = Running(easy_pace=400)
TEMPLATE = TEMPLATES["walk-run"]


class Word(str):
    __slots__ = ()


def brief(template: object = TEMPLATE, **more: object) -> object:
    athlete = Athlete(**{"id": "ana", "start": START, "running": RUNNING, **more})
    return make_brief(athlete, template, as_of=START, issued=datetime(2027, 1, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"running": Running(easy_pace=0)}, "running.easy_pace: found 0; expected from 120 to 1200 s/km."),
        ({"running": Running(easy_pace=400.5)}, "running.easy_pace: found 400.5; expected a whole number (s/km)."),
        ({"running": Running(easy_pace=400, recent_weeks_km=[5])}, "running.recent_weeks_km: found list; expected exactly tuple."),
        (
            {"running": Running(easy_pace=400, recent_weeks_km=(5, Decimal("NaN")))},
            "running.recent_weeks_km[2]: found NaN; expected a number (km).",
        ),
        ({"running": None}, "running: found null; expected a table."),
        ({"running": Knee()}, "running: found Knee(site=None"),
        ({"weeks": -3}, "weeks: found -3; expected from 1 to 52 weeks."),
        ({"weeks": True}, "weeks: found true; expected a whole number (weeks)."),
        ({"weeks": 10**5000}, "weeks: found a number of very many digits; expected from 1 to 52 weeks."),
        ({"id": Word("ana")}, "id: found Word; expected exactly str."),
        ({"start": datetime(2027, 1, 4, tzinfo=UTC)}, "start: found 2027-01-04 00:00:00+00:00; expected a date like 2027-01-04."),
        ({"weight_kg": 80.5}, "weight_kg: found 80.5; expected a number (kg)."),
        ({"guardian_ok": 1}, "guardian_ok: found 1; expected true or false."),
        ({"pillars": 3}, "pillars: found int; expected tables by name."),
        ({"pillars": {"x": 3}}, "pillars: found Table; expected tables by name."),
        ({"knee": Knee(pain_stairs=11)}, "knee.pain_stairs: found 11; expected from 0 to 10 points."),
        ({"knee": Knee(site="nose")}, 'knee.site: found "nose"; expected one of kneecap, '),
        ({"equipment": Equipment(have=("bike", "zeppelin"))}, 'equipment.have[2]: found "zeppelin"; expected one of bike, '),
        (
            {"availability": Availability(mon=(Window(start=-1, end=60),))},
            "availability.mon[1].start: found -1; expected from 0 to 1440 minutes from midnight.",
        ),
        ({"availability": Availability(away=(Absence(first=START, last=None),))}, "availability.away[1].last: found null; expected a date"),
        ({"shoes": (Shoes(name="a"), Shoes(name="b", used_km=Decimal(-1)))}, "shoes[2].used_km: found -1; expected from 0 to 5000 km."),
        ({"commitments": (Commitment(name="club", km=0, on="tue"),)}, "commitments[1].km: found 0; expected from 0.5 to 200 km."),
        (
            {"override": (Override(date=START, session="a/b#1", by="me", shorten=0),)},
            "override[1].shorten: found 0; expected from 1 ",
        ),
        ({"progression": Progression(growth=1001)}, "progression.growth: found 1001; expected from 0 to 1000 basis points."),
    ],
)
def test_what_is_wrong_is_named(more: dict[str, object], words: str) -> None:
    with pytest.raises(InputError) as refused:
        brief(**more)
    assert str(refused.value).startswith(words)


def test_a_programme_is_looked_at_too() -> None:
    level = Level(run_s=-60)
    with pytest.raises(InputError, match=r"^template\.levels\[1\]\.run_s: found -60; expected from "):
        brief(evolve(TEMPLATE, levels=(level,)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_a_file_gives_is_right(path: Path) -> None:
    refuse_wrong(read_athlete(path))


@pytest.mark.parametrize("name", TEMPLATES)
def test_installed_programmes_are_right(name: str) -> None:
    refuse_wrong(TEMPLATES[name])


@settings(max_examples=200)
@given(athletes())
def test_what_the_test_kit_makes_is_right(athlete: Athlete) -> None:
    refuse_wrong(athlete)


VALUES = st.one_of(st.integers(-5, 2000), st.decimals(-5, 700, places=1), st.booleans(), st.text(max_size=3), st.dates(date(2020, 1, 1)))
TABLES = (Running, Knee, Progression, Shoes, Override)


@settings(max_examples=500)
@given(st.data(), st.sampled_from(TABLES))
def test_a_record_is_refused_where_the_same_table_is_and_in_the_same_words(data: st.DataObject, cls: type[attrs.AttrsInstance]) -> None:
    needed = {"easy_pace": 400} if cls is Running else {"name": "a"} if cls is Shoes else {}
    needed = {"date": START, "session": "a/b#1", "by": "me"} if cls is Override else needed
    name = data.draw(st.sampled_from([f.name for f in attrs.fields(cls) if not str(f.type).startswith("tuple")]))
    table = {**needed, name: data.draw(VALUES)}
    assert said(lambda: refuse_wrong(cls(**table), "x")) == said(lambda: structure(cls, table, "x"))


def said(look: object) -> str:
    try:
        look()
    except InputError as error:
        return str(error)
    return ""


def test_decimals_may_be_whole_numbers() -> None:
    refuse_wrong(Running(easy_pace=400, recent_weeks_km=(5, Decimal("4.5")), longest_run_km=3))


class Pair(NamedTuple):
    one: int


def test_a_tuple_is_a_tuple_and_nothing_else() -> None:
    with pytest.raises(InputError, match=r"recent_weeks_km: found Pair; expected exactly tuple\."):
        refuse_wrong(Running(easy_pace=400, recent_weeks_km=Pair(5)))
