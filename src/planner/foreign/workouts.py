"""Parses workouts such as `8 x (1 min run / 2 min walk)`, `Easy run 45'` or `10k` into doses of running and walking.

Ambiguous words raise `UnclearError` instead of being guessed at.
"""

from __future__ import annotations

from itertools import islice
from typing import Literal, NamedTuple

from attrs import evolve, field, frozen

from planner.foreign.records import NOTHING, Amount, Dose
from planner.foreign.tokens import Token, tokens

MOST_KM, MOST_SECONDS = 1000, 86_400
"""The most that counts as one day's run, in kilometres (or miles) and in seconds."""
MOST_TOKENS = 400
DEEPEST = 4


class UnclearError(Exception):
    """The words do not determine how much is run; the message is a phrase that says why."""


@frozen(kw_only=True)
class _Part:
    """A part of a workout with its own dose. `join` is the token before it, `kind` what its words call it, `warm` marks a warm-up or
    cool-down, `count` is its repetitions (0: none given), `belongs` says that it is repeated with the part before it, and `group` is the
    dose of a repeated bracket.
    """

    join: Token | None
    amount: Amount = NOTHING
    kind: Literal["", "run", "walk", "both", "still"] = ""
    warm: bool = False
    count: int = 0
    belongs: bool = False
    group: Dose | None = None

    @property
    def dose(self) -> Dose:
        """Its dose with repetitions. Walking as warm-up or cool-down counts as nothing, as in our plans, and so does repeated rest."""
        if self.group is not None:
            return self.group
        if self.kind == "walk":
            return Dose() if self.warm else Dose(walk=self.amount).times(self.count or 1)
        return Dose() if self.kind == "still" and self.count else Dose(run=self.amount).times(self.count or 1)

    @property
    def runs(self) -> bool:
        """Whether it contains running."""
        return self.dose.run != NOTHING

    @property
    def single(self) -> bool:
        """Whether it is one amount without repetition."""
        return not self.count and self.group is None

    def joined(self, *kinds: str) -> bool:
        """Whether it follows a join of one of these kinds."""
        return self.join is not None and self.join.kind in kinds


@frozen(kw_only=True)
class _Clause:
    """The tokens between two joins, and the doses of its repeated brackets."""

    join: Token | None
    tokens: list[Token] = field(factory=list)
    groups: list[Dose] = field(factory=list)


class _Heard(NamedTuple):
    """The clauses of a text, and the doses of brackets that are not repeated."""

    clauses: list[_Clause]
    asides: list[Dose]


def read_workout(folded: str) -> Dose | None:
    """The dose in folded text; None if it has no amount. Raises `UnclearError`."""
    found = list(islice(tokens(folded), MOST_TOKENS + 1))
    unclear = [token for token in found if token.kind == "unclear"]
    if not unclear and not any(token.kind == "amount" for token in found):
        return None
    if len(found) > MOST_TOKENS:
        raise UnclearError("more words than a workout has")
    if unclear:
        raise UnclearError(f"`{unclear[0].text}` leaves it open how much")
    dose = _dose_of(found, 0)
    if dose is None:
        return None
    if dose.run == NOTHING:
        raise UnclearError("it says how much is walked, and not how much is run")
    if any(a.km + a.miles > MOST_KM or a.seconds > MOST_SECONDS for a in dose):
        raise UnclearError("more than anybody runs in a day")
    return dose


def _dose_of(found: list[Token], depth: int) -> Dose | None:
    """The dose of a sequence of tokens; None if it has no amount. Raises `UnclearError`."""
    if depth > DEEPEST:
        raise UnclearError("brackets inside brackets, too many to follow")
    heard = _clauses(found, depth)
    parts = _parts(heard.clauses)
    if parts:
        _check_walking(heard.clauses, parts)
        return _together(parts)
    if len(heard.asides) > 1:
        raise UnclearError("several amounts in brackets, and not whether they add up")
    return heard.asides[0] if heard.asides else None


def _clauses(found: list[Token], depth: int) -> _Heard:
    """The tokens split at their joins, with each bracket reduced to a dose. Raises `UnclearError`."""
    heard = _Heard([_Clause(join=None)], [])
    at = 0
    while at < len(found):
        token, clause = found[at], heard.clauses[-1]
        if token.kind == "open":
            end = _closing(found, at)
            inner = _dose_of(found[at + 1 : end], depth + 1)
            repeats = bool(clause.tokens) and clause.tokens[-1].kind == "times"
            behind = found[end + 1] if end + 1 < len(found) and found[end + 1].kind == "by" else None
            if inner is not None and (repeats or behind):
                count = clause.tokens.pop().number if repeats else 1
                clause.groups.append(inner.times(count * (behind.number if behind else 1)))
                end += behind is not None
            elif inner is not None:
                heard.asides.append(inner)
            at = end
        elif token.kind in ("add", "soft", "inside"):
            heard.clauses.append(_Clause(join=token))
        elif token.kind != "close":
            clause.tokens.append(token)
        at += 1
    return heard


def _closing(found: list[Token], at: int) -> int:
    """The index of the bracket that closes the one at `at`; the end of the list if it is never closed."""
    depth = 0
    for index in range(at, len(found)):
        depth += {"open": 1, "close": -1}.get(found[index].kind, 0)
        if not depth:
            return index
    return len(found)


def _parts(clauses: list[_Clause]) -> list[_Part]:
    """The parts of all clauses. A leading count repeats its part and the walk or rest after it; a trailing one the parts before it."""
    parts: list[_Part] = []
    count = 0
    for clause in clauses:
        fresh = [_Part(join=clause.join, group=group) for group in clause.groups] + _in_clause(clause)
        leads = [token.number for token in clause.tokens if token.kind == "times"]
        if leads:
            count = leads[0] * (leads[1] if len(leads) > 1 else 1)
            fresh = [part if part.group else evolve(part, count=count) for part in fresh]
        else:
            fresh = [evolve(part, count=count, belongs=True) if count and _belongs(part) else part for part in fresh]
            if fresh and not all(part.count for part in fresh):
                count = 0
        parts += fresh
        behind = [token.number for token in clause.tokens if token.kind == "by"]
        if behind:
            since = max((n for n, part in enumerate(parts) if part.joined("add")), default=0)
            parts[since:] = [evolve(part, count=behind[0]) if part.single else part for part in parts[since:]]
    return parts


def _belongs(part: _Part) -> bool:
    """Whether a part after a repeated one is repeated with it: its walk, its rest, its `/ 200 m jog`."""
    if part.warm or not part.single or (part.joined("add") and part.join is not None and part.join.text not in ("+", "and", "&")):
        return False
    return part.kind in ("walk", "still") or (part.kind == "run" and part.joined("inside"))


def _in_clause(clause: _Clause) -> list[_Part]:
    """The amounts of a clause, each with the words before it if the clause begins with words, else with those after it."""
    items = [token for token in clause.tokens if token.kind in ("amount", "run", "walk", "both", "still", "warm")]
    amounts = [n for n, token in enumerate(items) if token.kind == "amount"]
    if not amounts:
        return []
    cuts = [n + 1 for n in amounts[:-1]] if amounts[0] else amounts[1:]
    parts: list[_Part] = []
    for first, last in zip([0, *cuts], [*cuts, len(items)], strict=True):
        words = {token.kind for token in items[first:last]}
        amount = next(token.amount for token in items[first:last] if token.kind == "amount")
        kind: Literal["", "run", "walk", "both", "still"] = "still" if "still" in words else ""
        kind = "run" if "run" in words else kind
        kind = ("both" if "run" in words else "walk") if "walk" in words else kind
        kind = "both" if "both" in words else kind
        join = clause.join if not parts else Token("soft", "")
        parts.append(_Part(join=join, amount=amount, kind=kind, warm="warm" in words))
    return parts


def _check_walking(clauses: list[_Clause], parts: list[_Part]) -> None:
    """Raise `UnclearError` for walking without an amount (`5 km with walk breaks`), or a timed warm-up that may be run or walked."""
    if any(part.dose.walk != NOTHING or (part.kind == "walk" and part.warm) for part in parts):
        return
    for clause in clauses:
        words = {token.kind for token in clause.tokens}
        adds = clause.join is not None and clause.join.kind == "add"
        if "both" in words or ("walk" in words and not adds):
            raise UnclearError("walking and running, and not how much of each")
    if any(part.warm and part.kind in ("", "still") and part.amount.seconds for part in parts):
        raise UnclearError("a warm-up or cool-down, and not whether it is run or walked")


def _together(parts: list[_Part]) -> Dose:
    """The sum of the parts. Raises `UnclearError` if it is open whether they add up."""
    if any(part.kind == "both" and part.single for part in parts):
        raise UnclearError("walking and running, and not how much of each")
    running = [part for part in parts if part.runs]
    kept = [part for n, part in enumerate(running) if not n or part.belongs or not part.joined("inside")]
    loose = [part for part in kept[1:] if part.joined("soft")]
    if loose:
        one, other = kept[0], kept[-1]
        if len(kept) == 2 and one.single and other.single and bool(one.amount.seconds) != bool(other.amount.seconds):
            kept = [other if one.amount.seconds else one]
        elif len(kept) == len(parts) and all(part.single and not part.warm for part in kept):
            raise UnclearError("several amounts, and not whether they add up")
    total = Dose()
    for part in [*kept, *(part for part in parts if not part.runs)]:
        total = total.plus(part.dose)
    return total
