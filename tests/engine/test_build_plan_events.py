"""The contents of a week besides the size of its runs: attachments, notes, places, hours, and cuts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from planner import Attachment, Group, Host, Plan, Proposal, Session, Step, Why, build_plan, seconds_of
from planner.athlete import Availability
from planner.quantities import metres_run
from tests.engine.drawn import NINE, SHUT, day, drawn, hours, runs, said
from tests.tiny_plugins import START, Tiny, brief_of, exercise

LOADS = {"run", "strength", "cross-training"}


def attached(key: str, where: str = "after", tag: str = "run", *, seconds: int = 60, **more: object) -> Proposal:
    ordinals = more.pop("ordinals", None)
    return exercise(key, seconds=seconds, attach=Attachment(where=where, tag=tag, ordinals=ordinals), **more)


def legs(**more: object) -> Proposal:
    return exercise("legs", **{"tags": ("strength",), "seconds": 1200, **more})


def alone(*proposals: Proposal, **brief: object) -> Plan:
    """A plan with nothing but these proposals."""
    return build_plan(brief_of(**brief), Host.of(Tiny(sessions=proposals)))


def order(session: Session) -> list[str]:
    """The parts of a session: kinds of the engine's own steps, texts of what was attached."""
    kinds = ["intervals" if isinstance(s, Group) else s.text if s.kind == "exercise" else s.kind for s in session.steps]
    return [kind for kind in kinds if kind != "note"]


def hour(session: Session) -> str:
    return session.start.strftime("%H:%M%z") if session.start else ""


# Attachments


def test_a_run_s_event_goes_from_warm_up_walk_to_what_comes_after() -> None:
    parts = (
        attached("late", "after", importance=(10,)),
        attached("swings", "before", importance=(50,)),
        attached("lunges", "before", importance=(60,)),
        attached("stretch", "after", importance=(90,)),
    )
    first = runs(drawn(Tiny(sessions=parts), weeks=1))[0]
    assert order(first)[:4] == ["warm-up", "lunges", "swings", "intervals"]
    assert order(first)[-3:] == ["cool-down", "stretch", "late"]
    assert first.duration_s == seconds_of(first.steps) == 300 + first.run_s + first.walk_s + 300 + 4 * 60
    assert (seconds_of(first.steps, "run"), seconds_of(first.steps, "walk")) == (first.run_s, first.walk_s)


def test_an_attachment_goes_to_the_sessions_with_its_tag_and_ordinals_only() -> None:
    parts = (
        attached("second", ordinals=(2,)),
        attached("longest", tag="long-run"),
        attached("never", tag="cross-training"),
        attached("calm", tag="strength", ordinals=(1,)),
        legs(times_per_week=2),
    )
    plan = drawn(Tiny(sessions=parts), weeks=2)
    for week in plan.weeks:
        having = {text: sorted(s.id for s in week.sessions if text in order(s)) for text in ("second", "longest", "never", "calm")}
        longest = max(runs(week), key=lambda s: s.run_s)
        assert having == {"second": ["progression/run#2"], "longest": [longest.id], "never": [], "calm": ["tiny/legs#1"]}
        assert [s.id for s in runs(week) if "long-run" in s.tags] == [longest.id]


def test_words_and_reasons_of_what_is_attached_stand_in_the_event() -> None:
    why = Why(limit="content", text="warm muscles", source="MOB-1")
    plain, plus = (drawn(Tiny(sessions=p), weeks=1) for p in ((), (attached("swings", "before", details="Swing.", why=(why,)),)))
    for before, after in zip(runs(plain), runs(plus), strict=True):
        assert (after.title, after.details) == (before.title, f"{before.details}\n\nSwing.")
        assert after.why == (*before.why, why)


def test_what_the_day_is_too_short_for_is_dropped_and_said() -> None:
    evening = Availability(**dict.fromkeys(SHUT, hours(1080, 1080 + 36)))
    parts = (attached("stretch", seconds=300, importance=(10,)), attached("must", seconds=60, can_drop=False))
    plan = drawn(Tiny(sessions=parts), weeks=1, availability=evening)
    assert all("must" in order(s) and "stretch" not in order(s) for s in runs(plan))
    assert said(plan, "left-out") == ["week 1: Stretch left out: the day is too short for it."]
    assert all(s.duration_s <= 36 * 60 for s in runs(plan))


def test_a_run_gives_way_to_the_day_and_says_so() -> None:
    evening = Availability(**dict.fromkeys(SHUT, hours(1080, 1080 + 26)))
    plan = drawn(weeks=1, availability=evening)
    assert all(s.duration_s <= 26 * 60 and 300 <= s.run_s < 540 for s in runs(plan))
    assert len(runs(plan)) == 3
    assert {s.bound_by for s in runs(plan)} == {"availability"}
    assert {s.why[0].limit for s in runs(plan)} == {"availability"}


# Other sessions


def test_a_session_is_placed_as_often_as_it_asks_with_ordinals() -> None:
    plan = drawn(Tiny(sessions=(legs(times_per_week=2), exercise("roll", times_per_week=3))), weeks=2)
    for week in plan.weeks:
        placed = [s for s in week.sessions if s.pillar == "tiny"]
        assert sorted(s.id for s in placed) == ["tiny/legs#1", "tiny/legs#2", "tiny/roll#1", "tiny/roll#2", "tiny/roll#3"]
        assert len({s.date for s in placed if s.key == "legs"}) == 2
        assert {s.duration_s for s in placed if s.key == "legs"} == {1200}


def test_sessions_go_to_days_that_they_prefer_and_not_to_those_they_avoid() -> None:
    plan = alone(exercise("a", prefers=("thu",)), exercise("b", avoids=("mon", "tue", "wed", "thu", "sat", "sun")), weeks=2)
    assert [(s.key, s.date.weekday()) for s in plan.sessions] == [("a", 3), ("b", 4)] * 2


def test_a_week_keeps_a_day_without_any_load() -> None:
    plan = drawn(Tiny(sessions=(legs(times_per_week=7, seconds=60), exercise("ride", tags=("cross-training",), times_per_week=7))), weeks=3)
    for week in plan.weeks:
        assert len({s.date for s in week.sessions if LOADS & set(s.tags)}) <= 6


def test_what_has_no_room_all_along_is_one_finding_with_its_weeks() -> None:
    plan = alone(exercise("long", seconds=3 * 3600), weeks=3, availability=Availability(**dict.fromkeys(SHUT, hours(480, 600))))
    assert plan.sessions == ()
    assert said(plan, "left-out") == ["weeks 1-3: Long left out: the week has no room for it."]


def test_a_session_that_can_shrink_leaves_its_last_steps_off() -> None:
    steps = tuple(Step(kind="exercise", seconds=600, text=name) for name in ("one", "two", "three"))
    short = Availability(**dict.fromkeys(SHUT, hours(480, 500)))
    plan = alone(exercise(steps=steps, can_shrink_to=600), weeks=1, availability=short)
    assert [order(s) for s in plan.sessions] == [["one", "two"]]
    assert plan.sessions[0].duration_s == 1200
    assert alone(exercise(steps=steps), weeks=1, availability=short).sessions == ()


def test_walking_sessions_count_on_foot() -> None:
    walk = exercise("walk", steps=(Step(kind="walk", seconds=1260),))
    plan = drawn(Tiny(sessions=(walk,)), weeks=1)
    (session,) = (s for s in plan.sessions if s.key == "walk")
    assert (session.run_s, session.walk_s, session.foot_m) == (0, 1260, metres_run(1260, 630))
    assert plan.weeks[0].foot_m == 2000 + sum(s.foot_m for s in runs(plan))


# Notes


def test_rest_days_are_noted_on_every_day_without_load_and_on_no_other() -> None:
    plan = drawn(Tiny(sessions=(legs(times_per_week=2), exercise("roll", times_per_week=7))), weeks=3)
    for week in plan.weeks:
        loaded = {s.date for s in week.sessions if LOADS & set(s.tags)}
        notes = [s for s in week.sessions if s.key == "rest-day"]
        assert {s.date for s in notes} == {week.start + timedelta(days=n) for n in range(7)} - loaded
        assert [s.ordinal for s in notes] == list(range(1, len(notes) + 1))
        assert all(s.transparent and s.start is None and s.duration_s == 0 for s in notes)


def test_a_note_stands_on_its_date_and_blocks_nothing() -> None:
    notes = tuple(Proposal(key=f"n{n}", title="Note", note=True, on=day(n), details="Look.") for n in (-1, 0, 6, 7, 13, 14))
    plan = drawn(Tiny(sessions=notes), weeks=2)
    placed = [(s.week, s.key, s.date) for s in plan.sessions if s.title == "Note"]
    assert placed == [(1, "n0", day(0)), (1, "n6", day(6)), (2, "n7", day(7)), (2, "n13", day(13))]
    assert [(s.transparent, s.details) for s in plan.sessions if s.title == "Note"] == [(True, "Look.")] * 4
    assert [s.date for s in runs(plan)] == [s.date for s in runs(drawn(weeks=2))]


def test_a_week_is_in_order_of_date_then_hour_with_notes_last() -> None:
    windows = Availability(**dict.fromkeys(SHUT, hours(420, 480) + hours(1080, 1200)))
    note = Proposal(key="a-note", title="Note", note=True, on=day(0))
    plan = drawn(Tiny(sessions=(note, legs(times_per_week=3), exercise("roll", times_per_week=7))), weeks=2, availability=windows)
    for week in plan.weeks:
        keys = [(s.date, s.transparent, s.start.time() if s.start else time()) for s in week.sessions]
        assert keys == sorted(keys)


# Hours


def test_sessions_lie_in_their_windows_without_overlap() -> None:
    windows = Availability(**dict.fromkeys(SHUT, hours(420, 480) + hours(1080, 1200, "strength")))
    plan = drawn(Tiny(sessions=(legs(times_per_week=3), exercise("roll", times_per_week=4))), weeks=2, availability=windows)
    assert len(runs(plan)) == 6
    last: datetime | None = None
    for session in plan.sessions:
        if session.transparent:
            continue
        assert session.start is not None
        first = session.start.hour * 60 + session.start.minute
        last_minute = first - (-session.duration_s // 60)
        assert first >= 420
        assert last_minute <= 480 or (first >= 1080 and last_minute <= 1200 and "strength" in session.tags)
        assert last is None or session.start >= last
        last = session.start + timedelta(seconds=session.duration_s)


def test_without_hours_a_session_lasts_all_day() -> None:
    assert {s.start for s in drawn(weeks=1).sessions} == {None}


@pytest.mark.parametrize(
    ("zone", "window", "usual", "on", "moved"),
    [
        ("Europe/Berlin", hours(120, 170), "02:00+0100", date(2027, 3, 28), "03:00+0200"),
        ("America/New_York", hours(120, 170), "02:00-0500", date(2027, 3, 14), "03:00-0400"),
        ("Europe/Berlin", hours(90, 140), "01:30+0100", date(2027, 3, 28), "01:30+0100"),
        ("UTC", hours(120, 170), "02:00+0000", date(2027, 3, 28), "02:00+0000"),
    ],
)
def test_a_session_in_an_hour_that_the_clock_skips_is_moved(zone: str, window: tuple, usual: str, on: date, moved: str) -> None:
    sundays = Availability(**{**SHUT, "sun": window})
    plan = alone(exercise("stretch", seconds=2400), weeks=13, timezone=zone, availability=sundays)
    hours_by_date = {s.date: hour(s) for s in plan.sessions}
    assert hours_by_date[START + timedelta(days=6)] == usual
    assert hours_by_date[on] == moved
    assert len(hours_by_date) == 13


def test_a_session_in_an_hour_that_the_clock_shows_twice_is_moved() -> None:
    sundays = Availability(**{**SHUT, "sun": hours(60, 100)})
    plan = alone(exercise("stretch", seconds=1200), weeks=46, timezone="America/New_York", availability=sundays)
    by_date = {s.date: hour(s) for s in plan.sessions}
    assert [by_date[date(2027, 11, d)] for d in (7, 14)] == ["02:00-0500", "01:00-0500"]
    assert by_date[date(2027, 10, 31)] == "01:00-0400"


# Levels


def test_only_the_longest_run_of_a_week_tries_a_new_level() -> None:
    plan = drawn(weeks=12)
    fresh = [[s for s in runs(w) if "new-level" in s.tags] for w in plan.weeks]
    assert all(len(sessions) <= 1 for sessions in fresh)
    assert sum(len(sessions) for sessions in fresh) >= 5
    assert all("long-run" in s.tags for sessions in fresh for s in sessions)


def test_every_run_of_a_history_has_its_title_with_the_dose() -> None:
    for session in runs(drawn(running=NINE, weeks=2)):
        assert session.title.split(": ")[0] in ("Easy run", "Walk-run")
        assert "min" in session.title.split(": ")[1]
