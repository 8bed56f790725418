"""Outputs: one file each, found by name, imported when asked for.

An output is a module of this package with `render(plan, options) -> bytes`. It is pure: the same plan gives the same bytes on
any machine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from attrs import frozen

from planner.errors import InputError
from planner.records import Record
from planner.settings import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.model import Plan

_MODULES = {"csv": "csv", "ics": "ics", "json": "json", "txt": "text"}


@frozen(kw_only=True, eq=False, repr=False)
class Options(Record):
    """What a person may choose about an output.

    `alarm_s`: a reminder this many seconds before each session that has an hour, None for none. `private`: the same times with
    a neutral title and nothing about health. `cancel`: a calendar that takes the plan back. Only calendars heed them.
    """

    alarm_s: int | None = None
    private: bool = False
    cancel: bool = False


def formats() -> tuple[str, ...]:
    """The names of all outputs, sorted; each is also the suffix of its files."""
    return tuple(_MODULES)


def renderer(format_name: str) -> Callable[[Plan, Options], bytes]:
    """The function that writes a plan as `format_name`. Raises `InputError` for a format that is not there."""
    if format_name not in _MODULES:
        raise InputError("format", f'found "{format_name}"', f"one of {', '.join(_MODULES)}", nearest(format_name, _MODULES))
    module = import_module(f"planner.render.{_MODULES[format_name]}")
    return cast("Callable[[Plan, Options], bytes]", module.render)
