"""Copies and validates the records that plugins return, field by field, before the engine uses them.

The engine keeps the copies, so later changes by the plugin have no effect. Types must be exact, since a subclass of `int` or `str` may lie
when it is compared or hashed. No code of the plugin runs here, only the validators of our own classes.
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
"""The highest number of metres, seconds or anything else; no plan needs more."""
MOST_ITEMS = 1000
"""The most items in one tuple, and the most steps in one proposal."""
MOST_TEXT = 50_000
"""The most characters in one text: ten times our own longest one."""
MOST_DATES = 10_000
DEEPEST = 8
"""The most levels of nested groups."""
_NEEDED = object()
"""Stands for the default of a required field. No plugin can get hold of it."""


def text(value: object) -> bool:
    """Whether this is a string of readable characters, of at most `MOST_TEXT`."""
    return type(value) is str and len(value) <= MOST_TEXT and (value.isprintable() or not UNFIT.search(value))


def words(value: object) -> bool:
    """Whether this is a text that is not blank."""
    return type(value) is str and bool(value.strip()) and text(value)


def line(value: object) -> bool:
    """Whether this is a text of one line that is not blank."""
    return type(value) is str and len(value) <= MOST_TEXT and is_line(value)


def maybe_line(value: object) -> bool:
    """Whether this is a line or the empty string."""
    return type(value) is str and (not value or line(value))


def whole(value: object) -> bool:
    """Whether this is a whole number from 0 to `MOST`."""
    return type(value) is int and 0 <= value <= MOST


def number(value: object) -> bool:
    """Whether this is a whole number from -`MOST` to `MOST`."""
    return type(value) is int and -MOST <= value <= MOST


def flag(value: object) -> bool:
    """Whether this is a bool."""
    return type(value) is bool


def day(value: object) -> bool:
    """Whether this is a date without a time."""
    return type(value) is date


def either(one: Check, other: Check) -> Check:
    """A check that accepts what one of two accepts."""
    return lambda value: one(value) or other(value)


def none(value: object) -> bool:
    """Whether this is None."""
    return value is None


def row(check: Check, least: int = 0) -> Check:
    """A check for a tuple of at least `least` items that all pass `check`."""
    return lambda value: type(value) is tuple and least <= len(value) <= MOST_ITEMS and all(map(check, value))


def weekdays(value: object) -> bool:
    """Whether this is a tuple of weekdays."""
    return type(value) is tuple and all(type(v) is str and v in WEEKDAYS for v in value)


def record(kind: type) -> Check:
    """A check for a record of this class. Its fields were validated when it was copied."""
    return lambda value: type(value) is kind


def few(value: object) -> bool:
    """Whether these steps and nested groups number at most `MOST_ITEMS`, at most `DEEPEST` deep, whatever else is wrong with them."""
    found, pending = 0, [(value, 1)]
    while pending:
        part, depth = pending.pop()
        found += len(part) if type(part) is tuple else 0
        if found > MOST_ITEMS or depth > DEEPEST:
            return False
        pending += [(step.steps, depth + 1) for step in part if type(step) is Group] if type(part) is tuple else []
    return True


def step(value: object) -> bool:
    """Whether this is a step or a group. Its fields were validated when it was copied."""
    return type(value) is Step or type(value) is Group


def settings_class(value: object) -> bool:
    """Whether this is an attrs class."""
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
"""The fields that hold records, which are copied too. All other fields hold immutable values once they are validated."""


class Form(NamedTuple):
    """How to validate records of a class: the checked fields and their reader, which of them hold records, and each one's check.

    A field that holds its own valid default is not checked again; other fields have `_NEEDED` in `defaults`.
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
"""Forms by the `id` of their class, since a plugin's class may claim to be equal to ours."""


@cached_by_identity(4096)
def taken(given: object) -> tuple[object, str]:
    """The engine's own copy of a plugin's record, and what is wrong with it as `field: found ...; expected ...`, or "".

    A wrong record is returned as it is. The copy is cached by the record's identity, even if the plugin changes the record.
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
    """A validated copy of a record and of all records in it. Anything else is returned as it is, for the field's check to refuse."""
    kind = type(value)
    if kind is tuple:
        row = cast("tuple[object, ...]", value)
        return row if not row or len(row) > MOST_ITEMS else tuple([_copied(held) for held in row])
    if kind is Step or kind is Why or kind is Group:
        return _shared(value)
    form = _FORMS.get(id(kind))
    return value if form is None else _anew(value, form)


def _anew(value: object, form: Form) -> object:
    """A copy of a record. Its fields are checked before the class validates them, since the class's errors call `repr` on the value."""
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
    """What a field should hold: a phrase, or the type annotation in its class."""
    types = (vars(base).get("__annotations__", {}).get(name) for base in cls.__mro__)
    return _IN_WORDS.get(check) or next((str(found) for found in types if found), "something else")


def _held(value: object, name: str) -> object:
    """The value of a field; `NOTHING` if the record was never initialised."""
    try:
        return getattr(value, name)
    except (AttributeError, IndexError):
        return NOTHING


@cached_by_identity(8192)
def _shared(value: object) -> object:
    return _anew(value, _FORMS[id(type(value))])
