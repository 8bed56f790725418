"""Outputs for people: words, plain text, tables; and how renderers are found."""

from __future__ import annotations

import csv
import io
import sys
from datetime import date, timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import InputError
from planner.laws import WORDS as CAPS
from planner.model import Done, Goal, Plan
from planner.render import Options, formats, renderer
from planner.render.words import bound_words, day_words, load_line, pace_words, pillar_words, step_lines
from planner.steps import Group, Step
from tests.plans import renamed, sample_plan

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def text_of(plan: Plan) -> str:
    return renderer("txt")(plan, Options()).decode()


def rows_of(plan: Plan) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(renderer("csv")(plan, Options()).decode(), newline="")))


def followed_plan(weeks: int = 3) -> Plan:
    """A sample plan on the third day of its second week: of the first week's runs one was done, one missed, one done on another day."""
    plan = sample_plan(weeks=weeks)
    first, *later = plan.weeks
    became = dict(zip([s.id for s in first.sessions if s.run_s], ("done", "missed", "missed"), strict=True))
    week = evolve(first, sessions=tuple(evolve(s, status=became.get(s.id, s.status)) for s in first.sessions), done_run_m=3100)
    done = tuple(Done(date=plan.start + timedelta(days=n), run_m=m, foot_m=m + 100, allowed_m=m) for n, m in ((1, 1600), (4, 1500)))
    return evolve(plan, weeks=(week, *later), history=(*plan.history, *done), ahead_from=plan.start + timedelta(days=9))


def test_outputs_are_found_by_name():
    assert formats() == ("csv", "fit", "html", "ics", "intervals", "json", "pdf", "txt")
    for name in formats():
        assert renderer(name)(sample_plan(weeks=1), Options())


def test_an_unknown_output_offers_the_nearest():
    with pytest.raises(InputError, match=r"expected one of csv, fit, html, ics, intervals, json, pdf, txt\. Did you mean `json`"):
        renderer("jsn")


def test_an_output_is_imported_when_it_is_asked_for(monkeypatch):
    for name in [name for name in sys.modules if name.startswith("planner.render.")]:
        monkeypatch.delitem(sys.modules, name)
    renderer("csv")
    assert "planner.render.csv" in sys.modules
    assert "planner.render.ics" not in sys.modules


@pytest.mark.parametrize(
    ("step", "line"),
    [
        (Step(kind="warm-up", seconds=300, text="walk briskly"), "Warm-up: walk briskly, 5 min"),
        (Step(kind="warm-up", seconds=300), "Warm-up, 5 min"),
        (Step(kind="warm-up", seconds=90, text="leg swings", reps=12, side="each"), "Warm-up: leg swings, 12 times each side"),
        (Step(kind="cool-down", seconds=150, text="Cool-down walk"), "Cool-down walk, 2:30 min"),
        (Step(kind="run", seconds=1800, text="run easily", rpe=4), "Run easily 30 min (effort 4 of 10)"),
        (Step(kind="walk", seconds=45), "Walk 45 s"),
        (Step(kind="walk", seconds=1800, text="walk; turn back above 2 of 10"), "Walk; turn back above 2 of 10: 30 min"),
        (Step(kind="exercise", seconds=240, text="Clamshell", sets=3, reps=12, side="each"), "Clamshell: 3 x 12 each side"),
        (Step(kind="exercise", seconds=240, text="Plank.", sets=1), "Plank: 1 set"),
        (Step(kind="stretch", seconds=60, text="Calf", sets=2, side="left"), "Calf: 2 sets on the left"),
        (Step(kind="roll", seconds=60, text="Outer\nthigh"), "Outer thigh: 1 min"),
        (Step(kind="note", text="Wear the blue pair."), "Wear the blue pair"),
        (
            Group(repeat=6, steps=(Step(kind="run", seconds=60, text="run easily", rpe=4), Step(kind="walk", seconds=90))),
            "6 x: run 1 min, walk 1:30 min (effort 4 of 10)",
        ),
        (
            Group(repeat=2, steps=(Step(kind="ride", seconds=60, text="push", rpe=5), Step(kind="ride", seconds=60, text="roll", rpe=2))),
            "2 x: push: 1 min (effort 5 of 10), roll: 1 min (effort 2 of 10)",
        ),
        (
            Group(repeat=2, steps=(Group(repeat=3, steps=(Step(kind="run", seconds=30),)), Step(kind="walk", seconds=60))),
            "2 x: (3 x: run 30 s), walk 1 min",
        ),
        (
            Group(repeat=2, steps=(Step(kind="warm-up", text="a, b", seconds=30), Step(kind="walk", seconds=60))),
            "2 x: warm-up: a, b, 30 s; walk 1 min",
        ),
    ],
)
def test_a_step_is_one_short_line(step, line):
    assert step_lines((step,)) == [line]


@given(anything, st.sampled_from(["run", "warm-up", "exercise", "note"]))
@settings(max_examples=300)
def test_a_step_is_one_line_whatever_its_text(text, kind):
    (line,) = step_lines((Step(kind=kind, seconds=60, text=text),))
    assert len(line.splitlines()) <= 1


def test_steps_that_look_alike_keep_their_own_lines():
    for number in range(6000):
        assert step_lines((Step(kind="walk", seconds=60 * (number + 1)),)) == [f"Walk {number + 1} min"]


def test_words_for_dates_limits_pillars_and_paces():
    assert day_words(date(2027, 1, 5)) == "Tue 5 Jan"
    assert day_words(date(2027, 12, 31), year=True) == "Fri 31 Dec 2027"
    assert bound_words("session") == "the longest run of the last 30 days"
    assert all(" " in bound_words(cap) for cap in CAPS), "each in words, never by its name"
    assert bound_words("plugin:foot_care") == "foot care"
    assert pillar_words("hip_strength") == "Hip strength"
    assert pace_words(400, miles=False) == "6:40 min/km"
    assert pace_words(400, miles=True) == "10:44 min/mi"


def test_the_load_line_says_how_far_and_what_was_allowed():
    run = next(s for s in sample_plan(weeks=1).sessions if s.run_s)
    assert load_line(run, miles=False) == "Running 1.4 km, at most 1.6 km today (set by the longest run of the last 30 days)"
    assert load_line(evolve(run, bound_by=""), miles=True) == "Running 0.8 mi"
    assert load_line(evolve(run, run_s=0), miles=False) == ""


def test_the_wall_plan_has_every_session_and_fits_the_page():
    plan = sample_plan()
    text = text_of(plan)
    lines = text.split("\n")
    assert max(map(len, lines)) <= 80
    assert text.endswith("\n")
    assert not any(line != line.rstrip() for line in lines)
    assert sum(line.startswith("[ ] ") for line in lines) == sum(not s.transparent for s in plan.sessions)
    assert lines[0] == "Return to run: Ana"
    assert "Goal: 30 min of running; first on Sat 27 Mar 2027; expected in full in week 14" in lines
    assert "[ ] Tue 5 Jan 07:00  Walk-run, 9 x 1 min (36 min)" in lines
    assert "! week 3: Seven dates hold 12 m too much." in lines
    assert "a diagnosis or treatment" in " ".join(text.split())


def test_the_week_table_draws_the_load_against_its_ceiling():
    plan = sample_plan()
    table = [line for line in text_of(plan).split("\n") if line[:4].strip().isdigit() and "#" in line]
    assert len(table) == len(plan.weeks)
    bars = [line[29:49] for line in table]
    loads = [bar.count("#") for bar in bars]
    assert loads == sorted(loads)
    assert max(len(bar.strip()) for bar in bars) == 20
    for week, bar in zip(plan.weeks, bars, strict=True):
        assert (bar.count(".") > 0) == (week.ceiling_run_m > week.run_m)
    assert sum("easy week" in line for line in table) == 3


def test_on_foot_plans_show_metres_on_foot():
    plan = sample_plan(weeks=2)
    shown = text_of(evolve(plan, reading=evolve(plan.reading, measure="on-foot", growth=Fraction(3, 40)), goal=Goal(week_m=20000)))
    assert "On foot" in shown
    assert "at most 7.5% more a week, counted in running and walking together" in " ".join(shown.split())
    assert "Goal: 20.0 km a week\n" in shown


def test_weeks_without_running_say_so():
    plan = sample_plan(weeks=1)
    week = evolve(plan.weeks[0], sessions=(), run_s=0, run_m=0, foot_m=0, decision="off", stage="pre-run")
    shown = text_of(evolve(plan, weeks=(week,), findings=(), disclaimer="", goal=Goal()))
    assert "before running" in shown
    assert "Week 1, Mon 4 Jan to Sun 10 Jan\n" in shown
    assert "Goal" not in shown
    assert "#" not in shown


def test_a_plan_that_follows_a_log_shows_done_beside_planned():
    lines = text_of(followed_plan()).split("\n")
    assert max(map(len, lines)) <= 80
    at = next(n for n, line in enumerate(lines) if line.startswith("Week  From"))
    assert lines[at].split() == ["Week", "From", "Running", "Done", "Load", "At", "most", "What"]
    assert [line[:51].split()[4:] for line in lines[at + 1 : at + 4]] == [
        ["4.2", "km", "3.1", "km", "##########."],
        ["4.6", "km", "-", "###########."],
        ["5.0", "km", "###########."],
    ]
    assert "[x] Tue 5 Jan 07:00  Walk-run, 9 x 1 min (36 min) - done, 1.6 km" in lines
    assert sum(line.startswith("[-] ") and line.endswith("- missed") for line in lines) == 2
    assert "[x] Fri 8 Jan  A run not planned for this day: 1.5 km" in lines
    assert "; done 3.1 km" in " ".join(lines)
    assert "done -" not in " ".join(lines)


@pytest.mark.parametrize(
    ("latest", "words"),
    [
        (9, "expected in full in week 5; week 9, from Mon 1 Mar 2027, if every third week is a hold\n"),
        (5, "expected in full in week 5, even if every third week is a hold\n"),
        (None, "expected in full in week 5\n"),
    ],
)
def test_the_goal_stands_with_its_range(latest, words):
    plan = followed_plan()
    shown = text_of(evolve(plan, goal=evolve(plan.goal, latest=latest)))
    assert words in shown.replace("\n", " ").replace("  ", "\n")


def test_a_goal_whose_week_has_begun_has_no_range():
    plan = followed_plan()
    goal = evolve(plan.goal, every_run=plan.start, foreseen=1, latest=1)
    assert "third week" not in text_of(evolve(plan, as_of=plan.start, goal=goal))


def test_a_bound_that_missed_runs_gave_is_said_in_words():
    assert bound_words("missed") == "the best week before the missed runs"


@given(anything)
@settings(max_examples=200)
def test_no_text_breaks_the_page(text):
    plan = evolve(renamed(sample_plan(weeks=1), text), athlete_name=text, disclaimer=text, template=text)
    assert max(len(line) for line in text_of(plan).split("\n")) <= 80


def test_the_table_has_one_row_a_session():
    plan = sample_plan()
    rows = rows_of(plan)
    assert [row["date"] for row in rows] == [s.date.isoformat() for s in plan.sessions]
    run = next(row for row in rows if row["km"])
    assert run == {
        "date": "2027-01-05",
        "start": "07:00",
        "minutes": "36",
        "pillar": "Progression",
        "title": "Walk-run, 9 x 1 min",
        "run_minutes": "9.5",
        "walk_minutes": "13.5",
        "km": "1.425",
        "ceiling_km": "1.65",
        "bound_by": "the longest run of the last 30 days",
        "text": "Warm-up: walk briskly, 5 min; Warm-up: leg swings, 12 times each side; Warm-up: walking lunges, 2 x 8; "
        "9 x: run 1 min, walk 1:30 min (effort 4 of 10); Run easily 30 s (effort 4 of 10); Cool-down: walk, 5 min",
    }
    note = next(row for row in rows if row["title"] == "Look at your shoes")
    assert [note[key] for key in ("start", "minutes", "run_minutes", "km", "text")] == ["", "", "", "", ""]


def test_a_table_that_follows_a_log_says_what_became_of_each_session():
    plan = followed_plan()
    rows = rows_of(plan)
    assert list(rows[0])[-2:] == ["status", "done_km"]
    assert [row["status"] for row in rows] == [s.status for s in plan.sessions]
    assert [(row["date"], row["done_km"]) for row in rows if row["done_km"]] == [("2027-01-05", "1.6")]
    assert [{key: row[key] for key in list(row)[:-2]} for row in rows] == rows_of(sample_plan(weeks=3))


def test_rows_end_as_the_standard_says():
    written = renderer("csv")(sample_plan(weeks=1), Options())
    assert written.count(b"\r\n") == len(sample_plan(weeks=1).sessions) + 1
    assert b"\n" not in written.replace(b"\r\n", b"")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start):
    plan = sample_plan(weeks=1)
    session = evolve(plan.sessions[0], title=f"{start}HYPERLINK(1)", pillar=f"{start}x")
    plan = evolve(plan, weeks=(evolve(plan.weeks[0], sessions=(session,)),))
    (row,) = rows_of(plan)
    assert row["title"] == f"'{start}HYPERLINK(1)"
    assert row["pillar"].startswith("'")


@given(anything)
@settings(max_examples=300)
def test_any_title_comes_back_from_the_table(title):
    plan = sample_plan(weeks=1)
    plan = evolve(plan, weeks=(evolve(plan.weeks[0], sessions=(evolve(plan.sessions[0], title=title),)),))
    (row,) = rows_of(plan)
    assert row["title"] in (title, f"'{title}")
    assert not row["title"].startswith(("=", "+", "-", "@"))
