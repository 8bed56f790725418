"""The report of `planner simulate`: a table by kind of runner, each fault with the command that reproduces it, or one runner's days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.common import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.simulation.crowd import Crowd
    from planner.simulation.life import Loop
    from planner.simulation.outcome import Fault
    from planner.simulation.tally import Sum, Tally

HEADINGS = (
    "Runners",
    "how many",
    "plans",
    "laws broken",
    "at goal",
    "in week",
    "holds",
    "step-backs",
    "runs done",
    "missed",
    "over",
    "stops",
    "referrals",
)
NOTES = (
    "From holds to over (runs beyond what was allowed) each number is the average per runner. At goal: those whose runs of one week all",
    "held the goal and felt good; the week is the median one. The runners are invented: this says nothing about real ones.",
)
TROUBLES = {"law": "BROKEN", "refused": "REFUSED", "bug": "BUG"}
"""A broken law; a plan refused although nothing called for a professional; an internal error."""


def lines(crowd: Crowd, tally: Tally) -> Iterator[str]:
    """The report for people."""
    sums = tally.sums()
    yield f"{count(tally.athletes, 'runner')}, {count(crowd.weeks, 'week')}, seed {crowd.seed}: {_verdict(tally)}."
    yield ""
    yield from _aligned([HEADINGS, *(_row(kind, known) for kind, known in sums.items())])
    yield ""
    yield from NOTES
    yield from _fault_lines(crowd, tally)


def _verdict(tally: Tally) -> str:
    broken = tally.troubles["law"]
    found = [f"{count(broken, 'plan')} broke a law" if broken else "no law broke"]
    if tally.troubles["refused"]:
        found.append(f"{count(tally.troubles['refused'], 'plan')} refused")
    if tally.troubles["bug"]:
        found.append(count(tally.troubles["bug"], "error") + " inside")
    return ", ".join(found)


def _row(kind: str, known: Sum) -> tuple[str, ...]:
    week = known.median_goal_week
    each = (known.holds, known.regressions, known.done, known.missed, known.over)
    return (
        kind,
        str(known.athletes),
        str(known.plans),
        str(known.broken),
        f"{100 * known.reached // known.athletes}%",
        "-" if week is None else str(week),
        *(_tenths(number, known.athletes) for number in each),
        str(known.stops),
        str(known.referrals),
    )


def _aligned(table: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines, with the first column left-aligned and the others right-aligned."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return ["  ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]) for row in table]


def _tenths(number: int, of: int) -> str:
    tenths = 10 * number // of
    return f"{tenths // 10}.{tenths % 10}"


def _fault_lines(crowd: Crowd, tally: Tally) -> Iterator[str]:
    """Each fault that was kept, with the command that reproduces it."""
    for fault in tally.faults:
        yield ""
        yield f"{TROUBLES[fault.trouble]} runner {fault.number}, planned on {fault.as_of}: {fault.words}"
        yield f"  Again: {again(crowd, fault)}"
    more = tally.troubles.total() - len(tally.faults)
    if more:
        yield f"... and {more} more."


def again(crowd: Crowd, fault: Fault) -> str:
    """The command that simulates a fault's runner alone."""
    plugins = [f" --without {name}" for name in crowd.plugins.without] + [f" --plugin {path}" for path, _ in crowd.plugins.files]
    return f"planner simulate --weeks {crowd.weeks} --seed {crowd.seed} --athlete {fault.number}{''.join(plugins)}"


def data(crowd: Crowd, tally: Tally) -> dict[str, object]:
    """The report as JSON data, with sums instead of averages."""
    return {
        "athletes": tally.athletes,
        "weeks": crowd.weeks,
        "seed": crowd.seed,
        "laws_broken": tally.troubles["law"],
        "refused": tally.troubles["refused"],
        "errors": tally.troubles["bug"],
        "runners": [
            {"kind": kind, **known._asdict(), "reached": known.reached, "median_goal_week": known.median_goal_week}
            for kind, known in tally.sums().items()
        ],
        "faults": [{**fault._asdict(), "again": again(crowd, fault)} for fault in tally.faults],
    }


def story(loop: Loop) -> Iterator[str]:
    """One runner's character, the weeks of the last plan, and the log."""
    from planner.cli import log_words, weektable  # noqa: PLC0415  (for one runner alone)

    runner = loop.runner
    athlete = runner.athlete
    yield f"Runner {runner.number}, {runner.kind}: {athlete.template} from {athlete.start}, first planned on {runner.first_plan}"
    yield f"  {runner.habits}"
    yield f"  {runner.tolerance}"
    for holiday in runner.holidays:
        told = "never told" if holiday.declared is None else f"told on {holiday.declared}"
        yield f"  away {holiday.away.first} to {holiday.away.last}, {told}"
    if loop.plan is not None:
        yield f"\nThe plan of {loop.plan.as_of}:"
        yield from weektable.plain(weektable.rows(loop.plan, loop.plan.as_of))
    if loop.days.rows:
        yield "\nThe log:"
        yield from log_words.table(loop.days.rows, miles=athlete.miles)
    yield ""
