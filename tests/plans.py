"""A reproducible sample plan of about 150 sessions, built from records alone.

With the same arguments, texts and steps are the same objects from plan to plan, as with pillars that read a catalogue; `renamed` gives a
plan's texts new wording, which no cache knows.
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
GROWTH = Reading(paces=PACES).growth
PAIN_RULE = (
    "Knee, on 0-10, rated without a painkiller: 0 to 2 while running is fine if it is back to where it started within an hour "
    "and no worse tomorrow morning. 3 to 5: walk home, and take the next run one step easier. Above 5, a limp or new swelling: "
    "stop, and leave two days without running. Do not run just to test the knee.\nA flare-up is common on the way back and "
    "rarely means damage: we step back, we do not stop. See a professional if it keeps coming back."
)
WARM_UP = (
    "Leg swings: hold on to a wall, swing one straight leg forward and back like a pendulum, the trunk stays upright. As high as "
    "the knee of the other leg, then a little higher. Feel: the back of the thigh; not the low back.\nWalking lunges: a long "
    "step, both knees bend to about 60 degrees, the front knee over the middle toes. Feel: thigh and buttock; not the kneecap."
)
DISCLAIMER = (
    "This is a planning aid, not a diagnosis or treatment. The 10% limit is a cautious convention; it has not been shown to keep "
    "injuries away.\nAsk a clinician if you are unsure, if it gets worse, or if it is no better by week 6."
)
EXERCISES = (
    ("Side-lying leg lift", 12, "Lie on your side, lower knee bent, top leg in line with the body.", "Lift the top leg, toes forward."),
    ("Clamshell", 15, "Lie on your side, hips at 45 degrees, knees at 90, heels together.", "Open the top knee like a shell."),
    ("Bridge", 10, "Lie on your back, feet flat and hip-wide.", "Lift the hips until shoulder, hip and knee make one line."),
    ("Wall squat to 45°", 10, "Back on the wall, feet half a step in front.", "Slide down until the knees bend about 45 degrees."),
    ("Step-up", 8, "Whole foot on a step of 15 cm.", "Stand up without pushing off below; the knee follows the middle toes."),
    ("Calf raise", 15, "Stand tall, two fingers on the wall.", "Rise on both feet, pause for one count, then lower."),
)
HOW = (
    "Start: {start}\nMove: {move} Pause, then go back slowly; pelvis and back do not move.\nHow far: about two fists, as far as "
    "the pelvis stays still.\nCount: up 1-2, hold 3, down 4-5-6; rest 30 s.\nLoad: your own weight; 2 to 3 good reps left at the "
    "end.\nFeel: in the muscle that works. Not: in the kneecap; the low back.\nThe hip rolls back? Do less, and keep the wall at "
    "your back.\nToo easy? Add a band.\nStop: knee pain above 3 of 10, or a pinch in the hip (PAIN-03, weak evidence)"
)
STRETCHES = ("Quads", "Hamstrings", "Calves", "Hip flexors", "Outer thigh", "Ankles")


def sample_plan(
    *,
    athlete_id: str = "ana",
    start: date = date(2027, 1, 4),
    timezone: str = "Europe/Berlin",
    weeks: int = 12,
    timed: bool = True,
) -> Plan:
    """A plan of `weeks` weeks with 12 to 14 sessions each, growing by the laws; `timed` gives runs and strength an hour of the day."""
    made: list[Week] = []
    sizes = [600, 570, 540]
    for number in range(1, weeks + 1):
        easy = number % 4 == 0
        if number > 1 and not easy:
            sizes = [grown(run_s, GROWTH) // 15 * 15 for run_s in sizes]
        made.append(_week(number, start, sizes, easy=easy, timezone=timezone if timed else ""))
    history = tuple(Done(date=start - timedelta(days=back), run_m=1500, estimated=True) for back in (6, 4, 2))
    message = f"30 minutes in every run would come in week {weeks + 2}."
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
        goal=Goal(minutes=30, first_run=start + timedelta(days=7 * weeks - 2), foreseen=weeks + 2),
        plugins=tuple(Contributor(name=n, distribution="return-to-run", version="0.1.0") for n in ("hip_strength", "progression")),
        history=(evolve(history[0], longest_m=1500), *history[1:]),
        weeks=tuple(made),
        findings=(
            Finding(rule="law-2", severity="warning", message="Seven dates hold 12 m too much.", where="week 3", margin_m=-12),
            Finding(rule="goal", severity="info", message=message, source="PROG-24", by="progression"),
        ),
        disclaimer=DISCLAIMER,
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
        why=tuple(w._replace(text=w.text + words) for w in session.why),
        steps=tuple(s._replace(text=s.text + words) if isinstance(s, Step) else s for s in session.steps),
    )


def _week(number: int, start: date, sizes: list[int], *, easy: bool, timezone: str) -> Week:
    first = start + timedelta(days=7 * (number - 1))
    ceiling = grown(metres_run(sizes[0], PACES.run), GROWTH)
    sessions = []
    for offset, minute, session in _placed(number, sizes, ceiling):
        day = first + timedelta(days=offset)
        sessions.append(evolve(session, week=number, date=day, start=_start(timezone, day, minute, session)))
    run_m, foot_m = sum(s.run_m for s in sessions), sum(s.foot_m for s in sessions)
    return Week(
        number=number,
        start=first,
        stage="ladder",
        decision="easy" if easy else "progress",
        run_s=sum(s.run_s for s in sessions),
        run_m=run_m,
        foot_m=foot_m,
        ceiling_run_m=grown(run_m, GROWTH),
        ceiling_foot_m=None if number == 1 else grown(foot_m, GROWTH),
        bound_by="easy-week" if easy else "weekly",
        sessions=tuple(sorted(sessions, key=lambda s: (s.date, s.start is not None, s.start.timestamp() if s.start else 0, s.id))),
    )


def _start(timezone: str, day: date, minute: int | None, session: Session) -> datetime | None:
    span = local_span(zone(timezone), day, minute, session.duration_s) if timezone and minute is not None else None
    return span[0] if span else None


def _placed(number: int, sizes: list[int], ceiling: int) -> list[tuple[int, int | None, Session]]:
    """Days after the week's first, minute of the day or None, and the session."""
    known = _catalogue()
    runs = [_run(run_s, n, ceiling, number) for n, run_s in enumerate(sizes, 1)]
    placed: list[tuple[int, int | None, Session]] = [(1, 420, runs[1]), (3, 1110, runs[2]), (5, 540, runs[0])]
    placed += [(day, 1140, evolve(known["strength"], ordinal=n)) for n, day in enumerate((0, 2, 4), 1)]
    placed += [(day, None, evolve(known["mobility"], ordinal=n)) for n, day in enumerate((2, 5), 1)]
    placed += [(day, None, evolve(known["bike"], ordinal=n)) for n, day in enumerate((0, 4), 1)]
    placed += [(6, None, known["rest"]), (6, None, known["gate"])]
    placed += [(0, None, known["shoes"])] if number % 4 == 1 else []
    placed += [(6, None, known["check-in"])] if number in (1, 4, 8, 12) else []
    return placed


@lru_cache(maxsize=512)
def _run(run_s: int, ordinal: int, ceiling: int, number: int) -> Session:
    stretch = min(run_s, 60 * number)
    full, rest = divmod(run_s, stretch)
    run, walk = (Step(kind="run", seconds=stretch, text="run easily", rpe=4), Step(kind="walk", seconds=90, text="walk briskly"))
    steps: Steps = (
        Step(kind="warm-up", seconds=300, text="walk briskly"),
        Step(kind="warm-up", seconds=90, text="leg swings", reps=12, side="each"),
        Step(kind="warm-up", seconds=90, text="walking lunges", sets=2, reps=8),
        Group(repeat=full, steps=(run, walk)),
        *((run._replace(seconds=rest),) if rest else ()),
        Step(kind="cool-down", seconds=300, text="walk"),
    )
    run_m, dose = metres_run(run_s, PACES.run), f"{stretch // 60} min"
    return evolve(
        _BLANK,
        pillar="progression",
        key="run",
        ordinal=ordinal,
        duration_s=seconds_of(steps),
        title=f"Walk-run, {full} x {dose}",
        steps=steps,
        tags=("run", "level-1"),
        run_s=run_s,
        walk_s=90 * full,
        run_m=run_m,
        foot_m=run_m + metres_run(90 * full, PACES.walk),
        ceiling_m=ceiling,
        bound_by="session",
        details=f"GREEN: today's dose. AMBER: {max(1, full - 1)} x {dose}. RED: do not run.\n\n{PAIN_RULE}\n\n{WARM_UP}",
        why=(
            Why(limit="session", text=f"{ceiling} m at most: a tenth over the longest run of 30 days", source="PROG-05"),
            Why(limit="content", text="effort stays easy while the knee settles (expert practice)", source="PROG-23"),
        ),
    )


_BLANK = Session(week=1, pillar="x", key="x", ordinal=1, date=date(2027, 1, 4), start=None, duration_s=0, title="", steps=(), tags=())


def _note(pillar: str, key: str, title: str, steps: Steps = (), **more: object) -> Session:
    """A session of the catalogue; `more` are its other fields."""
    why = (Why(limit="content", text="this has its place beside running; the evidence for it is weak", source="SCHED-02"),)
    made = evolve(_BLANK, pillar=pillar, key=key, title=title, steps=steps, duration_s=seconds_of(steps), why=why)
    return evolve(made, transparent=not seconds_of(steps), **more)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _catalogue() -> dict[str, Session]:
    """Everything but runs."""
    strength = tuple(Step(kind="exercise", seconds=240, text=name, sets=3, reps=reps, side="each", rpe=6) for name, reps, *_ in EXERCISES)
    how = "\n\n".join(f"{name}\n{HOW.format(start=start, move=move)}" for name, _, start, move in EXERCISES)
    pulls = tuple(Step(kind="stretch", seconds=60, text=f"{name} stretch", side="each") for name in STRETCHES)
    roll = Step(kind="roll", seconds=120, text="Outer thigh on the roller, slowly")
    slowly = "\n".join(f"{name}: ease in until it pulls, hold for 30 s, breathe; never into pain, never bouncing." for name in STRETCHES)
    ride = (Step(kind="ride", seconds=1800, text="ride steadily on the flat, light gear", rpe=3),)
    saddle = "Saddle high enough: heel on the pedal at its lowest point, the leg is just straight; a low saddle bends the knee more."
    gate = "Clean means: never above 2 of 10 while running, settled in an hour, no worse next morning.\nNot clean? Repeat the week."
    rest = (Step(kind="note", text="No run, no strength, no cross-training; an easy walk is fine."),)
    return {
        "strength": _note("hip_strength", "stage-1", "Hip and knee strength", strength, tags=("strength",), details=how),
        "mobility": _note("mobility", "stretch", "Stretch and roll", (Group(repeat=2, steps=pulls), roll), details=slowly),
        "bike": _note("cross_training", "bike", "Bike, easy", ride, tags=("cross-training",), details=f"{saddle}\n\n{PAIN_RULE}"),
        "rest": _note("progression", "rest", "Rest day", rest, tags=("rest",), details="Rest is when training takes hold."),
        "gate": _note("progression", "gate", "Was last week clean?", details=gate),
        "shoes": _note("footwear", "inspect", "Look at your shoes", details="Sole worn, heel soft? Blue: 380 of 640 km."),
        "check-in": _note("assessment", "check-in", "How is the knee?", details="Worst pain of the week, 0-10; stairs; sitting."),
    }
