"""Each term of the cost table in a week of its own, or beside the terms that always come with it."""

from __future__ import annotations

import pytest

from planner.placement import WeekShape, arrange
from planner.placement.costs import POINTS
from tests.placement_costs import explained
from tests.placement_weeks import job, windows

TERMS = {
    "run moved to another day": [("run", 0, {"home": 1})],
    "strength moved to another day": [("strength", 0, {"home": 1})],
    "session moved to another day": [("cross-training", 0, {"home": 6})],
    "on a day to avoid": [("strength", 3, {"avoids": 1 << 3})],
    "not on a preferred day": [("strength", 3, {"prefers": 1 << 2})],
    "runs on neighbouring days": [("run", 6, {}), ("run", 0, {})],
    "runs two days apart": [("run", 5, {}), ("run", 0, {})],
    "strength twice on a day": [("strength", 2, {}), ("strength", 2, {})],
    "strength on neighbouring days": [("strength", 2, {}), ("strength", 1, {})],
    "strength two days apart": [("strength", 2, {}), ("strength", 4, {})],
    "cross-training twice on a day": [("cross-training", 2, {}), ("cross-training", 2, {})],
    "cross-training on neighbouring days": [("cross-training", 0, {}), ("cross-training", 6, {})],
    "cross-training two days apart": [("cross-training", 0, {}), ("cross-training", 2, {})],
    "strength on a run day": [("run", 4, {}), ("strength", 4, {})],
    "strength the day before the long run": [("run long-run", 0, {}), ("strength", 6, {})],
    "cross-training the day before the long run": [("cross-training", 3, {}), ("run long-run", 4, {})],
    "hard sessions on neighbouring days": [("cross-training vigorous", 5, {}), ("strength new-stage", 4, {})],
    "cross-training on a strength day": [("cross-training", 3, {}), ("strength", 3, {})],
    "cross-training on a run day": [("cross-training", 3, {}), ("run", 3, {})],
    "light session with a run or strength": [("mobility", 3, {}), ("run", 3, {})],
    "light session with cross-training": [("form", 3, {}), ("cross-training", 3, {})],
    "light session on a rest day": [("form", 3, {})],
    "five minutes shorter": [("yoga cross-training", 0, {"minutes": 50, "least": 40})],
}


@pytest.mark.parametrize("term", TERMS)
def test_each_term_stands_alone(term: str) -> None:
    days = {job(f"p{n}/k", 1, tags, **other): day for n, (tags, day, other) in enumerate(TERMS[term])}
    hours = (windows((420, 465)), *(None,) * 6) if term == "five minutes shorter" else (None,) * 7
    shape = WeekShape(jobs=tuple(j._replace(days=1 << day) for j, day in days.items()), days=hours)
    found = arrange(shape)
    assert [name for name, _ in explained(shape, found)] == [term]


def test_terms_that_never_stand_alone() -> None:
    def terms(*tags: str) -> dict[str, int]:
        shape = WeekShape(jobs=tuple(job(f"p{n}/k", 1, t, days=1) for n, t in enumerate(tags)))
        return dict(explained(shape, arrange(shape)))

    assert terms("run long-run", "cross-training") == {"cross-training on a run day": 35, "cross-training on the long run's day": 200}
    assert terms("mobility", "form") == {"two light sessions on a day": 4, "light session on a rest day": 6}
    assert terms("run race", "strength") == {"strength on a run day": 30, "strength on a race's day": 200}


def test_every_term_is_tried() -> None:
    beside = {"cross-training on the long run's day", "strength on a race's day", "two light sessions on a day"}
    assert TERMS.keys() | beside == POINTS.keys()
