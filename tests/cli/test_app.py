"""The command as a whole: help, exit codes, and errors as sentences."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from planner import __version__
from planner.cli import planning
from planner.cli.app import COMMANDS
from planner.errors import AuditError, ContradictionError, OutputError, PlannerError, PluginError, StopError
from planner.roster.example import example as roster_example
from tests.cli.helpers import EXAMPLES, command, example, run

FULL = Path("/dev/full")


def test_help_lists_every_command_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "--help")
    assert said.code == 0
    for name, line in COMMANDS.items():
        assert name in said.out
        assert line in said.out
    assert run(capsys).out == said.out, "without a command it shows the same"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str], name: str) -> None:
    said = run(capsys, name, "--help")
    assert said.code == 0
    assert "Examples:" in said.out
    assert f"planner {name}" in said.out.partition("Examples:")[2]
    assert "--json" in said.out


def test_help_imports_click_and_nothing_else_of_weight() -> None:
    code = (
        "import sys\nfrom planner.cli.app import main\n"
        "for words in (['--help'], ['make', '--help'], ['show', '--help'], ['new', '--help'], ['check', '--help']):\n"
        "    try: main(words)\n    except SystemExit: pass\n"
        "import json; print(json.dumps(sorted(m for m in sys.modules if m.startswith('planner') or '.' not in m)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert loaded.isdisjoint({"attr", "attrs", "icalendar", "pluggy", "rich", "zoneinfo", "tzdata"})
    assert {m for m in loaded if m.startswith("planner") and ".cli" not in m} <= {
        "planner",
        "planner.digits",
        "planner.errors",
        "planner.language",
    }


@pytest.mark.parametrize("columns", ["²", "9" * 5000, "٣", "-1", "0", "wide"])
def test_a_width_that_is_no_number_is_left_aside(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    said = run(capsys, "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Usage: planner ")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version").out == f"planner, version {__version__}\n"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["mkae"], ['"mkae"', "Did you mean `make`?"]),
        (["frobnicate"], ['"frobnicate"', "Known here: new, make"]),
        (["make"], ["ATHLETE.toml", "planner make --help"]),
        (["make", "x.toml", "--alram", "3m"], ["--alram", "planner make --help"]),
        (["make", "x.toml", "--as-of", "2027-13-01"], ["--as-of", "2027-13-01", "a date like 2027-01-04"]),
        (["make", "x.toml", "--as-of", "1900-01-01"], ["--as-of", "1900-01-01", "expected a date from 1970 to 2100"]),
        (["make", "x.toml", "--as-of", "tomorrow"], ["--as-of", "a date like 2027-01-04"]),
        (["make", "x.toml", "--alarm", "soon"], ["--alarm", "like 30m or 1h"]),
        (["make", "x.toml", "--alarm", "0m"], ["--alarm", "like 30m or 1h"]),
        (["make", "x.toml", "--json", "-o", "-"], ["--json", "-o -"]),
        (["make", "x.toml", "-o", "x.docx"], ["x.docx", 'the ending ".docx"', ".ics"]),
        (["make", "x.toml", "-f", "docx"], ["format", "docx", "ics"]),
        (["make", "x.toml", "-f", "txt", "--alarm", "5m"], ["--alarm", "a calendar (.ics)"]),
        (["make", "nobody.toml"], ["nobody.toml", "there is no such file"]),
        (["explain", "x.toml", "--week", "1", "--date", "2027-01-04"], ["--week and --date"]),
        (["explain", "x.toml", "--week", "0"], ["--week"]),
        (["show", "."], ["this is a folder"]),
        (["pillars", "--without", "hip_strenght"], ["--without", "Did you mean `hip_strength`?"]),
    ],
)
def test_a_wrong_command_line_is_one_sentence_and_exit_2(capsys: pytest.CaptureFixture[str], args: list[str], words: list[str]) -> None:
    said = run(capsys, *args)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("planner: ")
    for word in words:
        assert word in said.err


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ContradictionError(["availability", "plugin:x"], "no day is left"), 3, "availability and plugin:x contradict"),
        (StopError(["RED-04: the knee is locked.", "RED-01: hot."]), 4, "RED-04: the knee is locked.\n\nRED-01: hot."),
        (PluginError("odd", "odd-dist 1.0", "planner_runs", "raised ValueError"), 5, "--without odd"),
        (AuditError(["week 3: too much"]), 70, "week 3: too much"),
        (OutputError("plan.ics: could not be written"), 74, "could not be written"),
        (PermissionError(13, "Permission denied", "somewhere"), 74, "Permission denied; expected a place that you may use. Change its"),
        (OSError(errno.EIO, "Input/output error", "somewhere"), 74, "somewhere: Input/output error; expected a place that can be"),
        (ZeroDivisionError("division by zero"), 70, "ZeroDivisionError: division by zero"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_each_error_has_its_sentence_and_exit_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(planning, "plan_for", fails)
    said = run(capsys, "show", EXAMPLES / "ana.toml")
    assert said.code == code
    assert said.err.lstrip().startswith("planner: ")
    assert words in said.err
    if isinstance(error, PlannerError):
        assert said.code == error.exit_code


def test_a_bug_says_how_to_report_it_and_shows_more_with_v(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(planning, "plan_for", fails)
    said = run(capsys, "show", EXAMPLES / "ana.toml")
    assert "this is a bug in the planner, not in your file" in said.err
    assert "report" in said.err
    assert __version__ in said.err
    process = command("show", EXAMPLES / "ana.toml", "-v", SOURCE_DATE_EPOCH="x")
    assert b"Traceback" not in process.communicate()[1], "a wrong input is no bug, however much is asked"
    with pytest.raises(AssertionError):
        run(capsys, "show", EXAMPLES / "ana.toml", "-v")


def test_a_reader_who_leaves_is_left_alone() -> None:
    process = command("make", *example("ana"), "-o", "-", "-f", "txt")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141
    process.stderr.close()


@pytest.mark.parametrize("command", ["make", "handover", "batch"])
def test_a_name_is_neither_empty_nor_too_long(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    file = tmp_path / ("roster.csv" if command == "batch" else "ana.toml")
    file.write_text(roster_example() if command == "batch" else (EXAMPLES / "ana.toml").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    said = run(capsys, command, file, "-o", "")
    assert said.code == 2
    assert "-o' / '--output': found an empty name; expected a file or a folder" in said.err
    said = run(capsys, command, file, "-o", f"{'long' * 75}.html")
    assert said.code == 74
    assert "File name too long" in said.err
    assert "expected a " in said.err
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_full_disk_is_exit_74() -> None:
    with FULL.open("wb") as full:
        for words in (["--help"], ["templates"], ["make", *example("ana"), "-o", "-"]):
            code = "from planner.cli.app import main; main()"
            done = subprocess.run([sys.executable, "-c", code, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
            assert done.returncode == 74
            assert "planner: standard output: No space left on device" in done.stderr


def test_a_terminal_without_unicode_is_no_reason_to_crash() -> None:
    process = command("show", *example("ana"), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert out.isascii()


def test_a_wrong_source_date_epoch_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("yesterday", "-5", "1e9", "9" * 30, "0" * 20 + "9" * 20):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        said = run(capsys, "show", EXAMPLES / "ana.toml")
        assert said.code == 2
        assert "SOURCE_DATE_EPOCH" in said.err


def test_completion_offers_commands() -> None:
    process = command(_PLANNER_COMPLETE="bash_complete", COMP_WORDS="planner m", COMP_CWORD="1")
    out, _ = process.communicate()
    assert out == b"plain,make\n"
