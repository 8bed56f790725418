"""Files that a batch leaves alone: its inputs, others' files under a plan's name, and plans in other formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.roster.files import refuse_inputs
from planner.roster.run import OWN_NAMES
from tests.roster.batches import plans, report, row, run_here, statuses, write_roster

ROWS = [row(n, weeks="4") for n in range(2)]
LOG = "date,run_km\n2027-01-01,1\n"


def test_a_log_in_the_folder_of_plans_is_not_written_over(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "runner-0.csv").write_text(LOG)
    for _ in range(2):
        run_here(roster, folder, formats=("csv", "ics"), logs_in=folder, day="2027-01-03")
        assert (folder / "runner-0.csv").read_text() == LOG
        assert statuses(folder)["runner-0"] == "refused"
        assert report(folder)[0]["error"].endswith(
            f"{folder / 'runner-0.csv'}: this is not a plan; expected one of an earlier run, or nothing. Move it away, or give another "
            "folder with -o."
        )
        assert "runner-0.ics" not in plans(folder)
    assert (folder / "runner-1.csv").read_text().startswith("date,start,minutes")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_strangers_file_is_left_and_a_plan_that_somebody_changed_is_made_again(roster: Path, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder, formats=(form,), day="2027-01-03")
    mine, theirs = (folder / f"runner-{n}.{form}" for n in range(2))
    plan = mine.read_bytes()
    mine.write_bytes(plan + b"\n")
    theirs.write_text("a shopping list\n")
    run_here(roster, folder, formats=(form,), day="2027-01-03")
    assert mine.read_bytes() == plan
    assert theirs.read_text() == "a shopping list\n"
    assert statuses(folder) == {"runner-0": "made", "runner-1": "refused"}


@pytest.mark.parametrize("name", ["report.csv", "report.json", "summary.txt", "monday.txt", "monday.csv"])
def test_what_is_read_has_none_of_the_names_that_are_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="the batch writes a file of that name"):
        refuse_inputs(tmp_path, (None, tmp_path / "sub" / ".." / name), OWN_NAMES)
    refuse_inputs(tmp_path / "plans", (tmp_path / name,), OWN_NAMES)


def test_a_plan_in_another_format_is_remembered_and_taken_back(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder, formats=("ics",), day="2027-01-03")
    for status in ("made", "unchanged", "unchanged"):
        run_here(roster, folder, formats=("json",), day="2027-01-03")
        assert [(line["status"], line["files"], line["standing"]) for line in report(folder)] == [
            (status, [f"runner-{n}.json"], [f"runner-{n}.ics"]) for n in range(2)
        ]
    one = write_roster(tmp_path / "one.csv", [row(1, weeks="4")])
    summary = run_here(one, folder, formats=("json",), day="2027-01-03", prune=True).text()
    assert "what was to come is cancelled (1)\n  runner-0\n" in summary
    assert "runner-0.json" not in plans(folder)
    assert b"STATUS:CONFIRMED" not in plans(folder)["runner-0.ics"]
    assert b"STATUS:CANCELLED" in plans(folder)["runner-0.ics"]


@pytest.mark.parametrize("shards", [0, 2])
def test_an_id_in_other_letters_leaves_no_live_calendar_behind(roster: Path, tmp_path: Path, shards: int) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder, shards=shards)
    before = plans(folder)
    write_roster(roster, [row(0, id="Runner-0", weeks="4"), ROWS[1]])
    for _ in range(2):
        assert run_here(roster, folder, shards=shards, day="2027-01-05", prune=True).counts == {"refused": 1, "unchanged": 1}
        error = 'column id: found "Runner-0"; expected "runner-0", as it was before. Write it so, or delete the files of that name first.'
        assert str(report(folder)[0]["error"]).endswith(error)
        assert plans(folder).keys() == before.keys()
    if not shards:
        (folder / "runner-0.ics").write_bytes(before["runner-0.ics"] + b"\r\n")
        assert run_here(roster, folder, day="2027-01-06").counts["refused"] == 1, "be it that somebody changed it"
        (folder / "runner-0.ics").unlink()
        assert run_here(roster, folder, day="2027-01-06").counts["made"] == 1


def test_a_calendar_beside_a_newer_plan_in_another_format_is_named(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    assert "another format" not in run_here(roster, folder).text()
    for day in ("2027-01-03", "2027-01-05"):
        text = run_here(roster, folder, formats=("txt",), day=day).text()
        assert "make that format too (-f), or delete it (2)\n  runner-0: runner-0.ics\n  runner-1: runner-1.ics\n" in text
    assert "another format" not in run_here(roster, folder, formats=("txt", "ics"), day="2027-01-05").text()


@pytest.mark.parametrize("shards", [0, 2])
def test_a_repeated_id_names_the_plan_that_is_still_there(roster: Path, tmp_path: Path, shards: int) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder, shards=shards)
    files = report(folder)[0]["files"]
    write_roster(roster, [ROWS[0], row(0, name="Another", weeks="4"), ROWS[1], row(2, id="new"), row(3, id="new")])
    for day in ("2027-01-03", "2027-01-05"):
        text = run_here(roster, folder, shards=shards, day=day).text()
        assert [line["standing"] for line in report(folder)] == [files, files, [], [], []]
        assert "\nAn older plan is still there; correct the row and run it again (2)\n  runner-0\n  runner-0\n" in text
