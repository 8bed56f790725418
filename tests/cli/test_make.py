"""`planner make`: where the plan is written, what is printed about it, and that the same plan gives the same file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.plan_file import read_plan
from tests.cli.helpers import SHORTLY_BEFORE, command, example, run

PLANNED = sorted(set(SHORTLY_BEFORE) - {"hugo"})


@pytest.mark.parametrize("name", PLANNED)
def test_every_example_becomes_a_calendar(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    said = run(capsys, "make", *example(name), "-o", tmp_path / f"{name}.ics")
    assert (said.code, said.out) == (0, "")
    plan = read_plan(tmp_path / f"{name}.ics")
    assert plan.athlete_id == name
    assert f"{plan.athlete_name}: " in said.err
    assert "Weekly running: " in said.err
    assert "within the 10% limit" in said.err
    assert "Goal, " in said.err
    assert f"Wrote {tmp_path / name}.ics" in said.err
    assert "Next: " in said.err
    assert any(session.run_m for session in plan.sessions)


FIVE_MINUTES = "".join(f'{day} = ["07:00-07:05"]\n' for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))


def test_a_plan_without_any_run_is_a_block_before_running_only_where_something_is_open(
    ana: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without = run(capsys, "make", ana, "--without", "progression", "--as-of", "2027-01-03")
    before, rest = ana.read_text(encoding="utf-8").split("[availability]\n")
    ana.write_text(f"{before}[availability]\n{FIVE_MINUTES}\n{rest[rest.index('[equipment]') :]}", encoding="utf-8")
    short = run(capsys, "make", ana, "--as-of", "2027-01-03")
    for said in (without, short):
        assert said.code == 0
        assert "No running in these weeks.\n" in said.err
        assert "before the first run" not in said.err
    assert "careful: weeks 1-12: 3 of 3 runs left out: your days leave no room for a run." in short.err


def test_before_the_first_run_commitments_are_not_the_plans_weekly_running(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ana.read_text(encoding="utf-8").replace("pain_walk_30 = 0\n", "")
    ana.write_text(f'{text}\n[[commitments]]\nname = "Club run"\nkm = 4\non = "tue"\n', encoding="utf-8")
    said = run(capsys, "make", ana, "--as-of", "2027-01-03").err
    assert "No running yet: these weeks come before the first run." in said
    assert "Your own commitments hold 8.0 km of running all the same, against the plan's advice" in said
    assert "Weekly running" not in said


def test_a_red_flag_is_a_referral_and_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "make", *example("hugo"), "-o", tmp_path / "hugo.ics")
    assert (said.code, said.out) == (4, "")
    assert said.err.startswith("planner: RED-04: ")
    assert "knee is locked" in said.err
    assert list(tmp_path.iterdir()) == []


def test_the_calendar_stands_beside_the_athlete_file_under_the_id(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "make", ana, "--as-of", "2027-01-03")
    assert said.code == 0
    assert sorted(path.name for path in ana.parent.iterdir()) == ["ana.ics", "ana.toml"]
    assert (ana.parent / "ana.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize(("suffix", "start"), [("json", b"{"), ("txt", b"Return to run: Ana"), ("csv", b""), ("ics", b"BEGIN:VCALENDAR")])
def test_the_ending_of_the_file_says_the_format(ana: Path, capsys: pytest.CaptureFixture[str], suffix: str, start: bytes) -> None:
    target = ana.parent / f"plan.{suffix.upper()}"
    assert run(capsys, "make", ana, "--as-of", "2027-01-03", "-o", target).code == 0
    assert target.read_bytes().startswith(start)
    named = ana.parent / f"ana.{suffix}"
    assert run(capsys, "make", ana, "--as-of", "2027-01-03", "-f", suffix).code == 0
    assert named.read_bytes() == target.read_bytes()


def test_standard_output_gets_the_plan_and_nothing_else(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "make", ana, "--as-of", "2027-01-03", "-f", "json", "-o", "-")
    assert json.loads(said.out)["format"] == "planner-plan/1"
    assert "Wrote" not in said.err
    assert [path.name for path in ana.parent.iterdir()] == ["ana.toml"]


def test_the_summary_as_json(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "make", ana, "--as-of", "2027-01-03", "--json", "-q")
    told = json.loads(said.out)
    assert said.err == ""
    assert told["file"] == str(ana.parent / "ana.ics")
    assert len(told["weeks"]) == 12
    assert told["goal"]["minutes"] == 30


def test_the_athlete_file_is_never_written_over(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = ana.read_bytes()
    said = run(capsys, "make", ana, "-o", ana, "-f", "txt")
    assert said.code == 2
    assert "this is the athlete file" in said.err
    assert ana.read_bytes() == before


@pytest.mark.parametrize("there", [True, False])
def test_the_log_is_never_written_over(ana: Path, capsys: pytest.CaptureFixture[str], there: bool) -> None:
    ana.write_text(ana.read_text(encoding="utf-8").replace("units =", 'log = "ana.csv"\nunits ='), encoding="utf-8")
    log, text = ana.parent / "ana.csv", "date,run_km\n2027-01-05,2.0\n"
    if there:
        log.write_text(text, encoding="utf-8")
    for options in (("-f", "csv"), ("-f", "txt", "-o", log), ("-f", "ics", "-o", ana.parent / "." / "ana.csv"), ("-o", log)):
        said = run(capsys, "make", ana, "--as-of", "2027-01-08", *options)
        assert said.code == 2
        assert said.err == f"planner: {log}: this is the log; expected another name for the plan. Give one with -o.\n"
    assert (log.read_text(encoding="utf-8") if log.exists() else text) == text
    assert log.exists() == there
    assert run(capsys, "make", ana, "--as-of", "2027-01-08", "-f", "csv", "-o", ana.parent / "plan.csv").code == 0


def test_a_programme_of_ones_own_is_never_written_over(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = ana.parent / "own.toml"
    own.write_text('name = "own"\n', encoding="utf-8")
    ana.write_text(ana.read_text(encoding="utf-8").replace('template = "walk-run"', 'template = "own.toml"'), encoding="utf-8")
    said = run(capsys, "make", ana, "-f", "json", "-o", own)
    assert said.code == 2
    assert "this is the programme; expected another name for the plan" in said.err
    assert own.read_text(encoding="utf-8") == 'name = "own"\n'


def test_what_stood_stands_when_there_is_no_plan(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = ana.parent / "ana.ics"
    old.write_bytes(b"old")
    ana.write_text(ana.read_text(encoding="utf-8").replace("weeks = 12", "weeks = 0"), encoding="utf-8")
    assert run(capsys, "make", ana).code == 2
    ana.write_text(ana.read_text(encoding="utf-8").replace("weeks = 0", "weeks = 12"), encoding="utf-8")
    assert run(capsys, "make", ana, "-o", ana.parent).code == 2
    assert run(capsys, "make", ana, "-o", ana.parent / "none" / "x.ics").code == 74
    assert old.read_bytes() == b"old"


def test_no_availability_at_all_is_exit_3(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ana.read_text(encoding="utf-8")
    head, _, tail = text.partition("[availability]")
    days = "".join(f"{day} = []\n" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    ana.write_text(f"{head}[availability]\n{days}[equipment]{tail.partition('[equipment]')[2]}", encoding="utf-8")
    said = run(capsys, "make", ana, "--as-of", "2027-01-03")
    assert said.code == 3
    assert "availability" in said.err
    assert not (ana.parent / "ana.ics").exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('template = "walk-run"', 'template = "walkrun"', ["template", "walkrun", "Did you mean `walk-run`?"]),
        ('template = "walk-run"', 'template = "mine.toml"', ["template", "mine.toml", "there is no such file"]),
        ("[pillars.hip_strength]", "[pillars.hip_strenght]", ["pillars.hip_strenght", "Did you mean `hip_strength`?"]),
        ("sessions_per_week = 3", "sessions_a_week = 3", ["pillars.hip_strength.sessions_a_week", "Did you mean"]),
        ("red_flags = []", 'red_flags = ["RED-99"]', ["screening.red_flags", "RED-99"]),
        ("runs_per_week = 3", "runs_per_week = 5", ["running.runs_per_week", "at most 3"]),
        ("growth = 0.10", "growth = 0.2", ["progression.growth", "no plan grows faster"]),
    ],
)
def test_a_wrong_value_is_told_with_the_file_and_the_key(
    ana: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, words: list[str]
) -> None:
    ana.write_text(ana.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    said = run(capsys, "make", ana, "--as-of", "2027-01-03")
    assert said.code == 2
    assert said.err.startswith(f"planner: {ana}")
    for word in words:
        assert word in said.err


def test_a_programme_of_ones_own_is_followed(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = 'name = "mine"\ntitle = "Mine"\nkind = "ladder"\nsummary = "For me."\nsource = "Me."\n'
    levels = "".join(f"[[levels]]\nrun_s = {60 * n}\nwalk_s = 60\nreps = 5\n" for n in (1, 2, 3, 4, 6))
    (ana.parent / "mine.toml").write_text(own + levels, encoding="utf-8")
    ana.write_text(ana.read_text(encoding="utf-8").replace('"walk-run"', '"mine.toml"'), encoding="utf-8")
    said = run(capsys, "make", ana, "--as-of", "2027-01-03")
    assert said.code == 0
    assert "programme mine" in said.err


def test_a_pillar_that_is_left_out_takes_its_settings_along(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "make", ana, "--as-of", "2027-01-03", "--without", "hip_strength", "--without", "footwear", "-f", "json")
    assert said.code == 0
    plan = json.loads((ana.parent / "ana.json").read_text(encoding="utf-8"))
    assert {"hip_strength", "footwear"}.isdisjoint({plugin["name"] for plugin in plan["plugins"]})
    assert {session["pillar"] for session in plan["sessions"]} >= {"progression"}


def test_reminders_neutral_titles_and_taking_back(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = ana.parent / "ana.ics"
    run(capsys, "make", ana, "--as-of", "2027-01-03", "--alarm", "1h30m")
    assert b"TRIGGER:-PT1H30M" in target.read_bytes()
    run(capsys, "make", ana, "--as-of", "2027-01-03", "--private")
    assert b"X-PLANNER" not in target.read_bytes()
    assert b"knee" not in target.read_bytes().lower()
    said = run(capsys, "make", ana, "--as-of", "2027-01-03", "--cancel")
    assert b"STATUS:CANCELLED" in target.read_bytes()
    assert "to come cancelled; the past stays" in said.err


def test_the_day_and_the_moment_of_planning(ana: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def issued(*args: str) -> str:
        return str(json.loads(run(capsys, "make", ana, "-f", "json", "-o", "-", "-q", *args).out)["issued"])

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert issued("--as-of", "2027-01-03") == "2027-01-03T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798880400")
    assert issued("--as-of", "2027-01-03") == issued() == "2027-01-02T09:00:00Z"


@pytest.mark.parametrize("format_name", ["ics", "json", "txt", "csv"])
def test_hash_seed_and_machine_zone_change_no_byte(format_name: str) -> None:
    made = [
        command("make", *example("finn"), "-f", format_name, "-o", "-", "-q", PYTHONHASHSEED=seed, TZ=zone)
        for seed, zone in (("0", "UTC"), ("1234", "Pacific/Auckland"))
    ]
    first, second = (process.communicate() for process in made)
    assert first == second
    assert len(first[0]) > 1000


def test_quiet_says_nothing_and_verbose_names_the_plugins(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "make", ana, "--as-of", "2027-01-03", "-q").err == ""
    assert "with hip_strength (return-to-run" in run(capsys, "make", ana, "--as-of", "2027-01-03", "-v").err


@pytest.mark.parametrize(("most", "says"), [(10_000, True), (10_000_000, False)])
def test_a_calendar_that_google_does_not_import_is_said(
    ana: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, most: int, *, says: bool
) -> None:
    monkeypatch.setattr("planner.cli.make.MOST_FOR_GOOGLE", most)
    for day in ("2027-01-03", "2027-01-04"):
        assert ("the most that Google Calendar imports" in run(capsys, "make", ana, "--as-of", day).err) is says
