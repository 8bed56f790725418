"""A calendar whose times another program turned into UTC says the same: dates and times are those of the plan's zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from planner.plan_file.calendar import document
from planner.render import Options, ics
from planner.render.calendar_changes import changes
from planner.render.calendar_parts import apart
from planner.render.calendar_past import past_entries
from planner.render.calendar_update import updated
from planner.zones import zone
from tests.calendars import DAY, START, dated, issued
from tests.plans import sample_plan

ZONES = ("America/Los_Angeles", "Pacific/Auckland", "Europe/Berlin")
LOCAL = re.compile(rb"^(DTSTART|DTEND);TZID=([^:]+):([0-9T]{15})", re.MULTILINE)


def in_utc(calendar: bytes, form: str = "{name}:{moment}Z") -> bytes:
    """The calendar as a program writes it that knows only UTC."""

    def told(line: re.Match[bytes]) -> bytes:
        clock = datetime.strptime(line[3].decode(), "%Y%m%dT%H%M%S").replace(tzinfo=zone(line[2].decode()))
        return form.format(name=line[1].decode(), moment=f"{clock.astimezone(UTC):%Y%m%dT%H%M%S}").encode()

    return re.sub(rb"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n", b"", LOCAL.sub(told, calendar), flags=re.DOTALL)


@pytest.mark.parametrize("timezone", ZONES)
@pytest.mark.parametrize("form", ["{name}:{moment}Z", "{name};TZID=Etc/UTC:{moment}"])
def test_the_past_is_on_its_local_dates(timezone: str, form: str) -> None:
    own, today = ics.render(sample_plan(weeks=2, timezone=timezone), Options()), START + 9 * DAY
    told = in_utc(own, form)
    assert b";TZID=" + timezone.encode() not in told
    assert [event.day for event in apart(told).events] == [event.day for event in apart(own).events]
    past = past_entries(told, "ana", START, today)
    assert past
    assert past == past_entries(own, "ana", START, today)
    read, meant = ({(s["id"], s["date"], s["start"]) for s in document(each)["sessions"]} for each in (told, own))
    assert read == meant


@pytest.mark.parametrize("timezone", ZONES)
def test_an_update_keeps_the_past_and_moves_nothing(timezone: str) -> None:
    plan, today = sample_plan(weeks=2, timezone=timezone), START + 9 * DAY
    told = in_utc(ics.render(plan, Options()))
    newer = updated(told, ics.render(dated(plan, today), Options()), today=today, issued=issued(today))
    found = changes(told, newer)
    assert {change.kinds for change in found} == {("changed",)}
    assert min(change.day for change in found) >= today
    assert {(c.day, c.start) for c in found} <= {(s.date, f"{s.start:%H:%M}") for s in plan.sessions if s.start}
    before, after = ([event.raw for event in apart(each).events if event.day < today] for each in (told, newer))
    assert before == after


@pytest.mark.parametrize("start", [";TZID=Europe/Berlin:20270105T070000Z", ":20270105T070000", ";VALUE=DATE:20270105", ":20270105T999999Z"])
def test_other_starts_keep_the_date_that_they_name(start: str) -> None:
    text = ics.render(sample_plan(weeks=1, timezone="Pacific/Auckland"), Options())
    told = text.replace(b";TZID=Pacific/Auckland:20270105T070000", start.encode(), 1)
    assert told != text
    assert [event.day for event in apart(told).events] == [event.day for event in apart(text).events]
