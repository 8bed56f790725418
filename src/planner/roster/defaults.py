"""A group's defaults: a file with an athlete file's keys that fills in what rows leave out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planner.athlete_file import athlete_of
from planner.errors import InputError
from planner.roster.columns import Table, column, flattened, unknown
from planner.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.settings import Plain

PERSONAL = {
    "screening": "safety questions are answered by each athlete alone",
    "knee": "what a knee does is answered by each athlete alone",
    "clearance": "a professional clears one athlete, not a group",
    "guardian_ok": "consent is given for one athlete, not a group",
    "birth_year": "it decides which rules keep an athlete safe",
    "log": "a log says how one athlete's knee was",
    "id": "an id belongs to one athlete",
    "name": "a name belongs to one athlete",
}
"""Keys that are not allowed in the defaults, each with the reason."""
_GOALS = ("goal_minutes", "goal_week_km", "goal_week_mi")


def read_defaults(path: Path, *, folder: Path | None, start: date | None) -> Table:
    """Read a file of defaults.

    `folder` is the roster if that is a folder; `start` is the start given for every row, if any. Raises `InputError` with the file and the
    key for an unknown key, a personal one (`PERSONAL`) or a wrong value, and for a file that lies among the athlete files.
    """
    table = read_toml(path)
    if folder is not None and path.resolve().parent == folder.resolve() and path.suffix == ".toml":
        raise InputError(
            str(path), "it is among the athlete files", "defaults in another folder", "Move it, so that it is not taken for an athlete's."
        )
    for key in table:
        if key in PERSONAL:
            advice = "Give it in the rows."
            raise InputError(f"{path}: {key}", f"found it in the defaults, but {PERSONAL[key]}", "what a group has in common", advice)
    for name, _ in flattened(table):
        if column(name) is None:
            raise unknown(name, str(path))
    likely = {"id": "athlete", "start": start or date(2100, 1, 1), "running": {"easy_pace": "6:40"}}
    # Which week an override is in depends on the start, so without one only the rows can tell whether overrides are right.
    checked = {key: value for key, value in table.items() if key != "override" or start or "start" in table}
    try:
        athlete_of(filled(checked, likely), name="athlete")
    except InputError as error:
        raise error.within(str(path)) from None
    return table


def filled(table: Mapping[str, Plain], defaults: Mapping[str, Plain]) -> Table:
    """Fill the gaps of a table from `defaults`: nested tables key by key, lists as a whole. A goal in the table replaces every default
    goal.
    """
    result: Table = {**defaults, **table}
    for key, value in table.items():
        usual = defaults.get(key)
        if isinstance(value, dict) and isinstance(usual, dict):
            result[key] = filled(value, _without_goals(usual) if any(goal in value for goal in _GOALS) else usual)
    return result


def measured(defaults: Mapping[str, Plain]) -> bool:
    """Whether the defaults contain a pace or a distance, whose meaning depends on the units."""
    return any(name.endswith(("_km", "_mi", ".km", ".mi", "_pace")) for name, _ in flattened(defaults))


def _without_goals(table: Mapping[str, Plain]) -> Table:
    return {key: value for key, value in table.items() if key not in _GOALS}
