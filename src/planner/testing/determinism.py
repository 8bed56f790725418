"""Checks that processes with different hash seeds make the same plan."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from planner.engine import build_plan
from planner.errors import PlannerError
from planner.host import Host
from planner.testing.sample import runs_beside, sample_brief

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.settings import Plain

SEEDS = ("1", "31")
TIMEOUT_S = 120


def differing_runs(plugin: object, name: str, settings: Mapping[str, Plain]) -> Iterator[str]:
    """Yield a sentence if two processes do not make the same plan. Only a module that can be imported by name is checked."""
    module = getattr(plugin, "__name__", "")
    if sys.modules.get(module) is not plugin or getattr(plugin, "__spec__", None) is None:
        return
    made = [_elsewhere(module, name, settings, seed) for seed in SEEDS]
    failed = next((process for process in made if process.returncode), None)
    if failed is not None:
        lines = failed.stderr.decode(errors="replace").strip().splitlines()
        yield f"another process could not plan with it: {lines[-1] if lines else failed.returncode}"
    elif made[0].stdout != made[1].stdout:
        yield f"with the hash seeds {' and '.join(SEEDS)} it makes different plans; sort whatever comes out of a set"


def _elsewhere(module: str, name: str, settings: Mapping[str, Plain], seed: str) -> subprocess.CompletedProcess[bytes]:
    """Run `answer` in another process with this one's import path, without the current folder that `python -c` would put first."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}
    return subprocess.run(  # noqa: S603  (this Python, this module)
        [sys.executable, "-P", "-c", f"from {__name__} import answer; answer()", module],
        input=pickle.dumps((name, dict(settings))),
        capture_output=True,
        env=environment,
        timeout=TIMEOUT_S,
        check=False,
    )


def answer() -> None:
    """The other process: import the module, make a plan with the name and settings from standard input, and print its digest."""
    name, settings = pickle.load(sys.stdin.buffer)  # noqa: S301  (written by the parent process)
    sys.stdout.write(digest(import_module(sys.argv[1]), name, settings))


def digest(plugin: object, name: str, settings: Mapping[str, Plain]) -> str:
    """A digest of the `repr` of the plan with the plugin, or of the error if there is none."""
    brief = sample_brief(pillars={name: settings} if settings else None)
    try:
        shown = repr(build_plan(brief, Host.of(plugin, *runs_beside(plugin))))
    except PlannerError as error:
        shown = f"{type(error).__name__}: {error}"
    return sha256(shown.encode()).hexdigest()
