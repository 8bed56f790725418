"""Tables and lists of many small pieces, put together as strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import _, kept
from planner.render.html.markup import anchor, text
from planner.render.words import pillar_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model import Plan, Why


def table(caption: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], present: str = "") -> str:
    """A table that may be pushed sideways where it is wider than its place. The first cell of a row is its head; `present` marks one."""
    top = "".join([f"<th scope=col>{text(head)}" for head in heads])
    body = "".join([_row(row, now=row[0] == present) for row in rows])
    name = text(caption)
    inside = f"<table><caption>{name}</caption><thead><tr>{top}<tbody>{body}</table>"
    return f'<div class=scroll tabindex=0 role=region aria-label="{name}">{inside}</div>'


def _row(row: tuple[str, ...], *, now: bool) -> str:
    cells = "<td>".join(map(text, row[1:]))
    return f"<tr{' class=now' if now else ''}><th scope=row>{text(row[0])}<td>{cells}"


def reasons(plan: Plan) -> list[str]:
    """The reasons of all pillars, in the order of their names, the sources likewise."""
    found: dict[str, dict[Why, None]] = {}
    for session in plan.sessions:
        found.setdefault(session.pillar, {}).update(dict.fromkeys(session.why))
    return [_of_pillar(pillar, tuple(found[pillar])) for pillar in sorted(found) if found[pillar]]


@kept(256)
def _of_pillar(pillar: str, reasons: tuple[Why, ...]) -> str:
    told: dict[str, dict[str, None]] = {}
    for why in reasons:
        told.setdefault(why.source, {})[why.text] = None
    parts = [f"<dt>{text(source or _('Expert practice'))}<dd>{'<dd>'.join(map(text, told[source]))}" for source in sorted(told)]
    return f"<section id={anchor('w', pillar)}><h3>{text(pillar_words(pillar))}</h3><dl class=reasons>{''.join(parts)}</dl></section>"
