"""No stall: plans use what the laws allow and reach the goal in the week that laws.md gives."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner import Host, build_plan
from planner.athlete import Athlete, Running
from planner.athlete import Progression as Wishes
from planner.briefing import make_brief
from planner.quantities import grown
from planner_pillars import progression
from planner_templates import planner_templates

from . import strategies as some

TEMPLATES = {t.name: t for t in planner_templates()}
HOST = Host.of(progression)
PACES = st.integers(271, 720)
"""Slower than 4:31, three half hours stay under the 20 km a week above which growth is 5%."""
NARROW = frozenset({"weekly", "session", "rolling", "on-foot", "easy-week"})


def plan_for(running, template, weeks=40, **wishes):
    athlete = Athlete(id="a", start=some.START, weeks=weeks, running=running, progression=Wishes(**wishes))
    return build_plan(make_brief(athlete, template, as_of=some.AS_OF, issued=some.ISSUED), HOST)


def least_growths(start, goal, growth=Fraction(1, 10)):
    """The least n with (1 + growth)^n * start >= goal."""
    n, factor = 0, Fraction(1)
    while factor * start < goal:
        n, factor = n + 1, factor * (1 + growth)
    return n


def goal_week(plan):
    return next(w.number for w in plan.weeks if w.start == plan.goal.every_run)


def holds_before(plan, week):
    return sum(w.decision == "easy" for w in plan.weeks if w.number <= week)


@settings(max_examples=300)
@given(PACES, st.sampled_from([300, 360, 420, 480, 540, 600]), st.integers(2, 3))
def test_from_nothing_the_goal_comes_when_it_should(pace, opening, runs):
    template = evolve(TEMPLATES["walk-run"], opening_s=opening)
    plan = plan_for(Running(easy_pace=pace, runs_per_week=runs), template)
    reached = goal_week(plan)
    bound = least_growths(plan.weeks[0].run_s, runs * 1800)
    assert reached <= bound + holds_before(plan, reached) + 2


@settings(max_examples=300)
@given(PACES, st.integers(1900, 4200), st.integers(2, 3))
def test_from_a_history_the_goal_comes_when_it_should(pace, week_s, runs):
    metres = 1000 * week_s // pace + 1
    km = Decimal(metres) / 1000
    running = Running(easy_pace=pace, runs_per_week=runs, recent_weeks_km=(km, km, km, km), last_run=some.START - timedelta(days=2))
    plan = plan_for(running, TEMPLATES["walk-run"])
    reached = goal_week(plan)
    goal_m = runs * (1000 * 1800 // pace)
    assert reached <= least_growths(metres, goal_m) + holds_before(plan, reached) + 1


@settings(max_examples=300)
@given(PACES, st.integers(0, 30_000), st.integers(2, 5), st.sampled_from(["walk-run", "continuous-build", "delaware", "couch-to-5k"]))
def test_weeks_bound_by_the_laws_are_used(pace, metres, runs, name):
    template = TEMPLATES[name]
    runs = min(runs, template.most_runs_per_week)
    km = Decimal(metres) / 1000
    running = Running(easy_pace=pace, runs_per_week=runs, recent_weeks_km=(km,) * 4, goal_week_km=Decimal(200))
    plan = plan_for(running, template, weeks=16, growth=1000)
    for before, week in zip(plan.weeks, plan.weeks[1:], strict=False):
        taken = [s for s in week.sessions if s.run_s]
        if not taken or not {s.bound_by for s in taken} <= NARROW:
            continue
        longest = max(s.run_m for w in plan.weeks[max(0, week.number - 5) : week.number - 1] for s in w.sessions)
        weekly = before.run_m if week.decision == "easy" else grown(before.run_m, Fraction(1, 10))
        allowed = min(weekly, runs * grown(longest, Fraction(1, 10)))
        assert 100 * week.run_m >= 97 * allowed, (week.number, week.run_m, allowed, [(s.run_m, s.bound_by) for s in taken])
