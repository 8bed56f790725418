"""`planner log ATHLETE.toml import FILE...`."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from planner.athlete_file import read_athlete
from planner.cli.log_home import home_of
from planner.cli.log_import import command, import_into, planned_by, run, shares_of
from planner.cli.planning import plan_for
from planner.journal.rows_from_activities import Share
from tests.cli.helpers import EXAMPLES, Said
from tests.cli.helpers import run as planner
from tests.journal.recordings import CYCLING, RUN_M, START, WALKING, Stretch, fit, gpx, tcx
from tests.journal.test_tables import GARMIN, STRAVA

if TYPE_CHECKING:
    from pathlib import Path

    from planner.cli.import_report import Outcome

AS_OF = date(2027, 1, 10)
ATHLETE = """start = 2027-01-04
timezone = "Europe/Berlin"
log = "ana-log.csv"
[running]
easy_pace = "6:40"
"""
SHORT = (Stretch(600, 260, 82),)
GARMIN_ROW = "Running,2027-01-0{} 07:0{}:10,false,x,{},1,30:00,--,--,--,--\n"


@pytest.fixture
def ana(tmp_path: Path) -> Path:
    path = tmp_path / "ana.toml"
    path.write_text(ATHLETE, encoding="utf-8")
    return path


def put(ana: Path, name: str, data: bytes | str) -> Path:
    path = ana.with_name(name)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def imported(capsys: pytest.CaptureFixture[str], ana: Path, *files: str | Path) -> Said:
    return planner(capsys, "log", ana, "import", "--as-of", str(AS_OF), *files)


def rows(ana: Path) -> list[dict[str, str]]:
    text = ana.with_name("ana-log.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def outcomes(ana: Path, *files: Path, share: Share | None = None) -> list[Outcome]:
    return import_into(home_of(ana, AS_OF), files, lambda _: share)


def test_a_run_goes_into_the_log_with_what_was_run_and_what_was_walked(capsys: pytest.CaptureFixture[str], ana: Path) -> None:
    said = imported(capsys, ana, put(ana, "run.fit", fit()))
    assert said.code == 0
    (row,) = rows(ana)
    assert abs(float(row["run_km"]) - RUN_M / 1000) <= 0.02
    assert (row["date"], row["foot_km"], row["minutes"], row["note"]) == ("2027-01-05", "2.646", "25", "07:02 from run.fit")
    assert "run.fit: taken: 2027-01-05, 0.9 km run, 1.7 km walked, line 2 of the log." in said.err


def test_one_run_as_fit_tcx_gpx_and_csv_is_one_row(capsys: pytest.CaptureFixture[str], ana: Path) -> None:
    files = [
        put(ana, "c.csv", GARMIN + GARMIN_ROW.format(5, 3, "2.66")),
        put(ana, "b.gpx", gpx()),
        put(ana, "a.tcx", tcx()),
        put(ana, "d.fit", fit()),
    ]
    said = imported(capsys, ana, *files)
    assert (said.code, len(rows(ana))) == (0, 1)
    assert rows(ana)[0]["note"] == "07:02 from d.fit"
    assert said.err.count(f"already there: the same run as {files[3]}.") == 3


def test_importing_again_changes_nothing(capsys: pytest.CaptureFixture[str], ana: Path) -> None:
    files = [put(ana, "run.fit", fit()), put(ana, "list.csv", GARMIN + GARMIN_ROW.format(7, 0, "5.0"))]
    imported(capsys, ana, *files)
    before = ana.with_name("ana-log.csv").read_bytes()
    said = imported(capsys, ana, *files, put(ana, "other.tcx", tcx()))
    assert said.code == 0
    assert ana.with_name("ana-log.csv").read_bytes() == before
    assert "run.fit: already there: line 2 of the log." in said.err
    assert "list.csv: line 2: already there: line 3 of the log." in said.err


def test_one_bad_file_costs_nothing_but_itself_and_the_log_stays_whole(capsys: pytest.CaptureFixture[str], ana: Path) -> None:
    standing = "# mine\r\ndate;shoes;run_km;mood\r\n2027-01-02;blue;3,1;fine\r\n"
    put(ana, "ana-log.csv", standing)
    bad = [
        put(ana, "cut.fit", fit()[:700]),
        put(ana, "walk.fit", fit(sport=WALKING)),
        put(ana, "ride.fit", fit(sport=CYCLING)),
        put(ana, "timeless.gpx", gpx(SHORT, times=False)),
        put(ana, "old.gpx", gpx(SHORT, start=START.replace(year=1901))),
        put(ana, "future.tcx", tcx(SHORT, start=START + timedelta(days=30))),
        put(ana, "minus.csv", GARMIN + GARMIN_ROW.format(6, 0, "-5.0")),
        put(ana, "mixed.csv", GARMIN + GARMIN_ROW.format(6, 0, "5.10") + GARMIN_ROW.format(7, 0, '"5,2"')),
        put(ana, "bomb.fit.gz", gzip.compress(bytes(31_000_000))),
        ana.with_name("none.fit"),
    ]
    said = imported(capsys, ana, *bad)
    assert said.code == 1
    assert ana.with_name("ana-log.csv").read_bytes() == standing.encode()
    for path, words in zip(
        bad,
        [
            "it is cut short after 700 bytes; expected a whole FIT file",
            "no run: walking, though",
            "no run: cycling",
            "its points have no times",
            "it starts on 1901-01-05; expected a date from 2000 on",
            "it starts on 2027-02-04, which is in the future; expected a date up to 2027-01-10",
            ': line 2: not taken: a distance of "-5.0" km',
            '"5,2" with a decimal comma, and "5.10" with a point in line 2',
            "larger than 30 MB",
            "No such file",
        ],
        strict=True,
    ):
        line = next(line for line in said.err.splitlines() if line.startswith(str(path)))
        assert words in line
        assert "not taken: " in line
        assert not line.endswith(("..", "?."))
    said = imported(capsys, ana, *bad[:3], put(ana, "run.fit", fit()))
    assert said.code == 1
    text = ana.with_name("ana-log.csv").read_bytes().decode()
    assert text.startswith("# mine\r\ndate;shoes;run_km;mood")
    assert "2027-01-02;blue;3,1;fine" in text
    assert "07:02 from run.fit" in text


def test_a_table_with_one_bad_row_gives_the_others(ana: Path) -> None:
    table = GARMIN + GARMIN_ROW.format(5, 0, "5.0") + GARMIN_ROW.format(6, 0, "-5.0") + GARMIN_ROW.format(7, 0, "5.0")
    found = outcomes(ana, put(ana, "list.csv", table + "Cycling,2027-01-08 07:00:00,false,x,5.0,1,30:00,--,--,--,--\n"))
    assert [outcome.kind for outcome in found] == ["failed", "aside", "taken", "taken"]
    assert [row["date"] for row in rows(ana)] == ["2027-01-05", "2027-01-07"]


def test_without_records_a_run_is_shared_as_planned(ana: Path) -> None:
    share = Share(date=date(2027, 1, 5), session="progression/run#1", run_m=1000, foot_m=4000, seconds=2400)
    table = GARMIN + GARMIN_ROW.format(5, 0, "4.0") + GARMIN_ROW.format(5, 5, "8.0")
    outcomes(ana, put(ana, "list.csv", table), share=share)
    assert [(row["session"], row["run_km"], row["foot_km"]) for row in rows(ana)] == [("progression/run#1", "1", "4"), ("", "2", "8")]
    assert all(row["note"].endswith("; run share as planned") for row in rows(ana))


def test_a_second_run_of_a_day_is_taken_and_told(ana: Path) -> None:
    put(ana, "ana-log.csv", "date,run_km\n2027-01-05,5.0\n")
    (outcome,) = outcomes(ana, put(ana, "run.fit", fit(SHORT)))
    assert (outcome.kind, outcome.why) == ("taken", "line 2 of the log is another run of that day: delete one if they are the same")
    (again,) = outcomes(ana, put(ana, "same.gpx", gpx(SHORT)))
    assert again.kind == "there"


def test_what_a_plan_has_for_each_date_and_the_days_around() -> None:
    path, before = EXAMPLES / "ana.toml", date(2027, 1, 3)
    plan = plan_for(read_athlete(path), path, without=(), as_of=before)
    runs = {session.date: session for session in plan.sessions if session.run_s}
    shares = shares_of(plan)
    assert set(shares) == set(runs)
    for day, share in shares.items():
        assert (share.date, share.session, share.run_m, share.foot_m) == (day, runs[day].id, runs[day].run_m, runs[day].foot_m)
        assert share.seconds >= runs[day].run_s + runs[day].walk_s
    planned = planned_by(home_of(path, before), before)
    first = min(runs)
    assert planned(first) == shares[first]
    assert planned(first - timedelta(days=3)) == shares[first]
    assert planned(first - timedelta(days=4)) is None


def test_without_a_plan_nothing_was_planned(ana: Path) -> None:
    ana.write_text(ATHLETE + "[knee]\npain_walk_30 = 9\n[screening]\nanswered = 2027-01-02\nred_flags = ['RED-01']\n", encoding="utf-8")
    with command.make_context("import", ["run.fit"]):
        assert planned_by(home_of(ana, AS_OF), AS_OF)(AS_OF) is None


def test_json_says_the_same(capsys: pytest.CaptureFixture[str], ana: Path) -> None:
    said = imported(capsys, ana, put(ana, "run.fit", fit()), put(ana, "cut.fit", fit()[:500]), "--json")
    told = json.loads(said.out)
    assert (told["taken"], told["failed"], said.code) == (1, True, 1)
    first, second = (file["activities"][0] for file in told["files"])
    assert (first["outcome"], first["date"], first["foot_m"], first["seconds"], first["line"]) == ("taken", "2027-01-05", 2646, 1500, 2)
    assert (second["outcome"], second["date"]) == ("not taken", None)
    assert "cut short" in second["why"]


def test_an_export_of_strava_in_one_go(capsys: pytest.CaptureFixture[str], ana: Path) -> None:
    row = '{0},"Jan {0}, 2027, 6:02:00 AM",x,{1},,1500,2.64,{2},1500,1500,2646,82,\n'
    path = ana.with_name("export.zip")
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "activities.csv", STRAVA + row.format(5, "Run", "activities/5.fit.gz") + row.format(6, "Ride", "") + row.format(7, "Run", "")
        )
        file.writestr("activities/5.fit.gz", gzip.compress(fit()))
    said = imported(capsys, ana, path)
    assert (said.code, [row["date"] for row in rows(ana)]) == (0, ["2027-01-05", "2027-01-07"])
    assert "export.zip: 2 taken, 1 the same as others, 1 no run (1 Ride); 2027-01-05 to 2027-01-07" in said.err
    assert imported(capsys, ana, path).code == 0
    assert len(rows(ana)) == 2


def test_usage(capsys: pytest.CaptureFixture[str], ana: Path) -> None:
    assert imported(capsys, ana).code == 2
    assert imported(capsys, ana, "--fast", "x.fit").code == 2
    assert "Import the same files again" in planner(capsys, "log", ana, "import", "--help").out
    said = imported(capsys, ana.with_name("none.toml"), put(ana, "run.fit", fit()))
    assert said.code == 2
    put(ana, "ana-log.csv", "date,run_km\nyesterday,5\n")
    said = imported(capsys, ana, put(ana, "run.fit", fit()))
    assert (said.code, "yesterday" in said.err) == (2, True)


def test_a_log_that_cannot_be_written_is_told(capsys: pytest.CaptureFixture[str], ana: Path) -> None:
    ana.write_text(ATHLETE.replace("ana-log.csv", "nowhere/ana-log.csv"), encoding="utf-8")
    said = imported(capsys, ana, put(ana, "run.fit", fit()))
    assert (said.code, "could not be written" in said.err) == (74, True)


def test_the_first_import_names_the_log_in_the_athlete_file(capsys: pytest.CaptureFixture[str], ana: Path) -> None:
    ana.write_text(ATHLETE.replace('log = "ana-log.csv"\n', ""), encoding="utf-8")
    assert "Added the line log" in imported(capsys, ana, put(ana, "run.fit", fit())).err
    assert 'log = "ana-log.csv"' in ana.read_text(encoding="utf-8")


def test_quiet_says_only_what_went_wrong(ana: Path) -> None:
    from planner.cli.app import main  # noqa: PLC0415

    files = [str(put(ana, "run.fit", fit())), str(put(ana, "cut.fit", fit()[:500]))]
    result = CliRunner().invoke(main, ["log", str(ana), "import", "-q", "--as-of", str(AS_OF), *files])
    assert result.exit_code == 1
    assert [line.startswith(files[1]) for line in result.stderr.splitlines()] == [True]


def test_it_can_be_run_by_itself(ana: Path) -> None:
    assert run(ana, [str(put(ana, "run.fit", fit()))], as_of=AS_OF, quiet=True) == 0
    assert len(rows(ana)) == 1


def test_import_behind_an_option_is_told_its_place(capsys: pytest.CaptureFixture[str], ana: Path) -> None:
    said = planner(capsys, "log", ana, "--as-of", "2027-01-10", "import", "run.fit")
    assert said.code == 2
    assert "`import` comes right after the athlete file, like planner log ana.toml import run.fit" in said.err
    assert "`import`" not in planner(capsys, "log", ana, "--note", "import", "more").err


def test_a_file_that_cannot_be_true_is_named_and_the_others_are_taken(capsys: pytest.CaptureFixture[str], ana: Path) -> None:
    backwards = put(ana, "back.tcx", tcx().replace(b"<DistanceMeters>", b"<DistanceMeters>-"))
    said = imported(capsys, ana, backwards, put(ana, "run.fit", fit()))
    assert said.code == 1
    assert "back.tcx" in said.err.partition("not taken")[0]
    assert [row["note"] for row in rows(ana)] == ["07:02 from run.fit"]
