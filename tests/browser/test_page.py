"""The page in a real browser: no requests, no console errors, fits a phone, works with screen readers, keyboard and printer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from planner.render import Options
from planner.render.html import render
from tests.pages import example_plan, logged_plan
from tests.plans import sample_plan

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
LONG = "Unstoppablymarvellous" * 12
PLANS = {
    "a log": logged_plan,
    "an example": lambda: example_plan("eva"),
    "miles, on the move": lambda: example_plan("finn"),
    "texts of one long word": lambda: _with_long_words(sample_plan(weeks=4)),
}


def _with_long_words(plan):
    first, *others = plan.weeks
    sessions = tuple(evolve(session, title=LONG, details=f"{LONG}\n\n{LONG}") for session in first.sessions)
    return evolve(plan, athlete_name=LONG, weeks=(evolve(first, sessions=sessions), *others))


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for number, (name, plan) in enumerate(PLANS.items()):
        made[name] = folder / f"{number}.html"
        made[name].write_bytes(render(plan(), Options()))
    return made


@pytest.fixture
def opened(browser, pages):
    """Opens a page by its name, and watches what it asks for and complains of."""
    contexts = []

    def open_page(name, viewport=DESK, scheme="light"):
        context = browser.new_context(viewport=viewport, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(pages[name].as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", PLANS)
def test_a_page_asks_for_nothing_complains_of_nothing_and_fits(opened, pages, name, viewport):
    page = opened(name, viewport)
    for _ in ("folded", "unfolded"):
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        unfold(page)
    assert page.asked == [pages[name].as_uri()]
    assert page.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", ["a log", "an example"])
def test_axe_finds_nothing(opened, name, viewport, scheme):
    missing = "axe-playwright-python is not installed: pip install -e '.[dev]'"
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason=missing)
    page = opened(name, viewport, scheme)
    unfold(page)
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_scheme_changes_the_colours(opened):
    grounds = {opened("a log", DESK, scheme).evaluate("getComputedStyle(document.body).backgroundColor") for scheme in ("light", "dark")}
    assert len(grounds) == 2


def test_a_day_of_the_month_leads_to_its_sessions_and_unfolds_their_week(opened):
    page = opened("a log")
    last = page.locator(".months td a").last
    target = page.locator(last.get_attribute("href"))
    assert not target.is_visible()
    last.press("Enter")
    target.wait_for(state="visible")
    assert page.evaluate("innerHeight") > target.bounding_box()["y"] >= 0


def test_an_exercise_leads_to_how_it_is_done(opened):
    page = opened("an example")
    unfold(page)
    link = page.locator(".strength li a").first
    page.evaluate("document.querySelectorAll('.how').forEach(details => details.open = false)")
    link.click()
    page.locator(f"{link.get_attribute('href')} p").first.wait_for(state="visible")


def test_the_keyboard_reaches_the_weeks_first_and_sees_where_it_is(opened):
    page = opened("a log")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the weeks"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#weeks summary, #weeks a')")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    week = page.locator(".week > summary").first
    week.focus()
    before = week.evaluate("summary => summary.parentElement.open")
    page.keyboard.press("Enter")
    assert week.evaluate("summary => summary.parentElement.open") is not before


def test_on_paper_all_sessions_are_unfolded_with_boxes_to_tick(opened):
    page = opened("a log", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--text')").strip() == "#1b2425"
    run = page.locator(".day > .run > ul").last
    assert run.bounding_box()["height"] > 0
    box = "getComputedStyle(document.querySelector('.day > .run > summary'), '::before').borderTopWidth"
    assert page.evaluate(box) == "1px"
    done = page.evaluate("getComputedStyle(document.querySelector('.day > .done > summary'), '::before').content")
    assert done == '"✓"'
    assert not page.locator("nav").is_visible()
    assert page.locator(".behind").first.is_hidden()


def test_printed_on_a4_a_week_is_a_block(opened):
    page = opened("a log")
    assert page.evaluate("[...document.querySelectorAll('.week')].length") == len(logged_plan().weeks)
    page.emulate_media(media="print")
    assert set(page.eval_on_selector_all(".week", "all => all.map(week => getComputedStyle(week).breakInside)")) == {"avoid"}
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_day_it_was_made_on_is_marked_by_the_plan_alone(opened):
    page, plan = opened("a log"), logged_plan()
    assert page.locator("td[aria-current=date]").count() == 1
    assert page.locator("td[aria-current=date] a").get_attribute("href") == f"#d{plan.as_of}"
    assert plan.start < plan.as_of < plan.start + timedelta(days=7 * len(plan.weeks))
