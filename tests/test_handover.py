"""The handover page: what it collects from a plan and its log, and that both formats fit it on one page."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from html import unescape

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.entry import Entry
from planner.findings import Finding
from planner.language import _, languages, use_language
from planner.model import Done, Plan
from planner.render.handover import html, pdf, words
from planner.render.handover.facts import Facts, gather
from planner.response.table import TABLE
from tests.plan_strategies import plans
from tests.plans import sample_plan
from tests.sheets import CODE, page_count

START = date(2027, 1, 4)
TODAY = START + timedelta(days=15)
SIGN = "RED-04"


def day(number: int) -> date:
    return START + timedelta(days=number)


LOG = (
    Entry(date=day(0), akps=74, knee_worst=5),
    Entry(date=day(1), session="progression/run#1", run_m=1600, pain_before=0, pain_during=2, pain_after=1, pain_next_morning=0),
    Entry(date=day(2), session="hip_strength/stage-1#1", sets_done=3),
    Entry(date=day(4), run_m=1500, pain_before=1, pain_during=4, pain_after=3, limp=True, painkiller=True),
    Entry(date=day(10), akps=83),
    Entry(date=day(12), akps=80, knee_worst=6, note="#panic(1) <b>"),
)
TOLD = (
    Finding(rule="answers", severity="info", weeks=(2,), message="More than 2 of 10 while running. So: a step back.", source="PAIN-06"),
    Finding(rule="missed", severity="info", weeks=(1,), message="2 of 3 runs missed.", source="PROG-21"),
    Finding(rule="ENT-12", severity="info", message="Single-leg squats are not tested.", source="ENT-12"),
    Finding(rule="SITE-02", severity="warning", message="The outer side hurts.", source="SITE-02"),
    Finding(rule="shoes-due", severity="info", message="A pair is due."),
)


def followed_plan(log: tuple[Entry, ...] | None = LOG, weeks: int = 4) -> Plan:
    """On the second day of week 3: of week 1 a run and a strength session were done, two runs missed; a run on another day."""
    plan = sample_plan(weeks=weeks)
    if log is None:
        return evolve(plan, as_of=TODAY)
    first, second, *later = plan.weeks
    became = {s.id: "missed" for s in first.sessions if s.run_s} | {"progression/run#1": "done", "hip_strength/stage-1#1": "done"}
    first = evolve(first, sessions=tuple(evolve(s, status=became.get(s.id, s.status)) for s in first.sessions), done_run_m=3100)
    second = evolve(
        second, sessions=tuple(evolve(s, status="missed" if s.run_s else s.status) for s in second.sessions), decision="regress"
    )
    done = tuple(Done(date=day(n), run_m=m, foot_m=m, allowed_m=m) for n, m in ((1, 1600), (4, 1500)))
    return evolve(
        plan, weeks=(first, second, *later), history=(*plan.history, *done), ahead_from=TODAY, as_of=TODAY, log=log, findings=TOLD
    )


def facts(plan: Plan | None = None, **more: object) -> Facts:
    return gather(plan or followed_plan(), today=TODAY, **more)  # type: ignore[arg-type]


def read(page: bytes) -> str:
    """A page's words, without its markup and its style."""
    body = re.sub(r"<style>.*?</style>", "", page.decode(), flags=re.DOTALL)
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", body).split()))


def texts(section: words.Section) -> list[str]:
    return [f"{line.where}|{line.text}" for line in section.lines]


def test_load_against_ceiling_week_by_week() -> None:
    plan = followed_plan()
    found = facts(plan).weeks
    assert [(w.number, w.planned_m, w.ceiling_m) for w in found] == [(w.number, w.run_m, w.ceiling_run_m) for w in plan.weeks]
    assert [w.done_m for w in found] == [3100, 0, 0, None]


def test_adherence_counts_what_was_due_by_pillar() -> None:
    plan = followed_plan()
    found = {one.pillar: one for one in facts(plan).kept}
    runs = found["progression"]
    assert (runs.due, runs.done, runs.missed, runs.untold, runs.runs) == (6, 1, 5, 0, True)
    strength = found["hip_strength"]
    due = sum(s.pillar == "hip_strength" and not s.transparent and s.date < TODAY for s in plan.sessions)
    assert (strength.due, strength.done, strength.missed, strength.untold) == (due, 1, 0, due - 1)
    (first, *_) = words.adherence(facts(plan)).rows
    assert first == ("Runs (Progression)", "6", "1", "5", "0", "16%")
    assert sum(one.untold for one in found.values()) == len(facts(plan).untold)


def test_outcome_totals_first_and_last_and_what_the_change_means() -> None:
    assert texts(words.outcomes(facts())) == [
        "AKPS, 0 to 100, higher is better|74 on Mon 4 Jan, 80 on Sat 16 Jan: better by 6; 10 count as an important change.",
        "Worst knee pain of the week, 0 to 10|5 on Mon 4 Jan, 6 on Sat 16 Jan: worse by 1; 2 count as an important change.",
    ]
    assert texts(words.outcomes(facts(followed_plan(LOG[:1]))))[0].endswith("|74 on Mon 4 Jan, the only one so far.")
    assert texts(words.outcomes(facts(followed_plan(())))) == ["|The log has neither an AKPS nor a worst pain of the week."]


def test_decisions_with_their_reasons() -> None:
    told = words.decisions(facts())
    assert texts(told) == [
        "Week 1, growth|2 of 3 runs missed.",
        "Week 2, step back|More than 2 of 10 while running. So: a step back.",
        "Week 3, growth|Its size was set by growth from the week before.",
    ]
    assert [line.source for line in told.lines] == ["PROG-21", "PAIN-06", ""]
    long = evolve(followed_plan(weeks=12), findings=())
    later = gather(long, today=day(70))
    assert texts(words.decisions(later))[0] == "|5 earlier weeks are not shown here."


def test_runs_that_were_not_clean_are_told_with_all_their_answers() -> None:
    assert texts(words.sore_runs(facts())) == [
        "Tue 5 Jan|1.6 km, before 0, worst 2, an hour after 1, next morning 0",
        "Fri 8 Jan|A run that was not planned for this day (1.5 km), before 1, worst 4, an hour after 3, limp, a painkiller",
    ]
    clean = Entry(date=day(8), run_m=1500, pain_before=1, pain_during=2, pain_after=1, pain_next_morning=1)
    changes = ({"pain_next_morning": 2}, {"pain_after": 2}, {"pain_before": 3, "pain_after": 0}, {"swelling": True})
    worse = [evolve(clean, **change) for change in changes]  # type: ignore[arg-type]
    for row in worse:
        assert gather(followed_plan((clean, row)), today=TODAY).sore == (row,)
    sore, swollen = Entry(date=day(8), pain_before=3), Entry(date=day(8), run_m=0, swelling=True)
    left_out = sore, evolve(sore, pain_during=4), swollen
    strength = Entry(date=day(9), session="hip_strength/stage-1#1", pain_during=5)
    assert texts(words.sore_runs(gather(followed_plan((*left_out, strength)), today=TODAY))) == [
        "Tue 12 Jan|no running, before 3",
        "Tue 12 Jan|before 3, worst 4",
        "Tue 12 Jan|no running, swelling",
    ]
    assert texts(words.sore_runs(gather(followed_plan((clean,)), today=TODAY))) == ["|None in the last 6 weeks."]
    assert texts(words.sore_runs(facts(followed_plan(None)))) == ["|No log is kept."]
    assert gather(followed_plan(tuple(worse), weeks=12), today=day(8 + 42)).sore == (), "of the last weeks"


def test_a_run_on_a_day_without_one_is_counted_as_beyond_the_plan() -> None:
    found = facts()
    assert found.beyond == (day(4),)
    assert words.adherence(found).rows[-1] == ("Runs beyond the plan", "-", "1", "-", "-", "-")
    assert words.adherence(facts(private=True)).rows[-1] == ("Runs beyond the plan", "-", "1", "-", "-", "-")
    asked = facts(followed_plan((*LOG[:3], Entry(date=day(-2), run_m=1000), Entry(date=day(20), run_m=1000))))
    assert asked.beyond == (), "before the plan, and days ahead"
    assert all(row[0] != "Runs beyond the plan" for row in words.adherence(asked).rows)


def test_a_reason_is_told_whole_in_every_language_and_what_is_too_long_ends_with_a_sentence() -> None:
    for language in languages():
        with use_language(language):
            most = max(len(_(row.text)) for row in TABLE)
        assert most + 80 < words.LONGEST_REASON, "with what was decided after it"
    reason = evolve(TOLD[0], message=f"{'This is a sentence. ' * 25}So: a step back.")
    assert texts(words.decisions(facts(evolve(followed_plan(), findings=(reason,)))))[1].endswith("So: a step back.")
    sign = evolve(TOLD[3], message=f"{'This is a sentence. ' * 25}End.")
    assert texts(words.flags(facts(evolve(followed_plan(), findings=(sign,)))))[0].endswith("This is a sentence. …")


def test_open_questions_are_told() -> None:
    found = texts(words.questions(facts()))
    assert found[:2] == ["|Single-leg squats are not tested.", "Fri 8 Jan|run with answers missing: next morning"]
    assert re.match(r"\|\d+ sessions have no row in the log, the last: .*, .*, .*\.$", found[2])
    assert len(found) == 3


def test_red_flags_of_the_log_of_the_answers_and_of_a_stop() -> None:
    log = (*LOG, Entry(date=day(14), red_flag=SIGN, swelling=True))
    told = words.flags(facts(followed_plan(log), stops=("RED-04: See a doctor.",)))
    assert texts(told) == [
        "|RED-04: See a doctor.",
        "|The outer side hurts.",
        "Fri 8 Jan|limp, a painkiller",
        "Mon 18 Jan|sign RED-04, swelling",
    ]
    assert [line.grave for line in told.lines] == [True, True, False, True]
    none = evolve(followed_plan(()), findings=())
    assert texts(words.flags(facts(none))) == ["|None in the log and none in the safety answers."]


def test_rows_of_later_days_are_not_known_yet() -> None:
    early = gather(followed_plan(), today=day(3))
    assert [row.date for row in early.pains] == [day(1)]
    assert [score.last for score in early.scores] == [74, 5]


def test_without_a_log_it_says_so_and_shows_what_is_planned() -> None:
    found = facts(followed_plan(None))
    page = read(html.write(found))
    assert "No log is kept: this page shows what is planned." in page
    assert all(row[2:] == ("-", "-", "-", "-") for row in words.adherence(found).rows)
    assert found.untold == found.pains == ()
    assert page_count(pdf.write(found)) == 1


def test_both_formats_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[dict[str, object]] = []
    monkeypatch.setattr(pdf, "typeset", lambda page, data, **more: handed.append(data) or b"")
    pdf.write(facts())
    page = read(html.write(facts()))
    for name in ("flags", "decisions", "sore", "outcomes", "questions"):
        section = handed[0][name]
        assert section["title"] in page  # type: ignore[index]
        assert all(" ".join(line["text"].split()) in page for line in section["lines"])  # type: ignore[index]
    assert all(line in page for line in handed[0]["head"])  # type: ignore[attr-defined]
    assert handed[0]["pain"]["marks"] == [  # type: ignore[index]
        {"day": 0, "low": 0, "high": 2, "worst": 2, "morning": 0},
        {"day": 3, "low": 1, "high": 4, "worst": 4, "morning": None},
    ]


@pytest.mark.parametrize("write", [html.write, pdf.write])
def test_private_drops_the_name_and_all_about_health(write: object, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[object] = []
    monkeypatch.setattr(pdf, "typeset", lambda page, data, **more: handed.append(data) or b"")
    found = facts(private=True, stops=("RED-04: See a doctor.",))
    data = write(found)  # type: ignore[operator]
    page = read(data) if data else str(handed[0])
    assert not re.search(r"Ana|[Kk]nee|[Pp]ain|AKPS|limp|RED-|step back|runs missed|Hip|answers", page)
    assert "Name and health detail are left out of this page." in page
    assert words.adherence(found).rows[0] == ("Runs", "6", "1", "5", "0", "16%")
    assert (found.pains, found.scores, found.signs, found.warnings, found.unanswered, found.sore) == ((), (), (), (), (), ())
    assert found.plan.athlete_name == ""


def test_a_private_page_without_a_log_counts_nothing_as_left_out() -> None:
    assert words.adherence(facts(followed_plan(None), private=True)).rows[0][2:] == ("-", "-", "-", "-")


def test_one_page_whatever_there_is_to_say() -> None:
    log = tuple(
        Entry(
            date=day(n),
            run_m=4000,
            pain_before=n % 4,
            pain_during=n % 11,
            pain_next_morning=None if n % 2 else 1,
            limp=n % 3 == 0,
            akps=n % 100,
        )
        for n in range(0, 360, 2)
    )
    plan = followed_plan(log, weeks=52)
    wordy = "A long sentence about the knee that says more than anybody wanted to know. " * 20
    found = [
        Finding(rule=r, severity="warning", where=f"week {n}", message=f"{n} {wordy}") for n in range(1, 53) for r in ("answers", "missed")
    ]
    rules = ("RED-01", "SITE-01", "ENT-12", "OUT-09", "CLEAR-01")
    found += [Finding(rule=rule, severity="warning", message=wordy) for rule in rules]
    whole = gather(evolve(plan, findings=tuple(found)), today=day(363), stops=(wordy,))
    assert page_count(pdf.write(whole)) == 1


def test_what_people_write_is_text() -> None:
    evil = f"{CODE} <script>alert(1)</script> \u202e 王 محمد"
    findings = tuple(evolve(f, message=f"{f.message} {evil}") for f in TOLD)
    plan = evolve(followed_plan(), athlete_name=evil, findings=findings, disclaimer=evil, template=evil)
    assert page_count(pdf.write(facts(plan))) == 1
    page = html.write(facts(plan)).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=|url\(|https?://(?!www\.w3\.org/2000/svg")""", page)


def test_the_same_bytes_again_and_in_another_process_and_time_zone() -> None:
    code = (
        "import hashlib\nfrom tests.test_handover import facts\nfrom planner.render.handover import html, pdf\n"
        "print(*(hashlib.sha256(write(facts())).hexdigest() for write in (html.write, pdf.write)))"
    )
    environment = {**os.environ, "TZ": "America/Lima", "PYTHONHASHSEED": "5"}
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    here = [hashlib.sha256(write(facts())).hexdigest() for write in (html.write, pdf.write)]
    assert there.stdout.decode().split() == here


@given(plans(), st.dates(date(2026, 12, 1), date(2027, 7, 1)), st.booleans())
@settings(max_examples=25, deadline=None)
def test_any_plan_has_a_page(plan: Plan, today: date, private: bool) -> None:
    found = gather(plan, today=today, private=private)
    assert all(0 <= one.done + one.missed <= one.due for one in found.kept)
    assert html.write(found).startswith(b"<!DOCTYPE html>")
    assert page_count(pdf.write(found)) >= 1
