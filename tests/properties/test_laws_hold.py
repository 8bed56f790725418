"""The promise: nothing that the planner adds breaks a law, whatever the athlete, programme, settings and plugins."""

from hypothesis import assume, event, given

from planner import Host, build_plan
from planner.audit import audit
from planner.briefing import make_brief
from planner.errors import ContradictionError, InputError
from planner_pillars import progression

from . import strategies as some


def plan_of(athlete, template, *plugins):
    try:
        brief = make_brief(athlete, template, as_of=some.AS_OF, issued=some.ISSUED)
    except InputError:
        assume(False)
    try:
        return build_plan(brief, Host.of(*plugins))
    except ContradictionError:
        event("contradiction")
        assume(False)


@given(some.athletes(), some.templates(), some.plugins("greedy"), some.plugins("other"))
def test_no_plan_breaks_a_law(athlete, template, greedy, other):
    plan = plan_of(athlete, template, progression, greedy, other)
    event(f"runs: {any(w.run_s for w in plan.weeks)}")
    assert [f for f in audit(plan) if f.severity == "error"] == []
