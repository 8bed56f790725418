"""Finds out what a private calendar does not say: whose it is, and which of its notes is a stop's.

Its UIDs are digests, which can be computed for any athlete and looked up. A stop's note has a title of its own.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.language import ENGLISH, N_, catalogue, languages
from planner.render.calendar_parts import PRIVATE_UID, unescaped
from planner.render.identity import private_uid, readable_uid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.render.calendar_parts import Part, Parts

STOP_TITLE = N_("Training is paused: run planner make and read why")
COMMON = (
    *("progression.run", "progression.rest-day", "progression.weekly-check", "hip_strength.strength-1"),
    *("assessment.baseline", "assessment.walk", "assessment.check-in", "footwear.fitting"),
    *("mobility.stretching", "mobility.how-to-stretch", "mobility.how-to-warm-up"),
    *(f"cross_training.{mode}" for mode in ("bike", "walk", "swim", "elliptical", "deep-water", "row", "yoga", "pilates")),
)
"""Pillar and key of sessions that most plans have; one of them tells whose a calendar is. A plan without any is nobody's."""
_LONGEST = 52 * 7
"""The days of the longest plan."""


def fits(parts: Parts, athlete_id: str) -> bool:
    """Whether a private calendar has a session of a plan of this athlete, with whatever start, or none of anybody's.

    Takes milliseconds if it has, up to a second for a year of somebody else's events.
    """
    own = [event for event in parts.events if PRIVATE_UID.fullmatch(event.uid)]
    uids = {event.uid.decode() for event in own}
    days = sorted({event.day.toordinal() for event in own if event.day < date.max})
    return not uids or any(uid in uids for uid in _candidates(days, athlete_id))


def is_private_stop(event: Part) -> bool:
    """Whether an event of a private calendar is a stop's note, by its title in any language: its UID names neither signs nor day."""
    return PRIVATE_UID.fullmatch(event.uid) is not None and unescaped(event.value(b"SUMMARY")) in _stop_titles()


@lru_cache(maxsize=1)
def _stop_titles() -> frozenset[str]:
    return frozenset((STOP_TITLE, *(catalogue(known).gettext(STOP_TITLE) for known in languages() if known != ENGLISH)))


def _candidates(days: Sequence[int], athlete_id: str) -> Iterator[str]:
    """Yield the private UIDs of common sessions on these days (ordinals, rising), the likeliest starts first."""
    starts = {day - back for day in days for back in range(min(_LONGEST, day))}
    for start in sorted(starts, key=lambda start: abs(days[0] - start)):
        first = date.fromordinal(start)
        weeks = sorted({(day - start) // 7 + 1 for day in days if 0 <= day - start < _LONGEST})
        for name in COMMON:
            for week in weeks:
                yield private_uid(readable_uid(first, f"{week}.{name}.1", athlete_id))
