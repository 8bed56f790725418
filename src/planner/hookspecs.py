"""The hook specifications: everything a plugin author needs to implement.

A plugin is a module, or a frozen instance, found under the entry-point group `planner`. It implements any of these functions, marked
with `planner.hookimpl`, each with as many of the arguments as it needs. An unmarked function called `planner_...` is refused, because it
would never be called. Every hook is a pure function: it receives copies of frozen records and returns frozen records, which are copied
too, and must give the same answer to the same arguments. The order of plugins has no effect. What a plugin prints goes to standard error:
standard output belongs to the plan. A hook must not change the current folder; the decimal context, the recursion limit and the standard
streams are restored after each call. A hook is stopped after 10 s, unless it stays inside compiled code or blocks the interval timer's
signal in its thread. Distributions are found in the folders of Python's path, not inside zip files; `--plugin FILE.py` loads a file for
one run.

`settings` is an instance of the pillar's own settings class, filled from `[pillars.NAME]` of the athlete file; None if it has no such
class. Its fields are `str`, `int`, `bool`, `Decimal`, `date`, a `Literal` of texts or whole numbers, another such class, or `X | None` or
`tuple[X, ...]` of these; their types must be importable at run time, and each default must lie in its own range. Any other class is
refused on load. A hook may check what the types cannot express: an `InputError` that it raises tells the athlete what is wrong with the
file (exit 2). A plugin that raises anything else, takes longer than 10 s, or returns anything but what is specified here ends the run with
an error that names it: a limit that failed silently would make a looser plan. Values have exact types (no subclass of `int` or `str`). A
pillar may make at most 100 proposals a week, each of at most 1,000 steps and 24 hours. A step's kind consists of small letters, digits and
dashes; running is always `run` and walking `walk`.
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
    """Describe this pillar. Called once, on load; required of a plugin that has any of the next five hooks."""


@hookspec
def planner_screening(brief: Brief, settings: object) -> Iterable[Finding]:  # type: ignore[empty-body]
    """Return findings before anything is planned. One of severity `stop` ends planning with a referral (exit 4)."""


@hookspec
def planner_limits(brief: Brief, settings: object) -> Iterable[Limit]:  # type: ignore[empty-body]
    """Return limits for the whole plan. They can only tighten: the tightest of all plugins' limits and the laws applies."""


@hookspec
def planner_runs(brief: Brief, week: WeekView, settings: object) -> Iterable[RunProposal]:  # type: ignore[empty-body]
    """Propose elastic runs for one week; `week.room` is what the laws allow. Called first in each week, unless no running is allowed."""


@hookspec
def planner_sessions(brief: Brief, week: WeekView, settings: object) -> Iterable[Proposal]:  # type: ignore[empty-body]
    """Propose other sessions, attachments and notes for one week; `week.runs` are its runs as sized, not yet dated.

    If a run becomes smaller on its date, the week is asked about once more, and only words attached to that run alone are replaced.
    """


@hookspec
def planner_findings(plan: Plan, settings: object) -> Iterable[Finding]:  # type: ignore[empty-body]
    """Return findings about the finished plan, after the engine's own audit. An `error` refuses the plan (exit 5)."""


@hookspec
def planner_templates() -> Iterable[Template]:  # type: ignore[empty-body]
    """Return the programmes that this plugin provides."""
