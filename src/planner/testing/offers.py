"""Hypothesis strategies for limits, proposals and whole plugins: anything that the host accepts, however unreasonable."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen
from hypothesis import strategies as st

from planner.hookspecs import hookimpl
from planner.host.conversation import fault_of
from planner.limits import ANY_TAG, MOST_RPE, OPENING, SUBJECTS, Ceiling, Spacing, Unavailable
from planner.offers import REST_DAY, Attachment, EasierShape, Pillar, Proposal, RunProposal, RunShape
from planner.quantities import WEEKDAYS
from planner.steps import Group, Step
from planner.testing.strategies import START

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hypothesis.strategies import SearchStrategy

    from planner.limits import Limit, Subject
    from planner.quantities import Weekday

TAGS = ("run", "strength", "cross-training", "mobility", "hills", "strides", "sprints", "long-run", "other")
OWN_TAGS = ("strength", "cross-training", "mobility", "hills", "other")
"""Tags that a proposal may carry; those of runs are given only by the engine."""


def steps() -> SearchStrategy[Step]:
    """Steps without running, of up to 5000 s."""
    return st.builds(
        Step,
        kind=st.sampled_from(["exercise", "walk", "walk", "ride", "note", "warm-up"]),
        seconds=st.integers(0, 5000),
        text=st.just(""),
        sets=st.none(),
        reps=st.none(),
        side=st.just(""),
        rpe=st.one_of(st.none(), st.integers(1, 10)),
    )


def groups() -> SearchStrategy[Group]:
    """Up to three steps, repeated up to five times."""
    return st.builds(Group, repeat=st.integers(1, 5), steps=st.lists(steps(), max_size=3).map(tuple))


def ceilings() -> SearchStrategy[Ceiling]:
    """Ceilings on every subject, from 0 to 12 000 of its unit (weeks: from 1, effort: to 10), with dates from three days before the start
    to the 13th week; those on opening weeks after up to 100 days off.
    """
    return st.sampled_from(SUBJECTS).flatmap(_ceilings_on)


def _ceilings_on(of: Subject) -> SearchStrategy[Ceiling]:
    dates = st.tuples(_dates(), _dates()).map(sorted)
    return st.builds(
        lambda since_until, **fields: Ceiling(since=since_until[0], until=since_until[1], **fields),
        st.tuples(st.none(), st.none() | _dates()) | st.tuples(_dates(), st.none()) | dates,
        of=st.just(of),
        at_most=st.integers(int(of == "weeks"), MOST_RPE if of == "rpe" else 12_000),
        why=st.just("because"),
        after_days=st.integers(0, 100) if of in OPENING else st.just(0),
    )


def spacings() -> SearchStrategy[Spacing]:
    """Spacings of up to nine days between two tags."""
    return st.builds(Spacing, after=st.sampled_from(TAGS), before=st.sampled_from(TAGS), days=st.integers(0, 9), why=st.just("because"))


def absences() -> SearchStrategy[Unavailable]:
    """Up to thirty dates closed to a tag, or to all sessions."""
    dates = st.frozensets(_dates(), max_size=30)
    return st.builds(Unavailable, dates=dates, why=st.just("because"), tag=st.sampled_from((*TAGS, ANY_TAG)))


def limits() -> SearchStrategy[Limit]:
    """Ceilings, spacings and absences."""
    return st.one_of(ceilings(), spacings(), absences())


def run_proposals() -> SearchStrategy[RunProposal]:
    """One to seven runs a week, of any shape, effort and importance."""
    intervals = {"stretch_s": st.one_of(st.none(), st.integers(15, 4000)), "walk_s": st.integers(0, 600)}
    easier = st.lists(st.builds(EasierShape, level=st.integers(1, 9), **intervals), max_size=3).map(tuple)
    levels = {"level": st.none() | st.integers(1, 9), "easier": st.just(()) | easier}
    shapes = st.builds(RunShape, share=st.integers(1, 100), new_level=st.booleans(), **intervals, **levels)
    return st.builds(
        RunProposal,
        key=st.sampled_from(["run", "track-night", "more"]),
        title=st.just("Run"),
        runs=st.lists(shapes, min_size=1, max_size=7).map(tuple),
        rpe=st.integers(1, 10),
        warm_up_s=st.integers(0, 900),
        cool_down_s=st.integers(0, 900),
        unbroken=st.sampled_from(("", "Run")),
        tags=_some(TAGS),
        prefers=_weekdays(),
        importance=_importance(),
    )


def proposals() -> SearchStrategy[Proposal]:
    """Sessions, attachments and notes that the host accepts."""
    return st.one_of(_sessions().filter(_is_taken), _notes())


def _distinct(items: Iterable[Proposal]) -> tuple[Proposal, ...]:
    return tuple({item.key: item for item in items}.values())


def _distinct_runs(items: Iterable[RunProposal]) -> tuple[RunProposal, ...]:
    return tuple({item.key: item for item in items}.values())


@frozen(kw_only=True)
class AnyPlugin:
    """A plugin that returns the drawn records, the same ones every week. Of two proposals with the same key it keeps the last."""

    name: str
    given_limits: tuple[Limit, ...] = ()
    runs: tuple[RunProposal, ...] = field(default=(), converter=_distinct_runs)
    sessions: tuple[Proposal, ...] = field(default=(), converter=_distinct)

    @hookimpl
    def planner_pillar(self) -> Pillar:
        """The pillar, called `name`."""
        return Pillar(name=self.name, summary="arbitrary")

    @hookimpl
    def planner_limits(self) -> Iterable[Limit]:
        """The drawn limits."""
        return self.given_limits

    @hookimpl
    def planner_runs(self) -> Iterable[RunProposal]:
        """The drawn runs."""
        return self.runs

    @hookimpl
    def planner_sessions(self) -> Iterable[Proposal]:
        """The drawn sessions."""
        return self.sessions


def plugins(name: str = "any") -> SearchStrategy[AnyPlugin]:
    """Plugins called `name` that keep the rules but not moderation: greedy runs, tight limits, many long sessions."""
    return st.builds(
        AnyPlugin,
        name=st.just(name),
        given_limits=st.lists(limits(), max_size=3).map(tuple),
        runs=st.lists(run_proposals(), max_size=2).map(tuple),
        sessions=st.lists(proposals(), max_size=3).map(tuple),
    )


def _dates() -> SearchStrategy[date]:
    return st.integers(-3, 90).map(lambda n: START + timedelta(days=n))


def _some(words: tuple[str, ...]) -> SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), max_size=3).map(tuple)


def _weekdays() -> SearchStrategy[tuple[Weekday, ...]]:
    return st.lists(st.sampled_from(WEEKDAYS), max_size=3).map(tuple)


def _importance() -> SearchStrategy[tuple[int, ...]]:
    return st.lists(st.integers(-100, 200), min_size=1, max_size=3).map(tuple)


def _sessions() -> SearchStrategy[Proposal]:
    attachments = st.builds(
        Attachment,
        where=st.sampled_from(["before", "after"]),
        tag=st.sampled_from(TAGS),
        ordinals=st.sampled_from([None, (1,), (2, 3)]),
    )
    return st.builds(
        Proposal,
        key=st.sampled_from(["a", "b", "c", "d"]),
        title=st.just("Session"),
        steps=st.lists(st.one_of(steps(), groups()), max_size=4).map(tuple),
        times_per_week=st.integers(0, 8),
        tags=_some(OWN_TAGS),
        importance=_importance(),
        can_shrink_to=st.one_of(st.none(), st.integers(0, 2000)),
        can_drop=st.booleans(),
        attach=st.one_of(st.none(), attachments),
        prefers=_weekdays(),
        avoids=_weekdays(),
    )


def _notes() -> SearchStrategy[Proposal]:
    places: list[date | Literal["rest-day"]] = [REST_DAY, START, START + timedelta(days=9)]
    return st.builds(
        Proposal,
        key=st.sampled_from(["n", "m"]),
        title=st.just("Note"),
        note=st.just(True),  # noqa: FBT003  (a drawn value)
        on=st.sampled_from(places),
    )


def _is_taken(proposal: Proposal) -> bool:
    """Whether the host accepts it: for instance, it takes less than a day and attaches no walking that would count."""
    return not fault_of(proposal)
