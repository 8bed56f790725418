"""The planner's exceptions: each keeps its facts, reads as one sentence, and carries the exit code of the command line.

The sentences have the form "where: what was found; what was expected. What to do."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Literal, TypeAlias

    Pause: TypeAlias = Literal["training", "runs"]


def sentence(words: str) -> str:
    """The words with a full stop, unless they end in a mark of their own: for joining sentences that others may have finished."""
    return words if words.endswith((".", "?", "!")) else f"{words}."


class PlannerError(Exception):
    """The base of all errors of the planner; `exit_code` is what the command line returns for it."""

    exit_code = 70

    def __reduce__(self) -> tuple[Callable[..., PlannerError], tuple[type[PlannerError], tuple[object, ...]], dict[str, object]]:
        """Rebuild copies and pickles from the message and the attributes; by default the class would be called with the message alone.

        Notes are copied, so that a copy can add its own.
        """
        facts: dict[str, object] = {name: list(fact) if name == "__notes__" else fact for name, fact in vars(self).items()}
        return _as_it_was, (type(self), self.args), facts


def _as_it_was(cls: type[PlannerError], args: tuple[object, ...]) -> PlannerError:
    """Rebuild an error from its message without calling its initialiser, which takes other arguments."""
    return cls.__new__(cls, *args)


class InputError(PlannerError):
    """The input is wrong: a file, a field, a flag. Exit code 2.

    `where` names file, line or key; `found` and `expected` are phrases; `advice` is a sentence or empty.
    """

    exit_code = 2

    def __init__(self, where: str, found: str, expected: str = "", advice: str = "") -> None:
        self.where, self.found, self.expected, self.advice = where, found, expected, advice
        expectation = f"; expected {expected}" if expected else ""
        super().__init__(f"{sentence(f'{where}: {found}{expectation}')}{' ' + advice if advice else ''}")

    def within(self, place: str) -> InputError:
        """The same error with `place` put before `where`."""
        outer = InputError(f"{place}: {self.where}" if self.where else place, self.found, self.expected, self.advice)
        for note in getattr(self, "__notes__", ()):
            outer.add_note(note)
        return outer


class ContradictionError(PlannerError):
    """Limits that leave no plan at all. Exit code 3. `culprits` is a minimal set of limit sources that contradict each other."""

    exit_code = 3

    def __init__(self, culprits: Iterable[str], detail: str) -> None:
        self.culprits = tuple(sorted(culprits))
        self.detail = detail
        together = " and ".join(self.culprits)
        verb = "contradict each other" if len(self.culprits) > 1 else "leaves nothing"
        super().__init__(f"no plan is possible: {together} {verb}; {detail}")


class StopError(PlannerError):
    """An answer calls for a professional first. Exit code 4. `messages` say which sign, how urgently and what to do.

    `pause` is what waits until then: all training, or only runs (a routine referral).
    """

    exit_code = 4

    def __init__(self, messages: Iterable[str], *, pause: Pause = "training") -> None:
        self.messages = tuple(messages)
        self.pause: Pause = pause
        super().__init__("\n".join(self.messages))


class PluginError(PlannerError):
    """A plugin is at fault. Exit code 5. The message names the plugin, its distribution, the hook, and how to leave it out.

    `entry` is the name of its entry point, as `--without` takes it; the plugin's own name if it has none.
    """

    exit_code = 5

    def __init__(self, plugin: str, source: str, hook: str, problem: str, entry: str = "") -> None:
        self.plugin, self.source, self.hook, self.problem = plugin, source, hook, problem
        self.entry = entry or plugin
        asked = f" in {hook}" if hook else ""
        said = sentence(f"plugin {plugin} ({source}){asked}: {problem}")
        super().__init__(f"{said} Tell its author, or leave it out with --without {self.entry}.")


class AuditError(PlannerError):
    """Our own audit refused our own plan: a bug. Exit code 70. `breaks` are the audit's errors as sentences."""

    exit_code = 70

    def __init__(self, breaks: Iterable[str]) -> None:
        self.breaks = tuple(breaks)
        listed = "\n  ".join(self.breaks)
        super().__init__(
            f"the audit refused this plan, so it was not written; this is a bug in the planner, not in your file:\n  {listed}\n"
            "Please report it with these lines and your athlete file without the names."
        )


class OutputError(PlannerError):
    """Something could not be written; what was there before is unchanged. Exit code 74."""

    exit_code = 74
