"""Wraps a plugin's hooks: each is called twice, and its arguments are compared before and after."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, cast

from attrs import field, frozen

from planner.host import Host
from planner.host.plugin import MOST_ANSWERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pluggy import HookImpl

    from planner.host.plugin import Plugin


@frozen(kw_only=True)
class Heard:
    """The faults of a plugin's answers, in words, and the records in them; both grow while plans are made."""

    faults: list[str] = field(factory=list)
    records: list[tuple[str, object]] = field(factory=list)
    """Each record with the hook that gave it."""

    def fault(self, words: str) -> None:
        """Add a fault, unless it is known."""
        if words not in self.faults:
            self.faults.append(words)


@frozen(kw_only=True)
class Ear:
    """Replaces pluggy's implementation of a hook, of which the host uses only `function` and `argnames`."""

    hook: str
    heard: Heard
    implementation: HookImpl

    @property
    def argnames(self) -> tuple[str, ...]:
        """The arguments that the hook takes."""
        return tuple(self.implementation.argnames)

    def function(self, *given: object) -> object:
        """Call the hook twice, and return the first answer."""
        ask: Callable[..., object] = self.implementation.function
        before = [repr(one) for one in given]
        first, second = _listed(ask(*given)), _listed(ask(*given))
        for name, then, now in zip(self.argnames, before, given, strict=True):
            if then != repr(now):
                self.heard.fault(f"{self.hook} changed the {name} that it was handed; hooks read and answer, nothing else")
        if first != second:
            self.heard.fault(f"{self.hook} gave two answers to one question; {_difference(first, second)}")
        self.heard.records.extend((self.hook, record) for record in (first if isinstance(first, list) else ()))
        return first


def listening(plugin: Plugin, beside: Iterable[Plugin]) -> tuple[Host, Heard]:
    """A host with the wrapped `plugin` and the plugins `beside` it, and the record of what its hooks do."""
    heard = Heard()
    ears = {hook: cast("HookImpl", Ear(hook=hook, heard=heard, implementation=given)) for hook, given in plugin.hooks.items()}
    return Host([plugin._replace(hooks=ears), *beside]), heard


def _listed(answer: object) -> object:
    """An iterable answer as a list of at most one item more than the host accepts, so that the host still refuses too many."""
    return list(islice(cast("Iterable[object]", answer), MOST_ANSWERS + 1)) if hasattr(answer, "__iter__") else answer


def _difference(first: object, second: object) -> str:
    one, other = repr(first), repr(second)
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"the first has `{one[max(0, at - 20) : at + 30]}` where the second has `{other[max(0, at - 20) : at + 30]}`"
