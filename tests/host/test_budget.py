"""The time limit of hooks: a hook that does not return is stopped and its plugin named, in any thread."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from threading import Event, Thread, get_ident
from typing import TYPE_CHECKING

import pytest

from planner import Host, build_plan
from planner.errors import PluginError
from planner.host import budget
from planner.host.discovery import discover
from tests.tiny_plugins import PLAN_HOOKS, Tiny, asked, brief_of, ceiling, module, run_proposal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A budget of an instant; whatever watch was ticking before has come to rest, and so has the test's own afterwards."""
    until_at_rest()
    monkeypatch.setattr(budget, "BUDGET_S", 0.05)
    monkeypatch.setattr(budget, "TICK_S", 0.02)
    yield
    until_at_rest()


def until_at_rest() -> None:
    while budget._WATCHED:
        time.sleep(0.01)


def forever(*_: object) -> object:
    while True:
        pass


def asleep() -> object:
    time.sleep(60)
    return ()


def without_end() -> Iterator[object]:
    yield ceiling(1)
    forever()


def stopped(hook: str, function: object) -> PluginError:
    with pytest.raises(PluginError) as refused:
        asked(module("slow", **{hook.removeprefix("planner_"): function}), hook)
    return refused.value


@pytest.mark.parametrize("hook", PLAN_HOOKS)
def test_a_hook_that_does_not_end_is_stopped_and_named_with_its_line(hook: str) -> None:
    error = stopped(hook, forever)
    assert (error.plugin, error.hook, error.exit_code) == ("slow", hook, 5)
    assert error.problem.startswith("ran longer than 0.05 s and was stopped at test_budget.py, line ")


def test_sleeping_and_answers_that_never_come_are_stopped_too() -> None:
    assert "was stopped" in stopped("planner_limits", asleep).problem
    assert "was stopped" in stopped("planner_limits", without_end).problem


def test_going_on_after_any_exception_is_no_way_out() -> None:
    def stubborn() -> object:
        while True:
            try:
                forever()
            except Exception:  # noqa: BLE001, S112  (that is the point)
                continue

    assert "was stopped" in stopped("planner_limits", stubborn).problem


def test_another_thread_is_watched_as_well() -> None:
    caught: list[PluginError] = []
    thread = Thread(target=lambda: caught.append(stopped("planner_limits", forever)))
    thread.start()
    thread.join(30)
    assert [error.plugin for error in caught] == ["slow"]


def test_a_program_that_uses_the_timer_itself_keeps_it() -> None:
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _: rung.append(number))
    try:
        assert "was stopped" in stopped("planner_limits", forever).problem
        assert rung == []
        signal.raise_signal(signal.SIGALRM)
        assert rung == [signal.SIGALRM]
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_hook_that_ends_in_time_leaves_nothing_behind() -> None:
    assert len(asked(module("quick", limits=lambda: [ceiling(1)]), "planner_limits")) == 1
    until_at_rest()
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def at_rest() -> bool:
    return signal.getsignal(signal.SIGALRM) is signal.SIG_DFL and not any(signal.getitimer(signal.ITIMER_REAL)) and not budget._WATCHED


@pytest.mark.parametrize("hook", PLAN_HOOKS)
def test_once_a_plan_is_made_or_refused_the_timer_rests(hook: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "TICK_S", 20)
    running: list[bool] = []
    host = Host.of(
        Tiny(runs=(run_proposal(),)), module("heard", **{hook.removeprefix("planner_"): lambda: running.append(at_rest()) or ()})
    )
    assert at_rest()
    build_plan(brief_of(), host)
    assert running[:1] == [False]
    assert at_rest()
    with pytest.raises(PluginError):
        build_plan(brief_of(), Host.of(Tiny(runs=(run_proposal(),)), module("bad", **{hook.removeprefix("planner_"): lambda: 1 / 0})))
    assert at_rest()


def test_within_a_question_the_timer_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "TICK_S", 20)
    after: list[bool] = []
    inner = Host.of(Tiny(runs=(run_proposal(),)))

    def ask_inside() -> object:
        build_plan(brief_of(), inner)
        after.append(at_rest())
        return ()

    Host.of(module("outer", templates=ask_inside)).templates()
    assert after == [False]
    assert at_rest()


def test_what_takes_the_place_of_the_process_is_not_killed() -> None:
    code = (
        "import os, sys\nfrom planner import Host\nfrom planner.host import budget\nfrom tests.tiny_plugins import module\n"
        "budget.TICK_S = 0.3\nHost.of(module('quick', templates=lambda: ())).templates()\n"
        "os.execv(sys.executable, [sys.executable, '-c', 'import time; time.sleep(1)'])\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_a_question_within_a_question_has_its_own_clock() -> None:
    inner = module("inner", limits=lambda: [ceiling(1)])
    outer = module("outer", limits=lambda: asked(inner, "planner_limits") and forever())
    with pytest.raises(PluginError) as refused:
        asked(outer, "planner_limits")
    assert refused.value.plugin == "outer"


def test_an_import_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "stuck.py"
    file.write_text("x = 1\nwhile True:\n    pass\n", encoding="utf-8")
    with pytest.raises(PluginError, match=r"plugin stuck \(file stuck.py\): could not be imported: ran longer .* at stuck.py, line [23]"):
        list(discover("no.such.group", frozenset(), [file]))


def test_whoever_is_deaf_to_it_ends_the_process_with_its_name() -> None:
    code = (
        "import time\nfrom planner.host import budget\nbudget.BUDGET_S, budget.TICK_S = 0.05, 0.02\n"
        "from tests.tiny_plugins import asked, module\n"
        "def deaf():\n    while True:\n        try:\n            while True: time.sleep(0.001)\n        except BaseException: pass\n"
        "asked(module('deaf', limits=deaf), 'planner_limits')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 5
    assert "plugin deaf (given) in planner_limits: ran longer than 0.05 s" in done.stderr


def test_time_in_which_nothing_could_run_is_not_counted() -> None:
    question = budget.Question(Host.of(module("slow", limits=lambda: ())).plugins[0], "planner_limits")
    time.sleep(3 * budget.BUDGET_S)
    assert [question.is_over() for _ in range(4)] == [False, False, True, True]


class Plain:
    """Somebody who can be named."""

    def blame(self, hook: str, problem: str) -> PluginError:
        return PluginError("plain", "given", hook, problem)


def test_a_watch_that_is_about_to_rest_stays_for_a_question_that_comes_just_then(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(dict[int, object]):
        """Asked nothing when the watch looks for the first time; asked something when it looks again."""

        looks = 0

        def get(self, key: int, default: object = None) -> object:
            self.looks += 1
            return None if self.looks == 1 else super().get(key, default)

    asked_of = Late({7: budget.Question(Plain(), "planner_limits")})
    monkeypatch.setattr(budget, "_ASKED", asked_of)
    monkeypatch.setattr(budget, "_WATCHED", {7})
    assert not budget._rests(7)
    assert 7 in budget._WATCHED
    asked_of.clear()
    assert budget._rests(7)
    assert 7 not in budget._WATCHED


def test_a_question_that_ends_while_it_is_told_to_stop_is_told_before_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "BUDGET_S", 60)  # nobody but the test tells it
    after: list[str] = []
    asked, telling, over = Event(), Event(), Event()

    def answer() -> None:
        outer = budget.begin(Plain(), "planner_limits")
        budget._ASKED[get_ident()].told = 1
        asked.set()
        telling.wait(30)
        try:
            try:
                budget.end(outer)
            except budget.OverBudgetError:
                budget.end(outer)
            over.set()
            after.extend("went on" for _ in range(3) if not time.sleep(0.1))
        except budget.OverBudgetError:
            after.append("struck later")

    thread = Thread(target=answer)
    thread.start()
    asked.wait(30)
    with budget._CHANGING:  # as the watch holds it while it tells
        telling.set()
        over.wait(0.2)
        budget._set_in(thread.ident, budget.OverBudgetError)
    thread.join(30)
    assert after == ["went on"] * 3
