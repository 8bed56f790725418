"""Choose the fonts that a text needs and replace characters that no font has, so that nothing is printed as an empty box.

Fonts come from wheels (the extra `pdf`), never from the system: a plan gives the same file everywhere, including on servers without fonts.
A font file is read only if the text has characters that the fonts before it lack.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from planner.records import Record
from planner.render import missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PURPOSE, EXTRA = "PDF", "pdf"
LONGEST_WORD = 24
"""Characters without a space after which a line may be broken, so that very long names fit the page."""
BREAK = "\u200b"
ISOLATE, ISOLATED = "\u2068", "\u2069"
"""Unicode isolates around right-to-left text, so that the text beside it keeps its position."""
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_UNSEEN = re.compile("[\ufe00-\ufe0f\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad]")
"""Invisible characters that only control how their neighbours are drawn, or where a line may break."""
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff]")
"""Characters that draw nothing or would change the direction of the line; shown as code points even if a font has them."""
_NOTO_SANS = re.compile("[\x20-\x7e\xa0-\u024f\u2010-\u2015\u2018-\u201e\u2022\u2026]*")
"""Characters that the first font is known to have, so that plain texts need no font file to be read."""
_KANA = re.compile("[\u3040-\u30ff]")
_LONG = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


class Font(NamedTuple):
    """A font family with its package and folder. Without a package it is built into typst, and `letters` are those it is used for."""

    family: str
    package: str
    folder: str
    letters: str = ""


def _noto(script: str, package: str) -> Font:
    return Font(f"Noto Sans {script}", f"justmytype_intl_{package}", f"ofl/notosans{script.lower()}")


FIRST = Font("Noto Sans", "justmytype_western_core", "ofl/notosans")
JAPANESE = _noto("JP", "cjk")
FONTS = (
    FIRST,
    *(_noto(script, "rtl") for script in ("Arabic", "Hebrew")),
    *(_noto(script, "south_asia") for script in ("Devanagari", "Bengali", "Tamil", "Telugu")),
    *(_noto(script, "sea") for script in ("Thai", "Lao", "Khmer", "Myanmar")),
    _noto("Ethiopic", "africa"),
    *(_noto(script, "cjk") for script in ("SC", "TC")),
    JAPANESE,
    _noto("KR", "cjk"),
    Font("Noto Sans Symbols 2", "justmytype_western_core", "ofl/notosanssymbols2"),
    Font("STIX Two Math", "justmytype_western_core", "ofl/stixtwomath"),
    Font("DejaVu Sans Mono", "", "", "".join(map(chr, (*range(0x531, 0x557), *range(0x561, 0x588), *range(0x10D0, 0x10FB))))),
)
"""In order of preference; for texts with kana, Japanese comes before Chinese."""


@frozen(kw_only=True, eq=False, repr=False)
class Fonts(Record):
    """The fonts for a set of texts: families, font folders, and the replacement of each character that no font has, by code point."""

    families: tuple[str, ...]
    folders: tuple[str, ...]
    lacking: Mapping[int, str] = field(factory=dict)

    def shown(self, text: str) -> str:
        """Return the text as it can be printed: characters without a font as code points, `[U+1F600]`; long words made breakable."""
        if _NOTO_SANS.fullmatch(text):
            return _LONG.sub(rf"\g<0>{BREAK}", text)
        seen = _LONG.sub(rf"\g<0>{BREAK}", _FORBIDDEN.sub(_number, _UNSEEN.sub("", _spaced(text))).translate(self.lacking))
        return f"{ISOLATE}{seen}{ISOLATED}" if _LEFTWARDS.search(seen) else seen


def fonts_for(texts: Iterable[str]) -> Fonts:
    """Return the fonts that these texts need. Raises `InputError` without the extra `pdf`."""
    letters = set().union(*(_FORBIDDEN.sub("", _UNSEEN.sub("", _spaced(text))) for text in texts if not _NOTO_SANS.fullmatch(text)))
    used = [FIRST]
    for font in _asked(letters):
        if _NOTO_SANS.fullmatch("".join(letters)):
            break
        found = letters & _letters(font)
        letters -= found
        if found and font is not FIRST:
            used.append(font)
    lacking = {ord(letter): f"[U+{ord(letter):04X}]" for letter in letters if not _NOTO_SANS.fullmatch(letter)}
    return Fonts(families=tuple(f.family for f in used), folders=tuple(str(folder(f)) for f in used if f.package), lacking=lacking)


def folder(font: Font) -> Path:
    """Return the folder of a font's files. Raises `InputError` if its package is not installed."""
    found = find_spec(font.package)
    for place in found.submodule_search_locations or () if found else ():
        return Path(place, "fonts", font.folder)
    raise missing(font.package.replace("_", "-"), PURPOSE, EXTRA)


def _asked(letters: set[str]) -> Iterator[Font]:
    japanese = _KANA.search("".join(letters))
    for font in FONTS:
        if japanese and font.family == "Noto Sans SC":
            yield JAPANESE
        yield font


@lru_cache(maxsize=len(FONTS))
def _letters(font: Font) -> frozenset[str]:
    """Return all characters of a font, read from its upright file."""
    if not font.package:
        return frozenset(font.letters)
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (an extra, needed only if a text is not plain)

    file = min(folder(font).glob("*.ttf"), key=lambda path: ("Italic" in path.name, path.name))
    with TTFont(file, lazy=True) as opened:
        return frozenset(map(chr, opened.getBestCmap() or ()))


def _spaced(text: str) -> str:
    """Return text on one line."""
    return text if text.isprintable() else re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", text)


def _number(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"
