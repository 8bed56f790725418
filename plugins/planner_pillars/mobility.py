"""Mobility: a dynamic warm-up in every run, and stretching with foam rolling, by default three times a week (MOB-01 to MOB-09).

The texts claim range of motion and nothing else. Stretching follows runs; what the runs cannot hold gets sessions of its own. Every
move is written out once, in an all-day note when it is first used, so that the events stay short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from attrs import field, frozen

from planner import Attachment, Pillar, Proposal, Record, Step, Why, about, cached, hookimpl, seconds_of
from planner_pillars.content import content
from planner_pillars.exercises import Exercise, exercises, recalled, written_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from planner import Brief, RunView, WeekView

USUAL_HOLD_S, OLDER_HOLD_S, OLDER = 30, 45, 65
"""Seconds of a hold, seconds from age `OLDER` on, and that age (MOB-02)."""
USUAL_HOLDS = 2
"""Holds of each stretch on each side if there is time (MOB-02)."""
MOST_LUNGE_PAIN = 2
LEAST_S = 600
"""The shortest stretching session, ten minutes (MOB-09)."""
WARM_UP_S = 120
MOST_HOLDS, HOLD_TOTAL_S = 4, 60
"""Most holds of a stretch, and the total seconds at which no more are added (MOB-02)."""
ROLLER, ROLL, MARCH = "foam-roller", "roll", "march"


class Means(NamedTuple):
    """What shapes a stretching session: minutes, seconds of a hold, and whether it has foam rolling."""

    minutes: int
    hold_s: int
    rolling: bool


@frozen(kw_only=True, eq=False, repr=False)
class Settings(Record):
    """`[pillars.mobility]`."""

    sessions_per_week: int = field(default=3, metadata=about("stretching sessions a week (MOB-01)", least=2, most=7))
    minutes: int = field(default=12, metadata=about("length of the longest of them (MOB-09)", unit="min", least=10, most=15))
    hold_seconds: int | None = field(
        default=None,
        metadata=about("how long to hold a stretch; if not given 30, or 45 from age 65 (MOB-02)", unit="s", least=10, most=60),
    )
    foam_rolling: bool | None = field(default=None, metadata=about("foam rolling; if not given, when you have a roller (MOB-07)"))
    lunges: bool | None = field(
        default=None,
        metadata=about(
            "lunges and skips in the warm-up; set false when one hurts more than 2 of 10; "
            "if not given, done unless stairs hurt that much (MOB-06)"
        ),
    )


@hookimpl
def planner_pillar() -> Pillar:
    """Describe the pillar."""
    return Pillar(
        name="mobility",
        summary="a dynamic warm-up before every run, stretching and foam rolling 2-3 times a week",
        settings=Settings,
        sources=("MOB-01", "MOB-02", "MOB-03", "MOB-04", "MOB-05", "MOB-06", "MOB-07", "MOB-08", "MOB-09", "SCHED-08"),
    )


@hookimpl
def planner_sessions(brief: Brief, week: WeekView, settings: Settings) -> Iterable[Proposal]:
    """The warm-up of the week's runs, stretching after runs, and sessions for the stretching left over."""
    proposals: list[Proposal] = []
    means = _means(brief, settings)
    if week.runs:
        lunges = _lunges(brief, settings)
        proposals.append(_warm_up(lunges))
        if not any(w.run_s for w in week.earlier):
            proposals.append(_how_to_warm_up(lunges, week.first_day))
    if week.number == 1:
        proposals += _how_to_stretch(means, 0 if week.runs else WARM_UP_S, week.first_day)
    ordinals = followed(week.runs, settings.sessions_per_week)
    if ordinals:
        proposals.append(_after_runs(means, ordinals))
    alone = settings.sessions_per_week - sum(run.ordinal in ordinals for run in week.runs)
    if alone > 0:
        proposals.append(_alone(means, alone))
    return proposals


def followed(runs: Sequence[RunView], times: int) -> tuple[int, ...]:
    """The ordinals of the runs that stretching follows: the shortest, at most `times` of them."""
    chosen = sorted(runs, key=lambda run: (run.run_s, -run.ordinal))[:times]
    return tuple(sorted({run.ordinal for run in chosen}))


@cached(2)
def _warm_up(lunges: bool) -> Proposal:  # noqa: FBT001  (cached by value)
    text, moves = _text("warm_up_text"), _moves(lunges=lunges)
    return Proposal(
        key="warm-up",
        title=text["title"],
        steps=tuple(move.step(sets, move.usual) for move, sets in moves),
        tags=("mobility",),
        importance=(50,),
        attach=Attachment(where="before", tag="run"),
        details="\n".join([text["details" if lunges else "marching"], *(f"- {recalled(move)}" for move, _ in moves)]),
        why=_why("warm_up_why"),
    )


def _moves(*, lunges: bool) -> tuple[tuple[Exercise, int], ...]:
    """The moves of the warm-up with their sets; without lunges marching stands in for them and for the hops of skips (MOB-06)."""
    table = content("mobility")
    out = () if lunges else cast("list[str]", table["march_instead_of"])
    keys = [MARCH if key in out else key for key in cast("list[str]", table["warm_up"])]
    return tuple((exercises()[key], exercises()[key].sets * keys.count(key)) for key in dict.fromkeys(keys))


@cached(64)
def _how_to_warm_up(lunges: bool, on: date) -> Proposal:  # noqa: FBT001  (cached by value)
    moves = _moves(lunges=lunges)
    return _how_to("how-to-warm-up", _text("warm_up_text"), on, (written_out(move, sets) for move, sets in moves))


@cached(64)
def _how_to_stretch(means: Means, taken_s: int, on: date) -> tuple[Proposal, ...]:
    done = [(e, sets, _amount(e, means.hold_s)) for e, sets in stretching(means, taken_s)]
    stretches = [written_out(*each) for each in done if each[0].group != ROLL]
    rolls = [written_out(*each) for each in done if each[0].group == ROLL]
    notes = [_how_to("how-to-stretch", _text("stretching_text"), on, stretches)]
    if rolls:
        notes.append(_how_to("how-to-roll", _text("rolling_text"), on, rolls))
    return tuple(notes)


def _how_to(key: str, text: Mapping[str, str], on: date, written: Iterable[str]) -> Proposal:
    """An all-day note with every move written out."""
    return Proposal(key=key, title=text["how_to"], tags=("mobility",), note=True, on=on, details="\n\n".join(written))


@cached(256)
def _after_runs(means: Means, ordinals: tuple[int, ...]) -> Proposal:
    done = stretching(means)
    return Proposal(
        key="stretching-after-run",
        title=_title(means),
        steps=_steps(done, means.hold_s),
        tags=("mobility",),
        importance=(20,),
        attach=Attachment(where="after", tag="run", ordinals=ordinals),
        details=_in_short(done),
        why=_reasons(rolling=means.rolling),
    )


@cached(256)
def _alone(means: Means, times: int) -> Proposal:
    done = stretching(means, WARM_UP_S)
    warm_up = Step(kind="warm-up", seconds=WARM_UP_S, text=_text("stretching_text")["warm_up"])
    steps = (warm_up, *_steps(done, means.hold_s))
    return Proposal(
        key="stretching",
        title=_title(means),
        steps=steps,
        times_per_week=times,
        tags=("mobility",),
        importance=(20,),
        can_shrink_to=min(LEAST_S, seconds_of(steps)),
        details=_in_short(done),
        why=_reasons(rolling=means.rolling),
    )


@cached(256)
def stretching(means: Means, taken_s: int = 0) -> tuple[tuple[Exercise, int], ...]:
    """The stretches and rolls of a session with their sets, as many as fit its minutes less `taken_s` seconds.

    Short holds are repeated up to four times, to 60 seconds in all (MOB-02).
    """
    table, room = content("mobility"), means.minutes * 60 - taken_s
    sets: dict[str, int] = {}
    for key in (*cast("list[str]", table["first"]), *cast("list[str]", table["second"])):
        exercise = exercises()[key]
        seconds = exercise.seconds(1, _amount(exercise, means.hold_s))
        if seconds <= room and (means.rolling or exercise.group != ROLL):
            sets[key] = sets.get(key, 0) + 1
            room -= seconds
    for key in (*sets, *sets):
        exercise = exercises()[key]
        seconds = exercise.seconds(1, means.hold_s)
        short = sets[key] < MOST_HOLDS and sets[key] * means.hold_s < HOLD_TOTAL_S
        if exercise.group != ROLL and short and sets[key] >= USUAL_HOLDS and seconds <= room:
            sets[key] += 1
            room -= seconds
    rolls_last = sorted(sets, key=lambda key: exercises()[key].group == ROLL)
    return tuple((exercises()[key], sets[key]) for key in rolls_last)


def _amount(exercise: Exercise, hold_s: int) -> int:
    return exercise.usual if exercise.group == ROLL else hold_s


def _steps(done: Iterable[tuple[Exercise, int]], hold_s: int) -> tuple[Step, ...]:
    return tuple(exercise.step(sets, _amount(exercise, hold_s)) for exercise, sets in done)


def _in_short(done: Iterable[tuple[Exercise, int]]) -> str:
    """One reminder line per stretch, and general lines on rolling, which is done alike everywhere."""
    done = tuple(done)
    chosen = [exercise for exercise, _ in done]
    text = _text("stretching_text")
    cut = [text["cut"]] if any([sets < USUAL_HOLDS for exercise, sets in done if exercise.group != ROLL]) else []
    lines = [text["details"], *cut, *(f"- {recalled(e)}" for e in chosen if e.group != ROLL)]
    if any(e.group == ROLL for e in chosen):
        lines += [_text("rolling_text")["details"], _text("rolling_text")["short"]]
    return "\n".join(lines)


def _title(means: Means) -> str:
    return _text("rolling_text" if means.rolling else "stretching_text")["title"]


def _means(brief: Brief, settings: Settings) -> Means:
    athlete = brief.athlete
    older = (athlete.age_on(brief.start) or 0) >= OLDER
    hold = settings.hold_seconds or (OLDER_HOLD_S if older else USUAL_HOLD_S)
    at_hand = ROLLER in athlete.equipment.have or "gym" in athlete.equipment.have
    return Means(settings.minutes, hold, at_hand if settings.foam_rolling is None else settings.foam_rolling)


def _lunges(brief: Brief, settings: Settings) -> bool:
    """Whether the warm-up has lunges: by the setting, else unless pain on stairs is above `MOST_LUNGE_PAIN`."""
    return (brief.athlete.knee.pain_stairs or 0) <= MOST_LUNGE_PAIN if settings.lunges is None else settings.lunges


def _text(name: str) -> Mapping[str, str]:
    return cast("Mapping[str, str]", content("mobility")[name])


@cached(2)
def _reasons(*, rolling: bool) -> tuple[Why, ...]:
    return (*_why("stretching_why"), *(_why("rolling_why") if rolling else ()))


@cached(4)
def _why(name: str) -> tuple[Why, ...]:
    reasons = cast("list[Mapping[str, str]]", content("mobility")[name])
    return tuple(Why(limit="content", text=reason["text"], source=reason["source"]) for reason in reasons)
