"""Runs the examples in the documentation: every `sh` and `python` block of a page, in order, in one fresh folder.

`python -m docs_tools.examples PAGE ...`; with `--wheel FILE` also the blocks that install (`fresh`), from this wheel and without this
Python environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from docs_tools.blocks import RUN, Block, blocks_of

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
README = ROOT / "README.md"
NOW = "1798880400"
"""2027-01-02, 09:00 UTC: the fixed time at which examples run, so that their output stays as shown."""
MOST_SECONDS = 300
_STATE = ".state"


class ExampleError(Exception):
    """An example that does not do what its page says."""


class Count(NamedTuple):
    """The number of blocks of a page that were run, and the places and reasons of those that were not."""

    run: int
    left_out: tuple[str, ...]


def pages() -> list[Path]:
    """The pages that have blocks to run, the README first."""
    return [page for page in (README, *sorted(DOCS.rglob("*.md"))) if any(block.language in RUN for block in blocks_of(page))]


def run_page(page: Path, folder: Path, *, wheel: Path | None = None) -> Count:
    """Run a page's blocks in `folder`. Raises `ExampleError` for the first that does not do what the page says."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    if wheel is not None:
        shutil.copy(wheel, folder)
    environment = _environment(folder, fresh=wheel is not None)
    run, left_out = 0, []
    said: str | None = None
    for block in blocks_of(page):
        _write(block, folder)
        if "prints" in block.marks and said is not None:
            _compare(block, said)
        if block.language not in RUN:
            continue
        reason = block.marks.get("not run", "installs" if "fresh" in block.marks and wheel is None else "")
        if reason:
            left_out.append(f"{block.place}: {reason}")
            said = None
            continue
        said, environment = _run(block, environment)
        run += 1
    return Count(run, tuple(left_out))


def _write(block: Block, folder: Path) -> None:
    """Write or append a block to the file that its marks name, if any."""
    if "file" in block.marks:
        (folder / block.marks["file"]).write_text(block.text, encoding="utf-8")
    if "append" in block.marks:
        with (folder / block.marks["append"]).open("a", encoding="utf-8") as file:
            file.write(f"\n\n{block.text}")


def _environment(folder: Path, *, fresh: bool) -> dict[str, str]:
    """The environment of the blocks: no colours, 100 columns, the fixed time; with `fresh` without this Python environment."""
    bins = [] if fresh else [str(Path(sys.executable).parent)]
    kept = {key: value for key, value in os.environ.items() if key.startswith("PIP_")}
    path = os.pathsep.join([*bins, os.environ.get("PATH", os.defpath)]) if not fresh else _without_this_python()
    said = {"PATH": path, "HOME": str(folder), "PWD": str(folder), "COLUMNS": "100", "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}
    return {**kept, **said, "SOURCE_DATE_EPOCH": NOW}


def _without_this_python() -> str:
    """PATH without the running Python's folder, if that is a virtual environment."""
    own = str(Path(sys.executable).parent) if sys.prefix != sys.base_prefix else ""
    return os.pathsep.join(part for part in os.environ.get("PATH", os.defpath).split(os.pathsep) if part != own)


def _run(block: Block, environment: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Run one block; its output and the environment that it leaves (it may activate a virtual environment or change folder).

    Raises `ExampleError` for another exit code than the page says.
    """
    state = Path(environment["HOME"], _STATE)
    state.unlink(missing_ok=True)
    python = block.language == "python"
    command = ["python", "-"] if python else ["bash", "-eo", "pipefail", "-c", f"{block.text}\nenv -0 > '{state}'"]
    done = subprocess.run(  # noqa: S603  (our own pages)
        command,
        input=block.text if python else None,
        stdin=None if python else subprocess.DEVNULL,
        cwd=environment["PWD"],
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=MOST_SECONDS,
        encoding="utf-8",
        check=False,
    )
    wanted = int(block.marks.get("exit", "0"))
    if done.returncode != wanted:
        raise ExampleError(f"{block.place}: found exit code {done.returncode}; expected {wanted}. It said:\n{done.stdout}")
    if not state.exists():
        return done.stdout, dict(environment)
    left = dict(part.split("=", 1) for part in state.read_text(encoding="utf-8").split("\0") if "=" in part)
    return done.stdout, {key: value for key, value in left.items() if key not in ("_", "SHLVL", "OLDPWD")}


def _compare(block: Block, said: str) -> None:
    """Compare the output with what the page shows. Raises `ExampleError` if they differ."""
    wrapped = block.marks["prints"] == "wrapped"
    wanted, found = (text.split() if wrapped else [line.rstrip() for line in text.rstrip().split("\n")] for text in (block.text, said))
    if not _matches(wanted, found):
        raise ExampleError(f"{block.place}: the page shows\n{block.text}\nbut what was printed is\n{said}")


def _matches(wanted: list[str], found: list[str]) -> bool:
    if not wanted:
        return not found
    if wanted[0].strip() == "...":
        return any(_matches(wanted[1:], found[n:]) for n in range(len(found) + 1))
    return bool(found) and wanted[0] == found[0] and _matches(wanted[1:], found[1:])


def run_fresh(page: Path, wheel: Path | None) -> Count:
    """Run a page in a temporary folder. Raises as `run_page` does."""
    with tempfile.TemporaryDirectory() as folder:
        return run_page(page, Path(folder), wheel=wheel.absolute() if wheel else None)


@click.command()
@click.option("--wheel", type=click.Path(path_type=Path, exists=True), help="Also run what installs, with this wheel.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, help="Run so many pages at once.")
@click.argument("chosen", nargs=-1, type=click.Path(path_type=Path, exists=True))
def main(chosen: tuple[Path, ...], wheel: Path | None, jobs: int) -> None:
    """Run the examples of some pages, or of all."""
    run, left_out, wanted = 0, 0, chosen or tuple(pages())
    with ThreadPoolExecutor(jobs) as pool:
        under_way = [pool.submit(run_fresh, page, wheel) for page in wanted]
        for page, answer in zip(wanted, under_way, strict=True):
            try:
                count = answer.result()
            except ExampleError as error:
                pool.shutdown(cancel_futures=True)
                raise click.ClickException(str(error)) from error
            run, left_out = run + count.run, left_out + len(count.left_out)
            click.echo(f"{page}: {count.run} run" + "".join(f"\n  not run: {why}" for why in count.left_out))
    click.echo(f"{run} examples run, {left_out} not run")


if __name__ == "__main__":
    main()
