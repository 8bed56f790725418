"""Cross-training: two low-impact sessions a week, three in weeks without running, by the athlete's equipment.

Effort is moderate and running's pain rule applies (XT-03, XT-09). Walks use steps of kind `walk`, which the laws count, so their minutes
never grow and all growth on foot is left to the runs.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from attrs import field, frozen

from planner import Group, Pillar, Proposal, Record, Step, Why, about, cached, hookimpl
from planner_pillars.content import content
from planner_pillars.week_history import over_weeks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner import Brief, Session, Week, WeekView

Mode: TypeAlias = Literal["bike", "swim", "deep-water", "elliptical", "row", "walk", "yoga", "pilates"]
KIT: tuple[tuple[Mode, frozenset[str]], ...] = (
    ("bike", frozenset({"bike", "gym"})),
    ("swim", frozenset({"pool"})),
    ("elliptical", frozenset({"elliptical", "gym"})),
    ("deep-water", frozenset({"pool"})),
    ("row", frozenset({"rowing-machine"})),
)
"""Equipment of which each mode needs one piece, first choice first; rowing is last because it bends the knee most."""
WITHOUT_KIT: Mode = "walk"
MODES_A_WEEK = 2
"""How many modes a week alternates between if the athlete names none."""
USUAL, NOT_RUNNING = 2, 3
LEAST_S = 20 * 60
STEADY_RUN_S = 30 * 60
"""Seconds of running without a walk that allow a harder session (XT-04)."""
LAST_WITHOUT_GAP = timedelta(days=7)
"""The longest time from one run to the next, or to a week's first date, that is not yet a restart (law 5)."""
EASY_S = 300


@frozen(kw_only=True, eq=False, repr=False)
class Settings(Record):
    """`[pillars.cross_training]`."""

    sessions_per_week: int | None = field(
        default=None, metadata=about("sessions a week; if not given 2, or 3 in weeks without running", least=0, most=4)
    )
    modes: tuple[Mode, ...] = field(
        default=(),
        metadata=about(
            "what you like, in order: bike, swim, deep-water, elliptical, row, walk, yoga, pilates; if left out, by your equipment"
        ),
    )
    minutes: int = field(default=30, metadata=about("length at the start", unit="min", least=20, most=45))
    add_minutes: int = field(default=5, metadata=about("how much longer each week; walks stay the same", unit="min", least=0, most=10))
    most_minutes: int = field(default=45, metadata=about("length at most, once it has grown", unit="min", least=20, most=45))
    vigorous: bool = field(default=False, metadata=about("one harder session a week, once a run has held 30 minutes without a walk"))
    max_heart_rate: int | None = field(
        default=None, metadata=about("your measured maximum, to show a range beside the effort", unit="beats/min", least=120, most=220)
    )


@hookimpl
def planner_pillar() -> Pillar:
    """Describe the pillar."""
    return Pillar(
        name="cross_training",
        summary="two or three sessions a week without impact, with what you have, at moderate effort and with the same pain rule",
        settings=Settings,
        sources=tuple(f"XT-{n:02d}" for n in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11)),
    )


@hookimpl
def planner_sessions(brief: Brief, week: WeekView, settings: Settings) -> list[Proposal]:
    """The week's sessions, alternating between the athlete's modes; one is harder if the settings ask for it and running is steady."""
    paused = not week.runs or week.stage == "pre-run" or week.decision == "off"
    resting = paused and not week.committed
    given = settings.sessions_per_week
    sessions = given if given is not None else NOT_RUNNING if resting else USUAL
    modes = settings.modes or modes_for(frozenset(brief.athlete.equipment.have))
    turns: list[Mode] = [modes[n % len(modes)] for n in range(sessions)]
    minutes, low = _minutes(week.earlier, settings), brief.athlete.most_pain(brief.as_of) <= 1
    found = []
    if settings.vigorous and not paused and week.decision not in ("hold", "regress") and _steady(week):
        hard: Mode | None = next((mode for mode in turns if _words()["modes"][mode]["hard"]), None)
        if hard is not None:
            turns.remove(hard)
            found.append(_vigorous(hard, low=low))
    if _walks_are_given(week):
        turns = [mode for mode in turns if mode != "walk"]
    for mode in dict.fromkeys(turns):
        length = min(settings.minutes, settings.most_minutes) if mode == "walk" else minutes
        found.append(_steady_session(mode, length, turns.count(mode), settings.max_heart_rate, resting=resting, low=low))
    return found


def _walks_are_given(week: WeekView) -> bool:
    """Whether this is a week of the block before the first run, whose walks the assessment pillar plans.

    More walks could mean an hour a day for an athlete who has not passed the half-hour test (ENT-01).
    """
    return any(limit.of == "week-run-m" and not limit.at_most and "assessment" in limit.by for limit in week.limits.ceilings)


def modes_for(kit: frozenset[str]) -> tuple[Mode, ...]:
    """The modes that a week alternates between with this equipment; brisk walking if no mode has any (XT-02)."""
    found: list[Mode] = [mode for mode, needs in KIT if needs & kit]
    return tuple(found[:MODES_A_WEEK]) or (WITHOUT_KIT,)


def moderate_pulse(maximum: int) -> tuple[int, int]:
    """Lowest and highest heart rate of moderate effort: 64 to 76% of `maximum`, rounded inward (XT-03)."""
    return -(-64 * maximum // 100), 76 * maximum // 100


def _minutes(earlier: tuple[Week, ...], settings: Settings) -> int:
    """Minutes of this week's sessions; they grow with each earlier week that had one and was no hold or step back (XT-05)."""
    return min(settings.minutes + settings.add_minutes * _held(earlier), settings.most_minutes)


def _and_held(weeks: int, week: Week) -> int:
    return weeks + (week.decision not in ("hold", "regress") and any(s.pillar == "cross_training" for s in week.sessions))


_held = over_weeks(_and_held, 0)
"""The fold of weeks into the number that had a session of this pillar and were no hold or step back."""


def _steady(week: WeekView) -> bool:
    """Whether a run has held half an hour without a walk since running last started or restarted after seven dates or more off (XT-04)."""
    steady, last = False, None
    for earlier in week.earlier:
        if earlier.decision == "entry":
            steady = False
        for run in sorted([s for s in earlier.sessions if s.run_s and s.status not in ("missed", "cancelled")], key=lambda s: s.date):
            if last is not None and run.date - last > LAST_WITHOUT_GAP:
                steady = False
            steady, last = steady or _holds_half_an_hour(run), run.date
    return steady and week.decision != "entry" and last is not None and week.first_day - last <= LAST_WITHOUT_GAP


def _holds_half_an_hour(run: Session) -> bool:
    return any([isinstance(step, Step) and step.kind == "run" and step.seconds >= STEADY_RUN_S for step in run.steps])


@cached(1)
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return cast("Mapping[str, Mapping[str, Mapping[str, str]]]", content("cross-training"))


@cached(1)
def _common() -> Mapping[str, str]:
    return cast("Mapping[str, Mapping[str, str]]", content("cross-training"))["common"]


def _pain(*, low: bool) -> str:
    """Running's pain rule, which also applies here (XT-09); `low` if running is only at 0 to 1 (SITE-02)."""
    return _common()["pain_low" if low else "pain"].strip()


@cached(256)
def _steady_session(mode: Mode, minutes: int, times: int, maximum: int | None, *, resting: bool, low: bool) -> Proposal:
    """`times` sessions of `minutes` in one mode; `resting` weeks give their own reason, `low` sets the lower pain limit (SITE-02)."""
    words, common = _words()["modes"][mode], _common()
    walking = mode == "walk"
    lines = [common["effort"], words["details"].strip().format(minutes=minutes)]
    if maximum is not None and words["pulse"] == "yes":
        slowest, fastest = moderate_pulse(maximum)
        lines.append(common["pulse"].format(most=maximum, low=slowest, high=fastest))
    why = [
        Why(limit="content", text=words["why"], source=words["source"]),
        Why(limit="content", text=common["why"], source="XT-01"),
    ]
    why.append(
        Why(limit="content", text=common["off"], source="XT-07") if resting else Why(limit="content", text=common["more"], source="XT-10")
    )
    return Proposal(
        key=mode,
        title=words["title"],
        steps=_walk(words, minutes) if walking else _elastic(words, minutes),
        times_per_week=times,
        tags=("cross-training",),
        importance=(10,),
        can_shrink_to=None if walking else LEAST_S,
        details="\n".join([*lines, *([] if walking else [common["short"]]), _pain(low=low)]),
        why=tuple(why),
    )


def _walk(words: Mapping[str, str], minutes: int) -> tuple[Step, ...]:
    return (
        Step(kind="walk", seconds=minutes * 60 - EASY_S, text=words["steady"], rpe=3),
        Step(kind="walk", seconds=EASY_S, text=words["easy"], rpe=2),
    )


def _elastic(words: Mapping[str, str], minutes: int) -> tuple[Step, ...]:
    """Steps whose first twenty minutes make a session of their own, so that a short day can leave off the rest."""
    kind, effort = words["kind"], 4 if words["hard"] else 3
    easy = Step(kind=kind, seconds=EASY_S, text=words["easy"], rpe=2)
    steady = Step(kind=kind, seconds=LEAST_S - EASY_S, text=words["steady"], rpe=effort)
    rest = minutes * 60 - LEAST_S
    if rest <= EASY_S:
        return (easy, steady, *((Step(kind=kind, seconds=rest, text=words["easy"], rpe=2),) if rest else ()))
    return (easy, steady, Step(kind=kind, seconds=rest - EASY_S, text=_common()["go_on"], rpe=effort), easy)


@cached(16)
def _vigorous(mode: Mode, *, low: bool) -> Proposal:
    """The harder session (XT-04): 4 times 3 minutes at 6 of 10, 35 minutes in all."""
    words, hard = _words()["modes"][mode], cast("Mapping[str, str]", _words()["vigorous"])
    kind = words["kind"]
    intervals = (
        Step(kind=kind, seconds=180, text=words["hard"], rpe=6),
        Step(kind=kind, seconds=120, text=words["easy"], rpe=2),
    )
    return Proposal(
        key=f"{mode}-vigorous",
        title=hard["title"].format(name=words["name"]),
        steps=(
            Step(kind=kind, seconds=480, text=words["easy"], rpe=2),
            Group(repeat=4, steps=intervals),
            Step(kind=kind, seconds=420, text=words["easy"], rpe=2),
        ),
        tags=("cross-training", "vigorous"),
        importance=(10,),
        details="\n".join([hard["details"].strip(), words["details"].strip(), _pain(low=low)]),
        why=(
            Why(limit="content", text=hard["why"], source="XT-04"),
            Why(limit="content", text=words["why"], source=words["source"]),
        ),
    )
