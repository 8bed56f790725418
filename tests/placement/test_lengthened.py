"""Minutes left over by rounding to five go back to the sessions that were shortened."""

from __future__ import annotations

import pytest
from hypothesis import event, given

from planner.placement import WeekShape, arrange, lengthened
from tests.placement.test_properties import FEW, weeks
from tests.placement_weeks import broken, job, windows

RUN = job("run/run", 1, "run", minutes=32, least=12, days=1)
STRENGTH = job("hip/strength", 1, "strength", least=18, days=1)


def minutes_of(shape: WeekShape) -> list[tuple[str, int | None, int]]:
    return [(p.job.name, p.start, p.minutes) for p in lengthened(shape, arrange(shape))]


@pytest.mark.parametrize("room", range(12, 35))
def test_a_session_alone_takes_its_whole_window(room: int) -> None:
    assert minutes_of(WeekShape(jobs=(RUN,), days=(windows((420, 420 + room)),) * 7)) == [("run/run", 420, min(room, 32))]


def test_the_first_of_the_day_gets_them_and_the_next_moves_back() -> None:
    shape = WeekShape(jobs=(RUN, STRENGTH._replace(least=30)), days=(windows((420, 478)),) * 7)
    assert [p.minutes for p in arrange(shape).placed] == [27, 30]
    assert minutes_of(shape) == [("run/run", 420, 28), ("hip/strength", 448, 30)]


def test_on_a_day_that_is_free_all_day_they_share_its_150_minutes() -> None:
    long = RUN._replace(minutes=123, least=100)
    assert minutes_of(WeekShape(jobs=(long, STRENGTH._replace(least=30)))) == [("run/run", None, 120), ("hip/strength", None, 30)]


@FEW
@given(weeks())
def test_nothing_moves_to_another_day_or_out_of_its_window_and_nothing_grows_by_a_whole_step(shape: WeekShape) -> None:
    found = arrange(shape)
    wider = lengthened(shape, found)
    event(f"some grow: {sum(p.minutes for p in wider) > sum(p.minutes for p in found.placed)}")
    assert [(p.job, p.day) for p in wider] == [(p.job, p.day) for p in found.placed]
    for before, after in zip(found.placed, wider, strict=True):
        assert 0 <= after.minutes - before.minutes < 5
        assert after.minutes <= after.job.minutes
    assert set(broken(shape, found._replace(placed=tuple(wider)))) <= {f"day {day}: wrong length" for day in range(7)}
