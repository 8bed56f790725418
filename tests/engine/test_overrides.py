"""Overrides: changes by hand survive replanning, stay within the laws, and name who asked for them."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest

from planner.athlete import Absence, Availability, Commitment, Override
from planner.audit import audit
from planner.limits import Spacing, Unavailable
from planner.model import COMMITMENTS, Plan, Session
from planner.offers import LOAD_TAGS, Attachment, Proposal
from planner.render.identity import uids
from planner.steps import Group, Step, seconds_of
from tests.engine.drawn import NINE, day, drawn, hours, runs, said
from tests.tiny_plugins import Tiny, exercise

MONDAY = Commitment(name="Club", km=Decimal(1), date=day(7))
LIFT = exercise("lift", tags=("strength",), times_per_week=2, importance=(60,))
RIDE = exercise("ride", seconds=1800, tags=("cross-training",))


def asked(n: int, session: str = "progression/run#1", **change: object) -> Override:
    """An override by Kim of a session in the week of day `n`."""
    return Override(**{"date": day(n), "session": session, "by": "Kim", **change})


def with_(*overrides: Override, plugins: tuple[object, ...] = (), **brief: object) -> Plan:
    plan = drawn(*plugins, **{"running": NINE, "weeks": 4, "override": overrides, **brief})
    assert [f for f in audit(plan) if f.severity == "error"] == []
    return plan


def named(plan: Plan, week: int, name: str = "progression/run#1") -> Session:
    (found,) = [s for s in plan.weeks[week - 1].sessions if s.id == name]
    return found


def by_hand(session: Session) -> list[str]:
    return [why.text for why in session.why if why.limit == "override"]


def test_a_run_moves_keeps_its_name_and_says_who_asked() -> None:
    usual, plan = with_(), with_(asked(8, move=day(13)))
    before, moved = named(usual, 2), named(plan, 2)
    assert (before.date, moved.date) == (day(12), day(13))
    assert by_hand(moved) == ["Kim moved it here"]
    assert uids(usual)(before) == uids(plan)(moved)
    assert said(plan, "override") == []


def test_a_move_is_for_one_week() -> None:
    plan = with_(asked(8, move=day(13)))
    assert [named(plan, week).date.weekday() for week in (1, 2, 3, 4)] == [5, 6, 5, 5]


def test_two_change_places() -> None:
    lengths = {"progression/run#2": day(12), "progression/run#1": day(8)}
    plan = with_(*(asked(8, name, move=on) for name, on in lengths.items()))
    assert {name: named(plan, 2, name).date for name in lengths} == lengths


@pytest.mark.parametrize(
    ("change", "brief", "reason"),
    [
        (asked(1, move=day(4)), {}, "that is too close to Walk-run on 2027-01-07"),
        (asked(1, move=day(3)), {}, "that is too close to Walk-run on 2027-01-07"),
        (asked(1, move=day(6)), {"availability": Availability(sun=())}, "your days, or a plugin, leave no time for it there"),
        (asked(1, move=day(6)), {"availability": Availability(away=(Absence(first=day(6), last=day(6)),))}, "leave no time for it there"),
        (asked(1, move=day(6)), {"availability": Availability(sun=hours(0, 5))}, "the day has no room for it"),
        (
            asked(1, move=day(6)),
            {"commitments": (MONDAY,)},
            "too close to Club",
        ),
    ],
    ids=["next to another", "on another's day", "closed", "away", "no hours", "beside a commitment of next week"],
)
def test_a_move_that_rest_or_availability_forbids_is_not_done_and_says_why(change: Override, brief: dict, reason: str) -> None:
    plan = with_(change, **brief)
    usual = with_(**brief)
    assert [(s.id, s.date) for s in plan.sessions] == [(s.id, s.date) for s in usual.sessions]
    (message,) = said(plan, "override")
    assert f"stays on {named(usual, 1).date}: Kim asked for {change.move}, but" in message
    assert reason in message


def test_a_move_keeps_spacings_plugins_absences_and_the_rest_day() -> None:
    apart = Spacing(after="strength", before="strength", days=3, why="apart")
    shut = Unavailable(dates=frozenset({day(6)}), tag="strength", why="shut")
    for on, why in ((day(1), "too close to Lift"), (day(6), "leave no time")):
        plugin = Tiny(sessions=(LIFT,), limits=(apart, shut))
        free = with_(plugins=(plugin,), weeks=1)
        lift = min((s for s in free.sessions if s.key == "lift"), key=lambda s: abs((s.date - on).days))
        other = next(s for s in free.sessions if s.key == "lift" and s is not lift)
        goal = on if on == day(6) else next(day(n) for n in range(7) if 0 < abs((day(n) - other.date).days) < 3)
        plan = with_(asked(0, lift.id, move=goal), plugins=(plugin,), weeks=1)
        assert why in said(plan, "override")[0]
    three = Tiny(sessions=(exercise("lift", tags=("strength",), times_per_week=3),))
    full = with_(plugins=(three,), weeks=1)
    free_day = next(iter({day(n) for n in range(7)} - {s.date for s in full.sessions if LOAD_TAGS & set(s.tags)}))
    held = with_(asked(0, "tiny/lift#1", move=free_day), plugins=(three,), weeks=1)
    assert len({s.date for s in held.sessions if LOAD_TAGS & set(s.tags)}) <= 6


def test_one_move_that_cannot_be_done_keeps_no_other_from_being_done() -> None:
    plan = with_(asked(8, move=day(13)), asked(8, "progression/run#2", move=day(9)))
    assert named(plan, 2).date == day(13)
    assert len(said(plan, "override")) == 1
    days = sorted(s.date for s in runs(plan.weeks[1]))
    assert all((later - sooner).days >= 2 for sooner, later in pairwise(days))


def test_a_run_is_shortened_to_the_minute_and_the_bound_names_who_asked() -> None:
    plan = with_(asked(8, shorten=20))
    run = named(plan, 2)
    assert (run.duration_s, run.run_s, run.bound_by) == (1200, 600, "override")
    assert by_hand(run) == ["Kim asked for at most 20 min"]
    assert said(plan, "override") == []
    assert plan.weeks[2].run_m <= plan.weeks[1].run_m * 11 // 10, "what was taken away is nothing to grow from"


def test_next_week_is_not_held_to_a_weekday_that_was_cut_short() -> None:
    plan = with_(asked(8, shorten=15))
    cut, after = named(plan, 2), named(plan, 3)
    assert cut.run_s == 300
    assert after.date.weekday() == cut.date.weekday()
    assert after.run_m > 2 * cut.run_m


def test_a_run_that_is_shorter_already_stays_and_one_with_nothing_left_is_left_out() -> None:
    usual, plan = with_(), with_(asked(8, shorten=300))
    assert named(plan, 2).run_s == named(usual, 2).run_s
    assert by_hand(named(plan, 2)) == ["Kim asked for at most 300 min"]
    (told,) = said(plan, "override")
    assert re.fullmatch(r".*: Walk-run takes [0-9:]+ min, which is within the 300 minutes that Kim asked for: .*", told)
    none = with_(asked(8, shorten=9))
    assert len(runs(none.weeks[1])) == 2
    assert said(none, "left-out") == ["week 2: Walk-run left out: nothing is left of it in the 9 minutes that Kim asked for."]


def test_it_never_makes_a_run_longer_than_a_tighter_limit() -> None:
    saturday = Availability(sat=hours(0, 25))
    usual, plan = with_(availability=saturday), with_(asked(8, shorten=26), availability=saturday)
    assert named(plan, 2).duration_s == named(usual, 2).duration_s
    assert (named(plan, 2).date, named(plan, 2).run_s) == (named(usual, 2).date, named(usual, 2).run_s)


def test_other_sessions_are_shortened_step_by_step() -> None:
    parts = (Step(kind="exercise", seconds=600), Step(kind="exercise", seconds=300), Step(kind="exercise", seconds=300))
    rounds = Proposal(key="rounds", title="Rounds", steps=(Group(repeat=3, steps=parts[:1]),))
    more = Proposal(key="after", title="After", steps=parts[1:2], attach=Attachment(where="after", tag="cross-training"))
    plugin = Tiny(sessions=(RIDE, Proposal(key="parts", title="Parts", steps=parts), rounds, more))
    short = [asked(0, f"tiny/{key}#1", shorten=n) for key, n in (("ride", 12), ("parts", 13), ("rounds", 13))]
    plan = with_(*short, plugins=(plugin,), weeks=1)
    ride, steps = named(plan, 1, "tiny/ride#1"), named(plan, 1, "tiny/parts#1")
    assert (ride.duration_s, seconds_of(ride.steps), len(ride.steps)) == (720, 720, 1)
    assert [step.seconds for step in steps.steps] == [600]
    assert said(plan, "left-out")[-1].endswith("Rounds left out: nothing is left of it in the 13 minutes that Kim asked for.")


def test_a_dropped_session_is_gone_and_its_running_is_given_to_nobody() -> None:
    usual, plan = with_(), with_(asked(8, drop=True))
    assert [s.id for s in runs(plan.weeks[1])] == ["progression/run#2", "progression/run#3"]
    assert [s.run_m for s in runs(plan.weeks[1])] == [s.run_m for s in runs(usual.weeks[1]) if s.ordinal != 1]
    assert said(plan, "left-out") == ["week 2: Walk-run left out: Kim asked for it."]


CLUB = Commitment(name="Club run", km=Decimal(4), on="tue")
RACE = Commitment(name="City run", km=Decimal(5), kind="race", date=day(12))


@pytest.mark.parametrize(
    ("commitment", "change"),
    [(CLUB, {"drop": True}), (CLUB, {"shorten": 6}), (RACE, {"drop": True})],
    ids=["dropped", "shortened", "race"],
)
def test_what_a_commitment_gives_up_is_given_to_nobody_either(commitment: Commitment, change: dict[str, object]) -> None:
    name = "commitments/city-run#1" if commitment is RACE else "commitments/club-run#1"
    usual, plan = with_(commitments=(commitment,)), with_(asked(8, name, **change), commitments=(commitment,))
    ours = [[(s.id, s.run_m) for s in runs(p.weeks[1]) if s.pillar != COMMITMENTS] for p in (usual, plan)]
    assert ours[1] == ours[0], "as many runs as beside it, and none longer"
    assert plan.weeks[1].run_m < usual.weeks[1].run_m
    assert 10 * plan.weeks[2].run_m <= 11 * plan.weeks[1].run_m, "the next week grows from what is left"


def test_a_note_stands_with_the_session_and_a_rest_day_can_have_one() -> None:
    note, rest = asked(8, note="only on grass"), asked(8, "progression/rest-day#1", note="sleep in")
    plan = with_(note, rest, asked(8, "progression/rest-day#2", drop=True))
    run, day_off = named(plan, 2), named(plan, 2, "progression/rest-day#1")
    assert run.details.endswith("\n\nNote from Kim: only on grass")
    assert day_off.details.endswith("Note from Kim: sleep in")
    assert by_hand(run) == by_hand(day_off) == ["Kim left a note"]
    assert "progression/rest-day#2" not in {s.id for s in plan.weeks[1].sessions}
    assert said(plan, "override") == []


def test_a_rest_day_is_not_moved_or_shortened() -> None:
    plan = with_(asked(8, "progression/rest-day#1", move=day(9)), asked(15, "progression/rest-day#1", shorten=5))
    assert len(said(plan, "override")) == 2
    assert all("is an all-day note, which cannot be moved or shortened; Kim asked for it." in message for message in said(plan, "override"))


def test_one_that_finds_no_session_is_said() -> None:
    plan = with_(asked(8, "progression/run#9", drop=True), asked(200, drop=True), asked(-8, drop=True))
    expected = [(day(8), "progression/run#9"), (day(200), "progression/run#1"), (day(-8), "progression/run#1")]
    assert sorted(said(plan, "override")) == sorted(
        f"{on}: {name} is not in the week of {on}, so the change that Kim asked for was not made." for on, name in expected
    )
    assert {f.severity for f in plan.findings if f.rule == "override"} == {"warning"}


def test_it_is_found_by_its_week_wherever_in_it_the_session_stands_now() -> None:
    for n in range(7, 14):
        assert named(with_(asked(n, shorten=20)), 2).bound_by == "override"


def test_move_and_shorten_go_together() -> None:
    run = named(with_(asked(8, move=day(13)), asked(8, shorten=20)), 2)
    assert (run.date, run.duration_s) == (day(13), 1200)
    assert by_hand(run) == ["Kim asked for at most 20 min", "Kim moved it here"]


def test_each_of_several_moves_is_done_to_the_session_that_it_names() -> None:
    shut = Unavailable(dates=frozenset({day(6)}), tag="cross-training", why="shut")
    plugin = Tiny(sessions=(exercise("ride", tags=("cross-training",), times_per_week=3),), limits=(shut,))
    usual = with_(plugins=(plugin,), weeks=1)
    before = {s.id: s.date for s in usual.sessions if s.pillar == "tiny"}
    names = sorted(before, key=lambda name: before[name])
    free = sorted({day(n) for n in range(6)} - {*before.values()})
    moves = {names[0]: free[-1], names[1]: free[0], names[2]: day(6)}
    plan = with_(*(asked(0, name, move=on) for name, on in moves.items()), plugins=(plugin,), weeks=1)
    assert {s.id: s.date for s in plan.sessions if s.pillar == "tiny"} == {**moves, names[2]: before[names[2]]}
    assert [bool(by_hand(named(plan, 1, name))) for name in names] == [True, True, False]
    (message,) = said(plan, "override")
    assert f"stays on {before[names[2]]}" in message
