"""From a file on the command line to a plan: reading, the day of planning, the plugins."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from planner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from planner.athlete import Athlete
    from planner.host import Host
    from planner.model import Plan
    from planner.programme import Template

PLAN_SUFFIXES = (".json", ".ics")
EPOCH = "SOURCE_DATE_EPOCH"
LAST_EPOCH = 4_102_444_800


def plan_of(path: Path, *, without: Collection[str] = (), as_of: date | None = None) -> Plan:
    """The plan that a file of ours holds (.json, .ics), or the plan for the athlete whose file it is.

    Raises whatever keeps it from being: `InputError`, `ContradictionError`, `StopError`, `PluginError`, `AuditError`.
    """
    if path.suffix.lower() in PLAN_SUFFIXES:
        from planner.plan_file import read_plan  # noqa: PLC0415  (what a command does not use is not imported)

        return read_plan(path)
    from planner.athlete_file import read_athlete  # noqa: PLC0415

    return plan_for(read_athlete(path), path, without=without, as_of=as_of)


def plan_for(athlete: Athlete, path: Path, *, without: Collection[str], as_of: date | None) -> Plan:
    """The plan for an athlete; `path` is the athlete's file, which messages name and beside which other files lie.

    The settings of a pillar that is left out are left out with it.
    """
    from attrs import evolve  # noqa: PLC0415  (what a command does not use is not imported)

    from planner.briefing import make_brief  # noqa: PLC0415
    from planner.engine import build_plan  # noqa: PLC0415
    from planner.host import Host  # noqa: PLC0415

    day, issued = moment(athlete.timezone, as_of)
    host = Host.installed(without)
    try:
        kept = {name: table for name, table in athlete.pillars.items() if name not in without}
        athlete = evolve(athlete, pillars=kept)
        brief = make_brief(athlete, _template(athlete, path, host), as_of=day, issued=issued)
        return build_plan(brief, host)
    except InputError as error:
        raise error.within(str(path)) from error


def _template(athlete: Athlete, path: Path, host: Host) -> Template:
    from planner.athlete_file import read_template, template_path  # noqa: PLC0415

    own = template_path(athlete.template, path)
    if own is None:
        return host.template(athlete.template)
    try:
        return read_template(own)
    except InputError as error:
        raise error.within("template") from None


def moment(timezone: str, as_of: date | None) -> tuple[date, datetime]:
    """The day of planning, and the moment that stands in the plan (UTC).

    The day is `as_of`, else that of SOURCE_DATE_EPOCH, else today where the athlete lives. The moment is
    SOURCE_DATE_EPOCH, else `as_of` at 00:00, else now. Raises `InputError` for a SOURCE_DATE_EPOCH that is no number of seconds.
    """
    now = _epoch()
    if as_of is not None:
        return as_of, now or datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    from planner.zones import zone  # noqa: PLC0415

    now = now or datetime.now(UTC).replace(microsecond=0)
    return now.astimezone(zone(timezone)).date(), now


def _epoch() -> datetime | None:
    text = os.environ.get(EPOCH, "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text[:20]) > LAST_EPOCH:
        raise InputError(f"environment variable {EPOCH}", f'found "{text[:40]}"', "whole seconds from 1970 to 2100")
    return datetime.fromtimestamp(int(text), UTC)
