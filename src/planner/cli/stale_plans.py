"""Names the older plans in files that a stop does not update, and what to do about them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planner.cli.common import quoted, tell
from planner.cli.writing import STANDARD_OUTPUT, standing
from planner.errors import InputError
from planner.language import use_language
from planner.maker import moment
from planner.render import CALENDAR, ending, formats
from planner.render.calendar_stop import stop_words, stopped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from planner.athlete import Athlete
    from planner.errors import StopError

WORKOUTS = "fit"


def tell_left_over(athlete_file: Path, athlete: Athlete, target: Path, kept: Iterable[Path], stop: StopError, as_of: date | None) -> None:
    """Name the files that may hold an older plan and that this run, which was to write `target`, has not updated with the stop.

    These are the default outputs of `make`, and `target` itself; the input files in `kept` are skipped.
    """
    home, inputs = athlete_file.parent, {path.resolve() for path in kept}
    usual = [home / f"{athlete.id}.{ending(name)}" for name in formats() if name != CALENDAR]
    files = [path for path in dict.fromkeys((target, *usual)) if path != STANDARD_OUTPUT and path.is_file()]
    files = [path for path in files if path.resolve() not in inputs and path.suffix.lower() != f".{CALENDAR}"]
    if files:
        tell(
            f"{_listed(files)}: an older plan in {'it' if len(files) == 1 else 'them'} should no longer be followed. Delete it.",
            always=True,
        )
    calendar = home / f"{athlete.id}.{CALENDAR}"
    if calendar != target and _goes_on(calendar, athlete, stop, as_of):
        tell(f"{calendar} still shows what was planned: run `planner make {quoted(athlete_file)}` to cancel what is to come.", always=True)
    workouts = home / f"{athlete.id}-{WORKOUTS}"
    if workouts != target and any(workouts.glob(f"*.{WORKOUTS}")):
        tell(f"{workouts} still holds workouts: `planner make {quoted(athlete_file)} -f {WORKOUTS}` removes them.", always=True)


def _goes_on(calendar: Path, athlete: Athlete, stop: StopError, as_of: date | None) -> bool:
    """Whether there is a calendar of this athlete's that the stop would change."""
    today, issued = moment(athlete.timezone, as_of)
    try:
        older = standing(calendar)
        with use_language(athlete.language):
            words = stop_words(stop.messages, stop.pause)
            after = partial(stopped, older or b"", athlete.id, words, stop.pause, today=today, issued=issued)
            return older is not None and older not in (after(), after(private=True))
    except InputError:
        return False


def _listed(files: Sequence[Path]) -> str:
    return " and ".join(filter(None, (", ".join(map(str, files[:-1])), str(files[-1]))))
