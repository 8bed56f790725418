"""Apply a stop to an existing calendar: cancel its sessions and add a note for today that says why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from planner.errors import InputError
from planner.journal.signs import SIGN_IDS
from planner.language import N_, _
from planner.records import Record
from planner.render.calendar_lines import category_line, escaped, fold, text_line
from planner.render.calendar_owner import STOP_TITLE, is_private_stop
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
"""What a stop cancels: all sessions except notes (a red flag), or only runs (a routine referral)."""
TITLES: Mapping[Pause, str] = {
    "training": N_("STOP: no run, no exercises. Read this first."),
    "runs": N_("STOP: no run. Read this first."),
}
ENDS: Mapping[Pause, str] = {
    "training": N_(
        "Everything planned from today on was cancelled. Once this is settled, make the plan again. "
        "A planning aid, not a diagnosis or treatment."
    ),
    "runs": N_(
        "The runs planned from today on were cancelled; the other sessions stay. Once this is settled, make the plan again. "
        "A planning aid, not a diagnosis or treatment."
    ),
}
_NAMEABLE = frozenset((*SIGN_IDS, *SERIES)) - REMARKS
_RUN = re.compile(rb"^X-PLANNER-(?:RUN-S:[1-9]|TAGS:(?:[^\r\n]* )?run[ \r])", re.MULTILINE)


@frozen(kw_only=True, eq=False, repr=False)
class StopWords(Record):
    """The text of a stop: `identity` joins its signs (`RED-04`), `title` heads the note, `text` says what to do and by when."""

    identity: str
    title: str
    text: str


def stop_words(messages: Sequence[str], pause: Pause) -> StopWords:
    """Return the text of a stop from the messages of its `StopError`, each of which begins with its sign (`RED-04: ...`)."""
    signs = sorted({message.partition(": ")[0] for message in messages})
    return StopWords(identity="+".join(signs), title=_(TITLES[pause]), text="\n\n".join((*messages, _(ENDS[pause]))))


def stopped(
    older: bytes, athlete_id: str, words: StopWords, pause: Pause, *, today: date, issued: datetime, private: bool = False
) -> bytes:
    """Return the calendar with what `pause` names cancelled from `today` on, and an all-day note on `today` with `words`.

    Notes and past events stay. While a stop stands, the same signs change nothing more. A private calendar distinguishes notes from
    sessions but not runs from other sessions: all sessions are cancelled, and the note is neutral. With `private` it is neutral in any
    calendar. Raises `InputError` (which does not name the file) if `older` is not a calendar of this athlete.
    """
    was = of_athlete(older, athlete_id)
    if private and not was.private:
        words = _neutral(words, athlete_id)
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


def _neutral(words: StopWords, athlete_id: str) -> StopWords:
    """Return the text of a stop without its reasons; its signs are coded, so that they can still be looked up."""
    identity = "+".join(_coded(sign, athlete_id) for sign in words.identity.split("+"))
    return StopWords(identity=identity, title=_(STOP_TITLE), text="")


def _coded(sign: str, athlete_id: str) -> str:
    """Return a sign as a neutral note's UID has it."""
    return private_uid(f"{sign}.{athlete_id}")[:12]


def refuse_lost_stop(older: bytes, athlete: Athlete, log: Iterable[Entry]) -> None:
    """Raise `InputError` if the calendar is stopped for a sign that nothing names any more: a stop must be lifted, not forgotten.

    A sign is accounted for by the `log`, the safety answers, a clearance, or safety questions answered since the stop. This covers only
    signs that answers or a log can name; other stops (a guardian's consent, a plugin) end by themselves.
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
    """Return since when, and for which signs, the athlete's calendar is stopped; (None, ()) if it is not, is private, or is another's."""
    try:
        was = of_athlete(older, athlete.id)
    except InputError:
        return None, ()
    made = was.reading.get("as-of", "")
    own = [part for part in was.events if was.is_own(part, athlete.id) and not part.cancelled and part.day.isoformat() >= made]
    stops = [(part.day, named[1].decode().split("+")) for part in own if (named := STOP_UID.match(part.uid))]
    if not stops:
        return None, ()
    plain = {_coded(sign, athlete.id): sign for sign in _NAMEABLE}
    return min(day for day, _signs in stops), tuple(sorted({plain.get(sign, sign) for _day, signs in stops for sign in signs}))


def _pauses(event: Part, pause: Pause, *, private: bool) -> bool:
    """Whether a stop cancels this event; the note of an earlier stop is cancelled too, because the new one replaces it."""
    if event.value(b"TRANSP").upper() == b"TRANSPARENT":
        return is_private_stop(event) if private else is_stop(event)
    return pause == "training" or private or _RUN.search(event.said) is not None


def is_stop(event: Part) -> bool:
    """Whether an event of a non-private calendar is a stop's note."""
    return STOP_UID.match(event.uid) is not None


def _note(was: Parts, athlete_id: str, words: StopWords, today: date, issued: datetime) -> Part:
    """Return the all-day event on `today` that explains the stop."""
    said = text_line("SUMMARY", _(STOP_TITLE) if was.private else words.title) + text_line("TRANSP", "TRANSPARENT")
    if words.text and not was.private:
        said += category_line(_("Stop")) + fold(b"DESCRIPTION:" + escaped(words.text))
    uid = fold(b"UID:" + _uid(was, athlete_id, words, today))
    stamp = stamp_lines(moment_value(issued), 0)
    raw = b"".join((b"BEGIN:VEVENT\r\n", uid, stamp, all_day(today), b"STATUS:CONFIRMED\r\n", said, b"END:VEVENT\r\n"))
    return apart(joined(was.head, (raw,))).events[0]


def _uid(was: Parts, athlete_id: str, words: StopWords, day: date) -> bytes:
    """Return the note's escaped UID: plan start, signs, first day of the stop, and athlete."""
    readable = f"{was.reading.get('start', '').replace('-', '')}.stop.{words.identity}.{day:%Y%m%d}.{athlete_id}{DOMAIN}"
    return private_uid(readable).encode() if was.private else escaped(readable)
