"""The steps of a session as a page shows them.

The exercises before and after a run stay the same for weeks; a row of them forms a set that is printed once, in the appendix. In a session
without running, every exercise is printed in place.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from planner.caching import cached_by_identity
from planner.language import current_language, ngettext
from planner.render.html.markup import anchor, folded
from planner.render.words import step_lines
from planner.steps import RUNNING, WALKING, Group, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.steps import Steps

FEWEST = 3
"""The least number of consecutive exercises that form a set."""
_MAIN = frozenset((RUNNING, WALKING))
NOTE = "note"
_NEVER = _MAIN | {NOTE, "warm-up", "cool-down"}
_LONG = 60
_MOST_KNOWN = 512


class Set(NamedTuple):
    """Consecutive exercises. `name` is their anchor in the page, derived from their text."""

    name: str
    title: str
    steps: tuple[Step, ...]


_known: dict[tuple[str, int], Set] = {}
"""Sets by language and the identity of their first step."""


class Shown(NamedTuple):
    """A session's steps in order, with sets in place of their exercises; its long notes with their positions; and its sets."""

    pieces: tuple[Step | Group | Set, ...]
    notes: tuple[tuple[int, Step], ...]
    sets: tuple[Set, ...]


def main(step: Step | Group) -> bool:
    """Whether a step is the session's main part: running, walking, or a group."""
    return isinstance(step, Group) or step.kind in _MAIN


@cached_by_identity(4096)
def shown(steps: Steps, running: bool) -> Shown:  # noqa: FBT001  (cached by positional arguments)
    """Return a session's steps as they are shown; with `running`, consecutive exercises become a set."""
    pieces: list[Step | Group | Set] = []
    notes: list[tuple[int, Step]] = []
    sets: list[Set] = []
    place, end = 0, len(steps)
    while place < end:
        step = steps[place]
        place += 1
        if isinstance(step, Step):
            if step.kind == NOTE:
                if len(step.text) > _LONG:
                    notes.append((len(pieces), step))
            elif running and step.kind not in _NEVER:
                row = _row(steps, place - 1)
                if row:
                    sets.append(row)
                    pieces.append(row)
                    place += len(row.steps) - 1
                    continue
        pieces.append(step)
    return Shown(tuple(pieces), tuple(notes), tuple(sets))


def _exercise(step: Step | Group) -> bool:
    return isinstance(step, Step) and step.kind not in _NEVER


def _row(steps: Steps, place: int) -> Set | None:
    """Return the consecutive exercises from `place` on as a set, or None if there are fewer than `FEWEST`.

    Most rows consist of the very objects of a known set, which is found by its first step. A set keeps its steps alive, so that their ids
    stay valid.
    """
    known = _known.get((current_language(), id(steps[place])))
    if known is not None:
        end = place + len(known.steps)
        if steps[place:end] == known.steps and (end == len(steps) or not _exercise(steps[end])):
            return known
    row = tuple([step for step in takewhile(_exercise, steps[place:]) if isinstance(step, Step)])
    if len(row) < FEWEST:
        return None
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    made = _known[current_language(), id(row[0])] = _set(row)
    return made


def _set(steps: tuple[Step, ...]) -> Set:
    first, last = (step.text.partition(",")[0].strip() for step in (steps[0], steps[-1]))
    title = ngettext("{n} exercise: {first} to {last}", "{n} exercises: {first} to {last}", len(steps), first=first, last=last)
    return Set(anchor("s", repr(step_lines(steps))), title, steps)


def entries(found: dict[str, Set], item: Callable[[Step], str]) -> list[str]:
    """Return the appendix entries of the sets, sorted by title; `item` renders a step as a list item."""
    ordered = sorted(found.values(), key=lambda one: (one.title.casefold(), one.name))
    return [folded(one.name, one.title, f"<ul>{''.join(map(item, one.steps))}</ul>") for one in ordered]
