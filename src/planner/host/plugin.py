"""One loaded plugin: where it came from, its pillar, and guarded calls of its hooks, so that every failure names it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

import attr

from planner.errors import InputError, PluginError
from planner.formatting import called, cut, readable, shown
from planner.host.budget import OverBudgetError, begin, end, overrun
from planner.host.isolation import aside
from planner.host.validation import taken
from planner.offers import Proposal, RunProposal

if TYPE_CHECKING:
    from pluggy import HookImpl

    from planner.model import Contributor
    from planner.offers import Pillar

T = TypeVar("T")
OURS_IN = str(Path(__file__).parents[1]) + os.sep
PYTHONS_IN = str(Path(os.__file__).parent) + os.sep
ATTRS_IN = str(Path(attr.__file__).parent) + os.sep
MOST_ANSWERS = 1000
"""The most answers to one hook call; a generator that yields more is taken to be endless."""


class Plugin(NamedTuple):
    """One loaded plugin: where it came from, its pillar (None: it only provides templates), and its hooks by name."""

    contributor: Contributor
    pillar: Pillar | None
    hooks: Mapping[str, HookImpl]

    @property
    def name(self) -> str:
        """The pillar's name; without a pillar, the entry point's."""
        return self.pillar.name if self.pillar else self.contributor.name

    def blame(self, hook: str, problem: str) -> PluginError:
        """The `PluginError` that names this plugin."""
        c = self.contributor
        return PluginError(self.name, f"{c.distribution} {c.version}".strip(), hook, problem, entry=c.name)

    def ask(self, hook: str, **questions: object) -> object:
        """The hook's answer, or None if the plugin does not have the hook.

        Raises `PluginError` if the hook raises or exceeds its budget (`planner.host.budget`).
        """
        implementation = self.hooks.get(hook)
        return None if implementation is None else self.let(hook, _answer, implementation, questions)

    def let(self, hook: str, work: Callable[..., T], *given: object) -> T:
        """Call `work`, which runs this plugin's code, within the budget, and return its result. Whatever it raises becomes a `PluginError`.

        `KeyboardInterrupt` and `InputError` pass through: a hook may report what is wrong with the athlete's file. Its output goes to
        standard error. Raises `PluginError` if it changes the current folder.
        """
        back = aside()
        try:
            answer = self._in_time(hook, work, *given)
        finally:
            changed = back()
        if changed:
            raise self.blame(hook, changed)
        return answer

    def _in_time(self, hook: str, work: Callable[..., T], *given: object) -> T:
        outer = begin(self, hook)
        try:
            try:
                return work(*given)
            except (KeyboardInterrupt, OverBudgetError):
                raise
            except BaseException as error:
                if type(error) is InputError:
                    error.add_note(f"Said by plugin {self.name}, from {self.contributor.distribution}.")
                    raise
                raise self.blame(hook, f"raised {readable(error)}{_place(error)}") from error
            finally:
                end(outer)
        except OverBudgetError as error:
            end(outer)  # it may have been stopped before its own `end`
            raise self.blame(hook, overrun(error)) from None

    def answers(self, hook: str, kinds: tuple[type[T], ...], **questions: object) -> tuple[T, ...]:
        """The hook's answers as validated copies. Raises `PluginError` for an answer that is not one of `kinds`, or is wrong."""
        answer = self.ask(hook, **questions)
        if answer is None:
            return ()
        if not isinstance(answer, tuple):
            raise self.blame(hook, f"returned {called(type(answer))}; expected an iterable of {_names(kinds)}")
        if len(answer) > MOST_ANSWERS:
            raise self.blame(hook, f"returned more than {MOST_ANSWERS} answers")
        kept: list[T] = []
        for item in answer:
            if type(item) is not kinds[0] and not any(type(item) is kind for kind in kinds):
                raise self.blame(hook, f"returned {called(type(item))}; expected {_names(kinds)}")
            own, wrong = taken(item)
            if wrong:
                expected = "" if "; expected " in wrong else "; see its fields for what is expected"
                raise self.blame(hook, f"returned a {called(type(item))} with {wrong}{expected}{_keyed(item)}")
            kept.append(cast("T", own))
        return tuple(kept)


def line_of(error: BaseException) -> tuple[str, int]:
    """The file and the number of the innermost line at which an exception was raised, not counting lines of ours, of the standard library
    and of attrs, which validates our records; ("", 0) if there is none.
    """
    found, trace = ("", 0), error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not file.startswith(("<", OURS_IN, ATTRS_IN)) and (not file.startswith(PYTHONS_IN) or "site-packages" in file):
            found = file, trace.tb_lineno
        trace = trace.tb_next
    return found


def _place(error: BaseException) -> str:
    """Where an exception was raised (`line_of`), in words; "" if that is unknown."""
    file, number = line_of(error)
    return f", at line {number} of {cut(Path(file).name)}" if file else ""


def _keyed(record: object) -> str:
    """A proposal's key in words, to tell it from others; "" for a record without a key."""
    key = getattr(record, "key", None) if type(record) in (RunProposal, Proposal) else None
    return f" (key {shown(key)})" if type(key) is str else ""


def _answer(implementation: HookImpl, questions: Mapping[str, object]) -> object:
    """Call a hook; an iterable answer becomes a tuple. Other than plain tuples and lists it may be endless, so it is not read whole."""
    answer: object = implementation.function(*[questions[name] for name in implementation.argnames])
    if type(answer) is tuple or type(answer) is list:
        return tuple(answer)
    return tuple(_some(answer)) if isinstance(answer, Iterable) else answer


def _some(answer: Iterable[object]) -> Iterable[object]:
    """The first `MOST_ANSWERS` + 1 answers: enough to detect too many."""
    for n, item in enumerate(answer):
        yield item
        if n >= MOST_ANSWERS:
            return


def _names(kinds: tuple[type, ...]) -> str:
    return " or ".join(k.__name__ for k in kinds)
