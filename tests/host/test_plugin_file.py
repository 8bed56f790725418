"""A plugin in a single file: `--plugin FILE.py`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from planner import Host, InputError
from planner.errors import PluginError
from planner.maker import Chosen, Maker
from tests.cli.helpers import EXAMPLES, example, run
from tests.roster.batches import plans, row, write_roster

WEEKS = 11
"""Ana's twelve weeks but the one that she is away."""
BODY = """
from __future__ import annotations

from attrs import field, frozen

from planner import Ceiling, Pillar, Proposal, Step, about, hookimpl


@frozen(kw_only=True)
class Settings:
    times: int = field(default=2, metadata=about("sessions a week", least=1, most=3))


@hookimpl
def planner_pillar() -> Pillar:
    return Pillar(name="{name}", summary="calf raises, for tests", settings=Settings)


@hookimpl
def planner_sessions(settings: Settings) -> list[Proposal]:
    steps = (Step(kind="exercise", seconds=300, text="raise"),)
    return [Proposal(key="raise", title="Calf raises", steps=steps, times_per_week=settings.times)]
"""


@pytest.fixture
def calves(tmp_path: Path) -> Path:
    return written(tmp_path / "my_pillar.py")


def written(file: Path, name: str = "calves", text: str = BODY) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text.replace("{name}", name), encoding="utf-8")
    return file


def fault(*files: Path) -> str:
    with pytest.raises(PluginError) as refused:
        Host.installed(files=files)
    assert refused.value.exit_code == 5
    return str(refused.value)


def test_it_takes_part_under_its_file_name(calves: Path) -> None:
    host = Host.installed(files=[calves])
    contributor = host.contributor("calves")
    assert (contributor.distribution, contributor.version) == ("file my_pillar.py", "")
    assert len(host.pillars) == len(Host.installed().pillars) + 1


def test_the_plan_does_not_know_in_which_folder_it_lay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = written(tmp_path / "one" / "my_pillar.py"), written(tmp_path / "other" / "my_pillar.py")
    made = []
    for file in (one, other):
        said = run(capsys, "make", *example("ana"), "--plugin", file, "-f", "json", "-o", "-", "-q")
        assert said.code == 0
        made.append(said.out)
    assert made[0] == made[1]
    plan = json.loads(made[0])
    assert sum(session["pillar"] == "calves" for session in plan["sessions"]) == 2 * WEEKS
    assert {"name": "calves", "distribution": "file my_pillar.py", "version": ""} in plan["plugins"]
    assert str(tmp_path) not in made[0]


@pytest.mark.parametrize("words", [["show"], ["explain", "--week", "1"]])
def test_other_commands_take_it_too(calves: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    said = run(capsys, words[0], *example("ana"), *words[1:], "--plugin", calves)
    assert (said.code, "Calf raises" in said.out) == (0, True)


def test_a_batch_takes_it_and_plans_again_when_it_says_something_else(
    calves: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(n) for n in range(2)])
    words = ["batch", roster, "-o", tmp_path / "plans", "--as-of", "2027-01-03", "--plugin", calves]
    assert "2 athletes: 2 made.\n" in run(capsys, *words).err
    assert all(b"Calf raises" in plan for plan in plans(tmp_path / "plans").values())
    assert "2 athletes: 2 unchanged.\n" in run(capsys, *words).err
    written(calves, text=BODY.replace("Calf raises", "Heel raises"))
    assert "2 athletes: 2 made.\n" in run(capsys, *words).err
    assert all(b"Heel raises" in plan for plan in plans(tmp_path / "plans").values())


def test_a_file_that_has_changed_since_it_was_chosen_is_refused(calves: Path) -> None:
    chosen = Chosen.now((), [calves])
    assert Maker.of(chosen).host.contributor("calves").distribution == "file my_pillar.py"
    written(calves, name="others")
    with pytest.raises(InputError, match="this is another file than the one that was chosen"):
        Maker.of(chosen)
    calves.unlink()
    with pytest.raises(InputError, match="there is no such file"):
        Maker.of(chosen)


def test_a_crowd_follows_it(calves: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "simulate", "-q", "--athletes", "2", "--weeks", "1", "--workers", "2", "--plugin", calves)
    assert (said.code, "no law broke" in said.out) == (0, True)
    assert run(capsys, "simulate", "--athletes", "1", "--weeks", "1", "--plugin", calves.with_name("none.py")).code == 2


def test_it_is_listed_with_its_settings(calves: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "pillars", "--plugin", calves)
    assert "calves (file my_pillar.py)\n  calf raises, for tests\n  Settings, under [pillars.calves]:\n    times = 2" in said.out
    assert run(capsys, "templates", "--plugin", calves).code == 0


def test_nothing_is_written_beside_it_and_no_import_can_mean_it(calves: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(sys.modules)
    Host.installed(files=[calves])
    (name,) = {n for n in sys.modules if n not in before and "my_pillar" in n}
    assert not name.replace(".", "").isidentifier()
    assert [path.name for path in calves.parent.iterdir()] == ["my_pillar.py"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import os\n\nos.nothing_here()\n", "AttributeError: module 'os' has no attribute 'nothing_here' (line 3)"),
        ("x = (\n", "SyntaxError: '(' was never closed (my_pillar.py, line 1)"),
        ("import no_such_module\n", "No module named 'no_such_module' (line 1)"),
        ("def f():\n    1 / 0\nf()\n", "ZeroDivisionError: division by zero (line 2)"),
        ("raise SystemExit(3)\n", "SystemExit: 3 (line 1)"),
    ],
)
def test_an_error_at_import_is_named_with_its_line(calves: Path, text: str, words: str) -> None:
    written(calves, text=text)
    said = fault(calves)
    assert said.startswith("plugin my_pillar (file my_pillar.py): could not be imported: ")
    assert words in said
    assert not any(name.startswith(f"file {calves}") for name in sys.modules)


def test_what_is_no_file_of_python_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "make", *example("ana"), "--plugin", tmp_path / "none.py")
    assert (said.code, "none.py: there is no such file; expected a file of Python that ends in .py." in said.err) == (2, True)
    with pytest.raises(InputError, match="this is not a Python file"):
        Host.installed(files=[EXAMPLES / "ana.toml"])
    with pytest.raises(InputError, match="this is not a Python file"):
        Host.installed(files=[tmp_path])


def test_a_file_may_stand_in_for_an_installed_pillar_with_its_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = written(tmp_path / "mobility.py", name="mobility")
    assert "its name is taken by return-to-run" in fault(own)
    other = fault(written(tmp_path / "zz.py", name="mobility"))
    assert other.startswith("plugin mobility (file zz.py) in planner_pillar: its name is taken by return-to-run")
    assert other.endswith("leave it out with --without zz.")
    athlete = tmp_path / "ana.toml"
    text = (EXAMPLES / "ana.toml").read_text(encoding="utf-8")
    athlete.write_text(text + "\n[pillars.mobility]\ntimes = 3\n", encoding="utf-8")
    options = ["--without", "mobility", "--plugin", own, "--as-of", "2027-01-03", "-f", "json", "-o", "-", "-q"]
    said = run(capsys, "make", athlete, *options)
    assert said.code == 0, said.err
    plan = json.loads(said.out)
    assert sum(session["pillar"] == "mobility" for session in plan["sessions"]) == 3 * WEEKS


def test_two_files_of_one_name_are_both_named(tmp_path: Path) -> None:
    one, other = written(tmp_path / "one" / "a.py"), written(tmp_path / "other" / "a.py", name="other")
    assert "plugin a (file a.py): its name is taken by file a.py" in fault(one, other)


def test_without_takes_the_name_of_a_file_as_its_errors_advise(calves: Path) -> None:
    assert [p.name for p in Host.installed(["my_pillar"], [calves]).pillars] == [p.name for p in Host.installed().pillars]
    with pytest.raises(InputError, match="Did you mean `my_pillar`"):
        Maker.installed(["my_pilar"], [calves])
