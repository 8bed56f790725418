"""Lives of runners made up for tests, planned with the runs of progression alone."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve

from planner import Host
from planner.model import Plan
from planner.simulation import life as life_module
from planner.simulation.kinds import draw_runner
from planner.simulation.life import Loop
from planner.simulation.runner import Habits, Runner, Tolerance
from planner.simulation.starts import WEEKS, Start
from planner_pillars import progression

TEMPLATES = {template.name: template for template in Host.installed().templates()}
RUNS = Host.of(progression)
STEADY, CALM = Habits(), Tolerance()
SOME = Start(weeks_km=("4", "4.5", "5", "5"), last_run=2, goal_minutes=15)
NOTHING = Start(weeks_km=("0", "0", "0", "0"), last_run=44, goal_minutes=6)
MUCH = Start(weeks_km=("15", "15", "15", "15"), last_run=2, goal_week_km="18")
KEEPS = Start(weeks_km=("15", "15", "15", "15"), last_run=2, goal_week_km="13")


def runner_of(
    template: str = "walk-run",
    *,
    start: Start = SOME,
    weeks: int = 6,
    habits: Habits = STEADY,
    knee: Tolerance = CALM,
    **changes: object,
) -> Runner:
    """A runner with all days free and three runs a week; `changes` are other fields of `Runner`."""
    drawn = draw_runner(3, 1, weeks, [TEMPLATES[template]])
    first = drawn.athlete.start
    running = evolve(start.running(400, 630), last_run=first - timedelta(days=start.last_run), runs_per_week=3)
    athlete = evolve(drawn.athlete, running=running, availability=WEEKS[0], progression=type(drawn.athlete.progression)())
    return evolve(drawn, athlete=athlete, habits=habits, tolerance=knee, holidays=(), first_plan=first, **changes)


def lived(runner: Runner, host: Host = RUNS) -> Loop:
    """The runner after their life."""
    loop = Loop(runner, host, TEMPLATES[runner.athlete.template])
    loop.run()
    return loop


def plans_of(runner: Runner) -> tuple[Loop, list[Plan]]:
    """The runner after their life, and every plan that was made."""
    plans: list[Plan] = []
    build = life_module.build_plan

    def kept(*asked: object) -> Plan:
        plans.append(build(*asked))
        return plans[-1]

    life_module.build_plan = kept
    try:
        return lived(runner), plans
    finally:
        life_module.build_plan = build
