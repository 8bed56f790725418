"""Opening a week: what laws, limits, goal and programme leave it, as the view that hooks are asked with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from planner.engine.sizing import Wanted, tightest
from planner.intervals import tidy
from planner.laws import Bound, WeekLaw, run_bound, week_law
from planner.model import Room, Stage, WeekView
from planner.quantities import metres_run, seconds_within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.engine.state import State
    from planner.limits import Ceiling, Subject
    from planner.offers import RunProposal

FEATURES = frozenset({"hills", "strides", "sprints"})
"""Tags of runs that wait for three clean runs of 30 minutes (law 7)."""
CLEAN_RUN_S = 1800


class Opening(NamedTuple):
    """One week before anything is asked: its law, its running bound, the bounds of each run, how many runs, and its stage."""

    number: int
    first: int
    law: WeekLaw
    week: Bound
    run: Bound
    runs: int
    stage: Stage

    @property
    def running(self) -> bool:
        """Whether there is anything to ask runs for."""
        return self.week.metres > 0 and self.run.metres > 0 and self.runs > 0


def open_week(state: State, number: int, *, running: bool = True) -> Opening:
    """What week `number` may hold. `running=False` leaves it run-free."""
    brief, first = state.brief, state.first_day(number)
    law = week_law(state.ledger, first, state.reading, opening_s=brief.template.opening_s, opens=number == 1, easy=state.easy(number))
    runs = state.runs_per_week if running and state.open_run_days(first) else 0
    most = _ceiling(state, "runs", first)
    week = tightest(list(_week_bounds(state, law, number, first)))
    run = tightest([run_bound(law, state.ledger, first, state.reading), *_run_bounds(state, number, first)])
    return Opening(
        number=number,
        first=first,
        law=law,
        week=week,
        run=run,
        runs=runs if most is None else min(runs, most.at_most),
        stage=_stage(state, week),
    )


def _ceiling(state: State, of: Subject, first: int) -> Ceiling | None:
    return state.limits.ceiling(of, date.fromordinal(first), date.fromordinal(first + 6))


def signed(ceiling: Ceiling, metres: int) -> Bound:
    """A plugin's ceiling as a bound that names it."""
    return Bound(metres=metres, by="plugin:" + "+".join(ceiling.by), text=ceiling.why, source=ceiling.source)


def _week_bounds(state: State, law: WeekLaw, number: int, first: int) -> Iterable[Bound]:
    template, goal = state.brief.template, state.brief.goal
    on_foot = law.foot or Bound(metres=10**9, by="on-foot")
    yield law.run or on_foot
    ceiling = _ceiling(state, "week-run-m", first)
    if ceiling is not None:
        yield signed(ceiling, ceiling.at_most)
    before = state.ledger.run_sum(first - 7, first - 1)
    if goal.week_m is not None:
        yield Bound(metres=max(goal.week_m, before), by="goal")
    start = state.first_day(1)
    present = state.ledger.run_sum(start - 7, start - 1)
    if number <= template.reduced_weeks and present:
        yield Bound(metres=present * template.reduced_percent // 100, by="template")


def _run_bounds(state: State, number: int, first: int) -> Iterable[Bound]:
    """Bounds of every single run of the week, whoever proposes it."""
    pace, template = state.reading.paces.run, state.brief.template
    if template.longest_run_s and number <= template.reduced_weeks:
        yield Bound(metres=metres_run(template.longest_run_s, pace), by="template")
    metres = _ceiling(state, "run-m", first)
    if metres is not None:
        yield signed(metres, metres.at_most)
    seconds = _ceiling(state, "run-s", first)
    if seconds is not None:
        yield signed(seconds, metres_run(seconds.at_most, pace))


def _stage(state: State, week: Bound) -> Stage:
    if not week.metres and week.by.startswith("plugin:") and not state.has_run:
        return "pre-run"
    if state.goal_reached:
        return "goal"
    return "ladder" if state.reading.ladder else "continuous"


def view_of(state: State, opening: Opening) -> WeekView:
    """The week as a hook sees it while runs are asked."""
    run_m = opening.run.metres
    if state.brief.goal.minutes is not None:
        run_m = min(run_m, metres_run(_goal_s(state, 1), state.reading.paces.run))
    room = Room(
        week_m=opening.week.metres if opening.runs else 0,
        run_m=run_m,
        run_s=tidy(seconds_within(run_m, state.reading.paces.run)) if run_m else 0,
        runs=opening.runs,
        bound_by=opening.week.by,
    )
    return WeekView(
        number=opening.number,
        first_day=date.fromordinal(opening.first),
        stage=opening.stage,
        decision=opening.law.decision if opening.running else "off",
        limits=state.limits,
        room=room,
        earlier=tuple(state.weeks),
    )


def _goal_s(state: State, ordinal: int) -> int:
    """The most seconds that the goal leaves a run: a run that is longer already is held, not cut."""
    goal_s = (state.brief.goal.minutes or 0) * 60
    return max(goal_s, state.last_sizes.get(ordinal, 0))


def wanted_runs(state: State, opening: Opening, proposals: Iterable[tuple[str, RunProposal]]) -> list[Wanted]:
    """The proposed runs that the week has room for by number, most important first, each with its own bound.

    Effort above law 7 is brought down to it; a run with hills, strides or sprints waits for three clean runs of 30 minutes.
    """
    wanted: list[Wanted] = []
    effort = _most_effort(state, opening.first)
    for pillar, proposal in proposals:
        if FEATURES & set(proposal.tags) and not state.settled:
            state.cut(opening.number, f"{pillar}/{proposal.key}", "hills, strides and sprints wait for three clean runs of 30 minutes")
            continue
        for ordinal, shape in enumerate(proposal.runs, 1):
            wanted.append(
                Wanted(
                    pillar=pillar,
                    proposal=proposal,
                    ordinal=ordinal,
                    shape=shape,
                    rpe=min(proposal.rpe, effort),
                    stretch_s=_stretch(state, shape.stretch_s, opening.first),
                    own=_own(state, opening, ordinal),
                    home=state.home_day(f"{pillar}/{proposal.key}", ordinal, opening.first),
                )
            )
    wanted.sort(key=lambda w: (-w.importance, w.name, w.ordinal))
    for spare in wanted[opening.runs :]:
        state.cut(opening.number, spare.name, f"the week has {opening.runs} runs")
    return wanted[: opening.runs]


def _most_effort(state: State, first: int) -> int:
    most = 10 if state.settled else 4 if state.reading.ladder else 5
    ceiling = _ceiling(state, "rpe", first)
    return most if ceiling is None else max(1, min(most, ceiling.at_most))


def _stretch(state: State, asked: int | None, first: int) -> int | None:
    ceiling = _ceiling(state, "stretch-s", first)
    if ceiling is None:
        return asked
    return ceiling.at_most if asked is None else min(asked, ceiling.at_most)


def _own(state: State, opening: Opening, ordinal: int) -> Bound:
    bounds = [opening.run]
    if state.brief.goal.minutes is not None:
        bounds.append(Bound(metres=metres_run(_goal_s(state, ordinal), state.reading.paces.run), by="goal"))
    return tightest(bounds)
