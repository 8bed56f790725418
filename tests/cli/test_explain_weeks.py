"""`planner explain` about weeks with little or nothing in them, without a log."""

import json
from pathlib import Path

import pytest

from tests.cli.helpers import SHORTLY_BEFORE, example, run

AWAY = "Days away and free hours are set in the athlete file, under [availability]."


def lines(capsys: pytest.CaptureFixture[str], *asked: str) -> list[str]:
    """The lines of an explanation of Ana's plan, whose week 6 is a holiday."""
    return run(capsys, "explain", *example("ana"), *asked).out.splitlines()


def test_a_week_and_a_date_without_sessions_lead_to_where_days_away_are_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(capsys, "--week", "6")[1:] == ["Nothing is planned this week.", AWAY]
    assert lines(capsys, "--date", "2027-02-10")[1:] == ["Nothing is planned on that day.", AWAY]


def test_the_findings_about_a_week_explain_it_without_a_log_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(capsys, "--week", "7")[2].startswith("note: week 7: After a week or more without a run, running starts again at ")
    told = json.loads(run(capsys, "explain", *example("ana"), "--week", "7", "--json").out)
    assert [(reason["rule"], reason["where"]) for reason in told["reasons"]] == [("time-off", "week 7")]
    assert not json.loads(run(capsys, "explain", *example("ana"), "--week", "3", "--json").out)["reasons"]


def test_what_was_left_out_of_a_week_is_explained_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    busy = tmp_path / "ana.toml"
    text = (
        Path(example("ana")[0])
        .read_text(encoding="utf-8")
        .replace('mon = ["07:00-08:00"]', "\n".join(f"{day} = []" for day in ("mon", "tue", "fri")))
    )
    busy.write_text(text, encoding="utf-8")
    said = run(capsys, "explain", busy, "--as-of", SHORTLY_BEFORE["ana"], "--week", "2").out
    assert " left out: " in said.partition("\n\n")[0]
