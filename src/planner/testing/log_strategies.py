"""Hypothesis strategies for logs, from plausible rows to absurd ones."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from planner.entry import Entry
from planner.testing.strategies import START

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

SESSIONS = ("", "", "progression/run#1", "progression/run#2", "progression/run#3", "hip_strength/strength-1#1", "elsewhere/else#1")
SIGNS = ("RED-01", "RED-05", "RED-09b")
DAYS_BEFORE, DAYS_AFTER = 40, 90
"""The first and the last date of rows, in days before and after `START`."""


def _maybe(most: int) -> SearchStrategy[int | None]:
    return st.none() | st.integers(0, most)


@st.composite
def entries(draw: DrawFn, *, signs: bool = False) -> Entry:
    """One row of a log, from 40 days before `START` to 90 after: with or without a run and answers, of any length.

    With `signs` it may name signs that call for a professional, which stop a plan.
    """
    run_m, walked = draw(_maybe(12_000)), draw(_maybe(4000))
    answers = draw(st.tuples(_maybe(6), _maybe(10), _maybe(6), _maybe(6)) | st.just((0, 1, 0, 0)))
    return Entry(
        date=START + timedelta(days=draw(st.integers(-DAYS_BEFORE, DAYS_AFTER))),
        session=draw(st.sampled_from(SESSIONS)),
        run_m=run_m,
        foot_m=None if walked is None else (run_m or 0) + walked,
        seconds=draw(_maybe(7200)),
        pain_before=answers[0],
        pain_during=answers[1],
        pain_after=answers[2],
        pain_next_morning=answers[3],
        side=draw(st.sampled_from(["", "", "left", "right"])),
        limp=draw(st.sampled_from([None, None, None, True])),
        painkiller=draw(st.sampled_from([None, None, False, True])),
        red_flag=draw(st.sampled_from(["", "", "", *SIGNS])) if signs else "",
    )


def logs(most: int = 40, *, signs: bool = False) -> SearchStrategy[tuple[Entry, ...]]:
    """Logs of up to `most` rows (see `entries`), sorted by date."""
    rows = st.lists(entries(signs=signs), max_size=most)
    return rows.map(lambda found: tuple(sorted(found, key=lambda row: row.date)))
