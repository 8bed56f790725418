"""ENT-12 and PROG-13: their doses limit every week that opens from nothing, whether the plan's first or a later one."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from assessed import ALL_TESTS, KNEE, OPEN, PASSED, RUNS_NOW, asked, ceilings
from helpers import START

from planner import Host, build_plan
from planner.athlete import Absence, Athlete, Availability, Running
from planner.audit import audit
from planner.briefing import make_brief
from planner.entry import Entry
from planner.model import DAY, Done
from planner_pillars import assessment, progression, readiness
from planner_templates import planner_templates

if TYPE_CHECKING:
    from datetime import date

    from planner import Plan, Session, Week

WALK_RUN = next(template for template in planner_templates() if template.name == "walk-run")
TESTED = {"knee": PASSED, "screening": ALL_TESTS}
HEAVY = {"height_cm": 170, "weight_kg": Decimal(120)}


def planned(log: tuple[Entry, ...] | None, as_of: date = START, *, last_run: int = 40, **changes: object) -> Plan:
    """A plan of ten weeks whose last run was so many days before its start; tests are open unless `changes` say otherwise."""
    about = {
        "knee": KNEE,
        "screening": OPEN,
        "running": Running(easy_pace=400, last_run=START - last_run * DAY),
        "log": "ana.csv",
        **changes,
    }
    brief = make_brief(
        Athlete(id="ana", start=START, weeks=10, **about), WALK_RUN, as_of=as_of, issued=datetime(2027, 1, 2, tzinfo=UTC), log=log
    )
    plan = build_plan(brief, Host.of(progression, assessment))
    assert [f for f in audit(plan) if f.severity == "error"] == []
    return plan


def runs(week: Week) -> list[Session]:
    return [session for session in week.sessions if session.run_s]


def longest(week: Week) -> int:
    return max(run.run_s for run in runs(week))


@pytest.mark.parametrize(
    ("changes", "dose"),
    [
        (TESTED, None),
        ({}, 480),
        ({"screening": ALL_TESTS}, 480),
        ({"running": Running(easy_pace=400, last_run=START - 84 * DAY), **TESTED}, None),
        ({"running": Running(easy_pace=400, last_run=START - 85 * DAY), **TESTED}, 300),
        ({"running": Running(easy_pace=400)}, 300),
        ({"history": RUNS_NOW}, None),
        ({"history": (Done(date=START - 3 * DAY, run_m=4499),)}, 480),
        ({"history": (Done(date=START - 3 * DAY, run_m=4500),)}, None),
        ({"history": (Done(date=START - 29 * DAY, run_m=9000),)}, 480),
    ],
)
def test_the_dose_with_which_a_plan_starts(changes, dose):
    """ENT-12: a first week from nothing; 4500 m at 6:40 min/km are the 1,800 s of law 4."""
    found = readiness.opening_dose(asked(**changes))
    assert (found.seconds if found else None) == dose


@pytest.mark.parametrize(
    ("tests", "doses"), [(TESTED, [(300, 84)]), ({}, [(300, 84), (480, 0)]), ({"history": RUNS_NOW}, [(300, 84), (480, 0)])]
)
def test_the_doses_hold_for_whatever_week_opens(tests, doses):
    found = [c for c in assessment.planner_limits(asked(**tests)) if c.of == "opening-run-s"]
    assert [(c.at_most, c.after_days) for c in found] == doses
    assert {(c.since, c.until, c.source) for c in found} == {(None, None, "ENT-12")}


@pytest.mark.parametrize(("changes", "dose_s"), [({}, 480), (TESTED, 600)])
def test_a_first_week_that_was_missed_leaves_the_dose_to_the_next(changes, dose_s):
    """No row in the log: nothing was run, and the second week opens."""
    week = planned((), START + 7 * DAY, **changes).weeks[1]
    assert week.decision == "entry"
    assert longest(week) == dose_s
    assert all((run.bound_by, run.why[0].source) == ("plugin:assessment", "ENT-12") for run in runs(week)) is (dose_s == 480)


def test_weeks_that_were_missed_can_make_it_more_than_twelve_weeks_off():
    assert longest(planned((), START, last_run=78).weeks[0]) == 480
    missed = planned((), START + 7 * DAY, last_run=78)
    assert (missed.weeks[1].decision, longest(missed.weeks[1])) == ("entry", 300)


def test_weeks_at_home_after_weeks_away_at_the_start_open_with_the_dose():
    away = Availability(away=(Absence(first=START, last=START + 9 * DAY),))
    weeks = planned(None, availability=away).weeks
    (opening,) = (week for week in weeks if week.decision == "entry")
    assert opening.number in (2, 3)
    assert longest(opening) == 480


def test_after_twelve_weeks_off_a_later_break_of_five_weeks_opens_with_its_own_dose():
    away = Availability(away=(Absence(first=START + 14 * DAY, last=START + 48 * DAY),))
    weeks = planned(None, last_run=100, availability=away, **TESTED).weeks
    assert [(week.number, longest(week)) for week in weeks if week.decision == "entry"] == [(1, 300), (8, 600)]


def test_a_runner_with_open_tests_opens_with_the_dose_after_five_weeks_away():
    away = Availability(away=(Absence(first=START + 14 * DAY, last=START + 48 * DAY),))
    running = Running(easy_pace=400, recent_weeks_km=tuple(map(Decimal, "9999")))
    weeks = planned(None, availability=away, running=running).weeks
    assert weeks[0].decision == "progress"
    assert longest(weeks[0]) > 480
    assert [(week.number, longest(week)) for week in weeks if week.decision == "entry"] == [(8, 480)]


@pytest.mark.parametrize(("kilograms", "metres"), [("86.7", None), ("86.71", 3000)])
def test_heavy_is_a_body_mass_index_above_30(kilograms, metres):
    """PROG-13; 86.7 kg at 170 cm are exactly 30."""
    found = ceilings(asked(height_cm=170, weight_kg=Decimal(kilograms))).get("opening-week-m")
    assert ((found.at_most, found.since, found.until) if found else None) == (metres and (metres, None, None))


def test_a_heavy_runner_s_first_week_is_small_whenever_it_comes():
    """From the second week of the block on the laws hold, and nothing else."""
    weeks = planned((), START + 7 * DAY, **TESTED, **HEAVY).weeks
    opening, after = weeks[1:3]
    assert (opening.decision, opening.bound_by) == ("entry", "plugin:assessment")
    assert 2900 < opening.run_m <= 3000 == opening.ceiling_run_m
    assert after.run_m > 3000
    assert after.bound_by != "plugin:assessment"


def test_a_heavy_runner_s_week_that_opens_nothing_is_not_bound():
    running = Running(easy_pace=400, recent_weeks_km=tuple(map(Decimal, "9999")))
    weeks = planned(None, running=running, **TESTED, **HEAVY).weeks
    assert all(week.run_m > 3000 and week.bound_by != "plugin:assessment" for week in weeks)
