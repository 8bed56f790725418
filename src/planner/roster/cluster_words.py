"""Messages about machines of a cluster that do not meet a batch's needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.roster.cluster_work import Versions

OPTION = "--scheduler"
MOST_NAMED = 5


def unlike(answers: Mapping[str, object], here: Versions) -> dict[str, str]:
    """Return the differences from this machine's versions, for each machine that has any."""
    found = {machine: _differences(answer, here) for machine, answer in sorted(answers.items())}
    return {machine: ", ".join(said) for machine, said in found.items() if said}


def _differences(there: object, here: Versions) -> list[str]:
    if isinstance(there, ImportError | AttributeError):
        return [f"return-to-run missing or another one ({there}) there, {here['return-to-run']} here"]
    if not isinstance(there, dict):
        return [f"{type(there).__name__}: {there}"]
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    return [f"{name}: {there.get(name, 'missing')} there, {here.get(name, 'missing')} here" for name in names]


def differ(machines: Mapping[str, str]) -> InputError:
    """Build the error that some machines have other versions, with the differences on each (see `unlike`)."""
    named = [f"{machine}: {said}" for machine, said in machines.items()]
    more = [f"and {len(named) - MOST_NAMED} more"] if named[MOST_NAMED:] else []
    expected = "the same return-to-run, plugins, programmes and Python on every machine"
    advice = "Install the same everywhere, and start those again."
    return InputError(OPTION, f"found another installation on {'; '.join([*named[:MOST_NAMED], *more])}", expected, advice)


def not_shared(worker: str, problem: str) -> InputError:
    """Build the error that a worker cannot use a folder; `problem` begins with the folder's name."""
    expected = "one folder that every worker sees under this name and may write to"
    return InputError(OPTION, f"the worker {worker} cannot use {problem}", expected, "Use a folder on a drive that all machines share.")


def gone(who: str, start: str) -> OutputError:
    """Build the error that the cluster was lost during the run; `start` tells the user what to start again."""
    return OutputError(
        f"{OPTION}: {who}; expected a scheduler and a worker until the end. What was finished stays finished. "
        f"{start} again and run the same command: it goes on from there."
    )
