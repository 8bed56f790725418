"""Limits: merging only tightens, in any order and with any repetition; equally tight limits share the credit."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.limits import OPENING, SUBJECTS, Ceiling, Limit, Limits, Spacing, Subject, Unavailable, merge

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

MONDAY = date(2027, 1, 4)
FEW = settings(max_examples=200)
TAGS = st.sampled_from(("run", "strength", "mobility"))
WORDS = st.sampled_from(("a reason", "because", "since so"))
NAMES = st.lists(st.sampled_from(("ann", "bob", "cid")), min_size=1, max_size=2, unique=True).map(lambda names: tuple(sorted(names)))
DAYS = st.integers(0, 3).map(lambda n: MONDAY + timedelta(days=n))
ABOUT = st.sampled_from((("week-run-m", 0), ("week-foot-m", 0), ("opening-run-s", 0), ("opening-run-s", 1)))
SPANS = st.tuples(st.none() | DAYS, st.none() | DAYS).filter(lambda span: None in span or span[0] <= span[1])
CEILINGS = st.builds(
    lambda about, span, **more: Ceiling(of=about[0], after_days=about[1], since=span[0], until=span[1], **more),
    ABOUT,
    SPANS,
    at_most=st.integers(0, 3),
    why=WORDS,
    source=st.sampled_from(("", "PROG-01")),
    by=NAMES,
)
SPACINGS = st.builds(Spacing, after=TAGS, before=TAGS, days=st.integers(0, 3), why=WORDS, by=NAMES)
ABSENCES = st.builds(Unavailable, dates=st.frozensets(DAYS, max_size=2), tag=TAGS | st.just("any"), why=WORDS, by=NAMES)
LIMITS = st.lists(st.one_of(CEILINGS, SPACINGS, ABSENCES), max_size=12)


def all_of(limits: Limits) -> tuple[Limit, ...]:
    return (*limits.ceilings, *limits.spacings, *limits.absences)


def week(at_most: int, by: str = "ann", **more: object) -> Ceiling:
    return Ceiling(of="week-run-m", at_most=at_most, why=f"at most {at_most}", by=(by,), **more)


def about(ceiling: Ceiling) -> tuple[object, ...]:
    """What a ceiling is about: of two about the same the tighter is kept."""
    return (ceiling.of, ceiling.since, ceiling.until, ceiling.after_days)


@given(LIMITS, st.randoms(use_true_random=False))
@FEW
def test_the_order_of_limits_means_nothing(limits: list[Limit], random: Random) -> None:
    shuffled = list(limits)
    random.shuffle(shuffled)
    assert merge(shuffled) == merge(limits)


@given(LIMITS, LIMITS, LIMITS)
@FEW
def test_merging_in_parts_gives_the_same(one: list[Limit], two: list[Limit], three: list[Limit]) -> None:
    whole = merge([*one, *two, *three])
    assert merge([*all_of(merge([*one, *two])), *three]) == whole
    assert merge([*one, *all_of(merge([*two, *three]))]) == whole


@given(LIMITS)
@FEW
def test_saying_it_again_changes_nothing(limits: list[Limit]) -> None:
    merged = merge(limits)
    assert merge([*limits, *limits]) == merged
    assert merge(all_of(merged)) == merged


@given(LIMITS, st.one_of(CEILINGS, SPACINGS, ABSENCES))
@FEW
def test_a_further_limit_never_loosens_anything(limits: list[Limit], further: Limit) -> None:
    before, after = merge(limits), merge([*limits, further])
    for of in SUBJECTS:
        bound, tighter = before.ceiling(of, MONDAY, MONDAY), after.ceiling(of, MONDAY, MONDAY)
        assert bound is None or (tighter is not None and tighter.at_most <= bound.at_most)
    spacings = {(s.after, s.before): s.days for s in after.spacings}
    assert all(spacings[s.after, s.before] >= s.days for s in before.spacings)
    assert {(a.tag, a.dates) for a in before.absences} <= {(a.tag, a.dates) for a in after.absences}


@given(LIMITS)
@FEW
def test_the_tightest_of_each_subject_is_kept_with_all_who_said_it(limits: list[Limit]) -> None:
    merged = merge(limits)
    given_ceilings = [x for x in limits if isinstance(x, Ceiling)]
    assert len(merged.ceilings) == len(set(map(about, given_ceilings)))
    for kept in merged.ceilings:
        same = [c for c in given_ceilings if about(c) == about(kept)]
        assert kept.at_most == min(c.at_most for c in same)
        tightest = [c for c in same if c.at_most == kept.at_most]
        assert kept.by == tuple(sorted({name for c in tightest for name in c.by}))
        assert (kept.why, kept.source) == min((c.why, c.source) for c in tightest)
    given_spacings = [x for x in limits if isinstance(x, Spacing)]
    assert {(s.after, s.before) for s in merged.spacings} == {(s.after, s.before) for s in given_spacings}
    for spacing in merged.spacings:
        same_pair = [s for s in given_spacings if (s.after, s.before) == (spacing.after, spacing.before)]
        assert spacing.days == max(s.days for s in same_pair)
        assert spacing.by == tuple(sorted({name for s in same_pair if s.days == spacing.days for name in s.by}))


@given(LIMITS, DAYS, DAYS, st.sampled_from((None, 1, 2)))
@FEW
def test_the_ceiling_over_dates_is_the_lowest_that_touches_one_of_them(
    limits: list[Limit], one: date, other: date, off: int | None
) -> None:
    first, last = min(one, other), max(one, other)
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    merged = merge(limits)
    for of in SUBJECTS:
        touching = [
            c.at_most
            for c in limits
            if isinstance(c, Ceiling)
            and c.of == of
            and any((c.since or date.min) <= day <= (c.until or date.max) for day in dates)
            and (off is None or c.after_days < off)
        ]
        found = merged.ceiling(of, first, last, off=off)
        assert (found.at_most if found else None) == min(touching, default=None)


def test_equal_bounds_share_the_credit_and_the_first_reason_in_words() -> None:
    one = Ceiling(of="runs", at_most=2, why="b", source="X-1", by=("zoe",))
    two = Ceiling(of="runs", at_most=2, why="a", source="X-2", by=("ann",))
    looser = Ceiling(of="runs", at_most=3, why="0", by=("bob",))
    for order in permutations((one, two, looser)):
        assert merge(order).ceilings == (Ceiling(of="runs", at_most=2, why="a", source="X-2", by=("ann", "zoe")),)


def test_the_longest_spacing_holds_in_one_direction_only() -> None:
    day_between = Spacing(after="strength", before="run", days=2, why="legs", by=("ann",))
    limits = merge([Spacing(after="strength", before="run", days=1, why="legs", by=("bob",)), day_between])
    assert limits.spacings == (day_between,)
    assert len(merge([day_between, Spacing(after="run", before="strength", days=1, why="x")]).spacings) == 2


def test_absences_of_the_same_dates_are_one_and_of_other_dates_or_tags_stay_apart() -> None:
    tuesday = MONDAY + timedelta(days=1)
    dates = frozenset({MONDAY, tuesday})
    one = Unavailable(dates=dates, why="w", tag="run", by=("ann",))
    merged = merge([one, Unavailable(dates=dates, why="w", tag="run", by=("bob",))])
    assert [a.by for a in merged.absences] == [("ann", "bob")]
    assert len(merge([one, Unavailable(dates=dates, why="w", tag="any"), Unavailable(dates=frozenset({MONDAY}), why="w")]).absences) == 3


@pytest.mark.parametrize(
    ("since", "until", "touches"),
    [
        (None, None, True),
        (-1, -1, False),
        (-9, 0, True),
        (2, 3, True),
        (6, 6, True),
        (7, 9, False),
        (6, None, True),
        (7, None, False),
        (None, 0, True),
        (None, -1, False),
        (-3, 12, True),
    ],
)
def test_both_ends_of_a_ceiling_are_included(since: int | None, until: int | None, touches: bool) -> None:
    at = [None if n is None else MONDAY + timedelta(days=n) for n in (since, until)]
    limits = merge([week(5, since=at[0], until=at[1])])
    found = limits.ceiling("week-run-m", MONDAY, MONDAY + timedelta(days=6))
    assert (found is not None) is touches
    assert limits.ceiling("week-foot-m", MONDAY, MONDAY + timedelta(days=6)) is None


def test_the_tightest_of_two_ceilings_that_overlap_in_time_holds() -> None:
    limits = merge([week(5, since=MONDAY), week(7, "bob"), week(6, "cid", until=MONDAY)])
    assert [limits.ceiling("week-run-m", day, day).by for day in (MONDAY, MONDAY - timedelta(days=1))] == [("ann",), ("cid",)]


def test_without_limits_nothing_is_forbidden() -> None:
    assert merge([]) == Limits()
    assert Limits().ceiling("runs", MONDAY, MONDAY) is None
    assert Limits().closed(MONDAY, ("run",)) is None


def test_a_date_is_closed_to_the_tag_that_is_named_and_by_any_to_all() -> None:
    tuesday = MONDAY + timedelta(days=1)
    no_run = Unavailable(dates=frozenset({MONDAY}), why="market day", tag="run", by=("ann",))
    away = Unavailable(dates=frozenset({tuesday}), why="away", by=("bob",))
    limits = merge([no_run, away])
    assert limits.closed(MONDAY, ("strength", "run")) == no_run
    assert limits.closed(MONDAY, ("strength",)) is None
    assert limits.closed(MONDAY, ()) is None
    assert [limits.closed(tuesday, tags) for tags in ((), ("run",), ("strength",))] == [away] * 3
    assert limits.closed(tuesday + timedelta(days=1), ("run",)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Ceiling(of="pace", at_most=1, why=""),
        lambda: week(-1),
        lambda: Ceiling(of="runs", at_most="3", why=""),
        lambda: Ceiling(of="runs", at_most=2.5, why=""),
        lambda: Ceiling(of="opening-run-s", at_most=1, after_days=-1, why=""),
        lambda: Ceiling(of="opening-run-s", at_most=1, after_days="1", why=""),
        lambda: Ceiling(of="run-s", at_most=1, after_days=1, why=""),
        lambda: Ceiling(of="runs", at_most=0, why=""),
        lambda: Ceiling(of="rpe", at_most=11, why=""),
        lambda: Ceiling(of="runs", at_most=1, since=MONDAY, until=MONDAY - timedelta(days=1), why=""),
        lambda: Spacing(after="any", before="b", days=1, why=""),
        lambda: Spacing(after="a", before="any", days=1, why=""),
        lambda: Spacing(after="a", before="b", days=-1, why=""),
        lambda: Spacing(after="a", before="b", days=29, why=""),
        lambda: Spacing(after="a", before="b", days=1.5, why=""),
        lambda: Unavailable(dates={MONDAY}, why=""),
        lambda: Unavailable(dates=[MONDAY], why=""),
    ],
)
def test_a_limit_that_means_nothing_cannot_be_made(wrong: Callable[[], Limit]) -> None:
    with pytest.raises((ValueError, TypeError)):
        wrong()


def test_the_ends_of_what_a_limit_may_say_can_be_said() -> None:
    assert week(0).at_most == 0
    assert {Spacing(after="a", before="b", days=n, why="").days for n in (0, 28)} == {0, 28}
    assert [Ceiling(of=of, at_most=0, after_days=1, why="none").after_days for of in OPENING] == [1, 1]


def test_what_may_be_limited_is_what_the_hooks_page_says() -> None:
    named = "week-run-m week-foot-m run-m run-s opening-week-m opening-run-s stretch-s runs rpe growth-bp weeks"
    assert " ".join(SUBJECTS) == named
    assert get_args(Subject) == SUBJECTS
    assert [Ceiling(of=of, at_most=1, why="").of for of in named.split()] == named.split()


def test_a_ceiling_on_opening_weeks_after_days_off_stands_beside_the_one_after_any() -> None:
    after, always, tighter = (
        Ceiling(of="opening-run-s", at_most=at_most, after_days=days, why="") for at_most, days in ((300, 84), (480, 0), (240, 84))
    )
    limits = merge([always, after])
    assert set(limits.ceilings) == {always, after}
    assert merge([always, after, tighter]).ceilings == merge([tighter, always]).ceilings
    found = {off: limits.ceiling("opening-run-s", MONDAY, MONDAY, off=off) for off in (84, 85, None)}
    assert found == {84: always, 85: after, None: after}
    assert merge([after]).ceiling("opening-run-s", MONDAY, MONDAY, off=84) is None


def test_a_tag_of_any_is_the_one_word_that_closes_a_date_to_all() -> None:
    assert Unavailable(dates=frozenset({MONDAY}), why="").tag == "any"
    assert merge([Unavailable(dates=frozenset({MONDAY}), why="", tag="any")]).closed(MONDAY, ("ride",)) is not None
    assert merge([Unavailable(dates=frozenset({MONDAY}), why="", tag="ride")]).closed(MONDAY, ("any-ride",)) is None
