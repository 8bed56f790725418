"""The laws applied to plans from other sources: exactly, and only where the reference is known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.foreign.checking import Checked, Wishes, check
from tests.foreign_files import MONDAY, calendar, event, table, weeks_table


def broken(checked: Checked) -> set[tuple[str, str]]:
    return {(f.rule, f.where) for f in checked.verdict.findings if f.severity == "error"}


def law(checked: Checked, name: str) -> list[str]:
    return [held.margin.where for held in checked.verdict.held if held.margin.law == name]


@pytest.mark.parametrize(
    ("column", "first", "exact", "over"),
    [
        ("km", "2", "2.2", "2.201"),
        ("km", "1.667", "1.833", "1.834"),
        ("Distance (mi)", "11", "12.1", "12.101"),
        ("Distance (mi)", "1", "1.1", "1.101"),
        ("minutes", "30", "33", "33.02"),
        ("minutes", "10.05", "11.05", "11.07"),
        ("Distance (m)", "5000", "5500", "5501"),
    ],
)
def test_ten_percent_is_exact_in_the_plans_own_unit(column: str, first: str, exact: str, over: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    assert check(weeks_table(path, [[first] * 3, [exact] * 3], column), Wishes()).verdict.holds
    refused = check(weeks_table(path, [[first] * 3, [over, exact, exact]], column), Wishes())
    assert ("law-3", "2027-01-11") in broken(refused)


@pytest.mark.parametrize("pace", [None, "4:59", "9:13"])
def test_a_plan_in_minutes_is_judged_the_same_at_every_pace(pace: str | None, tmp_path: Path) -> None:
    plan = weeks_table(tmp_path / "plan.csv", [["31", "30", "29"], ["33", "33", "33"], ["30", "30", "49"]], "minutes")
    checked = check(plan, Wishes(pace=pace))
    assert broken(checked) == {("law-1", "week 3"), ("law-3", "2027-01-22")}
    message = next(f.message for f in checked.verdict.findings if f.rule == "law-1")
    assert message.startswith("109 min of running; law 1 allows at most 108:54 min: 10% more than the 99 min of the seven dates before it.")


def test_miles_and_minutes_together_keep_the_miles_exact(tmp_path: Path) -> None:
    rows = "\n2027-01-04;Run 11 mi\n2027-01-07;Run 60 min\n2027-01-11;Run 12.1 mi\n2027-01-14;Run 60 min"
    plan = table(tmp_path / "p.csv", "Date;Workout" + rows)
    checked = check(plan, Wishes(units="mi", pace="10:00"))
    assert checked.scale.unit == "mi"
    assert broken(checked) == set()
    assert any("counted at 10:00 min per mi" in note for note in checked.notes)


def test_without_a_word_about_the_weeks_before_the_first_week_is_not_judged_against_them(tmp_path: Path) -> None:
    checked = check(weeks_table(tmp_path / "p.csv", [["10", "10", "20"]]), Wishes())
    assert checked.verdict.holds
    assert (law(checked, "law-1"), law(checked, "law-3"), law(checked, "law-4")) == ([], [], [])
    assert any("Nothing is known about the weeks before" in note for note in checked.notes)


def test_weeks_above_20_km_are_judged_by_ten_percent_as_all_others(tmp_path: Path) -> None:
    weeks = [["10", "10", "10"], ["11", "11", "11"], ["12.1", "12.1", "12.1"]]
    assert broken(check(weeks_table(tmp_path / "p.csv", weeks), Wishes(recent="28 28 29 30"))) == set()
    assert ("law-1", "week 3") in broken(check(weeks_table(tmp_path / "p.csv", [*weeks[:2], ["12.1", "12.1", "12.2"]]), Wishes()))


@pytest.mark.parametrize(
    ("recent", "longest", "expected"),
    [
        ("0 0 0 0", None, {("law-4", "week 1"), ("law-4", "2027-01-04"), ("law-4", "2027-01-06"), ("law-4", "2027-01-08")}),
        ("6 6 6 6", None, {("law-1", "week 1"), ("law-3", "2027-01-04")}),
        ("6 6 6 8.4", None, {("law-1", "week 1"), ("law-3", "2027-01-04")}),
        ("6 6 6 8.4", "3", {("law-1", "week 1")}),
        ("6 6 6 9", None, set()),
        ("9 9 9 9", "5", set()),
        ("9 9 9 8.9", "5", {("law-1", "week 1")}),
    ],
)
def test_what_was_run_before_is_what_the_first_week_grows_from(
    recent: str, longest: str | None, expected: set[tuple[str, str]], tmp_path: Path
) -> None:
    checked = check(weeks_table(tmp_path / "p.csv", [["3.2", "3.1", "3.5"]]), Wishes(recent=recent, longest=longest))
    assert broken(checked) == expected


def test_runs_before_can_come_from_a_table_of_their_own(tmp_path: Path) -> None:
    past = table(tmp_path / "past.csv", "Date,km\n2026-12-28,3\n2026-12-30,3\n2027-01-01,4\n2027-01-05,99")
    plan = weeks_table(tmp_path / "p.csv", [["3.5", "3.5", "4.4"]])
    assert broken(check(plan, Wishes(recent_file=past))) == {("law-1", "week 1")}
    plan = weeks_table(tmp_path / "p.csv", [["3.3", "3.2", "4.5"]])
    assert broken(check(plan, Wishes(recent_file=past))) == {("law-3", "2027-01-08")}


def test_runs_of_the_file_before_a_given_start_count_as_run(tmp_path: Path) -> None:
    plan = weeks_table(tmp_path / "p.csv", [["3", "3", "3"], ["4", "3", "3"]])
    checked = check(plan, Wishes(start=MONDAY + timedelta(days=7)))
    assert checked.start == date(2027, 1, 11)
    assert broken(checked) == {("law-1", "week 1"), ("law-3", "2027-01-11")}


def test_a_week_is_not_compared_with_one_that_could_not_be_read_in_full(tmp_path: Path) -> None:
    words = "Date;Workout\n2027-01-04;Run 5 km\n2027-01-06;Run 5-6 km\n2027-01-11;Run 7 km\n2027-01-18;Run 8 km"
    checked = check(table(tmp_path / "p.csv", words), Wishes())
    assert broken(checked) == {("law-1", "week 3")}
    assert any("could not be read in full" in note for note in checked.notes)


def test_time_off_within_a_plan_is_judged(tmp_path: Path) -> None:
    checked = check(weeks_table(tmp_path / "p.csv", [["5", "5", "5"], [], ["4", "4", "4.1"]]), Wishes())
    assert ("law-5", "week 3") in broken(checked)
    assert check(weeks_table(tmp_path / "p.csv", [["5", "5", "5"], [], ["4", "4", "4"]]), Wishes()).verdict.holds


def test_a_start_from_nothing_within_a_plan_is_judged_in_seconds_at_the_pace(tmp_path: Path) -> None:
    plan = weeks_table(tmp_path / "p.csv", [["5"], [], [], [], [], ["1.6"]], days=[0])
    assert check(plan, Wishes(pace="6:00")).verdict.holds
    assert broken(check(plan, Wishes(pace="6:40"))) == {("law-4", "2027-02-08")}


def test_a_week_that_may_or_may_not_start_from_nothing_is_named(tmp_path: Path) -> None:
    plan = weeks_table(tmp_path / "p.csv", [["2"], [], ["20"]], days=[0])
    checked = check(plan, Wishes())
    assert checked.verdict.holds
    assert any(note.startswith("Week 3: growth was not judged") for note in checked.notes)
    known = check(plan, Wishes(recent="0 0 0 0"))
    assert ("law-4", "week 3") in broken(known)
    assert not any("growth was not judged" in note for note in known.notes)


@pytest.mark.parametrize(("everyday", "expected"), [(False, {("law-6", "2027-01-05")}), (True, set())])
def test_runs_on_days_that_follow_each_other(everyday: bool, expected: set[tuple[str, str]], tmp_path: Path) -> None:
    plan = weeks_table(tmp_path / "p.csv", [["5", "5", "5"]], days=[0, 1, 3])
    assert broken(check(plan, Wishes(consecutive_days=everyday))) == expected


def test_a_week_without_a_rest_day_counts_the_strength_and_the_rides_that_are_listed(tmp_path: Path) -> None:
    sports = ["Run 5 km", "Strength", "Run 5 km", "Bike 20 km", "Run 5 km", "Swim", "Gym"]
    full = [event(MONDAY + timedelta(days=n), sport) for n, sport in enumerate(sports)]
    assert broken(check(calendar(tmp_path / "p.ics", full[:-1]), Wishes())) == set()
    later = [*full, event(MONDAY + timedelta(days=7), "Run 5 km")]
    assert broken(check(calendar(tmp_path / "p.ics", later), Wishes())) == {("law-6", "week 1")}


def test_walking_that_the_plan_tells_is_held_to_law_1_too(tmp_path: Path) -> None:
    weeks = ["8 x (1 min run / 1 min walk)", "8 x (1 min run / 4 min walk)"]
    plan = calendar(tmp_path / "p.ics", [event(MONDAY + timedelta(days=7 * n), text) for n, text in enumerate(weeks)])
    checked = check(plan, Wishes())
    assert broken(checked) == {("law-1", "week 2")}
    assert [" on foot; law 1" in f.message for f in checked.verdict.findings if f.rule == "law-1"] == [True]
    assert any(note.startswith("Walking was counted at 10:30 min per km") for note in checked.notes)


@pytest.mark.parametrize(
    ("day", "start"),
    [("2027-01-05", "2027-01-04"), ("2027-01-06", "2027-01-04"), ("2027-01-07", "2027-01-07"), ("2027-01-10", "2027-01-10")],
)
def test_weeks_start_on_the_monday_or_with_a_first_run_late_in_the_week(day: str, start: str, tmp_path: Path) -> None:
    assert str(check(table(tmp_path / "p.csv", f"Date,km\n{day},5"), Wishes()).start) == start


def test_a_title_of_any_kind_stands_in_the_message_as_it_is(tmp_path: Path) -> None:
    plan = table(tmp_path / "p.csv", "Date;km;Title\n2027-01-04;5;a\n2027-01-11;9;{0} 400 m plan/run#1 {")
    messages = [f.message for f in check(plan, Wishes()).verdict.findings if f.rule == "law-3"]
    assert messages[0].startswith('9 km of running in "{0} 400 m plan/run#1 {"; law 3 allows at most 5.5 km')


@pytest.mark.parametrize(
    ("wishes", "why"),
    [
        (Wishes(recent="a b"), '--recent: found "a"'),
        (Wishes(recent=""), "--recent: found 0 weeks"),
        (Wishes(recent="-1"), "--recent: found"),
        (Wishes(recent="1e9"), "--recent: found"),
        (Wishes(recent="5", recent_file=Path("x.csv")), "--recent: found it together"),
        (Wishes(recent_file=Path("nobody.csv")), "--recent-file nobody.csv: there is no such file"),
        (Wishes(longest="0 1"), "--longest: found"),
        (Wishes(longest="5"), "--longest: .*--recent"),
        (Wishes(recent="9 9", longest="2.9"), "--longest: .*--recent-file"),
        (Wishes(pace="fast"), "--pace: found"),
        (Wishes(pace="0:30"), "--pace: found"),
        (Wishes(walk_pace="59:59"), "--walk-pace: found"),
        (Wishes(start=date(2030, 1, 1)), "p.csv: no run from 2030-01-01 on"),
        (Wishes(start=date(1970, 1, 1)), "p.csv: runs from 1970-01-01"),
    ],
)
def test_a_wish_that_cannot_be_met_says_why(wishes: Wishes, why: str, tmp_path: Path) -> None:
    plan = weeks_table(tmp_path / "p.csv", [["5", "5", "5"]])
    with pytest.raises(InputError, match=why):
        check(plan, wishes)


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("p.csv", b"", "it is empty"),
        ("p.csv", b"\xef\xbb\xbf \r\n", "it is empty"),
        ("p.ics", b"<!doctype html><html>", "a web page or XML"),
        ("p.csv", b"PK\x03\x04", "a workbook or a zip"),
        ("p.ics", b"Date,km\n2027-01-04,5\n", "not a calendar"),
        ("p.csv", b"Date,km\n2027-01-04,\x005\n", "NUL bytes"),
        ("p.csv", b"\xff\xfeD", "UTF-16"),
        ("p.csv", b"Date,km\n2027-01-04,\n", "no run that can be read"),
    ],
)
def test_a_file_that_is_no_plan_says_why(name: str, raw: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(InputError, match=why) as refused:
        check(tmp_path / name, Wishes())
    assert str(refused.value).startswith(str(tmp_path / name))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes("Date,km,Title\r\n2027-01-04,5,Läufchen\r\n".encode(encoding))
    checked = check(tmp_path / "p.csv", Wishes())
    assert [run.title for run in checked.entries.runs] == ["Läufchen"]
    assert any("Windows-1252" in note for note in checked.notes) == (encoding == "cp1252")


def test_mixed_encodings_are_read_and_said(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(b"Date,km,Title\n2027-01-04,5,\xc3\xa4\n2027-01-06,5,\xe4\n")
    checked = check(tmp_path / "p.csv", Wishes())
    assert len(checked.entries.runs) == 2
    assert "Windows-1252" in checked.notes[0]


def test_a_hundred_thousand_rows_are_read(tmp_path: Path) -> None:
    rows = "".join(f"{MONDAY + timedelta(days=n % 700)},Ride,20\n" for n in range(99_999))
    (tmp_path / "p.csv").write_text(f"Date,Type,km\n2027-01-04,Run,5\n{rows}", encoding="utf-8")
    checked = check(tmp_path / "p.csv", Wishes())
    assert (len(checked.entries.runs), len(checked.entries.not_counted)) == (1, 99_999)
