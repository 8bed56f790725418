"""Plans as one page of HTML: everything in one file, without a script and without anything that is fetched from anywhere.

Words, tables and the frame are a template; charts, months and weeks, which are many small pieces, are put together as strings.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined
from markupsafe import escape

from planner.language import _
from planner.render.html import always, around, howto, sets, tables
from planner.render.html.charts import load_chart, load_key, pain_chart, pain_key
from planner.render.html.markup import anchor
from planner.render.html.month import months
from planner.render.html.weeks import Page, linked, weeks

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

    from planner.model import Plan
    from planner.render import Options

_HERE = Path(__file__).parent
_INSERT = re.compile("<insert ([a-z_]+)>")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};,])\s*|(?<=:) |\n\s*")


def render(plan: Plan, options: Options) -> bytes:  # noqa: ARG001  (every output is asked the same way)
    """The plan as a page in UTF-8, in the language that is spoken."""
    read = always.read(plan)
    pieces = _pieces(plan, read)
    frame = _template().render(
        plan=plan,
        facts=around.facts(plan),
        today=around.today(plan),
        always=list(read.always.values()),
        reminders=around.reminders(plan),
        holds={name: any(piece) for name, piece in pieces.items()},
    )
    return _joined(frame, pieces)


def _pieces(plan: Plan, read: always.Read) -> dict[str, list[str]]:
    """What is too large, or of too many parts, to go through the template: markup by the names that the template has for it."""
    appendix = howto.appendix(plan)
    to = {title: anchor("h", title) for title in appendix.exercises}
    return {
        "style": [_style()],
        "load_chart": [load_chart(plan)],
        "load_key": [load_key(plan)],
        "load_table": [around.load_table(plan)],
        "pain_chart": [pain_chart(plan)],
        "pain_key": [pain_key()],
        "pain_table": [around.pain_table(plan)],
        "score_table": [around.score_table(plan)],
        "shoe_table": [around.shoe_table(plan)],
        "months": months(plan),
        "weeks": weeks(plan, Page(appendix.told, always.same(frozenset(read.always)))),
        "howto": sets.entries(read.sets, lambda step: linked(step, to)) + howto.entries(appendix),
        "reasons": tables.reasons(plan),
    }


def _joined(frame: str, pieces: dict[str, list[str]]) -> bytes:
    """The page with its pieces in it. What a plan says cannot name one: it is escaped."""
    written: list[bytes] = []
    for place, part in enumerate(_INSERT.split(frame)):
        written += map(str.encode, pieces[part] if place % 2 else (part,))
    return b"".join(written)


@lru_cache(maxsize=1)
def _template() -> Template:
    """The page, compiled once a process; what it says is translated when it is filled."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals["_"] = _said
    return environment.from_string((_HERE / "page.html.j2").read_text(encoding="utf-8"))


def _said(message: str, **values: object) -> Markup:
    """A sentence of the page in the language that is spoken; what fills its places is escaped, unless it is markup."""
    told = escape(_(message))
    return told.format(**values) if values else told


@lru_cache(maxsize=1)
def _style() -> str:
    """The style sheet without comments and what else only we need."""
    written = (_HERE / "style.css").read_text(encoding="utf-8")
    return _SPACE.sub(lambda match: match[1] or "", _COMMENT.sub("", written)).strip()
