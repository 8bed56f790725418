"""Calls the pillars' hooks for one plan, one plugin at a time in name order, and attributes every answer to its plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import evolve

from planner.caching import cached_by_identity
from planner.errors import InputError, PluginError
from planner.findings import Finding
from planner.host.copies import Copies, afresh, classes, handed
from planner.limits import ANY_TAG, Ceiling, Spacing, Unavailable
from planner.offers import LEVEL, LOAD_TAGS, Proposal, RunProposal
from planner.settings import structure
from planner.steps import RUNNING, WALKING, each_step, seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.host.plugin import Plugin
    from planner.limits import Limit
    from planner.model import Brief, Plan
    from planner.week_view import WeekView

T = TypeVar("T")
P = TypeVar("P", RunProposal, Proposal)
LIMIT_KINDS: tuple[type[Ceiling | Spacing | Unavailable], ...] = (Ceiling, Spacing, Unavailable)
RUN_TAGS = frozenset({"run", "long-run", "new-level"})
MOST_PROPOSALS = 100
"""The most proposals that one pillar may make for a week."""
DAY_S = 24 * 60 * 60
LONGEST_KIND = 40
ON_FOOT = frozenset({"run", "runs", "running", "jog", "jogs", "jogging", "sprint", "sprints", "sprinting", "walk", "walks", "walking"})
"""Words for running and walking. The laws count only steps of kind `run` and `walk`, so no other kind may contain these words."""
NO_TAG = f"carries the tag {ANY_TAG!r}, which stands for all sessions (see Unavailable); expected another word"
KINDS = "a kind is small letters and digits, joined by dashes; running and walking are `run` and `walk` alone, drills and tests `exercise`"


def with_own_settings(plugin: Plugin, brief: Brief, shown: Brief) -> tuple[object, Brief]:
    """The plugin's settings from `brief`, and the brief that this plugin may see: `shown` with its own settings only.

    Raises `InputError` for wrong settings.
    """
    table = brief.athlete.pillars.get(plugin.name, {})
    cls = plugin.pillar.settings if plugin.pillar else None
    if cls is None and table:
        raise InputError(f"pillars.{plugin.name}", "found settings", "none: this pillar has no settings")
    settings = None if cls is None else plugin.let("", structure, cls, table, f"pillars.{plugin.name}")
    return settings, _own_view(plugin, brief, shown)


def _own_view(plugin: Plugin, brief: Brief, shown: Brief) -> Brief:
    """`shown` with this plugin's own settings from `brief`, and no other settings."""
    table = brief.athlete.pillars.get(plugin.name, {})
    return evolve(shown, athlete=evolve(shown.athlete, pillars={plugin.name: handed(table)} if table else {}))


class Conversation:
    """The hook calls for one plan. Every answer is attributed to its plugin."""

    def __init__(self, asked: tuple[tuple[Plugin, object, Brief], ...], brief: Brief) -> None:
        """`asked` holds each plugin with its settings and its own view of the `brief`; no plugin receives `brief` itself."""
        self._asked, self._brief = asked, brief
        self._copies = Copies()
        self._about: dict[str, WeekView | Plan] = {}
        self.mute = False

    @property
    def running(self) -> frozenset[str]:
        """The names of the pillars that propose runs."""
        return frozenset(plugin.name for plugin, _, _ in self._asked if "planner_runs" in plugin.hooks)

    def running_only(self) -> Conversation:
        """The same conversation restricted to the plugins that propose runs, without their sessions: for looking ahead."""
        twin = Conversation(tuple(a for a in self._asked if "planner_runs" in a[0].hooks), self._brief)
        twin._copies, twin.mute = self._copies, True
        return twin

    def _each(self, hook: str, kinds: tuple[type[T], ...], **questions: object) -> Iterable[tuple[Plugin, T]]:
        for plugin, settings, brief in self._asked:
            for answer in self._answers(plugin, hook, kinds, brief=brief, settings=settings, **questions):
                yield plugin, answer

    def _answers(self, plugin: Plugin, hook: str, kinds: tuple[type[T], ...], **questions: object) -> tuple[T, ...]:
        """A plugin's answers. If it raises, a plugin that changes the shared records is blamed instead, if there is one."""
        try:
            return plugin.answers(hook, kinds, **questions)
        except PluginError as error:
            if error.__cause__ is not None:
                self._blame_meddler()
            raise

    def _blame_meddler(self) -> None:
        """Call every hook again with fresh copies of the records, and raise `PluginError` for the first plugin that changes them."""
        for plugin, settings, _ in self._asked:
            brief = _own_view(plugin, self._brief, self._brief)
            own = {name: afresh(record) for name, record in {**self._about, "brief": brief}.items()} | {"settings": settings}
            for hook, implementation in plugin.hooks.items():
                if hook == "planner_pillar" or not own.keys() >= set(implementation.argnames):
                    continue
                before = _seen(own)
                try:
                    plugin.ask(hook, **own)
                except PluginError as error:
                    if error.__cause__ is None:  # it was stopped for its time, and would be again
                        raise
                except InputError:
                    continue
                if _seen(own) != before:
                    raise plugin.blame(hook, "changed the records that it was handed; hooks read and answer, nothing else")

    def screening(self) -> list[Finding]:
        """The pillars' findings before anything is planned."""
        return [evolve(f, by=p.name) for p, f in self._each("planner_screening", (Finding,))]

    def limits(self) -> list[Limit]:
        """Every limit, with its plugin in `by`."""
        limits: list[Limit] = []
        for plugin, settings, brief in self._asked:
            given = self._answers(plugin, "planner_limits", LIMIT_KINDS, brief=brief, settings=settings)
            limits += [evolve(limit, by=(plugin.name,)) for limit in given]
        return limits

    def runs(self, week: WeekView) -> list[tuple[str, RunProposal]]:
        """Run proposals with the names of their pillars. Raises `PluginError` for a tag that only the engine gives."""
        found = self._named("planner_runs", RunProposal, week)
        for name, proposal in found:
            fault = fault_of_runs(proposal)
            if fault:
                plugin = next(p for p, _, _ in self._asked if p.name == name)
                raise plugin.blame("planner_runs", f"{proposal.key} {fault}")
        return found

    def sessions(self, week: WeekView) -> list[tuple[str, Proposal]]:
        """Proposals with the names of their pillars. Raises `PluginError` for an unacceptable one (`fault_of`)."""
        if self.mute:
            return []
        found = self._named("planner_sessions", Proposal, week)
        for name, proposal in found:
            fault = fault_of(proposal)
            if fault:
                plugin = next(p for p, _, _ in self._asked if p.name == name)
                raise plugin.blame("planner_sessions", f"{proposal.key} {fault}")
        return found

    def _named(self, hook: str, kind: type[P], week: WeekView) -> list[tuple[str, P]]:
        """Proposals with their pillars, sorted by pillar and key, so that the order of answers has no effect.

        Raises `PluginError` for too many of them, or a key that one pillar uses twice.
        """
        found: list[tuple[str, P]] = []
        self._about["week"], shown = week, self._copies.week(week)
        for plugin, settings, brief in self._asked:
            if hook in plugin.hooks:
                given = self._answers(plugin, hook, (kind,), brief=brief, settings=settings, week=shown)
                if len(given) > MOST_PROPOSALS:
                    raise plugin.blame(hook, f"made more than {MOST_PROPOSALS} proposals for week {week.number}")
                by_key = {proposal.key: proposal for proposal in given}
                if len(by_key) < len(given):
                    twice = next(k for k in by_key if sum(p.key == k for p in given) > 1)
                    raise plugin.blame(hook, f"gave the key {twice} twice in week {week.number}")
                name = plugin.name
                found += [(name, by_key[key]) for key in sorted(by_key)]
        return found

    def findings(self, plan: Plan) -> list[Finding]:
        """The pillars' findings about the finished plan. Raises `PluginError` for the first one of severity `error` or `stop`."""
        found: list[Finding] = []
        self._about["plan"], shown = plan, self._copies.plan(plan)
        for plugin, settings, _ in self._asked:
            for finding in self._answers(plugin, "planner_findings", (Finding,), plan=shown, settings=settings):
                if finding.severity in ("error", "stop"):
                    raise plugin.blame("planner_findings", f"refused the plan ({finding.rule}): {finding.message}")
                found.append(evolve(finding, by=plugin.name))
        return found


def _seen(handed_out: Mapping[str, object]) -> tuple[str, tuple[type, ...]] | None:
    """The content of records and the classes in it, for comparison; None if a record is too damaged to be shown."""
    try:
        return repr(handed_out), tuple(classes(handed_out))
    except Exception:  # noqa: BLE001  (a record that was emptied, or settings of the plugin's own class, may raise anything)
        return None


def fault_of_runs(runs: RunProposal) -> str:
    """Why proposed runs are unacceptable, in words; "" if they are not."""
    given = next((tag for tag in runs.tags if tag.startswith(LEVEL)), "")
    if given:
        return f"carries the tag {given!r}, which only the engine gives; see `level`"
    return NO_TAG if ANY_TAG in runs.tags else ""


@cached_by_identity(2048)
def fault_of(proposal: Proposal) -> str:
    """Why a proposal is unacceptable, in words; "" if it is not. Only the engine creates running, and a note is not a session."""
    return _fault_of_tags(proposal.tags) or _fault_of_steps(proposal) or _fault_of_place(proposal)


def _fault_of_tags(tags: tuple[str, ...]) -> str:
    if not RUN_TAGS.isdisjoint(tags) or any(tag.startswith(LEVEL) for tag in tags):
        return "carries a tag that only the engine gives to runs; runs are proposed with planner_runs"
    return NO_TAG if ANY_TAG in tags else ""


def _fault_of_steps(proposal: Proposal) -> str:
    kinds = {step.kind for step in each_step(proposal.steps)} if proposal.steps else set[str]()
    if RUNNING in kinds:
        return "has a running step; runs are proposed with planner_runs"
    odd = min((kind for kind in kinds if not _names_a_kind(kind)), default="")
    if odd:
        return f"has a step of kind {odd!r}; {KINDS}"
    if seconds_of(proposal.steps) > DAY_S:
        return "takes longer than a day"
    if proposal.attach and WALKING in kinds:
        return "attaches walking that the laws would count; walks around a session are of kind warm-up or cool-down"
    return ""


def _fault_of_place(proposal: Proposal) -> str:
    if proposal.note and (LOAD_TAGS & set(proposal.tags) or seconds_of(proposal.steps)):
        return "is a note and yet a load or takes time; a note says something all day and is nothing to train"
    if proposal.note and proposal.attach:
        return "is a note and yet attaches to sessions; expected either a note (`note` and `on`) or an attachment (`attach`)"
    if proposal.note and proposal.on is None:
        return 'is a note without a day, which would stand nowhere; expected a date or "rest-day" in `on`'
    if proposal.on is not None and not proposal.note:
        return "names a day in `on` and is no note; sessions are placed by `prefers` and `avoids`, and only a note (note=True) has a day"
    return ""


def _names_a_kind(kind: str) -> bool:
    """Whether a step's kind is well formed and not another spelling of running or walking, which the laws would not count."""
    plain = kind.replace("-", "")
    return kind == WALKING or (
        plain.isascii() and plain.isalnum() and plain == plain.lower() and ON_FOOT.isdisjoint(kind.split("-")) and len(kind) <= LONGEST_KIND
    )
