"""Calendar updates: past and unchanged events keep their bytes; changed and removed ones are marked as iCalendar requires."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from attrs import evolve

from planner.errors import InputError
from planner.model import Session
from planner.plan_file.calendar import document
from planner.render import Options, ics
from planner.render.calendar_changes import changes, counted
from planner.render.calendar_parts import apart
from planner.render.calendar_update import cancelled
from tests.calendars import DAY, DENTIST, START, WEEKS, again, events, first_file, issued, moved, raws, with_each
from tests.plans import renamed, sample_plan


def test_an_unchanged_plan_is_an_unchanged_file_on_any_day() -> None:
    older = first_file()
    for days in (0, 1, 5, 12, 30):
        assert again(older, sample_plan(weeks=WEEKS), START + timedelta(days=days)) == older


def test_what_was_run_since_the_start_changes_no_file() -> None:
    older, day = first_file(), START + 9 * DAY
    plan = sample_plan(weeks=WEEKS)
    done = tuple(evolve(plan.history[0], date=START + timedelta(days=n), run_m=1500, longest_m=None) for n in (1, 3, 5))
    lived = evolve(plan, history=(*plan.history, *done), ahead_from=day, weeks=(evolve(plan.weeks[0], done_run_m=4500), *plan.weeks[1:]))
    assert again(older, lived, day) == older
    other = evolve(plan, history=(evolve(plan.history[0], run_m=1), *plan.history[1:]))
    assert b"HISTORY:2026-12-29/1/" in again(older, other, day)


def test_what_moved_keeps_its_uid_and_says_that_it_is_newer() -> None:
    older, day = first_file(), START + 7 * DAY
    run = next(s for s in sample_plan(weeks=WEEKS).sessions if s.run_s and s.week == 2)
    newer = again(older, with_each(sample_plan(weeks=WEEKS), lambda s: moved(s, 1) if s.id == run.id and s.week == 2 else s), day)
    before, after = events(older), events(newer)
    assert before.keys() == after.keys()
    different = [uid for uid in before if raws(older)[uid.encode()] != raws(newer)[uid.encode()]]
    assert different == [f"20270104.2.progression.run.{run.ordinal}.ana@return-to-run"]
    event = after[different[0]]
    assert event["SEQUENCE"] == 1
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == issued(day)
    assert event["DTSTART"].dt.date() == run.date + DAY
    assert b"as-of=2027-01-11" in newer.replace(b"\r\n ", b"")


def test_what_is_gone_is_cancelled_and_rings_no_more_and_what_comes_back_is_confirmed_again() -> None:
    plan, day = sample_plan(weeks=WEEKS), START + 7 * DAY
    shorter = evolve(plan, weeks=plan.weeks[:2])
    newer = again(first_file(alarm_s=600), shorter, day, alarm_s=600)
    gone = [event for uid, event in events(newer).items() if uid.startswith("20270104.3.")]
    assert len(gone) == len(plan.weeks[2].sessions)
    assert {str(event["STATUS"]) for event in gone} == {"CANCELLED"}
    assert {event["SEQUENCE"] for event in gone} == {1}
    assert not any(event.subcomponents for event in gone)
    back = again(newer, plan, day + DAY, alarm_s=600)
    returned = [event for uid, event in events(back).items() if uid.startswith("20270104.3.")]
    assert {(str(event["STATUS"]), event["SEQUENCE"]) for event in returned} == {("CONFIRMED", 2)}
    assert any(event.subcomponents for event in returned)


def test_the_past_keeps_its_bytes_whatever_the_plan_says() -> None:
    older, day = first_file(), START + 7 * DAY
    plan = renamed(sample_plan(weeks=WEEKS), "x")
    newer = again(older, with_each(plan, lambda s: None if s.pillar == "mobility" else s), day)
    past = {part.uid for part in apart(older).events if part.day < day}
    assert past
    assert all(raws(newer)[uid] == raws(older)[uid] for uid in past)
    assert all(raws(newer)[uid] != raws(older)[uid] for uid in raws(older).keys() - past)


def test_a_session_is_never_put_into_the_past() -> None:
    older, day = first_file(), START + 9 * DAY
    plan = sample_plan(weeks=WEEKS)
    today = next(s for s in plan.sessions if s.date == day)
    new = evolve(today, ordinal=9, date=day - DAY, start=None)
    drawn_back = with_each(plan, lambda s: moved(s, -1) if s == today else s)
    drawn_back = evolve(
        drawn_back, weeks=(evolve(drawn_back.weeks[0]), evolve(drawn_back.weeks[1], sessions=(*drawn_back.weeks[1].sessions, new)))
    )
    found = {uid.split(".", 1)[1]: event for uid, event in events(again(older, drawn_back, day)).items()}
    assert str(found[f"2.{today.pillar}.{today.key}.{today.ordinal}.ana@return-to-run"]["STATUS"]) == "CANCELLED"
    assert f"2.{today.pillar}.{today.key}.9.ana@return-to-run" not in found


def test_another_start_is_another_plan_whose_older_future_is_cancelled() -> None:
    day = START + 8 * DAY
    older = first_file()
    other = sample_plan(weeks=WEEKS, start=START + 2 * DAY)
    newer = again(older, other, day)
    status = {(uid[:8], event["DTSTART"].dt.isoformat()[:10] < str(day)): set() for uid, event in events(newer).items()}
    for uid, event in events(newer).items():
        status[uid[:8], event["DTSTART"].dt.isoformat()[:10] < str(day)].add(str(event["STATUS"]))
    assert status == {
        ("20270104", True): {"CONFIRMED"},
        ("20270104", False): {"CANCELLED"},
        ("20270106", False): {"CONFIRMED"},
    }
    told = document(newer)
    assert told["start"] == "2027-01-06"
    stood = [s for s in sample_plan(weeks=WEEKS).sessions if other.start <= s.date < day]
    ahead = [s for s in other.sessions if s.date >= day]
    assert sorted((s["date"], s["title"]) for s in told["sessions"]) == sorted((str(s.date), s.title) for s in (*stood, *ahead))
    assert again(newer, other, day + DAY) == newer


def test_another_start_long_after_the_older_plan_has_its_own_past() -> None:
    other = sample_plan(weeks=WEEKS, start=START + 28 * DAY)
    newer = again(first_file(), other, START + 35 * DAY)
    assert len(document(newer)["sessions"]) == len(other.sessions)


def test_an_earlier_start_has_a_past_of_its_own_only_before_the_older_plan() -> None:
    other, day = sample_plan(weeks=WEEKS, start=START - 7 * DAY), START + 8 * DAY
    newer = again(first_file(), other, day)
    new = {event.day for event in apart(newer).events if event.uid.startswith(b"20261228.") and event.day < day}
    assert new == {s.date for s in other.sessions if s.date < START}


def test_zones_are_right_for_every_event_that_stays() -> None:
    plan, day = sample_plan(weeks=13), START + 7 * DAY
    older = ics.render(plan, Options())
    newer = again(older, evolve(plan, weeks=plan.weeks[:3]), day)
    assert newer.count(b"BEGIN:VTIMEZONE") == newer.count(b"BEGIN:DAYLIGHT") == 1
    vtimezone = re.compile(rb"BEGIN:VTIMEZONE.*END:VTIMEZONE", re.DOTALL)
    assert vtimezone.search(newer)[0] == vtimezone.search(older)[0]
    elsewhere = again(older, sample_plan(weeks=13, timezone="America/New_York"), day)
    assert sorted(re.findall(rb"TZID:(\S+)", elsewhere)) == [b"America/New_York", b"Europe/Berlin"]
    assert {str(event["DTSTART"].dt.tzinfo) for event in events(elsewhere).values() if hasattr(event["DTSTART"].dt, "hour")} == {
        "America/New_York",
        "Europe/Berlin",
    }


@pytest.mark.parametrize("change", [lambda t: t.replace(b"\r\n", b"\n"), lambda t: b"\xef\xbb\xbf" + t, lambda t: t.rstrip()])
def test_a_file_that_was_saved_otherwise_is_the_same_calendar(change) -> None:
    older = change(first_file())
    assert again(older, sample_plan(weeks=WEEKS), START) == older
    newer = again(older, renamed(sample_plan(weeks=WEEKS), "y"), START)
    assert b"\n" not in newer.replace(b"\r\n", b"")
    assert len(events(newer)) == len(sample_plan(weeks=WEEKS).sessions)


def test_an_event_that_a_program_doubled_is_there_once() -> None:
    twice = raws(first_file())[b"20270104.2.progression.rest.1.ana@return-to-run"]
    older = first_file().replace(b"END:VCALENDAR", twice + b"END:VCALENDAR")
    assert len(events(again(older, sample_plan(weeks=WEEKS), START))) == len(raws(first_file()))


def test_events_folded_otherwise_say_the_same() -> None:
    older = first_file().replace(b"SUMMARY:", b"SUM\r\n MARY:")
    assert again(older, sample_plan(weeks=WEEKS), START) == older


def test_what_others_put_into_the_file_stays() -> None:
    todo = b"BEGIN:VTODO\r\nUID:todo\r\nDTSTAMP:20270101T000000Z\r\nSUMMARY:Buy shoes\r\nEND:VTODO\r\n"
    far = DENTIST.replace(b"dentist", b"far").replace(b"DTSTART:20270111T100000Z", b"DTSTART;TZID=Moon:20270111T100000")
    moon = b"BEGIN:VTIMEZONE\r\nTZID:Moon\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\n"
    moon += b"TZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    older = first_file().replace(b"END:VCALENDAR", DENTIST + todo + far + moon + b"END:VCALENDAR")
    newer = again(older, renamed(sample_plan(weeks=WEEKS), "z"), START)
    for kept in (DENTIST, todo, far, moon):
        assert kept in newer
    taken = cancelled(older, "ana", today=START, issued=issued(START))
    assert DENTIST in taken
    assert b"METHOD:PUBLISH" in taken
    private = again(older, sample_plan(weeks=WEEKS), START, private=True)
    assert DENTIST in private


@pytest.mark.parametrize(
    ("older", "found"),
    [
        (b"old", "not a calendar"),
        (first_file()[:-300], "breaks off"),
        (first_file() + first_file(), "several in one file"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Apple//EN\r\n" + DENTIST + b"END:VCALENDAR\r\n", "somebody else wrote"),
        (ics.render(sample_plan(athlete_id="ben", weeks=1), Options()), 'the calendar of "ben"'),
        (
            ics.render(sample_plan(athlete_id="ben", weeks=1), Options(private=True)),
            "a private calendar without one session of this athlete",
        ),
    ],
)
def test_a_strangers_calendar_is_never_written_over(older: bytes, found: str) -> None:
    with pytest.raises(InputError, match=found):
        again(older, sample_plan(weeks=WEEKS), START)
    if b"X-PLANNER" in older or b"return-to-run" not in older:
        with pytest.raises(InputError, match=found):
            cancelled(older, "ana", today=START, issued=issued(START))


def test_the_events_of_another_athlete_in_the_file_are_not_touched() -> None:
    bens = raws(ics.render(sample_plan(athlete_id="ben", weeks=1), Options()))
    older = first_file().replace(b"END:VCALENDAR", b"".join(bens.values()) + b"END:VCALENDAR")
    newer = again(older, evolve(sample_plan(weeks=WEEKS), weeks=sample_plan(weeks=1).weeks), START)
    assert {uid: raw for uid, raw in raws(newer).items() if b".ben@" in uid} == bens


def test_reminders_that_are_asked_for_later_change_what_has_an_hour() -> None:
    newer = again(first_file(), sample_plan(weeks=WEEKS), START, alarm_s=600)
    told = counted(changes(first_file(), newer), newer)
    timed = sum(bool(s.start) and not s.transparent for s in sample_plan(weeks=WEEKS).sessions)
    assert told["changed"] == timed
    assert {change.what for change in changes(first_file(), newer)} == {("reminder",)}


def test_a_private_calendar_follows_too_and_takes_nothing_along() -> None:
    older, plan, day = first_file(private=True), sample_plan(weeks=WEEKS), START + 7 * DAY
    assert again(older, plan, day, private=True) == older
    newer = again(older, evolve(plan, weeks=plan.weeks[:2]), day, private=True)
    assert newer.count(b"STATUS:CANCELLED") == len(plan.weeks[2].sessions)
    for data in (newer, again(first_file(), plan, day, private=True), cancelled(older, "ana", today=day, issued=issued(day))):
        assert b"\r\nX-" not in data
        assert not re.search(rb"ana|knee|hip|pain|run:|strength|progression|categories", data.lower())
    public = again(older, plan, day)
    assert b"X-PLANNER-READING" in public
    assert {
        str(e["STATUS"])
        for uid, e in events(public).items()
        if re.match("[0-9a-f]{32}@", uid) and e["DTSTART"].dt.isoformat()[:10] >= str(day)
    } == {"CANCELLED"}


def test_sequence_and_last_modified_rise_within_one_moment_and_from_a_file_without_them() -> None:
    older, plan = first_file(START), sample_plan(weeks=WEEKS)
    newer = again(older, renamed(plan, "a"), START)
    assert {event["LAST-MODIFIED"].dt for event in events(newer).values()} == {issued(START) + timedelta(seconds=1)}
    bare = re.sub(rb"(LAST-MODIFIED|SEQUENCE):[^\r]*\r\n", b"", older)
    assert {event["SEQUENCE"] for event in events(again(bare, renamed(plan, "a"), START)).values()} == {1}


def test_changes_are_told_with_what_they_were() -> None:
    older, plan, day = first_file(), sample_plan(weeks=WEEKS), START + 7 * DAY
    runs = [s for s in plan.weeks[1].sessions if s.run_s]
    lighter = evolve(runs[0], run_s=runs[0].run_s - 60)
    new = evolve(runs[0], ordinal=8, title="Extra")

    def change(s: Session) -> Session | None:
        swaps = {runs[0]: lighter, runs[1]: moved(runs[1], 1), runs[2]: evolve(runs[2], title="Other words")}
        return None if s.pillar == "mobility" and s.week == 3 else swaps.get(s, s)

    newer_plan = with_each(plan, change)
    newer_plan = evolve(
        newer_plan,
        weeks=(newer_plan.weeks[0], evolve(newer_plan.weeks[1], sessions=(*newer_plan.weeks[1].sessions, new)), newer_plan.weeks[2]),
    )
    newer = again(older, newer_plan, day)
    told = changes(older, newer)
    assert counted(told, newer) == {
        "moved": 1,
        "lighter": 1,
        "heavier": 0,
        "changed": 1,
        "dropped": 2,
        "added": 1,
        "unchanged": len(plan.sessions) - 5,
    }
    by_kind = {c.kinds[0]: c for c in told}
    assert (by_kind["lighter"].load_s, by_kind["lighter"].was_load_s) == (lighter.run_s, runs[0].run_s)
    assert (by_kind["moved"].was_day, by_kind["moved"].day) == (runs[1].date, runs[1].date + DAY)
    assert by_kind["moved"].was_start == f"{runs[1].start:%H:%M}"
    assert by_kind["changed"].what == ("title",)
    assert by_kind["added"].title == "Extra"
    assert changes(newer, newer) == ()
    assert {c.kinds for c in changes(None, newer)} == {("added",)}
