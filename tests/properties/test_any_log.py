"""Whatever the log says, the coming weeks break no law, counted against what was really done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from planner import Host, build_plan
from planner.audit import audit
from planner.briefing import make_brief
from planner.errors import ContradictionError, InputError, StopError
from planner.testing import logs
from planner_pillars import cross_training, progression

from . import strategies as some

if TYPE_CHECKING:
    from planner.athlete import Athlete
    from planner.entry import Entry
    from planner.programme import Template

FEWER = settings(max_examples=settings.default.max_examples // 5)


@FEWER
@given(some.athletes(12), some.templates(), logs(signs=True), st.integers(-20, 90))
def test_no_plan_that_follows_a_log_breaks_a_law(athlete: Athlete, template: Template, log: tuple[Entry, ...], today: int) -> None:
    day = some.START + timedelta(days=today)
    try:
        brief = make_brief(athlete, template, as_of=day, issued=some.ISSUED, log=log)
        plan = build_plan(brief, Host.of(progression, cross_training))
    except StopError:
        event("stop")
        return
    except (ContradictionError, InputError):
        assume(False)
    event(f"runs to come: {any(s.run_s and s.date >= day for s in plan.sessions)}")
    assert [f for f in audit(plan) if f.severity == "error"] == []
