"""Offers: what a plugin may put forward. It proposes; the engine sizes, places and checks."""

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
"""Tags that a rest day may not hold (law 6)."""
CADENCE = "cadence-"
"""What the tag of a run begins with that has a target: so many steps a minute."""
LEVEL = "level-"
"""What the tag begins with that the engine gives a run for its shape's `level`."""
MOST_WALK_S = 1800
MOST_AROUND_S = 3600
REST_DAY: Literal["rest-day"] = "rest-day"


def _named_with(joint: str) -> Callable[[object, Attribute[str], str], None]:
    """A validator for names of small letters, digits and one kind of joint, starting with a letter."""

    def check(_: object, attribute: Attribute[str], name: str) -> None:
        plain = name.replace(joint, "")
        if not (plain.isascii() and plain.isalnum() and name[0].isalpha() and name == name.lower()):
            raise ValueError(f'{attribute.name}: found "{name}"; expected small letters, digits and "{joint}", a letter first')

    return check


def _whole(least: int, most: int) -> Callable[[object, Attribute[int], int], None]:
    """A validator for whole numbers, both ends allowed: one call instead of the four of attrs' own."""

    def check(_: object, attribute: Attribute[int], number: int) -> None:
        if not isinstance(number, int) or not least <= number <= most:
            kind = ValueError if isinstance(number, int) else TypeError
            raise kind(f"{attribute.name}: found {shown(number)}; expected a whole number from {least} to {most}")

    return check


@frozen(kw_only=True, eq=False, repr=False)
class Pillar(Record):
    """What a plugin is. `settings` is a frozen attrs class (fields described by `about`), None for a pillar without settings; `sources`
    are the evidence ids it rests on.
    """

    name: str = field(validator=_named_with("_"))
    summary: str
    settings: type | None = None
    sources: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class EasierShape(Record):
    """The intervals of a run on an easier level of the ladder: the level, its longest stretch of running in seconds (None: continuous) and
    the walk between two stretches.
    """

    level: int = field(validator=validators.ge(1))
    stretch_s: int | None = field(default=None, validator=validators.optional(validators.ge(15)))
    walk_s: int = field(default=0, validator=validators.ge(0))


@frozen(kw_only=True, eq=False, repr=False)
class RunShape(Record):
    """One run of a proposal: its `share` of the week against its sisters (longest: 100), and its intervals: the longest stretch of
    running in seconds (None: continuous) and the walk between two stretches, at most half an hour.

    `easier` is the same run on easier levels, the nearest first: after a run of the same week that cost levels, the rest of the week uses
    one of them.
    """

    share: int = field(validator=_whole(1, 100))
    stretch_s: int | None = field(default=None, validator=validators.optional(validators.ge(15)))
    walk_s: int = field(default=0, validator=_whole(0, MOST_WALK_S))
    level: int | None = None
    new_level: bool = False
    easier: tuple[EasierShape, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class RunProposal(Record):
    """Elastic runs: the engine decides how long each is. `title` is without a dose, `unbroken` that of a run that comes out without a walk
    ("" keeps `title`); `rpe` the effort of running steps. `warm_up_s` and `cool_down_s` are walks around the run that count in no law,
    an hour each at most. A session that would take more than a day is cut. Tags that begin with `level-` are the engine's to give.
    `importance` is one number a run, the last repeats (higher stays longer).
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
    (only those of `ordinals`, when given). A warm-up, a stretch, a line about shoes. Where it stands before a run, a tag of the proposal
    such as `cadence-172` becomes the run's: the steps a minute that a watch is to show. A commitment takes words alone, and only what is
    for `commitment`, or for its own name, `commitments/KEY`. A tag that no session carries is no error, since another plugin may bring it;
    `conformance` warns of it. Raises `ValueError` for the tag `any`.
    """

    where: Where
    tag: str = field(validator=named_tag)
    ordinals: tuple[int, ...] | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Proposal(Record):
    """A session that is not a run, or an all-day note.

    A session (`note=False`) is placed `times_per_week` times on days that suit; with `attach` it becomes part of other sessions instead,
    and with `can_drop` it gives way when a day is too short for both. A note stands all day, blocks no time, on the date `on` or on
    every rest day. `can_shrink_to` is the least seconds that still make sense (None: cannot shrink; its last steps are left off).
    `importance`: one number a time, the last repeats; what is lowest is dropped first (cross-training 10, mobility 20, third strength
    30, strength 60; SCHED-10). Steps of kind `run` are refused: running is made by the engine. `details` is plain text under the steps.
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
