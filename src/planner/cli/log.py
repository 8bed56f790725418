"""`planner log`: record what was done and how the knee felt."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import FILE, json_option, print_json, quoted, read_day, tell, verbosity_options
from planner.errors import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from planner.cli.log_choice import Answers, Written
    from planner.cli.log_home import Home
    from planner.journal.log_cells import Value

IMPORT = "planner.log.import"
EPILOG = """\b
Examples:
  planner log ana.toml                               # asks about today, and about this morning
  planner log ana.toml --run 5.2 --minutes 35 --before 0 --worst 2
  planner log ana.toml --after 1                     # an hour later: into the row of today
  planner log ana.toml --morning 0                   # into the row of the run before
  planner log ana.toml --correct --date 2027-01-05 --run 5.4
  planner log ana.toml --list
  planner log ana.toml import evening.fit            # from a watch; planner log ana.toml import --help

Exit codes: 0 done, 2 something in the log or the command is wrong, 74 could not write; the log is as it was then."""
FLAGS: dict[str, tuple[str, str, str]] = {
    "session": ("--session", "NAME", "Which planned session it was, like progression/run#1."),
    "run_m": ("--run", "KM", "How far you ran, in the athlete file's unit, or with one: 5.2, 5.2km, 3.1mi."),
    "foot_m": ("--foot", "KM", "How far you went on foot in all, walks included."),
    "seconds": ("--minutes", "TIME", "How long it took in all: 35 (minutes), 35:30, 0:35:30."),
    "pain_before": ("--before", "0-10", "Pain before."),
    "pain_during": ("--worst", "0-10", "Worst pain while doing it."),
    "pain_after": ("--after", "0-10", "Pain 60 minutes after."),
    "pain_next_morning": ("--morning", "0-10", "Pain the next morning; without --date it goes with the last run before today."),
    "side": ("--side", "SIDE", "Which knee: left, right, both."),
    "red_flag": ("--red-flag", "ID", "A sign of the safety questions, like RED-05."),
    "rpe": ("--rpe", "0-10", "How hard it was."),
    "sets_done": ("--sets", "N", "How many sets were done."),
    "cadence": ("--cadence", "N", "Steps per minute."),
    "shoes": ("--shoes", "NAME", "Which pair."),
    "akps": ("--akps", "0-100", "The score of the kneecap questionnaire."),
    "knee_worst": ("--knee-worst", "0-10", "The worst pain of the week."),
    "note": ("--note", "TEXT", "A short note."),
}
"""The flag, metavar and help text of each entry field that a flag with a value fills."""
YES_NO = {
    "swelling": "New swelling, or none.",
    "limp": "You limped, or did not.",
    "painkiller": "A painkiller in the 24 hours before or since, or none.",
}


class Log(click.Command):
    """The command, with `planner log ATHLETE.toml import ...` set apart: `log_import` parses its arguments."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Set aside the arguments after `import`. Raises `click.UsageError`, which says where `import` belongs if it is misplaced."""
        if args[1:2] == ["import"]:
            ctx.meta[IMPORT] = args[2:]
            args = args[:1]
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if "(import" in error.message:  # among unexpected extra arguments
                example = "planner log ana.toml import run.fit --as-of 2027-01-10"
                raise click.UsageError(f"`import` comes right after the athlete file, like {example}.", ctx) from None
            raise


def answer_flags(command: Callable[..., None]) -> Callable[..., None]:
    """Add a flag for each column of the log."""
    for field, text in reversed(YES_NO.items()):
        command = click.option(f"--{field}/--no-{field}", default=None, help=text)(command)
    for field, (flag, metavar, text) in reversed(FLAGS.items()):
        command = click.option(flag, field, metavar=metavar, help=text)(command)
    return command


@click.command("log", cls=Log, epilog=EPILOG)
@click.argument("athlete_file", metavar="ATHLETE.toml", type=FILE)
@click.option("--date", "day", callback=read_day, metavar="DATE", help="The day it was done; today, if left out.")
@answer_flags
@click.option("--correct", "correcting", is_flag=True, help="Change the row of that day (and session); '' empties a cell.")
@click.option("--list", "listing", is_flag=True, help="Show the log.")
@click.option("--as-of", callback=read_day, metavar="DATE", help="As if today were this date.")
@json_option
@verbosity_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    athlete_file: Path,
    day: date | None,
    correcting: bool,
    listing: bool,
    as_of: date | None,
    as_json: bool,
    **given: str | bool | None,
) -> None:
    """Log what you did and how the knee felt: at a terminal it asks, flags do it in one line.

    The log is a CSV file of your own beside the athlete file; your comments, columns and order stay. Pain is 0 to 10, rated without
    painkillers.
    """
    if IMPORT in ctx.meta:
        _hand_on(ctx, athlete_file)
        return
    from planner.cli.log_home import home_of  # noqa: PLC0415  (`--help` does not need it)

    home = home_of(athlete_file, as_of)
    said = {name: value for name, value in given.items() if value is not None}
    if listing:
        if said or correcting or day is not None:
            raise click.UsageError("found --list together with an entry; expected one of them")
        _list(home, as_json=as_json)
        return
    answers = (
        _asked(home) if not said and not correcting and day is None else (_read(home, said, day or home.today, correcting=correcting),)
    )
    _log(home, answers, as_json=as_json)


@click.command("import", add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.option("--as-of", callback=read_day)
@verbosity_options
def handed_on(arguments: tuple[str, ...], as_of: date | None) -> tuple[list[str], date | None]:
    """What follows `import`, and what every form of `planner log` knows."""
    return list(arguments), as_of


def _hand_on(ctx: click.Context, athlete_file: Path) -> None:
    with handed_on.make_context("import", list(ctx.meta[IMPORT]), parent=ctx) as inner:
        arguments, as_of = handed_on.invoke(inner)
    run = import_module("planner.cli.log_import").run
    ctx.exit(run(athlete_file, arguments, as_of=as_of, quiet=bool(ctx.meta.get("planner.quiet"))))


def _list(home: Home, *, as_json: bool) -> None:
    from planner.cli.log_words import data, table  # noqa: PLC0415  (`--help` does not need it)
    from planner.journal.log_file import read_log  # noqa: PLC0415

    entries = read_log(home.log, miles=home.miles, today=home.today)
    if as_json:
        print_json({"log": str(home.log), "entries": [data(entry) for entry in entries]})
    elif entries:
        click.echo("\n".join(table(entries, miles=home.miles)))
    else:
        tell(f"{home.log} has no rows yet. Next: planner log {quoted(home.athlete_file)}")


def _asked(home: Home) -> tuple[Answers, ...]:
    """Ask for answers at the terminal. Raises `click.UsageError` without one."""
    from planner.cli.new import at_terminal  # noqa: PLC0415  (`--help` does not need it)

    if not at_terminal():
        raise click.UsageError("found nothing to log; expected flags like --run 5.2 --worst 2, or a terminal to ask at")
    from planner.cli.log_home import planned_runs  # noqa: PLC0415
    from planner.cli.log_questions import ask  # noqa: PLC0415
    from planner.cli.run_rows import RunRows  # noqa: PLC0415
    from planner.journal.log_file import read_log  # noqa: PLC0415

    known = RunRows(read_log(home.log, miles=home.miles, today=home.today), planned_runs(home))
    return ask(known, home.today, miles=home.miles)


def _read(home: Home, said: Mapping[str, str | bool], day: date, *, correcting: bool) -> Answers:
    """Parse the flags. Raises `InputError`, which names the flag, or `click.UsageError` if there are none."""
    from planner.cli.log_choice import Answers  # noqa: PLC0415  (`--help` does not need it)

    if day > home.today:
        raise InputError("--date", f"found {day}", f"a day that is over or today, {home.today}", "A log says what was done.")
    if not said:
        raise click.UsageError("found nothing to log; expected flags like --run 5.2 --worst 2")
    values: dict[str, Value | None] = {}
    for field, value in said.items():
        if isinstance(value, bool):
            values[field] = value
        elif value.strip():
            values[field] = _value(field, value.strip(), miles=home.miles)
        elif correcting:
            values[field] = None
        else:
            raise InputError(FLAGS[field][0], "found nothing", "a value", "With --correct, '' empties a cell.")
    _check_session(home, said)
    return Answers(day, home.today, values, correcting)


def _check_session(home: Home, said: Mapping[str, str | bool]) -> None:
    """Raise `InputError` for a near miss of a planned session's name, which would match no session."""
    name = str(said.get("session", "")).strip()
    if not name:
        return
    from planner.cli.log_home import planned_names  # noqa: PLC0415  (`--help` does not need it)
    from planner.session_names import meant  # noqa: PLC0415

    nearest = meant(name, planned_names(home))
    if nearest:
        raise InputError(FLAGS["session"][0], f'found "{name}"', "the name of a planned session", f"Did you mean `{nearest}`?")


def _value(field: str, text: str, *, miles: bool) -> Value | None:
    from planner.journal.log_cells import COLUMNS, distance  # noqa: PLC0415  (`--help` does not need it)

    column = next(column for column in COLUMNS.values() if column.field == field)
    try:
        value = distance(text.replace(",", "."), miles=miles) if column.decimal else column.read(text)
    except InputError as error:
        raise InputError(FLAGS[field][0], error.found, error.expected, error.advice) from None
    return None if value == "" else value


def _log(home: Home, answers: tuple[Answers, ...], *, as_json: bool) -> None:
    """Write the answers to the log in one edit, and report what was written."""
    from planner.cli.log_choice import KNEE, write_answers  # noqa: PLC0415  (`--help` does not need it)
    from planner.cli.log_home import name_log, planned_runs  # noqa: PLC0415
    from planner.cli.log_words import stray_columns  # noqa: PLC0415
    from planner.journal.log_file import editing  # noqa: PLC0415

    if not answers:
        tell("No answer was given, so nothing was written.")
        return
    written: list[Written] = []
    runs = planned_runs(home)
    try:
        with editing(home.log, miles=home.miles, today=home.today) as log:
            for answer in answers:
                knee = any(value is not None for name, value in answer.values.items() if name in KNEE)
                written += [each._replace(knee=knee) for each in write_answers(log, answer, runs)]
            strays = list(stray_columns(log.other_columns))
    except OutputError:
        _advise(home, written)  # nothing was logged, but what the knee needs is true all the same
        raise
    _say(home, written, as_json=as_json)
    for stray in strays:
        tell(f"{home.log}: {stray}")
    if name_log(home):
        tell(
            f'Added the line log = "{home.log.name}" to {home.athlete_file}. From now on the plan counts what {home.log} says: a past '
            "planned run without a row was not run."
        )


def _say(home: Home, written: list[Written], *, as_json: bool) -> None:
    from planner.cli.log_words import data, entry_words  # noqa: PLC0415  (`--help` does not need it)

    if as_json:
        print_json({"log": str(home.log), "written": [data(each.entry) for each in written]})
    for each in written:
        said = "Logged on" if each.new else "Changed"
        tell(f"{said} line {each.entry.line} of {home.log}: {entry_words(each.entry, miles=home.miles)}")
        if each.other is not None:
            tell(f"Line {each.other.line} of it is another run of that day: delete one if they are the same.")
    _advise(home, written)


def _advise(home: Home, written: Iterable[Written]) -> None:
    from planner.cli.log_advice import advice  # noqa: PLC0415  (`--help` does not need it)

    for sentence in advice([each.entry for each in written if each.knee], home):
        tell(f"\n{sentence}", always=True)
