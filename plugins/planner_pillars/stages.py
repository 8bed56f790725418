"""The athlete's place in the strength block by the log: the gates of 5a and the flare rule of STR-10.

A session counts towards its stage's gate if the log has all of its sets at pain of 3 or less and no worse next morning. Missing answers
never count as good (PAIN-03: settled by the next morning); of the next mornings, one answer in the plan's week is enough if none is
worse. Future sessions and mornings, and sessions before the week in which strength was first logged, are assumed to go well.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from planner import Step
from planner_pillars.content import content
from planner_pillars.log_weeks import WEEK_DAYS, has_begun, told_of
from planner_pillars.strength_log import (
    MOST_PAIN,
    NAME,
    SORE_MORNINGS,
    Answer,
    Flare,
    Verdict,
    answer_of,
    counts_sets,
    flare_after,
    pauses,
    strength_of_week,
    told_from,
)
from planner_pillars.week_history import over_weeks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from planner import Brief, Entry, Session, Week
    from planner_pillars.week_history import Over

Entered: TypeAlias = Literal["begun", "asked", "passed", "held", "sore", "missed", "rested", "stays"]
"""How a week came to its place. `begun`: the plan or a repeated stage starts there; `asked`: the athlete checks the gate; `passed`: the log
met the gate; `held`: it did not; `sore`: the last session left the knee worse; `missed`: no session of a week was done; `rested`: three
sore mornings in a row made a week without strength; `stays`: stage 1 goes on while stairs or walking hurt."""
STAGE_WEEKS = 2
UPKEEP = 9
"""The programme week that repeats once the eight weeks are over."""
DOUBTS: Mapping[Verdict, str] = {
    "unsaid": "unsaid",
    "no_morning": "no_morning",
    "short": "short",
    "sore": "too_sore",
    "worse": "worse",
    "eased": "eased",
    "missed": "missed_sessions",
}
"""The text key for each verdict that does not count towards the gate."""
GOOD_SESSIONS = 2
STOP_PAIN = 5
"""The pain above which an exercise is left out (STR-10)."""


class Said(NamedTuple):
    """A session's texts by the log: lines on its stage, notes for its beginning, and `less`, how many sets fewer.

    `asks` means that it asks whether the stage before went well, `open_gate` that it states the gate to the next one, `logged` that a log
    is kept.
    """

    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    less: int = 0
    asks: bool = True
    open_gate: bool = True
    logged: bool = True


class Stand(NamedTuple):
    """A place in the block: programme week (1 to 9), how it was entered, sessions done so far, verdicts of this stage's sessions, and the
    flare after the last one. `again` means that a week without strength restarts the stage.
    """

    number: int
    entered: Entered = "begun"
    sessions: int = 0
    stage: tuple[Verdict, ...] = ()
    flare: Flare = Flare()
    again: bool = False

    @property
    def good(self) -> int:
        """The number of the stage's sessions that the log counts towards its gate."""
        return self.stage.count("good")


def stage_of(number: int) -> int:
    """The stage of programme week `number` (1 to 9): 1 to 4, or 5 for upkeep."""
    return (number - 1) // STAGE_WEEKS + 1


def first_of(number: int) -> int:
    """The first week of the stage of week `number`."""
    return (stage_of(number) - 1) * STAGE_WEEKS + 1


def without_strength(number: int, *, again: bool) -> tuple[int, bool]:
    """The programme week after a week without strength, and whether its stage restarts (5a), which it does if it had begun."""
    if number >= UPKEEP:
        return number, False
    return first_of(number), again or number != first_of(number)


class Drawn(NamedTuple):
    """A place in the block without strength in a log: programme week, sessions so far, and whether the stage restarts."""

    number: int
    sessions: int = 0
    again: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """Lines for the sessions of the next week."""
        return (_starts_again(self.number),) if self.again else ()


@lru_cache(maxsize=UPKEEP)
def drawn_from(first_week: int) -> Over[Drawn]:
    """The fold of weeks into a place in the block, everything done as planned, from the programme week that the plan began with."""
    return over_weeks(_drawn_after, Drawn(first_week))


def _drawn_after(drawn: Drawn, week: Week) -> Drawn:
    held = sum([s.pillar == NAME and s.status not in {"missed", "cancelled"} for s in week.sessions])
    if not held:
        number, again = without_strength(drawn.number, again=drawn.again)
        return drawn._replace(number=number, again=again)
    return Drawn(min(UPKEEP, drawn.number + 1), drawn.sessions + held)


def begins(first_week: int) -> Stand:
    """The place in which a plan begins; past stage 1 the athlete is asked whether earlier stages were done."""
    return Stand(first_week, "begun" if first_week <= STAGE_WEEKS else "asked")


def after(stand: Stand, week: Week, brief: Brief) -> Stand:
    """The place after one more week.

    A week without strength, planned or done, restarts the stage, and so do the seven dates without it after three sore mornings. The
    stage's last week repeats until two of the stage's sessions count, and while the knee is worse on the morning after the last one.
    """
    done = _after(stand, week, brief)
    if not any([week.start < pause.since <= week.start + timedelta(days=WEEK_DAYS) for pause in pauses(brief).all]):
        return done
    if stand.number >= UPKEEP:
        return done._replace(flare=Flare())
    return Stand(first_of(stand.number), "rested", done.sessions)


def _after(stand: Stand, week: Week, brief: Brief) -> Stand:
    """The place after one more week, without regard to pauses."""
    planned = sorted([s for s in week.sessions if s.pillar == NAME and s.status != "cancelled"], key=lambda s: (s.date, s.key))
    if not planned:
        return _after_none(stand, strength_of_week(brief, week.start))
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
        return stand._replace(number=stand.number + 1, entered="begun" if stand.entered in ("missed", "rested") else stand.entered)
    if flare.less or stand.good + stand.stage.count("ahead") < GOOD_SESSIONS:
        return stand._replace(entered="sore" if flare.less else "held")
    return stand._replace(number=stand.number + 1, entered="passed" if stand.good >= GOOD_SESSIONS else "asked", stage=())


def _after_none(stand: Stand, rows: Sequence[Entry]) -> Stand:
    """The place after a week without planned strength; strength logged all the same keeps it from restarting the stage (5a)."""
    if any([row.sets_done for row in rows]):
        return stand
    number, again = without_strength(stand.number, again=stand.again)
    if not again:
        return stand
    entered = "begun" if stand.entered in ("held", "sore") else stand.entered
    return stand._replace(number=number, entered=entered, stage=(), again=True)


def _answers(planned: Sequence[Session], brief: Brief, week: Week, flare: Flare) -> tuple[list[Answer], Flare]:
    """The log's answers about a week's sessions, by date, and the flare after the last one."""
    rows, since = strength_of_week(brief, week.start), told_from(brief) or brief.as_of
    found, waits = list[Answer](), False
    for session, told in zip(planned, told_of(planned, rows, [row for row in rows if counts_sets(row)]), strict=True):
        if not told:
            answer = Answer("missed" if since <= session.date < brief.as_of else "ahead")
        else:
            answer = answer_of(told, sets_of(session), eased=flare.less > 0)
        flare = flare_after(flare, answer)
        waits = waits or answer.verdict == "ahead" or any([row.date >= brief.as_of for row in told])
        found.append(answer)
    return _with_a_morning(found, waits=waits), flare


def _with_a_morning(answers: list[Answer], *, waits: bool) -> list[Answer]:
    """A week's answers. A session without a next morning counts as good only if another one of the week has one and none is worse; if that
    one may still come (`waits`), it is `ahead`.
    """
    mornings = {answer.worse for answer in answers}
    if mornings >= {False} and True not in mornings:
        return answers
    verdict: Verdict = "ahead" if waits and True not in mornings else "no_morning"
    return [answer._replace(verdict=verdict) if answer.verdict == "good" and answer.worse is None else answer for answer in answers]


def sets_of(session: Session) -> int:
    """The total number of sets in a session."""
    return sum(step.sets or 0 for step in session.steps if isinstance(step, Step))


def flares_within(stand: Stand, brief: Brief, first_day: date, keys: Sequence[str]) -> list[Flare]:
    """The flare before each of a week's sessions (`keys`, in order), by the week's rows about the sessions before it.

    In a future week the first session is assumed to go well. Once the week has begun, the flare stays until a row says otherwise.
    """
    flare, found = stand.flare, list[Flare]()
    rows = strength_of_week(brief, first_day)
    others = iter([row for row in rows if counts_sets(row)])
    for key in keys:
        found.append(flare)
        told = [row for row in rows if row.session.startswith(f"{NAME}/{key}#")] or [row for row in (next(others, None),) if row]
        if told:
            flare = flare_after(flare, answer_of(told, 0, eased=False))
        elif not has_begun(brief, first_day):
            flare = Flare()
    return found


def said(stand: Stand, flare: Flare, *, begun: bool) -> Said:
    """A session's texts: lines on its stage, some of them only once the week has `begun`, and notes on the flare."""
    text, stage = _text(), stage_of(stand.number)
    facts = {"stage": stage, "before": stage - 1, "next": stage + 1, "good": stand.good}
    lines = [text[stand.entered].format(**facts)] if stand.entered in ("passed", "missed", "rested", "sore") else []
    if stand.again:
        lines.append(_starts_again(stand.number))
    if stand.entered == "asked" and not begun:
        lines.append(text["asked"])
    last = stage_of(UPKEEP) - 1
    if stand.entered == "held":
        lines.append(text["held_last" if stage == last else "held"].format(**facts))
        doubts = [f"{text[words]} ({stand.stage.count(verdict)})" for verdict, words in DOUBTS.items() if verdict in stand.stage]
        lines.append(text["doubts"].format(what=", ".join(doubts)))
    elif begun and stage <= last and stand.entered not in ("sore", "stays"):
        lines.append(text["next_last" if stage == last else "next"].format(**facts))
    eased = ("", text["less"], text["less_again"], text["rest"])[min(flare.less, SORE_MORNINGS)].format(times=flare.less)
    notes = [eased] if eased else []
    if flare.pain > MOST_PAIN:
        notes.append(text["leave_out" if flare.pain > STOP_PAIN else "easier"].format(pain=flare.pain))
    return Said(tuple(lines), tuple(notes), flare.less, asks=stand.entered == "asked", open_gate=not begun and stand.entered != "held")


def _starts_again(number: int) -> str:
    return cast("Mapping[str, str]", content("strength")["text"])["again"].format(stage=stage_of(number))


def _text() -> Mapping[str, str]:
    return cast("Mapping[str, str]", content("strength")["logged"])
