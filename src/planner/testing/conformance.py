"""`conformance(plugin)`: one call that holds a plugin against everything that a good pillar keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from planner.errors import InputError, PluginError
from planner.host import Host
from planner.testing import promises
from planner.testing.determinism import differing_runs
from planner.testing.overhead import overhead
from planner.testing.pillar_settings import setting_faults
from planner.testing.promises import NonconformanceError
from planner.testing.strategies import briefs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from planner.model import Brief
    from planner.settings import Plain
    from planner.testing.promises import Subject

EXAMPLES = 10
SUPPRESSED = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.nested_given)
"""A call within somebody's test is nested by nature, and plans are large."""
UNTRIED = "no generated athlete could be tried with these settings; give settings that allow a plan to conformance(plugin, settings={...})"
MOST_WEEKS = 6
SLOW = 1.5
"""More overhead than this is not the noise of a busy machine. The bound itself, 1.10, is for `overhead` and a quiet one."""


def conformance(plugin: object, *, settings: Mapping[str, Plain] | None = None, examples: int = EXAMPLES) -> None:
    """Check that a plugin (a module or a frozen instance) is what a good pillar is; raise everything that it is not, in words.

    - It loads, and no generated athlete makes it fail.
    - Pure: asked twice it answers the same, and what it was handed is unchanged.
    - Deterministic: two processes with different hash seeds make the same plan (a module that can be imported by its name).
    - Order-free, and deaf to what is not its own: neither the order of plugins nor another pillar's settings change anything.
    - Never looser: the first week whose running its limits change holds less than without them, if its runs keep their days.
    - Never unlawful: the audit finds no break in any plan with it.
    - Clear: each setting says what it is, and a wrong value, or an unknown key, is refused by name.
    - Fast: asking it through the host costs little (see `overhead`; the bound here is generous, as machines are busy).

    `settings` is its table in the athlete file, needed where a setting has no default. `examples` are the athletes generated for each
    promise, the same every time. Raises an `ExceptionGroup` of `NonconformanceError`, one for each broken promise.
    """
    broken = [NonconformanceError(words) for words in faults(plugin, settings or {}, examples)]
    if broken:
        raise ExceptionGroup(f"{_called(plugin)} does not conform", broken)


def faults(plugin: object, table: Mapping[str, Plain], examples: int) -> Iterator[str]:
    """Every broken promise in words, one at a time."""
    try:
        (loaded,) = Host.of(plugin).plugins
    except PluginError as error:
        yield f"loads: {error}"
        return
    found = setting_faults(loaded.pillar, table)
    yield from (f"clear on settings: {words}" for words in found)
    subject = promises.Subject(plugin=plugin, loaded=loaded, settings=table)
    if _refused(subject):
        yield f"clear on settings: {_refused(subject)}"
        return
    unkept = len(found)
    for name, check in promises.PROMISES.items():
        words = _broken(check, subject, examples)
        unkept += bool(words)
        if words:
            yield f"{name}: {words}"
        if words == UNTRIED or (words and name == promises.FIRST):
            return
    yield from (f"deterministic: {words}" for words in differing_runs(plugin, loaded.name, table))
    if not unkept and loaded.pillar is not None:
        yield from _slow(plugin, table)


def _refused(subject: Subject) -> str:
    """Why the settings that were handed in are refused, or nothing."""
    try:
        subject.host().conversation(subject.sample())
    except InputError as error:
        return f"{error} Hand its settings to conformance(plugin, settings={{...}})."
    return ""


def _broken(check: Callable[[Subject, Brief], None], subject: Subject, examples: int) -> str:
    """Hold one promise against generated athletes: what broke for the simplest of them, that none could be tried, or nothing."""

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=SUPPRESSED,
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
        report_multiple_bugs=False,
    )
    @given(briefs(MOST_WEEKS, subject.tables()))
    def holds(brief: Brief) -> None:
        check(subject, brief)

    try:
        check(subject, subject.sample())
        holds()
    except Unsatisfiable:
        return UNTRIED
    except NonconformanceError as error:
        return str(error)
    return ""


def _slow(plugin: object, table: Mapping[str, Plain]) -> Iterator[str]:
    """Measured again as often as it takes to be fast once, five times at most."""
    measures = [overhead(plugin, table)]
    while min(measures) > SLOW and len(measures) < 5:
        measures.append(overhead(plugin, table))
    if min(measures) > SLOW:
        yield (
            f"fast: a plan of 12 weeks takes {min(measures):.2f} times as long as with the same functions called directly; "
            f"expected at most {SLOW}. Give fewer answers, and keep the records that come back every week."
        )


def _called(plugin: object) -> str:
    return str(getattr(plugin, "__name__", type(plugin).__name__))
