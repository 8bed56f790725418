"""What is noted in most sessions word for word: it stands once, above the weeks, and sessions lead to it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planner.language import cached
from planner.render.html.markup import MORE, text
from planner.render.html.sets import shown
from planner.render.words import step_lines

if TYPE_CHECKING:
    from planner.model import Plan
    from planner.render.html.sets import Set
    from planner.steps import Step

OFTEN = 8
"""In so many sessions a note may be one that holds every time: if it is in three of four of those that are called the same."""
_CLAUSE = re.compile(r"[.,:;!?](?=\s|$)")


class Read(NamedTuple):
    """What the steps of a plan's sessions have in common: the notes that hold every time, each text with its line, and the sets by name."""

    always: dict[str, str]
    sets: dict[str, Set]


def read(plan: Plan) -> Read:
    """The long notes that hold every time, in the order in which they come, and the sets of exercises around runs."""
    said: dict[tuple[str, str], list[Step]] = {}
    sets: dict[str, Set] = {}
    sessions = plan.sessions
    for session in sessions:
        _pieces, long, rows = shown(session.steps, bool(session.run_s or session.walk_s))
        if long:
            said.setdefault((session.pillar, session.key), []).extend([note for _place, note in long])
        for one in rows:
            sets[one.name] = one
    found: dict[str, str] = {}
    for (pillar, key), notes in said.items():
        if len(notes) >= OFTEN:
            number = sum([session.key == key and session.pillar == pillar for session in sessions])
            found |= {note.text: step_lines((note,))[0] for note in _often(notes, number)}
    return Read(found, sets)


def _often(notes: list[Step], sessions: int) -> list[Step]:
    """The notes that stand in three of four sessions, and in several."""
    times = Counter([note.text for note in notes])
    often = {text for text, number in times.items() if number >= OFTEN and 4 * number >= 3 * sessions}
    return [note for note in notes if note.text in often] if often else []


@cached(64)
def same(texts: frozenset[str]) -> frozenset[str]:
    """These texts as the very set that they were the last time: what is the same object is quickly found to be equal."""
    return texts


@cached(256)
def leading(note: Step) -> str:
    """A note in a session where it holds every time: its first words, which lead to the rest."""
    return f"<li><a href=#always>{text(_CLAUSE.split(step_lines((note,))[0], maxsplit=1)[0])} {MORE}</a>"
