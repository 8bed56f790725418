"""Programmes from plugins follow the same rules as those from files."""

from __future__ import annotations

import pytest
from attrs import evolve

from planner.errors import PluginError
from planner.host import Host
from planner.programme import Level, Template
from tests.tiny_plugins import Tiny

LADDER = Template(name="own", title="Own", kind="ladder", summary="", source="", levels=(Level(run_s=60, walk_s=60, reps=5),))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"runs_per_week": 5, "most_runs_per_week": 5, "run_gap_days": 1}, "run_gap_days: found 1; expected 2 on a ladder"),
        ({"levels": ()}, "levels: missing; expected at least one"),
        ({"rpe": 5}, "rpe: found 5; expected at most 4 on a ladder"),
        ({"levels": (Level(run_s=60, reps=5),)}, r"levels\[1\].walk_s: 5 repetitions without a walk"),
        ({"runs_per_week": 5}, r"runs_per_week: found 5; expected at most most_runs_per_week \(3\)"),
        ({"name": "A b"}, 'name: found "A b"; expected small letters'),
        ({"title": "a\nb"}, r"title: found .* expected one line"),
    ],
)
def test_a_plugins_programme_that_a_file_could_not_hold_is_refused_by_name(changes: dict[str, object], words: str) -> None:
    host = Host.of(Tiny(name="brought", templates=(evolve(LADDER, **changes),)))
    with pytest.raises(PluginError, match=rf"plugin brought .given. in planner_templates: returned a Template with {words}") as caught:
        host.templates()
    assert caught.value.exit_code == 5


def test_a_sound_one_is_taken() -> None:
    assert Host.of(Tiny(name="brought", templates=(LADDER,))).templates() == (LADDER,)
