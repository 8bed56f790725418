"""Texts on runs that came out smaller on their dates than pillars were told: asked for again, for the size that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from planner.engine.commitment_runs import own
from planner.placement.shape import NEW_LEVEL
from planner.steps import RUNNING, each_step, seconds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.engine.state import State
    from planner.model import Session
    from planner.offers import Proposal
    from planner.week_view import RunView, WeekView


def retold(state: State, view: WeekView, proposals: Sequence[tuple[str, Proposal]], sessions: list[Session]) -> list[Session]:
    """The week's sessions with the words that pillars have for one run alone renewed where that run became smaller.

    A step back within the week, or a date that allows less, takes from a run after the pillars have seen it in `view`. Everything else they
    proposed stands, so that no note moves from one run to another.
    """
    if not proposals:
        return sessions
    came_out = {(run.pillar, run.key, run.ordinal): run for run in sessions if run.run_s and own(run)}
    eased = state.past_log.kept  # without a log no stretch becomes shorter in a run of the same size
    now = tuple([_as_it_is(seen, came_out.get((seen.pillar, seen.key, seen.ordinal)), eased=eased) for seen in view.runs])
    if now == view.runs:
        return sessions
    renewed = {(pillar, proposal.key): proposal for pillar, proposal in state.talk.sessions(evolve(view, runs=now))}
    pairs = [(old, renewed.get((pillar, old.key))) for pillar, old in proposals if _is_for_one_run(old)]
    changed = [(old, new) for old, new in pairs if new is not None and new.attach == old.attach and _is_for_one_run(new)]
    smaller = {(seen.pillar, seen.key, seen.ordinal) for seen, was in zip(now, view.runs, strict=True) if seen != was}
    return [_reworded(run, changed) if (run.pillar, run.key, run.ordinal) in smaller else run for run in sessions]


def _as_it_is(seen: RunView, run: Session | None, *, eased: bool) -> RunView:
    """A run as pillars would see it now; unchanged if it is not there, or neither it nor (if `eased`) its longest stretch is smaller."""
    if run is None or (run.run_s >= seen.run_s and not eased):
        return seen
    longest_s = max([step.seconds for step in each_step(run.steps) if step.kind == RUNNING], default=0)
    if run.run_s >= seen.run_s and longest_s >= seen.longest_stretch_s:
        return seen
    return evolve(seen, run_s=run.run_s, longest_stretch_s=longest_s, new_level=NEW_LEVEL in run.tags)


def _is_for_one_run(proposal: Proposal) -> bool:
    """Whether a proposal puts words, and nothing that takes time, on a single run."""
    to = proposal.attach
    return to is not None and to.ordinals is not None and len(to.ordinals) == 1 and not seconds_of(proposal.steps)


def _reworded(run: Session, changed: Sequence[tuple[Proposal, Proposal]]) -> Session:
    steps = run.steps
    for old, new in changed:
        if old.attach is None or old.attach.ordinals != (run.ordinal,) or old.attach.tag not in run.tags:
            continue
        size = len(old.steps)
        at = next((n for n in range(len(steps) - size + 1) if steps[n : n + size] == old.steps), None)
        if at is not None and size:
            steps = (*steps[:at], *new.steps, *steps[at + size :])
    return run if steps == run.steps else evolve(run, steps=steps)
