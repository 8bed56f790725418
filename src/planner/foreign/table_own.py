"""Recognises our own tables (`planner make -f csv`), whose columns say what a row is without parsing its words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from planner.foreign.wording import not_a_run
from planner.language import languages, use_language
from planner.render.csv import COLUMNS
from planner.render.words import pillar_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.foreign.sports import Load

_LOADS: Mapping[str, Load] = {"hip_strength": "strength", "cross_training": "cross-training"}


def is_ours(names: Sequence[str]) -> bool:
    """Whether a table has all our columns, in any order and possibly with others, as a spreadsheet may leave them."""
    return set(COLUMNS) <= {name.strip() for name in names}


def is_private(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether one of our tables was made with `--private`: a single pillar throughout, and no `bound_by`."""
    called = [name.strip() for name in names]
    pillar, bound = called.index("pillar"), called.index("bound_by")
    return len({row[pillar] for row in rows}) == 1 and not any(row[bound].strip() for row in rows)


def no_run(pillar: str) -> tuple[str, Load]:
    """Why one of our rows without running is not a run, and its load, from the pillar's name in any language."""
    said = not_a_run(pillar)
    return f"no run: {pillar.lower()}", _loads().get(pillar) or (said[1] if said else "")


@lru_cache(maxsize=1)
def _loads() -> Mapping[str, Load]:
    found: dict[str, Load] = {}
    for language in languages():
        with use_language(language):
            found |= {pillar_words(pillar): load for pillar, load in _LOADS.items()}
    return found
