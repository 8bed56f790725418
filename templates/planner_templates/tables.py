"""The tables of the TOML files in here, each parsed once and not once a process.

tomllib is Python that reads letter by letter: what sessions say would be a tenth of the time that `planner make` takes to start. A parsed
table is therefore kept in `__pycache__`, where Python keeps its byte code, together with the very bytes that it was made from, and counts
for no others.
"""

from __future__ import annotations

import marshal
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIX = ".table"


def table(file: Path) -> Mapping[str, object]:
    """The table of a TOML file; fractions of numbers are exact decimals. Raises what reading and parsing it raises."""
    source = file.read_bytes()
    place = kept_at(file)
    if place is not None:
        known = _kept(place, source)
        if known is not None:
            return known
    import tomllib  # noqa: PLC0415  (what is kept needs no parser)
    from decimal import Decimal  # noqa: PLC0415

    parsed = tomllib.loads(source.decode(), parse_float=Decimal)
    if place is not None and not sys.dont_write_bytecode:
        _keep(place, source, parsed)
    return parsed


def kept_at(file: Path) -> Path | None:
    """Where the parsed table of a file is kept, one for each version of Python; None where Python keeps nothing."""
    if sys.implementation.cache_tag is None:
        return None
    return Path(cache_from_source(str(file))).with_suffix(SUFFIX)


def _kept(place: Path, source: bytes) -> Mapping[str, object] | None:
    try:
        made_from, known = marshal.loads(place.read_bytes())  # noqa: S302  (trusted as the byte code beside it is)
    except (OSError, ValueError, EOFError, TypeError):
        return None  # not kept yet, or only half of it
    return cast("Mapping[str, object]", known) if made_from == source else None


def _keep(place: Path, source: bytes, parsed: dict[str, object]) -> None:
    """Keep a table, in one go, as Python does with byte code: where that cannot be, it is parsed again the next time."""
    try:
        data = marshal.dumps((source, parsed))
    except ValueError:
        return  # a date or a fraction in it: what marshal does not write is parsed each time
    SourceFileLoader("", str(place)).set_data(str(place), data)
