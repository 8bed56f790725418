"""The errors in a workbook's first sheet (`#REF!`, `#N/A`) and formulas that were never worked out, as when a program wrote the workbook:
python-calamine gives them out as empty cells, which would be no answer.

They stand in the sheet's own XML. It is read as a stream: memory holds the errors alone, and a document type, where entities that blow
up would stand, is refused.
"""

from __future__ import annotations

import posixpath
import re
from typing import IO, TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  (a class, in spite of its name)

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
    """Goes through a sheet's elements and keeps the first error of each row."""

    def __init__(self) -> None:
        self.found: dict[int, tuple[int, str]] = {}
        self._row = self._column = 0
        self._wrong = self._inside = self._text = self._waits = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins. A row or a cell that does not say its place follows the one before."""
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
            self._waits = not self._text  # of a formula whose result is text, nothing at all may be the result
        self._inside = name == "v"

    def close(self) -> None:
        """A cell is over; a formula in it that still waits for its result has none."""
        if self._waits and self._row not in self.found:
            self.found[self._row] = (self._column - 1, NO_RESULT)
        self._waits = False

    def text(self, data: str) -> None:
        """Text stands in an element: a formula's result, or what an error is called."""
        self._waits = self._waits and not (self._inside and data.strip())
        if self._inside and self._wrong and _ERROR.fullmatch(data):
            self.found[self._row] = (self._column - 1, data)


def errors_of(path: Path, name: str) -> Mapping[int, tuple[int, str]]:
    """The first error or formula without a result in each row of the first sheet that has one: by the row's number, its column counted
    from 0, and what it is.

    Raises `InputError`, which calls the workbook `name`, where its sheet is not where it says, or cannot be read.
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
    """The part that holds the first sheet. Raises `KeyError` where the workbook does not say it."""
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
    """A part of the package; the case of letters does not tell parts apart. Raises `KeyError` where there is none."""
    found = next((each for each in book.namelist() if each.replace("\\", "/").lower() == name.lower()), name)
    return book.open(found)


def _read(part: IO[bytes], start: Callable[[str, Mapping[str, str]], None], text: Callable[[str], None] | None = None) -> None:
    """Go through a part's elements, called without their namespaces, and its text. Raises `ExpatError`, `LookupError`, `ValueError`."""
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
    """A column's number from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
