"""`planner make`: make the plan and write it to a file."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import FILE, json_option, planning, plugin_option, print_json, tell, told_before_a_stop, verbosity_options
from planner.cli.writing import STANDARD_OUTPUT
from planner.errors import InputError, StopError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from planner.athlete import Athlete
    from planner.cli.calendar_diff import Remade
    from planner.entry import Entry
    from planner.model import Plan

DEFAULT_FORMAT = "ics"
FORMATS = "ics (default), html, pdf, json, txt, csv, fit or intervals"
"""The formats as `--help` lists them, without importing a renderer."""
MOST_FOR_GOOGLE = 1_000_000
"""Bytes of a calendar that Google Calendar imports."""
PRIVATE = "Same times, neutral titles, no name, nothing about health."
EPILOG = """\b
Examples:
  planner make ana.toml                      # writes ana.ics beside ana.toml
  planner make ana.toml -o plan.txt          # to read or print
  planner make ana.toml --alarm 30m          # with a reminder half an hour before
  planner make ana.toml -f fit               # a workout for each run, for the watch, in the folder ana-fit
  planner make ana.toml --diff               # what would change in ana.ics, and why
  planner make ana.toml -f json -o - | less

Exit codes: 0 done, 2 something in the file or the command is wrong, 3 no plan is possible, 4 see a professional first,
5 a plugin is at fault, 70 a bug, 74 could not write."""
_ALARM = re.compile(r"(?:([0-9]{1,2})h)?(?:([0-9]{1,4})m)?")


def read_alarm(_: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Click callback: parse a reminder's lead time, like 30m, 1h or 1h30m, as seconds up to a day. Raises `click.BadParameter`."""
    if value is None:
        return None
    match = _ALARM.fullmatch(value.strip().lower())
    seconds = 3600 * int(match[1] or 0) + 60 * int(match[2] or 0) if match else 0
    if not 0 < seconds <= 86_400:
        raise click.BadParameter(f'found "{value}"; expected a time up to a day, like 30m or 1h.', param=parameter)
    return seconds


@click.command("make", epilog=EPILOG)
@click.argument("athlete_file", metavar="ATHLETE.toml", type=FILE)
@click.option("-o", "--output", type=FILE, metavar="OUT", help="Where to write: a file, a folder for fit; - is standard output.")
@click.option("-f", "--format", "format_name", metavar="FORMAT", help=f"{FORMATS}; if left out, from OUT's ending.")
@click.option("--alarm", callback=read_alarm, metavar="TIME", help="Add a reminder this long before, like 30m (calendars).")
@click.option("--cancel", is_flag=True, help="Cancel the plan: everything that is still to come (calendars).")
@click.option("--diff", is_flag=True, help="Show what would change in the calendar at OUT, and why; write nothing.")
@click.option("--private", is_flag=True, help=PRIVATE)
@planning
@plugin_option
@json_option
@verbosity_options
def command(  # noqa: PLR0913, PLR0917  (one parameter per option)
    athlete_file: Path,
    output: Path | None,
    format_name: str | None,
    alarm: int | None,
    cancel: bool,  # noqa: FBT001  (a click flag)
    diff: bool,  # noqa: FBT001
    private: bool,  # noqa: FBT001
    without: tuple[str, ...],
    plugins: tuple[Path, ...],
    as_of: date | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Make the plan and write it, as a calendar unless told otherwise.

    A summary goes to standard error. A file already at OUT is replaced in one go, never half-way; a calendar of this plan is
    updated: the past and what did not change stay as they are, what is gone is cancelled.
    """
    if output == STANDARD_OUTPUT and (as_json or diff):
        why = "a file to compare with" if diff else "one of them, as both write to standard output"
        raise click.UsageError(f"found both {'--diff' if diff else '--json'} and -o -; expected {why}")
    from planner.athlete_file import read_athlete  # noqa: PLC0415  (`--help` does not need it)
    from planner.cli.planning import plan_for  # noqa: PLC0415
    from planner.cli.writing import write  # noqa: PLC0415
    from planner.render import Options, folder, renderer  # noqa: PLC0415

    chosen = _format(format_name, output)
    _refuse_options(chosen, {"--alarm": alarm is not None, "--cancel": cancel, "--diff": diff})
    render, many = renderer(chosen), folder(chosen)
    athlete = read_athlete(athlete_file)
    target = _target(output, chosen, athlete, athlete_file)
    options = Options(alarm_s=alarm, private=private, cancel=cancel)
    planned = partial(plan_for, athlete, athlete_file, without=without, plugins=plugins, as_of=as_of)
    if many is not None:
        from planner.cli.folder import make_folder  # noqa: PLC0415  (only for folders)

        with _naming_left_over(athlete_file, athlete, target, as_of):
            make_folder(planned, target, chosen, many, options, as_json=as_json)
        return
    older = _standing(target, planned) if chosen == DEFAULT_FORMAT else None
    if cancel and older is not None:
        from planner.cli import calendar_diff  # noqa: PLC0415  (a first plan has nothing to be compared with)

        calendar_diff.take_back(target, older, athlete, as_of, private=private).conclude(writes=not diff, as_json=as_json)
        return
    with _naming_left_over(athlete_file, athlete, target, as_of):
        try:
            plan = planned(older=older)
        except StopError as stop:
            _stop(older, target, athlete, as_of, stop, writes=not diff, private=private)
            raise
    if older is not None:
        _refuse_lost_log(older, target, athlete, athlete_file)
        _refuse_lost_stop(older, plan.log or (), athlete, athlete_file)
    data = render(plan, options)
    made: Remade | None = None
    if older is None and not diff:
        write(target, data)
    else:
        from planner.cli import calendar_diff  # noqa: PLC0415

        made = calendar_diff.over(target, older, data, plan, athlete)
        if diff:
            made.show(as_json=as_json)
            return
        made.write()
    _sum_up(plan, target, chosen, made, cancel=cancel, as_json=as_json)
    if chosen == DEFAULT_FORMAT and len(made.data if made else data) > MOST_FOR_GOOGLE and target != STANDARD_OUTPUT:
        tell(f"{target} is larger than 1 MB, the most that Google Calendar imports. For Google, plan fewer weeks at a time (`weeks`).")


def _standing(target: Path, planned: Callable[[], Plan]) -> bytes | None:
    """The calendar at `target`, if any. If it cannot be read, a stop of the plan matters more than that.

    Raises `InputError`, or what `planned` raises.
    """
    from planner.cli.writing import standing  # noqa: PLC0415  (only for calendars)

    try:
        return standing(target)
    except InputError:
        planned()
        raise


def _stop(older: bytes | None, target: Path, athlete: Athlete, as_of: date | None, stop: StopError, *, writes: bool, private: bool) -> None:
    """After a stop, cancel what is still to come in the calendar at `target`; what goes wrong with that is told."""
    if older is not None:
        from planner.cli import calendar_diff  # noqa: PLC0415  (a first plan has nothing to cancel)

        with told_before_a_stop():
            calendar_diff.stop(target, older, athlete, as_of, stop, writes=writes, private=private)


@contextmanager
def _naming_left_over(athlete_file: Path, athlete: Athlete, target: Path, as_of: date | None) -> Iterator[None]:
    """If planning ends with a stop, name the files that still hold an older plan."""
    try:
        yield
    except StopError as stop:
        from planner.cli.stale_plans import tell_left_over  # noqa: PLC0415  (only after a stop)

        inputs = [path for _, path in _sources(athlete, athlete_file)]
        tell_left_over(athlete_file, athlete, target, inputs, stop, as_of)
        raise


def _refuse_lost_log(older: bytes, target: Path, athlete: Athlete, athlete_file: Path) -> None:
    """Raise `InputError` if the calendar follows a log that is gone, as the stop or step back in it would be lost."""
    from planner.journal.log_bytes import log_path  # noqa: PLC0415  (a first plan has no calendar that follows a log)
    from planner.render.calendar_past import follows_log  # noqa: PLC0415

    path = None if athlete.log is None else log_path(athlete_file.parent, athlete.log)
    if path is not None and not path.exists() and follows_log(older, athlete.id, athlete.start):
        found = f"there is no file {path}, but {target} follows a log"
        advice = "Put it back; if it is lost, begin another with `planner log`, and write down first how the knee is."
        raise InputError(f"{athlete_file}: log", found, "the log that says what was done and how the knee felt", advice)


def _refuse_lost_stop(older: bytes, log: Iterable[Entry], athlete: Athlete, athlete_file: Path) -> None:
    """Raise `InputError` if the log lost the row or column that called for a stop, or the athlete file no longer names the log."""
    from planner.render.calendar_stop import refuse_lost_stop  # noqa: PLC0415  (a first plan has no calendar that was stopped)

    try:
        refuse_lost_stop(older, athlete, log)
    except InputError as error:
        raise error.within(str(athlete_file)) from None


def _sum_up(plan: Plan, target: Path, chosen: str, made: Remade | None, *, cancel: bool, as_json: bool) -> None:
    """Print what was made, and how an existing calendar was updated."""
    from planner.cli import summary  # noqa: PLC0415  (`--help` does not need it)

    if as_json:
        print_json({**summary.data(plan, target), **(made.data_words() if made else {})})
    for line, detail in summary.lines(plan, target, chosen, cancel=cancel, written=made.words() if made else ""):
        tell(line, detail=detail)
    for line in made.warnings() if made else ():
        tell(line)


def _format(name: str | None, output: Path | None) -> str:
    """The format asked for, else the one of OUT's ending, else a calendar. Raises `InputError` for an unknown ending."""
    from planner.render import by_ending, ending, formats  # noqa: PLC0415

    if name is not None:
        return name.lower().removeprefix(".")
    if output is None or output == STANDARD_OUTPUT:
        return DEFAULT_FORMAT
    found = by_ending(output.name)
    if found is None:
        known = ", ".join(f".{ending(known)}" for known in formats() if by_ending(f"plan.{ending(known)}"))
        advice = "Or say the format with -f."
        raise InputError(str(output), f'found the ending "{output.suffix}"', f"one of {known}", advice)
    return found


def _refuse_options(chosen: str, asked: dict[str, bool]) -> None:
    """Raise `InputError` for calendar options with another format, where they would do nothing."""
    for option, given in asked.items():
        if given and chosen != DEFAULT_FORMAT:
            raise InputError(option, f"found it with the format {chosen}", "a calendar (.ics)", f"Leave out {option}.")


def _target(output: Path | None, chosen: str, athlete: Athlete, athlete_file: Path) -> Path:
    """Where to write: OUT, or beside the athlete file. Raises `InputError` if that is the athlete file, its log or its programme."""
    from planner.render import ending, folder  # noqa: PLC0415

    if output is None:
        name = f"{athlete.id}-{chosen}" if folder(chosen) else f"{athlete.id}.{ending(chosen)}"
        output = athlete_file.parent / name
    if output == STANDARD_OUTPUT:
        return output
    for what, source in _sources(athlete, athlete_file):
        if os.path.realpath(output) == os.path.realpath(source) or (output.exists() and source.exists() and output.samefile(source)):
            raise InputError(str(output), f"this is {what}", "another name for the plan", "Give one with -o.")
    return output


def _sources(athlete: Athlete, athlete_file: Path) -> Iterator[tuple[str, Path]]:
    """The files that the plan is made from, whether they exist or not, each after a description."""
    from planner.athlete_file import template_path  # noqa: PLC0415

    yield "the athlete file", athlete_file
    if athlete.log is not None:
        from planner.journal.log_bytes import log_path  # noqa: PLC0415  (a plan without a log does not need it)

        with suppress(InputError):  # an invalid log path is reported where the log is read
            yield "the log", log_path(athlete_file.parent, athlete.log)
    programme = template_path(athlete.template, athlete_file.parent)
    if programme is not None:
        yield "the programme", programme
