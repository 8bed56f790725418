"""Which log file belongs to whom: names that differ only in case, and logs that have disappeared."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from planner.roster.chunk import make_chunk
from planner.roster.job import PARTS, BatchJob
from planner.roster.logs import LogFolder
from planner.roster.manifest import NAME, Moment
from planner.roster.outcome import Asked
from planner.roster.recipe import recipe_of
from planner.roster.sources import open_roster
from tests.roster.batches import COLUMNS, batch, monday, plans, report, row, run, run_here, statuses, write_roster
from tests.roster.test_cluster_work import Played, played

ROWS = [row(n, weeks="4") for n in range(2)]
WEEK_2, WEEK_3 = "2027-01-11", "2027-01-18"
RUNS = "date,run_km,pain_during,pain_next_morning\n2027-01-05,2,1,0\n2027-01-07,2,1,0\n2027-01-10,2.4,1,0\n"
RED = "date,red_flag\n2027-01-09,RED-04\n"


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    (tmp_path / "logs").mkdir()
    return tmp_path / "logs"


@pytest.fixture
def any_case(logs: Path) -> None:
    """Skip where files that differ in letter case alone cannot lie side by side."""
    (logs / "a").touch()
    if (logs / "A").exists():
        pytest.skip("letter case does not tell files apart here")
    (logs / "a").unlink()


def named(folder: Path, log: str) -> Path:
    """A roster with the first athlete alone, whose row names this log."""
    path = folder / "named.csv"
    cells = ",".join(f'"{cell}"' for cell in (*ROWS[0].values(), log))
    path.write_text(f"{','.join(COLUMNS)},log\n{cells}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["Runner-0.csv", "RUNNER-0.CSV"])
def test_a_name_in_another_letter_case_is_the_athletes_log(roster: Path, logs: Path, tmp_path: Path, name: str) -> None:
    (logs / "runner-0.csv").write_text(RUNS)
    run_here(roster, tmp_path / "exact", logs_in=logs, day=WEEK_2)
    (logs / "runner-0.csv").rename(logs / name)
    summary = run_here(roster, tmp_path / "plans", logs_in=logs, day=WEEK_2)
    assert plans(tmp_path / "plans") == plans(tmp_path / "exact")
    assert summary.strangers == 0
    (logs / name).write_text(RED)
    run_here(roster, tmp_path / "plans", logs_in=logs, day=WEEK_2)
    assert statuses(tmp_path / "plans") == {"runner-0": "stop", "runner-1": "unchanged"}, "a change is seen on the same day"


def test_another_letter_case_is_found_by_workers_and_on_other_machines(roster: Path, logs: Path, tmp_path: Path) -> None:
    (logs / "Runner-0.csv").write_text(RED)
    recipe = recipe_of(open_roster(roster), roster, logs=logs)
    asked = {"moment": Moment.read(WEEK_2, f"{WEEK_2}T00:00:00+00:00"), "recipe": recipe}
    with LogFolder(logs) as found:
        run(roster, tmp_path / "workers", workers=2, logs=found, **asked)
    with LogFolder(logs) as found:
        played(roster, tmp_path / "cluster", Played(), logs=found, **asked)
    for folder in ("workers", "cluster"):
        assert statuses(tmp_path / folder) == {"runner-0": "stop", "runner-1": "made"}


@pytest.mark.usefixtures("any_case")
def test_the_very_name_goes_before_others_which_are_told(roster: Path, logs: Path, tmp_path: Path) -> None:
    (logs / "Runner-0.csv").write_text(RED)
    (logs / "runner-0.csv").write_text(RUNS)
    summary = run_here(roster, tmp_path / "plans", logs_in=logs, day=WEEK_2)
    assert statuses(tmp_path / "plans")["runner-0"] == "made"
    assert "In the logs, but not in the roster; they changed nothing (1)\n  Runner-0.csv\n" in summary.text()


@pytest.mark.usefixtures("any_case")
def test_two_names_neither_of_which_is_the_very_one_are_refused(roster: Path, logs: Path, tmp_path: Path) -> None:
    for name in ("Runner-0.csv", "RUNNER-0.csv"):
        (logs / name).write_text(RUNS)
    run_here(roster, tmp_path / "plans", logs_in=logs, day=WEEK_2)
    assert statuses(tmp_path / "plans") == {"runner-0": "refused", "runner-1": "made"}
    assert report(tmp_path / "plans")[0]["error"] == (
        f"{roster}, row 2, column log: found logs/RUNNER-0.csv and logs/Runner-0.csv; expected one log for each athlete. "
        "Leave one of them out, and call the other runner-0.csv."
    )
    (logs / "runner-0.csv").write_text(RUNS)
    run_here(roster, tmp_path / "plans", logs_in=logs, day=WEEK_2)
    assert statuses(tmp_path / "plans")["runner-0"] == "made"


@pytest.mark.usefixtures("any_case")
def test_a_log_of_that_very_name_that_comes_while_the_batch_runs_is_followed(roster: Path, logs: Path, tmp_path: Path) -> None:
    (logs / "Runner-0.csv").write_text(RUNS)
    with LogFolder(logs) as found:
        assert found.named("runner-0") == ("Runner-0.csv",)
    (logs / "runner-0.csv").write_text(RED)
    recipe, rows = recipe_of(open_roster(roster), roster, logs=logs), list(open_roster(roster).rows())
    (tmp_path / "plans" / PARTS).mkdir(parents=True)
    (outcome,) = make_chunk(a_job(roster, tmp_path / "plans"), recipe, [Asked(rows[0], logs=("Runner-0.csv",))])
    assert outcome.status == "stop"
    before = recipe.digest(rows[0], ["Runner-0.csv"])
    (logs / "runner-0.csv").unlink()
    assert recipe.digest(rows[0], ["Runner-0.csv"]) != before


def test_a_folder_of_logs_is_listed_once_for_all_rows(roster: Path, logs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir, listed = os.scandir, list[object]()
    monkeypatch.setattr(os, "scandir", lambda path=".": (listed.append(path), scandir(path))[1])
    run_here(roster, tmp_path / "plans", logs_in=logs, day=WEEK_2)
    assert listed.count(logs) == 1


@pytest.mark.skipif(os.name != "posix", reason="needs names that are any bytes")
def test_a_name_that_no_database_takes_is_nobodys(logs: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(logs) + b"/\xff.csv")).touch()
    except OSError:
        pytest.skip("this file system takes no such name")
    with LogFolder(logs) as found:
        assert [stranger.name for stranger in found.strangers()] == ["\\udcff.csv"]


def a_job(roster: Path, folder: Path) -> BatchJob:
    """A run on the second Monday."""
    made, moment = batch(roster, folder), Moment.read(WEEK_2, f"{WEEK_2}T00:00:00+00:00")
    return BatchJob(folder=folder, formats=("ics",), options=made.options, plugins=made.plugins, as_of=moment.as_of, issued=moment.issued)


def answer_anew(roster: Path, day: str) -> None:
    """The first athlete answers the safety questions once more, on this day."""
    with roster.open(newline="", encoding="utf-8") as file:
        first, *others = csv.DictReader(file)
    first["screening.answered"] = day
    with roster.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, first)
        table.writeheader()
        table.writerows([first, *others])


@pytest.mark.parametrize("day", [WEEK_2, WEEK_3])
@pytest.mark.parametrize("kind", ["folder", "column"])
def test_a_log_that_is_gone_does_not_lift_a_stop(roster: Path, logs: Path, tmp_path: Path, kind: str, day: str) -> None:
    folder, log = tmp_path / "plans", logs / "runner-0.csv"
    roster, given = (roster, {"logs_in": logs}) if kind == "folder" else (named(tmp_path, "logs/runner-0.csv"), {})
    log.write_text(RUNS)
    run_here(roster, folder, day="2027-01-10", **given)
    log.write_text(RED)
    run_here(roster, folder, day=WEEK_2, **given)
    assert statuses(folder)["runner-0"] == "stop"
    stopped = plans(folder)["runner-0.ics"]
    log.unlink()
    for _ in range(2):
        summary = run_here(roster, folder, day=day, **given)
        line = report(folder)[0]
        assert (line["status"], line["field"]) == ("refused", "log")
        assert line["error"] == (
            f"{roster}, row 2: logs/runner-0.csv: there is no such file, but there was a log last time; expected the log that this "
            "plan follows. Put it back, or put an empty file in its place if none of it counts any more."
        )
        assert plans(folder)["runner-0.ics"] == stopped
        assert any(said.startswith("runner-0 (Runner 0): ") and "there is no such file" in said for said in monday(folder))
        assert "counts as empty" not in summary.text()
    log.touch()
    run_here(roster, folder, day=day, **given)
    assert report(folder)[0]["error"].startswith(
        f"{roster}, row 2, column log: nothing names RED-04 any more, but the calendar was stopped for it"
    )
    assert plans(folder)["runner-0.ics"] == stopped
    answer_anew(roster, WEEK_2)
    run_here(roster, folder, day=day, **given)
    assert statuses(folder)["runner-0"] == "made"


@pytest.mark.parametrize("lost", ["manifest", "leave and return"])
def test_what_a_batch_forgets_does_not_lift_a_stop(roster: Path, logs: Path, tmp_path: Path, lost: str) -> None:
    folder, log, whole = tmp_path / "plans", logs / "runner-0.csv", roster.read_text(encoding="utf-8")
    log.write_text(RED)
    run_here(roster, folder, day="2027-01-10")
    run_here(roster, folder, day=WEEK_2, logs_in=logs)
    assert statuses(folder)["runner-0"] == "stop"
    if lost == "manifest":
        (folder / NAME).unlink()
    else:
        head, _gone, *others = whole.splitlines(keepends=True)
        roster.write_text("".join((head, *others)), encoding="utf-8")
        run_here(roster, folder, day=WEEK_2, logs_in=logs, prune=True)
        roster.write_text(whole, encoding="utf-8")
    run_here(roster, folder, day="2027-01-14")
    assert (statuses(folder)["runner-0"], "nothing names RED-04 any more" in str(report(folder)[0]["error"])) == ("refused", True)
    answer_anew(roster, WEEK_2)
    run_here(roster, folder, day="2027-01-14")
    assert statuses(folder)["runner-0"] == "made"


@pytest.mark.parametrize("kind", ["folder", "column", "long"])
def test_an_option_that_was_forgotten_does_not_lift_a_stop(roster: Path, logs: Path, tmp_path: Path, kind: str) -> None:
    folder, log = tmp_path / "plans", logs / "runner-0.csv"
    log.write_text(RED)
    long = tmp_path / "all.csv"
    long.write_text("athlete," + RED.replace("\n", "\nrunner-0,").removesuffix("runner-0,"))
    given = {"folder": {"logs_in": logs}, "column": {}, "long": {"log": long}}[kind]
    run_here(named(tmp_path, "logs/runner-0.csv") if kind == "column" else roster, folder, day=WEEK_2, **given)
    assert statuses(folder)["runner-0"] == "stop"
    run_here(write_roster(tmp_path / "roster.csv", [row(n) for n in range(2)]), folder, day=WEEK_3)
    line = report(folder)[0]
    assert (line["status"], line["field"]) == ("refused", "log")
    assert line["error"].endswith(
        "row 2, column log: none is given, but there was one last time; expected the log that this plan follows. "
        "Give it as before (--logs, --log, or log in the row), or an empty one if none of it counts any more."
    )
    assert "runner-0.ics" not in plans(folder)
    log.write_text("")
    run_here(named(tmp_path, "logs/runner-0.csv"), folder, day=WEEK_3)
    run_here(roster, folder, day=WEEK_3)
    assert statuses(folder)["runner-0"] in {"made", "unchanged"}


def test_rows_that_are_gone_from_a_long_log_do_not_lift_a_stop(roster: Path, tmp_path: Path) -> None:
    folder, log, others = tmp_path / "plans", tmp_path / "all.csv", "athlete,date,red_flag\nrunner-1,2027-01-09,\n"
    log.write_text(others)
    run_here(roster, folder, day="2027-01-10", log=log)
    log.write_text(f"{others}runner-0,2027-01-09,RED-04\n")
    run_here(roster, folder, day=WEEK_2, log=log)
    stopped = plans(folder)["runner-0.ics"]
    assert statuses(folder)["runner-0"] == "stop"
    log.write_text(others)
    for _ in range(2):
        run_here(roster, folder, day=WEEK_3, log=log)
        line = report(folder)[0]
        assert (line["status"], line["field"]) == ("refused", "log")
        assert line["error"] == (
            f"{roster}, row 2: {log}: there is no row for runner-0, but there were some last time; expected the log that this plan "
            "follows. Put them back, or add a row with only their id and a date if none of them counts any more."
        )
        assert plans(folder)["runner-0.ics"] == stopped
    log.write_text(f"{others}runner-0,2027-01-09,\n")
    run_here(roster, folder, day=WEEK_3, log=log)
    assert statuses(folder)["runner-0"] == "refused", "an empty cell is no clearance"
    answer_anew(roster, WEEK_2)
    run_here(roster, folder, day=WEEK_3, log=log)
    assert statuses(folder)["runner-0"] == "made"


def test_a_mapping_that_was_forgotten_does_not_lift_a_stop(roster: Path, tmp_path: Path) -> None:
    folder, log = tmp_path / "plans", tmp_path / "form.csv"
    log.write_text("athlete,date,Km,Any sign?\nrunner-0,2027-01-09,2,RED-04\n")
    run_here(roster, folder, day="2027-01-08", log=log, mapped=("Km=run_km", "Any sign?=red_flag"))
    run_here(roster, folder, day=WEEK_2, log=log, mapped=("Km=run_km", "Any sign?=red_flag"))
    assert statuses(folder)["runner-0"] == "stop"
    stopped = plans(folder)["runner-0.ics"]
    run_here(roster, folder, day=WEEK_3, log=log, mapped=("Km=run_km",))
    assert statuses(folder)["runner-0"] == "refused"
    assert plans(folder)["runner-0.ics"] == stopped


def test_who_has_written_nothing_yet_needs_no_log(roster: Path, logs: Path, tmp_path: Path) -> None:
    (logs / "runner-0.csv").write_text("date,run_km\n")
    run_here(roster, tmp_path / "plans", logs_in=logs, day=WEEK_2)
    (logs / "runner-0.csv").unlink()
    summary = run_here(roster, tmp_path / "plans", logs_in=logs, day=WEEK_3)
    assert summary.failed == 0


def test_a_row_that_names_a_log_which_is_not_there_yet_is_planned_and_told(logs: Path, tmp_path: Path) -> None:
    roster = named(tmp_path, "logs/runner-0.csv")
    said = "The row names a log that is not there; it counts as empty (1)\n  runner-0: logs/runner-0.csv\n"
    for status in ("made", "unchanged"):
        assert said in run_here(roster, tmp_path / "plans", day=WEEK_2).text()
        assert statuses(tmp_path / "plans") == {"runner-0": status}
    (logs / "runner-0.csv").touch()
    assert "counts as empty" not in run_here(roster, tmp_path / "plans", day=WEEK_2).text()


def test_a_log_whose_rows_all_lie_ahead_is_missed_too(roster: Path, logs: Path, tmp_path: Path) -> None:
    (logs / "runner-0.csv").write_text("date,red_flag\n2027-01-19,RED-04\n")
    run_here(roster, tmp_path / "plans", logs_in=logs, day=WEEK_2)
    (logs / "runner-0.csv").unlink()
    run_here(roster, tmp_path / "plans", logs_in=logs, day=WEEK_2)
    assert statuses(tmp_path / "plans") == {"runner-0": "refused", "runner-1": "unchanged"}
