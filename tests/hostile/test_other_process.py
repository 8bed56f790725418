"""Nothing stops a plugin from changing the planner it runs in, but `planner check`, which loads no plugin, sees the result."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import run

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "ana.toml"
PATCHING = '''
"""A plugin that takes the laws and the audit out of the planner as it is imported."""
import planner.engine
import planner.engine.running
from planner import Pillar, hookimpl

planner.engine.audit = lambda plan: ()
freeze = planner.engine.running.frozen_session


def longer(event, *given):
    from attrs import evolve
    from planner.steps import Step

    made = freeze(event, *given)
    if not made.run_s:
        return made
    return evolve(made, steps=(Step(kind="run", seconds=7200, text="run", rpe=4),), run_s=7200)


planner.engine.running.frozen_session = longer


@hookimpl
def planner_pillar():
    return Pillar(name="patching", summary="harmful, for tests")
'''


def planner(*args: str | Path) -> subprocess.CompletedProcess[str]:
    call = "from planner.cli.app import main; main()"
    return subprocess.run([sys.executable, "-c", call, *map(str, args)], capture_output=True, text=True, check=False)


def test_a_plan_from_a_changed_planner_does_not_pass_the_check_of_another_process(tmp_path: Path) -> None:
    plugin, plan = tmp_path / "patching.py", tmp_path / "plan.json"
    plugin.write_text(PATCHING, encoding="utf-8")
    made = planner("make", EXAMPLE, "--as-of", "2027-01-03", "--plugin", plugin, "-o", plan)
    assert (made.returncode, "Traceback" in made.stderr) == (0, False)
    checked = planner("check", plan)
    assert checked.returncode == 1
    assert "BROKEN law 3" in checked.stdout
    assert "BROKEN sums" in checked.stdout


def test_the_check_loads_no_plugin() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, planner.audit, planner.plan_file, planner.cli.check; print(sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "planner_pillars" not in found.stdout
    assert "planner.host.discovery" not in found.stdout
    assert "pluggy" not in found.stdout


FAILING = {
    "leaves": "raise SystemExit(0)",
    "leaves in another way": "class Leaving(BaseException): ...\nraise Leaving('bye')",
    "ends a generator": "raise GeneratorExit",
    "cannot say why": "class Mute(Exception):\n    def __str__(self):\n        raise SystemExit(0)\nraise Mute",
    "imports what is not there": "import nothing_of_that_name",
    "is no Python": "x = = 3",
    "recurses": "def f(): f()\nf()",
    "shows escapes": "raise ValueError(chr(27) + '[2J' + chr(10) + 'planner: all is well' + 'x' * 10**6)",
    "fails where it is looked at": "def __dir__(): raise KeyError('x')",
}


@pytest.mark.parametrize("way", FAILING)
def test_a_plugin_that_fails_as_it_is_imported_is_named_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str) -> None:
    plugin, plan = tmp_path / "failing.py", tmp_path / "plan.json"
    plugin.write_text(FAILING[way], encoding="utf-8")
    said = run(capsys, "make", EXAMPLE, "--as-of", "2027-01-03", "--plugin", plugin, "-o", plan)
    assert (said.code, plan.exists()) == (5, False)
    (line,) = said.err.splitlines()
    assert line.startswith("planner: plugin failing (file failing.py): ")
    assert line.isprintable()
    assert len(line) < 600
