"""The two charts: bar heights match the weeks, pain is marked where it was, and each SVG is self-contained."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.render.html.charts import load_chart, load_key, pain_chart, pain_key
from planner.render.html.drawing import BASE, TOP, lines_for
from tests.pages import example_plan, logged_plan
from tests.plans import sample_plan


def bars(chart, name):
    group = re.search(rf'<g class="{name}"[^>]*>(.*?)</g>', chart)
    found = re.findall(r'<rect x="([\d.]+)%" width="([\d.]+)%" y="([\d.]+)" height="([\d.]+)"/>', group[1] if group else "")
    return [tuple(float(number) for number in bar) for bar in found]


def test_bars_are_as_high_as_the_weeks_are_long():
    plan = example_plan("ana")
    chart = load_chart(plan)
    most = max(max(w.foot_m, w.ceiling_run_m, w.ceiling_foot_m or 0) for w in plan.weeks)
    top = lines_for(most, miles=False)[-1][1]
    runs = [week for week in plan.weeks if week.run_m]
    for week, (_x, _width, y, height) in zip(runs, bars(chart, "run"), strict=True):
        assert height == pytest.approx((BASE - TOP) * week.run_m / top, abs=0.11)
        assert y + height == pytest.approx(BASE, abs=0.11)
    walked = [week for week in plan.weeks if week.foot_m > week.run_m]
    for week, (_x, _width, y, height) in zip(walked, bars(chart, "walk"), strict=True):
        assert y + height == pytest.approx(BASE - (BASE - TOP) * week.run_m / top, abs=0.21)


def test_no_bar_of_a_lawful_plan_stands_over_the_line_of_its_week():
    plan = example_plan("dan")
    chart = load_chart(plan)
    lines = re.findall(r'<line [^>]*y1="([\d.]+)"[^>]*stroke-width="2.5"/>', chart)
    for (_x, _width, y, _height), line in zip(bars(chart, "run"), lines, strict=True):
        assert float(line) <= y


def test_what_was_done_stands_beside_what_was_planned():
    plan = logged_plan()
    chart = load_chart(plan)
    planned, done = bars(chart, "run"), bars(chart, "did-run")
    assert len(planned) == len(plan.weeks)
    assert len(done) == 2
    for (x, width, *_), (beside, *_) in zip(planned, done, strict=False):
        assert x + width < beside
    assert "running, done" in load_key(plan)
    assert "running, done" not in load_key(sample_plan())


@given(st.integers(0, 900_000), st.booleans())
def test_the_scale_of_a_chart_reaches_over_what_it_shows(most, miles):
    lines = lines_for(most, miles=miles)
    assert 1 <= len(lines) <= 6
    assert lines[-1][1] >= most
    assert [metres for _, metres in lines] == sorted({metres for _, metres in lines})


def test_charts_stand_by_themselves_in_plain_numbers():
    plan = logged_plan()
    for chart in (load_chart(plan), pain_chart(plan), load_key(plan), pain_key()):
        assert "var(" not in chart
        assert "NaN" not in chart
        numbers = re.findall(r' (?:x|y|x1|x2|y1|y2|cx|cy|r|width|height)="([^"]*)"', chart)
        assert all(re.fullmatch(r"-?\d{1,3}(\.\d{1,2})?%?", number) for number in numbers)
    assert '<title id="load-title">' in load_chart(plan)
    assert '<desc id="pain-told">5 dates from Tue 5 Jan to Sat 16 Jan.' in pain_chart(plan)


def test_pain_is_drawn_where_it_was_and_the_warning_above_it():
    chart = pain_chart(logged_plan())
    worst = [float(y) for y in re.findall(r'<circle cx="[\d.]+%" cy="([\d.]+)"', chart)]
    assert worst == [pytest.approx(BASE - (BASE - TOP) * score / 10, abs=0.1) for score in (0, 1, 2, 4, 1)]
    assert chart.count('width="7" height="7"') == 4
    assert chart.count(">!</text>") == 1
    assert pain_chart(sample_plan()) == ""
