"""What hooks see of the latest restart of running: its date, the length of the gap, and whether that was for pain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from planner.athlete import Absence, Availability
from planner.entry import Entry
from tests.engine.test_log_fold import ANA, DAY, START, done, first_week, planned
from tests.tiny_plugins import module

if TYPE_CHECKING:
    from datetime import date

    from planner import Proposal, WeekView

    Told = tuple[date | None, int, bool]

NEVER: Told = (None, 0, False)


def told(rows: tuple[Entry, ...] | None, today: date, **athlete: object) -> list[Told]:
    """What the hooks were told of each week."""
    seen: dict[int, Told] = {}

    def sessions(week: WeekView) -> list[Proposal]:
        seen[week.number] = (week.restarted, week.days_off, week.after_pain)
        return []

    planned(rows, today, module("tiny", sessions=sessions), athlete=evolve(ANA, **athlete))
    return [seen[number] for number in sorted(seen)]


@pytest.mark.parametrize(("worst", "pain"), [(1, False), (None, False), (3, True), (7, True)])
def test_the_week_of_a_restart_and_those_after_it_know_the_gap_and_whether_it_was_for_pain(worst: int | None, pain: bool) -> None:
    *rest, last = first_week()
    rows = (*map(done, rest), done(last, pain_during=worst))
    back = START + 14 * DAY
    off = (back - last.date).days - 1
    assert told(rows, back) == [NEVER, NEVER, *[(back, off, pain)] * 4]


def test_a_sore_day_in_the_gap_makes_it_one_for_pain() -> None:
    sore = Entry(date=START + 9 * DAY, pain_before=4)
    assert told((*map(done, first_week()), sore), START + 14 * DAY)[2][2]
    late = Entry(date=START + 14 * DAY, pain_before=4)
    assert not told((*map(done, first_week()), late), START + 14 * DAY)[2][2], "only rows before the week decide what it is"


def test_a_week_that_restarts_and_is_missed_leaves_a_longer_gap_to_the_next() -> None:
    rows = tuple(map(done, first_week()))
    last = rows[-1].date
    found = told(rows, START + 21 * DAY)
    assert [since for since, _, _ in found] == [None, None, START + 14 * DAY, *[START + 21 * DAY] * 3]
    assert [off for _, off, _ in found[3:]] == [(START + 21 * DAY - last).days - 1] * 3


def test_a_planned_absence_is_a_gap_where_a_log_is_kept_and_nothing_is_told_without_one() -> None:
    away = Availability(away=(Absence(first=START + 14 * DAY, last=START + 27 * DAY),))
    kept, alone = (told(log, START, availability=away) for log in ((), None))
    assert [since for since, _, _ in kept] == [None, None, *[START + 28 * DAY] * 2], "weeks away ask for no sessions"
    assert {(off >= 14, pain) for _, off, pain in kept[2:]} == {(True, False)}
    assert alone == [NEVER] * 4
