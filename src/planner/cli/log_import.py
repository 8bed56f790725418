"""`planner log ATHLETE.toml import FILE...`: add runs recorded by a watch or an app to the log."""

from __future__ import annotations

import gc
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import FILE, json_option, print_json, tell
from planner.errors import InputError, PlannerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, tzinfo

    from planner.athlete import Running
    from planner.cli.import_report import Outcome
    from planner.cli.log_home import Home
    from planner.entry import Entry
    from planner.journal.activity import Activity
    from planner.journal.log_file import OpenLog
    from planner.journal.rows_from_activities import Planned, Share
    from planner.journal.tables import Aside, Read
    from planner.model import Paces, Plan

SOME_FAILED = 1
MOVED_DAYS = 3
"""A recorded run up to this many days from a planned one is split into running and walking as planned there."""
EPILOG = """\b
Examples:
  planner log ana.toml import evening.fit
  planner log ana.toml import Downloads/*.fit Downloads/*.tcx
  planner log ana.toml import export_12345.zip        # all of Strava's export
  planner log ana.toml import Activities.csv          # Garmin Connect's list

Also -q, -v, --as-of DATE. Import the same files again as often as you like: a run is in the log only once.

Exit codes: 0 every run was taken or is in the log already, 1 something was not taken, 2 the command or the log is wrong,
74 could not write; the log is as it was then."""


def run(athlete_file: Path, arguments: list[str], *, as_of: date | None, quiet: bool) -> int:
    """Import the files that `arguments` name into an athlete's log; return the exit code.

    `as_of` replaces today's date. Raises click's errors for a wrong command, `InputError` if the athlete file or the log cannot be read,
    `OutputError` if the log cannot be written.
    """
    parent = click.get_current_context(silent=True)
    with command.make_context("import", list(arguments), parent=parent, obj=(athlete_file, as_of)) as ctx:
        if quiet:
            ctx.meta["planner.quiet"] = True
        code: int = command.invoke(ctx)
    return code


@click.command("import", epilog=EPILOG)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@json_option
@click.pass_obj
def command(asked: tuple[Path, date | None], files: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001  (a click flag)
    """Add the runs in FILEs to the log: FIT, TCX or GPX, Strava's export (zip, its folder, or activities.csv), tables of Garmin Connect or
    TrainingPeaks, or a folder of recordings.

    Running and walking are told apart from what was recorded; without records a run is shared as planned, and its note says so. What is not
    a run or cannot be read is named with its reason, and changes nothing.
    """
    gc.enable()  # years of recordings need garbage collection
    from planner.cli import import_report as report  # noqa: PLC0415  (`--help` does not need it)
    from planner.cli.log_home import home_of, name_log  # noqa: PLC0415
    from planner.journal.log_file import editing  # noqa: PLC0415

    home = home_of(asked[0], asked[1])
    with editing(home.log, miles=home.miles, today=home.today):
        pass  # fail on an unreadable log before reading the recordings
    outcomes = import_into(home, tuple(dict.fromkeys(files)), planned_by(home, asked[1]))
    if as_json:
        print_json(report.data(home.log, outcomes))
    for said in report.lines(outcomes, miles=home.miles):
        if said.wrong or not as_json:
            tell(said.text, always=said.wrong, detail=said.detail)
    if any(outcome.kind == "taken" for outcome in outcomes) and name_log(home):
        tell(f'Added the line log = "{home.log.name}" to {home.athlete_file}. From now on the plan counts what the log says.')
    return SOME_FAILED if report.failed(outcomes) else 0


def import_into(home: Home, files: tuple[Path, ...], planned: Planned) -> list[Outcome]:
    """Read `files` and add their new runs to the log in one edit; return all outcomes. `planned` looks up the run planned for a date."""
    from planner.cli.import_report import Outcome  # noqa: PLC0415  (`--help` does not need it)
    from planner.journal.activity_files import ActivityReader  # noqa: PLC0415
    from planner.journal.log_file import editing  # noqa: PLC0415
    from planner.journal.rows_from_activities import entry_for  # noqa: PLC0415
    from planner.journal.run_walk_split import change_of  # noqa: PLC0415
    from planner.journal.same_run import distinct  # noqa: PLC0415

    running, zone = _athlete(home)
    reader = ActivityReader(miles=home.miles, change=change_of(running.easy_pace, running.walk_pace))
    outcomes: list[Outcome] = []
    runs: list[Activity] = []
    file_of: dict[str, str] = {}
    for file in files:
        read = reader.read(file)
        file_of |= {activity.source: str(file) for activity in read.activities}
        outcomes += [_left(aside, str(file)) for aside in read.aside]
        runs += _possible(read, str(file), zone, home.today, outcomes)
    with editing(home.log, miles=home.miles, today=home.today) as log:
        rows = log.entries  # before this import, whose own runs `distinct` tells apart
        entry_of = partial(entry_for, zone=zone, planned=planned, easy_pace=running.easy_pace)
        for activity, others in distinct(runs, zone):
            outcome = _put(activity, log, rows, entry_of)._replace(file=file_of[activity.source])
            outcomes.append(outcome)
            for other in others:
                why = f"the same run as {activity.source}"
                outcomes.append(Outcome(file_of[other.source], other.source, "same" if outcome.there else "aside", why))
    order = [str(file) for file in files]
    return sorted(outcomes, key=lambda outcome: order.index(outcome.file))


def _left(aside: Aside, file: str) -> Outcome:
    """The outcome for an item set aside while reading: broken, or of another kind."""
    from planner.cli.import_report import Outcome, reason  # noqa: PLC0415  (`--help` does not need it)

    return (
        Outcome(file, aside.where, "failed", reason(aside.error)) if aside.wrong else Outcome(file, aside.where, "aside", aside.error.found)
    )


def _possible(read: Read, file: str, zone: tzinfo, today: date, outcomes: list[Outcome]) -> list[Activity]:
    """The activities with a possible time and size that are not of another sport; adds the others to `outcomes`."""
    from planner.cli.import_report import Outcome, reason  # noqa: PLC0415  (`--help` does not need it)
    from planner.journal.rows_from_activities import check_run, no_run  # noqa: PLC0415

    kept: list[Activity] = []
    for activity in read.activities:
        try:
            check_run(activity, zone, today)
        except InputError as error:
            outcomes.append(Outcome(file, activity.source, "failed", reason(error)))
            continue
        if activity.sport in ("walk", "other"):
            outcomes.append(Outcome(file, activity.source, "aside", no_run(activity)))
        else:
            kept.append(activity)
    return kept


def _put(activity: Activity, log: OpenLog, rows: Sequence[Entry], entry_of: Callable[[Activity], Entry]) -> Outcome:
    """Add an activity to the log if it is a run and not in `rows` yet; return its outcome."""
    from attrs import evolve  # noqa: PLC0415  (`--help` does not need it)

    from planner.cli.import_report import Outcome, reason  # noqa: PLC0415
    from planner.journal.rows_from_activities import in_log, no_run  # noqa: PLC0415

    name = activity.source
    why = no_run(activity)
    if why:
        return Outcome("", name, "aside", why)
    entry = entry_of(activity)
    there = in_log(entry, rows)
    if there is not None:
        return Outcome("", name, "there", f"line {there.line} of the log", there)
    same_day = [row for row in log.entries if row.date == entry.date]
    if any(row.session == entry.session for row in same_day):
        entry = evolve(entry, session="")
    other = next((row for row in same_day if row.run_m), None)
    hint = f"line {other.line} of the log is another run of that day: delete one if they are the same" if other else ""
    try:
        return Outcome("", name, "taken", hint, log.add([entry])[0])
    except InputError as error:
        return Outcome("", name, "failed", reason(error))


def planned_by(home: Home, as_of: date | None) -> Planned:
    """Return a lookup for the run planned on a date, else the nearest within `MOVED_DAYS`, in the plan made from the athlete file.

    If no plan can be made, it always returns None.
    """

    @cache
    def shares() -> dict[date, Share]:
        from planner.athlete_file import read_athlete  # noqa: PLC0415  (the plan is made on first use)
        from planner.cli.planning import plan_for  # noqa: PLC0415

        try:
            plan = plan_for(read_athlete(home.athlete_file), home.athlete_file, without=(), as_of=as_of)
        except PlannerError as error:
            tell(f"No plan could be made to look up what was planned: {error}", detail=True)
            return {}
        return shares_of(plan)

    def nearest(day: date) -> Share | None:
        around = (day + timedelta(days=sign * n) for n in range(MOVED_DAYS + 1) for sign in (-1, 1))
        return next((shares()[other] for other in around if other in shares()), None)

    return nearest


def shares_of(plan: Plan) -> dict[date, Share]:
    """The planned run of each date with its share of running and walking, without cancelled runs."""
    from planner.journal.rows_from_activities import Share  # noqa: PLC0415  (`--help` does not need it)
    from planner.quantities import metres_run  # noqa: PLC0415
    from planner.steps import seconds_of  # noqa: PLC0415

    paces: Paces = plan.reading.paces
    found: dict[date, Share] = {}
    for session in plan.sessions:
        if session.run_s and session.status != "cancelled":
            aside_s = seconds_of(session.steps, "warm-up") + seconds_of(session.steps, "cool-down")
            found[session.date] = Share(
                date=session.date,
                session=session.id,
                run_m=session.run_m,
                foot_m=session.foot_m,
                aside_m=metres_run(aside_s, paces.walk),
                seconds=session.run_s + session.walk_s + aside_s,
            )
    return found


def _athlete(home: Home) -> tuple[Running, tzinfo]:
    """The athlete's paces and time zone. Raises `InputError`, which names the file."""
    from planner.athlete_file import athlete_of  # noqa: PLC0415  (`--help` does not need it)
    from planner.toml_file import read_toml  # noqa: PLC0415
    from planner.zones import zone  # noqa: PLC0415

    table = {key: value for key, value in read_toml(home.athlete_file).items() if key != "log"}  # checked where the log is read
    try:
        athlete = athlete_of(table, name=home.athlete_file.stem)
    except InputError as error:
        raise error.within(str(home.athlete_file)) from None
    return athlete.running, zone(athlete.timezone)
