"""Outputs: one file each, found by name, imported when asked for.

An output is a module of this package with `render(plan, options) -> bytes`. It is pure: the same plan gives the same bytes on
any machine. One that writes many files a plan also has `files(plan, options)`, which gives them by name, and `owns(name)`, which says
whether a file of this name may be one of its own; its `render` is a zip of them. One in whose format people keep files of their own, a
log for instance, says with `BEGINNING` what all of its files begin with. What is asked for `private` reaches an output without
what others should not read; only calendars, which know more about privacy than what a plan holds, see to it themselves.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from attrs import frozen

from planner.errors import InputError
from planner.language import use_language
from planner.records import Record
from planner.settings import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

    from planner.model import Plan

T = TypeVar("T")
CALENDAR = "ics"
_MODULES = {
    "csv": "csv",
    "fit": "fit",
    "html": "html",
    "ics": "ics",
    "intervals": "intervals",
    "json": "json",
    "pdf": "pdf",
    "txt": "text",
}
_FOLDERS = frozenset({"fit"})
_ENDINGS = {"fit": "fit.zip", "intervals": "intervals.txt"}
"""The endings of files that are not called as their format."""


@frozen(kw_only=True, eq=False, repr=False)
class Options(Record):
    """What a person may choose about an output.

    `private`: the same times with neutral titles, without the name and without anything about health; every output heeds it. `alarm_s`:
    a reminder this many seconds before each session that has an hour, None for none. `cancel`: a calendar that takes the plan back.
    Only calendars heed these two.
    """

    alarm_s: int | None = None
    private: bool = False
    cancel: bool = False


class Folder(NamedTuple):
    """An output of many files: those of a plan, each with its name, and whether a file of some name may be one of them."""

    files: Callable[[Plan, Options], tuple[tuple[str, bytes], ...]]
    owns: Callable[[str], bool]


def formats() -> tuple[str, ...]:
    """The names of all outputs, sorted."""
    return tuple(_MODULES)


def ending(format_name: str) -> str:
    """What the names of this output's files end in, without the dot in front; of many files, those of a zip of them."""
    return _ENDINGS.get(format_name, format_name)


def by_ending(file_name: str) -> str | None:
    """The output that a file of this name is for; None where its ending says none, as those of many files have no file."""
    single = sorted(set(_MODULES) - _FOLDERS, key=lambda name: -len(ending(name)))
    return next((name for name in single if file_name.lower().endswith(f".{ending(name)}")), None)


def beginning(format_name: str) -> bytes:
    """What every file of this output begins with; empty where nothing tells them from others. Raises as `renderer` does."""
    return cast("bytes", getattr(_module(format_name), "BEGINNING", b""))


def renderer(format_name: str) -> Callable[[Plan, Options], bytes]:
    """The function that writes a plan as `format_name`.

    Raises `InputError` for a format that is not there, and without the extra that it needs.
    """
    module = _module(format_name)
    return _for_others(format_name, cast("Callable[[Plan, Options], bytes]", module.render))


def folder(format_name: str) -> Folder | None:
    """How a plan is written as many files; None for an output of a single one. Raises as `renderer` does."""
    if format_name not in _FOLDERS:
        return None
    module = _module(format_name)
    files = cast("Callable[[Plan, Options], Iterable[tuple[str, bytes]]]", module.files)
    return Folder(
        files=_for_others(format_name, lambda plan, options: tuple(files(plan, options))),
        owns=cast("Callable[[str], bool]", module.owns),
    )


def missing(package: str, purpose: str, extra: str) -> InputError:
    """What an output raises, while it is imported, that needs a package which is not installed: the error that names the extra."""
    return InputError("format", f"the package {package} is not installed", f"it for {purpose}: pip install 'return-to-run[{extra}]'")


def _module(format_name: str) -> ModuleType:
    if format_name not in _MODULES:
        raise InputError("format", f'found "{format_name}"', f"one of {', '.join(_MODULES)}", nearest(format_name, _MODULES))
    return import_module(f"planner.render.{_MODULES[format_name]}")


def _for_others(format_name: str, write: Callable[[Plan, Options], T]) -> Callable[[Plan, Options], T]:
    """The same, in the language of the plan; what is private is taken out of the plan before it is written."""

    def written(plan: Plan, options: Options) -> T:
        with use_language(plan.language):
            if options.private and format_name != CALENDAR:
                from planner.render.private import private  # noqa: PLC0415  (what an output does not use is not imported)

                plan = private(plan)
            return write(plan, options)

    return written
