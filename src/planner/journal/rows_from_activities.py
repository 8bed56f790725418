"""Converts an activity into a log entry: whether it is a run, how much of it was run, and whether the log already has it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from planner.entry import Entry
from planner.errors import InputError
from planner.journal.activity import FIRST_YEAR
from planner.journal.log_cells import MOST_KM, MOST_SECONDS
from planner.journal.same_run import NEAR, begun, near
from planner.model import DAY
from planner.quantities import metres_run
from planner.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import tzinfo

    from planner.journal.activity import Activity

TOO_FAST = 170
"""Seconds per kilometre. An activity of unknown kind with a faster average (5.9 m/s) was a bicycle ride."""
FASTEST = 12
"""Metres per second that nobody runs on average: the fastest sprint ever measured peaked above it."""
_STARTED = re.compile(r"\b([01][0-9]|2[0-3]):([0-5][0-9]) from ")
_SOURCE = re.compile(r"\bfrom ([^;]+)")


@frozen(kw_only=True, eq=False, repr=False)
class Share(Record):
    """A planned run: its date and id, metres of running and on foot, metres of its warm-up and cool-down walks (`aside_m`), and seconds in
    total.
    """

    date: date
    session: str
    run_m: int
    foot_m: int
    aside_m: int = 0
    seconds: int = 0

    def whole(self, metres: int) -> int:
        """Return the planned metres closer to `metres`: with warm-up and cool-down or without, as not everybody records them."""
        return self.foot_m + self.aside_m if 2 * metres >= 2 * self.foot_m + self.aside_m else self.foot_m


Planned: TypeAlias = "Callable[[date], Share | None]"


def check_run(activity: Activity, zone: tzinfo, today: date) -> None:
    """Raise `InputError` without a place for an impossible date, distance or duration, or without either of the latter; see `no_run` for
    sports.
    """
    day = begun(activity, zone).date() if FIRST_YEAR <= activity.start.year <= 9000 else activity.start.date()
    advice = "If the clock was wrong, write the run into the log by hand."
    if day.year < FIRST_YEAR:
        raise InputError("", f"it starts on {day}", f"a date from {FIRST_YEAR} on", advice)
    if day > today:
        raise InputError("", f"it starts on {day}, which is in the future", f"a date up to {today}", advice)
    if (activity.metres or 0) > 1000 * MOST_KM or (activity.seconds or 0) > MOST_SECONDS:
        found = f"{(activity.metres or 0) // 1000} km in {(activity.seconds or 0) // 3600} hours"
        raise InputError("", found, f"at most {MOST_KM} km and 24 hours", "Did the recording go on in a car?")
    if (activity.metres or 0) < 0 or (activity.seconds or 0) < 0:
        raise InputError("", f"{activity.metres or 0} m in {activity.seconds or 0} seconds", "a distance and a time of 0 or more")
    if activity.metres and activity.seconds and activity.metres > FASTEST * activity.seconds:
        found = f"{activity.metres} m in {activity.seconds} seconds"
        raise InputError("", found, "a speed that a person can run", "Did the recording go on in a car?")
    if not activity.metres and not activity.seconds:
        raise InputError("", "neither a distance nor a time", "a run with one of them")


def no_run(activity: Activity) -> str:
    """Return why an activity is not a run, or "". If the sport is unknown, the records decide."""
    split = activity.split
    if activity.sport == "walk":
        run_m = split.run_m if split else 0
        hint = f", though {run_m} m of it look like running; if it was a run, change its kind where it was recorded" if run_m >= 100 else ""
        return f"no run: {activity.said or 'walking'}{hint}"
    if activity.sport == "other":
        return f"no run: {activity.said[:40]}"
    if activity.sport == "run":
        return ""
    if split is None:
        return "it does not say that it is a run"
    if (split.run_m + split.walk_m) * TOO_FAST > 1000 * (split.run_s + split.walk_s):
        return "too fast for a run, and it does not say that it is one"
    return "" if split.run_m else "no run: walking, by its speed"


def entry_for(activity: Activity, zone: tzinfo, planned: Planned, easy_pace: int) -> Entry:
    """Return the log entry of a run. Records show how much was run; without them, the share is that of the `planned` run, and the note says
    so.

    `easy_pace` (seconds per kilometre) gives a distance to a run that has only a time.
    """
    start = begun(activity, zone)
    share = planned(start.date())
    said = [f"{start:%H:%M} from {_name(activity)}" if activity.timed else f"from {_name(activity)}"]
    split, metres, seconds = activity.split, activity.metres, activity.seconds
    if not metres and seconds:
        metres = _by_time(seconds, share, easy_pace)
        said.append("no distance, so by its time")
    metres = metres or (split.run_m + split.walk_m if split else 0)
    if split is not None:
        run_m = metres * split.run_m // (split.run_m + split.walk_m)
        seconds = seconds or split.run_s + split.walk_s
    elif share is not None and share.foot_m:
        run_m = min(metres, metres * share.run_m // share.whole(metres))
        said.append("run share as planned" if share.date == start.date() else f"run share as planned on {share.date}")
    else:
        run_m = metres
        said.append("no records and no run planned, so all of it counts as run")
    cadence = split.cadence if split and split.cadence else activity.cadence
    return Entry(
        date=start.date(),
        session=share.session if share and share.date == start.date() else "",
        run_m=run_m,
        foot_m=metres,
        seconds=seconds,
        rpe=activity.rpe,
        cadence=cadence if cadence and 100 <= cadence <= 240 else None,
        note="; ".join(said),
    )


def in_log(entry: Entry, log: Iterable[Entry]) -> Entry | None:
    """Return the log row that is already this run, or None.

    By the notes, it started within 2 minutes of it and has its file or, within 2%, its distance; or it has its file, its distance and, to
    the second, its duration, as after a move to another time zone. Without both start times: the same date, and its file and duration or
    such a distance.
    """
    return next((row for row in log if abs(row.date - entry.date) <= DAY and _same(entry, row)), None)


def _same(entry: Entry, row: Entry) -> bool:
    starts = _started(entry), _started(row)
    again = _source(entry) == _source(row) != ""
    as_long = again and entry.seconds is not None and entry.seconds == row.seconds
    if starts[0] is not None and starts[1] is not None:
        if abs(starts[0] - starts[1]) <= NEAR:
            return again or near(entry.foot_m, row.foot_m, unknown=True)
        return as_long and near(entry.foot_m, row.foot_m, unknown=False)
    if row.date != entry.date:
        return False
    if as_long:
        return True
    if row.foot_m is not None:
        return near(entry.foot_m, row.foot_m, unknown=False)
    return near(entry.run_m, row.run_m, unknown=False) or near(entry.foot_m, row.run_m, unknown=False)


def _started(entry: Entry) -> datetime | None:
    found = _STARTED.search(entry.note)
    return datetime.combine(entry.date, time(int(found[1]), int(found[2]))) if found else None


def _source(entry: Entry) -> str:
    """The name of the file, and of the place in it, that a row's note gives; "" without one."""
    found = _SOURCE.search(entry.note)
    return found[1].strip() if found else ""


def _by_time(seconds: int, share: Share | None, easy_pace: int) -> int:
    """Return the metres covered in a time: at the planned speed if there is one, else at the easy pace."""
    if share is not None and share.seconds:
        return seconds * (share.foot_m + share.aside_m) // share.seconds
    return metres_run(seconds, easy_pace)


def _name(activity: Activity) -> str:
    """The source's name for the note: the file name, printable and at most 80 characters."""
    name = "".join(c if c.isprintable() else "?" for c in activity.source.replace("\\", "/").rpartition("/")[2])
    return name if len(name) <= 80 else f"...{name[-77:]}"
