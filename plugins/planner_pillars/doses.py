"""The three doses in each run, by how the knee is: GREEN today's, AMBER a lighter one, RED no running (PAIN-01 to PAIN-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from planner import Attachment, Proposal, Step, Why, _, cached, clock
from planner_pillars.content import content
from planner_pillars.week_history import run_of, runs_of_weeks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner import RunView, Session, WeekView


def doses_of(week: WeekView, most: int) -> list[Proposal]:
    """The three doses for each of the week's runs, commitments included; `most` is the highest pain that is acceptable."""
    proposals = [_doses_of_run(most, run.ordinal, lighter_dose(week, run)) for run in week.runs if run.pillar == "progression"]
    green = "stands_off" if week.committed and _no_running(week) else "stands"
    proposals += [_doses_of_standing(most, f"{run.pillar}/{run.key}", run.key, green, less_of_it(week, run)) for run in week.committed]
    return proposals


def told(name: str, most: int, dose: str = "") -> str:
    """A text of `content/progression.toml` with the pain limit (PAIN-01, SITE-02) and, if it names one, the dose filled in."""
    return str(content("progression")[name]).format(most=most, over=most + 1, dose=dose)


def whys(words: Mapping[str, object], key: str) -> tuple[Why, ...]:
    """The reasons under `key` of a content table."""
    rows = cast("list[dict[str, str]]", words[key])
    return tuple(Why(limit="content", text=row["text"], source=row["source"]) for row in rows)


@cached(1024)
def _doses_of_run(most: int, ordinal: int, last: str) -> Proposal:
    """The three doses of a run: GREEN today's, AMBER the lighter one (`last`) in words, RED do not run."""
    return Proposal(
        key=f"doses-{ordinal}",
        title=_("Three doses"),
        steps=_notes(most, "green", last),
        attach=Attachment(where="after", tag="run", ordinals=(ordinal,)),
        importance=(99,),
        can_drop=False,
    )


@cached(1024)
def _doses_of_standing(most: int, name: str, key: str, green: str, less: str) -> Proposal:
    """The three doses of a commitment, with the pain rule: GREEN by the text `green`, AMBER how much of it to run, RED do not run."""
    return Proposal(
        key=f"doses-of-{key}",
        title=_("Three doses"),
        steps=_notes(most, green, less),
        attach=Attachment(where="after", tag=name),
        importance=(99,),
        can_drop=False,
        details=told("pain", most),
        why=whys(content("progression"), "pain_why"),
    )


@cached(1024)
def _notes(most: int, green: str, dose: str) -> tuple[Step, ...]:
    return tuple([Step(kind="note", text=told(name, most, dose)) for name in (green, "amber", "red", "by_hand")])


def lighter_dose(week: WeekView, run: RunView) -> str:
    """The AMBER dose in words: the latest earlier run of the same ordinal with less running and no longer stretch.

    Without such a run it is half of today's running or, in an entry week, a walk.
    """
    for runs in reversed(runs_of_weeks(week.earlier)):
        for session, _rung in runs:
            if session.ordinal == run.ordinal and session.status != "missed" and _lighter(session, run):
                return _written_out(session)
    if week.decision == "entry":
        return _("a brisk walk of 20 minutes, no running")
    half = run.run_s // 2 // 60 * 60 or run.run_s // 2
    if half > run.longest_stretch_s:
        return _("half of today's running, {time} in all, in stretches no longer than today's", time=clock(half))
    return _("half of today's running, {time} in all, with walks as you need them", time=clock(half))


def _lighter(session: Session, run: RunView) -> bool:
    """Whether an earlier run has less running than `run` and no longer stretch."""
    return session.run_s < run.run_s and run_of(session).stretch_s <= run.longest_stretch_s


def less_of_it(week: WeekView, run: RunView) -> str:
    """The AMBER dose of a commitment: at most as much running as the longest shorter run of the latest week that has one.

    Without such a run it is half of the smaller of the commitment and the week's longest permitted run; none in an entry week or a week
    without running.
    """
    if week.decision == "entry" or not week.room.run_s or _no_running(week):
        return _("walk all of it, no running")
    shorter = (
        [s.run_s for s, _rung in runs if s.run_s < run.run_s and s.status != "missed"] for runs in reversed(runs_of_weeks(week.earlier))
    )
    half = min(run.run_s, week.room.run_s) // 2
    most = next((max(found) for found in shorter if found), half // 60 * 60 or half)
    return _("run no more than {time} of it in all, with walks as you need them, and walk the rest", time=clock(most))


def _no_running(week: WeekView) -> bool:
    """Whether a pillar's ceiling forbids all running in the week, as in the block before the first run."""
    ceiling = week.limits.ceiling("week-run-m", week.first_day, week.last_day)
    return ceiling is not None and not ceiling.at_most


def _written_out(session: Session) -> str:
    """A run's stretches and walks on one line: `8 x run 1 min with a walk of 1:30 min between, then run 45 s`."""
    if not session.walk_s:
        return _("run {time} without a walk", time=clock(session.run_s))
    run = run_of(session)
    stretch, walk = run.stretch_s, run.walk_s
    full, rest = divmod(session.run_s, stretch)
    facts = {"n": full, "time": clock(stretch), "walk": clock(walk), "rest": clock(rest)}
    if full == 1:
        return _("run {time}, walk {walk}, then run {rest}", **facts) if rest else _("run {time}, walk {walk}", **facts)
    if rest:
        return _("{n} x run {time} with a walk of {walk} between, then run {rest}", **facts)
    return _("{n} x run {time} with a walk of {walk} between", **facts)
