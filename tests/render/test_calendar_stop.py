"""Withdrawn and stopped calendars: coming events are cancelled, and today's event says why."""

from __future__ import annotations

import re
from datetime import date

import pytest
from attrs import evolve

from planner.errors import InputError
from planner.plan_file.calendar import document
from planner.render.calendar_parts import apart
from planner.render.calendar_stop import StopWords, refuse_lost_stop, stopped
from planner.render.calendar_update import cancelled
from tests.briefed import athlete
from tests.calendars import DAY, START, WEEKS, again, events, first_file, issued, raws
from tests.plans import sample_plan

WORDS = StopWords(identity="RED-04", title="STOP", text="RED-04: the knee is locked.\nWithin days: see a doctor; no running.")


def test_taking_back_cancels_what_is_to_come_and_nothing_else() -> None:
    older, day = first_file(alarm_s=600), START + 7 * DAY
    newer = cancelled(older, "ana", today=day, issued=issued(day))
    for part in apart(newer).events:
        assert part.raw == raws(older)[part.uid] if part.day < day else part.cancelled and b"VALARM" not in part.raw
    assert b"METHOD:PUBLISH" in newer
    assert cancelled(newer, "ana", today=day, issued=issued(day + DAY)) == newer
    whole = cancelled(older, "ana", today=START, issued=issued(START))
    assert b"METHOD:CANCEL" in whole
    assert b"METHOD:PUBLISH" in again(whole, sample_plan(weeks=WEEKS), START)
    assert document(newer)["sessions"]


def stop(older: bytes, day: date, words: StopWords = WORDS, pause: str = "training") -> bytes:
    return stopped(older, "ana", words, pause, today=day, issued=issued(day))


def kinds(data: bytes, *, live: bool, since: date) -> set[str]:
    """The pillars of sessions that are on, or are cancelled, from a date on."""
    found = [part for part in apart(data).events if part.day >= since and part.value(b"TRANSP") == b"OPAQUE" and part.cancelled != live]
    return {part.uid.decode().split(".")[2] for part in found}


def test_a_stop_takes_sessions_back_and_says_so_today() -> None:
    day = START + 7 * DAY
    newer = stop(first_file(alarm_s=600), day)
    assert kinds(newer, live=True, since=day) == set()
    assert kinds(newer, live=False, since=day) == {"progression", "hip_strength", "cross_training", "mobility"}
    note = events(newer)["20270104.stop.RED-04.20270111.ana@return-to-run"]
    assert (note["DTSTART"].dt, note["DTEND"].dt, str(note["STATUS"])) == (day, day + DAY, "CONFIRMED")
    assert str(note["SUMMARY"]) == "STOP"
    assert str(note["DESCRIPTION"]) == WORDS.text
    assert all(part.raw == raws(first_file(alarm_s=600))[part.uid] for part in apart(newer).events if part.day < day)
    assert stop(newer, day) == newer
    assert stop(newer, day + 3 * DAY) == newer
    assert document(newer)["sessions"]


def test_a_routine_referral_pauses_runs_and_keeps_the_rest() -> None:
    newer = stop(first_file(), START + 7 * DAY, pause="runs")
    assert kinds(newer, live=False, since=START + 7 * DAY) == {"progression"}
    assert kinds(newer, live=True, since=START + 7 * DAY) == {"hip_strength", "cross_training", "mobility"}


def test_another_sign_takes_the_place_of_the_first_and_what_is_cleared_comes_back() -> None:
    day, plan = START + 7 * DAY, sample_plan(weeks=WEEKS)
    once = stop(first_file(), day)
    twice = stop(once, day, evolve(WORDS, identity="RED-01"))
    status = {uid: str(e["STATUS"]) for uid, e in events(twice).items() if ".stop." in uid}
    assert status == {
        "20270104.stop.RED-04.20270111.ana@return-to-run": "CANCELLED",
        "20270104.stop.RED-01.20270111.ana@return-to-run": "CONFIRMED",
    }
    assert stop(stop(twice, day), day) == stop(twice, day)
    cleared = again(once, plan, day + 2 * DAY)
    assert kinds(cleared, live=False, since=day + 2 * DAY) == set()
    assert (
        raws(cleared)[b"20270104.stop.RED-04.20270111.ana@return-to-run"] == raws(once)[b"20270104.stop.RED-04.20270111.ana@return-to-run"]
    )
    relapse = stop(cleared, day + 3 * DAY)
    assert "20270104.stop.RED-04.20270114.ana@return-to-run" in events(relapse)


def test_a_stop_in_a_private_calendar_says_nothing_about_health() -> None:
    day = START + 7 * DAY
    newer = stop(first_file(private=True), day)
    assert not re.search(rb"red-04|knee|doctor|ana|x-planner", newer.lower())
    live = [e for e in events(newer).values() if str(e["STATUS"]) == "CONFIRMED" and e["DTSTART"].dt.isoformat()[:10] >= str(day)]
    assert {str(e["SUMMARY"]) for e in live} == {"Training note", "Training is paused: run planner make and read why"}
    assert stop(newer, day + DAY) == newer
    referred = stop(first_file(private=True), day, pause="runs")
    assert {part.cancelled for part in apart(referred).events if part.day >= day and part.value(b"TRANSP") == b"OPAQUE"} == {True}


def test_a_stop_is_said_where_nothing_is_left_to_take_back() -> None:
    back = cancelled(first_file(), "ana", today=START, issued=issued(START))
    said = stop(back, START)
    assert "20270104.stop.RED-04.20270104.ana@return-to-run" in events(said)
    assert b"METHOD:PUBLISH" in said


def test_a_plan_that_is_taken_back_keeps_the_note_of_a_stop_which_only_what_lifts_it_ends() -> None:
    day = START + 7 * DAY
    back = cancelled(stop(first_file(), day), "ana", today=day, issued=issued(day))
    assert "20270104.stop.RED-04.20270111.ana@return-to-run" in {str(e["UID"]) for e in events(back).values() if e["STATUS"] == "CONFIRMED"}
    with pytest.raises(InputError, match="nothing names RED-04 any more"):
        refuse_lost_stop(back, athlete(id="ana"), ())


@pytest.mark.parametrize("rule", ["AGE-02", "arc-1"])
def test_what_no_answer_and_no_log_named_ends_by_itself(rule: str) -> None:
    """A guardian's consent, or whatever a plugin asks for."""
    refuse_lost_stop(stop(first_file(), START, evolve(WORDS, identity=rule)), athlete(id="ana"), ())
