"""Makes the plan of an athlete, with the day of planning, programme, log and plugins resolved; shared by single files and rosters."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from planner.digits import whole_number
from planner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from planner.athlete import Athlete
    from planner.entry import Entry
    from planner.host import Host
    from planner.model import Plan
    from planner.programme import Template

EPOCH = "SOURCE_DATE_EPOCH"
LAST_EPOCH = 4_102_444_800


class Chosen(NamedTuple):
    """The plugins to plan with: all installed ones except `without`, plus Python `files`, each with a digest of its contents when chosen.

    Can be sent to other processes and machines.
    """

    without: tuple[str, ...] = ()
    files: tuple[tuple[Path, str], ...] = ()

    @classmethod
    def now(cls, without: Collection[str], files: Collection[Path]) -> Chosen:
        """The choice with the files' present digests; "" for a file that cannot be read, which loading it will report."""
        return cls(tuple(without), tuple((path.absolute(), _digest(path)) for path in files))

    @property
    def versions(self) -> dict[str, str]:
        """The files' digests by file name, independent of their folders."""
        return {path.name: digest for path, digest in self.files}


class Maker:
    """Makes plans one after the other with plugins and programmes that are looked up once.

    Each process needs its own instance.
    """

    def __init__(self, host: Host, *, without: Collection[str] = ()) -> None:
        """Plan with the plugins of `host`; settings of pillars in `without` are ignored, unless `host` has a pillar of that name."""
        self.host = host
        self._without = frozenset(without) - {pillar.name for pillar in host.pillars}
        self._installed: dict[str, Template] = {}
        self._own: dict[tuple[str, int, int], Template] = {}

    @classmethod
    def installed(cls, without: Collection[str] = (), files: Collection[Path] = ()) -> Maker:
        """A maker with all installed plugins except `without`, plus those in `files`. Raises as `Host.installed` does."""
        from planner.host import Host  # noqa: PLC0415  (what a command does not use is not imported)

        return cls(Host.installed(without, files), without=without)

    @classmethod
    def of(cls, chosen: Chosen) -> Maker:
        """A maker with a choice of plugins, perhaps of another process. Raises as `Host.installed`, and `InputError` for a changed file."""
        for path, digest in chosen.files:
            if _digest(path) not in ("", digest):
                found, expected = "this is another file than the one that was chosen", "the same until the end, and on every machine"
                raise InputError(f"--plugin {path}", found, expected)
        return cls.installed(chosen.without, [path for path, _ in chosen.files])

    def plan(
        self,
        athlete: Athlete,
        folder: Path,
        *,
        as_of: date,
        issued: datetime,
        log: tuple[Entry, ...] | None = None,
        stood: tuple[Entry, ...] | None = None,
    ) -> Plan:
        """The plan for an athlete; `folder` holds the files that the athlete names (an own programme, a log).

        `as_of` is the day of planning, `issued` the time stamp of the plan (UTC); see `moment`. `log` holds the log's rows if already read;
        None reads the athlete's own log. `stood` is the past of this plan's existing calendar: it counts as done where no log is kept. The
        settings of a pillar that is left out are ignored. Raises `InputError` (with the key alone, or the log's file, line and column),
        `ContradictionError`, `StopError`, `PluginError` or `AuditError` if there can be no plan.
        """
        from planner.briefing import make_brief  # noqa: PLC0415  (what a command does not use is not imported)
        from planner.engine import build_plan  # noqa: PLC0415

        template = self.template(athlete.template, folder)
        told = read_own_log(athlete, folder) if log is None else log
        brief = make_brief(self._kept(athlete), template, as_of=as_of, issued=issued, log=told, stood=stood)
        return build_plan(brief, self.host)

    def template(self, name: str, folder: Path) -> Template:
        """The programme `name`: an installed one, or a file relative to `folder`, which is read again when its size or time changes.

        Raises `InputError` for a name that is not installed, or a file that is not a valid programme.
        """
        from planner.athlete_file import template_path  # noqa: PLC0415

        own = template_path(name, folder)
        if own is not None:
            return self._own_template(own)
        if not self._installed:
            self._installed = {template.name: template for template in self.host.templates()}
        return self._installed.get(name) or self.host.template(name)

    def _own_template(self, path: Path) -> Template:
        from planner.athlete_file import read_template  # noqa: PLC0415

        try:
            at = path.stat()
            key = (str(path), at.st_mtime_ns, at.st_size)
        except (OSError, ValueError):
            key = (str(path), -1, -1)
        if key not in self._own:
            try:
                self._own[key] = read_template(path)
            except InputError as error:
                raise error.within("template") from None
        return self._own[key]

    def _kept(self, athlete: Athlete) -> Athlete:
        if not self._without & athlete.pillars.keys():
            return athlete
        from attrs import evolve  # noqa: PLC0415

        return evolve(athlete, pillars={name: table for name, table in athlete.pillars.items() if name not in self._without})


def _digest(path: Path) -> str:
    """A short digest of a file's contents; "" if it cannot be read."""
    from planner.atomic_file import digest_of  # noqa: PLC0415  (what a command does not use is not imported)

    try:
        return digest_of(path)[:16]
    except OSError:
        return ""


def read_own_log(athlete: Athlete, folder: Path) -> tuple[Entry, ...] | None:
    """The log that an athlete file in `folder` names; None if it names none. Raises `InputError` with file, line and column."""
    if athlete.log is None:
        return None
    from planner.journal.log_bytes import log_path  # noqa: PLC0415  (what a command does not use is not imported)
    from planner.journal.log_file import read_log  # noqa: PLC0415

    return read_log(log_path(folder, athlete.log), miles=athlete.miles, today=None)


def moment(timezone: str, as_of: date | None) -> tuple[date, datetime]:
    """The day of planning and the time stamp of the plan (UTC).

    The day is `as_of`, else that of SOURCE_DATE_EPOCH, else today, in the time zone of the athlete. The time stamp is SOURCE_DATE_EPOCH,
    else `as_of` at 00:00, else now. Raises `InputError` for a SOURCE_DATE_EPOCH that is not whole seconds from 1970 to 2100.
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
    seconds = whole_number(text, most_digits=20)
    if seconds is None or seconds > LAST_EPOCH:
        raise InputError(f"environment variable {EPOCH}", f'found "{text[:40]}"', "whole seconds from 1970 to 2100")
    return datetime.fromtimestamp(seconds, UTC)
