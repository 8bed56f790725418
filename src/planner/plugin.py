"""One loaded plugin: who brought it, what it is, and how it is asked so that whatever goes wrong carries its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from planner.checks import misfit
from planner.errors import InputError, PluginError

if TYPE_CHECKING:
    from pluggy import HookImpl

    from planner.model import Contributor
    from planner.offers import Pillar

T = TypeVar("T")
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
        """The hook's answer, or None where the plugin does not have it. A raised exception becomes a `PluginError`."""
        implementation = self.hooks.get(hook)
        if implementation is None:
            return None
        try:
            answer = implementation.function(*[questions[name] for name in implementation.argnames])
            if isinstance(answer, (list, tuple)):
                return tuple(answer)
            return tuple(_some(answer)) if isinstance(answer, Iterable) else answer
        except (PluginError, InputError):
            raise
        except (Exception, SystemExit) as error:
            raise self.blame(hook, f"raised {type(error).__name__}: {error}") from error

    def answers(self, hook: str, kinds: tuple[type[T], ...], **questions: object) -> tuple[T, ...]:
        """The hook's answers, each an instance of one of `kinds`."""
        answer = self.ask(hook, **questions)
        if answer is None:
            return ()
        if not isinstance(answer, tuple):
            raise self.blame(hook, f"returned {type(answer).__name__}; expected an iterable of {_names(kinds)}")
        if len(answer) > MOST_ANSWERS:
            raise self.blame(hook, f"returned more than {MOST_ANSWERS} answers")
        for item in answer:
            if type(item) not in kinds:
                raise self.blame(hook, f"returned {type(item).__name__}; expected {_names(kinds)}")
            wrong = misfit(item)
            if wrong:
                raise self.blame(hook, f"returned a {type(item).__name__} with {wrong}; see its fields for what is expected")
        return answer


def _some(answer: Iterable[object]) -> Iterable[object]:
    """The first answers, one more than is allowed, so that a generator without end is found out."""
    for n, item in enumerate(answer):
        yield item
        if n >= MOST_ANSWERS:
            return


def _names(kinds: tuple[type, ...]) -> str:
    return " or ".join(k.__name__ for k in kinds)
