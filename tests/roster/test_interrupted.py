"""Interrupted batches: by the keyboard, a kill, a full disk, or a row that crashes its worker."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.helpers import command
from tests.roster.batches import noted, plans, report, row, run, write_roster

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
ROWS = [row(n, weeks="4") for n in range(240)]
DEADLY = """
import os, signal
from planner import Pillar, hookimpl

@hookimpl
def planner_pillar():
    return Pillar(name="deadly", summary="for tests")

@hookimpl
def planner_findings(plan):
    if plan.athlete_id in {"runner-1", "runner-4"}:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def plugin(folder: Path, text: str) -> dict[str, str]:
    """The environment in which a distribution with one more plugin is installed."""
    info = folder / "deadly_arc-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "entry_points.txt").write_text("[planner]\ndeadly = deadly_plugin_of_ours\n", encoding="utf-8")
    (folder / "deadly_plugin_of_ours.py").write_text(text, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


def begun(roster: Path, folder: Path) -> subprocess.Popen[bytes]:
    """A batch that has made some plans and has more to make."""
    process = command("batch", roster, "-o", folder, "--workers", "2")
    while process.poll() is None and len(list(folder.glob("*.ics"))) < 30:
        time.sleep(0.005)
    assert process.poll() is None, process.communicate()
    return process


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """The exit code and what was said. The pipe is open as long as a worker lives: nobody is left behind."""
    _, said = process.communicate(timeout=30)
    assert b"Traceback" not in said
    return process.returncode, said.decode()


def uninterrupted(roster: Path, folder: Path, like: Path) -> dict[str, bytes]:
    """What the same batch makes in one go at the moment that the plans in `like` name."""
    stamp = re.search(rb"DTSTAMP:(\d+)T(\d+)Z", next(like.glob("*.ics")).read_bytes())
    assert stamp is not None
    moment = time.strptime((stamp[1] + stamp[2]).decode(), "%Y%m%d%H%M%S")
    code, said = ended(command("batch", roster, "-o", folder, SOURCE_DATE_EPOCH=str(int(time.mktime(moment) - time.timezone))))
    assert code == 0, said
    return plans(folder)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_batch_goes_on_with_the_same_bytes(roster: Path, tmp_path: Path, sent: signal.Signals) -> None:
    folder = tmp_path / "plans"
    process = begun(roster, folder)
    process.send_signal(sent)
    code, said = ended(process)
    assert code == (-signal.SIGKILL if sent == signal.SIGKILL else 130), said
    assert sent == signal.SIGKILL or "leaked" not in said
    finished = {path: path.stat().st_mtime_ns for path in folder.glob("*.ics")}
    assert 30 <= len(finished) < len(ROWS)
    assert not (folder / "report.csv").exists(), "a report is of all rows"
    known = noted(folder)
    assert known > 0 or sent == signal.SIGKILL, "a kill may cost the last second"
    code, said = ended(command("batch", roster, "-o", folder))
    assert code == 0, said
    assert "This continued the run that was interrupted" in said
    assert len(report(folder)) == len(ROWS)
    assert plans(folder) == uninterrupted(roster, tmp_path / "whole", folder)
    for name in ("report.csv", "summary.txt", "monday.txt"):
        assert (folder / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert sum(path.stat().st_mtime_ns == then for path, then in finished.items()) >= known, "only what was under way is made again"


def test_a_row_that_kills_its_worker_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(n) for n in range(16)])
    process = command("batch", roster, "-o", tmp_path / "plans", "--workers", "2", **plugin(tmp_path / "site", DEADLY))
    code, said = ended(process)
    assert code == 1, said
    lines = report(tmp_path / "plans")
    assert [line["id"] for line in lines] == [f"runner-{n}" for n in range(16)]
    killed = {line["id"]: str(line["error"]) for line in lines if line["status"] == "killed"}
    assert set(killed) == {"runner-1", "runner-4"}
    assert killed["runner-4"].startswith("row 6: it crashed the process that planned it")
    assert len(plans(tmp_path / "plans")) == 14


def test_a_plugin_that_raises_costs_the_row_and_is_named(tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(n) for n in range(4)])
    text = DEADLY.replace("os.kill(os.getpid(), signal.SIGKILL)", "raise RuntimeError('not today')")
    code, _ = ended(command("batch", roster, "-o", tmp_path / "plans", **plugin(tmp_path / "site", text)))
    lines = report(tmp_path / "plans")
    assert (code, [line["status"] for line in lines]) == (1, ["made", "plugin-fault", "made", "made"])
    assert "plugin deadly (deadly-arc 1.0) in planner_findings: raised RuntimeError: not today" in str(lines[1]["error"])


def test_a_plugin_that_does_not_load_stops_the_batch_before_it_begins(tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(0)])
    code, said = ended(command("batch", roster, "-o", tmp_path / "plans", **plugin(tmp_path / "site", "import no_such_module_of_ours")))
    assert code == 5, said
    assert not (tmp_path / "plans").exists()


def test_a_full_disk_is_told_and_what_was_finished_stays(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    roster = write_roster(tmp_path / "roster.csv", [*(row(n) for n in range(40)), row(40, weeks="40"), *(row(n) for n in range(41, 60))])
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000)); from planner.cli.app import main; main()"
    folder = tmp_path / "plans"
    arguments = ["batch", str(roster), "-o", str(folder), "--workers", "1", "--as-of", "2027-01-03"]
    stopped = subprocess.run([sys.executable, "-c", limited, *arguments], capture_output=True, text=True, check=False)
    assert stopped.returncode == 74, stopped.stderr
    assert f"{folder}: could not be written (File too large)" in stopped.stderr
    finished = len(list(folder.glob("*.ics")))
    assert 20 <= finished < 60
    assert noted(folder) >= 10, "so much is not made again"
    summary = run(roster, folder)
    assert summary.counts["made"] == 60, "no run was completed before"
    run(roster, tmp_path / "whole")
    assert plans(folder) == plans(tmp_path / "whole")
