"""`planner log`: flags and questions, the row that an answer belongs to, and what is printed about it."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from planner.cli.log import FLAGS, YES_NO
from planner.cli.log_advice import FLARE
from planner.cli.log_home import with_log
from planner.entry import Entry
from planner.journal.log_file import ENTRY_FIELDS, read_log
from tests.cli.helpers import EXAMPLES, command, entries, logged, run

BANNED = re.compile(r"\b(cures?|permanent\w*|safe\w*|guaranteed?|prevents?)\b", re.IGNORECASE)


def test_one_line_makes_the_log_and_names_it_in_the_athlete_file(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = ana.read_text(encoding="utf-8")
    said = logged(capsys, ana, "--run", "5,2km", "--minutes", "35:30", "--before", "0", "--worst", "2")
    assert said.code == 0
    assert said.out == ""
    log = ana.with_name("ana-log.csv")
    assert f"Logged on line 2 of {log}: 2027-01-06: 5.2 km, 35:30 min, pain 0 before, 2 worst\n" in said.err
    assert f'Added the line log = "ana-log.csv" to {ana}' in said.err
    assert entries(ana) == (Entry(date=date(2027, 1, 6), run_m=5200, seconds=2130, pain_before=0, pain_during=2, line=2),)
    after = ana.read_text(encoding="utf-8")
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(added) == 1
    assert after.replace(added[0] + "\n", "") == before
    assert tomllib.loads(after) == {**tomllib.loads(before), "log": "ana-log.csv"}
    assert "Added" not in logged(capsys, ana, "--date", "2027-01-05", "--run", "3").err


def test_every_column_has_a_flag_and_every_flag_its_column(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {"date", *FLAGS, *YES_NO} == set(ENTRY_FIELDS)
    text = (
        "--date 2027-01-05 --session progression/run#2 --run 5 --foot 6 --minutes 40 --before 0 --worst 2 --after 1 --morning 0 "
        "--side left --swelling --no-limp --painkiller --red-flag red-09b --rpe 4 --sets 3 --cadence 164 --shoes blue --akps 88 "
        "--knee-worst 3 --note hot"
    )
    said = logged(capsys, ana, *text.split(), "--json")
    row = json.loads(said.out)["written"][0]
    assert all(value not in (None, "") for value in row.values())
    assert row["run_m"] == 5000
    assert row["limp"] is False
    words = "progression/run#2, 5 km, 6 km on foot, 40 min, pain 0 before, 2 worst, 1 after, 0 next morning, knee left, swelling, no limp, "
    words += 'painkiller, RED-09b, RPE 4, 3 sets, 164 steps/min, shoes blue, AKPS 88, knee at worst 3, "hot"'
    assert words in said.err


def test_miles_are_asked_shown_and_written_as_miles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    eva = tmp_path / "eva.toml"
    eva.write_text('units = "mi"\nstart = 2027-01-04\n[running]\neasy_pace = "10:00"\n', encoding="utf-8")
    assert "3.1 mi" in logged(capsys, eva, "--run", "3.1").err
    assert "4.971 mi" in logged(capsys, eva, "--date", "2027-01-05", "--run", "8 km").err
    assert [entry.run_m for entry in entries(eva)] == [8000, 4988]
    assert "run_mi" in eva.with_name("eva-log.csv").read_text(encoding="utf-8")
    assert "date        mi" in logged(capsys, eva, "--list").out


def test_answers_that_come_later_fill_the_row_they_belong_to(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logged(capsys, ana, "--run", "5", "--worst", "1")
    assert "Changed line 2" in logged(capsys, ana, "--after", "1").err
    logged(capsys, ana, "--session", "hip_strength/hips#1", "--sets", "3", day="2027-01-07")
    assert "Changed line 2" in logged(capsys, ana, "--morning", "0", day="2027-01-07").err
    said = logged(capsys, ana, "--morning", "0", "--run", "5.5", "--worst", "0", day="2027-01-08")
    assert said.code == 0, "said once more, the same is no other answer"
    assert [(e.date.day, e.run_m, e.pain_after, e.pain_next_morning) for e in entries(ana)] == [
        (6, 5000, 1, 0),
        (7, None, None, None),
        (8, 5500, None, None),
    ]
    said = logged(capsys, ana, "--after", "3", "--morning", "2", day="2027-01-09")
    assert "Changed line 4" in said.err
    assert "Logged on line 5" in said.err, "the hour after what was done today, whatever it was"


def test_an_answer_that_stands_is_only_changed_on_request(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logged(capsys, ana, "--run", "5", "--after", "1")
    before = ana.with_name("ana-log.csv").read_bytes()
    said = logged(capsys, ana, "--after", "2")
    assert said.code == 2
    assert "line 2: the row of 2027-01-06 already says something else about pain after" in said.err
    assert "--correct --date 2027-01-06" in said.err
    assert ana.with_name("ana-log.csv").read_bytes() == before
    assert logged(capsys, ana, "--correct", "--after", "2", "--run", "").code == 0
    assert [(e.run_m, e.pain_after) for e in entries(ana)] == [(None, 2)]


def test_a_correction_names_its_session_where_a_day_has_several(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logged(capsys, ana, "--session", "progression/run#1", "--run", "5")
    logged(capsys, ana, "--session", "hip_strength/hips#1", "--sets", "3")
    assert "several rows of 2027-01-06, on lines 2 and 3" in logged(capsys, ana, "--correct", "--rpe", "3").err
    assert "already on line 2" in logged(capsys, ana, "--session", "progression/run#1", "--run", "4").err
    assert logged(capsys, ana, "--correct", "--session", "hip_strength/hips#1", "--rpe", "3").code == 0
    assert [(e.run_m, e.rpe) for e in entries(ana)] == [(5000, None), (None, 3)]
    assert (
        "no row of 2027-01-02; expected one of the log's days (the last: 2027-01-06)"
        in logged(capsys, ana, "--correct", "--date", "2027-01-02", "--rpe", "3").err
    )
    logged(capsys, ana, "--date", "2027-01-05", "--run", "3")
    assert logged(capsys, ana, "--correct", "--date", "2027-01-05", "--session", "progression/run#1").code == 0
    assert entries(ana)[0].session == "progression/run#1"
    said = logged(capsys, ana, "--correct", "--date", "2027-01-05", "--session", "progression/run#2")
    assert "found progression/run#2, but line 4 of that day is progression/run#1" in said.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--worst", "11"], ['--worst: found "11"', "from 0 to 10"]),
        (["--run=-3"], ['--run: found "-3"', "from 0 to 300 kilometres"]),
        (["--date", "2027-01-07", "--run", "3"], ["--date: found 2027-01-07", "2027-01-06"]),
        (["--date", "tomorrow"], ["--date", "a date like 2027-01-04"]),
        (["--red-flag", "RED-9"], ["--red-flag", "Did you mean `RED-09`?"]),
        (["--note", ""], ["--note: found nothing"]),
        (["--correct"], ["found nothing to log"]),
        (["--date", "2027-01-05"], ["found nothing to log"]),
        ([], ["found nothing to log", "a terminal to ask at"]),
        (["--list", "--run", "3"], ["--list together with an entry"]),
        (["--morning", "0"], ["--morning: no row of the 7 days before 2027-01-06"]),
        (["--run", "3", "--foot", "2"], ["ana-log.csv, line 2: found 2000 m on foot"]),
        (["--rnu", "3"], ["--rnu", "planner log --help"]),
    ],
)
def test_a_wrong_entry_is_a_sentence_and_nothing_is_written(
    ana: Path, capsys: pytest.CaptureFixture[str], args: list[str], words: list[str]
) -> None:
    before = ana.read_bytes()
    said = logged(capsys, ana, *args)
    assert said.code == 2
    for word in words:
        assert word in said.err
    assert list(ana.parent.iterdir()) == [ana]
    assert ana.read_bytes() == before


def test_the_morning_of_today_is_not_known_yet(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logged(capsys, ana, "--run", "3")
    assert "--morning: found it for today" in logged(capsys, ana, "--correct", "--morning", "0").err
    assert "no row of the 7 days before" in logged(capsys, ana, "--morning", "0", day="2027-01-20").err


def test_a_broken_log_and_a_broken_athlete_file_are_told_by_name(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = ana.with_name("ana-log.csv")
    log.write_text("date,pain_during\n2027-01-05,11\n", encoding="utf-8")
    assert f'{log}, line 2, pain_during: found "11"' in logged(capsys, ana, "--run", "3").err
    assert log.read_text(encoding="utf-8") == "date,pain_during\n2027-01-05,11\n"
    for text, words in (("units = 3", "units"), ("log = 3", "log: found 3"), ('timezone = "Mars"', "timezone"), ("a b", "line 1")):
        ana.write_text(text, encoding="utf-8")
        said = run(capsys, "log", ana, "--list")
        assert said.code == 2
        assert words in said.err


def test_a_slip_elsewhere_in_the_athlete_file_keeps_nobody_from_logging(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.write_text('weeks = 900\nunits = "km"\n', encoding="utf-8")
    assert logged(capsys, ana, "--run", "3").code == 0
    assert "log" in tomllib.loads(ana.read_text(encoding="utf-8"))


def test_the_log_lies_where_the_file_says_and_a_link_out_is_refused(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = ana.parent / "other"
    other.mkdir()
    text = ana.read_text(encoding="utf-8")
    ana.write_text('log = "other/runs.csv"\n' + text, encoding="utf-8")
    assert logged(capsys, ana, "--run", "3").code == 0
    assert (other / "runs.csv").exists()
    home = ana.parent / "home"
    home.mkdir()
    moved = Path(shutil.copy(EXAMPLES / "ana.toml", home))
    (home / "ana-log.csv").symlink_to(other / "runs.csv")
    said = logged(capsys, moved, "--run", "4")
    assert said.code == 2
    assert "is a link that leads out of" in said.err
    assert len(read_log(other / "runs.csv", today=None)) == 1


def test_a_column_of_ones_own_that_looks_misspelt_is_told(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.with_name("ana-log.csv").write_text("date,run_km,notes,weather\n", encoding="utf-8")
    said = logged(capsys, ana, "--run", "3")
    assert "The column `notes` is kept, but the planner does not read it. Did you mean `note`?" in said.err
    assert "weather" not in said.err


def test_the_list_shows_what_says_something(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "has no rows yet" in logged(capsys, ana, "--list").err
    logged(capsys, ana, "--run", "5.2", "--worst", "2")
    logged(capsys, ana, "--date", "2027-01-04", "--minutes", "35:30", "--limp")
    said = logged(capsys, ana, "--list", day="2027-01-07")
    assert said.out == (
        "line  date        km   minutes  worst  limp\n3     2027-01-04       35:30           yes\n2     2027-01-06  5.2           2\n"
    )
    data = json.loads(logged(capsys, ana, "--list", "--json").out)
    assert [row["line"] for row in data["entries"]] == [3, 2]
    assert set(data["entries"][0]) == {"line", *ENTRY_FIELDS}
    assert data["entries"][0]["run_m"] is None


@pytest.mark.parametrize("args", [["--worst", "6"], ["--before", "7"], ["--limp"], ["--swelling"]])
def test_a_flare_is_answered_at_once(ana: Path, capsys: pytest.CaptureFixture[str], args: list[str]) -> None:
    said = logged(capsys, ana, "--run", "3", *args, "-q")
    assert said.code == 0
    assert said.err == f"\n{FLARE}\n"
    assert logged(capsys, ana, "--date", "2026-06-01", *args, "-q").err == "", "what is long over"


def test_what_is_no_flare_is_not_called_one(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert FLARE not in logged(capsys, ana, "--run", "3", "--worst", "5", "--no-limp", "--no-swelling", "-q").err


def test_a_sign_is_answered_with_what_to_do_by_when_and_whom_to_see(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = logged(capsys, ana, "--red-flag", "RED-01", "--worst", "8", "-q")
    assert said.code == 0
    assert "Now: go to an emergency department" in said.err
    assert "No running and none of these exercises until you have been seen" in said.err
    assert FLARE not in said.err, "two days off is not enough then"
    ana.with_name("ana-log.csv").unlink()
    said = logged(capsys, ana, "--date", "2027-01-05", "--red-flag", "RED-09b", "--limp", "-q")
    assert "does not hold the plan back" in said.err
    assert FLARE in said.err


def test_a_sign_is_heard_where_no_plan_can_be_made(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.write_text('template = "nothing"\n', encoding="utf-8")
    said = logged(capsys, ana, "--red-flag", "RED-04", "-q")
    assert "the knee is locked and cannot be straightened. Stop: no running" in said.err
    assert not BANNED.search(said.err + FLARE)


def test_import_is_handed_on_with_what_every_form_knows(
    ana: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[object] = []

    def imports(*args: object, **more: object) -> int:
        called.append((args, more))
        return 1

    module = ModuleType("planner.cli.log_import")
    module.run = imports  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "planner.cli.log_import", module)
    said = run(capsys, "log", ana, "import", "a.fit", "--as-of", "2027-01-06", "--dry", "2", "-q", "--help")
    assert said.code == 1
    assert called == [((ana, ["a.fit", "--dry", "2", "--help"]), {"as_of": date(2027, 1, 6), "quiet": True})]
    assert logged(capsys, ana, "--note", "import").code == 0, "a word is no command"


def test_two_at_once_lose_nothing(ana: Path) -> None:
    started = [command("log", ana, "--as-of", "2027-01-06", "--date", f"2027-01-0{day}", "--run", str(day)) for day in range(1, 6)]
    for process in started:
        _, said = process.communicate()
        assert process.returncode == 0, said
    assert [entry.run_m for entry in entries(ana)] == [1000, 2000, 3000, 4000, 5000]
    assert ana.read_text(encoding="utf-8").count("log = ") == 1
    assert {path.name for path in ana.parent.iterdir()} == {"ana.toml", "ana-log.csv"}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", 'log = "x.csv"'),
        ("# mine\r\nstart = 2027-01-04\r\n", "# mine\r\nstart = 2027-01-04\r\nlog ="),
        ('[a]\nunits = "km"\n', "log ="),
        ('start = 2027-01-04\nunits = "km"', 'units = "km"\nlog ='),
        ('note = """\nunits = 3\n"""\n', "log ="),
        ('\ufeffname = "A"\n', "\ufefflog ="),
    ],
)
def test_the_line_is_put_where_it_is_read(text: str, after: str) -> None:
    found = with_log(text, "x.csv")
    assert after in found
    body = found.removeprefix("\ufeff")
    assert tomllib.loads(body) == {**tomllib.loads(text.removeprefix("\ufeff")), "log": "x.csv"}
    added = next(line for line in body.splitlines(keepends=True) if line.startswith("log ="))
    assert found.replace(added, "").rstrip() == text.rstrip()
