"""Which workouts of a TrainingPeaks export are runs: one reading for those who import it and those who check it as a plan."""

from __future__ import annotations

import re

from planner.journal.activity import sport_of

_RACE = "race"
_OPEN = frozenset({_RACE, "custom", "other", ""})
"""Kinds that may be any sport."""
_RUNNERS = re.compile(r"\b(?:[358]|10|12|15|21|42)[ -]?km?\b|\b(?:half|ultra)?[ -]?marathon\b|\bcross[ -]country\b")
"""Names of races that are run, unless another sport is named too."""
_OTHERS = re.compile(
    r"\b(?:tri|triathlon|duathlon|aquathlon|ironman|bike|biking|cycling|cycle|ride|mtb|gravel|tt|time trial|swim|swimming|row|rowing|ski"
    r"|skiing|walk|walking|hike)\b"
)
_FASTEST, _SLOWEST = 150, 720
"""A runner's paces in seconds per km: between 2:30 and 12 minutes."""


def is_run(kind: str, title: str, metres: int | None, seconds: int | None) -> bool:
    """Whether a workout is a run: its kind says so; or the kind may be any sport and the title says so, or a race has a runner's pace."""
    if sport_of(kind) == "run":
        return True
    said, words = kind.strip().lower(), title.lower()
    if said not in _OPEN or _OTHERS.search(words):
        return False
    if sport_of(title) == "run":
        return True
    return said == _RACE and (_RUNNERS.search(words) is not None or _at_a_runners_pace(metres, seconds))


def may_be_run(kind: str) -> bool:
    """Whether a workout of this kind can be a run; if not, its title and pace need no look."""
    return sport_of(kind) == "run" or kind.strip().lower() in _OPEN


def why_no_run(kind: str) -> str:
    """Why a workout that is not a run was left out, as a phrase."""
    named = kind.strip()[:40] or "no kind said"
    return f"no run: {named} (log it by hand if it was a run)" if may_be_run(kind) else f"no run: {named}"


def _at_a_runners_pace(metres: int | None, seconds: int | None) -> bool:
    return bool(metres and seconds) and _FASTEST * (metres or 0) <= 1000 * (seconds or 0) <= _SLOWEST * (metres or 0)
