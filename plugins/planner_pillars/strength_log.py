"""What the log says about strength: an answer for each session, the flare rule of STR-10, and the week without strength after three sore
mornings in a row.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from planner import Finding, cached_by_identity, memo
from planner_pillars.content import content
from planner_pillars.log_weeks import WEEK_DAYS, rows_so_far, worse_next_morning
from planner_pillars.mornings import by_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from planner import Brief, Entry

Verdict: TypeAlias = Literal["good", "ahead", "missed", "unsaid", "no_morning", "short", "sore", "worse", "eased"]
"""`ahead`: not done yet, or good while the first next morning of its week may still come; `unsaid`: sets or pain are missing;
`no_morning`: good but for the next morning, which is missing in a week without any or with a worse one; `short`: fewer sets; `sore`: pain
above 3; `worse`: worse the next morning, a limp or new swelling; `eased`: done with the reduced sets."""
NAME = "hip_strength"
MOST_PAIN = 3
"""The highest pain acceptable in strength work (PAIN-03)."""
SORE_MORNINGS = 3
"""Worse mornings in a row after strength from which it is left out for a week, with a routine referral (by rows 11 and 12 of 3a)."""
_DAY = timedelta(days=1)


class Flare(NamedTuple):
    """What past sessions mean for the next: how many sets fewer of each exercise, and the last session's worst pain."""

    less: int = 0
    pain: int = 0


class Answer(NamedTuple):
    """What the log says about one session: its verdict for the gate, worst pain during it, and whether the next morning was worse."""

    verdict: Verdict
    pain: int | None = None
    worse: bool | None = None


class Pause(NamedTuple):
    """The seven dates without strength, `since` to `until`, after this many worse mornings in a row."""

    since: date
    until: date
    times: int


class Pauses(NamedTuple):
    """All pauses in order, and the one after which the knee was worse on the morning after strength again, until it is not."""

    all: tuple[Pause, ...] = ()
    again: Pause | None = None


@cached_by_identity(16)
def _by_date(brief: Brief) -> Mapping[date, Sequence[Entry]]:
    """The rows about strength by the date of the session.

    A next morning in a row of its own counts only if it names the session: one that names none is the run's.
    """
    return by_date(rows_so_far(brief), _is_strength, _names_strength)


def _is_strength(row: Entry) -> bool:
    return _names_strength(row) or counts_sets(row)


def _names_strength(row: Entry) -> bool:
    return row.session.startswith(f"{NAME}/")


def counts_sets(row: Entry) -> bool:
    """Whether a row counts sets but names no session: strength on any date."""
    return not row.session and row.sets_done is not None


def strength_of_week(brief: Brief, first_day: date) -> list[Entry]:
    """The rows so far about the strength of the plan's week from `first_day`, those of the morning after its last day included."""
    told = _by_date(brief)
    return [row for day in range(WEEK_DAYS) for row in told.get(first_day + day * _DAY, ())]


@memo
def told_from(brief: Brief) -> date | None:
    """The first date of the plan week that has the log's first row about strength; None without one, because logging it is optional."""
    first = min(_by_date(brief), default=None)
    return None if first is None else first - timedelta(days=(first - brief.start).days % WEEK_DAYS)


def answer_of(rows: Sequence[Entry], sets: int, *, eased: bool) -> Answer:
    """The answer from the rows about one session; with a row for each knee the worse one counts."""
    done = max([row.sets_done for row in rows if row.sets_done is not None], default=None)
    pain = max([row.pain_during for row in rows if row.pain_during is not None], default=None)
    worse = worse_next_morning(rows)
    if done == 0:
        return Answer("missed")
    if worse or any([row.limp or row.swelling for row in rows]):
        return Answer("worse", pain, worse=True)
    start = max([row.pain_before for row in rows if row.pain_before is not None], default=0)
    if max(pain or 0, start) > MOST_PAIN:
        return Answer("sore", pain, worse)
    if done is None or pain is None:
        return Answer("unsaid", pain, worse)
    if done < sets:
        return Answer("short", pain, worse)
    return Answer("eased" if eased else "good", pain, worse)


def flare_after(flare: Flare, answer: Answer) -> Flare:
    """The flare after a session: one more set fewer after each worse morning in a row; a morning without answer changes nothing."""
    if answer.verdict == "missed":
        return flare
    if answer.verdict == "ahead" or answer.worse is False:
        return Flare(0, answer.pain or 0)
    return Flare(flare.less + (answer.worse is True), answer.pain or 0)


@memo
def pauses(brief: Brief) -> Pauses:
    """The weeks without strength that the log asks for. A session done during one can make it longer; after one the count begins anew."""
    flare, found, last = Flare(), Pauses(), None
    for on, rows in _sessions(brief):
        if last is not None and on > last.until and flare.less >= SORE_MORNINGS:
            flare = Flare()
        answer = answer_of(rows, 0, eased=False)
        flare = flare_after(flare, answer)
        if answer.worse is False:
            last, found = None, found._replace(again=None)
        elif answer.worse:
            if last is not None and on > last.until:
                found = found._replace(again=last)
            if flare.less >= SORE_MORNINGS:
                last = Pause(on + _DAY, on + WEEK_DAYS * _DAY, flare.less)
                found = found._replace(all=(*found.all, last))
    return found


def _sessions(brief: Brief) -> list[tuple[date, list[Entry]]]:
    """The logged strength sessions by date: the rows of a week that name the same session, and those of a date that name none."""
    found: dict[tuple[int, str], list[tuple[date, Entry]]] = {}
    for on, rows in _by_date(brief).items():
        days = (on - brief.start).days
        for row in rows:
            found.setdefault((days // WEEK_DAYS, row.session) if row.session else (days, ""), []).append((on, row))
    dated = [
        (max([on for on, row in told if not row.only_next_morning] or [told[-1][0]]), [row for _, row in told]) for told in found.values()
    ]
    return sorted(dated, key=lambda session: session[0])


@memo
def closed_dates(brief: Brief) -> frozenset[date]:
    """The dates of all pauses, apart from those on which strength was done all the same."""
    dates = {pause.since + day * _DAY for pause in pauses(brief).all for day in range(WEEK_DAYS)}
    return frozenset(dates - {on for on, rows in _by_date(brief).items() if not all(row.only_next_morning for row in rows)})


def findings(brief: Brief) -> Iterator[Finding]:
    """The pause that today is in, and the referral if the knee is worse again after one."""
    found, text = pauses(brief), cast("Mapping[str, str]", content("strength")["finding"])
    if found.again is not None:
        message = text["again"].format_map(found.again._asdict())
        yield Finding(rule="STR-10", severity="warning", message=message, source="STR-10")
    if found.all and brief.as_of <= found.all[-1].until:
        last = found.all[-1]
        message = text["pause"].format_map(last._asdict())
        yield Finding(rule="STR-10", severity="warning", where=last.since.isoformat(), message=message, source="STR-10")
