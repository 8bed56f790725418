"""The hooks: the one page that a plugin author reads.

A plugin is a module, or a frozen instance, found under the entry-point group `planner`. It implements any of these functions, marked
with `planner.hookimpl`, each with as many of the arguments as it needs. A function of its own that is called `planner_...` and is not
marked is refused, as nobody would ask it. Every hook is a pure question: it is handed frozen records and returns frozen records, copies
both ways; it must answer the same whenever it is asked the same. The order of plugins means nothing. What a plugin prints goes to
standard error: standard output is the plan's. It leaves the current folder as it is; the decimal context, the recursion limit and the
standard streams are put back after each question. A hook that stays inside compiled code, or that keeps the interval timer's signal from
its own thread, cannot be stopped after its 10 s. Distributions are looked for in the folders of Python's path: one inside a zip file is not
found, and `--plugin FILE.py` names a file for one run.

`settings` is an instance of the pillar's own settings class, filled from `[pillars.NAME]` of the athlete file; None where it has none.
Its fields are `str`, `int`, `bool`, `Decimal`, `date`, a `Literal` of texts or whole numbers, another such class, or `X | None` or
`tuple[X, ...]` of these, their types imported when the program runs; a default is one that its own range takes. Any other class is refused
on load. What the types cannot say, a hook may: an `InputError` that it raises tells the athlete what is wrong with the file (exit 2).
A plugin that raises, takes longer than 10 s, or returns anything else than is said here, stops the run by name: a limit that failed in
silence would make a looser plan. Values are of exact types (no subclass of `int` or `str`); a week takes at most 100 proposals of a
pillar, a proposal at most 1,000 steps and 24 hours. A step's kind is small letters, digits and dashes; what is run or walked is `run`
or `walk`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.findings import Finding
    from planner.limits import Limit
    from planner.model import Brief, Plan
    from planner.offers import Pillar, Proposal, RunProposal
    from planner.programme import Template
    from planner.week_view import WeekView

hookspec = pluggy.HookspecMarker("planner")
hookimpl = pluggy.HookimplMarker("planner")


@hookspec
def planner_pillar() -> Pillar:  # type: ignore[empty-body]
    """Say what this pillar is. Asked once, on load; required of a plugin that has any of the five hooks below."""


@hookspec
def planner_screening(brief: Brief, settings: object) -> Iterable[Finding]:  # type: ignore[empty-body]
    """Findings before anything is planned. One of severity `stop` ends planning with a referral (exit 4)."""


@hookspec
def planner_limits(brief: Brief, settings: object) -> Iterable[Limit]:  # type: ignore[empty-body]
    """Limits for the whole plan. They only tighten: the tightest of all plugins' and the laws' holds."""


@hookspec
def planner_runs(brief: Brief, week: WeekView, settings: object) -> Iterable[RunProposal]:  # type: ignore[empty-body]
    """Runs for one week, elastic: `week.room` says what the laws leave. Asked first in each week, not where no running is allowed."""


@hookspec
def planner_sessions(brief: Brief, week: WeekView, settings: object) -> Iterable[Proposal]:  # type: ignore[empty-body]
    """Other sessions, attachments and notes for one week; `week.runs` are its runs as sized, without dates yet."""


@hookspec
def planner_findings(plan: Plan, settings: object) -> Iterable[Finding]:  # type: ignore[empty-body]
    """Findings about the finished plan, after the engine's own audit. An `error` refuses the plan (exit 5)."""


@hookspec
def planner_templates() -> Iterable[Template]:  # type: ignore[empty-body]
    """Programmes that this plugin brings."""
