"""Whether a record that a plugin gave holds what its fields say: types are looked at once, here, so that the engine may trust them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeAlias

from planner.findings import Finding
from planner.limits import Ceiling, Spacing, Unavailable
from planner.model import Why
from planner.offers import Attachment, Pillar, Proposal, RunProposal, RunShape
from planner.quantities import WEEKDAYS
from planner.steps import Group, Step

Check: TypeAlias = Callable[[object], bool]
MOST_REMEMBERED = 8192
_RIGHT: dict[int, object] = {}


def text(value: object) -> bool:
    """A string."""
    return isinstance(value, str)


def words(value: object) -> bool:
    """A string that says something."""
    return isinstance(value, str) and bool(value.strip())


def whole(value: object) -> bool:
    """A whole number, 0 or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def number(value: object) -> bool:
    """A whole number, negative ones too."""
    return isinstance(value, int) and not isinstance(value, bool)


def flag(value: object) -> bool:
    """True or false."""
    return isinstance(value, bool)


def day(value: object) -> bool:
    """A date without a time."""
    return isinstance(value, date) and not isinstance(value, datetime)


def either(*checks: Check) -> Check:
    """One of several."""
    return lambda value: any(check(value) for check in checks)


def none(value: object) -> bool:
    """Nothing."""
    return value is None


def row(check: Check, least: int = 0) -> Check:
    """A tuple of at least so many of one kind."""
    return lambda value: isinstance(value, tuple) and len(value) >= least and all(map(check, value))


def weekdays(value: object) -> bool:
    """A tuple of weekdays."""
    return isinstance(value, tuple) and all(v in WEEKDAYS for v in value)


def record(*kinds: type) -> Check:
    """A record of one of these kinds that holds what it should."""
    return lambda value: type(value) in kinds and not misfit(value)


_STEPS = row(record(Step, Group))
_NUMBERED = row(lambda v: whole(v) and v != 0)
_MAYBE_WHOLE, _MAYBE_DAY = either(none, whole), either(none, day)
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
    Unavailable: {"dates": lambda v: isinstance(v, frozenset) and all(map(day, v)), "tag": words, **_LIMIT},
    Why: {"limit": words, "text": words, "source": text},
    Step: {"kind": words, "seconds": whole, "text": text, "sets": _MAYBE_WHOLE, "reps": _MAYBE_WHOLE, "side": text, "rpe": _MAYBE_WHOLE},
    Group: {"repeat": whole, "steps": _STEPS},
    RunShape: {"share": whole, "stretch_s": _MAYBE_WHOLE, "walk_s": whole, "level": _MAYBE_WHOLE, "new_level": flag},
    RunProposal: {"runs": row(record(RunShape), 1), "rpe": whole, "warm_up_s": whole, "cool_down_s": whole, **_COMMON},
    Attachment: {"where": lambda v: v in ("before", "after"), "tag": words, "ordinals": either(none, _NUMBERED)},
    Proposal: {
        "steps": _STEPS,
        "times_per_week": whole,
        "can_shrink_to": _MAYBE_WHOLE,
        "can_drop": flag,
        "attach": either(none, record(Attachment)),
        "note": flag,
        "on": either(none, day, lambda v: v == "rest-day"),
        **_COMMON,
    },
}


def misfit(given: object) -> str:
    """What is wrong with a record, as `field: what was found`, or nothing. Kinds that are not known here are not looked into.

    Pillars offer the same frozen records week after week: what was found right is remembered, by identity.
    """
    if _RIGHT.get(id(given)) is given:
        return ""
    checks = _CHECKS.get(type(given))
    if checks is None:
        return ""
    for name, check in checks.items():
        value = getattr(given, name)
        if not check(value):
            shown = repr(value)
            return f"{name}: found {shown if len(shown) <= 60 else shown[:57] + '...'}"
    if len(_RIGHT) >= MOST_REMEMBERED:
        _RIGHT.clear()
    _RIGHT[id(given)] = given
    return ""
