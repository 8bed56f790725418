"""What can be opened as a roster: folders, standard input, and what is refused."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path

import pytest

from planner.athlete_file import read_athlete
from planner.roster.folder_rows import top_of
from planner.roster.recipe import RowError, recipe_of
from planner.roster.sources import open_roster
from tests.roster.reading import ANA, BEN, HEADER, athletes_of, refused, row_refused, rows_of, written

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
LEAST = 'start = 2027-01-04\n[running]\neasy_pace = "6:40"\n'


def given(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_a_folder_holds_the_athletes_of_its_files_in_the_order_of_their_names() -> None:
    paths = sorted(EXAMPLES.glob("*.toml"))
    assert [(row.number, row.id, row.file) for row in rows_of(EXAMPLES)] == [(n, p.stem, str(p)) for n, p in enumerate(paths, 1)]
    assert athletes_of(EXAMPLES) == [read_athlete(path) for path in paths]


def test_a_folders_id_is_the_one_in_the_file(tmp_path: Path) -> None:
    texts = {
        "a.toml": f'id = "zoe"\n{LEAST}',
        "b.toml": f"# id = 'no'\n{LEAST}",
        "c.toml": f"\ufeff\"id\" = 'cee'\r\n{LEAST}",
        "d.toml": LEAST.replace("[running]", "[running] # id = 'no'"),
        "e.toml": f'log = "nobody.csv"\nid = "\\u0065ve"\n{LEAST}',
    }
    for name, text in texts.items():
        written(tmp_path, text, name)
    assert [row.id for row in rows_of(tmp_path)] == ["zoe", "b", "cee", "d", "eve"]
    assert [athlete.id for athlete in athletes_of(tmp_path)] == ["zoe", "b", "cee", "d", "eve"]


def test_an_id_that_changes_under_way_is_refused_as_nobody_compared_it(tmp_path: Path) -> None:
    path = written(tmp_path, f'id = "ana"\n{LEAST}', "a.toml")
    roster = open_roster(tmp_path)
    (row,) = roster.rows()
    written(tmp_path, f'id = "ben"\n{LEAST}', "a.toml")
    with pytest.raises(RowError, match=f'{path}: id: found "ben"; expected "ana"'):
        recipe_of(roster, tmp_path).athlete(row)


def test_the_top_of_a_file_is_read_as_all_of_it_would_be() -> None:
    assert top_of(b"name = '''\nid = 'no'\n[x\n'''\nweeks = 3\n[knee]\nid = 'no'\n") == top_of(
        b"name = '''\nid = 'no'\n[x\n'''\nweeks = 3\n"
    ) | {"knee": {"id": "no"}}
    assert top_of(b"id = 'ana'\n[knee]\nthis is never looked at") == {"id": "ana"}
    assert top_of(b"id = ana") == top_of(b"\xff") == top_of(b"") == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LEAST.replace("6:40", "6:4ö").encode("latin-1"), ["line 3", "not UTF-8"]),
        (b"start = \n", ["line 1"]),
        (b"x" * 1_000_001, ["larger than 1 MB"]),
        (LEAST.replace("6:40", "6:75").encode(), ["running.easy_pace", "6:75", "in quotes"]),
        (b'name = "mine"\n[[levels]]\nrun_s = 60\n', ["this is a programme", "programmes/mine.toml"]),
        (b"\0", ["line 1"]),
    ],
)
def test_a_file_that_is_wrong_costs_that_athlete(tmp_path: Path, content: bytes, words: list[str]) -> None:
    written(tmp_path, LEAST, "ana.toml")
    path = written(tmp_path, content, "ben.toml")
    message = str(row_refused(tmp_path, 2))
    assert message.startswith(str(path))
    assert message.count(str(path)) == 1
    for word in words:
        assert word in message


def test_a_folder_is_not_gone_into_and_links_do_not_lead_in_circles(tmp_path: Path) -> None:
    written(tmp_path, LEAST, "ana.toml")
    written(tmp_path, LEAST, ".hidden.toml")
    written(tmp_path, "", "notes.txt")
    (tmp_path / "inner").mkdir()
    written(tmp_path / "inner", LEAST, "ben.toml")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "round.toml").symlink_to(tmp_path)
    (tmp_path / "inner" / "round").symlink_to(tmp_path)
    assert [row.id for row in rows_of(tmp_path)] == ["ana"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_links_to_nowhere_and_pipes_are_rows_that_say_so(tmp_path: Path) -> None:
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    written(tmp_path, LEAST, "ana.toml")
    assert "there is no such file" in str(row_refused(tmp_path, 2))
    (tmp_path / "gone.toml").unlink()
    os.mkfifo(tmp_path / "pipe.toml")
    assert "not an ordinary file" in str(row_refused(tmp_path, 2))
    roster = open_roster(tmp_path)
    assert all(recipe_of(roster, tmp_path).digest(row) for row in roster.rows())


def test_a_folder_without_athletes_is_refused(tmp_path: Path) -> None:
    assert "no athlete file in this folder" in refused(tmp_path)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ana.toml", ["planner make"]),
        ("group.xls", ["Save it as .xlsx or CSV."]),
        ("group.json", [".jsonl"]),
        ("group", ["no ending", "planner batch - <"]),
        ("group.pdf", ['".pdf"']),
    ],
)
def test_another_kind_of_file_is_refused_with_a_way_out(tmp_path: Path, name: str, words: list[str]) -> None:
    message = refused(written(tmp_path, LEAST, name))
    for word in words:
        assert word in message


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "there is no such file or folder" in refused(tmp_path / "group.csv")
    assert "group" in refused(Path("group\0.csv"))


LINES = '\n{"id": "ana", "start": "2027-01-04", "running.easy_pace": "6:40"}\n'
LINES += '{"id": "ben", "start": "2027-01-04", "running.easy_pace": "6:00"}\n'


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{ANA}\n{BEN}\n",
        f"\ufeff{HEADER}\n{ANA}\n{BEN}\n".replace(",", ";"),
        LINES,
    ],
    ids=["CSV", "CSV with a byte order mark", "JSON lines"],
)
def test_standard_input_is_csv_or_json_lines(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    given(monkeypatch, content.encode())
    roster = open_roster(Path("-"))
    recipe = recipe_of(roster, Path("-"))
    for _ in range(2):
        assert [recipe.athlete(row).running.easy_pace for row in roster.rows()] == [400, 360]
    assert roster.name == "standard input"
    assert recipe.folder == Path.cwd()


def test_standard_input_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    given(monkeypatch, f"{HEADER}\n{ANA}\n".encode())
    roster = open_roster(Path("-"))
    assert len(list(tmp_path.iterdir())) == 1
    del roster
    gc.collect()
    assert not list(tmp_path.iterdir())
    given(monkeypatch, b"")
    assert refused(Path("-")).startswith("standard input: it is empty")
    assert not list(tmp_path.iterdir())
