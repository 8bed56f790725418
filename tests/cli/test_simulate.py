"""`planner simulate`: its output and exit codes."""

from __future__ import annotations

import json
import os
import signal

import pytest

from planner.errors import InputError
from planner.simulation import life as life_module
from tests.cli.helpers import command, run

SMALL = ("simulate", "--athletes", "5", "--weeks", "1", "--seed", "2", "--workers", "1")


def test_the_report_is_a_table_by_kind_of_runner(capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, *SMALL)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "5 runners, 1 week, seed 2: no law broke."
    assert lines[2].split()[:4] == ["Runners", "how", "many", "plans"]
    assert [line.split()[0] for line in lines[3:9]] == ["steady", "busy", "eager", "sore", "silent", "all"]
    assert all(line.split()[1] == "1" and line.split()[3] == "0" for line in lines[3:8])
    assert lines[8].split()[1] == "5"


def test_the_same_seed_gives_the_same_bytes_whatever_the_workers(capsys: pytest.CaptureFixture[str]) -> None:
    said = [run(capsys, *SMALL[:-1], workers, "-q").out for workers in ("1", "2")]
    assert said[0] == said[1]
    assert run(capsys, *SMALL[:5], "--seed", "3", "--workers", "1").out.splitlines()[1:] != said[0].splitlines()[1:]


def test_json_has_sums_and_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, *SMALL, "--json", "-q")
    assert said.err == ""
    data = json.loads(said.out)
    assert (data["athletes"], data["weeks"], data["seed"], data["laws_broken"], data["faults"]) == (5, 1, 2, 0, [])
    assert [row["kind"] for row in data["runners"]] == ["steady", "busy", "eager", "sore", "silent", "all"]
    assert data["runners"][-1]["plans"] == sum(row["plans"] for row in data["runners"][:-1])


def test_one_runner_alone_is_told_day_by_day(capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, *SMALL, "--athlete", "3")
    assert said.code == 0
    assert said.out.startswith("Runner 3, eager: ")
    assert "\nThe plan of 20" in said.out
    assert "\nThe log:\nline  date" in said.out
    assert "1 runner, 1 week, seed 2: no law broke." in said.out
    alone = json.loads(run(capsys, *SMALL, "--athlete", "3", "--json").out)
    crowd = json.loads(run(capsys, *SMALL, "--json").out)
    assert alone["runners"][0] == next(row for row in crowd["runners"] if row["kind"] == "eager")


def test_a_law_that_breaks_is_exit_code_1_and_can_be_run_again(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.laws.grown", lambda metres, _: 2 * metres)
    said = run(capsys, *SMALL)
    assert said.code == 1
    assert "plans broke a law." in said.out.splitlines()[0]
    assert "\nBROKEN runner " in said.out
    line = next(line for line in said.out.splitlines() if "Again: " in line)
    again = run(capsys, *line.partition("planner ")[2].split())
    assert again.code == 1
    assert "allows at most" in again.out
    data = json.loads(run(capsys, *SMALL, "--json").out)
    assert data["laws_broken"] > 0
    assert data["faults"][0]["trouble"] == "law"


@pytest.mark.parametrize(
    ("error", "words"),
    [(InputError("log", "found a"), "REFUSED runner 1, planned on"), (KeyError("x"), "BUG runner 1, planned on")],
)
def test_what_else_goes_wrong_is_exit_code_1_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(life_module, "build_plan", fails)
    said = run(capsys, *SMALL)
    assert said.code == 1
    assert words in said.out


@pytest.mark.parametrize("wrong", [("--athletes", "0"), ("--weeks", "53"), ("--seed", "x"), ("--athlete", "0"), ("--without", "nobody")])
def test_what_is_asked_wrongly_is_exit_code_2(capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]) -> None:
    said = run(capsys, "simulate", *wrong)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("planner: ")


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
def test_interrupted_it_reports_those_so_far() -> None:
    process = command("simulate", "--athletes", "100000", "--weeks", "1", "--workers", "2")
    assert process.stderr is not None
    assert process.stderr.readline().endswith(b" of 100000 athletes\n")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert b"Traceback" not in err
    assert b"of 100000 athletes; these are their results." in err
    assert b"planner: interrupted" in err
    assert b" runners, 1 week, seed 1:" in out.splitlines()[0]
