"""Our own calendars are read back with everything that the laws need, as they are now."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.audit import audit, margins
from planner.errors import InputError
from planner.model import Plan, Week
from planner.plan_file import plan_from, read_plan
from planner.plan_file.calendar import document as calendar_document
from planner.plan_file.calendar_past import steps_of
from planner.render import Options, renderer
from planner.render.calendar_parts import apart, joined
from planner.render.calendar_update import updated
from planner.render.json import document
from planner.render.x_lines import _opened
from planner.steps import seconds_of
from planner.zones import zone
from tests.plan_strategies import plans
from tests.plans import sample_plan


def written(plan: Plan, folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(renderer(path.suffix[1:])(plan, Options()))
    return path


@given(plans())
@settings(max_examples=100)
def test_a_calendar_keeps_how_the_laws_are_read(plan):
    found = plan_from(calendar_document(renderer("ics")(plan, Options())))
    assert (found.reading, found.goal, found.history, found.plugins) == (plan.reading, plan.goal, plan.history, plan.plugins)
    for name in ("athlete_id", "athlete_name", "timezone", "units", "start", "as_of", "issued", "template"):
        assert getattr(found, name) == getattr(plan, name), name
    kept = ("number", "start", "stage", "decision", "ceiling_run_m", "ceiling_foot_m", "bound_by", "done_run_m")
    assert [[getattr(w, name) for name in kept] for w in found.weeks] == [[getattr(w, name) for name in kept] for w in plan.weeks]
    assert sorted((s.date, s.pillar, s.key, s.tags, s.status) for s in found.sessions) == sorted(
        (s.date, s.pillar, s.key, s.tags, s.status) for s in plan.sessions if s.status != "cancelled"
    )


@pytest.mark.parametrize("timezone", ["Europe/Berlin", "America/New_York", "UTC"])
@pytest.mark.parametrize("timed", [True, False])
def test_the_audit_says_the_same_of_a_calendar_and_of_json(tmp_path, timezone, timed):
    plan = sample_plan(timezone=timezone, timed=timed, start=date(2027, 2, 1))
    found = read_plan(written(plan, tmp_path, "ana.ics"))
    assert read_plan(written(plan, tmp_path, "ana.json")) == plan
    assert audit(found) == audit(plan) == ()
    assert [(m.law, m.where, m.found, m.allowed) for m in margins(found)] == [(m.law, m.where, m.found, m.allowed) for m in margins(plan)]


def test_a_calendars_sessions_are_the_plans_but_for_their_words(tmp_path):
    plan = sample_plan()
    found = read_plan(written(plan, tmp_path, "plan.ics"))
    for mine, theirs in zip(plan.sessions, found.sessions, strict=True):
        same = evolve(theirs, steps=mine.steps, details=mine.details, why=mine.why, duration_s=mine.duration_s)
        assert same == mine
        assert (seconds_of(theirs.steps, "run"), seconds_of(theirs.steps, "walk")) == (mine.run_s, mine.walk_s)
        if mine.start:
            assert theirs.duration_s == mine.duration_s


@given(run_s=st.integers(1, 4000), walk_s=st.integers(0, 4000), stretch=st.integers(1, 4000), rpe=st.integers(0, 10))
@settings(max_examples=300)
def test_steps_are_rebuilt_with_their_sums_and_their_longest_stretch(run_s, walk_s, stretch, rpe):
    shape = {"run_s": run_s, "walk_s": walk_s, "stretch_s": min(stretch, run_s), "rpe": rpe}
    told = json.loads(json.dumps(document(sample_plan(weeks=1))))
    told["sessions"][0] |= {"steps": steps_of(shape)}
    made = plan_from(told).sessions[0].steps
    assert (seconds_of(made, "run"), seconds_of(made, "walk")) == (run_s, walk_s)
    longest = max(seconds for seconds, effort in _opened(made) if effort is not None)
    broken = walk_s >= -(-run_s // shape["stretch_s"]) - 1
    assert longest == (shape["stretch_s"] if broken else run_s)


def test_what_was_changed_in_the_calendar_counts(tmp_path):
    plan = sample_plan(weeks=2)
    run = next(s for s in plan.sessions if s.run_s)
    text = renderer("ics")(plan, Options()).decode()
    blocks = text.split("BEGIN:VEVENT")
    moved = next(n for n, block in enumerate(blocks) if "20270105T070000" in block)
    blocks[moved] = blocks[moved].replace("20270105T", "20270112T").replace("070000", "063000", 1)
    gone = next(n for n, block in enumerate(blocks) if "20270107T183000" in block)
    del blocks[gone]
    blocks.insert(2, "\r\nUID:dentist\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270111T100000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n")
    path = tmp_path / "edited.ics"
    path.write_bytes("BEGIN:VEVENT".join(blocks).encode())
    found = read_plan(path)
    assert len(found.sessions) == len(plan.sessions) - 1
    assert found.weeks[0].run_m == plan.weeks[0].run_m - 1350 - run.run_m
    second = [s for s in found.weeks[1].sessions if s.run_s]
    assert [s.id for s in second] == [f"progression/run#{n}" for n in (2, 3, 4, 1)]
    assert second[0].start == datetime(2027, 1, 12, 6, 30, tzinfo=zone("Europe/Berlin"))


@pytest.mark.parametrize(("week", "as_of", "read"), [(1, "2027-01-20", True), (3, "2027-01-20", False), (3, "2027-01-03", True)])
def test_sessions_of_weeks_that_the_plan_lost_are_left_out_once_past(week, as_of, read):
    text = renderer("ics")(sample_plan(weeks=1), Options()).decode()
    told = text.replace(f"as-of={sample_plan().as_of}", f"as-of={as_of}").replace("20270105T", "20270119T")
    found = plan_from(calendar_document(told.replace(".1.progression.run.", f".{week}.progression.run.").encode()))
    assert (date(2027, 1, 19) in {s.date for s in found.sessions}) is read
    assert any("2027-01-19; expected one of the week's own dates" in f.message for f in audit(found)) is read


def test_a_calendar_taken_back_holds_no_sessions(tmp_path):
    path = tmp_path / "back.ics"
    path.write_bytes(renderer("ics")(sample_plan(weeks=1), Options(cancel=True)))
    assert read_plan(path).sessions == ()


def test_the_past_of_an_updated_calendar_counts_by_the_paces_of_now(tmp_path):
    plan = sample_plan(weeks=2)
    older = renderer("ics")(plan, Options())
    faster = evolve(plan.reading, paces=evolve(plan.reading.paces, run=360))
    day = plan.start + timedelta(days=7)
    now = evolve(plan, reading=faster, as_of=day, weeks=tuple(_recounted(week, 360) for week in plan.weeks))
    path = tmp_path / "ana.ics"
    path.write_bytes(updated(older, renderer("ics")(now, Options()), today=day, issued=plan.issued))
    found = read_plan(path)
    assert [s.run_m for s in found.sessions if s.run_s] == [s.run_m for s in now.sessions if s.run_s]
    assert [f for f in audit(found) if f.rule == "sums"] == []


def _recounted(week: Week, pace: int) -> Week:
    sessions = tuple(evolve(s, run_m=1000 * s.run_s // pace, foot_m=1000 * s.run_s // pace + 1000 * s.walk_s // 630) for s in week.sessions)
    return evolve(week, sessions=sessions, run_m=sum(s.run_m for s in sessions), foot_m=sum(s.foot_m for s in sessions))


@pytest.mark.parametrize("written", [":20270105T060000Z", ";TZID=UTC:20270105T060000", ":20270105T070000"])
def test_a_utc_time_is_converted_and_a_time_without_a_zone_is_local(tmp_path, written):
    text = renderer("ics")(sample_plan(weeks=1), Options()).decode()
    text = text.replace("DTSTART;TZID=Europe/Berlin:20270105T070000", f"DTSTART{written}")
    path = tmp_path / "utc.ics"
    path.write_bytes(text.encode())
    run = next(s for s in read_plan(path).sessions if s.run_s)
    assert run.start == datetime(2027, 1, 5, 7, tzinfo=zone("Europe/Berlin"))
    assert run.duration_s == next(s for s in sample_plan(weeks=1).sessions if s.run_s).duration_s


@pytest.mark.parametrize("zones", [("Pacific/Auckland", "America/Los_Angeles"), ("America/Los_Angeles", "Pacific/Auckland")])
def test_after_a_move_the_past_keeps_its_dates_and_clock_times(zones):
    there, here = (sample_plan(weeks=2, timezone=name) for name in zones)
    day = there.start + timedelta(days=7)
    fresh = renderer("ics")(evolve(here, as_of=day, ahead_from=day), Options())
    found = plan_from(calendar_document(updated(renderer("ics")(there, Options()), fresh, today=day, issued=there.issued)))
    told, meant = ([(s.date, s.start and s.start.time(), s.duration_s) for s in p.sessions if s.start] for p in (found, here))
    assert told == meant
    assert {s.start.tzinfo for s in found.sessions if s.start} == {zone(zones[1])}


def test_a_private_calendar_cannot_be_checked_and_says_so(tmp_path):
    path = tmp_path / "private.ics"
    path.write_bytes(renderer("ics")(sample_plan(weeks=1), Options(private=True)))
    with pytest.raises(InputError, match="a calendar that `planner make` wrote, without --private"):
        read_plan(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("X-PLANNER-RUN-S:570", "X-PLANNER-RUN-S:many", 'X-PLANNER-RUN-S: found "many"; expected a whole number'),
        ("X-PLANNER-SESSION:progression/run#2", "X-PLANNER-SESSION:progression/run", "expected a name like progression/run#1"),
        ("growth=1/10", "growth=fast", 'growth: found "fast"; expected a fraction'),
        ("start=2027-01-04", "start=soon", 'X-PLANNER-READING: start: found "soon"; expected a date'),
        ("week=1/", "week=one/", "the number of a week"),
        ("week=1/ladder", "week=1", "7 parts between slashes"),
        ("timezone=Europe", "timezone=Europa", "Did you mean `Europe/Berlin`?"),
        ("format=planner-plan/1", "format=planner-plan/9", "A newer planner wrote it"),
        ("X-PLANNER-PACES:run=400", "X-PLANNER-PACES:run=0", "paces.run_s_per_km: found 0"),
        ("HISTORY:2026-12-29", "HISTORY:yesterday", 'history[1].date: found "yesterday"'),
        ("DTSTART;TZID=Europe/Berlin:20270105T070000", "DTSTART;TZID=Europe/Berlin:early", "an event without a start"),
    ],
)
def test_a_calendar_whose_lines_were_spoilt_is_refused(tmp_path, old, new, message):
    text = renderer("ics")(sample_plan(weeks=1), Options()).decode().replace("\r\n ", "")
    assert old in text
    path = tmp_path / "spoilt.ics"
    path.write_bytes(text.replace(old, new, 1).encode())
    with pytest.raises(InputError) as caught:
        read_plan(path)
    assert message in str(caught.value)


@pytest.mark.parametrize("line", ["RRULE:FREQ=DAILY;COUNT=5", "RDATE;VALUE=DATE:20270106"])
def test_a_session_that_somebody_made_repeat_is_refused(tmp_path, line):
    text = renderer("ics")(sample_plan(weeks=1), Options()).decode().replace("\r\n ", "")
    own = "X-PLANNER-SESSION:progression/run#2"
    path = tmp_path / "again.ics"
    path.write_bytes(text.replace(own, f"{line}\r\n{own}", 1).encode())
    with pytest.raises(InputError) as caught:
        read_plan(path)
    assert "progression/run#2, 2027-01-05: an event that repeats" in str(caught.value)
    path.write_bytes(text.replace(own, f"{line}\r\nSTATUS:CANCELLED\r\n{own}", 1).replace("STATUS:CONFIRMED\r\n", "").encode())
    assert len(read_plan(path).sessions) == len(sample_plan(weeks=1).sessions) - 1


def test_a_calendar_that_follows_a_log_tells_its_past_without_the_events(tmp_path):
    plan = sample_plan(weeks=2)
    followed = evolve(plan, ahead_from=plan.start + timedelta(days=7), log=())
    weeks = [evolve(week, sessions=tuple(evolve(s, status="missed") for s in week.sessions)) for week in followed.weeks[:1]]
    followed = evolve(followed, weeks=(*weeks, *followed.weeks[1:]))
    data = renderer("ics")(followed, Options())
    head = data.partition(b"BEGIN:VEVENT")[0]
    assert b" 2027-01-05/progression/run/2/missed/run+level-1/570/810/1650 " in head.replace(b"\r\n ", b"")
    events = apart(data)
    later = [part.raw for part in events.components if part.name != b"VEVENT" or part.day >= followed.ahead_from]
    found = plan_from(calendar_document(joined(events.head, later)))
    kept = ("week", "id", "date", "status", "tags", "run_s", "walk_s", "run_m", "foot_m", "ceiling_m")
    told, meant = ([[getattr(s, name) for name in kept] for s in p.sessions if not s.transparent] for p in (found, followed))
    assert sorted(told) == sorted(meant)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("PAST:2027-01-04/", "PAST:soon/", "a date like 2027-01-04 in its first part"),
        ("PAST:2027-01-04/cross_training/", "PAST:2027-01-04/", "9 parts between slashes"),
        ("progression/run/1/", "progression/run/one/", "whole numbers"),
        ("/run/1/planned/", "/run/1/dreamt/", 'status: found "dreamt"'),
    ],
)
def test_a_past_that_was_spoilt_is_refused(old, new, message):
    plan = sample_plan(weeks=2)
    text = renderer("ics")(evolve(plan, ahead_from=plan.start + timedelta(days=7), log=()), Options()).decode().replace("\r\n ", "")
    assert old in text
    with pytest.raises(InputError) as caught:
        plan_from(calendar_document(text.replace(old, new, 1).encode()))
    assert message in str(caught.value)
