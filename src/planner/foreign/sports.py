"""Recognises the sport in a few words: running, another one, rest, or none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Load: TypeAlias = Literal["", "strength", "cross-training"]
RUN = re.compile(
    r"\b(?:trail|treadmill|virtual|track)?[ _-]?(?:run|runs|running|jog|jogs|jogging|jogger|parkrun|c25k|lauf|laufen|dauerlauf|joggen)\b"
    r"|\bcouch[ -]to[ -]5 ?k\b"
)
"""Words that mean running in any context."""
NAMED = re.compile(
    r"(?:\b|half|halb|ultra)marathons?(?:lauf)?\b(?! (?:training|prep|preparation|plan|programme|program|block|build|expo|registration)\b)"
    r"|\bultras?\b|\b\d{1,3}[ -]?milers?\b|\bcross[ -]country\b|\bsprints\b"
)
"""Names of races and sessions that imply running, unless another sport is named too."""
EFFORT = re.compile(
    r"\b(?:easy|long|tempo|fartlek|intervals?|recovery|progression|race|racing|steady|pace|paced|repeats?|reps?|hills?|strides?|speed"
    r"|track|threshold|slow|fast|hard|moderate|gentle|lsd|warm[ -]?up|cool[ -]?down|rest|time trial|tt|brisk)\b"
)
"""Words for effort that describe a run among runners, but may describe other things too."""
WALK = re.compile(r"\b(?:walk|walks|walking|walked)\b")
_REST = re.compile(r"\b(?:rest(?: day)?|day off|off|ruhetag|no running|nothing)\b")
_OTHERS: Mapping[Load, re.Pattern[str]] = {
    "strength": re.compile(r"\b(?:strength|strengthening|gym|weights?|weight ?lifting|lifting|core|kettlebells?|squats?|crossfit)\b"),
    "cross-training": re.compile(
        r"\b(?:bike|biking|bicycle|cycle|cycling|ride|riding|e-?bike|spin|spinning|swim|swims|swimming|pool|aqua|row|rowing|elliptical"
        r"|cross[ -]?train(?:ing)?|xt|x-train(?:ing)?|cardio|ski|skiing|skating|skate|football|soccer|basketball|tennis|climbing"
        r"|aerobics|hiit|stair ?master|stepper)\b"
    ),
    "": re.compile(
        r"\b(?:yoga|pilates|stretch|stretches|stretching|mobility|foam[ -]?roll(?:ing|er)?|massage|physio|physiotherapy|breathing"
        r"|meditation|hike|hiking|check-?up|assessment|form drills|drills|shoes?)\b"
    ),
}


def says_run(text: str) -> bool:
    """Whether folded `text` says running."""
    return RUN.search(text) is not None


def names_run(text: str) -> bool:
    """Whether folded `text` says running, or names a race or session that implies it."""
    return says_run(text) or NAMED.search(text) is not None


def other_sport(text: str) -> tuple[str, Load] | None:
    """The first word in folded `text` for another sport, and its load; None without one."""
    found: list[tuple[int, str, Load]] = [
        (match.start(), match.group(), load) for load, words in _OTHERS.items() if (match := words.search(text))
    ]
    if not found:
        return None
    _, word, load = min(found)
    return word, load


def says_rest(text: str) -> bool:
    """Whether folded `text` means a day off."""
    return text in ("-", "x") or (_REST.match(text) is not None and not any(map(str.isdigit, text)))
