"""Locates an athlete's log, and names it in the athlete file.

Reads only the keys that a log needs, so that a mistake elsewhere in the athlete file does not prevent logging.
"""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from planner.cli.writing import write
from planner.errors import InputError
from planner.formatting import written
from planner.journal.log_bytes import log_path
from planner.journal.log_guard import guarded
from planner.language import ENGLISH, languages
from planner.maker import moment
from planner.text_decoding import BOM, decode_utf8
from planner.toml_file import read_toml

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_COMMENT_AT = 34
_BEFORE_IT = ("units", "template", "weeks", "start")
"""The keys after which the line is inserted, in order of preference."""

_SESSION = re.compile(rb"^X-PLANNER-SESSION:([^\r\n]+)", re.MULTILINE)
_RUN = re.compile(rb"^X-PLANNER-RUN-S:[1-9]", re.MULTILINE)


class Home(NamedTuple):
    """An athlete's log: the athlete file, the log's path, whether the file names it, whether units are miles, the local date, and the
    language of advice about the knee (messages about files and options are English).
    """

    athlete_file: Path
    log: Path
    named: bool
    miles: bool
    today: date
    language: str = ENGLISH


def home_of(athlete_file: Path, as_of: date | None) -> Home:
    """Locate an athlete's log: as the athlete file says, else `<stem>-log.csv` beside it. Raises `InputError`."""
    table = read_toml(athlete_file)
    try:
        path = log_path(athlete_file.parent, _text(table, "log", default_name(athlete_file)))
        miles = _miles(table)
        today, _ = moment(_text(table, "timezone", "UTC"), as_of)
    except InputError as error:
        raise error.within(str(athlete_file)) from None
    return Home(athlete_file, path, "log" in table, miles, today, _language(table))


def planned_names(home: Home) -> frozenset[str]:
    """The names of planned sessions in the calendar beside the athlete file; empty without one."""
    return _names(_calendar(home))


def planned_runs(home: Home) -> frozenset[str]:
    """The names of planned sessions with running in the calendar beside the athlete file; empty without one."""
    return frozenset[str]().union(*(_names(event) for event in _calendar(home).split(b"BEGIN:VEVENT") if _RUN.search(event)))


def _calendar(home: Home) -> bytes:
    try:
        return home.athlete_file.with_suffix(".ics").read_bytes().replace(b"\r\n ", b"")
    except OSError:
        return b""


def _names(calendar: bytes) -> frozenset[str]:
    return frozenset(name.decode(errors="replace") for name in _SESSION.findall(calendar))


def default_name(athlete_file: Path) -> str:
    """The log's file name if the athlete file gives none."""
    return f"{athlete_file.stem}-log.csv"


def name_log(home: Home) -> bool:
    """Add the line `log = ...` to the athlete file if it has none, changing nothing else; return whether it was added.

    Raises `InputError` or `OutputError`, with the file as it was.
    """
    if home.named:
        return False
    with guarded(home.athlete_file):
        if "log" in read_toml(home.athlete_file):
            return False
        text = decode_utf8(home.athlete_file.read_bytes(), str(home.athlete_file))
        write(home.athlete_file, with_log(text, home.log.name).encode())
    return True


def with_log(text: str, name: str) -> str:
    """An athlete file's text with a line added that names its log. Raises `InputError` if it fits nowhere."""
    body = text.removeprefix(BOM)
    wanted = {**_tables(body), "log": name}
    end = "\r\n" if "\r\n" in body else "\n"
    line = f"log = {json.dumps(name, ensure_ascii=False)}".ljust(_COMMENT_AT - 1) + " # what was really done; `planner log` adds to it"
    for place in _places(body):
        start = end if place and not body[:place].endswith("\n") else ""
        longer = f"{body[:place]}{start}{line}{end}{body[place:]}"
        if _tables(longer) == wanted:
            return text[: len(text) - len(body)] + longer
    raise InputError("log", "found no place for it in the file", "one above the first heading", f"Write the line log = {json.dumps(name)}")


def _places(body: str) -> list[int]:
    """The offsets at which the line may be inserted, best first; the last is the top of the file."""
    found = [re.search(rf"^{key}\s*=.*(?:\n|\Z)", body, re.MULTILINE) for key in _BEFORE_IT]
    return [*(match.end() for match in found if match), 0]


def _tables(body: str) -> dict[str, object]:
    """Parse TOML; empty if it is invalid, as after inserting the line in the wrong place."""
    try:
        return tomllib.loads(body, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        return {}


def _miles(table: dict[str, object]) -> bool:
    units = table.get("units", "km")
    if units not in ("km", "mi"):
        raise InputError("units", f"found {written(units)}", '"km" or "mi"')
    return units == "mi"


def _language(table: dict[str, object]) -> str:
    """The file's language; English for one without a catalogue, which keeps nobody from logging."""
    wanted = table.get("language")
    return next((code for code in languages() if code == wanted), ENGLISH)


def _text(table: dict[str, object], key: str, other: str) -> str:
    value = table.get(key, other)
    if not isinstance(value, str):
        raise InputError(key, f"found {written(value)}", "text in quotes")
    return value
