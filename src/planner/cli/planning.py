"""Reads or makes the plan for a file on the command line; errors name the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.text_decoding import content_start

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from planner.athlete import Athlete
    from planner.entry import Entry
    from planner.model import Plan

PLAN_SUFFIXES = (".json", ".ics")


def plan_of(path: Path, *, without: Collection[str] = (), plugins: Collection[Path] = (), as_of: date | None = None) -> Plan:
    """Read the plan in `path` if its ending (.json, .ics) or its first bytes say so, else make the plan for that athlete file.

    Raises `InputError`, `ContradictionError`, `StopError`, `PluginError` or `AuditError`.
    """
    if path.suffix.lower() in PLAN_SUFFIXES or _holds_plan(path):
        from planner.plan_file import read_plan  # noqa: PLC0415  (imported only when used)

        return read_plan(path)
    from planner.athlete_file import read_athlete  # noqa: PLC0415

    return plan_for(read_athlete(path), path, without=without, plugins=plugins, as_of=as_of)


def _holds_plan(path: Path) -> bool:
    """Whether a file begins like a plan, which no athlete file does; False if it cannot be read, as the actual reader reports why.

    Only regular files are opened: reading from a pipe would consume its content.
    """
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            first = file.read(64)
    except (OSError, ValueError):
        return False
    return content_start(first)[:15].upper().startswith((b"{", b"BEGIN:VCALENDAR"))


def plan_for(
    athlete: Athlete,
    path: Path,
    *,
    without: Collection[str],
    plugins: Collection[Path] = (),
    as_of: date | None,
    older: bytes | None = None,
) -> Plan:
    """Make the plan for an athlete; `path` is the athlete file, which errors name and whose folder holds the other files.

    `plugins` are Python files used in addition to the installed plugins; `older` is an existing calendar, whose past counts as done if
    no log is kept.
    """
    from planner.maker import Maker, moment  # noqa: PLC0415  (imported only when used)

    day, issued = moment(athlete.timezone, as_of)
    maker = Maker.installed(without, plugins)
    try:
        return maker.plan(athlete, path.parent, as_of=day, issued=issued, stood=_stood(athlete, older, day))
    except InputError as error:
        raise error.within(str(path)) from error


def _stood(athlete: Athlete, older: bytes | None, day: date) -> tuple[Entry, ...] | None:
    """The past entries of an existing calendar; None without one."""
    if older is None:
        return None
    from planner.render.calendar_past import past_entries  # noqa: PLC0415  (only if a calendar exists)

    return past_entries(older, athlete.id, athlete.start, day)
