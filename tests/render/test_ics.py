"""Calendars: byte for byte what icalendar writes for the same events, and readable by it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, vDDDTypes, vDuration, vText
from icalendar.parser import Contentline

from planner.model import Plan, Session
from planner.render import Options, ics
from planner.render.calendar_lines import duration_value, escaped, fold
from planner.render.identity import uids
from planner.render.x_lines import session_lines
from planner.steps import Group, Step
from planner.zones import local_span, names, zone
from tests.ics_oracle import by_icalendar
from tests.plans import renamed, sample_plan

nasty = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
        st.sampled_from(list("\\,;:^\"'\n\r\t°äß€😀\u2028\x85N n")),
    ),
    max_size=400,
)


@pytest.mark.parametrize(
    "seconds", [0, 1, 59, 60, 61, 90, 1800, 3600, 3601, 3660, 3661, 7200, 43200, 86400, 86401, 90061, 172800, -60, -1800, -90061]
)
def test_durations_are_written_as_icalendar_writes_them(seconds: int) -> None:
    assert duration_value(seconds) == vDuration(timedelta(seconds=seconds)).to_ical()


def test_the_zones_that_are_written_with_a_z_are_icalendar_s() -> None:
    written = {name: vDDDTypes(datetime(2027, 1, 1, tzinfo=zone(name))).to_ical() for name in names()}
    assert {name for name, value in written.items() if value.endswith(b"Z")} == ics.UTC_ZONES


def write(plan: Plan, **options: object) -> bytes:
    return ics.render(plan, Options(**options))


def with_sessions(plan: Plan, *sessions: Session) -> Plan:
    return evolve(plan, weeks=(evolve(plan.weeks[0], sessions=sessions), *(evolve(w, sessions=()) for w in plan.weeks[1:])))


@pytest.mark.parametrize("options", [{}, {"alarm_s": 1800}, {"private": True, "alarm_s": 5400}, {"cancel": True, "alarm_s": 60}])
@pytest.mark.parametrize("timezone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
def test_the_bytes_are_icalendars_own(timezone, options):
    plan = sample_plan(timezone=timezone, weeks=11)
    assert write(plan, **options) == by_icalendar(plan, Options(**options))


def test_all_day_plans_have_no_zone():
    plan = sample_plan(timed=False)
    written = write(plan)
    assert written == by_icalendar(plan, Options())
    assert b"VTIMEZONE" not in written
    assert b"TZID" not in written


@given(texts=st.lists(nasty, min_size=7, max_size=7))
@settings(max_examples=200)
def test_any_text_comes_out_as_icalendar_writes_it(texts):
    title, details, text, reason, name, pillar, tag = texts
    plan = evolve(sample_plan(weeks=1), athlete_name=name, template=reason)
    run = next(s for s in plan.sessions if s.run_s)
    why = (run.why[0]._replace(text=reason),)
    steps = (Step(kind="exercise", text=text, seconds=30), *run.steps)
    plan = with_sessions(plan, evolve(run, title=title, details=details, why=why, steps=steps, pillar=pillar, tags=(tag, tag)))
    options = Options(alarm_s=600)
    assert ics.render(plan, options) == by_icalendar(plan, options)


@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(list("\\^é😀a"))), max_size=600))
@settings(max_examples=500)
def test_a_line_folds_as_icalendars_lines_do(text):
    line = f"DESCRIPTION:{text}".replace("\n", "")
    assert fold(line.encode()) == Contentline(line).to_ical() + b"\r\n"


@settings(max_examples=300)
@given(st.integers(60, 90), st.sampled_from(["é", "€", "😀", "\\", "^", "\\\\", "^\\,"]), st.integers(0, 80))
def test_a_fold_never_lands_inside_a_character(before, at, after):
    line = "a" * before + at + "b" * after
    assert fold(line.encode()) == Contentline(line).to_ical() + b"\r\n"


@settings(max_examples=500)
@given(nasty)
def test_text_is_escaped_as_icalendar_escapes_it(text):
    assert escaped(text) == vText(text).to_ical()


@pytest.mark.parametrize("options", [{}, {"private": True}, {"cancel": True}])
def test_lines_are_short_and_end_as_they_must(options):
    written = write(evolve(renamed(sample_plan(), "€" * 90), athlete_name="Ünal" * 40), **options)
    assert written.endswith(b"END:VCALENDAR\r\n")
    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode()


def test_icalendar_reads_back_every_session():
    plan = sample_plan(timezone="America/New_York")
    events = Calendar.from_ical(write(plan)).walk("VEVENT")
    assert len(events) == len(plan.sessions) == 151
    for event, session in zip(events, plan.sessions, strict=True):
        assert str(event["SUMMARY"]) == session.title
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        if session.start:
            assert start == session.start
            assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(seconds=session.duration_s)
        else:
            assert (start, end) == (session.date, session.date + timedelta(days=1))


def test_a_session_over_the_spring_change_ends_an_hour_later_on_the_wall():
    plan = sample_plan(timezone="America/New_York", weeks=1)
    start, _ = local_span(zone("America/New_York"), date(2027, 3, 14), 90, 3600)
    session = evolve(plan.sessions[0], start=start, date=start.date(), duration_s=3600)
    written = write(with_sessions(plan, session))
    assert b"DTSTART;TZID=America/New_York:20270314T013000\r\nDTEND;TZID=America/New_York:20270314T033000\r\n" in written
    assert written.count(b"BEGIN:DAYLIGHT") == 1


def test_a_start_with_another_offset_is_the_same_moment_by_the_plans_clock():
    plan = sample_plan(weeks=1)
    moved = with_sessions(plan, *(evolve(s, start=s.start.astimezone(UTC)) if s.start else s for s in plan.sessions))
    assert write(moved) == write(plan)


def test_the_uid_is_the_sessions_identity_and_nothing_else():
    plan = sample_plan(weeks=2)
    changed = [
        evolve(s, title="new", details="new", date=s.date + timedelta(days=1), start=None, why=(), duration_s=60) for s in plan.sessions
    ]
    uid_of, other = uids(plan), uids(evolve(plan, athlete_id="ben"))
    assert [uid_of(s) for s in plan.sessions] == [uid_of(s) for s in changed]
    every = (
        [uid_of(s) for s in plan.sessions] + [other(s) for s in plan.sessions] + [uids(sample_plan(start=date(2027, 1, 11)))(changed[0])]
    )
    assert len(set(every)) == len(every)
    assert all(uid.endswith("@return-to-run") for uid in every)


def test_ids_that_look_like_uids_do_not_collide():
    session = sample_plan(weeks=1).sessions[0]
    one = uids(sample_plan(weeks=1, athlete_id="x"))(evolve(session, key="k"))
    two = uids(sample_plan(weeks=1, athlete_id=f"1.{one.removesuffix('@return-to-run')}"))(session)
    assert one != two


def test_stamps_come_from_the_plan():
    plan = evolve(sample_plan(weeks=1), issued=datetime(2027, 1, 2, 10, 30, tzinfo=zone("Europe/Berlin")))
    written = write(plan)
    assert written.count(b"DTSTAMP:20270102T093000Z\r\nLAST-MODIFIED:20270102T093000Z\r\nSEQUENCE:0\r\n") == len(plan.sessions)
    assert b"METHOD:PUBLISH\r\n" in written


def test_a_private_calendar_has_the_same_times_and_says_nothing():
    plan = evolve(sample_plan(weeks=4), athlete_name="Ana")
    public, private = write(plan), write(plan, private=True, alarm_s=600)
    times = [line for line in public.split(b"\r\n") if line.startswith((b"DTSTART", b"DTEND", b"TRANSP"))]
    assert times == [line for line in private.split(b"\r\n") if line.startswith((b"DTSTART", b"DTEND", b"TRANSP"))]
    assert b"\r\nX-" not in private
    assert {line for line in private.split(b"\r\n") if line.startswith(b"SUMMARY")} == {b"SUMMARY:Training", b"SUMMARY:Training note"}
    for word in (b"ana", b"knee", b"hip", b"pain", b"run:", b"strength", b"progression", b"assessment", b"categories"):
        assert word not in private.lower()
    uid_lines = [line for line in private.split(b"\r\n") if line.startswith(b"UID")]
    assert len(set(uid_lines)) == len(plan.sessions)


def test_cancelling_takes_every_event_back_and_rings_no_more():
    plan = sample_plan(weeks=2)
    published, cancelled = write(plan), write(plan, cancel=True, alarm_s=600)
    assert b"METHOD:CANCEL\r\n" in cancelled
    assert cancelled.count(b"STATUS:CANCELLED\r\n") == cancelled.count(b"SEQUENCE:1\r\n") == len(plan.sessions)
    assert b"VALARM" not in cancelled
    uid_lines = [[line for line in text.split(b"\r\n") if line.startswith(b"UID")] for text in (published, cancelled)]
    assert uid_lines[0] == uid_lines[1]


def test_a_single_cancelled_session_is_cancelled_alone():
    plan = sample_plan(weeks=1)
    first, *rest = plan.sessions
    written = write(with_sessions(plan, evolve(first, status="cancelled", title="STATUS:CONFIRMED"), *rest), alarm_s=60)
    assert written.count(b"STATUS:CANCELLED\r\n") == 1
    assert b"SUMMARY:STATUS:CONFIRMED\r\n" in written


def test_reminders_ring_for_sessions_with_an_hour_only():
    plan = sample_plan(weeks=1)
    timed = [s for s in plan.sessions if s.start and not s.transparent]
    written = write(plan, alarm_s=1800)
    assert written.count(b"TRIGGER:-PT30M\r\n") == len(timed) < len(plan.sessions)
    assert b"VALARM" not in write(plan)


def test_a_description_begins_with_what_to_do():
    plan = sample_plan(weeks=1)
    run = next(s for s in plan.sessions if s.run_s)
    lines = ics.description(run, plan).splitlines()
    assert lines[:4] == [
        "Warm-up: walk briskly, 5 min",
        "Warm-up: leg swings, 12 times each side",
        "Warm-up: walking lunges, 2 x 8",
        "9 x: run 1 min, walk 1:30 min (effort 4 of 10)",
    ]
    order = [lines.index(next(x for x in lines if x.startswith(start))) for start in ("Running 1.4 km", "GREEN", "Why: ", "This is a pl")]
    assert order == sorted(order)
    assert max(len(line) for line in lines[:6]) < 60


def test_miles_are_said_where_the_athlete_thinks_in_miles():
    plan = evolve(sample_plan(weeks=1), units="mi")
    assert b"Running 0.9 mi\\, at most 1.0 mi today" in write(plan).replace(b"\r\n ", b"")
    assert b" km" not in b"".join(line for line in write(plan).split(b"\r\n") if line.startswith(b"DESCRIPTION:Warm-up"))


def test_runs_carry_what_the_audit_asks_for():
    plan = sample_plan(weeks=3)
    events = Calendar.from_ical(write(plan)).walk("VEVENT")
    for event, session in zip(events, plan.sessions, strict=True):
        assert str(event["X-PLANNER-SESSION"]) == session.id
        if session.run_s:
            told = [int(str(event[f"X-PLANNER-{key}"])) for key in ("RUN-S", "WALK-S", "RUN-M", "FOOT-M")]
            assert told == [session.run_s, session.walk_s, session.run_m, session.foot_m]
        else:
            assert "X-PLANNER-RUN-S" not in event


def test_the_longest_stretch_counts_running_that_goes_on_over_a_repetition():
    run, walk = Step(kind="run", seconds=60, rpe=3), Step(kind="walk", seconds=30)
    shapes = {
        (Group(repeat=5, steps=(run, walk)), run): b"60",
        (Group(repeat=5, steps=(run,)), run): b"360",
        (Group(repeat=3, steps=(run, walk, run)),): b"120",
        (run, Step(kind="note", text="smile"), run): b"120",
        (Group(repeat=2, steps=(Group(repeat=2, steps=(run, walk)), run)),): b"120",
        (walk,): b"0",
    }
    session = next(s for s in sample_plan(weeks=1).sessions if s.run_s)
    for steps, seconds in shapes.items():
        assert b"X-PLANNER-STRETCH-S:%b\r\n" % seconds in session_lines(evolve(session, steps=steps))
