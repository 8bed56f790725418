"""Expands daily and weekly recurrence rules into dates; other rules are refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from planner.quantities import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_TIMES = 1000
"""The most repetitions of an event that are read."""
_READ = frozenset({"FREQ", "COUNT", "UNTIL", "INTERVAL", "BYDAY", "WKST"})
_DAYS = tuple(name[:2].upper() for name in WEEKDAYS)


class UnreadRuleError(Exception):
    """A recurrence rule that is not supported; the message is a phrase that says why."""


def repeated(first: date, rule: Mapping[str, object]) -> list[date]:
    """The dates of an event that starts on `first` and repeats by `rule`, the parts of an RRULE. Raises `UnreadRuleError`."""
    unread = sorted(part for part in map(str, rule) if part.upper() not in _READ)
    parts = {str(key).upper(): value if isinstance(value, list) else [value] for key, value in rule.items()}
    frequency = str(parts.get("FREQ", [""])[0]).upper()
    if unread or frequency not in ("DAILY", "WEEKLY"):
        raise UnreadRuleError(f"it repeats by {unread[0] if unread else frequency or 'no rule'}, which is not read")
    count, until = _whole(parts, "COUNT"), _until(parts)
    if count is None and until is None:
        raise UnreadRuleError("it repeats without end")
    if count is not None and count > MOST_TIMES:
        raise UnreadRuleError(f"it repeats {count} times; at most {MOST_TIMES} are read")
    days = [str(day).upper() for day in parts.get("BYDAY", [])]
    if not set(days) <= set(_DAYS):
        raise UnreadRuleError(f"it repeats by BYDAY={','.join(days)[:40]}, which is not read")
    starts_on = str(parts.get("WKST", ["MO"])[0]).upper()
    wanted = {_DAYS.index(day) for day in days}
    return _dates(
        first, frequency, (_whole(parts, "INTERVAL") or 1, _DAYS.index(starts_on) if starts_on in _DAYS else 0), wanted, (count, until)
    )


def _dates(first: date, frequency: str, step: tuple[int, int], wanted: set[int], end: tuple[int | None, date | None]) -> list[date]:
    """The dates of a daily or weekly rule. `step` is interval and first weekday, `end` count and last date. Raises `UnreadRuleError`."""
    (interval, starts_on), (count, until) = step, end
    weekdays = wanted or ({first.weekday()} if frequency == "WEEKLY" else set(range(7)))
    offset = (first.weekday() - starts_on) % 7
    found: list[date] = [] if first.weekday() in weekdays else [first]
    for back in range(7 * interval * (MOST_TIMES + 1)):
        if first.toordinal() + back > date.max.toordinal():
            break
        day = first + timedelta(days=back)
        if (until is not None and day > until) or (count is not None and len(found) >= count):
            return found
        passed = back if frequency == "DAILY" else (offset + back) // 7
        if passed % interval == 0 and day.weekday() in weekdays:
            found.append(day)
        if len(found) > MOST_TIMES:
            raise UnreadRuleError(f"it repeats more than {MOST_TIMES} times")
    return found


def _whole(parts: Mapping[str, list[object]], key: str) -> int | None:
    """A whole number above 0; None if the rule lacks the part. Raises `UnreadRuleError`."""
    if key not in parts:
        return None
    value = parts[key][0]
    if not isinstance(value, int) or not 0 < value < 10**6:
        raise UnreadRuleError(f"it repeats by {key}={value}, which is not read")
    return value


def _until(parts: Mapping[str, list[object]]) -> date | None:
    """The last date; None if the rule has none. Raises `UnreadRuleError`."""
    if "UNTIL" not in parts:
        return None
    value = parts["UNTIL"][0]
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, date):
        raise UnreadRuleError(f"it repeats until {value}, which is not read")
    return value
