"""A sample plan of about 150 sessions, built from the records alone, the same each time.

`words` is put into every text: another value makes a plan whose texts nobody has seen before. With the same `words` the texts and
steps are the same objects from plan to plan, as pillars that read a catalogue give them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from attrs import evolve

from planner.findings import Finding
from planner.model import Contributor, Done, Goal, Paces, Plan, Reading, Session, Week, Why
from planner.quantities import grown, metres_run
from planner.steps import Group, Step, Steps, seconds_of
from planner.zones import local_span, zone

PACES = Paces(run=400, walk=630)
PLAN_GROWTH = Reading(paces=PACES).growth
PAIN_RULE = (
    "Pain while running of 0 to 2 out of 10 is fine, if it is back to where it started within an hour and no worse the next "
    "morning. At 3 to 5, walk home and make the next run one step easier. Above 5, or with a limp or new swelling: stop, and "
    "leave two days without running. Rate it without painkillers."
)
DISCLAIMER = (
    "This is a planning aid, not a diagnosis or treatment. The 10% limit is a cautious convention; it has not been shown to keep "
    "injuries away.\nAsk a clinician if you are unsure, if it gets worse, or if it is no better by week 6."
)
EXERCISES = (
    ("Side-lying leg lift", 3, 12, "Lie on your side, lower knee bent; lift the top leg straight up to about 30 degrees, toes forward."),
    ("Clamshell", 3, 15, "Lie on your side, knees bent; open the top knee like a shell, heels together; the pelvis stays still."),
    ("Bridge", 3, 10, "On your back, feet hip-wide; lift the hips until shoulder, hip and knee make one line; lower in three counts."),
    ("Wall squat to 45°", 3, 10, "Back on the wall, slide down until the knees bend about 45 degrees; knees point over the toes."),
    ("Step-up", 3, 8, "Whole foot on a 15 cm step; stand up without pushing off below; lower slowly, counting to three."),
    ("Calf raise", 2, 15, "Hold on lightly; rise on both feet, pause for one count, lower for three; later on one leg."),
)
STRETCHES = ("Quads", "Hamstrings", "Calves", "Hip flexors", "Outer thigh", "Ankles")


def sample_plan(
    *,
    athlete_id: str = "ana",
    start: date = date(2027, 1, 4),
    timezone: str = "Europe/Berlin",
    weeks: int = 12,
    words: str = "",
    timed: bool = True,
) -> Plan:
    """A plan of `weeks` weeks with 12 to 14 sessions each; `timed` gives runs and strength an hour of the day."""
    made: list[Week] = []
    run_s = 600
    for number in range(1, weeks + 1):
        easy = number % 4 == 0
        if number > 1 and not easy:
            run_s = grown(run_s, PLAN_GROWTH) // 15 * 15
        made.append(_week(number, start, run_s, easy=easy, timezone=timezone if timed else "", words=words))
    history = tuple(Done(date=start - timedelta(days=back), run_m=1500, foot_m=2200, estimated=True) for back in (6, 4, 2))
    last = start + timedelta(days=7 * weeks - 2)
    return Plan(
        athlete_id=athlete_id,
        athlete_name=athlete_id.title(),
        timezone=timezone,
        units="km",
        start=start,
        as_of=start - timedelta(days=2),
        issued=datetime(start.year, start.month, 2, 9, tzinfo=UTC),
        template="walk-run",
        reading=Reading(paces=PACES),
        goal=Goal(minutes=30, first_run=last, every_run=None, foreseen=weeks + 2),
        plugins=tuple(Contributor(name=n, distribution="return-to-run", version="0.1.0") for n in ("hip_strength", "progression")),
        history=(evolve(history[0], longest_m=1500), *history[1:]),
        weeks=tuple(made),
        findings=(
            Finding(rule="goal", severity="info", message=f"30 minutes in every run would come in week {weeks + 2}{words}.", source="PROG-24"),
            Finding(rule="law-2", severity="warning", message="Seven days hold 12 m more than the rule.", where="week 3", margin_m=-12),
        ),
        disclaimer=DISCLAIMER + words,
    )


def renamed(plan: Plan, words: str) -> Plan:
    """The same plan with texts that are all different, from session to session too."""
    weeks = []
    for week in plan.weeks:
        sessions = tuple(_renamed(s, f" {words}{week.number}.{n}") for n, s in enumerate(week.sessions))
        weeks.append(evolve(week, sessions=sessions))
    return evolve(plan, weeks=tuple(weeks))


def _renamed(session: Session, words: str) -> Session:
    return evolve(
        session,
        title=session.title + words,
        details=session.details + words,
        why=tuple(evolve(w, text=w.text + words) for w in session.why),
        steps=tuple(evolve(s, text=s.text + words) if isinstance(s, Step) else s for s in session.steps),
    )


def _week(number: int, start: date, run_s: int, *, easy: bool, timezone: str, words: str) -> Week:
    first = start + timedelta(days=7 * (number - 1))
    ceiling = grown(metres_run(run_s, PACES.run), PLAN_GROWTH)
    sessions = [
        evolve(session, week=number, date=first + timedelta(days=day), start=_start(timezone, first + timedelta(days=day), minute, session))
        for day, minute, session in _placed(number, run_s, ceiling, words)
    ]
    runs = [s for s in sessions if s.run_s]
    run_m = sum(s.run_m for s in runs)
    return Week(
        number=number,
        start=first,
        stage="ladder",
        decision="easy" if easy else "entry" if number == 1 else "progress",
        run_s=sum(s.run_s for s in runs),
        run_m=run_m,
        foot_m=sum(s.foot_m for s in runs),
        ceiling_run_m=grown(run_m, PLAN_GROWTH),
        ceiling_foot_m=None if number == 1 else grown(sum(s.foot_m for s in runs), PLAN_GROWTH),
        bound_by="easy-week" if easy else "weekly",
        sessions=tuple(sorted(sessions, key=lambda s: (s.date, s.start is not None, s.start.timestamp() if s.start else 0, s.id))),
    )


def _start(timezone: str, day: date, minute: int | None, session: Session) -> datetime | None:
    if not timezone or minute is None:
        return None
    span = local_span(zone(timezone), day, minute, session.duration_s)
    return span[0] if span else None


def _placed(number: int, run_s: int, ceiling: int, words: str) -> list[tuple[int, int | None, Session]]:
    """Weekday from the week's first, minute of the day or None, and the session."""
    known = _catalogue(words)
    runs = [_run(run_s - 30 * (n - 1), n, ceiling, number, words) for n in (1, 2, 3)]
    placed: list[tuple[int, int | None, Session]] = [(1, 420, runs[1]), (3, 1110, runs[2]), (5, 540, runs[0])]
    placed += [(day, 1140, evolve(known["strength"], ordinal=n)) for n, day in enumerate((0, 2, 4), 1)]
    placed += [(day, None, evolve(known["mobility"], ordinal=n)) for n, day in enumerate((2, 5), 1)]
    placed += [(day, None, evolve(known["bike"], ordinal=n)) for n, day in enumerate((0, 4), 1)]
    placed += [(6, None, known["rest"]), (6, None, known["gate"])]
    if number % 4 == 1:
        placed.append((0, None, known["shoes"]))
    if number in (1, 4, 8, 12):
        placed.append((6, None, known["check-in"]))
    return placed


@lru_cache(maxsize=512)
def _run(run_s: int, ordinal: int, ceiling: int, number: int, words: str) -> Session:
    stretch = min(run_s, 60 * number)
    full, rest = divmod(run_s, stretch)
    steps: list[Step | Group] = [Step(kind="warm-up", seconds=300, text=f"walk briskly{words}")]
    steps.append(Step(kind="warm-up", seconds=90, text="leg swings", reps=12, side="each"))
    steps.append(Step(kind="warm-up", seconds=90, text="walking lunges", sets=2, reps=8))
    run = Step(kind="run", seconds=stretch, text="run easily", rpe=4)
    steps.append(Group(repeat=full, steps=(run, Step(kind="walk", seconds=90, text="walk briskly"))))
    if rest:
        steps.append(Step(kind="run", seconds=rest, text="run easily", rpe=4))
    steps.append(Step(kind="cool-down", seconds=300, text="walk"))
    run_m, walk_s = metres_run(run_s, PACES.run), 90 * full
    return Session(
        week=1,
        pillar="progression",
        key="run",
        ordinal=ordinal,
        date=date.min,
        start=None,
        duration_s=seconds_of(tuple(steps)),
        title=f"Run: {full} x {stretch // 60} min{words}",
        steps=tuple(steps),
        tags=("run", "easy"),
        run_s=run_s,
        walk_s=walk_s,
        run_m=run_m,
        foot_m=run_m + metres_run(walk_s, PACES.walk),
        ceiling_m=ceiling,
        bound_by="session",
        details=f"GREEN: today's dose. AMBER: {max(1, full - 1)} x {stretch // 60} min. RED: do not run.\n\n{PAIN_RULE}{words}",
        why=(
            Why(limit="session", text=f"No more than a tenth over the longest run of the last 30 days{words}.", source="PROG-05"),
            Why(limit="content", text="Easy effort: you can talk in whole sentences.", source="PROG-23"),
        ),
    )


@lru_cache(maxsize=8)
def _catalogue(words: str) -> dict[str, Session]:
    """Everything but runs, once for each `words`."""
    strength: Steps = tuple(
        Step(kind="exercise", seconds=240, text=name + words, sets=sets, reps=reps, side="each", rpe=6) for name, sets, reps, _ in EXERCISES
    )
    how = "\n".join(f"{name}: {text}" for name, _, _, text in EXERCISES)
    stretches: Steps = (
        Group(repeat=2, steps=tuple(Step(kind="stretch", seconds=60, text=f"{name} stretch{words}", side="each") for name in STRETCHES)),
        Step(kind="roll", seconds=120, text="Outer thigh on the roller, slowly"),
    )
    ride: Steps = (Step(kind="ride", seconds=1800, text="steady ride, light gear", rpe=3),)
    note: Steps = (Step(kind="note", text="No running, no strength, no bike today."),)
    base = Session(
        week=1, pillar="x", key="x", ordinal=1, date=date.min, start=None, duration_s=0, title="", steps=(), tags=(), details=words
    )

    def made(pillar: str, key: str, title: str, steps: Steps, tags: tuple[str, ...], details: str, source: str) -> Session:
        why = (Why(limit="content", text=f"{title} has its place beside running; the evidence is moderate{words}.", source=source),)
        return evolve(
            base,
            pillar=pillar,
            key=key,
            title=title + words,
            steps=steps,
            duration_s=seconds_of(steps),
            tags=tags,
            details=details + words,
            why=why,
            transparent=not seconds_of(steps),
        )

    gate = "Were all of last week's runs clean: 0 to 2 while running, settled in an hour, no worse next morning? If not, repeat the week."
    return {
        "strength": made("hip_strength", "stage-1", "Hip and knee strength", strength, ("strength",), how, "STR-02"),
        "mobility": made("mobility", "stretch", "Stretch and roll", stretches, ("mobility",), "Gently, never into pain.", "MOB-03"),
        "bike": made("cross_training", "bike", "Bike, easy", ride, ("cross-training",), "Saddle high enough: knee almost straight.", "XT-01"),
        "rest": made("progression", "rest", "Rest day", note, ("rest",), "Rest is part of the plan.", "SCHED-02"),
        "gate": made("progression", "gate", "Weekly check", (), ("gate",), gate, "WR-04"),
        "shoes": made("footwear", "inspect", "Look at your shoes", (), ("note",), "Sole worn through, heel soft? Blue: 380 of 640 km.", "SHOE-01"),
        "check-in": made("assessment", "check-in", "How is the knee?", (), ("note",), "Worst pain this week, 0 to 10. Stairs, sitting.", "OUT-01"),
    }
