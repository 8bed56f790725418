"""Removes files: plans of athletes who have left the roster, and workouts after a stop. Touches only what an earlier run wrote."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.render import ending
from planner.roster.files import put, stands, writing_to
from planner.roster.standing_calendars import calendar_of, taken_back

if TYPE_CHECKING:
    from datetime import date

    from planner.roster.job import BatchJob
    from planner.roster.outcome import FileFacts, Outcome
    from planner.roster.shards import Shards

WORKOUTS = "fit"


def pruned(job: BatchJob, shards: Shards, outcome: Outcome) -> Outcome:
    """Cancel the calendar of an athlete who has left, remove the files in other formats, and return the new outcome.

    `outcome.standing` are all files that an earlier run wrote. The calendar is kept, since the phone that follows it must receive the
    cancellations. Files that were changed since, or are not the athlete's calendar any more, are left alone. Raises `OutputError`.
    """
    name = calendar_of(outcome.id)
    left = tuple(facts for facts in outcome.standing if facts.name != name and not _removed(job, shards, outcome.id, facts))
    if all(facts.name != name for facts in outcome.standing):
        return outcome._replace(standing=left, taken_back=not left)
    kept = next(facts for facts in outcome.standing if facts.name == name)
    older, data = taken_back(job, outcome.id, _day(job, outcome.zone))
    if data is not None and data != older:
        try:
            with writing_to(job.folder):
                kept = put(job, outcome.id, name, data)
        except InputError as error:
            return outcome._replace(standing=(kept, *left), error=f"{error} It still shows what was planned.")
    return outcome._replace(standing=(kept, *left) if older else left, taken_back=data is not None and not left)


def without_workouts(job: BatchJob, shards: Shards, outcome: Outcome) -> Outcome:
    """Remove a stopped row's workouts for the watch, as `planner make` does, and return the new outcome; other rows are returned unchanged.

    Raises `OutputError`.
    """
    if outcome.status != "stop":
        return outcome
    name = f"{outcome.id}.{ending(WORKOUTS)}"
    left = tuple(facts for facts in outcome.standing if facts.name != name or not _removed(job, shards, outcome.id, facts))
    return outcome._replace(standing=left)


def _removed(job: BatchJob, shards: Shards, athlete_id: str, facts: FileFacts) -> bool:
    """Remove a file unless somebody changed it; return whether it is gone."""
    path = job.place(athlete_id, facts.name)
    with writing_to(path):
        if stands(path, facts):
            path.unlink()
        elif path.exists():
            return False
    if job.shards and shards.stand(athlete_id):
        shards.drop(athlete_id, facts.name)
    return True


def _day(job: BatchJob, timezone: str) -> date:
    """The day of planning in the athlete's time zone, or in UTC if that zone is no longer known."""
    with suppress(InputError):
        return job.day(timezone)
    return job.group_day
