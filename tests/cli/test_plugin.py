"""`planner plugin new`: creates a distribution that works unchanged, for any valid name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import get_args

import pytest

from planner.cli.plugin import write_folder
from planner.errors import OutputError
from planner.plugin_template import Licence, distribution, names
from tests.cli.helpers import EXAMPLES, example, run

NAME, MODULE = "calf-raises", "calf_raises"
FILES = ["LICENSE", "README.md", "pyproject.toml", f"src/{MODULE}/__init__.py", f"src/{MODULE}/py.typed", "tests/conftest.py"]
FILES.append(f"tests/test_{MODULE}.py")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new distribution."""
    target = tmp_path_factory.mktemp("made") / NAME
    write_folder(target, distribution(NAME, "MIT"))
    return target


def here(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a module of this Python in `folder`, with no option of this test run's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False, env={**kept, **environment}
    )


def test_it_writes_a_whole_distribution(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(capsys, "plugin", "new", NAME)
    assert (said.code, said.out) == (0, "")
    assert said.err == f"Wrote {NAME} (7 files). Next: cd {NAME} && pip install -e '.[test]' && pytest\n"
    assert sorted(str(f.relative_to(NAME)) for f in Path(NAME).rglob("*") if f.is_file()) == sorted(FILES)
    assert not any("$" in f.read_text(encoding="utf-8") for f in Path(NAME).rglob("*") if f.is_file())
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_its_own_tests_pass_as_it_is(made: Path) -> None:
    done = here(made, "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", PYTHONPATH=str(made / "src"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "7 passed" in done.stdout


def test_its_types_are_strict(made: Path) -> None:
    pytest.importorskip("mypy")
    done = here(made, "mypy", "--cache-dir", str(made.parent / "cache"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_once_installed_it_is_listed_and_planned_with(made: Path, tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    build = f"from hatchling.build import build_wheel; print(build_wheel({str(tmp_path)!r}))"
    done = subprocess.run([sys.executable, "-c", build], cwd=made, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as wheel:
        assert f"{MODULE}/py.typed" in wheel.namelist()
        wheel.extractall(tmp_path / "site")
    code = "from planner.cli.app import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}

    def planner(*args: str | Path) -> str:
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, args)], env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert f"{MODULE} ({NAME} 0.1.0)\n  Calf raises.\n  Settings, under [pillars.{MODULE}]:" in planner("pillars")
    plan = json.loads(planner("make", EXAMPLES / "ana.toml", "--as-of", "2027-01-03", "-q", "-f", "json", "-o", "-"))
    assert {"name": MODULE, "distribution": NAME, "version": "0.1.0"} in plan["plugins"]
    assert any(session["pillar"] == MODULE for session in plan["sessions"])
    without = json.loads(
        planner("make", EXAMPLES / "ana.toml", "--without", MODULE, "--as-of", "2027-01-03", "-q", "-f", "json", "-o", "-")
    )
    assert not any(session["pillar"] == MODULE for session in without["sessions"])


@pytest.mark.parametrize("licence", get_args(Licence))
def test_the_licence_is_the_one_that_was_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str], licence: str) -> None:
    said = run(capsys, "plugin", "new", NAME, "-o", tmp_path / "x", "--license", licence, "--json", "-q")
    assert (said.code, said.err) == (0, "")
    told = json.loads(said.out)
    assert told["folder"] == str(tmp_path / "x")
    assert ("LICENSE" in told["files"]) is (licence != "none")
    project = tomllib.loads((tmp_path / "x" / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    if licence == "none":
        assert project["classifiers"] == ["Private :: Do Not Upload"]
        assert "None yet" in (tmp_path / "x" / "README.md").read_text(encoding="utf-8")
    else:
        assert project["license"] == licence
        heading = {"MIT": "MIT License", "Apache-2.0": "Apache License"}[licence]
        assert heading in (tmp_path / "x" / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mobility", "a name that no installed plugin has. return-to-run has it; try my-mobility."),
        ("Hip.Strength", "a name that no installed plugin has. return-to-run has it; try my-hip-strength."),
        ("json", "a name that Python does not import already. Try my-json."),
        ("return-to-run", "a name that no installed distribution has. Try my-return-to-run."),
        ("Calf Raises!", "a letter first, at most 40 of them, and not a Python keyword. Try calf-raises."),
        ("class", "Try my-class."),
        ("3x", "Try my-3x."),
        ("../up", "Try up."),
        ("-x", "See `planner plugin new --help`."),
        ("é", "Try my-pillar."),
        ("", "Try my-pillar."),
        ("a" * 41, f"Try {'a' * 37}."),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_with_one_that_can(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(capsys, "plugin", "new", name)
    assert said.code == 2
    assert words in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_name_is_what_indexes_make_of_it() -> None:
    assert names("Calf__Raises.2") == ("calf-raises-2", "calf_raises_2", "Calf raises 2", "CALF-RAISES-2")


@pytest.mark.parametrize("stands", ["file", "folder"])
def test_what_stands_there_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str], stands: str) -> None:
    target = tmp_path / "there"
    kept = target if stands == "file" else target / "mine.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine", encoding="utf-8")
    said = run(capsys, "plugin", "new", NAME, "-o", target)
    assert (said.code, "something with this name exists already" in said.err) == (2, True)
    assert kept.read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_an_empty_folder_is_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run(capsys, "plugin", "new", NAME, "-o", tmp_path / "empty").code == 0
    assert (tmp_path / "empty" / "pyproject.toml").is_file()


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_folder(tmp_path / "x", {"a": "b"})
    assert list(tmp_path.iterdir()) == []


def test_the_group_says_what_it_has(capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "plugin", "--help")
    assert (said.code, "planner plugin new calf-raises" in said.out) == (0, True)
    assert run(capsys, "plugin", "old").code == 2


LIMITING = """from planner import Ceiling, Pillar, hookimpl

@hookimpl
def planner_pillar():
    return Pillar(name="limiting", summary="Limits.")

@hookimpl
def planner_limits(brief):
    return [Ceiling(of="OF", at_most=0, why="no runs at all please")]
"""


def limited(folder: Path, of: str) -> Path:
    """The file of a plugin that sets a ceiling of 0."""
    plugin = folder / "limiting.py"
    plugin.write_text(LIMITING.replace("OF", of), encoding="utf-8")
    return plugin


@pytest.mark.parametrize("suffix", ["json", "ics"])
def test_a_plugin_that_forbids_all_running_is_not_a_block_before_the_first_run(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"ana.{suffix}"
    said = run(capsys, "make", *example("ana"), "-o", target, "--plugin", limited(tmp_path, "runs"))
    assert said.code == 0
    assert "No running in these weeks: a plugin's limit leaves none. It is named below.\n" in said.err
    assert "careful: weeks 1-12: No running: no runs at all please (plugin limiting)." in said.err
    shown = run(capsys, "show", target, "--as-of", "2027-01-03").out
    assert "before the first run" not in said.err
    assert "still open" not in said.err + shown


def test_a_plan_of_no_weeks_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "make", *example("ana"), "-o", tmp_path / "ana.ics", "--plugin", limited(tmp_path, "weeks"))
    assert said.code == 5
    assert "at_most: found 0 in a Ceiling of weeks; expected at least 1" in said.err


def test_without_programmes_it_is_said_that_none_is_installed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "make", *example("ana"), "-o", tmp_path / "ana.ics", "--without", "programmes")
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("expected an installed programme or a path. No programme is installed.\n")


def test_what_a_plugin_says_about_the_athlete_file_is_told_with_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plugin = tmp_path / "picky.py"
    plugin.write_text(
        "from planner import InputError, hookimpl, Pillar\n\n\n@hookimpl\ndef planner_pillar():\n"
        '    return Pillar(name="picky", summary="Picky.")\n\n\n@hookimpl\ndef planner_limits(brief):\n'
        '    raise InputError("pillars.picky", "no setting", "one")\n',
        encoding="utf-8",
    )
    said = run(capsys, "make", EXAMPLES / "ana.toml", "-o", tmp_path / "ana.ics", "--plugin", plugin)
    assert said.code == 2
    told = "pillars.picky: no setting; expected one. (Said by plugin picky, from file picky.py.)"
    assert said.err == f"planner: {EXAMPLES / 'ana.toml'}: {told}\n"
