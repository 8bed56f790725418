"""A batch: what it writes, and what a second run leaves unchanged."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.athlete_file import read_athlete
from planner.errors import InputError, OutputError
from planner.maker import Chosen, Maker
from planner.render import Options, renderer
from planner.render.calendar_parts import apart
from planner.roster.manifest import Manifest, Moment
from tests.cli.helpers import EXAMPLES
from tests.roster.batches import AS_OF, MOMENT, plans, report, row, run, write_roster

ROWS = [row(n) for n in range(6)]
NEXT_DAY = Moment(AS_OF + timedelta(days=1), MOMENT.issued + timedelta(days=1))


@pytest.fixture
def done(roster: Path, tmp_path: Path) -> Path:
    run(roster, tmp_path / "plans")
    return tmp_path / "plans"


def contents(calendar: bytes) -> list[list[bytes]]:
    """What the events of a calendar say, whenever they were issued."""
    return [event.content for event in apart(calendar).events]


def times(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in plans(folder)}


def test_each_athlete_has_a_file_and_a_row_in_roster_order(done: Path) -> None:
    assert sorted(plans(done)) == [f"runner-{n}.ics" for n in range(6)]
    lines = report(done)
    assert [line["row"] for line in lines] == [2, 3, 4, 5, 6, 7]
    assert [line["files"] for line in lines] == [[f"runner-{n}.ics"] for n in range(6)]
    assert (done / "summary.txt").read_text(encoding="utf-8").startswith("6 athletes: 6 made.\n")


def test_a_folder_of_athlete_files_gives_the_bytes_of_make(tmp_path: Path) -> None:
    run(EXAMPLES, tmp_path / "plans", workers=2, formats=("ics", "json", "txt", "csv"))
    maker, written = Maker.installed(), plans(tmp_path / "plans")
    assert len(written) == 4 * 6, "two of the eight are stopped"
    for name in ("ana", "eva"):
        plan = maker.plan(read_athlete(EXAMPLES / f"{name}.toml"), EXAMPLES, as_of=AS_OF, issued=MOMENT.issued)
        for form in ("ics", "json", "txt", "csv"):
            assert written[f"{name}.{form}"] == renderer(form)(plan, Options())


def test_the_bytes_do_not_depend_on_the_number_of_workers(roster: Path, done: Path, tmp_path: Path) -> None:
    run(roster, tmp_path / "again", workers=2)
    assert plans(tmp_path / "again") == plans(done)
    for name in ("report.csv", "report.json", "summary.txt"):
        assert (tmp_path / "again" / name).read_bytes() == (done / name).read_bytes()


def test_a_second_run_touches_no_plan_and_starts_no_worker(roster: Path, done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, lines = times(done), report(done)
    monkeypatch.setattr("planner.roster.workers.processes", lambda *_: pytest.fail("a worker was started"))
    summary = run(roster, done)
    assert times(done) == before
    assert summary.counts == {"unchanged": 6}
    assert report(done) == [{**line, "status": "unchanged"} for line in lines]


def test_only_a_changed_row_is_planned_again(roster: Path, done: Path) -> None:
    before = times(done)
    write_roster(roster, [*ROWS[:2], row(2, running__easy_pace="7:30"), *ROWS[3:]])
    assert run(roster, done).counts == {"made": 1, "unchanged": 5}
    after = times(done)
    assert {name for name in after if after[name] != before[name]} == {"runner-2.ics"}


def test_a_row_that_moved_is_unchanged_and_has_its_new_number(roster: Path, done: Path) -> None:
    write_roster(roster, ROWS[::-1])
    assert run(roster, done).counts == {"unchanged": 6}
    assert next((line["row"], line["id"]) for line in report(done)) == (2, "runner-5")


@pytest.mark.parametrize("harm", ["delete", "change", "empty"])
def test_a_plan_that_somebody_touched_is_made_again(roster: Path, done: Path, harm: str) -> None:
    file, good = done / "runner-3.ics", plans(done)
    file.unlink() if harm == "delete" else file.write_bytes(b"" if harm == "empty" else good[file.name].replace(b"Runner", b"Somebo"))
    assert run(roster, done).counts == {"made": 1, "unchanged": 5}
    assert {name: contents(data) for name, data in plans(done).items()} == {name: contents(data) for name, data in good.items()}
    assert plans(done) == good or harm == "change", "what somebody changed is an update, so that a phone follows it"


def test_a_plan_that_was_only_copied_stands(roster: Path, done: Path) -> None:
    file = done / "runner-3.ics"
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data)
    assert run(roster, done).counts == {"unchanged": 6}


def test_what_an_option_or_a_plugin_changes_is_made_again(roster: Path, done: Path) -> None:
    assert run(roster, done, options=Options(private=True)).counts == {"made": 6}
    assert run(roster, done, options=Options(private=True), plugins=Chosen(without=("mobility",))).counts == {"made": 6}
    assert run(roster, done).counts == {"made": 6}


def test_another_format_is_added_to_what_stands(roster: Path, done: Path) -> None:
    good = plans(done)
    run(roster, done, formats=("ics", "txt"))
    assert len(plans(done)) == 12
    assert {name: data for name, data in plans(done).items() if name in good} == good


def test_a_later_day_leaves_a_plan_that_says_the_same(roster: Path, done: Path) -> None:
    before = times(done)
    assert run(roster, done, moment=NEXT_DAY).counts == {"unchanged": 6}
    assert times(done) == before
    assert run(roster, done, moment=NEXT_DAY).counts == {"unchanged": 6}, "and it is known for that day then"
    write_roster(roster, [row(0, running__easy_pace="7:30"), *ROWS[1:]])
    assert run(roster, done, moment=NEXT_DAY).counts == {"made": 1, "unchanged": 5}
    assert b"DTSTAMP:20270104T000000Z" in plans(done)["runner-0.ics"]
    assert b"DTSTAMP:20270103T000000Z" in plans(done)["runner-1.ics"]


def test_who_is_no_longer_in_the_roster_is_told_and_keeps_the_plan(roster: Path, done: Path) -> None:
    good = plans(done)
    write_roster(roster, ROWS[:4])
    summary = run(roster, done)
    assert (summary.counts["vanished"], summary.failed, summary.athletes) == (2, 0, 4)
    assert plans(done) == good
    assert report(done)[-1] == {**dict.fromkeys(report(done)[-1]), **report(done)[-1], "row": None, "status": "vanished"}
    assert report(done)[-1]["standing"] == ["runner-5.ics"]
    assert run(write_roster(roster, ROWS), done).counts == {"unchanged": 6}, "who comes back is known"


def test_a_bad_row_costs_that_row_and_is_tried_again(roster: Path, done: Path) -> None:
    write_roster(roster, [*ROWS[:2], row(2, running__easy_pace="fast"), *ROWS[3:]])
    summary = run(roster, done)
    assert (summary.counts, summary.failed) == ({"unchanged": 5, "refused": 1}, 1)
    line = report(done)[2]
    assert (line["status"], line["field"], line["standing"]) == ("refused", "running.easy_pace", ["runner-2.ics"])
    assert 'row 4, column running.easy_pace: found "fast"; expected ' in str(line["error"])
    assert "An older plan is still" in summary.text()
    assert run(write_roster(roster, ROWS), done).counts == {"unchanged": 6}, "what was made before the mistake still stands"


def test_two_rows_with_one_id_are_an_error_for_both(roster: Path, tmp_path: Path) -> None:
    write_roster(roster, [*ROWS, row(7, id="RUNNER-3")])
    summary = run(roster, tmp_path / "plans")
    assert summary.counts == {"made": 5, "refused": 2}
    errors = {line["row"]: str(line["error"]) for line in report(tmp_path / "plans") if line["status"] == "refused"}
    assert set(errors) == {5, 8}
    assert "which row 8 has too" in errors[5]
    assert "runner-3.ics" not in plans(tmp_path / "plans")


def test_a_red_flag_is_a_stop_and_no_failure(roster: Path, done: Path) -> None:
    write_roster(roster, [row(0, screening__red_flags="RED-04"), *ROWS[1:]])
    for _ in range(2):
        summary = run(roster, done)
        assert (summary.counts, summary.failed) == ({"stop": 1, "unchanged": 5}, 0)
        assert str(report(done)[0]["error"]).startswith("RED-04: ")
        assert report(done)[0]["standing"] == ["runner-0.ics"]
    assert run(write_roster(roster, ROWS), done).counts == {"refused": 1, "unchanged": 5}, "an answer that is gone lifts no stop"
    write_roster(roster, [row(0, screening__answered=str(AS_OF)), *ROWS[1:]])
    assert run(roster, done).counts == {"made": 1, "unchanged": 5}, "who answers again has sessions again"


def test_the_day_is_that_of_the_place_where_an_athlete_lives(tmp_path: Path) -> None:
    zones = {"east": "Pacific/Auckland", "west": "America/Los_Angeles"}
    roster = write_roster(tmp_path / "roster.csv", [row(n, id=key, timezone=zone) for n, (key, zone) in enumerate(zones.items())])
    evening = Moment(None, datetime(2027, 1, 3, 20, tzinfo=UTC))
    run(roster, tmp_path / "plans", formats=("json",), moment=evening)
    days = {name: data.partition(b'"as_of": "')[2][:10] for name, data in plans(tmp_path / "plans").items()}
    assert days == {"east.json": b"2027-01-04", "west.json": b"2027-01-03"}
    assert run(roster, tmp_path / "plans", formats=("json",), moment=evening).counts == {"unchanged": 2}


def test_the_report_is_harmless_in_a_spreadsheet(tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(0, name="=1+1")])
    run(roster, tmp_path / "plans")
    with (tmp_path / "plans" / "report.csv").open(newline="", encoding="utf-8") as file:
        (line,) = csv.DictReader(file)
    assert line["name"] == "'=1+1"
    assert int(line["margin_m"]) <= 10
    assert report(tmp_path / "plans")[0]["name"] == "=1+1"


def test_an_empty_roster_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        run(write_roster(tmp_path / "roster.csv", []), tmp_path / "plans")
    assert not (tmp_path / "plans").exists()


@pytest.mark.parametrize(
    ("changed", "error"),
    [({"formats": ("docx",)}, InputError), ({"plugins": Chosen(without=("no_such",))}, InputError)],
    ids=["format", "plugin"],
)
def test_what_is_wrong_as_a_whole_writes_nothing(roster: Path, tmp_path: Path, changed: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        run(roster, tmp_path / "plans", **changed)
    assert not (tmp_path / "plans").exists()


def test_a_second_run_at_once_is_told_to_wait(roster: Path, done: Path) -> None:
    holder = Manifest(done)
    try:
        with pytest.raises(OutputError, match="another run is at work in this folder"):
            run(roster, done)
    finally:
        holder.close()
    assert run(roster, done).counts == {"unchanged": 6}


def test_a_damaged_manifest_says_what_to_do(roster: Path, done: Path) -> None:
    (done / ".planner-batch.sqlite").write_bytes(b"not a database, whatever it was" * 100)
    with pytest.raises(OutputError, match="delete it: every athlete is then planned again"):
        run(roster, done)


def test_a_file_where_the_folder_should_be_is_told(roster: Path, tmp_path: Path) -> None:
    (tmp_path / "plans").write_text("mine")
    with pytest.raises(OutputError, match="plans: this is a file; expected a folder"):
        run(roster, tmp_path / "plans")
    assert (tmp_path / "plans").read_text() == "mine"
