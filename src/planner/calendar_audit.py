"""Audit of an updated calendar: its kept past and the newly planned weeks, held against the laws together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.render.calendar_parts import apart

if TYPE_CHECKING:
    from datetime import date


def breaks(data: bytes, fresh: bytes, today: date) -> tuple[str, ...]:
    """The audit's errors for an updated calendar (`data`) whose past differs from that in the new plan's calendar (`fresh`).

    Each is a sentence with its place. Empty if both have the same past, and for private calendars, which carry no load. Raises
    `InputError` if the calendar cannot be read back.
    """
    drawn = {event.uid: event.content for event in apart(fresh).events}
    past = [event for event in apart(data).events if event.day < today and event.value(b"X-PLANNER-SESSION")]
    if all(drawn.get(event.uid) == event.content for event in past):
        return ()
    from planner.audit import audit  # noqa: PLC0415  (only where the two pasts differ)
    from planner.plan_file import plan_from  # noqa: PLC0415
    from planner.plan_file.calendar import document  # noqa: PLC0415

    return tuple(f"{f.where}: {f.message}" for f in audit(plan_from(document(data))) if f.severity == "error")
