"""Plans as CSV, one row per session, for spreadsheets: RFC 4180, UTF-8, distances in kilometres whatever the athlete's units.

If a log is kept, two more columns hold each session's status and the distance run.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from planner.render.done import session_done_m
from planner.render.words import bound_words, pillar_words, step_lines

if TYPE_CHECKING:
    from planner.model import Plan, Session
    from planner.render import Options

COLUMNS = (
    *("date", "start", "minutes", "pillar", "title"),
    *("run_minutes", "walk_minutes", "km", "ceiling_km", "bound_by", "text"),
)
BEGINNING = ",".join(COLUMNS).encode()
FOLLOWED = ("status", "done_km")
"""Additional columns of a plan that follows a log."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(plan: Plan, options: Options) -> bytes:  # noqa: ARG001  (all renderers share this signature)
    """Return the plan as CSV with a header row. Cells that a spreadsheet would read as a formula are prefixed with an apostrophe."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    logged = plan.ahead_from is not None
    writer.writerow((*COLUMNS, *FOLLOWED) if logged else COLUMNS)
    for session in plan.sessions:
        cells = (*_row(session), *_became(plan, session)) if logged else _row(session)
        writer.writerow([harmless(cell) for cell in cells])
    return table.getvalue().encode()


def _row(session: Session) -> tuple[str, ...]:
    """Return a session's cells; those that do not apply are empty."""
    runs = bool(session.run_s)
    return (
        session.date.isoformat(),
        f"{session.start:%H:%M}" if session.start else "",
        _minutes(session.duration_s) if session.duration_s else "",
        pillar_words(session.pillar),
        session.title,
        _minutes(session.run_s) if runs else "",
        _minutes(session.walk_s) if runs else "",
        _kilometres(session.run_m) if runs else "",
        _kilometres(session.ceiling_m) if runs else "",
        bound_words(session.bound_by) if runs else "",
        "; ".join(step_lines(session.steps)),
    )


def _became(plan: Plan, session: Session) -> tuple[str, str]:
    """Return a session's status and, for a run that was done, the distance."""
    done = session_done_m(plan, session)
    return (session.status, "" if done is None else _kilometres(done))


def _minutes(seconds: int) -> str:
    """Format seconds as minutes, rounded down to hundredths, without trailing zeros."""
    return _decimal(seconds * 100 // 60, 2)


def _kilometres(metres: int) -> str:
    return _decimal(metres, 3)


def _decimal(number: int, places: int) -> str:
    whole, rest = divmod(number, 10**places)
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")


def harmless(cell: str) -> str:
    """Prefix a cell with an apostrophe if a spreadsheet would read it as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
