"""Private events and calendars: whose they are, although they do not say."""

from __future__ import annotations

import pytest
from attrs import evolve

from planner.render import Options, ics
from planner.render.calendar_stop import StopWords, stopped
from planner.render.calendar_update import cancelled
from tests.calendars import DAY, START, WEEKS, again, events, first_file, issued, raws
from tests.plans import sample_plan

WORDS = StopWords(identity="RED-04", title="STOP", text="RED-04: the knee is locked.")
LATER = START + 7 * DAY


def with_bens(older: bytes, **more: object) -> tuple[bytes, dict[bytes, bytes]]:
    """The calendar with the private events of Ben in it, and those events."""
    bens = raws(ics.render(sample_plan(athlete_id="ben", weeks=WEEKS, **more), Options(private=True)))
    return older.replace(b"END:VCALENDAR", b"".join(bens.values()) + b"END:VCALENDAR"), bens


@pytest.mark.parametrize(
    "change",
    [
        lambda older: again(older, evolve(sample_plan(weeks=WEEKS), weeks=sample_plan(weeks=2).weeks), START),
        lambda older: again(older, sample_plan(weeks=WEEKS), START, private=True),
        lambda older: cancelled(older, "ana", today=START, issued=issued(START)),
        lambda older: stopped(older, "ana", WORDS, "training", today=START, issued=issued(START)),
    ],
)
def test_the_private_events_of_another_athlete_in_a_full_calendar_are_not_touched(change) -> None:
    older, bens = with_bens(first_file())
    newer = raws(change(older))
    assert newer != raws(older)
    assert {uid: newer.get(uid) for uid in bens} == bens


def test_her_own_private_events_in_a_full_calendar_are_cancelled_with_the_rest() -> None:
    full = again(first_file(), sample_plan(weeks=WEEKS), LATER)
    hers = raws(first_file(private=True))
    both = full.replace(b"END:VCALENDAR", b"".join(hers.values()) + b"END:VCALENDAR")
    for newer in (cancelled(both, "ana", today=LATER, issued=issued(LATER)), again(both, sample_plan(weeks=WEEKS), LATER)):
        found = [
            event for uid, event in events(newer).items() if uid.encode() in hers and event["DTSTART"].dt.isoformat()[:10] >= str(LATER)
        ]
        assert found
        assert {str(event["STATUS"]) for event in found} == {"CANCELLED"}


def test_private_events_of_a_new_start_are_known_by_the_plan_that_has_it() -> None:
    other = sample_plan(weeks=WEEKS, start=START + DAY)
    hers = raws(ics.render(other, Options(private=True)))
    both = first_file().replace(b"END:VCALENDAR", b"".join(hers.values()) + b"END:VCALENDAR")
    found = events(again(both, other, LATER))
    assert {str(found[uid.decode()]["STATUS"]) for uid in hers if found[uid.decode()]["DTSTART"].dt.isoformat()[:10] >= str(LATER)} == {
        "CANCELLED"
    }
