"""What a cluster's worker refuses, and how the batch reports it; this process plays the workers."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.errors import InputError, OutputError
from planner.maker import Chosen
from planner.roster import cluster, cluster_work
from planner.roster.cluster import ClusterRunner
from planner.roster.cluster_words import MOST_NAMED, differ, unlike
from planner.roster.cluster_work import Refusal, make_there, versions, wrong_with
from planner.roster.run import run_batch
from planner.roster.summary import Summary
from tests.roster.batches import batch, plans, report, row, run, write_roster

pytest.importorskip("distributed")
HERE = "tcp://10.0.0.1:4001"
ROWS = [row(n) for n in range(3)]


class Played:
    """A cluster of one worker, which is this process; `on_the_way` happens to what a chunk is sent with."""

    def __init__(self, *, on_the_way: Callable[[], None] = lambda: None, deaf: bool = False) -> None:
        self.status, self._on_the_way, self._deaf = "running", on_the_way, deaf

    def close(self, timeout: float) -> None:
        self.status = "closed"

    def wait_for_workers(self, n_workers: int, timeout: float) -> None:
        assert n_workers == 1

    def nthreads(self) -> Mapping[str, int]:
        return {} if self._deaf else {HERE: 1}

    def run(self, function: Callable[..., object], *args: object, on_error: str) -> Mapping[str, object]:
        return {HERE: function(*args)}

    def run_on_scheduler(self, function: Callable[..., object]) -> object:
        return function()

    def submit(self, function: Callable[..., bytes], *args: object, pure: bool) -> Future[bytes]:
        future: Future[bytes] = Future()
        if not self._deaf:
            self._on_the_way()
            future.set_result(function(*args))
        return future

    def cancel(self, futures: object) -> None:
        pass


@contextmanager
def refused(kind: type[Exception], *sentences: str) -> Iterator[None]:
    with pytest.raises(kind) as said:
        yield
    for sentence in sentences:
        assert sentence in str(said.value)


def played(roster: Path, folder: Path, client: Played, **changed: object) -> Summary:
    runner = ClusterRunner(client, "tcp://host:8786", Chosen())
    runner.check()
    return run_batch(batch(roster, folder, **changed), runner, lambda _done, _total: None)


def test_a_played_cluster_writes_what_this_machine_does(roster: Path, tmp_path: Path) -> None:
    assert played(roster, tmp_path / "plans", Played()).counts == {"made": 3}
    run(roster, tmp_path / "here")
    assert plans(tmp_path / "plans") == plans(tmp_path / "here")
    assert played(roster, tmp_path / "plans", Played()).counts == {"unchanged": 3}


def test_a_worker_that_joins_later_with_other_versions_is_refused(roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def join() -> None:
        monkeypatch.setattr(cluster_work, "_own_seal", lambda _: "another")
        monkeypatch.setattr(cluster_work, "versions", lambda _: {**versions(Chosen()), "return-to-run": "9.9", "plugin new": "new-arc 1.0"})

    said = ("another installation on ", "return-to-run: 9.9 there, ", "plugin new: new-arc 1.0 there, missing here")
    with refused(InputError, *said):
        played(roster, tmp_path / "plans", Played(on_the_way=join))
    assert not list((tmp_path / "plans").glob("*.ics"))


def test_a_worker_with_another_folder_is_named(roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "wrong_with", lambda _: "it has another folder there, or none")
    with refused(InputError, f"the worker {HERE} cannot use {tmp_path / 'plans'}: it has another folder there, or none; expected one"):
        played(roster, tmp_path / "plans", Played())


def test_a_folder_is_told_from_another_and_from_one_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "token").touch()
    assert not wrong_with(tmp_path / "token")
    assert [path.name for path in tmp_path.iterdir()] == ["token"], "nothing is left there"
    assert wrong_with(tmp_path / "other") == "it has another folder there, or none"
    if os.name == "posix" and os.geteuid():  # nothing is forbidden to root
        tmp_path.chmod(0o500)
        assert wrong_with(tmp_path / "token") == "it may not write there (Permission denied)"
        tmp_path.chmod(0o700)


def test_what_a_dead_run_left_in_a_queue_writes_nothing(tmp_path: Path) -> None:
    token = tmp_path / "plans" / ".parts" / "run-1"
    answer = pickle.loads(make_there(cluster_work.seal(versions(Chosen())), Chosen(), token, b"never opened"))  # noqa: S301  (ours)
    assert isinstance(answer, Refusal)
    assert answer.problem == f"{tmp_path / 'plans'}: it has another folder there, or none"


def test_a_roster_of_files_that_a_worker_does_not_see_is_refused_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "athletes"
    folder.mkdir()
    (folder / "ana.toml").write_text('start = 2027-01-04\nweeks = 2\n[running]\neasy_pace = "6:40"\n', encoding="utf-8")
    monkeypatch.setattr(cluster, "sees", lambda _: False)
    with refused(InputError, f"the worker {HERE} cannot use {folder}: it has no such folder, in which the roster's files are"):
        played(folder, tmp_path / "plans", Played())


def test_a_file_that_is_another_one_on_a_worker_costs_the_row_that_names_it(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("one", encoding="utf-8")
    roster = write_roster(tmp_path / "roster.csv", [row(0, template="own.toml")])
    summary = played(roster, tmp_path / "plans", Played(on_the_way=own.unlink))
    assert summary.counts == {"refused": 1}
    assert f"roster.csv, row 2: a file that it names in {tmp_path} is another one on " in str(report(tmp_path / "plans")[0]["error"])


def test_a_cluster_that_every_worker_has_left_is_not_waited_for_for_ever(
    roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "LOOK_S", 0.01)
    monkeypatch.setattr(cluster, "PATIENCE_S", 0.05)
    with refused(OutputError, "every worker of tcp://host:8786 has gone; expected a scheduler and a worker", "it goes on from there."):
        played(roster, tmp_path / "plans", Played(deaf=True))


def test_only_the_first_few_machines_are_named() -> None:
    here = versions(Chosen())
    others = unlike({f"tcp://10.0.0.{n}:1": ImportError("No module named 'planner'") for n in range(9)}, here)
    said = str(differ(others))
    assert said.count("return-to-run missing or another one (No module named 'planner') there") == MOST_NAMED
    assert "; and 4 more; expected the same return-to-run" in said
    assert not unlike({"tcp://10.0.0.1:1": dict(here)}, here)


def test_a_plugin_that_does_not_load_on_a_worker_is_what_differs_there(monkeypatch: pytest.MonkeyPatch) -> None:
    here, fault = versions(Chosen()), InputError("--without", 'found "late"', "the name of an installed plugin")
    monkeypatch.setattr(cluster_work, "maker_of", lambda _: (_ for _ in ()).throw(fault))
    there = versions(Chosen(without=("late",)))
    assert there["plugins"] == '--without: found "late"; expected the name of an installed plugin'
    assert there["Python"] == here["Python"]


def test_a_plugin_file_that_is_another_one_on_a_worker_is_what_differs_there(tmp_path: Path) -> None:
    file = tmp_path / "calves.py"
    file.write_text("from planner import hookimpl\n\n\n@hookimpl\ndef planner_templates():\n    return []\n", encoding="utf-8")
    one, none = Chosen.now((), [file]), Chosen()
    assert set(versions(one)) - set(versions(none)) >= {"plugin file calves.py"}
    file.write_text("# another\n", encoding="utf-8")
    assert versions(one._replace(without=("mobility",)))["plugins"].startswith(f"--plugin {file}: this is another file than the one")
