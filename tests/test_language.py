"""The language of texts: spoken for a time, remembered apart from others, and never a part of what a plan decides."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import evolve

from planner.athlete_file import athlete_of, read_athlete
from planner.errors import InputError
from planner.language import ENGLISH, _, kept, languages, many, speaking, spoken
from planner.making import Maker
from planner.quantities import distance
from planner.remembered import by_identity, once

EXAMPLES = Path(__file__).parents[1] / "examples"
GERMAN = "de"


def made(athlete):
    return Maker.installed().plan(athlete, EXAMPLES, as_of=date(2027, 1, 2), issued=datetime(2027, 1, 2, tzinfo=UTC))


def test_english_is_there_without_a_catalogue_and_places_are_filled():
    assert languages()[0] == ENGLISH
    assert _("{n} of {all}", n=1, all=2) == "1 of 2"
    assert _("a brace { alone") == "a brace { alone"
    assert (many("{n} run", "{n} runs", 1), many("{n} run", "{n} runs", 2)) == ("1 run", "2 runs")


def test_a_language_is_spoken_for_a_time_even_when_something_goes_wrong():
    with speaking(GERMAN):
        with speaking(ENGLISH):
            assert spoken() == ENGLISH
        assert spoken() == GERMAN
    with pytest.raises(ZeroDivisionError), speaking(GERMAN):
        raise ZeroDivisionError
    assert spoken() == ENGLISH


def test_what_no_catalogue_knows_stays_english_and_a_language_without_one_is_refused():
    with speaking(GERMAN):
        assert _("Nobody ever wrote this.") == "Nobody ever wrote this."
    with pytest.raises(LookupError), speaking("xx"):
        pass
    assert spoken() == ENGLISH


@pytest.mark.parametrize("remember", [kept(4), by_identity(4), once])
def test_what_is_remembered_is_remembered_in_its_language(remember):
    @remember
    def told(word):
        return f"{spoken()}: {word}"

    word = "knee"
    assert told(word) == told(word) == "en: knee"
    with speaking(GERMAN):
        assert told(word) == "de: knee"
    assert told(word) == "en: knee"


def test_only_one_thread_speaks_at_a_time():
    heard: list[str] = []

    def speak() -> None:
        with speaking(ENGLISH):
            heard.append(spoken())

    with speaking(GERMAN):
        other = threading.Thread(target=speak)
        other.start()
        other.join(0.05)
        assert heard == []
    other.join()
    assert heard == [ENGLISH]


@pytest.mark.parametrize("remember", [kept(4), by_identity(4)])
def test_a_language_that_is_spoken_again_is_still_remembered(remember):
    """A roster of many languages works nothing out twice."""
    asked: list[str] = []

    @remember
    def told(word):
        asked.append(spoken())
        return word

    word = "knee"
    for language in (ENGLISH, GERMAN, ENGLISH, GERMAN):
        with speaking(language):
            told(word)
    assert asked == [ENGLISH, GERMAN]


def test_numbers_have_the_point_of_the_language():
    assert distance(4567, miles=False) == "4.5 km"
    with speaking(GERMAN):
        assert distance(4567, miles=False) == "4,5 km"


def test_a_plan_in_another_language_is_the_same_plan():
    athlete = read_athlete(EXAMPLES / "ana.toml")
    english, german = made(athlete), made(evolve(athlete, language=GERMAN))
    assert (english.language, german.language) == (ENGLISH, GERMAN)

    def bare(plan):
        return [(s.id, s.date, s.start, s.duration_s, s.run_s, s.ceiling_m, s.bound_by, s.tags) for s in plan.sessions]

    assert bare(english) == bare(german)
    assert [(f.rule, f.severity) for f in english.findings] == [(f.rule, f.severity) for f in german.findings]
    assert {s.title for s in english.sessions} != {s.title for s in german.sessions}
    assert made(athlete) == english


def test_an_athlete_file_names_its_language():
    table = {"start": date(2027, 1, 4), "running": {"easy_pace": "6:40"}}
    assert athlete_of({**table, "language": "de"}, name="ana").language == GERMAN
    with pytest.raises(InputError, match=r'language: found "fr"; expected one of en, de'):
        athlete_of({**table, "language": "fr"}, name="ana")
