"""Numbers of thousands of digits, which TOML can write in hex but Python does not print, are refused in words everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from planner.athlete import Athlete
from planner.athlete_file import BLOCKS, TABLES, read_athlete, read_template
from planner.errors import InputError
from planner.programme import Level, Template

if TYPE_CHECKING:
    from pathlib import Path

HUGE = f"0x{'f' * 5000}"
VALUES = (HUGE, f"[{HUGE}]", f"-{'9' * 5000}.5")
RUNNING = '[running]\neasy_pace = "6:40"\n'
WHOLE = {
    "": "",
    "running": RUNNING,
    "shoes": '[[shoes]]\nname = "blue"\n',
    "commitments": '[[commitments]]\nname = "Club run"\nkm = 5\non = "tue"\n',
    "override": '[[override]]\ndate = 2027-01-05\nsession = "progression/run#1"\nby = "Dr Roth"\ndrop = true\n',
    "clearance": '[clearance]\nby = "Dr Roth"\ndate = 2027-01-03\n',
}
"""The least that stands under a heading."""


def keys(cls: type[attrs.AttrsInstance]) -> list[str]:
    names = [field.name.rstrip("_") for field in attrs.fields(cls)]
    return names + [f"{name[:-2]}mi" for name in names if name.endswith("km")]


PLACES = [("", key) for key in keys(Athlete) if key not in TABLES and key not in BLOCKS and key != "pillars"]
PLACES += [(heading, key) for heading, cls in {**TABLES, **BLOCKS}.items() for key in keys(cls)]


def with_value(heading: str, key: str, value: str) -> str:
    """The least athlete file that has this value, counted in miles where the key is."""
    top = f"start = 2027-01-04\nunits = '{'mi' if key.endswith('mi') else 'km'}'\n"
    if not heading:
        return f"{_given(top, key, value)}{RUNNING}"
    under = _given(WHOLE.get(heading, f"[{heading}]\n"), key, value)
    return f"{top}{'' if heading == 'running' else RUNNING}{under}"


def _given(lines: str, key: str, value: str) -> str:
    """Lines with this value for the key, in the place of the one that they had."""
    same = (key, f"{key[:-2]}km" if key.endswith("mi") else key)
    return "".join(line for line in lines.splitlines(keepends=True) if line.split(" = ")[0] not in same) + f"{key} = {value}\n"


@pytest.mark.parametrize(("heading", "key"), PLACES)
def test_no_key_of_an_athlete_file_takes_it(tmp_path: Path, heading: str, key: str) -> None:
    path = tmp_path / "ana.toml"
    for value in VALUES:
        path.write_text(with_value(heading, key, value), encoding="utf-8")
        with pytest.raises(InputError) as refused:
            read_athlete(path)
        message = str(refused.value).removeprefix(str(path))
        assert f"{key}: found" in message or f"{key}[1]: found" in message
        assert len(message) < 300


@pytest.mark.parametrize("heading", [*TABLES, *BLOCKS, "pillars", "pillars.footwear"])
def test_it_is_no_table(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "ana.toml"
    path.write_text(f"{heading} = {HUGE}\nstart = 2027-01-04\n{'' if heading == 'running' else RUNNING}", encoding="utf-8")
    with pytest.raises(InputError, match="found a number of very many digits"):
        read_athlete(path)


@pytest.mark.parametrize("key", keys(Template))
def test_no_key_of_a_programme_takes_it(tmp_path: Path, key: str) -> None:
    path = tmp_path / "own.toml"
    words = {"name": '"own"', "title": '"Own"', "summary": '"Own"', "source": '"me"', "kind": '"continuous"', key: HUGE}
    path.write_text("\n".join(f"{name} = {value}" for name, value in words.items()), encoding="utf-8")
    with pytest.raises(InputError, match=f"{key}: found a number of very many digits"):
        read_template(path)


@pytest.mark.parametrize("key", keys(Level))
def test_no_level_takes_it(tmp_path: Path, key: str) -> None:
    path = tmp_path / "own.toml"
    level = "\n".join(f"{name} = {value}" for name, value in {"run_s": "60", key: HUGE}.items())
    words = 'name = "own"\ntitle = "Own"\nsummary = "Own"\nsource = "me"\nkind = "ladder"\n[[levels]]\n'
    path.write_text(words + level, encoding="utf-8")
    with pytest.raises(InputError, match=f"{key}: found a number of very many digits"):
        read_template(path)
