"""Long logs: which rows belong to whom, how dates are read, and what is refused."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InputError
from planner.journal.form import Told, entries_of, mapping_of
from planner.roster.long_log import LongLog, Stranger

HEAD = "date,athlete,run_km,note\n"


def long_log(folder: Path, text: str | bytes, *mapped: str, dates: str | None = None) -> LongLog:
    path = folder / "log.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return LongLog(path, mapping_of(mapped), dates)  # type: ignore[arg-type]


def days(told: Told) -> list[str]:
    return [row.cells[told.form.at("date")] for row in told.rows]


def refused(folder: Path, text: str | bytes, *mapped: str) -> str:
    with pytest.raises(InputError) as caught:
        long_log(folder, text, *mapped)
    return str(caught.value)


def test_each_athlete_has_their_rows_in_order_whatever_the_letter_case(tmp_path: Path) -> None:
    text = f"{HEAD}2027-01-04,ana,5.2,\n2027-01-05,Ben,4,\n\n# a word\n2027-01-06,ANA ,5.4,more\n"
    with long_log(tmp_path, text) as log:
        told = log.told("ana")
        assert [(row.line, row.cells) for row in told.rows] == [
            (2, ("2027-01-04", "ana", "5.2", "")),
            (6, ("2027-01-06", "ana", "5.4", "more")),
        ]
        assert len(log.told("ben").rows) == 1
        assert log.told("cara").rows == ()
        assert (list(log.strangers()), log.said) == ([], "")


@pytest.mark.parametrize("km", ['"2,1 km"', "2.1 km", '"2,1"', "2.1km"])
def test_answers_to_a_german_form_are_read(tmp_path: Path, km: str) -> None:
    text = f"date,athlete,run_km,limp,swelling,painkiller,red_flag\n2027-01-05,ana,{km},Ja,nein,J,nein\n"
    with long_log(tmp_path, text) as log:
        (entry,) = entries_of(log.told("ana"))
    assert (entry.run_m, entry.limp, entry.swelling, entry.painkiller, entry.red_flag) == (2100, True, False, True, "")


def test_who_is_not_in_the_roster_is_told_by_the_first_line(tmp_path: Path) -> None:
    with long_log(tmp_path, f"{HEAD}2027-01-04,anna,5,\n2027-01-04,ana,5,\n2027-01-05,,5,\n2027-01-06,anna,5,\n") as log:
        log.told("ana")
        assert list(log.strangers()) == [Stranger("anna", 2, 2), Stranger("", 1, 4)]


@pytest.mark.parametrize(
    ("when", "day", "said"),
    [
        ("2026-11-22", "2026-11-22", ""),
        ("2026-11-22 07:03:11", "2026-11-22", ""),
        ("2026-11-22T07:03:11+01:00", "2026-11-22", ""),
        ("2026/11/22 7:03:11 AM GMT+1", "2026-11-22", ""),
        ("22.11.2026 07:03:11", "2026-11-22", ""),
        ("So. 22. November 2026 07:03", "2026-11-22", ""),
        ("22. Dez. 2026", "2026-12-22", ""),
        ("11/22/2026 7:03:11", "2026-11-22", "month/day/year"),
        ("22/11/2026 07:03", "2026-11-22", "day/month/year"),
        ("yesterday", "yesterday", ""),
    ],
)
def test_a_timestamp_becomes_its_date(tmp_path: Path, when: str, day: str, said: str) -> None:
    with long_log(tmp_path, f"{HEAD}{when},ana,5,\n") as log:
        told = log.told("ana")
        assert (days(told), told.whens) == ([day], (when,))
        assert log.said == (f"{tmp_path / 'log.csv'}: dates are read as {said}, as some of them show." if said else "")


def test_one_date_shows_how_the_others_are_read(tmp_path: Path) -> None:
    with long_log(tmp_path, f"{HEAD}1/4/2027,ana,5,\n1/13/2027,ben,5,\n") as log:
        assert days(log.told("ana")) == ["2027-01-04"]


def test_dates_in_doubt_are_refused_until_somebody_says_it(tmp_path: Path) -> None:
    text = f"{HEAD}3/4/2027 7:00,ana,5,\n2027-01-04,ana,5,\n"
    said = refused(tmp_path, text)
    assert 'log.csv, "date": found "3/4/2027", and no date that shows which number is the month; expected dates like 2027-01-04.' in said
    assert "Say it: --dates dmy" in said
    for order, day in (("dmy", "2027-04-03"), ("mdy", "2027-03-04")):
        with long_log(tmp_path, text, dates=order) as log:
            assert days(log.told("ana"))[0] == day
    assert "one order of day and month" in refused(tmp_path, f"{HEAD}13/4/2027,ana,5,\n4/13/2027,ana,5,\n")


@given(
    st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from(["ana", "ben", "Cara"])), min_size=1, max_size=20)
)
def test_no_row_is_lost_or_given_to_another(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[date, str]]) -> None:
    shown = date(2026, 1, 13) + timedelta(days=0)
    lines = [f"{day.month}/{day.day}/{day.year} 7:00,{who},{number},\n" for number, (day, who) in enumerate([*rows, (shown, "ana")])]
    with long_log(tmp_path_factory.mktemp("logs"), HEAD + "".join(lines)) as log:
        for who in ("ana", "ben", "cara"):
            wanted = [(number + 2, day.isoformat()) for number, (day, name) in enumerate([*rows, (shown, "ana")]) if name.lower() == who]
            told = log.told(who)
            assert list(zip([row.line for row in told.rows], days(told), strict=True)) == wanted
        assert list(log.strangers()) == []


@pytest.mark.parametrize(
    "head", ["date;athlete;run_km", "sep=;\ndate;athlete;run_km", "date\tathlete\trun_km", '# mine\n\n"date",athlete,"run_km"']
)
def test_cells_are_told_apart_by_what_stands_between_them(tmp_path: Path, head: str) -> None:
    between = next(mark for mark in ";\t," if mark in head.splitlines()[-1])
    with closing(long_log(tmp_path, f"\ufeff{head}\r\n2027-01-04{between}ana{between}5\r\n")) as log:
        assert [row.cells for row in log.told("ana").rows] == [("2027-01-04", "ana", "5")]


def test_questions_of_several_lines_and_answers_of_several_lines_are_read(tmp_path: Path) -> None:
    text = 'date,athlete,"How was\nit, on 0-10?"\n2027-01-04,ana,"3\nor so"\n2027-01-05,ana,2\n'
    with long_log(tmp_path, text, "How was it, on 0-10?=pain_during") as log:
        assert [(row.line, row.cells[2]) for row in log.told("ana").rows] == [(3, "3 or so"), (5, "2")]


def test_a_row_with_too_many_cells_waits_for_its_athlete_and_a_short_one_is_whole(tmp_path: Path) -> None:
    with long_log(tmp_path, f"{HEAD}2027-01-04,ana,5,2,so\n2027-01-04,ben,5\n2027-01-05,ben,5,,,\n") as log:
        assert log.told("ana").rows[0].problem.startswith("found 5 cells; expected 4")
        assert [(row.cells[3], row.problem) for row in log.told("ben").rows] == [("", ""), ("", "")]


@pytest.mark.parametrize("who", ["ana", "ANA ", " Ana"])
def test_a_row_entered_twice_is_refused_however_the_athlete_is_written(tmp_path: Path, who: str) -> None:
    text = f"date,athlete,run_km,how\n2027-01-05,ana,1.9,fine\n2027-01-05,{who},1.9,"
    with long_log(tmp_path, f"{text}fine\n") as log, pytest.raises(InputError, match="line 3: the same row as line 2"):
        entries_of(log.told("ana"))
    with long_log(tmp_path, f"{text}again\n") as log:
        assert [entry.run_m for entry in entries_of(log.told("ana"))] == [1900, 1900]


@pytest.mark.parametrize(
    ("last", "who", "cells"),
    [
        ("2027-01-09,ana,1", "ana", 3),
        ("2027-01-09,ana", "ana", 2),
        ("2027-01-09,an", "an", 2),
        ("2027-01-09", "", 1),
        ('2027-01-09,ana,"1"', "ana", 3),
    ],
)
def test_a_log_that_stops_in_the_middle_of_a_row_says_so_of_its_athlete(tmp_path: Path, last: str, who: str, cells: int) -> None:
    whole = f"{HEAD}2027-01-09,eva,1.9,x\n"
    with long_log(tmp_path, whole + last) as log:
        assert [row.problem for row in log.told("eva").rows] == [""]
        (row,) = log.told(who).rows
        assert row.problem.startswith(
            f"the file stops in the middle of this line, after {cells} of 4 cells; expected a whole line. Complete it"
        )
        with pytest.raises(InputError, match="line 3: the file stops"):
            entries_of(log.told(who))
    for end in ("\n", "\r\n", "\n# more to come", "\n,", "\r"):
        with long_log(tmp_path, f"{whole}{last}{end}") as log:
            assert [row.problem for row in log.told(who).rows] == [""]
    with long_log(tmp_path, f"{whole}2027-01-09,ana,1,") as log:
        assert [row.problem for row in log.told("ana").rows] == [""], "all cells are there"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        ("\n# nothing\n", "it is empty"),
        (HEAD + '2027-01-04,ana,5,"so\n2027-01-05,ben,4,x\n2027-01-06,ana,5,"\n', "line 2: a quote that is not closed on its line"),
        (HEAD + '2027-01-04,ana,5,"so\n', "line 2: its quotes do not pair up"),
        (HEAD.encode() + b"2027-01-04,ana,5,Zo\xeb\n", "line 2: "),
        ("a,b\n1,2\n", "found no column `athlete`"),
        (b"PK\x03\x04", "this is a workbook or a zip"),
        ("date,athlete\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_what_may_be_anybodys_mistake_refuses_the_whole_log(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert said in refused(tmp_path, text)


def test_a_log_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "none.csv", "there is no such file"), (tmp_path, "this is a folder")):
        with pytest.raises(InputError, match=said):
            LongLog(path, {}, None)


def test_a_date_in_another_order_than_was_said_tells_what_was_said(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("date,athlete,run_km\n1/25/2027,ana,5\n1/2/2027,ben,5\nsoon,ben,4\n", encoding="utf-8")
    with LongLog(path, {}, "dmy") as log:
        (row,) = log.told("ana").rows
        assert row.problem == 'found "1/25/2027"; expected a date like 2027-01-04; --dates dmy reads it as day/month/year'
        assert [row.problem for row in log.told("ben").rows] == ["", ""]
