"""What a plugin gives is copied, and looked at field by field, before the engine trusts it.

The copy is the engine's own: whatever a plugin does to its records later changes nothing. Types are exact: a subclass of `int` or `str`
may say of itself what it likes when it is compared or hashed. Nothing that a plugin wrote is run in here but the validators of our classes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import NamedTuple, TypeAlias, cast

from planner.caching import cached_by_identity
from planner.errors import InputError
from planner.findings import Finding
from planner.formatting import NOTHING, UNFIT, said, shown
from planner.limits import Ceiling, Spacing, Unavailable
from planner.model import Why
from planner.offers import REST_DAY, Attachment, EasierShape, Pillar, Proposal, RunProposal, RunShape
from planner.programme import Level, Template
from planner.quantities import WEEKDAYS
from planner.records import fields_of, names_of
from planner.settings import structure
from planner.steps import Group, Step
from planner.template_checks import check_template
from planner.text_checks import is_line

Check: TypeAlias = Callable[[object], bool]
MOST = 10**9
"""No metres, seconds or counts are more than this; beyond it lie overflows, not plans."""
MOST_ITEMS = 1000
"""The most items in one row, and the most steps in one proposal."""
MOST_TEXT = 50_000
"""The most characters of one text: ten times the longest of ours."""
MOST_DATES = 10_000
DEEPEST = 8
"""How deep groups may stand in groups."""
_NEEDED = object()
"""The default of a field that has none. Nobody outside holds it."""


def text(value: object) -> bool:
    """A string of readable characters that is no book."""
    return type(value) is str and len(value) <= MOST_TEXT and (value.isprintable() or not UNFIT.search(value))


def words(value: object) -> bool:
    """A text that says something."""
    return type(value) is str and bool(value.strip()) and text(value)


def line(value: object) -> bool:
    """A text of one line that shows something."""
    return type(value) is str and len(value) <= MOST_TEXT and is_line(value)


def maybe_line(value: object) -> bool:
    """A line, or no text at all."""
    return type(value) is str and (not value or line(value))


def whole(value: object) -> bool:
    """A whole number, 0 or more."""
    return type(value) is int and 0 <= value <= MOST


def number(value: object) -> bool:
    """A whole number, negative ones too."""
    return type(value) is int and -MOST <= value <= MOST


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
    return lambda value: type(value) is tuple and least <= len(value) <= MOST_ITEMS and all(map(check, value))


def weekdays(value: object) -> bool:
    """A tuple of weekdays."""
    return type(value) is tuple and all(type(v) is str and v in WEEKDAYS for v in value)


def record(kind: type) -> Check:
    """A record of this kind. What it holds was looked at when it was copied."""
    return lambda value: type(value) is kind


def few(value: object) -> bool:
    """Steps, and groups of them up to `DEEPEST` deep, no more than `MOST_ITEMS` in all, whatever else is wrong with them."""
    found, pending = 0, [(value, 1)]
    while pending:
        part, depth = pending.pop()
        found += len(part) if type(part) is tuple else 0
        if found > MOST_ITEMS or depth > DEEPEST:
            return False
        pending += [(step.steps, depth + 1) for step in part if type(step) is Group] if type(part) is tuple else []
    return True


def step(value: object) -> bool:
    """A step, or a group of them. What it holds was looked at when it was copied."""
    return type(value) is Step or type(value) is Group


def settings_class(value: object) -> bool:
    """An attrs class."""
    return type(value) is type and any("__attrs_attrs__" in vars(cls) for cls in value.__mro__)


_IN_WORDS: dict[Check, str] = {
    text: "readable text",
    words: "text that says something",
    line: "one line of text",
    maybe_line: "one line of text, or none",
    whole: f"a whole number from 0 to {MOST}",
    number: f"a whole number from -{MOST} to {MOST}",
    flag: "True or False",
    day: "a date",
    weekdays: 'a tuple of weekdays, such as ("mon", "thu")',
}
_NUMBERED = row(lambda v: whole(v) and v != 0)
_MAYBE_WHOLE, _MAYBE_DAY = either(none, whole), either(none, day)
_MAYBE_WHEN = either(_MAYBE_DAY, lambda v: type(v) is str and v == REST_DAY)
_COMMON: dict[str, Check] = {"key": words, "title": line, "tags": row(words), "prefers": weekdays, "avoids": weekdays}
_COMMON |= {"details": text, "why": row(record(Why)), "importance": row(number, 1)}
_LIMIT: dict[str, Check] = {"why": text, "source": text, "by": row(text)}
_SHAPE: dict[str, Check] = {"stretch_s": _MAYBE_WHOLE, "walk_s": whole}
_CHECKS: dict[type, dict[str, Check]] = {
    Pillar: {"name": words, "summary": text, "settings": either(none, settings_class), "sources": row(text)},
    Finding: {
        "rule": words,
        "severity": words,
        "message": words,
        "where": text,
        "weeks": row(whole),
        "source": text,
        "margin_m": either(none, number),
        "by": text,
    },
    Ceiling: {"of": words, "at_most": whole, "since": _MAYBE_DAY, "until": _MAYBE_DAY, "after_days": whole, **_LIMIT},
    Spacing: {"after": words, "before": words, "days": whole, **_LIMIT},
    Unavailable: {"dates": lambda v: type(v) is frozenset and len(v) <= MOST_DATES and all(map(day, v)), "tag": words, **_LIMIT},
    Why: {"limit": words, "text": words, "source": text},
    Step: {"kind": words, "seconds": whole, "text": text, "sets": _MAYBE_WHOLE, "reps": _MAYBE_WHOLE, "side": text, "rpe": _MAYBE_WHOLE},
    Group: {"repeat": whole, "steps": row(step)},
    RunShape: _SHAPE | {"share": whole, "level": _MAYBE_WHOLE, "new_level": flag, "easier": row(record(EasierShape))},
    EasierShape: _SHAPE | {"level": whole},
    RunProposal: {
        "runs": row(record(RunShape), 1),
        "unbroken": maybe_line,
        "rpe": whole,
        "warm_up_s": whole,
        "cool_down_s": whole,
        **_COMMON,
    },
    Attachment: {"where": lambda v: type(v) is str and v in ("before", "after"), "tag": words, "ordinals": either(none, _NUMBERED)},
    Proposal: {
        "steps": row(step),
        "times_per_week": whole,
        "can_shrink_to": _MAYBE_WHOLE,
        "can_drop": flag,
        "attach": either(none, record(Attachment)),
        "note": flag,
        "on": _MAYBE_WHEN,
        **_COMMON,
    },
}


_ENTRY = either(flag, either(text, whole))
_CHECKS |= {cls: dict.fromkeys(names_of(cls), _ENTRY) for cls in (Level, Template)}
_CHECKS[Template] |= {"levels": row(record(Level)), "shares": row(whole)}
_HOLDS: dict[type, frozenset[str]] = {
    Group: frozenset({"steps"}),
    RunShape: frozenset({"easier"}),
    RunProposal: frozenset({"runs", "why"}),
    Proposal: frozenset({"steps", "attach", "why"}),
    Template: frozenset({"levels"}),
}
"""Fields that hold records, which are copied as well. Nothing in any other field can be changed once it has been looked at."""


class Form(NamedTuple):
    """How records of a class are looked at: what reads the fields that are checked, where records stand among them, and each check.

    A field that holds its default needs no check, if the default is as it should be; all others are held against `_NEEDED`.
    """

    cls: type
    names: tuple[str, ...]
    read: Callable[[object], Iterable[object]]
    holds: tuple[int, ...]
    checks: tuple[Check, ...]
    defaults: tuple[object, ...]


def _form(cls: type, known: Mapping[str, Check]) -> Form:
    names, defaults = tuple(known), {f.name: f.default for f in fields_of(cls)}
    read = attrgetter(*names) if len(names) > 1 else lambda record: [getattr(record, name) for name in names]
    holds = tuple(n for n, name in enumerate(names) if name in _HOLDS.get(cls, ()))
    usual = (defaults[name] if check(defaults[name]) else _NEEDED for name, check in known.items())
    return Form(cls, names, read, holds, tuple(known.values()), tuple(usual))


_FORMS = {id(cls): _form(cls, known) for cls, known in _CHECKS.items()}
"""Forms by the identity of their class: a class of somebody else's may call itself equal to any of ours."""


@cached_by_identity(4096)
def taken(given: object) -> tuple[object, str]:
    """The engine's own copy of a record that a plugin gave, and what is wrong with it, as `field: what was found`, or nothing.

    What is wrong is not copied. The same record given again is the same copy, whatever became of the record in between.
    """
    try:
        if type(given) is Proposal and not few(getattr(given, "steps", ())):
            return given, f"steps: found more than {MOST_ITEMS} of them, or groups in groups more than {DEEPEST} deep"
        own = _copied(given)
        if type(own) is Template:
            check_template(structure(Template, {**_fields(own), "levels": [_fields(level) for level in own.levels]}, ""))
    except InputError as error:
        return given, f"{error.where}: {error.found}; expected {error.expected}"
    except (TypeError, ValueError) as error:
        return given, said(error)
    return own, ""


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in names_of(type(record))}


def _copied(value: object) -> object:
    """A record with copies of all records that it holds. What is no record of ours stays as it is, to be found out."""
    kind = type(value)
    if kind is tuple:
        row = cast("tuple[object, ...]", value)
        return row if not row or len(row) > MOST_ITEMS else tuple([_copied(held) for held in row])
    if kind is Step or kind is Why or kind is Group:
        return _shared(value)
    form = _FORMS.get(id(kind))
    return value if form is None else _anew(value, form)


def _anew(value: object, form: Form) -> object:
    """A copy of a record whose fields are looked at before its class is asked: classes show what they refuse, and it may not like that."""
    try:
        held = list(form.read(value))
    except (AttributeError, IndexError):
        held = [_held(value, name) for name in form.names]
    for n in form.holds:
        held[n] = _copied(held[n])
    fresh: dict[str, object] = {}
    for name, check, default, found in zip(form.names, form.checks, form.defaults, held):  # noqa: B905  (all of one length)
        if found is not default:
            if not check(found):
                raise ValueError(f"{name}: found {shown(found)}; expected {_expected(form.cls, name, check)}")
            fresh[name] = found
    return form.cls(**fresh)


def _expected(cls: type, name: str, check: Check) -> str:
    """What a field should hold: in words, or by the type that its class gives it."""
    types = (vars(base).get("__annotations__", {}).get(name) for base in cls.__mro__)
    return _IN_WORDS.get(check) or next((str(found) for found in types if found), "something else")


def _held(value: object, name: str) -> object:
    """What a field holds, even of a record that was never filled."""
    try:
        return getattr(value, name)
    except (AttributeError, IndexError):
        return NOTHING


@cached_by_identity(8192)
def _shared(value: object) -> object:
    return _anew(value, _FORMS[id(type(value))])
