"""Plugins' limits on weeks that open from nothing (law 4): they bind every such week, whenever it comes, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from planner import Host, build_plan
from planner.athlete import Availability
from planner.briefing import make_brief
from planner.errors import ContradictionError, InputError
from planner.limits import Ceiling, Unavailable
from planner.model import Why
from planner.quantities import metres_run
from planner_pillars import progression
from tests.engine.drawn import NINE, SHUT, away, day, drawn, kms, runs
from tests.engine.test_log_fold import ANA, START, done, planned
from tests.engine.test_log_fold import runs as runs_of_week
from tests.properties import strategies as some
from tests.tiny_plugins import Tiny, ceiling

if TYPE_CHECKING:
    from planner import Plan
    from planner.athlete import Athlete
    from planner.programme import Template

FEW = settings(max_examples=settings.default.max_examples // 20)
FIVE_WEEKS_AWAY = {"running": NINE, "availability": away(14, 48), "weeks": 10}
FROM_NOTHING = evolve(ANA, running=evolve(ANA.running, recent_weeks_km=()))


def test_one_run_of_an_opening_week_in_the_middle_of_a_plan_is_bound_and_no_other_run() -> None:
    plan = drawn(Tiny(limits=(ceiling(240, "opening-run-s", why="gently again", source="T-1"),)), **FIVE_WEEKS_AWAY)
    free = drawn(**FIVE_WEEKS_AWAY)
    assert [week.decision for week in plan.weeks].index("entry") == 7
    assert plan.weeks[:7] == free.weeks[:7]
    assert max(run.run_s for run in runs(free.weeks[7])) == 600
    for run in runs(plan.weeks[7]):
        assert (run.run_s, run.bound_by, run.why[0]) == (240, "plugin:tiny", Why(limit="plugin:tiny", text="gently again", source="T-1"))
    assert all(run.run_s > 240 and run.bound_by != "plugin:tiny" for week in plan.weeks[8:] for run in runs(week))


def test_an_opening_week_in_the_middle_of_a_plan_is_bound_and_no_other_week() -> None:
    plan = drawn(Tiny(limits=(ceiling(2000, "opening-week-m"),)), **FIVE_WEEKS_AWAY)
    free = drawn(**FIVE_WEEKS_AWAY)
    assert [week.sessions for week in plan.weeks[:7]] == [week.sessions for week in free.weeks[:7]]
    opening, after = plan.weeks[7:9]
    assert 1900 < opening.run_m <= 2000 == opening.ceiling_run_m < free.weeks[7].run_m
    assert opening.bound_by == "plugin:tiny"
    assert after.run_m > 2000
    assert after.bound_by != "plugin:tiny"


def test_the_tightest_of_opening_and_any_other_ceiling_names_the_run() -> None:
    limits = (Tiny(name="a", limits=(ceiling(240, "opening-run-s"),)), Tiny(name="b", limits=(ceiling(300, "run-s"),)))
    bounds = {week.number: {run.bound_by for run in runs(week)} for week in drawn(*limits, weeks=3).weeks}
    assert bounds[1] == {"plugin:a"}
    assert "plugin:a" not in bounds[2] | bounds[3]


@pytest.mark.parametrize(("after_days", "dose_s"), [(36, 240), (37, 600)])
def test_a_ceiling_after_days_off_counts_them_to_the_first_day_of_the_week(after_days: int, dose_s: int) -> None:
    """The last run before the five weeks away is on day 12, the week that opens starts on day 49."""
    plan = drawn(Tiny(limits=(ceiling(240, "opening-run-s", after_days=after_days),)), **FIVE_WEEKS_AWAY)
    assert max(run.date for run in runs(plan) if run.date < day(14)) == day(12)
    assert max(run.run_s for run in runs(plan.weeks[7])) == dose_s


@pytest.mark.parametrize(("last_run", "dose_s"), [(-50, 600), (-51, 240), (None, 240)])
def test_the_last_run_that_the_athlete_tells_of_counts_and_none_is_long_ago(last_run: int | None, dose_s: int) -> None:
    told = {} if last_run is None else {"last_run": day(last_run)}
    plan = drawn(Tiny(limits=(ceiling(240, "opening-run-s", after_days=50),)), running=told)
    assert max(run.run_s for run in runs(plan.weeks[0])) == dose_s


@pytest.mark.parametrize(("limit", "most_s"), [(ceiling(300, "opening-run-s"), 300), (ceiling(400, "opening-week-m"), 396)])
def test_a_week_that_opens_by_its_late_first_run_is_bound(limit: Ceiling, most_s: int) -> None:
    """One run each Monday; where a Monday is closed, Tuesday's comes eight days after the last and opens the week anew."""
    closed = Tiny(name="closed", limits=(Unavailable(dates=frozenset({day(35)}), why="market"),))
    days = Availability(**{**SHUT, "mon": None, "tue": None})
    jog = {"easy_pace": 988, "recent_weeks_km": kms("0", "0", "0", "0.72"), "last_run": day(-7), "goal_minutes": 19}
    free, held = (drawn(closed, *plugins, running=jog, availability=days, weeks=6) for plugins in ((), (Tiny(limits=(limit,)),)))
    assert (free.weeks[4].decision, free.weeks[5].decision, held.weeks[5].decision) == ("progress", "entry", "entry")
    (late,), (bound,) = runs(free.weeks[5]), runs(held.weeks[5])
    assert (late.date, bound.date) == (day(36), day(36))
    assert 0 < bound.run_s <= most_s < late.run_s
    assert bound.bound_by == "plugin:tiny"


@pytest.mark.parametrize("limit", [ceiling(240, "opening-run-s"), ceiling(1800, "opening-week-m")])
def test_what_was_run_beyond_it_in_an_opening_week_counts_as_no_more(limit: Ceiling) -> None:
    plugin = Tiny(limits=(limit,))
    rows = tuple(done(run, 900) for run in runs_of_week(planned((), START, plugin, athlete=FROM_NOTHING), 1))
    plan = planned(rows, day(7), plugin, athlete=FROM_NOTHING)
    assert plan.weeks[0].done_run_m == 2700
    assert plan.weeks[1].ceiling_run_m == 1980


@FEW
@given(some.athletes(12), some.templates(), st.integers(0, 700), st.integers(0, 2500))
def test_every_week_that_opens_is_bound_and_before_it_nothing_is(athlete: Athlete, template: Template, run_s: int, week_m: int) -> None:
    limits = (ceiling(run_s, "opening-run-s"), ceiling(week_m, "opening-week-m"))
    free, held = (_plan(athlete, template, *plugins) for plugins in ((), (Tiny(limits=limits),)))
    weeks = enumerate(zip(free.weeks, held.weeks, strict=True))
    opening = next(
        (n for n, pair in weeks if "entry" in {week.decision for week in pair}), None
    )  # a shorter run may fit a day that no other fits
    event(f"opens: {opening is not None}")
    assert [week.sessions for week in held.weeks[:opening]] == [week.sessions for week in free.weeks[:opening]]
    for week in held.weeks:
        if week.decision == "entry":
            own = [run for run in runs(week) if run.bound_by != "override"]
            assert sum(run.run_m for run in own) <= week_m
            assert all(run.run_m <= metres_run(run_s, held.reading.paces.run) for run in own)


def _plan(athlete: Athlete, template: Template, *plugins: object) -> Plan:
    try:
        return build_plan(make_brief(athlete, template, as_of=some.AS_OF, issued=some.ISSUED), Host.of(progression, *plugins))
    except (ContradictionError, InputError):
        assume(False)
        raise
