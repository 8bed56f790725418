"""Time zones: from the `tzdata` package, never from the machine, so that one plan is the same plan everywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.formatting import written

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

DAY_S = 24 * 60 * 60


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The time zone called `name` in the IANA database, like `Europe/Berlin`; the same object each time, copied and unpickled too.

    Raises `InputError` for a name that is not there, with the nearest one that is.
    """
    if name not in names():
        raise _unknown(name)
    with _database().joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return _kind().from_file(data, key=name)


@lru_cache(maxsize=1)
def _kind() -> type[ZoneInfo]:
    """Zones that travel by their names: of themselves those that are read from a file refuse to."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (loaded only where a zone is read)

    class Zone(ZoneInfo):
        def __reduce__(self) -> tuple[Callable[[str], ZoneInfo], tuple[str]]:
            return zone, (self.key,)

    return Zone


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """All names of time zones that there are, sorted."""
    return tuple(sorted(_database().joinpath("zones").read_text(encoding="utf-8").split()))


def _database() -> Path:
    """The folder of the `tzdata` package, found by its own file: importlib.resources would cost a cold start 8 ms."""
    return Path(str(import_module("tzdata").__file__)).parent


@lru_cache(maxsize=1024)
def local_span(zone: ZoneInfo, day: date, start_minute: int, duration_s: int) -> tuple[datetime, datetime] | None:
    """When a session starts and ends: aware local times, the end `duration_s` real seconds after the start.

    `start_minute` is minutes from midnight by the clock on the wall, 0 to 1440. None where the start or the end falls in an hour
    that the clock skips or shows twice on that date: nobody can be sure when that is.
    """
    start = datetime.combine(day, time(), tzinfo=zone) + timedelta(minutes=start_minute)
    end = later(zone, start, duration_s)
    return (start, end) if _evenly(zone, start, duration_s) or (_plain(start) and _plain(end)) else None


def by_the_clock(zone: ZoneInfo, day: date, first: int, last: int) -> tuple[datetime, int]:
    """When something begins that somebody said by the clock on the wall, as minutes from midnight, and the real seconds until it ends.

    Of a time that the clock shows twice the first is meant; one that it skips is as much later as the clock jumps.
    """
    midnight = datetime.combine(day, time(), tzinfo=zone)
    begins, ends = ((midnight + timedelta(minutes=minute)).astimezone(UTC) for minute in (first, last))
    return begins.astimezone(zone), max(0, (ends - begins) // timedelta(seconds=1))


def later(zone: ZoneInfo, start: datetime, seconds: int) -> datetime:
    """The local time in `zone` when `seconds` of real time have passed since `start`, a local time there, whatever the clock does."""
    if _evenly(zone, start, seconds):
        return start + timedelta(seconds=seconds)
    return (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(zone)


def _evenly(zone: ZoneInfo, start: datetime, seconds: int) -> bool:
    """Whether nobody changes the clock near so short a time; where this is False, perhaps nobody does either."""
    return seconds <= DAY_S and _unchanged(zone, start.date())


@lru_cache(maxsize=4096)
def _unchanged(zone: ZoneInfo, day: date) -> bool:
    """Whether the clock runs on from a date's midnight to the end of the date after it: so it does on most, and many sessions ask."""
    midnight = datetime.combine(day, time(), tzinfo=zone)
    hours = [midnight + timedelta(hours=number) for number in range(2 * 24 + 1)]
    return len({hour.replace(fold=fold).utcoffset() for hour in hours for fold in (0, 1)}) == 1


def _plain(moment: datetime) -> bool:
    """Whether the clock shows this local time exactly once."""
    return moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset()


def _unknown(name: str) -> InputError:
    from difflib import get_close_matches  # noqa: PLC0415  (needed only for this message)

    folded = {known.casefold(): known for known in names() if "/" in known or known == "UTC"}
    wanted = name[:60].strip().replace(" ", "_").casefold()
    cities = [key for key in folded if key.rpartition("/")[2] == wanted]
    close = [folded[key] for key in (wanted, *cities, *get_close_matches(wanted, folded, n=1, cutoff=0.6)) if key in folded]
    return InputError(
        "timezone",
        f"found {written(name)}",
        'the name of a time zone, like "Europe/Berlin" or "America/New_York"',
        f"Did you mean `{close[0]}`?" if close else "",
    )
