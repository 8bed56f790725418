"""Mobility: the warm-up of every run, stretching after runs or on its own, and its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from helpers import START, brief, past_week, run, week

from planner import InputError, structure
from planner.athlete import Equipment, Knee
from planner.steps import each_step, seconds_of
from planner_pillars.mobility import Means, Settings, followed, planner_pillar, planner_sessions, stretching

if TYPE_CHECKING:
    from planner import Brief, Proposal, WeekView

ROLLER = Equipment(have=("foam-roller",))
ESSENTIAL = {"Front-of-thigh stretch", "Back-of-thigh stretch", "Calf stretch", "Front-of-hip stretch", "Knee-to-wall ankle stretch"}
ROLLED = {"Roll the front of the thigh", "Roll the back of the thigh", "Roll the outer thigh", "Roll the calf"}


def later(**of_week: object) -> WeekView:
    """A second week after one with runs."""
    return week(2, earlier=(evolve(past_week(1), run_s=1800),), **of_week)


def asked(view: WeekView | None = None, settings: Settings | None = None, by: Brief | None = None) -> dict[str, Proposal]:
    """The proposals of a week by key."""
    proposals = planner_sessions(by or brief(), view or later(), settings or Settings())
    return {proposal.key: proposal for proposal in proposals}


def texts(proposal: Proposal) -> list[str]:
    return [step.text.split(",")[0] for step in each_step(proposal.steps)]


def test_the_pillar_says_what_it_is() -> None:
    pillar = planner_pillar()
    assert (pillar.name, pillar.settings) == ("mobility", Settings)
    assert {"MOB-01", "MOB-05", "MOB-08"} <= set(pillar.sources)


def test_every_run_starts_with_six_minutes_of_warming_up() -> None:
    warm_up = asked()["warm-up"]
    assert warm_up.attach is not None
    assert (warm_up.attach.where, warm_up.attach.tag, warm_up.attach.ordinals) == ("before", "run", None)
    assert seconds_of(warm_up.steps) == 360
    assert texts(warm_up) == [
        "Leg swings",
        "Leg swings",
        "Walking lunges",
        "High knees",
        "Butt kicks",
        "Easy skips",
    ]
    assert {step.kind for step in each_step(warm_up.steps)} == {"exercise"}


@pytest.mark.parametrize(
    ("stairs", "lunges", "marching"),
    [(None, None, False), (2, None, False), (3, None, True), (5, True, False), (0, False, True)],
)
def test_lunges_that_hurt_become_marching(stairs: int | None, lunges: bool | None, marching: bool) -> None:
    warm_up = asked(settings=Settings(lunges=lunges), by=brief(knee=Knee(pain_stairs=stairs)))["warm-up"]
    assert ("Marching with knee lifts" in texts(warm_up)) is marching
    assert ("Walking lunges" in texts(warm_up)) is not marching
    assert ("Easy skips" in texts(warm_up)) is not marching, "a hop asks more of the knee than a lunge"
    assert seconds_of(warm_up.steps) == 360


@pytest.mark.parametrize("stairs", [0, 5])
def test_the_warm_up_says_where_it_is_written_out(stairs: int) -> None:
    warm_up = asked(by=brief(knee=Knee(pain_stairs=stairs)))["warm-up"]
    assert 'In full: the note "How to do the warm-up" in your first week with runs.' in warm_up.details


def test_stretching_follows_three_runs_and_nothing_is_left_over() -> None:
    found = asked()
    assert set(found) == {"warm-up", "stretching-after-run"}
    after = found["stretching-after-run"].attach
    assert after is not None
    assert (after.where, after.tag, after.ordinals) == ("after", "run", (1, 2, 3))


@pytest.mark.parametrize(
    ("runs", "times", "ordinals", "alone"),
    [(3, 3, (1, 2, 3), 0), (2, 3, (1, 2), 1), (3, 2, (2, 3), 0), (5, 3, (3, 4, 5), 0), (3, 7, (1, 2, 3), 4), (0, 2, (), 2)],
)
def test_as_often_as_asked_in_all(runs: int, times: int, ordinals: tuple[int, ...], alone: int) -> None:
    found = asked(later(runs=runs), Settings(sessions_per_week=times))
    attached = found.get("stretching-after-run")
    assert (attached.attach.ordinals if attached and attached.attach else ()) == ordinals
    assert (found["stretching"].times_per_week if "stretching" in found else 0) == alone


def test_the_shortest_runs_are_the_ones_followed() -> None:
    assert followed((run(1, run_s=1800), run(2, run_s=900), run(3, run_s=1200)), 2) == (2, 3)
    assert followed((run(1, run_s=1200), run(2, run_s=1800)), 1) == (1,)


def test_before_the_first_run_it_stands_on_its_own() -> None:
    found = asked(week(2, stage="pre-run"))
    assert set(found) == {"stretching"}
    alone = found["stretching"]
    assert (alone.times_per_week, alone.tags, alone.attach, alone.importance) == (3, ("mobility",), None, (20,))
    assert alone.can_shrink_to == 600
    assert next(each_step(alone.steps)).kind == "warm-up"


@pytest.mark.parametrize("minutes", range(10, 16))
@pytest.mark.parametrize("hold_s", [10, 30, 45, 60])
@pytest.mark.parametrize("rolling", [False, True])
@pytest.mark.parametrize("taken_s", [0, 120])
def test_a_session_fills_its_minutes_and_no_more(minutes: int, hold_s: int, rolling: bool, taken_s: int) -> None:
    done = stretching(Means(minutes, hold_s, rolling), taken_s)
    took = sum(e.seconds(sets, e.usual if e.group == "roll" else hold_s) for e, sets in done)
    assert took <= minutes * 60 - taken_s
    assert len({exercise.name for exercise, _ in done}) == len(done)
    groups = [exercise.group for exercise, _ in done]
    assert groups == sorted(groups, reverse=True), "stretches first, rolls last, so that rolls are left off first"
    if hold_s <= 30:
        assert {exercise.name for exercise, _ in done} >= ESSENTIAL | (ROLLED if rolling and not taken_s else set())
        assert took >= 9 * 60 - taken_s or hold_s == 10


def test_the_usual_session_lasts_about_twelve_minutes() -> None:
    for equipment in (Equipment(), ROLLER):
        for view in (week(2), week(2, stage="pre-run")):
            found = asked(view, by=brief(equipment=equipment))
            seconds = seconds_of(next(p for key, p in found.items() if key.startswith("stretching")).steps)
            assert 630 <= seconds <= 720


def test_two_holds_of_half_a_minute_for_each_muscle() -> None:
    steps = list(each_step(asked()["stretching-after-run"].steps))
    assert {step.text.split(",")[0] for step in steps} >= ESSENTIAL
    assert all(step.kind == "stretch" and step.side == "each" for step in steps)
    assert all(step.sets == 2 and step.text.endswith("hold 30 s") for step in steps if step.text.split(",")[0] in ESSENTIAL)


CUT = "Where only one hold is named, the session has no time for a second."
SHORT = "Half a minute on each side is the short end of what studies used"


@pytest.mark.parametrize(
    ("equipment", "table", "cut"),
    [
        (Equipment(), {"minutes": 15, "hold_seconds": 20}, False),
        (Equipment(), {"minutes": 15}, True),
        (Equipment(), {"minutes": 10}, True),
        (ROLLER, {}, True),
    ],
)
def test_a_dose_that_the_time_cuts_is_said_to_be_cut(equipment: Equipment, table: dict[str, int], cut: bool) -> None:
    after = asked(settings=Settings(**table), by=brief(equipment=equipment))["stretching-after-run"]
    once = any(step.sets == 1 for step in each_step(after.steps) if step.kind == "stretch")
    assert (once, CUT in after.details) == (cut, cut)
    assert (SHORT in after.details) is (equipment is ROLLER)


def test_rolling_has_all_four_muscles_and_the_stretches_stay() -> None:
    steps = list(each_step(asked(by=brief(equipment=ROLLER))["stretching-after-run"].steps))
    assert {step.text.split(",")[0] for step in steps} == ESSENTIAL | ROLLED | {"Outer hip stretch"}


def test_rolling_needs_a_roller_or_a_wish() -> None:
    def rolls(settings: Settings, equipment: Equipment) -> set[str]:
        steps = asked(settings=settings, by=brief(equipment=equipment))["stretching-after-run"].steps
        return {step.text.split(",")[0] for step in each_step(steps) if step.kind == "roll"}

    assert not rolls(Settings(), Equipment())
    assert rolls(Settings(), ROLLER) == ROLLED
    assert rolls(Settings(), Equipment(have=("gym",))) == ROLLED
    assert rolls(Settings(foam_rolling=True), Equipment()) == ROLLED
    assert not rolls(Settings(foam_rolling=False), ROLLER)


@pytest.mark.parametrize(
    ("birth_year", "held", "text"), [(1988, None, "30 s"), (1962, None, "45 s"), (None, None, "30 s"), (1962, 20, "20 s")]
)
def test_older_athletes_hold_longer(birth_year: int | None, held: int | None, text: str) -> None:
    found = asked(settings=Settings(hold_seconds=held), by=brief(birth_year=birth_year))
    stretches = [step for step in each_step(found["stretching-after-run"].steps) if step.kind == "stretch"]
    assert all(step.text.endswith(f"hold {text}") for step in stretches)


def test_every_move_is_written_out_once_when_it_first_comes() -> None:
    first = asked(week(1), by=brief(equipment=ROLLER))
    notes = {key: p for key, p in first.items() if p.note}
    assert set(notes) == {"how-to-warm-up", "how-to-stretch", "how-to-roll"}
    for note in notes.values():
        assert (note.on, note.steps, note.attach) == (START, (), None)
        assert 2000 < len(note.details) < 8000
        assert "Stop: " in note.details
    for key, note in (("warm-up", "how-to-warm-up"), ("stretching-after-run", "how-to-stretch")):
        moves = [step.text.split(", hold")[0] for step in each_step(first[key].steps) if step.kind != "roll"]
        assert all(f"{move} (" in notes[note].details for move in moves)
    assert not any(p.note for p in asked().values())


def test_the_warm_up_is_written_out_in_the_first_week_with_runs() -> None:
    assert "how-to-warm-up" not in asked(week(1, stage="pre-run"))
    assert "how-to-stretch" in asked(week(1, stage="pre-run"))
    first_runs = asked(week(3, earlier=(past_week(1, stage="pre-run"), past_week(2, stage="pre-run"))))
    assert "how-to-warm-up" in first_runs
    assert "how-to-stretch" not in first_runs


def test_events_stay_short_and_claim_no_more_than_range_of_motion() -> None:
    found = asked(by=brief(equipment=ROLLER))
    assert sum(len(p.details) for p in found.values()) < 4000
    said = " ".join(why.text for p in found.values() for why in p.why)
    assert "joints move further; that is all" in said
    assert "not been shown to lower the risk of injury" in said
    assert {why.source for why in found["stretching-after-run"].why} == {"MOB-04", "MOB-07", "MOB-08"}
    assert {why.source for why in found["warm-up"].why} == {"MOB-05"}


def test_the_same_question_has_the_same_answer() -> None:
    one, other = asked(), asked()
    assert all(one[key] is other[key] for key in one)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"sessions_per_week": 1}, "mobility.sessions_per_week: found 1; expected from 2 to 7"),
        ({"minutes": 20}, "mobility.minutes: found 20; expected from 10 to 15 min"),
        ({"hold_seconds": 90}, "mobility.hold_seconds: found 90; expected from 10 to 60 s"),
        ({"lunges": "no"}, 'mobility.lunges: found "no"; expected true or false'),
        ({"roller": True}, "mobility.roller: unknown key"),
    ],
)
def test_settings_are_checked(table: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        structure(Settings, table, "mobility")


@pytest.mark.parametrize("hold_s", [10, 15, 20, 30])
@pytest.mark.parametrize("rolling", [False, True])
def test_short_holds_come_up_to_four_times_so_that_a_session_lasts_its_time(hold_s, rolling):
    done = stretching(Means(15, hold_s, rolling))
    sets = [n for e, n in done if e.group != "roll"]
    assert sum(e.seconds(n, e.usual if e.group == "roll" else hold_s) for e, n in done) >= 600
    assert max(sets) <= 4
    assert all(n <= 2 or (n - 1) * hold_s < 60 for n in sets)
