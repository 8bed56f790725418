"""The records in which a plugin proposes sessions; the engine sizes, places and checks them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import field, frozen, validators

from planner.formatting import shown
from planner.limits import named_tag
from planner.model import Why
from planner.quantities import Weekday
from planner.records import Record
from planner.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from attrs import Attribute

Where: TypeAlias = Literal["before", "after"]
LOAD_TAGS = frozenset({"run", "strength", "cross-training"})
"""Tags that no session on a rest day may carry (law 6)."""
CADENCE = "cadence-"
"""Prefix of the tag that gives a run its target cadence, in steps per minute."""
LEVEL = "level-"
"""Prefix of the tag with which the engine marks a run's `level`."""
MOST_WALK_S = 1800
MOST_AROUND_S = 3600
REST_DAY: Literal["rest-day"] = "rest-day"


def _named_with(joint: str) -> Callable[[object, Attribute[str], str], None]:
    """An attrs validator for names of lowercase letters, digits and `joint`, starting with a letter."""

    def check(_: object, attribute: Attribute[str], name: str) -> None:
        plain = name.replace(joint, "")
        if not (plain.isascii() and plain.isalnum() and name[0].isalpha() and name == name.lower()):
            raise ValueError(f'{attribute.name}: found "{name}"; expected small letters, digits and "{joint}", a letter first')

    return check


def _whole(least: int, most: int) -> Callable[[object, Attribute[int], int], None]:
    """An attrs validator for whole numbers from `least` to `most`: one call instead of four for attrs' own validators."""

    def check(_: object, attribute: Attribute[int], number: int) -> None:
        if not isinstance(number, int) or not least <= number <= most:
            kind = ValueError if isinstance(number, int) else TypeError
            raise kind(f"{attribute.name}: found {shown(number)}; expected a whole number from {least} to {most}")

    return check


@frozen(kw_only=True, eq=False, repr=False)
class Pillar(Record):
    """What a plugin is. `settings` is a frozen attrs class whose fields are described by `about`, or None; `sources` are the ids of the
    evidence behind it.
    """

    name: str = field(validator=_named_with("_"))
    summary: str
    settings: type | None = None
    sources: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class EasierShape(Record):
    """The intervals of a run at an easier level of the ladder: the level, its longest stretch of running (None: continuous) and the walk
    between two stretches, both in seconds.
    """

    level: int = field(validator=validators.ge(1))
    stretch_s: int | None = field(default=None, validator=validators.optional(validators.ge(15)))
    walk_s: int = field(default=0, validator=validators.ge(0))


@frozen(kw_only=True, eq=False, repr=False)
class RunShape(Record):
    """One run of a proposal: its `share` of the week relative to the other runs (longest: 100), and its intervals: the longest stretch of
    running (None: continuous) and the walk between two stretches, at most half an hour, both in seconds.

    `easier` is the same run at easier levels, nearest first: if an earlier run of the week costs levels, the rest of the week uses one of
    them.
    """

    share: int = field(validator=_whole(1, 100))
    stretch_s: int | None = field(default=None, validator=validators.optional(validators.ge(15)))
    walk_s: int = field(default=0, validator=_whole(0, MOST_WALK_S))
    level: int | None = None
    new_level: bool = False
    easier: tuple[EasierShape, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class RunProposal(Record):
    """Elastic runs: the engine decides how long each one is. `title` states no dose; `unbroken` is the title of a run that turns out to
    have no walks ("" keeps `title`); `rpe` is the effort of running steps. `warm_up_s` and `cool_down_s` are walks around the run, up to an
    hour each, that count towards no law. A session of more than a day is cut. Only the engine gives tags that begin with `level-`, and
    nothing is tagged `any`. `importance` has one number per run, the last repeating; runs with a higher one are dropped later.
    """

    key: str = field(validator=_named_with("-"))
    title: str
    runs: tuple[RunShape, ...] = field(validator=validators.min_len(1))
    unbroken: str = ""
    rpe: int = field(default=4, validator=[validators.ge(1), validators.le(10)])
    warm_up_s: int = field(default=300, validator=_whole(0, MOST_AROUND_S))
    cool_down_s: int = field(default=300, validator=_whole(0, MOST_AROUND_S))
    tags: tuple[str, ...] = ()
    prefers: tuple[Weekday, ...] = ()
    avoids: tuple[Weekday, ...] = ()
    importance: tuple[int, ...] = (90, 80, 40)
    details: str = ""
    why: tuple[Why, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Attachment(Record):
    """Makes a proposal part of other sessions' events: `before` or `after` the steps of every session of this week that carries `tag`
    (only of those with one of `ordinals`, if given). Examples are a warm-up, a stretch, a line about shoes. Before a run, a tag of the
    proposal such as `cadence-172` becomes the run's: the steps per minute that a watch shows. A commitment takes only text, and only what
    is attached to the tag `commitment` or to its own name, `commitments/KEY`. A tag that no session carries is no error, since another
    plugin may bring it; `conformance` warns of it. Raises `ValueError` for the tag `any`.
    """

    where: Where
    tag: str = field(validator=named_tag)
    ordinals: tuple[int, ...] | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Proposal(Record):
    """A session that is not a run, or an all-day note.

    A session (`note=False`) is placed `times_per_week` times on suitable days. With `attach` it becomes part of other sessions instead;
    with `can_drop` that part is left out if the day is too short for both. A note lasts all day and blocks no time; it is shown on the
    date `on`, or on every rest day. `can_shrink_to` is the shortest useful length in seconds (None: cannot shrink); to shrink, the last
    steps are left off. `importance` has one number per time, the last repeating; the lowest is dropped first (cross-training 10, mobility
    20, third strength 30, strength 60; SCHED-10). Steps of kind `run` are refused, since only the engine creates running, and so is the
    tag `any`. `details` is plain text below the steps.
    """

    key: str = field(validator=_named_with("-"))
    title: str
    steps: Steps = ()
    times_per_week: int = field(default=1, validator=_whole(0, 14))
    tags: tuple[str, ...] = ()
    prefers: tuple[Weekday, ...] = ()
    avoids: tuple[Weekday, ...] = ()
    importance: tuple[int, ...] = field(default=(20,), validator=validators.min_len(1))
    can_shrink_to: int | None = None
    can_drop: bool = True
    attach: Attachment | None = None
    note: bool = False
    on: date | Literal["rest-day"] | None = None
    details: str = ""
    why: tuple[Why, ...] = ()
