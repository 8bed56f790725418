"""Whether running may start: readiness tests, reasons against it, and the opening dose (evidence ENT, 4c, 4d)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from planner import Proposal, Step, Why, cached, memo, structure
from planner_pillars.answer_age import expired, why_expired
from planner_pillars.content import content
from planner_pillars.screening import DAYS, Day, cleared, flags, given, words

if TYPE_CHECKING:
    from planner import Brief, WeekView

WALK_S, SHORT_WALK_S = 1800, 900
TESTS = ("ENT-01", "ENT-02", "ENT-03", "ENT-04", "ENT-05", "ENT-06", "ENT-07")
NEEDED: Mapping[str, tuple[str, ...]] = {"ENT-01": ("pain_walk_30", "pain_next_morning"), "ENT-02": ("pain_stairs", "stairs_days_clean")}
"""The tests required before any running, with their keys under [knee]; others only lower the first dose while they are open (ENT-12)."""
MOST_PAIN = 2
STAIRS_DAYS = 3
REPEATS = 10
JOG_S = 60
FAILED_TRIES = 3
BLOCK_DAYS = 14
"""The length of the block before the first run; the tests are repeated after it (ENT-09)."""
HALF_AN_HOUR_MS = 1_800_000
ACCEPTABLE_PAIN = 5
"""The most that a knee may hurt before running has to wait (PAIN-02)."""
LONG_OFF_DAYS = 84
LONG_OFF_S = 300
OPEN_TESTS_S = 480


def outcomes(brief: Brief) -> Mapping[str, bool | None]:
    """The outcome of each readiness test: passed, failed, or None if not done."""
    knee, screening = brief.athlete.knee, brief.athlete.screening
    walked, worse = knee.pain_walk_30, worse_next_morning(brief)
    return {
        "ENT-01": None if walked is None else _all(walked <= MOST_PAIN, None if worse is None else not worse),
        "ENT-02": _all(_at_most(knee.pain_stairs, MOST_PAIN), _at_least(knee.stairs_days_clean, STAIRS_DAYS)),
        "ENT-03": _all(None if knee.swelling is None else not knee.swelling, knee.full_bend),
        "ENT-04": _at_least(screening.single_leg_squats, REPEATS),
        "ENT-05": _at_least(screening.step_downs, REPEATS),
        "ENT-06": _at_least(screening.hops, REPEATS),
        "ENT-07": _at_least(screening.jog_on_spot_s, JOG_S),
    }


def worse_next_morning(brief: Brief) -> bool | None:
    """Whether pain the next morning was above pain before (ENT-01: M > B); None if the file has no next-morning value.

    The file has no value for before; the higher of walk and stairs stands in for it.
    """
    knee = brief.athlete.knee
    if knee.pain_next_morning is None:
        return None
    return knee.pain_next_morning > max(knee.pain_walk_30 or 0, knee.pain_stairs or 0)


def _at_most(value: int | None, bar: int) -> bool | None:
    return None if value is None else value <= bar


def _at_least(value: int | None, bar: int) -> bool | None:
    return None if value is None else value >= bar


def _all(*parts: bool | None) -> bool | None:
    """False if any part failed, else None if any is missing, else True."""
    return False if False in parts else None if None in parts else True


def with_outcome(brief: Brief, *, wanted: bool | None) -> tuple[str, ...]:
    """The tests with this outcome, in test order."""
    found = outcomes(brief)
    return tuple(test for test in TESTS if found[test] is wanted)


def named(tests: Iterable[str]) -> str:
    """Tests in words: `brisk walk (ENT-01), stairs (ENT-02)`."""
    return ", ".join(f"{words('names')[test]} ({test})" for test in tests)


def unanswered(brief: Brief) -> tuple[str, ...]:
    """The keys of the safety questions that have no answer; no answer does not mean "none"."""
    screening = brief.athlete.screening
    answers = (screening.answered, screening.red_flags, brief.athlete.knee.site)
    names = ("screening.answered", "screening.red_flags", "knee.site")
    return tuple(name for name, answer in zip(names, answers, strict=True) if answer is None)


def birth(brief: Brief) -> bool:
    """Whether running waits for a pelvic-health physiotherapist (PREG-02)."""
    return "PREG-02" in (brief.athlete.screening.red_flags or ()) and not cleared(brief, "PREG-02")


@memo
def nothing_to_grow_from(brief: Brief) -> bool:
    """Whether no seven dates of the 28 before the start hold 1,800 s of running (law 4)."""
    pace = brief.reading.paces.run
    recent = [
        (done.date, pace * (done.run_m if done.allowed_m is None else min(done.run_m, done.allowed_m)))
        for done in brief.history
        if timedelta(0) < brief.start - done.date <= timedelta(days=28)
    ]
    week = timedelta(days=7)
    return all(sum(ms for day, ms in recent if first <= day < first + week) < HALF_AN_HOUR_MS for first, _ in recent)


def runs_already(brief: Brief) -> bool:
    """Whether a current runner needs no entry tests (ENT-10): on `keep-running`, or at pain of 2 or less on a continuous programme."""
    if nothing_to_grow_from(brief):
        return False
    worst = brief.athlete.knee.pain_run_worst
    return brief.template.run_gap_days == 1 or (brief.template.kind == "continuous" and worst is not None and worst <= MOST_PAIN)


def daily_pain(brief: Brief) -> int:
    """The worst pain (0-10) on stairs or while walking; what is not answered counts as none."""
    return max(brief.athlete.knee.pain_stairs or 0, brief.athlete.knee.pain_walk_30 or 0)


@memo
def reasons(brief: Brief) -> tuple[tuple[str, str], ...]:
    """Why running may not start yet: evidence ids with a sentence each; empty if it may."""
    said = words("finding")
    found: list[tuple[str, str]] = []
    if unanswered(brief):
        found.append(("RED-01", said["unanswered"].format(what=", ".join(unanswered(brief)))))
    elif expired(brief):
        found.append(("RED-01", why_expired(brief)))
    if birth(brief):
        found.append(("PREG-02", said["birth"]))
    failed, missing = with_outcome(brief, wanted=False), [t for t in with_outcome(brief, wanted=None) if t in NEEDED]
    if runs_already(brief):
        found += [("ENT-03", said["swollen"])] if "ENT-03" in failed else []
        found += [("PAIN-02", said["too_sore_daily"].format(pain=daily_pain(brief)))] if daily_pain(brief) > ACCEPTABLE_PAIN else []
    else:
        found += [(failed[0], said["failed"].format(tests=named(failed)))] if failed else []
        found += list(_missing(brief, missing))
    worst = brief.athlete.knee.pain_run_worst
    if worst is not None and worst > ACCEPTABLE_PAIN and not nothing_to_grow_from(brief):
        found.append(("PAIN-02", said["sore"]))
    return tuple(found)


def _missing(brief: Brief, tests: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The required tests not done; for those answered in part, the open keys."""
    said, knee, untested = words("finding"), brief.athlete.knee, list[str]()
    for test in tests:
        keys = [key for key in NEEDED[test] if getattr(knee, key) is None]
        if len(keys) == len(NEEDED[test]):
            untested.append(test)
        else:
            yield test, said["partly"].format(keys=", ".join(keys), tests=named([test]))
    if untested:
        yield untested[0], said["missing"].format(tests=named(untested))


def seen_first(brief: Brief) -> bool:
    """Whether so many tries failed that a professional looks at the knee before the next one (ENT-11)."""
    return brief.athlete.screening.failed_tests >= FAILED_TRIES


def retest(brief: Brief) -> date:
    """The date of the readiness retest."""
    return brief.start + timedelta(days=BLOCK_DAYS)


class Dose(NamedTuple):
    """Most seconds of running in a session of an entry week after more than `after_days` days off, and the reason."""

    seconds: int
    after_days: int
    why: str


def opening_doses(brief: Brief) -> tuple[Dose, ...]:
    """The doses of ENT-12 that may apply to this athlete, smallest first; the template's dose applies as well."""
    said = words("finding")
    long_off = Dose(LONG_OFF_S, LONG_OFF_DAYS, said["dose_long_off"])
    undone = [test for test, passed in outcomes(brief).items() if passed is not True]
    return (long_off, *([Dose(OPEN_TESTS_S, 0, said["dose_open_tests"].format(tests=named(undone)))] if undone else []))


def opening_dose(brief: Brief) -> Dose | None:
    """The dose of ENT-12 with which the plan opens; None if there is running to grow from, or only the template's dose applies."""
    if not nothing_to_grow_from(brief):
        return None
    ran = [done.date for done in brief.history if done.run_m > 0 and done.date < brief.start]
    if brief.athlete.running.last_run is not None:
        ran.append(brief.athlete.running.last_run)
    return next((dose for dose in opening_doses(brief) if not ran or (brief.start - max(ran)).days > dose.after_days), None)


@cached(1)
def readiness_steps() -> Mapping[str, Step]:
    """The readiness tests as steps, by id."""
    table = cast("Mapping[str, object]", content("assessment")["steps"])
    return {test: structure(Step, table[test], f"assessment.toml: steps.{test}") for test in TESTS}


@cached(16)
def protocol(tests: tuple[str, ...], last: str = "protocol_last") -> str:
    """How to do the tests, when they are passed and when to stop, one test per line; the text `last` ends it."""
    how = words("how")
    said = words("text")
    lines = [said["protocol_first"], *(f"{test}. {how[test]}" for test in tests)]
    return "\n".join([*lines, said["protocol_stop"], said[last]])


@cached(1)
def questions() -> str:
    """The safety questions by urgency with the ids to write down; pain sites are left out, because `knee.site` asks for them."""
    said, headings = words("text"), words("urgency")
    asked = [flag for flag in flags().values() if flag.id != "RED-09" and not flag.id.startswith("SITE-")]
    blocks = [
        "\n".join([f"{heading}.", *(f"- {flag.id}: {flag.sign}" for flag in asked if flag.when == when)])
        for when, heading in headings.items()
    ]
    return "\n\n".join([said["questions_first"], *blocks, said["questions_last"]])


@memo
def outer_side(brief: Brief) -> bool:
    """Whether pain is on the outer side and not cleared, so that running is only at 0 to 1 of 10 (SITE-02)."""
    return "SITE-02" in given(brief) and not cleared(brief, "SITE-02")


def _weekdays(week: WeekView, *offsets: int) -> tuple[Day, ...]:
    """The weekdays at these offsets from the week's first day."""
    return tuple(DAYS[(week.first_day + timedelta(days=n)).weekday()] for n in offsets)


def tests_session(week: WeekView, tests: tuple[str, ...], title: str, *, importance: int) -> list[Proposal]:
    """The readiness tests as one session, early in the week but not on its first day."""
    if not tests:
        return []
    steps = readiness_steps()
    return [
        Proposal(
            key="readiness",
            title=words("text")[title],
            steps=tuple(steps[test] for test in tests),
            tags=("assessment", "walk") if "ENT-01" in tests else ("assessment",),
            prefers=_weekdays(week, 1, 2),
            importance=(importance,),
            can_shrink_to=WALK_S if "ENT-01" in tests else None,
            details=protocol(tests),
            why=(Why(limit="content", text=words("text")["readiness_why"], source="ENT-12"),),
        )
    ]


def walks(brief: Brief, week: WeekView, wanted: int, *, tested: bool) -> list[Proposal]:
    """Brisk walks: one fewer than `wanted` if the week's tests include a walk, and in later weeks no more than the week before held.

    They are half as long if the brisk-walk test (ENT-01) failed.
    """
    sore = outcomes(brief)["ENT-01"] is False
    times = max(0, wanted - tested)
    days = _weekdays(week, 3, 5) if tested else _weekdays(week, 1, 3, 5)
    if week.earlier:
        times = min(wanted, sum(s.pillar == "assessment" and "walk" in s.tags for s in week.earlier[-1].sessions))
    if not times:
        return []
    return [_walk(SHORT_WALK_S if sore else WALK_S, times, days, after_birth=birth(brief))]


@cached(32)
def _walk(seconds: int, times: int, days: tuple[Day, ...], *, after_birth: bool) -> Proposal:
    return Proposal(
        key="walk",
        title=words("text")["walk_title"].format(minutes=seconds // 60),
        steps=(Step(kind="walk", seconds=seconds, text=words("text")["walk_step"], rpe=3),),
        times_per_week=times,
        tags=("walk",),
        prefers=days,
        importance=(50,),
        details=words("text")["walk_details_birth" if after_birth else "walk_details"],
        why=(Why(limit="content", text=words("text")["walk_why"], source="ENT-01"),),
    )
