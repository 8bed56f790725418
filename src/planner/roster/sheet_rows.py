"""Rosters in workbooks: the first sheet of an .xlsx file, read with python-calamine (the extra `roster`)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.roster.csv_rows import UNNAMED, checked_header
from planner.roster.rows import Row
from planner.roster.sheet_errors import NO_RESULT, errors_of
from planner.roster.text_file import NOBODY, not_opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from planner.settings import Plain

EXTRA = "pip install 'return-to-run[roster]'"


class SheetRoster:
    """A roster in the first sheet of a workbook. The first non-empty row names the columns."""

    def __init__(self, path: Path, name: str) -> None:
        """Read the header. Raises `InputError` without the extra, for a file that is not a workbook, and for wrong columns."""
        self.name, self._path = name, path
        self._errors: Mapping[int, tuple[int, str]] = {}
        number, cells = next(self._filled(), (0, []))
        if not number:
            raise InputError(name, "its first sheet is empty", "a first row of column names and a row for each athlete")
        self._header = number
        self.columns = checked_header(tuple(str(cell).strip() for cell in cells), f"{name}, row {number}")
        self._errors = errors_of(path, name)

    def rows(self) -> Iterator[Row]:
        """Yield every row in order with its number in the sheet; empty rows are counted but skipped. Raises `InputError` if there are no
        rows.
        """
        found = False
        for number, cells in self._filled():
            if number <= self._header:
                continue
            found = True
            pairs = tuple([(name, v) for name, cell in zip(self.columns, cells, strict=False) if (v := _plain(cell)) != ""])
            error = self._error(number) or (UNNAMED if any(not name for name, _ in pairs) else "")
            yield Row(number, next((str(v) for name, v in pairs if name == "id"), ""), pairs, "", error)
        if not found:
            raise InputError(self.name, NOBODY, "a row for each athlete under the first one")

    def _error(self, number: int) -> str:
        """Describe the first error in a row, "" for none."""
        if number not in self._errors:
            return ""
        at, found = self._errors[number]
        name = self.columns[at] if at < len(self.columns) else ""
        advice = "Open the workbook in a spreadsheet program and save it" if found == NO_RESULT else "Correct the formula in the workbook"
        return f"column {name}: found {found}; expected a value. {advice}" if name else UNNAMED

    def _filled(self) -> Iterator[tuple[int, list[object]]]:
        """Yield the non-empty rows, numbered as in the sheet, with their cells from column A on. Errors appear as empty cells."""
        try:
            from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  (an extra that only workbooks need)
        except ImportError:
            expected = f"it for rosters in .xlsx: {EXTRA}"
            raise InputError(self.name, "the package python-calamine is not installed", expected, "Or save it as CSV.") from None
        try:
            with CalamineWorkbook.from_path(str(self._path)) as book:
                if not book.sheet_names:
                    raise InputError(self.name, "it has no sheet", "a roster in the first sheet")
                sheet = book.get_sheet_by_index(0)
                width = sheet.end[1] + 1 if sheet.end else 0
                for number, cells in enumerate(sheet.iter_rows(), 1):
                    if number in self._errors or any(cell not in ("", None) for cell in cells):
                        yield number, [*[""] * (width - len(cells)), *cells]
        except CalamineError as error:
            advice = "Is it locked with a password, or of another kind? Save it as .xlsx or CSV again."
            raise InputError(self.name, f"it cannot be read as a workbook ({error})", "an .xlsx file", advice) from None
        except OSError as error:
            raise not_opened(self.name, error) from None


def _plain(cell: object) -> Plain:
    """Convert a cell to an athlete-file value: integral floats to int, others to Decimal, midnight datetimes to dates, times to text such
    as 6:40.
    """
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else Decimal(repr(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    if isinstance(cell, (time, timedelta)):
        return _clock(cell)
    return cell if isinstance(cell, (bool, int, date)) else ""


def _clock(cell: time | timedelta) -> str:
    """Format a time that was typed as 6:40 (h:mm to a workbook) or 0:06:40."""
    seconds = int(cell.total_seconds()) if isinstance(cell, timedelta) else (cell.hour * 60 + cell.minute) * 60 + cell.second
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if not rest:
        return f"{hours}:{minutes:02d}"
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
