"""How well a batch does: against processes that share nothing, against planning alone, in memory, again, over its size, under the laws.

`python -m bench.bench_batch` measures everything; `python -m bench.bench_batch again 5000` one thing, with so many athletes (rounds of
`atomic`: so many plans). What is compared runs in turn, and figures are medians of ratios; commands are timed whole, the start of Python
included. A line says what was found and what is wanted: `at least` or `at most`, and the aim.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from bench.batch_runs import Peaks, batch_command, plain_command, seconds, watched
from bench.bench_plan import worker_seconds
from bench.law_run import law_run
from bench.plain_loop import ISSUED
from bench.rosters import AS_OF, write_roster
from planner.errors import PlannerError
from planner.maker import Chosen, Maker
from planner.render import Options, renderer
from planner.roster.files import put
from planner.roster.job import PARTS, BatchJob
from planner.roster.recipe import recipe_of
from planner.roster.sources import open_roster

if TYPE_CHECKING:
    from planner.model import Plan

ROUNDS = 3
ATOMIC_ROUNDS = 15
WORKERS = 2
BASE = 1000
"""The size of the rosters that larger ones are compared with."""
MEBIBYTE = 1024
TOLD = 20
"""The most breaks, and the most faults, that are shown."""


class Growth(NamedTuple):
    """Runs over rosters of increasing size, each with its milliseconds per plan and its peak memory.

    `bases` are the runs to compare with: rosters of `base` athletes, taken from several parts of the largest roster and run before and
    after it.
    """

    base: int
    bases: list[tuple[float, Peaks]]
    sizes: dict[int, tuple[float, Peaks]]


@contextmanager
def _places(athletes: int, *, first: int = 1) -> Iterator[Callable[[], tuple[Path, Path]]]:
    """Yield a function that returns a temporary roster and, at each call, the path of a new folder for plans."""
    with TemporaryDirectory() as place:
        roster = write_roster(Path(place, "roster.csv"), athletes, first=first)
        folders = (Path(place, f"plans-{n}") for n in range(1000))
        yield lambda: (roster, next(folders))


def _compared(athletes: int, rounds: int, workers: int) -> float:
    """The plain loop's time divided by the batch's (median): the batch's relative speed."""
    ratios = []
    with _places(athletes) as places:
        for number in range(rounds):
            commands = {"batch": batch_command(*places(), workers=workers), "plain": plain_command(*places(), processes=workers)}
            order = sorted(commands, reverse=bool(number % 2))
            taken = {name: seconds(commands[name]) for name in order}
            ratios.append(taken["plain"] / taken["batch"])
    return median(ratios)


def halves(athletes: int = 2000, rounds: int = ROUNDS) -> None:
    """Compare the batch on two workers with the plain loop on two processes."""
    found = _compared(athletes, rounds, WORKERS)
    print(f"batch on two workers, {athletes} athletes: {found:.3f} of the speed of two forked halves (at least 0.90, aim 0.97)")


def one(athletes: int = 500, rounds: int = ROUNDS) -> None:
    """Compare the batch on one worker with the plain loop in one process."""
    found = 1 / _compared(athletes, rounds, 1)
    print(f"batch on one worker, {athletes} athletes: {found:.3f} x the plans in one process (at most 1.10, aim 1.03)")


def atomic(plans: int = 40, rounds: int = ATOMIC_ROUNDS) -> None:
    """Compare calendars written atomically to disk with calendars kept in memory.

    No plan is rendered twice, because the second time is faster: half of a round's plans are kept and half written, and times are taken per
    byte. The target figure counts calendars alone; the second line counts planning too.
    """
    files, whole = [], []
    with _places(plans * (rounds + 1)) as places:
        roster, folder = places()
        (folder / PARTS).mkdir(parents=True)
        job = BatchJob(folder=folder, formats=("ics",), options=Options(), plugins=Chosen(), as_of=AS_OF, issued=ISSUED)
        made = _plans(roster)
        _kept(list(islice(made, plans)))
        for number in range(rounds):
            group: list[Plan] = []
            planning = worker_seconds(partial(group.extend, islice(made, plans)))
            turns: list[tuple[Callable[[list[Plan]], int], list[Plan]]] = [(_kept, group[::2]), (partial(_written, job), group[1::2])]
            order = -1 if number % 2 else 1
            (kept, kept_bytes), (written, written_bytes) = [_timed(*turn) for turn in turns[::order]][::order]
            planned, kept, written = planning / (kept_bytes + written_bytes), kept / kept_bytes, written / written_bytes
            files.append(written / kept)
            whole.append((planned + written) / (planned + kept))
    print(f"atomic files: {median(files):.3f} x calendars kept in memory (at most 1.20, aim 1.10)")
    print(f"  with planning counted on both sides: {median(whole):.3f}")


def _timed(work: Callable[[list[Plan]], int], plans: list[Plan]) -> tuple[float, int]:
    """The seconds that `work` took and the bytes that it made."""
    sizes: list[int] = []
    return worker_seconds(lambda: sizes.append(work(plans))), sum(sizes)


def _plans(roster: Path) -> Iterator[Plan]:
    """The plans of a roster's rows, one at a time; rows without a plan are skipped."""
    rows, maker = open_roster(roster), Maker.installed()
    recipe = recipe_of(rows, roster)
    for row in rows.rows():
        with suppress(PlannerError):
            yield maker.plan(recipe.athlete(row), recipe.folder, as_of=AS_OF, issued=ISSUED)


def _kept(plans: list[Plan]) -> int:
    write, options = renderer("ics"), Options()
    return sum(map(len, [write(plan, options) for plan in plans]))


def _written(job: BatchJob, plans: list[Plan]) -> int:
    write = renderer("ics")
    return sum([put(job, plan.athlete_id, f"{plan.athlete_id}.ics", write(plan, job.options)).size for plan in plans])


@lru_cache(maxsize=1)
def growth(most: int) -> Growth:
    """Run rosters of 10, 100 ... up to `most` athletes once, and the base size twice before the largest and twice after it; cached."""
    base = min(BASE, max(1, most // 4))
    parts = [1, 1 + most // 3, 1 + 2 * most // 3, 1 + most - base]
    sizes = {size: _grown(size) for size in (10, 100) if size < base}
    bases = [_grown(base, first=first) for first in parts[:2]]
    sizes |= {size: _grown(size) for size in (10_000,) if base < size < most}
    sizes[most] = _grown(most)
    bases += [_grown(base, first=first) for first in parts[2:]]
    return Growth(base, bases, sizes)


def _grown(athletes: int, *, first: int = 1) -> tuple[float, Peaks]:
    with _places(athletes, first=first) as places:
        taken, peaks = watched(batch_command(*places(), workers=WORKERS))
    return taken * 1000 / athletes, peaks


def memory(most: int = 10_000) -> None:
    """Print the peak memory of the command and of a worker, and how both grow with the roster."""
    found = growth(most)
    peaks, bases = found.sizes[most][1], [peaks for _, peaks in found.bases]
    if not peaks.parent:
        print("memory: not measured, as there is no /proc here")
        return
    for name, peak, before in (
        ("parent", peaks.parent, median(base.parent for base in bases)),
        ("largest worker", peaks.worker, median(base.worker for base in bases)),
    ):
        print(f"memory of the {name}, {most} athletes over {found.base}: {peak / before:.3f} (at most 1.10, aim 1.03)")
    print(
        f"memory of the parent, {most} athletes: {peaks.parent / MEBIBYTE:.1f} MiB (at most 64); worker: {peaks.worker / MEBIBYTE:.1f} MiB"
    )


def curve(most: int = 10_000) -> None:
    """Print the time per plan over rosters of increasing size."""
    found = growth(most)
    each = median(taken for taken, _ in found.bases)
    for size, taken in sorted([(found.base, each), *((size, taken) for size, (taken, _) in found.sizes.items())]):
        print(f"batch of {size} athletes on two workers: {taken:.1f} ms each")
    ratio = found.sizes[most][0] / each
    print(f"time a plan, {most} athletes over {found.base}: {ratio:.3f} (at most 1.05, aim 1.00)")


def again(athletes: int = 2000, rounds: int = ROUNDS) -> None:
    """Compare a second run of the same command, with nothing changed, with the first."""
    ratios = []
    with _places(athletes) as places:
        for _ in range(rounds):
            command = batch_command(*places(), workers=WORKERS)
            first, second = seconds(command), seconds(command)
            ratios.append(second / first)
    print(f"second run with nothing changed, {athletes} athletes: {median(ratios):.4f} x the first (at most 0.05, aim 0.02)")


def laws(athletes: int = 10_000) -> None:
    """Print how many laws are broken in the plans of arbitrary athletes."""
    found = law_run(athletes, workers=WORKERS)
    for words in (*found.breaks[:TOLD], *found.faults[:TOLD]):
        print(words)
    became = ", ".join(f"{count} {status}" for status, count in found.statuses.most_common())
    print(f"law breaks in {athletes} arbitrary athletes: {len(found.breaks)} (wanted 0)")
    print(f"  {became}; {found.running} plans with running; {found.audited} plans read back and audited again")


MEASURES: dict[str, Callable[..., None]] = {
    "halves": halves,
    "one": one,
    "atomic": atomic,
    "memory": memory,
    "curve": curve,
    "again": again,
    "laws": laws,
}


def everything(*, smoke: bool = False) -> None:
    """Run every measure; with `smoke` at the smallest size, to see that they work."""
    if not smoke:
        for measure in MEASURES.values():
            measure()
        return
    for compare in (halves, one, again):
        compare(4, 1)
    atomic(4, 1)
    memory(8)
    curve(8)
    laws(4)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.bench_batch", description=__doc__)
    parser.add_argument("what", nargs="?", choices=MEASURES, help="one measure; all of them, if left out")
    parser.add_argument("athletes", nargs="?", type=int, help="how many athletes, or plans a round of `atomic`")
    parser.add_argument("--smoke", action="store_true", help="all of them, just large enough to see that they run")
    asked = parser.parse_args()
    if asked.what is None:
        everything(smoke=asked.smoke)
    elif asked.athletes is None:
        MEASURES[asked.what]()
    else:
        MEASURES[asked.what](asked.athletes)


if __name__ == "__main__":
    main()
