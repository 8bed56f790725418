"""Strict readers for the athlete file and for an athlete's own programme file, both TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import cast, get_origin

import attrs

from planner import athlete_values as values
from planner.athlete import (
    Athlete,
    Availability,
    Clearance,
    Commitment,
    Equipment,
    Knee,
    Override,
    Progression,
    Running,
    Screening,
    Shoes,
)
from planner.athlete_checks import check_clearance, check_commitments, check_overrides
from planner.errors import InputError
from planner.formatting import cut, written
from planner.language import languages
from planner.programme import Template
from planner.settings import Plain, nearest, structure, type_hints
from planner.template_checks import check_template
from planner.text_checks import check_line
from planner.toml_file import read_toml
from planner.zones import zone

Table = dict[str, Plain]
TABLES: dict[str, type] = {
    "running": Running,
    "knee": Knee,
    "screening": Screening,
    "clearance": Clearance,
    "availability": Availability,
    "equipment": Equipment,
    "progression": Progression,
}
"""The file's tables and the record each one fills; `[pillars.NAME]` is handled apart."""
BLOCKS: dict[str, type] = {"shoes": Shoes, "commitments": Commitment, "override": Override}
"""The file's arrays of tables (`[[name]]`) and the record each entry fills."""
_ONE_BLOCK = {"shoes": "each pair", "commitments": "each of them", "override": "each of them"}
MOST_RECENT_WEEKS = 12
_NEEDED = {
    "start": "the first day of the plan, like start = 2027-01-04",
    "running": 'a heading [running] with a line like easy_pace = "6:40" under it',
}
_DATES = {"start", "last_run", "answered", "date", "since", "until", "move"}


def read_athlete(path: Path) -> Athlete:
    """Read an athlete file.

    Whatever the file's units, distances become kilometres, paces seconds per kilometre and growth basis points. Raises `InputError`,
    which names the file and the line or key.
    """
    table = read_toml(path)
    try:
        return athlete_of(table, name=path.stem)
    except InputError as error:
        raise error.within(str(path)) from None


def athlete_of(table: Mapping[str, Plain], *, name: str) -> Athlete:
    """Build an athlete from a table with the keys of an athlete file, wherever it came from.

    `name` is the id if the table has none. Raises `InputError` with the key alone.
    """
    data = {key: value for key, value in table.items() if key != "pillars"}
    pillars = _pillars(table.get("pillars", {}))
    athlete = structure(Athlete, _plain(data, name), "")
    _check(athlete, named="id" in data)
    return attrs.evolve(athlete, pillars=pillars)


def read_template(path: Path) -> Template:
    """Read an athlete's own programme file. Raises `InputError`, which names the file, the key and what was expected."""
    data = read_toml(path)
    try:
        template = structure(Template, data, "")
        check_template(template)
    except InputError as error:
        raise error.within(str(path)) from None
    return template


def template_path(template: str, folder: Path) -> Path | None:
    """The file that `template` names, relative to the athlete file's `folder`; None if it names an installed programme."""
    is_file = template.endswith(".toml") or "/" in template or "\\" in template
    return folder / template if is_file else None


def _plain(data: Table, name: str) -> Table:
    """The file's tables in the units of the records: kilometres, seconds, minutes from midnight."""
    units = data.get("units", "km")
    if units not in ("km", "mi"):
        raise InputError("units", f"found {written(units)}", '"km" or "mi"')
    miles = units == "mi"
    _refuse_unknown(data, miles=miles)
    for key, words in _NEEDED.items():
        if key not in data:
            raise InputError(key, "missing", words)
    result: Table = {"id": name, **data}
    result["running"] = _running(data["running"], miles=miles)
    for key, cls in BLOCKS.items():
        blocks = data.get(key)
        if isinstance(blocks, list):
            result[key] = [_block(block, cls, f"{key}[{n}]", miles=miles) for n, block in enumerate(blocks, 1)]
    days = data.get("availability")
    if isinstance(days, Mapping):
        result["availability"] = {
            key: (values.read_absences if key == "away" else values.read_windows)(value, f"availability.{key}")
            for key, value in days.items()
        }
    progression = data.get("progression")
    if isinstance(progression, Mapping) and "growth" in progression:
        growth = values.read_growth(progression["growth"], "progression.growth")
        result["progression"] = {**progression, "growth": growth}
    return result


def _block(table: Plain, cls: type, where: str, *, miles: bool) -> Plain:
    plain = _distances(table, cls, where, miles=miles)
    if cls is Commitment and isinstance(plain, Mapping) and "time" in plain:
        return {**plain, "time": values.read_time(plain["time"], f"{where}.time")}
    return plain


def _running(table: Plain, *, miles: bool) -> Plain:
    plain = _distances(table, Running, "running", miles=miles)
    if not isinstance(plain, Mapping):
        return plain
    if "easy_pace" not in plain:
        raise InputError("running.easy_pace", "missing", 'your easy running pace, like easy_pace = "6:40"')
    paces: Table = {}
    for field in attrs.fields(Running):
        if field.name.endswith("_pace") and field.name in plain:
            least, most = field.metadata["least"], field.metadata["most"]
            where = f"running.{field.name}"
            paces[field.name] = values.read_pace(plain[field.name], where, least=least, most=most, miles=miles)
    return {**plain, **paces}


def _distances(table: Plain, cls: type, where: str, *, miles: bool) -> Plain:
    """The table with every `*_mi` key converted to the record's `*_km`, exactly. Raises `InputError`, which names the key in miles."""
    if not isinstance(table, Mapping) or not miles:
        return table
    plain = {key: value for key, value in table.items() if not _is_distance(key, "mi")}
    hints = type_hints(cls)
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", cls)):
        key = f"{field.name[:-2]}mi"
        if not _is_distance(field.name, "km"):
            continue
        if key in table:
            plain[field.name] = _kilometres(table[key], field, f"{where}.{key}", several=get_origin(hints[field.name]) is tuple)
        elif field.default is attrs.NOTHING:
            raise InputError(f"{where}.{key}", "missing", str(field.metadata["text"]))
    return plain


def _kilometres(value: Plain, field: attrs.Attribute[object], place: str, *, several: bool) -> Plain:
    """Miles, or a list of them where the field takes several, as exact kilometres."""
    read = partial(values.read_kilometres, where=place, least=field.metadata["least"], most=field.metadata["most"])
    if not several:
        return read(value)
    if not isinstance(value, list):
        raise InputError(place, f"found {written(value)}", "a list in [ ]")
    return [read(item) for item in value]


def _keys(cls: type, *, miles: bool) -> set[str]:
    """The keys that a table may have, named for the file's units."""
    names = {f.name.rstrip("_") for f in attrs.fields(cast("type[attrs.AttrsInstance]", cls))}
    return {f"{n[:-2]}mi" if miles and _is_distance(n, "km") else n for n in names}


def _is_distance(key: str, unit: str) -> bool:
    """Whether a key holds a distance in `unit`: it is `unit` or ends in `_unit`."""
    return key == unit or key.endswith(f"_{unit}")


def _refuse_unknown(data: Table, *, miles: bool) -> None:
    """Raise `InputError` for unknown keys, quoted dates and `[name]` where `[[name]]` is needed, before any value is read."""
    known = {"": _keys(Athlete, miles=miles)}
    known |= {name: _keys(cls, miles=miles) for name, cls in {**BLOCKS, **TABLES}.items()}
    _table("", data, "", known, miles=miles)
    for name in TABLES:
        _table(name, data.get(name), name, known, miles=miles)
    for name in BLOCKS:
        blocks = data.get(name)
        if isinstance(blocks, Mapping):
            raise InputError(name, f"found the heading [{name}]", f"[[{name}]] with two brackets, once for {_ONE_BLOCK[name]}")
        for number, block in enumerate(blocks if isinstance(blocks, list) else [], 1):
            _table(name, block, f"{name}[{number}]", known, miles=miles)


def _table(name: str, table: Plain, where: str, known: dict[str, set[str]], *, miles: bool) -> None:
    for key, value in table.items() if isinstance(table, Mapping) else ():
        place = f"{where}.{cut(key)}" if where else cut(key)
        if key not in known[name]:
            raise _unknown(key, name, place, known, miles=miles)
        if key in _DATES and isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise InputError(place, f"found {written(value)}", "a date without quotes", f"Write {key} = {value}.")


def _unknown(key: str, name: str, place: str, known: dict[str, set[str]], *, miles: bool) -> InputError:
    """The error for an unknown key: in the other unit, under the wrong heading, or misspelt."""
    other = f"{key[:-2]}{'mi' if miles else 'km'}"
    if any(_is_distance(key, unit) for unit in ("km", "mi")) and other in known[name]:
        found = f'{"kilometres" if miles else "miles"} in a file with units = "{"mi" if miles else "km"}"'
        advice = f'Rename the key and give {"miles" if miles else "kilometres"}, or write units = "{key[-2:]}" at the top.'
        return InputError(place, found, f"the key {other}", advice)
    homes = [home for home in known if home != name and key in known[home]]
    if homes[:1] == [""]:
        return InputError(place, "a key in the wrong place", "it above the first heading in [ ]", "Move the line up.")
    if homes:
        heading = f"[[{homes[0]}]]" if homes[0] in BLOCKS else f"[{homes[0]}]"
        return InputError(place, "a key in the wrong place", f"it under the heading {heading}", "Move the line there.")
    return InputError(place, "unknown key", "a known one", nearest(key, known[name]))


def _pillars(table: Plain) -> dict[str, Mapping[str, Plain]]:
    """The settings of each pillar, unchecked: their values are validated against the pillar's settings class."""
    if not isinstance(table, Mapping):
        raise InputError("pillars", f"found {written(table)}", "headings like [pillars.hip_strength]")
    for name, settings in table.items():
        if not isinstance(settings, Mapping):
            expected = f"it under a heading with the pillar's name, like [pillars.hip_strength], not {cut(name)} alone"
            raise InputError(f"pillars.{cut(name)}", f"found {written(settings)}", expected)
    return dict(table)


def _check(athlete: Athlete, *, named: bool) -> None:
    """Check what types and ranges cannot express. Raises `InputError`."""
    values.check_id(athlete.id, "id", from_file_name=not named)
    check_line(athlete.name, "name", most=100)
    check_line(athlete.template, "template", most=1000)
    zone(athlete.timezone)
    if athlete.language not in languages():
        raise InputError("language", f"found {written(athlete.language)}", f"one of {', '.join(languages())}")
    year = athlete.start.year
    if not 2000 <= year <= 2100:
        raise InputError("start", f"found {athlete.start}", "a date from 2000 to 2100")
    if athlete.birth_year is not None and not year - 110 <= athlete.birth_year <= year:
        expected = f"the full year of birth, like 1988, from {year - 110} to {year}"
        raise InputError("birth_year", f"found {written(athlete.birth_year)}", expected)
    _check_running(athlete)
    for number, pair in enumerate(athlete.shoes, 1):
        check_line(pair.name, f"shoes[{number}].name", most=100)
        if not pair.name.strip():
            raise InputError(f"shoes[{number}].name", f'found "{pair.name}"', 'what you call the pair, like "blue"')
        if pair.name in {other.name for other in athlete.shoes[: number - 1]}:
            raise InputError(f"shoes[{number}].name", f'found "{pair.name}" twice', "a different name for each pair")
    check_clearance(athlete)
    check_commitments(athlete)
    check_overrides(athlete)


def _check_running(athlete: Athlete) -> None:
    running, unit = athlete.running, athlete.units
    if running.goal_minutes is not None and running.goal_week_km is not None:
        found = f"both goal_minutes and goal_week_{unit}"
        raise InputError("running", found, "one goal", "Delete one of the two lines, or put # in front of it.")
    if len(running.recent_weeks_km) > MOST_RECENT_WEEKS:
        expected = "the last four before the start, oldest first; a few more are fine"
        raise InputError(f"running.recent_weeks_{unit}", f"found {len(running.recent_weeks_km)} weeks", expected)
    if running.last_run is not None and running.last_run >= athlete.start:
        expected = f"a day before the start ({athlete.start})"
        advice = "Runs from the first day on belong to the plan; to count them as history, start the plan later."
        raise InputError("running.last_run", f"found {running.last_run}", expected, advice)
