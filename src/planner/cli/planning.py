"""From a file on the command line to a plan, with messages that name the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from planner.athlete import Athlete
    from planner.entry import Entry
    from planner.model import Plan

PLAN_SUFFIXES = (".json", ".ics")


def plan_of(path: Path, *, without: Collection[str] = (), plugins: Collection[Path] = (), as_of: date | None = None) -> Plan:
    """The plan that a file of ours holds (.json, .ics, or whatever it is called), or the plan for the athlete whose file it is.

    Raises whatever keeps it from being: `InputError`, `ContradictionError`, `StopError`, `PluginError`, `AuditError`.
    """
    if path.suffix.lower() in PLAN_SUFFIXES or _holds_plan(path):
        from planner.plan_file import read_plan  # noqa: PLC0415  (what a command does not use is not imported)

        return read_plan(path)
    from planner.athlete_file import read_athlete  # noqa: PLC0415

    return plan_for(read_athlete(path), path, without=without, plugins=plugins, as_of=as_of)


def _holds_plan(path: Path) -> bool:
    """Whether a file begins like a plan of ours, as no athlete file does; False where it cannot be read: whoever reads it says why.

    A pipe is not asked, as what is read of it is gone.
    """
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            first = file.read(64)
    except (OSError, ValueError):
        return False
    return first.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].upper().startswith((b"{", b"BEGIN:VCALENDAR"))


def plan_for(
    athlete: Athlete,
    path: Path,
    *,
    without: Collection[str],
    plugins: Collection[Path] = (),
    as_of: date | None,
    older: bytes | None = None,
) -> Plan:
    """The plan for an athlete; `path` is the athlete's file, which messages name and beside which other files lie.

    `plugins` are files of Python that take part beside what is installed; `older` is a calendar that stands, whose past counts as done
    where no log is kept.
    """
    from planner.maker import Maker, moment  # noqa: PLC0415  (what a command does not use is not imported)

    day, issued = moment(athlete.timezone, as_of)
    maker = Maker.installed(without, plugins)
    try:
        return maker.plan(athlete, path.parent, as_of=day, issued=issued, stood=_stood(athlete, older, day))
    except InputError as error:
        raise error.within(str(path)) from error


def _stood(athlete: Athlete, older: bytes | None, day: date) -> tuple[Entry, ...] | None:
    """The past of a calendar that stands; None where no calendar of this plan does."""
    if older is None:
        return None
    from planner.render.calendar_past import past_entries  # noqa: PLC0415  (only where a calendar stands)

    return past_entries(older, athlete.id, athlete.start, day)
