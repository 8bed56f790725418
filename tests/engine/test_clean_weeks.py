"""4d: where a log is kept, a programme for knees that are still sore grows only after two clean weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from planner import Host, build_plan
from planner.athlete import Athlete, Knee, Running, Screening
from planner.audit import audit
from planner.briefing import make_brief
from planner.entry import Entry
from planner_pillars import progression
from planner_templates import planner_templates

if TYPE_CHECKING:
    from planner.model import Plan, Week
    from planner.programme import Template

START = date(2027, 1, 4)
WEEK = timedelta(days=7)
KEEP = next(template for template in planner_templates() if template.name == "keep-running")
FOUR_KM = (4000, 4000, 4000)
CARA = Athlete(
    id="cara",
    start=START,
    weeks=7,
    template="keep-running",
    running=Running(easy_pace=360, recent_weeks_km=(Decimal(12),) * 4, last_run=START - timedelta(days=2), goal_week_km=Decimal(30)),
    knee=Knee(site="kneecap", sore_with=("running",), pain_run_worst=3),
    screening=Screening(answered=START - timedelta(days=1), red_flags=()),
    log="cara-log.csv",
)
WAITS = "Growth waits for 2 clean weeks in a row: the same load once more."


def planned(rows: tuple[Entry, ...] | None, today: date, template: Template = KEEP) -> Plan:
    brief = make_brief(CARA, template, as_of=today, issued=datetime(2027, 1, 2, tzinfo=UTC), log=rows)
    plan = build_plan(brief, Host.of(progression))
    assert [f for f in audit(plan) if f.severity == "error"] == []
    return plan


def lived(sore: dict[int, int], weeks: int, missed: frozenset[int] = frozenset()) -> tuple[Entry, ...]:
    """Every run of `weeks` weeks done as the plan then had it, the worst pain of a week's last run by its number in `sore`.

    In a week in `missed` only the first run is done.
    """
    rows: tuple[Entry, ...] = ()
    for number in range(1, weeks + 1):
        runs = [s for s in planned(rows, START + (number - 1) * WEEK).weeks[number - 1].sessions if s.run_s]
        done = runs[:1] if number in missed else runs
        for run in done:
            worst = sore.get(number, 1) if run is done[-1] else 1
            answers = {"pain_before": 0, "pain_during": worst, "pain_after": 0, "pain_next_morning": 0}
            rows = (*rows, Entry(date=run.date, session=run.id, run_m=run.run_m, **answers))
    return rows


def told(week: Week) -> set[str]:
    return {why.text for run in week.sessions if run.run_s for why in run.why}


def test_after_two_clean_weeks_the_third_grows() -> None:
    plan = planned(lived({}, 2), START + 2 * WEEK)
    assert plan.weeks[2].decision == "progress"
    assert plan.weeks[2].run_m > plan.weeks[1].run_m
    assert WAITS not in told(plan.weeks[2])


def test_one_clean_week_after_a_sore_one_holds_and_a_second_one_grows() -> None:
    rows = lived({1: 4}, 2)
    plan = planned(rows, START + 2 * WEEK)
    before, held, after = plan.weeks[1:4]
    assert (held.decision, held.bound_by) == ("hold", "pain")
    assert held.run_m <= held.ceiling_run_m == before.done_run_m
    assert told(held) >= {WAITS}
    assert after.decision == "progress", "weeks ahead are drawn as answered well"
    assert after.run_m > held.run_m
    assert planned(rows, START + 2 * WEEK, evolve(KEEP, clean_weeks=0)).weeks[2].decision == "progress"


def test_a_week_ahead_waits_too_while_a_sore_week_is_one_of_the_two_before_it() -> None:
    plan = planned(lived({2: 4}, 2), START + 1 * WEEK + timedelta(days=6))
    assert [week.decision for week in plan.weeks[2:6]] == ["regress", "hold", "progress", "progress"]
    assert told(plan.weeks[3]) >= {WAITS}


def test_without_a_log_weeks_grow_as_if_answered_well() -> None:
    without = planned(None, START)
    assert [week.decision for week in without.weeks[2:5]] == ["progress"] * 3
    assert [week.run_m for week in without.weeks] == [week.run_m for week in planned((), START).weeks]


def test_missed_runs_bring_a_waiting_week_back_to_what_the_week_before_was_allowed() -> None:
    plan = planned(lived({2: 4}, 3, frozenset({3})), START + 3 * WEEK)
    hurt, lowered, waiting = plan.weeks[1:4]
    assert lowered.done_run_m is not None
    assert lowered.done_run_m < lowered.ceiling_run_m < hurt.run_m
    assert (waiting.decision, waiting.ceiling_run_m) == ("hold", lowered.ceiling_run_m)


@pytest.mark.parametrize("asked", [1, 2, 3])
def test_as_many_clean_weeks_as_the_programme_asks_for(asked: int) -> None:
    sore = Entry(date=START + timedelta(days=5), run_m=2000, pain_before=0, pain_during=4, pain_after=0, pain_next_morning=0)
    plan = planned((sore,), START + timedelta(days=6), evolve(KEEP, clean_weeks=asked))
    assert [week.decision == "progress" for week in plan.weeks[2:6]] == [number > asked + 1 for number in range(3, 7)]
