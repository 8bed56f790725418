"""`planner check`: check a plan against every law, from its file alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import FILE, json_option, print_json, read_day, tell, verbosity_options
from planner.errors import InputError

if TYPE_CHECKING:
    from datetime import date
    from typing import Literal

    from planner.cli.check_report import Report
    from planner.foreign.checking import Wishes
    from planner.model import Plan

BROKEN, UNREADABLE = 1, 2
EPILOG = """\b
Examples:
  planner check ana.ics
  planner check ana.json ben.ics --json
  planner check club.ics --pace 6:15               # anybody's calendar
  planner check plan.csv --units mi --recent "8 9 10 10"

Exit codes: 0 every law holds, 1 a law is broken, 2 a file cannot be read."""


@click.command("check", epilog=EPILOG)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option(
    "--units", type=click.Choice(["km", "mi"]), default="km", help="Unit of paces, of --recent, and of distances that do not say theirs."
)
@click.option("--pace", metavar="M:SS", help="Easy running pace per km or mile (6:40 per km).")
@click.option("--walk-pace", metavar="M:SS", help="Brisk walking pace per km or mile (10:30 per km).")
@click.option("--recent", metavar="DISTANCES", help='What was run in each week before, oldest first, like "0 0 4.5 6".')
@click.option("--recent-file", type=FILE, metavar="CSV", help="The runs before, as a table.")
@click.option("--longest", metavar="DISTANCE", help="The longest run of the 30 days before.")
@click.option("--start", callback=read_day, metavar="DATE", help="The first date of week 1; if left out, the Monday of the first run.")
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="How to read 3/4/2027, if the file does not show it.")
@click.option("--consecutive-days", is_flag=True, help="Allow runs on consecutive days, as for somebody who keeps running.")
@json_option
@verbosity_options
@click.pass_context
def command(  # noqa: PLR0913, PLR0917  (one parameter per option)
    ctx: click.Context,
    files: tuple[Path, ...],
    units: Literal["km", "mi"],
    pace: str | None,
    walk_pace: str | None,
    recent: str | None,
    recent_file: Path | None,
    longest: str | None,
    start: date | None,
    dates: Literal["dmy", "mdy"] | None,
    consecutive_days: bool,  # noqa: FBT001  (a click flag)
    as_json: bool,  # noqa: FBT001
) -> None:
    """Check plans against the laws of load: each law with its smallest margin, and every break.

    Reads what `planner make` wrote without --private (.json and .ics), and anybody's plan: a table (.csv) of dates with
    distances or minutes, a calendar (.ics) whose events say them. The options are for plans that `planner make` did not write.
    """
    from planner.cli.check_report import data, lines  # noqa: PLC0415  (`--help` does not need it)
    from planner.foreign.checking import Wishes  # noqa: PLC0415

    wishes = Wishes(units, pace, walk_pace, recent, recent_file, longest, start, dates, consecutive_days)
    code, reports = 0, []
    for file in files:
        try:
            report = _checked(file, wishes)
        except InputError as error:
            tell(f"planner: {error}", always=True)
            code = UNREADABLE
            continue
        reports.append(report)
        code = code if report.holds else max(code, BROKEN)
        if not as_json:
            click.echo("\n".join(lines(report)))
    if as_json:
        print_json([data(report) for report in reports])
    ctx.exit(code)


def _checked(file: Path, wishes: Wishes) -> Report:
    """The report on one file; notes on how a foreign plan was read go to standard error. Raises `InputError`."""
    from planner.cli.check_report import read_lines, report_of_foreign, report_of_plan  # noqa: PLC0415
    from planner.cli.not_a_plan import refuse_other_file  # noqa: PLC0415
    from planner.foreign.checking import check, is_ours  # noqa: PLC0415

    refuse_other_file(file)
    if is_ours(file):
        return report_of_plan(str(file), _ours(file))
    checked = check(file, wishes)
    for note in checked.notes:
        tell(f"{file}: {note}")
    for line in read_lines(checked):
        tell(f"{file}: {line}", detail=True)
    return report_of_foreign(str(file), checked)


def _ours(file: Path) -> Plan:
    """Read a plan of our own; a note on events of others in its calendar goes to standard error.

    Raises `InputError`, also for a private plan, which lacks what the laws are checked against.
    """
    from planner.plan_file import read_with_strangers  # noqa: PLC0415
    from planner.render.private import is_private  # noqa: PLC0415

    plan, strangers = read_with_strangers(file)
    if is_private(plan):
        found = "found a private plan, which leaves out the runs before it and the reasons of its weeks"
        raise InputError(str(file), found, "the plan that it was made from", "Check that one.")
    if strangers:
        which = "event that is not the planner's was" if strangers == 1 else "events that are not the planner's were"
        tell(f"{file}: {strangers} {which} not counted.")
    return plan
