"""What running form has asked of the athlete so far, recovered from the notes on past runs by their first words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from planner import cached
from planner_pillars.content import content
from planner_pillars.week_history import over_weeks, run_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner import Week

SILENT = ("regress", "off")
"""Week decisions under which runs carry no notes of this pillar."""


class FormHistory(NamedTuple):
    """Weeks with a target and with a cue so far, the week of the first note and of the last count, and runs with faded feedback."""

    targets: int = 0
    cues: int = 0
    first: int | None = None
    counted: int | None = None
    faded: int = 0


@cached(1)
def form_words() -> Mapping[str, Mapping[str, str]]:
    """The texts of running form, by table."""
    return cast("Mapping[str, Mapping[str, str]]", content("form"))


@cached(2)
def cues(*, steady: bool = False) -> list[tuple[str, Mapping[str, str]]]:
    """All cues with their ids in file order; with `steady`, only those that leave step length alone."""
    cues = cast("Mapping[str, Mapping[str, Mapping[str, str]]]", content("form"))["cues"]
    return [(name, cue) for name, cue in cues.items() if not steady or cue["steady"] == "yes"]


class Leads(NamedTuple):
    """The first words of each kind of note, and of all kinds (`every`)."""

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
"""The fold of weeks into what was asked of the athlete."""


def _asked(week: Week) -> list[str]:
    """The texts of this pillar's notes on a week's runs, found by their first words; missed runs do not count (FORM-04, FORM-08)."""
    every = _leads().every
    return [
        note
        for session in week.sessions
        if session.run_s and session.status != "missed"
        for note in run_of(session).notes
        if note.startswith(every)
    ]


def may_carry_notes(week: Week) -> bool:
    """Whether this pillar could put notes on a week: it had runs other than commitments and was no step back."""
    return week.decision not in SILENT and any([s.run_s and "commitment" not in s.tags for s in week.sessions])


def holds_target(week: Week) -> bool:
    """Whether a run of the week has a cadence target."""
    leads = _leads()
    return any([text.startswith((leads.target, leads.faded)) for text in _asked(week)])
