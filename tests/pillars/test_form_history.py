"""What running form reads from past weeks: a missed run's cues do not count as given, and a week it was silent in has asked nothing."""

from __future__ import annotations

import pytest
from attrs import evolve
from helpers import week
from test_running_form import CONTINUOUS_RUNS, asked, keys, lived, text_of


def test_a_missed_run_was_neither_counted_nor_faded():
    def after(proposals, missed, cadence=None, **settings):
        done = lived(proposals, 1)
        sessions = tuple(evolve(s, status="missed") if s.ordinal in missed else s for s in done.sessions)
        view = week(2, earlier=(evolve(done, sessions=sessions),), runs=CONTINUOUS_RUNS, decision="progress")
        return asked(cadence, view, **settings)

    count = asked(None, week(runs=CONTINUOUS_RUNS))
    assert keys([count, after(count, ()), after(count, (1, 2, 3))]) == [["measure"], ["cue-under"], ["measure"]]
    faded = asked(160, week(runs=CONTINUOUS_RUNS, decision="progress"), faded_feedback=True)
    assert [p.key for p in faded] == ["faded"]
    (after_one,) = after(faded, (2, 3), cadence=160, faded_feedback=True)
    (after_none,) = after(faded, (1, 2, 3), cadence=160, faded_feedback=True)
    assert "session 2 of 8" in text_of(after_one)
    assert "session 1 of 8" not in text_of(after_one)
    assert "session 1 of 8" in text_of(after_none)


@pytest.mark.parametrize("silent", [{"decision": "regress"}, {"decision": "off"}, {"sessions": ()}], ids=["a step back", "off", "no run"])
def test_the_question_about_171_to_179_waits_for_the_first_week_that_may_carry_it(silent):
    one = evolve(lived([], 1), **silent)
    assert asked(174, week(1, decision="regress")) == []
    (ask, _cue) = asked(174, week(2, earlier=(one,), decision="progress"))
    assert ask.key == "ask"
    again = asked(174, week(3, earlier=(one, evolve(lived([ask], 2), decision="progress")), decision="progress"))
    assert "ask" not in {proposal.key for proposal in again}
