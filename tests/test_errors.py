"""Every error of the planner survives pickling and copying unchanged."""

from __future__ import annotations

import copy
import pickle
from importlib import import_module
from pkgutil import walk_packages

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import planner
from planner.errors import AuditError, ContradictionError, InputError, OutputError, PlannerError, PluginError, StopError
from planner.roster.recipe import RowError

TEXT = st.text(max_size=20)
WORDS = st.lists(TEXT, max_size=3)
MADE = {
    PlannerError: st.builds(PlannerError, TEXT),
    OutputError: st.builds(OutputError, TEXT),
    InputError: st.builds(InputError, TEXT, TEXT, TEXT, TEXT),
    RowError: st.builds(RowError, TEXT, TEXT, TEXT, TEXT, field=TEXT),
    ContradictionError: st.builds(ContradictionError, WORDS, TEXT),
    StopError: st.builds(StopError, WORDS, pause=st.sampled_from(["training", "runs"])),
    PluginError: st.builds(PluginError, TEXT, TEXT, TEXT, TEXT, TEXT),
    AuditError: st.builds(AuditError, WORDS),
}
WAYS = (lambda error: pickle.loads(pickle.dumps(error)), copy.copy, copy.deepcopy)  # noqa: S301  (our own)


def subclasses(cls: type) -> set[type]:
    return {cls, *(deeper for one in cls.__subclasses__() for deeper in subclasses(one))}


def test_every_error_that_there_is_is_tried_here() -> None:
    for module in walk_packages(planner.__path__, "planner."):
        if not module.name.startswith(("planner.testing", "planner.plugin_template", "planner.__main__")):
            import_module(module.name)
    assert {cls for cls in subclasses(PlannerError) if cls.__module__.startswith("planner.")} == MADE.keys()


@pytest.mark.parametrize("cls", MADE, ids=lambda cls: cls.__name__)
@settings(max_examples=100)
@given(st.data())
def test_it_comes_back_as_it_went(cls: type[PlannerError], data: st.DataObject) -> None:
    error = data.draw(MADE[cls])
    for note in data.draw(WORDS):
        error.add_note(note)
    for way in WAYS:
        back = way(error)
        assert type(back) is cls
        assert (str(back), back.args, vars(back), back.exit_code) == (str(error), error.args, vars(error), error.exit_code)


def test_sentences_are_joined_with_one_mark_between_them() -> None:
    assert str(InputError("ana.toml", "found 9", "a name", "Is it the file?")) == "ana.toml: found 9; expected a name. Is it the file?"
    assert str(InputError("ana.toml", "it stopped.", "", "Try again.")) == "ana.toml: it stopped. Try again."
    assert str(InputError("ana.toml", "who wrote it?")) == "ana.toml: who wrote it?"
    for problem, read in (("I do not like it.", "I do not like it."), ("Did you mean `a`?", "Did you mean `a`?"), ("no", "no.")):
        assert str(PluginError("p", "file p.py", "", problem)).startswith(f"plugin p (file p.py): {read} Tell its author")


def test_a_copy_takes_notes_of_its_own() -> None:
    error = InputError("ana.toml", "nothing")
    error.add_note("first")
    twin = copy.copy(error)
    twin.add_note("second")
    assert error.__notes__ == ["first"]
    assert twin.__notes__ == ["first", "second"]
