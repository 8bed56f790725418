"""The tokenizer for workouts: amounts, repetitions, running, walking and joins. It skips all other words."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from planner.foreign.records import Amount

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind: TypeAlias = Literal[
    "amount", "times", "by", "open", "close", "add", "soft", "inside", "run", "walk", "both", "still", "warm", "unclear"
]
"""`by` is a count after what it repeats; `still` is rest; the joins `add`, `soft`, `inside` mean: added, perhaps added, a part of it."""
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?=\s*m\b)|\d{1,9}(?:[.,]\d{1,6})?)"
_KM = r"km|kms|k|kilomet(?:er|re)s?"
_MILES = r"mi|miles?"
_METRES = r"met(?:er|re)s?|m"
_SECONDS = r"s|secs?|seconds?"
_MINUTES = r"mins?|minutes?"
_HOURS = r"h|hrs?|hours?"
_UNIT = rf"(?:{_KM}|{_MILES}|{_METRES}|{_SECONDS}|{_MINUTES}|{_HOURS})\b|'"
_TOKENS: tuple[tuple[Kind | Literal["skip", "hms", "hm", "ms", "ticks", "measure"], str], ...] = (
    ("skip", r"(?:@|\bat\b|\bpace\b:?)?\s*\d{1,2}:\d\d(?:\s*-\s*\d{1,2}:\d\d)?\s*(?:mins?)?\s*(?:/|per\b)\s*(?:km|k|mi|mile)\b"),
    ("skip", r"@\s*\d{1,2}:\d\d(?:\s*-\s*\d{1,2}:\d\d)?|\bmin\s*(?:/|per\b)\s*(?:km|mi|mile)\b"),
    ("skip", rf"{_NUMBER}\s*(?:km/h|kmh|kph|mph|mi/h)\b|{_NUMBER}\s*m\s+(?:of\s+)?(?:elevation|climb\w*|ascent|gain|up|d\+)"),
    ("skip", r"\b(?:couch to 5 ?k|c25k|goal|target|for (?:a|the|your)|5k plan|10k plan)\b"),
    ("unclear", rf"(?<![^\s(])-{_NUMBER}\s*(?:{_UNIT})"),
    ("unclear", rf"{_NUMBER}\s*(?:-|to|bis)\s*{_NUMBER}\s*(?:{_UNIT})"),
    ("hms", r"(?<![\d:])\d{1,2}:[0-5]\d:[0-5]\d(?![\d:])"),
    ("hm", rf"(?<![\d.,:])\d{{1,2}}\s*(?:{_HOURS})\s*(?:and\s+)?[0-5]?\d\s*(?:(?:{_MINUTES}|m)\b|'|(?![\w.,:]))"),
    ("ms", rf"(?<![\d.,:])\d{{1,3}}:[0-5]\d\s*(?:{_MINUTES})\b"),
    ("ticks", r"(?<![\d.,:])\d{1,3}'\s?[0-5]?\d(?:\"|'')"),
    ("times", r"\b\d{1,4}\s*(?:x|\*|times|reps? of|sets? of)(?=\s*(?:[\d(\[]|run|jog|walk))"),
    ("measure", rf"(?<![\d.,:]){_NUMBER}\s*(?:{_UNIT})"),
    ("by", r"(?:\bx|\*)\s*\d{1,4}\b|\b\d{1,4}\s*times\b"),
    ("both", r"\b(?:walk|run|jog)(?:ning|ing)?\s?[-/&]\s?(?:walk|run|jog)(?:ning|ing)?\b"),
    ("warm", r"\b(?:warm(?:ing)?|cool(?:ing)?)[ -]?(?:up|down)\b|\b(?:wu|cd)\b"),
    ("run", r"\b(?:run|runs|running|jog|jogs|jogging)\b"),
    ("walk", r"\b(?:walk|walks|walking)\b"),
    ("still", r"\b(?:rest|rests|recovery|recover|off|stand|standing|pause)\b"),
    ("unclear", r"\bor\b"),
    ("add", r"\+|\bthen\b|\bplus\b|\bfollowed by\b|\band\b|&"),
    ("inside", r"/|\bwith\b|\bw/|\bincl(?:uding|\.)?|\bof which\b|\blast\b|\bmiddle\b|\bfinal\b|\bbetween\b|@"),
    ("soft", r"[,;:|\n]|\s-\s"),
    ("open", r"[(\[]"),
    ("close", r"[)\]]"),
)
_SCAN = re.compile("|".join(f"(?P<t{n}>{pattern})" for n, (_, pattern) in enumerate(_TOKENS)))
_MEASURE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})")
_UNITS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:{pattern})"), name)
    for pattern, name in ((_KM, "km"), (_MILES, "mi"), (_SECONDS, "s"), (rf"{_MINUTES}|'", "min"), (_HOURS, "h"))
)
_QUARTERS = {"½": ".5", "¼": ".25", "¾": ".75"}
FEWEST_METRES = 100
"""Below this number, the unit `m` may also mean minutes."""


class Token(NamedTuple):
    """A token: its kind, its text, what it measures (an amount) or counts (times, by)."""

    kind: Kind
    text: str
    amount: Amount = Amount()
    number: int = 1


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Normalise text: lower case, plain quotes and dashes, `x` for multiplication signs, decimals for fractions."""
    for sign, decimals in _QUARTERS.items():
        text = re.sub(rf"(?<=\d)\s?{sign}", decimals, text).replace(sign, f"0{decimals}")
    text = unicodedata.normalize("NFKC", text).lower().replace("×", "x")
    text = re.sub(r"[’‘′`´]", "'", text)
    text = re.sub(r"[“”″]", '"', text)
    text = re.sub(r"\b(?:([0-9]) )?([13])/([24])(?=\s*(?:mi|km|k|h)\w*\b)", _fraction, text)
    return re.sub(r"[\u2010-\u2015\u2212]", "-", text)


def _fraction(match: re.Match[str]) -> str:
    return str(int(match[1] or 0) + Decimal(match[2]) / Decimal(match[3]))


def tokens(folded: str) -> Iterator[Token]:
    """The tokens of folded text, in order."""
    for match in _SCAN.finditer(folded):
        kind, text = _TOKENS[int(str(match.lastgroup)[1:])][0], match.group().strip()
        if kind in ("hms", "hm", "ms", "ticks"):
            yield Token("amount", text, Amount(seconds=_clock(kind, [int(n) for n in re.findall(r"\d+", text)])))
        elif kind == "measure":
            yield _measure(text)
        elif kind in ("times", "by"):
            yield Token(kind, text, number=int(re.findall(r"\d+", text)[0]))
        elif kind in _KINDS:
            yield Token(_KINDS[kind], text)


def _clock(kind: str, numbers: list[int]) -> int:
    """The seconds of h:m:s (`hms`), h:m (`hm`) or m:s (any other kind)."""
    if kind == "hms":
        return 3600 * numbers[0] + 60 * numbers[1] + numbers[2]
    return 3600 * numbers[0] + 60 * numbers[1] if kind == "hm" else 60 * numbers[0] + numbers[1]


def _measure(text: str) -> Token:
    match = _MEASURE.fullmatch(text)
    if match is None:
        return Token("unclear", text)
    unit = next((name for pattern, name in _UNITS if pattern.fullmatch(match["unit"])), "m")
    said = match["number"]
    number = Decimal(said.replace(",", "") if unit == "m" and re.search(r",\d{3}", said) else said.replace(",", "."))
    if unit == "m":
        return Token("unclear", text) if number < FEWEST_METRES else Token("amount", text, Amount(km=number / 1000))
    if unit in ("km", "mi"):
        return Token("amount", text, Amount(km=number) if unit == "km" else Amount(miles=number))
    return Token("amount", text, Amount(seconds=int(number * {"s": 1, "min": 60, "h": 3600}[unit])))
