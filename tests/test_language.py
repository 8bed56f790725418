"""The language of texts: set for a scope, cached per language, and without effect on any decision of a plan."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import evolve

from planner.athlete_file import athlete_of, read_athlete
from planner.caching import cached_by_identity, memo
from planner.errors import InputError
from planner.language import ENGLISH, _, cached, current_language, languages, ngettext, use_language
from planner.maker import Maker
from planner.quantities import distance

EXAMPLES = Path(__file__).parents[1] / "examples"
GERMAN = "de"


def made(athlete):
    return Maker.installed().plan(athlete, EXAMPLES, as_of=date(2027, 1, 2), issued=datetime(2027, 1, 2, tzinfo=UTC))


def test_english_is_there_without_a_catalogue_and_places_are_filled():
    assert languages()[0] == ENGLISH
    assert _("{n} of {all}", n=1, all=2) == "1 of 2"
    assert _("a brace { alone") == "a brace { alone"
    assert (ngettext("{n} run", "{n} runs", 1), ngettext("{n} run", "{n} runs", 2)) == ("1 run", "2 runs")


def test_a_language_is_spoken_for_a_time_even_when_something_goes_wrong():
    with use_language(GERMAN):
        with use_language(ENGLISH):
            assert current_language() == ENGLISH
        assert current_language() == GERMAN
    with pytest.raises(ZeroDivisionError), use_language(GERMAN):
        raise ZeroDivisionError
    assert current_language() == ENGLISH


def test_what_no_catalogue_knows_stays_english_and_a_language_without_one_is_refused():
    with use_language(GERMAN):
        assert _("Nobody ever wrote this.") == "Nobody ever wrote this."
    with pytest.raises(LookupError), use_language("xx"):
        pass
    assert current_language() == ENGLISH


@pytest.mark.parametrize("remember", [cached(4), cached_by_identity(4), memo])
def test_what_is_remembered_is_remembered_in_its_language(remember):
    @remember
    def told(word):
        return f"{current_language()}: {word}"

    word = "knee"
    assert told(word) == told(word) == "en: knee"
    with use_language(GERMAN):
        assert told(word) == "de: knee"
    assert told(word) == "en: knee"


def test_only_one_thread_speaks_at_a_time():
    heard: list[str] = []

    def speak() -> None:
        with use_language(ENGLISH):
            heard.append(current_language())

    with use_language(GERMAN):
        other = threading.Thread(target=speak)
        other.start()
        other.join(0.05)
        assert heard == []
    other.join()
    assert heard == [ENGLISH]


@pytest.mark.parametrize("remember", [cached(4), cached_by_identity(4)])
def test_a_language_that_is_spoken_again_is_still_remembered(remember):
    """A roster of many languages works nothing out twice."""
    asked: list[str] = []

    @remember
    def told(word):
        asked.append(current_language())
        return word

    word = "knee"
    for language in (ENGLISH, GERMAN, ENGLISH, GERMAN):
        with use_language(language):
            told(word)
    assert asked == [ENGLISH, GERMAN]


def test_numbers_have_the_point_of_the_language():
    assert distance(4567, miles=False) == "4.5 km"
    with use_language(GERMAN):
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
