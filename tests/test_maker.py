"""The maker: plans made one after the other with plugins and programmes that are looked up once."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import evolve

from planner.athlete import Clearance, Screening
from planner.athlete_file import read_athlete
from planner.errors import InputError, StopError
from planner.host import Host
from planner.maker import Maker, moment

EXAMPLES = Path(__file__).parent.parent / "examples"
DAY, ISSUED = date(2027, 1, 3), datetime(2027, 1, 3, tzinfo=UTC)
TEMPLATE = 'name = "mine"\ntitle = "Mine"\nkind = "ladder"\nsummary = "For me."\nsource = "Me."\n[[levels]]\nrun_s = 60\n'


def test_programmes_are_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    maker = Maker.installed()
    asked: list[int] = []
    listed = Host.templates
    monkeypatch.setattr(Host, "templates", lambda host: asked.append(1) or listed(host))
    for _ in range(3):
        assert maker.template("walk-run", EXAMPLES).name == "walk-run"
    assert len(asked) == 1
    with pytest.raises(InputError, match=r'found "walk-ran".*Did you mean `walk-run`\?'):
        maker.template("walk-ran", EXAMPLES)


def test_a_programme_of_ones_own_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    maker = Maker.installed()
    path = tmp_path / "mine.toml"
    path.write_text(TEMPLATE, encoding="utf-8")
    first = maker.template("mine.toml", tmp_path)
    assert maker.template("mine.toml", tmp_path) is first
    path.write_text(TEMPLATE.replace("60", "90"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert maker.template("mine.toml", tmp_path).levels[0].run_s == 90
    path.unlink()
    with pytest.raises(InputError, match=r"^template: .*there is no such file"):
        maker.template("mine.toml", tmp_path)


def test_the_settings_of_a_pillar_that_is_left_out_are_left_out_with_it() -> None:
    ana = evolve(read_athlete(EXAMPLES / "ana.toml"), weeks=1)
    plan = Maker.installed(["hip_strength"]).plan(ana, EXAMPLES, as_of=DAY, issued=ISSUED)
    assert "hip_strength" not in {plugin.name for plugin in plan.plugins}
    assert plan.weeks[0].sessions


def test_a_sign_in_the_answers_stops_though_whoever_hears_them_is_left_out() -> None:
    alone = Maker.installed(["assessment"])
    ana = evolve(read_athlete(EXAMPLES / "ana.toml"), weeks=1)
    named = evolve(ana, screening=evolve(ana.screening, red_flags=("MED-01", "RED-05")))
    with pytest.raises(StopError, match=r"RED-05: You noted a sign \(RED-05\)"):
        alone.plan(named, EXAMPLES, as_of=DAY, issued=ISSUED)
    seen = Clearance(by="A. Smith", date=DAY, for_=("RED-05",))
    for athlete, unanswered in ((ana, False), (evolve(named, clearance=seen), False), (evolve(ana, screening=Screening()), True)):
        plan = alone.plan(athlete, EXAMPLES, as_of=DAY, issued=ISSUED)
        assert any(session.run_s for session in plan.sessions)
        assert any(finding.rule == "unanswered" for finding in plan.findings) is unanswered


def test_the_day_of_planning_is_the_one_asked_for_else_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798988400")
    issued = datetime(2027, 1, 3, 15, tzinfo=UTC)
    assert moment("UTC", None) == (DAY, issued)
    assert moment("Asia/Tokyo", None) == (date(2027, 1, 4), issued)
    assert moment("UTC", date(2027, 2, 1)) == (date(2027, 2, 1), issued)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert moment("UTC", DAY) == (DAY, ISSUED)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
        moment("UTC", None)
