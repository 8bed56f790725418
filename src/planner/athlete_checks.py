"""Cross-field checks of `[clearance]`, `[[commitments]]` and `[[override]]`, which types and ranges cannot express."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.athlete_values import key_of
from planner.errors import InputError
from planner.formatting import written
from planner.text_checks import check_line

if TYPE_CHECKING:
    from datetime import date

    from planner.athlete import Athlete, Override

MOST_LINE = 300
CHANGES = ("move", "shorten", "drop", "note")
"""The changes an override may make; each makes exactly one."""
_SESSION = re.compile(r"[a-z][a-z0-9_]*/[a-z0-9-]+#[1-9][0-9]{0,3}")


def check_commitments(athlete: Athlete) -> None:
    """Raise `InputError` for a commitment without a name, without exactly one of `on` and `date`, with `until` but no `on`, or whose name
    yields the same calendar key as another's.
    """
    keys: dict[str, str] = {}
    for number, one in enumerate(athlete.commitments, 1):
        where = f"commitments[{number}]"
        check_line(one.name, f"{where}.name", most=100)
        if not one.name.strip():
            raise InputError(f"{where}.name", 'found ""', 'what you call it, like "Club run"')
        if one.on is not None and one.date is not None:
            advice = "Delete one of the two lines; a run that is both is two [[commitments]]."
            raise InputError(where, "both on and date", "a weekday (every week) or a date (once)", advice)
        if one.on is None and one.date is None:
            raise InputError(where, "neither on nor date", 'a line like on = "tue" or date = 2027-02-14')
        if one.until is not None and one.on is None:
            raise InputError(
                f"{where}.until",
                "found an end date for something that happens once",
                "until only with on, for what comes every week",
                "Delete the line.",
            )
        key = key_of(one.name)
        if key in keys:
            expected = "a different name for each, in letters or digits"
            raise InputError(f"{where}.name", f"found {written(one.name)} beside {written(keys[key])}", expected)
        keys[key] = one.name


def check_overrides(athlete: Athlete) -> None:
    """Raise `InputError` for an override that is unsigned, names no session, makes no change or several, moves a session to another week,
    or conflicts with an earlier override.
    """
    asked: dict[tuple[int, str], dict[str, int]] = {}
    for number, one in enumerate(athlete.override, 1):
        where = f"override[{number}]"
        _check_who(one.by, f"{where}.by")
        for key in ("note", "session"):
            check_line(getattr(one, key), f"{where}.{key}", most=MOST_LINE)
        if not _SESSION.fullmatch(one.session):
            advice = "`planner explain` names each session."
            raise InputError(f"{where}.session", f"found {written(one.session)}", "a session's name, like progression/run#1", advice)
        change = _change(one, where)
        week = week_of(athlete, one.date)
        if one.move is not None and week_of(athlete, one.move) != week:
            expected = f"a day of the same week as {one.date}; the plan's weeks begin on its start, {athlete.start}"
            raise InputError(f"{where}.move", f"found {one.move}", expected)
        before = asked.setdefault((week, one.session), {})
        for known, first in before.items():
            if change != "note" and known != "note" and (known == change or "drop" in (known, change)):
                found = f"found {change} for {one.session}, which override[{first}] would {known} in the same week"
                raise InputError(where, found, "overrides that go together", "Delete one of the two.")
        before.setdefault(change, number)


def check_clearance(athlete: Athlete) -> None:
    """Raise `InputError` for an unsigned clearance: only a named person can lift a stop."""
    if athlete.clearance is not None:
        _check_who(athlete.clearance.by, "clearance.by")


def _check_who(by: str, where: str) -> None:
    check_line(by, where, most=MOST_LINE)
    if not by.strip():
        raise InputError(where, f"found {written(by)}", "who says so, by name")


def _change(one: Override, where: str) -> str:
    """The one change that an override makes. Raises `InputError` for none or several."""
    given = [key for key in CHANGES if getattr(one, key) not in (None, False, "")]
    if len(given) != 1:
        found = " and ".join(given) if given else "none of them"
        raise InputError(where, f"found {found}", f"one of {', '.join(CHANGES)}", "Write one [[override]] for each change.")
    return given[0]


def week_of(athlete: Athlete, day: date) -> int:
    """The number of the plan week that contains `day`, 1 for the first; dates outside the plan are numbered on the same scale."""
    return (day - athlete.start).days // 7 + 1
