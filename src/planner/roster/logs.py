"""What the athletes of a roster wrote down: each in a log of their own, in a folder of logs, or in one long log."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.journal.form import entries_of
from planner.journal.log_bytes import log_path
from planner.journal.log_file import read_log
from planner.roster.ids import folded
from planner.roster.long_log import Stranger
from planner.roster.recipe import LOG_SUFFIX
from planner.roster.scratch import OnScratch
from planner.roster.text_file import not_opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.athlete import Athlete
    from planner.entry import Entry
    from planner.journal.form import Told
    from planner.roster.recipe import Recipe
    from planner.roster.rows import Row

OPTION = "--logs"
_ONE = "one log for each athlete"
_LEAVE_OUT = "Leave one of them out."


def log_of(recipe: Recipe, row: Row, athlete: Athlete, told: Told | None) -> tuple[Entry, ...] | None:
    """What the athlete of a row wrote down, by date; None where no log is kept.

    `told` is what the long log holds of them, None where there is none. With a long log or a folder of logs everybody keeps one: who has no
    rows there has run nothing. Raises `RowError` for a log that is wrong, with its file, line and column, and where there are two.
    """
    try:
        if told is not None:
            return _from_long_log(recipe, athlete, told)
        return _own(recipe, athlete) if recipe.logs is None else _from_folder(recipe, recipe.logs, athlete)
    except InputError as error:
        if error.where == "log":
            raise recipe.refusal(row, error) from None
        raise recipe.beside(row, error, "log") from None


def _own(recipe: Recipe, athlete: Athlete) -> tuple[Entry, ...] | None:
    """The log that the row or the athlete file names."""
    if athlete.log is None:
        return None
    return _read(log_path(recipe.folder, athlete.log), athlete.log, athlete)


def _from_long_log(recipe: Recipe, athlete: Athlete, told: Told) -> tuple[Entry, ...] | None:
    if athlete.log is None:
        return entries_of(told)
    if told.rows:
        raise InputError("log", f'found "{athlete.log}", and rows in {told.form.name} too', _ONE, _LEAVE_OUT)
    return _own(recipe, athlete)


def _from_folder(recipe: Recipe, folder: Path, athlete: Athlete) -> tuple[Entry, ...] | None:
    name = f"{athlete.id}{LOG_SUFFIX}"
    path, shown = log_path(folder, name), f"{folder.name}/{name}"
    if athlete.log is None:
        return _read(path, shown, athlete)
    own = recipe.folder / athlete.log
    if path.exists() and not (own.exists() and own.samefile(path)):
        raise InputError("log", f'found "{athlete.log}", and {shown} too', _ONE, _LEAVE_OUT)
    return _own(recipe, athlete)


def _read(path: Path, shown: str, athlete: Athlete) -> tuple[Entry, ...]:
    """A log, with messages that call it what the coach does."""
    try:
        return read_log(path, miles=athlete.miles, today=None)
    except InputError as error:
        where = error.where.replace(str(path), shown, 1)
        raise InputError(where, error.found, error.expected, error.advice) from None


class LogFolder(OnScratch):
    """The names of the logs in a folder, for finding those that are nobody's; to be closed, or used with `with`."""

    def __init__(self, folder: Path) -> None:
        """Look at the names of its files. Raises `InputError` where it is no folder that may be read."""
        super().__init__()
        try:
            self._base.execute("CREATE TABLE logs (athlete TEXT, name TEXT)")
            self._base.execute("CREATE TABLE known (athlete TEXT)")
            self._base.executemany("INSERT INTO logs VALUES (?, ?)", _names(folder))
        except BaseException:
            self.close()
            raise

    def told(self, athlete_id: str) -> None:
        """Note that the roster has this athlete, whose log is read where the plan is made."""
        self._base.execute("INSERT INTO known VALUES (?)", (folded(athlete_id),))

    def strangers(self) -> Iterator[Stranger]:
        """The logs of whom nobody has asked for, by name."""
        asked = "SELECT name FROM logs WHERE athlete NOT IN (SELECT athlete FROM known) ORDER BY 1"
        yield from (Stranger(name, 0, 0) for (name,) in self._base.execute(asked))


def _names(folder: Path) -> Iterator[tuple[str, str]]:
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if entry.name.endswith(LOG_SUFFIX) and not entry.name.startswith("."):
                    yield folded(entry.name.removesuffix(LOG_SUFFIX)), entry.name
    except NotADirectoryError:
        raise InputError(OPTION, f"{folder} is no folder", "one with a log for each athlete, like ana.csv") from None
    except OSError as error:
        raise not_opened(f"{OPTION} {folder}", error) from None
