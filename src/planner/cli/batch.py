"""`planner batch`: a plan for each row of a roster."""

from __future__ import annotations

import gc
import os
import signal
import threading
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import FILE, count, json_option, planning, plugin_option, print_json, read_day, tell, verbosity_options
from planner.cli.make import DEFAULT_FORMAT, FORMATS, PRIVATE, read_alarm
from planner.cli.writing import STANDARD_OUTPUT
from planner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import date
    from types import FrameType

    from planner.foreign.dates import Order
    from planner.maker import Chosen
    from planner.roster.logs import LogFolder
    from planner.roster.long_log import LongLog
    from planner.roster.manifest import Moment
    from planner.roster.summary import Summary
    from planner.roster.workers import Executor

SOME_FAILED = 1
EPILOG = """\b
Examples:
  planner batch --example > roster.csv       # a roster to start from
  planner batch roster.csv -o plans          # plans/ANA.ics for each athlete, and a report
  planner batch athletes/ -o plans -f ics -f txt
  planner batch roster.xlsx -o plans --defaults base.toml --start 2027-01-04
  planner batch roster.csv -o /shared/plans --scheduler tcp://host:8786
  planner batch roster.csv -o plans --logs logs/      # plans that follow logs/ANA.csv
  planner batch roster.csv -o plans --log form.csv --map "Your id=athlete" --map "How was your knee?=pain_during"

Run it again after a change, or on another day: only what changed is planned and written again. An interrupted run goes on where it stopped.

Exit codes: 0 done (the report says who must see a professional first), 1 some rows have no plan, 2 the roster or the command is wrong,
5 a plugin does not load, 74 could not write, 130 interrupted."""


def _example(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001  (the signature of a click callback)
    if value:
        from planner.roster.example import example  # noqa: PLC0415  (`--help` does not need it)

        click.echo(example(), nl=False)
        ctx.exit()


@click.command("batch", epilog=EPILOG)
@click.argument("roster", metavar="ROSTER", type=FILE)
@click.option("-o", "--output", "folder", metavar="DIR", type=FILE, required=True, help="The folder for plans and report.")
@click.option("-f", "--format", "formats", metavar="FORMAT", multiple=True, help=f"{FORMATS}; may be given several times.")
@click.option("--defaults", metavar="BASE.toml", type=FILE, help="Defaults for what rows leave out, as an athlete file.")
@click.option("--start", callback=read_day, metavar="DATE", help="Start everybody's plan on this date.")
@click.option(
    "--shift", "shift_days", metavar="DAYS", type=click.IntRange(-3660, 3660), default=0, help="Move every start by this many days."
)
@click.option("--logs", metavar="DIR", type=FILE, help="A folder of logs, one for each athlete: ana.csv for the id ana.")
@click.option(
    "--log", "long_log", metavar="FILE", type=FILE, help="One long log (CSV) with a column athlete, which says whose each row is."
)
@click.option(
    "--map", "mapped", metavar="HEADER=COLUMN", multiple=True, help="Read a column of the long log as this one; may be given several times."
)
@click.option(
    "--dates", type=click.Choice(["dmy", "mdy"]), help="How to read dates like 3/4/2027 in the long log, if its dates do not show it."
)
@click.option("--prune", is_flag=True, help="Cancel the calendars of athletes who are no longer in the roster.")
@click.option("--workers", metavar="N", type=click.IntRange(1, 512), help="How many processes plan; if left out, as many as processors.")
@click.option("--scheduler", metavar="ADDRESS", help="Plan on the workers of a Dask cluster, like tcp://host:8786 or tls://host:8786.")
@click.option("--tls-ca", metavar="FILE", type=FILE, help="The authority that signed the cluster's certificates (PEM).")
@click.option("--tls-cert", metavar="FILE", type=FILE, help="Your certificate for the cluster (PEM).")
@click.option("--tls-key", metavar="FILE", type=FILE, help="Its key, if that is not in the same file (PEM).")
@click.option("--shards", metavar="N", type=click.IntRange(0, 9999), default=0, help="Put the plans in N zips instead of a file each.")
@click.option("--alarm", callback=read_alarm, metavar="TIME", help="Add a reminder this long before, like 30m (calendars).")
@click.option("--private", is_flag=True, help=PRIVATE)
@click.option("--example", is_flag=True, is_eager=True, expose_value=False, callback=_example, help="Print a roster to start from.")
@planning
@plugin_option
@json_option
@verbosity_options
def command(  # noqa: PLR0913, PLR0917  (one parameter per option)
    roster: Path,
    folder: Path,
    formats: tuple[str, ...],
    defaults: Path | None,
    start: date | None,
    shift_days: int,
    logs: Path | None,
    long_log: Path | None,
    mapped: tuple[str, ...],
    dates: Order | None,
    prune: bool,  # noqa: FBT001  (a click flag)
    workers: int | None,
    scheduler: str | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    shards: int,
    alarm: int | None,
    private: bool,  # noqa: FBT001
    without: tuple[str, ...],
    as_of: date | None,
    plugins: tuple[Path, ...],
    as_json: bool,  # noqa: FBT001
) -> None:
    """Make a plan for each row of a roster, and a report of what became of each.

    ROSTER is a CSV file, a workbook (.xlsx), JSON lines, a folder of athlete files, or - for standard input. Columns are the athlete file's
    keys with dots, like running.easy_pace. A bad row costs only that row. DIR gets a file for each athlete, named by the athlete's id,
    report.csv, report.json and summary.txt, and the Monday list: whom to look at first, monday.txt and monday.csv. A calendar that is
    already there is updated.
    """
    gc.enable()  # a batch runs long enough to need garbage collection
    from planner.cli.progress import watching  # noqa: PLC0415  (`--help` does not need it)
    from planner.maker import Chosen  # noqa: PLC0415
    from planner.render import Options  # noqa: PLC0415
    from planner.roster.files import refuse_inputs  # noqa: PLC0415
    from planner.roster.recipe import recipe_of  # noqa: PLC0415
    from planner.roster.run import OWN_NAMES, Batch, run_batch  # noqa: PLC0415
    from planner.roster.sources import open_roster  # noqa: PLC0415

    asked = tuple(dict.fromkeys(name.lower().removeprefix(".") for name in formats)) or (DEFAULT_FORMAT,)
    _refuse_alarm(asked, alarm)
    if folder == STANDARD_OUTPUT:
        raise InputError("-o", "found -", "a folder: a batch writes many files")
    refuse_inputs(folder, (roster, defaults, long_log), OWN_NAMES)
    chosen = Chosen.now(without, plugins)
    rows = open_roster(roster)
    recipe = recipe_of(rows, roster, defaults=defaults, start=start, shift_days=shift_days, logs=logs)
    with ExitStack() as stack:
        stack.enter_context(_stopping_in_order())
        told = stack.enter_context(_logs(logs, long_log, mapped, dates))
        batch = Batch(
            roster=rows,
            recipe=recipe,
            folder=folder,
            formats=asked,
            options=Options(alarm_s=alarm, private=private),
            plugins=chosen,
            moment=_moment(as_of),
            shards=shards,
            logs=told,
            prune=prune,
        )
        runner = stack.enter_context(_runner(workers, scheduler, (tls_ca, tls_cert, tls_key), chosen))
        summary = run_batch(batch, runner, stack.enter_context(watching()))
    _conclude(summary, folder, as_json=as_json)


@contextmanager
def _stopping_in_order() -> Iterator[None]:
    """Handle SIGTERM (from cron's `timeout`, a service that is stopped, `docker stop`) like Ctrl-C, so that finished work is recorded.

    Only the first one: `timeout` sends it twice, and the second must not interrupt the recording. The workers are not affected.
    """

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _refuse_alarm(formats: tuple[str, ...], alarm: int | None) -> None:
    """Raise `InputError` for `--alarm` without a calendar, where it would do nothing."""
    if alarm is not None and DEFAULT_FORMAT not in formats:
        raise InputError("--alarm", f"found it with the format {', '.join(formats)}", "a calendar (.ics)", "Leave out --alarm.")


def _logs(
    folder: Path | None, long_log: Path | None, mapped: tuple[str, ...], dates: Order | None
) -> AbstractContextManager[LongLog | LogFolder | None]:
    """The source of logs besides those that rows name; None without one. Raises `InputError` for options that exclude each other."""
    if long_log is None:
        for option, given in (("--map", mapped), ("--dates", dates)):
            if given:
                raise InputError(option, "found it without --log", "one long log that it is about")
        if folder is None:
            return nullcontext()
        from planner.roster.logs import LogFolder  # noqa: PLC0415  (`--help` does not need it)

        return LogFolder(folder)
    if folder is not None:
        raise InputError("--log", "found it with --logs", "one of them: a long log, or a folder of logs")
    from planner.journal.form import mapping_of  # noqa: PLC0415
    from planner.roster.long_log import LongLog  # noqa: PLC0415

    return LongLog(long_log, mapping_of(mapped), dates)


def _moment(as_of: date | None) -> Moment | None:
    """The moment set by `--as-of` or `SOURCE_DATE_EPOCH`, if any, which makes the plans byte-for-byte reproducible."""
    from planner.maker import EPOCH, moment  # noqa: PLC0415
    from planner.roster.manifest import Moment  # noqa: PLC0415

    if as_of is None and not os.environ.get(EPOCH, "").strip():
        return None
    return Moment(as_of, moment("UTC", as_of)[1])


def _runner(
    workers: int | None, scheduler: str | None, tls: tuple[Path | None, Path | None, Path | None], plugins: Chosen
) -> AbstractContextManager[Executor]:
    """The executor: local processes, or the workers of a cluster. Raises `InputError` for options that exclude each other."""
    if scheduler is not None:
        from planner.roster.cluster import Tls, connected  # noqa: PLC0415  (only for a cluster)

        if workers is not None:
            raise InputError("--workers", "found it with --scheduler", "one of them: a cluster has its own workers")
        return connected(scheduler, Tls(*tls), plugins)
    for name, path in zip(("ca", "cert", "key"), tls, strict=True):
        if path is not None:
            raise InputError(f"--tls-{name}", "found it without --scheduler", "a cluster to use it with, like --scheduler tls://host:8786")
    from planner.processes import processors  # noqa: PLC0415
    from planner.roster.workers import LocalRunner  # noqa: PLC0415

    return nullcontext(LocalRunner(workers or processors()))


def _conclude(summary: Summary, folder: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(summary.data())
    tell(f"{summary.counted()}.")
    stopped = summary.counts["stop"]
    if stopped:
        tell(f"{count(stopped, 'athlete')} must see a professional first: see {folder / 'summary.txt'}.")
    for note in summary.notes:
        tell(note)
    if summary.strangers:
        tell(f"{count(summary.strangers, 'name')} in the logs, but not in the roster: see {folder / 'summary.txt'}.")
    if summary.listed_strangers:
        tell(f"{summary.listed_strangers} of them to look at first: see {folder / 'monday.txt'}.")
    if summary.went_on:
        tell("This continued the run that was interrupted, with its date.")
    if summary.listed:
        tell(f"{count(summary.listed, 'athlete')} to look at first: see {folder / 'monday.txt'}.")
    tell(f"Next: read {folder / 'summary.txt'}; {folder / 'report.csv'} has a row for each athlete.")
    if summary.failed:
        click.get_current_context().exit(SOME_FAILED)
