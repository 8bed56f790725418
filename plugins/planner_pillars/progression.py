"""Training progression: turns the programme's ladder into each week's run proposals, and writes the pain rules into the runs.

The engine decides how long a run is; this pillar decides its stretches and walks, the runs' relative lengths, and the texts on the knee.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias, cast

from attrs import evolve, field, frozen

from planner import EasierShape, Pillar, Proposal, Record, RunProposal, RunShape, _, about, cached, hookimpl
from planner_pillars.content import content
from planner_pillars.doses import doses_of, told, whys
from planner_pillars.ladder import easier_levels, rung_for, rung_to_go_on_from, rungs, runs_lately
from planner_pillars.log_weeks import has_begun
from planner_pillars.week_history import runs_of_weeks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from planner import Brief, Template, WeekView

SHARES = {1: (100,), 2: (100, 92), 3: (100, 96, 92), 4: (100, 96, 94, 92), 5: (100, 97, 95, 93, 92)}
"""Default relative lengths of a week's runs, in percent, by their number. PROG-22 asks for 100/50/75, but no run may grow faster than 10%,
so one that starts at half the longest reaches the goal seven weeks later: the spread is as wide as the goal's week allows."""
LONG_ENOUGH_S = 24 * 3600
"""Stands in for the length of a run that has the goal's length, so that it climbs on to running without walks, however long levels are."""
WEEK = timedelta(days=7)
AS_BEFORE = ("hold", "easy", "regress")
"""Decisions under which no run goes above its own level of the week before."""
Shape: TypeAlias = tuple[int, int | None, int, int | None, bool, tuple[EasierShape, ...]]
"""One run of a proposal as plain values: share, stretch and walk in seconds, level, whether the level is new, easier levels."""


@frozen(kw_only=True, eq=False, repr=False)
class Settings(Record):
    """`[pillars.progression]`."""

    warm_up_minutes: int = field(default=5, metadata=about("walk before each run (WR-01)", unit="min", least=3, most=20))
    cool_down_minutes: int = field(default=5, metadata=about("walk after each run (WR-01)", unit="min", least=3, most=20))
    rest_day_notes: bool = field(default=True, metadata=about("show rest days in the calendar"))


@hookimpl
def planner_pillar() -> Pillar:
    """Describe the pillar."""
    return Pillar(
        name="progression",
        summary="the runs: walk-run levels, continuous running, the weekly check and rest days",
        settings=Settings,
        sources=("PROG-01", "PROG-05", "PROG-22", "1a", "WR-01", "WR-03", "WR-04", "PAIN-01"),
    )


@hookimpl
def planner_runs(brief: Brief, week: WeekView, settings: Settings) -> Iterable[RunProposal]:
    """One proposal with all of the week's runs, longest first; only the longest may try a new level."""
    ladder, most = rungs(brief.template), brief.athlete.most_pain(brief.as_of)
    shares, rpe = _shares(brief.template, week.room.runs), brief.template.rpe
    minutes = (settings.warm_up_minutes, settings.cool_down_minutes)
    if not ladder:
        return [_proposal(most, rpe, minutes, tuple([(share, None, 0, None, False, ()) for share in shares]), _("Easy run"))]
    reached = rung_to_go_on_from(ladder, week)
    aim_s = 60 * (brief.goal.minutes or 24 * 60)
    longest_s = week.room.run_s if week.room.run_s < aim_s else LONG_ENOUGH_S
    top = rung_for(ladder, longest_s, reached, week, brief.template)
    at = _rungs_of_runs(week, top, reached, len(ladder), len(shares))
    is_new = reached is not None and top > reached
    shapes = tuple([_shape(brief.template, at[n], share, new=is_new and not n) for n, share in enumerate(shares)])
    title = _("Walk-run") if any([shape[2] for shape in shapes]) else _("Easy run")
    back = week.restarted == week.first_day and any(runs_of_weeks(week.earlier))
    return [_proposal(most, rpe, minutes, shapes, title, back=back)]


def _rungs_of_runs(week: WeekView, top: int, reached: int | None, rungs_in_all: int, runs: int) -> list[int]:
    """The rung of each run, longest first: `top` for the longest, for the others the rung `reached`.

    In a held or easy week, or after a step back, each run stays on its own last rung, but not above `top`.
    """
    if week.decision in AS_BEFORE:
        own = {session.ordinal: rung for session, rung in runs_lately(week, hurt=False) if session.pillar == "progression"}
        return [min(top, own.get(n, min(own.values(), default=top))) for n in range(1, runs + 1)]
    low = top if reached is None or reached >= top or top == rungs_in_all - 1 else reached
    return [top, *[low] * (runs - 1)]


def _shape(template: Template, rung: int, share: int, *, new: bool) -> Shape:
    level = rungs(template)[rung]
    return (share, level.run_s if level.walk_s else None, level.walk_s, rung + 1, new, easier_levels(template)[rung])


def _shares(template: Template, runs: int) -> tuple[int, ...]:
    """Relative lengths of `runs` runs, longest first: the programme's, else the default ones."""
    given = template.shares[:runs]
    return given if len(given) == runs else SHARES[max(1, min(runs, 5))]


@cached(1024)
def _proposal(most: int, rpe: int, minutes: tuple[int, int], shapes: tuple[Shape, ...], title: str, *, back: bool = False) -> RunProposal:
    """The week's runs, with `minutes` of walking before and after each and pain up to `most`; `back`: time off cost levels."""
    words = content("progression")
    return RunProposal(
        key="run",
        title=title,
        unbroken=_("Easy run"),
        runs=tuple(
            RunShape(share=s, stretch_s=run_s, walk_s=walk_s, level=n, new_level=new, easier=easier)
            for s, run_s, walk_s, n, new, easier in shapes
        ),
        rpe=rpe,
        warm_up_s=60 * minutes[0],
        cool_down_s=60 * minutes[1],
        importance=(90, 80, 40),
        details=f"{words['easy']}\n{told('pain', most)}",
        why=(*whys(words, "easy_why"), *whys(words, "pain_why"), *(whys(words, "back_why") if back else ())),
    )


@hookimpl
def planner_sessions(brief: Brief, week: WeekView, settings: Settings) -> Iterable[Proposal]:
    """The three doses of each run, the weekly check and rest days. Once a week has begun, a log answers its check.

    Commitments get the doses and the pain rule, and nothing else of this pillar.
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
    """The first day of the last week with runs, which the weekly check is about; None if there is no such week or no check is due.

    After weeks without runs, the check comes once more in the first week with runs again.
    """
    ran = next((earlier.start for earlier in reversed(week.earlier) if earlier.run_s), None)
    return ran if ran == week.first_day - WEEK or week.runs or week.committed else None


@cached(64)
def _gate(first_day: date, asked: date, most: int) -> Proposal:
    """The weekly check, by decision table 3a, of the runs of the week from `asked`."""
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
    """The weekly check with the log's answer."""
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
