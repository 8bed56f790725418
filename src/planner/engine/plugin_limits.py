"""What plugins' limits cost a plan, with the names of those who set them: weeks without running, runs without a day, growth and weeks."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from planner.engine.in_weeks import in_weeks
from planner.findings import Finding
from planner.intervals import GRAIN_S
from planner.language import _, ngettext
from planner.laws import Bound, most_runs
from planner.limits import ANY_TAG, OPENING
from planner.model import DAY
from planner.placement.shape import LONG_RUN, NEW_LEVEL, RUN
from planner.quantities import DAYS_OF_WEEK, metres_run

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from planner.engine.state import State
    from planner.findings import Severity
    from planner.limits import Ceiling, Limit, Limits, Subject
    from planner.model import Brief

_TAGS_OF_RUNS = frozenset({RUN, LONG_RUN, NEW_LEVEL})


def ceiling_of(state: State, of: Subject, first: int) -> Ceiling | None:
    """The tightest ceiling of plugins on the week from day number `first`, or None."""
    if of not in state.bounded:
        return None
    return state.limits.ceiling(of, date.fromordinal(first), date.fromordinal(first + DAYS_OF_WEEK - 1))


def of_plan(of: Subject, brief: Brief, limits: Limits) -> Ceiling | None:
    """The tightest ceiling on a plan-wide quantity (`weeks`, `growth-bp`) that holds on any date of the plan."""
    return limits.ceiling(of, brief.start, brief.week_start(brief.weeks + 1) - DAY)


def signed(ceiling: Ceiling, metres: int) -> Bound:
    """A plugins' ceiling as a bound of `metres` that names them."""
    return Bound(metres=metres, by="plugin:" + "+".join(ceiling.by), text=ceiling.why, source=ceiling.source)


def barring(state: State, first: int) -> Iterator[Ceiling]:
    """The plugins' ceilings that leave the week from day number `first` no run: none at all, or none as long as the shortest stretch."""
    shortest_m = metres_run(GRAIN_S, state.reading.paces.run)
    least: dict[Subject, int] = {"runs": 1, "rpe": 1, "stretch-s": GRAIN_S, "run-s": GRAIN_S}
    least |= dict.fromkeys(("run-m", "week-run-m", "week-foot-m"), shortest_m)
    for of, needed in least.items():
        ceiling = ceiling_of(state, of, first)
        if ceiling is not None and ceiling.at_most < needed:
            yield ceiling


def most_runs_of_plugins(state: State, first: int) -> int:
    """How many runs plugins allow a week."""
    most = ceiling_of(state, "runs", first)
    return DAYS_OF_WEEK if most is None else most.at_most


def closing(state: State, first: int, wanted: int) -> tuple[Limit, ...]:
    """The plugins' absences without which the week from day number `first` would have days for more of the `wanted` runs."""
    if not state.limits.absences:
        return ()
    days = most_runs(state.open_run_days(first), state.timetable.run_gap)
    if days >= wanted or most_runs(unlimited(state).open_run_days(first), state.timetable.run_gap) <= days:
        return ()
    return tuple(limit for limit in touching(state, first, _TAGS_OF_RUNS) if limit in state.limits.absences)


def unlimited(state: State) -> State:
    """A copy of the draft without the plugins' spacings and absences, to find out what they cost."""
    twin = state.copy()
    twin.limits = evolve(state.limits, spacings=(), absences=())
    twin.timetable = state.timetable.with_limits(twin.limits)
    return twin


def touching(state: State, first: int, tags: Collection[str]) -> tuple[Limit, ...]:
    """The plugins' spacings and absences that touch sessions with any of these tags in the week from day number `first`."""
    carried = {ANY_TAG, *tags}
    week = {date.fromordinal(first + n) for n in range(DAYS_OF_WEEK)}
    spacings = [s for s in state.limits.spacings if s.days and not carried.isdisjoint((s.after, s.before))]
    return (*spacings, *(a for a in state.limits.absences if a.tag in carried and not week.isdisjoint(a.dates)))


def named(limits: Iterable[Limit]) -> str:
    """Who set some limits and why, as a reason in the middle of a sentence."""
    given = tuple(limits)
    names = ", ".join(sorted({name for limit in given for name in limit.by}))
    whys = "; ".join(sorted({limit.why.removesuffix(".") for limit in given if limit.why}))
    if not whys:
        return _("plugin {names} asks for it", names=names)
    return _("{why} (plugin {names})", names=names, why=whys)


def source_of(limits: Iterable[Limit]) -> str:
    """The evidence that limits name; nothing where they name none, or more than one."""
    sources = {limit.source for limit in limits if limit.source}
    return sources.pop() if len(sources) == 1 else ""


def limit_findings(state: State, said: Sequence[Finding]) -> list[Finding]:
    """What plugins' ceilings take from the whole plan or from some weeks; nothing that the plugin has said itself (`said`)."""
    weeks: dict[Ceiling, list[int]] = {}
    fewer: dict[Ceiling, list[int]] = {}
    for week in state.weeks:
        first = state.first_day(week.number)
        none = [*barring(state, first), *(c for c in state.limits.ceilings if c.of in OPENING)]
        barred = next((c for c in none if week.bound_by == signed(c, 0).by), None)
        runs = ceiling_of(state, "runs", first)
        if barred is not None and not week.ceiling_run_m:
            weeks.setdefault(barred, []).append(week.number)
        elif runs is not None and week.ceiling_run_m and runs.at_most < state.runs_asked(week.number):
            fewer.setdefault(runs, []).append(week.number)
    silent = [ceiling for ceiling in weeks if not _says_so(ceiling, said)]
    found = [_finding("limit-no-runs", _("No running: {reason}.", reason=named([c])), c, weeks=weeks[c], warns=True) for c in silent]
    for ceiling, numbers in fewer.items():
        found.append(
            _finding(
                "limit-runs",
                ngettext("At most {n} run: {reason}.", "At most {n} runs: {reason}.", ceiling.at_most, reason=named([ceiling])),
                ceiling,
                weeks=numbers,
            )
        )
    return found if len(weeks) > len(silent) else [*found, *_of_whole_plan(state)]


def _of_whole_plan(state: State) -> Iterator[Finding]:
    brief, limits = state.brief, state.limits
    growth, weeks = of_plan("growth-bp", brief, limits), of_plan("weeks", brief, limits)
    if growth is not None and Fraction(growth.at_most, 10_000) < brief.reading.growth:
        percent = f"{growth.at_most // 100}.{growth.at_most % 100:02d}".rstrip("0").rstrip(".")
        yield _finding("limit-growth", _("Growth is at most {percent}%: {reason}.", percent=percent, reason=named([growth])), growth)
    if weeks is not None and weeks.at_most < brief.weeks:
        message = ngettext(
            "{n} week of {asked} is planned: {reason}.",
            "{n} weeks of {asked} are planned: {reason}.",
            len(state.weeks),
            asked=brief.weeks,
            reason=named([weeks]),
        )
        yield _finding("limit-weeks", message, weeks)


def _finding(rule: str, message: str, ceiling: Ceiling, *, weeks: Sequence[int] = (), warns: bool = False) -> Finding:
    where = in_weeks(weeks) if weeks else ""
    severity: Severity = "warning" if warns else "info"
    return Finding(rule=rule, severity=severity, where=where, weeks=tuple(sorted(set(weeks))), message=message, source=ceiling.source)


def _says_so(ceiling: Ceiling, said: Iterable[Finding]) -> bool:
    """Whether a plugin that set a ceiling has a finding of its own that rests on the same evidence."""
    return any(f.by in ceiling.by and f.source == ceiling.source for f in said if f.source)
