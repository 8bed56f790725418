"""Reading an athlete's log: its values, and every error with its file and line."""

from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.entry import Entry
from planner.errors import InputError
from planner.journal import log_cells
from planner.journal.log_bytes import MOST_BYTES, log_path
from planner.journal.log_file import read_log
from planner.journal.log_rows import LogText
from planner.journal.signs import SIGN_IDS
from planner.quantities import metres_from

TODAY = date(2027, 1, 10)


def log(folder: Path, text: str | bytes) -> Path:
    path = folder / "ana-log.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refused(folder: Path, text: str | bytes, *, miles: bool = False) -> str:
    path = log(folder, text)
    with pytest.raises(InputError) as caught:
        read_log(path, miles=miles, today=TODAY)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert path.read_bytes() == (text.encode() if isinstance(text, str) else text)
    return message.removeprefix(str(path)).lstrip(", ")


def test_every_column_is_read(tmp_path: Path) -> None:
    text = (
        "date,session,run_km,foot_km,minutes,pain_before,pain_during,pain_after,pain_next_morning,side,swelling,limp,painkiller,red_flag,"
        "rpe,sets_done,cadence,shoes,akps,knee_worst,note\n"
        '2027-01-05,progression/run#2,5.2499,6,35:30,0,2,1,0,left,n,NO,x,red-09B,4,3,164,blue,88,3,"a, ""b"""\n'
    )
    assert read_log(log(tmp_path, text), today=TODAY) == (
        Entry(
            date=date(2027, 1, 5),
            session="progression/run#2",
            run_m=5249,
            foot_m=6000,
            seconds=2130,
            pain_before=0,
            pain_during=2,
            pain_after=1,
            pain_next_morning=0,
            side="left",
            swelling=False,
            limp=False,
            painkiller=True,
            red_flag="RED-09b",
            rpe=4,
            sets_done=3,
            cadence=164,
            shoes="blue",
            akps=88,
            knee_worst=3,
            note='a, "b"',
            line=2,
        ),
    )


def test_what_is_not_said_is_not_none(tmp_path: Path) -> None:
    assert read_log(log(tmp_path, "date,limp,red_flag,run_km\n2027-01-05,,,\n2027-01-06,no,none,0\n"), today=TODAY) == (
        Entry(date=date(2027, 1, 5), line=2),
        Entry(date=date(2027, 1, 6), limp=False, run_m=0, line=3),
    )


def test_rows_come_by_date_and_those_of_one_date_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = log(tmp_path, "date,note\n2027-01-07,a\n2027-01-05,b\n2027-01-07,c\n")
    assert [(e.note, e.line) for e in read_log(path, today=TODAY)] == [("b", 3), ("a", 2), ("c", 4)]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffdate,run_km\r\n2027-01-05,5.2\r\n",
        "# mine\n\n date , run_km , weather\n\n2027-01-05 ,\t5.2,sun\n# the end",
        "date;run_km\n2027-01-05;5,2\n",
        "date;run_km\n2027-01-05;5.2\n",
        "date;run_km\n2027-01-05;5.2",
        "sep=;\rdate;run_km\r2027-01-05;5,2\r",
        'note,RUN_KM,"Date"\n,"5.2","2027-01-05"\n,,\n',
        "date,run_km\n2027-01-05, 5.2 km ,,\n",
    ],
)
def test_many_ways_of_writing_the_same(tmp_path: Path, text: str) -> None:
    (entry,) = read_log(log(tmp_path, text), today=TODAY)
    assert (entry.date, entry.run_m) == (date(2027, 1, 5), 5200)


def test_a_note_may_have_line_breaks_and_lines_are_counted_on(tmp_path: Path) -> None:
    entries = read_log(log(tmp_path, 'date,note\n2027-01-05,"one\r\ntwo"\n2027-01-06,three\n'), today=TODAY)
    assert [(e.note, e.line) for e in entries] == [("one two", 2), ("three", 4)]


def test_no_file_and_an_empty_one_have_no_entries(tmp_path: Path) -> None:
    assert read_log(tmp_path / "none.csv", today=TODAY) == ()
    for text in ("", "\n\n", "# only words", "date,run_km\n", "date,run_km"):
        assert read_log(log(tmp_path, text), today=TODAY) == ()


def test_miles_are_miles_where_the_athlete_counts_in_them(tmp_path: Path) -> None:
    path = log(tmp_path, "date,run_mi,foot_km\n2027-01-05,3.1,5\n2027-01-06,0.9km,\n")
    assert [(e.run_m, e.foot_m) for e in read_log(path, miles=True, today=TODAY)] == [(4988, 5000), (900, None)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("date,pain_during\n2027-01-05,11\n", ['line 2, pain_during: found "11"', "a whole number from 0 to 10"]),
        ("date,pain_during\n2027-01-05,2.5\n", ['found "2.5"', "a whole number"]),
        ("date,run_km\n\n# words\n2027-01-05,-3\n", ['line 4, run_km: found "-3"', "from 0 to 300 kilometres"]),
        ("date,run_km\n2027-01-05,301\n", ['"301"', "300 kilometres"]),
        ("date,run_km\n2027-01-11,3\n", ["line 2, date: found 2027-01-11", "2027-01-10"]),
        ("date,run_km\n05/01/2027,3\n", ['line 2, date: found "05/01/2027"', "a date like 2027-01-04"]),
        ("date,run_km\n2027-02-30,3\n", ['"2027-02-30"']),
        ("date,run_km\n,3\n", ["line 2, date: missing"]),
        ("date,minutes\n2027-01-05,35:99\n", ['minutes: found "35:99"', "35, 35:30 or 0:35:30"]),
        ("date,minutes\n2027-01-05,35:30:00\n", ["at most 24 hours", "0:35:30"]),
        ("date,limp\n2027-01-05,maybe\n", ['limp: found "maybe"', "yes or no"]),
        ("date,side\n2027-01-05,lefft\n", ["Did you mean `left`?"]),
        ("date,red_flag\n2027-01-05,RED-9\n", ['found "RED-9"', "Did you mean `RED-09`?"]),
        (
            "date,red_flag\n2027-01-05,RED-05 red-06\n",
            [
                (
                    'line 2, red_flag: found "RED-05 red-06"; expected one sign in a row. Leave RED-05 here, '
                    "and write a row with the same date for RED-06."
                )
            ],
        ),
        ('date,red_flag\n2027-01-05,"RED-05, RED-06;MED-02"\n', ["write a row with the same date for RED-06 and one for MED-02."]),
        ("date,red_flag\n2027-01-05,blood\n", ["Known here: RED-01"]),
        ("date,session\n2027-01-05,easy run\n", ["like progression/run#1", "`note`"]),
        ("date,note\n2027-01-05," + "x" * 2001 + "\n", ["line 2, note: found 2001 characters"]),
        ("date,run_km,foot_km\n2027-01-05,5,3\n", ["line 2: found 3000 m on foot, but 5000 m of running"]),
        ("run_km\n5\n", ["line 1: found", "one of them `date`"]),
        ("2027-01-05,5\n", ["line 1: found", "the names of the columns"]),
        ("date,note,Note\n", ["line 1: found the column `note` 2 times"]),
        ("date,run_mi\n2027-01-05,3\n", ["line 1: found the column `run_mi`", "Rename it to run_km"]),
        ("date,athlete\n2027-01-05,ana\n", ["line 1: found a column `athlete`", "the log of one athlete"]),
        ("date,run_km\n2027-01-05,5,2\n", ["line 2: found 3 cells", "Write decimals with a point"]),
        ("date;note\n2027-01-05;a;b\n", ["line 2: found 3 cells", "a semicolon"]),
        ('date,run_km\n2027-01-05,"5,2"\n', ["line 2, run_km", "a point for decimals"]),
        ("date;run_km\n2027-01-05;5,2\n2027-01-06;5.2\n", ['line 3, run_km: found "5.2", but "5,2" on line 2', "one decimal mark"]),
        ("date;run_km\n2027-01-05;1.234,5\n", ["line 2, run_km"]),
        ("date,run_km\n2027-01-05,3\n2027-01-06,4\n2027-01-05,3.0\n", ["line 4: the same row as line 2", "in `note`"]),
        ("date,run_km,note\n2027-01-05,3", ["line 2: the file stops in the middle of this line, after 2 of 3 cells", "press Enter"]),
        ('date,note\n2027-01-05,"never\n\n', ["line 2: a quote that is never closed"]),
        ('date,note\n2027-01-05,"a" b\n', ['line 2: "b" after a closing quote']),
        ('date,note\n2027-01-05,"one\n2027-01-06,two"\n', ["line 2: a quote that is not closed on its line", "line 3"]),
        (b"date,note\n2027-01-05,\xff\n", ["line 2: the file is not UTF-8 text"]),
        (b"date,note\n2027-01-05,\0\0\0\n", ["line 2: NUL bytes"]),
        ("date,note\n2027-01-05,a\n".encode("utf-16"), [": this is UTF-16 text"]),
        (b"PK\x03\x04 and more", ["a workbook", "Save the sheet as CSV"]),
    ],
)
def test_each_mistake_has_its_sentence_with_file_and_line(tmp_path: Path, text: str | bytes, words: list[str]) -> None:
    message = refused(tmp_path, text)
    for word in words:
        assert word in message


def test_columns_in_both_units_are_refused(tmp_path: Path) -> None:
    assert "found both `run_km` and `run_mi`" in refused(tmp_path, "date,run_km,run_mi\n", miles=True)


def test_two_sessions_on_one_date_are_fine_and_own_columns_tell_rows_apart(tmp_path: Path) -> None:
    path = log(tmp_path, "date,run_km,weather\n2027-01-05,3,sun\n2027-01-05,3,rain\n2027-01-05,4,sun\n")
    assert len(read_log(path, today=TODAY)) == 3


def test_without_today_the_future_is_nobodys_business(tmp_path: Path) -> None:
    assert len(read_log(log(tmp_path, "date\n2099-01-01\n"), today=None)) == 1


def test_twenty_years_of_runs_are_read_and_two_hundred_megabytes_are_not(tmp_path: Path) -> None:
    said = "0,1,0,0,left,n,n,n,,3,,,blue pair,,," + "word " * 20
    days = ((n, TODAY - timedelta(days=n)) for n in range(20 * 365))
    rows = "".join(f"{day},progression/run#{n % 5 + 1},{n % 20}.{n % 7},,{20 + n % 90},{said}\n" for n, day in days)
    head = ",".join(log_cells.header(miles=False))
    path = log(tmp_path, f"{head}\n{rows}")
    assert path.stat().st_size < MOST_BYTES / 2
    assert len(read_log(path, today=TODAY)) == 7300
    os.truncate(path, 200_000_000)
    with pytest.raises(InputError, match=r"larger than 5 MB; expected a log: .* Is it the right file"):
        read_log(path, today=TODAY)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder"):
        read_log(tmp_path, today=TODAY)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="this is not a file"):
        read_log(tmp_path / "pipe", today=TODAY)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(InputError, match="cannot be opened"):
        read_log(tmp_path / "loop", today=TODAY)


def test_a_log_for_many_is_no_log_of_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 1: found a column `athlete`, as in a log for many"):
        read_log(log(tmp_path, "athlete,date\nana,2027-01-06\n"), today=TODAY)


def test_a_log_may_lie_elsewhere_only_where_the_file_says_so(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    home.mkdir()
    other.mkdir()
    real = log(other, "date\n")
    (home / "link.csv").symlink_to(real)
    (home / "within.csv").symlink_to(home / "x.csv")
    (home / "folder").symlink_to(other)
    assert log_path(home, "within.csv") == home / "within.csv"
    assert log_path(home, "../other/ana-log.csv").resolve() == real
    assert log_path(home, str(real)) == real
    for name in ("link.csv", "folder/ana-log.csv"):
        with pytest.raises(
            InputError, match=r"is a link that leads out of .*home, to .*other/ana-log\.csv; .* write where the file really is"
        ):
            log_path(home, name)
    (other / "far.csv").symlink_to(tmp_path / "far.csv")
    with pytest.raises(InputError, match=r"is a link that leads out of .*other"):
        log_path(home, "../other/far.csv")
    for name in ("", " ", "a\0b"):
        with pytest.raises(InputError, match="found no name"):
            log_path(home, name)


def test_the_signs_are_those_of_the_safety_questions() -> None:
    screening = pytest.importorskip("planner_pillars.screening")
    assert set(SIGN_IDS) == set(screening.flags())


@given(metres=st.integers(0, 300_000), miles=st.booleans())
def test_a_distance_is_written_as_it_is_read(metres: int, *, miles: bool) -> None:
    text = log_cells.distance_text(metres, miles=miles)
    assert log_cells.distance(text, miles=miles) == metres
    assert metres_from(Decimal(text), miles=miles) == metres


@given(hundredths=st.integers(0, 10_000), miles=st.booleans())
def test_what_a_person_wrote_comes_back_no_longer(hundredths: int, *, miles: bool) -> None:
    amount = Decimal(hundredths) / 100
    assert len(log_cells.distance_text(log_cells.distance(f"{amount:f}", miles=miles), miles=miles)) <= len(f"{amount:f}")


@given(st.integers(0, log_cells.MOST_SECONDS))
def test_a_duration_is_written_as_it_is_read(seconds: int) -> None:
    assert log_cells.duration(log_cells.duration_text(seconds)) == seconds


@given(st.one_of(st.binary(max_size=80), st.text('date,;"\n\r# 2027-01-05run_km5.2\ufeff\u2028', max_size=80).map(str.encode)))
def test_whatever_the_bytes_there_is_a_sentence(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any-log.csv"
    path.write_bytes(raw)
    caught = None
    try:
        read_log(path, today=TODAY)
    except InputError as error:
        caught = str(error)
    assert caught is None or caught.startswith(str(path))


@given(st.text('date,;"\n\r\t# 2027-01-05run_km\ufeff\u2028', max_size=120))
def test_the_lines_of_any_text_are_the_text(text: str) -> None:
    try:
        read = LogText(text)
    except InputError:
        return
    assert read.text() == text
    assert [line.number for line in read.lines] == sorted({line.number for line in read.lines})


@pytest.mark.parametrize(
    ("header", "meant"), [("red_flags", "red_flag"), ("pain_durng", "pain_during"), ("limps", "limp"), ("run_kms", "run_km")]
)
def test_a_slip_in_the_name_of_a_column_is_refused(tmp_path: Path, header: str, meant: str) -> None:
    path = tmp_path / "ana-log.csv"
    path.write_text(f"date,{header}\n2027-01-05,1\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"line 1: found the column `{header}`.*Did you mean `{meant}`"):
        read_log(path, today=None)
    path.write_text(f"date,{header},{meant}\n2027-01-05,what it was,\n", encoding="utf-8")
    assert len(read_log(path, today=None)) == 1, "beside ours a column may be one's own, whatever its name"
