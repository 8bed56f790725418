"""Time zones, always from the `tzdata` package and never from the machine, so that a plan is the same everywhere."""

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
    """The time zone called `name` in the IANA database, like `Europe/Berlin`; the same object each time, even when copied or unpickled.

    Raises `InputError` for an unknown name, with the closest known one.
    """
    if name not in names():
        raise _unknown(name)
    with _database().joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return _kind().from_file(data, key=name)


@lru_cache(maxsize=1)
def _kind() -> type[ZoneInfo]:
    """A `ZoneInfo` class that pickles by name; zones read from a file otherwise refuse to be pickled."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (loaded only when a zone is read)

    class Zone(ZoneInfo):
        def __reduce__(self) -> tuple[Callable[[str], ZoneInfo], tuple[str]]:
            return zone, (self.key,)

    return Zone


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """All names of time zones, sorted."""
    return tuple(sorted(_database().joinpath("zones").read_text(encoding="utf-8").split()))


def _database() -> Path:
    """The folder of the `tzdata` package, by its `__file__`: importlib.resources would add 8 ms to a cold start."""
    return Path(str(import_module("tzdata").__file__)).parent


@lru_cache(maxsize=1024)
def local_span(zone: ZoneInfo, day: date, start_minute: int, duration_s: int) -> tuple[datetime, datetime] | None:
    """The start and end of a session as aware local times, `duration_s` elapsed seconds apart.

    `start_minute` is minutes from midnight in local time, 0 to 1440. None if the start or the end falls in a period that the clock skips
    or repeats: such a local time is ambiguous.
    """
    start = datetime.combine(day, time(), tzinfo=zone) + timedelta(minutes=start_minute)
    end = later(zone, start, duration_s)
    return (start, end) if _evenly(zone, start, duration_s) or (_plain(start) and _plain(end)) else None


def by_the_clock(zone: ZoneInfo, day: date, first: int, last: int) -> tuple[datetime, int]:
    """The start of a span given in local minutes from midnight, `first` to `last`, and its length in elapsed seconds.

    A repeated local time means its first occurrence; a skipped one is moved later by the length of the jump.
    """
    midnight = datetime.combine(day, time(), tzinfo=zone)
    begins, ends = ((midnight + timedelta(minutes=minute)).astimezone(UTC) for minute in (first, last))
    return begins.astimezone(zone), max(0, (ends - begins) // timedelta(seconds=1))


def later(zone: ZoneInfo, start: datetime, seconds: int) -> datetime:
    """The local time in `zone` when `seconds` have elapsed since the local time `start`, across any change of the clock."""
    if _evenly(zone, start, seconds):
        return start + timedelta(seconds=seconds)
    return (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(zone)


def _evenly(zone: ZoneInfo, start: datetime, seconds: int) -> bool:
    """Whether the clock certainly does not change during this span; where this is False, it still may not change."""
    return seconds <= DAY_S and _unchanged(zone, start.date())


@lru_cache(maxsize=4096)
def _unchanged(zone: ZoneInfo, day: date) -> bool:
    """Whether the clock does not change from a date's midnight to the end of the next date; cached, as many sessions need it."""
    midnight = datetime.combine(day, time(), tzinfo=zone)
    hours = [midnight + timedelta(hours=number) for number in range(2 * 24 + 1)]
    return len({hour.replace(fold=fold).utcoffset() for hour in hours for fold in (0, 1)}) == 1


def _plain(moment: datetime) -> bool:
    """Whether this local time occurs exactly once."""
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
