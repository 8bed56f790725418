"""Where an athlete stands in the strength block by the log: the gates of 5a, and the flare rule of STR-10.

A session counts for its stage's gate when the log has all of its sets at pain of 3 or less, no worse the next morning. What the log leaves
open counts as not said, never as good. Sessions that are still ahead are drawn as if they went well, and so are those before the week in
which strength was first logged: of them nobody knows.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from planner import Step, memo
from planner_pillars.content import content
from planner_pillars.log_weeks import WEEK_DAYS, has_begun, rows_of_week, rows_so_far, told_of, worse_next_morning
from planner_pillars.week_history import over_weeks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from planner import Brief, Entry, Session, Week
    from planner_pillars.week_history import Over

Verdict: TypeAlias = Literal["good", "ahead", "missed", "unsaid", "short", "sore", "worse", "eased"]
"""`unsaid`: sets or pain are not said; `short`: fewer sets; `sore`: pain above 3; `worse`: the next morning, a limp or new swelling;
`eased`: done, but with the sets that were taken off it."""
Entered: TypeAlias = Literal["begun", "asked", "passed", "held", "sore", "missed"]
"""How a week came to its place: the plan, or the stage anew, begins there; nobody knows yet whether the gate holds; it held; it did not;
the last session left the knee worse; a week was missed."""
NAME = "hip_strength"
STAGE_WEEKS = 2
UPKEEP = 9
"""The week of the programme that is done over and over once its eight weeks are through."""
DOUBTS: Mapping[Verdict, str] = {
    "unsaid": "unsaid",
    "short": "short",
    "sore": "too_sore",
    "worse": "worse",
    "eased": "eased",
    "missed": "missed_sessions",
}
"""Why a session does not count, with the key of its words."""
GOOD_SESSIONS = 2
MOST_PAIN, STOP_PAIN = 3, 5
"""Pain up to which strength work is fine (PAIN-03), and above which an exercise is left out (STR-10)."""


class Flare(NamedTuple):
    """What the last sessions leave the next: how many sets less of each exercise, and the last one's worst pain."""

    less: int = 0
    pain: int = 0


class Said(NamedTuple):
    """What a session says by the log: lines on its stage, notes that come first, how many sets less; whether it still `asks` if the stage
    before went well, and whether the way to the next stage is an open question (`open_gate`). `logged`: a log is kept.
    """

    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    less: int = 0
    asks: bool = True
    open_gate: bool = True
    logged: bool = True


class Answer(NamedTuple):
    """What the log says of one session: the verdict for the gate, the worst pain while doing it, whether the next morning was worse."""

    verdict: Verdict
    pain: int | None = None
    worse: bool | None = None


class Stand(NamedTuple):
    """Where somebody stands: the week of the programme (1 to 9), how it was come by, sessions held so far, what the sessions of this
    stage were worth, and what the last of them leave the next. `again`: a week without strength starts the stage again.
    """

    number: int
    entered: Entered = "begun"
    sessions: int = 0
    stage: tuple[Verdict, ...] = ()
    flare: Flare = Flare()
    again: bool = False

    @property
    def good(self) -> int:
        """Sessions of the stage that count for its gate, by the log alone."""
        return self.stage.count("good")


def stage_of(number: int) -> int:
    """The stage, 1 to 4, of week `number` (1 to 9) of the programme; 5 is upkeep."""
    return (number - 1) // STAGE_WEEKS + 1


def first_of(number: int) -> int:
    """The first week of the stage that week `number` is of."""
    return (stage_of(number) - 1) * STAGE_WEEKS + 1


def without_strength(number: int, *, again: bool) -> tuple[int, bool]:
    """The week of the programme after a week without strength, and whether its stage starts `again` (5a): one that has begun does."""
    if number >= UPKEEP:
        return number, False
    return first_of(number), again or number != first_of(number)


class Drawn(NamedTuple):
    """Where a plan stands of which nothing is known: the week of the programme, sessions held so far, whether the stage starts again."""

    number: int
    sessions: int = 0
    again: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """What the sessions of the next week say of it."""
        return (_starts_again(self.number),) if self.again else ()


@lru_cache(maxsize=UPKEEP)
def drawn_from(first_week: int) -> Over[Drawn]:
    """Where weeks leave a plan that began with a week of the programme, everything done as it stands."""
    return over_weeks(_drawn_after, Drawn(first_week))


def _drawn_after(drawn: Drawn, week: Week) -> Drawn:
    held = sum([s.pillar == NAME and s.status not in {"missed", "cancelled"} for s in week.sessions])
    if not held:
        number, again = without_strength(drawn.number, again=drawn.again)
        return drawn._replace(number=number, again=again)
    return Drawn(min(UPKEEP, drawn.number + 1), drawn.sessions + held)


@memo
def told_from(brief: Brief) -> date | None:
    """The first date of the plan's week of the first row about strength; None where the log has none: nobody has to log it."""
    first = next((row.date for row in rows_so_far(brief) if row.session.startswith(f"{NAME}/") or _counts_sets(row)), None)
    return None if first is None else first - timedelta(days=(first - brief.start).days % WEEK_DAYS)


def begins(first_week: int) -> Stand:
    """Where a plan begins. Nobody has said that the stages before it were done."""
    return Stand(first_week, "begun" if first_week <= STAGE_WEEKS else "asked")


def after(stand: Stand, week: Week, brief: Brief) -> Stand:
    """Where somebody stands after one more week. One that held no strength, or of which none was done, starts the stage again; the stage's
    last week is done again until two of its sessions count, and while the knee is worse on the morning after the last.
    """
    planned = sorted([s for s in week.sessions if s.pillar == NAME and s.status != "cancelled"], key=lambda s: (s.date, s.key))
    if not planned:
        return _after_none(stand, rows_of_week(brief, week.start))
    answers, flare = _answers(planned, brief, week, stand.flare)
    held = sum(answer.verdict != "missed" for answer in answers)
    stand = stand._replace(sessions=stand.sessions + held, flare=flare, again=False)
    if stand.number >= UPKEEP:
        return stand
    first = first_of(stand.number)
    if not held:
        return stand._replace(number=first, entered="missed", stage=(), flare=Flare())
    stand = stand._replace(stage=(*stand.stage, *(answer.verdict for answer in answers)))
    if stand.number == first:
        return stand._replace(number=stand.number + 1, entered="begun" if stand.entered == "missed" else stand.entered)
    if flare.less or stand.good + stand.stage.count("ahead") < GOOD_SESSIONS:
        return stand._replace(entered="sore" if flare.less else "held")
    return stand._replace(number=stand.number + 1, entered="passed" if stand.good >= GOOD_SESSIONS else "asked", stage=())


def _after_none(stand: Stand, rows: Sequence[Entry]) -> Stand:
    """After a week that held no strength. Strength that somebody did in it all the same makes it no missed one (5a)."""
    if any([row.sets_done for row in rows if _counts_sets(row) or row.session.startswith(f"{NAME}/")]):
        return stand
    number, again = without_strength(stand.number, again=stand.again)
    if not again:
        return stand
    entered = "begun" if stand.entered in ("held", "sore") else stand.entered
    return stand._replace(number=number, entered=entered, stage=(), again=True)


def _answers(planned: Sequence[Session], brief: Brief, week: Week, flare: Flare) -> tuple[list[Answer], Flare]:
    """What the log says of a week's sessions, in order of date, and what they leave the next one."""
    rows, since = rows_of_week(brief, week.start), told_from(brief) or brief.as_of
    found: list[Answer] = []
    for session, told in zip(planned, told_of(planned, rows, _unnamed(rows)), strict=True):
        if not told:
            answer = Answer("missed" if since <= session.date < brief.as_of else "ahead")
        else:
            answer = _answer(told, sets_of(session), eased=flare.less > 0)
        flare = _flare(flare, answer)
        found.append(answer)
    return found, flare


def _unnamed(rows: Sequence[Entry]) -> list[Entry]:
    """Rows that name no session but count sets: strength, whenever it was done."""
    return [row for row in rows if _counts_sets(row)]


def _counts_sets(row: Entry) -> bool:
    return not row.session and row.sets_done is not None


def sets_of(session: Session) -> int:
    """How many sets a session holds in all."""
    return sum(step.sets or 0 for step in session.steps if isinstance(step, Step))


def _answer(rows: Sequence[Entry], sets: int, *, eased: bool) -> Answer:
    """What the rows about one session say; with both knees sore there is a row for each, and the worse one counts."""
    done = max([row.sets_done for row in rows if row.sets_done is not None], default=None)
    pain = max([row.pain_during for row in rows if row.pain_during is not None], default=None)
    worse = worse_next_morning(rows)
    if done == 0:
        return Answer("missed")
    if worse or any([row.limp or row.swelling for row in rows]):
        return Answer("worse", pain, worse=True)
    if pain is not None and pain > MOST_PAIN:
        return Answer("sore", pain, worse)
    if done is None or pain is None:
        return Answer("unsaid", pain, worse)
    if done < sets:
        return Answer("short", pain, worse)
    return Answer("eased" if eased else "good", pain, worse)


def _flare(flare: Flare, answer: Answer) -> Flare:
    """What a session leaves the next one: a set less after each worse morning in a row; a morning that is not told changes nothing."""
    if answer.verdict == "missed":
        return flare
    if answer.verdict == "ahead" or answer.worse is False:
        return Flare(0, answer.pain or 0)
    return Flare(flare.less + (answer.worse is True), answer.pain or 0)


def flares_within(stand: Stand, brief: Brief, first_day: date, keys: Sequence[str]) -> list[Flare]:
    """What is left each of a week's sessions, `keys` in their order, by the rows of the week that tell of those before it.

    Of a week that is ahead the first session is taken to go well. In one that has begun what is left stays until a row says how it went.
    """
    flare, found = stand.flare, list[Flare]()
    rows = rows_of_week(brief, first_day)
    others = iter(_unnamed(rows))
    for key in keys:
        found.append(flare)
        told = [row for row in rows if row.session.startswith(f"{NAME}/{key}#")] or [row for row in (next(others, None),) if row]
        if told:
            flare = _flare(flare, _answer(told, 0, eased=False))
        elif not has_begun(brief, first_day):
            flare = Flare()
    return found


def said(stand: Stand, flare: Flare, *, begun: bool) -> Said:
    """The words of a session: those about its stage while the week has `begun`, or the log has decided it before; its notes."""
    text, stage = _text(), stage_of(stand.number)
    facts = {"stage": stage, "before": stage - 1, "next": stage + 1, "good": stand.good}
    lines = [text[stand.entered].format(**facts)] if stand.entered in ("passed", "missed", "sore") else []
    if stand.again:
        lines.append(_starts_again(stand.number))
    if stand.entered == "asked" and not begun:
        lines.append(text["asked"])
    last = stage_of(UPKEEP) - 1
    if stand.entered == "held":
        lines.append(text["held_last" if stage == last else "held"].format(**facts))
        doubts = [f"{text[words]} ({stand.stage.count(verdict)})" for verdict, words in DOUBTS.items() if verdict in stand.stage]
        lines.append(text["doubts"].format(what=", ".join(doubts)))
    elif begun and stage <= last and stand.entered != "sore":
        lines.append(text["next_last" if stage == last else "next"].format(**facts))
    notes = [text["less"] if flare.less == 1 else text["less_again"].format(sets=flare.less)] if flare.less else []
    if flare.pain > MOST_PAIN:
        notes.append(text["leave_out" if flare.pain > STOP_PAIN else "easier"].format(pain=flare.pain))
    return Said(tuple(lines), tuple(notes), flare.less, asks=stand.entered == "asked", open_gate=not begun and stand.entered != "held")


def _starts_again(number: int) -> str:
    return cast("Mapping[str, str]", content("strength")["text"])["again"].format(stage=stage_of(number))


def _text() -> Mapping[str, str]:
    return cast("Mapping[str, str]", content("strength")["logged"])
