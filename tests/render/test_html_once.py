"""Content shared by sessions appears once in a page: texts, exercises, sets of them, and recurring notes."""

from __future__ import annotations

import re

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from planner.render.html.howto import appendix, weeks_words
from planner.render.html.markup import anchor
from planner.render.html.sets import Set, shown
from planner.steps import Group, Step
from tests.pages import example_plan, page_of
from tests.plans import sample_plan


def test_what_is_noted_every_time_stands_once():
    page = page_of(example_plan("ana"))
    green = "GREEN, knee 0-2 before you start and no worse than yesterday"
    assert page.count(green) == 1
    assert page.index('id="always"') < page.index(green) < page.index("<details class=week")
    assert page.count("<a href=#always>GREEN ") > 8


def test_a_note_of_few_sessions_stands_with_them():
    page = page_of(sample_plan(weeks=4))
    assert 'id="always"' not in page
    assert page.count("No run, no strength, no cross-training; an easy walk is fine") == 4


def test_a_note_of_many_sessions_that_most_of_their_kind_have_not_stands_with_them():
    note, weeks = Step(kind="note", text=f"One cue today: {'tall ' * 12}"), []
    for week in sample_plan(weeks=12).weeks:
        run = next(session for session in week.sessions if session.run_s)
        weeks.append(evolve(week, sessions=tuple(evolve(s, steps=(*s.steps, note)) if s is run else s for s in week.sessions)))
    page = page_of(evolve(sample_plan(weeks=12), weeks=tuple(weeks)))
    assert page.count("One cue today") == 12
    assert "One cue today" not in page.partition('<section id="always">')[2].partition("</section>")[0]


def test_a_text_of_several_sessions_stands_once_and_one_of_a_single_session_with_it():
    plan = sample_plan(weeks=2)
    last = plan.weeks[-1].sessions[-1]
    own = evolve(
        last, details="A word of its own, which is longer than what may be said again and again in each of the sessions of a plan."
    )
    plan = evolve(plan, weeks=(plan.weeks[0], evolve(plan.weeks[1], sessions=(*plan.weeks[1].sessions[:-1], own))))
    page = page_of(plan)
    assert page.count("A word of its own") == 1
    assert page.index("A word of its own") < page.index('id="howto"')
    assert page.count("Knee, on 0-10, rated without a painkiller") == 1
    assert page.index("Knee, on 0-10, rated without a painkiller") > page.index('id="howto"')


def test_an_exercise_whose_dose_grows_is_one_entry_with_its_weeks():
    plan = sample_plan(weeks=3)
    doses = {1: "Dose: 2 x 10.", 2: "Dose: 2 x 10.", 3: "Dose: 3 x 12."}
    weeks = []
    for week in plan.weeks:
        text = f"Clamshell (hip turn-out)\nOpen the knee like a shell.\n{doses[week.number]}"
        sessions = tuple(evolve(s, details=text if "strength" in s.tags else s.details) for s in week.sessions)
        weeks.append(evolve(week, sessions=sessions))
    plan = evolve(plan, weeks=tuple(weeks))
    assert list(appendix(plan).exercises) == ["Clamshell"]
    page = page_of(plan)
    assert page.count("Open the knee like a shell.") == 1
    assert "<b>Weeks 1-2</b><br>Dose: 2 x 10." in page
    assert "<b>Week 3</b><br>Dose: 3 x 12." in page
    assert f"<a href=#{anchor('h', 'Clamshell')}>Clamshell</a>: 3 x 15 each side" in page


@given(st.sets(st.integers(1, 60), min_size=1))
def test_weeks_in_words_are_those_weeks(weeks):
    numbers = weeks_words(tuple(sorted(weeks))).partition(" ")[2]
    spans = [[int(end) for end in part.split("-")] for part in numbers.split(", ")]
    assert [week for span in spans for week in range(span[0], span[-1] + 1)] == sorted(weeks)


def test_exercises_around_a_run_are_a_set_and_those_of_other_sessions_are_not():
    row = tuple(Step(kind="exercise", seconds=30, text=f"Drill {n}, slowly", reps=5) for n in range(4))
    run, note = Step(kind="run", seconds=600), Step(kind="note", text="Shoes")
    whole = (Step(kind="warm-up", seconds=60), *row, note, run, *row[:2])
    pieces = shown(whole, True).pieces
    assert [type(piece) for piece in pieces] == [Step, Set, Step, Step, Step, Step]
    assert pieces[1].steps == row
    assert pieces[1].title == "4 exercises: Drill 0 to Drill 3"
    longer = (*row, Step(kind="stretch", seconds=30, text="Calf"), run)
    assert shown(longer, True).pieces[0].steps == longer[:5]
    assert shown(whole, False).pieces == whole


@given(st.lists(st.sampled_from(["exercise", "run", "note", "stretch", "group"]), max_size=24))
def test_a_set_hides_no_step_and_moves_none(kinds):
    steps = tuple(
        Group(repeat=2, steps=(Step(kind="run", seconds=60),)) if kind == "group" else Step(kind=kind, text=f"step {number}", seconds=1)
        for number, kind in enumerate(kinds)
    )
    found = shown(steps, True)
    assert tuple(step for piece in found.pieces for step in (piece.steps if isinstance(piece, Set) else (piece,))) == steps
    assert all(len(one.steps) >= 3 for one in found.sets)


def test_names_in_a_page_are_short_and_do_not_change():
    assert anchor("h", "Clamshell") == anchor("h", "Clamshell")
    assert re.fullmatch(r"h[0-9a-z]{1,7}", anchor("h", "Clamshell"))
