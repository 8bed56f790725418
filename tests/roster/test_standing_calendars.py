"""Existing calendars are updated, stopped, and withdrawn when somebody has left; other people's files are not touched."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from planner.errors import StopError
from planner.maker import Maker
from planner.render import Options
from planner.render.calendar_parts import Part, apart
from planner.render.calendar_past import past_entries
from tests.roster.batches import plans, report, row, run_here, statuses, write_roster

ROWS = [row(n, weeks="3") for n in range(3)]
LATER = "2027-01-13"
SHARDS = [0, 2]
ANEW = row(0, weeks="3", screening__answered=LATER)


def calendar(folder: Path, number: int) -> bytes:
    """An athlete's calendar, wherever it lies."""
    name = f"runner-{number}.ics"
    if (folder / name).exists():
        return (folder / name).read_bytes()
    for path in folder.glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            if name in archive.namelist():
                return archive.read(name)
    raise AssertionError(name)


def events(data: bytes) -> dict[bytes, Part]:
    return {event.uid: event for event in apart(data).events}


def to_come(data: bytes, day: str = LATER) -> list[Part]:
    return [event for event in apart(data).events if str(event.day) >= day]


@pytest.mark.parametrize("shards", SHARDS)
def test_a_plan_made_again_is_an_update(roster: Path, tmp_path: Path, shards: int) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder, shards=shards)
    older = events(calendar(folder, 0))
    write_roster(roster, [row(0, weeks="3", availability__sun="", availability__mon="none"), *ROWS[1:]])
    assert run_here(roster, folder, day=LATER, shards=shards).counts == {"made": 1, "unchanged": 2}
    newer = events(calendar(folder, 0))
    assert older.keys() <= newer.keys(), "nothing that a phone knows is lost"
    past = [uid for uid, event in older.items() if str(event.day) < LATER]
    assert past
    assert all(newer[uid].raw == older[uid].raw for uid in past)
    changed = [uid for uid, event in older.items() if newer[uid].raw != event.raw]
    assert changed
    assert all(newer[uid].value(b"SEQUENCE") == b"1" for uid in changed)
    assert any(newer[uid].cancelled or newer[uid].day != older[uid].day for uid in changed)


def test_what_others_put_into_a_calendar_stays(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder)
    own = b"BEGIN:VEVENT\r\nUID:mine@elsewhere\r\nDTSTART:20270120T100000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n"
    path = folder / "runner-0.ics"
    path.write_bytes(path.read_bytes().replace(b"END:VCALENDAR", own + b"END:VCALENDAR"))
    write_roster(roster, [row(0, weeks="3", running__easy_pace="7:30"), *ROWS[1:]])
    run_here(roster, folder)
    assert own in path.read_bytes()


def test_somebody_elses_calendar_is_refused_and_left(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    run_here(roster, tmp_path / "others")
    folder.mkdir()
    (folder / "runner-0.ics").write_bytes((tmp_path / "others" / "runner-1.ics").read_bytes())
    (folder / "runner-1.ics").write_bytes((tmp_path / "others" / "runner-1.ics").read_bytes())
    (folder / "runner-2.ics").write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:mine\r\nEND:VCALENDAR\r\n")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run_here(roster, folder)
    assert statuses(folder) == {"runner-0": "refused", "runner-1": "made", "runner-2": "refused"}
    assert 'runner-0.ics: the calendar of "runner-1"; expected ' in str(report(folder)[0]["error"])
    assert plans(folder) == before, "his own calendar, of which the manifest knew nothing, is the same"


@pytest.mark.parametrize("shards", SHARDS)
def test_a_stop_reaches_the_calendar_and_its_end_too(roster: Path, tmp_path: Path, shards: int) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder, shards=shards)
    write_roster(roster, [row(0, weeks="3", screening__red_flags="RED-04"), *ROWS[1:]])
    for _ in range(2):
        summary = run_here(roster, folder, day=LATER, shards=shards)
        assert summary.counts == {"stop": 1, "unchanged": 2}
        assert "An older plan is still" not in summary.text(), "it says that it is stopped"
        note = [event for event in to_come(calendar(folder, 0)) if not event.cancelled and b"STOP" in event.said]
        assert [str(event.day) for event in note] == [LATER]
        assert all(e.cancelled for e in to_come(calendar(folder, 0)) if e.value(b"TRANSP").upper() != b"TRANSPARENT")
    stopped = calendar(folder, 0)
    run_here(roster, folder, day="2027-01-14", shards=shards)
    assert calendar(folder, 0) == stopped, "it stands, and changes nothing more"
    run_here(write_roster(roster, ROWS), folder, day="2027-01-14", shards=shards)
    assert (statuses(folder)["runner-0"], calendar(folder, 0)) == ("refused", stopped), "it ends by being lifted, not by being forgotten"
    run_here(write_roster(roster, [ANEW, *ROWS[1:]]), folder, day="2027-01-14", shards=shards)
    assert any(not e.cancelled and e.value(b"X-PLANNER-RUN-S") not in (b"", b"0") for e in to_come(calendar(folder, 0), "2027-01-14"))
    assert all(e.cancelled for e in events(calendar(folder, 0)).values() if b".stop." in e.uid and str(e.day) >= "2027-01-14")


def test_a_pause_of_runs_alone_leaves_the_rest(roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder, formats=("ics", "txt"))
    stop = StopError(["3a-12: See somebody within two weeks."], pause="runs")
    monkeypatch.setattr(Maker, "plan", lambda *_, **__: (_ for _ in ()).throw(stop))
    summary = run_here(roster, folder, day="2027-01-04", formats=("ics", "txt"))
    left = [event for event in to_come(calendar(folder, 0), "2027-01-04") if not event.cancelled]
    assert not [event for event in left if event.value(b"X-PLANNER-RUN-S") not in (b"", b"0")]
    assert [event for event in left if b"Strength" in event.said or b"strength" in event.said]
    assert b"SUMMARY:STOP: no run. Read this first." in calendar(folder, 0)
    assert "An older plan is still" in summary.text(), "the text file does not know"


@pytest.mark.parametrize("shards", SHARDS)
def test_a_stop_takes_workouts_away_and_names_what_is_left(roster: Path, tmp_path: Path, shards: int) -> None:
    folder, formats = tmp_path / "plans", ("ics", "fit", "html", "txt")
    run_here(roster, folder, formats=formats, shards=shards)
    write_roster(roster, [row(0, weeks="3", screening__red_flags="RED-04"), *ROWS[1:]])
    for _ in range(2):
        summary = run_here(roster, folder, day=LATER, formats=formats, shards=shards)
        assert "delete them (1)\n  runner-0: runner-0.html, runner-0.txt\n" in summary.text()
        names = {name for path in folder.glob("*.zip") if shards for name in zipfile.ZipFile(path).namelist()} or set(plans(folder))
        assert {name for name in names if name.startswith("runner-0")} == {"runner-0.ics", "runner-0.html", "runner-0.txt"}
        assert "runner-1.fit.zip" in names
    run_here(write_roster(roster, [ANEW, *ROWS[1:]]), folder, day=LATER, formats=formats, shards=shards)
    assert statuses(folder) == {"runner-0": "made", "runner-1": "unchanged", "runner-2": "unchanged"}


def test_a_stop_that_reaches_every_file_leaves_nothing_to_name(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder, formats=("ics", "fit"))
    write_roster(roster, [row(0, weeks="3", screening__red_flags="RED-04"), *ROWS[1:]])
    for _ in range(2):
        assert "An older plan is still" not in run_here(roster, folder, day=LATER, formats=("ics", "fit")).text()


def test_workouts_that_somebody_changed_are_named_and_left(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder, formats=("fit",))
    write_roster(roster, [row(0, weeks="3", screening__red_flags="RED-04"), row(1, weeks="3", screening__red_flags="RED-04")])
    (folder / "runner-1.fit.zip").write_bytes(b"mine")
    summary = run_here(roster, folder, day=LATER, formats=("fit",))
    assert sorted(plans(folder)) == ["runner-1.fit.zip", "runner-2.fit.zip"]
    assert "An older plan is still" not in summary.text()


def test_a_file_that_was_deleted_after_a_stop_is_not_named_again(roster: Path, tmp_path: Path) -> None:
    folder, formats = tmp_path / "plans", ("ics", "txt")
    run_here(roster, folder, formats=formats)
    write_roster(roster, [row(0, weeks="3", screening__red_flags="RED-04"), *ROWS[1:]])
    assert "runner-0.txt" in run_here(roster, folder, day=LATER, formats=formats).text()
    (folder / "runner-0.txt").unlink()
    assert "runner-0.txt" not in run_here(roster, folder, day=LATER, formats=formats).text()


def test_a_stop_reaches_a_private_calendar_and_leaves_that_of_another_athlete(roster: Path, tmp_path: Path) -> None:
    run_here(roster, tmp_path / "others", options=Options(private=True))
    folder = tmp_path / "plans"
    folder.mkdir()
    stood = [(tmp_path / "others" / f"runner-{n}.ics").read_bytes() for n in (1, 1)]
    for number, data in enumerate(stood):
        (folder / f"runner-{number}.ics").write_bytes(data)
    run_here(write_roster(roster, [row(n, weeks="3", screening__red_flags="RED-04") for n in (0, 1)]), folder, day="2027-01-04")
    assert calendar(folder, 0) == stood[0]
    assert calendar(folder, 1) != stood[1]
    assert all(event.cancelled for event in to_come(calendar(folder, 1), "2027-01-04") if event.value(b"TRANSP") != b"TRANSPARENT")


@pytest.mark.parametrize("shards", SHARDS)
def test_who_has_left_is_taken_back_when_asked(roster: Path, tmp_path: Path, shards: int) -> None:
    folder, formats = tmp_path / "plans", ("ics", "json")
    run_here(roster, folder, formats=formats, shards=shards)
    write_roster(roster, ROWS[:2])
    before = calendar(folder, 2)
    assert run_here(roster, folder, day=LATER, formats=formats, shards=shards).counts["vanished"] == 1
    assert calendar(folder, 2) == before
    summary = run_here(roster, folder, day=LATER, formats=formats, shards=shards, prune=True)
    assert "No longer in the roster; what was to come is cancelled (1)\n  runner-2\n" in summary.text()
    assert to_come(calendar(folder, 2))
    assert all(event.cancelled for event in to_come(calendar(folder, 2)))
    past = [event.raw for event in apart(before).events if str(event.day) < LATER]
    assert [event.raw for event in apart(calendar(folder, 2)).events if str(event.day) < LATER] == past
    names = {name for path in folder.glob("*.zip") for name in zipfile.ZipFile(path).namelist()} or set(plans(folder))
    assert names == {"runner-0.ics", "runner-0.json", "runner-1.ics", "runner-1.json", "runner-2.ics"}
    again = run_here(roster, folder, day=LATER, formats=formats, shards=shards, prune=True)
    assert again.counts == {"unchanged": 2}, "told once"
    run_here(write_roster(roster, ROWS), folder, day=LATER, formats=formats, shards=shards)
    assert any(not event.cancelled for event in to_come(calendar(folder, 2))), "who comes back is in the same calendar"


def test_pruning_touches_nothing_that_it_did_not_write(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder, formats=("ics", "json", "txt"))
    (folder / "runner-2.txt").write_text("my own words")
    (folder / "runner-2.csv").write_text("mine")
    (folder / "nobody.ics").write_text("mine")
    (folder / "runner-2.ics").write_text("another calendar")
    summary = run_here(write_roster(roster, ROWS[:2]), folder, formats=("ics", "json", "txt"), prune=True)
    kept = {name: data for name, data in plans(folder).items() if name.startswith(("runner-2", "nobody"))}
    assert kept == {"runner-2.txt": b"my own words", "runner-2.csv": b"mine", "nobody.ics": b"mine", "runner-2.ics": b"another calendar"}
    assert "their files are left as they were (1)\n  runner-2\n" in summary.text()


def test_nobody_is_taken_back_while_a_row_cannot_be_told_apart(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder)
    good = calendar(folder, 2)
    write_roster(roster, [*ROWS[:2], row(2, id="runner 2/", weeks="3")])
    summary = run_here(roster, folder, day=LATER, prune=True)
    assert "No calendar was cancelled: 1 refused row may belong to somebody who seems to have left. Correct that first." in summary.text()
    assert calendar(folder, 2) == good
    write_roster(roster, [ROWS[0], row(1, weeks="3", running__easy_pace="fast")])
    assert run_here(roster, folder, day=LATER, prune=True).counts == {"unchanged": 1, "refused": 1, "vanished": 1}
    assert calendar(folder, 2) != good, "whose row is wrong, but known, keeps nobody"


def test_nobody_is_taken_back_whose_id_may_be_mistyped_as_somebody_elses(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder)
    good = calendar(folder, 2)
    write_roster(roster, [*ROWS[:2], row(2, id="Runner-1", weeks="3")])
    assert "No calendar was cancelled: 2 refused rows may belong" in run_here(roster, folder, day=LATER, prune=True).text()
    write_roster(roster, ROWS[:2])
    with roster.open("a", encoding="utf-8") as file:
        file.write("runner-1,too few cells\n")
    assert "No calendar was cancelled: 1 refused row may belong" in run_here(roster, folder, day=LATER, prune=True).text()
    assert calendar(folder, 2) == good


def test_what_the_first_try_of_a_row_left_changes_nothing(tmp_path: Path) -> None:
    """A worker may die between writing and telling; the row is then planned again over its own files."""
    roster = write_roster(tmp_path / "roster.csv", [row(0, weeks="3")])
    run_here(roster, tmp_path / "once", day=LATER, formats=("ics", "json"))
    twice = tmp_path / "twice"
    twice.mkdir()
    (twice / "runner-0.ics").write_bytes(calendar(tmp_path / "once", 0))
    run_here(roster, twice, day=LATER, formats=("ics", "json"))
    assert plans(twice) == plans(tmp_path / "once")


def test_without_a_log_the_past_of_a_known_calendar_counts_as_done(roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, counted = tmp_path / "plans", list[object]()
    plan = Maker.plan

    def watched(maker: Maker, *args: object, **more: object) -> object:
        counted.append(more["stood"])
        return plan(maker, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Maker, "plan", watched)
    run_here(roster, folder)
    run_here(write_roster(roster, ROWS[:1]), folder, day=LATER)
    past = past_entries(calendar(folder, 0), "runner-0", date(2027, 1, 4), date(2027, 1, 13))
    assert past
    assert counted == [None, None, None, past]
