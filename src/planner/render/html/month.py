"""Month tables of a plan: what is on each day, with links to that day in the week view."""

from __future__ import annotations

from calendar import Calendar
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.language import ENGLISH, cached, current_language
from planner.render.html.markup import text
from planner.render.html.weeks import styled
from planner.render.words import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model import Plan, Session

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def months(plan: Plan) -> list[str]:
    """Return one table for each month that the plan covers."""
    on: dict[date, list[Session]] = {}
    for session in plan.sessions:
        on.setdefault(session.date, []).append(session)
    if not on:
        return []
    weekdays, names, first_weekday = calendar_words(current_language())
    heads = "".join([f"<th scope=col>{text(weekdays[(first_weekday + n) % 7])}" for n in range(7)])
    first, last, tables = min(on), max(on), []
    for year, month in _months_of(first, last):
        rows = [row for row in _rows(year, month, first_weekday) if row[0] <= last and row[-1] >= first]
        body = "".join([f"<tr>{''.join([_cell(plan, day, on) if day.month == month else '<td>' for day in row])}" for row in rows])
        name = f"{text(names[month - 1])} {year}"
        tables.append(f"<table class=month><caption>{name}</caption><thead><tr>{heads}<tbody>{body}</table>")
    return tables


@lru_cache(maxsize=64)
def _rows(year: int, month: int, first_weekday: int) -> list[list[date]]:
    return Calendar(first_weekday).monthdatescalendar(year, month)


def _months_of(first: date, last: date) -> Iterator[tuple[int, int]]:
    for count in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield count // 12, count % 12 + 1


def _cell(plan: Plan, day: date, on: dict[date, list[Session]]) -> str:
    """Return the cell of a day: its number and its sessions; the plan's `as_of` date is marked as today."""
    today = " class=now aria-current=date" if day == plan.as_of else ""
    sessions = on.get(day)
    if not sessions:
        return f"<td{today}>{day.day}"
    return f"<td{today}><a href=#d{day.isoformat()}>{day.day}</a>{''.join([_mark(session.title, styled(session)) for session in sessions])}"


@cached(4096)
def _mark(title: str, style: str) -> str:
    return f"<p class={style}>{text(title)}"


@cached(8)
def calendar_words(language: str) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Return a language's short weekday names from Monday, its month names, and its first day of the week (0 for Monday)."""
    if language == ENGLISH:
        return WEEKDAYS, _MONTHS, 0
    from babel import Locale  # noqa: PLC0415  (English needs no Babel)

    locale = Locale(language)
    days, names = locale.days["stand-alone"]["abbreviated"], locale.months["stand-alone"]["wide"]
    return tuple(str(days[n]) for n in range(7)), tuple(str(names[n]) for n in range(1, 13)), int(locale.first_week_day)
