"""Assessment: the safety questions, the readiness tests before the first run, and the check-ins and referrals along the way.

A sign that calls for a professional stops planning. Where the questions are open, or the knee has not passed its tests, the plan is
a block of two weeks without running that begins with answering and ends with testing again.
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
"""OUT-09: more weeks of pain than the first, or more than the second with a score below the third, call for somebody early."""


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
    """One all-day note: short `lines` first, `details` after them, and why."""

    key: str = field(metadata=about("its key within the pillar"))
    title: str = field(metadata=about("its title"))
    lines: tuple[str, ...] = field(metadata=about("what to do, a line each"))
    details: str = field(metadata=about("what stands under the lines"))
    why: str = field(metadata=about("why it is there"))
    source: str = field(metadata=about("an evidence id"))


@hookimpl
def planner_pillar() -> Pillar:
    """What this pillar is."""
    return Pillar(
        name="assessment",
        summary="Safety questions, readiness tests before the first run, check-ins, and when to see a professional.",
        settings=Settings,
        sources=("ENT-01", "ENT-09", "ENT-11", "ENT-12", "1a", "RED-01", "SITE-01", "CLEAR-01", "OUT-01", "OUT-02", "OUT-06", "OUT-08"),
    )


@hookimpl
def planner_screening(brief: Brief, settings: Settings) -> list[Finding]:
    """The safety questions (evidence 4b, 4c), whether running may start (ENT), what else the answers call for, and what the log's scores
    say (OUT).
    """
    found = screen(brief)
    if any(finding.severity == "stop" for finding in found):
        return found
    return [*found, *_start(brief), *_words_of_care(brief), *_slow(brief, settings), *outcomes.findings(brief, _changes(settings))]


@hookimpl
def planner_limits(brief: Brief) -> Iterator[Ceiling]:
    """No running and two weeks where running may not start yet; else what ENT-12 and PROG-13 leave every opening week, and AGE-02."""
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
    """The block before the first run, the tests that are still open, check-ins and referral prompts."""
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
    """The tests, and the outcome scores, before a week in which running restarts, if the gap before it asks for them."""
    if week.restarted != week.first_day:
        return []
    from planner_pillars import retests  # noqa: PLC0415  (only a log tells of a restart)

    return [*retests.offers(brief, week), *retests.scores_again(brief, week, settings.check_in_weeks)] if retests.reason(week) else []


def _start(brief: Brief) -> Iterator[Finding]:
    """Whether running starts, with what dose, and what happens if not (ENT-09, ENT-11, ENT-12)."""
    said, screening, off = words("finding"), brief.athlete.screening, readiness.reasons(brief)
    if off:
        over = brief.as_of >= readiness.retest(brief)
        form = said["block_birth" if readiness.birth(brief) else "block_over" if over else "block"]
        message = form.format(reasons=" ".join(text for _rule, text in off), retest=readiness.retest(brief))
        yield _finding("pre-run", message, source=off[0][0], warns=True)
        if screening.failed_tests >= readiness.FAILED_TRIES:
            yield _finding("ENT-11", said["referral"].format(times=screening.failed_tests), warns=True)
        return
    dose = readiness.opening_dose(brief)
    if dose:
        yield _finding("ENT-12", said["dose"].format(minutes=dose.seconds // 60, because=dose.why))


def _words_of_care(brief: Brief) -> Iterator[Finding]:
    """What the answers call for besides: age, both knees, running while it is sore."""
    said, knee = words("finding"), brief.athlete.knee
    oldest = brief.athlete.age_on(max(brief.as_of, brief.start))
    if oldest is not None and oldest >= 55:
        yield _finding("AGE-03", said["fall"])
    if knee.side == "both":
        yield _finding("BOTH-01", said["both"])
    if not readiness.reasons(brief):
        yield from sore_running.findings(brief)


def _slow(brief: Brief, settings: Settings) -> Iterator[Finding]:
    """OUT-09: what tends to go with a slow recovery, pain for more than a year, or for some while with a low score."""
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
    """The note `name` on a date, its placeholders filled from `facts`, with more lines and details of the moment."""
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
    """What stands on the very first day: the safety questions, a place that asks for a look first, a referral."""
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
    if screening.failed_tests >= readiness.FAILED_TRIES and readiness.reasons(brief):
        notes.append(_all_day("failed", on, {"times": screening.failed_tests}))
    return notes


def _block(brief: Brief, week: WeekView, settings: Settings) -> list[Proposal]:
    """The two weeks before the first run: walks, the tests where they were never done, and the date to test again (ENT-09)."""
    after_birth = readiness.birth(brief)
    failed = readiness.with_outcome(brief, wanted=False)
    tests: list[Proposal] = []
    notes: list[Proposal] = []
    if week.number == 1 and not failed and not after_birth:
        tests = readiness.tests_session(week, readiness.TESTS, "readiness_title", importance=70)
    if week.number == min(BLOCK_WEEKS, brief.weeks) and not after_birth:
        again = {"retest": readiness.retest(brief)}
        notes.append(_all_day("retest", week.last_day, again, details=readiness.protocol(readiness.TESTS)))
    return [*tests, *notes, *readiness.walks(brief, week, settings.walks_per_week, tested=bool(tests))]


def _elsewhere(brief: Brief) -> bool:
    """Whether it hurts in a place that no question names, and nobody has looked at it (SITE-01)."""
    return brief.athlete.knee.site == "other" and not cleared(brief, "SITE-01")


@cached(2)
def _lower_limit(site: Literal["outer", "other"]) -> Proposal:
    """SITE-02, and for another place our judgement: the lower pain limit, written into every run."""
    return Proposal(
        key="outer-side" if site == "outer" else "other-place",
        title=words("text")[f"site_{site}_title"],
        steps=(Step(kind="note", text=words("text")[f"site_{site}"]),),
        can_drop=False,
        attach=Attachment(where="before", tag="run"),
        why=(Why(limit="content", text=words("text")[f"site_{site}_why"], source="SITE-02" if site == "outer" else "SITE-01"),),
    )


def _check_ins(brief: Brief, week: WeekView, settings: Settings) -> list[Proposal]:
    """How the knee is, at the start and after whole weeks (OUT-06), and when to see somebody (OUT-08), on the week's last day."""
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
    """Whether no other check-up lies between the day of planning and that of this week."""
    first = (brief.as_of - brief.start).days // 7 + 1
    return not any(first <= number < week.number for number in {*settings.check_in_weeks, *settings.referral_weeks} if number)


def _changes(settings: Settings) -> outcomes.Changes:
    return outcomes.Changes(settings.akps_change, settings.pain_change, settings.referral_weeks)


def _referral(number: int, settings: Settings) -> list[str]:
    """The referral prompt of this week: first a prompt, then firmly, at last also for standing still."""
    if number not in settings.referral_weeks:
        return []
    tone = outcomes.tone(number, _changes(settings))
    return [words("referral")[tone].format(akps=settings.akps_change, pain=settings.pain_change)]
