"""The language that texts for athletes are written in: English in the code, other languages by gettext catalogues.

`speaking` sets the language for the time that a plan is built or written; whatever text is made meanwhile goes through `_` and `many`. The
messages are English sentences with named places in braces. What a catalogue does not hold stays English.

A language is ambient, not an argument, because every sentence of every room and pillar is told in it (docs/decisions/0021). It is set by
the two functions at the edge of the house, `build_plan` and a renderer, and taken back when they end: seen from outside both stay pure.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache, wraps
from gettext import GNUTranslations
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
R = TypeVar("R")
ENGLISH = "en"
CATALOGUES = Path(__file__).with_name("locale")
"""A folder for each language, named by its code: `de/LC_MESSAGES/planner.po`, and the `.mo` compiled from it."""
DOMAIN = "planner"
_lock = RLock()
_spoken = ENGLISH
_catalogue: GNUTranslations | None = None
_remembering: list[Callable[[str], None]] = []


def languages() -> tuple[str, ...]:
    """The codes of all languages that texts can be had in, English first."""
    return (ENGLISH, *sorted(place.parents[1].name for place in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


def current_language() -> str:
    """The code of the language that texts are made in just now."""
    return _spoken


def _(message: str, **values: object) -> str:
    """A sentence in the language that is spoken. `message` is English with named places in braces, which `values` fill."""
    text = message if _catalogue is None else _catalogue.gettext(message)
    return text.format_map(values) if values else text


def ngettext(one: str, more: str, n: int, **values: object) -> str:
    """A sentence about `n` things, `one` for a single one and `more` for several, as the language counts; `{n}` is filled too."""
    text = (one if n == 1 else more) if _catalogue is None else _catalogue.ngettext(one, more, n)
    return text.format_map({"n": n, **values})


def N_(message: str) -> str:  # noqa: N802  (what gettext's own manual calls it)
    """A sentence that stands in a table and is told later, by `_` of what is found there: it only says so to those who translate."""
    return message


def decimal_point() -> str:
    """What stands between the whole and the tenths of a number: a comma in most languages but English."""
    return "." if _spoken == ENGLISH else _decimal_point(_spoken)


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Make all texts in `language`, a code of `languages()`, meanwhile. One thread speaks at a time; what was remembered waits for its own
    language to be spoken again. Raises `LookupError` for a language without a catalogue.
    """
    with _lock:
        before = _spoken
        _speak(language)
        try:
            yield
        finally:
            _speak(before)


def on_language_change(turn: Callable[[str], None]) -> None:
    """Have `turn` called with the language that is spoken, now and whenever it changes: for what remembers texts, each language's apart."""
    _remembering.append(turn)
    turn(_spoken)


def cached(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`functools.lru_cache` for a pure function whose answer holds texts: `most` of them in each language."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        by_language: dict[str, Callable[..., R]] = {}
        now: Callable[..., R] = function

        def turn(language: str) -> None:
            nonlocal now
            if language not in by_language:
                by_language[language] = lru_cache(maxsize=most)(function)
            now = by_language[language]

        @wraps(function)
        def ask(*args: P.args, **named: P.kwargs) -> R:
            return now(*args, **named) if named else now(*args)  # quicker without names

        on_language_change(turn)
        return ask

    return decorate


def _speak(language: str) -> None:
    global _spoken, _catalogue  # noqa: PLW0603  (the one place that sets them, under the lock)
    if language == _spoken:
        return
    _catalogue = None if language == ENGLISH else catalogue(language)
    _spoken = language
    for turn in _remembering:
        turn(language)


@lru_cache(maxsize=16)
def _decimal_point(language: str) -> str:
    from babel.numbers import get_decimal_symbol  # noqa: PLC0415  (English needs no Babel)

    return str(get_decimal_symbol(language))


@lru_cache(maxsize=16)
def catalogue(language: str) -> GNUTranslations:
    """The catalogue of a language other than English. Raises `LookupError` where there is none."""
    if language not in languages():
        raise LookupError(language)
    with (CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)
