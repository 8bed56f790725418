"""The steps of a session as a page shows them.

Exercises around a run are a set: what is done before and after it is the same for weeks, and stands in the appendix once. A session without
running is its exercises: there each stands where it is done.
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
"""So many exercises in a row are a set."""
_MAIN = frozenset((RUNNING, WALKING))
NOTE = "note"
_NEVER = _MAIN | {NOTE, "warm-up", "cool-down"}
_LONG = 60
_MOST_KNOWN = 512


class Set(NamedTuple):
    """Exercises in a row. `name` is their address in the page, made of what they say."""

    name: str
    title: str
    steps: tuple[Step, ...]


_known: dict[tuple[str, int], Set] = {}
"""By language and the identity of the first step."""


class Shown(NamedTuple):
    """A session's steps in order, sets among them; of those the long notes, with their places, and the sets."""

    pieces: tuple[Step | Group | Set, ...]
    notes: tuple[tuple[int, Step], ...]
    sets: tuple[Set, ...]


def main(step: Step | Group) -> bool:
    """Whether a step is what the session is for: running, walking, or both in turn."""
    return isinstance(step, Group) or step.kind in _MAIN


@cached_by_identity(4096)
def shown(steps: Steps, running: bool) -> Shown:  # noqa: FBT001  (what is remembered is asked by position)
    """The steps of a session as they are shown; in one with running (or walking), exercises in a row are a set."""
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
    """The exercises in a row from `place` on, as a set if they are several.

    Most rows are the very steps of one that is known: they are found by their first step. A set holds its steps, so that their identities
    stay theirs.
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
    """The sets for the appendix, in the order of their titles; `item` gives a step as an item of a list."""
    ordered = sorted(found.values(), key=lambda one: (one.title.casefold(), one.name))
    return [folded(one.name, one.title, f"<ul>{''.join(map(item, one.steps))}</ul>") for one in ordered]
