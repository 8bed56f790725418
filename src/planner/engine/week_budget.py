"""Open a week: what laws, limits, goal and programme allow it, and the view of it that hooks receive."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from attrs import evolve

from planner.engine.adjacent_runs import RESTED, asks_for_rest, room_of
from planner.engine.answers import answered, restart_of
from planner.engine.plugin_limits import barring, ceiling_of, most_runs_of_plugins, signed
from planner.engine.sizing import Wanted, tightest
from planner.engine.state import FEATURES
from planner.engine.step_back import step_back
from planner.intervals import tidy
from planner.language import _, ngettext
from planner.laws import Bound, WeekLaw, most_runs, run_bound, week_law
from planner.model import Stage
from planner.quantities import metres_run, seconds_within
from planner.week_view import Room, WeekView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from planner.engine.commitment_runs import Fixed
    from planner.engine.past_log import Restart
    from planner.engine.state import State
    from planner.model import Why
    from planner.offers import RunProposal, RunShape

WALK_S = 60
"""Seconds of walking between stretches where a plugin limits the stretches of a run proposed without walks."""


class WeekBudget(NamedTuple):
    """One week before hooks are asked: its law, the bound of its running and of each run, how many runs, and its stage.

    `foot_limit` is the plugins' bound on metres on foot; `answers` the reason where the knee's answers hold the week or take it back.
    `committed` are its commitments, `dropped` those that overrides left out: they keep their share of the week. `restart` is the latest
    restart of running up to this week.
    """

    number: int
    first: int
    law: WeekLaw
    week: Bound
    run: Bound
    runs: int
    stage: Stage
    foot_limit: Bound | None = None
    answers: Why | None = None
    committed: tuple[Fixed, ...] = ()
    dropped: tuple[Fixed, ...] = ()
    restart: Restart | None = None

    @property
    def shared(self) -> tuple[Fixed, ...]:
        """The commitments that take a share of the week, whether they stand or were dropped."""
        return (*self.committed, *self.dropped)

    @property
    def own(self) -> Bound:
        """The week's bound less its commitments: what is left for the plan's own runs."""
        metres = self.week.metres - sum(fixed.whole_m for fixed in self.shared)
        return self.week._replace(metres=max(0, metres)) if self.shared else self.week

    @property
    def on_foot(self) -> Bound | None:
        """The tighter of the laws' and the plugins' bounds on metres on foot; None where neither sets one."""
        bounds = [bound for bound in (self.law.foot, self.foot_limit) if bound is not None]
        return tightest(bounds) if bounds else None

    @property
    def running(self) -> bool:
        """Whether there is room for any run of the plan's own."""
        return self.own.metres > 0 and self.run.metres > 0 and self.runs > 0


def budget_of_week(state: State, number: int, *, runs: int, gap: int) -> WeekBudget:
    """Open week `number` for at most `runs` runs on dates at least `gap` days apart; 0 runs leave it run-free."""
    brief, first = state.brief, state.first_day(number)
    state.timetable.keep_apart(max(gap, RESTED) if asks_for_rest(state, first) else gap)
    law = week_law(state.ledger, first, state.reading, opening_s=brief.template.opening_s, opens=number == 1, easy=state.easy(number))
    law, answers = answered(state, law, number)
    foot = ceiling_of(state, "week-foot-m", first)
    week = tightest(list(_week_bounds(state, law, number, first)))
    run = tightest([run_bound(law, state.ledger, first, state.reading), *run_limits(state, number, law)])
    committed, dropped = state.commitments.between(first, first + 6), state.commitments.dropped(number)
    state.ledger.expect(state.commitments.coming(max(first, state.past_log.ahead)) if state.commitments else {})
    of_plugins = max(0, most_runs_of_plugins(state, first) - len(committed) - len(dropped))
    most = min(runs, most_runs(state.open_run_days(first), state.timetable.run_gap), of_plugins)
    return WeekBudget(
        number=number,
        first=first,
        law=law,
        week=week,
        run=run,
        runs=_worth_it(week.metres, most, (*committed, *dropped)),
        stage=_stage(state, week, first),
        foot_limit=None if foot is None else signed(foot, foot.at_most),
        answers=answers,
        committed=committed,
        dropped=dropped,
        restart=restart_of(state, first),
    )


def _worth_it(week_m: int, runs: int, committed: Sequence[Fixed]) -> int:
    """How many runs fit into what commitments leave of a week, each at least half an even share of the whole week.

    A single run may be as small as a twentieth of the week, so that there is a run to hold the week's growth.
    """
    left, all_of_them = week_m - sum(fixed.whole_m for fixed in committed), runs + len(committed)
    if not committed or not week_m:
        return runs
    return min(runs, max(2 * left * all_of_them // week_m, int(20 * left >= week_m)))


def _week_bounds(state: State, law: WeekLaw, number: int, first: int) -> Iterable[Bound]:
    template, goal = state.brief.template, state.brief.goal
    on_foot = law.foot or Bound(metres=10**9, by="on-foot")
    yield law.run or on_foot
    ceiling = ceiling_of(state, "week-run-m", first)
    if ceiling is not None:
        yield signed(ceiling, ceiling.at_most)
    yield from of_budget(state, law, "opening-week-m")
    yield from (signed(barred, 0) for barred in barring(state, first))
    yield from (bound for bound in of_budget(state, law, "opening-run-s") if not bound.metres)
    before = state.ledger.run_sum(first - 7, first - 1)
    if goal.week_m is not None:
        yield Bound(metres=max(goal.week_m, before), by="goal")
    start = state.first_day(1)
    present = state.ledger.run_sum(start - 7, start - 1)
    if number <= template.reduced_weeks and present:
        yield Bound(metres=present * template.reduced_percent // 100, by="template")


def of_budget(state: State, law: WeekLaw, of: Literal["opening-week-m", "opening-run-s"]) -> Sequence[Bound]:
    """The plugins' bound on a week that law 4 opens, or on each of its runs; empty for any other week."""
    if law.dose_s is None or of not in state.bounded:
        return ()
    first, last = date.fromordinal(law.first), date.fromordinal(law.first + 6)
    ceiling = state.limits.ceiling(of, first, last, off=state.days_off(law.first))
    if ceiling is None:
        return ()
    return (signed(ceiling, ceiling.at_most if of == "opening-week-m" else metres_run(ceiling.at_most, state.reading.paces.run)),)


def run_limits(state: State, number: int, law: WeekLaw) -> Iterable[Bound]:
    """The template's and the plugins' bounds on each run of a week, whichever pillar proposes it."""
    pace, template, first = state.reading.paces.run, state.brief.template, law.first
    if template.longest_run_s and number <= template.reduced_weeks:
        yield Bound(metres=metres_run(template.longest_run_s, pace), by="template")
    metres = ceiling_of(state, "run-m", first)
    if metres is not None:
        yield signed(metres, metres.at_most)
    seconds = ceiling_of(state, "run-s", first)
    if seconds is not None:
        yield signed(seconds, metres_run(seconds.at_most, pace))
    yield from of_budget(state, law, "opening-run-s")


def _stage(state: State, week: Bound, first: int) -> Stage:
    if not week.metres and not state.has_run and (week.by.startswith("plugin:") or any(barring(state, first))):
        return "pre-run"
    if state.goal_reached:
        return "goal"
    return "ladder" if state.reading.ladder else "continuous"


def view_of(state: State, budget: WeekBudget) -> WeekView:
    """The week as hooks see it when they are asked for runs."""
    run_m = budget.run.metres
    if state.brief.goal.minutes is not None:
        run_m = min(run_m, metres_run(_goal_s(state, 1), state.reading.paces.run))
    room = Room(
        week_m=budget.own.metres if budget.runs else 0,
        run_m=run_m,
        run_s=tidy(seconds_within(run_m, state.reading.paces.run)) if run_m else 0,
        runs=budget.runs,
        bound_by=budget.week.by,
    )
    restart = budget.restart
    past = state.past_log
    back = step_back(state, state.standing(min(budget.first, past.ahead))) if past.kept else None
    return WeekView(
        number=budget.number,
        first_day=date.fromordinal(budget.first),
        stage=budget.stage,
        decision=budget.law.decision if budget.running else "off",
        limits=state.limits,
        room=room,
        earlier=tuple(state.weeks),
        committed=tuple([fixed.view for fixed in budget.committed]),
        restarted=None if restart is None else date.fromordinal(restart.first),
        days_off=0 if restart is None else restart.days_off,
        after_pain=restart is not None and restart.after_pain,
        hurt_on=None if back is None else back.on,
        hurt_level=None if back is None else back.level,
        levels_lost=0 if back is None else back.lost,
    )


def _goal_s(state: State, ordinal: int) -> int:
    """The most seconds that the goal allows a run; a run that is already longer is held, not cut."""
    goal_s = (state.brief.goal.minutes or 0) * 60
    return max(goal_s, state.last_sizes.get(ordinal, 0))


def wanted_runs(
    state: State, budget: WeekBudget, proposals: Iterable[tuple[str, RunProposal]], close: Collection[tuple[str, int]]
) -> list[Wanted]:
    """The proposed runs up to the week's number of runs, most important first, each with its own bound.

    Those in `close` (name and ordinal) get the bound of runs on neighbouring days. Effort above law 7 is lowered to it; hills, strides and
    sprints wait for three clean runs of 30 minutes and are introduced one a week. What is left out is recorded as a cut.
    """
    wanted: list[Wanted] = []
    effort = _most_effort(state, budget.first)
    fresh: set[str] = set()
    for pillar, proposal in proposals:
        features = FEATURES & set(proposal.tags)
        if features and not state.settled:
            wait = _("hills, strides and sprints wait for three clean runs of 30 minutes")
            state.cut(budget.number, f"{pillar}/{proposal.key}", wait)
            continue
        if len(fresh | features - state.features) > 1:
            state.cut(budget.number, f"{pillar}/{proposal.key}", _("hills, strides and sprints are added one a week"))
            continue
        fresh |= features - state.features
        for ordinal, shape in enumerate(proposal.runs, 1):
            wanted.append(
                Wanted(
                    pillar=pillar,
                    proposal=proposal,
                    ordinal=ordinal,
                    shape=held_to_stretch(state, shape, budget.first),
                    rpe=min(proposal.rpe, effort),
                    own=_own(
                        state,
                        budget,
                        ordinal,
                        room=room_of(state, (f"{pillar}/{proposal.key}", ordinal), close, budget.runs, budget.own.metres),
                    ),
                    home=state.home_day(f"{pillar}/{proposal.key}", ordinal, budget.first),
                )
            )
    wanted.sort(key=lambda w: (-w.importance, w.name, w.ordinal))
    for spare in wanted[budget.runs :]:
        state.cut(budget.number, spare.name, ngettext("the week has {n} runs", "the week has {n} runs", budget.runs))
    return wanted[: budget.runs]


def _most_effort(state: State, first: int) -> int:
    most = 10 if state.settled else 4 if state.reading.ladder else 5
    ceiling = ceiling_of(state, "rpe", first)
    return most if ceiling is None else max(1, min(most, ceiling.at_most))


def held_to_stretch(state: State, shape: RunShape, first: int) -> RunShape:
    """The run's shape with stretches no longer than plugins allow."""
    ceiling = ceiling_of(state, "stretch-s", first)
    if ceiling is None or (shape.stretch_s is not None and shape.walk_s and shape.stretch_s <= ceiling.at_most):
        return shape
    stretch_s = ceiling.at_most if shape.stretch_s is None else min(shape.stretch_s, ceiling.at_most)
    return evolve(shape, stretch_s=stretch_s, walk_s=shape.walk_s or WALK_S)


def _own(state: State, budget: WeekBudget, ordinal: int, *, room: Bound | None) -> Bound:
    bounds = [budget.run, *([] if room is None else [room])]
    if state.brief.goal.minutes is not None:
        bounds.append(Bound(metres=metres_run(_goal_s(state, ordinal), state.reading.paces.run), by="goal"))
    return tightest(bounds)
