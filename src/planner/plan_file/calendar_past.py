"""Reads the past of a calendar that follows a log from its X-PLANNER-PAST line.

An update leaves past events as they were written, so they do not show what became of them. The line is rewritten with each update and
contains every session before the dates ahead. Events add only what the line leaves out, such as titles and start times.
"""

from __future__ import annotations

from datetime import date

from planner.errors import InputError
from planner.formatting import written
from planner.plan_file.calendar_words import NOTHING, Members, free_text, named_parts, number_or_word

KEYS = ("date", "pillar", "key", "ordinal", "status", "tags", "run_s", "walk_s", "ceiling_m")
"""The parts of a word of the X-PLANNER-PAST line, in order."""


def with_past(sessions: list[Members], told: list[str], ahead: str, start: date) -> list[Members]:
    """Replace the sessions before the date `ahead` by those that the words `told` describe, keeping transparent ones (notes). Raises
    `InputError`.

    Metres are left at 0, as they follow from the seconds and the plan's paces.
    """
    stood = {(s["week"], s["id"]): s for s in sessions if str(s["date"]) < ahead and not s["transparent"]}
    titles = {(s["pillar"], s["key"]): s["title"] for s in sessions}
    stay = [s for s in sessions if str(s["date"]) >= ahead or s["transparent"]]
    return [*stay, *(_session(word, stood, titles, start) for word in told)]


def _session(word: str, stood: dict[tuple[object, object], Members], titles: dict[tuple[object, object], object], start: date) -> Members:
    """Build a past session from a word, with further details from its event if that still exists."""
    said = named_parts("past", KEYS, word)
    run_s, walk_s, ceiling_m, ordinal = (_whole(said[key], word) for key in ("run_s", "walk_s", "ceiling_m", "ordinal"))
    tags = word.split("/")[KEYS.index("tags")]
    pillar, key, day = said["pillar"], said["key"], _day(said["date"], word)
    name, week = f"{pillar}/{key}#{ordinal}", (day - start).days // 7 + 1
    event = stood.get((week, name), {})
    told: Members = {"run_s": run_s, "walk_s": walk_s}
    same = bool(event) and told.items() <= event.items()
    return {
        "id": name,
        "week": week,
        "date": day.isoformat(),
        "start": event["start"] if event and event["date"] == day.isoformat() else None,
        "duration_s": event.get("duration_s", run_s + walk_s),
        "pillar": pillar,
        "key": key,
        "title": event.get("title", titles.get((pillar, key), key)),
        "tags": [] if tags == NOTHING else [free_text(tag) for tag in tags.split("+")],
        "status": said["status"],
        "transparent": False,
        "bound_by": event.get("bound_by", ""),
        "steps": event["steps"] if same else steps_of({"run_s": run_s, "walk_s": walk_s, "stretch_s": 0, "rpe": 0}),
        **told,
        "run_m": 0,
        "foot_m": 0,
        "ceiling_m": ceiling_m,
    }


def _whole(part: str, word: str) -> int:
    found = number_or_word(part)
    if not isinstance(found, int):
        raise InputError("X-PLANNER-PAST", f"found {written(word)}", "whole numbers in its last parts")
    return found


def _day(part: str, word: str) -> date:
    try:
        return date.fromisoformat(part)
    except ValueError:
        raise InputError("X-PLANNER-PAST", f"found {written(word)}", "a date like 2027-01-04 in its first part") from None


def steps_of(numbers: dict[str, int]) -> list[Members]:
    """Build run and walk steps that match the given totals (seconds), the longest running stretch and the effort."""
    run_s, walk_s, stretch = numbers["run_s"], numbers["walk_s"], numbers["stretch_s"] or numbers["run_s"]
    effort: Members = {"rpe": numbers["rpe"]} if numbers["rpe"] else {}
    breaks = max(-(-run_s // stretch) - 1, 0) if stretch else 0
    between, left = divmod(walk_s, breaks) if breaks and walk_s >= breaks else (0, walk_s)
    steps: list[Members] = []
    if between:
        inside = [{"kind": "run", "seconds": stretch, **effort}, {"kind": "walk", "seconds": between}]
        steps.append({"repeat": breaks, "steps": inside})
        run_s -= breaks * stretch
    if run_s:
        steps.append({"kind": "run", "seconds": run_s, **effort})
    if left:
        steps.append({"kind": "walk", "seconds": left})
    return steps
