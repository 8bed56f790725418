"""Split a generated calendar into components and restamp events: as much as an update needs, without parsing values.

All other bytes stay unchanged. Folded lines are handled, and so are files whose lines end in LF alone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from planner.digits import whole_number
from planner.errors import InputError
from planner.render.calendar_lines import escaped
from planner.render.ics import PRODUCT
from planner.render.identity import DOMAIN
from planner.render.vtimezone import vtimezone
from planner.text_decoding import BOM_BYTES
from planner.zones import names, zone

if TYPE_CHECKING:
    from collections.abc import Iterable

EXPECTED = "a calendar that `planner make` wrote for this athlete"
ADVICE = "Move it away, or give another name with -o."
_OPENS = re.compile(rb"^BEGIN:([A-Z0-9-]+)\r\n", re.IGNORECASE | re.MULTILINE)
_NESTED = re.compile(rb"(?!\A)^BEGIN:([A-Z0-9-]+)\r\n.*?^END:\1\r\n", re.DOTALL | re.IGNORECASE | re.MULTILINE)
_BOUND = re.compile(rb"^(?:BEGIN|END):", re.IGNORECASE | re.MULTILINE)
_STAMPS = re.compile(rb"^(?:DTSTAMP|LAST-MODIFIED|SEQUENCE)[;:][^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rb"^STATUS[;:][^\r\n]*\r\n", re.IGNORECASE | re.MULTILINE)
_UID = re.compile(rb"^UID[;:][^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*", re.IGNORECASE | re.MULTILINE)
_LOCAL = re.compile(rb'\r\n([A-Z-]+);(?:[^\r\n:"]*;)?TZID="?([^":;\r\n]+)"?[^:\r\n]*:([0-9]{8})', re.IGNORECASE)
_START = re.compile(rb'^DTSTART((?:;(?:"[^"\r\n]*"|[^":\r\n])*)?):([^\r\n]*)', re.IGNORECASE | re.MULTILINE)
_TZID = re.compile(rb';TZID="?([^";]*)', re.IGNORECASE)
_UTC_NAMES = frozenset({b"UTC", b"ETC/UTC"})
_ENDLESS = re.compile(rb"^RRULE[;:](?![^\r\n]*(?:UNTIL|COUNT)=)", re.IGNORECASE | re.MULTILINE)
_STAMP_NAMES = (b"DTSTAMP", b"LAST-MODIFIED", b"SEQUENCE")
_ESCAPED = re.compile(rb"\\([\\;,nN])")
_BEGIN = re.compile(rb"[^\r\n]*\r\n")
PRIVATE_UID = re.compile(rb"[0-9a-f]{32}" + re.escape(DOMAIN.encode()))
"""The whole UID of an event of a private calendar."""
STOP_UID = re.compile(rb"[0-9]{8}\.stop\.([^.]*)\.")
"""How the UID of a stop's note begins in a non-private calendar; the group holds its signs."""
_DAY = timedelta(days=1)
_CLOCK = "%Y%m%dT%H%M%S"
_MOMENT = "%Y%m%dT%H%M%SZ"


class Part(NamedTuple):
    """One component of a calendar: its bytes (`raw`), and its unfolded lines without nested components (`said`).

    `place` is the name of the plan's time zone; "" if the calendar does not say it, as is the case for private ones.
    """

    name: bytes
    raw: bytes
    said: bytes
    place: str = ""

    def value(self, name: bytes) -> bytes:
        """Return the raw value of the first line called `name`; b"" without one."""
        match = re.search(rb'^%b(?:;(?:"[^"\r\n]*"|[^":\r\n])*)?:([^\r\n]*)' % re.escape(name), self.said, re.IGNORECASE | re.MULTILINE)
        return match[1] if match else b""

    @property
    def uid(self) -> bytes:
        """The raw UID."""
        return self.value(b"UID")

    @property
    def day(self) -> date:
        """The start date in the time zone of `begins`; `date.max`, which is never past, if unreadable."""
        return _date(self.begins[:8])

    @property
    def begins(self) -> bytes:
        """The start as `20270105T070000` (`20270105` for all day), in the event's own time zone; a UTC time in the plan's, if known.

        Some programs convert all times to UTC. The date of a run is still the local one.
        """
        start = _START.search(self.said)
        if start is None:
            return b""
        named = _TZID.search(start[1])
        utc = named[1].upper() in _UTC_NAMES if named else start[2].endswith(b"Z")
        return _in_zone(start[2], self.place) if utc and self.place else start[2]

    @property
    def cancelled(self) -> bool:
        """Whether its status is CANCELLED."""
        return self.value(b"STATUS").upper() == b"CANCELLED"

    @property
    def content(self) -> list[bytes]:
        """Its unfolded lines without the stamps (DTSTAMP, LAST-MODIFIED, SEQUENCE), for comparison."""
        return [line for line in _unfolded(self.raw).split(b"\r\n") if not line[:13].upper().startswith(_STAMP_NAMES)]

    def stamped(self, older: Part, issued: datetime, *, status: bytes = b"") -> bytes:
        """Return its bytes as the successor of `older`: higher SEQUENCE, later LAST-MODIFIED; with `status`, that status and no alarm."""
        number = whole_number(older.value(b"SEQUENCE")) or 0
        stamp = max(moment_value(issued), _second_after(older.value(b"LAST-MODIFIED")))
        lines = stamp_lines(stamp, number + 1)
        raw = _STAMPS.sub(b"", self.raw)
        if status:
            line = b"STATUS:%b\r\n" % status
            raw, found = _STATUS.subn(line, _NESTED.sub(b"", raw))
            lines += b"" if found else line
        at = _UID.search(raw) or _BEGIN.match(raw)
        end = at.end() if at else 0
        return raw[:end] + lines + raw[end:]


class Parts(NamedTuple):
    """A calendar in parts: its own lines, raw (`head`) and unfolded (`said`), and its components in order.

    `twins` are the private UIDs of the athlete's own sessions; they matter only for a non-private calendar that also has private events.
    """

    head: bytes
    said: bytes
    components: tuple[Part, ...]
    twins: frozenset[bytes] = frozenset()

    @property
    def reading(self) -> dict[str, str]:
        """The `key=value` words of X-PLANNER-READING, the last value of repeated keys; empty for a private calendar."""
        return {key: value for key, _, value in (word.partition("=") for word in self._words(b"READING"))}

    @property
    def history(self) -> list[str]:
        """The words of X-PLANNER-HISTORY, running before and since the plan's start; each begins with a date."""
        return self._words(b"HISTORY")

    @property
    def past(self) -> list[str]:
        """The words of X-PLANNER-PAST, what became of the past sessions of a plan with a `log` key; empty without one."""
        return self._words(b"PAST")

    @property
    def private(self) -> bool:
        """Whether it has no X-PLANNER-READING line, as is the case for private calendars."""
        return not self.reading

    @property
    def events(self) -> list[Part]:
        """Its VEVENT components."""
        return [part for part in self.components if part.name == b"VEVENT"]

    def _words(self, name: bytes) -> list[str]:
        match = re.search(rb"^X-PLANNER-%b:([^\r\n]*)" % name, self.said, re.IGNORECASE | re.MULTILINE)
        return match[1].decode("utf-8", "replace").split() if match else []

    def is_own(self, part: Part, athlete_id: str) -> bool:
        """Whether `part` is an event of one of the athlete's plans (this one, an older one, or a private one).

        A private UID does not say whose it is: a private calendar owns them all, a non-private one only those in `twins`.
        """
        if part.name != b"VEVENT":
            return False
        uid = part.uid
        tail = b"." + escaped(athlete_id) + DOMAIN.encode()
        readable = uid.endswith(tail) and re.fullmatch(rb"[0-9]{8}\..+\.[0-9]+", uid[: -len(tail)], re.DOTALL)
        return bool(readable) or (PRIVATE_UID.fullmatch(uid) is not None and (self.private or uid in self.twins))


def apart(raw: bytes) -> Parts:
    """Split a generated calendar into parts, with CRLF line ends. Raises `InputError` if it is foreign or incomplete."""
    lines = raw.removeprefix(BOM_BYTES).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    if lines[:17].upper() != b"BEGIN:VCALENDAR\r\n":
        raise InputError("", "not a calendar", EXPECTED, ADVICE)
    inside, end = lines[17:].rstrip(), b"END:VCALENDAR"
    head, components = _split(inside.removesuffix(end))
    if not inside.endswith(end) or _BOUND.search(head):
        raise InputError("", "a calendar that breaks off, or several in one file", EXPECTED, ADVICE)
    parts = Parts(head, _unfolded(head), components)
    place = unquote(parts.reading.get("timezone", ""))
    parts = parts._replace(components=tuple([part._replace(place=place) for part in components]))
    ours = re.search(rb"^PRODID:" + re.escape(PRODUCT.encode()) + rb"\r\n", parts.said, re.IGNORECASE | re.MULTILINE)
    if parts.private and ours is None:
        raise InputError("", "a calendar that somebody else wrote", EXPECTED, ADVICE)
    return parts


def joined(head: bytes, components: Iterable[bytes]) -> bytes:
    """Assemble a calendar from its own lines and its components."""
    return b"BEGIN:VCALENDAR\r\n" + head + b"".join(components) + b"END:VCALENDAR\r\n"


def zones_for(events: Iterable[bytes], older: Parts, fresh: Parts) -> list[bytes]:
    """Return the VTIMEZONE of every zone used by `events`, valid on all their dates.

    Unknown zones keep their existing definition; so do those of `_lasting`.
    """
    spans: dict[str, tuple[date, date]] = {}
    for match in _LOCAL.finditer(b"".join(events)):
        name, on = match[2].decode("utf-8", "replace"), _date(match[3])
        if not 1970 <= on.year <= 2100:
            continue
        first, last = spans.get(name, (on, on))
        spans[name] = (first, last) if match[1].upper() == b"DTEND" else (min(first, on), max(last, on))
    known = {name: span for name, span in spans.items() if name in names()}
    kept = {
        part.value(b"TZID"): part.raw
        for part in (*older.components, *fresh.components)
        if part.name == b"VTIMEZONE" and part.value(b"TZID").decode("utf-8", "replace") not in names()
    }
    lasting = _lasting(older)
    return [lasting.get(name) or vtimezone(name, first, last + _DAY) for name, (first, last) in known.items()] + list(kept.values())


def _lasting(older: Parts) -> dict[str, bytes]:
    """Return, by name, the existing zone definitions with a rule that never ends, if another program's event uses the zone.

    Such an event may recur long after the plan, and a definition made for the plan's dates would be wrong there.
    """
    zones = (part for part in older.components if part.name == b"VTIMEZONE" and _ENDLESS.search(_unfolded(part.raw)))
    found = {part.value(b"TZID"): part.raw for part in zones}
    if not found:
        return {}
    whose = athlete_of(older)
    foreign = (part.raw for part in older.components if part.name != b"VTIMEZONE" and not older.is_own(part, whose))
    used = {match[2] for match in _LOCAL.finditer(b"".join(foreign))}
    return {name.decode("utf-8", "replace"): raw for name, raw in found.items() if name in used}


def span(parts: Parts, athlete_id: str) -> tuple[date, date]:
    """Return the first and last date of the athlete's events, cancelled ones included; an empty span without events."""
    days = [part.day for part in parts.components if parts.is_own(part, athlete_id)]
    return min(days, default=date.max), max((day for day in days if day < date.max), default=date.min)


def athlete_of(parts: Parts) -> str:
    """Return the athlete's id from a non-private calendar."""
    word = parts.reading.get("athlete", "-")
    return "" if word == "-" else unquote(word)


def moment_value(moment: datetime) -> bytes:
    """Format a moment as a UTC date-time value."""
    return moment.astimezone(UTC).strftime(_MOMENT).encode()


def stamp_lines(stamp: bytes, sequence: int) -> bytes:
    """Return the DTSTAMP, LAST-MODIFIED and SEQUENCE lines."""
    return b"DTSTAMP:%b\r\nLAST-MODIFIED:%b\r\nSEQUENCE:%d\r\n" % (stamp, stamp, sequence)


def unescaped(value: bytes) -> str:
    """Return the text of an escaped value."""
    return _ESCAPED.sub(lambda match: b"\n" if match[1] in b"nN" else match[1], value).decode("utf-8", "replace")


def _split(inside: bytes) -> tuple[bytes, tuple[Part, ...]]:
    """Return the lines outside any component, and the components. A component without an end remains among the lines."""
    between: list[bytes] = []
    found: list[Part] = []
    at = 0
    while opens := _OPENS.search(inside, at):
        ends = b"\r\nEND:%b\r\n" % opens[1]
        last = inside.find(ends, opens.end() - 2)
        if last < 0:
            break
        between.append(inside[at : opens.start()])
        at = last + len(ends)
        raw = inside[opens.start() : at]
        found.append(Part(opens[1].upper(), raw, _unfolded(_NESTED.sub(b"", raw) if raw.count(b"\r\nBEGIN:") else raw)))
    return b"".join((*between, inside[at:])), tuple(found)


def _unfolded(lines: bytes) -> bytes:
    return lines.replace(b"\r\n ", b"").replace(b"\r\n\t", b"")


def _date(digits: bytes) -> date:
    try:
        return date.fromisoformat(digits.decode())
    except ValueError:
        return date.max


def _in_zone(moment: bytes, place: str) -> bytes:
    """Return a UTC date-time as one of the time zone `place`; unchanged if either is unreadable."""
    try:
        return datetime.strptime(moment[:15].decode(), _CLOCK).replace(tzinfo=UTC).astimezone(zone(place)).strftime(_CLOCK).encode()
    except (ValueError, OverflowError, InputError):
        return moment


def _second_after(moment: bytes) -> bytes:
    """Return the UTC moment one second later; b"" if it is not a valid moment."""
    try:
        return moment_value(datetime.strptime(moment.decode(), _MOMENT).replace(tzinfo=UTC) + timedelta(seconds=1))
    except (ValueError, OverflowError):
        return b""
