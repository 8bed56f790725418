"""One loaded plugin: who brought it, what it is, and how it is asked so that whatever goes wrong carries its name."""

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
"""More answers than this to one question is a plugin that does not end."""


class Plugin(NamedTuple):
    """One loaded plugin: what it calls itself, where it came from, and its pillar (None: it only brings templates)."""

    contributor: Contributor
    pillar: Pillar | None
    hooks: Mapping[str, HookImpl]

    @property
    def name(self) -> str:
        """The pillar's name, or the entry point's."""
        return self.pillar.name if self.pillar else self.contributor.name

    def blame(self, hook: str, problem: str) -> PluginError:
        """The error that says this plugin is at fault."""
        c = self.contributor
        return PluginError(self.name, f"{c.distribution} {c.version}".strip(), hook, problem, entry=c.name)

    def ask(self, hook: str, **questions: object) -> object:
        """The hook's answer, or None where the plugin does not have it.

        A raised exception becomes a `PluginError`, and so does a hook over its budget (`planner.host.budget`).
        """
        implementation = self.hooks.get(hook)
        return None if implementation is None else self.let(hook, _answer, implementation, questions)

    def let(self, hook: str, work: Callable[..., T], *given: object) -> T:
        """What `work` returns, which runs code of this plugin's: within its budget, and whatever it raises is a `PluginError`.

        An interrupt stays one, and an `InputError` too: a hook may say what is wrong with the athlete's file. What it prints goes to
        standard error, and the current folder stays: whoever changes it is to blame.
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
            end(outer)  # it may have been stopped on its way out
            raise self.blame(hook, overrun(error)) from None

    def answers(self, hook: str, kinds: tuple[type[T], ...], **questions: object) -> tuple[T, ...]:
        """The hook's answers, each an instance of one of `kinds`, as copies that the plugin does not hold."""
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
    """The file and the number of the innermost line at which an exception was raised, not counting lines of ours, of Python's own library
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
    """Which of several records, by its key; nothing for one that has none."""
    key = getattr(record, "key", None) if type(record) in (RunProposal, Proposal) else None
    return f" (key {shown(key)})" if type(key) is str else ""


def _answer(implementation: HookImpl, questions: Mapping[str, object]) -> object:
    """What a hook says: iterables as a tuple. A list of one's own making may iterate without end, so only plain ones are read at once."""
    answer: object = implementation.function(*[questions[name] for name in implementation.argnames])
    if type(answer) is tuple or type(answer) is list:
        return tuple(answer)
    return tuple(_some(answer)) if isinstance(answer, Iterable) else answer


def _some(answer: Iterable[object]) -> Iterable[object]:
    """The first answers, one more than is allowed, so that a generator without end is found out."""
    for n, item in enumerate(answer):
        yield item
        if n >= MOST_ANSWERS:
            return


def _names(kinds: tuple[type, ...]) -> str:
    return " or ".join(k.__name__ for k in kinds)
