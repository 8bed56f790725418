"""Whether a record that a plugin gave holds what its fields say: types are looked at once, here, so that the engine may trust them.

Types are exact: a subclass of `int` or `str` may say of itself what it likes when it is compared or hashed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from planner.findings import Finding
from planner.limits import Ceiling, Spacing, Unavailable
from planner.model import Why
from planner.offers import REST_DAY, Attachment, Pillar, Proposal, RunProposal, RunShape
from planner.quantities import WEEKDAYS
from planner.remembered import by_identity
from planner.steps import Group, Step

Check: TypeAlias = Callable[[object], bool]


def text(value: object) -> bool:
    """A string."""
    return type(value) is str


def words(value: object) -> bool:
    """A string that says something."""
    return type(value) is str and bool(value.strip())


def whole(value: object) -> bool:
    """A whole number, 0 or more."""
    return type(value) is int and value >= 0


def number(value: object) -> bool:
    """A whole number, negative ones too."""
    return type(value) is int


def flag(value: object) -> bool:
    """True or false."""
    return type(value) is bool


def day(value: object) -> bool:
    """A date without a time."""
    return type(value) is date


def either(one: Check, other: Check) -> Check:
    """One of two."""
    return lambda value: one(value) or other(value)


def none(value: object) -> bool:
    """Nothing."""
    return value is None


def row(check: Check, least: int = 0) -> Check:
    """A tuple of at least so many of one kind."""
    return lambda value: type(value) is tuple and len(value) >= least and all(map(check, value))


def weekdays(value: object) -> bool:
    """A tuple of weekdays."""
    return value == () or (type(value) is tuple and all(type(v) is str and v in WEEKDAYS for v in value))


def record(*kinds: type) -> Check:
    """A record of one of these kinds that holds what it should."""
    return lambda value: type(value) in kinds and not misfit(value)


_STEPS = row(record(Step, Group))
_NUMBERED = row(lambda v: whole(v) and v != 0)
_MAYBE_WHOLE, _MAYBE_DAY = either(none, whole), either(none, day)
_MAYBE_WHEN = either(_MAYBE_DAY, lambda v: type(v) is str and v == REST_DAY)
_COMMON: dict[str, Check] = {"key": words, "title": words, "tags": row(words), "prefers": weekdays, "avoids": weekdays}
_COMMON |= {"details": text, "why": row(record(Why)), "importance": row(number, 1)}
_LIMIT: dict[str, Check] = {"why": text, "source": text, "by": row(text)}
_CHECKS: dict[type, dict[str, Check]] = {
    Pillar: {"name": words, "summary": text, "settings": either(none, lambda v: hasattr(v, "__attrs_attrs__")), "sources": row(text)},
    Finding: {
        "rule": words,
        "severity": words,
        "message": words,
        "where": text,
        "source": text,
        "margin_m": either(none, number),
        "by": text,
    },
    Ceiling: {"of": words, "at_most": whole, "since": _MAYBE_DAY, "until": _MAYBE_DAY, **_LIMIT},
    Spacing: {"after": words, "before": words, "days": whole, **_LIMIT},
    Unavailable: {"dates": lambda v: type(v) is frozenset and all(map(day, v)), "tag": words, **_LIMIT},
    Why: {"limit": words, "text": words, "source": text},
    Step: {"kind": words, "seconds": whole, "text": text, "sets": _MAYBE_WHOLE, "reps": _MAYBE_WHOLE, "side": text, "rpe": _MAYBE_WHOLE},
    Group: {"repeat": whole, "steps": _STEPS},
    RunShape: {"share": whole, "stretch_s": _MAYBE_WHOLE, "walk_s": whole, "level": _MAYBE_WHOLE, "new_level": flag},
    RunProposal: {"runs": row(record(RunShape), 1), "rpe": whole, "warm_up_s": whole, "cool_down_s": whole, **_COMMON},
    Attachment: {"where": lambda v: type(v) is str and v in ("before", "after"), "tag": words, "ordinals": either(none, _NUMBERED)},
    Proposal: {
        "steps": _STEPS,
        "times_per_week": whole,
        "can_shrink_to": _MAYBE_WHOLE,
        "can_drop": flag,
        "attach": either(none, record(Attachment)),
        "note": flag,
        "on": _MAYBE_WHEN,
        **_COMMON,
    },
}


@by_identity(4096)
def misfit(given: object) -> str:
    """What is wrong with a record, as `field: what was found`, or nothing. Kinds that are not known here are not looked into."""
    for name, check in _CHECKS.get(type(given), {}).items():
        if not check(getattr(given, name)):
            shown = repr(getattr(given, name))
            return f"{name}: found {shown if len(shown) <= 60 else shown[:57] + '...'}"
    return ""
