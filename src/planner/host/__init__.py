"""The plugin host: finds plugins, checks each once on load, and opens the conversation in which they are asked.

The only module that knows pluggy's manager.
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
        """Use `Host.installed()` or `Host.of(...)`; two plugins with one name are an error that names both."""
        # Of two with one name the one without a version, a file that was named for this run, is at fault, and never one of ours.
        self._plugins = tuple(sorted(plugins, key=lambda p: (p.name, p.contributor.distribution != OURS, not p.contributor.version)))
        for plugin in self._plugins:
            if plugin.name == COMMITMENTS:
                raise plugin.blame("planner_pillar", f"its name is {COMMITMENTS}, which is kept for the athlete's own [[{COMMITMENTS}]]")
        for one, other in zip(self._plugins, self._plugins[1:], strict=False):
            if one.name == other.name:
                raise other.blame("planner_pillar", f"its name is taken by {one.contributor.distribution}")

    @classmethod
    def installed(cls, without: Iterable[str] = (), files: Iterable[Path] = ()) -> Host:
        """A host of everything installed under the entry-point group `planner`, but `without` the named plugins, and of `files` of Python.

        Raises `PluginError` for a plugin that does not load, `InputError` for an unknown name in `without` and for a file that is none.
        """
        from planner.host.discovery import discover  # noqa: PLC0415  (scanning distributions is only paid for when plugins are wanted)

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
        """Where plugins are asked: afterwards nothing watches over them any more (`planner.host.budget.watched`)."""
        return watched()

    @property
    def plugins(self) -> tuple[Plugin, ...]:
        """All plugins, in name order."""
        return self._plugins

    @property
    def contributors(self) -> tuple[Contributor, ...]:
        """Who takes part, under the names that they are known by."""
        return tuple(evolve(p.contributor, name=p.name) for p in self._plugins)

    @property
    def pillars(self) -> tuple[Pillar, ...]:
        """What the plugins are, in name order; those that only bring templates are left out."""
        return tuple(p.pillar for p in self._plugins if p.pillar)

    def contributor(self, name: str) -> Contributor:
        """Who brought the plugin `name`."""
        return next(c for c in self.contributors if c.name == name)

    def templates(self) -> tuple[Template, ...]:
        """Every template, by name; one name from two plugins is an error that names both."""
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
            raise InputError("template", f'found "{name}"', "an installed programme or a path", nearest(name, known))
        return known[name]

    def conversation(self, brief: Brief) -> Conversation:
        """Everything that is asked for one plan, with each pillar's settings read and checked before any hook is asked.

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
    """Check one plugin and learn what it is.

    Raises `PluginError` for a misspelt or unmarked hook or none at all, an argument that the hook does not have, a wrapper or an ordered
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
    """The plugin's hooks by name, as pluggy found them; its quiet edges and its complaints are closed and worded here."""
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
    manager.unregister(name=bare.contributor.name)  # pluggy asks every plugin it knows whether the next one equals it
    return hooks


def _lost(unmarked: str, twice: str, hooks: Collection[str]) -> str:
    """What would be lost without a word: a function without its mark, one of two for a hook, the whole of a plugin; or nothing."""
    if unmarked:
        return f"has {unmarked} without @hookimpl, so nobody would ask it; expected @hookimpl above it"
    if twice:
        return f"has two functions for {twice}, and only one of them would be asked; expected one"
    return "" if hooks else "has no hook; expected functions with @hookimpl above them, planner_pillar among them"


def _unmarked(plugin: object, manager: pluggy.PluginManager) -> Iterator[str]:
    """What a plugin defines under a name like a hook's and pluggy passes over; it does so without a word.

    What a module only imports is a helper of its own. Nothing of the plugin's is asked: its names are looked up as they are written.
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
    """Whether a callable in the module `home` was made there, or in a part of that package. Of one that is no function, its name tells."""
    made_in = str(getattr(function, "__module__", ""))
    return made_in == home or made_in.startswith(f"{home}.") or (not isinstance(function, FunctionType) and name in HOOKS)


def _oddity(impl: pluggy.HookImpl) -> str:
    """What makes a hook unacceptable, or nothing."""
    if impl.wrapper or impl.hookwrapper or impl.tryfirst or impl.trylast:
        return "asks for an order (wrapper, tryfirst or trylast); the order of plugins means nothing here"
    if impl.kwargnames:
        return f"has an argument with a default ({', '.join(impl.kwargnames)}), which no hook is ever given"
    return "is a coroutine; hooks are plain functions" if inspect.iscoroutinefunction(impl.function) else ""


def _validation(error: pluggy.PluginValidationError) -> str:
    """Pluggy's complaint without memory addresses."""
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
