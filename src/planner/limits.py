"""Limits: what a plugin may forbid. Merging keeps the tightest, and remembers who decided.

There is no way to say "looser" and no floor: merging is commutative, associative and idempotent, and starts from the laws.
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
"""What bounds only weeks that law 4 opens."""
ANY_TAG = "any"
"""What `Unavailable` calls all sessions. No session may carry it as a tag, so no other limit or attachment may name it."""
MOST_RPE = 10


def named_tag(record: object, attribute: Attribute[str], tag: str) -> None:
    """An attrs validator for the tag of some sessions. Raises `ValueError` for `ANY_TAG`, which would match no session."""
    if tag == ANY_TAG:
        only = f"{ANY_TAG!r} is for Unavailable, not {called(type(record))}"
        raise ValueError(f"{attribute.name}: found {ANY_TAG!r}; expected a tag that sessions carry ({only})")


def _of_subject(ceiling: Ceiling, _field: Attribute[int], at_most: int) -> None:
    if ceiling.of == "rpe" and at_most > MOST_RPE:
        raise ValueError(f"at_most: found {shown(at_most)} in a Ceiling of rpe; expected a whole number from 0 to {MOST_RPE}")
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
    """At most `at_most` of something, from `since` to `until` (both included; None: without end).

    `of`: `week-run-m`, `week-foot-m` (metres in a week), `run-m`, `run-s` (one run's running), `stretch-s` (seconds without a walk),
    `runs` (a week), `rpe` (of running steps, 0-10), `growth-bp` (basis points, 1000 = 10%), `weeks` (of the plan). The last two, of which
    a plan has one, hold for all of it where they hold on any of its dates. `why` is a sentence, required if `at_most` is 0; `source` is an
    evidence id. `by` is set by the host. Raises `ValueError` for effort above 10, and if `until` lies before `since`.

    `opening-week-m` (metres in the week) and `opening-run-s` (one run's running) hold for every week that opens from nothing (law 4),
    whenever it comes, and for no other. `after_days`, of these two only: where the last run lies more than so many days before the week's
    first, or none is known. An opening week is planned, missed and planned again: dates would bind one week and not the next.
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
    """A session tagged `before` comes on a date at least `days` after any tagged `after`. One tag twice: any two differ by it.

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
    """No session that carries `tag` (`any`: no session at all) on these dates."""

    dates: frozenset[date] = field(validator=validators.instance_of(frozenset))
    why: str
    tag: str = ANY_TAG
    source: str = ""
    by: tuple[str, ...] = ()


Limit: TypeAlias = Ceiling | Spacing | Unavailable


@frozen(kw_only=True, eq=False, repr=False)
class Limits(Record):
    """Merged limits in one canonical order: equal sets of limits, however they came, make equal `Limits`."""

    ceilings: tuple[Ceiling, ...] = ()
    spacings: tuple[Spacing, ...] = ()
    absences: tuple[Unavailable, ...] = ()

    def ceiling(self, of: Subject, first: date, last: date, *, off: int | None = None) -> Ceiling | None:
        """The tightest ceiling on `of` that touches any date from `first` to `last`, or None.

        `off` is how many days the last run lies before `first`, for `after_days`; None, none is known: all of them count.
        """
        found = [c for c in self.ceilings if c.of == of and (c.since is None or c.since <= last) and (c.until is None or c.until >= first)]
        if off is not None:
            found = [c for c in found if off > c.after_days]
        return min(found, key=lambda c: c.at_most, default=None)

    def closed(self, on: date, tags: Iterable[str]) -> Unavailable | None:
        """The first absence that closes `on` to a session with these tags, or None."""
        carried = {ANY_TAG, *tags}
        return next((a for a in self.absences if on in a.dates and a.tag in carried), None)


def merge(limits: Iterable[Limit]) -> Limits:
    """The tightest of all `limits`, by kind and subject; equal bounds share the credit."""
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
    """What a limit is about: two limits about the same thing merge into one."""
    kind = type(limit).__name__
    match limit:
        case Ceiling():
            return (kind, limit.of, limit.since, limit.until, limit.after_days)
        case Spacing():
            return (kind, limit.after, limit.before)
        case Unavailable():
            return (kind, limit.tag, tuple(sorted(limit.dates)))


def _tighter(one: Limit, other: Limit) -> Limit:
    """The tighter of two limits about one subject; when they are equally tight, the first in words, credited to both."""
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
