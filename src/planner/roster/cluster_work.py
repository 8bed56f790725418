"""Code that runs on the machines of a cluster: the version check, the folder check and the planning of a chunk."""

from __future__ import annotations

import os
import pickle
import socket
import sys
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner import __version__
from planner.errors import PlannerError, PluginError
from planner.roster.chunk import make_chunk, maker_of
from planner.roster.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from planner.maker import Chosen
    from planner.roster.job import BatchJob
    from planner.roster.outcome import Asked
    from planner.roster.recipe import Recipe

Versions: TypeAlias = Mapping[str, str]
"""What must be the same on every machine: the version of each component, by its name."""

_ONE_AT_A_TIME = Lock()
"""Planning relies on per-process caches and gains nothing from threads."""


class Errand(NamedTuple):
    """A chunk on its way to another machine.

    `digests` are those of the rows to plan, as this machine computed them; each ends in the row's `Recipe.digest`.
    """

    job: BatchJob
    recipe: Recipe
    asked: list[Asked]
    digests: list[str]


class Refusal(NamedTuple):
    """A worker's answer for a chunk that it did not plan: its versions, if they differ, or else what is wrong with a folder."""

    worker: str
    versions: dict[str, str]
    problem: str


def basics() -> dict[str, str]:
    """The versions that must match for machines to exchange pickled data at all."""
    return {"return-to-run": __version__, "Python": f"{sys.version_info.major}.{sys.version_info.minor}"}


def versions(chosen: Chosen) -> dict[str, str]:
    """The versions on this machine that plans depend on, with these plugins. A plugin that does not load is listed with its error."""
    found = {**basics(), "time zones": str(import_module("tzdata").IANA_VERSION)}
    try:
        host = maker_of(chosen).host
        plugins = {f"plugin {c.name}": f"{c.distribution} {c.version}" for c in host.contributors}
        programmes = {f"programme {t.name}": f"text {sha256(repr(t).encode()).hexdigest()[:8]}" for t in host.templates()}
    except PluginError as error:
        return {**found, f"plugin {error.plugin}": f"{error.source} {error.problem}"}
    except PlannerError as error:
        return {**found, "plugins": str(error).rstrip(".")}
    files = {f"plugin file {name}": f"text {digest[:8]}" for name, digest in chosen.versions.items()}
    return {**found, **plugins, **files, **programmes}


def seal(found: Versions) -> str:
    """A short digest of the versions."""
    return sha256(repr(sorted(found.items())).encode()).hexdigest()[:16]


@lru_cache(maxsize=4)
def _own_seal(chosen: Chosen) -> str:
    return seal(versions(chosen))


def wrong_with(token: Path) -> str:
    """Return why this machine cannot write to the folder that contains `token`, or "" if it can."""
    unseen = _unseen(token)
    if unseen:
        return unseen
    mine = token.with_name(f"{token.name}.{socket.gethostname()}.{os.getpid()}")
    try:
        mine.touch()
        mine.unlink()
    except OSError as error:
        return f"it may not write there ({error.strerror or error})"
    return ""


def _unseen(token: Path) -> str:
    try:
        return "" if token.is_file() else "it has another folder there, or none"
    except OSError as error:
        return f"it may not look there ({error.strerror or error})"


def sees(folder: Path) -> bool:
    """Whether this machine has the folder and may read it."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def make_there(expected: str, chosen: Chosen, token: Path, packed: bytes) -> bytes:
    """Plan a pickled errand on this machine; return its outcomes in order, or a `Refusal`, pickled.

    `expected` is the seal of the versions that the errand was packed with; `token` is a file in DIR that exists as long as the run does.
    Safe to run twice or on two machines at once: both write the same bytes, to temporary files that are then renamed. Raises `OutputError`.
    """
    with _ONE_AT_A_TIME:
        return pickle.dumps(_made(expected, chosen, token, packed))


def _made(expected: str, chosen: Chosen, token: Path, packed: bytes) -> list[Outcome] | Refusal:
    worker = f"{socket.gethostname()}, process {os.getpid()}"
    if _own_seal(chosen) != expected:
        return Refusal(worker, versions(chosen), "")
    # The token is removed when a run ends (after a kill, by the next run): chunks left in the queue must not write any more.
    unseen = _unseen(token)
    if unseen:
        return Refusal(worker, {}, f"{token.parent.parent}: {unseen}")
    errand: Errand = pickle.loads(packed)  # noqa: S301  (from the client, which the worker trusts anyway)
    job, recipe = errand.job, errand.recipe
    same = [known.endswith(recipe.digest(one.row, one.logs)) for known, one in zip(errand.digests, errand.asked, strict=True)]
    if not all(same) and not sees(recipe.folder):
        return Refusal(worker, {}, f"{recipe.folder}: it has no such folder, in which the roster's files are")
    planned = iter(make_chunk(job, recipe, [one for one, known in zip(errand.asked, same, strict=True) if known]))
    return [next(planned) if known else _other_files(recipe, one, worker) for one, known in zip(errand.asked, same, strict=True)]


def _other_files(recipe: Recipe, asked: Asked, worker: str) -> Outcome:
    """The outcome of a row whose files differ on this worker from those that the run was started with."""
    row = asked.row
    place = row.file or f"{recipe.name}, row {row.number}"
    error = (
        f"{place}: a file that it names in {recipe.folder} is another one on {worker}; expected the same files on every machine. "
        "Put the roster into a folder that all of them share; if the file was just changed, run it again."
    )
    standing = asked.before.files if asked.before else ()
    return Outcome(row.number, row.id, "refused", standing=standing, error=error)
