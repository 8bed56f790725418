"""Reads small hand-written TOML files, with error messages for people who do not know TOML."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path

from planner.atomic_file import read_whole
from planner.errors import InputError
from planner.formatting import cut
from planner.text_decoding import BOM, decode_utf8

MOST_BYTES = 1_000_000
_PLACE = r" ?\(at (?:line (\d+), column \d+|end of document)\)$"
_HINTS: tuple[tuple[str, str], ...] = (
    ("[“”„‘’«»]", 'Use the straight quotes " at both ends.'),
    (r"=\s*\[?\s*\d{1,2}:\d\d", 'Put times and paces in quotes, like "6:40".'),
    (r"=\s*\d+,\d", "Write decimals with a point, like 4.5."),
    (r"=\s*(#.*)?$", "There is nothing after the equals sign; give a value or put # in front of the line."),
    (r"=\s*(?!true\b|false\b|nan\b|inf\b)[^\W\d]", 'Put text in quotes, like name = "Ana".'),
    (r"\\", r"A backslash has a meaning of its own here; write paths with /."),
    (r"^[^=\[]*$", "Every line is `key = value`, a [heading], or a comment that starts with #."),
)


def read_toml(path: Path) -> dict[str, object]:
    """The tables of a TOML file; numbers with a fraction become exact decimals.

    Raises `InputError` for a file that is missing, a folder, over 1 MB, not UTF-8, or not TOML (with the line).
    """
    raw = read_whole(path, most=MOST_BYTES, expected="a TOML file of at most 1 MB")
    text = decode_utf8(raw, str(path)).removeprefix(BOM)
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError:
        raise InputError(str(path), "brackets inside brackets, too many to follow", "at most a few levels") from None
    except (ValueError, ArithmeticError) as error:
        raise _unreadable(path, text, error) from None


def _unreadable(path: Path, text: str, error: Exception) -> InputError:
    """The error for a syntax error: its line, the text there, and the most likely mistake."""
    problem = str(error)
    place = re.search(_PLACE, problem)
    problem = re.sub(_PLACE, "", problem)
    problem = problem[:1].lower() + problem[1:]
    if place is None or place[1] is None:
        found = f"the end of the file, too early ({problem})" if place else f"a value that cannot be read ({problem})"
        return InputError(str(path), found, "closed brackets and quotes" if place else "ordinary numbers and dates")
    lines = text.split("\n")
    number = min(int(place[1]), len(lines))
    line = lines[number - 1].strip()
    return InputError(f"{path}, line {number}", f"found `{cut(line)}` ({problem})", "`key = value`", _hint(line, problem))


def _hint(line: str, problem: str) -> str:
    if "overwrite" in problem or "twice" in problem or "already" in problem:
        return "The same key or heading is in the file twice; keep one of them."
    if "date" in problem:
        return "There is no such date or time; dates look like 2027-01-04."
    return next((advice for pattern, advice in _HINTS if re.search(pattern, line)), "")
