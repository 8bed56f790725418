"""Repeated calendar updates of arbitrary plans: calendar clients can follow every one of them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model import Plan, Session
from planner.render import Options, ics
from planner.render.calendar_parts import apart
from planner.render.calendar_update import updated
from tests.calendars import DAY, START, WEEKS, again, dated, events, moved, with_each
from tests.plans import renamed, sample_plan


def _drawn(seed: int, start: date, weeks: int, days: int, words: str) -> Plan:
    """One of ana's plans: some sessions moved, others left out, as the bits of `seed` say."""
    plan = sample_plan(start=start, weeks=weeks)
    plan = renamed(plan, words) if words else plan

    def change(s: Session) -> Session | None:
        bit = seed >> (hash((s.week, len(s.pillar), len(s.key), s.ordinal)) % 18) & 5
        return None if bit == 5 else moved(s, days) if bit == 4 else s

    return with_each(plan, change)


plans_of_ana = st.builds(
    _drawn,
    st.integers(0, 2**20),
    st.sampled_from([START, START, START, START + 3 * DAY]),
    st.integers(1, WEEKS),
    st.integers(0, 2),
    st.sampled_from(["", "", "a", "b"]),
)


@given(st.lists(st.tuples(plans_of_ana, st.integers(0, 9), st.sampled_from([None, None, 600])), min_size=2, max_size=4))
@settings(max_examples=25, deadline=None)
def test_any_plans_on_rising_days_leave_a_calendar_that_phones_can_follow(made) -> None:
    day = START - 2 * DAY
    data = ics.render(dated(made[0][0], day), Options(alarm_s=made[0][2]))
    for plan, later, alarm_s in made[1:]:
        day += timedelta(days=later)
        before, data = data, again(data, plan, day, alarm_s=alarm_s)
        _follows(before, data, dated(plan, day), alarm_s)


def _follows(before: bytes, after: bytes, plan: Plan, alarm_s: int | None) -> None:
    fresh = ics.render(plan, Options(alarm_s=alarm_s))
    assert updated(after, fresh, today=plan.as_of, issued=plan.issued) == after
    older, newer, wanted = ({p.uid: p for p in apart(data).events} for data in (before, after, fresh))
    read = events(after)
    assert {uid.decode() for uid in newer} == read.keys()
    assert older.keys() <= newer.keys()
    for uid, part in newer.items():
        was = older.get(uid)
        if was is None:
            assert part.raw == wanted[uid].raw
        elif was.day < plan.as_of or part.content == was.content:
            assert part.raw == was.raw
        else:
            assert int(read[uid.decode()]["SEQUENCE"]) == int(was.value(b"SEQUENCE")) + 1
            assert part.value(b"LAST-MODIFIED") > was.value(b"LAST-MODIFIED")
        if part.day >= plan.as_of:
            stays = uid in wanted and wanted[uid].day >= plan.as_of
            assert part.cancelled != stays
            assert not stays or part.content == wanted[uid].content
