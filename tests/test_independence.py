"""Each law in turn is removed from the planner, and the audit refuses the plan for exactly that law."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from planner import Host, build_plan, laws
from planner.audit import audit
from planner.engine import running, sizing, timetable, week_budget
from planner.engine.state import State
from planner.errors import AuditError
from planner.model import Done
from planner.placement import Rule
from tests.tiny_plugins import START, TEMPLATES, Tiny, brief_of, module, run_proposal

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner import Brief, WeekView

THREE = run_proposal(shares=(100, 100, 100))
RUNNER = Tiny(name="runner", runs=(THREE,))
PAST = tuple(Done(date=START - timedelta(days=back), run_m=2000, foot_m=2000) for back in (13, 11, 9, 6, 4, 2))


def going_on(**reading: object) -> Brief:
    """Three runs of 2 km a week, and a plan of four weeks."""
    brief = brief_of()
    return evolve(brief, history=PAST, reading=evolve(brief.reading, **reading))


def broken(brief: Brief, *plugins: object) -> set[str]:
    """The laws that the audit refuses the plan for."""
    with pytest.raises(AuditError) as refused:
        build_plan(brief, Host.of(*plugins))
    return {f"law {n}" for line in refused.value.breaks for n in re.findall(r"law (\d) (?:allows|requires)", line)}


def twice(bound: Callable[..., laws.Bound]) -> Callable[..., laws.Bound]:
    """A bound of the planner's that allows twice what it should."""

    def looser(*given: object, **named: object) -> laws.Bound:
        made = bound(*given, **named)
        return made._replace(metres=2 * made.metres)

    return looser


def test_law_1_a_week_that_doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    weekly = laws.weekly

    def doubled(*given: object, **named: object) -> laws.WeekLaw:
        made = weekly(*given, **named)
        return made._replace(run=twice(lambda: made.run)(), foot=None)

    brief, two = going_on(), Tiny(name="runner", runs=(run_proposal(shares=(100, 100)),))
    brief = evolve(brief, history=tuple(evolve(d, run_m=1000, foot_m=1000, longest_m=3000) for d in PAST))
    assert build_plan(brief, Host.of(two))
    monkeypatch.setattr(laws, "weekly", doubled)
    monkeypatch.setattr(sizing, "weekday_bound", lambda *_: None)
    monkeypatch.setattr(sizing, "weekday_foot", lambda *_: None)
    assert broken(brief, two) == {"law 1"}


def test_law_2_run_days_that_move_together(monkeypatch: pytest.MonkeyPatch) -> None:
    def moving(week: WeekView) -> list[object]:
        late = week.number % 2
        return [evolve(THREE, prefers=("wed", "fri", "sun") if late else ("tue", "thu", "sat"))]

    runner = module("runner", runs=moving)
    brief = going_on(rolling="enforce")
    assert build_plan(brief, Host.of(runner))
    monkeypatch.setattr(sizing, "weekday_bound", lambda *_: None)
    monkeypatch.setattr(sizing, "weekday_foot", lambda *_: None)
    monkeypatch.setattr(State, "run_home", lambda *_: None)
    assert broken(brief, runner) == {"law 2"}


def test_law_3_one_long_run(monkeypatch: pytest.MonkeyPatch) -> None:
    long = Tiny(name="runner", runs=(run_proposal(shares=(100, 10, 10)),))
    assert build_plan(going_on(), Host.of(long))
    monkeypatch.setattr(sizing, "run_bound", twice(laws.run_bound))
    monkeypatch.setattr(week_budget, "run_bound", twice(laws.run_bound))
    monkeypatch.setattr(sizing, "weekday_bound", lambda *_: None)
    monkeypatch.setattr(sizing, "weekday_foot", lambda *_: None)
    assert broken(going_on(), long) == {"law 3"}


@pytest.mark.parametrize(("run_s", "week_s"), [(900, 1800), (600, 2400)], ids=["a session", "a week"])
def test_law_4_a_greater_opening(monkeypatch: pytest.MonkeyPatch, run_s: int, week_s: int) -> None:
    template = evolve(TEMPLATES["walk-run"], kind="continuous", levels=(), runs_per_week=4, most_runs_per_week=4, run_gap_days=1)
    brief = evolve(brief_of(template), template=evolve(template, opening_s=run_s))  # more than `make_brief` takes
    runner = Tiny(name="runner", runs=(run_proposal(shares=(100,) * (week_s // run_s)),))
    assert build_plan(brief, Host.of(runner))
    monkeypatch.setattr(laws, "ENTRY_RUN_S", run_s)
    monkeypatch.setattr(laws, "ENTRY_WEEK_S", week_s)
    monkeypatch.setattr(running, "ENTRY_WEEK_S", week_s)
    assert broken(brief, runner) == {"law 4"}


def test_law_5_time_off_that_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    brief = evolve(going_on(), history=tuple(evolve(d, date=d.date - timedelta(days=8)) for d in PAST))
    assert build_plan(brief, Host.of(RUNNER))
    bound = laws.run_bound
    monkeypatch.setattr(laws, "share_after", lambda _: Fraction(1))
    monkeypatch.setattr(sizing, "run_bound", lambda law, *given: bound(law._replace(longest_share=Fraction(4, 5)), *given))
    assert "law 5" in broken(brief, RUNNER)


def test_law_6_runs_on_neighbouring_days(monkeypatch: pytest.MonkeyPatch) -> None:
    shut = dict.fromkeys(("wed", "thu", "fri", "sat", "sun"), ())
    brief = going_on()
    brief = evolve(brief, athlete=evolve(brief.athlete, availability=evolve(brief.athlete.availability, **shut)))
    assert build_plan(brief, Host.of(RUNNER))
    monkeypatch.setattr(week_budget, "most_runs", lambda *_: 2)
    monkeypatch.setattr(timetable, "_rules", lambda *_: (Rule(after="run", before="run", days=1, name="rest"),))
    assert broken(brief, RUNNER) == {"law 6"}


def test_law_7_hard_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    hard = Tiny(name="runner", runs=(evolve(THREE, rpe=9, tags=("hills",)),))
    build_plan(going_on(), Host.of(Tiny(name="runner", runs=(evolve(THREE, rpe=9),))))
    monkeypatch.setattr(week_budget, "_most_effort", lambda *_: 10)
    assert broken(going_on(), Tiny(name="runner", runs=(evolve(THREE, rpe=9),))) == {"law 7"}
    monkeypatch.undo()
    monkeypatch.setattr(week_budget, "FEATURES", frozenset())
    assert broken(going_on(), hard) == {"law 7"}


def test_sums_that_do_not_follow_from_the_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    freeze = running.frozen_session
    monkeypatch.setattr(running, "frozen_session", lambda *given: evolve(freeze(*given), run_s=1))
    with pytest.raises(AuditError, match="its steps add up to"):
        build_plan(going_on(), Host.of(RUNNER))


def test_steps_that_are_longer_than_their_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.engine import events  # noqa: PLC0415

    steps_of = events.steps_of
    monkeypatch.setattr(events, "steps_of", lambda shape, rpe: steps_of(shape._replace(stretch_s=3 * shape.stretch_s), rpe))
    with pytest.raises(AuditError) as refused:
        build_plan(going_on(), Host.of(RUNNER))
    assert {"law 1", "law 3"} <= {f"law {n}" for line in refused.value.breaks for n in re.findall(r"law (\d) (?:allows|requires)", line)}


def test_the_audit_needs_nothing_of_the_planner_s() -> None:
    code = "import sys, planner.audit; print(*sorted(m for m in sys.modules if m.startswith('planner')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    shared = {"laws", "ledger", "intervals", "engine", "placement", "host", "conversation", "plugin", "briefing", "recent_running"}
    assert not {f"planner.{name}" for name in shared} & set(loaded)
    assert audit.__module__ == "planner.audit"
