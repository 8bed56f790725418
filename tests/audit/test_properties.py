"""Properties of the audit for any layout of runs, and a slow reference implementation of the load laws to compare it with."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.audit import audit, margins
from planner.findings import ordered
from planner.model import Decision, Done, Paces, Session
from planner.steps import Group, Step
from tests.audit_plans import make, on, past, run
from tests.audit_slow_reading import PLAN_DAYS, Layout, SlowReading

FEWER = settings(max_examples=max(settings.default.max_examples // 10, 10))
GROWTHS = [Fraction(1, 10), Fraction(1, 20), Fraction(0), Fraction(3, 100)]
HISTORY_DAYS = 45
DECISIONS: list[Decision] = ["entry", "progress", "hold", "easy", "regress", "off"]


def days(first: int, last: int) -> st.SearchStrategy[list[int]]:
    """Days with steps of 1 to 9, sometimes more: going on, small gaps, time off and long absences."""
    steps = st.lists(st.one_of(st.sampled_from([2, 2, 2, 3]), st.integers(1, 9), st.integers(1, 32)), min_size=0, max_size=40)
    return steps.map(lambda given: [d for d in (first + sum(given[:n]) for n in range(1, len(given) + 1)) if d <= last])


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Any layout, with doses close enough to each other that bounds are met on both sides."""
    base = draw(st.sampled_from([120, 300, 599, 600, 900, 1800, 7000]))
    seconds = st.one_of(st.integers(base - 60, base + 120), st.integers(1, 2500))
    walks = st.one_of(st.just(0), st.integers(0, 600))
    ahead = draw(st.sampled_from([0, 0, 3, 7, 12, 17, 24, 38]))
    past_days, planned_days = draw(days(-HISTORY_DAYS, ahead - 1)), draw(days(-1, PLAN_DAYS - 1))
    maybe = st.one_of(st.none(), st.integers(0, 2500))
    runs = {day: (draw(seconds), draw(st.one_of(st.none(), walks)), draw(maybe), draw(maybe)) for day in past_days}
    stand = draw(st.one_of(st.just(set[int]()), st.sets(st.sampled_from(planned_days or [0]), max_size=8))) & {*planned_days}
    fixed = {day: draw(st.one_of(st.just(0), st.integers(0, 2500), st.just(10**6))) for day in sorted(stand)}
    return Layout(
        planned={day: (draw(seconds), 0 if day in stand else draw(walks)) for day in planned_days},
        past={day: (m, None if walk is None else m + walk, longest, may) for day, (m, walk, longest, may) in runs.items()},
        decisions={week: draw(st.sampled_from(DECISIONS)) for week in range(1, PLAN_DAYS // 7 + 1)},
        growth=draw(st.sampled_from(GROWTHS)),
        paces=draw(st.sampled_from([Paces(run=1000, walk=1000), Paces(run=400, walk=630), Paces(run=601, walk=701)])),
        on_foot=draw(st.booleans()),
        ahead=ahead,
        fixed=fixed,
        explicit=draw(st.booleans()),
    )


@FEWER
@given(layouts())
def test_the_audit_agrees_with_the_slow_reading(layout: Layout) -> None:
    found = {(f.rule, f.where, f.severity) for f in audit(layout.plan) if f.rule not in ("law-6", "law-7", "sums")}
    expected = SlowReading(layout).read()
    rolling, over = ({broken for broken in of if broken[0] == "law-2"} for of in (found, expected))
    assert found - rolling == expected - over
    assert rolling <= over
    assert {severity for _, _, severity in rolling} == {severity for _, _, severity in over}


@st.composite
def wild_sessions(draw: st.DrawFn) -> Session:
    """A session that may stand anywhere and say anything."""
    step = st.builds(
        Step, kind=st.sampled_from(["run", "walk", "exercise"]), seconds=st.integers(0, 9999), rpe=st.none() | st.integers(0, 10)
    )
    group = st.builds(Group, repeat=st.integers(1, 9), steps=st.lists(step, max_size=3).map(tuple))
    nested = st.builds(Group, repeat=st.integers(1, 3), steps=st.lists(step | group, max_size=3).map(tuple))
    tags = st.lists(st.sampled_from(["run", "strength", "cross-training", "hills", "strides", "sprints"]), max_size=3).map(tuple)
    session = run(draw(st.integers(-80, 80)), 0, steps=tuple(draw(st.lists(step | nested, max_size=4))), tags=draw(tags))
    number = st.integers(-5, 9999)
    return evolve(
        session,
        week=draw(st.integers(-2, 9)),
        ordinal=draw(st.integers(-1, 3)),
        duration_s=draw(number),
        run_m=draw(number),
        status=draw(st.sampled_from(["planned", "done", "missed", "cancelled"])),
    )


@FEWER
@given(
    st.lists(st.lists(wild_sessions(), max_size=6), max_size=4),
    st.lists(st.builds(Done, date=st.dates(), run_m=st.integers(-9, 9999), foot_m=st.none() | st.integers(-9, 9999)), max_size=4),
    st.fractions(-1, 1),
    st.integers(-2, 900),
    st.integers(-2, 4),
)
def test_it_never_raises_and_says_the_same_whenever_it_is_asked(
    weeks: list[list[Session]], history: list[Done], growth: Fraction, pace: int, gap: int
) -> None:
    empty = make([], weeks=len(weeks), history=history, paces=Paces(run=1, walk=1), growth=growth, run_gap_days=gap)
    filled = tuple(evolve(week, sessions=tuple(sessions)) for week, sessions in zip(empty.weeks, weeks, strict=True))
    plan = evolve(empty, weeks=filled, reading=evolve(empty.reading, paces=Paces(run=pace, walk=600)))
    found = audit(plan)
    assert found == ordered(found) == audit(plan)
    broken = {m.law for m in margins(plan) if m.margin < 0}
    assert broken == {f.rule for f in found if f.rule != "sums" and f.where != "growth"}


@FEWER
@given(st.sampled_from([(0, 2, 4), (0, 3), (1, 3, 5), (0, 2, 4, 6)]), st.lists(st.integers(700, 3000), min_size=4, max_size=4))
def test_the_same_week_for_ever_breaks_nothing(weekdays: tuple[int, ...], lengths: list[int]) -> None:
    week = dict(zip(weekdays, [max(lengths), *lengths[1:]], strict=False))
    sound = [past(day - 7 * n, metres + 300, metres + 500) for n in range(1, 5) for day, metres in week.items()]
    plan = make([run(day + 7 * n, m + 300, 200) for n in range(12) for day, m in week.items()], history=sound, rolling="enforce")
    assert {f.rule for f in audit(plan)} <= ({"law-6"} if max(weekdays) - min(weekdays) > 5 else set())


@FEWER
@given(layouts(), st.data())
def test_a_metre_beyond_a_bound_is_found_and_the_bound_itself_is_not(layout: Layout, data: st.DataObject) -> None:
    metre = evolve(layout, paces=Paces(run=1000, walk=1000), on_foot=False, fixed={})
    slow = SlowReading(metre)
    ongoing = [d for before, d in pairwise(slow.run_days) if d >= max(7, layout.ahead) and d - before <= 7]
    assume(ongoing)
    day = data.draw(st.sampled_from(ongoing))
    first = day // 7 * 7
    bounds = {
        ("law-1", f"week {day // 7 + 1}"): int(slow.more_in(first) * slow.accepted(first - 7, first - 1)) - slow.ran(first, first + 6),
        ("law-3", on(day).isoformat()): int(slow.more * max(slow.longest(d) for d in range(day - 30, day))) - slow.run[day],
    }
    for place, left in bounds.items():
        run_s, walk_s = metre.planned[day]
        if run_s + left > 0 and not _special(metre, day):
            at, over = (evolve(metre, planned=metre.planned | {day: (run_s + left + more, walk_s)}) for more in (0, 1))
            assert place not in _over_running(at)
            assert _over_running(over)[place] == -1


def _special(layout: Layout, day: int) -> bool:
    """Whether the week of `day` comes after time off, where laws 4 and 5 have their own bounds."""
    runs = SlowReading(layout).run_days
    first = min(d for d in runs if d // 7 == day // 7)
    return not any(first - 7 <= d < first for d in runs)


def _over_running(layout: Layout) -> dict[tuple[str, str], int | None]:
    """Rule, place and amount of every break that is about running metres."""
    return {(f.rule, f.where): f.margin_m for f in audit(layout.plan) if "of running" in f.message}
