"""Typesetting with typst: the text of a page is passed as data, never as source."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from planner.render import missing
from planner.render.sheet.fonts import EXTRA, PURPOSE, Fonts, fonts_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

Data: TypeAlias = "str | int | bool | Sequence[Data] | Mapping[str, Data] | None"
"""What a page's typst file receives: text, whole numbers, flags, and nested lists and mappings of them."""
COMMON = "planner.render.sheet", "common.typ"
"""Definitions shared by all pages: fonts, paper size, bars and boxes."""


def typeset(page: tuple[str, str], data: Mapping[str, Data], *, language: str, issued: datetime) -> bytes:
    """Return the PDF of a page's typst file (package and name) with `data`, preceded by `common.typ`; `issued` is its timestamp.

    The same data give the same bytes on any machine: neither system fonts nor the clock are used. Raises `InputError` without the extra
    `pdf`.
    """
    try:
        import typst  # noqa: PLC0415  (an extra that only printed pages need)
    except ImportError:
        raise missing("typst", PURPOSE, EXTRA) from None
    fonts = fonts_for(_texts(data))
    shown = _shown({**data, "language": language, "fonts": fonts.families}, fonts)
    source = "\n".join(files(package).joinpath(name).read_text(encoding="utf-8") for package, name in (COMMON, page))
    found = typst.Fonts(include_system_fonts=False, font_paths=list(fonts.folders))
    compiler = typst.Compiler(input=source.encode(), root=Path(__file__).parent, font_paths=found)
    made = compiler.compile(format="pdf", sys_inputs={"data": json.dumps(shown)}, timestamp=int(issued.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} for one PDF")
    return made


def _texts(data: Data) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for part in data.values():
            yield from _texts(part)
    elif isinstance(data, list | tuple):
        for part in data:
            yield from _texts(part)


def _shown(data: Data, fonts: Fonts) -> Data:
    """Return the data with every text made printable."""
    if isinstance(data, str):
        return fonts.shown(data)
    if isinstance(data, dict):
        return {name: _shown(part, fonts) for name, part in data.items()}
    if isinstance(data, list | tuple):
        return [_shown(part, fonts) for part in data]
    return data
