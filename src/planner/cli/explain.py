"""`planner explain`: why each session has its length and its day, with sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import FILE, json_option, planning, plugin_option, print_json, read_day, verbosity_options
from planner.errors import InputError
from planner.language import N_, _, ngettext, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planner.model import Plan, Session, Week

EPILOG = """\b
Examples:
  planner explain ana.toml                     # this week
  planner explain ana.toml --week 3
  planner explain ana.json --date 2027-01-19"""
DECISIONS = {
    "entry": N_("the opening dose"),
    "progress": N_("growth, if the week before was clean"),
    "hold": N_("the same again"),
    "easy": N_("an easy week: the same load once more"),
    "regress": N_("a step back"),
    "off": N_("no running"),
}


@click.command("explain", epilog=EPILOG)
@click.argument("file", metavar="ATHLETE.toml|PLAN.json", type=FILE)
@click.option("--week", type=click.IntRange(min=1), metavar="N", help="Only this week of the plan, counted from 1.")
@click.option("--date", "day", callback=read_day, metavar="DATE", help="Only this date.")
@planning
@plugin_option
@json_option
@verbosity_options
def command(
    file: Path,
    week: int | None,
    day: date | None,
    without: tuple[str, ...],
    plugins: tuple[Path, ...],
    as_of: date | None,
    as_json: bool,  # noqa: FBT001  (a click flag)
) -> None:
    """Say why each session of a week has its length and its day: the limit that decided, and its source."""
    if week is not None and day is not None:
        raise click.UsageError("found both --week and --date; expected one of them")
    from planner.cli.planning import plan_of  # noqa: PLC0415  (`--help` does not need it)
    from planner.maker import moment  # noqa: PLC0415

    plan = plan_of(file, without=without, plugins=plugins, as_of=as_of)
    chosen = _week(plan, week, day or (None if week else moment(plan.timezone, as_of)[0]), asked=day is not None)
    sessions = [s for s in chosen.sessions if day is None or s.date == day]
    with use_language(plan.language):
        if as_json:
            print_json(_data(plan, chosen, sessions))
        else:
            click.echo("\n".join(_lines(plan, chosen, sessions, of_one_date=day is not None)))


def _week(plan: Plan, number: int | None, day: date | None, *, asked: bool) -> Week:
    """The week by number, or the one that contains `day`, else the nearest unless `day` was `asked` for. Raises `InputError`."""
    from planner.cli import summary  # noqa: PLC0415  (`--help` does not need it)

    first, last = plan.weeks[0], plan.weeks[-1]
    if number is not None:
        found = next((w for w in plan.weeks if w.number == number), None)
        if found is None:
            raise InputError("--week", f"found {number}", f"from {first.number} to {last.number}: the plan has no other weeks")
        return found
    found = next((w for w in plan.weeks if day is not None and w.start <= day <= w.last_day), None)
    if found is not None:
        return found
    if asked:
        over = summary.over_sentence(plan) if day is not None and last.last_day < min(day, plan.as_of) else ""
        raise InputError("--date", f"found {day}", f"a date of the plan, from {first.start} to {last.last_day}", over)
    return last if day is not None and day > last.last_day else first


def _data(plan: Plan, week: Week, sessions: list[Session]) -> dict[str, object]:
    from planner.cli import halt_lines, week_reasons  # noqa: PLC0415  (`--help` does not need it)

    return {
        "halts": halt_lines.data(plan),
        "week": week.number,
        "start": str(week.start),
        "stage": week.stage,
        "decision": week.decision,
        "run_m": week.run_m,
        "ceiling_run_m": week.ceiling_run_m,
        "foot_m": week.foot_m,
        "ceiling_foot_m": week.ceiling_foot_m,
        "bound_by": week.bound_by,
        **week_reasons.data(plan, week),
        "sessions": [
            {
                "id": s.id,
                "date": str(s.date),
                "start": s.start and s.start.isoformat(),
                "title": s.title,
                "run_m": s.run_m,
                "ceiling_m": s.ceiling_m,
                "bound_by": s.bound_by,
                "why": [{"limit": w.limit, "text": w.text, "source": w.source} for w in s.why],
            }
            for s in sessions
        ],
    }


def _lines(plan: Plan, week: Week, sessions: list[Session], *, of_one_date: bool) -> Iterator[str]:
    from planner.cli import halt_lines, week_reasons  # noqa: PLC0415
    from planner.quantities import distance  # noqa: PLC0415
    from planner.render.words import bound_words, day_words  # noqa: PLC0415

    miles, halts = plan.units == "mi", list(halt_lines.lines(plan))
    yield from (*halts, "") if halts else ()
    yield _(
        "Week {number}, {first} to {last}: {decision}.",
        number=week.number,
        first=day_words(week.start),
        last=day_words(week.last_day, year=True),
        decision=week_reasons.words(plan, week) or _(DECISIONS[week.decision]),
    )
    if week.run_m:
        run, most, bound = distance(week.run_m, miles=miles), distance(week.ceiling_run_m, miles=miles), bound_words(week.bound_by)
        if week.bound_by:
            yield _("Running {distance} of at most {most} this week, set by {bound}.", distance=run, most=most, bound=bound)
        else:
            yield _("Running {distance} of at most {most} this week.", distance=run, most=most)
    yield from week_reasons.lines(plan, week)
    if not sessions and not halts:
        yield _("Nothing is planned on that day.") if of_one_date else _("Nothing is planned this week.")
        yield _("Days away and free hours are set in the athlete file, under [availability].")
    for session in sessions:
        yield ""
        yield from _session(session, _place(session, plan), miles=miles)


def _place(session: Session, plan: Plan) -> str:
    """The days since the last session of the same kind and the least allowed, in words; empty for the first, or if no rule applies."""
    least = {"run": (plan.reading.run_gap_days, "WR-02"), "strength": (2, "STR-09")}
    kind = next((tag for tag in least if tag in session.tags), None)
    if kind is None:
        return ""
    days, source = least[kind]
    past = [done.date for done in plan.history if kind == "run" and done.date < session.date]
    earlier = [s.date for s in plan.sessions if kind in s.tags and s.date < session.date]
    if not past and not earlier:
        return ""
    after = (session.date - max(past + earlier)).days
    if kind == "run":
        return ngettext(
            "{n} day after the last run session; at least {least} [{source}]",
            "{n} days after the last run session; at least {least} [{source}]",
            after,
            least=days,
            source=source,
        )
    return ngettext(
        "{n} day after the last strength session; at least {least} [{source}]",
        "{n} days after the last strength session; at least {least} [{source}]",
        after,
        least=days,
        source=source,
    )


def _session(session: Session, place: str, *, miles: bool) -> Iterator[str]:
    from planner.render.words import day_words, load_line  # noqa: PLC0415

    hour = f" {session.start:%H:%M}" if session.start else ""
    yield f"{day_words(session.date)}{hour}  {session.title}  [{session.id}]"
    size = load_line(session, miles=miles)
    if size:
        yield "  " + _("Size: {words}.", words=size)
    if place:
        yield "  " + _("Place: {words}", words=place)
    for why in session.why:
        source = f" [{why.source}]" if why.source else ""
        yield f"  {_because(why.limit)}: {' '.join(why.text.split())}{source}"


def _because(limit: str) -> str:
    from planner.render.words import bound_words  # noqa: PLC0415

    if limit == "content":
        return _("Why")
    return _("Decided by {words}", words=bound_words(limit))
