"""The baseline for a batch: the same rows read, planned and plainly written as calendars by processes that share nothing.

`python -m bench.plain_loop ROSTER DIR PROCESSES` forks PROCESSES processes, each of which takes every PROCESSES-th row; with one it does
not fork. There is no manifest, no report, no atomic write and no output. A row without a plan is skipped.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from contextlib import suppress
from datetime import UTC, datetime, time
from itertools import islice
from pathlib import Path

from bench.rosters import AS_OF
from planner.errors import PlannerError
from planner.maker import Maker
from planner.render import Options, renderer
from planner.roster.recipe import recipe_of
from planner.roster.run import MOST_ASKED
from planner.roster.sources import open_roster

ISSUED = datetime.combine(AS_OF, time(), UTC)


def write_plans(maker: Maker, roster: Path, folder: Path, share: slice) -> None:
    """Plan the rows of one share and write their calendars, collecting garbage where a batch worker's chunk would end."""
    rows = open_roster(roster)
    recipe, write, options = recipe_of(rows, roster), renderer("ics"), Options()
    gc.disable()
    for number, row in enumerate(islice(rows.rows(), share.start, None, share.step), 1):
        with suppress(PlannerError):
            plan = maker.plan(recipe.athlete(row), recipe.folder, as_of=AS_OF, issued=ISSUED)
            (folder / f"{row.id}.ics").write_bytes(write(plan, options))
        if not number % MOST_ASKED:
            gc.collect()


def main(roster: Path, folder: Path, processes: int) -> None:
    """Create `folder` and write every row's calendar there. Raises `ChildProcessError` if a process fails."""
    folder.mkdir()
    maker = Maker.installed()
    renderer("ics")
    gc.collect()
    gc.freeze()
    if processes == 1:
        write_plans(maker, roster, folder, slice(0, None, 1))
        return
    context = multiprocessing.get_context("fork")
    halves = [context.Process(target=write_plans, args=(maker, roster, folder, slice(n, None, processes))) for n in range(processes)]
    for half in halves:
        half.start()
    for half in halves:
        half.join()
    if any(half.exitcode for half in halves):
        raise ChildProcessError(f"exit codes {[half.exitcode for half in halves]}; expected 0 from each process")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
