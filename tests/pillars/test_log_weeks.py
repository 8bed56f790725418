"""What pillars read from a log: the rows that count, by week and by session."""

from __future__ import annotations

import pytest
from helpers import START, brief
from logbook import kept, placed, row

from planner import Proposal
from planner.model import WEEK
from planner_pillars.log_weeks import has_begun, rows_of_week, rows_so_far, told_of, worse_next_morning

PLANNED = placed(1, "any", [Proposal(key=key, title=key) for key in ("one", "two", "three")])
"""Sessions on days 1, 3 and 5."""


def test_rows_count_up_to_today_and_by_date():
    rows = [row(9), row(2), row(8), row(-3)]
    about = kept(*rows, day=8)
    assert list(rows_so_far(about)) == [rows[3], rows[1], rows[2]]
    assert rows_of_week(about, START) == (rows[1],)
    assert rows_of_week(about, START + WEEK) == (rows[2],)
    assert rows_of_week(about, START - WEEK) == (rows[3],)
    assert rows_of_week(about, START + 2 * WEEK) == ()


def test_a_log_decides_weeks_that_have_begun():
    assert has_begun(kept(day=8), START + WEEK)
    assert not has_begun(kept(day=7), START + WEEK)
    assert not has_begun(brief(as_of=START + WEEK), START)
    assert rows_so_far(brief()) == ()


@pytest.mark.parametrize(
    ("rows", "worse"),
    [
        ([row(1)], None),
        ([row(1, pain_next_morning=0)], False),
        ([row(1, pain_next_morning=1)], True),
        ([row(1, pain_before=1, pain_next_morning=1)], False),
        ([row(1, pain_before=1, pain_next_morning=2)], True),
        ([row(1, pain_before=2), row(1, pain_next_morning=2)], False),
        ([row(1, side="left", pain_before=3, pain_next_morning=3), row(1, side="right", pain_next_morning=1)], True),
        ([row(1, side="left", pain_before=3, pain_next_morning=3), row(1, side="right", pain_next_morning=0)], False),
        ([row(1, side="left", pain_before=2), row(2, pain_next_morning=2)], False),
        ([row(1, side="left", pain_before=2), row(1, side="right", pain_before=1), row(2, pain_next_morning=2)], True),
        ([row(1, pain_before=2), row(2, side="left", pain_next_morning=2)], False),
        ([row(1, side="right", pain_before=2), row(2, side="left", pain_next_morning=1)], True),
    ],
)
def test_the_next_morning_is_held_against_before(rows, worse):
    assert worse_next_morning(rows) is worse


def test_rows_find_their_session_by_name_then_by_date_then_in_order():
    named, on_date, other, spare = row(6, "any/one#1"), row(3), row(4), row(6)
    assert told_of(PLANNED, [named], []) == [(named,), (), ()]
    assert told_of(PLANNED, [], [on_date]) == [(), (on_date,), ()]
    assert told_of(PLANNED, [named], [other]) == [(named,), (other,), ()]
    assert told_of(PLANNED, [], [on_date, other, spare]) == [(other,), (on_date,), (spare,)]
    assert told_of(PLANNED, [], [row(2), row(2), on_date])[0] == (row(2), row(2))
