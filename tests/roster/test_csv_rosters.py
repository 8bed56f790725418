"""CSV rosters: what is detected automatically, and that a broken row affects only itself."""

from __future__ import annotations

import itertools
import tracemalloc
from pathlib import Path

import pytest

from planner.roster.rows import Row
from planner.roster.sources import open_roster
from tests.roster.reading import ANA, BEN, HEADER, athletes_of, refused, row_refused, rows_of, written

PLAIN = f"{HEADER}\n{ANA}\n{BEN}\n"
ROWS = [
    Row(2, "ana", (("id", "ana"), ("start", "2027-01-04"), ("running.easy_pace", "6:40"))),
    Row(3, "ben", (("id", "ben"), ("start", "2027-01-11"), ("running.easy_pace", "6:00"))),
]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.rstrip("\n"),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("ana", '"ana"').replace("id", '"id"'),
        PLAIN.replace(",", " , "),
    ],
    ids=["commas", "semicolons", "tabs", "crlf", "cr", "no last line end", "byte order mark", "quotes", "blanks around"],
)
def test_separators_line_ends_and_quotes_are_found_out(tmp_path: Path, content: str | bytes) -> None:
    assert rows_of(written(tmp_path, content)) == ROWS


def test_the_line_with_which_a_spreadsheet_names_its_separator_is_passed_over(tmp_path: Path) -> None:
    found = rows_of(written(tmp_path, "sep=;\n" + PLAIN.replace(",", ";")))
    assert [row.number for row in found] == [3, 4]
    assert [row.id for row in found] == ["ana", "ben"]


def test_the_separator_that_gives_known_columns_wins_over_the_one_there_is_more_of(tmp_path: Path) -> None:
    path = written(tmp_path, "id;start;running.easy_pace;name\nana;2027-01-04;6:40;A, B, C, D, E\n")
    assert rows_of(path)[0].cells[-1] == ("name", "A, B, C, D, E")


def test_empty_rows_and_cells_are_counted_and_passed_over(tmp_path: Path) -> None:
    found = rows_of(written(tmp_path, f"\n{HEADER},name\n\n,,,\n{ANA},\n  \n{BEN},Ben\n"))
    assert [(row.number, row.id, len(row.cells)) for row in found] == [(5, "ana", 3), (7, "ben", 4)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", ["it is empty", "--example"]),
        (" \n\n", ["it is empty"]),
        (f"{HEADER}\n", ["no athlete in it"]),
        (f"{HEADER}\n,,\n", ["no athlete in it"]),
        (PLAIN.replace("easy_pace", "easypace"), ["row 1", '"running.easypace"', "Did you mean `running.easy_pace`?"]),
        (PLAIN.replace("start", "Start"), ['"Start"', "Did you mean `start`?"]),
        (PLAIN.replace("running.easy_pace", "start"), ['"start" twice']),
        (PLAIN.replace("id,", "name,"), ["found no column id"]),
        (PLAIN.encode("utf-16"), ["UTF-16", "UTF-8"]),
        (PLAIN.encode("utf-16-le"), ["NUL bytes in the first line", "UTF-16"]),
        (PLAIN.replace("start", "stärt").encode("latin-1"), ["row 1", "not UTF-8"]),
        (b"PK\x03\x04rest", ["a workbook or a zip", ".xlsx"]),
        ("x" * 2_000_000, ["a first line of more than 1 MB"]),
        ('id,"start\nana,2027-01-04\n', ["row 1", "quotes do not pair up"]),
    ],
)
def test_a_roster_that_is_wrong_as_a_whole_is_refused(tmp_path: Path, content: str | bytes, words: list[str]) -> None:
    path = written(tmp_path, content)
    message = refused(path)
    assert message.startswith(str(path))
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"cara,2027-01-04", ["found 2 cells", "expected 3"]),
        (b"cara,2027-01-04,6:40,7", ["found 4 cells", "Put quotes around"]),
        (b'cara,"2027-01-04,6:40', ["quotes do not pair up"]),
        (b"cara,2027-01-04," + b"6" * 200_000, ["more than 131072 characters"]),
        (b'cara,"2027"-01-04,6:40', ["quotes do not pair up"]),
        (b"cara,2027-01-04,6:40\0", ["NUL bytes"]),
        ("cärä,2027-01-04,6:40".encode("latin-1"), ["not UTF-8", "Save it again"]),
        ("cara,2027-01-04,6:4\u06600".encode("utf-16-le").replace(b"\n", b""), ["NUL bytes"]),
    ],
    ids=["too few cells", "too many cells", "open quote", "long cell", "quote within", "NUL", "latin-1", "UTF-16"],
)
@pytest.mark.parametrize("last", [True, False], ids=["on the last line", "between others"])
def test_a_broken_row_costs_that_row_alone(tmp_path: Path, line: bytes, words: list[str], last: bool) -> None:
    lines = [HEADER.encode(), ANA.encode(), line, BEN.encode()]
    if last:
        lines = [lines[0], lines[1], lines[3], lines[2]]
    path = written(tmp_path, b"\n".join(lines))
    error = row_refused(path, 4 if last else 3)
    assert str(error).startswith(f"{path}, row {4 if last else 3}: ")
    assert error.field == ""
    for word in words:
        assert word in str(error)


def test_a_quote_that_is_never_closed_gives_back_the_lines_that_it_swallowed(tmp_path: Path) -> None:
    names = [f"a{n},2027-01-04,6:40" for n in range(5_000)]
    broken = [*names[:5], 'x,"2027-01-04,6:40', *names[5:]]
    found = rows_of(written(tmp_path, "\n".join([HEADER, *broken])))
    assert [row.number for row in found] == list(range(2, 5_003))
    assert [row.number for row in found if row.error] == [7]


def test_two_open_quotes_that_pair_up_take_in_no_row_between_them(tmp_path: Path) -> None:
    found = rows_of(written(tmp_path, f'{HEADER}\ncara,"\n{ANA}\n{BEN}\ndora,",\n{BEN}\n'))
    assert [(row.number, row.id) for row in found if not row.error] == [(3, "ana"), (4, "ben"), (6, "ben")]
    assert [row.number for row in found if row.error] == [2, 5]


def test_rows_after_a_cell_of_several_lines_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    cara = "cara,2027-01-04"
    found = rows_of(written(tmp_path, f'{HEADER},name\n{ANA},"Ana\nMaria\n"\n\n{BEN},"Ben\n\n"\n{cara}\ndora,"2027\neve,,,\n'))
    assert [(row.number, row.id, bool(row.error)) for row in found] == [
        *((2, "ana", False), (4, "ben", False), (5, "cara", True), (6, "", True), (7, "eve", False)),
    ]
    assert found[0].cells[-1] == ("name", "Ana\nMaria")


def test_a_cell_under_no_column_is_refused_and_an_empty_one_is_not(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADER},\n{ANA},\n{BEN},8\n")
    assert "a column without a name" in str(row_refused(path, 3))


def test_two_hundred_columns_are_read(tmp_path: Path) -> None:
    settings = [f"pillars.own.setting_{n}" for n in range(200)]
    path = written(tmp_path, f"{HEADER},{','.join(settings)}\n{ANA},{','.join(map(str, range(200)))}\n")
    assert athletes_of(path)[0].pillars == {"own": {f"setting_{n}": n for n in range(200)}}


def test_a_long_roster_is_read_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEADER}\n")
        file.writelines(f"a{n},2027-01-04,6:40\n" for n in range(20_000))
    rows = open_roster(path).rows()
    list(itertools.islice(rows, 1000))
    tracemalloc.start()
    try:
        assert sum(1 for _ in rows) == 19_000
        assert tracemalloc.get_traced_memory()[1] < 100_000, "bytes that reading 19,000 rows took at most"
    finally:
        tracemalloc.stop()
