"""Briefing: past running, the reading of the laws and the goal from an athlete file; contradictions are refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from planner.athlete import Knee, Progression, Screening
from planner.briefing import make_brief, runs_per_week
from planner.errors import InputError
from planner.model import Brief, Goal, Paces, Reading
from planner.programme import Level, Template
from tests.briefed import AS_OF, athlete, kms

ISSUED = datetime(2027, 1, 2, 9, tzinfo=UTC)
LADDER = Template(name="ladder", title="Ladder", kind="ladder", summary="", source="", levels=(Level(run_s=60, walk_s=60, reps=10),))
BUILD = evolve(LADDER, name="build", kind="continuous", levels=(), run_gap_days=1, runs_per_week=4, most_runs_per_week=5)


def brief_of(template: Template = LADDER, *, as_of: date = AS_OF, running: dict[str, object] | None = None, **more: object) -> Brief:
    return make_brief(athlete(running=running, **more), template, as_of=as_of, issued=ISSUED)


def refusal(template: Template = LADDER, **more: object) -> str:
    with pytest.raises(InputError) as refused:
        brief_of(template, **more)
    return str(refused.value)


# How many runs


@pytest.mark.parametrize(
    ("template", "asked", "runs"),
    [
        (LADDER, None, 3),
        (LADDER, 2, 2),
        (LADDER, 3, 3),
        (evolve(LADDER, runs_per_week=2), None, 2),
        (evolve(LADDER, runs_per_week=4, most_runs_per_week=5), None, 3),
        (BUILD, None, 4),
        (BUILD, 5, 5),
    ],
)
def test_as_many_runs_as_asked_for_or_as_the_programme_says(template: Template, asked: int | None, runs: int) -> None:
    assert runs_per_week(athlete(running={"runs_per_week": asked}), template) == runs


def test_more_runs_than_the_programme_allows_are_refused() -> None:
    assert refusal(running={"runs_per_week": 4}) == (
        "running.runs_per_week: found 4; expected at most 3 with the programme ladder, whose runs are 2 days apart. "
        "Ask for fewer runs, or choose another template."
    )
    assert "at most 3" in refusal(evolve(LADDER, most_runs_per_week=5), running={"runs_per_week": 4})
    assert "at most 4" in refusal(evolve(BUILD, most_runs_per_week=4), running={"runs_per_week": 5})


# The reading


def test_the_reading_of_a_plain_file() -> None:
    brief = brief_of()
    assert brief.reading == Reading(paces=Paces(run=400, walk=630))
    assert (brief.as_of, brief.issued, brief.history, brief.template, brief.athlete.id) == (AS_OF, ISSUED, (), LADDER, "ana")


def test_the_reading_follows_the_file_and_the_programme() -> None:
    wishes = Progression(growth=550, measure="on-foot", missed="strict", rolling="enforce", easy_week_every=0)
    assert brief_of(BUILD, running={"easy_pace": 333, "walk_pace": 600}, progression=wishes).reading == Reading(
        paces=Paces(run=333, walk=600),
        run_gap_days=1,
        measure="on-foot",
        missed="strict",
        rolling="enforce",
        growth=Fraction(11, 200),
        explicit_growth=True,
        easy_week_every=0,
        ladder=False,
    )


def test_growth_that_is_asked_for_is_known_as_such_even_where_it_is_the_largest() -> None:
    assert brief_of(progression=Progression(growth=1000)).reading.explicit_growth
    assert brief_of(progression=Progression(growth=0)).reading.growth == 0


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"birth_year": 2009}, "an athlete who may be under 18"),
        ({"birth_year": 2015}, "an athlete who may be under 18"),
        ({"knee": Knee(pain_run_worst=3)}, "pain of 3 or more while running"),
        ({"screening": Screening(red_flags=("RED-09",))}, "a sign of a bone stress injury"),
        ({"screening": Screening(red_flags=("RED-01", "RED-09-past"))}, "a sign of a bone stress injury"),
    ],
)
def test_on_foot_is_not_offered_to_those_who_have_most_to_lose(more: dict[str, object], reason: str) -> None:
    on_foot = Progression(measure="on-foot")
    assert refusal(progression=on_foot, **more) == (
        f'progression.measure: found "on-foot" with {reason}; expected "running". Remove the line.'
    )
    assert brief_of(**more).reading.measure == "running"


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"birth_year": 2008},
        {"knee": Knee(pain_run_worst=2)},
        {"screening": Screening(red_flags=())},
        {"screening": Screening(red_flags=("RED-01",))},
    ],
)
def test_on_foot_is_offered_to_the_others(more: dict[str, object]) -> None:
    assert brief_of(progression=Progression(measure="on-foot"), **more).reading.measure == "on-foot"


# The goal


@pytest.mark.parametrize(
    ("template", "running", "goal"),
    [
        (LADDER, {}, Goal(minutes=30)),
        (LADDER, {"goal_minutes": 45}, Goal(minutes=45)),
        (LADDER, {"goal_week_km": Decimal("20.5")}, Goal(week_m=20_500)),
        (LADDER, {"goal_week_km": Decimal(20), "goal_minutes": 45}, Goal(week_m=20_000)),
        (LADDER, {"recent_weeks_km": kms("9", "12")}, Goal(minutes=30)),
        (BUILD, {"recent_weeks_km": kms("9", "12")}, Goal(week_m=12_000)),
        (BUILD, {"recent_weeks_km": kms("9", "12"), "goal_minutes": 60}, Goal(minutes=60)),
        (BUILD, {"recent_weeks_km": kms("9", "12"), "last_run": date(2026, 12, 28)}, Goal(week_m=12_000)),
        (BUILD, {"recent_weeks_km": kms("9", "0")}, Goal(minutes=30)),
        (BUILD, {}, Goal(minutes=30)),
    ],
)
def test_the_goal(template: Template, running: dict[str, object], goal: Goal) -> None:
    assert brief_of(template, running=running).goal == goal
