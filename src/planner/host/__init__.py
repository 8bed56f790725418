"""The plugin host: finds plugins, validates each once on load, and opens the conversation through which their hooks are called.

This is the only module that uses pluggy's manager.
"""

from __future__ import annotations

import inspect
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING

import pluggy
from attrs import evolve

from planner import hookspecs
from planner.errors import InputError
from planner.formatting import called, readable
from planner.host.budget import watched
from planner.host.conversation import Conversation, with_own_settings
from planner.host.copies import handed
from planner.host.plugin import Plugin
from planner.host.validation import taken
from planner.model import COMMITMENTS, OURS, Contributor
from planner.offers import Pillar
from planner.programme import Template
from planner.settings import nearest
from planner.settings_class import flaw_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from planner.model import Brief

GROUP = "planner"
PILLAR_HOOKS = frozenset({"planner_screening", "planner_limits", "planner_runs", "planner_sessions", "planner_findings"})
PREFIX = "planner_"
HOOKS = frozenset(name for name in vars(hookspecs) if name.startswith(PREFIX))


class Host:
    """The plugins that take part in planning, in name order."""

    def __init__(self, plugins: Iterable[Plugin]) -> None:
        """Use `Host.installed()` or `Host.of(...)`. Raises `PluginError` for two plugins of the same name; it names both."""
        # Of two plugins with the same name, blame the one without a version (a file given with --plugin), and never one of ours.
        self._plugins = tuple(sorted(plugins, key=lambda p: (p.name, p.contributor.distribution != OURS, not p.contributor.version)))
        for plugin in self._plugins:
            if plugin.name == COMMITMENTS:
                raise plugin.blame("planner_pillar", f"its name is {COMMITMENTS}, which is kept for the athlete's own [[{COMMITMENTS}]]")
        for one, other in zip(self._plugins, self._plugins[1:], strict=False):
            if one.name == other.name:
                raise other.blame("planner_pillar", f"its name is taken by {one.contributor.distribution}")

    @classmethod
    def installed(cls, without: Iterable[str] = (), files: Iterable[Path] = ()) -> Host:
        """A host of everything installed under the entry-point group `planner` except the plugins named in `without`, plus Python `files`.

        Raises `PluginError` for a plugin that does not load, `InputError` for an unknown name in `without` or a file that is not a plugin.
        """
        from planner.host.discovery import discover  # noqa: PLC0415  (scan distributions only if plugins are wanted)

        manager = new_manager()
        with watched():
            return cls(load(obj, contributor, manager) for contributor, obj in discover(GROUP, frozenset(without), files))

    @classmethod
    def of(cls, *plugins: object) -> Host:
        """A host of exactly these plugins (modules or frozen instances), for tests and embedding."""
        given = (Contributor(name=_called(p), distribution="given", version="") for p in plugins)
        with watched():
            return cls(load(p, contributor, new_manager()) for p, contributor in zip(plugins, given, strict=True))

    @staticmethod
    def asking() -> AbstractContextManager[None]:
        """A context in which hooks may be called; on exit the budget's timer is stopped (`planner.host.budget.watched`)."""
        return watched()

    @property
    def plugins(self) -> tuple[Plugin, ...]:
        """All plugins, in name order."""
        return self._plugins

    @property
    def contributors(self) -> tuple[Contributor, ...]:
        """Who brought each plugin, under the plugin's own name."""
        return tuple(evolve(p.contributor, name=p.name) for p in self._plugins)

    @property
    def pillars(self) -> tuple[Pillar, ...]:
        """The plugins' pillars, in name order; plugins that only provide templates have none."""
        return tuple(p.pillar for p in self._plugins if p.pillar)

    def contributor(self, name: str) -> Contributor:
        """Who brought the plugin `name`."""
        return next(c for c in self.contributors if c.name == name)

    def templates(self) -> tuple[Template, ...]:
        """Every template, sorted by name. Raises `PluginError` if two plugins provide the same name; it names both."""
        found: dict[str, Plugin] = {}
        templates: list[Template] = []
        with watched():
            given = [(plugin, template) for plugin in self._plugins for template in plugin.answers("planner_templates", (Template,))]
        for plugin, template in given:
            if template.name in found:
                other = found[template.name].contributor.distribution
                raise plugin.blame("planner_templates", f"template {template.name} is taken by {other}")
            found[template.name] = plugin
            templates.append(template)
        return tuple(sorted(templates, key=lambda t: t.name))

    def template(self, name: str) -> Template:
        """The template `name`. Raises `InputError` with the nearest known name."""
        known = {t.name: t for t in self.templates()}
        if name not in known:
            advice = nearest(name, known) if known else "No programme is installed."
            raise InputError("template", f'found "{name}"', "an installed programme or a path", advice)
        return known[name]

    def conversation(self, brief: Brief) -> Conversation:
        """The hook calls for one plan; each pillar's settings are read and validated before any hook is called.

        Raises `InputError` for settings of an unknown pillar or with a wrong value.
        """
        pillars = {p.name: p for p in self._plugins if p.pillar}
        for name in brief.athlete.pillars:
            if name not in pillars:
                raise InputError(f"pillars.{name}", "no such pillar is installed", "one of them", nearest(name, pillars))
        shown = handed(evolve(brief, athlete=evolve(brief.athlete, pillars={})))
        return Conversation(tuple((p, *with_own_settings(p, brief, shown)) for p in self._plugins if p.pillar), brief)


def _called(plugin: object) -> str:
    return str(getattr(plugin, "__name__", type(plugin).__name__)).rpartition(".")[2]


def new_manager() -> pluggy.PluginManager:
    """A manager that knows our hooks and no plugin."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    return manager


def load(plugin: object, contributor: Contributor, manager: pluggy.PluginManager) -> Plugin:
    """Validate one plugin and get its pillar.

    Raises `PluginError` for a misspelt or unmarked hook, no hook at all, an argument that the hook does not have, a wrapper or an ordered
    hook, or a missing or wrong `planner_pillar`.
    """
    bare = Plugin(contributor=contributor, pillar=None, hooks={})
    hooks = _registered(plugin, bare, manager)
    for name, impl in hooks.items():
        oddity = _oddity(impl)
        if oddity:
            raise bare.blame(name, oddity)
    loaded = bare._replace(hooks=hooks)
    pillar = loaded.ask("planner_pillar")
    if pillar is None and PILLAR_HOOKS & hooks.keys():
        raise bare.blame("planner_pillar", "is missing or returned nothing; expected a Pillar that says what this plugin is")
    if pillar is not None and type(pillar) is not Pillar:
        raise bare.blame("planner_pillar", f"returned {called(type(pillar))}; expected Pillar")
    own, wrong = taken(pillar)
    if wrong:
        raise bare.blame("planner_pillar", f"returned a Pillar with {wrong}; settings are a frozen attrs class or None")
    if type(own) is not Pillar:
        return loaded
    flaw = loaded.let("", flaw_of, own.settings) if own.settings else ""
    if flaw:
        raise bare.blame("planner_pillar", f"returned a Pillar whose settings cannot be read: {flaw}")
    return loaded._replace(pillar=own)


def _registered(plugin: object, bare: Plugin, manager: pluggy.PluginManager) -> dict[str, pluggy.HookImpl]:
    """The plugin's hooks by name, as pluggy finds them. Raises `PluginError` for what pluggy rejects, and for what it silently ignores."""
    try:
        hash(plugin)
        manager.register(plugin, bare.contributor.name)
        manager.check_pending()
        lost = min(_unmarked(plugin, manager), default="")
    except TypeError as error:
        raise bare.blame("", "is not hashable; a plugin is a module or a frozen instance") from error
    except pluggy.PluginValidationError as error:
        raise bare.blame("", _validation(error)) from error
    except ValueError as error:
        raise bare.blame("", "is the same plugin as one that is loaded already, under another name") from error
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise bare.blame("", f"could not be looked at: it raised {readable(error)}") from error
    callers = manager.get_hookcallers(plugin) or []
    impls = [(caller.name, impl) for caller in callers for impl in caller.get_hookimpls() if impl.plugin is plugin]
    hooks = dict(impls)
    unknown = next((caller.name for caller in callers if not caller.has_spec()), "")
    twice = next((name for name, impl in impls if hooks[name] is not impl), "")
    problem = _unknown_hook(unknown) if unknown else _lost(lost, twice, hooks)
    if problem:
        raise bare.blame("", problem)
    manager.unregister(name=bare.contributor.name)  # pluggy compares each new plugin with all registered ones
    return hooks


def _lost(unmarked: str, twice: str, hooks: Collection[str]) -> str:
    """What would silently be ignored, in words: an unmarked function, one of two functions for a hook, a plugin without hooks; or ""."""
    if unmarked:
        return f"has {unmarked} without @hookimpl, so nobody would ask it; expected @hookimpl above it"
    if twice:
        return f"has two functions for {twice}, and only one of them would be asked; expected one"
    return "" if hooks else "has no hook; expected functions with @hookimpl above them, planner_pillar among them"


def _unmarked(plugin: object, manager: pluggy.PluginManager) -> Iterator[str]:
    """The names of a plugin's functions that are called like hooks but lack the marker; pluggy silently ignores them.

    Functions that a module merely imports do not count. Names are looked up statically, so that no code of the plugin runs.
    """
    home = str(vars(plugin).get("__name__")) if issubclass(type(plugin), ModuleType) else ""
    classes = plugin.__mro__ if isinstance(plugin, type) else type(plugin).__mro__
    named = [(name, value) for place in (getattr(plugin, "__dict__", {}), *map(vars, classes)) for name, value in place.items()]
    for name, value in named:
        if name.startswith(PREFIX) and not isinstance(value, type) and manager.parse_hookimpl_opts(plugin, name) is None:
            function = value.__func__ if isinstance(value, staticmethod | classmethod) else value
            if callable(function) and (not home or _is_of(home, name, function)):
                yield name


def _is_of(home: str, name: str, function: object) -> bool:
    """Whether a callable was defined in the module `home` or a submodule of it, or is a non-function with the name of a hook."""
    made_in = str(getattr(function, "__module__", ""))
    return made_in == home or made_in.startswith(f"{home}.") or (not isinstance(function, FunctionType) and name in HOOKS)


def _oddity(impl: pluggy.HookImpl) -> str:
    """Why a hook is unacceptable, in words; "" if it is not."""
    if impl.wrapper or impl.hookwrapper or impl.tryfirst or impl.trylast:
        return "asks for an order (wrapper, tryfirst or trylast); the order of plugins means nothing here"
    if impl.kwargnames:
        return f"has an argument with a default ({', '.join(impl.kwargnames)}), which no hook is ever given"
    return "is a coroutine; hooks are plain functions" if inspect.iscoroutinefunction(impl.function) else ""


def _validation(error: pluggy.PluginValidationError) -> str:
    """Pluggy's error message reworded, without memory addresses."""
    text = " ".join(str(error).split())
    if "unknown hook" in text:
        return _unknown_hook(text.split("unknown hook '")[-1].split("'")[0])
    if "Argument(s)" in text:
        names = text.partition("Argument(s)")[2].partition("are declared")[0].strip(" {}")
        hook = text.partition("for hook '")[2].partition("'")[0]
        return f"asks {hook} for {names}, which it does not have; expected some of its arguments"
    return text.rpartition(": ")[2] or text


def _unknown_hook(name: str) -> str:
    return f"has an unknown hook {name}. {nearest(name, HOOKS)}"
