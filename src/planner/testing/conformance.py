"""`conformance(plugin)`: one call that checks everything a good pillar must be."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from planner.errors import ContradictionError, InputError, PluginError, StopError
from planner.host import Host
from planner.testing import promises
from planner.testing.determinism import differing_runs
from planner.testing.doubts import ConformanceWarning, doubts
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
"""`conformance` usually runs inside a test, and plans are large."""
UNTRIED = "no generated athlete could be tried with these settings; give settings that allow a plan to conformance(plugin, settings={...})"
MOST_WEEKS = 6
SLOW = 1.5
"""More overhead than this is not just the noise of a busy machine. On a quiet one, `overhead` should stay below 1.10."""


def conformance(plugin: object, *, settings: Mapping[str, Plain] | None = None, examples: int = EXAMPLES) -> None:
    """Check that a plugin (a module or a frozen instance) is a good pillar, and report everything that is not.

    - Working: it loads, and no athlete makes it fail.
    - Pure: called twice, its hooks give the same answers and leave their arguments unchanged.
    - Deterministic: two processes with different hash seeds make the same plan (only for a module that can be imported by name).
    - Independent: neither the order of plugins nor another pillar's settings change the plan.
    - Never looser: the first week whose running its limits change holds less than without them, if the runs stay on the same days.
    - Never unlawful: the audit finds no broken law in any plan with it.
    - Clear: each setting is described, and a wrong value or an unknown key is refused by name.
    - Fast: calling it through the host costs little (see `overhead`; the bound here is generous, since machines are busy).

    The first two promises are checked for the fixed `sample_briefs`; all of them for `examples` generated athletes, the same every time.
    `settings` is the plugin's table in the athlete file, needed if a setting has no default. Raises an `ExceptionGroup` of
    `NonconformanceError`, one for each broken promise; each names the sample, and the plugin's own line if it raised. Issues a
    `ConformanceWarning` for each tag of a limit or an attachment that no session carried in any sample plan.
    """
    broken = [NonconformanceError(words) for words in faults(plugin, settings or {}, examples)]
    if broken:
        raise ExceptionGroup(f"{_called(plugin)} does not conform", broken)
    (loaded,) = Host.of(plugin).plugins
    for words in doubts(promises.Subject(plugin=plugin, loaded=loaded, settings=settings or {})):
        warnings.warn(f"{_called(plugin)}: {words}", ConformanceWarning, stacklevel=2)


def faults(plugin: object, table: Mapping[str, Plain], examples: int) -> Iterator[str]:
    """Yield each broken promise in words."""
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
        words = _broken(check, subject, subject.samples() if name in promises.ON_SAMPLES else {"plain": subject.sample()}, examples)
        unkept += bool(words)
        if words:
            yield f"{name}: {words}"
        if words == UNTRIED or (words and name == promises.FIRST):
            return
    yield from (f"deterministic: {words}" for words in differing_runs(plugin, loaded.name, table))
    if not unkept and loaded.pillar is not None:
        yield from _slow(plugin, table)


def _refused(subject: Subject) -> str:
    """Why the given settings are refused, in words; "" if they are not."""
    try:
        subject.host().conversation(subject.sample())
    except (InputError, PluginError) as error:
        return f"{error} Hand its settings to conformance(plugin, settings={{...}})."
    return ""


def _broken(check: Callable[[Subject, Brief], None], subject: Subject, samples: Mapping[str, Brief], examples: int) -> str:
    """Check one promise for the samples, then for generated athletes. Returns what broke for the first sample or the simplest generated
    athlete, `UNTRIED` if no athlete could be generated, or "".
    """

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

    tried = ""
    try:
        for name, brief in samples.items():
            tried = f"sample athlete {name}"
            check(subject, brief)
        tried = "generated athlete"
        holds()
    except Unsatisfiable:
        return UNTRIED
    except NonconformanceError as error:
        return f"{error} ({tried})"
    except Exception as error:
        error.add_note(f"Raised while planning for the {tried}.")
        raise
    return ""


def _slow(plugin: object, table: Mapping[str, Plain]) -> Iterator[str]:
    """Yield a sentence if the plugin is slow in each of five measurements."""
    try:
        measures = [overhead(plugin, table)]
    except (StopError, ContradictionError):
        return  # `doubts` says so
    while min(measures) > SLOW and len(measures) < 5:
        measures.append(overhead(plugin, table))
    if min(measures) > SLOW:
        yield (
            f"fast: a plan of 12 weeks takes {min(measures):.2f} times as long as with the same functions called directly; "
            f"expected at most {SLOW}. Give fewer answers, and keep the records that come back every week."
        )


def _called(plugin: object) -> str:
    return str(getattr(plugin, "__name__", type(plugin).__name__))
