"""Whatever a roster holds, errors are sentences and never tracebacks, and valid rows are read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import InputError
from planner.roster.ids import Ids
from planner.roster.recipe import RowError, recipe_of
from planner.roster.sources import open_roster
from tests.roster.reading import HEADER, written

SCRAPS = st.sampled_from(
    [
        *'",;|\t\r\n\0\\{}[]:=#.',
        "\ufeff",
        "\u2028",
        "\x85",
        "\xe4",
        "\ud83c",
        "id",
        "ana",
        "start",
        "2027-01-04",
        "running",
        "none",
        '"id"',
        "9" * 5000,
    ]
)
TEXTS = st.lists(SCRAPS | st.text(max_size=4), max_size=30).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))
JUNK = st.text(alphabet=st.characters(exclude_characters='"\n\r', exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".xlsx", ".toml"])
@given(content=TEXTS | st.binary(max_size=60), header=st.booleans())
@settings(max_examples=150)
def test_whatever_stands_in_a_roster_is_answered_with_sentences(ending: str, content: bytes, header: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), (f"{HEADER}\n".encode() if header and ending == ".csv" else b"") + content, f"group{ending}")
        place = Path(folder) if ending == ".toml" else path
        message = refusal_of(place)
        assert not message or message.startswith(str(place))


def refusal_of(place: Path) -> str:
    """What is said of a roster as a whole, or "" once every row was an athlete or a sentence."""
    try:
        roster = open_roster(place)
        recipe = recipe_of(roster, place)
        with Ids(roster) as ids:
            for row in roster.rows():
                assert len(recipe.digest(row)) == 32
                assert (row.file or str(row.number)) not in ids.others(row)
                try:
                    assert recipe.athlete(row).id == row.id
                except RowError as error:
                    str(error).encode()
    except InputError as error:
        return str(error)
    return ""


@given(junk=st.lists(JUNK | JUNK.map('{}"'.format) | JUNK.map('x,"{}'.format), max_size=6), at=st.integers(0, 6))
@settings(max_examples=150)
def test_good_rows_are_read_among_any_others(junk: list[str], at: int) -> None:
    lines = [*junk[:at], "good,2027-01-04,6:40", *junk[at:], "better,2027-01-04,6:40"]
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), "\n".join([HEADER, *lines]))
        found = {row.id: row.number for row in open_roster(path).rows() if not row.error}
    # Junk of two lines whose quotes happen to pair up is one row, as in a spreadsheet.
    assert 2 <= found["good"] <= 2 + min(at, len(junk))
    assert found["good"] < found["better"] <= 1 + len(lines)
