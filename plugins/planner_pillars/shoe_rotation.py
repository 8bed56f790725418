"""Assign runs to pairs of shoes: pairs share the distance, and a new pair is phased in (SHOE-03, SHOE-07)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from planner import RunView


class Pair(NamedTuple):
    """A pair at the start of a week: metres so far, at its limit and in the last week of running, and the number of weeks it was run in."""

    number: int
    name: str
    at_m: int
    limit_m: int
    last_m: int
    weeks: int
    is_new: bool
    since: date | None


def share_out(
    pairs: list[Pair], runs: tuple[RunView, ...], metres: Mapping[int, int], main_percent: int, overdue_percent: int
) -> dict[int, list[int]]:
    """Run ordinals by pair number. Runs are assigned longest first, each to the pair furthest below its share of two weeks (SHOE-03).

    A pair that is due is left out if there is another or, if all others are new, once it is overdue. A new pair gets neither the longest
    run nor one at a new level (SHOE-07).
    """
    fit = _fit(pairs, overdue_percent)
    if len(fit) == 1:
        return {fit[0].number: list(metres)}
    rest = (100 - main_percent) // (len(fit) - 1)
    shares = {p.number: rest if place else main_percent for place, p in enumerate(fit)}
    carried = {p.number: p.last_m for p in fit}
    given: dict[int, list[int]] = {p.number: [] for p in fit}
    blocked = {r.ordinal for r in runs if r.new_level}
    for place, ordinal in enumerate(sorted(metres, key=lambda o: (-metres[o], o))):
        may_be_new = place > 0 and ordinal not in blocked
        allowed = [p for p in fit if not p.is_new or (may_be_new and len(given[p.number]) <= p.weeks)]
        total = sum(carried.values()) + metres[ordinal]
        best = max(allowed or fit[:1], key=lambda p: shares[p.number] * total - 100 * carried[p.number])
        carried[best.number] += metres[ordinal]
        given[best.number].append(ordinal)
    return given


def _fit(pairs: list[Pair], overdue_percent: int) -> list[Pair]:
    """The pairs that may be worn: those not yet due; if these are all new, also those due but not overdue; all if every pair is overdue."""
    fit = [p for p in pairs if p.at_m < p.limit_m]
    if not all(p.is_new for p in fit):
        return fit
    return [p for p in pairs if p in fit or 100 * p.at_m < overdue_percent * p.limit_m] or pairs
