"""Strength from the log: a stage ends when its gate is met, repeats when not, and eases after a sore morning."""

from __future__ import annotations

import pytest
from logbook import kept, placed, row, weeks

from planner.athlete import Knee
from planner_pillars.hip_strength import Settings, planner_sessions
from planner_pillars.stages import sets_of

FINE = Knee(pain_stairs=1, pain_walk_30=0)
GOOD = {"sets_done": 50, "pain_before": 0, "pain_during": 2, "pain_next_morning": 0}
"""More sets than any session has."""


def strength(place, number=1, **said):
    """The row of session `place` (1 to 3) of week `number`, well done unless something else is said."""
    day = 7 * (number - 1) + 2 * place - 1
    return row(day, f"hip_strength/strength-{place}#1", **(GOOD | said))


def offered(rows, day, number, **table):
    """What is offered week by week up to week `number`, planned on day `day` with these rows."""
    about = kept(*rows, day=day, knee=FINE)
    return weeks(about, planner_sessions, Settings(**table), number, lambda n, proposals: placed(n, "hip_strength", proposals))


def first(rows, day, number, **table):
    """The first session of week `number`."""
    return offered(rows, day, number, **table)[-1][0]


def stages(rows, day, number, **table):
    """The stage of each week, with its week in the block: `1.1`, `1.2`, `2.3`; upkeep `u`."""
    told = [proposals[0] for proposals in offered(rows, day, number, **table)]
    return [p.title[-2] + "." + p.details.split("week ")[1][0] if "upkeep" not in p.title else "u" for p in told]


WEEK_1 = [strength(place) for place in (1, 2, 3)]
WEEK_2 = [strength(place, 2) for place in (1, 2, 3)]


def test_two_good_sessions_open_the_next_stage():
    assert stages([strength(1), strength(2, 2)], 15, 3) == ["1.1", "1.2", "2.3"]
    session = first([strength(1), strength(2, 2)], 15, 3)
    assert (
        "Your log decided: all sets of stage 1 in two sessions at pain 3 of 10 or less and a knee no worse the next morning, so on"
        in session.details
    )
    assert session.steps[0].kind == "warm-up", "the log has answered: nothing is asked at the head of the session"
    assert "Stage 3 comes once your log has two sessions of stage 2" in session.details
    assert "Stage 3 only if you did" not in session.details


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"sets_done": None}, "sets or pain not written down (1)"),
        ({"pain_during": None}, "sets or pain not written down (1)"),
        ({"sets_done": 3}, "fewer sets (1)"),
        ({"pain_during": 4}, "pain above 3 (1)"),
        ({"pain_before": 4}, "pain above 3 (1)"),
        ({"pain_next_morning": None}, "next morning not written down (1)"),
        ({"pain_during": 3, "sets_done": 1}, "fewer sets (1)"),
    ],
)
def test_a_session_that_does_not_count_holds_the_stage_and_says_why(said, words):
    session = first([strength(1), strength(2, 2, **said)], 15, 3)
    assert session.title.endswith("1A")
    assert "Your log decided: stage 1 once more. Stage 2 comes after two sessions of stage 1" in session.details
    assert "your log has 1 so far." in session.details
    assert f"Sessions that do not count for it: {words}" in session.details
    assert "not done (4)" in session.details


@pytest.mark.parametrize(("sets", "stage"), [(0, "2.3"), (-1, "1.2")])
def test_the_sets_are_those_of_the_session_itself(sets, stage):
    one, other = (sets_of(placed(n, "hip_strength", [offered(WEEK_1, 15, n)[-1][0]])[0]) for n in (1, 2))
    rows = [strength(1, sets_done=one), strength(1, 2, sets_done=other + sets)]
    assert stages(rows, 15, 3)[-1] == stage


UNTOLD = {"pain_next_morning": None}


def test_without_any_next_morning_a_week_does_not_count_and_one_is_enough():
    weeks_of = [[strength(place, n, **UNTOLD) for place in (1, 2, 3)] for n in (1, 2)]
    assert stages([*weeks_of[0], *weeks_of[1]], 15, 3) == ["1.1", "1.2", "1.2"]
    held = first([*weeks_of[0], *weeks_of[1]], 15, 3).details
    assert "Your log decided: stage 1 once more." in held
    assert "(one answered morning a week is enough); your log has 0 so far." in held
    assert "Sessions that do not count for it: next morning not written down (6)." in held
    one_a_week = [strength(2, 1), *weeks_of[0][::2], *weeks_of[1][:2], strength(3, 2)]
    assert stages(one_a_week, 15, 3)[-1] == "2.3"
    assert stages([strength(1), strength(2, **UNTOLD), strength(3, **UNTOLD), *weeks_of[1]], 15, 3)[-1] == "2.3", "three of week 1 count"
    assert stages([*WEEK_1[:1], *weeks_of[1]], 15, 3)[-1] == "1.2", "one of week 1 counts"
    worse = [*weeks_of[0][:2], strength(3, pain_next_morning=1), strength(1, 2), strength(3, 2, sets_done=3)]
    assert stages(worse, 15, 3)[-1] == "1.2", "a worse morning leaves the others of its week open"


def test_a_week_whose_first_next_morning_may_still_come_is_drawn_as_if_it_did_and_asks():
    rows = [*WEEK_1[:1], strength(1, 2, **UNTOLD), strength(3, 2, **UNTOLD)]
    assert stages(rows, 12, 3)[-1] == "2.3", "the last session is today's"
    assert "Only if stage 1 went well" in first(rows, 12, 3).steps[0].text
    assert stages(rows[:2], 9, 3)[-1] == "2.3", "more sessions are to come"
    assert stages(rows, 13, 3)[-1] == "1.2"


@pytest.mark.parametrize("said", [{"pain_next_morning": 1}, {"limp": True}, {"swelling": True}])
def test_a_stage_is_not_left_while_the_knee_is_worse_on_the_morning_after(said):
    rows = [*WEEK_1, strength(1, 2), strength(3, 2, **said)]
    assert stages(rows, 15, 3)[-1] == "1.2"
    assert "stage 1 once more, because the knee was worse on the morning after" in first(rows, 15, 3).details
    well = strength(1, 3)
    assert stages([*rows, well], 22, 4)[-1] == "2.3"


def test_a_missed_week_starts_the_stage_again():
    assert stages([*WEEK_1, *WEEK_2], 29, 5) == ["1.1", "1.2", "2.3", "2.3", "2.3"]
    assert (
        "none of the sessions of the last week with strength was done, so stage 2 starts again" in first([*WEEK_1, *WEEK_2], 29, 5).details
    )
    missed_second = [*WEEK_1, *WEEK_2, strength(1, 3)]
    assert stages(missed_second, 29, 5)[-2:] == ["2.4", "2.3"]


def away_in(rows, day, number, away):
    """What is offered first in each week where those `away` hold no strength."""
    about = kept(*rows, day=day, knee=FINE)
    lived = lambda n, proposals: placed(n, "hip_strength", [] if n in away else proposals)  # noqa: E731
    return [proposals[0] for proposals in weeks(about, planner_sessions, Settings(), number, lived)]


def test_a_week_away_starts_the_stage_again():
    week_3, week_5 = ([strength(place, n) for place in (1, 2, 3)] for n in (3, 5))
    rows = [*WEEK_1, *WEEK_2, *week_3, *week_5]
    offers = away_in(rows, 36, 6, {4})
    assert [p.details.split("week ")[1][0] for p in offers] == ["1", "2", "3", "4", "3", "4"]
    assert ["Last week held no strength, so stage 2 starts again." in p.details for p in offers] == [False] * 4 + [True, False]
    assert "It has 0 so far." in offers[4].details
    ahead = away_in([strength(1)], 1, 5, {4})
    assert "Only if stage 1 went well" in ahead[4].steps[0].text, "of the stage before nobody knows yet, so it still asks"


def test_a_week_away_with_strength_by_the_log_is_no_missed_one():
    rows = [*WEEK_1, *WEEK_2, *[strength(place, 3) for place in (1, 2, 3)], row(24, **GOOD)]
    assert away_in(rows, 29, 5, {4})[-1].details.split("week ")[1][0] == "4"


def test_a_week_away_after_a_stage_was_held_says_no_doubts_of_sessions_that_are_gone():
    (again,) = away_in([strength(1), strength(2, 2, sets_done=3)], 22, 4, {3})[-1:]
    assert again.details.split("week ")[1][0] == "1"
    assert "Sessions that do not count" not in again.details
    assert "Last week held no strength, so stage 1 starts again." in again.details


def test_a_log_that_never_speaks_of_strength_leaves_the_gates_to_the_athlete():
    assert stages([row(2, run_m=2000)], 29, 5) == ["1.1", "1.2", "2.3", "2.4", "3.5"]
    session = first([row(2, run_m=2000)], 29, 5)
    assert "Only if stage 2 went well" in session.steps[0].text
    assert "For your log: this session has" in session.details


def test_weeks_before_the_first_row_about_strength_are_taken_to_have_gone_well():
    assert stages([strength(1, 4)], 29, 5) == ["1.1", "1.2", "2.3", "2.4", "3.5"]
    assert "Only if stage 2 went well" in first([strength(1, 4)], 29, 5).steps[0].text, "of week 3 nobody knows, so it asks"
    assert "Your log decided" in first([strength(1, 4), strength(2, 4)], 29, 5).details
    assert stages([strength(1, 2)], 29, 5)[-3:] == ["2.3"] * 3, "from then on what is not logged was not done"


def test_weeks_that_are_still_ahead_are_drawn_as_if_they_went_well_and_ask():
    assert stages([strength(1)], 1, 9) == ["1.1", "1.2", "2.3", "2.4", "3.5", "3.6", "4.7", "4.8", "u"]
    session = first([strength(1)], 1, 3)
    assert "Only if stage 1 went well" in session.steps[0].text
    assert "This week assumes that all goes well until then." in session.details
    assert "Stage 3 only if you did all sets of stage 2" in session.details
    assert "Stage 1 again, instead of the above" in session.details


def test_today_counts_as_planned_until_it_is_logged():
    assert stages([strength(1)], 12, 3)[-1] == "2.3", "the last session of week 2 is today's"
    assert stages([strength(1)], 13, 3)[-1] == "1.1", "it was yesterday's"
    assert stages([strength(1), strength(3, 2, sets_done=0)], 12, 3)[-1] == "1.1", "today's was left out"


def test_eight_weeks_done_are_three_a_week_then_two():
    rows = [strength(place, number) for number in range(1, 9) for place in (1, 2)]
    counts = [len(proposals) for proposals in offered(rows, 57, 9)]
    assert counts == [3] * 8 + [2]
    assert [len(proposals) for proposals in offered(rows[:-2], 57, 9)] == [3] * 9, "week 8 was missed"


def test_halves_take_turns_over_what_was_done():
    assert [proposals[0].title[-1] for proposals in offered([strength(1)], 8, 2)] == ["A", "B"]
    assert [proposals[0].title[-1] for proposals in offered([strength(1), strength(2)], 8, 2)] == ["A", "A"]


def test_rows_that_name_no_session_are_strength_where_they_count_sets():
    rows = [row(1, **GOOD), row(9, **GOOD)]
    assert stages(rows, 15, 3)[-1] == "2.3", "one on the session's date, one on another"
    others = [row(1, pain_during=1), row(9, pain_during=1)]
    assert "Only if stage 1 went well" in first(others, 15, 3).steps[0].text, "these are about something else, so it asks"


def test_rows_of_tomorrow_and_of_other_sessions_do_not_count():
    late = [strength(1), strength(3, 2)]
    assert stages(late, 11, 2) == ["1.1", "1.2"]
    assert stages([row(1, "mobility/stretch#1", **GOOD), row(8, "hip_strength/strength-9#1", **GOOD)], 15, 3)[-1] == "1.1"


def test_a_sore_morning_takes_a_set_off_the_next_session_only():
    rows = [strength(1), strength(2, pain_next_morning=2)]
    plain, eased = first([strength(1), strength(2)], 8, 2), first(rows, 8, 2)
    assert eased.steps[0].text == "One set fewer of each exercise: the knee was worse on the morning after the last session in your log"
    assert [s.sets for s in eased.steps if s.sets] == [s.sets - 1 for s in plain.steps if s.sets]
    again = [*rows, strength(1, 2)]
    week = offered(again, 10, 2)[-1]
    assert "fewer of each" not in str(week[1].steps), "the first session of the week went well"
    assert "fewer of each" in str(offered(rows, 10, 2)[-1][1].steps), "nothing tells of the first session"


def test_one_set_stays_after_two_worse_mornings():
    rows = [strength(1, pain_next_morning=1), strength(2, pain_next_morning=1), strength(3, sets_done=0)]
    session = first(rows, 8, 2)
    assert session.steps[0].text.startswith(
        "One set of each exercise: the knee was worse on the morning after each of the last two sessions"
    )
    assert {step.sets for step in session.steps if step.sets} == {1}


def test_an_eased_session_does_not_count_for_the_gate_and_a_morning_that_is_not_told_changes_nothing():
    eased = [strength(1, pain_next_morning=1), strength(2), strength(3, 2)]
    assert stages([*eased[:2], strength(1, 2)], 15, 3)[-1] == "1.2", "the second was made easier: one counts"
    assert stages(eased, 15, 3)[-1] == "1.2"
    untold = first([strength(1, pain_next_morning=1), strength(2, pain_next_morning=None)], 8, 2)
    assert "One set fewer" in untold.steps[0].text


@pytest.mark.parametrize(
    ("pain", "words"), [(3, None), (4, "take the easier version"), (5, "take the easier"), (6, "leave out the exercise")]
)
def test_pain_while_doing_it_is_told_to_the_next_session(pain, words):
    said = [step.text for step in first([strength(1, pain_during=pain)], 8, 2).steps if step.kind == "note"]
    assert (words in said[0] and f"hurt {pain} of 10" in said[0]) if words else said == []


def test_the_worse_knee_counts_of_two():
    both = [strength(1, side="left"), strength(1, side="right", pain_during=5)]
    assert stages([*both, strength(1, 2)], 15, 3)[-1] == "1.2"
    mornings = [strength(1, side="left", pain_before=2, pain_next_morning=2), strength(1, side="right", pain_next_morning=0)]
    assert stages([*mornings, strength(1, 2)], 15, 3)[-1] == "2.3"


def test_a_block_that_begins_later_asks_until_the_log_has_answered():
    assert "Only if stage 2 went well" in first([], 1, 1, first_week=5).steps[0].text
    later = [strength(place, number) for number in (1, 2) for place in (1, 2)]
    assert stages(later, 15, 3, first_week=5) == ["3.5", "3.6", "4.7"]


def test_every_session_says_what_to_write_down():
    session = first(WEEK_1, 8, 2)
    total = sum(step.sets or 0 for step in session.steps)
    assert f"this session has {total} sets in all (`planner log --session hip_strength/strength-1#1 --sets {total}" in session.details
