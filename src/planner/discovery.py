"""Finding installed plugins: sorted, each import guarded, a name taken twice refused.

pluggy's own loader skips a second entry point of one name without a word and lets one failing import hide the others; this one does not. It
reads the `entry_points.txt` that every installer writes beside a distribution: importing `importlib.metadata` for it would be a tenth of
the time that `planner make` takes to start.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError, PluginError
from planner.model import Contributor
from planner.settings import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIX = ".dist-info"


class Entry(NamedTuple):
    """One entry point: who brings it, and `module` or `module:attribute`."""

    contributor: Contributor
    target: str


def discover(group: str, without: frozenset[str]) -> Iterator[tuple[Contributor, object]]:
    """Each entry point of `group` with who brings it, in name order, but `without` those names.

    Raises `PluginError` for a name taken twice or a plugin that cannot be imported, `InputError` for an unknown name in `without`.
    """
    found: dict[str, Entry] = {}
    for entry in entries(group):
        name = entry.contributor.name
        if name in found:
            raise _fault(entry.contributor, f"its name is taken by {found[name].contributor.distribution}")
        found[name] = entry
    for name in sorted(without):
        if name not in found:
            raise InputError("--without", f'found "{name}"', "the name of an installed plugin", nearest(name, found))
    for name in sorted(found):
        if name not in without:
            yield found[name].contributor, _load(found[name])


def entries(group: str) -> Iterator[Entry]:
    """Every entry point of `group` on the import path; of one distribution found twice, the first, as for imports."""
    seen: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        names = sorted(file.name for file in Path(folder or ".").glob(f"*{SUFFIX}"))
        for name in names:
            distribution, _, version = name.removesuffix(SUFFIX).partition("-")
            if distribution not in seen:
                seen.add(distribution)
                file = Path(folder or ".", name, "entry_points.txt")
                for key, target in _section(file, group):
                    plain = distribution.replace("_", "-")
                    yield Entry(Contributor(name=key, distribution=plain, version=version), target)


def _section(file: Path, group: str) -> Iterator[tuple[str, str]]:
    """The lines `name = target` of one section of an entry point file."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return  # most distributions have none
    inside = False
    for line in text.splitlines():
        if line.startswith("["):
            inside = line.strip() == f"[{group}]"
        elif inside and "=" in line and not line.lstrip().startswith(("#", ";")):
            key, _, target = line.partition("=")
            yield key.strip(), target.partition("[")[0].strip()


def _load(entry: Entry) -> object:
    module, _, attribute = entry.target.partition(":")
    try:
        plugin: object = import_module(module)
        for part in filter(None, attribute.split(".")):
            plugin = getattr(plugin, part)
    except (Exception, SystemExit) as error:
        raise _fault(entry.contributor, f"could not be imported: {type(error).__name__}: {error}") from error
    return plugin


def _fault(contributor: Contributor, problem: str) -> PluginError:
    return PluginError(contributor.name, f"{contributor.distribution} {contributor.version}", "", problem)
