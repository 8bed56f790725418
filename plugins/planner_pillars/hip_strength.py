"""Hip and thigh strength: eight weeks in four stages, then upkeep (STR-01 to STR-12, table 5a within the bounds of 4d).

Session keys are places in the week (`strength-1` to `strength-3`), so that each keeps its weekday; halves A and B alternate across all
sessions. With strength in the log, the log decides whether the next stage begins; without, the sessions tell the athlete how to decide.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from attrs import field, frozen

from planner import (
    Limit,
    Pillar,
    Proposal,
    Record,
    Spacing,
    Step,
    Unavailable,
    Why,
    _,
    about,
    cached,
    hookimpl,
    memo,
    seconds_of,
)
from planner_pillars.content import content
from planner_pillars.exercises import written_out
from planner_pillars.log_weeks import has_begun
from planner_pillars.stages import STAGE_WEEKS, UPKEEP, Said, after, begins, drawn_from, flares_within, said, stage_of
from planner_pillars.strength_doses import HALVES, WARM_UP_S, Half, Means, Work, works
from planner_pillars.strength_log import NAME, closed_dates, findings, told_from
from planner_pillars.week_history import over_weeks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from planner import Brief, Finding, WeekView
    from planner_pillars.stages import Stand
    from planner_pillars.week_history import Over

Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
BLOCK_WEEKS = UPKEEP - 1
MOST_PAIN = 3
"""Pain above which loaded thigh exercises wait (STR-02)."""
IMPORTANCE = (70, 60, 30)
_GYM = frozenset({"band", "step", "dumbbells", "mat", "foam-roller"})


class Slot(NamedTuple):
    """A session's place in its week (from 1), the number of sessions, and the weekday on which the week starts (0 is Monday)."""

    place: int
    times: int
    start: int


@frozen(kw_only=True, eq=False, repr=False)
class Settings(Record):
    """`[pillars.hip_strength]`."""

    sessions_per_week: int = field(default=3, metadata=about("sessions a week during the eight weeks (STR-03)", least=2, most=3))
    upkeep_per_week: int = field(default=2, metadata=about("sessions a week after those (STR-03)", least=1, most=2))
    minutes: int = field(default=30, metadata=about("length of the longest session (4d)", unit="min", least=15, most=30))
    first_week: int = field(
        default=1,
        metadata=about("week of the strength block that the plan begins with, 9 for upkeep at once", least=1, most=UPKEEP),
    )


@hookimpl
def planner_pillar() -> Pillar:
    """Describe the pillar."""
    return Pillar(
        name=NAME,
        summary="hip and thigh strength in four stages, 3 a week for 8 weeks, then 2",
        settings=Settings,
        sources=("STR-01", "STR-02", "STR-03", "STR-04", "STR-05", "STR-08", "STR-10", "STR-11", "STR-12", "PAIN-03", "SCHED-03"),
    )


@hookimpl
def planner_limits(brief: Brief) -> Iterator[Limit]:
    """Strength sessions at least two days apart (SCHED-03), and none for seven dates after three sore mornings in a row (STR-10)."""
    why = _("the same muscles get 48 hours between strength sessions")
    yield Spacing(after="strength", before="strength", days=2, why=why, source="SCHED-03")
    if closed := closed_dates(brief):
        why = _("after three sore mornings in a row there is no strength for seven days")
        yield Unavailable(dates=closed, tag="strength", why=why, source="STR-10")


@hookimpl
def planner_screening(brief: Brief) -> list[Finding]:
    """A warning while strength pauses after three sore mornings, and a referral if they go on after that (STR-10)."""
    return list(findings(brief))


@hookimpl
def planner_sessions(brief: Brief, week: WeekView, settings: Settings) -> Iterable[Proposal]:
    """The week's strength sessions, also in weeks without running.

    After a week without strength (away, no room) the stage starts again (5a). If the log has no row about strength, the athlete decides at
    the gates, as without a log.
    """
    athlete = brief.athlete
    worst = _worst_of_knee(brief)
    hurts = worst is not None and worst > MOST_PAIN
    stays = hurts and settings.first_week <= STAGE_WEEKS
    means = Means(_kit(athlete.equipment.have), settings.minutes, hurts or worst is None, athlete.most_pain(brief.as_of) + 1, stays)
    if told_from(brief) is not None:
        return _by_log(brief, week, settings, means)
    drawn = drawn_from(settings.first_week)(week.earlier)
    number = min(drawn.number, STAGE_WEEKS) if stays else drawn.number
    by_plan = Said(drawn.lines if number == drawn.number else (), logged=brief.log is not None)
    return [
        _session(number, HALVES[(drawn.sessions + slot.place - 1) % 2], slot, means, by_plan) for slot in _slots(number, week, settings)
    ]


def _slots(number: int, week: WeekView, settings: Settings) -> list[Slot]:
    times = settings.sessions_per_week if number <= BLOCK_WEEKS else settings.upkeep_per_week
    return [Slot(place, times, week.first_day.weekday()) for place in range(1, times + 1)]


def _by_log(brief: Brief, week: WeekView, settings: Settings, means: Means) -> list[Proposal]:
    """The week's sessions if the log has rows about strength; none in a week that a pause closes."""
    if all(week.first_day + timedelta(days=day) in closed_dates(brief) for day in range(7)):
        return []
    stand = _stands(brief)(settings.first_week)(week.earlier)
    if means.stays and stand.number > STAGE_WEEKS:
        stand = stand._replace(number=STAGE_WEEKS, entered="stays", again=False)
    slots = _slots(stand.number, week, settings)
    flares = flares_within(stand, brief, week.first_day, [_key(slot) for slot in slots])
    begun = has_begun(brief, week.first_day)
    return [
        _session(stand.number, HALVES[(stand.sessions + slot.place - 1) % 2], slot, means, said(stand, flare, begun=begun))
        for slot, flare in zip(slots, flares, strict=True)
    ]


@memo
def _stands(brief: Brief) -> Callable[[int], Over[Stand]]:
    """The fold of weeks into where the log leaves the athlete, by the week of the block that the plan began with."""

    @lru_cache(maxsize=UPKEEP)
    def from_week(first: int) -> Over[Stand]:
        return over_weeks(lambda stand, week: after(stand, week, brief), begins(first))

    return from_week


def _key(slot: Slot) -> str:
    return f"strength-{slot.place}"


@cached(1024)
def _session(number: int, half: Half, slot: Slot, means: Means, told: Said) -> Proposal:
    text, stage = _text(), stage_of(number)
    done = works(number, half, means)
    notes = [text["first_look"].format(before=stage - 1)] if stage > 1 and told.asks else []
    done = tuple((exercise, max(1, sets - told.less), amount) for exercise, sets, amount in done)
    warm_up = Step(kind="warm-up", seconds=WARM_UP_S, text=text["gentle_warm_up" if means.gentle and stage == 1 else "warm_up"])
    look = tuple(Step(kind="note", text=note) for note in (*notes, *told.notes))
    steps = (*look, warm_up, *(exercise.step(sets, amount) for exercise, sets, amount in done))
    new_stage = number in range(STAGE_WEEKS + 1, UPKEEP, STAGE_WEEKS) and slot.place <= 2
    return Proposal(
        key=_key(slot),
        title=_("{title} upkeep {half}", title=text["title"], half=half) if number == UPKEEP else f"{text['title']} {stage}{half}",
        steps=steps,
        tags=("strength", "new-stage") if new_stage else ("strength",),
        prefers=_days_for(slot),
        importance=(IMPORTANCE[slot.place - 1],),
        can_shrink_to=seconds_of(steps[: len(look) + 3]),
        details=_details(number, half, done, means, _logged(told, slot, done), told),
        why=_why(stage),
    )


def _logged(told: Said, slot: Slot, done: tuple[Work, ...]) -> tuple[str, ...]:
    """Lines on what was decided and, if a log is kept, on what to log."""
    if not told.logged:
        return told.lines
    words = cast("Mapping[str, str]", content("strength")["logged"])["log"]
    return (*told.lines, words.format(sets=sum(sets for _, sets, _ in done), session=f"{NAME}/{_key(slot)}#1"))


def _details(number: int, half: Half, done: tuple[Work, ...], means: Means, logged: tuple[str, ...], told: Said) -> str:
    """The session's details: stage, pain rule, when to move on, what to do if not, then each exercise written out."""
    text, stage = _text(), stage_of(number)
    lines = [_where(number, half), *logged, text["pain"].strip().format(over=means.over), text["load"]]
    if number < UPKEEP and told.open_gate:
        gate = text["gate"] if number < BLOCK_WEEKS - 1 else text["upkeep_gate"]
        lines.append(gate.format(stage=stage, next=stage + 1))
    if stage > 1 and told.asks:
        back = works((stage - 1) * STAGE_WEEKS, half, means)
        lines.append(text["instead"].format(before=stage - 1, what="; ".join(_dosed(work) for work in back)))
    names = {exercise.name for exercise, _, _ in done}
    plain = works(number, half, means._replace(gentle=False))[:2]
    left_out = [work for work in plain if work[0].name not in names]
    if left_out:
        lines.append(text["gentle"].format(what=_(" and ").join(_dosed(work) for work in left_out)))
    if means.stays and stage == 1:
        lines.append(text["stays"])
    return "\n\n".join(["\n".join(lines), *(written_out(*work) for work in done)])


def _where(number: int, half: Half) -> str:
    if number == UPKEEP:
        return _("Upkeep, half {half}.", half=half)
    stage = stage_of(number)
    named = cast("list[str]", content("strength")["stages"])[stage - 1]
    place = {"stage": stage, "named": named, "week": number, "weeks": BLOCK_WEEKS, "half": half}
    return _("Stage {stage} of 4 ({named}), week {week} of {weeks}, half {half}.", **place)


def _dosed(work: Work) -> str:
    exercise, sets, amount = work
    return f"{exercise.name} {exercise.dose(sets, amount)}"


def _days_for(slot: Slot) -> tuple[Weekday, ...]:
    """Preferred weekdays of a session, overlapping parts of the week, so that sessions come in the order of their halves."""
    if slot.times == 1:
        return ()
    first, last = ((0, 3), (3, 6))[slot.place - 1] if slot.times == 2 else ((0, 2), (2, 4), (4, 6))[slot.place - 1]
    return tuple(WEEKDAYS[(slot.start + day) % 7] for day in range(first, last + 1))


def _worst_of_knee(brief: Brief) -> int | None:
    """The higher pain of stairs and walking; None if neither is known."""
    knee = brief.athlete.knee
    return max([pain for pain in (knee.pain_stairs, knee.pain_walk_30) if pain is not None], default=None)


@cached(256)
def _kit(have: tuple[str, ...]) -> frozenset[str]:
    return frozenset(have) | (_GYM if "gym" in have else frozenset())


def _text() -> Mapping[str, str]:
    return cast("Mapping[str, str]", content("strength")["text"])


@cached(8)
def _why(stage: int) -> tuple[Why, ...]:
    reasons = cast("list[Mapping[str, str]]", content("strength")["why"])
    return tuple(
        Why(limit="content", text=reason["text"], source=reason["source"])
        for reason in reasons
        if reason.get("stage") in {None, str(stage)}
    )
