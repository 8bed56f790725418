"""Updates an existing calendar with a new plan, and reports what changes and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import field, frozen

from planner.cli.common import count, print_json, tell
from planner.cli.writing import write
from planner.digits import whole_number
from planner.errors import InputError
from planner.language import use_language
from planner.records import Record
from planner.render.calendar_changes import Change, changes, counted
from planner.render.words import day_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from planner.athlete import Athlete
    from planner.errors import StopError
    from planner.model import Plan

    Reason = Callable[[Change], str]
TAKEN_BACK = "the plan is cancelled"
MOST_WORDS = 200
"""The number of characters of a changed line that are shown."""
FOLLOWS = "Next: import it into the calendar that has the plan; a calendar that subscribes to the file updates by itself."


def _no_reason(_: Change) -> str:
    return ""


@frozen(kw_only=True, eq=False, repr=False)
class Remade(Record):
    """The new content of `target`, which now holds `older` (None: no file), and the reason for each change ("" if unknown).

    `breaks` are sentences about laws broken by the kept past and the new plan taken together; `logged` says whether the plan follows a
    log.
    """

    target: Path
    older: bytes | None
    data: bytes
    reason: Reason = field(default=_no_reason)
    breaks: tuple[str, ...] = ()
    logged: bool = False

    @property
    def unchanged(self) -> bool:
        """Whether the file is already up to date."""
        return self.data == self.older

    def write(self) -> None:
        """Write the file unless it is unchanged. Raises the errors of `write`."""
        if not self.unchanged:
            write(self.target, self.data)

    def words(self) -> str:
        """A sentence about the update; empty if there was no file before."""
        if self.older is None:
            return ""
        if self.unchanged:
            return f"{self.target} is unchanged: the plan is the same."
        return f"Updated {self.target} ({self._counts()}). {FOLLOWS}"

    def warnings(self) -> Iterator[str]:
        """Lines that warn of laws broken by the kept past and the new plan together."""
        if self.breaks:
            yield "  careful: what was planned before today and what is planned from here on do not fit together:"
            yield from (f"    {sentence}" for sentence in self.breaks)
            log = "" if self.logged else ", or keep a log: then what you really ran counts"
            yield f"    Make these weeks shorter than planned{log}."

    def conclude(self, *, writes: bool, as_json: bool) -> None:
        """Write a cancelled calendar and report it; without `writes` only show the changes. Raises the errors of `write`."""
        if not writes:
            self.show(as_json=as_json)
            return
        self.write()
        if as_json:
            print_json(self.data_words())
        number = _entries(len(changes(self.older, self.data)))
        done = f"Updated {self.target}: {number} to come cancelled; the past stays. {FOLLOWS}"
        tell(f"{self.target} is unchanged: nothing of it is still to come." if self.unchanged else done)

    def data_words(self) -> dict[str, object]:
        """The update as JSON data: the file, whether it is unchanged, the number of events of each kind, broken laws."""
        found = changes(self.older, self.data)
        return {"file": str(self.target), "unchanged": self.unchanged, "counts": counted(found, self.data), "breaks": list(self.breaks)}

    def show(self, *, as_json: bool) -> None:
        """Print what would change, and why."""
        found = changes(self.older, self.data)
        if as_json:
            print_json({**self.data_words(), "changes": [self._change_data(change) for change in found]})
            return
        for change in found:
            click.echo("\n".join(_lines(change, self.reason(change))))
        click.echo("\n".join([*self.warnings(), f"{self.target}: {self._counts()}. Nothing was written."]))

    def _counts(self) -> str:
        numbers = counted(changes(self.older, self.data), self.data)
        return ", ".join(f"{number} {kind}" for kind, number in numbers.items() if number) or "nothing in it"

    def _change_data(self, change: Change) -> dict[str, object]:
        return {
            "uid": change.uid,
            "kinds": list(change.kinds),
            "title": change.title,
            "date": str(change.day),
            "start": change.start or None,
            "was_date": change.was_day and str(change.was_day),
            "was_start": change.was_start or None,
            "load_s": change.load_s,
            "was_load_s": change.was_load_s,
            "what": list(change.what),
            "reason": self.reason(change),
        }


def over(target: Path, older: bytes | None, fresh: bytes, plan: Plan, athlete: Athlete) -> Remade:
    """Merge the newly rendered plan `fresh` into the calendar `older` at `target`, if there is one. Raises `InputError`."""
    if older is None:
        return Remade(target=target, older=None, data=fresh, reason=reasons(plan, athlete))
    from planner.calendar_audit import breaks  # noqa: PLC0415  (only if a calendar exists)
    from planner.render.calendar_update import updated  # noqa: PLC0415

    try:
        data = updated(older, fresh, today=plan.as_of, issued=plan.issued, athlete_id=plan.athlete_id)
    except InputError as error:
        raise error.within(str(target)) from None
    found = () if data == older else breaks(data, fresh, plan.as_of)
    return Remade(target=target, older=older, data=data, reason=reasons(plan, athlete), breaks=found, logged=plan.log is not None)


def take_back(target: Path, older: bytes, athlete: Athlete, as_of: date | None, *, private: bool) -> Remade:
    """Cancel everything still to come in the calendar, without planning. Raises `InputError`."""
    from planner.render.calendar_update import cancelled, of_athlete  # noqa: PLC0415

    today, issued = _moment(athlete, as_of)
    try:
        if private and not of_athlete(older, athlete.id).private:
            advice = "Leave out --private: entries are cancelled under the names that they have."
            raise InputError("--private", "found it with a calendar that is not private", "one made with --private", advice)  # noqa: TRY301
        data = cancelled(older, athlete.id, today=today, issued=issued)
    except InputError as error:
        raise error.within(str(target)) from None
    return Remade(target=target, older=older, data=data, reason=lambda _: TAKEN_BACK)


def stop(target: Path, older: bytes, athlete: Athlete, as_of: date | None, stop: StopError, *, writes: bool, private: bool) -> None:
    """After a stop, cancel what is still to come in the calendar at `target` and put a note on today; report only without `writes`.

    With `private` the note is neutral, whatever the calendar is. A calendar of another athlete is left alone with a message, as the stop
    itself matters more. Raises `OutputError`.
    """
    from planner.render.calendar_stop import stop_words, stopped  # noqa: PLC0415  (only if a calendar exists)

    today, issued = _moment(athlete, as_of)
    try:
        with use_language(athlete.language):
            words = stop_words(stop.messages, stop.pause)
            data = stopped(older, athlete.id, words, stop.pause, today=today, issued=issued, private=private)
    except InputError as error:
        tell(f"planner: {error.within(str(target))} It was left as it is.", always=True)
        return
    made = Remade(target=target, older=older, data=data)
    number = sum("dropped" in change.kinds for change in changes(older, data))
    if not writes:
        tell(f"{target}: {_entries(number)} to come would be cancelled. Nothing was written.")
    elif made.unchanged:
        tell(f"{target} is unchanged: it says so already.")
    else:
        made.write()
        tell(f"Updated {target}: {_entries(number)} to come cancelled, and a note on today says why. {FOLLOWS}")


def reasons(plan: Plan, athlete: Athlete) -> Reason:
    """Return a function that explains a change, as far as the plan and the athlete's availability do."""
    from planner.render.identity import uids  # noqa: PLC0415

    said: dict[str, str] = {}
    for private in (False, True):
        uid_of = uids(plan, private=private)
        said |= {uid_of(s): next((w.text for w in s.why if w.limit != "content"), "") for s in plan.sessions}

    def reason(change: Change) -> str:
        if "dropped" in change.kinds:
            return _why_gone(change, plan, athlete)
        if change.what:
            return "; ".join(_why_changed(change))
        moved = _why_moved(change, athlete) if change.was_day else ""
        sized = "" if change.kinds == ("moved",) else said.get(change.uid, "") or _new_words(change)
        return "; ".join(filter(None, (moved, sized)))

    return reason


def _why_changed(change: Change) -> Iterator[str]:
    """What is different in an event that has its time and load."""
    for part in change.what:
        words = _new_words(change) if part == "text" else ""
        yield words or f"its {part} changed"


def _new_words(change: Change) -> str:
    """The first line that an event's text now has, or else no longer has, in words; "" if no line came or went."""
    line = change.says or change.no_longer
    if not line:
        return ""
    return f'it {"now" if change.says else "no longer"} says "{line if len(line) <= MOST_WORDS else f"{line[:MOST_WORDS].rstrip()} ..."}"'


def _why_moved(change: Change, athlete: Athlete) -> str:
    """Why an event no longer has its old date and time; "" if it takes no time."""
    was, free = change.was_day, athlete.availability
    if was is None or not change.takes_time:
        return ""
    if free.away_on(was):
        return _away(was)
    windows = free.windows(was)
    hour = change.was_start
    if windows == ():
        return f"{day_words(was)} has no time for sessions now"
    if hour and (windows is None or not any(w.start <= _minutes(hour) < w.end for w in windows)):
        return f"{day_words(was)} at {hour} is not one of your times now"
    if not hour and windows and change.start:
        return f"{day_words(change.day)} has times of day now"
    return f"its week was rearranged: `planner explain --date {change.day}` says by which limits"


def _away(day: date) -> str:
    return f"you are away on {day_words(day)}"


def _minutes(hour: str) -> int:
    return 60 * int(hour[:2]) + int(hour[3:])


def _why_gone(change: Change, plan: Plan, athlete: Athlete) -> str:
    """Why the plan no longer contains an event; "" if unknown."""
    start, _, rest = change.uid.partition(".")
    week = whole_number(rest.partition(".")[0])
    if whole_number(start) is None or week is None:
        return ""
    if start != f"{plan.start:%Y%m%d}":
        return f"the plan starts on {day_words(plan.start, year=True)} now"
    if week > len(plan.weeks):
        return f"the plan has {count(len(plan.weeks), 'week')} now"
    if athlete.availability.away_on(change.day):
        return _away(change.day)
    left_out = [f.message for f in plan.findings if f.rule == "left-out" and week in f.weeks]
    name = change.title.partition(":")[0]  # a run's title goes on with its dose, which may have changed
    own = [message for message in left_out if message.startswith(name)]
    return next(iter(own or (left_out if len(left_out) == 1 else ())), "")


def _lines(change: Change, reason: str) -> Iterator[str]:
    when = _when(change.day, change.start)
    if change.was_day is not None:
        when = f"{_when(change.was_day, change.was_start or '')} -> {when}"
    load = ""
    if change.was_load_s is not None:
        from planner.quantities import clock  # noqa: PLC0415

        load = f", {clock(change.was_load_s)} -> {clock(change.load_s)}"
    yield f"{', '.join(change.kinds)}: {when}, {change.title}{load}"
    if reason:
        yield f"    {' '.join(reason.split())}"


def _when(day: date, start: str) -> str:
    return f"{day_words(day, year=True)}{f' {start}' if start else ''}"


def _entries(number: int) -> str:
    return count(number, "entry").replace("entrys", "entries")


def _moment(athlete: Athlete, as_of: date | None) -> tuple[date, datetime]:
    from planner.maker import moment  # noqa: PLC0415  (imported only when used)

    return moment(athlete.timezone, as_of)
