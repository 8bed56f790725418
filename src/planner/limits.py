"""Limits: what a plugin may forbid. Merging keeps the tightest limit on each subject and records which plugins set it.

Merging is commutative, associative and idempotent. There is no way to express "looser", and no floor.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from attrs import evolve, field, frozen, validators

from planner.formatting import called, shown
from planner.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from attrs import Attribute

Subject: TypeAlias = Literal[
    "week-run-m",
    "week-foot-m",
    "run-m",
    "run-s",
    "opening-week-m",
    "opening-run-s",
    "stretch-s",
    "runs",
    "rpe",
    "growth-bp",
    "weeks",
]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
OPENING: tuple[Subject, ...] = ("opening-week-m", "opening-run-s")
"""Subjects that bound only weeks that start from nothing (law 4)."""
ANY_TAG = "any"
"""The `tag` of an `Unavailable` that means all sessions. No session may carry it, so no other limit or attachment may name it."""
MOST_RPE = 10


def named_tag(record: object, attribute: Attribute[str], tag: str) -> None:
    """An attrs validator for the tag of some sessions. Raises `ValueError` for `ANY_TAG`, which would match no session."""
    if tag == ANY_TAG:
        only = f"{ANY_TAG!r} is for Unavailable, not {called(type(record))}"
        raise ValueError(f"{attribute.name}: found {ANY_TAG!r}; expected a tag that sessions carry ({only})")


def _of_subject(ceiling: Ceiling, _field: Attribute[int], at_most: int) -> None:
    if ceiling.of == "rpe" and at_most > MOST_RPE:
        raise ValueError(f"at_most: found {shown(at_most)} in a Ceiling of rpe; expected a whole number from 0 to {MOST_RPE}")
    if ceiling.of == "weeks" and not at_most:
        raise ValueError("at_most: found 0 in a Ceiling of weeks; expected at least 1, as a plan has a week")
    if not at_most and isinstance(ceiling.why, str) and not ceiling.why.strip():
        raise ValueError(f"why: found no reason for a Ceiling of 0 on {ceiling.of}; expected a sentence that tells the athlete why")


def _not_before_since(ceiling: Ceiling, _field: Attribute[date | None], until: date | None) -> None:
    since = ceiling.since
    if type(since) is date and type(until) is date and until < since:
        raise ValueError(f"until: found {until} in a Ceiling since {since}; expected that date, a later one or None")


def _of_opening(ceiling: Ceiling, _field: Attribute[int], days: int) -> None:
    if days and ceiling.of not in OPENING:
        raise ValueError(f"after_days: found {days}; expected 0: it says when a week opens, and {ceiling.of} is about any week")


@frozen(kw_only=True, eq=False, repr=False)
class Ceiling(Record):
    """At most `at_most` of something, from `since` to `until` (both included; None: no end).

    `of`: `week-run-m`, `week-foot-m` (metres in a week), `run-m`, `run-s` (running in one run), `stretch-s` (seconds without a walk),
    `runs` (per week), `rpe` (of running steps, 0-10), `growth-bp` (basis points, 1000 = 10%), `weeks` (of the plan, at least 1). The last
    two exist once per plan: they apply to all of it if they apply on any of its dates. `why` is a sentence, required if `at_most` is 0;
    `source` is an evidence id; the host sets `by`. Raises `ValueError` for effort above 10, and if `until` lies before `since`.

    `opening-week-m` (metres in the week) and `opening-run-s` (running in one run) apply to every week that starts from nothing (law 4),
    whenever it comes, and to no other week. For these two, `after_days` restricts them to weeks whose first day is more than that many
    days after the last run, or without a known run. They have no dates of their own because an opening week that is missed is planned
    again later.
    """

    of: Subject = field(validator=validators.in_(SUBJECTS))
    at_most: int = field(validator=[validators.instance_of(int), validators.ge(0), _of_subject])
    why: str
    source: str = ""
    since: date | None = None
    until: date | None = field(default=None, validator=_not_before_since)
    after_days: int = field(default=0, validator=[validators.instance_of(int), validators.ge(0), _of_opening])
    by: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Spacing(Record):
    """A session tagged `before` is dated at least `days` days after any session tagged `after`. The same tag twice spaces its own sessions.

    A tag that no session carries is no error, since another plugin may bring it, but the limit then has no effect; `conformance` warns of
    it. Raises `ValueError` for the tag `any`.
    """

    after: str = field(validator=named_tag)
    before: str = field(validator=named_tag)
    days: int = field(validator=[validators.instance_of(int), validators.ge(0), validators.le(28)])
    why: str
    source: str = ""
    by: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Unavailable(Record):
    """No session tagged `tag` on these dates; `any` means no session at all."""

    dates: frozenset[date] = field(validator=validators.instance_of(frozenset))
    why: str
    tag: str = ANY_TAG
    source: str = ""
    by: tuple[str, ...] = ()


Limit: TypeAlias = Ceiling | Spacing | Unavailable


@frozen(kw_only=True, eq=False, repr=False)
class Limits(Record):
    """Merged limits in canonical order: equal sets of limits make equal `Limits`, in whatever order they came."""

    ceilings: tuple[Ceiling, ...] = ()
    spacings: tuple[Spacing, ...] = ()
    absences: tuple[Unavailable, ...] = ()

    def ceiling(self, of: Subject, first: date, last: date, *, off: int | None = None) -> Ceiling | None:
        """The tightest ceiling on `of` that touches any date from `first` to `last`, or None.

        `off` is the number of days from the last run to `first`; ceilings with an `after_days` of that or more do not count. None (no
        run is known): all count.
        """
        found = [c for c in self.ceilings if c.of == of and (c.since is None or c.since <= last) and (c.until is None or c.until >= first)]
        if off is not None:
            found = [c for c in found if off > c.after_days]
        return min(found, key=lambda c: c.at_most, default=None)

    def closed(self, on: date, tags: Iterable[str]) -> Unavailable | None:
        """The first absence that closes the date `on` to a session with these tags, or None."""
        carried = {ANY_TAG, *tags}
        return next((a for a in self.absences if on in a.dates and a.tag in carried), None)


def merge(limits: Iterable[Limit]) -> Limits:
    """The tightest of `limits` for each kind and subject; equally tight ones are credited to all their plugins."""
    tightest: dict[tuple[object, ...], Limit] = {}
    for limit in limits:
        key = _subject(limit)
        tightest[key] = _tighter(tightest[key], limit) if key in tightest else limit
    kept = [tightest[key] for key in sorted(tightest, key=repr)]
    return Limits(
        ceilings=tuple(x for x in kept if isinstance(x, Ceiling)),
        spacings=tuple(x for x in kept if isinstance(x, Spacing)),
        absences=tuple(x for x in kept if isinstance(x, Unavailable)),
    )


def _subject(limit: Limit) -> tuple[object, ...]:
    """The key of what a limit is about: limits with equal keys merge into one."""
    kind = type(limit).__name__
    match limit:
        case Ceiling():
            return (kind, limit.of, limit.since, limit.until, limit.after_days)
        case Spacing():
            return (kind, limit.after, limit.before)
        case Unavailable():
            return (kind, limit.tag, tuple(sorted(limit.dates)))


def _tighter(one: Limit, other: Limit) -> Limit:
    """The tighter of two limits with the same key; if equally tight, the one whose `why` sorts first, credited to both."""
    if _tightness(one) != _tightness(other):
        return max(one, other, key=_tightness)
    first = min(one, other, key=lambda x: (x.why, x.source))
    return evolve(first, by=tuple(sorted({*one.by, *other.by})))


def _tightness(limit: Limit) -> int:
    match limit:
        case Ceiling():
            return -limit.at_most
        case Spacing():
            return limit.days
        case Unavailable():
            return 0
