"""The X-PLANNER lines of a calendar: what `planner check` needs to audit the file alone.

Values contain no character that calendars escape: words are separated by spaces, parts of a word by slashes, and free text is
percent-encoded. Read back by `planner.plan_file.calendar`.
"""

from __future__ import annotations

from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from planner.render.calendar_lines import fold
from planner.steps import RUNNING, Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.model import Done, Plan, Session, Week
    from planner.steps import Steps

NOTHING = "-"
TAGS = "+"
"""Joins a session's tags into one part of a word."""
FORMAT = "planner-plan/1"


def plan_lines(plan: Plan) -> bytes:
    """Return X-PLANNER-READING, -PACES and -HISTORY: the reading of the laws for this plan, and the running before it.

    With a log also X-PLANNER-PAST, the status of past sessions: the events of an updated calendar cannot carry it, since past events keep
    their bytes.
    """
    paces = plan.reading.paces
    history = " ".join(map(_done, plan.history)) or NOTHING
    return (
        _line("READING", " ".join(f"{key}={value}" for key, value in _reading(plan)))
        + _line("PACES", f"run={paces.run} walk={paces.walk}")
        + _line("HISTORY", history)
        + _past(plan)
    )


def session_lines(session: Session) -> bytes:
    """Return X-PLANNER-SESSION and -TAGS, X-PLANNER-STATUS for a done or missed session, and the load values of runs and walks."""
    lines = _named(session.pillar, session.key, session.ordinal, session.tags)
    if session.status in ("done", "missed"):
        lines += _line("STATUS", session.status)
    if not (session.run_s or session.walk_s):
        return lines
    return lines + _RUN % (
        session.run_s,
        session.walk_s,
        session.run_m,
        session.foot_m,
        session.ceiling_m,
        _line("BOUND-BY", _word(session.bound_by)),
        _shape(session.steps),
    )


_RUN = b"X-PLANNER-RUN-S:%d\r\nX-PLANNER-WALK-S:%d\r\nX-PLANNER-RUN-M:%d\r\nX-PLANNER-FOOT-M:%d\r\nX-PLANNER-CEILING-M:%d\r\n%b%b"


def _shape(steps: Steps) -> bytes:
    """Return the longest uninterrupted running, and the highest effort of running."""
    longest = current = hardest = 0
    for seconds, effort in _opened(steps):
        current = 0 if effort is None else current + seconds
        if effort is not None:
            longest, hardest = max(longest, current), max(hardest, effort)
    lines = _line("STRETCH-S", str(longest))
    return lines + _line("RPE", str(hardest)) if hardest else lines


_BREAK = 0, None


def _opened(steps: Steps) -> list[tuple[int, int | None]]:
    """Return (seconds, effort) of each running step, with effort 0 if unset, and `_BREAK` for each other timed step.

    A group that contains a break is repeated at most twice: enough to join its end with its beginning.
    """
    told: list[tuple[int, int | None]] = []
    for step in steps:
        if isinstance(step, Group):
            inside = _opened(step.steps)
            broken = any([effort is None for _, effort in inside])
            told += inside * (min(step.repeat, 2) if broken else step.repeat)
        elif step.seconds:
            told.append((step.seconds, step.rpe or 0) if step.kind == RUNNING else _BREAK)
    return told


@lru_cache(maxsize=2048)
def _named(pillar: str, key: str, ordinal: int, tags: tuple[str, ...]) -> bytes:
    return _line("SESSION", f"{_word(pillar)}/{_word(key)}#{ordinal}") + _line("TAGS", " ".join(map(_word, tags)) or NOTHING)


@lru_cache(maxsize=2048)
def _line(name: str, value: str) -> bytes:
    return fold(f"X-PLANNER-{name}:{value}".encode())


@lru_cache(maxsize=1024)
def _word(text: str) -> str:
    """Encode free text as one word of letters, digits, `_.-~:` and percent codes; NOTHING if empty."""
    return "%2D" if text == NOTHING else quote(text, safe=":") or NOTHING


def _parts(values: Iterable[object]) -> str:
    """Encode values as the parts of one word, None as NOTHING."""
    return "/".join([NOTHING if value is None else str(value) if type(value) is int else _word(str(value)) for value in values])


def _reading(plan: Plan) -> Iterator[tuple[str, str]]:
    reading, goal = plan.reading, plan.goal
    yield "format", FORMAT
    yield "athlete", _word(plan.athlete_id)
    yield "name", _word(plan.athlete_name)
    yield "timezone", _word(plan.timezone)
    yield "units", plan.units
    yield "start", plan.start.isoformat()
    yield "as-of", plan.as_of.isoformat()
    yield "issued", plan.issued.astimezone(UTC).isoformat().replace("+00:00", "Z")
    yield "template", _word(plan.template)
    yield "measure", reading.measure
    yield "missed", reading.missed
    yield "rolling", reading.rolling
    yield "growth", f"{reading.growth.numerator}/{reading.growth.denominator}"
    yield "explicit-growth", "yes" if reading.explicit_growth else "no"
    yield "gap-days", str(reading.run_gap_days)
    if reading.close_run_s:
        yield "close-run-s", str(reading.close_run_s)
    yield "easy-week-every", str(reading.easy_week_every)
    yield "ladder", "yes" if reading.ladder else "no"
    if plan.ahead_from is not None:
        yield "ahead-from", plan.ahead_from.isoformat()
    latest = () if goal.latest is None else (goal.latest,)
    yield "goal", _parts((goal.minutes, goal.week_m, goal.first_run, goal.every_run, goal.foreseen, *latest))
    for plugin in plan.plugins:
        yield "plugin", _parts((plugin.name, plugin.distribution, plugin.version))
    for week in plan.weeks:
        yield "week", _week(week)


def _week(week: Week) -> str:
    ceilings = (week.ceiling_run_m, week.ceiling_foot_m, week.bound_by, week.done_run_m)
    return _parts((week.number, week.stage, week.decision, *ceilings))


def _past(plan: Plan) -> bytes:
    """Return the past sessions with their status, without notes and cancelled ones; b"" without a log."""
    if plan.ahead_from is None or plan.log is None:
        return b""
    told = [_became(s) for s in plan.sessions if s.date < plan.ahead_from and not s.transparent and s.status != "cancelled"]
    return fold(f"X-PLANNER-PAST:{' '.join(told) or NOTHING}".encode())


def _became(session: Session) -> str:
    named = (session.date, session.pillar, session.key, session.ordinal, session.status)
    return "/".join(
        (_parts(named), TAGS.join(map(_word, session.tags)) or NOTHING, _parts((session.run_s, session.walk_s, session.ceiling_m)))
    )


def _done(done: Done) -> str:
    known = (done.date, done.run_m, done.foot_m, done.longest_m, done.allowed_m)
    return _parts((*known, "estimated" if done.estimated else None))
