"""Laws 1, 2 and 3: limits for a week, any seven dates, and a single run.

Bounds are exact fractions rounded down to whole metres, so comparisons with whole metres are exact.
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

Point: TypeAlias = tuple[int, int, int, int, Fraction]
"""Margin, day number, metres in the seven dates ending that day, the reference metres, and the growth that they allow."""
MUCH_M = 20_000
"""Running metres of a week above which growth is `GENTLE`, unless the athlete asked for more."""
GENTLE = Fraction(1, 20)
MORE_THAN_BEFORE = N_("{1} more than the {2} m of the seven dates before it")
AGAIN = N_("as much as the best of the three weeks before, because runs were missed since")
IN_SEVEN_DATES = N_("{0} in the seven dates up to this one")
MORE_THAN_SEVEN_DATES = N_("{1} more than {2} m, the highest seven-day total a week earlier")
MORE_THAN_LONGEST = N_("{1} more than {2} m, what the longest run of the 30 dates before counts as")


class _Side(NamedTuple):
    """One week's load, either running or everything on foot.

    `table` has the load by day, `own` the part that the plan could reduce; `found` is the week's metres, `before` those of the week before,
    and `again` what the week may return to after missed runs.
    """

    table: Mapping[int, int]
    own: Mapping[int, int]
    found: int
    before: int
    again: int
    what: str


def load_margins(reading: Reading, ledger: Ledger, weeks: Sequence[WeekFacts]) -> Iterator[Margin]:
    """Yield the margins of laws 1, 2 and 3; weeks with no metres ahead are left out."""
    yield from _weekly(ledger, weeks, reading)
    yield from _rolling(ledger, weeks, reading)
    yield from _single_runs(ledger, weeks, lawful_growth(reading))


def lawful_growth(reading: Reading) -> Fraction:
    """Return the plan's growth clamped to the range of law 1; a value outside it has a finding of its own."""
    return min(max(reading.growth, Fraction(0)), TEN_PERCENT)


def weekly_growth(reading: Reading, ledger: Ledger, first: int) -> Fraction:
    """Return the growth that law 1 allows the week from day number `first`: at most 5% after a week above 20 km, unless more was asked for.

    The running of the week before decides it for metres on foot too. Each run counts for no more than it was allowed.
    """
    growth = lawful_growth(reading)
    if reading.explicit_growth or total(ledger.counts_m, first - 7, first - 1) <= MUCH_M:
        return growth
    return min(growth, GENTLE)


def grown(metres: int, growth: Fraction, per: int = 1) -> int:
    """Return `metres / per` grown by `growth`, rounded down to whole metres."""
    numerator, denominator = growth.as_integer_ratio()
    return metres * (denominator + numerator) // (denominator * per)


def percent(growth: Fraction) -> str:
    """Format growth as a percentage: `10%`, `7.50%`; as a fraction if hundredths of a percent are not exact."""
    points = growth * 10000
    if points.denominator > 1:
        return str(growth)
    whole, rest = divmod(points.numerator, 100)
    return _("{number}%", number=f"{whole}{decimal_point()}{rest:02d}" if rest else whole)


def _weekly(ledger: Ledger, weeks: Sequence[WeekFacts], reading: Reading) -> Iterator[Margin]:
    """Law 1: a week against the week before. Openings, and restarts after a week without running, fall under laws 4 and 5."""
    for week in weeks:
        if week.kind in ("opening", "barred") or (week.time_off and not week.time_off.follows_running):
            continue
        growth = weekly_growth(reading, ledger, week.first)
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
            # If planned walking stands in for unknown walking, compare running alone: walks neither cause the excess nor could reduce it.
            table, own = (side.table, side.own) if told else (ledger.run_m, ledger.own_run_m)
            if ledger.comes(table, week.first, week.last):
                over = side.found - allowed
                alone = over > 0 and ledger.only_commitments(own, week.first, week.last, over)
                facts = (side.what, percent(growth), side.before)
                yield Margin("law-1", "m", allowed, side.found, "{0}", reason, facts, week=week.number, alone=alone)


def _before(ledger: Ledger, week: WeekFacts, walking: int) -> tuple[int, int]:
    """Return the previous week's counted metres, running and on foot. If its walking is unknown, this week's walking is assumed."""
    run = ledger.counted_m(week.first - 7, week.first - 1)
    foot = ledger.counted_foot_m(week.first - 7, week.first - 1)
    return run, run + walking if foot is None else foot


def _rolling(ledger: Ledger, weeks: Sequence[WeekFacts], reading: Reading) -> Iterator[Margin]:
    """Law 2 in every block that extends into the plan; on foot only where walking is known on all dates needed."""
    openings = {week.first_run for week in weeks if week.kind == "opening"}
    latest_unknown, growth = max(ledger.unknown, default=0), lawful_growth(reading)
    by_week = {week.first: weekly_growth(reading, ledger, week.first) for week in weeks}
    for first, last in _blocks(ledger.days, openings):
        since = max(first + 7, ledger.ahead)
        if reading.measure == "running":
            growths = [_growth_to(day, ledger.start, by_week, growth) for day in range(since, last + 1)]
            points = _points(ledger.run_m, (first, last), (ledger.ahead, since), growths)
            yield from _stretches(points, OF_RUNNING, ledger, ledger.own_run_m)
        if latest_unknown >= first:
            since = max(since, latest_unknown + 20)
        points = _points(ledger.foot_m, (first, last), (ledger.ahead, since), [growth] * max(0, last + 1 - since))
        yield from _stretches(points, ON_FOOT, ledger, ledger.own_foot_m)


def _growth_to(day: int, start: int, by_week: Mapping[int, Fraction], usual: Fraction) -> Fraction:
    """Return the growth of the seven dates up to `day`: where they reach into two weeks, that of the week that may grow more.

    So a plan whose run days stay put breaks no law 2 in the week in which it comes above 20 km. Before the plan, growth is as usual.
    """
    weeks = [start + (date - start) // 7 * 7 for date in (day - 6, day)]
    return max(by_week.get(week, usual) for week in weeks)


def _blocks(days: Sequence[int], openings: set[int | None]) -> list[tuple[int, int]]:
    """Return the first and last day of each block of running; seven dates off or an opening week end a block."""
    if not days:
        return []
    cuts = [(one, other) for one, other in pairwise(days) if other - one > 7 or other in openings]
    firsts, lasts = [days[0], *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), days[-1]]
    return list(zip(firsts, lasts, strict=True))


def _points(table: dict[int, int], block: tuple[int, int], span: tuple[int, int], growths: Sequence[Fraction]) -> list[Point]:
    """Return a point for every date of `block` from `since` on if its seven dates include running still ahead.

    `span` is (ahead, since), `growths` the growth for each date from `since` on. Before the block, its first week is assumed to repeat
    backwards, so seven dates ending in that week or earlier hold as much as that week. Running before the plan breaks no law.
    """
    (first, last), (ahead, since) = block, span
    if since > last:
        return []
    held = [table.get(day, 0) for day in range(first, last + 1)]
    sums = [sum(held[:7])] * 7
    for at in range(7, len(held)):
        sums.append(sums[-1] + held[at] - held[at - 7])
    points: list[Point] = []
    for at, growth in enumerate(growths, since - first):
        if any(held[max(at - 6, ahead - first) : at + 1]):
            reference = max(sums[max(at - 13, 0) : at - 6])
            points.append((grown(reference, growth) - sums[at], first + at, sums[at], reference, growth))
    return points


def _stretches(points: list[Point], what: str, ledger: Ledger, own: Mapping[int, int]) -> Iterator[Margin]:
    """Yield the minimum margin of each stretch of dates that keep law 2, break it, or break it by commitments alone."""

    def kind(point: Point) -> tuple[bool, bool]:
        broken = point[0] < 0
        return broken, broken and not ledger.comes(own, point[1] - 6, point[1])

    for (_broken, alone), stretch in groupby(points, key=kind):
        margin, day, found, reference, growth = min(stretch)
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
    """Law 3: each run against the longest of the 30 dates before it. Runs of an opening week fall under law 4 instead."""
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
    """Return L of law 3, as numerator and denominator.

    In a week after time off, runs from before it count at the week's share. Since that share applies to the whole week, no run in it may
    exceed what they gave on the week's first day, however long the week's own first run was.
    """
    if week is None or week.time_off is None:
        return ledger.longest(day - 30, day - 1), 1
    before, (share, per) = week.time_off.before, week.time_off.share
    older, newer = ledger.longest(day - 30, before), ledger.longest(before + 1, day - 1)
    return min(max(share * older, per * newer), share * ledger.longest(week.first - 30, before)), per


def _week_of(run: Tally, ledger: Ledger, weeks: Sequence[WeekFacts]) -> WeekFacts | None:
    """Return the week that contains a run's date; None outside the plan's weeks."""
    index = (run.day - ledger.start) // 7
    return weeks[index] if 0 <= index < len(weeks) else None
