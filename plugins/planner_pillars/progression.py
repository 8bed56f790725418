"""Training progression: the runs. Turns the programme's ladder into each week's elastic run proposals, and says how to read the knee.

How long a run is, is the engine's; this pillar says in how many stretches it is run, who is longest, and what to do when the knee answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from attrs import evolve, field, frozen

from planner import Attachment, Level, Pillar, Proposal, Record, RunProposal, RunShape, Step, Why, _, about, clock, hookimpl, kept, once
from planner_pillars.content import content
from planner_pillars.logged import has_begun
from planner_pillars.past import over_weeks, run_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from planner import Brief, RunView, Session, Template, Week, WeekView
    from planner_pillars.past import Over

FAR_APART = (3, 2)
"""Two levels whose stretches differ by more than this factor get a step between them."""
SHARES = {1: (100,), 2: (100, 92), 3: (100, 96, 92), 4: (100, 96, 94, 92), 5: (100, 97, 95, 93, 92)}
"""How a week's runs stand to each other where the programme does not say. PROG-22 asks for 100/50/75; the laws let no run grow faster than
10%, so a run that starts at half takes seven weeks longer to the goal than the longest: the spread is as wide as the goal's week allows."""
LONG_ENOUGH_S = 24 * 3600
"""A run that has the goal's length climbs on, whatever the levels' own lengths, until it is run without a walk."""
LATELY_WEEKS = 4
"""How far back a level counts as reached."""
Shape: TypeAlias = tuple[int, int | None, int, int | None, bool]
"""One run of a proposal in plain values: its share, stretch and walk in seconds, its level, whether that is new."""
Runs: TypeAlias = "tuple[tuple[tuple[Session, int], ...], ...]"
"""Week by week the runs, each with the rung that it stood on, by its tag `level-N`; commitments stand on none."""


@frozen(kw_only=True, eq=False, repr=False)
class Settings(Record):
    """`[pillars.progression]`."""

    warm_up_minutes: int = field(default=5, metadata=about("walk before each run (WR-01)", unit="min", least=3, most=20))
    cool_down_minutes: int = field(default=5, metadata=about("walk after each run (WR-01)", unit="min", least=3, most=20))
    rest_day_notes: bool = field(default=True, metadata=about("show rest days in the calendar"))


@hookimpl
def planner_pillar() -> Pillar:
    """The pillar of training progression."""
    return Pillar(
        name="progression",
        summary="the runs: walk-run levels, continuous running, the weekly check and rest days",
        settings=Settings,
        sources=("PROG-01", "PROG-05", "PROG-22", "WR-01", "WR-03", "WR-04", "PAIN-01"),
    )


@hookimpl
def planner_runs(brief: Brief, week: WeekView, settings: Settings) -> Iterable[RunProposal]:
    """One proposal with all of the week's runs, the longest first and the only one that may try a new level."""
    ladder = rungs(brief.template)
    shares, rpe = _shares(brief.template, week.room.runs), brief.template.rpe
    minutes = (settings.warm_up_minutes, settings.cool_down_minutes)
    if not ladder:
        return [_proposal(rpe, minutes, tuple([(share, None, 0, None, False) for share in shares]), _("Easy run"))]
    reached = highest_rung(week.earlier)
    aim_s = 60 * (brief.goal.minutes or 24 * 60)
    longest_s = week.room.run_s if week.room.run_s < aim_s else LONG_ENOUGH_S
    top = rung_for(ladder, longest_s, reached, week, brief.template)
    low = top if reached is None or reached >= top or top == len(ladder) - 1 else reached
    is_new = reached is not None and top > reached
    shapes = tuple([_shape(ladder, low if n else top, share, new=is_new and not n) for n, share in enumerate(shares)])
    return [_proposal(rpe, minutes, shapes, _("Walk-run") if ladder[top].walk_s else _("Easy run"))]


def _shape(ladder: tuple[Level, ...], rung: int, share: int, *, new: bool) -> Shape:
    level = ladder[rung]
    return (share, level.run_s if level.walk_s else None, level.walk_s, rung + 1, new)


def _shares(template: Template, runs: int) -> tuple[int, ...]:
    """The runs against each other, longest first."""
    given = template.shares[:runs]
    return given if len(given) == runs else SHARES[max(1, min(runs, 5))]


@once
def rungs(template: Template) -> tuple[Level, ...]:
    """The template's levels, easiest first, with steps between two whose stretches are too far apart, continuous running at the end."""
    found: list[Level] = []
    for level in template.levels:
        while found and level.run_s * FAR_APART[1] > found[-1].run_s * FAR_APART[0]:
            found.append(_between(found[-1], level))
        if not found or level.run_s > found[-1].run_s or (level.run_s == found[-1].run_s and level.walk_s < found[-1].walk_s):
            found.append(level)
    return tuple(found)


def _between(low: Level, high: Level) -> Level:
    """The step above `low` on the way to `high`: a third longer, with the shorter of the two walks that are left."""
    grain = 30 if low.run_s >= 300 else 15
    run_s = min(max(low.run_s + grain, low.run_s * 4 // 3 // grain * grain), high.run_s - 1)
    walk_s = low.walk_s if not high.walk_s else min(low.walk_s, high.walk_s)
    total = (low.total_s + high.total_s) // 2
    return Level(run_s=run_s, walk_s=walk_s, reps=max(1, total // run_s), label="between")


def highest_rung(earlier: tuple[Week, ...]) -> int | None:
    """The highest rung that a run of the last four weeks stood on; None where there was none. Of runs that were missed, by a log, only
    where all were: nobody has reached what was not run.
    """
    lately = [run for runs in _runs(earlier)[-LATELY_WEEKS:] for run in runs]
    return max([rung for session, rung in lately if session.status != "missed"] or [rung for _, rung in lately], default=None)


def _and_runs(past: Runs, week: Week) -> Runs:
    runs = [s for s in week.sessions if s.run_s and "commitment" not in s.tags]
    levels = [(s, [int(tag[6:]) - 1 for tag in s.tags if tag.startswith("level-")]) for s in runs]
    return (*past, tuple([(session, named[0] if named else 0) for session, named in levels]))


_runs: Over[Runs] = over_weeks(_and_runs, ())


def rung_for(ladder: tuple[Level, ...], longest_s: int, reached: int | None, week: WeekView, template: Template) -> int:
    """The rung for the week's longest run of about `longest_s` seconds: what its length is enough for, at most one above what was
    reached, and only after enough clean runs there (WR-03, WR-04).
    """
    too_long = (n for n, level in enumerate(ladder) if level.total_s * 9 > longest_s * 10)
    fitting = max(0, next(too_long, len(ladder)) - 1)
    if reached is None:
        return 0 if week.decision == "entry" else fitting
    if fitting <= reached or week.decision in ("easy", "hold", "regress", "entry"):
        return min(fitting, reached) if week.decision in ("regress", "entry") else reached
    lately = [run for runs in _runs(week.earlier)[-LATELY_WEEKS:] for run in runs]
    clean = sum([rung >= reached and session.status != "missed" for session, rung in lately])
    due = clean + week.room.runs - 1 >= template.clean_sessions
    return reached + 1 if due else reached


@kept(1024)
def _proposal(rpe: int, minutes: tuple[int, int], shapes: tuple[Shape, ...], title: str) -> RunProposal:
    """The week's runs; `minutes` are walked before and after each."""
    words = content("progression")
    return RunProposal(
        key="run",
        title=title,
        runs=tuple(RunShape(share=s, stretch_s=run_s, walk_s=walk_s, level=n, new_level=new) for s, run_s, walk_s, n, new in shapes),
        rpe=rpe,
        warm_up_s=60 * minutes[0],
        cool_down_s=60 * minutes[1],
        importance=(90, 80, 40),
        details=f"{words['easy']}\n{words['pain']}",
        why=(*_whys(words, "easy_why"), *_whys(words, "pain_why")),
    )


def _whys(words: Mapping[str, object], key: str) -> tuple[Why, ...]:
    rows = cast("list[dict[str, str]]", words[key])
    return tuple(Why(limit="content", text=row["text"], source=row["source"]) for row in rows)


@hookimpl
def planner_sessions(brief: Brief, week: WeekView, settings: Settings) -> Iterable[Proposal]:
    """The three doses of each run, the weekly check, and rest days. In a week that has begun a log answers the check.

    Runs that stand anyway say the rule on pain too: nothing else of this pillar is in them.
    """
    proposals = [_doses(run.ordinal, lighter_dose(week, run)) for run in week.runs if run.pillar == "progression"]
    green = "stands_off" if week.committed and _no_running(week) else "stands"
    proposals += [_doses_of_standing(f"{run.pillar}/{run.key}", run.key, green, less_of_it(week, run)) for run in week.committed]
    if any(w.run_s for w in week.earlier):
        proposals.append(_answered(week.first_day, week.decision) if has_begun(brief, week.first_day) else _gate(week.first_day))
    if settings.rest_day_notes:
        proposals.append(_rest_day())
    return proposals


@kept(1024)
def _doses(ordinal: int, last: str) -> Proposal:
    """GREEN today's, AMBER one step lighter written out, RED do not run."""
    return Proposal(
        key=f"doses-{ordinal}",
        title=_("Three doses"),
        steps=(_said("green"), _said("amber", last), _said("red"), _said("by_hand")),
        attach=Attachment(where="after", tag="run", ordinals=(ordinal,)),
        importance=(99,),
        can_drop=False,
    )


@kept(1024)
def _doses_of_standing(name: str, key: str, green: str, less: str) -> Proposal:
    """What a run that stands anyway says: the rule on pain, GREEN as it stands if it may, AMBER how little of it, RED do not run."""
    words = content("progression")
    return Proposal(
        key=f"doses-of-{key}",
        title=_("Three doses"),
        steps=(_said(green), _said("amber", less), _said("red"), _said("by_hand")),
        attach=Attachment(where="after", tag=name),
        importance=(99,),
        can_drop=False,
        details=str(words["pain"]),
        why=_whys(words, "pain_why"),
    )


@kept(1024)
def _said(name: str, dose: str = "") -> Step:
    text = str(content("progression")[name])
    return Step(kind="note", text=text.format(dose=dose) if dose else text)


def lighter_dose(week: WeekView, run: RunView) -> str:
    """One step back from today, written out: the latest earlier run in this run's place that was shorter; never as much as today's.

    Before there was one, half of today's running; in an entry week, a walk.
    """
    for runs in reversed(_runs(week.earlier)):
        for session, _rung in runs:
            if session.ordinal == run.ordinal and session.run_s < run.run_s and session.status != "missed":
                return _written_out(session)
    if week.decision == "entry":
        return _("a brisk walk of 20 minutes, no running")
    half = run.run_s // 2 // 60 * 60 or run.run_s // 2
    return _("half of today's running, {time} in all, with walks as you need them", time=clock(half))


def less_of_it(week: WeekView, run: RunView) -> str:
    """The lighter dose of a run that stands anyway: as much as the latest of the plan's own runs that was shorter.

    Before there was one, half of it, or of what this week allows a run where that is less; in an entry week, or with no running, none.
    """
    if week.decision == "entry" or not week.room.run_s or _no_running(week):
        return _("walk all of it, no running")
    shorter = ([s.run_s for s, _rung in runs if s.run_s < run.run_s and s.status != "missed"] for runs in reversed(_runs(week.earlier)))
    half = min(run.run_s, week.room.run_s) // 2
    most = next((max(found) for found in shorter if found), half // 60 * 60 or half)
    return _("run no more than {time} of it in all, with walks as you need them, and walk the rest", time=clock(most))


def _no_running(week: WeekView) -> bool:
    """Whether some pillar leaves the week no running at all, as the block before the first run does."""
    ceiling = week.limits.ceiling("week-run-m", week.first_day, week.last_day)
    return ceiling is not None and not ceiling.at_most


def _written_out(session: Session) -> str:
    """A run's stretches and walks in one line: `8 x run 1 min with a walk of 1:30 min between, then run 45 s`."""
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


@kept(64)
def _gate(first_day: date) -> Proposal:
    words = content("progression")
    return Proposal(
        key="weekly-check",
        title=_("Weekly check: was last week clean?"),
        note=True,
        on=first_day,
        tags=("check",),
        details=str(words["gate"]),
        why=_whys(words, "gate_why"),
    )


@kept(64)
def _answered(first_day: date, decision: str) -> Proposal:
    """The weekly check as the log answered it."""
    words = cast("Mapping[str, str]", content("progression")["logged"])
    return evolve(_gate(first_day), title=words["title"], details=words["details"].strip().format(what=words[decision]))


@kept(1)
def _rest_day() -> Proposal:
    words = content("progression")
    return Proposal(
        key="rest-day",
        title=_("Rest day"),
        note=True,
        on="rest-day",
        tags=("rest",),
        details=str(words["rest"]),
        why=_whys(words, "rest_why"),
    )
