"""Rosters in JSON lines: one object per line, nested like an athlete file or with dots in its keys.

Fractions are read as exact decimals; dates are text such as "2027-01-04".
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn, cast

from planner.errors import InputError
from planner.formatting import written
from planner.roster.columns import flattened
from planner.roster.csv_rows import NOT_UTF8
from planner.roster.rows import Row
from planner.roster.text_file import NOBODY, beginning, not_opened
from planner.text_decoding import BOM_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.roster.columns import Table
    from planner.settings import Plain


EXPECTED = "an object for each athlete on a line of its own"
_EXAMPLE = 'For instance: {"id": "ana", "start": "2027-01-04", "running": {"easy_pace": "6:40"}}'


class JsonRoster:
    """A roster in a file of JSON lines."""

    def __init__(self, path: Path, name: str) -> None:
        """Check the beginning of the file. Raises `InputError` if it is not text or is one JSON list."""
        self.name, self._path = name, path
        if beginning(path, name, EXPECTED, _EXAMPLE).lstrip().startswith(b"["):
            advice = "`jq -c '.[]'` makes lines of a list."
            raise InputError(name, "this is a JSON list", "JSON lines: an object for each athlete on a line of its own", advice)

    def rows(self) -> Iterator[Row]:
        """Yield every row in order; empty lines are counted but skipped. Raises `InputError` if there are no rows or the file cannot be
        opened.
        """
        found = False
        try:
            with self._path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    if line.strip(b" \t\r\n" if number > 1 else b" \t\r\n" + BOM_BYTES):
                        found = True
                        yield self._row(number, line.removeprefix(BOM_BYTES) if number == 1 else line)
        except OSError as error:
            raise not_opened(self.name, error) from None
        if not found:
            raise InputError(self.name, NOBODY, EXPECTED)

    def _row(self, number: int, line: bytes) -> Row:
        try:
            data = json.loads(line.decode(), parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_table)
        except UnicodeDecodeError:
            return Row(number, "", error=NOT_UTF8)
        except RecursionError:
            return Row(number, "", error="brackets inside brackets, too many to follow; expected at most a few levels")
        except (ValueError, ArithmeticError) as error:
            return Row(number, "", error=f'this line is not JSON ({_reason(error)}); expected an object like {{"id": "ana", ...}}')
        if b"\\u" in line and not _whole(data):
            return Row(number, "", error="it has half a character in it; expected both halves, or the character itself")
        if not isinstance(data, dict):
            return Row(number, "", error=f'found {written(data)}; expected an object like {{"id": "ana", ...}}')
        cells = tuple((name, value) for name, value in flattened(cast("Table", data)) if value is not None and value != "")
        given = data.get("id")
        return Row(number, str(given).strip() if isinstance(given, (str, int)) else "", cells)


def _table(pairs: list[tuple[str, Plain]]) -> Table:
    """Build a JSON object. Raises `ValueError` for a repeated key, since the intended value is unknown."""
    table = dict(pairs)
    if len(table) != len(pairs):
        twice = next(key for number, (key, _) in enumerate(pairs) if key in dict(pairs[:number]))
        raise ValueError(f"the key {written(twice)} is in it twice")
    return table


def _whole(data: object) -> bool:
    """Whether all text can be encoded in UTF-8: JSON can escape a lone surrogate."""
    try:
        json.dumps(data, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1}"
    return "a number of very many digits" if "digits" in str(error) else str(error) or "a number out of bounds"
