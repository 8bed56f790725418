"""Checks that a pillar's settings class describes each setting, and refuses wrong values by name."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from planner.errors import InputError
from planner.settings import structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.offers import Pillar
    from planner.settings import Plain

JUNK: tuple[Plain, ...] = ({"a": {"b": 1}}, [[["x"]]], "", "\x00?", True, -(10**12), 10**12, Decimal("0.123456789"))
"""Values of every type in TOML. A setting may accept some of them; it must refuse all others by name."""
UNKNOWN = "no_such_setting"


def setting_faults(pillar: Pillar | None, table: Mapping[str, Plain]) -> list[str]:
    """What is wrong with a pillar's settings, in words. `table` is a valid table, needed for settings without a default."""
    if pillar is None or pillar.settings is None:
        return []
    if not attrs.has(pillar.settings):
        return [f"{pillar.settings.__name__} is not an attrs class; expected one with @attrs.frozen(kw_only=True)"]
    return list(_faults(pillar.settings, table))


def _faults(cls: type[attrs.AttrsInstance], table: Mapping[str, Plain]) -> Iterator[str]:
    if not _frozen(cls, table):
        yield f"{cls.__name__} can be changed; expected @attrs.frozen(kw_only=True)"
    yield from _refusal(cls, {**table, UNKNOWN: 1}, UNKNOWN, needed=True)
    for attribute in attrs.fields(cls):
        name, said = attribute.name.rstrip("_"), attribute.metadata
        if not said.get("text"):
            yield f"{name} does not say what it is; expected field(..., metadata=about(...))"
        for value in (*_around(said), *JUNK):
            yield from _refusal(cls, {**table, name: value}, name)


def _around(said: Mapping[object, object]) -> Iterator[Plain]:
    """The lower and upper bound of a setting, each with the first value beyond it."""
    for bound, step in (("least", -1), ("most", 1)):
        limit = said.get(bound)
        if isinstance(limit, (int, Decimal)):
            yield from (limit, limit + step)


def _refusal(cls: type, table: Mapping[str, Plain], name: str, *, needed: bool = False) -> Iterator[str]:
    """Yield a sentence if a table is neither accepted (`needed`: it must be refused) nor refused by an `InputError` that names the key."""
    value = table[name]
    try:
        structure(cls, table, "pillars.x")
    except InputError as error:
        if name not in error.where:
            yield f"{name} = {value!r} is refused without naming it: {error}"
    except Exception as error:  # noqa: BLE001  (any other exception is the fault to report)
        yield f"{name} = {value!r} raises {type(error).__name__} ({error}); expected an InputError that names it"
    else:
        if needed:
            yield f"an unknown key, {name}, is taken without a word"


def _frozen(cls: type[attrs.AttrsInstance], table: Mapping[str, Plain]) -> bool:
    """Whether an instance refuses to be changed; true if none can be made of this table, which `conformance` reports by itself."""
    try:
        made = structure(cls, table, "pillars.x")
    except Exception:  # noqa: BLE001  (a validator of the class may raise anything)
        return True
    try:
        for attribute in attrs.fields(cls):
            setattr(made, attribute.name, getattr(made, attribute.name))
            return False
    except attrs.exceptions.FrozenInstanceError:
        return True
    return True
