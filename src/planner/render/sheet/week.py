"""One page of the printed sheet: a week with a box to tick for each session, and under it once what several sessions of it share."""

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
"""By pillar and key the lines that all its sessions of a week have, in their order."""
WORTH_SHARING = 4
"""Of sessions that differ, fewer lines than these stay at their days: nobody likes to look in two places for one line."""
NOTHING: dict[str, Data] = {"box": "none", "time": "", "title": "", "more": "", "lines": [], "load": "", "knee": False}
"""A line of a day that is no session."""
COLUMN = 62
"""About how many letters a column of half the page holds."""


class Block(NamedTuple):
    """What the sessions of a pillar and key share: their names, their days, their lines."""

    title: str
    days: str
    lines: tuple[str | None, ...]

    @property
    def height(self) -> int:
        """About how many lines it takes in a column."""
        return _height(self.title + self.days) + sum(map(_height, self.lines))

    def data(self, first: int, past: int) -> dict[str, Data]:
        """The lines from `first` to before `past`; the title only above the first."""
        return {"title": "" if first else self.title, "days": self.days, "lines": list(self.lines[first:past])}


def week_page(plan: Plan, week: Week, *, private: bool) -> dict[str, Data]:
    """A week's page as data; the boxes for how the knee felt are left out of a sheet for others."""
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
    """How far the week goes, how far it might, and how far it went."""
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
    """What two sessions or more of a pillar and key all say, as often and in the same order.

    Running and walking stay together: where they differ from day to day, all of them stand at the day.
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
    """The lines of what is run and walked."""
    return step_lines(tuple(step for step in session.steps if isinstance(step, Group) or step.kind in (RUNNING, WALKING)))


def _blocks(week: Week, shared: Mapping[tuple[str, str], tuple[str, ...]]) -> list[Block]:
    """What sessions share, each under their names; `None` among the lines is where the day's own part belongs."""
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
    """The blocks in two columns of about one height; one that stands in both goes on without its title in the second."""
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
    """About how many lines a line takes in a column."""
    return 1 + len(line or "") // COLUMN


def _beginning(titles: list[str]) -> str:
    """The words that titles have in common at their start; all of them where there are none."""
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
    """Whether it is a note that says no more than its title: several of a day share a line."""
    return session.transparent and not session.steps and not session.start


def _session(plan: Plan, session: Session, shared: Shared, *, private: bool) -> dict[str, Data]:
    """A session: what box it has, its hour and name, what to do that its fellows do not, and for a run how far and how the knee felt."""
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
