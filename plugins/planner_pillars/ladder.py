"""The ladder of a programme: its levels with steps between them, and the one from which a week goes on, by what was run and how it felt."""

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
"""Two levels whose stretches differ by more than this factor get a step between them."""
LATELY_WEEKS = 4
"""How far back a level counts as reached."""
FIRST_AGAIN_DAYS = 28
"""After so many dates without a run the ladder begins again at its first level (evidence 1a)."""
BETWEEN = "between"
"""What a step between two levels of the programme is labelled."""


@memo
def rungs(template: Template) -> tuple[Level, ...]:
    """The template's levels, easiest first, with steps between two whose stretches are too far apart, continuous running at the end."""
    found: list[Level] = []
    for level in template.levels:
        while found and level.run_s * FAR_APART[1] > found[-1].run_s * FAR_APART[0]:
            found.append(_between(found[-1], level))
        if not found or level.run_s > found[-1].run_s or (level.run_s == found[-1].run_s and level.walk_s < found[-1].walk_s):
            found.append(level)
    return tuple(found)


def _between(low: Level, high: Level) -> Level:
    """The step above `low` on the way to `high`: a third longer, with the shorter of the two walks that are left."""
    grain = 30 if low.run_s >= 300 else 15
    run_s = min(max(low.run_s + grain, low.run_s * 4 // 3 // grain * grain), high.run_s - 1)
    walk_s = low.walk_s if not high.walk_s else min(low.walk_s, high.walk_s)
    total = (low.total_s + high.total_s) // 2
    return Level(run_s=run_s, walk_s=walk_s, reps=max(1, total // run_s), label=BETWEEN)


@memo
def easier_levels(template: Template) -> tuple[tuple[EasierShape, ...], ...]:
    """For each rung the levels of the programme below it, the nearest first."""
    ladder = rungs(template)
    named = [
        EasierShape(level=n + 1, stretch_s=level.run_s if level.walk_s else None, walk_s=level.walk_s)
        for n, level in enumerate(ladder)
        if level.label != BETWEEN
    ]
    return tuple([tuple([easier for easier in reversed(named) if easier.level <= n]) for n in range(len(ladder))])


def _since_restart(week: WeekView) -> int:
    """How many weeks before this one there are since running last started anew, by a log; all of them where it never did."""
    return len(week.earlier) if week.restarted is None else (week.first_day - week.restarted) // WEEK


def runs_lately(week: WeekView, *, hurt: bool = True) -> list[tuple[Session, int]]:
    """The runs of the last four weeks, each with its rung; none from before running last started anew, and with `hurt` none up to the last
    run that cost levels.
    """
    past = runs_of_weeks(week.earlier)
    lately = [run for runs in past[len(past) - min(_since_restart(week), LATELY_WEEKS, len(past)) :] for run in runs]
    since = week.hurt_on if hurt else None
    return lately if since is None else [(session, rung) for session, rung in lately if session.date > since]


def highest_rung(runs: Iterable[tuple[Session, int]]) -> int | None:
    """The highest rung that one of some runs stood on; None where there was none. Of runs that were missed, by a log, only where all
    were: nobody has reached what was not run.
    """
    lately = [*runs]
    return max([rung for session, rung in lately if session.status != "missed"] or [rung for _, rung in lately], default=None)


def rung_to_go_on_from(ladder: tuple[Level, ...], week: WeekView) -> int | None:
    """The highest rung of the last four weeks; after a run that cost levels, or where running starts anew, lower than before (3a, 1a).

    From there the ladder is climbed as ever: what was run before does not count any more.
    """
    reached = highest_rung(runs_lately(week))
    if reached is not None:
        return reached
    found = [rung for rung in (_after_time_off(ladder, week), _after_pain(ladder, week)) if rung is not None]
    return min(found, default=None)


def _after_pain(ladder: tuple[Level, ...], week: WeekView) -> int | None:
    """The levels of the programme lost below the last run that cost any; None if no run did, or if runs were done since."""
    past = [run for runs in runs_of_weeks(week.earlier) for run in runs]
    hurt_on = week.hurt_on
    if hurt_on is None or any([session.date > hurt_on and session.status != "missed" for session, _rung in past]):
        return None
    before = highest_rung([run for run in past if run[0].date <= hurt_on][-1:])
    hurt = before if week.hurt_level is None else week.hurt_level - 1
    return None if hurt is None else easier_by(ladder, hurt, week.levels_lost)


def _after_time_off(ladder: tuple[Level, ...], week: WeekView) -> int | None:
    """A level of the programme lower than in the last week with runs for each week off, one more after a gap for pain, the first one from
    four on and where the laws open anew; None where running did not start anew.
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
    """The rung so many levels of the programme below another; steps between two levels do not count, and the first level is the least."""
    named = [n for n, level in enumerate(ladder[:rung]) if level.label != BETWEEN]
    return rung if not levels else named[-levels] if levels <= len(named) else 0


def rung_for(ladder: tuple[Level, ...], longest_s: int, reached: int | None, week: WeekView, template: Template) -> int:
    """The rung for the week's longest run of about `longest_s` seconds: what its length is enough for, at most one above what was
    reached, and only after enough clean runs there (WR-03, WR-04).
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
