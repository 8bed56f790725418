"""The host: what plugins may propose, the settings they receive, and that the order of plugins has no effect."""

from __future__ import annotations

from itertools import permutations

import pytest

from planner import Attachment, Finding, Group, Host, InputError, Proposal, RunProposal, Spacing, Step
from planner.errors import PluginError
from tests.tiny_plugins import (
    START,
    TEMPLATES,
    Own,
    Tiny,
    asked,
    brief_of,
    ceiling,
    exercise,
    module,
    run_proposal,
    week_of,
    with_pillars,
)


def fault(plugin: object, hook: str) -> PluginError:
    """The error that a plugin is refused with when it is asked `hook`."""
    with pytest.raises(PluginError) as refused:
        asked(plugin, hook)
    return refused.value


# Proposals


@pytest.mark.parametrize(("hook", "make"), [("planner_runs", run_proposal), ("planner_sessions", exercise)])
def test_a_key_twice_in_one_pillar_is_refused_and_in_two_it_is_not(hook: str, make: object) -> None:
    kind = hook.removeprefix("planner_")
    error = fault(Tiny(**{kind: (make("two"), make("one"), make("one"))}), hook)
    assert error.problem == "gave the key one twice in week 1"
    talk = Host.of(Tiny(name="b", **{kind: (make("y"), make("x"))}), Tiny(name="a", **{kind: (make("y"),)})).conversation(brief_of())
    assert [(name, p.key) for name, p in getattr(talk, kind)(week_of())] == [("a", "y"), ("b", "x"), ("b", "y")]


RUN, WALK = Step(kind="run", seconds=60), Step(kind="walk", seconds=60)
HIDDEN = (Step(kind="exercise", seconds=60), Group(repeat=2, steps=(Group(repeat=1, steps=(RUN,)),)))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"steps": (RUN,)}, "has a running step"),
        ({"steps": HIDDEN}, "has a running step"),
        ({"steps": HIDDEN, "attach": Attachment(where="before", tag="run")}, "has a running step"),
        ({"tags": ("run",)}, "carries a tag that only the engine gives"),
        ({"tags": ("strength", "long-run")}, "carries a tag that only the engine gives"),
        ({"tags": ("new-level",)}, "carries a tag that only the engine gives"),
        ({"steps": (Group(repeat=1, steps=(WALK,)),), "attach": Attachment(where="after", tag="run")}, "attaches walking"),
        ({"note": True, "tags": ("strength",), "steps": ()}, "is a note and yet a load"),
        ({"note": True, "tags": ("cross-training",), "steps": ()}, "is a note and yet a load"),
        ({"note": True}, "is a note and yet a load or takes time"),
        ({"note": True, "steps": ()}, "is a note without a day"),
        ({"on": START}, "names a day in `on` and is no note"),
    ],
)
def test_what_only_the_engine_may_do_is_refused(more: dict[str, object], words: str) -> None:
    error = fault(Tiny(sessions=(exercise("fine"), exercise("sly", **more))), "planner_sessions")
    assert (error.plugin, error.hook) == ("tiny", "planner_sessions")
    assert error.problem.startswith(f"sly {words}")


@pytest.mark.parametrize(
    "more",
    [
        {"steps": (WALK,)},
        {"steps": (Step(kind="warm-up", seconds=60),), "attach": Attachment(where="before", tag="run")},
        {"note": True, "tags": ("rest",), "steps": (Step(kind="note", text="sleep"),), "on": START},
        {"tags": ("strength", "hills")},
    ],
)
def test_what_is_allowed_is_let_through(more: dict[str, object]) -> None:
    assert [name for name, _ in asked(Tiny(sessions=(exercise(**more),)), "planner_sessions")] == ["tiny"]


def test_a_conversation_about_runs_only_asks_nothing_else() -> None:
    def never() -> None:
        raise AssertionError

    runner = module("runner", runs=lambda: [run_proposal()], sessions=never)
    talk = Host.of(runner, module("other", sessions=never)).conversation(brief_of()).running_only()
    assert (talk.sessions(week_of()), [name for name, _ in talk.runs(week_of())]) == ([], ["runner"])


# Settings


def test_each_plugin_sees_its_own_settings_and_nobody_else_s() -> None:
    seen: dict[str, object] = {}

    def watch(name: str):
        def planner_limits(brief, settings):
            seen[name] = (settings, brief.athlete.pillars)

        return module(name, settings=Own, limits=planner_limits)

    brief = with_pillars(brief_of(), one={"times": 3}, two={"times": 2})
    Host.of(watch("one"), watch("two"), watch("three")).conversation(brief).limits()
    assert seen == {"one": (Own(times=3), {"one": {"times": 3}}), "two": (Own(times=2), {"two": {"times": 2}}), "three": (Own(), {})}


def test_a_pillar_without_settings_is_asked_with_none() -> None:
    seen: list[object] = []

    def note(settings: object) -> None:
        seen.append(settings)

    asked(module("plain", limits=note), "planner_limits")
    assert seen == [None]


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ({"tinny": {}}, "pillars.tinny: no such pillar is installed; expected one of them. Did you mean `tiny`?"),
        ({"tiny": {"times": 4}}, "pillars.tiny.times: found 4; expected from 1 to 3."),
        ({"tiny": {"tmies": 1}}, "pillars.tiny.tmies: unknown key; expected a known one. Did you mean `times`?"),
        ({"tiny": 3}, "pillars.tiny: found 3; expected a table."),
        ({"bare": {"times": 1}}, "pillars.bare: found settings; expected none: this pillar has no settings."),
    ],
)
def test_wrong_settings_are_the_athlete_s_to_mend_before_any_hook_is_asked(tables: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        Host.of(module("tiny", settings=Own), module("bare")).conversation(with_pillars(brief_of(), **tables))
    assert str(refused.value) == sentence


def test_an_empty_table_for_a_pillar_without_settings_is_fine() -> None:
    assert Host.of(module("bare")).conversation(with_pillars(brief_of(), bare={})).limits() == []


# Templates


def test_templates_are_found_by_name() -> None:
    host = Host.of(Tiny(name="b", templates=(TEMPLATES["walk-run"],)), Tiny(name="a", templates=(TEMPLATES["delaware"],)))
    assert [t.name for t in host.templates()] == ["delaware", "walk-run"]
    assert host.template("walk-run") == TEMPLATES["walk-run"]
    with pytest.raises(InputError) as refused:
        host.template("walkrun")
    assert str(refused.value) == 'template: found "walkrun"; expected an installed programme or a path. Did you mean `walk-run`?'


def test_a_template_of_two_plugins_names_both() -> None:
    one, two = (Tiny(name=n, templates=(TEMPLATES["walk-run"],)) for n in "ab")
    with pytest.raises(PluginError) as refused:
        Host.of(two, one).templates()
    assert (refused.value.plugin, refused.value.problem) == ("b", "template walk-run is taken by given")


def test_the_order_of_plugins_means_nothing() -> None:
    plugins = (
        Tiny(name="a", limits=(ceiling(4), Spacing(after="x", before="run", days=1, why="")), sessions=(exercise("s"),)),
        Tiny(name="b", limits=(ceiling(4),), runs=(run_proposal("r"),), sessions=(exercise("s"), exercise("r"))),
        Tiny(name="c", sessions=(exercise("s"),), screening=(Finding(rule="r", severity="info", message="m"),)),
    )
    answers = []
    for order in permutations(plugins):
        talk = Host.of(*order).conversation(brief_of())
        answers.append((talk.screening(), talk.limits(), talk.runs(week_of()), talk.sessions(week_of())))
    assert all(answer == answers[0] for answer in answers)
    assert {type(p) for _, p in answers[0][2]} == {RunProposal}
    assert {type(p) for _, p in answers[0][3]} == {Proposal}
