"""The PDF sheet: a week a page, plan texts never run as markup, every letter printed or reported, reproducible bytes."""

from __future__ import annotations

import builtins
import hashlib
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
import typst
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import InputError
from planner.findings import Finding
from planner.model import Done, Plan
from planner.render import Options, renderer
from planner.render.sheet import fonts
from planner.render.sheet.front import front
from planner.render.sheet.typeset import typeset
from planner.render.sheet.week import week_page
from planner.render.words import step_lines
from planner.steps import Group, Step
from tests.plan_strategies import plans
from tests.plans import renamed, sample_plan
from tests.sheets import CODE, page_count, said

PEOPLE = (
    "Zoë Ærø Nguyễn Đặng Łukasz Ağça Þóra",
    "Юлия Ґанна Їжак",
    "Ελένη Παπαδοπούλου",
    "محمد علي",
    "שרה כהן",
    "王小明",
    "田中さくら",
    "김민준",
    "आरती",
    "রহিম",
    "தமிழ்",
    "తెలుగు",
    "สมชาย",
    "ມະນີ",
    "សុភា",
    "မြင့်",
    "አበበ",
    "Գոռ",
    "გიორგი",
)
anything = st.text(max_size=60)


def pdf(plan: Plan, *, private: bool = False) -> bytes:
    return renderer("pdf")(plan, Options(private=private))


def followed_plan() -> Plan:
    """Of the first week's runs one was done, one missed, one done on another day; it is the third day of the second week."""
    plan = sample_plan(weeks=3)
    first, *later = plan.weeks
    became = dict(zip([s.id for s in first.sessions if s.run_s], ("done", "missed", "missed"), strict=True))
    week = evolve(first, sessions=tuple(evolve(s, status=became.get(s.id, s.status)) for s in first.sessions), done_run_m=3100)
    done = tuple(Done(date=plan.start + timedelta(days=n), run_m=m, foot_m=m + 100, allowed_m=m) for n, m in ((1, 1600), (4, 1500)))
    return evolve(plan, weeks=(week, *later), history=(*plan.history, *done), ahead_from=plan.start + timedelta(days=9))


@pytest.mark.parametrize("weeks", [1, 5, 12])
def test_a_first_page_and_a_week_a_page(weeks: int) -> None:
    data = pdf(sample_plan(weeks=weeks))
    assert data.startswith(b"%PDF-")
    assert page_count(data) == weeks + 1
    assert data.count(b"/MediaBox[0 0 595.") == weeks + 1


def test_a_full_week_stays_on_its_page_and_findings_on_theirs() -> None:
    plan = sample_plan(weeks=2)
    many = tuple(Step(kind="exercise", seconds=60, text=f"Exercise {n}, slowly and with care", sets=3, reps=10) for n in range(18))
    weeks = tuple(evolve(w, sessions=tuple(evolve(s, steps=(*s.steps, *many)) for s in w.sessions)) for w in plan.weeks)
    findings = tuple(Finding(rule="x", severity="warning", message=f"{n}: something that is worth a line of its own.") for n in range(40))
    assert page_count(pdf(evolve(plan, weeks=weeks, findings=findings))) == 3


def test_the_same_bytes_again_and_in_another_process_and_time_zone() -> None:
    plan = evolve(sample_plan(weeks=2), athlete_name=" ".join(PEOPLE))
    code = (
        "import sys, hashlib\nfrom attrs import evolve\nfrom tests.plans import sample_plan\nfrom planner.render import Options, renderer\n"
        "plan = evolve(sample_plan(weeks=2), athlete_name=sys.argv[1])\n"
        "print(hashlib.sha256(renderer('pdf')(plan, Options())).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", code, plan.athlete_name],
        capture_output=True,
        check=True,
        env={**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"},
    )
    first = pdf(plan)
    assert pdf(plan) == first
    assert there.stdout.decode().strip() == hashlib.sha256(first).hexdigest()
    assert b"/CreationDate(D:20270102090000Z)" in first


def test_what_people_write_is_text_and_never_source() -> None:
    plan = renamed(evolve(sample_plan(weeks=1), athlete_name=CODE, disclaimer=CODE), CODE)
    assert page_count(pdf(plan)) == 2


@given(plans())
@settings(max_examples=15, deadline=None)
def test_any_plan_becomes_a_sheet(plan: Plan) -> None:
    assert page_count(pdf(plan)) >= len(plan.weeks) + 1


@pytest.mark.parametrize("name", PEOPLE)
def test_names_are_printed_in_their_own_letters(name: str) -> None:
    found = fonts.fonts_for([name])
    assert not found.lacking
    assert name in found.shown(name)


def test_a_plain_text_opens_no_other_font_than_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_letters", lambda font: pytest.fail(f"{font.family} was opened"))
    found = fonts.fonts_for(["Ana", "Zoë – 6 x: run 1 min …", "\n\t"])
    assert found.families == ("Noto Sans",)


def test_the_first_font_has_what_it_is_known_to_have() -> None:
    every = {chr(n) for n in range(0x2100) if fonts._NOTO_SANS.fullmatch(chr(n))}
    assert len(every) > 500
    assert every <= fonts._letters(fonts.FIRST)


def test_typst_itself_has_the_letters_that_no_wheel_has() -> None:
    own = fonts.FONTS[-1]
    source = f'#set text(font: "{own.family}", fallback: false)\n#sys.inputs.letter'.encode()
    none_has, shapes = "\u0dfa", typst.Fonts(include_system_fonts=False)

    def drawn(letter: str) -> object:
        return typst.Compiler(input=source, font_paths=shapes).compile(format="svg", sys_inputs={"letter": letter})

    missing = drawn(none_has)
    assert [letter for letter in own.letters if drawn(letter) == missing] == []


def test_what_no_font_has_is_told_by_its_number() -> None:
    text = "Ana 🏃 \u202eevil\u2066 \x07 \ud800"
    found = fonts.fonts_for([text])
    assert found.shown(text) == "Ana [U+1F3C3] [U+202E]evil[U+2066] [U+0007] [U+D800]"
    assert page_count(pdf(evolve(sample_plan(weeks=1), athlete_name=text))) == 2


@given(anything)
@settings(max_examples=200, deadline=None)
def test_every_letter_that_is_shown_has_a_font(text: str) -> None:
    found = fonts.fonts_for([text])
    used = [font for font in fonts.FONTS if font.family in found.families]
    covered = frozenset().union(*(fonts._letters(font) for font in used))
    marks = {fonts.BREAK, fonts.ISOLATE, fonts.ISOLATED}
    assert set(found.shown(text)) <= covered | marks


def test_japanese_names_have_japanese_shapes() -> None:
    assert fonts.fonts_for(["田中さくら"]).families == ("Noto Sans", "Noto Sans JP")
    assert fonts.fonts_for(["王小明"]).families == ("Noto Sans", "Noto Sans SC")


def test_no_font_of_the_machine_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []
    real = typst.Fonts
    monkeypatch.setattr(typst, "Fonts", lambda **how: asked.append(how) or real(**how))
    pdf(sample_plan(weeks=1))
    assert [how["include_system_fonts"] for how in asked] == [False]
    assert all("justmytype" in str(path) for path in asked[0]["font_paths"])


def test_without_the_extra_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: object, **more: object) -> object:
        if name == "typst":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"typst is not installed; expected it for PDF: pip install 'return-to-run\[pdf\]'"):
        pdf(sample_plan(weeks=1))


def test_without_its_fonts_the_way_to_them_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "find_spec", lambda package: None)
    with pytest.raises(InputError, match=r"justmytype-western-core is not installed.*return-to-run\[pdf\]"):
        pdf(sample_plan(weeks=1))


def test_what_sessions_share_stands_once_and_nothing_is_lost() -> None:
    plan = sample_plan(weeks=2)
    for week in plan.weeks:
        page = week_page(plan, week, private=False)
        for session in week.sessions:
            assert all(line in said(page) for line in step_lines(session.steps))
        leg_swings = next(line for s in week.sessions for line in step_lines(s.steps) if "eg swings" in line)
        assert said(page).count(leg_swings) == 1


def test_running_that_differs_from_day_to_day_stays_whole_at_its_day() -> None:
    plan = sample_plan(weeks=1)
    walk = Step(kind="walk", seconds=60, text="walk briskly")
    sizes = iter((300, 240, 180))
    warm = [Step(kind="warm-up", seconds=60 * n, text="walk") for n in range(2, 6)]

    def stepped(seconds: int) -> tuple[Step | Group, ...]:
        return (*warm, Step(kind="run", seconds=seconds, text="run"), walk, Step(kind="run", seconds=60, text="run"))

    week = plan.weeks[0]
    week = evolve(week, sessions=tuple(evolve(s, steps=stepped(next(sizes))) if s.run_s else s for s in week.sessions))
    page = week_page(evolve(plan, weeks=(week,)), week, private=False)
    lines = [one["lines"] for day in page["days"] for one in day["sessions"] if one["knee"]]
    assert lines == [[f"Run {n} min", "Walk briskly 1 min", "Run 1 min"] for n in (5, 4, 3)]
    assert said(page).count("Warm-up: walk, 5 min") == 1


def test_a_line_or_two_in_common_stay_at_their_days() -> None:
    plan = sample_plan(weeks=1)
    lengths = iter((60, 90, 120))
    week = plan.weeks[0]
    steps = {
        s.id: (Step(kind="ride", seconds=300, text="spin"), Step(kind="ride", seconds=next(lengths), text="on"))
        for s in week.sessions
        if s.run_s
    }
    week = evolve(week, sessions=tuple(evolve(s, steps=steps.get(s.id, s.steps)) for s in week.sessions))
    assert said(week_page(evolve(plan, weeks=(week,)), week, private=False)).count("Spin: 5 min") == 3


def test_boxes_are_ticked_where_a_log_says_so() -> None:
    plan = followed_plan()
    page = week_page(plan, plan.weeks[0], private=False)
    boxes = [one["box"] for day in page["days"] for one in day["sessions"]]
    assert (boxes.count("done"), boxes.count("missed")) == (2, 2)
    assert "A run not planned for this day: 1.5 km" in said(page)
    assert "done, 1.6 km" in said(page)
    assert page["bar"]["done"] == 3100
    assert page_count(pdf(plan)) == 4


def test_a_bar_is_never_longer_than_its_scale() -> None:
    plan = followed_plan()
    for row in front(plan, private=False)["table"]:
        bar = row["bar"]
        assert max(bar["load"], bar["ceiling"], bar["done"] or 0) <= bar["scale"]


def test_private_has_no_name_and_no_word_about_a_knee(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[object] = []

    def keep(page: object, data: object, **more: object) -> bytes:
        handed.append(data)
        return typeset(page, data, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("planner.render.pdf.typeset", keep)
    plan = sample_plan(weeks=2)
    assert page_count(pdf(plan, private=True)) == 3
    pages = [handed[0]["title"], handed[0]["name"], handed[0]["front"], handed[0]["weeks"]]
    assert not re.search(r"\bAna\b|[Kk]nee|[Pp]ain|Seven dates|Hip|AMBER|Return to run", said(pages))
    assert "Running" in said(pages)
