"""Translation of texts for athletes: English in the code, other languages from gettext catalogues.

`use_language` sets the language while a plan is built or rendered; every text made meanwhile goes through `_` or `ngettext`. Messages are
English sentences with named placeholders in braces. A message that a catalogue lacks stays English.

The language is ambient rather than an argument because every module and pillar produces text (docs/decisions/0021). Only `build_plan` and
the renderers set it, and they restore it when they return, so from outside both stay pure.
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
    """The codes of all available languages, English first."""
    return (ENGLISH, *sorted(place.parents[1].name for place in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


def current_language() -> str:
    """The code of the language in use."""
    return _spoken


def _(message: str, **values: object) -> str:
    """Translate `message` into the current language and fill its named placeholders with `values`."""
    text = message if _catalogue is None else _catalogue.gettext(message)
    return text.format_map(values) if values else text


def ngettext(one: str, more: str, n: int, **values: object) -> str:
    """Translate a message about `n` things, choosing the plural form that the language needs; `{n}` is filled too."""
    text = (one if n == 1 else more) if _catalogue is None else _catalogue.ngettext(one, more, n)
    return text.format_map({"n": n, **values})


def N_(message: str) -> str:  # noqa: N802  (what gettext's own manual calls it)
    """Mark a message for translation and return it unchanged; `_` translates it where it is used."""
    return message


def decimal_point() -> str:
    """The decimal separator of the current language."""
    return "." if _spoken == ENGLISH else _decimal_point(_spoken)


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Use `language`, a code of `languages()`, inside the `with` block. Other threads wait; each language has its own caches.

    Raises `LookupError` for a language without a catalogue.
    """
    with _lock:
        before = _spoken
        _speak(language)
        try:
            yield
        finally:
            _speak(before)


def on_language_change(turn: Callable[[str], None]) -> None:
    """Call `turn` with the current language, now and whenever it changes. Caches of texts use it to keep languages apart."""
    _remembering.append(turn)
    turn(_spoken)


def cached(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`functools.lru_cache` for a pure function that returns texts: up to `most` results per language."""

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
    """The catalogue of a language other than English. Raises `LookupError` if there is none."""
    if language not in languages():
        raise LookupError(language)
    with (CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)
