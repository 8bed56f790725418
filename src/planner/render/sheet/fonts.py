"""Which fonts a text needs, and what no font has: nothing is printed as an empty box.

The fonts come in wheels (the extra `pdf`), never from the machine: the same plan is the same file everywhere, on a server without any font
too. One file is read only where a text has letters that the ones before it lack.
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
"""Letters without a space after which a line may be broken: no page is as wide as a name of 200 letters."""
BREAK = "\u200b"
ISOLATE, ISOLATED = "\u2068", "\u2069"
"""Around a text that is written from right to left, so that what stands beside it stays in its place."""
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_UNSEEN = re.compile("[\ufe00-\ufe0f\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad]")
"""Marks that only say how their neighbours are drawn, or where a line may be broken."""
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff]")
"""What would draw nothing, or turn the rest of a line around: fonts may have it, a page shows its number."""
_NOTO_SANS = re.compile("[\x20-\x7e\xa0-\u024f\u2010-\u2015\u2018-\u201e\u2022\u2026]*")
"""Letters that the first font is known to have, so that plain texts need none of them opened."""
_KANA = re.compile("[\u3040-\u30ff]")
_LONG = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


class Font(NamedTuple):
    """A family, the package that holds it, and the folder in there; without a package one of typst's own, with what it is used for."""

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
"""In the order in which they are asked; where Japanese is written, the Japanese shapes come before the Chinese ones."""


@frozen(kw_only=True, eq=False, repr=False)
class Fonts(Record):
    """The fonts for some texts: their families, the folders of their files, and each letter that none has with what is shown for it."""

    families: tuple[str, ...]
    folders: tuple[str, ...]
    lacking: Mapping[int, str] = field(factory=dict)

    def shown(self, text: str) -> str:
        """The text as it can be printed: a letter that no font has as its number, `[U+1F600]`; long words may be broken."""
        if _NOTO_SANS.fullmatch(text):
            return _LONG.sub(rf"\g<0>{BREAK}", text)
        seen = _LONG.sub(rf"\g<0>{BREAK}", _FORBIDDEN.sub(_number, _UNSEEN.sub("", _spaced(text))).translate(self.lacking))
        return f"{ISOLATE}{seen}{ISOLATED}" if _LEFTWARDS.search(seen) else seen


def fonts_for(texts: Iterable[str]) -> Fonts:
    """The fonts that these texts need. Raises `InputError` without the extra `pdf`."""
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
    """The folder that a font's files lie in. Raises `InputError` where its package is not installed."""
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
    """All letters that a font has: those of its upright file."""
    if not font.package:
        return frozenset(font.letters)
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (an extra, and only where a text is not plain)

    file = min(folder(font).glob("*.ttf"), key=lambda path: ("Italic" in path.name, path.name))
    with TTFont(file, lazy=True) as opened:
        return frozenset(map(chr, opened.getBestCmap() or ()))


def _spaced(text: str) -> str:
    """Text on one line."""
    return text if text.isprintable() else re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", text)


def _number(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"
