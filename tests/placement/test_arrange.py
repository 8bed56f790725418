"""Placement on weeks that were solved by hand."""

from __future__ import annotations

from itertools import permutations

import pytest

from planner.placement import Job, Rule, WeekShape, arrange
from planner.placement.choice import choose
from planner.placement.groups import groups_of
from planner.placement.normal import in_order, normal
from planner.placement.search import Search
from tests.placement_costs import cost_of, explained, is_late
from tests.placement_weeks import RUN_GAP, STRENGTH_GAP, broken, days_of, job, usual, windows

RULES = (RUN_GAP, STRENGTH_GAP)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def placed(shape: WeekShape, job: Job) -> tuple[int, int | None, int]:
    found = next(p for p in arrange(shape).placed if p.job == job)
    return found.day, found.start, found.minutes


def test_three_runs_three_strength_two_cross_training_and_a_rest_day_are_packed_as_sched_09_says() -> None:
    shape = WeekShape(jobs=usual(), rules=RULES)
    found = arrange(shape)
    assert days_of(found) == {"run/run": [MON, WED, FRI], "hip/strength": [MON, THU, SAT], "xt/bike": [TUE, SAT]}
    assert found.dropped == ()
    assert explained(shape, found) == (
        ("runs two days apart", 40),
        ("strength two days apart", 20),
        ("strength on a run day", 30),
        ("cross-training on a strength day", 30),
    )
    assert cost_of(shape, found) == 120


def test_the_same_weekdays_stay_from_week_to_week() -> None:
    shape = WeekShape(jobs=usual(light=2), rules=RULES)
    first = arrange(shape)
    homes = {p.job: p.day for p in first.placed}
    earlier = tuple((p.day - 7, p.job.tags) for p in first.placed)
    again = shape._replace(jobs=tuple(j._replace(home=homes[j]) for j in shape.jobs), earlier=earlier)
    second = arrange(again)
    assert days_of(second) == days_of(first)
    assert cost_of(again, second) == cost_of(shape, first)


def test_when_a_home_day_is_closed_only_what_lived_there_moves() -> None:
    shape = WeekShape(jobs=usual(), rules=RULES)
    homes = {p.job: p.day for p in arrange(shape).placed}
    closed = tuple(() if day == THU else None for day in range(7))
    found = arrange(shape._replace(jobs=tuple(j._replace(home=homes[j]) for j in shape.jobs), days=closed))
    assert days_of(found) == {"run/run": [MON, WED, FRI], "hip/strength": [MON, WED, SAT], "xt/bike": [TUE, SAT]}


def test_ordinals_go_home_and_the_others_take_the_days_that_are_left_in_order() -> None:
    jobs = [job("xt/bike", n, "cross-training", home=home) for n, home in ((1, None), (2, TUE), (3, None))]
    open_days = sum(1 << d for d in (MON, TUE, FRI))
    found = arrange(WeekShape(jobs=tuple(j._replace(days=open_days) for j in jobs)))
    assert days_of(found) == {"xt/bike": [MON, TUE, FRI]}
    swapped = arrange(WeekShape(jobs=tuple(j._replace(days=open_days, home={1: FRI, 3: MON}.get(j.ordinal)) for j in jobs)))
    assert days_of(swapped) == {"xt/bike": [FRI, TUE, MON]}


@pytest.mark.parametrize(("offset", "tag", "first"), [(-1, "run", TUE), (-2, "run", MON), (-1, "strength", MON)])
def test_runs_keep_their_gap_across_the_week_boundary(offset: int, tag: str, first: int) -> None:
    shape = WeekShape(jobs=usual(strength=0, cross=0), rules=RULES, earlier=((offset, frozenset({tag})),))
    assert min(days_of(arrange(shape))["run/run"]) == first


def test_a_spacing_binds_what_comes_after_and_not_what_comes_before() -> None:
    rule = Rule(after="strength", before="run", days=3, name="plugin")
    jobs = (job("hip/strength", 1, "strength", days=1 << WED), job("run/run", 1, "run"))
    on = {day: arrange(WeekShape(jobs=(jobs[0], jobs[1]._replace(days=1 << day)), rules=(rule,))).dropped for day in range(7)}
    assert [day for day, dropped in on.items() if not dropped] == [MON, TUE, SAT, SUN]


def test_two_runs_and_two_of_one_name_never_share_a_date() -> None:
    jobs = (job("run/run", 1, "run", importance=90), job("other/run", 1, "run"), job("mobility/roll", 1, "mobility"))
    jobs += (job("mobility/roll", 2, "mobility", importance=10),)
    found = arrange(WeekShape(jobs=tuple(j._replace(days=1 << TUE) for j in jobs)))
    assert [p.job.name for p in found.placed] == ["run/run", "mobility/roll"]
    assert [(j.name, j.ordinal) for j in found.dropped] == [("mobility/roll", 2), ("other/run", 1)]


def test_a_session_may_share_a_date_with_a_run_whose_sister_has_its_name() -> None:
    jobs = (job("a/k", 1, "run", days=1 << THU), job("b/k", 1, "run", days=1 << TUE), job("a/k", 2, "form", days=1 << TUE))
    assert days_of(arrange(WeekShape(jobs=jobs))) == {"a/k": [THU, TUE], "b/k": [TUE]}


def test_a_date_holds_three_sessions_at_most_and_the_rest_day_stays() -> None:
    jobs = tuple(job(f"p{n}/k", 1, "cross-training", importance=n) for n in range(1, 6))
    one_day = arrange(WeekShape(jobs=tuple(j._replace(days=1 << SAT) for j in jobs)))
    assert [j.name for j in one_day.dropped] == ["p1/k", "p2/k"]
    daily = tuple(job("xt/bike", n, "cross-training", importance=100 - n) for n in range(1, 8))
    assert [j.ordinal for j in arrange(WeekShape(jobs=daily)).dropped] == [7]
    assert [j.ordinal for j in arrange(WeekShape(jobs=daily, rest_days=3)).dropped] == [7, 6, 5]
    assert arrange(WeekShape(jobs=daily, rest_days=0)).dropped == ()


class TestDropping:
    def test_two_days_a_week_lose_cross_training_then_the_third_strength_and_run(self) -> None:
        open_days = tuple(None if day in (TUE, SAT) else () for day in range(7))
        found = arrange(WeekShape(jobs=usual(light=2), rules=RULES, days=open_days))
        assert days_of(found) == {"run/run": [TUE, SAT], "hip/strength": [TUE, SAT], "mobility/stretch": [TUE, SAT]}
        assert [(j.name, j.ordinal) for j in found.dropped] == [
            ("xt/bike", 2),
            ("xt/bike", 1),
            ("hip/strength", 3),
            ("run/run", 3),
        ]

    def test_what_would_not_help_by_going_stays(self) -> None:
        strength = tuple(job("hip/strength", n, "strength", days=1 << MON | 1 << TUE, importance=60 - n) for n in (1, 2))
        light = job("mobility/stretch", 1, "mobility", importance=1)
        found = arrange(WeekShape(jobs=(*strength, light), rules=RULES))
        assert found.dropped == (strength[1],)

    def test_equal_importance_is_settled_by_name_and_the_last_ordinal(self) -> None:
        jobs = tuple(job(name, n, "cross-training", days=1 << MON | 1 << TUE) for name in ("xt/a", "xt/b") for n in (1, 2))
        hours = tuple(windows((420, 450)) for _ in range(7))
        assert [(j.name, j.ordinal) for j in arrange(WeekShape(jobs=jobs, days=hours)).dropped] == [("xt/a", 2), ("xt/a", 1)]

    def test_of_more_than_fourteen_the_least_important_are_not_tried(self) -> None:
        jobs = tuple(job(f"light/{n:02}", 1, "yoga", importance=n) for n in range(17))
        found = arrange(WeekShape(jobs=jobs))
        assert [j.importance for j in found.dropped] == [0, 1, 2]

    def test_nothing_fits_and_nothing_is_asked(self) -> None:
        nothing = arrange(WeekShape(jobs=()))
        assert (nothing.placed, nothing.dropped) == ((), ())
        shut = arrange(WeekShape(jobs=usual(), days=((),) * 7, latest_first_run=0))
        assert (shut.placed, len(shut.dropped)) == ((), 8)


class TestFirstRun:
    def test_is_early_enough(self) -> None:
        jobs = tuple(j._replace(prefers=1 << SAT) for j in usual(runs=2, strength=0, cross=0))
        assert days_of(arrange(WeekShape(jobs=jobs, rules=RULES))) == {"run/run": [TUE, SAT]}
        early = arrange(WeekShape(jobs=jobs, rules=RULES, latest_first_run=MON))
        assert days_of(early) == {"run/run": [MON, SAT]}

    def test_other_sessions_give_way_for_it(self) -> None:
        run = job("run/run", 1, "run", importance=40)
        shut = tuple(windows((420, 450)) if day in (MON, FRI) else () for day in range(7))
        strength = job("hip/strength", 1, "strength", days=1 << MON, importance=60)
        shape = WeekShape(jobs=(run, strength), days=shut)
        assert days_of(arrange(shape)) == {"run/run": [FRI], "hip/strength": [MON]}
        early = arrange(shape._replace(latest_first_run=MON))
        assert (days_of(early), early.dropped) == ({"run/run": [MON]}, (strength,))

    def test_is_late_where_a_run_would_be_lost_or_no_day_is_open(self) -> None:
        shape = WeekShape(jobs=usual(runs=2, strength=0, cross=0), rules=RULES, latest_first_run=MON)
        late = arrange(shape._replace(earlier=((-1, frozenset({"run"})),)))
        assert (is_late(shape, late), late.dropped) == (True, ())
        days = tuple(None if day in (TUE, THU) else () for day in range(7))
        lost = arrange(shape._replace(days=days, jobs=usual(runs=2, strength=0, cross=0)))
        assert (is_late(shape, lost), days_of(lost)) == (True, {"run/run": [TUE, THU]})


class TestHours:
    def test_the_run_comes_first_then_strength_then_others_then_mobility(self) -> None:
        jobs = (job("a/stretch", 1, "mobility", minutes=10), job("b/strength", 1, "strength"), job("c/run", 1, "run"))
        shape = WeekShape(jobs=tuple(j._replace(days=1 << WED) for j in jobs), days=(windows((420, 500)),) * 7)
        assert [(p.job.name, p.start) for p in arrange(shape).placed] == [("c/run", 420), ("b/strength", 450), ("a/stretch", 480)]
        yoga = jobs[0]._replace(name="d/yoga", tags=frozenset({"yoga"}), days=1 << WED)
        swapped = shape._replace(jobs=(*shape.jobs[:1], yoga, shape.jobs[2]))
        assert [p.job.name for p in arrange(swapped).placed] == ["c/run", "d/yoga", "a/stretch"]

    def test_a_kept_window_admits_only_what_it_is_kept_for(self) -> None:
        jobs = (job("run/run", 1, "run", days=1), job("hip/strength", 1, "strength", days=1, importance=40))
        kept_for_both = windows((420, 450, ("run",)), (1080, 1140, ("strength", "mobility")))
        shape = WeekShape(jobs=jobs, days=(kept_for_both,) * 7)
        assert [(p.job.name, p.start) for p in arrange(shape).placed] == [("run/run", 420), ("hip/strength", 1080)]
        kept_for_run = windows((420, 450, ("run",)), (1080, 1140, ("run",)))
        assert arrange(shape._replace(days=(kept_for_run,) * 7)).dropped == (jobs[1],)

    def test_strength_does_not_come_before_the_run_where_only_that_would_fit(self) -> None:
        jobs = (job("run/run", 1, "run", days=1), job("hip/strength", 1, "strength", days=1, importance=40))
        shape = WeekShape(jobs=jobs, days=(windows((420, 450, ("strength",)), (1080, 1140, ("run",))),) * 7)
        assert arrange(shape).dropped == (jobs[1],)

    def test_sessions_use_the_windows_of_a_day_in_order_of_time(self) -> None:
        hours = windows((1080, 1140), (420, 460))
        jobs = (job("run/run", 1, "run", minutes=40, days=1), job("hip/strength", 1, "strength", days=1))
        shape = WeekShape(jobs=jobs, days=(hours,) * 7)
        assert [(p.job.name, p.start) for p in arrange(shape).placed] == [("run/run", 420), ("hip/strength", 1080)]

    @pytest.mark.parametrize(("end", "minutes", "points"), [(480, 30, 0), (479, 25, 10), (474, 20, 20), (468, 18, 30)])
    def test_what_can_shrink_does_so_in_steps_of_five_minutes(self, end: int, minutes: int, points: int) -> None:
        jobs = (job("run/run", 1, "run", days=1), job("hip/strength", 1, "strength", least=18, days=1))
        shape = WeekShape(jobs=jobs, days=(windows((420, end)),) * 7)
        assert placed(shape, jobs[1]) == (MON, 450, minutes)
        assert dict(explained(shape, arrange(shape))).get("five minutes shorter", 0) == points
        assert arrange(shape._replace(days=(windows((420, 467)),) * 7)).dropped == (jobs[1],)

    def test_a_free_day_holds_150_minutes_or_one_session_of_any_length(self) -> None:
        run = job("run/run", 1, "run", minutes=240, days=1, importance=90)
        stretch = job("mobility/stretch", 1, "mobility", minutes=10, days=1)
        assert arrange(WeekShape(jobs=(run, stretch))).dropped == (stretch,)
        assert placed(WeekShape(jobs=(run,)), run) == (MON, None, 240)
        strength = job("hip/strength", 1, "strength", minutes=40, least=20, days=1)
        both = WeekShape(jobs=(run._replace(minutes=120, least=120), strength))
        assert placed(both, strength) == (MON, None, 30)

    def test_a_real_window_of_150_minutes_is_not_a_free_day(self) -> None:
        run = job("run/run", 1, "run", minutes=151, days=1)
        assert arrange(WeekShape(jobs=(run,), days=(windows((0, 150)),) * 7)).dropped == (run,)


def test_the_order_of_the_jobs_means_nothing() -> None:
    jobs = usual(runs=2, strength=2, cross=1, light=1)
    first = arrange(WeekShape(jobs=jobs, rules=RULES))
    for order in list(permutations(jobs))[::60]:
        assert arrange(WeekShape(jobs=order, rules=RULES[::-1])) == first


def test_weeks_that_differ_in_nothing_that_matters_have_one_normal_form() -> None:
    shape = WeekShape(jobs=usual(), rules=RULES)
    other = shape._replace(
        jobs=tuple(j._replace(minutes=j.minutes + 5, least=j.least, tags=j.tags | {"outdoors"}) for j in shape.jobs[::-1]),
        rules=tuple(rule._replace(name="else") for rule in shape.rules),
        earlier=((-2, frozenset({"run"})), (-1, frozenset({"mobility"}))),
        days=(windows((300, 900)), *shape.days[1:]),
    )
    assert normal(shape, in_order(shape)) == normal(other, in_order(other))
    arrange(shape)
    hits = choose.cache_info().hits
    assert days_of(arrange(other)) == days_of(arrange(shape))
    assert choose.cache_info().hits == hits + 2


def test_where_the_search_gives_up_the_hard_limits_still_hold() -> None:
    tags = ("strength", "cross-training", "strength new-stage", "cross-training vigorous")
    jobs = tuple(job(f"p{n:02}/k", 1, tags[n % 4], prefers=1 << n % 7, avoids=1 << n % 5, home=n * 3 % 7) for n in range(14))
    shape = WeekShape(jobs=jobs, rest_days=2)
    found = arrange(shape)
    assert broken(shape, found) == []
    week = normal(shape, in_order(shape))
    search = Search(week, groups_of(week, list(range(len(jobs)))), None)
    assert search.cheapest() is not None
    assert search.gave_up
    choose.cache_clear()
    assert arrange(shape) == found


def test_what_a_caller_can_get_wrong_is_said() -> None:
    twice = (job("xt/bike", 1, "cross-training"), job("xt/bike", 1, "cross-training", minutes=45))
    with pytest.raises(ValueError, match=r"xt/bike#1: found twice"):
        arrange(WeekShape(jobs=twice))
    with pytest.raises(ValueError, match=r"days: found 5; expected 7"):
        arrange(WeekShape(jobs=(), days=(None,) * 5))
