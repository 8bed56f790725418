"""Caches for pure functions of frozen records, keyed by the record's identity.

The same records come back all the time: a plan asks about one brief every week, and pillars offer the same proposals in many plans.
Looking a record up by its identity costs far less than hashing all of its fields. Results may contain text, so each language has its own
cache (docs/decisions/0014).
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
    """Cache a pure function of a frozen record, and of hashable `rest`, for up to `most` records.

    The cache keeps each record alive, so that no other object can reuse its identity.
    """

    def decorate(function: Callable[[R, *Rest], A]) -> Callable[[R, *Rest], A]:
        by_language: dict[str, dict[int | tuple[int, *Rest], tuple[R, A]]] = {}
        kept: dict[int | tuple[int, *Rest], tuple[R, A]] = {}
        look_up = kept.get
        alone = cast("Callable[[R], A]", function)  # calling without `rest` is faster

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
    """Cache the last result of a pure function of a frozen record. Fits records of which a plan has one, such as its brief."""
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
