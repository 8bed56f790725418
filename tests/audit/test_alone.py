"""Whether commitments alone cause a break: only where a law is broken and what they were allowed would have kept it."""

from __future__ import annotations

import pytest
from attrs import evolve

from planner.audit import audit, margins
from planner.model import Done, Paces, Plan, Session
from tests.audit_plans import SOUND_PAST, make, past, run

FAST = Paces(run=400, walk=400)
NINE_OFF = (past(-16, 3000), past(-13, 3000), past(-10, 4000))


def fixed(day: int, run_s: int, allowed: int, rpe: int = 3) -> Session:
    """A commitment of so many seconds of running that says how many metres it was allowed."""
    return run(day, run_s, rpe=rpe, allowed_m=allowed)


def severities(plan: Plan, rule: str) -> dict[str, str]:
    """The breaks of one law: where, and how grave."""
    return {f.where: f.severity for f in audit(plan) if f.rule == rule}


THREE = [fixed(day, 2200, 2200) for day in (0, 2, 4)]
FOUR = [fixed(day, 450, 450) for day in (0, 2, 4, 6)]


@pytest.mark.parametrize(
    ("law", "sessions", "history"),
    [
        ("law-1", THREE, SOUND_PAST),
        ("law-2", THREE, SOUND_PAST),
        ("law-3", THREE, SOUND_PAST),
        ("law-4", [fixed(0, 600, 600)], ()),
        ("law-4", FOUR, ()),
        ("law-5", [fixed(0, 3520, 3520), fixed(2, 3520, 3520), fixed(4, 960, 960)], NINE_OFF),
        ("law-6", [fixed(0, 500, 500), fixed(2, 500, 500)], ()),
        ("law-7", [fixed(0, 500, 500, rpe=4)], ()),
    ],
)
def test_the_exact_bound_is_no_break_of_anybodys(law: str, sessions: list[Session], history: tuple[Done, ...]) -> None:
    (bound,) = [m for m in margins(make(sessions, history=history)) if m.law == law]
    assert (bound.margin, bound.alone) == (0, False)


def test_with_a_metre_of_the_plans_own_nobody_is_alone() -> None:
    (bound,) = [m for m in margins(make([fixed(0, 7000, 2200), run(2, 10)], measure="on-foot")) if m.law == "law-1"]
    assert (bound.margin, bound.alone) == (-410, False)


@pytest.mark.parametrize(("allowed", "severity"), [(1500, "warning"), (1501, "error")])
def test_ten_minutes_at_any_pace(allowed: int, severity: str) -> None:
    assert severities(make([fixed(0, 900, allowed)], history=(), paces=FAST), "law-4") == {"2027-01-04": severity}


@pytest.mark.parametrize(("allowed", "severity"), [(1500, "warning"), (1501, "error")])
def test_half_an_hour_at_any_pace(allowed: int, severity: str) -> None:
    plan = make([fixed(0, 601, 1500), fixed(2, 600, 1500), fixed(4, 601, allowed)], history=(), paces=FAST)
    assert severities(plan, "law-4")["week 1"] == severity


def test_effort_beyond_an_easy_one_is_told_in_points() -> None:
    (finding,) = [f for f in audit(make([fixed(0, 500, 500, rpe=7)])) if f.rule == "law-7"]
    assert "It is off by 3 points of effort because of commitments alone" in finding.message


def test_what_was_done_of_an_opening_week_counts_by_its_seconds() -> None:
    plans = (make([run(2, run_s)], history=[past(0, 1200)], ahead=1, decisions={1: "entry"}) for run_s in (600, 601))
    assert [severities(plan, "law-4") for plan in plans] == [{}, {"week 1": "error", "2027-01-06": "error"}]


def test_after_time_off_missed_runs_give_walking_back_too() -> None:
    known = tuple(evolve(one, foot_m=one.run_m + 1000) for one in SOUND_PAST)
    first = [run(0, 2000), evolve(run(2, 2000), status="missed")]
    plans = (
        make([*first, run(9, 2000, walk_s)], history=(*known, past(-10, 0, 0), past(0, 2000, 2500)), ahead=7) for walk_s in (5200, 5201)
    )
    assert [severities(plan, "law-5") for plan in plans] == [{}, {"week 2": "error"}]


def test_after_time_off_from_what_counts_for_nothing_there_is_nothing() -> None:
    first = [run(0, 2000), evolve(run(2, 2000), status="missed")]
    plan = make([*first, run(9, 1)], history=[past(0, 1000, 1000, allowed_m=1)], ahead=7, decisions={2: "hold"})
    found = [(f.where, f.margin_m) for f in audit(plan) if f.rule == "law-5"]
    assert found == [("week 2", -1), ("week 2", -1)], "of running and on foot, of which four fifths of a metre are none"


def test_a_place_is_a_week_or_a_date() -> None:
    plan = make([*THREE, run(7, 6000), run(18, 3000)])
    assert {m.law for m in margins(plan)} == {f"law-{n}" for n in (1, 2, 3, 5, 6, 7)}
    assert all((m.week > 0) is (m.day == 0) for m in margins(plan))
    assert {m.week for m in margins(plan) if m.day} == {0}
