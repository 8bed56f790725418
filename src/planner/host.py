"""The plugin host: finds plugins, checks them, asks them one at a time in name order, and names whoever is at fault.

The only module that knows pluggy's manager. Everything a plugin returns is checked once, here, so that the engine is strictly typed.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import pluggy
from attrs import evolve

from planner import hookspecs
from planner.errors import InputError, PluginError
from planner.findings import Finding
from planner.limits import Ceiling, Limit, Spacing, Unavailable
from planner.model import Contributor
from planner.offers import LOAD_TAGS, Pillar, Proposal, RunProposal
from planner.programme import Template
from planner.settings import nearest, structure
from planner.steps import RUNNING, WALKING, each_step, seconds_of

if TYPE_CHECKING:
    from planner.model import Brief, Plan, WeekView

GROUP = "planner"
T = TypeVar("T")
P = TypeVar("P", RunProposal, Proposal)
PILLAR_HOOKS = frozenset({"planner_screening", "planner_limits", "planner_runs", "planner_sessions", "planner_findings"})
LIMIT_KINDS: tuple[type[Ceiling | Spacing | Unavailable], ...] = (Ceiling, Spacing, Unavailable)
RUN_TAGS = frozenset({"run", "long-run", "new-level"})
MOST_ANSWERS = 1000
"""More answers than this to one question is a plugin that does not end."""


class Plugin(NamedTuple):
    """One loaded plugin: what it calls itself, where it came from, and its pillar (None: it only brings templates)."""

    contributor: Contributor
    pillar: Pillar | None
    hooks: Mapping[str, pluggy.HookImpl]

    @property
    def name(self) -> str:
        """The pillar's name, or the entry point's."""
        return self.pillar.name if self.pillar else self.contributor.name

    def blame(self, hook: str, problem: str) -> PluginError:
        """The error that says this plugin is at fault."""
        c = self.contributor
        return PluginError(self.name, f"{c.distribution} {c.version}".strip(), hook, problem)

    def ask(self, hook: str, **questions: object) -> object:
        """The hook's answer, or None where the plugin does not have it. A raised exception becomes a `PluginError`."""
        implementation = self.hooks.get(hook)
        if implementation is None:
            return None
        try:
            answer = implementation.function(*(questions[name] for name in implementation.argnames))
            return tuple(_some(answer)) if isinstance(answer, Iterable) else answer
        except (PluginError, InputError):
            raise
        except Exception as error:
            raise self.blame(hook, f"raised {type(error).__name__}: {error}") from error

    def answers(self, hook: str, kinds: tuple[type[T], ...], **questions: object) -> tuple[T, ...]:
        """The hook's answers, each an instance of one of `kinds`."""
        answer = self.ask(hook, **questions)
        if answer is None:
            return ()
        if not isinstance(answer, tuple):
            raise self.blame(hook, f"returned {type(answer).__name__}; expected an iterable of {_names(kinds)}")
        if len(answer) > MOST_ANSWERS:
            raise self.blame(hook, f"returned more than {MOST_ANSWERS} answers")
        for item in answer:
            if type(item) not in kinds:
                raise self.blame(hook, f"returned {type(item).__name__}; expected {_names(kinds)}")
        return answer


def _some(answer: Iterable[object]) -> Iterable[object]:
    """The first answers, one more than is allowed, so that a generator without end is found out."""
    for n, item in enumerate(answer):
        yield item
        if n >= MOST_ANSWERS:
            return


def _names(kinds: tuple[type, ...]) -> str:
    return " or ".join(k.__name__ for k in kinds)


class Host:
    """The plugins that take part in planning, in name order."""

    def __init__(self, plugins: Iterable[Plugin]) -> None:
        """Use `Host.installed()` or `Host.of(...)`; two plugins with one name are an error that names both."""
        self._plugins = tuple(sorted(plugins, key=lambda p: p.name))
        for one, other in zip(self._plugins, self._plugins[1:], strict=False):
            if one.name == other.name:
                raise other.blame("planner_pillar", f"its name is taken by {one.contributor.distribution}")

    @classmethod
    def installed(cls, without: Iterable[str] = ()) -> Host:
        """A host of everything installed under the entry-point group `planner`, but `without` the named plugins.

        Raises `PluginError` for a plugin that does not load, `InputError` for an unknown name in `without`.
        """
        from planner.discovery import discover  # noqa: PLC0415  (scanning distributions is only paid for when plugins are wanted)

        manager = new_manager()
        return cls(load(obj, contributor, manager) for contributor, obj in discover(GROUP, frozenset(without)))

    @classmethod
    def of(cls, *plugins: object) -> Host:
        """A host of exactly these plugins (modules or frozen instances), for tests and embedding."""
        given = (Contributor(name=_called(p), distribution="given", version="") for p in plugins)
        return cls(load(p, contributor, new_manager()) for p, contributor in zip(plugins, given, strict=True))

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
        for plugin in self._plugins:
            for template in plugin.answers("planner_templates", (Template,)):
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

    def session(self, brief: Brief) -> Conversation:
        """Everything that is asked for one plan, with each pillar's settings read and checked before any hook is asked.

        Raises `InputError` for settings of an unknown pillar or with a wrong value.
        """
        pillars = {p.name: p for p in self._plugins if p.pillar}
        for name in brief.athlete.pillars:
            if name not in pillars:
                raise InputError(f"pillars.{name}", "no such pillar is installed", "one of them", nearest(name, pillars))
        return Conversation(tuple((p, *_own(p, brief)) for p in self._plugins if p.pillar))


def _own(plugin: Plugin, brief: Brief) -> tuple[object, Brief]:
    """The plugin's settings, and the brief as this plugin may see it: with its own settings only."""
    table = brief.athlete.pillars.get(plugin.name, {})
    cls = plugin.pillar.settings if plugin.pillar else None
    if cls is None and table:
        raise InputError(f"pillars.{plugin.name}", "found settings", "none: this pillar has no settings")
    settings = None if cls is None else structure(cls, table, f"pillars.{plugin.name}")
    kept = {plugin.name: dict(table)} if table else {}
    return settings, evolve(brief, athlete=evolve(brief.athlete, pillars=kept))


class Conversation:
    """One plan's questions to its pillars. Every answer carries who gave it."""

    def __init__(self, asked: tuple[tuple[Plugin, object, Brief], ...]) -> None:
        """`asked`: each plugin with its settings and its own view of the brief."""
        self._asked = asked
        self._mute = False

    def running_only(self) -> Conversation:
        """The same conversation with those plugins only that propose runs, and about nothing else: to look further ahead."""
        twin = Conversation(tuple(a for a in self._asked if "planner_runs" in a[0].hooks))
        twin._mute = True
        return twin

    def _each(self, hook: str, kinds: tuple[type[T], ...], **questions: object) -> Iterable[tuple[Plugin, T]]:
        for plugin, settings, brief in self._asked:
            for answer in plugin.answers(hook, kinds, brief=brief, settings=settings, **questions):
                yield plugin, answer

    def screening(self) -> list[Finding]:
        """What the pillars have to say before anything is planned."""
        return [evolve(f, by=p.name) for p, f in self._each("planner_screening", (Finding,))]

    def limits(self) -> list[Limit]:
        """Every limit, signed by its plugin."""
        limits: list[Limit] = []
        for plugin, settings, brief in self._asked:
            given = plugin.answers("planner_limits", LIMIT_KINDS, brief=brief, settings=settings)
            limits += [evolve(limit, by=(plugin.name,)) for limit in given]
        return limits

    def runs(self, week: WeekView) -> list[tuple[str, RunProposal]]:
        """Run proposals with the name of their pillar."""
        return self._named("planner_runs", RunProposal, week)

    def sessions(self, week: WeekView) -> list[tuple[str, Proposal]]:
        """Proposals with the name of their pillar; a key twice, or a running step, is the plugin's fault."""
        if self._mute:
            return []
        found = self._named("planner_sessions", Proposal, week)
        for name, proposal in found:
            fault = _fault(proposal)
            if fault:
                plugin = next(p for p, _, _ in self._asked if p.name == name)
                raise plugin.blame("planner_sessions", f"{proposal.key} {fault}")
        return found

    def _named(self, hook: str, kind: type[P], week: WeekView) -> list[tuple[str, P]]:
        """Proposals with their pillar, pillars in name order and each one's by key: no order of answers means anything."""
        found: list[tuple[str, P]] = []
        for plugin, settings, brief in self._asked:
            if hook in plugin.hooks:
                given = plugin.answers(hook, (kind,), brief=brief, settings=settings, week=week)
                by_key = {proposal.key: proposal for proposal in given}
                if len(by_key) < len(given):
                    twice = next(k for k in by_key if sum(p.key == k for p in given) > 1)
                    raise plugin.blame(hook, f"gave the key {twice} twice in week {week.number}")
                found += [(plugin.name, by_key[key]) for key in sorted(by_key)]
        return found

    def findings(self, plan: Plan) -> list[Finding]:
        """What the pillars have to say about the finished plan. Raises `PluginError` for the first error among it."""
        found: list[Finding] = []
        for plugin, settings, _ in self._asked:
            for finding in plugin.answers("planner_findings", (Finding,), plan=plan, settings=settings):
                if finding.severity in ("error", "stop"):
                    raise plugin.blame("planner_findings", f"refused the plan ({finding.rule}): {finding.message}")
                found.append(evolve(finding, by=plugin.name))
        return found


def _fault(proposal: Proposal) -> str:
    """What makes a proposal unacceptable, or nothing: running is the engine's to make, and a note is no session."""
    if RUN_TAGS & set(proposal.tags):
        return "carries a tag that only the engine gives to runs; runs are proposed with planner_runs"
    if any(step.kind == RUNNING for step in each_step(proposal.steps)):
        return "has a running step; runs are proposed with planner_runs"
    if proposal.attach and any(step.kind == WALKING for step in each_step(proposal.steps)):
        return "attaches walking that the laws would count; walks around a session are of kind warm-up or cool-down"
    if proposal.note and (LOAD_TAGS & set(proposal.tags) or seconds_of(proposal.steps)):
        return "is a note and yet a load or takes time; a note says something all day and is nothing to train"
    return ""


def _called(plugin: object) -> str:
    return str(getattr(plugin, "__name__", type(plugin).__name__)).rpartition(".")[2]


def new_manager() -> pluggy.PluginManager:
    """A manager that knows our hooks and no plugin."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    return manager


def load(plugin: object, contributor: Contributor, manager: pluggy.PluginManager) -> Plugin:
    """Check one plugin and learn what it is.

    Raises `PluginError` for a misspelt hook, an argument that the hook does not have, a wrapper or an ordered hook, or a missing
    or wrong `planner_pillar`.
    """
    bare = Plugin(contributor=contributor, pillar=None, hooks={})
    try:
        hash(plugin)
        manager.register(plugin, contributor.name)
        manager.check_pending()
    except TypeError as error:
        raise bare.blame("", "is not hashable; a plugin is a module or a frozen instance") from error
    except pluggy.PluginValidationError as error:
        raise bare.blame("", _validation(error)) from error
    callers = manager.get_hookcallers(plugin) or []
    hooks = {caller.name: impl for caller in callers for impl in caller.get_hookimpls() if impl.plugin is plugin}
    for name, impl in hooks.items():
        if impl.wrapper or impl.hookwrapper or impl.tryfirst or impl.trylast:
            raise bare.blame(name, "asks for an order (wrapper, tryfirst or trylast); the order of plugins means nothing here")
        if inspect.iscoroutinefunction(impl.function):
            raise bare.blame(name, "is a coroutine; hooks are plain functions")
    loaded = bare._replace(hooks=hooks)
    pillar = loaded.ask("planner_pillar")
    if pillar is None and PILLAR_HOOKS & hooks.keys():
        raise bare.blame("planner_pillar", "is missing or returned nothing; expected a Pillar that says what this plugin is")
    if pillar is not None and type(pillar) is not Pillar:
        raise bare.blame("planner_pillar", f"returned {type(pillar).__name__}; expected Pillar")
    return loaded._replace(pillar=pillar)


def _validation(error: pluggy.PluginValidationError) -> str:
    """Pluggy's complaint without memory addresses."""
    text = " ".join(str(error).split())
    if "unknown hook" in text:
        name = text.split("unknown hook '")[-1].split("'")[0]
        known = [n for n in vars(hookspecs) if n.startswith("planner_")]
        return f"has an unknown hook {name}. {nearest(name, known)}"
    return text.partition("hookimpl definition:")[0].rpartition(": ")[2] or text
