"""The HTML page: the whole plan in one file, each text once and escaped, and correct charts."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import get_args

import pytest
from attrs import evolve
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.findings import Finding
from planner.language import use_language
from planner.model import Decision, Goal
from planner.render import Options
from planner.render.html import render
from planner.render.html.charts import load_chart
from planner.render.html.month import calendar_words
from planner.render.words import load_line, step_lines
from planner.steps import Step
from tests.pages import NAMES, Reader, example_plan, flat, logged_plan, page_of, read
from tests.plans import sample_plan

VOID = {"meta", "br", "line", "rect", "circle"}
KNOWN = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section", "figure", "figcaption"),
    *("h1", "h2", "h3", "h4", "p", "a", "b", "i", "br", "small", "span", "cite", "div", "ul", "li", "dl", "dt", "dd"),
    *("details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("svg", "g", "desc", "text", "line", "rect", "circle"),
}
HOSTILE = ("<script>alert(1)</script>", "</style><b onclick=x>", "\" onload='x'", "<insert weeks>", "{{ plan }}", "&amp;lt;", "]]>", "{n}")
words = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_holds_all_that_the_plan_says(name):
    plan = example_plan(name)
    text = read(plan).text
    for session in plan.sessions:
        said = [session.title, *step_lines(session.steps), *session.details.splitlines()]
        said += [part for why in session.why for part in (why.text, why.source)]
        said += [load_line(session, miles=plan.units == "mi")] if session.run_s else []
        for line in said:
            assert flat(line) in text, line
    for line in (*plan.disclaimer.splitlines(), *(part for f in plan.findings for part in (f.message, f.source, f.where))):
        assert flat(line) in text


@pytest.mark.parametrize("plan", [*(example_plan(name) for name in NAMES), sample_plan(), logged_plan()])
def test_a_page_needs_nothing_but_itself(plan):
    page = page_of(plan)
    found = Reader(page)
    assert {tag for tag, _ in found.elements} <= KNOWN
    assert not [name for _, attributes in found.elements for name in attributes if name.startswith("on") or name in ("src", "srcset")]
    assert "default-src 'none'; style-src 'unsafe-inline'" in found.values("content")
    assert "url(" not in page
    assert "@import" not in page
    assert not re.search(r"https?://", page.replace('xmlns="http://www.w3.org/2000/svg"', ""))


@pytest.mark.parametrize("plan", [*(example_plan(name) for name in NAMES), sample_plan(), logged_plan()])
def test_every_link_leads_somewhere_and_every_name_is_of_one(plan):
    found = read(plan)
    names = Counter(found.values("id"))
    assert [name for name, times in names.items() if times > 1] == []
    assert {link.removeprefix("#") for link in found.values("href")} <= set(names)
    described = [name for names_of in found.values("aria-labelledby") for name in names_of.split()]
    assert set(described) <= set(names)
    assert {f"d{session.date}" for session in plan.sessions} <= set(names)


@pytest.mark.parametrize("plan", [*(example_plan(name) for name in NAMES), logged_plan()])
def test_elements_are_closed_in_their_order(plan):
    """Those whose end may be left out aside."""
    left_out, stack = {"p", "li", "dt", "dd", "tr", "th", "td", "thead", "tbody"} | VOID, []
    for closing, tag in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", re.sub(r"<[a-z]+ [^>]*/>", "", page_of(plan))):
        if tag in left_out:
            continue
        if closing:
            assert stack.pop() == tag
        else:
            stack.append(tag)
    assert stack == []


@pytest.mark.parametrize("name", NAMES)
def test_sixteen_weeks_are_no_more_than_250_kb(name):
    assert len(render(example_plan(name, weeks=16), Options())) <= 250_000


@given(words, words, words, words)
@settings(max_examples=60)
def test_whatever_a_plan_says_is_text(title, details, why, step):
    plan = sample_plan(weeks=2)
    first, second = plan.weeks
    hostile = [
        evolve(
            session,
            title=title,
            details=details,
            why=tuple(one._replace(text=why, source=title) for one in session.why),
            steps=(*session.steps, Step(kind="note", text=step), Step(kind="exercise", text=step, reps=3)),
        )
        for session in first.sessions
    ]
    finding = Finding(rule="x", severity="stop", message=details, where=title, source=why)
    plan = evolve(plan, athlete_name=title, template=step, disclaimer=details, weeks=(evolve(first, sessions=tuple(hostile)), second))
    found = read(evolve(plan, findings=(finding,)))
    assert {tag for tag, _ in found.elements} <= KNOWN
    assert not [name for _, attributes in found.elements for name in attributes if name.startswith("on")]
    assert found.values("id").count("weeks") == 1
    assert flat(title.replace("\0", "\ufffd")) in found.text.replace("\0", "\ufffd")


def test_the_same_plan_gives_the_same_bytes_whatever_was_written_before():
    plan = example_plan("ana")
    page = page_of(plan)
    page_of(logged_plan())
    assert page_of(plan) == page
    with use_language("de"):
        page_of(plan)
    assert page_of(plan) == page


def test_a_page_says_which_language_it_is_in():
    assert '<html lang="de">' in page_of(evolve(sample_plan(weeks=1), language="de"))


def test_what_is_remembered_is_not_taken_from_another_plan():
    first, second = sample_plan(weeks=9), sample_plan(weeks=9)
    notes = [evolve(s, steps=(*s.steps, Step(kind="note", text="Only once in a while: " + "x" * 60))) for s in second.weeks[0].sessions]
    second = evolve(second, weeks=(evolve(second.weeks[0], sessions=tuple(notes)), *second.weeks[1:]))
    assert "Only once in a while" not in page_of(first)
    assert "Only once in a while" in page_of(second)
    assert "Only once in a while" not in page_of(first)


def test_a_log_is_told_in_tables():
    text = read(logged_plan()).text
    assert "Wed 13 Jan – " not in text
    assert "Thu 14 Jan" in text
    assert "limp" in text
    assert "red <old>3 times" in text
    assert "The log holds no answers about the knee yet." in read(evolve(logged_plan(), log=())).text
    assert "The knee over time" not in read(sample_plan()).text


def test_a_session_says_what_became_of_it():
    plan = logged_plan()
    page = page_of(plan)
    done = next(session for session in plan.sessions if session.status == "done")
    assert re.search(rf"<details class='run done'><summary>{re.escape(done.title)} <small>[^<]*done 1\.\d km</small>", page)
    assert len(re.findall("<details class='run missed'>", page)) == 1
    assert page.count("A run not planned for this day: 1.5 km") == 1


def test_the_present_week_is_open_and_its_day_is_marked():
    plan = logged_plan()
    page = page_of(plan)
    assert re.findall(r"<details class=week id=week-(\d+) open>", page) == ["3"]
    assert page.count("aria-current=date") == 1
    before, after = (evolve(plan, as_of=day) for day in (plan.start - timedelta(days=3), plan.start + timedelta(days=300)))
    assert re.findall(r"<details class=week id=week-(\d+) open>", page_of(before)) == ["1"]
    assert re.findall(r"<details class=week id=week-(\d+) open>", page_of(after)) == [str(len(plan.weeks))]
    assert "aria-current" not in page_of(before)


def test_the_months_hold_every_session_on_its_day():
    plan = example_plan("finn")
    page = page_of(plan)
    months = page[page.index('<div class="months">') : page.index('<section id="weeks"')]
    cells = dict(re.findall(r"<a href=#d([\d-]+)>\d+</a>(.*?)(?=<td|<tr|</table)", months))
    for session in plan.sessions:
        assert f">{session.title}" in cells[session.date.isoformat()]
    assert months.count("<p class=") == len(plan.sessions)
    assert re.findall("<caption>(.*?)</caption>", months) == ["March 2027", "April 2027", "May 2027"]
    assert months.count("<th scope=col>Mon<th scope=col>Tue") == 3


def test_a_plan_that_starts_on_a_sunday_has_its_first_day_in_the_months():
    plan = sample_plan(weeks=1, start=date(2027, 1, 10))
    months = page_of(plan).partition('<div class="months">')[2]
    assert f"<a href=#d{plan.sessions[0].date}>10</a>" in months
    assert f"<a href=#d{plan.sessions[-1].date}>16</a>" in months


def test_a_language_brings_its_own_calendar():
    for language in ("de", "pt", "ar"):
        days, names, first = calendar_words(language)
        assert first == Locale(language).first_week_day
        assert names[2] == Locale(language).months["stand-alone"]["wide"][3]
        assert len(days) == 7
    assert calendar_words("en")[2] == 0


@pytest.mark.parametrize("decision", get_args(Decision))
def test_every_kind_of_week_has_its_words(decision):
    plan = sample_plan(weeks=1)
    assert f"class='kind {decision}'" in page_of(evolve(plan, weeks=(evolve(plan.weeks[0], decision=decision),)))


def test_a_plan_with_next_to_nothing_is_a_page_too():
    plan = evolve(sample_plan(weeks=1), weeks=(), findings=(), disclaimer="", goal=Goal(), log=())
    found = read(plan)
    assert "Ana" in found.text
    assert load_chart(plan) == ""
    assert {link.removeprefix("#") for link in found.values("href")} <= set(found.values("id"))


def test_a_plan_before_running_has_no_bars_but_says_so():
    plan = sample_plan(weeks=2)
    still = tuple(
        evolve(
            week,
            stage="pre-run",
            run_s=0,
            run_m=0,
            foot_m=0,
            ceiling_run_m=0,
            ceiling_foot_m=None,
            bound_by="",
            sessions=tuple(session for session in week.sessions if not session.run_s),
        )
        for week in plan.weeks
    )
    page = page_of(evolve(plan, weeks=still))
    assert 'id="load"' not in page
    assert page.count("No running in this week.") == 2


def test_miles_and_metres_on_foot_are_told_as_such():
    plan = example_plan("finn")
    text = read(plan).text
    assert "min/mi" in text
    assert " km" not in flat(re.sub(r"<[^>]*>", "", load_chart(plan)))
    on_foot = evolve(plan, reading=evolve(plan.reading, measure="on-foot"))
    assert "at most 10% more on foot a week" in read(on_foot).text
