"""`planner batch`: its output and exit codes."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from pathlib import Path

import pytest

from planner.roster.example import example
from tests.cli.helpers import run
from tests.roster.batches import plans, report, row, write_roster

AS_OF = ("--as-of", "2027-01-03")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return write_roster(tmp_path / "roster.csv", [row(n) for n in range(3)])


def test_a_roster_becomes_plans_and_a_report(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "batch", roster, "-o", tmp_path / "plans", *AS_OF)
    assert (said.code, said.out) == (0, "")
    assert "3 athletes: 3 made.\n" in said.err
    assert f"Next: read {tmp_path / 'plans' / 'summary.txt'}" in said.err
    assert sorted(plans(tmp_path / "plans")) == [f"runner-{n}.ics" for n in range(3)]


def test_the_example_is_a_roster_to_start_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "batch", "--example")
    assert said.code == 0
    assert said.out == example()
    (tmp_path / "roster.csv").write_text(said.out, encoding="utf-8", newline="")
    made = run(capsys, "batch", tmp_path / "roster.csv", "-o", tmp_path / "plans", *AS_OF)
    assert made.code == 0
    assert "must see a professional first" in made.err


def test_some_rows_that_fail_are_exit_code_1_and_the_rest_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row(0), row(1, running__easy_pace="quick"), row(2, screening__red_flags="RED-04"), row(3, id="../x")]
    said = run(capsys, "batch", write_roster(tmp_path / "roster.csv", rows), "-o", tmp_path / "plans", *AS_OF)
    assert said.code == 1
    assert "4 athletes: 1 made, 1 stopped, 2 refused." in said.err
    assert [line["status"] for line in report(tmp_path / "plans")] == ["made", "refused", "stop", "refused"]
    page = (tmp_path / "plans" / "summary.txt").read_text(encoding="utf-8")
    assert "Stopped: must see a professional first; no plan (1)\n  runner-2: RED-04: " in page
    assert "Refused: something in the row is wrong (2)\n  runner-1: " in page
    assert not (tmp_path / "x.ics").exists()


def test_who_is_stopped_is_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(0, screening__red_flags="RED-04")])
    assert run(capsys, "batch", roster, "-o", tmp_path / "plans", *AS_OF).code == 0


def test_json_is_the_summary_and_quiet_is_quiet(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "batch", roster, "-o", tmp_path / "plans", "--json", "-q", *AS_OF)
    assert said.err == ""
    data = json.loads(said.out)
    assert (data["athletes"], data["counts"]["made"]) == (3, 3)
    assert {group["about"]: group["count"] for group in data["groups"]} == {"The goal does not fit into the plan's weeks": 3}


def test_a_whole_group_is_moved(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "batch", roster, "-o", tmp_path / "plans", "--start", "2027-01-05", "--shift", "1", "-f", "json", *AS_OF)
    starts = {json.loads(data)["start"] for data in plans(tmp_path / "plans").values()}
    assert starts == {"2027-01-06"}


def test_a_roster_from_standard_input(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(roster.read_bytes())))
    assert run(capsys, "batch", "-", "-o", tmp_path / "plans", *AS_OF).code == 0
    assert len(plans(tmp_path / "plans")) == 3


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("-f", "ics", "-f", "docx"), 'format: found "docx"; expected one of csv, fit, html, ics, intervals, json, pdf, txt.'),
        (("--alarm", "30m", "-f", "txt"), "--alarm: found it with the format txt; expected a calendar (.ics)."),
        (("--workers", "0"), "Invalid value for '--workers'"),
        (("--without", "mobilty"), "Did you mean `mobility`?"),
    ],
)
def test_a_wrong_option_writes_nothing(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], sentence: str
) -> None:
    said = run(capsys, "batch", roster, "-o", tmp_path / "plans", *options)
    assert said.code == 2
    assert sentence in said.err
    assert not (tmp_path / "plans").exists()


def test_a_roster_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "batch", tmp_path / "none.csv", "-o", tmp_path / "plans")
    assert (said.code, (tmp_path / "plans").exists()) == (2, False)


@pytest.mark.parametrize("place", ["file", "below a file", "nowhere"])
def test_a_place_that_cannot_be_written_is_exit_code_74(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    folder = {"file": roster, "below a file": roster / "plans", "nowhere": Path("/proc/no/plans")}[place]
    if place == "nowhere" and not Path("/proc/self").exists():
        pytest.skip("no system folder to try")
    said = run(capsys, "batch", roster, "-o", folder)
    assert said.code == 74
    assert f"{folder}: {'this is a file' if place == 'file' else 'could not be written'}" in said.err


def test_who_must_stop_gets_a_line_if_no_report_can_be_written(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if target.name == "report.csv":
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    write_roster(roster, [row(0), row(1, screening__red_flags="RED-05"), row(2, screening__red_flags="RED-05")])
    said = run(capsys, "batch", roster, "-o", tmp_path / "plans", *AS_OF, "-q")
    assert said.code == 74
    first, *stops = said.err.splitlines()
    assert first.endswith("Make room and run the same command again; what was finished stays.")
    assert [line.partition(":")[0] for line in stops] == ["runner-1, runner-2 must stop. RED-05"]


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal to pretend")
def test_a_terminal_sees_a_bar(roster: Path, tmp_path: Path) -> None:
    import pty  # noqa: PLC0415
    import subprocess  # noqa: PLC0415

    ours, theirs = pty.openpty()
    arguments = [sys.executable, "-c", "from planner.cli.app import main; main()", "batch", roster, "-o", tmp_path / "plans", *AS_OF]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs, env=environment) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                seen += (piece := os.read(ours, 4096))
            except OSError:
                break
            if not piece:
                break
        assert process.wait() == 0
    os.close(ours)
    assert b"3/3" in seen
    assert b"a second" in seen
    assert b"3 athletes: 3 made." in seen


def test_a_long_log_is_followed_and_what_is_odd_about_it_is_told(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "form.csv"
    form.write_text("Timestamp,Who,Knee\n1/14/2027 7:03:11,runner-0,5\n1/14/2027 9:00:00,ghost,1\n", encoding="utf-8")
    mapped = ("--map", "timestamp=date", "--map", "Who=athlete", "--map", "Knee=pain_during")
    arguments = ("batch", roster, "-o", tmp_path / "plans", "--log", form, *mapped, "--as-of", "2027-01-15")
    said = run(capsys, *arguments)
    assert said.code == 0, said.err
    assert f"{form}: dates are read as month/day/year, as some of them show.\n" in said.err
    assert f"1 name in the logs, but not in the roster: see {tmp_path / 'plans' / 'summary.txt'}.\n" in said.err
    assert f"3 athletes to look at first: see {tmp_path / 'plans' / 'monday.txt'}.\n" in said.err
    data = json.loads(run(capsys, *arguments, "--json", "-q").out)
    assert (data["monday"], len(data["notes"])) == (3, 1)
    form.write_text("Timestamp,Who,Knee\n1/14/2027 7:03:11,runner-0,bad\n", encoding="utf-8")
    assert run(capsys, *arguments).code == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "a=date"), "--map: found it without --log; expected one long log that it is about."),
        (("--dates", "dmy"), "--dates: found it without --log; expected "),
        (("--log", "form.csv", "--logs", "logs"), "--log: found it with --logs; expected one of them: a long log, or a folder of logs."),
        (("--log", "none.csv"), "none.csv: there is no such file; expected a log of many athletes, as CSV."),
        (("--logs", "none"), "--logs none: cannot be opened (No such file or directory)"),
        (("--log", "form.csv", "--map", "Knee=pain"), '--map: found the column "pain"; expected a column of the log.'),
    ],
)
def test_logs_that_cannot_be_are_usage_errors(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    told = run(capsys, "batch", roster, "-o", tmp_path / "plans", *options, *AS_OF)
    assert told.code == 2
    assert said in told.err
    assert not (tmp_path / "plans").exists()


def test_who_has_left_is_taken_back_with_prune(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "batch", roster, "-o", tmp_path / "plans", *AS_OF)
    write_roster(roster, [row(0), row(1)])
    said = run(capsys, "batch", roster, "-o", tmp_path / "plans", "--prune", *AS_OF)
    assert "2 athletes: 2 unchanged, 1 no longer in the roster.\n" in said.err
    assert b"METHOD:CANCEL" in plans(tmp_path / "plans")["runner-2.ics"]
