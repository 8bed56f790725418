"""`planner check`, `planner pillars`, `planner templates`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.cli.helpers import SHORTLY_BEFORE, example, run


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    target = tmp_path / "ana.json"
    assert run(capsys, "make", *example("ana"), "-o", target).code == 0
    return target


@pytest.mark.parametrize("suffix", ["json", "ics"])
@pytest.mark.parametrize("name", sorted(set(SHORTLY_BEFORE) - {"hugo"}))
def test_every_example_keeps_every_law(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, suffix: str) -> None:
    target = tmp_path / f"{name}.{suffix}"
    run(capsys, "make", *example(name), "-o", target)
    said = run(capsys, "check", target)
    assert (said.code, said.err) == (0, "")
    warned = "careful law 2" in said.out
    assert ("no law is broken, 1 warning" if warned else "every law holds") in said.out
    assert "law 1, weekly growth" in said.out
    assert "law 3, longest run" in said.out
    assert "BROKEN" not in said.out


def test_one_date_is_one_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("date,km\n" + "".join(f"2027-01-{day:02},2\n" for day in (4, 5, 6, 7, 8, 9)), encoding="utf-8")
    said = run(capsys, "check", plan, "--consecutive-days", "--recent", "12 12 12 12")
    assert "0 dates left" in said.out
    assert "1 date after the previous run, at least 1 date\n" in said.out
    assert "1 dates" not in said.out + run(capsys, "check", plan, "--recent", "12 12 12 12").out


THEIRS = ("UID:1@club\r\n", "UID:2@club\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n", "UID:3@club\r\nSTATUS:CANCELLED\r\n")


@pytest.mark.parametrize(
    ("events", "note"),
    [(2, "2 events that are not the planner's were not counted"), (1, "1 event that is not the planner's was not counted"), (0, "")],
)
def test_events_of_others_in_our_calendar_are_told_as_not_counted(
    events: int, note: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "ana.ics"
    run(capsys, "make", *example("ana"), "-o", plan)
    theirs = [
        f"BEGIN:VEVENT\r\n{lines}DTSTART;VALUE=DATE:20270113\r\nSUMMARY:Run 10 km\r\nEND:VEVENT\r\n"
        for lines in (*THEIRS[:events], THEIRS[2])
    ]
    plan.write_bytes(plan.read_bytes().replace(b"END:VCALENDAR", "".join(theirs).encode() + b"END:VCALENDAR"))
    said = run(capsys, "check", plan)
    assert (said.code, said.err) == (0, f"{plan}: {note}.\n" if note else "")
    quiet = run(capsys, "check", "-q", plan)
    assert (quiet.out, quiet.err) == (said.out, "")


def longer(path: Path) -> None:
    """Make one run of week 3 twice as long as the plan says."""
    plan = json.loads(path.read_text(encoding="utf-8"))
    session = next(s for s in plan["sessions"] if s["week"] == 3 and s["run_s"])

    def double(steps: list[dict[str, object]]) -> None:
        for step in steps:
            inner = step.get("steps")
            if isinstance(inner, list):
                double(inner)
            elif step["kind"] == "run":
                seconds = step["seconds"]
                assert isinstance(seconds, int)
                step["seconds"] = 2 * seconds

    double(session["steps"])
    path.write_text(json.dumps(plan), encoding="utf-8")


def test_a_broken_law_is_exit_1_with_the_break(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    longer(plan)
    said = run(capsys, "check", plan)
    assert said.code == 1
    assert "BROKEN law 1" in said.out
    told = json.loads(run(capsys, "check", plan, "--json").out)
    assert told[0]["holds"] is False
    assert any(f["rule"] == "law-1" and f["severity"] == "error" for f in told[0]["findings"])
    assert any(m["law"] == "law-1" and m["margin"] < 0 for m in told[0]["margins"])


def test_a_file_that_is_no_plan_is_told_and_the_others_are_still_checked(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}", encoding="utf-8")
    said = run(capsys, "check", other, plan, tmp_path / "nobody.ics")
    assert said.code == 2
    assert f"planner: {other}" in said.err
    assert "nobody.ics" in said.err
    assert "no law is broken" in said.out


def test_pillars_are_listed_with_distribution_and_settings(capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "pillars")
    assert said.code == 0
    assert "hip_strength (return-to-run " in said.out
    assert "Settings, under [pillars.hip_strength]:" in said.out
    told = {pillar["name"]: pillar for pillar in json.loads(run(capsys, "pillars", "--json").out)}
    names = {"assessment", "cross_training", "footwear", "hip_strength", "mobility", "progression", "running_form"}
    assert set(told) == names
    for pillar in told.values():
        assert pillar["distribution"] == "return-to-run"
        for setting in pillar["settings"]:
            assert setting["text"], "every setting says what it is"
            if setting["default"]:
                tomllib.loads(f"{setting['name']} = {setting['default']}")
    assert "hip_strength" not in run(capsys, "pillars", "--without", "hip_strength").out


def test_templates_are_listed_with_their_source(capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "templates")
    assert said.code == 0
    assert "walk-run (return-to-run " in said.out
    told = {template["name"]: template for template in json.loads(run(capsys, "templates", "--json").out)}
    assert set(told) >= {"walk-run", "delaware", "soldiers-knee", "couch-to-5k", "keep-running", "continuous-build"}
    assert told["walk-run"]["levels"][0]["run_s"] > 0
    assert all(template["source"] for template in told.values())
