"""Checks a foreign plan file against the laws, with the options of the command line: the package's entry point."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from planner.athlete_values import read_pace
from planner.errors import InputError
from planner.foreign.counting import Past, count, first_date
from planner.foreign.judging import Judgement, judge
from planner.foreign.records import NOTHING, Amount
from planner.foreign.scale import Scale, scale_of
from planner.foreign.table import read_table
from planner.foreign.text_file import decoded, read_bytes
from planner.model import Paces
from planner.quantities import METRES_PER_MILE
from planner.text_decoding import content_start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.foreign.dates import Order
    from planner.foreign.records import Entries

RUN_PACE, WALK_PACE = 400, 630
"""Default paces in seconds per km (6:40 and 10:30 minutes), if a plan needs a pace and none is given."""
_CALENDAR = b"BEGIN:VCALENDAR"
_OURS = re.compile(rb"^X-PLANNER-READING[:;]", re.IGNORECASE | re.MULTILINE)
_AMOUNT = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,3})?")
MOST_WEEK, MOST_WEEKS = 400, 26


class Wishes(NamedTuple):
    """The options for what a plan itself leaves out: units, paces, past running, the first date, the order of day and month.

    `recent` is weekly distances like `0 0 4.5 6`, oldest first, `longest` one distance, `recent_file` a file of past runs.
    """

    units: Literal["km", "mi"] = "km"
    pace: str | None = None
    walk_pace: str | None = None
    recent: str | None = None
    recent_file: Path | None = None
    longest: str | None = None
    start: date | None = None
    dates: Order | None = None
    consecutive_days: bool = False

    @property
    def miles(self) -> bool:
        """Whether numbers without a unit are miles."""
        return self.units == "mi"


class Checked(NamedTuple):
    """A checked foreign plan: its entries, their unit, the first date of week 1, the verdict, and notes for the user."""

    entries: Entries
    scale: Scale
    start: date
    verdict: Judgement
    notes: tuple[str, ...]


def is_ours(path: Path) -> bool:
    """Whether a file is a plan of `planner make`: JSON, or a calendar with our properties. Raises `InputError`, which names the file."""
    try:
        raw = read_bytes(path)
    except InputError as error:
        raise error.within(str(path)) from None
    return content_start(raw).startswith((b"{", b"[")) or (_is_calendar(raw) and _OURS.search(raw) is not None)


def check(path: Path, wishes: Wishes) -> Checked:
    """Check the plan in a file that `planner make` did not write. Raises `InputError`, which names the file or the option."""
    paces = _paces(wishes)
    try:
        entries = _read(path, wishes)
        if not entries.runs:
            raise _no_run(entries)
        if entries.private and wishes.recent is None and wishes.recent_file is None:
            raise _private()
        start = wishes.start or first_date(entries)
        past = _past(wishes, start)
        scale = scale_of((run.dose.run for run in entries.runs), paces)
        counted = count(entries, past, scale, start=start, gap=1 if wishes.consecutive_days else 2)
    except InputError as error:
        raise error if error.where.startswith("--") else error.within(str(path)) from None
    verdict = judge(entries, counted, scale)
    notes = [*entries.notes, *_notes(entries, past, scale, wishes, start, counted.known_from)]
    if verdict.open_weeks:
        weeks = ", ".join(map(str, verdict.open_weeks))
        notes.append(
            f"Week {weeks}: growth was not judged, because what was run in the 28 dates before is not known (give it with --recent)."
        )
    if verdict.unjudged:
        notes.append(f"{verdict.unjudged} comparisons with weeks and runs that could not be read in full were left out.")
    return Checked(entries, scale, start, verdict, tuple(notes))


def _read(path: Path, wishes: Wishes) -> Entries:
    """The entries of a calendar or a table. Raises `InputError` without the file's name."""
    raw = read_bytes(path)
    if _is_calendar(raw):
        from planner.foreign.calendar import read_calendar  # noqa: PLC0415  (loads icalendar, for calendars only)

        return read_calendar(raw)
    text, note = decoded(raw)
    if path.suffix.lower() in (".ics", ".ical", ".ifb"):
        raise InputError("", "not a calendar: it does not begin with BEGIN:VCALENDAR", "a calendar, .ics", "Download it again.")
    entries = read_table(text, miles=wishes.miles, order=wishes.dates)
    return entries._replace(notes=(note, *entries.notes)) if note else entries


def _is_calendar(raw: bytes) -> bool:
    return content_start(raw)[: len(_CALENDAR)].upper() == _CALENDAR


def _no_run(entries: Entries) -> InputError:
    """The error for a plan without runs, which shows the first entry that was set aside."""
    asides = [*entries.not_read, *entries.not_counted]
    first = f'; {asides[0].where}, "{asides[0].title}": {asides[0].why}' if asides else ""
    return InputError("", f"no run that can be read{first}", 'runs with a distance or minutes, like "5 km" or "Run 30 min"')


def _private() -> InputError:
    """The error for a private plan: without the runs before it, any week 1 would pass."""
    found = "found a private plan, which leaves out the runs before it"
    return InputError("", found, "the plan that it was made from", "Check that one, or say with --recent what was run before.")


def _paces(wishes: Wishes) -> Paces:
    """The paces given as options, or the defaults. Raises `InputError`."""
    run, walk = (
        default if said is None else read_pace(said, option, least=least, most=most, miles=wishes.miles)
        for said, option, default, least, most in (
            (wishes.pace, "--pace", RUN_PACE, 120, 1200),
            (wishes.walk_pace, "--walk-pace", WALK_PACE, 300, 1800),
        )
    )
    return Paces(run=run, walk=walk)


def _past(wishes: Wishes, start: date) -> Past:
    """The running before the plan, as given by the options. Raises `InputError`."""
    if wishes.recent is not None and wishes.recent_file is not None:
        raise InputError("--recent", "found it together with --recent-file", "one of the two")
    longest = NOTHING if wishes.longest is None else _distance("--longest", wishes.longest, wishes)
    if wishes.recent is not None:
        weeks = [_distance("--recent", word, wishes) for word in wishes.recent.split()]
        if not 0 < len(weeks) <= MOST_WEEKS:
            raise InputError("--recent", f"found {len(weeks)} weeks", 'a distance for each week, oldest first, like "0 0 4.5 6"')
        return Past(weeks=tuple(weeks), longest=longest)
    if wishes.recent_file is None:
        return Past(longest=longest)
    place = f"--recent-file {wishes.recent_file}"
    try:
        entries = _read(wishes.recent_file, wishes)
    except InputError as error:
        raise error.within(place) from None
    runs = tuple(run for run in entries.runs if run.day < start)
    if not runs:
        raise InputError(
            place, f"no run before {start}", "runs with their dates and distances", 'Where there was none, say --recent "0 0 0 0".'
        )
    return Past(runs=runs, longest=longest)


def _distance(option: str, word: str, wishes: Wishes) -> Amount:
    number = Decimal(word.replace(",", ".")) if _AMOUNT.fullmatch(word) else None
    if number is None or number > MOST_WEEK:
        raise InputError(option, f'found "{word[:20]}"', f"distances from 0 to {MOST_WEEK} {wishes.units}, like 4.5")
    return Amount(miles=number) if wishes.miles else Amount(km=number)


def _notes(entries: Entries, past: Past, scale: Scale, wishes: Wishes, start: date, known_from: date) -> Iterator[str]:
    """Sentences about the assumptions behind the verdict."""
    runs = [run.dose for run in entries.runs]
    timed = any(dose.run.seconds for dose in runs)
    measured = any(dose.run.km or dose.run.miles for dose in runs)
    assumed = _pace(wishes.pace, scale.paces.run, "--pace", wishes)
    if timed and measured:
        yield f"Some runs give a distance and some only a time: times were counted {assumed}."
    elif measured:
        yield f"Laws 4 and 5 need times: distances were timed {assumed}."
    elif past.amounts:
        yield f"The plan is in minutes and the runs before it are not: they were timed {assumed}."
    if any(dose.walk != NOTHING for dose in runs):
        walking = _pace(wishes.walk_pace, scale.paces.walk, "--walk-pace", wishes)
        yield f"Walking was counted {walking}, running {assumed}."
    if wishes.start is None:
        yield f"Weeks are counted from {start:%Y-%m-%d}, a {_WEEKDAYS[start.weekday()]} (--start changes that)."
    if past.weeks:
        yield "Each week of --recent was taken as equal runs on the plan's own weekdays" + (
            "." if past.longest != NOTHING else "; give --longest to say how long the longest run was."
        )
    elif known_from >= start:
        yield "Nothing is known about the weeks before, so the first week is not judged against them (give --recent to say what was run)."
    yield "Law 7 (easy running) was not judged: the file does not say how hard runs are."


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _pace(said: str | None, seconds: int, option: str, wishes: Wishes) -> str:
    """The given pace in words, or the assumed one of `seconds` per kilometre with the option that sets another."""
    if said is not None:
        return f"at {said.strip()} min per {wishes.units}"
    per = int(seconds * METRES_PER_MILE / 1000) if wishes.miles else seconds
    return f"at {per // 60}:{per % 60:02d} min per {wishes.units} (assumed; {option} sets yours)"
