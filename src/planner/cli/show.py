"""`planner show`: the plan in the terminal, today first."""

from __future__ import annotations

import sys
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from planner.cli.common import FILE, json_option, planning, plugin_option, print_json, verbosity_options
from planner.language import N_, _, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planner.model import Plan, Session, Week

TODAY = N_("today")
EPILOG = """\b
Examples:
  planner show ana.toml
  planner show ana.toml --as-of 2027-02-01     # as if it were that day
  planner show ana.json --json"""

STYLES = {"done": "green", "missed": "yellow", "cancelled": "dim", TODAY: "bold"}
"""The rich style of a session's line on a terminal, by its status."""


@click.command("show", epilog=EPILOG)
@click.argument("file", metavar="ATHLETE.toml|PLAN.json", type=FILE)
@planning
@plugin_option
@json_option
@verbosity_options
def command(
    file: Path,
    without: tuple[str, ...],
    plugins: tuple[Path, ...],
    as_of: date | None,
    as_json: bool,  # noqa: FBT001  (a click flag)
) -> None:
    """Show today's session, the week around it, and every week's load against its ceiling.

    Takes an athlete file, or a plan that `planner make` wrote (.json, .ics).
    """
    from planner.cli.planning import plan_of  # noqa: PLC0415  (`--help` does not need it)
    from planner.maker import moment  # noqa: PLC0415

    plan = plan_of(file, without=without, plugins=plugins, as_of=as_of)
    today = moment(plan.timezone, as_of)[0]
    if as_json:
        print_json(_data(plan, today))
        return
    with use_language(plan.language):
        _print(plan, today)


def _print(plan: Plan, today: date) -> None:
    from planner.cli import weektable  # noqa: PLC0415

    table, logged = weektable.rows(plan, today), plan.ahead_from is not None
    head, tail = list(_head(plan, today)), list(_tail(plan))
    if not sys.stdout.isatty():
        signs = [weektable.legend()] if logged else []
        click.echo("\n".join([*(line.text for line in head), "", *weektable.plain(table), *signs, *tail]))
        return
    from rich.console import Console  # noqa: PLC0415

    console = Console(highlight=False)
    for line in head:
        console.print(line.text, style=line.style, markup=False)
    console.print()
    console.print(weektable.rich_table(table))
    if logged:
        console.print(weektable.legend(weektable.PAINTED), markup=False)
    console.print("\n".join(tail), markup=False)


class _Line(NamedTuple):
    """A line, and its rich style on a terminal."""

    text: str
    style: str = ""


def _head(plan: Plan, today: date) -> Iterator[_Line]:
    """What halts the plan, today's sessions, then the week."""
    from planner.cli import halt_lines  # noqa: PLC0415
    from planner.render.words import day_words, step_lines  # noqa: PLC0415

    first, last = plan.weeks[0], plan.weeks[-1]
    who, date_words = plan.athlete_name or plan.athlete_id, day_words(today, year=True)
    yield _Line(_("{name}, programme {programme}: {day}", name=who, programme=plan.template, day=date_words), "bold")
    halts = list(halt_lines.lines(plan))
    yield from (_Line(line, "" if line.startswith(" ") else "bold red") for line in halts)
    if today > last.last_day:
        yield _Line(_("The plan is over: its last day was {day}.", day=day_words(last.last_day, year=True)))
        return
    if today < first.start:
        yield _Line(_("The plan starts on {day}.", day=day_words(first.start, year=True)))
    now = [s for s in plan.sessions if s.date == today]
    if not now and today >= first.start and not halts:
        yield _Line(_("Nothing is planned today."))
    for session in now:
        yield _Line(_("Today") + f"{_hour(session)}: {session.title}{_became(plan, session)}", "bold")
        yield from (_Line(f"  {line}") for line in step_lines(session.steps))
    week = next((w for w in plan.weeks if w.start <= today <= w.last_day), first)
    rest = list(_coming(week, today) if plan.ahead_from is None else _followed(plan, week, today))
    if rest:
        yield _Line("")
        yield _Line(_("Week {number}:", number=week.number), "bold")
        yield from rest


def _coming(week: Week, today: date) -> Iterator[_Line]:
    """The week's sessions after today."""
    for session in week.sessions:
        if session.date > today:
            yield _Line(_line(session.date, _hour(session), session.title))


def _followed(plan: Plan, week: Week, today: date) -> Iterator[_Line]:
    """The whole week of a plan that follows a log: each session with its status, and unplanned runs."""
    from planner.quantities import distance  # noqa: PLC0415
    from planner.render.done import own_days  # noqa: PLC0415
    from planner.render.words import status_words  # noqa: PLC0415

    told: list[tuple[date, str, str, str]] = []
    for session in week.sessions:
        mark = session.status if session.status != "planned" else TODAY if session.date == today else ""
        told.append((session.date, _hour(session), mark, f"{session.title}{_metres(plan, session)}"))
    for done in own_days(plan, week):
        ran = distance(done.run_m, miles=plan.units == "mi")
        told.append((done.date, "", "done", _("A run that was not planned for this day ({distance})", distance=ran)))
    marks = {mark: _(TODAY) if mark == TODAY else status_words(mark) for _day, _at, mark, _words in told}
    room = max([7, *map(len, marks.values())]) + 1
    for day, hour, mark, words in sorted(told, key=itemgetter(0)):
        yield _Line(_line(day, hour, f"{marks[mark]:<{room}}{words}"), STYLES.get(mark, ""))


def _line(day: date, hour: str, words: str) -> str:
    from planner.render.words import day_words  # noqa: PLC0415

    return f"  {day_words(day):<10}{hour:<7}{words}"


def _became(plan: Plan, session: Session) -> str:
    """A session's status, to follow its title; empty while it is only planned."""
    from planner.render.words import status_words  # noqa: PLC0415

    return "" if session.status == "planned" else f", {status_words(session.status)}{_metres(plan, session)}"


def _metres(plan: Plan, session: Session) -> str:
    """How much of a run was done, in brackets; empty if that is not known."""
    from planner.quantities import distance  # noqa: PLC0415
    from planner.render.done import session_done_m  # noqa: PLC0415

    done, miles = session_done_m(plan, session), plan.units == "mi"
    if done is None:
        return ""
    return " " + _("({done} of {planned})", done=distance(done, miles=miles), planned=distance(session.run_m, miles=miles))


def _hour(session: Session) -> str:
    return f" {session.start:%H:%M}" if session.start else ""


def _tail(plan: Plan) -> Iterator[str]:
    """The load and the goal unless the plan is halted, the other findings, and the disclaimer."""
    from planner.cli import halt_lines  # noqa: PLC0415
    from planner.cli.summary import finding_line, load_sentences, told  # noqa: PLC0415

    halts = halt_lines.halts(plan)
    yield ""
    yield from () if halts else load_sentences(plan)
    yield from (finding_line(finding) for finding in told(plan) if finding not in halts)
    if plan.disclaimer:
        yield ""
        yield plan.disclaimer


def _data(plan: Plan, today: date) -> dict[str, object]:
    from planner.cli import halt_lines  # noqa: PLC0415
    from planner.cli.summary import outlook  # noqa: PLC0415

    return {
        "athlete": plan.athlete_id,
        "template": plan.template,
        "today": str(today),
        "halts": halt_lines.data(plan),
        **({} if plan.ahead_from is None else {"ahead_from": str(plan.ahead_from)}),
        "sessions_today": [_session(plan, s) for s in plan.sessions if s.date == today],
        "weeks": [_week(plan, week) for week in plan.weeks],
        **outlook(plan),
    }


def _week(plan: Plan, week: Week) -> dict[str, object]:
    return {
        "number": week.number,
        "start": str(week.start),
        "stage": week.stage,
        "decision": week.decision,
        "run_m": week.run_m,
        "foot_m": week.foot_m,
        "ceiling_run_m": week.ceiling_run_m,
        "ceiling_foot_m": week.ceiling_foot_m,
        "bound_by": week.bound_by,
        **_done(plan, week),
        "sessions": [_session(plan, s) for s in week.sessions],
    }


def _done(plan: Plan, week: Week) -> dict[str, object]:
    """What was done in a week so far, null if it is still ahead; empty if no log is kept."""
    from planner.render.done import done_in  # noqa: PLC0415

    if plan.ahead_from is None:
        return {}
    found = done_in(plan, week)
    if found is None:
        return {"done_run_m": None, "done": []}
    done = [{"date": str(d.date), "run_m": d.run_m, "foot_m": d.foot_m, "allowed_m": d.allowed_m} for d in found]
    return {"done_run_m": sum(d.run_m for d in found), "done": done}


def _session(plan: Plan, session: Session) -> dict[str, object]:
    from planner.render.done import session_done_m  # noqa: PLC0415

    return {
        "id": session.id,
        "date": str(session.date),
        "start": session.start and session.start.isoformat(),
        "duration_s": session.duration_s,
        "title": session.title,
        "run_m": session.run_m,
        "status": session.status,
        **({} if plan.ahead_from is None else {"done_m": session_done_m(plan, session)}),
    }
