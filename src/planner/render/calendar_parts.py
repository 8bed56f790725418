"""A calendar of ours taken apart by its lines, and events stamped anew: as much as an update needs, and nothing that parses values.

Every byte that is not looked for stays as it was. A line that goes on in the next one is understood, as is a file whose lines end
without a carriage return.
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
from planner.zones import names

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
_STAMP_NAMES = (b"DTSTAMP", b"LAST-MODIFIED", b"SEQUENCE")
_ESCAPED = re.compile(rb"\\([\\;,nN])")
_BEGIN = re.compile(rb"[^\r\n]*\r\n")
_PRIVATE_UID = re.compile(rb"[0-9a-f]{32}" + re.escape(DOMAIN.encode()))
STOP_UID = re.compile(rb"[0-9]{8}\.stop\.([^.]*)\.")
"""How the UID of a stop's note begins, in a calendar that is not private; the group are its signs."""
_DAY = timedelta(days=1)
_MOMENT = "%Y%m%dT%H%M%SZ"


class Part(NamedTuple):
    """One component of a calendar. `raw` are its bytes; `said` its lines unfolded, without those of components inside it."""

    name: bytes
    raw: bytes
    said: bytes

    def value(self, name: bytes) -> bytes:
        """The value of its first line called `name`, as it is written; empty without one."""
        match = re.search(rb'^%b(?:;(?:"[^"\r\n]*"|[^":\r\n])*)?:([^\r\n]*)' % re.escape(name), self.said, re.IGNORECASE | re.MULTILINE)
        return match[1] if match else b""

    @property
    def uid(self) -> bytes:
        """Its UID, as it is written."""
        return self.value(b"UID")

    @property
    def day(self) -> date:
        """The date on which it begins, by the clock that it names; the last date there is where none can be read, which is never past."""
        return _date(self.value(b"DTSTART")[:8])

    @property
    def cancelled(self) -> bool:
        """Whether it is taken back."""
        return self.value(b"STATUS").upper() == b"CANCELLED"

    @property
    def content(self) -> list[bytes]:
        """What it says in unfolded lines, but for when it was issued and how often it changed."""
        return [line for line in _unfolded(self.raw).split(b"\r\n") if not line[:13].upper().startswith(_STAMP_NAMES)]

    def stamped(self, older: Part, issued: datetime, *, status: bytes = b"") -> bytes:
        """Its bytes as the version after `older`: a higher SEQUENCE, a later LAST-MODIFIED; with `status`, that one and no alarm."""
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
    """A calendar in parts: its own lines (`head`, and unfolded `said`), and its components in their order."""

    head: bytes
    said: bytes
    components: tuple[Part, ...]

    @property
    def reading(self) -> dict[str, str]:
        """The words of X-PLANNER-READING that say one thing each; empty for a private calendar."""
        return {key: value for key, _, value in (word.partition("=") for word in self._words(b"READING"))}

    @property
    def history(self) -> list[str]:
        """What was run before the plan, and since: words that begin with a date."""
        return self._words(b"HISTORY")

    @property
    def private(self) -> bool:
        """Whether it tells nothing but times."""
        return not self.reading

    @property
    def events(self) -> list[Part]:
        """Its events."""
        return [part for part in self.components if part.name == b"VEVENT"]

    def _words(self, name: bytes) -> list[str]:
        match = re.search(rb"^X-PLANNER-%b:([^\r\n]*)" % name, self.said, re.IGNORECASE | re.MULTILINE)
        return match[1].decode("utf-8", "replace").split() if match else []

    def is_own(self, part: Part, athlete_id: str) -> bool:
        """Whether `part` is an event of a plan of that athlete: of this plan, of an older one, or a private one."""
        if part.name != b"VEVENT":
            return False
        uid = part.uid
        tail = b"." + escaped(athlete_id) + DOMAIN.encode()
        readable = uid.endswith(tail) and re.fullmatch(rb"[0-9]{8}\..+\.[0-9]+", uid[: -len(tail)], re.DOTALL)
        return bool(readable) or _PRIVATE_UID.fullmatch(uid) is not None


def apart(raw: bytes) -> Parts:
    """A calendar of ours in parts, its lines ended by CRLF. Raises `InputError` for a file that is not one of ours, or is not whole."""
    lines = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    if lines[:17].upper() != b"BEGIN:VCALENDAR\r\n":
        raise InputError("", "not a calendar", EXPECTED, ADVICE)
    inside, end = lines[17:].rstrip(), b"END:VCALENDAR"
    head, components = _split(inside.removesuffix(end))
    if not inside.endswith(end) or _BOUND.search(head):
        raise InputError("", "a calendar that breaks off, or several in one file", EXPECTED, ADVICE)
    parts = Parts(head, _unfolded(head), components)
    ours = re.search(rb"^PRODID:" + re.escape(PRODUCT.encode()) + rb"\r\n", parts.said, re.IGNORECASE | re.MULTILINE)
    if parts.private and ours is None:
        raise InputError("", "a calendar that somebody else wrote", EXPECTED, ADVICE)
    return parts


def joined(head: bytes, components: Iterable[bytes]) -> bytes:
    """A whole calendar again."""
    return b"BEGIN:VCALENDAR\r\n" + head + b"".join(components) + b"END:VCALENDAR\r\n"


def zones_for(events: Iterable[bytes], older: Parts, fresh: Parts) -> list[bytes]:
    """The VTIMEZONE of every zone that `events` name, right on all their dates; of a zone that we do not know, as it was."""
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
    return [vtimezone(name, first, last + _DAY) for name, (first, last) in known.items()] + list(kept.values())


def span(parts: Parts, athlete_id: str) -> tuple[date, date]:
    """The first and the last date of that athlete's events, cancelled ones too; a span of no date where there are none."""
    days = [part.day for part in parts.components if parts.is_own(part, athlete_id)]
    return min(days, default=date.max), max((day for day in days if day < date.max), default=date.min)


def athlete_of(parts: Parts) -> str:
    """The athlete's id in a calendar that is not private."""
    word = parts.reading.get("athlete", "-")
    return "" if word == "-" else unquote(word)


def moment_value(moment: datetime) -> bytes:
    """A moment in UTC as a calendar writes it."""
    return moment.astimezone(UTC).strftime(_MOMENT).encode()


def stamp_lines(stamp: bytes, sequence: int) -> bytes:
    """When an event was issued and how often it changed since it was first."""
    return b"DTSTAMP:%b\r\nLAST-MODIFIED:%b\r\nSEQUENCE:%d\r\n" % (stamp, stamp, sequence)


def unescaped(value: bytes) -> str:
    """The text that a value stands for."""
    return _ESCAPED.sub(lambda match: b"\n" if match[1] in b"nN" else match[1], value).decode("utf-8", "replace")


def _split(inside: bytes) -> tuple[bytes, tuple[Part, ...]]:
    """The lines of a calendar that stand in no component, and its components. One without an end stays among the lines."""
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


def _second_after(moment: bytes) -> bytes:
    """The next second of a moment in UTC, nothing where it is not one."""
    try:
        return moment_value(datetime.strptime(moment.decode(), _MOMENT).replace(tzinfo=UTC) + timedelta(seconds=1))
    except (ValueError, OverflowError):
        return b""
