"""Records that would silently have no effect, or a drastic one without a reason, are refused with the plugin's name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from planner import Attachment, Spacing, Unavailable
from planner.errors import PluginError
from planner.limits import SUBJECTS
from tests.hostile.held import forged
from tests.tiny_plugins import START, asked, ceiling, exercise, module, run_proposal

if TYPE_CHECKING:
    from collections.abc import Callable

JANUARY, FEBRUARY = date(2027, 1, 4), date(2027, 2, 1)


def refused(hook: str, answer: Callable[[], object]) -> PluginError:
    """The error for a plugin that answers `hook` with the one record that `answer` makes."""
    with pytest.raises(PluginError) as error:
        asked(module("tiny", **{hook: lambda: [answer()]}), f"planner_{hook}")
    assert (error.value.plugin, error.value.hook) == ("tiny", f"planner_{hook}")
    return error.value


LIMITS: list[tuple[Callable[[], object], Callable[[], object], str]] = [
    (
        lambda: Spacing(after="any", before="run", days=1, why="x"),
        lambda: forged(Spacing(after="run", before="run", days=1, why="x"), after="any"),
        "after: found 'any'; expected a tag that sessions carry ('any' is for Unavailable, not Spacing)",
    ),
    (
        lambda: Spacing(after="run", before="any", days=1, why="x"),
        lambda: forged(Spacing(after="run", before="run", days=1, why="x"), before="any"),
        "before: found 'any'; expected a tag that sessions carry ('any' is for Unavailable, not Spacing)",
    ),
    (
        lambda: ceiling(4000, since=FEBRUARY, until=JANUARY),
        lambda: forged(ceiling(4000, since=FEBRUARY), until=JANUARY),
        "until: found 2027-01-04 in a Ceiling since 2027-02-01; expected that date, a later one or None",
    ),
    (
        lambda: ceiling(0, why=" "),
        lambda: forged(ceiling(0), why=""),
        "why: found no reason for a Ceiling of 0 on week-run-m; expected a sentence that tells the athlete why",
    ),
    (
        lambda: ceiling(45, "rpe"),
        lambda: forged(ceiling(4, "rpe"), at_most=45),
        "at_most: found 45 in a Ceiling of rpe; expected a whole number from 0 to 10",
    ),
    (
        lambda: ceiling(0, "weeks"),
        lambda: forged(ceiling(4, "weeks"), at_most=0),
        "at_most: found 0 in a Ceiling of weeks; expected at least 1, as a plan has a week",
    ),
]


@pytest.mark.parametrize(("made", "_forged", "words"), LIMITS)
def test_a_limit_without_effect_is_refused_at_the_plugin_s_own_line(made: Callable[[], object], _forged: object, words: str) -> None:
    problem = refused("limits", made).problem
    assert problem.startswith(f"raised ValueError: {words}, at line ")
    assert problem.endswith((" of test_records_without_effect.py", " of tiny_plugins.py"))


@pytest.mark.parametrize(("_made", "made_past_the_class", "words"), LIMITS)
def test_the_host_looks_again(_made: object, made_past_the_class: Callable[[], object], words: str) -> None:
    record = type(made_past_the_class()).__name__
    assert refused("limits", made_past_the_class).problem == f"returned a {record} with {words}"


def test_an_attachment_to_any_session_is_refused() -> None:
    words = "tag: found 'any'; expected a tag that sessions carry ('any' is for Unavailable, not Attachment)"
    error = refused("sessions", lambda: exercise(attach=Attachment(where="after", tag="any")))
    assert error.problem.startswith(f"raised ValueError: {words}, at line ")


@pytest.mark.parametrize(("hook", "make"), [("sessions", exercise), ("runs", run_proposal)])
def test_the_word_for_all_sessions_is_no_tag(hook: str, make: Callable[..., object]) -> None:
    error = refused(hook, lambda: make("one", tags=("heavy", "any")))
    assert error.problem == "one carries the tag 'any', which stands for all sessions (see Unavailable); expected another word"


def test_a_note_is_not_attached() -> None:
    error = refused("sessions", lambda: exercise("n", steps=(), note=True, on=START, attach=Attachment(where="after", tag="run")))
    assert error.problem.startswith("n is a note and yet attaches to sessions; expected either a note")


def test_limits_with_an_effect_are_taken() -> None:
    one_day = [ceiling(1, of, since=JANUARY, until=JANUARY, why="") for of in SUBJECTS if not of.startswith("opening")]
    none = [ceiling(0, of) for of in SUBJECTS if of != "weeks"]
    elsewhere = Spacing(after="sauna", before="strength", days=0, why="")
    closed = Unavailable(dates=frozenset({JANUARY}), tag="any", why="")
    limits = asked(module("tiny", limits=lambda: [*one_day, *none, ceiling(10, "rpe"), elsewhere, closed]), "planner_limits")
    assert len(limits) == len(one_day) + len(none) + 3
