"""What would be worked out again and again although nothing that it depends on has changed.

Records are frozen, and the same ones come back: a plan asks every week about one brief, pillars offer the same proposals in many plans.
The same object has the same answer, and to know it by its identity costs far less than to hash all that it holds. Answers may hold
texts: each language has its own.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple, cast

from planner.language import on_language_change

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")
A = TypeVar("A")
Rest = TypeVarTuple("Rest")


def cached_by_identity(most: int) -> Callable[[Callable[[R, *Rest], A]], Callable[[R, *Rest], A]]:
    """For a pure function of a frozen record (and of hashable `rest`): remember its answers for up to `most` records.

    A record is held as long as its answer is, so that no other can take its place in memory.
    """

    def decorate(function: Callable[[R, *Rest], A]) -> Callable[[R, *Rest], A]:
        by_language: dict[str, dict[int | tuple[int, *Rest], tuple[R, A]]] = {}
        kept: dict[int | tuple[int, *Rest], tuple[R, A]] = {}
        look_up = kept.get
        alone = cast("Callable[[R], A]", function)  # what nothing follows is quicker to ask

        def turn(language: str) -> None:
            nonlocal kept, look_up
            kept = by_language.setdefault(language, {})
            look_up = kept.get

        @wraps(function)
        def ask(record: R, *rest: *Rest) -> A:
            key = (id(record), *rest) if rest else id(record)
            known = look_up(key)
            if known is not None:
                return known[1]
            answer = function(record, *rest) if rest else alone(record)
            if len(kept) >= most:
                kept.clear()
            kept[key] = (record, answer)
            return answer

        on_language_change(turn)
        return ask

    return decorate


def memo(function: Callable[[R], A]) -> Callable[[R], A]:
    """A pure function of a frozen record that remembers its last answer only: for what a whole plan has one of, such as its brief."""
    kept: tuple[R, A] | None = None

    @wraps(function)
    def ask(record: R) -> A:
        nonlocal kept
        known = kept
        if known is not None and known[0] is record:
            return known[1]
        answer = function(record)
        kept = record, answer
        return answer

    def turn(_: str) -> None:
        nonlocal kept
        kept = None

    on_language_change(turn)
    return ask
