"""Laws 1, 2 and 3: how much a week, any seven dates and a single run may hold.

Bounds are the largest whole metres that are no more than the exact fraction, so that comparing with them is exact.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner.audit.ledger import total
from planner.audit.margin import OF_RUNNING, OF_RUNNING_IN, ON_FOOT, Margin
from planner.language import N_, _, decimal_point
from planner.quantities import TEN_PERCENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planner.audit.ledger import Ledger, Tally
    from planner.audit.weeks import WeekFacts
    from planner.model import Reading

Point: TypeAlias = tuple[int, int, int, int]
"""Margin, day number, metres in the seven dates to that day, and the metres they are compared with."""
MORE_THAN_BEFORE = N_("{1} more than the {2} m of the seven dates before it")
AGAIN = N_("as much as the best of the three weeks before, because runs were missed since")
IN_SEVEN_DATES = N_("{0} in the seven dates up to this one")
MORE_THAN_SEVEN_DATES = N_("{1} more than {2} m, the highest seven-day total a week earlier")
MORE_THAN_LONGEST = N_("{1} more than {2} m, what the longest run of the 30 dates before counts as")


class _Side(NamedTuple):
    """Running or all on foot in one week: the tables by day of what there is and of what the plan could take away of it, the metres found,
    those of the week before, and what the week may hold again after runs were missed.
    """

    table: Mapping[int, int]
    own: Mapping[int, int]
    found: int
    before: int
    again: int
    what: str


def load_margins(reading: Reading, ledger: Ledger, weeks: Sequence[WeekFacts]) -> Iterator[Margin]:
    """Every place where law 1, 2 or 3 is held against the plan; weeks with no metres to come are left out."""
    growth = lawful_growth(reading)
    running_counts = reading.measure == "running"
    yield from _weekly(ledger, weeks, growth, reading)
    yield from _rolling(ledger, weeks, growth, running_counts=running_counts)
    yield from _single_runs(ledger, weeks, growth)


def lawful_growth(reading: Reading) -> Fraction:
    """The growth that a plan was read with, within law 1's own range: what lies outside it is told apart."""
    return min(max(reading.growth, Fraction(0)), TEN_PERCENT)


def grown(metres: int, growth: Fraction, per: int = 1) -> int:
    """The most whole metres in `metres / per`, grown by `growth`."""
    numerator, denominator = growth.as_integer_ratio()
    return metres * (denominator + numerator) // (denominator * per)


def percent(growth: Fraction) -> str:
    """Growth as people write it: `10%`, `7.50%`, and as a fraction where hundredths of a percent do not say it."""
    points = growth * 10000
    if points.denominator > 1:
        return str(growth)
    whole, rest = divmod(points.numerator, 100)
    return _("{number}%", number=f"{whole}{decimal_point()}{rest:02d}" if rest else whole)


def _weekly(ledger: Ledger, weeks: Sequence[WeekFacts], growth: Fraction, reading: Reading) -> Iterator[Margin]:
    """Law 1: a week against the week before. An opening, and a restart after a week without running, have laws 4 and 5."""
    more = percent(growth)
    for week in weeks:
        if week.kind in ("opening", "barred") or (week.time_off and not week.time_off.follows_running):
            continue
        walking = total(ledger.foot_m, week.first, week.last) - total(ledger.run_m, week.first, week.last)
        run_before, foot_before = _before(ledger, week, walking)
        run = total(ledger.run_m, week.first, week.last)
        foot = total(ledger.foot_m, week.first, week.last)
        again_run, again_foot = week.again
        on_foot = again_run + walking if again_foot is None else again_foot
        known = ledger.counted_foot_m(week.first - 7, week.first - 1) is not None
        running = _Side(ledger.run_m, ledger.own_run_m, run, run_before, again_run, OF_RUNNING)
        afoot = _Side(ledger.foot_m, ledger.own_foot_m, foot, foot_before, on_foot, ON_FOOT)
        for side in (running, afoot) if reading.measure == "running" else (afoot,):
            allowed, reason, told = grown(side.before, growth), MORE_THAN_BEFORE, known
            if side.again > allowed:
                allowed, reason, told = side.again, AGAIN, again_foot is not None
            # If planned walking stands in for unknown walking, only running is compared: walks are neither to blame nor able to give way.
            table, own = (side.table, side.own) if told else (ledger.run_m, ledger.own_run_m)
            if ledger.comes(table, week.first, week.last):
                over = side.found - allowed
                alone = over > 0 and ledger.only_commitments(own, week.first, week.last, over)
                facts = (side.what, more, side.before)
                yield Margin("law-1", "m", allowed, side.found, "{0}", reason, facts, week=week.number, alone=alone)


def _before(ledger: Ledger, week: WeekFacts, walking: int) -> tuple[int, int]:
    """What the week before counts for, running and on foot. Where its walking is unknown, this week's own stands in."""
    run = ledger.counted_m(week.first - 7, week.first - 1)
    foot = ledger.counted_foot_m(week.first - 7, week.first - 1)
    return run, run + walking if foot is None else foot


def _rolling(ledger: Ledger, weeks: Sequence[WeekFacts], growth: Fraction, *, running_counts: bool) -> Iterator[Margin]:
    """Law 2 in every block that reaches into the plan, on foot where all dates that it needs are known."""
    openings = {week.first_run for week in weeks if week.kind == "opening"}
    latest_unknown = max(ledger.unknown, default=0)
    for first, last in _blocks(ledger.days, openings):
        since = max(first + 7, ledger.ahead)
        if running_counts:
            points = _points(ledger.run_m, (first, last), (ledger.ahead, since), growth)
            yield from _stretches(points, OF_RUNNING, growth, ledger, ledger.own_run_m)
        if latest_unknown >= first:
            since = max(since, latest_unknown + 20)
        points = _points(ledger.foot_m, (first, last), (ledger.ahead, since), growth)
        yield from _stretches(points, ON_FOOT, growth, ledger, ledger.own_foot_m)


def _blocks(days: Sequence[int], openings: set[int | None]) -> list[tuple[int, int]]:
    """First and last day of each block of running: seven dates off end one, and so does an opening week."""
    if not days:
        return []
    cuts = [(one, other) for one, other in pairwise(days) if other - one > 7 or other in openings]
    firsts, lasts = [days[0], *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), days[-1]]
    return list(zip(firsts, lasts, strict=True))


def _points(table: dict[int, int], block: tuple[int, int], span: tuple[int, int], growth: Fraction) -> list[Point]:
    """Every date of `block` from the second of `span` on, with its seven dates, if the plan, ahead from the first, runs on any.

    Before the block its first week repeats backwards, so any seven dates that end in that week or earlier hold as much as it. What was run
    before breaks no law of the plan's.
    """
    (first, last), (ahead, since) = block, span
    if since > last:
        return []
    held = [table.get(day, 0) for day in range(first, last + 1)]
    sums = [sum(held[:7])] * 7
    for at in range(7, len(held)):
        sums.append(sums[-1] + held[at] - held[at - 7])
    points: list[Point] = []
    for at in range(since - first, len(held)):
        if any(held[max(at - 6, ahead - first) : at + 1]):
            reference = max(sums[max(at - 13, 0) : at - 6])
            points.append((grown(reference, growth) - sums[at], first + at, sums[at], reference))
    return points


def _stretches(points: list[Point], what: str, growth: Fraction, ledger: Ledger, own: Mapping[int, int]) -> Iterator[Margin]:
    """The tightest date of each stretch of dates that keep law 2, the worst of each that break it, by commitments alone or not."""

    def kind(point: Point) -> tuple[bool, bool]:
        broken = point[0] < 0
        return broken, broken and not ledger.comes(own, point[1] - 6, point[1])

    for (_broken, alone), stretch in groupby(points, key=kind):
        margin, day, found, reference = min(stretch)
        yield Margin(
            law="law-2",
            day=day,
            unit="m",
            allowed=found + margin,
            found=found,
            measured=IN_SEVEN_DATES,
            reason=MORE_THAN_SEVEN_DATES,
            facts=(what, percent(growth), reference),
            alone=alone,
        )


def _single_runs(ledger: Ledger, weeks: Sequence[WeekFacts], growth: Fraction) -> Iterator[Margin]:
    """Law 3: each run against the longest of the 30 dates before it. An opening week has law 4 instead."""
    more = percent(growth)
    for run in ledger.runs:
        week = _week_of(run, ledger, weeks)
        if week and week.kind in ("opening", "barred"):
            continue
        longest, per = longest_before(ledger, run.day, week)
        yield Margin(
            law="law-3",
            day=run.day,
            unit="m",
            allowed=grown(longest, growth, per),
            found=run.run_m,
            measured=OF_RUNNING_IN,
            reason=MORE_THAN_LONGEST,
            facts=(run.session, more, longest // per),
            alone=run.fixed and (not run.accepted_m or run.accepted_m <= grown(longest, growth, per) < run.run_m),
        )


def longest_before(ledger: Ledger, day: int, week: WeekFacts | None) -> tuple[int, int]:
    """L of law 3, as numerator and denominator.

    In a week after time off, runs from before it count at the week's share; and as that share is the whole week's, no run in
    it may have more than they gave on its first day, however long its own first run was.
    """
    if week is None or week.time_off is None:
        return ledger.longest(day - 30, day - 1), 1
    before, (share, per) = week.time_off.before, week.time_off.share
    older, newer = ledger.longest(day - 30, before), ledger.longest(before + 1, day - 1)
    return min(max(share * older, per * newer), share * ledger.longest(week.first - 30, before)), per


def _week_of(run: Tally, ledger: Ledger, weeks: Sequence[WeekFacts]) -> WeekFacts | None:
    """The week that a run's date lies in, None outside the plan's weeks."""
    index = (run.day - ledger.start) // 7
    return weeks[index] if 0 <= index < len(weeks) else None
