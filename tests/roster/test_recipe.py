"""From rows to athletes: group defaults, start and shift, the message for each mistake, and what a digest depends on."""

from __future__ import annotations

import os
import pickle
from datetime import date
from pathlib import Path

import pytest

from planner.athlete import Absence
from planner.roster.ids import Ids
from planner.roster.recipe import Recipe, recipe_of
from planner.roster.sources import open_roster
from tests.roster.reading import ANA, HEADER, athletes_of, refused, row_refused, written

BASE = """\
start = 2027-02-01
weeks = 10
[running]
walk_pace = "11:00"
goal_minutes = 40
[[shoes]]
name = "any"
[pillars.own]
a = 1
b = 2
"""
TEMPLATE = 'name = "mine"\ntitle = "Mine"\nkind = "ladder"\nsummary = "For me."\nsource = "Me."\n[[levels]]\nrun_s = 60\n'


def base(folder: Path, text: str = BASE) -> Path:
    inner = folder / "group"
    inner.mkdir(exist_ok=True)
    return written(inner, text, "base.toml")


def test_defaults_fill_what_rows_leave_out_and_nothing_else(tmp_path: Path) -> None:
    columns = "id,weeks,running.easy_pace,shoes.1.name,pillars.own.b,running.goal_week_km,start"
    path = written(tmp_path, f"{columns}\nana,,6:40,,,,\nben,12,6:40,blue,7,20,2027-03-01\n")
    ana, ben = athletes_of(path, defaults=base(tmp_path))
    assert (ana.start, ana.weeks, ana.running.walk_pace, ana.running.goal_minutes) == (date(2027, 2, 1), 10, 660, 40)
    assert (ben.start, ben.weeks, ben.running.walk_pace) == (date(2027, 3, 1), 12, 660)
    assert (ana.shoes[0].name, [pair.name for pair in ben.shoes]) == ("any", ["blue"]), "shoes are one list"
    assert (ana.pillars, ben.pillars) == ({"own": {"a": 1, "b": 2}}, {"own": {"a": 1, "b": 7}})
    assert (ben.running.goal_minutes, ben.running.goal_week_km) == (None, 20), "a row's goal is the only one"


def test_defaults_fill_athlete_files_too(tmp_path: Path) -> None:
    folder = tmp_path / "athletes"
    folder.mkdir()
    written(folder, '[running]\neasy_pace = "6:40"\n', "ana.toml")
    (ana,) = athletes_of(folder, defaults=base(tmp_path))
    assert (ana.id, ana.weeks, ana.start) == ("ana", 10, date(2027, 2, 1))
    assert "among the athlete files" in refused(folder, defaults=written(folder, BASE, "base.toml"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[screening]\nred_flags = []\n", ["screening", "answered by each athlete alone", "Give it in the rows."]),
        ("[knee]\npain_stairs = 0\n", ["knee", "answered by each athlete alone"]),
        ("[clearance]\nby = 'x'\n", ["clearance", "one athlete, not a group"]),
        ("guardian_ok = true\n", ["guardian_ok", "consent"]),
        ("birth_year = 1990\n", ["birth_year"]),
        ("id = 'x'\n", ["id belongs to one athlete"]),
        ("name = 'x'\n", ["a name belongs to one athlete"]),
        ("weaks = 3\n", ['"weaks"', "Did you mean `weeks`?"]),
        ("weeks = 99\n", ["weeks", "found 99", "from 1 to 52"]),
        ("[running]\nwalk_pace = 'slow'\n", ["running.walk_pace", "slow"]),
        ("weeks = \n", ["line 1"]),
    ],
)
def test_defaults_that_no_group_has_are_refused(tmp_path: Path, text: str, words: list[str]) -> None:
    path = base(tmp_path, text)
    message = refused(written(tmp_path, f"{HEADER}\n{ANA}\n"), defaults=path)
    assert message.startswith(str(path))
    for word in words:
        assert word in message


def test_start_is_set_for_all_and_shift_moves_it_and_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADER},availability.away,running.last_run\n{ANA},2027-02-08,2026-12-20\nben,,6:00,,\n")
    assert [a.start for a in athletes_of(path, start=date(2027, 1, 11))] == [date(2027, 1, 11)] * 2
    ana, ben = athletes_of(path, start=date(2027, 1, 11), shift_days=-7)
    assert (ana.start, ben.start) == (date(2027, 1, 4), date(2027, 1, 4))
    assert ana.availability.away == (Absence(first=date(2027, 2, 8), last=date(2027, 2, 8)),)
    assert ana.running.last_run == date(2026, 12, 20)
    path = written(tmp_path, f"{HEADER}\n{ANA}\n")
    assert athletes_of(path, shift_days=14)[0].start == date(2027, 1, 18)
    assert "a shift of 9999999 days" in str(row_refused(path, 2, shift_days=9_999_999))


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("running.walk_pace", "6.75", ['found "6.75"', "minutes and seconds per kilometre, like"]),
        ("timezone", "Europe/Berln", ['found "Europe/Berln"', "Did you mean `Europe/Berlin`?"]),
        ("knee.side", "middle", ['found "middle"', "one of left, right, both"]),
        ("knee.pain_stairs", "11", ["found 11", "from 0 to 10"]),
        ("knee.sore_with", "stairs|sofa", ['found "sofa"', "one of squat"]),
        ("running.last_run", "2027-01-04", ["found 2027-01-04", "a day before the start"]),
        ("availability.mon", "08:00-07:00", ["ends before it starts"]),
        ("progression.growth", "0.2", ["found 0.2", "from 0 to 0.10"]),
        ("shoes.3.used_km", "5", ["shoes.3.name: missing"]),
        ("running.longest_run_mi", "3", ["a distance in miles in a row with units km", "running.longest_run_km"]),
        ("name", "x" * 101, ["found 101 characters"]),
        ("clearance.by", "me", ["clearance.date: missing"]),
        ("pillars.x.y", "[x]", ["a list"]),
    ],
)
def test_a_wrong_cell_costs_its_row_and_is_named_by_row_and_column(tmp_path: Path, column: str, cell: str, words: list[str]) -> None:
    lines = [f"{HEADER.replace(',', ';')};{column}", f"{ANA.replace(',', ';')};{cell}", "ben;2027-01-04;6:40;"]
    path = written(tmp_path, "\n".join(lines))
    error = row_refused(path, 2)
    assert str(error).startswith(f"{path}, row 2, column ")
    assert error.field.startswith(column.rpartition(".")[0])
    for word in words:
        assert word in str(error)
    assert "quotes" not in str(error)
    assert " line" not in error.advice


def test_two_goals_in_a_row_are_refused_without_a_word_of_lines(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADER},running.goal_minutes,running.goal_week_km\n{ANA},30,20\n")
    assert str(row_refused(path, 2)).endswith("row 2, running: both goal_minutes and goal_week_km; expected one goal.")


@pytest.mark.parametrize("given", ["../x", "CON", "x" * 300, "ana\U0001f3c3", "a/b", ".x", "x.", "a b", "nul.txt", "", "Report", "summary"])
def test_an_id_that_is_no_safe_file_name_is_refused(tmp_path: Path, given: str) -> None:
    error = row_refused(written(tmp_path, f"{HEADER}\n{ANA}\n{given},2027-01-04,6:40\n"), 3)
    assert error.field == "id"
    assert ("missing" if not given else "found") in str(error)
    assert len(str(error)) < 400 + len(str(tmp_path))


def test_what_every_row_needs_is_asked_for(tmp_path: Path) -> None:
    assert "column start: missing" in str(row_refused(written(tmp_path, "id,running.easy_pace\nana,6:40\n"), 2))
    assert "column running.easy_pace: missing" in str(row_refused(written(tmp_path, "id,start\nana,2027-01-04\n"), 2))


def test_miles_are_said_by_the_row_or_by_the_defaults_but_not_by_both_in_two_ways(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADER},units,running.longest_run_mi\n{ANA.replace('6:40', '10:00')},mi,1.5\n")
    assert str(athletes_of(path)[0].running.longest_run_km) == "2.4140160"
    assert "the defaults hold paces or distances" in str(row_refused(path, 2, defaults=base(tmp_path)))
    assert athletes_of(path, defaults=base(tmp_path, "weeks = 10\n"))[0].weeks == 10
    path = written(tmp_path, f"{HEADER},running.longest_run_mi\n{ANA.replace('6:40', '10:00')},1.5\n")
    assert athletes_of(path, defaults=base(tmp_path, 'units = "mi"\n'))[0].miles


def digests(recipe: Recipe, path: Path) -> list[str]:
    return [recipe.digest(row) for row in open_roster(path).rows()]


def recipe_for(path: Path, **group: object) -> Recipe:
    recipe = recipe_of(open_roster(path), path, **group)  # type: ignore[arg-type]
    copy: Recipe = pickle.loads(pickle.dumps(recipe))  # noqa: S301  (our own bytes)
    assert copy == recipe
    return copy


def test_a_digest_changes_with_all_that_the_athlete_depends_on_and_with_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADER}\n{ANA}\nben,2027-01-04,6:00\n")
    first = digests(recipe_for(path), path)
    assert digests(recipe_for(path), path) == first
    written(tmp_path, f"{HEADER}\n\nben,2027-01-04,6:00\n{ANA}\n")
    assert digests(recipe_for(path), path) == first[::-1], "not with the row's number"
    written(tmp_path, f"{HEADER}\n{ANA}\nben,2027-01-04,6:01\n")
    second = digests(recipe_for(path), path)
    assert (second[0] == first[0], second[1] == first[1]) == (True, False), "with a cell"
    others = [
        recipe_for(path, start=date(2027, 1, 4)),
        recipe_for(path, shift_days=1),
        recipe_for(path, defaults=base(tmp_path)),
        recipe_for(path, defaults=base(tmp_path, BASE.replace("b = 2", "b = 3"))),
    ]
    found = [second, *(digests(other, path) for other in others)]
    assert len({each[0] for each in found}) == len(found), "with start, shift and defaults"


def test_a_digest_changes_with_the_programme_and_the_log_that_a_row_names(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    path = written(tmp_path, f"{HEADER},template,log\n{ANA},own/mine.toml,log.csv\n")
    seen = [digests(recipe_for(path), path)]
    for name, text in [("mine.toml", TEMPLATE), ("mine.toml", TEMPLATE.replace("60", "90")), ("../log.csv", "date\n")]:
        os.utime(written(tmp_path / "own", text, name), ns=(len(seen), len(seen)))
        seen.append(digests(recipe_for(path), path))
    assert len({each[0] for each in seen}) == 4


def test_a_digest_of_a_file_changes_with_its_bytes_and_its_programme(tmp_path: Path) -> None:
    programme = tmp_path / "own"
    programme.mkdir()
    text = 'start = 2027-01-04\ntemplate = "own/mine.toml"\n[running]\neasy_pace = "6:40"\n'
    written(tmp_path, text, "ana.toml")
    seen = [digests(recipe_for(tmp_path), tmp_path)]
    written(tmp_path, text + "# more\n", "ana.toml")
    seen.append(digests(recipe_for(tmp_path), tmp_path))
    written(programme, TEMPLATE, "mine.toml")
    seen.append(digests(recipe_for(tmp_path), tmp_path))
    assert len({each[0] for each in seen}) == 3


def test_an_id_that_stands_in_several_rows_is_found_in_each_whatever_its_letter_case(tmp_path: Path) -> None:
    lines = [HEADER, ANA, "ben,2027-01-04,6:40", ANA.replace("ana", "Ana"), "x", ANA, "cara,2027-01-04,6:40", ",2027-01-04,6:40", ",,6:40"]
    roster = open_roster(written(tmp_path, "\n".join(lines)))
    recipe = recipe_of(roster, tmp_path)
    with Ids(roster) as ids:
        assert (ids.rows, ids.repeated) == (8, 3)
        assert [ids.others(row) for row in roster.rows()] == [("4", "6"), (), ("2", "6"), (), ("2", "4"), (), (), ()]
        row = next(iter(roster.rows()))
        error = recipe.repeated(row, ids.others(row))
        assert "row 2, column id" in str(error)
        assert 'found "ana", which rows 4 and 6 have too' in str(error)
        assert error.field == "id"


def test_an_id_in_several_files_names_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "athletes"
    folder.mkdir()
    for name, given in (("a", "Dan"), ("b", "ben"), ("dan", "dan"), ("z", "dan")):
        written(folder, f'id = "{given}"\nstart = 2027-01-04\n[running]\neasy_pace = "6:40"\n', f"{name}.toml")
    roster = open_roster(folder)
    recipe = recipe_of(roster, folder)
    with Ids(roster) as ids:
        told = [str(recipe.repeated(row, ids.others(row))) for row in roster.rows() if ids.others(row)]
    assert [message.partition(";")[0] for message in told] == [
        f'{folder}/a.toml: id: found "Dan", which {folder}/dan.toml and {folder}/z.toml have too',
        f'{folder}/dan.toml: id: found "dan", which {folder}/a.toml and {folder}/z.toml have too',
        f'{folder}/z.toml: id: found "dan", which {folder}/a.toml and {folder}/dan.toml have too',
    ]


def test_ids_of_many_rows_are_looked_through_without_keeping_them(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEADER}\n")
        file.writelines(f"a{n % 29_999},2027-01-04,6:40\n" for n in range(30_000))
    roster = open_roster(path)
    with Ids(roster) as ids:
        assert ids.repeated == 2
        assert [ids.others(row) for row in roster.rows() if ids.others(row)] == [("30001",), ("2",)]
