"""Finds and imports installed plugins: in name order, each import guarded, duplicate names refused.

pluggy's own loader silently skips the second of two entry points of the same name and lets one failing import hide the others. This one
reads the `entry_points.txt` that installers write for each distribution, since importing `importlib.metadata` would take a tenth of the
start of `planner make`. A single Python file can be a plugin too (`--plugin FILE.py`).
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError, PluginError
from planner.formatting import readable
from planner.host.budget import OverBudgetError, begin, end, overrun
from planner.host.isolation import aside
from planner.model import OURS, Contributor
from planner.settings import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DIST, EGG = ".dist-info", ".egg-info"
"""Suffixes of a distribution's metadata folder: the usual one, and that of older installers (`setup.py develop`, system packages)."""


class EntryPoint(NamedTuple):
    """One entry point: its contributor, and its target as `module` or `module:attribute`."""

    contributor: Contributor
    target: str

    def blame(self, hook: str, problem: str) -> PluginError:
        """The `PluginError` that names this entry point."""
        return _fault(self.contributor, problem, hook)


class Given(NamedTuple):
    """A file given with `--plugin`: its contributor and its path."""

    contributor: Contributor
    path: Path

    def blame(self, hook: str, problem: str) -> PluginError:
        """The `PluginError` that names this file."""
        return _fault(self.contributor, problem, hook)


def discover(group: str, without: frozenset[str], files: Iterable[Path] = ()) -> Iterator[tuple[Contributor, object]]:
    """Import each entry point of `group` and each of `files` except those named in `without`; yield contributors and plugins in name order.

    A file's plugin is named after the file, without its suffix. A name in `without` excludes all installed plugins of that name, and a file
    only if there are none, so that a file can replace an installed plugin. Raises `PluginError` for a duplicate name or a plugin that
    cannot be imported, `InputError` for an unknown name in `without` or a path that is not a Python file.
    """
    installed = sorted(entries(group), key=lambda entry: entry.contributor.distribution != OURS)
    given = [_given(path) for path in dict.fromkeys(files)]
    names, own = {one.contributor.name for one in installed}, {one.contributor.name for one in given}
    for name in sorted(without - names - own):
        raise InputError("--without", f'found "{name}"', "the name of an installed plugin", nearest(name, {*names, *own} - without))
    kept: list[EntryPoint | Given] = [one for one in installed if one.contributor.name not in without]
    kept += [one for one in given if one.contributor.name not in without - names]
    found: dict[str, EntryPoint | Given] = {}
    for one in kept:
        _add(found, one)
    for name in sorted(found):
        yield found[name].contributor, _load(found[name])


def _add(found: dict[str, EntryPoint | Given], one: EntryPoint | Given) -> None:
    name = one.contributor.name
    if name in found:
        raise one.blame("", f"its name is taken by {_taker(found[name].contributor.distribution, one)}")
    found[name] = one


def _taker(taker: str, one: EntryPoint | Given) -> str:
    """The distribution that has the name already, and how to remove `one` alone if `--without` would exclude both."""
    distribution = one.contributor.distribution
    if isinstance(one, Given) or distribution == taker:
        return taker
    return f"{taker}, and --without leaves out both; `pip uninstall {distribution}` takes out this one alone"


def _given(path: Path) -> Given:
    """A file as a plugin. Messages and plans show its name without the folder, so that the same file makes the same plan in any folder."""
    if path.suffix != ".py" or not path.is_file():
        found = "this is not a Python file" if path.exists() else "there is no such file"
        raise InputError(f"--plugin {path}", found, "a file of Python that ends in .py")
    return Given(Contributor(name=path.stem, distribution=f"file {path.name}", version=""), path)


def entries(group: str) -> Iterator[EntryPoint]:
    """Every entry point of `group` on the import path; of a distribution found twice, only the first one counts, as for imports."""
    seen: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        for name, place in sorted(_distributions(folder or "."), key=lambda one: (one[0].endswith(EGG), one[0])):
            distribution, _, version = name.removesuffix(DIST).removesuffix(EGG).partition("-")
            known = distribution.lower().replace(".", "_")
            if known not in seen:
                seen.add(known)
                for key, target in _section(f"{place}/entry_points.txt", group):
                    plain = distribution.replace("_", "-")
                    own = _egg_version(place) if name.endswith(EGG) else version
                    yield EntryPoint(Contributor(name=key, distribution=plain, version=own), target)


def _distributions(folder: str) -> list[tuple[str, str]]:
    """Names and paths of the distributions' metadata folders in `folder`; none if it cannot be read."""
    try:
        with os.scandir(folder) as found:
            return [(one.name, one.path) for one in found if one.name.endswith((DIST, EGG))]
    except OSError:
        return []


def _egg_version(place: str) -> str:
    """The version given in an `.egg-info` folder, whose name does not always state it; "" if there is none."""
    try:
        head = Path(place, "PKG-INFO").read_text(encoding="utf-8", errors="replace").partition("\n\n")[0]
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in head.splitlines() if line.lower().startswith("version:")), "")


def _section(file: str, group: str) -> Iterator[tuple[str, str]]:
    """Names and targets in one section of an `entry_points.txt`."""
    try:
        with open(file, encoding="utf-8", errors="replace") as lines:  # noqa: PTH123  (a hundred files at each start; pathlib takes three times as long)
            text = lines.read()
    except OSError:
        return  # most distributions have none
    if f"[{group}]" not in text:
        return
    inside = False
    for line in text.splitlines():
        if line.startswith("["):
            inside = line.strip() == f"[{group}]"
        elif inside and "=" in line and not line.lstrip().startswith(("#", ";")):
            key, _, target = line.partition("=")
            yield key.strip(), target.partition("[")[0].strip()


def _load(one: EntryPoint | Given) -> object:
    """Import a plugin. Its output goes to standard error. Raises `PluginError` if it changes the current folder."""
    back = aside()
    try:
        plugin = _in_time(one)
    finally:
        changed = back()
    if changed:
        raise one.blame("", changed)
    return plugin


def _in_time(one: EntryPoint | Given) -> object:
    outer = begin(one, "")
    try:
        try:
            return _imported(one.target) if isinstance(one, EntryPoint) else _executed(one.path)
        except (KeyboardInterrupt, OverBudgetError):
            raise
        except BaseException as error:
            line = _line(error, one.path) if isinstance(one, Given) else ""
            raise one.blame("", f"could not be imported: {readable(error)}{line}") from error
        finally:
            end(outer)
    except OverBudgetError as error:
        end(outer)  # it may have been stopped before its own `end`
        raise one.blame("", f"could not be imported: {overrun(error)}") from None


def _imported(target: str) -> object:
    module, _, attribute = target.partition(":")
    plugin: object = import_module(module)
    for part in filter(None, attribute.split(".")):
        plugin = getattr(plugin, part)
    return plugin


def _executed(path: Path) -> ModuleType:
    """Execute a Python file as a module, under a name that no import can use, and without writing bytecode."""
    module = ModuleType(f"file {path.resolve()}")
    module.__file__ = str(path)
    code = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    sys.modules[module.__name__] = module
    try:
        exec(code, module.__dict__)  # noqa: S102  (the user asked to run this file)
    except BaseException:
        del sys.modules[module.__name__]
        raise
    return module


def _line(error: BaseException, path: Path) -> str:
    """The line of the file at which it failed, in words; "" if that is unknown or in the message already."""
    if isinstance(error, SyntaxError):
        return ""
    number, traceback = 0, error.__traceback__
    while traceback is not None:
        number = traceback.tb_lineno if traceback.tb_frame.f_code.co_filename == str(path) else number
        traceback = traceback.tb_next
    return f" (line {number})" if number else ""


def _fault(contributor: Contributor, problem: str, hook: str = "") -> PluginError:
    return PluginError(contributor.name, f"{contributor.distribution} {contributor.version}".strip(), hook, problem)
