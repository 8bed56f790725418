"""`planner batch --scheduler`: real schedulers and workers on loopback, and the loss of one of them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from planner.roster.outcome import FAILED
from tests.cli.helpers import command
from tests.cli.helpers import run as said
from tests.roster.batches import plans, report, row, run, write_roster
from tests.roster.clusters import Cluster, cluster, until
from tests.roster.test_interrupted import DEADLY, ended, plugin

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
AS_OF = ("--as-of", "2027-01-03")
ROWS = [row(n) for n in range(96)]
NOBODY = "tcp://127.0.0.1:1"


def begun(roster: Path, folder: Path, there: Cluster, *options: str) -> subprocess.Popen[bytes]:
    """A batch on the cluster that has made some plans and has more to make."""
    before = len(list(folder.glob("*.ics")))
    process = command("batch", roster, "-o", folder, "--scheduler", there.address, *AS_OF, *options)
    until(lambda: len(list(folder.glob("*.ics"))) >= before + 16, process)
    return process


def test_a_worker_that_is_killed_in_the_middle_costs_nothing(roster: Path, tmp_path: Path) -> None:
    with cluster(tmp_path / "cluster", workers=2) as there:
        process = begun(roster, tmp_path / "plans", there, "-f", "ics", "-f", "json")
        there.workers[0].kill()
        code, text = ended(process)
    assert code == 0, text
    assert "96 athletes: 96 made." in text
    run(roster, tmp_path / "here", workers=2, formats=("ics", "json"))
    assert plans(tmp_path / "plans") == plans(tmp_path / "here")
    for name in ("report.csv", "report.json", "summary.txt"):
        assert (tmp_path / "plans" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_a_row_that_kills_its_worker_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(n) for n in range(17) if n != 4])
    deadly = plugin(tmp_path / "site", DEADLY)
    with cluster(tmp_path / "cluster", workers=2, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0", **deadly) as there:
        code, text = ended(command("batch", roster, "-o", tmp_path / "plans", "--scheduler", there.address, *AS_OF, **deadly))
    assert code == 1, text
    failed = {line["id"]: line["status"] for line in report(tmp_path / "plans") if line["status"] in FAILED}
    assert failed == {"runner-1": "killed"}
    assert len(plans(tmp_path / "plans")) == 15


def test_interrupted_and_then_left_by_its_scheduler_it_goes_on_with_the_same_bytes(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    with cluster(tmp_path / "cluster", workers=2) as there:
        process = begun(roster, folder, there)
        process.send_signal(signal.SIGINT)
        assert ended(process)[0] == 130
        process = begun(roster, folder, there)
        there.scheduler.kill()
        code, text = ended(process)
    assert code == 74, text
    assert f"planner: --scheduler: {there.address} has gone; expected a scheduler and a worker until the end." in text
    finished = {path.name: path.read_bytes() for path in folder.glob("*.ics")}
    assert 32 <= len(finished) < 96
    run(roster, folder)
    run(roster, tmp_path / "here")
    assert plans(folder) == plans(tmp_path / "here")
    assert finished.items() <= plans(folder).items()


def test_machines_with_other_plugins_are_named_before_anything_is_planned(roster: Path, tmp_path: Path) -> None:
    with cluster(tmp_path / "cluster", workers=1) as there:
        there.start_worker(**plugin(tmp_path / "site", DEADLY))
        there.wait()
        arguments = ("batch", roster, "-o", tmp_path / "plans", "--scheduler", there.address)
        more, text = ended(command(*arguments))
        assert (more, (tmp_path / "plans").exists()) == (2, False)
        assert re.search(r"found another installation on tcp://127[^ ]+: plugin deadly: deadly-arc 1.0 there, missing here; expected", text)
        less, text = ended(command(*arguments, **plugin(tmp_path / "here", DEADLY)))
        assert (less, (tmp_path / "plans").exists()) == (2, False)
        assert "plugin deadly: missing there, deadly-arc 1.0 here; expected" in text


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes its certificate with openssl")
def test_tls_is_passed_on_and_shards_are_packed_here(tmp_path: Path) -> None:
    roster, key, cert = write_roster(tmp_path / "roster.csv", ROWS[:8]), str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=planner"]
    subprocess.run(make, check=True, capture_output=True)
    options = ("--protocol", "tls", "--tls-ca-file", cert, "--tls-cert", cert, "--tls-key", key)
    with cluster(tmp_path / "cluster", *options, workers=1) as there:
        assert there.address.startswith("tls://")
        arguments = ("batch", roster, "-o", tmp_path / "plans", "--shards", "2", "--scheduler", there.address, *AS_OF)
        code, text = ended(command(*arguments, "--tls-ca", cert, "--tls-cert", cert, "--tls-key", key))
        assert code == 0, text
        code, text = ended(command(*arguments))
        assert (code, "no scheduler could be reached" in text) == (2, True)
    run(roster, tmp_path / "here", shards=2)
    assert plans(tmp_path / "plans") == plans(tmp_path / "here")


def hurried(roster: Path, folder: Path, address: str) -> tuple[int, str]:
    """What a batch says that waits for nobody."""
    wait = "CONNECT_S" if address == NOBODY else "JOIN_S"
    code = f"import planner.roster.cluster as c; c.{wait} = 0.5; from planner.cli.app import main; main()"
    arguments = [sys.executable, "-c", code, "batch", str(roster), "-o", str(folder), "--scheduler", address]
    return ended(subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE))


def test_a_scheduler_without_a_worker_is_told(roster: Path, tmp_path: Path) -> None:
    with cluster(tmp_path / "cluster") as there:
        code, text = hurried(roster, tmp_path / "plans", there.address)
    assert (code, (tmp_path / "plans").exists()) == (2, False)
    assert f"no worker has joined {there.address}; expected at least one. Start some" in text


def test_a_scheduler_that_is_not_there_is_told(roster: Path, tmp_path: Path) -> None:
    code, text = hurried(roster, tmp_path / "plans", NOBODY)
    assert (code, (tmp_path / "plans").exists()) == (2, False)
    assert "planner: --scheduler: no scheduler could be reached at tcp://127.0.0.1:1 (" in text
    assert " at 0x" not in text


def test_without_the_extra_it_says_what_to_install(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    found = said(capsys, "batch", roster, "-o", tmp_path / "plans", "--scheduler", "tcp://127.0.0.1:1")
    assert (found.code, (tmp_path / "plans").exists()) == (2, False)
    assert "the package distributed (Dask) is not installed; expected it" in found.err
    assert "pip install 'return-to-run[dask]'" in found.err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--scheduler", "host:8786"), '--scheduler: found "host:8786"; expected an address like tcp://host:8786'),
        (("--scheduler", "tcp://host:1", "--workers", "2"), "--workers: found it with --scheduler; expected one of them"),
        (("--tls-ca", "ca.pem"), "--tls-ca: found it without --scheduler; expected a cluster to use it with"),
        (("--scheduler", "tcp://host:1", "--tls-ca", "ca.pem"), "--tls-ca: found it with tcp://host:1; expected an address that begins"),
        (("--scheduler", "tls://host:1", "--tls-ca", "none.pem"), "--tls-ca: there is no file none.pem; expected a file in PEM."),
        (("--scheduler", "tls://host:1", "--tls-ca", __file__), "--tls-ca: found it alone; expected --tls-ca and --tls-cert together"),
    ],
)
def test_a_wrong_option_connects_nowhere(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], sentence: str
) -> None:
    found = said(capsys, "batch", roster, "-o", tmp_path / "plans", *options)
    assert (found.code, (tmp_path / "plans").exists()) == (2, False)
    assert sentence in found.err
