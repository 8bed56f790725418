"""`planner handover`: write one page for a physiotherapist."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import FILE, json_option, planning, plugin_option, print_json, tell, told_before_a_stop, verbosity_options
from planner.cli.writing import STANDARD_OUTPUT
from planner.errors import InputError, StopError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from planner.model import Plan
    from planner.render.handover.facts import Facts

FORMATS = ("html", "pdf")
MOST_BACK = 30
"""How many logged dates are tried, newest first, to find a plan from before a stop."""
EPILOG = """\b
Examples:
  planner handover ana.toml                      # writes ana-handover.html beside ana.toml
  planner handover ana.toml -f pdf -o visit.pdf  # to print; needs pip install 'return-to-run[pdf]'
  planner handover ana.toml --private            # load and adherence alone, without name and health

Exit codes: as `planner make`; if the log calls for a professional first, 4, and the page is still written."""


@click.command("handover", epilog=EPILOG)
@click.argument("file", metavar="ATHLETE.toml|PLAN.json", type=FILE)
@click.option("-o", "--output", type=FILE, metavar="OUT", help="Where to write; - is standard output.")
@click.option("-f", "--format", "format_name", type=click.Choice(FORMATS), help="html (default) or pdf; if left out, from OUT's ending.")
@click.option("--private", is_flag=True, help="Leave out the name and everything about health.")
@planning
@plugin_option
@json_option
@verbosity_options
def command(  # noqa: PLR0913, PLR0917  (one parameter per option)
    file: Path,
    output: Path | None,
    format_name: str | None,
    private: bool,  # noqa: FBT001  (a click flag)
    without: tuple[str, ...],
    plugins: tuple[Path, ...],
    as_of: date | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Write one page to take to a physiotherapist.

    Load against its ceiling, pain over time, adherence, what was decided and why, outcome totals, open questions, red flags.
    """
    if output == STANDARD_OUTPUT and as_json:
        raise click.UsageError("found both --json and -o -; expected one of them, as both write to standard output")
    from planner.cli.planning import plan_of  # noqa: PLC0415  (`--help` does not need it)
    from planner.cli.writing import write  # noqa: PLC0415
    from planner.maker import moment  # noqa: PLC0415
    from planner.render.handover import html, pdf  # noqa: PLC0415
    from planner.render.handover.facts import gather  # noqa: PLC0415

    chosen = format_name or _format(output)
    stop: StopError | None = None
    try:
        plan = plan_of(file, without=without, plugins=plugins, as_of=as_of)
    except StopError as error:
        stop, plan = error, _before(error, file, without, plugins, as_of)
    target = _target(output, chosen, plan, file)
    halts = {} if stop is None else {"stops" if stop.pause == "training" else "referrals": stop.messages}
    facts = gather(plan, today=moment(plan.timezone, as_of)[0], private=private, **halts)
    with told_before_a_stop() if stop is not None else nullcontext():
        write(target, pdf.write(facts) if chosen == "pdf" else html.write(facts))
        _sum_up(facts, target, as_json=as_json)
    if stop is not None:
        raise stop


def _sum_up(facts: Facts, target: Path, *, as_json: bool) -> None:
    if as_json:
        from planner.render.handover.records import data  # noqa: PLC0415  (imported only when used)

        print_json({"file": str(target), **data(facts)})
    if target != STANDARD_OUTPUT:
        tell(f"Wrote {target}. Next: read it through, and take it with you.")


def _before(stop: StopError, file: Path, without: Collection[str], plugins: Collection[Path], as_of: date | None) -> Plan:
    """The plan from before the log row that calls for a professional, with all rows up to today.

    Raises the stop itself if there is no such plan, as when the answers to the safety questions call for it.
    """
    from datetime import timedelta  # noqa: PLC0415  (only where the log stops the plan)

    from attrs import evolve  # noqa: PLC0415

    from planner.athlete_file import read_athlete  # noqa: PLC0415
    from planner.cli.planning import plan_for  # noqa: PLC0415
    from planner.maker import moment, read_own_log  # noqa: PLC0415

    athlete = read_athlete(file)
    today, issued = moment(athlete.timezone, as_of)
    rows = tuple(row for row in read_own_log(athlete, file.parent) or () if row.date <= today)
    for day in sorted({row.date for row in rows}, reverse=True)[:MOST_BACK]:
        try:
            plan = plan_for(athlete, file, without=without, plugins=plugins, as_of=day - timedelta(days=1))
        except StopError:
            continue
        return evolve(plan, log=rows, issued=issued)
    raise stop


def _format(output: Path | None) -> str:
    """The format by OUT's ending; html without OUT. Raises `InputError` for any other ending."""
    if output is None or output == STANDARD_OUTPUT:
        return FORMATS[0]
    suffix = output.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise InputError(str(output), f'found the ending "{output.suffix}"', "one of .html, .pdf", "Or say the format with -f.")
    return suffix


def _target(output: Path | None, chosen: str, plan: Plan, file: Path) -> Path:
    """Where to write: OUT, or beside the file that was read. Raises `InputError` if it is that file itself."""
    target = file.parent / f"{plan.athlete_id}-handover.{chosen}" if output is None else output
    if target != STANDARD_OUTPUT and target.exists() and target.samefile(file):
        raise InputError(str(target), "this is the file that the page is made from", "another name for the page")
    return target
