"""The questions of `planner log` at a terminal. Enter skips one, which is not the answer "none"; an invalid answer is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from planner.cli.log_choice import MORNING, Answers
from planner.cli.log_words import entry_words
from planner.cli.new_text import SIGNS
from planner.cli.run_rows import KNEES, RunRows
from planner.errors import InputError
from planner.journal import log_cells as cells

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from planner.journal.log_cells import Reader, Value

T = TypeVar("T")
_PAIN = cells.whole(0, 10)
PAIN = "Pain {}, 0 to 10"


def ask(known: RunRows, today: date, *, miles: bool) -> tuple[Answers, ...]:
    """Ask about the morning after the last run, then about one day; () if nothing was answered."""
    click.echo("Press Enter to leave an answer open; it can be given later.\n")
    given: list[Answers] = []
    for run, side in known.open_mornings(today):
        knee = f", {side} knee" if side in KNEES else ""
        morning = _asked(PAIN.format(f"on the morning after the run of {run.date}{knee}"), _PAIN)
        said: dict[str, Value] = {"side": side} if side else {}
        given += [Answers(today, today, {MORNING: morning, **said})] if morning is not None else []
    day = _day(today)
    others = known.on(day)
    for other in others:
        click.echo(f"That day has a row already, {entry_words(other, miles=miles)}.")
    knees = any(entry.side for entry in known.entries)
    if others and not click.confirm(f"Do you want to log another session{', or the other knee' if knees else ''}?", default=False):
        click.echo("To add to that row or to change it, name the answers: planner log ATHLETE.toml --after 1, or with --correct.")
        return tuple(given)
    values = _values(miles=miles, past=day < today, knees=knees)
    return (*given, Answers(day, today, values)) if values.keys() - {"side"} else tuple(given)


def _values(*, miles: bool, past: bool, knees: bool) -> dict[str, Value]:
    unit = "Miles" if miles else "Kilometres"
    values: dict[str, Value] = {}

    def length(text: str) -> Value:
        return cells.distance(text.replace(",", "."), miles=miles)

    if knees:
        _put(values, "side", "Which knee: left, right or both", cells.side)
    _put(values, "run_m", f"{unit} run, 0 for none", length)
    _put(values, "foot_m", f"{unit} on foot in all, walks included", length)
    _put(values, "seconds", "Minutes in all, like 35 or 35:30", cells.duration)
    _put(values, "pain_before", PAIN.format("before"), _PAIN)
    _put(values, "pain_during", PAIN.format("at worst while doing it"), _PAIN)
    _put(values, "pain_after", PAIN.format("60 minutes after"), _PAIN)
    if past:
        _put(values, MORNING, PAIN.format("the next morning"), _PAIN)
    _put(values, "limp", "Did you limp? y or n", cells.yes_no)
    _put(values, "swelling", "Is there new swelling? y or n", cells.yes_no)
    _put(values, "painkiller", "A painkiller in the 24 hours before, or since? y or n", cells.yes_no)
    _put(values, "red_flag", "One of the safety signs? Its id, or none; ? shows them", _sign)
    _put(values, "rpe", "How hard it was, 0 to 10", _PAIN)
    _put(values, "note", "A note", cells.COLUMNS["note"].read)
    return values


def _put(values: dict[str, Value], field: str, question: str, read: Reader) -> None:
    answer = _asked(question, read)
    if answer is not None and answer != "":
        values[field] = answer


def _asked(question: str, read: Callable[[str], T]) -> T | None:
    """Ask one question; None if it is skipped."""

    def process(text: object) -> T | None:
        words = str(text).strip()
        try:
            return read(words) if words else None
        except InputError as error:
            raise click.UsageError(f"{error.found}; expected {error.expected}. {error.advice}".rstrip()) from None

    answer: T | None = click.prompt(question, default="", show_default=False, value_proc=process)
    return answer


def _day(today: date) -> date:
    def past(text: str) -> date:
        day = cells.day(text)
        if day > today:
            raise InputError("", f"found {day}", f"a day that is over or today, {today}")
        return day

    return _asked(f"Which day [{today}]", past) or today


def _sign(text: str) -> str:
    if text == "?":
        raise InputError("", "the signs are\n" + "\n".join(f"  {sign:<17} {words}" for sign, words in SIGNS.items()), "an id, or none")
    return cells.sign(text)
