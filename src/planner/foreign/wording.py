"""Interprets the words of one entry: a run with its dose, something that does not count, or something unreadable."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.foreign.records import Amount, Aside, Dose, Run
from planner.foreign.sports import EFFORT, RUN, WALK, names_run, other_sport, says_rest, says_run
from planner.foreign.tokens import fold
from planner.foreign.workouts import UnclearError, read_workout

if TYPE_CHECKING:
    from datetime import date

    from planner.foreign.sports import Load

LONGEST_TITLE = 60
MOST_TEXT = 2000
NO_AMOUNT = "a run with neither a distance nor minutes"
NOT_SAID = "an amount, and not that it is run"
_RACE = re.compile(r"(?:race(?: day)?[:,]? |the )?(?P<half>half[ -]?|halb)?marathon(?: race(?: day)?| day)?[.!]?")
_MARATHON, _HALF = Decimal("42.195"), Decimal("21.0975")
"""The distances in kilometres that the race's name implies."""
_CLAUSE = re.compile(r"\+|\bthen\b|\bplus\b|\bfollowed by\b|\band\b|&|[,;|\n]|\s-\s")
_ON_TOP = re.compile(r"\+|\bthen\b|\bplus\b|\bfollowed by\b|\band\b|&")
_DIGIT = re.compile(r"\d")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_PLAIN = frozenset(
    {
        *("min", "mins", "minute", "minutes", "hour", "hours", "sec", "secs", "second", "seconds", "mile", "miles", "kms"),
        *("metres", "meters", "kilometres", "kilometers", "then", "with", "and", "the", "per", "out", "back", "for", "incl"),
        *("including", "last", "zone", "rpe", "week", "day"),
    }
)
"""Words that may accompany an amount without suggesting anything other than a run."""


def short(text: str) -> str:
    """A title for display: on one line, at most 60 characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:MOST_TEXT]).split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 3]}..."


def hear(
    where: str, day: date, title: str, details: str = "", *, sport: str = ""
) -> tuple[Run | None, tuple[Aside, ...], tuple[Aside, ...]]:
    """The run in an entry's title, else in its details; what is not counted; and what could not be read.

    `sport` is the kind of activity if the file has a column for it; it overrides the title.
    """
    name = short(title) or short(sport)
    kind, said = fold(sport[:MOST_TEXT]), fold(title[:MOST_TEXT])
    aside = _aside(kind) or (None if kind and says_run(kind) else _aside(said))
    if aside is not None:
        return None, (Aside(where, day, name, *aside),), ()
    try:
        text, extra = _run_clauses(said)
        dose = _dose(text, details, runs=says_run(kind))
    except UnclearError as error:
        return None, (), (Aside(where, day, name, str(error)),)
    also = tuple(Aside(where, day, name, why, load) for why, load in extra)
    if dose is not None:
        return Run(where, day, name, dose), also, ()
    if says_run(kind) or names_run(said) or (EFFORT.search(said) and _only_effort(said)):
        return None, also, (Aside(where, day, name, NO_AMOUNT),)
    return None, (*also, Aside(where, day, name, "nothing in its words says that it is a run")), ()


@lru_cache(maxsize=4096)
def not_a_run(text: str) -> tuple[str, Load] | None:
    """Why an entry called `text`, with a known amount, is not a run, and its load; None if it may be one."""
    return _aside(fold(text[:MOST_TEXT]))


def _aside(said: str) -> tuple[str, Load] | None:
    """Why folded text is not a run, and its load; None if it may be one, or contains one beside another sport."""
    if says_run(said):
        return None
    other = other_sport(said)
    if other is not None:
        beside = [part for part in _ON_TOP.split(said) if other_sport(part) is None]
        run = any(_DIGIT.search(part) or EFFORT.search(part) or names_run(part) for part in beside)
        return None if run else (f"no run: {other[0]}", other[1])
    if says_rest(said):
        return "a day off", ""
    return ("no run: walking", "") if WALK.search(said) else None


def _run_clauses(said: str) -> tuple[str, list[tuple[str, Load]]]:
    """A title without its clauses about other sports; and for each of those, why it is not a run and its load. Raises `UnclearError`."""
    first = other_sport(said)
    if first is None:
        return said, []
    kept = ""
    extra: list[tuple[str, Load]] = []
    for clause in _clauses(said):
        other = other_sport(clause)
        if other is None:
            kept += clause
        elif says_run(clause) or not (_DIGIT.search(kept) or _DIGIT.search(clause)):
            raise UnclearError(f"running and {other[0]}, and not how much of each")
        else:
            extra.append((f"no run: {other[0]}", other[1]))
    if not (says_run(said) or EFFORT.search(kept)):
        raise UnclearError(f"{first[0]} and something else, and not that it is run")
    return kept, extra


def _clauses(said: str) -> list[str]:
    """Text split before each join outside brackets, so that every clause but the first begins with its join."""
    hidden = _BRACKETS.sub(lambda found: "\0" * len(found.group()), said)
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(hidden)), len(said)]
    return [said[first:last] for first, last in pairwise(cuts)]


def _dose(said: str, details: str, *, runs: bool) -> Dose | None:
    """The dose in a title, else in its details, if it is recognisably of a run; None without an amount. Raises `UnclearError`."""
    dose = read_workout(said)
    if dose is not None:
        if runs or says_run(said) or (_only_effort(said) and (EFFORT.search(said) or not dose.run.seconds)):
            return dose
        raise UnclearError(NOT_SAID)
    more = fold(details[:MOST_TEXT])
    race = _RACE.fullmatch(said.strip())
    if race is not None:
        return _raced(_HALF if race["half"] else _MARATHON, read_workout(more))
    if runs or says_run(said) or says_run(more):
        return read_workout(more)
    return read_workout(more) if EFFORT.search(said) and _only_effort(more) else None


def _raced(km: Decimal, more: Dose | None) -> Dose:
    """The dose of a race whose name implies its distance. Raises `UnclearError` if the details give an amount too."""
    if more is not None:
        raise UnclearError("a race, and an amount in its details that may be part of it")
    return Dose(run=Amount(km=km))


def _only_effort(said: str) -> bool:
    """Whether all words of the text are about running, effort, walking or amounts."""
    return _PLAIN.issuperset(_WORDS.findall(WALK.sub(" ", EFFORT.sub(" ", RUN.sub(" ", said)))))
