"""Plugins that empty the records they receive: whichever plugin fails as a result, the one that did it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.errors import PluginError
from tests.hostile.held import briefs, evil, planned

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner import Brief, Plan, WeekView


def empties_the_brief(brief: Brief) -> list[object]:
    object.__delattr__(brief, "athlete")
    return []


def empties_the_programme(brief: Brief) -> list[object]:
    object.__delattr__(brief.template, "levels")
    return []


def empties_the_week(week: WeekView) -> list[object]:
    week.__dict__.clear()
    return []


def empties_earlier_weeks(week: WeekView) -> list[object]:
    for earlier in week.earlier:
        earlier.__dict__.clear()
    return []


def empties_the_plan(plan: Plan) -> list[object]:
    object.__delattr__(plan, "weeks")
    return []


CHANGED = "changed the records that it was handed; hooks read and answer, nothing else"
EMPTYING = {
    "the brief": ("limits", empties_the_brief),
    "the brief, while runs are asked": ("runs", empties_the_brief),
    "the programme": ("limits", empties_the_programme),
    "the week": ("runs", empties_the_week),
    "the earlier weeks": ("sessions", empties_earlier_weeks),
    "the plan": ("findings", empties_the_plan),
}


def blamed(hook: str, deed: Callable[..., list[object]], brief: Brief) -> PluginError | None:
    try:
        planned(evil(**{hook: deed}), brief)
    except PluginError as error:
        return error
    return None


@pytest.mark.parametrize("what", EMPTYING)
def test_whoever_empties_what_is_handed_out_harms_nobody_or_is_named(what: str) -> None:
    hook, deed = EMPTYING[what]
    for error in (blamed(hook, deed, brief) for brief in briefs()):
        assert error is None or (error.plugin, error.hook, error.problem) == ("evil", f"planner_{hook}", CHANGED)


@pytest.mark.parametrize("what", ["the brief, while runs are asked", "the programme", "the week"])
def test_what_fails_on_what_is_left_is_the_fault_of_whoever_emptied_it(what: str) -> None:
    hook, deed = EMPTYING[what]
    error = blamed(hook, deed, briefs()[1])
    assert error is not None
    assert error.plugin == "evil"
