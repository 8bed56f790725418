"""`planner simulate`: take a crowd of invented runners through repeated planning and logging."""

from __future__ import annotations

import gc
from contextlib import closing
from typing import TYPE_CHECKING

import click

from planner.cli.common import json_option, plugin_option, print_json, tell, verbosity_options, without_option

if TYPE_CHECKING:
    from pathlib import Path

    from planner.simulation.crowd import Crowd
    from planner.simulation.tally import Tally

BROKEN = 1
MOST_WEEKS = 52
EPILOG = """\b
Examples:
  planner simulate                                  # 20 runners, 12 weeks
  planner simulate --athletes 2000 --weeks 16 --seed 7
  planner simulate --seed 7 --athlete 1234          # this one alone, with every day
  planner simulate --athletes 500 --json > simulated.json

The runners are invented, knees included: they try the planner, and say nothing about real runners. The same seed gives the same
report, however many workers simulate.

Exit codes: 0 no law broke, 1 a law broke or a plan could not be made, 5 a plugin does not load, 130 interrupted."""


@click.command("simulate", epilog=EPILOG)
@click.option("--athletes", metavar="N", type=click.IntRange(1, 10_000_000), default=20, show_default=True, help="How many runners.")
@click.option("--weeks", metavar="W", type=click.IntRange(1, MOST_WEEKS), default=12, show_default=True, help="How many weeks each.")
@click.option("--seed", metavar="S", type=int, default=1, show_default=True, help="Another seed gives other runners.")
@click.option("--athlete", "number", metavar="K", type=click.IntRange(1), help="Only runner K, with every day of theirs.")
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 512), help="How many processes simulate; if left out, as many as processors."
)
@without_option
@plugin_option
@json_option
@verbosity_options
def command(  # noqa: PLR0913, PLR0917  (one parameter per option)
    athletes: int,
    weeks: int,
    seed: int,
    number: int | None,
    workers: int | None,
    without: tuple[str, ...],
    plugins: tuple[Path, ...],
    as_json: bool,  # noqa: FBT001  (a click flag)
) -> None:
    """Simulate runners who plan, run, log and plan again, and report every law that breaks: there must be none.

    Some runners do as planned, others miss runs, run 130%, go away without a word, do not answer, or have a knee that reacts to jumps
    in load. After each week, or more often, the plan is made again from their logs, and checked.
    """
    gc.enable()  # a crowd takes long enough to need garbage collection
    from planner.cli.simulate_report import data, lines, story  # noqa: PLC0415  (`--help` does not need it)
    from planner.maker import Chosen  # noqa: PLC0415
    from planner.simulation.crowd import Crowd  # noqa: PLC0415
    from planner.simulation.tally import Tally  # noqa: PLC0415

    crowd, tally = Crowd(seed=seed, weeks=weeks, plugins=Chosen.now(without, plugins)), Tally()
    try:
        if number is None:
            _simulate(crowd, athletes, workers, tally)
        else:
            loop = crowd.lived(number)
            tally.add(loop.life())
            click.echo("" if as_json else "\n".join(story(loop)), nl=not as_json)
    finally:
        if tally.athletes and as_json:
            print_json(data(crowd, tally))
        elif tally.athletes:
            click.echo("\n".join(lines(crowd, tally)))
    if tally.troubles:
        click.get_current_context().exit(BROKEN)


def _simulate(crowd: Crowd, athletes: int, workers: int | None, tally: Tally) -> None:
    """Add the lives of runners 1 to `athletes` to `tally`; an interruption keeps those done so far and is raised again."""
    from planner.cli.progress import watching  # noqa: PLC0415  (`--help` does not need it)
    from planner.processes import processors  # noqa: PLC0415
    from planner.simulation.crowd import lives  # noqa: PLC0415

    each = lives(crowd, range(1, athletes + 1), workers=workers or processors())
    with closing(each), watching() as watch:
        try:
            for life in each:
                tally.add(life)
                watch(tally.athletes, athletes)
        except KeyboardInterrupt:
            tell(f"Interrupted after {tally.athletes} of {athletes} athletes; these are their results.", always=True)
            raise
