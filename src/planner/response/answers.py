"""The answers about one date: how each knee felt, next mornings from rows of their own included."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import evolve, frozen

from planner.language import N_
from planner.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.entry import Entry

ASKED = (N_("before"), N_("worst while running"), N_("an hour after"), N_("next morning"))
"""When the knee is asked about, in words to be translated with `_`."""


@frozen(kw_only=True, eq=False, repr=False)
class Answers(Record):
    """Pain of one knee, 0-10 (PAIN-04): before, worst during, 60 minutes after, next morning; None where not answered."""

    before: int | None = None
    during: int | None = None
    after: int | None = None
    morning: int | None = None

    @property
    def start(self) -> int:
        """The baseline of the other answers: the pain before, 0 where not answered, so that any later pain counts as a rise."""
        return self.before or 0

    @property
    def missing(self) -> tuple[str, ...]:
        """The answers not given, in the words of `ASKED`."""
        return tuple(words for words, pain in zip(ASKED, (self.before, self.during, self.after, self.morning), strict=True) if pain is None)

    @property
    def none_given(self) -> bool:
        """Whether none of the four answers was given."""
        return len(self.missing) == 4


class Morning(NamedTuple):
    """A next morning from a row of its own: the knee that the row names, and its pain, 0-10."""

    side: str
    pain: int


Knees: TypeAlias = "Mapping[str, tuple[Answers, ...]]"
"""Answers by the side that their rows name: one set of them, or several where rows contradict each other."""
ONE_KNEE = ("left", "right")


def knees_of(rows: Sequence[Entry]) -> Knees:
    """The answers of rows, knee by knee.

    Rows without any answer (a watch's, for instance) are left out beside rows that have some.
    """
    sides = {row.side for row in rows}
    return _without_silent({side: tuple(_of_one_knee([row for row in rows if row.side == side])) for side in sides})


def distinct(knees: Knees) -> tuple[Answers, ...]:
    """Each set of answers once, in an order that does not depend on that of the rows."""
    return tuple(sorted({answers for each in knees.values() for answers in each}, key=repr))


def lacks_morning(knees: Knees, side: str) -> bool:
    """Whether a next morning of `side` answers what nobody has answered yet."""
    meant = _meant(knees, side)
    return not meant or any(answers.morning is None for each in meant for answers in knees[each])


def with_mornings(knees: Knees, mornings: Iterable[Morning]) -> Knees:
    """The answers with next mornings that have rows of their own, whatever the order of those.

    Each goes to the knee that it names (BOTH-01); to every knee where it, or the row of the run, names none. Of several answers to the
    same question the highest counts. A knee without any other row gets answers of its own, all others missing.
    """
    found = dict(knees)
    for side, pain in mornings:
        meant = _meant(knees, side)
        if not meant:
            found[side] = tuple([_raised(answers, pain) for answers in found.get(side, (Answers(),))])
        open_ = lacks_morning(knees, side)
        said = max((a.morning or 0 for each in meant for a in knees[each]), default=0)
        for each in meant:
            if open_ or pain > said:
                pairs = zip(knees[each], found[each], strict=True)
                found[each] = tuple([_raised(now, pain) if was.morning is None or not open_ else now for was, now in pairs])
    return _without_silent(found)


def _meant(knees: Knees, side: str) -> list[str]:
    """The knees that a row with this side is about: all for a row about no knee in particular."""
    if side not in ONE_KNEE:
        return list(knees)
    return [side] if side in knees else [each for each in knees if each not in ONE_KNEE]


def _raised(answers: Answers, morning: int) -> Answers:
    return evolve(answers, morning=max(morning, answers.morning or 0))


def _without_silent(knees: Knees) -> Knees:
    given = {side: tuple([answers for answers in each if not answers.none_given]) for side, each in knees.items()}
    return {side: each for side, each in given.items() if each} or knees


def _of_one_knee(rows: Sequence[Entry]) -> Iterable[Answers]:
    """Merge rows that complete each other, such as an evening's and the next morning's; where they contradict, keep each."""
    each = [row.answers for row in rows]
    said = [{pain for pain in pains if pain is not None} for pains in zip(*each, strict=True)]
    if all(len(pains) <= 1 for pains in said):
        before, during, after, morning = (next(iter(pains), None) for pains in said)
        return (Answers(before=before, during=during, after=after, morning=morning),)
    return (Answers(before=b, during=d, after=a, morning=m) for b, d, a, m in each)
