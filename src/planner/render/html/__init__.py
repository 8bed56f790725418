"""Plans as one page of HTML: everything in one file, without a script and without anything that is fetched from anywhere.

The frame, with all words that are the same for every plan, is a template. What a plan says is many small pieces, which are put together as
strings and joined as bytes: through a template they would be copied several times.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment

from planner.language import _, cached
from planner.render.html import around, common_notes, howto, sets, tables
from planner.render.html.charts import load_chart, load_key, pain_chart, pain_key
from planner.render.html.markup import anchor, text
from planner.render.html.month import months
from planner.render.html.weeks import Page, linked, weeks

if TYPE_CHECKING:
    from jinja2 import Template

    from planner.model import Plan
    from planner.render import Options

_HERE = Path(__file__).parent
_INSERT = re.compile("<insert ([a-z_]+)>")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};,])\s*|(?<=:) |\n\s*")


def render(plan: Plan, options: Options) -> bytes:  # noqa: ARG001  (every output is asked the same way)
    """The plan as a page in UTF-8, in the language that is spoken."""
    pieces = _pieces(plan)
    written: list[bytes] = []
    for words, name in _frame(plan.language, frozenset([name for name, piece in pieces.items() if any(piece)])):
        written.append(words)
        written += map(str.encode, pieces[name])
    return b"".join(written)


def _pieces(plan: Plan) -> dict[str, list[str]]:
    """What the plan says, as markup, by the names that the frame has for it; empty where there is nothing."""
    read, appendix = common_notes.read(plan), howto.appendix(plan)
    to = {title: anchor("h", title) for title in appendix.exercises}
    name = plan.athlete_name or plan.athlete_id
    return {
        "style": [_style()],
        "title": [text(_("Return to run: {name}", name=name))],
        "name": [text(name)],
        "made_on": [around.made_on(plan)],
        "facts": [around.facts(plan)],
        "load_chart": [load_chart(plan)],
        "load_key": [load_key(plan)],
        "load_table": [tables.load_table(plan)],
        "log": ["" if plan.log is None else " "],
        "pain_chart": [pain_chart(plan)],
        "pain_key": [pain_key()],
        "pain_table": [tables.pain_table(plan)],
        "score_table": [tables.score_table(plan)],
        "shoe_table": [tables.shoe_table(plan)],
        "months": months(plan),
        "always": [f"<li>{text(note)}" for note in read.always.values()],
        "weeks": weeks(plan, Page(appendix.told, common_notes.same(frozenset(read.always)))),
        "reminders": around.reminders(plan),
        "findings": around.findings(plan),
        "howto": sets.entries(read.sets, lambda step: linked(step, to)) + howto.entries(appendix),
        "reasons": around.reasons(plan),
        "disclaimer": [around.disclaimer(plan)],
        "": [],
    }


@cached(64)
def _frame(language: str, holds: frozenset[str]) -> list[tuple[bytes, str]]:
    """The words between the pieces of a page that `holds` these, each with the name of the piece that follows; "" after the last.

    The same for all plans of a language that hold the same, so the template is filled once for them.
    """
    parts = _INSERT.split(_template().render(language=language, holds=dict.fromkeys(holds, True)))
    return [(words.encode(), name) for words, name in zip(parts[::2], [*parts[1::2], ""], strict=True)]


@lru_cache(maxsize=1)
def _template() -> Template:
    """The page without what a plan says, compiled once a process; its own words are translated when it is filled."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.globals["_"] = _
    return environment.from_string((_HERE / "page.html.j2").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _style() -> str:
    """The style sheet without comments and what else only we need."""
    written = (_HERE / "style.css").read_text(encoding="utf-8")
    return _SPACE.sub(lambda match: match[1] or "", _COMMENT.sub("", written)).strip()
