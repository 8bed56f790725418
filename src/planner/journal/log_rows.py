"""The lines of a log as text: lines that are not changed keep their bytes.

Cells are separated by `,` or `;` (detected from the header); a cell that contains a separator, a quote or a line break is quoted. Empty
lines and lines that start with `#` are not rows.
"""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError
from planner.formatting import written
from planner.journal.log_cells import COLUMNS, refuse_alike
from planner.text_decoding import BOM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

DELIMITERS = (",", ";")
ATHLETE = "athlete"
CUT_OFF = "the file stops in the middle of this line"
CLOSE_IT = "Write a quote inside a cell twice, and one at each end of the cell."
_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTED = re.compile(r'[ \t]*(?P<cell>"(?P<said>[^"]*+(?:""[^"]*+)*+)")[ \t]*')
_BARE = {delimiter: re.compile(rf"[^{delimiter}\r\n]*") for delimiter in DELIMITERS}
_SWALLOWED = re.compile(r"(?:\r\n|\n|\r)[ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}[ \t]*[,;]")
_SEPARATOR_SAID = re.compile(r"sep=([,;])", re.IGNORECASE)


class Cell(NamedTuple):
    """A cell's text without surrounding spaces, and its start and end in the row's text, including quotes."""

    text: str
    start: int
    end: int


class Line(NamedTuple):
    """A row, comment or empty line: the number of its first line, its text with the line end, and its cells (None if it is not a row)."""

    number: int
    raw: str
    cells: tuple[str, ...] | None


class LogText:
    """A log's text, line by line. `names` are its column names in lower case, () if it has no header."""

    def __init__(self, text: str) -> None:
        """Split a text into lines. Raises `InputError` with the line for a header without `date`, a repeated or misspelt name, or unpaired
        quotes.
        """
        self.bom = BOM if text.startswith(BOM) else ""
        body = text.removeprefix(BOM)
        self.delimiter, self.header = _head(body)
        self.lines = list(_lines(body, self.delimiter))
        self.names = () if self.header is None else tuple(name.casefold() for name in self.lines[self.header].cells or ())
        self._check_names()
        found = _LINE_END.search(body)
        self._line_end = found[0] if found else "\n"

    def text(self) -> str:
        """The whole text."""
        return self.bom + "".join(line.raw for line in self.lines)

    def copy(self) -> LogText:
        """Return a copy that can be changed independently."""
        twin = copy(self)
        twin.lines = self.lines.copy()
        return twin

    def rows(self, skipped: int = 0) -> Iterator[Line]:
        """Yield the rows under the header in order, ignoring the log's first `skipped` lines and empty rows.

        Raises `InputError` for a row that is cut short or has more cells than the header.
        """
        if self.header is None:
            return
        for line in self.lines[max(self.header + 1, skipped) :]:
            if line.cells is not None and any(line.cells):
                yield self._whole(line)

    def append(self, cells: Mapping[str, str]) -> None:
        """Append a row, with cells given by column name; adds a line end to the last line if it has none."""
        self._add(self.delimiter.join(self._written(cells.get(name, "")) for name in self.names))

    def name(self, names: Sequence[str]) -> None:
        """Create the header, or append new columns to it; existing rows are not changed."""
        more = [name for name in names if name not in self.names]
        if self.header is None:
            self.header = len(self.lines)
            self._add(self.delimiter.join(more))
        elif more:
            self._end_last_line()
            line = self.lines[self.header]
            end = len(line.raw.rstrip("\r\n"))
            raw = f"{line.raw[:end]}{self.delimiter}{self.delimiter.join(more)}{line.raw[end:]}"
            self.lines[self.header] = Line(line.number, raw, (*(line.cells or ()), *more))
        self.names = (*self.names, *more)

    def change(self, number: int, cells: Mapping[str, str]) -> None:
        """Replace some cells of the row that begins on line `number`; its other cells keep their bytes."""
        at = next(n for n, line in enumerate(self.lines) if line.number == number)
        raw = self.lines[at].raw
        found, end = _scan(raw, 0, self.delimiter, number)
        end_of_cells = len(raw[:end].rstrip("\r\n"))
        body, line_end = raw[:end_of_cells], raw[end_of_cells:]
        wanted = {self.names.index(name): self._written(text) for name, text in cells.items()}
        missing = max(wanted, default=-1) + 1 - len(found)
        for index in sorted((i for i in wanted if i < len(found)), reverse=True):
            body = body[: found[index].start] + wanted[index] + body[found[index].end :]
        if missing > 0:
            body += "".join(self.delimiter + wanted.get(len(found) + n, "") for n in range(missing))
        changed, _ = _scan(body, 0, self.delimiter, number)
        self.lines[at] = Line(number, body + line_end, tuple(cell.text for cell in changed))

    def _add(self, row: str) -> None:
        self._end_last_line()
        number = self.lines[-1].number + len(_LINE_END.findall(self.lines[-1].raw)) if self.lines else 1
        found, _ = _scan(row, 0, self.delimiter, number)
        self.lines.append(Line(number, row + self._line_end, tuple(cell.text for cell in found)))

    def _end_last_line(self) -> None:
        if self.lines and not self.lines[-1].raw.endswith(("\n", "\r")):
            self.lines[-1] = self.lines[-1]._replace(raw=self.lines[-1].raw + self._line_end)

    def _written(self, text: str) -> str:
        """Quote a cell's text if necessary."""
        plain = not text.startswith("#") and text == text.strip() and not {'"', self.delimiter, "\r", "\n"} & set(text)
        return text if plain else '"{}"'.format(text.replace('"', '""'))

    def _check_names(self) -> None:
        if self.header is None:
            return
        where = f"line {self.lines[self.header].number}"
        if "date" not in self.names:
            said = ", ".join(name for name in self.names if name)[:60]
            expected = "the names of the columns, one of them `date`"
            raise InputError(where, f"found {written(said)}", expected, "Write the line date,run_km,minutes above the rows, for instance.")
        refuse_alike(self.names, where)
        for name in (*COLUMNS, ATHLETE):
            if self.names.count(name) > 1:
                raise InputError(where, f"found the column `{name}` {self.names.count(name)} times", "it once", "Rename the others.")

    def _whole(self, line: Line) -> Line:
        """Pad a row to the header's width. Raises `InputError` if it has more cells, or is the last line and incomplete."""
        cells, width = line.cells or (), len(self.names)
        where = f"line {line.number}"
        if len(cells) < width:
            if not line.raw.endswith(("\n", "\r")):
                raise cut_off(len(cells), width).within(where)
            return line._replace(cells=(*cells, *[""] * (width - len(cells))))
        if any(cells[width:]):
            advice = (
                "Write decimals with a point, like 5.2, and quotes around a cell that has a comma in it."
                if self.delimiter == ","
                else "Write quotes around a cell that has a semicolon in it."
            )
            raise InputError(where, f"found {len(cells)} cells", f"{width}, as many as there are names of columns", advice)
        return line


def _head(body: str) -> tuple[str, int | None]:
    """Return the delimiter and the index of the header: the first line that is neither empty nor a comment, or None."""
    delimiter = ""
    for number, line in enumerate(_each_line(body)):
        plain = line.strip()
        said = _SEPARATOR_SAID.fullmatch(plain)
        if said:
            delimiter = said[1]
        elif plain and not plain.startswith("#"):
            most_known = max(DELIMITERS, key=lambda d: sum(_bare_name(cell) in COLUMNS for cell in plain.split(d)))
            return delimiter or most_known, number
    return delimiter or DELIMITERS[0], None


def _each_line(body: str) -> Iterator[str]:
    at = 0
    for found in _LINE_END.finditer(body):
        yield body[at : found.start()]
        at = found.end()
    yield body[at:]


def _bare_name(cell: str) -> str:
    return cell.strip().strip('"').casefold()


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    """Yield every line of a text; a row with quoted line breaks is one line."""
    at, number = 0, 1
    while at < len(text):
        found = _LINE_END.search(text, at)
        end, stop = (found.start(), found.end()) if found else (len(text), len(text))
        body = text[at:end]
        cells: tuple[str, ...] | None
        if not body.strip() or body.lstrip().startswith("#"):
            cells = None
        elif '"' not in body:
            cells = tuple([cell.strip() for cell in body.split(delimiter)])
        else:
            quoted, stop = _scan(text, at, delimiter, number)
            cells = tuple([cell.text for cell in quoted])
        yield Line(number, text[at:stop], cells)
        number += len(_LINE_END.findall(text, at, stop))
        at = stop


def _scan(text: str, at: int, delimiter: str, number: int) -> tuple[list[Cell], int]:
    """Return the cells of the row that begins at `at`, and the start of the next line. Raises `InputError` for unpaired quotes."""
    cells: list[Cell] = []
    while True:
        cell, at = _cell(text, at, delimiter, number)
        cells.append(cell)
        if text.startswith(delimiter, at):
            at += 1
            continue
        found = _LINE_END.match(text, at)
        return cells, found.end() if found else at


def _cell(text: str, at: int, delimiter: str, number: int) -> tuple[Cell, int]:
    quoted = _QUOTED.match(text, at)
    if quoted is None:
        bare = _BARE[delimiter].match(text, at)
        said = bare[0] if bare else ""
        start = at + len(said) - len(said.lstrip())
        if said.lstrip().startswith('"'):
            raise InputError(f"line {number}", "a quote that is never closed", "one at each end of the cell", CLOSE_IT)
        return Cell(said.strip(), start, start + len(said.strip())), at + len(said)
    inside, stop = quoted["said"], quoted.end()
    row = _SWALLOWED.search(inside)
    if row:
        last = number + len(_LINE_END.findall(inside[: row.end()]))
        found = f"a quote that is not closed on its line, so that it takes in the row on line {last}"
        raise InputError(f"line {number}", found, "one at each end of the cell", CLOSE_IT)
    if stop < len(text) and text[stop] not in (delimiter, "\r", "\n"):
        rest = written(text[stop : stop + 20].splitlines()[0])
        raise InputError(f"line {number}", f"{rest} after a closing quote", "the end of the cell", CLOSE_IT)
    return Cell(inside.replace('""', '"').strip(), quoted.start("cell"), quoted.end("cell")), stop


def unpaired(line: int) -> InputError:
    """Build the error that the quotes of the row that begins on `line` do not pair up, so that it swallows the rows after it."""
    return InputError(f"line {line}", "its quotes do not pair up", "a quote at both ends of a cell", CLOSE_IT)


def cut_off(cells: int, width: int) -> InputError:
    """The error, without a place, for a file that ends in a row after `cells` of `width` cells: what is lost may be pain or a sign."""
    found = f"{CUT_OFF}, after {cells} of {width} cells"
    return InputError("", found, "a whole line", "Complete it; if nothing is missing, press Enter at its end.")
