"""Run sizes: share out the week's budget under every cap, first without dates, then on the dates that placement gave.

On their dates sizes only shrink: what a date does not allow is not moved to another run.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from planner.intervals import GRAIN_S, Intervals, intervals, tidy
from planner.laws import Bound, WeekLaw, run_bound, weekday_bound, weekday_foot
from planner.quantities import metres_run, seconds_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.ledger import Ledger
    from planner.model import Paces, Reading
    from planner.offers import RunProposal, RunShape

_METRES = itemgetter(0)
LEAST_WALK_S = 2 * GRAIN_S
"""Seconds to which walks between stretches shrink before the running does, where metres on foot bind."""


class Wanted(NamedTuple):
    """A proposed run before it has a size. `own` bounds this run alone; `home` is its day number if it keeps last week's weekday."""

    pillar: str
    proposal: RunProposal
    ordinal: int
    shape: RunShape
    rpe: int
    own: Bound
    home: int | None

    @property
    def name(self) -> str:
        """`pillar/key`."""
        return f"{self.pillar}/{self.proposal.key}"

    @property
    def importance(self) -> int:
        """Its importance by ordinal; where a week is too full, the least important run is dropped first."""
        given = self.proposal.importance
        return given[min(self.ordinal, len(given)) - 1]


class Sized(NamedTuple):
    """A run with its intervals and the bound on its metres."""

    wanted: Wanted
    shape: Intervals
    bound: Bound

    def run_m(self, paces: Paces) -> int:
        """Running metres, by one floor over the session's total."""
        return metres_run(self.shape.run_s, paces.run)

    def foot_m(self, paces: Paces) -> int:
        """Metres on foot."""
        return self.run_m(paces) + metres_run(self.shape.total_walk_s, paces.walk)


def provisional(law: WeekLaw, week: Bound, wanted: Sequence[Wanted], ledger: Ledger, reading: Reading) -> list[Sized]:
    """Sizes before dates are known: each run as if it kept its weekday, the sum within `week`.

    Runs for which no whole metre is left are omitted. In an entry week each run's dose is cut to its share, which sets the week's shape.
    """
    session = run_bound(law, ledger, law.first, reading)
    caps = [_cap(law, w, session, ledger, reading) for w in wanted]
    sized: list[Sized] = []
    left, waiting = week.metres, list(range(len(wanted)))
    shares = _share_out(week.metres, caps, [w.shape.share for w in wanted])
    for i in sorted(waiting, key=lambda i: (shares[i] - caps[i].metres, -wanted[i].shape.share, i)):
        room = min(caps[i].metres, max(shares[i], 0), left)
        bound = caps[i] if room == caps[i].metres else week._replace(metres=room)
        run = fit(wanted[i], bound, _home_foot(law, wanted[i], ledger, reading), reading.paces)
        if run is not None:
            sized.append(run)
            left -= run.run_m(reading.paces)
    return sorted(sized, key=lambda s: (s.wanted.name, s.wanted.ordinal))


def _cap(law: WeekLaw, wanted: Wanted, session: Bound, ledger: Ledger, reading: Reading) -> Bound:
    """The tightest bound on a run on its home day; `session` bounds every run of the week."""
    if law.dose_s is not None:
        session = session._replace(metres=session.metres * wanted.shape.share // 100)
    bounds = [wanted.own, session]
    if wanted.home is not None:
        weekday = weekday_bound(law, ledger, wanted.home, reading)
        bounds += [weekday] if weekday else []
    return tightest(bounds)


def _home_foot(law: WeekLaw, wanted: Wanted, ledger: Ledger, reading: Reading) -> int | None:
    return None if wanted.home is None else weekday_foot(law, ledger, wanted.home, reading)


def tightest(bounds: Sequence[Bound]) -> Bound:
    """The bound with the fewest metres; ties go to the first."""
    return min(bounds, key=_METRES)


def _share_out(total: int, caps: Sequence[Bound], shares: Sequence[int]) -> list[int]:
    """Split `total` metres by `shares` within the caps; what one cap leaves over goes to the others as long as any has room."""
    sizes = [0] * len(caps)
    open_ = list(range(len(caps)))
    while open_:
        weight = sum(shares[i] for i in open_)
        full = [i for i in open_ if caps[i].metres * weight <= total * shares[i]]
        if not full:
            for i in open_:
                sizes[i] = total * shares[i] // weight
            break
        for i in full:
            sizes[i] = caps[i].metres
            total -= caps[i].metres
        open_ = [i for i in open_ if i not in full]
    return sizes


def fit(wanted: Wanted, bound: Bound, foot: int | None, paces: Paces, most_s: int | None = None) -> Sized | None:
    """The longest run within `bound`, `foot` metres on foot and `most_s` seconds of running; walks shrink before running does.

    None where nothing is left of it.
    """
    within = seconds_within(bound.metres, paces.run) if bound.metres > 0 else 0
    run_s = tidy(max(0, within if most_s is None else min(within, most_s)))
    while run_s > 0:
        shape = intervals(run_s, wanted.shape.stretch_s, wanted.shape.walk_s)
        run_m = metres_run(shape.run_s, paces.run)
        if not run_m:
            return None  # a second or two that do not make a metre are not a run
        over = -1 if foot is None else run_m + metres_run(shape.total_walk_s, paces.walk) - foot
        while over > 0 and shape.walk_s - GRAIN_S >= LEAST_WALK_S:
            shape = shape._replace(walk_s=shape.walk_s - GRAIN_S)
            over = run_m + metres_run(shape.total_walk_s, paces.walk) - (foot or 0)
        if over <= 0:
            return Sized(wanted=wanted, shape=shape, bound=bound)
        bound = Bound(metres=max(run_m - over, 0), by="on-foot")
        run_s = tidy(min(run_s - 1, seconds_within(bound.metres, paces.run)))
    return None


class Left(NamedTuple):
    """What a week has left: `foot_m` on foot (None: unbounded), of which later runs need `coming_m`, and, in an entry week, `run_s`."""

    foot_m: int | None
    coming_m: int
    run_s: int | None


def on_date(law: WeekLaw, run: Sized, day: int, ledger: Ledger, reading: Reading, extra: Sequence[Bound], left: Left) -> Sized | None:
    """The run as day number `day` allows it, never longer than it was; None where nothing is left of it.

    The laws are applied again for that date; `extra` are its other bounds, such as the time available and what the week has left.
    """
    bounds = [run_bound(law, ledger, day, reading), *extra]
    weekday = weekday_bound(law, ledger, day, reading)
    if weekday is not None:
        bounds.append(weekday)
    bound, run_s, run_m = tightest(bounds), run.shape.run_s, run.run_m(reading.paces)
    # Its walks yield to the running of later runs; its own running does not.
    spare = None if left.foot_m is None else max(left.foot_m - left.coming_m, min(left.foot_m, run_m))
    foot = min([f for f in (weekday_foot(law, ledger, day, reading), spare) if f is not None], default=None)
    most_s = run_s if left.run_s is None else min(run_s, left.run_s)
    if run_m > bound.metres:
        return fit(run.wanted, bound, foot, reading.paces, most_s)
    if most_s == run_s and (foot is None or run.foot_m(reading.paces) <= foot):
        return run
    sized = fit(run.wanted, run.bound._replace(metres=run_m), foot, reading.paces, most_s)
    return None if sized is None else sized._replace(bound=run.bound)
