"""The handover page as one self-contained HTML file, without scripts or external resources."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined

from planner.language import _, use_language
from planner.render.handover import words
from planner.render.html.charts import load_chart, load_key, pain_chart, pain_key

if TYPE_CHECKING:
    from jinja2 import Template

    from planner.render.handover.facts import Facts

PAGE = Path(__file__).with_name("handover.html.j2")


def write(facts: Facts) -> bytes:
    """Return the page in UTF-8, in the plan's language."""
    plan = facts.plan
    with use_language(plan.language):
        page = _template().render(
            language=plan.language,
            title=words.title(facts),
            head=list(words.head(facts)),
            load_title=words.load_title(plan),
            load_chart=load_chart(plan),
            load_key=load_key(plan),
            load=words.load_rows(facts),
            adherence=words.adherence(facts),
            pain_title="" if facts.private else words.pain_title(),
            pain_chart=pain_chart(plan) if facts.pains else "",
            pain_key=pain_key(),
            pain=words.pain_rows(facts),
            no_pain=words.no_pain(facts),
            flags=None if facts.private else words.flags(facts),
            told=() if facts.private else _columns(facts),
            figures=_("Figures"),
            disclaimer=plan.disclaimer.splitlines(),
        )
    return page.encode()


def _columns(facts: Facts) -> tuple[tuple[words.Section, ...], ...]:
    """Return the sections of each of the two columns."""
    return (words.decisions(facts),), (words.sore_runs(facts), words.outcomes(facts), words.questions(facts))


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(PAGE.read_text(encoding="utf-8"))
