"""The installed command: its exit codes, no final garbage collection, no unnecessary imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "ana.toml"
PATH = f"import sys\nsys.path[:] = {sys.path!r}\n"
"""The modules of this process: what `site` imports on the way to them differs from one environment to the next."""

CODE = (
    "import atexit, gc, sys\n"
    "atexit.register(lambda: print('frozen', gc.get_freeze_count() > 1000, 'enabled', gc.isenabled()))\n"
    "sys.argv[1:] = {arguments}\n"
    "from planner.cli.app import script\n"
    "script()\n"
)


@pytest.mark.parametrize(("arguments", "code"), [(["--version"], 0), (["templates", "--nonsense"], 2), (["make", "nobody.toml"], 2)])
def test_the_script_leaves_with_its_code_and_collects_no_garbage(arguments: list[str], code: int) -> None:
    done = subprocess.run([sys.executable, "-c", CODE.format(arguments=arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stdout.splitlines()[-1] == "frozen True enabled False"


def test_a_plan_does_not_import_what_it_can_do_without(tmp_path: Path) -> None:
    """Each of these would be a hundredth of a start, or more."""
    dear = ["importlib.metadata", "importlib.resources", "icalendar", "json"]
    watch = f"import atexit\natexit.register(lambda: print([name for name in {dear} if name in sys.modules]))\n"
    made = CODE.format(arguments=["make", str(EXAMPLE), "--as-of", "2027-01-02", "-o", str(tmp_path / "ana.ics")])
    done = subprocess.run([sys.executable, "-S", "-c", PATH + watch + made], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "[]"), done.stderr
    assert (tmp_path / "ana.ics").exists()


@pytest.mark.parametrize(("arguments", "code", "said"), [(["--version"], 0, "planner"), (["make", "nobody.toml"], 2, "nobody.toml")])
def test_the_package_runs_as_a_module(arguments: list[str], code: int, said: str) -> None:
    done = subprocess.run([sys.executable, "-m", "planner", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert said in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes the streams")
@pytest.mark.parametrize(
    ("closed", "arguments", "code"),
    [(">&-", "make {athlete} -f ics -o {out}", 0), (">&-", "show {athlete}", 0), ("<&-", "new {out}", 0), ("2>&-", "make nobody.toml", 2)],
)
def test_a_closed_stream_is_no_fault(tmp_path: Path, closed: str, arguments: str, code: int) -> None:
    words = arguments.format(athlete=EXAMPLE, out=tmp_path / "out").split()
    command = f'exec "$0" -m planner "$@" --as-of 2027-01-02 {closed}'
    done = subprocess.run(["sh", "-c", command, sys.executable, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr, "bug" in done.stderr) == (code, False, False)
