"""Plan files: JSON round-trips without loss, and invalid plans are refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

from planner.errors import InputError
from planner.plan_file import plan_from, read_plan
from planner.render import Options, renderer
from planner.render.json import document
from tests.plan_strategies import plans
from tests.plans import sample_plan


@given(plans())
@settings(max_examples=200)
def test_json_loses_nothing(plan):
    raw = renderer("json")(plan, Options())
    assert plan_from(json.loads(raw)) == plan


def test_the_json_is_the_documented_one():
    plan = sample_plan(weeks=1)
    told = document(plan)
    assert list(told)[:2] == ["format", "athlete"]
    assert set(told) >= {
        *("format", "athlete", "timezone", "start", "issued", "template", "run_gap_days", "paces", "measure", "missed", "rolling"),
        *("growth", "easy_week_every", "goal", "plugins", "history", "weeks", "sessions", "findings", "disclaimer"),
    }
    assert (told["format"], told["growth"], told["issued"]) == ("planner-plan/1", "1/10", "2027-01-02T09:00:00Z")
    session: dict[str, Any] = next(s for s in told["sessions"] if s["run_s"])
    assert session["id"] == "progression/run#2"
    assert session["uid"] == "20270104.1.progression.run.2.ana@return-to-run"
    assert session["start"] == "2027-01-05T07:00:00+01:00"
    assert session["steps"][0] == {"kind": "warm-up", "seconds": 300, "text": "walk briskly"}
    assert session["steps"][1] == {"kind": "warm-up", "seconds": 90, "text": "leg swings", "reps": 12, "side": "each"}
    assert session["steps"][3]["repeat"] == 9
    assert session["steps"][3]["steps"][0] == {"kind": "run", "seconds": 60, "text": "run easily", "rpe": 4}
    assert set(session) >= {
        *("id", "uid", "week", "date", "start", "duration_s", "pillar", "key", "title", "tags", "status"),
        *("run_s", "walk_s", "run_m", "foot_m", "ceiling_m", "bound_by", "steps", "why"),
    }
    assert told["history"][0] == {
        "date": "2026-12-29",
        "run_m": 1500,
        "foot_m": None,
        "allowed_m": None,
        "estimated": True,
        "longest_m": 1500,
    }
    raw = renderer("json")(evolve(plan, athlete_name="Zoë"), Options())
    assert "Zoë".encode() in raw
    assert raw.endswith(b"}\n")


def dropped(*keys: str) -> Callable[[dict[str, Any]], None]:
    def change(told: dict[str, Any]) -> None:
        place: Any = told
        for key in keys[:-1]:
            place = place[int(key) if key.isdigit() else key]
        del place[keys[-1]]

    return change


def put(value: object, *keys: str) -> Callable[[dict[str, Any]], None]:
    def change(told: dict[str, Any]) -> None:
        place: Any = told
        for key in keys[:-1]:
            place = place[int(key) if key.isdigit() else key]
        place[keys[-1]] = value

    return change


def nested(depth: int) -> list[object]:
    return [{"repeat": 2, "steps": nested(depth - 1)}] if depth else []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (dropped("start"), "start: missing; expected a date like 2027-01-04."),
        (dropped("sessions", "0", "week"), "sessions[1].week: missing; expected a whole number from 0 to 1000000000."),
        (put("3", "sessions", "1", "run_s"), 'sessions[2].run_s: found "3"; expected a whole number'),
        (put(True, "sessions", "1", "run_s"), "sessions[2].run_s: found true; expected a whole number"),
        (put(1.5, "sessions", "1", "run_s"), "sessions[2].run_s: found 1.5; expected a whole number"),
        (put(-1, "weeks", "0", "run_m"), "weeks[1].run_m: found -1; expected a whole number from 0"),
        (put(10**12, "weeks", "0", "run_m"), "weeks[1].run_m: found 1000000000000; expected"),
        (put("great", "weeks", "0", "decision"), 'weeks[1].decision: found "great"; expected one of entry, progress, hold'),
        (put("1/0", "growth"), 'growth: found "1/0"; expected a fraction in quotes'),
        (put(0.1, "growth"), "growth: found 0.1; expected a fraction in quotes"),
        (put("Europe/Berln", "timezone"), "Did you mean `Europe/Berlin`?"),
        (put("planner-plan/2", "format"), 'format: found "planner-plan/2"; expected "planner-plan/1". A newer planner wrote it'),
        (put("gpx", "format"), 'format: found "gpx"; expected "planner-plan/1"'),
        (dropped("format"), 'format: missing; expected "planner-plan/1"'),
        (put([], "weeks"), "weeks: found none; expected at least one week"),
        (put({}, "weeks"), "weeks: found an object; expected a list in [ ]"),
        (put(7, "sessions", "0", "week"), "sessions[1].week: found 7; expected one of the weeks 1 to 1"),
        (put(["x", 3], "sessions", "0", "tags"), "sessions[1].tags: found a list; expected a list of texts"),
        (put(["x"], "sessions", "0", "steps"), 'sessions[1].steps[1]: found "x"; expected an object in { }'),
        (put([{"repeat": 0, "steps": []}], "sessions", "0", "steps"), "sessions[1].steps[1].repeat: found 0; expected a whole"),
        (put(nested(9), "sessions", "0", "steps"), "groups of steps 9 deep; expected at most 8"),
        (put("2027-02-30", "sessions", "0", "date"), 'sessions[1].date: found "2027-02-30"; expected a date'),
        (put("9999-12-31", "start"), 'start: found "9999-12-31"; expected a date'),
        (put("2027-01-05T07:00:00", "sessions", "0", "start"), "expected a moment with its offset"),
        (put("progression/run", "sessions", "0", "id"), "expected a name like progression/run#1"),
        (put(0, "paces", "run_s_per_km"), "paces.run_s_per_km: found 0; expected a whole number from 1"),
        (put("no", "ladder"), 'ladder: found "no"; expected true or false'),
        (put(None, "athlete"), "athlete: found null; expected an object in { }"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_member(tmp_path, change, message):
    told = json.loads(renderer("json")(sample_plan(weeks=1), Options()))
    change(told)
    path = tmp_path / "ana.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_plan(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


def test_unknown_members_are_passed_over_and_late_ones_may_lack():
    told = json.loads(renderer("json")(sample_plan(weeks=1), Options()))
    told["mood"] = told["sessions"][0]["mood"] = told["weeks"][0]["mood"] = {"any": ["thing"]}
    assert plan_from(told) == sample_plan(weeks=1)
    for key in ("units", "as_of", "ladder", "explicit_growth", "findings", "plugins", "disclaimer"):
        del told[key]
    found = plan_from(told)
    assert (found.units, found.as_of, found.reading.ladder, found.findings) == ("km", date(2027, 1, 2), True, ())


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "line 1: not JSON"),
        (b"{", "line 1: not JSON"),
        (b'{"format": "planner-plan/1",\n nonsense', "line 2: not JSON"),
        (b"[1]", "found a list; expected an object in { }"),
        (b"\xff\xfe{}", "this is UTF-16 text, not UTF-8"),
        (b"{\n\xff}", "line 2: the file is not UTF-8 text"),
        (b'{"format": "\\ud800"}', "text that is not UTF-8"),
        (b"[" * 100_000, "brackets inside brackets"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number of thousands of digits"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no X-PLANNER lines"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", ""),
        (b"begin:vcalendar\r\nnonsense\r\nend:vcalendar\r\n", ""),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_a_sentence(tmp_path, raw, message):
    path = tmp_path / "x.json"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_plan(path)
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_plan(tmp_path / "none.json")
    with pytest.raises(InputError, match="this is a folder"):
        read_plan(tmp_path)
    path = tmp_path / "big.json"
    path.write_bytes(b" " * 20_000_001)
    with pytest.raises(InputError, match="larger than 20 MB"):
        read_plan(path)
