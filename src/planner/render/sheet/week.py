"""One page of the printed sheet: a week with a checkbox per session; lines that several sessions share are printed once, below."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from planner.language import _
from planner.quantities import clock, distance
from planner.render.done import own_days, session_done_m, week_done_m
from planner.render.sheet.front import bar
from planner.render.words import bound_words, day_words, load_line, step_lines, week_words
from planner.steps import RUNNING, WALKING, Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from planner.model import Plan, Session, Week
    from planner.render.sheet.typeset import Data

Shared = dict[tuple[str, str], tuple[str, ...]]
"""By pillar and key, the lines that all sessions of a week with that key share, in order."""
WORTH_SHARING = 4
"""If sessions differ, fewer shared lines than this stay with each session: looking in two places for one line is a nuisance."""
NOTHING: dict[str, Data] = {"box": "none", "time": "", "title": "", "more": "", "lines": [], "load": "", "knee": False}
"""Default values for a line of a day that is not a session."""
COLUMN = 62
"""Approximate number of characters in a half-page column."""


class Block(NamedTuple):
    """Shared content of the sessions of a pillar and key: title, days, and lines."""

    title: str
    days: str
    lines: tuple[str | None, ...]

    @property
    def height(self) -> int:
        """Approximate number of lines it takes in a column."""
        return _height(self.title + self.days) + sum(map(_height, self.lines))

    def data(self, first: int, past: int) -> dict[str, Data]:
        """Return lines `first` to `past`, exclusive; with the title only if they start at the first line."""
        return {"title": "" if first else self.title, "days": self.days, "lines": list(self.lines[first:past])}


def week_page(plan: Plan, week: Week, *, private: bool) -> dict[str, Data]:
    """Return a week's page as data; a private sheet has no boxes for knee answers."""
    shared = _shared(week.sessions)
    return {
        "number": week.number,
        "title": _("Week {number} of {weeks}", number=week.number, weeks=len(plan.weeks)),
        "span": _("{first} to {last}", first=day_words(week.start), last=day_words(week.last_day, year=True)),
        "what": week_words(week),
        "load": load_words(plan, week),
        "bar": bar(plan, week),
        "days": [_day(plan, week, week.start + timedelta(days=n), shared, private=private) for n in range(7)],
        "shared": _halves(_blocks(week, shared)),
    }


def load_words(plan: Plan, week: Week) -> str:
    """Describe a week's planned running, its ceiling, and what was done."""
    miles, done = plan.units == "mi", week_done_m(plan, week)
    planned, most = distance(week.run_m, miles=miles), distance(week.ceiling_run_m, miles=miles)
    if not week.run_m:
        told = _("No running in this week.")
    elif not week.bound_by:
        told = _("Running {planned}, at most {most}.", planned=planned, most=most)
    else:
        told = _("Running {planned}, at most {most} (set by {what}).", planned=planned, most=most, what=bound_words(week.bound_by))
    ran = _("Done: {done}.", done=distance(done or 0, miles=miles))
    return f"{told} {ran}" if done else told


def _shared(sessions: Iterable[Session]) -> Shared:
    """Return the lines that all sessions of a pillar and key have in common, equally often and in the same order.

    Running and walking steps stay together: if they differ from day to day, all of them are printed with the day.
    """
    alike: defaultdict[tuple[str, str], list[Session]] = defaultdict(list)
    for session in sessions:
        if not session.transparent:
            alike[session.pillar, session.key].append(session)
    found: Shared = {}
    for name, fellows in alike.items():
        told = [step_lines(session.steps) for session in fellows]
        common = {line for line in told[0] if len({lines.count(line) for lines in told}) == 1}
        doses = [_dose(session) for session in fellows]
        if any(dose != doses[0] for dose in doses):
            common.difference_update(*doses)
        orders = {tuple(line for line in lines if line in common) for lines in told}
        enough = all(len(lines) == len(next(iter(orders))) for lines in told) or len(common) >= WORTH_SHARING
        if len(fellows) > 1 and common and enough and len(orders) == 1:
            found[name] = orders.pop()
    return found


def _dose(session: Session) -> list[str]:
    """Return the lines of the running and walking steps, groups included."""
    return step_lines(tuple(step for step in session.steps if isinstance(step, Group) or step.kind in (RUNNING, WALKING)))


def _blocks(week: Week, shared: Mapping[tuple[str, str], tuple[str, ...]]) -> list[Block]:
    """Return the shared blocks; a `None` line marks where a day's own steps belong."""
    blocks: list[Block] = []
    for (pillar, key), common in shared.items():
        sessions = [s for s in week.sessions if (s.pillar, s.key) == (pillar, key) and not s.transparent]
        lines: list[str | None] = []
        for line in step_lines(sessions[0].steps):
            if line in common:
                lines.append(line)
            elif not lines or lines[-1] is not None:
                lines.append(None)
        titles = list(dict.fromkeys(_one_line(s.title) for s in sessions))
        title = titles[0] if len(titles) == 1 else _beginning(titles)
        days = ", ".join(day_words(s.date).replace(" ", "\xa0") for s in sessions)
        blocks.append(Block(_("{session}, each time", session=title), days, tuple(lines)))
    return blocks


def _halves(blocks: Sequence[Block]) -> list[Data]:
    """Divide the blocks into two columns of similar height; a block that is split continues in the second without its title."""
    half = sum(block.height for block in blocks) // 2
    left: list[Data] = []
    right: list[Data] = []
    for block in blocks:
        room = half - _height(block.title + block.days) if not right else 0
        fits = next((n for n in range(len(block.lines), 0, -1) if sum(map(_height, block.lines[:n])) <= room), 0)
        fits = fits if left or right else max(1, fits)
        if fits:
            left.append(block.data(0, fits))
        if fits < len(block.lines):
            right.append(block.data(fits, len(block.lines)))
        half -= block.height
    return [left, right]


def _height(line: str | None) -> int:
    """Return the approximate number of lines that a text takes in a column."""
    return 1 + len(line or "") // COLUMN


def _beginning(titles: list[str]) -> str:
    """Return the common leading words of the titles, or all titles if there are none."""
    words = [title.split() for title in titles]
    common = []
    for together in zip(*words, strict=False):
        if len(set(together)) > 1:
            break
        common.append(together[0])
    return " ".join(common).rstrip(":,;") or ", ".join(titles)


def _day(plan: Plan, week: Week, day: date, shared: Shared, *, private: bool) -> dict[str, Data]:
    named = [session for session in week.sessions if session.date == day]
    sessions = [_session(plan, session, shared, private=private) for session in named if not _is_reminder(session)]
    reminders = [_one_line(session.title) for session in named if _is_reminder(session)]
    extra = [done for done in own_days(plan, week) if done.date == day]
    for done in extra:
        told = _("A run not planned for this day: {distance}", distance=distance(done.run_m, miles=plan.units == "mi"))
        sessions.append({**NOTHING, "box": "done", "title": told})
    if reminders:
        sessions.append({**NOTHING, "title": " · ".join(reminders)})
    return {"day": day_words(day), "sessions": sessions}


def _is_reminder(session: Session) -> bool:
    """Whether a session is a note with nothing but a title; the reminders of a day share one line."""
    return session.transparent and not session.steps and not session.start


def _session(plan: Plan, session: Session, shared: Shared, *, private: bool) -> dict[str, Data]:
    """Return a session: checkbox, start, title, its own lines, and for a run its load and whether to ask about the knee."""
    miles, ran = plan.units == "mi", session_done_m(plan, session)
    common = () if session.transparent else shared.get((session.pillar, session.key), ())
    more = [clock(session.duration_s // 60 * 60)] if session.duration_s >= 60 else []
    more += [] if session.status == "planned" else [_became(session.status)]
    more += [distance(ran, miles=miles)] if ran else []
    return {
        "box": "none" if session.transparent else session.status,
        "time": f"{session.start:%H:%M}" if session.start else "",
        "title": _one_line(session.title),
        "more": ", ".join(more),
        "lines": [line for line in step_lines(session.steps) if line not in common],
        "load": load_line(session, miles=miles),
        "knee": bool(session.run_s) and session.status == "planned" and not private,
    }


def _became(status: str) -> str:
    return {"done": _("done"), "missed": _("missed"), "cancelled": _("cancelled")}.get(status, status)


def _one_line(text: str) -> str:
    return " ".join(text.split())
