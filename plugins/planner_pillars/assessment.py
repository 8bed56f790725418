"""Assessment: safety questions, readiness tests before the first run, check-ins and referrals.

A sign that calls for a professional stops planning. If questions are unanswered or readiness tests failed, the plan is a two-week block
without running: it starts with the questions or the tests and ends with a retest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from attrs import field, frozen

from planner import Attachment, Ceiling, Finding, Pillar, Proposal, Record, Step, Why, _, about, cached, hookimpl, structure
from planner_pillars import outcomes, readiness, sore_running
from planner_pillars.answer_age import expired
from planner_pillars.content import content
from planner_pillars.screening import YOUNG_RUNS, cleared, minor, screen, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from planner import Brief, WeekView

BLOCK_WEEKS = 2
HEAVY_ENTRY_M = 3000
LONG_PAIN_WEEKS, SOME_PAIN_WEEKS, LOW_AKPS = 52, 8, 70
"""Thresholds of OUT-09 for an early referral: weeks of pain alone, or weeks of pain together with an AKPS below the last number."""


@frozen(kw_only=True, eq=False, repr=False)
class Settings(Record):
    """`[pillars.assessment]`."""

    check_in_weeks: tuple[int, ...] = field(
        default=(0, 4, 8, 12, 20),
        metadata=about("weeks after which to check how the knee is (OUT-06)", unit="weeks", least=0, most=52),
    )
    referral_weeks: tuple[int, ...] = field(
        default=(6, 8, 12),
        metadata=about("weeks without change after which to see a professional (OUT-08)", unit="weeks", least=1, most=52),
    )
    akps_change: int = field(default=10, metadata=about("points of AKPS that count as a change (OUT-01)", unit="points", least=8, most=20))
    pain_change: int = field(
        default=2, metadata=about("points of worst pain that count as a change (OUT-02)", unit="points", least=1, most=5)
    )
    walks_per_week: int = field(default=3, metadata=about("brisk walks a week before the first run (ENT-01)", least=0, most=5))


@frozen(kw_only=True, eq=False, repr=False)
class Note(Record):
    """An all-day note from `content/assessment.toml`: short `lines` first, then `details`, and the reason for it."""

    key: str = field(metadata=about("its key within the pillar"))
    title: str = field(metadata=about("its title"))
    lines: tuple[str, ...] = field(metadata=about("what to do, a line each"))
    details: str = field(metadata=about("what stands under the lines"))
    why: str = field(metadata=about("why it is there"))
    source: str = field(metadata=about("an evidence id"))


@hookimpl
def planner_pillar() -> Pillar:
    """Describe the pillar."""
    return Pillar(
        name="assessment",
        summary="Safety questions, readiness tests before the first run, check-ins, and when to see a professional.",
        settings=Settings,
        sources=("ENT-01", "ENT-09", "ENT-11", "ENT-12", "1a", "RED-01", "SITE-01", "CLEAR-01", "OUT-01", "OUT-02", "OUT-06", "OUT-08"),
    )


@hookimpl
def planner_screening(brief: Brief, settings: Settings) -> list[Finding]:
    """Findings on the safety answers (evidence 4b, 4c), on whether running may start (ENT) and on the log's outcome scores (OUT).

    If an answer stops planning, only the findings on the safety answers are returned.
    """
    found = screen(brief)
    if any(finding.severity == "stop" for finding in found):
        return found
    return [*found, *_start(brief), *_words_of_care(brief), *_slow(brief, settings), *outcomes.findings(brief, _changes(settings))]


@hookimpl
def planner_limits(brief: Brief) -> Iterator[Ceiling]:
    """Runs a week under 18 (AGE-02); no running and two weeks if running may not start yet, else the opening doses (ENT-12, PROG-13)."""
    if minor(brief):
        yield Ceiling(of="runs", at_most=YOUNG_RUNS, why=_("under 18 there are at most 3 runs a week"), source="AGE-02")
    off = readiness.reasons(brief)
    if off:
        why = " ".join(text for _rule, text in off)
        yield Ceiling(of="week-run-m", at_most=0, why=why, source=off[0][0])
        yield Ceiling(of="weeks", at_most=BLOCK_WEEKS, why=_("a block before the first run is two weeks"), source="ENT-09")
        return
    for dose in readiness.opening_doses(brief):
        yield Ceiling(of="opening-run-s", at_most=dose.seconds, after_days=dose.after_days, why=dose.why, source="ENT-12")
    if _heavy(brief):
        why = _("with a body mass index above 30 a first week holds at most 3 km of running")
        yield Ceiling(of="opening-week-m", at_most=HEAVY_ENTRY_M, why=why, source="PROG-13")


@hookimpl
def planner_sessions(brief: Brief, week: WeekView, settings: Settings) -> list[Proposal]:
    """The week's share of the block before the first run, open readiness tests, retests, check-ins and referral prompts."""
    off = readiness.reasons(brief)
    offers = [*_first_day(brief, week), *_check_ins(brief, week, settings)]
    if off:
        offers += _block(brief, week, settings)
    elif again := _tests_again(brief, week, settings):
        offers += again
    elif week.number == 1 and not readiness.runs_already(brief):
        offers += readiness.tests_session(week, readiness.with_outcome(brief, wanted=None), "readiness_rest_title", importance=30)
    if week.runs and readiness.outer_side(brief):
        offers.append(_lower_limit("outer"))
    elif week.runs and _elsewhere(brief):
        offers.append(_lower_limit("other"))
    return offers


def _tests_again(brief: Brief, week: WeekView, settings: Settings) -> list[Proposal]:
    """The tests and outcome scores due in a week in which running restarts, by the length and reason of the gap before it."""
    if week.restarted != week.first_day:
        return []
    from planner_pillars import retests  # noqa: PLC0415  (only a log tells of a restart)

    return [*retests.offers(brief, week), *retests.scores_again(brief, week, settings.check_in_weeks)] if retests.reason(week) else []


def _start(brief: Brief) -> Iterator[Finding]:
    """Findings on whether running starts, and either its opening dose or why not (ENT-09, ENT-11, ENT-12)."""
    said, screening, off = words("finding"), brief.athlete.screening, readiness.reasons(brief)
    if off:
        over = brief.as_of >= readiness.retest(brief)
        seen_first = readiness.seen_first(brief)
        form = said["block_birth" if readiness.birth(brief) else "block_seen" if seen_first else "block_over" if over else "block"]
        message = form.format(reasons=" ".join(text for _rule, text in off), retest=readiness.retest(brief))
        yield _finding("pre-run", message, source=off[0][0], warns=True)
        if seen_first:
            yield _finding("ENT-11", said["referral"].format(times=screening.failed_tests), warns=True)
        return
    dose = readiness.opening_dose(brief)
    if dose:
        yield _finding("ENT-12", said["dose"].format(minutes=dose.seconds // 60, because=dose.why))


def _words_of_care(brief: Brief) -> Iterator[Finding]:
    """Further findings: age 55 or more (AGE-03), both knees (BOTH-01), running with a sore knee (WR-08)."""
    said, knee = words("finding"), brief.athlete.knee
    oldest = brief.athlete.age_on(max(brief.as_of, brief.start))
    if oldest is not None and oldest >= 55:
        yield _finding("AGE-03", said["fall"])
    if knee.side == "both":
        yield _finding("BOTH-01", said["both"])
    if not readiness.reasons(brief):
        yield from sore_running.findings(brief)


def _slow(brief: Brief, settings: Settings) -> Iterator[Finding]:
    """Finding on markers of a slow recovery: pain for more than a year, or for more than eight weeks with a low AKPS (OUT-09)."""
    weeks = brief.athlete.knee.weeks_of_pain or 0
    if weeks > LONG_PAIN_WEEKS:
        yield _finding("OUT-09", words("finding")["long_pain"])
    elif weeks > SOME_PAIN_WEEKS:
        akps = [score for score in outcomes.scores(brief, _changes(settings), brief.as_of) if score.name == "akps"]
        if akps and akps[0].last < LOW_AKPS:
            facts = {"least": LOW_AKPS, "akps": akps[0].last, "date": akps[0].on}
            yield _finding("OUT-09", words("finding")["low_score"].format_map(facts))


def _finding(rule: str, message: str, *, source: str = "", warns: bool = False) -> Finding:
    return Finding(rule=rule, severity="warning" if warns else "info", message=message, source=source or rule)


def _heavy(brief: Brief) -> bool:
    height, weight = brief.athlete.height_cm, brief.athlete.weight_kg
    return height is not None and weight is not None and weight * 10000 > 30 * height * height


@cached(16)
def _note(name: str) -> Note:
    table = cast("Mapping[str, object]", content("assessment")["notes"])
    return structure(Note, table[name], f"assessment.toml: notes.{name}")


def _all_day(name: str, on: date, facts: Mapping[str, object], *more: str, details: str = "") -> Proposal:
    """The note `name` on a date with its placeholders filled from `facts`, followed by additional lines and details."""
    return _filled(name, on, tuple(facts.items()), more, details)


@cached(256)
def _filled(name: str, on: date, filled: tuple[tuple[str, object], ...], more: tuple[str, ...], details: str) -> Proposal:
    note, facts = _note(name), dict(filled)
    lines = [line.format_map(facts) for line in note.lines]
    return Proposal(
        key=note.key,
        title=note.title.format_map(facts),
        steps=tuple(Step(kind="note", text=line) for line in (*lines, *more)),
        tags=("assessment",),
        note=True,
        on=on,
        details="\n".join(text for text in (note.details, details) if text),
        why=(Why(limit="content", text=note.why, source=note.source),),
    )


def _first_day(brief: Brief, week: WeekView) -> list[Proposal]:
    """Notes for the plan's first day: the safety questions, a pain site that needs a professional's look, a referral."""
    if week.number != 1:
        return []
    screening, on = brief.athlete.screening, week.first_day
    notes: list[Proposal] = []
    if readiness.unanswered(brief) or expired(brief):
        notes.append(_all_day("answer", on, {}, details=readiness.questions()))
    if readiness.birth(brief):
        notes.append(_all_day("birth", on, {}))
    if readiness.outer_side(brief) or _elsewhere(brief):
        notes.append(_all_day("site", on, {}))
    if readiness.seen_first(brief) and readiness.reasons(brief):
        notes.append(_all_day("failed", on, {"times": screening.failed_tests}))
    return notes


def _block(brief: Brief, week: WeekView, settings: Settings) -> list[Proposal]:
    """A week of the block before the first run: walks and, without PREG-02, tests if none has failed yet and a retest date (ENT-09)."""
    after_birth, seen_first = readiness.birth(brief), readiness.seen_first(brief)
    failed = readiness.with_outcome(brief, wanted=False)
    tests: list[Proposal] = []
    notes: list[Proposal] = []
    if week.number == 1 and not (failed or after_birth or seen_first):
        tests = readiness.tests_session(week, readiness.TESTS, "readiness_title", importance=70)
    if week.number == min(BLOCK_WEEKS, brief.weeks) and not after_birth:
        again = {"retest": readiness.retest(brief)}
        notes.append(_all_day("retest-seen" if seen_first else "retest", week.last_day, again, details=readiness.protocol(readiness.TESTS)))
    return [*tests, *notes, *readiness.walks(brief, week, settings.walks_per_week, tested=bool(tests))]


def _elsewhere(brief: Brief) -> bool:
    """Whether the pain site is `other` and no professional has cleared it (SITE-01)."""
    return brief.athlete.knee.site == "other" and not cleared(brief, "SITE-01")


@cached(2)
def _lower_limit(site: Literal["outer", "other"]) -> Proposal:
    """A line in every run with the lower pain limit, for pain on the outer side (SITE-02) or at another site (our judgement)."""
    return Proposal(
        key="outer-side" if site == "outer" else "other-place",
        title=words("text")[f"site_{site}_title"],
        steps=(Step(kind="note", text=words("text")[f"site_{site}"]),),
        can_drop=False,
        attach=Attachment(where="before", tag="run"),
        why=(Why(limit="content", text=words("text")[f"site_{site}_why"], source="SITE-02" if site == "outer" else "SITE-01"),),
    )


def _check_ins(brief: Brief, week: WeekView, settings: Settings) -> list[Proposal]:
    """The check-in on the first day (OUT-06), and check-ins and referral prompts on the last day of the weeks that have one (OUT-08)."""
    facts = {"week": week.number, "akps": settings.akps_change, "pain": settings.pain_change}
    notes = [_all_day("baseline", brief.start, facts)] if week.number == 1 and 0 in settings.check_in_weeks else []
    prompt = _referral(week.number, settings)
    if week.number in settings.check_in_weeks or prompt:
        said, answered = outcomes.on_check_up(
            brief, _changes(settings), week.number, week.last_day, is_next=_is_next(brief, week, settings)
        )
        name = "check-in" if week.number in settings.check_in_weeks else "referral"
        notes.append(_all_day(name, week.last_day, facts, *said, *([] if answered else prompt)))
    return notes


def _is_next(brief: Brief, week: WeekView, settings: Settings) -> bool:
    """Whether this week's check-in or referral prompt is the first one from the day of planning on."""
    first = (brief.as_of - brief.start).days // 7 + 1
    return not any(first <= number < week.number for number in {*settings.check_in_weeks, *settings.referral_weeks} if number)


def _changes(settings: Settings) -> outcomes.Changes:
    return outcomes.Changes(settings.akps_change, settings.pain_change, settings.referral_weeks)


def _referral(number: int, settings: Settings) -> list[str]:
    """The referral prompt of week `number`, firmer with each referral week; empty for any other week."""
    if number not in settings.referral_weeks:
        return []
    tone = outcomes.tone(number, _changes(settings))
    return [words("referral")[tone].format(akps=settings.akps_change, pain=settings.pain_change)]
