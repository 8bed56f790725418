"""Properties of placement for any week, whatever plugins propose."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.placement import Arrangement, Job, Rule, WeekShape, Window, arrange
from planner.placement.groups import groups_of
from planner.placement.normal import in_order, normal
from planner.placement.search import Search
from tests.placement_costs import is_late
from tests.placement_weeks import broken

TAGS = ("run", "long-run", "new-level", "strength", "new-stage", "cross-training", "vigorous", "mobility", "form")
MASKS = st.integers(0, 127)
FEW = settings(max_examples=150)


@st.composite
def jobs(draw: st.DrawFn, most: int) -> tuple[Job, ...]:
    found = []
    for name in draw(st.lists(st.sampled_from("abcdefgh"), max_size=most)):
        minutes = draw(st.integers(5, 90))
        found.append(
            Job(
                name=f"{name}/k",
                ordinal=1 + sum(j.name == f"{name}/k" for j in found),
                minutes=minutes,
                least=draw(st.integers(5, minutes)),
                tags=draw(st.frozensets(st.sampled_from(TAGS), max_size=3)),
                days=draw(st.one_of(st.just(127), MASKS)),
                prefers=draw(st.one_of(st.just(0), MASKS)),
                avoids=draw(st.one_of(st.just(0), MASKS)),
                home=draw(st.none() | st.integers(0, 6)),
                importance=draw(st.integers(0, 3)),
            )
        )
    return tuple(found)


def _window(start: int, length: int, kept_for: tuple[str, ...]) -> Window:
    return Window(start=start, end=start + length, kept_for=kept_for)


WINDOWS = st.builds(_window, st.integers(0, 1300), st.integers(0, 139), st.just(()) | st.sampled_from([("run",), ("strength", "form")]))
DAY = st.none() | st.just(()) | st.lists(WINDOWS, min_size=1, max_size=3).map(tuple)
RULE = st.builds(Rule, after=st.sampled_from(TAGS), before=st.sampled_from(TAGS), days=st.integers(0, 9), name=st.just("plugin"))
PAST = st.tuples(st.integers(-28, -1), st.frozensets(st.sampled_from(TAGS), max_size=2))


def weeks(most: int = 12) -> st.SearchStrategy[WeekShape]:
    return st.builds(
        WeekShape,
        days=st.just((None,) * 7) | st.tuples(*[DAY] * 7),
        jobs=jobs(most),
        rules=st.lists(RULE, max_size=3).map(tuple),
        earlier=st.lists(PAST, max_size=6).map(tuple),
        latest_first_run=st.none() | st.integers(-2, 8),
        rest_days=st.integers(0, 7),
    )


@FEW
@given(shape=weeks())
def test_hard_limits_hold_and_nothing_is_lost(shape: WeekShape) -> None:
    found = arrange(shape)
    assert broken(shape, found) == []
    assert sorted((j.name, j.ordinal) for j in (*found.dropped, *(p.job for p in found.placed))) == sorted(
        (j.name, j.ordinal) for j in shape.jobs
    )


@FEW
@given(shape=weeks(), data=st.data())
def test_the_order_of_what_is_asked_means_nothing(shape: WeekShape, data: st.DataObject) -> None:
    other = shape._replace(
        jobs=tuple(data.draw(st.permutations(shape.jobs))),
        rules=tuple(data.draw(st.permutations(shape.rules))),
        earlier=tuple(data.draw(st.permutations(shape.earlier))),
    )
    assert arrange(other) == arrange(shape)


@FEW
@given(shape=weeks(7))
def test_a_dropped_job_does_not_fit_beside_the_more_important_ones(shape: WeekShape) -> None:
    shape = shape._replace(latest_first_run=None)
    found = arrange(shape)
    kept = [p.job for p in found.placed]
    for lost in found.dropped:
        before = [j for j in kept if _stays_longer(j, lost)]
        assert arrange(shape._replace(jobs=(*before, lost))).dropped != ()


@FEW
@given(shape=weeks(7))
def test_where_everything_is_at_home_nothing_moves(shape: WeekShape) -> None:
    first = arrange(shape._replace(jobs=tuple(j._replace(home=None) for j in shape.jobs)))
    homes = {(p.job.name, p.job.ordinal): p.day for p in first.placed}
    settled = shape._replace(jobs=tuple(j._replace(home=homes.get((j.name, j.ordinal))) for j in shape.jobs))
    again = arrange(settled)
    if _searched_to_the_end(shape, first) and _searched_to_the_end(settled, again):
        assert {(p.job.name, p.job.ordinal): p.day for p in again.placed} == homes


def _searched_to_the_end(shape: WeekShape, found: Arrangement) -> bool:
    """Whether the search for an arrangement was long enough to know that there is no cheaper one."""
    jobs = in_order(shape)
    week, kept = normal(shape, jobs), {(p.job.name, p.job.ordinal) for p in found.placed}
    groups = groups_of(week, [n for n, job in enumerate(jobs) if (job.name, job.ordinal) in kept])
    search = Search(week, groups, None if is_late(shape, found) else week.latest_first_run)
    search.cheapest()
    return not search.gave_up


def _stays_longer(one: Job, other: Job) -> bool:
    return (one.importance, one.name, -one.ordinal) > (other.importance, other.name, -other.ordinal)
