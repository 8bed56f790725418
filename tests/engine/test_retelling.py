"""Words on a run that came out smaller than pillars were told are those for the size that stands; all other words stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from planner import Attachment, Pillar, Proposal, Step, WeekView, hookimpl
from planner.athlete import Override
from planner.steps import each_step
from tests.engine.drawn import NINE, day, drawn, runs

if TYPE_CHECKING:
    from planner import Session

SHORTER = Override(date=day(2), session="progression/run#2", by="Kim", shorten=25)


@frozen(kw_only=True, eq=False)
class Sizes:
    """A pillar that writes each run's size on it, and on all of them how many long runs there are; it notes how often it is asked."""

    asked: list[int] = field(factory=list)

    @hookimpl
    def planner_pillar(self) -> Pillar:
        return Pillar(name="sizes", summary="for tests")

    @hookimpl
    def planner_sessions(self, week: WeekView) -> list[Proposal]:
        self.asked.append(week.number)
        long = sum(run.run_s > 600 for run in week.runs)
        each = [_said(f"size-{run.ordinal}", f"size {run.run_s}", (run.ordinal,)) for run in week.runs]
        return [*each, _said("all", f"{long} long runs", None)]


def _said(key: str, text: str, ordinals: tuple[int, ...] | None) -> Proposal:
    to = Attachment(where="before", tag="run", ordinals=ordinals)
    return Proposal(key=key, title=key, steps=(Step(kind="note", text=text),), attach=to)


def texts(run: Session) -> list[str]:
    return [step.text for step in each_step(run.steps) if step.kind == "note"]


def test_words_for_one_run_are_those_of_the_size_that_it_has() -> None:
    free, cut = (drawn(Sizes(), running=NINE, weeks=1, override=override) for override in ((), (SHORTER,)))
    for plan in (free, cut):
        assert all(f"size {run.run_s}" in texts(run) for run in runs(plan))
        assert all("3 long runs" in texts(run) for run in runs(plan)), "words on all runs are not asked for again"
    (was,), (now,) = ([run for run in runs(plan) if run.ordinal == 2] for plan in (free, cut))
    assert 0 < now.run_s < was.run_s
    others = [[texts(run) for run in runs(plan) if run.ordinal != 2] for plan in (free, cut)]
    assert others[0] == others[1]


def test_half_of_todays_running_is_half_of_what_today_holds() -> None:
    plan = drawn(running=NINE, weeks=1, override=(SHORTER,))
    (run,) = (run for run in runs(plan) if run.ordinal == 2)
    (amber,) = (text for text in texts(run) if text.startswith("AMBER"))
    assert f"half of today's running, {run.run_s // 2 // 60} min in all" in amber
    assert run.run_s < drawn(running=NINE, weeks=1).weeks[0].run_s // 3


def test_pillars_are_asked_again_only_where_a_run_became_smaller() -> None:
    free, cut = Sizes(), Sizes()
    drawn(free, running=NINE, weeks=2)
    drawn(cut, running=NINE, weeks=2, override=(SHORTER,))
    assert cut.asked.count(1) == free.asked.count(1) + 1
    assert cut.asked.count(2) == free.asked.count(2)
