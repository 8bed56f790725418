"""The fixed sample athletes of `conformance`, and the warnings about tags that no session carries."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest
from attrs import field, frozen

from planner import Attachment, Finding, Host, Pillar, Spacing, Unavailable, about, build_plan
from planner.errors import PluginError
from planner.testing import ConformanceWarning, NonconformanceError, SampleRuns, conformance, sample_briefs
from planner.testing.conformance import faults
from planner.testing.doubts import doubts
from planner.testing.promises import Subject, code_of
from tests.tiny_plugins import START, Tiny, ceiling, exercise, module, run_proposal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planner import Brief, Plan
    from planner.week_view import WeekView

FAILS_FOR: dict[str, Callable[[Brief], object]] = {
    "log-with-pain": lambda brief: 1 // (5 - max((row.pain_during or 0 for row in brief.log or ()), default=0)),
    "miles": lambda brief: {"km": 1.609}[brief.athlete.units],
    "german": lambda brief: {"en": "slowly"}[brief.athlete.language],
    "shoes": lambda brief: {0: "none", 1: "one pair"}[len(brief.athlete.shoes)],
    "not-ready": lambda brief: brief.log is None or brief.log[0],
    "from-nothing": lambda brief: 100 // (30 - (brief.athlete.screening.jog_on_spot_s or 0) // 2),
    "commitments": lambda brief: {"sample-ladder": 1, "any": 2}[brief.template.name],
}
"""For each sample a plugin's line that fails for its athlete, and for none that comes before it."""


def said_of(plugin: object, **more: object) -> list[str]:
    with pytest.raises(ExceptionGroup) as refused:
        conformance(plugin, **{"examples": 1, **more})
    assert all(type(error) is NonconformanceError for error in refused.value.exceptions)
    return [str(error) for error in refused.value.exceptions]


def failing(fails: Callable[[Brief], object]) -> object:
    return module("brittle", screening=lambda brief: [] * bool(fails(brief)))


def subject(plugin: object) -> Subject:
    (loaded,) = Host.of(plugin).plugins
    return Subject(plugin=plugin, loaded=loaded, settings={})


@pytest.mark.parametrize(("name", "fails"), FAILS_FOR.items())
def test_a_plugin_that_fails_for_one_sample_only_is_found(name: str, fails: Callable[[Brief], object]) -> None:
    (said,) = said_of(failing(fails))
    assert said.startswith("works for every athlete: planner_screening fails for an athlete who may well exist: raised ")
    assert " of test_samples.py: `" in said
    assert said.endswith(f"(sample athlete {name})")


def test_weeks_without_runs_and_without_sessions_are_among_the_samples() -> None:
    def planner_sessions(week: WeekView) -> Iterable[object]:
        return [exercise(seconds=600 // len(week.runs))]

    def planner_findings(plan: Plan) -> Iterable[object]:
        return [] * min(7 // len(week.sessions) for week in plan.weeks)

    (said,) = said_of(module("brittle", sessions=planner_sessions))
    assert said.endswith(": `return [exercise(seconds=600 // len(week.runs))]` (sample athlete commitments)")
    (said,) = said_of(module("brittle", findings=planner_findings))
    assert said.endswith(": `return [] * min(7 // len(week.sessions) for week in plan.weeks)` (sample athlete away)")


def test_the_samples_are_the_same_every_time_and_each_has_a_plan() -> None:
    again = sample_briefs()
    assert list(again) == ["plain", "log-with-pain", "miles", "german", "shoes", "not-ready", "from-nothing", "away", "commitments"]
    for name, brief in sample_briefs({"tiny": {"times": 2}}).items():
        assert brief.athlete.pillars == {"tiny": {"times": 2}}
        plan = build_plan(again[name], Host.of(SampleRuns()))
        assert len(plan.weeks) == 4
        assert plan == build_plan(sample_briefs()[name], Host.of(SampleRuns()))
    assert {plan_week.decision for plan_week in build_plan(again["log-with-pain"], Host.of(SampleRuns())).weeks} >= {"regress", "hold"}


def test_what_is_not_raised_has_no_line_of_code() -> None:
    wrong = PluginError("tiny", "given", "planner_limits", "returned int")
    assert code_of(wrong) == ""
    wrong.__cause__ = ValueError("never raised")
    assert code_of(wrong) == ""


def test_settings_that_their_own_validator_refuses_are_a_broken_promise() -> None:
    def picky(_: object, __: object, times: int) -> None:
        if times > 1:
            raise ValueError("too many")

    @frozen(kw_only=True)
    class Picky:
        times: int = field(default=1, metadata=about("a week"), validator=picky)

    said = list(faults(module("picky", settings=Picky), {"times": 2}, 1))
    assert any(words.startswith("clear on settings: plugin picky (given): raised ValueError: too many") for words in said)


NOT_YET = Finding(rule="R-1", severity="stop", message="answer first")
TYPOS = Tiny(
    limits=(
        Spacing(after="strenght", before="run", days=1, why="legs"),
        Unavailable(dates=frozenset({START}), tag="Run", why="rest"),
        Spacing(after="squat", before="cross-training", days=1, why="legs"),
    ),
    sessions=(
        exercise("squats", tags=("squat",)),
        exercise("after", tags=("glued",), attach=Attachment(where="after", tag="level-3")),
        exercise("later", attach=Attachment(where="after", tag="glued")),
        exercise("words", steps=(), attach=Attachment(where="before", tag="commitments/club-run")),
    ),
)


def test_a_tag_that_no_session_carries_is_doubted() -> None:
    tail = "names a tag that no session carried in any sample plan; without another plugin whose sessions carry it, it has no effect. "
    said = list(doubts(subject(TYPOS)))
    assert said[0] == f"planner_limits: Spacing(after='strenght') {tail}Did you mean `strength`?"
    assert said[1] == f"planner_limits: Unavailable(tag='Run') {tail}Did you mean `run`?"
    assert said[2].startswith(f"planner_sessions: Attachment(tag='glued') of later {tail}Known here: ")
    assert len(said) == 3


def test_a_doubt_is_a_warning_and_no_fault() -> None:
    apart = Tiny(limits=(Spacing(after="sauna", before="run", days=1, why="water"),))
    with pytest.warns(ConformanceWarning, match="Tiny: planner_limits: Spacing\\(after='sauna'\\) names a tag"):
        conformance(apart, examples=1)


def test_tags_of_its_own_and_of_the_engine_are_not_doubted() -> None:
    own = Tiny(
        runs=(run_proposal(tags=("trail",)),),
        limits=(Spacing(after="trail", before="strength", days=1, why="legs"), ceiling(4000)),
        sessions=(exercise("never", tags=("rare",), times_per_week=0), exercise("after", attach=Attachment(where="after", tag="rare"))),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert list(doubts(subject(own))) == []


def test_a_plugin_that_stops_the_sample_athlete_is_not_measured() -> None:
    stops = module("strict", screening=lambda brief: [] if brief.athlete.screening.answered else [NOT_YET])
    with pytest.warns(ConformanceWarning, match="its speed was not measured"):
        conformance(stops, examples=1)


def test_a_pillar_without_limits_or_sessions_has_no_doubts() -> None:
    assert list(doubts(subject(module("bare", pillar=Pillar(name="bare", summary="for tests"))))) == []
