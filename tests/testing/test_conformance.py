"""`conformance`: a good pillar passes; every rule that a pillar breaks is reported in words."""

from __future__ import annotations

from importlib import import_module
from itertools import count
from typing import TYPE_CHECKING

import pytest
from attrs import define, field, frozen
from hypothesis import strategies as st

from planner import Host, InputError, about, build_plan
from planner.testing import HOSTILE, NonconformanceError, SampleRuns, conformance, promises
from planner.testing.conformance import faults
from planner.testing.determinism import differing_runs
from planner.testing.pillar_settings import setting_faults
from planner_pillars import footwear
from tests.testing.modules import importable
from tests.tiny_plugins import Own, Tiny, ceiling, exercise, module

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from planner.offers import Pillar

__all__ = ["importable"]


def broken(plugin: object, **more: object) -> list[str]:
    """What is said of a plugin that does not conform."""
    with pytest.raises(ExceptionGroup) as refused:
        conformance(plugin, examples=3, **more)
    assert all(type(error) is NonconformanceError for error in refused.value.exceptions)
    return [str(error) for error in refused.value.exceptions]


def settings_of(cls: type) -> list[str]:
    return setting_faults(pillar_with(cls), {})


def pillar_with(cls: type) -> Pillar:
    return module("one", settings=cls).planner_pillar()


@pytest.mark.parametrize("plugin", [footwear, SampleRuns(), module("tiny", settings=Own), Tiny(limits=(ceiling(4000),))])
def test_a_good_pillar_passes(plugin: object) -> None:
    conformance(plugin, examples=3)


def test_what_does_not_load_is_said_and_nothing_else() -> None:
    (said,) = broken(module("typo", limit=lambda: ()))
    assert said.startswith("loads: plugin typo (given): has an unknown hook planner_limit. Did you mean `planner_limits`?")
    (none,) = broken(3)
    assert none.startswith("loads: plugin int (given): has no hook; expected functions with @hookimpl above them")


def test_two_answers_to_one_question_are_shown() -> None:
    number = count(5000)
    (said,) = broken(module("moody", limits=lambda: [ceiling(next(number))]))
    assert said.startswith("pure: planner_limits gave two answers to one question; the first has `")


@pytest.mark.parametrize("plugin", [p for p in HOSTILE if p.meddles])
def test_whoever_changes_what_it_is_handed_is_found_out(plugin: object) -> None:
    (said,) = broken(plugin)
    assert "pure: planner_limits changed the brief that it was handed" in said
    assert "planner_runs changed the week that it was handed" in said


def test_an_athlete_who_makes_it_fail_is_found() -> None:
    (said,) = broken(module("brittle", limits=lambda brief: [ceiling(9000 // len(brief.history))]))
    assert said.startswith("works for every athlete: planner_limits fails for an athlete who may well exist: raised ZeroDivisionError")


def test_what_it_keeps_from_one_host_to_the_next_is_found() -> None:
    seen: list[int] = []

    def planner_limits(brief: object, settings: object) -> list[object]:
        seen.append(id(settings))
        return [ceiling(9000 - len(seen) // 4)]

    assert any(s.startswith(("pure:", "order-free:")) for s in broken(module("mindful", limits=planner_limits)))


def test_hash_order_in_a_plan_is_found(importable: Callable[[str, str], ModuleType]) -> None:
    body = "@hookimpl\ndef planner_limits():\n    words = {f'w{n}' for n in range(50)}\n"
    hashed = importable("pillar_by_hash", body + "    return [Spacing(after=next(iter(words)), before='run', days=1, why='x')]\n")
    told = importable(
        "pillar_that_tells",
        "@hookimpl\ndef planner_sessions():\n    words = {f'w{n}' for n in range(50)}\n"
        "    return [Proposal(key='x', title=next(iter(words)), steps=(Step(kind='exercise', seconds=60),))]\n",
    )
    assert list(differing_runs(told, "pillar_that_tells", {})) == [
        "with the hash seeds 1 and 31 it makes different plans; sort whatever comes out of a set"
    ]
    assert list(differing_runs(hashed, "pillar_by_hash", {})) == []
    assert list(differing_runs(Tiny(), "tiny", {})) == []


def test_a_module_that_only_one_process_can_import_is_said(importable: Callable[[str, str], ModuleType]) -> None:
    alone = importable("pillar_alone", "import os\nif os.environ.get('PYTHONHASHSEED') == '31':\n    raise ValueError('not here')\n")
    assert list(differing_runs(alone, "pillar_alone", {})) == ["another process could not plan with it: ValueError: not here"]


def test_no_file_of_the_current_folder_stands_in_for_a_module(
    importable: Callable[[str, str], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "random.py").write_text("raise SystemExit('run')\n", encoding="utf-8")
    here = importable("pillar_here", "")
    monkeypatch.chdir(tmp_path / "here")
    assert list(differing_runs(here, "pillar_here", {})) == []


def test_a_week_with_more_running_than_without_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    limited = module("limited", limits=lambda: [ceiling(6000)])
    subject = promises.Subject(plugin=limited, loaded=Host.of(limited).plugins[0], settings={})
    more, less = build_plan(subject.sample(), Host.of(SampleRuns())), build_plan(subject.sample(), subject.host())
    plans = iter([less, more])
    monkeypatch.setattr(promises, "planned", lambda brief, host: next(plans))
    with pytest.raises(NonconformanceError, match=r"^week 1 holds 6\d+ m of running with it and 5\d+ m without, on the same days"):
        promises.never_looser(subject, subject.sample())


def test_settings_must_be_frozen_and_say_what_they_are() -> None:
    @define
    class Loose:
        times: int = 1

    assert settings_of(Loose) == [
        "Loose can be changed; expected @attrs.frozen(kw_only=True)",
        "times does not say what it is; expected field(..., metadata=about(...))",
    ]

    class NoRecord:
        pass

    assert settings_of(Own) == settings_of(frozen(kw_only=True)(NoRecord)) == []


def test_a_setting_that_fails_without_its_name_is_said() -> None:
    def small(_: object, __: object, value: int) -> None:
        if value > 2:
            raise ValueError("too big")

    def picky(_: object, __: object, value: int) -> None:
        if value == 9:
            raise InputError("somewhere", "nine")

    @frozen(kw_only=True)
    class Odd:
        times: int = field(default=1, metadata=about("a week", least=1, most=9), validator=small)
        picked: int = field(default=1, metadata=about("picked", least=1, most=9), validator=picky)

    assert settings_of(Odd) == [
        "times = 9 raises ValueError (too big); expected an InputError that names it",
        "picked = 9 is refused without naming it: somewhere: nine.",
    ]


def test_settings_without_a_default_are_asked_for() -> None:
    @frozen(kw_only=True)
    class Needs:
        times: int = field(metadata=about("a week", least=1, most=3))

    needy = module("needy", settings=Needs, sessions=lambda settings: [exercise(times_per_week=settings.times)])
    (said,) = broken(needy)
    assert "pillars.needy.times: missing" in said
    assert "Hand its settings to conformance(plugin, settings={...})." in said
    conformance(needy, settings={"times": 2}, examples=2)


def test_a_promise_that_no_athlete_could_try_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("planner.testing.conformance"), "briefs", lambda *_: st.integers().filter(lambda _: False))
    (said,) = broken(Tiny())
    assert said == (
        "works for every athlete: no generated athlete could be tried with these settings; "
        "give settings that allow a plan to conformance(plugin, settings={...})"
    )


def test_the_bound_for_speed_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[object] = []
    monkeypatch.setattr(import_module("planner.testing.conformance"), "overhead", lambda *given: measured.append(given) or 3.0)
    (said,) = faults(Tiny(), {}, 1)
    assert said.startswith(
        "fast: a plan of 12 weeks takes 3.00 times as long as with the same functions called directly; expected at most 1.5"
    )
    assert len(measured) == 5
