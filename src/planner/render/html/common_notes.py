"""Notes that recur in most sessions: printed once above the weeks, and linked from each session."""

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
"""The least number of occurrences of a recurring note; it must also be in three quarters of the sessions with the same pillar and key."""
_CLAUSE = re.compile(r"[.,:;!?](?=\s|$)")


class Read(NamedTuple):
    """What the sessions of a plan share: recurring notes (text to formatted line) and exercise sets by name."""

    always: dict[str, str]
    sets: dict[str, Set]


def read(plan: Plan) -> Read:
    """Collect the long recurring notes, in order of appearance, and the sets of exercises around runs."""
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
    """Return the notes that occur at least `OFTEN` times and in three quarters of the sessions."""
    times = Counter([note.text for note in notes])
    often = {text for text, number in times.items() if number >= OFTEN and 4 * number >= 3 * sessions}
    return [note for note in notes if note.text in often] if often else []


@cached(64)
def same(texts: frozenset[str]) -> frozenset[str]:
    """Return the cached instance of an equal set, so that later comparisons succeed on identity."""
    return texts


@cached(256)
def leading(note: Step) -> str:
    """Return a recurring note as it appears in a session: its first clause, linked to the full text."""
    return f"<li><a href=#always>{text(_CLAUSE.split(step_lines((note,))[0], maxsplit=1)[0])} {MORE}</a>"
