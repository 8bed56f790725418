"""Private events and calendars: whose they are, although they do not say."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from planner.errors import InputError
from planner.language import use_language
from planner.render import Options, ics
from planner.render.calendar_parts import apart, joined
from planner.render.calendar_stop import StopWords, stopped
from planner.render.calendar_update import cancelled
from tests.calendars import DAY, DENTIST, START, WEEKS, again, events, first_file, issued, raws
from tests.plans import sample_plan

WORDS = StopWords(identity="RED-04", title="STOP", text="RED-04: the knee is locked.")
LATER = START + 7 * DAY


def take_back(older: bytes, athlete_id: str = "ana") -> bytes:
    return cancelled(older, athlete_id, today=START, issued=issued(START))


def stop(older: bytes, athlete_id: str = "ana") -> bytes:
    return stopped(older, athlete_id, WORDS, "training", today=START, issued=issued(START))


def with_bens(older: bytes, **more: object) -> tuple[bytes, dict[bytes, bytes]]:
    """The calendar with the private events of Ben in it, and those events."""
    bens = raws(ics.render(sample_plan(athlete_id="ben", weeks=WEEKS, **more), Options(private=True)))
    return older.replace(b"END:VCALENDAR", b"".join(bens.values()) + b"END:VCALENDAR"), bens


@pytest.mark.parametrize(
    "change",
    [
        lambda older: again(older, evolve(sample_plan(weeks=WEEKS), weeks=sample_plan(weeks=2).weeks), START),
        lambda older: again(older, sample_plan(weeks=WEEKS), START, private=True),
        take_back,
        stop,
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


@pytest.mark.parametrize("weeks", [1, 12])
@pytest.mark.parametrize("change", [take_back, stop])
def test_a_private_calendar_of_another_athlete_is_refused(change, weeks: int) -> None:
    bens = ics.render(sample_plan(athlete_id="ben", weeks=weeks), Options(private=True))
    with pytest.raises(InputError, match="a private calendar without one session of this athlete; expected "):
        change(bens, "ana")
    assert change(bens, "ben") != bens


def test_a_private_calendar_is_known_by_what_is_left_of_it_whatever_its_start() -> None:
    older = ics.render(sample_plan(weeks=12, start=START + DAY), Options(private=True))
    late = [event for event in apart(older).events if event.day > START + 70 * DAY]
    trimmed = joined(apart(older).head, [event.raw for event in late])
    assert all(part.cancelled for part in apart(take_back(trimmed, "ana")).events)


def test_a_private_calendar_with_odd_dates_is_nobodys_and_one_without_sessions_anybodys() -> None:
    older = first_file(private=True)
    left = joined(apart(older).head, [DENTIST])
    assert DENTIST in stop(left, "ana")
    odd = raws(older)[next(iter(raws(older)))]
    for day in (b"00010102", b"99991231", b"nonsense"):
        broken = joined(apart(older).head, [re.sub(rb"(?<=DTSTART)[^\r]*", b";VALUE=DATE:" + day, odd)])
        with pytest.raises(InputError, match="without one session of this athlete"):
            take_back(broken, "ana")


def notes(data: bytes, status: str) -> list[str]:
    """The titles of the notes of a stop on the first day that have this status."""
    found = [event for event in events(data).values() if event["DTSTART"].dt == START and str(event["STATUS"]) == status]
    return [str(event["SUMMARY"]) for event in found if str(event["SUMMARY"]).startswith(("Training is paused", "Training pausiert"))]


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_stop_for_another_sign_takes_the_place_of_the_first_in_a_private_calendar_too(language: str) -> None:
    with use_language(language):
        once = stop(first_file(private=True))
    assert (len(notes(once, "CONFIRMED")), len(notes(once, "CANCELLED"))) == (1, 0)
    more = evolve(WORDS, identity="RED-04+RED-05")
    twice = stopped(once, "ana", more, "training", today=START, issued=issued(START))
    assert (len(notes(twice, "CONFIRMED")), len(notes(twice, "CANCELLED"))) == (1, 1)
    assert stopped(twice, "ana", more, "training", today=START, issued=issued(START)) == twice


def test_a_private_plan_that_is_taken_back_keeps_the_note_of_a_stop() -> None:
    once = stop(first_file(private=True))
    assert len(notes(take_back(once), "CONFIRMED")) == 1
    assert notes(again(once, sample_plan(weeks=WEEKS), START, private=True), "CONFIRMED") == []
