"""A programme's ladder: its levels with steps between them, and the rung from which a week continues, by what was run and how it felt."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from planner import EasierShape, Level, memo
from planner_pillars.week_history import runs_of_weeks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner import Session, Template, WeekView

WEEK = timedelta(days=7)
FAR_APART = (3, 2)
"""Two levels whose stretches differ by more than this ratio get a step between them."""
LATELY_WEEKS = 4
"""How many weeks back a level still counts as reached."""
FIRST_AGAIN_DAYS = 28
"""After this many dates without a run the ladder restarts at its first level (evidence 1a)."""
BETWEEN = "between"
"""The label of a step between two levels of the programme."""


@memo
def rungs(template: Template) -> tuple[Level, ...]:
    """The template's levels, easiest first, with steps between stretches too far apart; levels that are no step up are left out."""
    found: list[Level] = []
    for level in template.levels:
        while found and level.run_s * FAR_APART[1] > found[-1].run_s * FAR_APART[0]:
            found.append(_between(found[-1], level))
        if not found or level.run_s > found[-1].run_s or (level.run_s == found[-1].run_s and level.walk_s < found[-1].walk_s):
            found.append(level)
    return tuple(found)


def _between(low: Level, high: Level) -> Level:
    """The step from `low` towards `high`: a third longer, with the shorter of their walks, or `low`'s if `high` has none."""
    grain = 30 if low.run_s >= 300 else 15
    run_s = min(max(low.run_s + grain, low.run_s * 4 // 3 // grain * grain), high.run_s - 1)
    walk_s = low.walk_s if not high.walk_s else min(low.walk_s, high.walk_s)
    total = (low.total_s + high.total_s) // 2
    return Level(run_s=run_s, walk_s=walk_s, reps=max(1, total // run_s), label=BETWEEN)


@memo
def easier_levels(template: Template) -> tuple[tuple[EasierShape, ...], ...]:
    """For each rung the programme's levels below it, nearest first, without the steps between."""
    ladder = rungs(template)
    named = [
        EasierShape(level=n + 1, stretch_s=level.run_s if level.walk_s else None, walk_s=level.walk_s)
        for n, level in enumerate(ladder)
        if level.label != BETWEEN
    ]
    return tuple([tuple([easier for easier in reversed(named) if easier.level <= n]) for n in range(len(ladder))])


def _since_restart(week: WeekView) -> int:
    """The number of earlier weeks since running last restarted by the log; all earlier weeks if it never did."""
    return len(week.earlier) if week.restarted is None else (week.first_day - week.restarted) // WEEK


def runs_lately(week: WeekView, *, hurt: bool = True) -> list[tuple[Session, int]]:
    """The runs of the last four weeks with their rungs, since running last restarted; with `hurt`, only those after the last run that cost
    levels.
    """
    past = runs_of_weeks(week.earlier)
    lately = [run for runs in past[len(past) - min(_since_restart(week), LATELY_WEEKS, len(past)) :] for run in runs]
    since = week.hurt_on if hurt else None
    return lately if since is None else [(session, rung) for session, rung in lately if session.date > since]


def highest_rung(runs: Iterable[tuple[Session, int]]) -> int | None:
    """The highest rung among runs; None without runs. Missed runs count only if all were missed."""
    lately = [*runs]
    return max([rung for session, rung in lately if session.status != "missed"] or [rung for _, rung in lately], default=None)


def rung_to_go_on_from(ladder: tuple[Level, ...], week: WeekView) -> int | None:
    """The rung to continue from: the highest of the last four weeks, else what a run that cost levels (3a) or time off (1a) leaves.

    Runs before such a step back no longer count. None if there is nothing to go by.
    """
    reached = highest_rung(runs_lately(week))
    if reached is not None:
        return reached
    found = [rung for rung in (_after_time_off(ladder, week), _after_pain(ladder, week)) if rung is not None]
    return min(found, default=None)


def _after_pain(ladder: tuple[Level, ...], week: WeekView) -> int | None:
    """The rung that the last run with lost levels leaves; None if no run cost levels, or if a run followed it."""
    past = [run for runs in runs_of_weeks(week.earlier) for run in runs]
    hurt_on = week.hurt_on
    if hurt_on is None or any([session.date > hurt_on and session.status != "missed" for session, _rung in past]):
        return None
    before = highest_rung([run for run in past if run[0].date <= hurt_on][-1:])
    hurt = before if week.hurt_level is None else week.hurt_level - 1
    return None if hurt is None else easier_by(ladder, hurt, week.levels_lost)


def _after_time_off(ladder: tuple[Level, ...], week: WeekView) -> int | None:
    """The rung after time off: one programme level down per week off, one more after pain, the first level from four weeks on or in an
    entry week. None if running did not restart.
    """
    if week.restarted is None:
        return None
    off = week.days_off + WEEK.days * week.after_pain
    if week.decision == "entry" or off >= FIRST_AGAIN_DAYS:
        return 0
    past = runs_of_weeks(week.earlier)
    before = past[: len(past) - _since_restart(week)][-LATELY_WEEKS:]
    ran = [runs for runs in before if any([session.status != "missed" for session, _rung in runs])]
    reached = highest_rung(ran[-1] if ran else [run for runs in before for run in runs])
    return None if reached is None else easier_by(ladder, reached, off // WEEK.days)


def easier_by(ladder: tuple[Level, ...], rung: int, levels: int) -> int:
    """The rung `levels` programme levels below `rung`, not below the first; steps between levels do not count."""
    named = [n for n, level in enumerate(ladder[:rung]) if level.label != BETWEEN]
    return rung if not levels else named[-levels] if levels <= len(named) else 0


def rung_for(ladder: tuple[Level, ...], longest_s: int, reached: int | None, week: WeekView, template: Template) -> int:
    """The rung of the week's longest run, of about `longest_s` seconds: as high as its length allows, at most one above `reached`, and that
    only after enough clean runs (WR-03, WR-04).
    """
    too_long = (n for n, level in enumerate(ladder) if level.total_s * 9 > longest_s * 10)
    fitting = max(0, next(too_long, len(ladder)) - 1)
    if reached is None:
        return 0 if week.decision == "entry" else easier_by(ladder, fitting, week.levels_lost)
    if fitting <= reached or week.decision in ("easy", "hold", "regress", "entry"):
        return min(fitting, reached) if week.decision in ("regress", "entry") else reached
    clean = sum([rung >= reached and session.status != "missed" for session, rung in runs_lately(week)])
    due = clean + week.room.runs - 1 >= template.clean_sessions
    return reached + 1 if due else reached
