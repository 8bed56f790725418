"""What running form has asked of the athlete so far, read from the notes on past runs; and the words that those notes begin with."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from planner import Step, by_identity
from planner_pillars.content import content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner import Week


class Past(NamedTuple):
    """Weeks so far with a target, with a cue; the week of the first note and of the last count; runs on the faded route."""

    targets: int = 0
    cues: int = 0
    first: int | None = None
    counted: int | None = None
    faded: int = 0


@lru_cache(maxsize=1)
def form_words() -> Mapping[str, Mapping[str, str]]:
    """The words of running form, table by table."""
    return cast("Mapping[str, Mapping[str, str]]", content("form"))


@lru_cache(maxsize=2)
def cues(*, steady: bool = False) -> list[tuple[str, Mapping[str, str]]]:
    """Every cue by its id, in the order of the file; `steady`: only those that leave the step length alone."""
    cues = cast("Mapping[str, Mapping[str, Mapping[str, str]]]", content("form"))["cues"]
    return [(name, cue) for name, cue in cues.items() if not steady or cue["steady"] == "yes"]


class Leads(NamedTuple):
    """The first words of each kind of note, and all of them."""

    target: str
    cue: str
    counting: tuple[str, str]
    faded: str
    every: tuple[str, ...]


@lru_cache(maxsize=1)
def _leads() -> Leads:
    words = form_words()
    target, cue, faded = words["cadence"]["lead"], cues()[0][1]["lead"], words["faded"]["lead"]
    count = (words["measure"]["lead"], words["recheck"]["lead"])
    return Leads(target, cue, count, faded, (target, cue, faded, *count))


def past_asked(earlier: tuple[Week, ...]) -> Past:
    """What was asked of the athlete in the weeks so far."""
    past = Past()
    for week in earlier:
        targets, cued, counts, faded = _asked(week)
        if targets or cued or counts or faded:
            past = Past(
                targets=past.targets + targets,
                cues=past.cues + cued,
                first=past.first or week.number,
                counted=week.number if counts else past.counted,
                faded=past.faded + faded,
            )
    return past


@by_identity(64)
def _asked(week: Week) -> tuple[bool, bool, bool, int]:
    """Whether a week's runs carried a target, a cue, a count, and how many a faded session: read from the first words of their notes."""
    counts = targets = cued = faded = 0
    leads = _leads()
    for session in week.sessions:
        for step in session.steps if session.run_s else ():
            if isinstance(step, Step) and step.kind == "note" and step.text.startswith(leads.every):
                targets += step.text.startswith(leads.target)
                cued += step.text.startswith(leads.cue)
                counts += step.text.startswith(leads.counting)
                faded += step.text.startswith(leads.faded)
    return targets > 0, cued > 0, counts > 0, faded
