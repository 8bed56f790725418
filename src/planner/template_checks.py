"""Cross-field checks of a programme from a file or a plugin, which types and ranges cannot express."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.formatting import written
from planner.text_checks import check_line

if TYPE_CHECKING:
    from planner.programme import Template

MOST_WALKING = 10
"""The most that a level may walk, as a multiple of what it runs; the planner's own ladders stay below two."""
LONGEST_S = 6 * 3600
"""The longest session of a level in seconds, walks included: 1.5 times the longest stretch that a level may have."""
MOST_LINE = 1000
"""The most characters of a programme's title, summary and source."""


def check_template(template: Template) -> None:
    """Raise `InputError`, with the key alone, for a programme that contradicts itself or the laws. Sources: WR-02, PROG-23."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", template.name):
        raise InputError("name", f"found {written(template.name)}", "small letters, digits and dashes")
    for key in ("title", "summary", "source"):
        check_line(getattr(template, key), key, most=MOST_LINE)
    if template.runs_per_week > template.most_runs_per_week:
        expected = f"at most most_runs_per_week ({template.most_runs_per_week})"
        raise InputError("runs_per_week", f"found {template.runs_per_week}", expected)
    if template.kind == "ladder":
        _check_ladder(template)
    for number, level in enumerate(template.levels, 1):
        if level.reps > 1 and not level.walk_s:
            found = f"{level.reps} repetitions without a walk between them"
            raise InputError(f"levels[{number}].walk_s", found, "the seconds of walking between two stretches of running")
        if level.walk_s > MOST_WALKING * level.run_s:
            found, most = f"found {level.walk_s} beside run_s = {level.run_s}", MOST_WALKING * level.run_s
            raise InputError(f"levels[{number}].walk_s", found, f"at most {most}: {MOST_WALKING} times run_s")
        if level.reps * (level.run_s + level.walk_s) > LONGEST_S:
            most = LONGEST_S // (level.run_s + level.walk_s)
            raise InputError(f"levels[{number}].reps", f"found {level.reps}", f"at most {most}: a session of {LONGEST_S // 3600} hours")


def _check_ladder(template: Template) -> None:
    if not template.levels:
        raise InputError("levels", "missing", "at least one [[levels]] with run_s for a programme of kind ladder")
    if template.rpe > 4:
        raise InputError("rpe", f"found {template.rpe}", "at most 4 on a ladder")
    if template.run_gap_days == 1:
        raise InputError("run_gap_days", "found 1", "2 on a ladder: no runs on two days in a row")
