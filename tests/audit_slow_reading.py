"""A slow reference implementation of laws 1 to 5, with fractions and long loops, to compare the audit with."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import field, frozen

from planner.model import Decision, Paces, Plan
from tests.audit_plans import make, on, past, run

PLAN_DAYS = 42


@frozen(kw_only=True)
class Layout:
    """At most one run and walk a date, by day from the start; what was done by day before `ahead`: run_m, foot_m, longest_m, allowed_m.

    From day `ahead` on what is planned counts; 0: no log is kept. `fixed` are the planned days that are commitments, with the metres that
    each says it was allowed. `explicit`: the athlete asked for this growth.
    """

    planned: dict[int, tuple[int, int]]
    past: dict[int, tuple[int, int | None, int | None, int | None]]
    decisions: dict[int, Decision]
    growth: Fraction
    paces: Paces
    on_foot: bool
    ahead: int = 0
    fixed: dict[int, int] = field(factory=dict)
    explicit: bool = False

    @property
    def plan(self) -> Plan:
        """The plan that is laid out so."""
        return make(
            [run(day, run_s, walk_s, allowed_m=self.fixed.get(day)) for day, (run_s, walk_s) in self.planned.items()],
            history=[past(day, m, foot, longest_m=longest, allowed_m=may) for day, (m, foot, longest, may) in self.past.items()],
            weeks=PLAN_DAYS // 7,
            decisions=self.decisions,
            paces=self.paces,
            growth=self.growth,
            explicit_growth=self.explicit,
            measure="on-foot" if self.on_foot else "running",
            rolling="enforce",
            ahead=self.ahead or None,
        )


class SlowReading:
    """Laws 1 to 5 once more, by fractions and long loops, from the page that defines them."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.broken: set[tuple[str, str, str]] = set()
        run_pace, walk_pace = layout.paces.run, layout.paces.walk
        planned = {d: dose for d, dose in layout.planned.items() if d >= layout.ahead}
        self.run = {d: 1000 * r // run_pace for d, (r, _) in planned.items()} | {d: p[0] for d, p in layout.past.items()}
        self.foot: dict[int, int | None] = {d: p[0] if p[1] is None and p[0] and p[3] == 0 else p[1] for d, p in layout.past.items()}
        self.foot |= {d: self.run[d] + 1000 * w // walk_pace for d, (_, w) in planned.items()}
        self.fixed = {d: min(self.run[d], m) for d, m in layout.fixed.items() if d in planned}
        self.raw = {d: Fraction(r) for d, (r, _) in planned.items()}
        self.seconds = self.raw | {d: Fraction(m * run_pace, 1000) for d, m in self.fixed.items()}
        may = {d: p[0] if p[3] is None else min(p[0], p[3]) for d, p in layout.past.items()}
        self.seconds |= {d: Fraction(m * run_pace, 1000) for d, m in may.items()}
        self.counts = {**self.run, **self.fixed, **may}
        done = {d for d, p in layout.past.items() if p[0] > 0 and p[3] != 0}  # what was allowed nothing is no run
        self.run_days = sorted({d for d, s in self.raw.items() if s > 0} | {d for d in may if self.seconds[d] > 0} | done)
        self.more = 1 + layout.growth

    def more_in(self, first: int) -> Fraction:
        """By what factor a week may be larger than the week before: 5% above 20 km a week unless more is asked for."""
        gentle = sum(m for d, m in self.counts.items() if first - 7 <= d < first) > 20_000 and not self.layout.explicit
        return min(self.more, Fraction(21, 20)) if gentle else self.more

    def more_to(self, day: int) -> Fraction:
        """The same for the seven dates up to `day`: the larger one of the weeks that they reach into; before the plan, the usual."""
        return max(self.more if d < 0 else self.more_in(d // 7 * 7) for d in range(day - 6, day + 1))

    def add(self, law: str, where: str, *, alone: bool = False) -> None:
        self.broken.add((law, where, "warning" if alone else "error"))

    def own(self, table: Mapping[int, int | None], first: int, last: int) -> bool:
        """Whether anything but commitments is still to come on these days."""
        return any(table.get(d) for d in range(max(first, self.layout.ahead), last + 1) if d not in self.fixed)

    def alone(self, table: Mapping[int, int | None], first: int, found: int, allowed: Fraction) -> bool:
        """Whether a week's break is its commitments' alone, which count for no more than was allowed."""
        mine = [d for d in self.fixed if first <= d <= first + 6]
        counted = found - sum(self.run[d] - self.fixed[d] for d in mine)
        return not self.own(table, first, first + 6) and (counted <= allowed or not sum(self.fixed[d] for d in mine))

    def ran(self, first: int, last: int) -> int:
        return sum(m for d, m in self.run.items() if first <= d <= last)

    def walked_too(self, first: int, last: int) -> int | None:
        found = [m for d, m in self.foot.items() if first <= d <= last]
        return None if None in found else sum(m for m in found if m is not None)

    def on_feet(self, first: int, last: int) -> int:
        """Metres on foot of a week of the plan; of a day whose walking nobody knows the running."""
        return sum(self.run[d] if m is None else m for d, m in self.foot.items() if first <= d <= last)

    def comes(self, table: Mapping[int, int | None], first: int) -> bool:
        """Whether a week holds anything that is still to come."""
        return any(table.get(d) for d in range(max(first, self.layout.ahead), first + 7))

    def accepted(self, first: int, last: int) -> int:
        may = 0
        for day in range(first, last + 1):
            limit = self.layout.past[day][3] if day in self.layout.past else self.fixed.get(day)
            may += self.run.get(day, 0) if limit is None else limit
        return min(self.ran(first, last), may)

    def accepted_foot(self, first: int, last: int) -> int | None:
        foot = self.walked_too(first, last)
        return None if foot is None else foot - self.ran(first, last) + self.accepted(first, last)

    def longest(self, day: int) -> int:
        if day not in self.layout.past:
            return self.fixed.get(day, self.run.get(day, 0))
        run_m, _, longest, may = self.layout.past[day]
        known = max(run_m, longest or 0)
        return known if may is None else min(known, may)

    def from_nothing(self, first: int) -> bool:
        ends = [d for d in range(first - 28, first) if d - 6 >= first - 28]
        return not any(sum(self.seconds.get(x, 0) for x in range(d - 6, d + 1)) >= 1800 for d in ends)

    def read(self) -> set[tuple[str, str, str]]:
        openings = [w for w in range(PLAN_DAYS // 7) if self.week(w)]
        self.rolling({min(d for d in self.run_days if d >= 7 * w) for w in openings})
        return self.broken

    def week(self, index: int) -> bool:
        """Hold laws 1, 3, 4 and 5 against a week; whether it is an opening week."""
        first, last, where = 7 * index, 7 * index + 6, f"week {index + 1}"
        decision = self.layout.decisions[index + 1]
        mine = [d for d in self.run_days if first <= d <= last]
        if not mine:
            self.weekly(first, where)
            return False
        before = max((d for d in self.run_days if d < first), default=-(10**6))
        goes_on = before >= first - 7
        gap = (mine[0] if goes_on else first) - before - 1
        opens = gap >= 28 or ((gap >= 7 or index == 0) and self.from_nothing(first))
        if opens and decision not in ("hold", "regress"):
            self.opening(mine, where)
            return True
        if (gap >= 28 or decision == "entry") and self.comes(self.run, first):
            claims = any(self.fixed.get(d) for d in mine)
            self.add("law-4", where, alone=not claims and not self.own(self.run, first, last))
        if gap < 28:
            self.going_on(mine, first, before, gap)
        return False

    def opening(self, mine: list[int], where: str) -> None:
        for day in mine:
            if day >= self.layout.ahead and self.raw[day] > 600:
                self.add("law-4", on(day).isoformat(), alone=day in self.fixed and self.seconds[day] <= 600)
        first = mine[0] // 7 * 7
        done = int(sum(self.seconds[day] for day in mine if day < self.layout.ahead))
        if self.comes(self.run, first) and done + sum(self.raw[d] for d in mine if d >= self.layout.ahead) > 1800:
            fits = sum(self.seconds[d] for d in mine) <= 1800 or not any(self.fixed.get(d) for d in mine)
            self.add("law-4", where, alone=fits and not self.own(self.run, first, first + 6))

    def going_on(self, mine: list[int], first: int, before: int, gap: int) -> None:
        where, share = f"week {first // 7 + 1}", Fraction(1)
        if before >= first - 7:
            self.weekly(first, where)
        if gap >= 7:
            share = {1: Fraction(4, 5), 2: Fraction(3, 5), 3: Fraction(1, 2)}[gap // 7]
            self.time_off(before, first, where, share)
        for day in mine:
            self.single(day, first, before, share)

    def weekly(self, first: int, where: str) -> None:
        run_m, foot_m = self.ran(first, first + 6), self.on_feet(first, first + 6)
        run_before, foot_before = self.accepted(first - 7, first - 1), self.accepted_foot(first - 7, first - 1)
        if first == 0 and not any(-7 <= d <= -1 for d in self.layout.past):
            foot_before = None
        walked = self.run if foot_before is None else self.foot
        if foot_before is None:
            foot_before = run_before + foot_m - run_m
        more = self.more_in(first)
        if run_m > more * run_before and not self.layout.on_foot and self.comes(self.run, first):
            self.add("law-1", where, alone=self.alone(self.run, first, run_m, more * run_before))
        if foot_m > more * foot_before and self.comes(self.foot, first):
            self.add("law-1", where, alone=self.alone(walked, first, foot_m, more * foot_before))

    def time_off(self, before: int, first: int, where: str, share: Fraction) -> None:
        foot = self.accepted_foot(before - 6, before)
        run_m, foot_m, allowed = self.ran(first, first + 6), self.on_feet(first, first + 6), share * self.accepted(before - 6, before)
        if run_m > allowed and self.comes(self.run, first):
            self.add("law-5", where, alone=self.alone(self.run, first, run_m, allowed))
        if foot is not None and foot_m > share * foot and self.comes(self.foot, first):
            self.add("law-5", where, alone=self.alone(self.foot, first, foot_m, share * foot))

    def single(self, day: int, first: int, before: int, share: Fraction) -> None:
        if day < self.layout.ahead:
            return
        counts = [share * self.longest(d) if d <= before else Fraction(self.longest(d)) for d in range(day - 30, day)]
        limits = [max(counts)]
        if share < 1:
            limits.append(share * max(self.longest(d) for d in range(first - 30, before + 1)))
        if self.run[day] > self.more * min(limits):
            counted = self.fixed.get(day)
            self.add("law-3", on(day).isoformat(), alone=counted is not None and counted <= max(0, self.more * min(limits)))

    def rolling(self, openings: set[int]) -> None:
        blocks: list[list[int]] = []
        for day in self.run_days:
            if not blocks or day - blocks[-1][-1] - 1 >= 7 or day in openings:
                blocks.append([])
            blocks[-1].append(day)
        for block in blocks:
            for day in range(max(block[0] + 7, self.layout.ahead), block[-1] + 1):
                running = self.breaks_rolling(self.run, block[0], day, self.more_to(day))
                needed = range(max(block[0], day - 19), day + 1)
                known = all(self.foot.get(d, 0) is not None for d in needed)
                if running and not self.layout.on_foot:
                    self.add("law-2", on(day).isoformat(), alone=not self.own(self.run, max(block[0], day - 6), day))
                if known and self.breaks_rolling(self.foot, block[0], day, self.more):
                    self.add("law-2", on(day).isoformat(), alone=not self.own(self.foot, max(block[0], day - 6), day))

    def breaks_rolling(self, table: Mapping[int, int | None], first: int, day: int, more: Fraction) -> bool:
        def held(d: int) -> int:
            on_day = d if d >= first else first + (d - first) % 7
            metres = table.get(on_day, 0)
            return (self.run[on_day] if on_day >= 0 else 0) if metres is None else metres

        def seven(d: int) -> int:
            return sum(held(x) for x in range(d - 6, d + 1))

        planned = any(table.get(d) for d in range(max(day - 6, self.layout.ahead), day + 1))
        return planned and seven(day) > more * max(seven(d) for d in range(day - 13, day - 6))
