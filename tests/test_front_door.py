"""The public API: complete, typed, and imported only on first access."""

import subprocess
import sys

import pytest

import planner


def test_every_public_name_has_a_home_and_is_fetched():
    assert set(planner.__all__) == {"__version__", *planner._HOME}
    for name in planner.__all__:
        assert getattr(planner, name) is not None
    assert dir(planner) == sorted(planner.__all__)


def test_an_unknown_name_is_no_attribute():
    with pytest.raises(AttributeError, match="no attribute 'cure'"):
        _ = planner.cure


def test_importing_the_front_door_loads_no_room():
    code = "import sys, planner; print([m for m in sys.modules if m.startswith('planner.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_help_imports_click_and_little_else():
    code = (
        "import sys; sys.argv=['planner', '--help']\n"
        "from planner.cli.app import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in {'attr', 'attrs', 'pluggy', 'icalendar', 'rich', 'tomllib'}))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()[-1] == "[]"
