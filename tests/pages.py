"""Plans for tests of pages (the examples, and one whose athlete keeps a log), and a parser for pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from planner.athlete_file import read_athlete
from planner.entry import Entry
from planner.maker import Maker
from planner.model import Done
from planner.render import Options
from planner.render.html import render
from tests.plans import sample_plan

if TYPE_CHECKING:
    from planner.model import Plan

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = ("ana", "ben", "cara", "dan", "eva", "finn", "gita")


@lru_cache(maxsize=16)
def example_plan(name: str, weeks: int = 0) -> Plan:
    """The plan of an example, with so many weeks if any are asked for."""
    athlete = read_athlete(EXAMPLES / f"{name}.toml")
    athlete = evolve(athlete, weeks=weeks or athlete.weeks)
    as_of = date(2027, 1, 10) if name == "ben" else athlete.start
    return Maker.installed().plan(athlete, EXAMPLES, as_of=as_of, issued=datetime(2027, 1, 2, 9, tzinfo=UTC))


@lru_cache(maxsize=1)
def logged_plan() -> Plan:
    """A sample plan on the third day of its third week: a run was missed, one was done on another day, one hurt."""
    plan = sample_plan(weeks=8)
    first, second, *later = plan.weeks
    runs = [session for week in (first, second) for session in week.sessions if session.run_s]
    became = dict(zip([(run.week, run.id) for run in runs], ("done", "missed", "done", "done", "done", "done"), strict=True))
    weeks = [
        evolve(
            week,
            sessions=tuple(evolve(s, status=became.get((s.week, s.id), s.status)) for s in week.sessions),
            done_run_m=week.run_m,
        )
        for week in (first, second)
    ]
    went = [run for run in runs if became[run.week, run.id] == "done"]
    done = [Done(date=run.date, run_m=run.run_m, foot_m=run.foot_m, allowed_m=run.ceiling_m) for run in went]
    done.append(Done(date=plan.start + timedelta(days=4), run_m=1500, allowed_m=1500))
    log = [
        Entry(
            date=run.date,
            session=run.id,
            run_m=run.run_m,
            foot_m=run.foot_m,
            pain_before=0,
            pain_during=4 if n == 3 else n % 3,
            pain_after=0,
            pain_next_morning=None if n == 4 else n % 2,
            limp=n == 3 or None,
            shoes="blue" if n % 2 else "red <old>",
            akps=72 + n if n in (0, 4) else None,
            knee_worst=3 if n == 4 else None,
        )
        for n, run in enumerate(went)
    ]
    return evolve(
        plan,
        weeks=(*weeks, *later),
        history=(*plan.history, *sorted(done, key=lambda one: one.date)),
        log=tuple(log),
        as_of=plan.start + timedelta(days=16),
        ahead_from=plan.start + timedelta(days=16),
    )


class Reader(HTMLParser):
    """What a page holds: its elements with their attributes, and the words that are shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def values(self, name):
        return [attributes[name] for _, attributes in self.elements if name in attributes]

    @property
    def text(self):
        return " ".join("".join(self.words).split())


def page_of(plan):
    return render(plan, Options()).decode()


def read(plan):
    return Reader(page_of(plan))


def flat(text):
    return " ".join(text.split())
