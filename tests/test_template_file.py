"""An own programme file: its accepted values, and the message for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.athlete_file import read_template, template_path
from planner.errors import InputError

TEMPLATE = 'name = "mine"\ntitle = "Mine"\nkind = "ladder"\nsummary = "For me."\nsource = "Me."\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_programme_of_ones_own_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, TEMPLATE + "[[levels]]\nrun_s = 60\nwalk_s = 60\nreps = 5\n[[levels]]\nrun_s = 600\n")
    template = read_template(path)
    assert [level.total_s for level in template.levels] == [300, 600]
    assert template.run_gap_days == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEMPLATE, ["levels", "missing"]),
        (TEMPLATE + "[[levels]]\nrun_s = 5\n", ["levels[1].run_s", "found 5", "from 15 to 14400 s"]),
        (TEMPLATE + "[[levels]]\nrun = 5\n", ["levels[1].run", "Did you mean `run_s`?"]),
        (TEMPLATE + "[[levels]]\nrun_s = 60\nreps = 3\n", ["levels[1].walk_s", "3 repetitions without a walk"]),
        (TEMPLATE + "[[levels]]\nrun_s = 15\nwalk_s = 1800\nreps = 60\n", ["levels[1].walk_s", "found 1800", "at most 150"]),
        (
            TEMPLATE + "[[levels]]\nrun_s = 14400\nwalk_s = 60\nreps = 60\n",
            ["levels[1].reps", "found 60", "at most 1: a session of 6 hours"],
        ),
        (TEMPLATE.replace("mine", "Mine!"), ["name", "small letters"]),
        (TEMPLATE.replace("ladder", "stairs"), ["kind", "one of ladder, continuous"]),
        (TEMPLATE + "rpe = 5\n[[levels]]\nrun_s = 60\n", ["rpe", "at most 4"]),
        (TEMPLATE + "run_gap_days = 1\n[[levels]]\nrun_s = 60\n", ["run_gap_days"]),
        (TEMPLATE + "runs_per_week = 5\n[[levels]]\nrun_s = 60\n", ["runs_per_week", "found 5", "most_runs_per_week (3)"]),
        (TEMPLATE.replace('source = "Me."\n', ""), ["source", "missing", "where it comes from"]),
        ("name = \n", ["line 1"]),
    ],
)
def test_a_mistake_in_a_programme_is_named(tmp_path: Path, text: str, words: list[str]) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_template(path)
    assert str(caught.value).startswith(str(path))
    for word in words:
        assert word in str(caught.value)


def test_a_template_with_an_ending_or_a_slash_is_a_file_beside_the_athletes(tmp_path: Path) -> None:
    assert template_path("walk-run", tmp_path) is None
    assert template_path("mine.toml", tmp_path) == tmp_path / "mine.toml"
    assert template_path("own/mine.toml", tmp_path) == tmp_path / "own" / "mine.toml"
