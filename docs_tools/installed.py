"""Generates the pages of the programmes and pillars that this distribution installs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docs_tools.files import rows
from docs_tools.tables import sentence, table
from planner.host import Host
from planner.programme import Template
from planner.quantities import clock
from planner.schema.of_class import object_of

if TYPE_CHECKING:
    from planner.offers import Pillar
    from planner.programme import Level
    from planner.schema.of_class import Schema

OWN = "return-to-run"
PILLARS = """\
# Pillars

The seven pillars that come with the planner, and the settings that each takes under its heading in the athlete file. `planner pillars`
lists what is installed on your machine, pillars of other authors too. Ids such as STR-03 name rows of the evidence; `planner explain` shows
them beside what they decided.

"""
PROGRAMMES = """\
# Programmes

What `template = "..."` in an athlete file can name. A programme says in what order running grows; how fast, the [laws](laws.md)
say. [Choose one](../how-to/choose-a-programme.md), or [write your own](../how-to/write-your-own-programme.md).

"""


def own_pillars() -> tuple[Pillar, ...]:
    """The pillars of this distribution, whatever else is installed."""
    host = Host.installed()
    return tuple(p for p in host.pillars if host.contributor(p.name).distribution == OWN)


def own_programmes() -> tuple[Template, ...]:
    """The programmes of this distribution, sorted by name."""
    plugins = (p for p in Host.installed().plugins if p.contributor.distribution == OWN)
    found = [t for p in plugins for t in p.answers("planner_templates", (Template,))]
    return tuple(sorted(found, key=lambda template: template.name))


def pillars_page() -> str:
    """The page of pillars."""
    return PILLARS + "\n".join(_pillar(pillar) for pillar in own_pillars())


def _pillar(pillar: Pillar) -> str:
    settings = "It has no settings.\n"
    if pillar.settings is not None:
        properties = cast("dict[str, Schema]", object_of(pillar.settings)["properties"])
        settings = f"Under `[pillars.{pillar.name}]`:\n\n{table(['key', 'is', 'may be', 'default'], rows(properties))}"
    return f"## {pillar.name}\n\n{sentence(pillar.summary)}\n\n{settings}\nRests on {', '.join(pillar.sources)}.\n"


def programmes_page() -> str:
    """The page of programmes."""
    return PROGRAMMES + "\n".join(_programme(template) for template in own_programmes())


def _programme(template: Template) -> str:
    read = "the source was read" if template.verified else "the source was not read, or is ours"
    runs = f"{template.runs_per_week} runs a week, at most {template.most_runs_per_week}"
    facts = [runs, f"effort of its runs {template.rpe} of 10", f"run dates at least {template.run_gap_days} apart"]
    if template.published_weeks:
        facts.append(f"published over {template.published_weeks} weeks")
    if template.close_run_s:
        facts.append(f"runs on neighbouring dates {clock(template.close_run_s)} at most, and after a clean run only")
    if template.longest_run_s:
        facts.append(f"no run over {clock(template.longest_run_s)} at first")
    if template.reduced_weeks:
        facts.append(f"the first {template.reduced_weeks} weeks hold {template.reduced_percent}% of the present volume")
    if template.clean_weeks:
        facts.append(f"growth after {template.clean_weeks} clean weeks")
    head = f"## {template.name}\n\n**{template.title}.** {template.summary}\n\n{sentence('; '.join(facts))}\n"
    head += f"\nFrom: {template.source} ({read})\n"
    levels = [(level.label or str(n), _level(level), clock(level.total_s)) for n, level in enumerate(template.levels, 1)]
    return f"{head}\n{table(['level', 'run and walk', 'running'], levels)}" if levels else head


def _level(level: Level) -> str:
    if level.reps == 1:
        return f"run {clock(level.run_s)}"
    return f"{level.reps} times: run {clock(level.run_s)}, walk {clock(level.walk_s)}"
