"""Converts the planner's own calendars back into a `planner-plan/1` document, from the X-PLANNER lines and the events' dates.

Edits count: a moved event is read where it is now, and a deleted or cancelled one is left out. Events of other people are ignored, and so
are those of an older plan in an updated calendar, except the ones before the day of planning, and past ones of weeks that the plan no
longer has. The lines are written by `planner.render.x_lines`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from icalendar import Calendar, vDDDTypes

from planner.digits import whole_number
from planner.errors import InputError
from planner.formatting import written
from planner.plan_file.calendar_halt import halts, without_dates, without_prospect
from planner.plan_file.calendar_past import steps_of, with_past
from planner.plan_file.calendar_words import NOTHING, Members, free_text, named_parts, number_or_word, numbered_parts, pairs_of, words_of
from planner.zones import zone

if TYPE_CHECKING:
    from collections.abc import Set
    from zoneinfo import ZoneInfo

    from icalendar import Component

_OLDER_PLAN = re.compile(r"([0-9]{8})\..*@return-to-run", re.DOTALL)
_WEEK = re.compile(r"[0-9]{8}\.([0-9]{1,4})\..*@return-to-run", re.DOTALL)
_OWN_NOTE = re.compile(r"(?:[0-9]{8}\.stop\..*|[0-9a-f]{32})@return-to-run", re.DOTALL)
"""The UID of an event of ours that carries no session: a stop's note, or an event that was written with --private."""
_UTC_NAMES = frozenset({"UTC", "Etc/UTC"})
STRANGERS = "strangers"
"""The member that says how many events of other people a calendar holds; a plan has no place for it."""
OURS = "a calendar that `planner make` wrote, without --private"


def document(raw: bytes) -> Members:
    """Return the plan in a calendar as plain values for `plan_file.plan_from`; a stop or cancellation is among its findings.

    Raises `InputError` for a calendar that the planner did not write.
    """
    calendar = _calendar(raw)
    reading = pairs_of(calendar, "READING")
    said = dict(reading)
    place, start = zone(free_text(said.get("timezone", ""))), _day(said, "start")
    weeks = [_week(value, start) for key, value in reading if key == "week"]
    sessions = _sessions(calendar, said, place, start, len(weeks))
    paces = {f"{key}_s_per_km": number_or_word(pace) for key, pace in pairs_of(calendar, "PACES")}
    _recount_past(sessions, paces, max(said.get("as-of", ""), said.get("ahead-from", "")))
    for week in weeks:
        own = [s for s in sessions if s["week"] == week["number"]]
        week |= {key: sum(int(str(s[key])) for s in own) for key in ("run_s", "run_m", "foot_m")}
    goal, halted = _goal(said.get("goal", "-/-/-/-/-")), halts(calendar, start, said.get("as-of", ""))
    if halted:
        without_prospect(weeks, halted)
        goal = without_dates(goal)
    same = ("format", "units", "start", "issued", "measure", "missed", "rolling", "growth")
    return {
        **{key: said[key] for key in same if key in said},
        "athlete": {"id": free_text(said.get("athlete", "")), "name": free_text(said.get("name", ""))},
        "timezone": place.key,
        "as_of": said.get("as-of"),
        "ahead_from": said.get("ahead-from"),
        "template": free_text(said.get("template", "")),
        "run_gap_days": number_or_word(said.get("gap-days", NOTHING)),
        "close_run_s": number_or_word(said.get("close-run-s", NOTHING)),
        "paces": paces,
        "explicit_growth": said.get("explicit-growth") == "yes",
        "easy_week_every": number_or_word(said.get("easy-week-every", NOTHING)),
        **({"ladder": said["ladder"] != "no"} if "ladder" in said else {}),
        "goal": goal,
        "plugins": [named_parts("plugin", ("name", "distribution", "version"), value) for key, value in reading if key == "plugin"],
        "history": [_done(entry) for entry in words_of(calendar, "HISTORY") if entry != NOTHING],
        "weeks": weeks,
        "sessions": sessions,
        "findings": halted,
        STRANGERS: sum(map(_is_strange, calendar.walk("VEVENT"))),
    }


def _calendar(raw: bytes) -> Component:
    try:
        calendar = Calendar.from_ical(raw)
    except (ValueError, IndexError, KeyError) as error:
        reason = " ".join(str(error).split())[:80]
        raise InputError("", f"not a calendar that can be read ({reason})", OURS) from None
    if "X-PLANNER-READING" not in calendar:
        raise InputError("", "no X-PLANNER lines", OURS, "Check the .json instead: `planner make -f json` writes it.")
    return calendar


def _goal(word: str) -> Members:
    """Read the goal; its last part exists only if a log was kept."""
    keys = ("minutes", "week_m", "first_run", "every_run", "foreseen", "latest")
    return numbered_parts("goal", keys if word.count("/") >= len(keys) - 1 else keys[:-1], word)


def _day(said: dict[str, str], key: str) -> date:
    try:
        return date.fromisoformat(said.get(key, ""))
    except ValueError:
        raise InputError(f"X-PLANNER-READING: {key}", f"found {written(said.get(key))}", "a date like 2027-01-04") from None


def _done(word: str) -> Members:
    done = numbered_parts("history", ("date", "run_m", "foot_m", "longest_m", "allowed_m", "estimated"), word)
    return {**done, "estimated": done["estimated"] == "estimated"}


def _week(word: str, start: date) -> Members:
    keys = ("number", "stage", "decision", "ceiling_run_m", "ceiling_foot_m", "bound_by", "done_run_m")
    week = numbered_parts("week", keys, word)
    number = week["number"]
    if not isinstance(number, int) or not 1 <= number <= 1000:
        raise InputError("X-PLANNER-READING: week", f"found {written(word)}", "the number of a week, from 1")
    return {**week, "start": (start + timedelta(days=7 * (number - 1))).isoformat()}


def _sessions(calendar: Component, said: dict[str, str], place: ZoneInfo, start: date, weeks: int) -> list[Members]:
    """Return the sessions by week and date, each in the week of its current date, with ordinals made unique within the week.

    If the calendar follows a log, the past is taken from its X-PLANNER-PAST line, since an update leaves past events as they were written.
    """
    standing = [(event, _session(event, place, start, weeks)) for event in calendar.walk("VEVENT") if _stands(event)]
    as_of = said.get("as-of", "")
    later = partial(_outlasts, start=start, weeks=max(weeks, 1), as_of=as_of)
    found = [s for event, s in standing if _is_of(event, start) and not (_week_named(event) > weeks and later(s))]
    earlier = [s for event, s in standing if not _is_of(event, start) and not later(s)]
    found += _stood(earlier, {s["date"] for s in found}, start.isoformat(), as_of)
    past = words_of(calendar, "PAST")
    if past:
        found = with_past(found, [word for word in past if word != NOTHING], said.get("ahead-from", ""), start)
    found.sort(key=lambda s: (s["week"], s["date"], s["start"] or "", s["id"]))
    taken: set[tuple[object, ...]] = set()
    for session in found:
        while (session["week"], session["id"]) in taken:
            name, _, ordinal = str(session["id"]).rpartition("#")
            session["id"] = f"{name}#{int(ordinal) + 1}"
        taken.add((session["week"], session["id"]))
    return found


def _stood(earlier: list[Members], taken: Set[object], start: str, as_of: str) -> list[Members]:
    """Select the sessions of an older plan from the date `start` to the day before `as_of`, on dates not in `taken`."""
    return [s for s in earlier if start <= str(s["date"]) < as_of and s["date"] not in taken]


def _outlasts(session: Members, start: date, weeks: int, as_of: str) -> bool:
    """Whether a session before `as_of` lies after the last of `weeks` weeks.

    A plan that was longer leaves such sessions, as an update keeps past events. They belong to no week, and no law looks at them, since
    nothing is planned after them.
    """
    day = str(session["date"])
    return day < as_of and (date.fromisoformat(day) - start).days >= 7 * weeks


def _stands(event: Component) -> bool:
    """Whether an event is a session that has not been cancelled."""
    return "X-PLANNER-SESSION" in event and str(event.get("STATUS", "")).upper() != "CANCELLED"


def _is_strange(event: Component) -> bool:
    """Whether an event is neither a session nor a note of ours, and still takes place."""
    if "X-PLANNER-SESSION" in event or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return False
    return _OWN_NOTE.fullmatch(str(event.get("UID", ""))) is None


def _is_of(event: Component, start: date) -> bool:
    """Whether an event belongs to the plan that starts on `start`, judging by its UID; true for a UID of another form."""
    named = _OLDER_PLAN.fullmatch(str(event.get("UID", "")))
    return named is None or named[1] == f"{start:%Y%m%d}"


def _week_named(event: Component) -> int:
    """Return the number of the week that an event was planned for, from its UID; 0 for a UID of another form."""
    named = _WEEK.fullmatch(str(event.get("UID", "")))
    return int(named[1]) if named else 0


def _recount_past(sessions: list[Members], paces: Members, until: str) -> None:
    """Recompute the metres of sessions before `until` with the plan's paces, since an update leaves them with the paces of that time."""
    run, walk = paces.get("run_s_per_km"), paces.get("walk_s_per_km")
    if not (isinstance(run, int) and isinstance(walk, int) and run and walk):
        return
    for session in sessions:
        if str(session["date"]) < until:
            run_m = 1000 * int(str(session["run_s"])) // run
            session |= {"run_m": run_m, "foot_m": run_m + 1000 * int(str(session["walk_s"])) // walk}


def _session(event: Component, place: ZoneInfo, start: date, weeks: int) -> Members:
    name = str(event["X-PLANNER-SESSION"])
    pillar, _, key = name.partition("#")[0].partition("/")
    first, seconds = _times(event, place, name)
    day = first.date() if isinstance(first, datetime) else first
    numbers = {key: _whole(event, key, name) for key in ("run_s", "walk_s", "run_m", "foot_m", "ceiling_m", "stretch_s", "rpe")}
    if "RRULE" in event or "RDATE" in event:
        advice = "End the repetition in your calendar: the planner writes each session once."
        raise InputError(f"{free_text(name)}, {day}", "an event that repeats", "a session on one date", advice)
    ordinal = name.partition("#")[2]
    if whole_number(ordinal, most_digits=5) is None:
        raise InputError("X-PLANNER-SESSION", f"found {written(name)}", "a name like progression/run#1")
    return {
        "id": f"{free_text(pillar)}/{free_text(key)}#{ordinal}",
        "week": min(max((day - start).days // 7 + 1, 1), max(weeks, 1)),
        "date": day.isoformat(),
        "start": first.isoformat() if isinstance(first, datetime) else None,
        "duration_s": seconds if isinstance(first, datetime) else numbers["run_s"] + numbers["walk_s"],
        "pillar": free_text(pillar),
        "key": free_text(key),
        "title": str(event.get("SUMMARY", "")),
        "tags": [free_text(tag) for tag in words_of(event, "TAGS") if tag != NOTHING],
        "status": str(event.get("X-PLANNER-STATUS", "planned")),
        "transparent": str(event.get("TRANSP", "")).upper() == "TRANSPARENT",
        "bound_by": free_text(str(event.get("X-PLANNER-BOUND-BY", NOTHING))),
        "steps": steps_of(numbers),
        **{key: numbers[key] for key in ("run_s", "walk_s", "run_m", "foot_m", "ceiling_m")},
    }


def _whole(event: Component, key: str, name: str) -> int:
    """Read a number from an event's X-PLANNER line, 0 if it is missing. Raises `InputError`."""
    line = f"X-PLANNER-{key.upper().replace('_', '-')}"
    number = number_or_word(str(event.get(line, "0")))
    if not isinstance(number, int):
        raise InputError(f"{name}: {line}", f"found {written(number)}", "a whole number")
    return number


def _times(event: Component, place: ZoneInfo, name: str) -> tuple[datetime | date, int]:
    """Return an event's start, as a time in zone `place` (see `_local`) or a date, and its duration in seconds."""
    lines = (event.get(key) for key in ("DTSTART", "DTEND", "DURATION"))
    first, last, lasts = (line.dt if isinstance(line, vDDDTypes) else None for line in lines)
    if not isinstance(first, date):
        raise InputError(name, "an event without a start that can be read", "DTSTART with a date or a time")
    if not isinstance(first, datetime):
        return first, 0
    if isinstance(lasts, timedelta):
        return _local(first, place), max(0, int(lasts.total_seconds()))
    ends = last if isinstance(last, datetime) else first
    return _local(first, place), max(0, int((_instant(ends, place) - _instant(first, place)).total_seconds()))


def _local(moment: datetime, place: ZoneInfo) -> datetime:
    """Return a time as one of zone `place`: a UTC time is converted, any other keeps its date and clock time.

    The date on which somebody runs is that of the zone they are in, and after a move the past is still in the zone of before.
    """
    return moment.astimezone(place) if getattr(moment.tzinfo, "key", None) in _UTC_NAMES else moment.replace(tzinfo=place)


def _instant(moment: datetime, place: ZoneInfo) -> datetime:
    """Return a time in UTC. If the event names zone `place` or none, our own zone data apply."""
    own = moment.tzinfo is None or getattr(moment.tzinfo, "key", None) == place.key
    return (moment.replace(tzinfo=place) if own else moment).astimezone(UTC)
