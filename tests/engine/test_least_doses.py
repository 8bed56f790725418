"""However often the knee answers, no plan shrinks to runs of seconds: a lowered dose has an end, and below it the week rests (ENT-12)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from attrs import evolve

from planner import Host, build_plan
from planner.audit import audit
from planner.briefing import make_brief
from planner.entry import Entry
from planner.errors import StopError
from planner.model import Plan, Session
from planner_pillars import progression
from planner_templates import planner_templates
from tests.briefed import kms
from tests.engine.test_log_fold import ANA, DAY, START, done, runs

TEMPLATES = {template.name: template for template in planner_templates()}
LADDERS = ["walk-run", "soldiers-knee", "continuous-build"]


def planned(template: str, rows: tuple[Entry, ...], day: int, *weeks_km: str) -> Plan:
    athlete = evolve(ANA, template=template, weeks=12, running=evolve(ANA.running, recent_weeks_km=kms(*weeks_km)))
    asked = {"as_of": START + day * DAY, "issued": datetime(2027, 1, 2, tzinfo=UTC), "log": rows}
    plan = build_plan(make_brief(athlete, TEMPLATES[template], **asked), Host.of(progression))  # type: ignore[arg-type]
    assert [f for f in audit(plan) if f.severity == "error"] == []
    return plan


def ahead(plan: Plan) -> list[Session]:
    return [run for run in plan.sessions if run.run_s and run.status == "planned"]


@pytest.mark.parametrize("template", LADDERS)
@pytest.mark.parametrize("weeks_km", [(), ("6", "6", "6", "6")], ids=["from nothing", "from 6 km"])
def test_after_flares_no_run_is_one_of_seconds_and_the_plan_goes_on(template: str, weeks_km: tuple[str, ...]) -> None:
    rows: tuple[Entry, ...] = ()
    for day in (0, 16, 32):
        try:
            plan = planned(template, rows, day, *weeks_km)
        except StopError:
            return
        first = ahead(plan)[0]
        rows = (*rows, done(first, first.run_m // 3, pain_during=4))
    plan = planned(template, rows, (rows[-1].date - START).days + 1, *weeks_km)
    assert min(run.run_s for run in ahead(plan)) >= 240
    assert plan.weeks[-1].run_m > plan.weeks[-4].run_m > 0


@pytest.mark.parametrize("template", LADDERS)
def test_a_week_that_the_rule_leaves_too_little_for_says_so_and_the_next_opens_with_the_smallest_dose(template: str) -> None:
    first = ahead(planned(template, (), 0))[0]
    plan = planned(template, (done(first, first.run_m // 3, pain_during=4),), 7)
    assert (plan.weeks[1].run_m, plan.weeks[2].decision) == (0, "entry")
    assert max(run.run_s for run in runs(plan, 3)) == 300
    assert min(run.run_s for run in runs(plan, 3)) > 240
    assert any("too little running" in finding.message for finding in plan.findings)


def test_without_a_ladder_a_share_is_no_less_than_the_smallest_dose_a_run() -> None:
    rows = tuple(done(run) for run in runs(planned("continuous-build", (), 0, "2.5", "5", "2.5", "2.5"), 1))
    hurt = (*rows[:-1], evolve(rows[-1], pain_during=6))
    week = planned("continuous-build", hurt, 7, "2.5", "5", "2.5", "2.5").weeks[1]
    assert week.decision == "regress"
    assert week.ceiling_run_m == 2250
