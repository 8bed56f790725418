"""`planner make` over an existing calendar: an update, a withdrawn plan, a stop; files that need no change are not touched."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from planner.render.calendar_parts import apart
from tests.cli.helpers import EXAMPLES, Said, run

FIRST, LATER = "2027-01-03", "2027-01-13"
CLEARED = '\n[clearance]\nby = "A. Smith"\ndate = 2027-01-07\nfor = ["RED-05"]\n'


@pytest.fixture
def ana(tmp_path: Path) -> Path:
    """Ana's file with three weeks, which are planned quickly."""
    path = tmp_path / "ana.toml"
    path.write_text((EXAMPLES / "ana.toml").read_text(encoding="utf-8").replace("weeks = 12", "weeks = 3"), encoding="utf-8")
    return path


def change(ana: Path, old: str, new: str) -> None:
    text = ana.read_text(encoding="utf-8")
    assert old in text
    ana.write_text(text.replace(old, new), encoding="utf-8")


def make(capsys: pytest.CaptureFixture[str], ana: Path, day: str, *options: str | Path) -> Said:
    return run(capsys, "make", ana, "--as-of", day, *options)


def target(ana: Path) -> Path:
    return ana.with_suffix(".ics")


def statuses(data: bytes, since: str) -> set[bytes]:
    """The statuses of events of load from a date on."""
    found = [part for part in apart(data).events if part.day.isoformat() >= since and part.value(b"TRANSP") == b"OPAQUE"]
    return {part.value(b"STATUS") for part in found}


def test_an_unchanged_plan_does_not_touch_the_file(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    before = target(ana).read_bytes()
    os.utime(target(ana), ns=(1, 1))
    said = make(capsys, ana, LATER)
    assert said.code == 0
    assert f"{target(ana)} is unchanged: the plan is the same." in said.err
    assert "Wrote" not in said.err
    assert (target(ana).stat().st_mtime_ns, target(ana).read_bytes()) == (1, before)


def test_a_changed_plan_is_an_update_that_check_reads(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    before = {part.uid: part.raw for part in apart(target(ana).read_bytes()).events if part.day.isoformat() < LATER}
    change(ana, 'mon = ["07:00-08:00"]', "mon = []")
    change(ana, "weeks = 3", "weeks = 2")
    said = make(capsys, ana, LATER)
    assert said.code == 0
    assert f"Updated {target(ana)} (" in said.err
    assert " dropped" in said.err
    after = target(ana).read_bytes()
    assert {part.uid: part.raw for part in apart(after).events if part.uid in before} == before
    assert statuses(after, "2027-01-18") == {b"CANCELLED"}
    checked = run(capsys, "check", target(ana))
    assert checked.code == 0, checked.out
    told = json.loads(make(capsys, ana, LATER, "--json", "-q").out)
    assert told["unchanged"] is True
    assert told["counts"]["moved"] == 0


def test_what_is_to_come_is_drawn_after_the_past_that_stands(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(ana, "weeks = 3", "weeks = 4")
    change(ana, 'mon = ["07:00-08:00"]\nwed = ["18:00-19:30 run"]\nsun = []', "sat = []")
    make(capsys, ana, FIRST)
    change(ana, "\nsat = []", "\nmon = []\nfri = []\nsun = []")
    said = make(capsys, ana, "2027-01-24")
    assert "careful: what was planned before" not in said.err
    assert run(capsys, "check", target(ana)).code == 0
    uids = [part.uid for part in apart(target(ana).read_bytes()).events]
    assert len(set(uids)) == len(uids)


def per_day(data: bytes) -> dict[str, int]:
    """How many runs stand on each date."""
    found = [e.day.isoformat() for e in apart(data).events if not e.cancelled and e.value(b"X-PLANNER-RUN-S") not in (b"", b"0")]
    return {day: found.count(day) for day in found}


@pytest.mark.parametrize(("start", "last_run"), [("05", "02"), ("07", "02"), ("11", "09")])
@pytest.mark.parametrize("log", ["", 'log = "l.csv"\n'])
def test_another_start_leaves_the_past_as_it_stood(
    ana: Path, capsys: pytest.CaptureFixture[str], start: str, last_run: str, log: str
) -> None:
    change(ana, "units =", f"{log}units =")
    rows = [f"2027-01-{day},2.2,3.3,0,0,0,0" for day in ("05", "07", "09")]
    head = "date,run_km,foot_km,pain_before,pain_during,pain_after,pain_next_morning"
    ana.with_name("l.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    make(capsys, ana, FIRST)
    before = {part.uid: part.raw for part in apart(target(ana).read_bytes()).events if part.day.isoformat() < LATER}
    change(ana, "start = 2027-01-04", f"start = 2027-01-{start}")
    change(ana, "last_run = 2027-01-02", f"last_run = 2027-01-{last_run}")
    said = make(capsys, ana, LATER)
    assert said.code == 0
    assert "do not fit together" not in said.err
    after = target(ana).read_bytes()
    assert {part.uid: part.raw for part in apart(after).events if part.day.isoformat() < LATER} == before
    assert set(per_day(after).values()) == {1}
    checked = run(capsys, "check", target(ana))
    assert checked.code == 0, checked.out
    assert "is unchanged: the plan is the same." in make(capsys, ana, LATER).err
    assert target(ana).read_bytes() == after


def test_a_past_that_does_not_fit_what_is_to_come_is_told(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(ana, 'mon = ["07:00-08:00"]\nwed = ["18:00-19:30 run"]\nsun = []', "")
    make(capsys, ana, FIRST)
    change(ana, "[availability]\n", "[availability]\ntue = []\nthu = []\n")
    said = make(capsys, ana, "2027-01-08")
    assert said.code == 0
    broken = run(capsys, "check", target(ana)).out.count("BROKEN")
    told = said.err.partition("do not fit together:\n")[2].splitlines()
    assert len(told) == broken + 1 > 1
    assert "keep a log" in told[-1]


@pytest.mark.parametrize("stranger", [b"old", b"BEGIN:VCALENDAR\r\nPRODID:-//Me//EN\r\nEND:VCALENDAR\r\n"])
def test_a_strangers_file_is_left_alone(ana: Path, capsys: pytest.CaptureFixture[str], stranger: bytes) -> None:
    target(ana).write_bytes(stranger)
    for options in ((), ("--cancel",), ("--diff",)):
        said = make(capsys, ana, FIRST, *options)
        assert said.code == 2
        assert said.err.startswith(f"planner: {target(ana)}: ")
        assert "give another name with -o" in said.err
    assert target(ana).read_bytes() == stranger


def test_another_athletes_calendar_is_left_alone(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    change(ana, 'id = "ana"', 'id = "anna"')
    said = make(capsys, ana, FIRST, "-o", target(ana))
    assert said.code == 2
    assert 'the calendar of "ana"' in said.err


def test_an_empty_file_and_another_format_are_simply_written(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target(ana).write_bytes(b"")
    assert "Wrote" in make(capsys, ana, FIRST).err
    ana.with_suffix(".txt").write_text("old", encoding="utf-8")
    assert "Wrote" in make(capsys, ana, FIRST, "-f", "txt").err


def test_taking_a_plan_back_needs_no_plan(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    change(ana, "sore_with", "red_flags_were_seen = true\nsore_with")
    assert make(capsys, ana, LATER).code == 2
    change(ana, "red_flags_were_seen = true\n", "")
    change(ana, "red_flags = []", 'red_flags = ["RED-04"]')
    told = json.loads(make(capsys, ana, LATER, "--cancel", "--diff", "--json").out)
    said = make(capsys, ana, LATER, "--cancel")
    assert said.code == 0
    assert f"{told['counts']['dropped']} entries to come cancelled; the past stays." in said.err
    assert statuses(target(ana).read_bytes(), LATER) == {b"CANCELLED"}
    assert b"STATUS:CONFIRMED" in target(ana).read_bytes()
    assert "nothing of it is still to come" in make(capsys, ana, LATER, "--cancel").err


def test_private_is_not_taken_for_what_is_not(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    said = make(capsys, ana, FIRST, "--cancel", "--private")
    assert said.code == 2
    assert "Leave out --private" in said.err
    make(capsys, ana, FIRST, "--private")
    assert make(capsys, ana, LATER, "--private").err.count("is unchanged") == 1
    assert make(capsys, ana, LATER, "--cancel", "--private").code == 0
    assert b"X-PLANNER" not in target(ana).read_bytes()


def test_a_stop_reaches_the_calendar_that_stands(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, FIRST)
    change(ana, "red_flags = []", 'red_flags = ["RED-04"]')
    would = make(capsys, ana, LATER, "--diff")
    assert would.code == 4
    assert "would be cancelled. Nothing was written." in would.err
    said = make(capsys, ana, LATER)
    assert said.code == 4
    assert "knee is locked" in said.err
    assert "entries to come cancelled, and a note on today says why" in said.err
    after = target(ana).read_bytes()
    assert statuses(after, LATER) == {b"CANCELLED"}
    note = next(part for part in apart(after).events if b".stop.RED-04." in part.uid)
    assert note.day.isoformat() == LATER
    assert b"Within days: see a doctor" in note.value(b"DESCRIPTION")
    assert run(capsys, "check", target(ana)).code == 0
    assert "says so already" in make(capsys, ana, LATER).err
    assert target(ana).read_bytes() == after
    change(ana, 'red_flags = ["RED-04"]', "red_flags = []")
    forgotten = make(capsys, ana, "2027-01-14")
    assert (forgotten.code, target(ana).read_bytes() == after) == (2, True)
    change(ana, "answered = 2027-01-02", f"answered = {LATER}")
    make(capsys, ana, "2027-01-14")
    assert statuses(target(ana).read_bytes(), "2027-01-14") == {b"CONFIRMED"}


def test_a_stop_names_every_file_that_it_does_not_reach(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = ana.parent
    ana.write_text('log = "ana.csv"\n' + ana.read_text(encoding="utf-8"), encoding="utf-8")
    (home / "ana.csv").write_text("date,run_km\n2027-01-05,2\n", encoding="utf-8")
    for args in ([], ["-f", "html"], ["-f", "json"], ["-f", "fit"], ["-o", str(home / "mine.txt")]):
        assert make(capsys, ana, "2027-01-06", *args).code == 0
    stood = {path: path.read_bytes() for path in home.glob("*.*") if path.suffix in {".html", ".json", ".txt", ".csv"}}
    (home / "ana.csv").write_text("date,run_km,red_flag\n2027-01-05,2,RED-05\n", encoding="utf-8")
    stood[home / "ana.csv"] = (home / "ana.csv").read_bytes()
    pages = f"{home / 'ana.html'} and {home / 'ana.json'}: an older plan in them should no longer be followed. Delete it.\n"
    calendar = f"{target(ana)} still shows what was planned: run `planner make {ana}` to cancel what is to come.\n"
    workouts = f"{home / 'ana-fit'} still holds workouts: `planner make {ana} -f fit` removes them.\n"
    as_text = make(capsys, ana, "2027-01-07", "-q", "-o", str(home / "mine.txt"))
    assert as_text.code == 4
    assert as_text.err.startswith(f"{home / 'mine.txt'}, {pages}{calendar}{workouts}planner: RED-05: ")
    assert make(capsys, ana, "2027-01-07", "-q").err.startswith(f"{pages}{workouts}planner: RED-05: ")
    assert make(capsys, ana, "2027-01-07", "-f", "fit").err.startswith(f"{home / 'ana-fit'}: ")
    said = make(capsys, ana, "2027-01-07", "-f", "html").err
    assert said.startswith(f"{pages}planner: RED-05: "), "the calendar and the workouts know by now"
    assert {path: path.read_bytes() for path in stood} == stood
    (home / "ana.html").unlink()
    said = make(capsys, ana, "2027-01-07", "-f", "html").err
    assert said.startswith(f"{home / 'ana.json'}: an older plan in it should no longer be followed. Delete it.\n")


def test_a_stop_writes_no_first_plan_and_leaves_a_strangers_file(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(ana, "red_flags = []", 'red_flags = ["RED-04"]')
    assert make(capsys, ana, FIRST).code == 4
    assert not target(ana).exists()
    target(ana).write_bytes(b"old")
    said = make(capsys, ana, FIRST)
    assert said.code == 4
    assert "It was left as it is." in said.err
    assert "knee is locked" in said.err
    assert target(ana).read_bytes() == b"old"


@pytest.mark.parametrize("row", ["2027-01-05,2.2,1,RED-05", "2027-01-05,2.2,1,"])
def test_a_log_that_has_gone_takes_nothing_back(ana: Path, capsys: pytest.CaptureFixture[str], row: str) -> None:
    log = ana.with_name("ana-log.csv")
    ana.write_text('log = "ana-log.csv"\n' + ana.read_text(encoding="utf-8"), encoding="utf-8")
    assert make(capsys, ana, FIRST).code == make(capsys, ana, "2027-01-05").code == 0, "a log that was not begun yet is no loss"
    log.write_text(f"date,run_km,pain_during,red_flag\n{row}\n", encoding="utf-8")
    make(capsys, ana, "2027-01-06")
    stood = target(ana).read_bytes()
    log.unlink()
    said = make(capsys, ana, "2027-01-07")
    assert (said.code, target(ana).read_bytes()) == (2, stood)
    assert f"there is no file {log}, but {target(ana)} follows a log" in said.err


def test_a_slip_in_the_log_is_no_plan_without_it(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.write_text('log = "ana-log.csv"\n' + ana.read_text(encoding="utf-8"), encoding="utf-8")
    ana.with_name("ana-log.csv").write_text("date,run_km,red_flags\n2027-01-05,2.2,RED-05\n", encoding="utf-8")
    said = make(capsys, ana, "2027-01-06")
    assert (said.code, "Did you mean `red_flag`?" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("lost", "mended", "code"),
    [
        ("date,run_km,pain_during,sign\n2027-01-05,2.2,1,RED-05\n", "", 2),
        ("date,run_km,pain_during\n2027-01-05,2.2,1\n", "", 2),
        ("date,run_km,pain_during\n2027-01-05,2.2,1\n", "answered", 0),
        ("date,run_km,pain_during,red_flag\n2027-01-05,2.2,1,RED-05\n", "clearance", 0),
    ],
)
def test_a_stop_ends_by_being_lifted_and_not_by_being_forgotten(
    ana: Path, capsys: pytest.CaptureFixture[str], lost: str, mended: str, code: int
) -> None:
    log = ana.with_name("ana-log.csv")
    ana.write_text('log = "ana-log.csv"\n' + ana.read_text(encoding="utf-8"), encoding="utf-8")
    make(capsys, ana, FIRST)
    log.write_text("date,run_km,pain_during,red_flag\n2027-01-05,2.2,1,RED-05\n", encoding="utf-8")
    assert make(capsys, ana, "2027-01-06").code == 4
    stood = target(ana).read_bytes()
    log.write_text(lost, encoding="utf-8")
    if mended == "answered":
        change(ana, "answered = 2027-01-02", "answered = 2027-01-06")
    if mended == "clearance":
        ana.write_text(ana.read_text(encoding="utf-8") + CLEARED, encoding="utf-8")
    said = make(capsys, ana, "2027-01-08")
    assert (said.code, target(ana).read_bytes() == stood) == (code, bool(code))
    assert ("log: nothing names RED-05 any more, but the calendar was stopped for it on 2027-01-06" in said.err) is bool(code)
    if code:
        change(ana, 'log = "ana-log.csv"\n', "")
        assert make(capsys, ana, "2027-01-08").code == 2, "nor does a file that has lost its log lift it"
        assert run(capsys, "make", ana, "--cancel", "--as-of", "2027-01-08").code == 0
        assert make(capsys, ana, "2027-01-09").code == 2, "nor a plan that was taken back meanwhile"
    assert make(capsys, ana, "2027-01-10").code == code, "and after a plan was made again it is not asked for"
