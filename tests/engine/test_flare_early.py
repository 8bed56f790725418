"""A flare early in a week: its own rest cuts that week short, which must not make the next one smaller still (evidence 4d)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from attrs import evolve

from planner import Host, build_plan
from planner.audit import audit
from planner.briefing import make_brief
from planner.entry import Entry
from planner.model import Plan
from planner_pillars import progression
from planner_templates import planner_templates
from tests.briefed import kms
from tests.engine.test_log_fold import ANA, DAY, START, done, runs

TEMPLATES = {template.name: template for template in planner_templates()}


def flared(template: str, day: int, worst: int = 6) -> Plan:
    """The plan of a day of an athlete whose first run of week 2 hurt, and who ran no more."""
    rows: tuple[Entry, ...] = tuple(done(run) for run in runs(_planned(template, (), 0), 1))
    first = runs(_planned(template, rows, 7), 2)[0]
    return _planned(template, (*rows, done(first, pain_during=worst)), day)


def _planned(template: str, rows: tuple[Entry, ...], day: int) -> Plan:
    athlete = evolve(ANA, template=template, running=evolve(ANA.running, recent_weeks_km=kms("9", "9", "9", "9")))
    asked = {"as_of": START + day * DAY, "issued": datetime(2027, 1, 2, tzinfo=UTC), "log": rows}
    plan = build_plan(make_brief(athlete, TEMPLATES[template], **asked), Host.of(progression))  # type: ignore[arg-type]
    assert [f for f in audit(plan) if f.severity == "error"] == []
    return plan


@pytest.mark.parametrize("template", ["walk-run", "continuous-build"])
@pytest.mark.parametrize("worst", [4, 6])
def test_a_week_cut_short_by_its_own_rest_is_no_whole_week_to_take_a_share_of(template: str, worst: int) -> None:
    plan = flared(template, 14, worst)
    before, after = plan.weeks[1], plan.weeks[2]
    assert before.done_run_m
    assert after.decision == "regress"
    assert before.done_run_m * 9 // 10 <= after.run_m <= before.done_run_m


@pytest.mark.parametrize("template", ["walk-run", "continuous-build"])
def test_resting_longer_is_not_rewarded_with_more_running_than_going_on_as_told(template: str) -> None:
    told, rested, longer = flared(template, 14), flared(template, 21), flared(template, 28)
    assert rested.weeks[3].bound_by == longer.weeks[4].bound_by == "time-off"
    left_out = told.weeks[2].ceiling_run_m
    assert 0 < rested.weeks[3].run_m <= left_out
    assert 0 < longer.weeks[4].run_m <= left_out
