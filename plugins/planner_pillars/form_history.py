"""What running form has asked of the athlete so far, read from the notes on past runs; and the words that those notes begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from planner import cached
from planner_pillars.content import content
from planner_pillars.week_history import over_weeks, run_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner import Week

SILENT = ("regress", "off")
"""Decisions of weeks whose runs carry nothing of this pillar's."""


class FormHistory(NamedTuple):
    """Weeks so far with a target, with a cue; the week of the first note and of the last count; runs on the faded route."""

    targets: int = 0
    cues: int = 0
    first: int | None = None
    counted: int | None = None
    faded: int = 0


@cached(1)
def form_words() -> Mapping[str, Mapping[str, str]]:
    """The words of running form, table by table."""
    return cast("Mapping[str, Mapping[str, str]]", content("form"))


@cached(2)
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


@cached(1)
def _leads() -> Leads:
    words = form_words()
    target, cue, faded = words["cadence"]["lead"], cues()[0][1]["lead"], words["faded"]["lead"]
    count = (words["measure"]["lead"], words["recheck"]["lead"])
    return Leads(target, cue, count, faded, (target, cue, faded, *count))


def _and_asked(past: FormHistory, week: Week) -> FormHistory:
    asked = _asked(week)
    if not asked:
        return past
    leads = _leads()
    return FormHistory(
        targets=past.targets + any(text.startswith(leads.target) for text in asked),
        cues=past.cues + any(text.startswith(leads.cue) for text in asked),
        first=past.first or week.number,
        counted=week.number if any(text.startswith(leads.counting) for text in asked) else past.counted,
        faded=past.faded + sum(text.startswith(leads.faded) for text in asked),
    )


past_asked = over_weeks(_and_asked, FormHistory())
"""What was asked of the athlete in the weeks so far."""


def _asked(week: Week) -> list[str]:
    """What the notes on a week's runs say that are this pillar's, by their first words; a missed run asked nothing (FORM-04, FORM-08)."""
    every = _leads().every
    return [
        note
        for session in week.sessions
        if session.run_s and session.status != "missed"
        for note in run_of(session).notes
        if note.startswith(every)
    ]


def may_carry_notes(week: Week) -> bool:
    """Whether a week had runs of the plan's own and was no step back, so that this pillar could ask and say something."""
    return week.decision not in SILENT and any([s.run_s and "commitment" not in s.tags for s in week.sessions])


def holds_target(week: Week) -> bool:
    """Whether a run of a week carries a cadence target."""
    leads = _leads()
    return any([text.startswith((leads.target, leads.faded)) for text in _asked(week)])
