"""`planner new`: the commented file, its questions, and that the file makes a plan unchanged."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs
import click
import pytest
from click.testing import CliRunner

from planner.athlete import Athlete, Clearance
from planner.athlete_file import BLOCKS, TABLES, read_athlete
from planner.cli import new, questions
from planner.cli.new_text import SIGNS, athlete_text
from tests.cli.helpers import run

TODAY, MONDAY = date(2026, 12, 30), date(2027, 1, 4)


def uncommented(text: str) -> str:
    """The file with every commented key in use."""
    lines = [re.sub(r"^# (?=\[|[a-z0-9_]+ = )", "", line) for line in text.split("\n")]
    return "\n".join(line for line in lines if "like [pillars." not in line)


def test_defaults_ask_nothing_and_leave_the_safety_questions_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "me.toml"
    said = run(capsys, "new", file, "--defaults", "--as-of", TODAY.isoformat())
    assert (said.code, said.out) == (0, "")
    assert f"planner make {file}" in said.err
    assert "safety questions" in said.err
    athlete = read_athlete(file)
    assert athlete.start == MONDAY
    assert athlete.screening.answered is None
    assert athlete.screening.red_flags is None
    assert athlete == attrs.evolve(athlete, running=athlete.running, knee=type(athlete.knee)())


def test_a_file_of_defaults_makes_a_plan_unchanged_that_starts_with_the_questions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "me.toml"
    run(capsys, "new", file, "--defaults", "--as-of", TODAY.isoformat())
    said = run(capsys, "make", file, "--as-of", TODAY.isoformat())
    assert said.code == 0
    assert "No running yet" in said.err
    calendar = (tmp_path / "me.ics").read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in calendar
    assert "Answer the safety questions" in calendar
    assert "X-PLANNER-RUN-M:0" in calendar
    assert not re.search("X-PLANNER-RUN-M:[1-9]", calendar)


def test_without_a_name_it_is_athlete_toml_here(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(capsys, "new", "--defaults", "--json", "-q")
    assert json.loads(said.out) == {"file": "athlete.toml"}
    assert said.err == ""
    assert read_athlete(tmp_path / "athlete.toml").id == "athlete"


def test_an_older_file_is_only_written_over_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "me.toml"
    file.write_text("precious", encoding="utf-8")
    said = run(capsys, "new", file, "--defaults")
    assert said.code == 2
    assert "--force" in said.err
    assert file.read_text(encoding="utf-8") == "precious"
    assert run(capsys, "new", file, "--defaults", "--force").code == 0
    assert read_athlete(file).id == "me"
    for force in ((), ("--force",)):
        folder = run(capsys, "new", tmp_path, "--defaults", *force)
        assert folder.code == 2
        assert folder.err == f"planner: {tmp_path}: this is a folder; expected a file. Give a name in it, like {tmp_path / 'ana.toml'}.\n"
    assert run(capsys, "new", tmp_path / "none" / "x.toml", "--defaults").code == 74


def test_a_file_name_that_is_no_id_gets_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "new", tmp_path / "Ana María.toml", "--defaults").code == 0
    assert read_athlete(tmp_path / "Ana María.toml").id == "ana-maria"


@pytest.mark.parametrize("units", ["km", "mi"])
def test_every_documented_line_is_a_line_that_works(tmp_path: Path, units: str) -> None:
    text = uncommented(athlete_text({"units": f'"{units}"'}))
    one_of = r"^(goal_week_\w+|date = 2027-02-14|shorten|drop|note)\b.*\n"
    text = re.sub(one_of, "", text, flags=re.MULTILINE)
    file = tmp_path / "all.toml"
    file.write_text(text, encoding="utf-8")
    athlete = read_athlete(file)
    assert athlete.id == "ana"
    assert athlete.running.easy_pace in (419, 420)
    assert athlete.running.walk_pace == 630
    assert athlete.shoes[0].limit_km in (Decimal(640), Decimal("643.7376"))
    assert athlete.clearance is not None
    assert [(one.name, one.on) for one in athlete.commitments] == [("Club run", "tue")]
    assert [(one.by, one.move) for one in athlete.override] == [("Kim, physiotherapist", date(2027, 1, 6))]


def test_what_makes_cadence_work_unwise_is_asked_and_stands_in_the_file(tmp_path: Path) -> None:
    pillar = pytest.importorskip("planner_pillars.running_form")
    given, said = asked([""] * 30)
    assert "Achilles tendon or calf" in said
    assert "pillars.running_form.calf_history" not in given, "what nobody answered is not written"
    assert "\n[pillars.running_form]" in athlete_text({})
    assert "\n# calf_history = false" in athlete_text({})
    assert "calf_history" in {field.name for field in attrs.fields(pillar.Settings)}
    file = tmp_path / "zoe.toml"
    file.write_text(athlete_text({"start": str(MONDAY), "pillars.running_form.calf_history": "true"}), encoding="utf-8")
    assert read_athlete(file).pillars["running_form"] == {"calf_history": True}


def test_every_key_of_the_athlete_file_is_documented() -> None:
    text = uncommented(athlete_text({}))
    sections = re.split(r"^\[+([a-z_.]+)\]+.*$", text, flags=re.MULTILINE)
    found = {
        name: set(re.findall(r"^([a-z0-9_]+) = ", body, re.MULTILINE)) for name, body in zip(sections[1::2], sections[2::2], strict=True)
    }
    found[""] = set(re.findall(r"^([a-z0-9_]+) = ", sections[0], re.MULTILINE))
    for name, cls in {**TABLES, **BLOCKS, "clearance": Clearance}.items():
        known = {field.name.rstrip("_") for field in attrs.fields(cls)}
        free_days = {"tue", "thu", "fri", "sat"} if name == "availability" else set()
        assert found[name] == known - free_days, name
    plain = {field.name for field in attrs.fields(Athlete)} - set(TABLES) - set(BLOCKS) - {"pillars", "log"}
    assert found[""] == plain


def test_the_signs_are_ids_that_the_safety_questions_know() -> None:
    screening = pytest.importorskip("planner_pillars.screening")
    assert set(SIGNS) <= set(screening.flags())
    asked = {flag for flag in screening.flags() if not flag.startswith(("SITE", "AGE", "MED-01", "RED-09-spot"))}
    assert asked <= set(SIGNS), "nothing that stops a plan goes unasked"


def asked(answers: list[str], today: date = TODAY) -> tuple[dict[str, str], str]:
    """What the questions make of these answers, one a line."""
    given: dict[str, str] = {}

    @click.command()
    def command() -> None:
        given.update(questions.ask(today, MONDAY))

    result = CliRunner().invoke(command, input="".join(f"{answer}\n" for answer in answers))
    assert result.exception is None, result.output
    return given, result.output


def test_skipping_every_question_leaves_the_file_as_it_is() -> None:
    given, said = asked([""] * 30)
    assert given == {"template": '"walk-run"'}
    assert "metres on foot" not in said, "not offered to somebody who did not answer"


def test_answers_become_a_file_that_is_read(tmp_path: Path) -> None:
    answers = [
        "Zoë",
        "19x",
        "1988",
        "",
        "n",
        "6:40",
        "0 0 4,5 6",
        "2.5",
        "2027-01-05",
        "2027-01-02",
        "kneecap",
        "left",
        "squat, sofa",
        "squat, stairs",
    ]
    answers += ["0", "1", "2", "0", "11", "5", "walk-run", "none", "maybe", "yes", "y"]
    given, said = asked(answers)
    assert "a whole number from 1916 to 2026" in said
    assert "a day before the plan's first day" in said
    file = tmp_path / "zoe.toml"
    file.write_text(athlete_text({"timezone": '"UTC"', "start": str(MONDAY), **given}), encoding="utf-8")
    athlete = read_athlete(file)
    assert (athlete.name, athlete.birth_year, athlete.template) == ("Zoë", 1988, "walk-run")
    assert athlete.running.recent_weeks_km == (0, 0, Decimal("4.5"), 6)
    assert athlete.running.last_run == date(2027, 1, 2)
    assert (athlete.knee.site, athlete.knee.pain_run_worst, athlete.knee.stairs_days_clean) == ("kneecap", 2, 11)
    assert athlete.knee.sore_with == ("squat", "stairs")
    assert "one of squat" in said
    assert (athlete.knee.pain_walk_30, athlete.knee.pain_stairs, athlete.knee.pain_next_morning) == (0, 1, 0)
    assert athlete.screening.red_flags == ()
    assert athlete.screening.answered == TODAY
    assert "one of yes, no" in said
    assert athlete.pillars == {"running_form": {"calf_history": True}}


@pytest.mark.parametrize(("answer", "written"), [("none", ()), ("", None)])
def test_what_makes_the_kneecap_sore_is_asked_and_enter_leaves_it_open(tmp_path: Path, answer: str, written: object) -> None:
    given, said = asked(["", "", "", "n", "", "", "kneecap", "left", answer] + [""] * 20)
    assert "What makes it sore" in said
    file = tmp_path / "zoe.toml"
    file.write_text(athlete_text({"start": str(MONDAY), **given}), encoding="utf-8")
    assert read_athlete(file).knee.sore_with == written
    assert "What makes it sore" not in asked(["", "", "", "n", "", "", "outer"] + [""] * 20)[1]


@pytest.mark.parametrize("unit", ["km", "mi"])
def test_a_past_that_make_would_refuse_is_asked_again(unit: str) -> None:
    head = ["", "", "", "y" if unit == "mi" else "n", "", "0 0 4.5 6"]
    given, said = asked([*head, "0", "0.5", "2", "2026-12-22", "2026-12-28", "2027-01-02"] + [""] * 20)
    assert f"found 0.0 {unit}, but 4.5 {unit} in the week" in said
    assert f"found 0.5 {unit}, but 4.5 {unit} in the week" in said
    assert f"found 2026-12-22, but recent_weeks_{unit} says 6.0 {unit} in the week" in said
    assert f"found 2.0 {unit}, but 6.0 {unit} in the week" in said, "one day is too few for six"
    assert (given["running.longest_run_km"], given["running.last_run"]) == ("2", "2027-01-02")


def test_miles_are_asked_and_written_as_miles(tmp_path: Path) -> None:
    given, _ = asked(["", "", "", "y", "10:30", "1 2 3 4", "1.5", "2027-01-02"] + [""] * 20)
    file = tmp_path / "finn.toml"
    file.write_text(athlete_text({"start": str(MONDAY), **given}), encoding="utf-8")
    athlete = read_athlete(file)
    assert athlete.running.recent_weeks_km[0] == Decimal("1.609344")
    assert athlete.running.walk_pace == 630


@pytest.mark.parametrize(
    ("born", "flags", "offered"), [("1988", "none", True), ("2010", "none", False), ("1988", "RED-09-past", False), ("1988", "", False)]
)
def test_counting_on_foot_is_offered_only_where_it_may_be(born: str, flags: str, *, offered: bool) -> None:
    answers = ["", born, "", "n", "", "", "", "", "", "", "", "", "walk-run", flags, "", "y"]
    given, said = asked(answers)
    assert ("counted in metres on foot" in said) is offered
    assert ("progression.measure" in given) is offered


def test_somebody_who_runs_now_is_offered_to_keep_running() -> None:
    head = ["", "1988", "", "n", "6:00", "15 15 15 15", "5", "2027-01-02", "kneecap", "left", "running", "0", "1"]
    given, said = asked([*head, "3", "1", "5", "", "none", "no"])
    assert given["template"] == '"keep-running"'
    assert "metres on foot" not in said
    assert asked([*head, "1", "1", "5", "", "none", "no"])[0]["template"] == '"continuous-build"'
    head[5:7] = ["0 0 4.5 6", "2.5"]
    assert asked([*head, "1", "1", "5", "", "none", "n", "n"])[0]["template"] == '"walk-run"'


def test_the_machines_time_zone_is_only_a_first_guess(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TZ", ":Europe/Berlin")
    assert new.machine_zone() == "Europe/Berlin"
    monkeypatch.setenv("TZ", "CET-1CEST")
    assert new.machine_zone() == "UTC"
    monkeypatch.delenv("TZ")
    monkeypatch.setattr(new, "LOCALTIME", tmp_path / "localtime")
    assert new.machine_zone() == "UTC"
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/America/New_York")
    assert new.machine_zone() == "America/New_York"


def test_standard_output_is_no_name_for_a_new_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(capsys, "new", "-", "--defaults")
    assert (said.code, list(tmp_path.iterdir())) == (2, [])
    assert "expected the name of a file" in said.err


def test_the_next_command_can_be_copied_into_a_shell(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "my plan.toml"
    assert f"planner make '{file}'" in run(capsys, "new", file, "--defaults").err
