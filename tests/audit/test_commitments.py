"""Commitments in the audit: warnings on their own, breaks together with the plan's own running; their stated bounds are checked."""

from __future__ import annotations

import pytest
from attrs import evolve

from planner.audit import audit, margins
from planner.model import Plan, Session
from tests.audit_plans import SOUND_PAST, START, make, on, other, past, run

WEEK = (run(0, 2000), run(2, 2000), run(4, 2000))


def fixed(day: int, metres: int, allowed: int, **more: object) -> Session:
    return run(day, metres, allowed_m=allowed, **more)


def found(plan: Plan) -> set[tuple[str, str, str]]:
    return {(f.rule, f.where, f.severity) for f in audit(plan) if f.rule != "law-2"}


def test_a_long_run_is_an_error_and_as_a_commitment_a_warning_with_its_amount() -> None:
    assert found(make([run(0, 2201)])) == {("law-3", START.isoformat(), "error")}
    plan = make([fixed(0, 2201, 2200)])
    assert found(plan) == {("law-3", START.isoformat(), "warning")}
    (finding,) = [f for f in audit(plan) if f.rule == "law-3"]
    assert finding.margin_m == -1
    assert "It is off by 1 m because of commitments alone: nothing else could make room for them." in finding.message


def test_the_exact_bound_is_lawful() -> None:
    assert found(make([fixed(0, 2200, 2200)])) == set()


def test_one_that_claims_more_than_the_law_allows_is_a_break() -> None:
    assert ("law-3", START.isoformat(), "error") in found(make([fixed(0, 3000, 2201)]))


def test_a_week_that_commitments_alone_break_is_warned_of_and_a_metre_of_own_running_makes_it_a_break() -> None:
    alone = make([fixed(0, 7000, 2200)])
    assert ("law-1", "week 1", "warning") in found(alone)
    beside = make([fixed(0, 7000, 2200), run(2, 1)])
    assert ("law-1", "week 1", "error") in found(beside)
    assert ("law-1", "week 1", "error") not in found(make([fixed(0, 2000, 2200), fixed(2, 2000, 2200), run(4, 2000)]))


def test_a_week_whose_commitments_claim_too_much_together_is_a_break() -> None:
    four = [fixed(n, 2000, 2000) for n in (0, 2, 4, 6)]
    assert ("law-1", "week 1", "error") in found(make(four))
    honest = [*four[:3], fixed(6, 2000, 600)]
    assert ("law-1", "week 1", "warning") in found(make(honest))


def test_walking_of_the_plans_own_takes_part_where_walking_is_known() -> None:
    known = [past(day, 2000, 2000) for day in (-7, -5, -3)]
    assert ("law-1", "week 1", "error") in found(make([fixed(0, 7000, 2200), run(2, 0, 10)], history=known))
    walked = found(make([fixed(0, 7000, 2200), run(2, 0, 10)]))
    assert ("law-1", "week 1", "warning") in walked
    assert ("law-1", "week 1", "error") not in walked, "where it is not known, this week's walking stands in and is not to blame"


def test_what_went_over_is_nothing_to_grow_from() -> None:
    first = [fixed(0, 3000, 2200), run(2, 1000), run(4, 1000)]
    lawful = make([*first, run(7, 2420), run(9, 1000), run(11, 1200)])
    assert found(lawful) == {("law-3", START.isoformat(), "warning")}, "4,620 grow from 2,200 and 2,000 that count"
    over = found(make([*first, run(7, 2421), run(9, 1000), run(11, 1200)]))
    assert {("law-3", on(7).isoformat(), "error"), ("law-1", "week 2", "error")} <= over


def test_law_four_counts_its_seconds() -> None:
    nothing: dict[str, object] = {"history": (), "decisions": {1: "entry"}}
    assert found(make([fixed(0, 900, 600)], **nothing)) == {("law-4", START.isoformat(), "warning")}
    assert ("law-4", START.isoformat(), "error") in found(make([fixed(0, 900, 601)], **nothing))
    assert ("law-4", "week 1", "warning") in found(make([fixed(0, 1900, 600)], **nothing))
    assert ("law-4", "week 1", "error") in found(make([fixed(0, 1900, 600), run(2, 10)], **nothing))
    assert ("law-4", "week 1", "error") in found(make([fixed(n, 700, 600) for n in (0, 1, 2, 3)], **nothing))
    barred: dict[str, object] = {"history": (), "decisions": {1: "hold"}}
    assert found(make([fixed(0, 100, 0)], **barred)) == {("law-4", "week 1", "warning")}
    assert found(make([fixed(0, 100, 1)], **barred)) == {("law-4", "week 1", "error")}


def test_law_five_and_its_share() -> None:
    history = [past(-14, 2000), past(-12, 2000), past(-10, 2000)]
    assert ("law-5", "week 1", "warning") in found(make([fixed(0, 5000, 1760)], history=history))
    assert ("law-5", "week 1", "error") in found(make([fixed(0, 5000, 1760), run(2, 10)], history=history))


@pytest.mark.parametrize(
    ("one", "other_run", "severity"),
    [
        (fixed(0, 500, 500), fixed(1, 500, 500), "warning"),
        (fixed(0, 500, 500), run(1, 500), "error"),
        (run(0, 500), fixed(1, 500, 500), "error"),
        (fixed(0, 500, 500), fixed(0, 500, 500), "warning"),
    ],
)
def test_run_dates_too_near(one: Session, other_run: Session, severity: str) -> None:
    (place,) = [f for f in audit(make([one, other_run])) if f.rule == "law-6"]
    assert place.severity == severity


def test_the_run_before_the_plan_counts_as_what_stays() -> None:
    yesterday = [past(-5, 2000), past(-3, 2000), past(-1, 2000)]
    assert found(make([fixed(0, 500, 500)], history=yesterday)) == {("law-6", START.isoformat(), "warning")}
    assert found(make([run(0, 500)], history=yesterday)) == {("law-6", START.isoformat(), "error")}


def test_a_week_without_rest_is_theirs_only_if_they_are_on_every_date() -> None:
    six = [fixed(n, 300, 300) for n in range(6)]
    assert ("law-6", "week 1", "error") in found(make([*six, other(6, "strength")]))
    assert ("law-6", "week 1", "warning") in found(make([*six, fixed(6, 300, 300), other(6, "strength")]))


def test_a_race_is_too_hard_and_none_of_the_three_half_hours_beyond_what_it_was_allowed() -> None:
    assert found(make([fixed(0, 500, 500, rpe=8)])) == {("law-7", START.isoformat(), "warning")}
    assert found(make([run(0, 500, rpe=8)])) == {("law-7", START.isoformat(), "error")}
    long_past = [past(day, 2000) for day in (-7, -5, -3)]
    over = [fixed(0, 1800, 1799), fixed(2, 1800, 1800), fixed(4, 1800, 1800)]
    last = run(7, 500, tags=("run", "hills"))
    assert ("law-7", on(7).isoformat(), "error") in found(make([*over, last], history=long_past))
    assert ("law-7", on(7).isoformat(), "error") not in found(make([fixed(0, 1800, 1800), *over[1:], last], history=long_past))


def test_the_rolling_law_is_theirs_where_no_own_run_is_in_the_seven_dates() -> None:
    jump = [*WEEK, fixed(11, 9000, 2200)]
    (alone,) = [f for f in audit(make(jump, rolling="enforce")) if f.rule == "law-2" and f.severity == "warning"]
    assert alone.where == on(11).isoformat()
    assert "commitments alone" in alone.message
    beside = [f for f in audit(make([*WEEK, run(9, 500), fixed(11, 9000, 2200)], rolling="enforce")) if f.rule == "law-2"]
    assert {f.severity for f in beside} == {"error"}


def test_a_week_it_was_missed_in_returns_to_no_more_than_it_was_allowed() -> None:
    entry = [fixed(0, 3000, 600, status="missed"), run(2, 600), run(4, 600)]
    did = [past(2, 600, allowed_m=600), past(4, 600, allowed_m=600)]
    later = [run(7, 600), run(9, 600), run(11, 600)]
    plan = make([*entry, *later], history=did, decisions={1: "entry"}, ahead=7)
    assert found(plan) == set()
    more = make([*entry, *later, run(13, 600)], history=did, decisions={1: "entry"}, ahead=7)
    assert ("law-1", "week 2", "error") in found(more)


def test_after_missed_runs_unknown_walking_of_an_earlier_week_blames_no_walk() -> None:
    missed = [run(day, 2000, status="missed") for day in (0, 2)]
    sessions = [*missed, run(4, 2000, status="done"), fixed(9, 7000, 2200), run(11, 0, 500)]
    done = past(4, 2000, 2000, allowed_m=2200)
    unknown = make(sessions, history=[*SOUND_PAST, done], ahead=8)
    assert found(unknown) == {("law-1", "week 2", "warning"), ("law-3", on(9).isoformat(), "warning")}
    known = make(sessions, history=[past(-9, 0, 0), *(past(day, 2000, 2000) for day in (-7, -5, -3)), done], ahead=8)
    assert ("law-1", "week 2", "error") in found(known), "where walking is known, walks must give way"


def test_margins_show_its_place_and_a_plan_of_ours_still_holds() -> None:
    plan = make([fixed(0, 3000, 2200)])
    (tightest,) = [m for m in margins(plan) if m.law == "law-3"]
    assert (tightest.margin, tightest.alone) == (-800, True)
    lawful = make([evolve(WEEK[0])])
    assert not any(m.alone for m in margins(lawful))
