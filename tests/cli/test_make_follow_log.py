"""A calendar updated week after week from its log stays as lawful as the same plan written anew."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from planner.audit import audit
from planner.plan_file import read_plan
from planner.render.calendar_parts import apart
from tests.cli.helpers import EXAMPLES, run

START, DAY = date(2027, 1, 4), timedelta(days=1)
HEADER = "date,session,run_km,foot_km,pain_before,pain_during,pain_after,pain_next_morning,limp,swelling,red_flag,note"
SHARES = (100, 100, 100, 0, 140, 60)
"""How much of a planned run was run, in percent; 0 is a run that was missed."""
Rows = dict[date, tuple[int, int]]


@pytest.fixture
def ana(tmp_path: Path) -> Path:
    path = tmp_path / "ana.toml"
    text = (
        (EXAMPLES / "ana.toml").read_text(encoding="utf-8").replace("units =", 'log = "l.csv"\nunits =').replace("weeks = 12", "weeks = 9")
    )
    path.write_text("\n".join("away = []" if line.startswith("away") else line for line in text.split("\n")), encoding="utf-8")
    write_log(path, {})
    return path


def write_log(ana: Path, rows: Rows) -> None:
    lines = [f"{day},,{run_m / 1000},{foot_m / 1000},0,0,0,0,,,," for day, (run_m, foot_m) in sorted(rows.items())]
    ana.with_name("l.csv").write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")


def week_run(ana: Path, first: date, chance: Random) -> Rows:
    """The rows of the week from `first`, of what the calendar plans for it."""
    rows: Rows = {}
    for session in read_plan(ana.with_suffix(".ics")).sessions:
        share = chance.choice(SHARES)
        if session.run_s and first <= session.date < first + 7 * DAY and share:
            rows[session.date] = (session.run_m * share // 100, session.foot_m * share // 100)
    return rows


def findings(path: Path) -> list[tuple[str, str, str, str]]:
    return [(f.severity, f.rule, f.where, f.message) for f in audit(read_plan(path))]


def past(path: Path, day: date) -> dict[bytes, bytes]:
    return {part.uid: part.raw for part in apart(path.read_bytes()).events if part.day < day}


def again(ana: Path, day: date, capsys: pytest.CaptureFixture[str]) -> None:
    """Make the plan again over its calendar, and anew beside it: both say the same, the past keeps its bytes, once more changes nothing."""
    standing, anew = ana.with_suffix(".ics"), ana.with_name(f"anew-{day}.ics")
    before, stood = standing.read_bytes(), past(standing, day)
    made = run(capsys, "make", ana, "--as-of", day.isoformat())
    assert made.code == 0
    assert "do not fit together" not in made.err
    assert run(capsys, "make", ana, "--as-of", day.isoformat(), "-q", "-o", anew).code == 0
    assert past(standing, day) == stood
    if standing.read_bytes() != before:
        assert findings(standing) == findings(anew)
    assert not [said for said in findings(standing) if said[0] == "error"]
    assert run(capsys, "check", standing, "-q").code == 0
    after = standing.read_bytes()
    run(capsys, "make", ana, "--as-of", day.isoformat(), "-q")
    assert standing.read_bytes() == after


@pytest.mark.parametrize("seed", range(3))
def test_an_updated_calendar_is_as_lawful_as_one_made_anew(ana: Path, capsys: pytest.CaptureFixture[str], seed: int) -> None:
    chance, rows = Random(seed), Rows()  # noqa: S311  (a seed, not a secret)
    run(capsys, "make", ana, "--as-of", "2027-01-02", "-q")
    for number in range(7):
        first = START + 7 * number * DAY
        rows |= week_run(ana, first, chance)
        if number and chance.random() < 0.4:  # a slip in an older row is put right
            day = chance.choice(sorted(rows))
            rows[day] = (rows[day][0] * 9 // 10, rows[day][1])
        if chance.random() < 0.3:  # and a row was forgotten
            rows.pop(chance.choice(sorted(rows)), None)
        write_log(ana, rows)
        if number == 3:
            ana.write_text(ana.read_text(encoding="utf-8").replace('mon = ["07:00-08:00"]', "mon = []"), encoding="utf-8")
        again(ana, first + 7 * DAY, capsys)


def test_one_missed_run_is_told_by_the_calendar_itself(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    week = {START + at * DAY: (2200, 3300) for at in (1, 3, 5)}
    write_log(ana, week)
    run(capsys, "make", ana, "--as-of", "2027-01-11", "-q")
    write_log(ana, week | {date(2027, 1, 12): (2400, 3500), date(2027, 1, 14): (2400, 3500)})
    again(ana, date(2027, 1, 18), capsys)
    runs = [s for s in read_plan(ana.with_suffix(".ics")).sessions if s.run_s]
    assert [s.status for s in runs[:7]] == ["done"] * 5 + ["missed", "planned"]
    assert all(s.title.startswith("Walk-run") for s in runs[:6])
