"""Hip and thigh strength: halves, stages, time, equipment, and the texts of its events."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise, product
from typing import TYPE_CHECKING, get_args

import pytest
from attrs import evolve
from helpers import START, brief, past_week, week

from planner import InputError, Session, Spacing, structure
from planner.athlete import Equipment, Kit, Knee
from planner.language import use_language
from planner.steps import seconds_of
from planner_pillars import hip_strength, strength_doses
from planner_pillars.exercises import LONGEST_TEXT, exercises, written_out
from planner_pillars.hip_strength import Settings, planner_limits, planner_pillar, planner_sessions
from planner_pillars.stages import UPKEEP, stage_of
from planner_pillars.strength_doses import WARM_UP_S, Means, works

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

    from planner import Brief, Proposal, Week

FINE = Knee(pain_stairs=1, pain_walk_30=0)
KITS = [(), ("band",), ("step",), ("band", "step"), ("gym",)]
EVERY = list(product(range(1, UPKEEP + 1), ("A", "B"), KITS, (False, True)))
BANDED = frozenset({"band", "step"})


def kept(proposals: Iterable[Proposal], number: int) -> Week:
    """The week with these proposals as sessions, one a day."""
    days = enumerate(proposals)
    return past_week(number, sessions=tuple(session(p.key, number, START + timedelta(days=d), p.title) for d, p in days))


def session(key: str, number: int, on: date, title: str) -> Session:
    return Session(
        week=number,
        pillar="hip_strength",
        key=key,
        ordinal=1,
        date=on,
        start=None,
        duration_s=1500,
        title=title,
        steps=(),
        tags=("strength",),
    )


def plan(weeks: int, settings: Settings | None = None, *, away: Container[int] = (), room: int = 3) -> list[list[Proposal]]:
    """Week by week what is proposed, when nothing is kept in the weeks `away` and at most `room` sessions in the others."""
    proposed: list[list[Proposal]] = []
    earlier: tuple[Week, ...] = ()
    for number in range(1, weeks + 1):
        proposed.append(list(planner_sessions(brief(knee=FINE), week(number, earlier=earlier), settings or Settings())))
        earlier = (*earlier, kept([] if number in away else proposed[-1][:room], number))
    return proposed


def sessions(number: int = 1, settings: Settings | None = None, asked: Brief | None = None, **of_week: object) -> list[Proposal]:
    """The sessions of a week, strength done as planned in all weeks before it."""
    earlier = tuple(kept(proposals, n) for n, proposals in enumerate(plan(number - 1, settings), 1))
    return list(planner_sessions(asked or brief(knee=FINE), week(number, earlier=earlier, **of_week), settings or Settings()))


def names(number: int, half: str, kit: frozenset[str] = BANDED, *, gentle: bool = False) -> list[str]:
    ids = {exercise.name: key for key, exercise in exercises().items()}
    return [ids[exercise.name] for exercise, _, _ in works(number, half, Means(kit, 30, gentle))]


def test_the_pillar_says_what_it_is() -> None:
    pillar = planner_pillar()
    assert (pillar.name, pillar.settings) == ("hip_strength", Settings)
    assert {"STR-01", "STR-03", "STR-12", "SCHED-03"} <= set(pillar.sources)


@pytest.mark.parametrize(("number", "half", "have", "gentle"), EVERY)
def test_every_half_works_hip_and_thigh_within_its_bounds(number: int, half: str, have: tuple[str, ...], gentle: bool) -> None:
    kit = hip_strength._kit(have)
    done = works(number, half, Means(kit, 30, gentle))
    groups = {exercise.group for exercise, _, _ in done}
    assert {"hip", "quads"} <= groups
    assert {done[0][0].group, done[1][0].group} == {"hip", "quads"}
    assert sum(sets for _, sets, _ in done) <= 12
    assert sum(exercise.seconds(sets, amount) for exercise, sets, amount in done) + WARM_UP_S <= 1800
    assert len(done) == len(strength_doses._items(number, half)), "nothing of the programme falls to the time limit"
    assert all(kit.issuperset(exercise.needs) for exercise, _, _ in done)
    assert all(len(written_out(*work)) <= LONGEST_TEXT for work in done)
    assert len({exercise.name for exercise, _, _ in done}) == len(done)


def test_the_first_stage_is_led_by_the_hips_and_names_leg_lift_and_clamshell() -> None:
    for half in ("A", "B"):
        assert {"side-lying-leg-lift", "clamshell"} <= set(names(1, half))
        groups = [exercise.group for exercise, _, _ in works(1, half, Means())]
        assert groups.count("hip") > groups.count("quads") == 1
    assert "side-lying-leg-lift" in names(2, "A")
    assert "clamshell" in names(2, "B")


def test_a_sore_knee_starts_without_bending_under_load_and_is_told_why() -> None:
    assert "straight-leg-raise" in names(1, "A", gentle=True)
    assert "wall-squat" not in names(1, "A", gentle=True)
    assert names(3, "A", gentle=True) == names(3, "A")
    said = sessions(asked=brief(knee=Knee(pain_stairs=5)))[0].details
    assert "Wall squat 2 x 10 instead" in said


@pytest.mark.parametrize(
    ("knee", "gentle"),
    [
        (Knee(pain_stairs=3), False),
        (Knee(pain_stairs=4), True),
        (Knee(pain_stairs=0, pain_walk_30=4), True),
        (Knee(pain_walk_30=1), False),
        (Knee(), True),
    ],
)
def test_unanswered_is_not_none(knee: Knee, gentle: bool) -> None:
    titles = [step.text for step in sessions(asked=brief(knee=knee))[0].steps]
    assert ("Straight leg raise" in titles) is gentle
    assert ("Wall squat" in titles) is not gentle


def test_three_a_week_for_eight_weeks_then_two() -> None:
    counts = [len(sessions(number)) for number in range(1, 13)]
    assert counts == [3] * 8 + [2] * 4
    assert [len(sessions(number, Settings(sessions_per_week=2))) for number in (1, 8, 9)] == [2, 2, 2]
    assert len(sessions(9, Settings(upkeep_per_week=1))) == 1


@pytest.mark.parametrize("settings", [Settings(), Settings(sessions_per_week=2), Settings(upkeep_per_week=1), Settings(first_week=4)])
def test_halves_take_turns_across_weeks_too(settings: Settings) -> None:
    halves = [p.title[-1] for proposals in plan(20, settings) for p in proposals]
    assert halves[0] == "A"
    assert all(one != other for one, other in pairwise(halves))


def test_halves_take_turns_over_what_was_kept() -> None:
    halves = [p.title[-1] for proposals in plan(6, room=2) for p in proposals[:2]]
    assert halves == ["A", "B"] * 6


AGAIN = "Last week held no strength, so stage {stage} starts again."


def test_a_week_without_strength_starts_its_stage_again_and_says_so() -> None:
    proposed = [proposals[0] for proposals in plan(9, away={4, 5})]
    assert [re.search(r"week (\d) of 8", p.details)[1] for p in proposed] == ["1", "2", "3", "4", "3", "3", "4", "5", "6"]
    assert [n for n, p in enumerate(proposed, 1) if AGAIN.format(stage=2) in p.details] == [5, 6]


def test_a_stage_that_had_not_begun_and_upkeep_are_not_done_again() -> None:
    between = [proposals[0] for proposals in plan(4, away={3})]
    assert [p.title[-2] for p in between] == ["1", "1", "2", "2"]
    assert not any("Last week held no strength" in p.details for p in between)
    upkeep = plan(4, Settings(first_week=9), away={2})
    assert all("upkeep" in p.title and "Last week" not in p.details for proposals in upkeep for p in proposals)


def test_stages_are_two_weeks_long() -> None:
    assert [stage_of(number) for number in range(1, 10)] == [1, 1, 2, 2, 3, 3, 4, 4, 5]


def test_a_plan_can_begin_in_the_middle_of_the_block() -> None:
    assert sessions(1, Settings(first_week=5))[0].steps == sessions(5)[0].steps
    assert len(sessions(5, Settings(first_week=5))) == 2


def test_sessions_keep_their_places_and_are_dropped_from_the_last() -> None:
    first, second, third = sessions(1)
    assert [p.key for p in (first, second, third)] == ["strength-1", "strength-2", "strength-3"]
    assert [p.importance for p in (first, second, third)] == [(70,), (60,), (30,)]
    assert all(p.tags == ("strength",) and p.times_per_week == 1 for p in (first, second, third))
    assert (first.prefers, second.prefers, third.prefers) == (("mon", "tue", "wed"), ("wed", "thu", "fri"), ("fri", "sat", "sun"))


def test_preferred_days_follow_the_weeks_own_first_day() -> None:
    from_wednesday = sessions(1, first_day=START.replace(day=6))
    assert from_wednesday[0].prefers == ("wed", "thu", "fri")
    assert from_wednesday[2].prefers == ("sun", "mon", "tue")


def test_a_new_stage_is_marked_in_its_first_week() -> None:
    marked = {number: [p.key for p in sessions(number) if "new-stage" in p.tags] for number in range(1, 11)}
    assert marked == {number: ["strength-1", "strength-2"] if number in {3, 5, 7} else [] for number in range(1, 11)}


def test_shrinking_leaves_warm_up_hip_and_thigh() -> None:
    for number in (1, 4, 9):
        for proposal in sessions(number):
            kept = [step for step in proposal.steps if step.kind == "exercise"][:2]
            assert proposal.can_shrink_to == WARM_UP_S + sum(step.seconds for step in kept)
            assert proposal.can_shrink_to < seconds_of(proposal.steps) <= 1800


@pytest.mark.parametrize("minutes", [15, 20, 25, 30])
@pytest.mark.parametrize(("number", "half"), list(product(range(1, UPKEEP + 1), ("A", "B"))))
def test_a_shorter_session_still_works_hip_and_thigh(minutes: int, number: int, half: str) -> None:
    done = works(number, half, Means(BANDED, minutes))
    assert {"hip", "quads"} <= {exercise.group for exercise, _, _ in done}
    assert sum(exercise.seconds(sets, amount) for exercise, sets, amount in done) + WARM_UP_S <= minutes * 60


def test_a_session_says_what_its_pain_means_for_running_as_the_log_is_heard() -> None:
    for site, over in (("kneecap", 3), ("outer", 2)):
        said = sessions(1, asked=brief(knee=evolve(FINE, site=site)))[0].details
        assert "Above 5: leave that exercise for today." in said
        assert "Above 5 here, a limp or new swelling: two days without running, and until the knee is as it was" in said
        assert "a second time within 14 days: no running and none of these exercises until a doctor or physiotherapist has seen you" in said
        assert f"{over} or more before you start: two days without running, then one step easier." in said


def test_the_gate_stands_in_the_event() -> None:
    early, late, upkeep = sessions(1)[0], sessions(4)[0], sessions(9)[0]
    assert "Stage 2 only if you did all sets of stage 1 in two sessions at pain 3 of 10 or less" in early.details
    assert early.steps[0].kind == "warm-up"
    assert late.steps[0].kind == "note"
    assert "Only if stage 1 went well" in late.steps[0].text
    assert "Stage 1 again, instead of the above: Clamshell 3 x 12 each side; Wall squat 2 x 12" in late.details
    assert "upkeep sessions only if you did all sets of stage 4" in sessions(8)[0].details
    assert (
        "Stage 4 again, instead of the above: Monster walk"
        in sessions(9, asked=brief(knee=FINE, equipment=Equipment(have=("band",))))[0].details
    )
    assert "only if you did all sets" not in upkeep.details


def test_every_session_says_the_pain_rule_and_the_flare_rule() -> None:
    for number in range(1, 11):
        for proposal in sessions(number):
            assert "up to 3 of 10" in proposal.details
            assert "Above 5: leave that exercise" in proposal.details
            assert "Knee worse next morning than before: next time do one set fewer" in proposal.details
            assert {why.source for why in proposal.why} >= {"STR-01", "S19", "STR-03", "STR-04", "STR-12"}
            assert len(proposal.details) < 6000
            assert all(f"{step.text.split(', hold')[0]} (" in proposal.details for step in proposal.steps if step.kind == "exercise")


def test_strength_goes_on_before_the_first_run() -> None:
    assert [p.key for p in sessions(2, stage="pre-run")] == [p.key for p in sessions(2)]


def test_two_days_between_sessions() -> None:
    (spacing,) = planner_limits(brief())
    assert isinstance(spacing, Spacing)
    assert (spacing.after, spacing.before, spacing.days, spacing.source) == ("strength", "strength", 2, "SCHED-03")


def test_the_reason_for_two_days_between_is_told_in_the_language_that_is_spoken() -> None:
    with use_language("de"):
        (spacing,) = planner_limits(brief())
    assert spacing.why == "dieselben Muskeln bekommen zwischen zwei Krafteinheiten 48 Stunden Pause"


def test_the_kit_decides_the_variant() -> None:
    bare, banded = brief(knee=FINE), brief(knee=FINE, equipment=Equipment(have=("band", "step")))
    gym = brief(knee=FINE, equipment=Equipment(have=("gym",)))
    assert "Sideways band walk" not in str([p.steps for p in sessions(3, asked=bare)])
    assert "Sideways band walk" in str(sessions(3, asked=banded)[0].steps)
    assert sessions(3, asked=gym) == sessions(3, asked=banded)
    assert {need for exercise in exercises().values() for need in exercise.needs} <= set(get_args(Kit))


def test_the_same_question_has_the_same_answer() -> None:
    assert all(one is other for one, other in zip(sessions(3), sessions(3), strict=True))


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"sessions_per_week": 4}, "hip_strength.sessions_per_week: found 4; expected from 2 to 3"),
        ({"minutes": 40}, "hip_strength.minutes: found 40; expected from 15 to 30 min"),
        ({"session_per_week": 3}, "Did you mean `sessions_per_week`"),
    ],
)
def test_settings_are_checked(table: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        structure(Settings, table, "hip_strength")
