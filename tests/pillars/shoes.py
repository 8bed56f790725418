"""Pairs of shoes, and the footwear pillar's output about them week by week."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve
from helpers import brief, past_week, run, week

from planner.athlete import Running, Shoes
from planner.model import DAY, Session
from planner.steps import RUNNING, Step
from planner_pillars.footwear import Settings, planner_sessions

LONG_MEDIUM_SHORT = (run(1, run_s=2000), run(2, run_s=1500), run(3, run_s=1000))
"""At 6:40 per kilometre: 5, 3.75 and 2.5 km."""


def pair(name="blue", used=0, **changes):
    return Shoes(name=name, used_km=Decimal(used), **changes)


def asked(*shoes, view=None, units="km", **settings):
    """The pillar's answer for an athlete with these pairs."""
    the_brief = brief(shoes=shoes, units=units, running=Running(easy_pace=400, walk_pace=600))
    return planner_sessions(the_brief, view or week(2), Settings(**settings))


def event(pillar, key, on, number=1, **fields):
    plain = {"week": number, "ordinal": 1, "start": None, "duration_s": 0, "title": key, "steps": (), "tags": ()}
    return Session(pillar=pillar, key=key, date=on, **(plain | fields))


def noted(number, p):
    return event("footwear", p.key, p.on, number, title=p.title, details=p.details, why=p.why, transparent=True)


def ran(view, r, notes=()):
    """A run between its walks, with the notes attached to it."""
    around = [Step(kind=kind, seconds=300, text="walk") for kind in ("warm-up", "cool-down")]
    steps = (around[0], *notes, Step(kind=RUNNING, seconds=r.run_s), around[1])
    run_m = 1000 * r.run_s // 400
    on = view.first_day + (2 * r.ordinal - 1) * DAY
    return event(
        "progression", "run", on, view.number, ordinal=r.ordinal, steps=steps, tags=("run",), run_s=r.run_s, run_m=run_m, foot_m=run_m
    )


def lived(view, proposals):
    """A week after placement: its runs and its all-day notes."""
    runs = [ran(view, r, [s for p in proposals if p.attach and r.ordinal in p.attach.ordinals for s in p.steps]) for r in view.runs]
    sessions = (*runs, *(noted(view.number, p) for p in proposals if p.note))
    return evolve(past_week(view.number, sessions=sessions), run_s=sum(r.run_s for r in view.runs))


def season(*shoes, weeks, runs=LONG_MEDIUM_SHORT, units="km", **settings):
    """What the pillar says week by week, each week having seen the ones before."""
    earlier, said = (), []
    for number in range(1, weeks + 1):
        view = week(number, runs=runs, earlier=earlier)
        proposals = asked(*shoes, view=view, units=units, **settings)
        said.append(proposals)
        earlier = (*earlier, lived(view, proposals))
    return said


def notes(said):
    return [(n, p.key, p.on) for n, proposals in enumerate(said, 1) for p in proposals if p.note]


def worn_by(proposals):
    return {p.key: p.attach.ordinals for p in proposals if p.attach}
