"""Cross-training: how often, which kind, how long and how hard."""

from __future__ import annotations

import pytest
from attrs import evolve
from helpers import START, brief, past_week, run, week

from planner.athlete import Equipment, Knee
from planner.errors import InputError
from planner.host import Host
from planner.model import DAY, Session
from planner.settings import structure
from planner.steps import RUNNING, WALKING, Group, Step, each_step, seconds_of
from planner_pillars import cross_training
from planner_pillars.content import content
from planner_pillars.cross_training import Settings, moderate_pulse, modes_for, planner_sessions

MODES = ("bike", "swim", "deep-water", "elliptical", "row", "walk", "yoga", "pilates")


def asked(*kit, view=None, **settings):
    """The pillar's answer for an athlete with this kit."""
    return planner_sessions(brief(equipment=Equipment(have=kit)), view or week(2), Settings(**settings))


def times(proposals):
    return {p.key: p.times_per_week for p in proposals}


def session(number, pillar, key, **fields):
    plain = {"ordinal": 1, "date": START, "start": None, "duration_s": 1800, "title": key, "steps": (), "tags": ()}
    return Session(week=number, pillar=pillar, key=key, **(plain | fields))


def weeks_with_training(count, decision="progress"):
    done = [past_week(n, sessions=(session(n, "cross_training", "bike"),)) for n in range(1, count + 1)]
    return tuple(evolve(w, decision=decision) for w in done)


def week_with_a_run_of(minutes):
    steps = (Step(kind=RUNNING, seconds=minutes * 60),)
    return (past_week(1, sessions=(session(1, "progression", "run", steps=steps, run_s=minutes * 60),)),)


def test_moderate_pulse_is_that_of_the_check_vector():
    assert moderate_pulse(180) == (116, 136)
    for maximum in range(120, 221):
        low, high = moderate_pulse(maximum)
        assert 100 * low >= 64 * maximum > 100 * (low - 1)
        assert 100 * high <= 76 * maximum < 100 * (high + 1)


@pytest.mark.parametrize(
    ("kit", "modes"),
    [
        ((), ("walk",)),
        (("band", "mat", "treadmill"), ("walk",)),
        (("bike",), ("bike",)),
        (("pool",), ("swim", "deep-water")),
        (("pool", "bike"), ("bike", "swim")),
        (("elliptical", "rowing-machine"), ("elliptical", "row")),
        (("gym",), ("bike", "elliptical")),
    ],
)
def test_modes_follow_what_the_athlete_has(kit, modes):
    assert modes_for(frozenset(kit)) == modes
    assert tuple(p.key for p in asked(*kit)) == modes


def test_two_a_week_and_three_without_running():
    assert times(asked("bike")) == {"bike": 2}
    assert times(asked("bike", "pool")) == {"bike": 1, "swim": 1}
    for view in (week(1, stage="pre-run"), week(3, runs=0), week(3, decision="off")):
        assert times(asked("bike", view=view)) == {"bike": 3}
        assert times(asked("bike", "pool", view=view)) == {"bike": 2, "swim": 1}


def test_a_week_whose_only_runs_are_commitments_is_no_week_without_running():
    race = (run(pillar="commitments", key="city-10k", tags=("run", "commitment")),)
    (cycling,) = asked("bike", view=week(3, runs=0, committed=race))
    assert cycling.times_per_week == 2
    assert not any("No running this week" in why.text for why in cycling.why)
    steady = week_with_a_run_of(30)
    assert times(asked("bike", vigorous=True, view=week(3, runs=0, committed=race, earlier=steady))) == {"bike": 2}, "a race is hard enough"


def test_how_often_is_a_setting_from_none_to_four():
    assert asked("bike", sessions_per_week=0) == []
    assert times(asked("bike", sessions_per_week=4)) == {"bike": 4}
    assert times(asked("bike", sessions_per_week=1, view=week(1, stage="pre-run"))) == {"bike": 1}


def test_what_the_athlete_likes_comes_first_by_turns():
    assert times(asked("bike", modes=("yoga", "row", "yoga"))) == {"yoga": 1, "row": 1}
    assert times(asked("bike", modes=("pilates",))) == {"pilates": 2}
    assert times(asked(modes=("yoga", "bike"), sessions_per_week=3)) == {"yoga": 2, "bike": 1}


def test_half_an_hour_at_first_five_minutes_more_a_week_up_to_three_quarters():
    minutes = [seconds_of(asked("bike", view=week(n + 1, earlier=weeks_with_training(n)))[0].steps) // 60 for n in range(6)]
    assert minutes == [30, 35, 40, 45, 45, 45]
    held = asked("bike", view=week(4, earlier=weeks_with_training(3, decision="hold")))
    assert seconds_of(held[0].steps) == 1800
    never = asked("bike", view=week(9, earlier=tuple(past_week(n) for n in range(1, 9))))
    assert seconds_of(never[0].steps) == 1800


@pytest.mark.parametrize(("settings", "minutes"), [({"minutes": 20}, 20), ({"minutes": 22}, 22), ({"most_minutes": 25}, 25)])
def test_length_is_a_setting(settings, minutes):
    assert seconds_of(asked("bike", **settings)[0].steps) == minutes * 60
    assert seconds_of(asked(**settings)[0].steps) == minutes * 60


def test_walking_is_counted_as_walking_and_never_grows():
    first, later = (asked(view=week(n + 1, earlier=weeks_with_training(n)))[0] for n in (0, 8))
    assert first == later
    assert seconds_of(first.steps, WALKING) == seconds_of(first.steps) == 1800
    assert first.can_shrink_to is None
    assert "stays at 30 minutes" in first.details
    for mode in MODES:
        if mode != "walk":
            assert seconds_of(asked(modes=(mode,))[0].steps, WALKING) == 0


@pytest.mark.parametrize("mode", [m for m in MODES if m != "walk"])
@pytest.mark.parametrize("weeks", [0, 1, 3])
def test_a_short_day_leaves_twenty_minutes_that_stand_on_their_own(mode, weeks):
    (proposal,) = asked(modes=(mode,), view=week(weeks + 1, earlier=weeks_with_training(weeks)))
    assert proposal.can_shrink_to == 1200
    assert sum(s.seconds for s in proposal.steps[:2]) == 1200


@pytest.mark.parametrize("mode", MODES)
def test_every_session_says_what_how_hard_why_and_when_to_stop(mode):
    (proposal,) = asked(modes=(mode,))
    assert proposal.tags == ("cross-training",)
    assert proposal.importance == (10,)
    assert max(s.rpe for s in proposal.steps) <= 4
    assert all(s.kind != RUNNING and s.text for s in proposal.steps)
    assert "3 to 4 of 10" in proposal.details
    assert "At 3 or more make it easier or stop." in proposal.details
    assert "within 60 minutes" in proposal.details
    assert len(proposal.details) <= 1200
    assert "{" not in proposal.details
    assert len(proposal.why) == 3
    assert all(w.limit == "content" and w.source.startswith("XT-") for w in proposal.why)
    assert proposal.why[1].source == "XT-01"


def test_without_running_it_says_why_there_is_more():
    resting, running = asked("bike", view=week(1, stage="pre-run"))[0], asked("bike")[0]
    assert [w.source for w in resting.why] == ["XT-09", "XT-01", "XT-07"]
    assert [w.source for w in running.why] == ["XT-09", "XT-01", "XT-10"]
    assert "not a cause" in running.why[2].text


def test_cyclists_read_about_saddle_gear_and_their_own_knees():
    words = asked("bike")[0].details
    for part in ("saddle high enough", "a little bent", "Light gear", "80 to 90"):
        assert part in words
    assert "common in cyclists" in words


def test_water_goes_by_effort():
    for mode in ("swim", "deep-water"):
        (proposal,) = asked(modes=(mode,), max_heart_rate=180)
        assert "go by effort" in proposal.details
        assert "beats a minute" not in proposal.details
        assert proposal.why[0].source == "XT-08"
    assert "breaststroke kick" in asked(modes=("swim",))[0].details
    assert asked(modes=("deep-water",))[0].steps[0].kind == "exercise"


def test_the_pain_rule_is_that_of_the_runs():
    hard = week(2, earlier=week_with_a_run_of(30))
    for site, rule in (("kneecap", "0 to 2 of 10"), ("outer", "0 to 1 of 10"), ("other", "0 to 1 of 10")):
        about = brief(equipment=Equipment(have=("bike",)), knee=Knee(site=site))
        found = planner_sessions(about, hard, Settings(vigorous=True, sessions_per_week=2))
        assert [p.key for p in found] == ["bike-vigorous", "bike"]
        assert all(rule in p.details for p in found)


def test_a_known_maximum_gives_a_range_beside_the_effort():
    assert "with your maximum of 180: 116 to 136 beats a minute" in asked("bike", max_heart_rate=180)[0].details
    assert "beats a minute" not in asked("bike")[0].details


def test_a_harder_session_needs_the_wish_and_half_an_hour_without_a_walk():
    ready = week(2, earlier=week_with_a_run_of(30))
    assert times(asked("bike", view=ready)) == {"bike": 2}
    assert times(asked("bike", vigorous=True, view=ready)) == {"bike-vigorous": 1, "bike": 1}
    assert times(asked("bike", vigorous=True, view=week(2, earlier=week_with_a_run_of(29)))) == {"bike": 2}
    (done,) = week_with_a_run_of(30)
    missed = (evolve(done, sessions=tuple(evolve(run, status="missed") for run in done.sessions)),)
    assert times(asked("bike", vigorous=True, view=week(2, earlier=missed))) == {"bike": 2}
    broken = Group(repeat=3, steps=(Step(kind=RUNNING, seconds=600), Step(kind=WALKING, seconds=60)))
    parts = (past_week(1, sessions=(session(1, "progression", "run", steps=(broken,), run_s=1800),)),)
    assert times(asked("bike", vigorous=True, view=week(2, earlier=parts))) == {"bike": 2}
    for decision in ("hold", "regress", "off"):
        view = evolve(ready, decision=decision)
        assert not any("vigorous" in p.tags for p in asked("bike", vigorous=True, view=view))


def test_after_a_restart_or_an_opening_the_half_hour_has_to_come_again():
    (long,) = week_with_a_run_of(30)

    def again(decision, gap_days, minutes=1):
        on = long.sessions[0].date + gap_days * DAY
        step = Step(kind=RUNNING, seconds=60 * minutes)
        back = evolve(
            past_week(2, sessions=(session(2, "progression", "run", steps=(step,), run_s=60 * minutes, date=on),)), decision=decision
        )
        view = evolve(week(3, earlier=(long, back)), first_day=on + 2 * DAY)
        return any("vigorous" in p.tags for p in asked("bike", vigorous=True, view=view))

    assert again("progress", 7)
    assert not again("progress", 8)
    assert again("progress", 8, minutes=30)
    assert not again("entry", 7)
    for days, hard in ((7, True), (8, False)):
        view = evolve(week(2, earlier=(long,)), first_day=long.sessions[0].date + days * DAY)
        assert any("vigorous" in p.tags for p in asked("bike", vigorous=True, view=view)) is hard
    opening = evolve(week(2, earlier=(long,)), decision="entry")
    assert not any("vigorous" in p.tags for p in asked("bike", vigorous=True, view=opening))


def test_a_harder_session_comes_once_and_is_marked():
    ready = week(2, earlier=week_with_a_run_of(30))
    hard, easy = asked("bike", vigorous=True, sessions_per_week=4, view=ready)
    assert hard.tags == ("cross-training", "vigorous")
    assert hard.times_per_week == 1
    assert easy.times_per_week == 3
    assert seconds_of(hard.steps) == 35 * 60
    assert max(s.rpe for s in each_step(hard.steps)) == 6
    assert [w.source for w in hard.why] == ["XT-04", "XT-09"]
    assert hard.title == "Cycling, four harder stretches"
    assert [p.key for p in asked(modes=("yoga", "row"), vigorous=True, view=ready)] == ["row-vigorous", "yoga"]
    assert [p.key for p in asked(vigorous=True, view=ready)] == ["walk"]


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_has_all_its_fields(mode):
    words = content("cross-training")["modes"][mode]
    assert set(words) == {"name", "title", "kind", "easy", "steady", "hard", "pulse", "details", "why", "source"}
    assert all(isinstance(value, str) for value in words.values())
    assert all(words[k] for k in words if k != "hard")


def test_the_pillar_loads_through_the_front_gate_with_its_settings():
    assert [p.name for p in Host.of(cross_training).pillars] == ["cross_training"]
    assert structure(Settings, {}, "pillars.cross_training") == Settings()
    assert structure(Settings, {"modes": ["yoga", "bike"]}, "pillars.cross_training").modes == ("yoga", "bike")
    for wrong in ({"sessions_per_week": 5}, {"modes": ["golf"]}, {"minutes": 50}, {"max_heart_rate": 90}, {"mode": "bike"}):
        with pytest.raises(InputError, match=r"^pillars\.cross_training\."):
            structure(Settings, wrong, "pillars.cross_training")
