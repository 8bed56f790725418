"""Plans from other sources as files: tables and calendars for the tests of `planner.foreign`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

MONDAY = date(2027, 1, 4)


def table(path: Path, text: str) -> Path:
    """A table with the lines of `text`, without their indentation."""
    path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n", encoding="utf-8")
    return path


def weeks_table(path: Path, weeks: Sequence[Sequence[str]], column: str = "km", days: Sequence[int] = (0, 2, 4)) -> Path:
    """A table of weeks from `MONDAY`, each with amounts for its `days`."""
    rows = [f"{MONDAY + timedelta(days=7 * n + d)},{amount}" for n, week in enumerate(weeks) for d, amount in zip(days, week, strict=False)]
    return table(path, "\n".join([f"Date,{column}", *rows]))


def event(day: date | str, summary: str, *more: str) -> str:
    """An all-day event on `day`, or one whose DTSTART line is given."""
    start = day if isinstance(day, str) else f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    escaped = summary.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return "\r\n".join(["BEGIN:VEVENT", start, f"SUMMARY:{escaped}", *more, "END:VEVENT"])


def calendar(path: Path, events: Sequence[str], *more: str) -> Path:
    """A calendar with `events`, each with a UID of its own unless it has one."""
    own = [e if "\r\nUID:" in e else e.replace("BEGIN:VEVENT", f"BEGIN:VEVENT\r\nUID:{n}@test") for n, e in enumerate(events)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//somebody//else//EN", *more, *own, "END:VCALENDAR", ""]
    path.write_bytes("\r\n".join(lines).encode())
    return path
