"""Finding installed plugins: sorted, each import guarded, a name taken twice refused.

pluggy's own loader skips a second entry point of one name without a word and lets one failing import hide the others; this one does not.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, distributions
from typing import TYPE_CHECKING

from planner.errors import InputError, PluginError
from planner.model import Contributor
from planner.settings import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator


def discover(group: str, without: frozenset[str]) -> Iterator[tuple[Contributor, object]]:
    """Each entry point of `group` with who brings it, in name order, but `without` those names."""
    found = _entry_points(group)
    for name in sorted(without):
        if name not in found:
            raise InputError("--without", f'found "{name}"', "the name of an installed plugin", nearest(name, found))
    for name, (contributor, entry) in sorted(found.items()):
        if name not in without:
            yield contributor, _load(contributor, entry)


def _entry_points(group: str) -> dict[str, tuple[Contributor, EntryPoint]]:
    found: dict[str, tuple[Contributor, EntryPoint]] = {}
    seen: set[str] = set()
    for distribution in distributions():
        entries = [e for e in distribution.entry_points if e.group == group]
        if not entries or distribution.name in seen:
            continue
        seen.add(distribution.name)
        for entry in entries:
            contributor = Contributor(name=entry.name, distribution=distribution.name, version=distribution.version)
            if entry.name in found:
                other = found[entry.name][0].distribution
                raise _fault(contributor, f"its name is taken by {other}")
            found[entry.name] = (contributor, entry)
    return found


def _load(contributor: Contributor, entry: EntryPoint) -> object:
    try:
        return entry.load()
    except Exception as error:
        raise _fault(contributor, f"could not be imported: {type(error).__name__}: {error}") from error


def _fault(contributor: Contributor, problem: str) -> PluginError:
    return PluginError(contributor.name, f"{contributor.distribution} {contributor.version}", "", problem)
