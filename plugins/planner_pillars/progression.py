"""Training progression: the runs. Turns the programme's ladder into each week's elastic run proposals, and says how to read the knee.

How long a run is, is the engine's; this pillar says in how many stretches it is run, who is longest, and what to do when the knee answers.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias, cast

from attrs import evolve, field, frozen

from planner import Level, Pillar, Proposal, Record, RunProposal, RunShape, _, about, cached, hookimpl, memo
from planner_pillars.content import content
from planner_pillars.doses import doses_of, told, whys
from planner_pillars.log_weeks import has_begun
from planner_pillars.week_history import runs_of_weeks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from planner import Brief, Session, Template, WeekView

FAR_APART = (3, 2)
"""Two levels whose stretches differ by more than this factor get a step between them."""
SHARES = {1: (100,), 2: (100, 92), 3: (100, 96, 92), 4: (100, 96, 94, 92), 5: (100, 97, 95, 93, 92)}
"""How a week's runs stand to each other where the programme does not say. PROG-22 asks for 100/50/75; the laws let no run grow faster than
10%, so a run that starts at half takes seven weeks longer to the goal than the longest: the spread is as wide as the goal's week allows."""
LONG_ENOUGH_S = 24 * 3600
"""A run that has the goal's length climbs on, whatever the levels' own lengths, until it is run without a walk."""
WEEK = timedelta(days=7)
LATELY_WEEKS = 4
"""How far back a level counts as reached."""
FIRST_AGAIN_DAYS = 28
"""After so many dates without a run the ladder begins again at its first level (evidence 1a)."""
BETWEEN = "between"
"""What a step between two levels of the programme is labelled."""
Shape: TypeAlias = tuple[int, int | None, int, int | None, bool]
"""One run of a proposal in plain values: its share, stretch and walk in seconds, its level, whether that is new."""


@frozen(kw_only=True, eq=False, repr=False)
class Settings(Record):
    """`[pillars.progression]`."""

    warm_up_minutes: int = field(default=5, metadata=about("walk before each run (WR-01)", unit="min", least=3, most=20))
    cool_down_minutes: int = field(default=5, metadata=about("walk after each run (WR-01)", unit="min", least=3, most=20))
    rest_day_notes: bool = field(default=True, metadata=about("show rest days in the calendar"))


@hookimpl
def planner_pillar() -> Pillar:
    """The pillar of training progression."""
    return Pillar(
        name="progression",
        summary="the runs: walk-run levels, continuous running, the weekly check and rest days",
        settings=Settings,
        sources=("PROG-01", "PROG-05", "PROG-22", "1a", "WR-01", "WR-03", "WR-04", "PAIN-01"),
    )


@hookimpl
def planner_runs(brief: Brief, week: WeekView, settings: Settings) -> Iterable[RunProposal]:
    """One proposal with all of the week's runs, the longest first and the only one that may try a new level."""
    ladder, most = rungs(brief.template), brief.athlete.most_pain(brief.as_of)
    shares, rpe = _shares(brief.template, week.room.runs), brief.template.rpe
    minutes = (settings.warm_up_minutes, settings.cool_down_minutes)
    if not ladder:
        return [_proposal(most, rpe, minutes, tuple([(share, None, 0, None, False) for share in shares]), _("Easy run"))]
    reached = rung_to_go_on_from(ladder, week)
    aim_s = 60 * (brief.goal.minutes or 24 * 60)
    longest_s = week.room.run_s if week.room.run_s < aim_s else LONG_ENOUGH_S
    top = rung_for(ladder, longest_s, reached, week, brief.template)
    low = top if reached is None or reached >= top or top == len(ladder) - 1 else reached
    is_new = reached is not None and top > reached
    shapes = tuple([_shape(ladder, low if n else top, share, new=is_new and not n) for n, share in enumerate(shares)])
    title = _("Walk-run") if any([shape[2] for shape in shapes]) else _("Easy run")
    back = week.restarted == week.first_day and any(runs_of_weeks(week.earlier))
    return [_proposal(most, rpe, minutes, shapes, title, back=back)]


def _shape(ladder: tuple[Level, ...], rung: int, share: int, *, new: bool) -> Shape:
    level = ladder[rung]
    return (share, level.run_s if level.walk_s else None, level.walk_s, rung + 1, new)


def _shares(template: Template, runs: int) -> tuple[int, ...]:
    """The runs against each other, longest first."""
    given = template.shares[:runs]
    return given if len(given) == runs else SHARES[max(1, min(runs, 5))]


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


def _since_restart(week: WeekView) -> int:
    """How many weeks before this one there are since running last started anew, by a log; all of them where it never did."""
    return len(week.earlier) if week.restarted is None else (week.first_day - week.restarted) // WEEK


def _lately(week: WeekView) -> list[tuple[Session, int]]:
    """The runs of the last four weeks, each with its rung; none from before running last started anew."""
    past = runs_of_weeks(week.earlier)
    return [run for runs in past[len(past) - min(_since_restart(week), LATELY_WEEKS, len(past)) :] for run in runs]


def highest_rung(runs: Iterable[tuple[Session, int]]) -> int | None:
    """The highest rung that one of some runs stood on; None where there was none. Of runs that were missed, by a log, only where all
    were: nobody has reached what was not run.
    """
    lately = [*runs]
    return max([rung for session, rung in lately if session.status != "missed"] or [rung for _, rung in lately], default=None)


def rung_to_go_on_from(ladder: tuple[Level, ...], week: WeekView) -> int | None:
    """The highest rung of the last four weeks; where running starts anew, lower than in the last week with runs (evidence 1a).

    A level of the programme lower for each week off, one more after a gap for pain, the first one from four on and where the laws open
    anew. From there the ladder is climbed as ever.
    """
    reached = highest_rung(_lately(week))
    if reached is not None or week.restarted is None:
        return reached
    off = week.days_off + WEEK.days * week.after_pain
    if week.decision == "entry" or off >= FIRST_AGAIN_DAYS:
        return 0
    past = runs_of_weeks(week.earlier)
    before = past[: len(past) - _since_restart(week)][-LATELY_WEEKS:]
    ran = [runs for runs in before if any([session.status != "missed" for session, _rung in runs])]
    reached = highest_rung(ran[-1] if ran else [run for runs in before for run in runs])
    levels = [n for n, level in enumerate(ladder[:reached]) if level.label != BETWEEN]
    back = off // WEEK.days
    return None if reached is None else levels[-back] if back <= len(levels) else 0


def rung_for(ladder: tuple[Level, ...], longest_s: int, reached: int | None, week: WeekView, template: Template) -> int:
    """The rung for the week's longest run of about `longest_s` seconds: what its length is enough for, at most one above what was
    reached, and only after enough clean runs there (WR-03, WR-04).
    """
    too_long = (n for n, level in enumerate(ladder) if level.total_s * 9 > longest_s * 10)
    fitting = max(0, next(too_long, len(ladder)) - 1)
    if reached is None:
        return 0 if week.decision == "entry" else fitting
    if fitting <= reached or week.decision in ("easy", "hold", "regress", "entry"):
        return min(fitting, reached) if week.decision in ("regress", "entry") else reached
    clean = sum([rung >= reached and session.status != "missed" for session, rung in _lately(week)])
    due = clean + week.room.runs - 1 >= template.clean_sessions
    return reached + 1 if due else reached


@cached(1024)
def _proposal(most: int, rpe: int, minutes: tuple[int, int], shapes: tuple[Shape, ...], title: str, *, back: bool = False) -> RunProposal:
    """The week's runs; `minutes` are walked before and after each, `most` pain is fine; `back`: levels were taken back after time off."""
    words = content("progression")
    return RunProposal(
        key="run",
        title=title,
        unbroken=_("Easy run"),
        runs=tuple(RunShape(share=s, stretch_s=run_s, walk_s=walk_s, level=n, new_level=new) for s, run_s, walk_s, n, new in shapes),
        rpe=rpe,
        warm_up_s=60 * minutes[0],
        cool_down_s=60 * minutes[1],
        importance=(90, 80, 40),
        details=f"{words['easy']}\n{told('pain', most)}",
        why=(*whys(words, "easy_why"), *whys(words, "pain_why"), *(whys(words, "back_why") if back else ())),
    )


@hookimpl
def planner_sessions(brief: Brief, week: WeekView, settings: Settings) -> Iterable[Proposal]:
    """The three doses of each run, the weekly check, and rest days. In a week that has begun a log answers the check.

    Runs that stand anyway say the rule on pain too: nothing else of this pillar is in them.
    """
    most = brief.athlete.most_pain(brief.as_of)
    proposals = doses_of(week, most)
    asked = _asked_about(week)
    if asked is not None:
        proposals.append(
            _answered(week.first_day, week.decision) if has_begun(brief, week.first_day) else _gate(week.first_day, asked, most)
        )
    if settings.rest_day_notes:
        proposals.append(_rest_day())
    return proposals


def _asked_about(week: WeekView) -> date | None:
    """The first day of the last week with runs, of which the weekly check asks; None where there is none, or nothing follows from it.

    After a week without runs it is asked once more, before the first ones after it.
    """
    ran = next((earlier.start for earlier in reversed(week.earlier) if earlier.run_s), None)
    return ran if ran == week.first_day - WEEK or week.runs or week.committed else None


@cached(64)
def _gate(first_day: date, asked: date, most: int) -> Proposal:
    """The weekly check of the runs of the week from `asked`, by the decision table (3a)."""
    last = asked == first_day - WEEK
    look = told("gate_last", most) if last else str(content("progression")["gate_earlier"]).format(since=asked)
    return Proposal(
        key="weekly-check",
        title=_("Weekly check: was last week clean?") if last else _("Weekly check: were your last runs clean?"),
        note=True,
        on=first_day,
        tags=("check",),
        details=f"{look} {told('gate', most)}",
        why=whys(content("progression"), "gate_why"),
    )


@cached(64)
def _answered(first_day: date, decision: str) -> Proposal:
    """The weekly check as the log answered it."""
    words = cast("Mapping[str, str]", content("progression")["logged"])
    return evolve(_gate(first_day, first_day, 0), title=words["title"], details=words["details"].strip().format(what=words[decision]))


@cached(1)
def _rest_day() -> Proposal:
    words = content("progression")
    return Proposal(
        key="rest-day",
        title=_("Rest day"),
        note=True,
        on="rest-day",
        tags=("rest",),
        details=str(words["rest"]),
        why=whys(words, "rest_why"),
    )
