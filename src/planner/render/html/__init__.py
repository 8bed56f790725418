"""Plans as one self-contained HTML page, without scripts or external resources.

The frame, with all text that is the same for every plan, is a template. The plan's own content consists of many small pieces, which are
built as strings and joined as bytes; passing them through the template would copy them several times.
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


def render(plan: Plan, options: Options) -> bytes:  # noqa: ARG001  (all renderers share this signature)
    """Return the plan as a UTF-8 page in the current language."""
    pieces = _pieces(plan)
    written: list[bytes] = []
    for words, name in _frame(plan.language, frozenset([name for name, piece in pieces.items() if any(piece)])):
        written.append(words)
        written += map(str.encode, pieces[name])
    return b"".join(written)


def _pieces(plan: Plan) -> dict[str, list[str]]:
    """Return the plan's content as markup, by the names of the frame's slots; an empty list or string where there is nothing to show."""
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
    """Return the frame's text between its slots, each part with the name of the slot that follows; "" after the last part.

    `holds` names the slots that are not empty. Plans that share a language and `holds` share a frame, so the template is rendered once for
    them.
    """
    parts = _INSERT.split(_template().render(language=language, holds=dict.fromkeys(holds, True)))
    return [(words.encode(), name) for words, name in zip(parts[::2], [*parts[1::2], ""], strict=True)]


@lru_cache(maxsize=1)
def _template() -> Template:
    """Return the page template, compiled once per process; its own text is translated when it is rendered."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.globals["_"] = _
    return environment.from_string((_HERE / "page.html.j2").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _style() -> str:
    """Return the style sheet without comments and unneeded whitespace."""
    written = (_HERE / "style.css").read_text(encoding="utf-8")
    return _SPACE.sub(lambda match: match[1] or "", _COMMENT.sub("", written)).strip()
