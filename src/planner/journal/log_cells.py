"""The columns of a log: how the cells of each are read and written.

A reader takes a cell's stripped, non-empty text and returns the value of the `Entry` field, or raises `InputError` without a place. A
writer produces text that its reader reads back as the same value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from planner.errors import InputError
from planner.formatting import written
from planner.journal.signs import SIGN_IDS
from planner.quantities import METRES_PER_MILE, metres_from
from planner.settings import suggestion
from planner.text_checks import check_line

if TYPE_CHECKING:
    from collections.abc import Collection

Value: TypeAlias = "date | int | bool | str"
Reader: TypeAlias = Callable[[str], Value]
Writer: TypeAlias = Callable[[Value], str]
MOST_KM = 300
"""Maximum length of a session; the athlete file allows as much for a week."""
MOST_SECONDS = 24 * 60 * 60
LONGEST_NOTE = 2000
ALIKE = 0.85
"""Similarity from which a name counts as a misspelling: `red_flags` and `red_flag` score 0.94, `time` and `minutes` 0.55."""
YES, NO = ("y", "yes", "1", "true", "x", "ja", "j", "wahr"), ("n", "no", "0", "false", "nein", "falsch")
"""Also in German, for forms and spreadsheets in German."""
SIDES = ("left", "right", "both")
SIDES_IN_GERMAN = {"links": "left", "rechts": "right", "beide": "both", "beidseitig": "both"}
_NUMBER = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,9})?)(?: ?(km|mi))?", re.IGNORECASE)
_WHOLE = re.compile(r"[0-9]{1,6}")
_MINUTES = re.compile(r"(?:([0-9]{1,2}):(?=[0-9]{1,2}:))?([0-9]{1,4})(?::([0-5][0-9]))?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BETWEEN = re.compile(r"[\s,;|/+&]+")
_SESSION = re.compile(r"[^\s/#]{1,60}/[^\s/#]{1,60}#[0-9]{1,5}")


class Column(NamedTuple):
    """A column of the log: its field of `Entry`, its reader and writer, and whether its cells may have a decimal mark."""

    field: str
    read: Reader
    write: Writer = str
    decimal: bool = False


def refuse_alike(names: Collection[str], where: str) -> None:
    """Raise `InputError` for a misspelt column whose correct name is missing, since its answers would be lost.

    `names` are the columns' names in lower case. `notes` for `note` is allowed, as it does no harm.
    """
    for name in names:
        meant = _alike(name)
        if meant and meant not in names:
            advice = f"Did you mean `{meant}`? Write that, or a name that is less like it if the column is your own."
            raise InputError(where, f"found the column `{name}`", "a column of the log, or one of your own", advice)


@lru_cache(maxsize=1024)
def _alike(name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  (needed only for custom columns)

    close = [] if name in COLUMNS else get_close_matches(name, COLUMNS, n=1, cutoff=ALIKE)
    return close[0] if close and close != ["note"] else ""


def day(text: str) -> date:
    """Read a date such as 2027-01-04, from 1970 to 2100. No other date format is accepted."""
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise InputError("", f"found {written(text)}", "a date like 2027-01-04")
    if not 1970 <= found.year <= 2100:
        raise InputError("", f"found {written(text)}", "a date from 1970 to 2100")
    return found


def distance(text: str, *, miles: bool) -> int:
    """Read a distance as whole metres, rounded down: in miles if `miles`, else kilometres, with a decimal point; a unit in the text (`5.2
    km`) takes precedence.
    """
    found = _NUMBER.fullmatch(text)
    metres = metres_from(Decimal(found[1]), miles=(found[2] or ("mi" if miles else "km")).lower() == "mi") if found else -1
    if not 0 <= metres <= 1000 * MOST_KM:
        most = f"{int(MOST_KM * 1000 / METRES_PER_MILE)} miles" if miles else f"{MOST_KM} kilometres"
        raise InputError("", f"found {written(text)}", f"from 0 to {most}, like {'3.1' if miles else '5.2'}")
    return metres


def distance_text(metres: int, *, miles: bool) -> str:
    """Format metres as the shortest number of kilometres or miles that reads back as the same metres, with a decimal point."""
    per_unit = METRES_PER_MILE if miles else Decimal(1000)
    tried = (Decimal(ceil(metres * 10**places / per_unit)).scaleb(-places) for places in range(5))
    return f"{next(amount for amount in tried if metres_from(amount, miles=miles) == metres):f}"


def duration(text: str) -> int:
    """Read `35` (minutes), `35:30` (minutes and seconds) or `0:35:30` (with hours) as seconds; at most 24 hours."""
    found = _MINUTES.fullmatch(text)
    seconds = 3600 * int(found[1] or 0) + 60 * int(found[2]) + int(found[3] or 0) if found else -1
    if found is None or (found[1] is not None and int(found[2]) > 59):
        raise InputError("", f"found {written(text)}", "minutes like 35, 35:30 or 0:35:30")
    if seconds > MOST_SECONDS:
        raise InputError("", f"found {written(text)}", "at most 24 hours", "35 minutes and a half are 35:30, or 0:35:30 with the hours.")
    return seconds


def duration_text(value: Value) -> str:
    """Format seconds as `35` or `35:30`."""
    minutes, seconds = divmod(cast("int", value), 60)
    return f"{minutes}:{seconds:02d}" if seconds else str(minutes)


def whole(least: int, most: int) -> Reader:
    """Return a reader of whole numbers from `least` to `most`, inclusive."""

    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
            raise InputError("", f"found {written(text)}", f"a whole number from {least} to {most}")
        return int(text)

    return read


def yes_no(text: str) -> bool:
    """Read yes or no in English or German, in any letter case."""
    plain = text.casefold()
    if plain not in YES + NO:
        raise InputError("", f"found {written(text)}", "yes or no (y, 1, true, x, ja; n, 0, false, nein)")
    return plain in YES


def yes_no_text(value: Value) -> str:
    """Format a boolean as `yes` or `no`."""
    return "yes" if value else "no"


def side(text: str) -> str:
    """Read `left`, `right` or `both`, in English or German."""
    found = SIDES_IN_GERMAN.get(text.casefold(), text.casefold())
    if found not in SIDES:
        raise InputError("", f"found {written(text)}", "left, right or both", suggestion(found, SIDES))
    return found


def sign(text: str) -> str:
    """Read the id of a red flag, in any letter case; "" for `none` or `no`, in English or German."""
    if text.casefold() in ("none", "no", "nein", "kein", "keine", "keines"):
        return ""
    known = {name.casefold(): name for name in SIGN_IDS}
    if text.casefold() not in known:
        several = [known[part.casefold()] for part in _BETWEEN.split(text) if part.casefold() in known]
        if len(several) > 1:
            advice = f"Leave {several[0]} here, and write a row with the same date for {' and one for '.join(several[1:])}."
            raise InputError("", f"found {written(text)}", "one sign in a row", advice)
        from difflib import get_close_matches  # noqa: PLC0415  (needed only for a misspelling)

        close = get_close_matches(text.casefold(), known, n=1)
        advice = f"Did you mean `{known[close[0]]}`?" if close else f"Known here: {', '.join(SIGN_IDS)}."
        raise InputError("", f"found {written(text)}", "one id of the safety questions, like RED-05, or none", advice)
    return known[text.casefold()]


def session(text: str) -> str:
    """Read the name of a planned session, such as progression/run#1."""
    if not _SESSION.fullmatch(text):
        advice = "Leave it empty for what was not planned; words about it go into `note`."
        raise InputError("", f"found {written(text)}", "a planned session's name, like progression/run#1", advice)
    return text


def words(most: int) -> Reader:
    """Return a reader of text of at most `most` characters; line breaks become spaces."""

    def read(text: str) -> str:
        plain = " ".join(text.split())
        if len(plain) > most or not plain.isprintable():
            check_line(plain, "", most=most)
        return plain

    return read


def _distance(field: str, *, miles: bool) -> Column:
    def write(value: Value) -> str:
        return distance_text(cast("int", value), miles=miles)

    return Column(field, lambda text: distance(text, miles=miles), write, decimal=True)


_PAIN = whole(0, 10)
COLUMNS: dict[str, Column] = {
    "date": Column("date", day),
    "session": Column("session", session),
    "run_km": _distance("run_m", miles=False),
    "run_mi": _distance("run_m", miles=True),
    "foot_km": _distance("foot_m", miles=False),
    "foot_mi": _distance("foot_m", miles=True),
    "minutes": Column("seconds", duration, duration_text),
    "pain_before": Column("pain_before", _PAIN),
    "pain_during": Column("pain_during", _PAIN),
    "pain_after": Column("pain_after", _PAIN),
    "pain_next_morning": Column("pain_next_morning", _PAIN),
    "side": Column("side", side),
    "swelling": Column("swelling", yes_no, yes_no_text),
    "limp": Column("limp", yes_no, yes_no_text),
    "painkiller": Column("painkiller", yes_no, yes_no_text),
    "red_flag": Column("red_flag", sign),
    "rpe": Column("rpe", _PAIN),
    "sets_done": Column("sets_done", whole(0, 200)),
    "cadence": Column("cadence", whole(30, 300)),
    "shoes": Column("shoes", words(100)),
    "akps": Column("akps", whole(0, 100)),
    "knee_worst": Column("knee_worst", _PAIN),
    "note": Column("note", words(LONGEST_NOTE)),
}
"""Every known column by name; all others are the person's own."""
IN_MILES = ("run_mi", "foot_mi")


def header(*, miles: bool) -> tuple[str, ...]:
    """The column names of a new log, in order."""
    other = "_km" if miles else "_mi"
    return tuple(name for name in COLUMNS if not name.endswith(other))
