"""Plugins that do harm, on purpose or by mistake. The planner must refuse and name each of them, or prevent the harm."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Self, cast

from attrs import field, frozen
from hypothesis import strategies as st

from planner.hookspecs import hookimpl
from planner.limits import Ceiling
from planner.model import Why
from planner.offers import Attachment, Pillar, Proposal, RunProposal, RunShape
from planner.records import Value, names_of
from planner.steps import Group, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hypothesis.strategies import SearchStrategy

    from planner.model import Brief
    from planner.week_view import WeekView

MANY = 100_000
RUN = Step(kind="run", seconds=3600)


class _Greedy(int):
    """An int that claims to be smaller than any other, and equal to all."""

    def __lt__(self, other: object) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class _Liar(str):
    """A str that claims to be equal to every other."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


def _forged(record: object, **lies: object) -> object:
    """A record with fields that its class would refuse, made by bypassing the initialiser."""
    if isinstance(record, Value) and isinstance(record, tuple):
        return tuple.__new__(type(record), [lies.get(name, getattr(record, name)) for name in names_of(type(record))])
    for name, lie in lies.items():
        object.__setattr__(record, name, lie)
    return record


def _session(*steps: Step | Group, attach: Attachment | None = None) -> Proposal:
    return Proposal(key="harm", title="Harm", steps=steps, times_per_week=7, attach=attach, can_drop=False)


def _runs(share: object = 100, importance: tuple[int, ...] = (90,)) -> RunProposal:
    return RunProposal(key="harm", title="Harm", runs=(cast("RunShape", _forged(RunShape(share=100), share=share)),), importance=importance)


def _raises(error: BaseException) -> object:
    raise error


def _endless(item: object) -> Iterable[object]:
    return (item for _ in count())


_AFTER_RUNS = Attachment(where="after", tag="run")
_DEEP = Group(repeat=9, steps=(Group(repeat=9, steps=(Group(repeat=9, steps=(RUN,)),)),))
SESSIONS: dict[str, Callable[[], object]] = {
    "runs in a session": lambda: [_session(RUN)],
    "runs three groups deep": lambda: [_session(_DEEP)],
    "runs hidden in an attachment": lambda: [_session(RUN, attach=_AFTER_RUNS)],
    "runs three groups deep in an attachment": lambda: [_session(_DEEP, attach=_AFTER_RUNS)],
    "walks in an attachment": lambda: [_session(Step(kind="walk", seconds=9999), attach=_AFTER_RUNS)],
    "walks without measure": lambda: [_session(Step(kind="walk", seconds=86_400))],
    "negative seconds": lambda: [_session(cast("Step", _forged(Step(kind="walk"), seconds=-3600)))],
    "a number that is none": lambda: [_session(cast("Step", _forged(Step(kind="walk"), seconds=float("nan"))))],
    "seconds that lie about their size": lambda: [_session(cast("Step", _forged(Step(kind="walk"), seconds=_Greedy(3600))))],
    "a kind that lies": lambda: [_session(cast("Step", _forged(Step(kind="walk"), kind=_Liar("run"))))],
    "fewer than no repetitions": lambda: [_session(cast("Group", _forged(Group(repeat=1, steps=(RUN,)), repeat=-9)))],
    "the tag of a run": lambda: [Proposal(key="harm", title="Harm", tags=("run",))],
    "one key twice": lambda: [_session(), _session()],
    "very many sessions": lambda: [Proposal(key=f"k{n}", title="Harm") for n in range(MANY)],
    "sessions without end": lambda: _endless(_session()),
    "runs among sessions": lambda: [_runs()],
    "a session that weighs everything": lambda: [_forged(_session(Step(kind="exercise", seconds=86_400)), importance=(10**30,))],
}
RUNS: dict[str, Callable[[], object]] = {
    "more than the whole of a week": lambda: [_runs(share=10**9)],
    "a share that is none": lambda: [_runs(share=float("nan"))],
    "less than nothing": lambda: [_runs(share=-100)],
    "very many runs": lambda: [RunProposal(key="harm", title="Harm", runs=(RunShape(share=100),) * 1000)],
    "runs without end": lambda: _endless(_runs()),
    "runs that weigh everything": lambda: [_runs(importance=(10**30,))],
    "sessions among runs": lambda: [_session()],
}
LIMITS: dict[str, Callable[[], object]] = {
    "a ceiling below nothing": lambda: [_forged(Ceiling(of="week-run-m", at_most=0, why=""), at_most=-(10**9))],
    "a ceiling without end": lambda: [_forged(Ceiling(of="growth-bp", at_most=0, why=""), at_most=float("inf"))],
    "a ceiling of something unknown": lambda: [_forged(Ceiling(of="runs", at_most=0, why=""), of="sleep")],
    "growth of everything": lambda: [Ceiling(of="growth-bp", at_most=10**9, why="more")],
    "limits without end": lambda: _endless(Ceiling(of="runs", at_most=1, why="")),
    "a reason for a limit": lambda: [Why(limit="weekly", text="because")],
}
ANYWHERE: dict[str, Callable[[], object]] = {
    "an exception": lambda: _raises(ValueError("knee")),
    "leaving": lambda: _raises(SystemExit(0)),
    "deep recursion": lambda: _raises(RecursionError("too deep")),
    "a number": lambda: 42,
    "a word": lambda: "run",
    "nothing in a list": lambda: [None],
}


@frozen(kw_only=True)
class HostilePlugin:
    """A plugin that does one harmful thing (`deed`, in words) in one hook, or changes the records that it receives (`meddles`)."""

    name: str = "hostile"
    deed: str
    hook: str
    answer: Callable[[], object] | None = field(default=None, eq=False, repr=False)
    meddles: bool = False

    @classmethod
    def doing(cls, deed: str, hook: str, answer: Callable[[], object]) -> Self:
        """A plugin whose `hook` returns what `answer` returns."""
        return cls(deed=deed, hook=hook, answer=answer)

    @hookimpl
    def planner_pillar(self) -> Pillar:
        """An ordinary pillar."""
        return Pillar(name=self.name, summary="harmful, for tests")

    @hookimpl
    def planner_screening(self) -> object:
        """The deed, if it is this hook's."""
        return self._does("planner_screening")

    @hookimpl
    def planner_limits(self, brief: Brief) -> object:
        """The deed, if it is this hook's; if it meddles, it changes the brief's history, growth and pace."""
        if self.meddles:
            _forged(brief, history=())
            _forged(brief.reading, growth=9)
            _forged(brief.athlete.running, easy_pace=1)
        return self._does("planner_limits")

    @hookimpl
    def planner_runs(self, week: WeekView) -> object:
        """The deed, if it is this hook's; if it meddles, it enlarges the week's room."""
        if self.meddles:
            _forged(week.room, week_m=10**9, run_m=10**9, run_s=10**9)
        return self._does("planner_runs")

    @hookimpl
    def planner_sessions(self, week: WeekView) -> object:
        """The deed, if it is this hook's; if it meddles, it lengthens the week's runs."""
        if self.meddles:
            for run in week.runs:
                _forged(run, run_s=10**9)
        return self._does("planner_sessions")

    @hookimpl
    def planner_findings(self) -> object:
        """The deed, if it is this hook's."""
        return self._does("planner_findings")

    def _does(self, hook: str) -> object:
        return self.answer() if self.answer is not None and hook == self.hook else ()


def _all() -> tuple[HostilePlugin, ...]:
    made = [HostilePlugin.doing(deed, "planner_sessions", answer) for deed, answer in SESSIONS.items()]
    made += [HostilePlugin.doing(deed, "planner_runs", answer) for deed, answer in RUNS.items()]
    made += [HostilePlugin.doing(deed, "planner_limits", answer) for deed, answer in LIMITS.items()]
    for hook in ("planner_screening", "planner_limits", "planner_runs", "planner_sessions", "planner_findings"):
        made += [HostilePlugin.doing(f"{deed} in {hook}", hook, answer) for deed, answer in ANYWHERE.items()]
    return (*made, HostilePlugin(deed="meddles with what it is handed", hook="", meddles=True))


HOSTILE = _all()
"""One plugin for each harm that the kit knows."""


def hostile_plugins() -> SearchStrategy[HostilePlugin]:
    """One of the harmful plugins: running hidden in attachments and groups, forged numbers, lies, endless answers, exceptions.

    Whatever it does, planning ends with a lawful plan or with an error that names it; `deed` describes it. One that `meddles` only changes
    copies, which has no effect.
    """
    return st.sampled_from(HOSTILE)
