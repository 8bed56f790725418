"""Renderers: one output format each, imported on demand by name.

A renderer is a module of this package with `render(plan, options) -> bytes`. It is pure: the same plan gives the same bytes on any machine.
One that writes several files per plan also has `files(plan, options)`, which yields them with their names, and `owns(name)`, which says
whether a file name follows its naming scheme; its `render` is a zip of them. A renderer whose format people also use for their own files,
such as a log, declares in `BEGINNING` the bytes that all of its files begin with. With `private`, a renderer receives a plan stripped of
everything that others should not read; only calendars, which also handle privacy outside the plan, do this themselves.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from attrs import frozen

from planner.errors import InputError
from planner.language import use_language
from planner.records import Record
from planner.settings import suggestion

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
"""File endings that differ from the format's name."""


@frozen(kw_only=True, eq=False, repr=False)
class Options(Record):
    """A person's choices for an output.

    `private`: the same times with neutral titles, without the name and health information; respected by every output. `alarm_s`: a reminder
    this many seconds before each session with a start time, None for none. `cancel`: a calendar that cancels the plan. Only calendars use
    the last two.
    """

    alarm_s: int | None = None
    private: bool = False
    cancel: bool = False


class Folder(NamedTuple):
    """An output of several named files: a function that returns them, and one that recognises their names."""

    files: Callable[[Plan, Options], tuple[tuple[str, bytes], ...]]
    owns: Callable[[str], bool]


def formats() -> tuple[str, ...]:
    """Return the names of all output formats, sorted."""
    return tuple(_MODULES)


def ending(format_name: str) -> str:
    """Return a format's file ending without the leading dot; for several files, that of a zip of them."""
    return _ENDINGS.get(format_name, format_name)


def by_ending(file_name: str) -> str | None:
    """Return the single-file format that a file name's ending stands for, or None."""
    single = sorted(set(_MODULES) - _FOLDERS, key=lambda name: -len(ending(name)))
    return next((name for name in single if file_name.lower().endswith(f".{ending(name)}")), None)


def beginning(format_name: str) -> bytes:
    """Return the bytes that every file of this format begins with; b"" if it declares none. Raises as `renderer` does."""
    return cast("bytes", getattr(_module(format_name), "BEGINNING", b""))


def renderer(format_name: str) -> Callable[[Plan, Options], bytes]:
    """Return the function that writes a plan as `format_name`.

    Raises `InputError` for an unknown format, or if the extra that it needs is not installed.
    """
    module = _module(format_name)
    return _for_others(format_name, cast("Callable[[Plan, Options], bytes]", module.render))


def folder(format_name: str) -> Folder | None:
    """Return how a plan is written as several files; None for a single-file format. Raises as `renderer` does."""
    if format_name not in _FOLDERS:
        return None
    module = _module(format_name)
    files = cast("Callable[[Plan, Options], Iterable[tuple[str, bytes]]]", module.files)
    return Folder(
        files=_for_others(format_name, lambda plan, options: tuple(files(plan, options))),
        owns=cast("Callable[[str], bool]", module.owns),
    )


def missing(package: str, purpose: str, extra: str) -> InputError:
    """Return the error for a renderer whose package is not installed; it names the extra."""
    return InputError("format", f"the package {package} is not installed", f"it for {purpose}: pip install 'return-to-run[{extra}]'")


def _module(format_name: str) -> ModuleType:
    if format_name not in _MODULES:
        raise InputError("format", f'found "{format_name}"', f"one of {', '.join(_MODULES)}", suggestion(format_name, _MODULES))
    return import_module(f"planner.render.{_MODULES[format_name]}")


def _for_others(format_name: str, write: Callable[[Plan, Options], T]) -> Callable[[Plan, Options], T]:
    """Wrap `write` so that it uses the plan's language and, if private, the plan stripped of private information."""

    def written(plan: Plan, options: Options) -> T:
        with use_language(plan.language):
            if options.private and format_name != CALENDAR:
                from planner.render.private import private  # noqa: PLC0415  (imported only where used)

                plan = private(plan)
            return write(plan, options)

    return written
