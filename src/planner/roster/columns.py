"""The columns of a roster: the keys of an athlete file, with dots for its tables.

Examples: `running.easy_pace`, `availability.mon`, `pillars.hip_strength.sessions_per_week`. The blocks of an athlete file (`[[shoes]]`) are
numbered: `shoes.1.name`, `commitments.2.km`; a column `shoes` holds `none` for no block at all. A list goes into one cell, see `cells`. A
column's type comes from the records that an athlete file fills.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Union, cast, get_args, get_origin, get_type_hints

import attrs

from planner.athlete import Athlete
from planner.athlete_file import BLOCKS, TABLES
from planner.errors import InputError
from planner.formatting import written
from planner.roster import cells
from planner.settings import Plain, nearest

Table = dict[str, Plain]
HEADINGS = frozenset({*TABLES, *BLOCKS, "pillars"})
_BLOCK = re.compile(rf"({'|'.join(BLOCKS)})\.([1-9][0-9]{{0,2}})(?:\.([a-z_]+))?")
"""A block's number, and one of its keys if there is one."""
_PILLARS = re.compile(r"pillars(?:\.[A-Za-z0-9_-]+){2,}")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.-]{1,60}")
"""A name that is safe to quote unescaped in a message."""
_TYPED: dict[object, cells.CellReader] = {bool: cells.yes_no, int: cells.whole, Decimal: cells.number, date: cells.day}


class Column(NamedTuple):
    """A column: its key path in an athlete file, its cell reader, and the unit in its name ("" for none)."""

    keys: tuple[str, ...]
    read: cells.CellReader
    unit: str = ""


@lru_cache(maxsize=4096)
def column(name: str) -> Column | None:
    """Return the column called `name`, or None if there is none."""
    block = _BLOCK.fullmatch(name)
    known = _known()
    if block:
        found = known.get(f"{block[1]}.1.{block[3]}")
        return found and found._replace(keys=(block[1], block[2], block[3]))
    if _PILLARS.fullmatch(name):
        return Column(tuple(name.split(".")), cells.anything)
    return known.get(name)


@lru_cache(maxsize=1)
def _known() -> dict[str, Column]:
    """All columns by name, except those of pillars and of second and further blocks."""
    found = {name: Column((name,), _no_blocks(name)) for name in BLOCKS}
    for heading, cls in {"": Athlete, **TABLES, **{f"{name}.1": cls for name, cls in BLOCKS.items()}}.items():
        hints = get_type_hints(cls)
        for field in attrs.fields(cast("type[attrs.AttrsInstance]", cls)):
            key = field.name.rstrip("_")
            if heading or key not in HEADINGS:
                name = f"{heading}.{key}" if heading else key
                found.update(_units(name, _reader(name, hints[field.name])))
    return found


def _reader(name: str, hint: object) -> cells.CellReader:
    if name == "availability.away":
        return cells.listed(cells.absence)
    if name.startswith("availability."):
        return cells.listed(cells.text)
    if name == "progression.growth":
        return cells.number
    if name.endswith("_pace"):
        return cells.pace
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(kind for kind in get_args(hint) if kind is not type(None))
    if get_origin(hint) is tuple:
        return cells.listed(_TYPED.get(get_args(hint)[0], cells.text))
    return _TYPED.get(hint, cells.text)


def _no_blocks(name: str) -> cells.CellReader:
    """Return a reader that takes an empty list only, since the blocks themselves have columns of their own."""

    def read(value: Plain) -> Plain:
        if value == [] or (isinstance(value, str) and value.lower() in cells.NONE):
            return []
        expected = f"none, or columns like {name}.1.{attrs.fields(cast('type[attrs.AttrsInstance]', BLOCKS[name]))[0].name}"
        raise InputError("", f"found {written(value)}", f"{expected} (in JSON lines, a list of objects)")

    return read


def _units(name: str, reader: cells.CellReader) -> dict[str, Column]:
    """Return the column by name; a distance has two, in kilometres and in miles."""
    names = [(name, "km"), (f"{name[:-2]}mi", "mi")] if name.endswith(("_km", ".km")) else [(name, "")]
    return {called: Column(tuple(called.split(".")), reader, unit) for called, unit in names}


def check_columns(names: Iterable[str], where: str) -> None:
    """Raise `InputError` for an unknown or repeated column, which rejects the whole roster. `where` is the place of the names."""
    seen: set[str] = set()
    names = list(names)
    units = {known.unit for known in map(column, names) if known is not None}
    for name in names:
        if column(name) is None:
            raise unknown(name, where, miles="mi" in units and "km" not in units)
        if name in seen:
            raise InputError(where, f'found the column "{name}" twice', "each column once", "Delete one of the two.")
        seen.add(name)


def unknown(name: str, where: str, *, miles: bool = False) -> InputError:
    """Build the error for an unknown column, with the nearest known name. Suggests distances in kilometres (miles if `miles`), and in the
    unit that the name itself ends in.
    """
    unit = "km" if miles else "mi"
    known = [other for other, kind in _known().items() if kind.unit != unit or name.endswith((f"_{unit}", f".{unit}"))]
    block = _BLOCK.match(name)
    if block:
        known = [other.replace(f"{block[1]}.1.", f"{block[1]}.{block[2]}.") for other in known]
    heading = name.rpartition(".")[0]
    near = [other for other in known if heading and other.startswith(f"{heading}.")] or known
    return InputError(
        where, f"found the column {written(name)}", "the keys of athlete files, like running.easy_pace", nearest(name.lower(), near)
    )


def _no_column(name: str, value: Plain) -> InputError:
    """Build the error for a value in a row whose key is no column."""
    if name in HEADINGS:
        return InputError(name, f"found {written(value)}", "an object, like an athlete file's heading")
    block = _BLOCK.fullmatch(name)
    if block and not block[3]:
        return InputError(name, f"found {written(value)}", f"an object with the keys of [[{block[1]}]] in an athlete file")
    return unknown(name, name if _PLAIN_NAME.fullmatch(name) else "")


def flattened(table: Mapping[str, Plain], heading: str = "") -> Iterator[tuple[str, Plain]]:
    """Yield the values of nested tables with their column names; blocks, which are a list, are numbered from 1."""
    for key, value in table.items():
        name = f"{heading}.{key}" if heading else str(key)
        if name in BLOCKS and isinstance(value, list) and value:
            value = {str(number): block for number, block in enumerate(value, 1)}  # noqa: PLW2901  (the same blocks, by number)
        # An empty block is no value of any column, but leaving it out would hide a mistake.
        if isinstance(value, Mapping) and (value or heading not in BLOCKS):
            yield from flattened(value, name)
        else:
            yield name, value


def table_of(row: Iterable[tuple[str, Plain]]) -> Table:
    """Build the athlete file's tables from a row's (column, value) pairs. Raises `InputError` whose `where` is the column.

    Columns of a table were checked with its header; a JSON line names its own keys, so an unknown one rejects only that row.
    """
    table: Table = {}
    for name, value in row:
        known = column(name)
        if known is None:
            raise _no_column(name, value)
        inner = table
        for key in known.keys[:-1]:
            deeper = inner.setdefault(key, {})
            if not isinstance(deeper, dict):
                raise InputError(name, "found it beside a column that it is part of", "one of the two")
            inner = deeper
        if known.keys[-1] in inner:
            raise InputError(name, "found it twice", "it once")
        try:
            inner[known.keys[-1]] = known.read(value)
        except InputError as error:
            raise error.within(name) from None
    for name in BLOCKS:
        blocks = table.get(name)
        if isinstance(blocks, dict):
            table[name] = [blocks[number] for number in sorted(blocks, key=int)]
    return table
