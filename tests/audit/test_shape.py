"""Laws 6 and 7: rest days, and easy running first."""

from __future__ import annotations

import pytest
from attrs import evolve

from planner.audit import audit, margins
from planner.steps import Group, Step
from tests.audit_plans import SOUND_PAST, breaks, make, on, only, other, past, run, tightest


def test_run_dates_are_two_apart() -> None:
    assert not breaks(make([run(0, 1000), run(2, 1000)]), "law-6")
    finding = only(make([run(0, 1000), run(1, 1000)]), "law-6")
    assert (finding.severity, finding.where, finding.margin_m, finding.source) == ("error", "2027-01-05", None, "WR-02")
    assert finding.message == (
        "1 date after the previous run; law 6 requires at least 2 dates: run dates must be this far apart, and no date may hold two runs. "
        "Move a session to another date."
    )


def test_the_distance_holds_across_weeks_and_from_the_history() -> None:
    assert breaks(make([run(6, 1000), run(7, 1000)]), "law-6") == [("2027-01-11", None)]
    assert breaks(make([run(0, 1000)], history=[past(-1, 2000)]), "law-6") == [("2027-01-04", None)]
    assert not breaks(make([run(0, 1000)], history=[past(-2, 2000)]), "law-6")
    assert not breaks(make([run(0, 1000)], history=[past(-2, 2000), past(-1, 0, 3000, longest_m=2000)]), "law-6")


@pytest.mark.parametrize("gap", [1, 0])
def test_consecutive_dates_where_the_template_says_so_but_never_two_runs_a_date(gap: int) -> None:
    assert not breaks(make([run(0, 1000), run(1, 1000)], run_gap_days=gap), "law-6")
    assert breaks(make([run(0, 1000), run(0, 1000)], run_gap_days=gap), "law-6") == [("2027-01-04", None)]


@pytest.mark.parametrize(("one", "other", "at"), [(1200, 1200, []), (1201, 600, ["2027-01-05"]), (600, 1201, ["2027-01-05"])])
def test_runs_on_neighbouring_dates_are_short_where_the_template_says_so(one: int, other: int, at: list[str]) -> None:
    found = breaks(make([run(0, one), run(1, other)], run_gap_days=1, close_run_s=1200), "law-6")
    assert found == [(date, None) for date in at]
    assert not breaks(make([run(0, one), run(2, other)], run_gap_days=1, close_run_s=1200), "law-6")
    assert not breaks(make([run(0, one), run(1, other)], run_gap_days=1), "law-6")


def test_a_run_after_a_long_one_that_was_done_is_a_break_and_commitments_alone_are_a_warning() -> None:
    after = make([run(0, 600)], history=[past(-1, 2000)], run_gap_days=1, close_run_s=1200)
    finding = only(after, "law-6")
    assert (finding.severity, finding.where) == ("error", "2027-01-04")
    assert "requires at least 2 dates: runs on neighbouring dates hold at most 1200 m each" in finding.message
    stand = make([run(0, 2000, allowed_m=2000), run(1, 600, allowed_m=600)], run_gap_days=1, close_run_s=1200)
    assert only(stand, "law-6").severity == "warning"
    beside = make([run(0, 2000, allowed_m=2000), run(1, 600)], run_gap_days=1, close_run_s=1200)
    assert only(beside, "law-6").severity == "error"


def test_a_longer_distance_is_held_where_it_is_asked() -> None:
    assert tightest(make([run(0, 1000), run(2, 1000)], run_gap_days=3, history=()), "law-6") == ("2027-01-06", 3, 2, -1)


def test_a_run_that_is_off_keeps_no_distance() -> None:
    assert not breaks(make([run(0, 1000), evolve(run(1, 1000), status="cancelled")]), "law-6")
    assert not breaks(make([run(0, 1000), evolve(run(1, 1000), status="missed")]), "law-6")
    assert breaks(make([run(0, 1000), evolve(run(1, 1000), status="done")]), "law-6")


def test_a_running_step_makes_a_run_whatever_its_tags_and_seconds() -> None:
    strides = run(1, 0, steps=(Group(repeat=1, steps=(Step(kind="run", seconds=0),)),), tags=("mobility",))
    assert breaks(make([run(0, 1000), strides]), "law-6") == [("2027-01-05", None)]
    assert not breaks(make([run(0, 1000), other(1, "run")]), "law-6")


def test_running_without_seconds_does_not_bridge_a_gap() -> None:
    nothing = run(4, 0, steps=(Step(kind="run", seconds=0),))
    assert "law-5" in {m.law for m in margins(make([run(0, 2000), nothing, run(8, 1000)]))}


@pytest.mark.parametrize("tag", ["run", "strength", "cross-training"])
def test_every_week_keeps_a_rest_day(tag: str) -> None:
    six = [other(day, tag) for day in range(6)]
    assert not breaks(make([*six, other(6, "mobility", "rest")]), "law-6")
    assert breaks(make([*six, other(6, "mobility", tag)]), "law-6") == [("week 1", None)]
    assert breaks(make([*six, run(6, 1000, tags=())]), "law-6") == [("week 1", None)]
    assert not breaks(make([*six, other(6), other(7, tag)]), "law-6")
    assert not breaks(make([*six, evolve(other(6, tag), status="cancelled")]), "law-6")


def test_each_week_has_its_own_rest_day() -> None:
    full = [other(day, "strength") for day in range(7, 14)]
    plan = make([*full, other(0, "strength")], weeks=3)
    finding = only(plan, "law-6")
    assert finding.where == "week 2"
    assert finding.message.startswith("0 dates without running, strength or cross-training; law 6 requires at least 1 date: every week")
    assert tightest(make([other(0, "strength")], history=()), "law-6") == ("week 1", 1, 6, 5)


LONG = [run(day, 1800) for day in (0, 2, 4)]


@pytest.mark.parametrize(("ladder", "most"), [(True, 4), (False, 5)])
def test_effort_stays_easy_until_three_runs_of_half_an_hour(ladder: bool, most: int) -> None:
    for day, first in ((0, []), (4, LONG[:2]), (6, [*LONG[:2], run(4, 1799)]), (4, LONG)):
        runs = [*(r for r in first if r.date != on(day)), run(day, 1800, rpe=most)]
        assert not breaks(make(runs, ladder=ladder), "law-7")
        hard = [*runs[:-1], run(day, 1800, rpe=most + 1)]
        assert breaks(make(hard, ladder=ladder), "law-7") == [(on(day).isoformat(), None)]
    assert not breaks(make([*LONG, run(6, 600, rpe=9)], ladder=ladder), "law-7")


def test_effort_is_looked_for_in_every_running_step() -> None:
    inner = Group(repeat=2, steps=(Step(kind="run", seconds=60, rpe=5), Step(kind="exercise", seconds=60, rpe=9)))
    nested = run(0, 0, steps=(Group(repeat=2, steps=(inner, Step(kind="run", seconds=60, rpe=3))), Step(kind="run", seconds=60)))
    finding = only(make([nested]), "law-7")
    assert (finding.severity, finding.where, finding.margin_m, finding.source) == ("error", "2027-01-04", None, "PROG-23")
    assert finding.message == (
        "RPE 5 in progression/run#1; law 7 allows at most RPE 4: runs stay easy until three of 30 minutes are done. Keep it easy for now."
    )
    falling = run(0, 0, steps=(Step(kind="run", seconds=60, rpe=5), Step(kind="run", seconds=60, rpe=3)))
    assert breaks(make([falling]), "law-7") == [("2027-01-04", None)]
    easy = run(0, 0, steps=(Step(kind="exercise", seconds=60, rpe=9), Step(kind="run", seconds=60, rpe=None)))
    assert not breaks(make([easy]), "law-7")
    assert not breaks(make([other(0, steps=(Step(kind="ride", seconds=60, rpe=8),))]), "law-7")


def test_only_runs_that_count_settle() -> None:
    missed = [LONG[0], LONG[1], evolve(LONG[2], status="missed")]
    assert breaks(make([*missed, run(6, 600, rpe=5)]), "law-7") == [("2027-01-10", None)]
    assert breaks(make([run(6, 600, rpe=5)], history=[past(day, 9000) for day in (-9, -7, -5, -3)]), "law-7")


@pytest.mark.parametrize("feature", ["hills", "strides", "sprints"])
def test_features_wait_likewise(feature: str) -> None:
    early = make([*LONG[:2], run(4, 1800, tags=("run", feature))])
    finding = only(early, "law-7")
    assert finding.where == "2027-01-08"
    assert finding.message.startswith(f"1 feature in progression/run#3 ({feature}); law 7 allows at most 0 features: ")
    assert not breaks(make([*LONG, run(6, 1800, tags=("run", feature))]), "law-7")
    assert not breaks(make([other(0, feature)]), "law-7")


def test_one_new_feature_a_week() -> None:
    both = make([*LONG, run(7, 600, tags=("hills",)), run(9, 600, tags=("strides",))])
    finding = only(both, "law-7")
    assert (finding.where, finding.severity) == ("week 2", "error")
    assert finding.message.startswith(
        "2 features for the first time (hills, strides); law 7 allows at most 1 feature: only one new feature"
    )
    at_once = make([*LONG, run(7, 600, tags=("hills", "sprints"))])
    assert breaks(at_once, "law-7") == [("week 2", None)]
    apart = make([*LONG, run(13, 600, tags=("hills",)), run(15, 600, tags=("strides", "hills"))])
    assert not breaks(apart, "law-7")
    known = make([*LONG, run(7, 600, tags=("hills",)), run(14, 600, tags=("strides", "hills")), run(16, 600, tags=("strides",))])
    assert not breaks(known, "law-7")


def test_a_feature_that_came_too_early_is_told_once() -> None:
    plan = make([LONG[0], LONG[1], run(4, 1800, tags=("hills", "strides")), run(6, 600, tags=("hills",))])
    assert breaks(plan, "law-7") == [("2027-01-08", None)]
    later = make([LONG[0], LONG[1], run(4, 1800, tags=("hills",)), run(6, 600, tags=("strides",)), run(8, 600, tags=("sprints",))])
    assert breaks(later, "law-7") == [("2027-01-08", None)]


def test_the_tightest_place_is_the_earliest_of_equals() -> None:
    plan = make([run(0, 600, rpe=4), run(2, 600, rpe=4), run(4, 600, rpe=2)], history=SOUND_PAST)
    assert tightest(plan, "law-7") == ("2027-01-04", 4, 4, 0)
    assert audit(plan) == ()


def test_a_ladder_keeps_a_date_between_its_runs_whatever_distance_the_plan_says() -> None:
    on_a_ladder = make([run(0, 1000), run(1, 1000)], run_gap_days=1, ladder=True)
    assert breaks(on_a_ladder, "law-6") == [("2027-01-05", None)]
