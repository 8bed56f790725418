"""The laws of load as upper bounds on a week, a run and a date, each with the name of what set it.

Each law is one named function over the ledger. Arithmetic is exact: metres are integers, ratios are fractions, rounding is always down. A
law is a ceiling, never a target. The audit does not use this module; it computes the same independently from the finished plan.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planner.language import N_, _, cached
from planner.model import Cap, Decision, Why
from planner.quantities import grown, metres_run

if TYPE_CHECKING:
    from planner.ledger import Ledger
    from planner.model import Reading

ENTRY_WEEK_S = 1800
ENTRY_RUN_S = 600
GENTLE_ABOVE_M = 20_000
"""Above this much weekly running, growth is 5% unless the athlete asks for more."""
GENTLE_GROWTH = Fraction(1, 20)
FULL = Fraction(1)
TIME_OFF = ((28, Fraction(0)), (21, Fraction(1, 2)), (14, Fraction(3, 5)), (7, Fraction(4, 5)))
"""The least dates without a run, and the share of the last seven dates' running that the first week back may hold (evidence 1a)."""
WORDS: dict[Cap, tuple[str, str]] = {
    "weekly": (N_("a week may hold no more than the week before plus the plan's growth, which is at most 10%"), "PROG-01"),
    "on-foot": (N_("a week may hold no more on foot, walking included, than the week before plus the plan's growth"), "PROG-10"),
    "rolling": (
        N_("a day may hold no more than the same weekday a week earlier plus the plan's growth, so that no seven days jump"),
        "PROG-01",
    ),
    "session": (N_("one run may be no longer than the longest of the 30 days before plus the plan's growth, at most 10%"), "PROG-05"),
    "entry": (N_("no seven days of the last four weeks held half an hour of running: the first week is a small fixed dose"), "ENT-12"),
    "time-off": (N_("after a week or more without running, the first week back holds a share of what came before"), "1a"),
    "easy-week": (N_("an easy week: the same load once more, no growth"), "PROG-17"),
    "missed": (N_("runs were missed, but not because of pain, so the week returns to the best of the three weeks before"), "PROG-21"),
    "pain": (N_("the knee's last answers allow no more"), "PAIN-01"),
    "goal": (N_("your goal asks for no more, so growth stops here"), "PROG-24"),
    "template": (N_("the programme asks for no more here"), "WR-08"),
    "availability": (N_("the time you have on this day allows no more"), "SCHED-10"),
}


class Bound(NamedTuple):
    """An upper bound in metres and the cap that set it: a key of `WORDS`, or `plugin:NAME` with a `text` and `source` of its own."""

    metres: int
    by: Cap
    text: str = ""
    source: str = ""

    def why(self) -> Why:
        """The reason as shown beside a session."""
        return _why(self.by, self.text, self.source)


@cached(256)
def _why(limit: Cap, text: str, source: str) -> Why:
    if text or limit not in WORDS:
        return Why(limit=limit, text=text, source=source if text else "")
    message, told_by = WORDS[limit]
    return Why(limit=limit, text=_(message), source=told_by)


class WeekLaw(NamedTuple):
    """What the laws allow one week. `run` is None where only metres on foot are counted; `foot` is None without an on-foot reference.

    `growth` is what the week may grow by (0 in an easy week); `longest_share` the share at which the longest run of law 3 counts; `dose_s`
    the seconds of running in each session of an entry week (None in any other); `most_s` a further ceiling on one run's seconds after time
    off (None: none).
    """

    first: int
    decision: Decision
    run: Bound | None
    foot: Bound | None
    growth: Fraction
    longest_share: Fraction = FULL
    dose_s: int | None = None
    most_s: int | None = None


def week_law(ledger: Ledger, first: int, reading: Reading, *, opening_s: int, opens: bool, easy: bool) -> WeekLaw:
    """The bounds of the week whose first date is day number `first`.

    `opening_s` is the template's opening dose; `opens` marks the plan's first week, `easy` an easy week.
    """
    last = ledger.last_run(first)
    gap = None if last is None else first - last - 1
    restarts = gap is None or gap >= 7
    if (restarts or opens) and ledger.nothing_to_grow_from(first):
        return entry(first, reading, opening_s)
    if last is not None and restarts:
        return time_off(ledger, first, last, reading)
    return weekly(ledger, first, reading, easy=easy)


def entry(first: int, reading: Reading, opening_s: int) -> WeekLaw:
    """Law 4: with nothing to grow from, the first week is a fixed dose in seconds, per session and in total."""
    dose = min(opening_s, ENTRY_RUN_S)
    bound = Bound(metres=metres_run(ENTRY_WEEK_S, reading.paces.run), by="entry")
    return WeekLaw(first=first, decision="entry", run=bound, foot=None, growth=reading.growth, dose_s=dose)


def time_off(ledger: Ledger, first: int, last: int, reading: Reading) -> WeekLaw:
    """Law 5: after a gap, measured to the week's first date, a share of the seven dates that ended with the last run."""
    share = share_after(first - last - 1)
    ran, walked = ledger.seven_to(last)
    run = Bound(metres=int(share * ran), by="time-off")
    foot = None if walked is None else Bound(metres=int(share * walked), by="time-off")
    return WeekLaw(first=first, decision="regress", run=run, foot=foot, growth=reading.growth, longest_share=share)


def weekly(ledger: Ledger, first: int, reading: Reading, *, easy: bool) -> WeekLaw:
    """Law 1: the week before plus growth; in an easy week, the week before as it was."""
    before = ledger.run_sum(first - 7, first - 1)
    growth = growth_for(before, reading)
    by: Cap = "weekly"
    if easy:
        growth, by = Fraction(0), "easy-week"
    run = Bound(metres=grown(before, growth), by=by)
    walked = ledger.foot_sum(first - 7, first - 1)
    foot = None if walked is None else Bound(metres=grown(walked, growth), by="easy-week" if easy else "on-foot")
    on_foot_only = reading.measure == "on-foot" and foot is not None
    return WeekLaw(first=first, decision="easy" if easy else "progress", run=None if on_foot_only else run, foot=foot, growth=growth)


def late_start(law: WeekLaw, ledger: Ledger, first_run: int, reading: Reading, *, opening_s: int) -> WeekLaw:
    """Tighten `law` by law 5 if the week's first run comes seven dates or more after the last one, although the week before held running.

    A week decided `hold` stays `hold`. With nothing to grow from, a week decided `progress` or `easy` becomes an entry week (law 4) with
    the template's `opening_s` per session.
    """
    last = ledger.last_run(first_run)
    if law.dose_s is not None or last is None or first_run - last - 1 < 7 or last < law.first - 7:
        return law
    if law.decision in ("progress", "easy") and ledger.nothing_to_grow_from(law.first):
        opened = entry(law.first, reading, opening_s)
        return law._replace(decision="entry", run=opened.run, dose_s=opened.dose_s)
    off = time_off(ledger, first_run, last, reading)
    if law.run is not None and law.run.by == "missed":  # what is restored after missed runs counts at the gap's share too
        foot = None if law.foot is None else law.foot._replace(metres=int(off.longest_share * law.foot.metres))
        law = law._replace(run=law.run._replace(metres=int(off.longest_share * law.run.metres)), foot=foot)
    run = off.run if law.run is None or (off.run and off.run.metres < law.run.metres) else law.run
    foot = off.foot if law.foot is None or (off.foot and off.foot.metres < law.foot.metres) else law.foot
    decision: Decision = "hold" if law.decision == "hold" else "regress"
    return law._replace(decision=decision, run=run, foot=foot, longest_share=min(law.longest_share, off.longest_share))


def growth_for(before_m: int, reading: Reading) -> Fraction:
    """The growth allowed after a week of `before_m` metres: at most 5% above 20 km unless the athlete asked for more."""
    if before_m > GENTLE_ABOVE_M and not reading.explicit_growth:
        return min(reading.growth, GENTLE_GROWTH)
    return reading.growth


@lru_cache(maxsize=512)
def most_runs(days: int, gap: int) -> int:
    """Law 6: the most runs that fit on the open days (bit mask) of every week, `gap` days apart, also across the week's end."""
    spread = (d for d in range(1 << 7) if d & days == d and all(not d & _turned(d, n) for n in range(1, gap)))
    return max(d.bit_count() for d in spread)


def _turned(days: int, by: int) -> int:
    return ((days << by) | (days >> (7 - by))) & 0b1111111


def share_after(gap: int) -> Fraction:
    """Law 5's share for `gap` dates without a run."""
    return next((share for least, share in TIME_OFF if gap >= least), FULL)


def run_bound(law: WeekLaw, ledger: Ledger, day: int, reading: Reading) -> Bound:
    """Law 3 for one run on `day`: the longest run before it, at its share, plus growth; the dose in an entry week."""
    if law.dose_s is not None:
        return Bound(metres_run(law.dose_s, reading.paces.run), "entry")
    longest = ledger.longest(day)
    if law.longest_share is FULL:
        return Bound(grown(longest, reading.growth), "session")
    most = grown(int(law.longest_share * longest), reading.growth)
    return Bound(most if law.most_s is None else min(most, metres_run(law.most_s, reading.paces.run)), "time-off")


def weekday_bound(law: WeekLaw, ledger: Ledger, day: int, reading: Reading) -> Bound | None:
    """Law 2 for running on `day` as the planner applies it; None where it sets no bound.

    A run may exceed that of the same weekday a week before, if there was one, by the week's growth at most; with `rolling = "enforce"` the
    rolling seven-date sums bind too.
    """
    if law.run is None:
        return None
    metres = _weekday(law, ledger, day, reading, on_foot=False)
    return None if metres is None else Bound(metres, "rolling" if law.growth else "easy-week")


def weekday_foot(law: WeekLaw, ledger: Ledger, day: int, reading: Reading) -> int | None:
    """`weekday_bound` for metres on foot, in metres; None where it sets no bound."""
    return _weekday(law, ledger, day, reading, on_foot=True)


def _weekday(law: WeekLaw, ledger: Ledger, day: int, reading: Reading, *, on_foot: bool) -> int | None:
    bounds: list[int] = []
    before = ledger.weekday_before(day, on_foot=on_foot)
    if before and law.dose_s is None and law.longest_share is FULL:
        bounds.append(grown(before, law.growth))
    if reading.rolling == "enforce":
        growth = reading.growth if on_foot else growth_for(ledger.run_sum(law.first - 7, law.first - 1), reading)
        room = ledger.rolling_room(day, growth, on_foot=on_foot)
        bounds += [] if room is None else [room]
    return min(bounds, default=None)
