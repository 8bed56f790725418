"""Laws 1 to 3 at the edges of their windows, and whose running breaks them."""

from __future__ import annotations

import pytest
from attrs import evolve

from planner.audit import audit, margins
from planner.model import Paces, Plan, Session
from tests.audit_plans import breaks, make, on, past, run, tightest

KNOWN = tuple(past(day, 2000, 2000) for day in (-6, -4, -2))


def fixed(day: int, metres: int, allowed: int) -> Session:
    """A commitment of `metres` that says it was allowed `allowed` of them."""
    return run(day, metres, allowed_m=allowed)


def on_foot(plan: Plan) -> list[tuple[str, str]]:
    """Where law 1 is broken on foot, and how badly."""
    return [(f.where, f.severity) for f in audit(plan) if f.rule == "law-1" and "m on foot;" in f.message]


@pytest.mark.parametrize(("day", "severity"), [(-8, "error"), (-7, "warning"), (-1, "warning"), (0, "error")])
def test_walking_beside_a_commitment_is_to_blame_where_the_seven_dates_before_are_known(day: int, severity: str) -> None:
    history = (*KNOWN, past(day, 0))
    assert on_foot(make([fixed(2, 7000, 2200), run(4, 0, 10)], history=history, ahead=1)) == [("week 1", severity)]


def returning(before: int, last: int) -> Plan:
    """A week of `before`, one with 4,000 m of 6,000 m done, and a third that holds 4,400 m and `last` more."""
    history = [past(-7, before - 2000), past(-5, 2000), past(0, 2000), past(2, 2000)]
    first = [run(0, 2000), run(2, 2000), evolve(run(4, 2000), status="missed")]
    return make([*first, run(7, 2200), run(9, 2200), run(11, last)], history=history, ahead=7, measure="on-foot")


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (4400, "10% more than the 4000 m of the seven dates before it"),
        (4401, "as much as the best of the three weeks before, because runs were missed since"),
    ],
)
def test_a_week_to_return_to_is_named_where_it_allows_more_than_growth_does(before: int, reason: str) -> None:
    ((where, allowed, because),) = [(m.where, m.allowed, m.because) for m in margins(returning(before, 2)) if m.law == "law-1"]
    assert (where, allowed, because) == ("week 2", before, reason)


@pytest.mark.parametrize(("day", "severity"), [(10, "error"), (11, "warning")])
def test_an_own_run_on_the_first_of_the_seven_dates_is_one_of_them(day: int, severity: str) -> None:
    own = [run(0, 2000), run(2, 2000), run(4, 2000)]
    plan = make([*own, fixed(day, 9000, 2200)], history=KNOWN, rolling="enforce", measure="on-foot")
    assert [(f.where, f.severity) for f in audit(plan) if f.rule == "law-2"] == [(on(day).isoformat(), severity)]


@pytest.mark.parametrize(("rest", "places"), [(-3, ["2027-01-21"]), (-2, [])])
def test_on_foot_a_rest_day_of_which_nothing_is_known_counts_as_unknown_for_twenty_dates(rest: int, places: list[str]) -> None:
    steady = [run(day, 2000) for day in (0, 2, 4, 7, 9, 11)]
    history = [past(day, 2000, 2000) for day in (-7, -5, -3)]
    plan = make([*steady, run(14, 2200), run(16, 2200), run(17, 2200)], history=[*history, past(rest, 0)], measure="on-foot")
    assert [where for where, _ in breaks(plan, "law-2")] == places


def test_the_plans_run_on_the_first_of_seven_dates_is_held_against_them() -> None:
    history = [past(-14, 5000), past(-8, 1000), past(-1, 1000)]
    assert breaks(make([run(0, 5000), run(7, 1)], history=history), "law-2") == [("2027-01-10", -3900)]


def test_seven_dates_without_a_metre_are_no_place() -> None:
    slow = Paces(run=2000, walk=2000)
    plan = make([run(0, 10000), run(6, 2000), run(13, 2000), run(20, 1)], paces=slow, history=())
    assert [s.run_m for s in plan.sessions] == [5000, 1000, 1000, 0]
    assert tightest(plan, "law-2")[:3] == ("2027-01-11", 6600, 1000), "not 1,100 m against none on the 24th"
