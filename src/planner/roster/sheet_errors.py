"""Finds errors in a workbook's first sheet (`#REF!`, `#N/A`) and formulas without a stored result, as programs write them: python-calamine
returns both as empty cells, which would count as "not answered".

Reads the sheet's XML as a stream, so memory holds only the errors. A document type is refused, as it could define exponentially growing
entities.
"""

from __future__ import annotations

import posixpath
import re
from typing import IO, TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  (a class despite its lower-case name)

from planner.digits import whole_number
from planner.errors import InputError
from planner.roster.text_file import not_opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

BOOK = "xl/workbook.xml"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
NO_RESULT = "a formula without a stored result"
_ERROR = re.compile(r"#[A-Z0-9_/!?]{1,20}")


class _Cells:
    """Collects the first error of each row while the sheet's XML is parsed."""

    def __init__(self) -> None:
        self.found: dict[int, tuple[int, str]] = {}
        self._row = self._column = 0
        self._wrong = self._inside = self._text = self._waits = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element. A row or cell without a position follows the one before."""
        if name == "c":
            self.close()
            self._text = attributes.get("t") == "str"
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._row, self._column = (int(place[2]), _number(place[1])) if place else (self._row, self._column + 1)
            self._wrong = attributes.get("t") == "e" and self._row not in self.found
            if self._wrong:
                self.found[self._row] = (self._column - 1, "an error")
        elif name == "row":
            self.close()
            said = attributes.get("r", "")
            number = whole_number(said)
            self._row, self._column = self._row + 1 if number is None else number, 0
        elif name == "f":
            self._waits = not self._text  # the result of a text formula may be empty
        self._inside = name == "v"

    def close(self) -> None:
        """Finish a cell: a formula still waiting for its result has none."""
        if self._waits and self._row not in self.found:
            self.found[self._row] = (self._column - 1, NO_RESULT)
        self._waits = False

    def text(self, data: str) -> None:
        """Handle text in an element: a formula's result, or the name of an error."""
        self._waits = self._waits and not (self._inside and data.strip())
        if self._inside and self._wrong and _ERROR.fullmatch(data):
            self.found[self._row] = (self._column - 1, data)


def errors_of(path: Path, name: str) -> Mapping[int, tuple[int, str]]:
    """Return the first error or formula without a result of each row that has one: {row number: (column counted from 0, what it is)}.

    Raises `InputError`, with `name` for the workbook, if its first sheet cannot be found or read.
    """
    cells = _Cells()
    try:
        with ZipFile(path) as book, _part(book, _first_sheet(book)) as sheet:
            _read(sheet, cells.start, cells.text)
            cells.close()
    except OSError as error:
        raise not_opened(name, error) from None
    except (LookupError, BadZipFile, ZlibError, ExpatError, EOFError, RuntimeError, ValueError) as error:
        found = f"its first sheet cannot be looked through ({' '.join(str(error).split())[:80]})"
        raise InputError(name, found, "an .xlsx file", "Save it as .xlsx or CSV again.") from None
    return cells.found


def _first_sheet(book: ZipFile) -> str:
    """Return the name of the part with the first sheet. Raises `KeyError` if the workbook does not name one."""
    sheets: list[str] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            sheets.extend(value for key, value in attributes.items() if key.endswith("/relationships id"))

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    with _part(book, BOOK) as part:
        _read(part, sheet)
    with _part(book, "xl/_rels/workbook.xml.rels") as part:
        _read(part, relation)
    if not sheets:
        raise KeyError("it names no sheet")
    return posixpath.normpath(posixpath.join("/xl", targets[sheets[0]])).lstrip("/")


def _part(book: ZipFile, name: str) -> IO[bytes]:
    """Open a part of the package; part names are compared without letter case. Raises `KeyError` if there is none."""
    found = next((each for each in book.namelist() if each.replace("\\", "/").lower() == name.lower()), name)
    return book.open(found)


def _read(part: IO[bytes], start: Callable[[str, Mapping[str, str]], None], text: Callable[[str], None] | None = None) -> None:
    """Parse a part, calling `start` with element names without namespaces and `text` with text. Raises `ExpatError`, `LookupError`,
    `ValueError`.
    """
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise ValueError("a document type, which no workbook has")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name[name.rfind(" ") + 1 :], attributes)
    if text is not None:
        parser.CharacterDataHandler = text
    parser.ParseFile(part)


def _number(letters: str) -> int:
    """Return a column's number from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
