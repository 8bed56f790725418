"""`planner make`: the plan as a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import FILE, json_option, planning, plugin_option, print_json, speaking, tell
from planner.cli.writing import STANDARD_OUTPUT
from planner.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    from planner.athlete import Athlete

DEFAULT_FORMAT = "ics"
EPILOG = """\b
Examples:
  planner make ana.toml                      # writes ana.ics beside ana.toml
  planner make ana.toml -o plan.txt          # to read or print
  planner make ana.toml --alarm 30m          # with a reminder half an hour before
  planner make ana.toml -f json -o - | less

Exit codes: 0 done, 2 something in the file or the command is wrong, 3 no plan is possible, 4 see a professional first,
5 a plugin is at fault, 70 a bug, 74 could not write."""
_ALARM = re.compile(r"(?:([0-9]{1,2})h)?(?:([0-9]{1,4})m)?")


def read_alarm(_: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """How long before a session to remind, like 30m, 1h or 1h30m, in seconds."""
    if value is None:
        return None
    match = _ALARM.fullmatch(value.strip().lower())
    seconds = 3600 * int(match[1] or 0) + 60 * int(match[2] or 0) if match else 0
    if not 0 < seconds <= 86_400:
        raise click.BadParameter(f'found "{value}"; expected a time up to a day, like 30m or 1h.', param=parameter)
    return seconds


@click.command("make", epilog=EPILOG)
@click.argument("athlete_file", metavar="ATHLETE.toml", type=FILE)
@click.option("-o", "--output", type=FILE, metavar="OUT", help="Where to write; - is standard output.")
@click.option("-f", "--format", "format_name", metavar="FORMAT", help="ics (default), json, txt or csv; else from OUT.")
@click.option("--alarm", callback=read_alarm, metavar="TIME", help="Add a reminder this long before, like 30m (calendars).")
@click.option("--cancel", is_flag=True, help="Write a calendar that takes the plan back.")
@click.option("--private", is_flag=True, help="Same times, neutral titles, nothing about health (calendars).")
@planning
@plugin_option
@json_option
@speaking
def command(  # noqa: PLR0913, PLR0917  (one parameter an option)
    athlete_file: Path,
    output: Path | None,
    format_name: str | None,
    alarm: int | None,
    cancel: bool,  # noqa: FBT001  (click passes flags so)
    private: bool,  # noqa: FBT001
    without: tuple[str, ...],
    plugins: tuple[Path, ...],
    as_of: date | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Make the plan and write it, as a calendar unless told otherwise.

    A summary goes to standard error. A file that stood at OUT is replaced in one go, never half-way.
    """
    if as_json and output == STANDARD_OUTPUT:
        raise click.UsageError("found both --json and -o -; expected one of them, as both want standard output")
    from planner.athlete_file import read_athlete  # noqa: PLC0415  (what `--help` does not need)
    from planner.cli import summary  # noqa: PLC0415
    from planner.cli.planning import plan_for  # noqa: PLC0415
    from planner.cli.writing import write  # noqa: PLC0415
    from planner.render import Options, renderer  # noqa: PLC0415

    chosen = _format(format_name, output)
    _refuse_options(chosen, {"--alarm": alarm is not None, "--cancel": cancel, "--private": private})
    render = renderer(chosen)
    athlete = read_athlete(athlete_file)
    target = _target(output, chosen, athlete, athlete_file)
    plan = plan_for(athlete, athlete_file, without=without, plugins=plugins, as_of=as_of)
    write(target, render(plan, Options(alarm_s=alarm, private=private, cancel=cancel)))
    if as_json:
        print_json(summary.data(plan, target))
    for line, detail in summary.lines(plan, target, chosen, cancel=cancel):
        tell(line, detail=detail)


def _format(name: str | None, output: Path | None) -> str:
    """The format that was asked for, else that of OUT's suffix, else a calendar."""
    from planner.render import formats  # noqa: PLC0415

    if name is not None:
        return name.lower().removeprefix(".")
    if output is None or output == STANDARD_OUTPUT:
        return DEFAULT_FORMAT
    suffix = output.suffix.lower().removeprefix(".")
    if suffix not in formats():
        known = ", ".join(f".{known}" for known in formats())
        advice = "Or say the format with -f."
        raise InputError(str(output), f'found the ending "{output.suffix}"', f"one of {known}", advice)
    return suffix


def _refuse_options(chosen: str, asked: dict[str, bool]) -> None:
    """What only calendars know is refused elsewhere: nobody should think that a text file is private."""
    for option, given in asked.items():
        if given and chosen != DEFAULT_FORMAT:
            raise InputError(option, f"found it with the format {chosen}", "a calendar (.ics)", f"Leave out {option}.")


def _target(output: Path | None, chosen: str, athlete: Athlete, athlete_file: Path) -> Path:
    """Where to write: OUT, or beside the athlete file. Never over the athlete file itself."""
    target = athlete_file.parent / f"{athlete.id}.{chosen}" if output is None else output
    if target != STANDARD_OUTPUT and target.exists() and target.samefile(athlete_file):
        raise InputError(str(target), "this is the athlete file", "another name for the plan")
    return target
