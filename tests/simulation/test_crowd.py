"""A crowd: each life is the same whoever else is simulated, on any number of processes."""

from __future__ import annotations

import os
import signal
from functools import partial

import pytest

from planner.errors import InputError, PlannerError, PluginError
from planner.host import Host
from planner.maker import Chosen
from planner.processes import fresh_processes, processors
from planner.simulation import crowd as crowd_module
from planner.simulation.crowd import IN_FLIGHT, Crowd, lives

PILLARS = ("assessment", "cross_training", "footwear", "hip_strength", "mobility", "running_form")
CROWD = Crowd(seed=4, weeks=2, plugins=Chosen(without=PILLARS))


def test_workers_change_nothing_and_a_runner_alone_is_the_one_in_the_crowd() -> None:
    here = list(lives(CROWD, range(1, 11), workers=1))
    assert [life.number for life in here] == list(range(1, 11))
    assert list(lives(CROWD, range(1, 11), workers=2)) == here
    assert CROWD.lived(7).life() == here[6]
    assert list(lives(CROWD, range(7, 8), workers=2)) == here[6:7]
    assert here != list(lives(Crowd(seed=5, weeks=2, plugins=Chosen(without=PILLARS)), range(1, 11), workers=1))


def test_a_few_chunks_are_under_way_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Waiting:
        def __init__(self, numbers: range) -> None:
            self.numbers = numbers

        def done(self) -> bool:
            return False

        def result(self) -> list[int]:
            return list(self.numbers)

    class Pool:
        def submit(self, _: object, __: Crowd, numbers: range) -> Waiting:
            asked.extend(numbers)
            return Waiting(numbers)

        def shutdown(self, *, cancel_futures: bool) -> None:
            asked.clear()

    monkeypatch.setattr(crowd_module, "fresh_processes", lambda *_: Pool())
    each = lives(CROWD, range(1, 100_001), workers=2)
    for number in range(1, 50):
        assert next(each) == number
        assert len(asked) <= number + 2 * IN_FLIGHT * crowd_module.MOST_IN_CHUNK
    each.close()
    assert asked == []


def deadly(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
def test_a_process_that_is_killed_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd_module, "_chunk", deadly)
    with pytest.raises(PlannerError, match="athletes from 1 on: a process that simulated them was ended from outside"):
        list(lives(CROWD, range(1, 40), workers=2))


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
def test_workers_are_prepared_and_hear_no_interrupt() -> None:
    with fresh_processes(2, partial(signal.signal, signal.SIGUSR1, signal.SIG_IGN)) as pool:
        for heard in (signal.SIGUSR1, signal.SIGINT):
            assert pool.submit(signal.getsignal, heard).result() == signal.SIG_IGN
    assert processors() >= 1


def test_what_does_not_load_is_told_before_anybody_is_simulated(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no_such"):
        next(lives(Crowd(seed=1, weeks=2, plugins=Chosen(without=("no_such",))), range(1, 3), workers=2))
    monkeypatch.setattr(Host, "templates", lambda _: ())
    with pytest.raises(InputError, match="programmes: none is installed"):
        Crowd(seed=1, weeks=2, plugins=Chosen(without=("mobility",))).found()


def test_a_plugin_at_fault_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise PluginError("kites", "kites 1.0", "", "does not load")

    monkeypatch.setattr(crowd_module.Maker, "installed", fails)
    with pytest.raises(PluginError, match="kites"):
        next(lives(Crowd(seed=1, weeks=2, plugins=Chosen(without=("footwear",))), range(1, 3), workers=1))
