"""Updates, stops and cancels calendars that already exist in DIR; they are never replaced, as a phone may follow them.

A calendar's own lines say whose it is; somebody else's file of that name is refused.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from planner.calendar_audit import breaks
from planner.errors import InputError
from planner.render.calendar_stop import stop_words, stopped
from planner.render.calendar_update import cancelled, updated
from planner.roster.files import MOVE_IT, writing_to

if TYPE_CHECKING:
    from datetime import date

    from planner.errors import StopError
    from planner.model import Plan
    from planner.roster.job import BatchJob

CALENDAR = "ics"


def calendar_of(athlete_id: str) -> str:
    """The file name of an athlete's calendar."""
    return f"{athlete_id}.{CALENDAR}"


def standing(job: BatchJob, athlete_id: str) -> bytes:
    """Return an athlete's existing calendar, from DIR or a shard; empty if there is none. Raises `OutputError`."""
    name = calendar_of(athlete_id)
    place = job.place(athlete_id, name)
    with writing_to(place):
        try:
            return place.read_bytes()
        except FileNotFoundError:
            return _packed(job, athlete_id, name) if job.shards else b""


def _packed(job: BatchJob, athlete_id: str, name: str) -> bytes:
    """Return a member of a shard; empty if there is none or the zip cannot be read."""
    try:
        with zipfile.ZipFile(job.archive(job.shard(athlete_id))) as archive:
            return archive.read(name)
    except (FileNotFoundError, KeyError, zipfile.BadZipFile):
        return b""


def followed(job: BatchJob, plan: Plan, older: bytes, fresh: bytes) -> bytes:
    """Update the existing calendar `older` (empty for none) to `fresh`, which was just rendered.

    Raises `InputError` if `older` is not the athlete's calendar, even if an earlier run wrote a file of that name: it may have been
    exchanged since.
    """
    if not older:
        return fresh
    try:
        return updated(older, fresh, today=plan.as_of, issued=plan.issued, athlete_id=plan.athlete_id)
    except InputError as error:
        where = str(job.folder / job.shown(plan.athlete_id, calendar_of(plan.athlete_id)))
        raise InputError(where, error.found, error.expected, MOVE_IT) from None


def broken(data: bytes, fresh: bytes, today: date) -> tuple[str, ...]:
    """Return the laws that an updated calendar breaks (`calendar_audit.breaks`), or that it cannot be checked, as somebody may have edited
    it.
    """
    try:
        return breaks(data, fresh, today)
    except InputError as error:
        return (f"the updated calendar cannot be checked against the laws: {error}",)


def halted(job: BatchJob, older: bytes, athlete_id: str, stop: StopError, today: date) -> bytes | None:
    """Mark the existing calendar as stopped; return it unchanged if it is already, None if there is none of this athlete."""
    if not older:
        return None
    words, private = stop_words(stop.messages, stop.pause), job.options.private
    try:
        return stopped(older, athlete_id, words, stop.pause, today=today, issued=job.issued, private=private)
    except InputError:
        return None


def taken_back(job: BatchJob, athlete_id: str, day: date) -> tuple[bytes, bytes | None]:
    """Return the existing calendar, and a copy with all coming sessions cancelled: unchanged if they already are, None if there is none of
    this athlete.
    """
    older = standing(job, athlete_id)
    try:
        return older, cancelled(older, athlete_id, today=day, issued=job.issued) if older else None
    except InputError:
        return older, None
