"""The promises that a good pillar keeps for every athlete, one function each, which raises `NonconformanceError` if it is broken."""

from __future__ import annotations

from linecache import getline
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, field, frozen

from planner.engine import build_plan
from planner.errors import AuditError, ContradictionError, InputError, PluginError, StopError
from planner.hookspecs import hookimpl
from planner.host import Host
from planner.host.plugin import line_of
from planner.offers import Pillar, Proposal
from planner.settings import about
from planner.steps import Step
from planner.testing.hook_spy import listening
from planner.testing.sample import runs_beside, sample_brief
from planner.testing.samples import sample_briefs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from planner.host.plugin import Plugin
    from planner.model import Brief, Plan, Week
    from planner.settings import Plain

BYSTANDER = "sample_bystander"


class NonconformanceError(AssertionError):
    """One broken promise of a plugin, in words."""


@frozen(kw_only=True)
class BystanderSettings:
    """`[pillars.sample_bystander]`."""

    colour: str = field(default="red", metadata=about("a word that changes nothing"))


@frozen(kw_only=True)
class Bystander:
    """Another pillar, with a setting that has no effect and one short session a week."""

    @hookimpl
    def planner_pillar(self) -> Pillar:
        """A pillar with a setting."""
        return Pillar(name=BYSTANDER, summary="stands by, for tests", settings=BystanderSettings)

    @hookimpl
    def planner_sessions(self) -> Iterable[Proposal]:
        """One short session a week."""
        return (Proposal(key="stand", title="Stand by", steps=(Step(kind="exercise", seconds=60),)),)


@frozen(kw_only=True)
class Subject:
    """The plugin under test: the given object, the plugin that the host loaded, and its table of settings."""

    plugin: object
    loaded: Plugin
    settings: Mapping[str, Plain]

    def tables(self) -> dict[str, Mapping[str, Plain]]:
        """The athlete's `[pillars]`."""
        return {self.loaded.name: self.settings} if self.settings else {}

    def sample(self) -> Brief:
        """The sample athlete's brief, with the plugin's settings."""
        return sample_brief(6, self.tables())

    def samples(self) -> dict[str, Brief]:
        """The fixed sample briefs by name, with the plugin's settings."""
        return sample_briefs(self.tables())

    def beside(self) -> tuple[object, ...]:
        """The plugins to plan with besides this one: `SampleRuns`, unless it proposes runs itself."""
        return runs_beside(self.plugin)

    def host(self, *more: object) -> Host:
        """A host of the plugin, runs and `more`."""
        return Host.of(self.plugin, *self.beside(), *more)


Promise: TypeAlias = "Callable[[Subject, Brief], None]"


def planned(brief: Brief, host: Host) -> Plan | None:
    """The plan, or None if there is none; only `works` and `lawful` look at the reason."""
    try:
        return build_plan(brief, host)
    except (StopError, ContradictionError, PluginError, AuditError):
        return None


def works(subject: Subject, brief: Brief) -> None:
    """Check that it fails for no athlete."""
    try:
        build_plan(brief, subject.host())
    except (StopError, ContradictionError, AuditError):
        return
    except PluginError as error:
        raise NonconformanceError(f"{error.hook} fails for an athlete who may well exist: {error.problem}{code_of(error)}") from error
    except InputError as error:
        raise NonconformanceError(f"it refuses an athlete: {error}") from error


def code_of(error: PluginError) -> str:
    """The plugin's line of code that raised, after a colon; "" if none did, or the line cannot be read."""
    code = getline(*line_of(error.__cause__)).strip() if error.__cause__ is not None else ""
    return f": `{code}`" if code else ""


def pure(subject: Subject, brief: Brief) -> None:
    """Check that hooks called twice give the same answers and leave their arguments unchanged."""
    host, heard = listening(subject.loaded, Host.of(*subject.beside()).plugins)
    planned(brief, host)
    if heard.faults:
        raise NonconformanceError("; ".join(heard.faults))


def lawful(subject: Subject, brief: Brief) -> None:
    """Check that the audit, which the engine runs, finds no broken law."""
    try:
        build_plan(brief, subject.host())
    except AuditError as error:
        raise NonconformanceError(f"with it a plan breaks a law, and is refused: {'; '.join(error.breaks)}") from error
    except (StopError, ContradictionError, PluginError):
        return


def order_free(subject: Subject, brief: Brief) -> None:
    """Check that the order of plugins has no effect."""
    plugins = (subject.plugin, *subject.beside(), Bystander())
    one, other = planned(brief, Host.of(*plugins)), planned(brief, Host.of(*reversed(plugins)))
    if one != other:
        raise NonconformanceError("another order of plugins makes another plan; does it keep something from one question to the next?")


def own_settings_only(subject: Subject, brief: Brief) -> None:
    """Check that another pillar's settings have no effect."""
    host, tables = subject.host(Bystander()), brief.athlete.pillars
    red, blue = ({**tables, BYSTANDER: {"colour": colour}} for colour in ("red", "blue"))
    one, other = (planned(evolve(brief, athlete=evolve(brief.athlete, pillars=t)), host) for t in (red, blue))
    if one != other:
        raise NonconformanceError("another pillar's settings change what it does; a pillar answers from its own")


def never_looser(subject: Subject, brief: Brief) -> None:
    """Check that the first week whose running its limits change holds less than without them, unless its runs are on other days.

    The laws allow something else for runs on other days, and for weeks after those; only the audit covers them. The plugin's sessions are
    left out, since they take days from runs.
    """
    if not subject.beside() or "planner_limits" not in subject.loaded.hooks:
        return
    kept = {name: hook for name, hook in subject.loaded.hooks.items() if name == "planner_limits"}
    runs = Host.of(*subject.beside())
    without = planned(evolve(brief, athlete=evolve(brief.athlete, pillars={})), runs)
    with_it = planned(brief, Host([subject.loaded._replace(hooks=kept), *runs.plugins]))
    if without is None or with_it is None:
        return
    for bare, week in zip(without.weeks, with_it.weeks, strict=False):
        then, now = _runs(bare), _runs(week)
        if then.keys() == now.keys() and week.run_m > bare.run_m:
            words = f"week {week.number} holds {week.run_m} m of running with it and {bare.run_m} m without, on the same days"
            raise NonconformanceError(f"{words}; a pillar may only forbid more")
        if then != now:
            return


def _runs(week: Week) -> dict[date, int]:
    return {session.date: session.run_m for session in week.sessions if session.run_m}


WORKS = "works for every athlete"
FIRST = "pure"
"""The other promises cannot be checked for a plugin that breaks this one, since its answers vary."""
PROMISES: dict[str, Promise] = {
    WORKS: works,
    FIRST: pure,
    "never unlawful": lawful,
    "order-free": order_free,
    "own settings only": own_settings_only,
    "never looser": never_looser,
}
"""The check of each promise, by the promise's name."""
ON_SAMPLES = frozenset({WORKS, FIRST})
"""The promises that are checked for all fixed samples. Checking the others too would take too long."""
