"""Finds and reads each athlete's log: a file that the row names, a file in a folder of logs, or rows of one long log."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.journal.form import entries_of
from planner.journal.log_bytes import log_path
from planner.journal.log_file import read_log
from planner.journal.log_guard import stamp
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
    from planner.roster.outcome import Asked
    from planner.roster.recipe import Recipe

OPTION = "--logs"
_ONE = "one log for each athlete"
_LEAVE_OUT = "Leave one of them out."
_FOLLOWED = "the log that this plan follows"
_PUT_THEM_BACK = "Put them back, or add a row with only their id and a date if none of them counts any more."
_GIVE_IT = "Give it as before (--logs, --log, or log in the row), or an empty one if none of it counts any more."
_PUT_IT_BACK = "Put it back, or put an empty file in its place if none of it counts any more."


def log_of(recipe: Recipe, asked: Asked, athlete: Athlete) -> tuple[Entry, ...] | None:
    """Return the entries of a row's athlete by date; None if no log is kept.

    With a long log or a folder of logs everybody keeps one: no rows means no runs. Raises `RowError` with file, line and column for a wrong
    log, for two logs, and for a log that no longer exists.
    """
    try:
        if asked.told is not None:
            return _from_long_log(recipe, asked, athlete, asked.told)
        return _own(recipe, asked, athlete) if recipe.logs is None else _from_folder(recipe, recipe.logs, asked, athlete)
    except InputError as error:
        if error.where == "log":
            raise recipe.refusal(asked.row, error) from None
        raise recipe.beside(asked.row, error, "log") from None


def not_there(recipe: Recipe, athlete: Athlete) -> str:
    """Return the log that the row or the athlete file names if that file does not exist (yet), else ""."""
    return athlete.log if athlete.log is not None and stamp(recipe.folder / athlete.log) is None else ""


def _own(recipe: Recipe, asked: Asked, athlete: Athlete) -> tuple[Entry, ...] | None:
    """Read the log that the row or the athlete file names. Leaving out an option must not end a stop, so a missing log that existed before
    is refused.
    """
    if athlete.log is None:
        if asked.logged:
            raise InputError("log", "none is given, but there was one last time", _FOLLOWED, _GIVE_IT)
        return None
    return _read(log_path(recipe.folder, athlete.log), athlete.log, asked, athlete)


def _from_long_log(recipe: Recipe, asked: Asked, athlete: Athlete, told: Told) -> tuple[Entry, ...] | None:
    if athlete.log is None:
        if not told.rows and asked.logged:
            found = f"there is no row for {athlete.id}, but there were some last time"
            raise InputError(told.form.name, found, _FOLLOWED, _PUT_THEM_BACK)
        return entries_of(told)
    if told.rows:
        raise InputError("log", f'found "{athlete.log}", and rows in {told.form.name} too', _ONE, _LEAVE_OUT)
    return _own(recipe, asked, athlete)


def _from_folder(recipe: Recipe, folder: Path, asked: Asked, athlete: Athlete) -> tuple[Entry, ...] | None:
    name = _name_in(folder, asked, athlete)
    path, shown = log_path(folder, name), f"{folder.name}/{name}"
    if athlete.log is None:
        return _read(path, shown, asked, athlete)
    own = recipe.folder / athlete.log
    if path.exists() and not (own.exists() and own.samefile(path)):
        raise InputError("log", f'found "{athlete.log}", and {shown} too', _ONE, _LEAVE_OUT)
    return _own(recipe, asked, athlete)


def _name_in(folder: Path, asked: Asked, athlete: Athlete) -> str:
    """Return the name of the athlete's log in the folder: an exact match of the id, else the one file that differs only in letter case."""
    exact = f"{athlete.id}{LOG_SUFFIX}"
    if not asked.logs or (folder / exact).exists():
        return exact
    if asked.logs[1:]:
        found = " and ".join(f"{folder.name}/{name}" for name in asked.logs)
        raise InputError("log", f"found {found}", _ONE, f"Leave one of them out, and call the other {exact}.")
    return asked.logs[0]


def _read(path: Path, shown: str, asked: Asked, athlete: Athlete) -> tuple[Entry, ...]:
    """Read a log, using its short name (`shown`) in messages.

    A log that has disappeared is refused rather than read as empty: the red flag that stopped the athlete may have been in it.
    """
    try:
        entries = read_log(path, miles=athlete.miles, today=None)
    except InputError as error:
        where = error.where.replace(str(path), shown, 1)
        raise InputError(where, error.found, error.expected, error.advice) from None
    if not entries and asked.logged and stamp(path) is None:
        raise InputError(shown, "there is no such file, but there was a log last time", _FOLLOWED, _PUT_IT_BACK)
    return entries


class LogFolder(OnScratch):
    """The names of the logs in a folder, to find each athlete's log and those that belong to nobody; close it, or use it with `with`.

    The folder is listed once, here, and workers are sent the names: a listing in every worker would cost memory and go out of date.
    """

    def __init__(self, folder: Path) -> None:
        """List the folder. Raises `InputError` if it is not a readable folder."""
        super().__init__()
        self.folder = folder
        try:
            self._base.execute("CREATE TABLE logs (athlete TEXT, name TEXT)")
            self._base.execute("CREATE TABLE known (name TEXT)")
            self._base.executemany("INSERT INTO logs VALUES (?, ?)", _names(folder))
            self._base.execute("CREATE INDEX by_athlete ON logs (athlete, name)")
        except BaseException:
            self.close()
            raise

    def named(self, athlete_id: str) -> tuple[str, ...]:
        """Return an athlete's logs and mark them as known: the file with the exact id if there is one, else all whose names differ only in
        letter case.
        """
        asked = "SELECT name FROM logs WHERE athlete = ? ORDER BY 1"
        names = tuple(name for (name,) in self._base.execute(asked, (folded(athlete_id),)))
        exact = f"{athlete_id}{LOG_SUFFIX}"
        found = (exact,) if exact in names else names
        self._base.executemany("INSERT INTO known VALUES (?)", ((name,) for name in found))
        return found

    def strangers(self) -> Iterator[Stranger]:
        """Yield the logs that no athlete was found for, by name."""
        asked = "SELECT name FROM logs WHERE name NOT IN (SELECT name FROM known) ORDER BY 1"
        yield from (Stranger(name, 0, 0) for (name,) in self._base.execute(asked))


def _names(folder: Path) -> Iterator[tuple[str, str]]:
    try:
        with os.scandir(folder) as found:
            for entry in found:
                name = folded(entry.name)
                if name.endswith(LOG_SUFFIX) and not name.startswith("."):
                    # SQLite cannot store lone surrogates; such a name matches no id, so it is kept escaped for messages.
                    yield name.removesuffix(LOG_SUFFIX), entry.name.encode("utf-8", "backslashreplace").decode()
    except NotADirectoryError:
        raise InputError(OPTION, f"{folder} is not a folder", "one with a log for each athlete, like ana.csv") from None
    except OSError as error:
        raise not_opened(f"{OPTION} {folder}", error, "a folder of logs that you may read") from None
