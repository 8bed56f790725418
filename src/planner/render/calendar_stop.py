"""A stop that reaches the phone: a standing calendar with its sessions taken back, and a note on today that says why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from planner.errors import InputError
from planner.journal.signs import SIGN_IDS
from planner.language import N_, _
from planner.records import Record
from planner.render.calendar_lines import category_line, escaped, fold, text_line
from planner.render.calendar_parts import STOP_UID, Part, apart, joined, moment_value, stamp_lines, zones_for
from planner.render.calendar_update import of_athlete, others_of, taken_back, versions, with_method
from planner.render.ics import all_day
from planner.render.identity import DOMAIN, private_uid
from planner.response.signs import REMARKS, SERIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from planner.athlete import Athlete
    from planner.entry import Entry
    from planner.render.calendar_parts import Parts

Pause: TypeAlias = Literal["training", "runs"]
"""What a stop takes back: every session that is not a note (a red flag), or runs alone (a routine referral)."""
TITLES: Mapping[Pause, str] = {
    "training": N_("STOP: no run, no exercises. Read this first."),
    "runs": N_("STOP: no run. Read this first."),
}
PRIVATE_TITLE = N_("Training is paused: run planner make and read why")
END = N_(
    "Everything planned from today on was cancelled. Once this is settled, make the plan again. "
    "A planning aid, not a diagnosis or treatment."
)
_NAMEABLE = frozenset((*SIGN_IDS, *SERIES)) - REMARKS
_RUN = re.compile(rb"^X-PLANNER-(?:RUN-S:[1-9]|TAGS:(?:[^\r\n]* )?run[ \r])", re.MULTILINE)


@frozen(kw_only=True, eq=False, repr=False)
class StopWords(Record):
    """What a stop says on the phone: `identity` names its signs (`RED-04`), `title` heads the note, `text` says what to do and by when."""

    identity: str
    title: str
    text: str


def stop_words(messages: Sequence[str], pause: Pause) -> StopWords:
    """The words of a stop: `messages` are those of its `StopError`, each of which begins with its sign (`RED-04: ...`)."""
    signs = sorted({message.partition(": ")[0] for message in messages})
    return StopWords(identity="+".join(signs), title=_(TITLES[pause]), text="\n\n".join((*messages, _(END))))


def stopped(older: bytes, athlete_id: str, words: StopWords, pause: Pause, *, today: date, issued: datetime) -> bytes:
    """The calendar with what `pause` names taken back from `today` on, and an all-day note on `today` with `words`.

    Notes stay, and so does the past. While a stop stands, the same signs change nothing more. A private calendar tells notes from
    sessions but not which are runs: there all sessions are taken back, and the note is neutral. Raises `InputError` (which does
    not name the file) where `older` is not a calendar of this athlete's.
    """
    was = of_athlete(older, athlete_id)
    note = _note(was, athlete_id, words, today, issued)

    def version(event: Part) -> bytes:
        if event.uid == note.uid:
            return event.raw if event.content == note.content else note.stamped(event, issued)
        if event.day < today or not _pauses(event, pause, private=was.private):
            return event.raw
        return taken_back(event, issued)

    own = [part for part in was.components if was.is_own(part, athlete_id)]
    kept = versions(was, athlete_id, version)
    stands = any(part.uid == _uid(was, athlete_id, words, part.day) and not part.cancelled for part in own)
    if stands and kept == others_of(was):
        return older
    if all(part.uid != note.uid for part in own):
        kept.append(note.raw)
    return joined(with_method(was.head, b"PUBLISH"), (*zones_for(kept, was, was), *kept))


def refuse_lost_stop(older: bytes, athlete: Athlete, log: Iterable[Entry]) -> None:
    """A stop that the calendar `older` tells ends by being lifted, not by being forgotten: raise `InputError` where nothing names its sign
    any more, neither the `log` nor the answers, no clearance does, and the safety questions were not answered since.

    That goes for signs that answers or a log may name. What else stopped a plan (a guardian's consent, a plugin) ends by itself.
    """
    day, signs = _standing_stop(older, athlete)
    asked, clearance = athlete.screening, athlete.clearance
    named = {*(row.red_flag for row in log), *(asked.red_flags or ()), *(clearance.for_ if clearance else ())}
    lost = [sign for sign in signs if sign not in named and sign in _NAMEABLE]
    if day is None or not lost or (asked.answered is not None and asked.answered >= day):
        return
    found = f"nothing names {', '.join(lost)} any more, but the calendar was stopped for it on {day}"
    expected = "the row or the answer that did, and a [clearance] for it once a professional has seen you"
    slip = "if it was a mistake, answer the safety questions again and write the day into screening.answered."
    advice = f"Put it back, or its column, or the log itself; {slip}"
    raise InputError("log", found, expected, advice)


def _standing_stop(older: bytes, athlete: Athlete) -> tuple[date | None, tuple[str, ...]]:
    """Since when the calendar of an athlete is stopped, and for which signs; None where it is not, or is private, or somebody else's."""
    try:
        was = of_athlete(older, athlete.id)
    except InputError:
        return None, ()
    made = was.reading.get("as-of", "")
    own = [part for part in was.events if was.is_own(part, athlete.id) and not part.cancelled and part.day.isoformat() >= made]
    stops = [(part.day, named[1].decode().split("+")) for part in own if (named := STOP_UID.match(part.uid))]
    return min((day for day, _signs in stops), default=None), tuple(sorted({sign for _day, signs in stops for sign in signs}))


def _pauses(event: Part, pause: Pause, *, private: bool) -> bool:
    """Whether an event is what a stop takes back; a note of another stop is, as the new one takes its place."""
    if event.value(b"TRANSP").upper() == b"TRANSPARENT":
        return is_stop(event)
    return pause == "training" or private or _RUN.search(event.said) is not None


def is_stop(event: Part) -> bool:
    """Whether an event of a calendar that is not private is the note of a stop."""
    return STOP_UID.match(event.uid) is not None


def _note(was: Parts, athlete_id: str, words: StopWords, today: date, issued: datetime) -> Part:
    """The event on `today` that says why."""
    said = text_line("SUMMARY", _(PRIVATE_TITLE)) + text_line("TRANSP", "TRANSPARENT")
    if not was.private:
        said = text_line("SUMMARY", words.title) + text_line("TRANSP", "TRANSPARENT") + category_line(_("Stop"))
        said += fold(b"DESCRIPTION:" + escaped(words.text))
    uid = fold(b"UID:" + _uid(was, athlete_id, words, today))
    stamp = stamp_lines(moment_value(issued), 0)
    raw = b"".join((b"BEGIN:VEVENT\r\n", uid, stamp, all_day(today), b"STATUS:CONFIRMED\r\n", said, b"END:VEVENT\r\n"))
    return apart(joined(was.head, (raw,))).events[0]


def _uid(was: Parts, athlete_id: str, words: StopWords, day: date) -> bytes:
    """The note's UID, as it is written: athlete, plan, signs, and the day on which it was first said."""
    readable = f"{was.reading.get('start', '').replace('-', '')}.stop.{words.identity}.{day:%Y%m%d}.{athlete_id}{DOMAIN}"
    return private_uid(readable).encode() if was.private else escaped(readable)
