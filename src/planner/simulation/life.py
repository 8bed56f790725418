"""One simulated life: plan, run, log and plan again, from the first plan to the day after the last week."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from attrs import evolve

from planner.athlete import Clearance
from planner.audit import audit
from planner.briefing import make_brief
from planner.engine import build_plan
from planner.errors import StopError
from planner.model import DAY, WEEK
from planner.simulation.days import Days
from planner.simulation.outcome import Fault, Life, fault_of, law_fault

if TYPE_CHECKING:
    from planner.athlete import Athlete
    from planner.entry import Entry
    from planner.host import Host
    from planner.model import Brief, Plan
    from planner.programme import Template
    from planner.simulation.runner import Runner

SEEN_BY = "a physiotherapist"


class Loop:
    """One life in progress: a runner who follows `template` with the plugins of `host`. Mutable.

    `plan` is the latest plan made, `days` what was done. Errors of planning and broken laws are recorded as faults.
    """

    def __init__(self, runner: Runner, host: Host, template: Template) -> None:
        """Start before the first day. Raises `InputError` as `make_brief` does."""
        self.runner, self._host, self._template = runner, host, template
        self._athlete = runner.athlete
        self._end = runner.athlete.start + runner.athlete.weeks * WEEK
        self.days = Days(runner, self._brief(runner.first_plan, ()))
        self.plan: Plan | None = None
        self._followed: Plan | None = None
        self._due = runner.first_plan
        self._plans = self._stops = self._referrals = 0
        self._stopped: date | None = None
        self._signs: tuple[str, ...] = ()
        self._faults: list[Fault] = []

    def run(self) -> None:
        """Live every day up to the end, or to a stop that is never lifted."""
        day = self._due
        while day <= self._end and not (self._stopped is not None and self._unseen):
            self.days.wake(day)
            if self._stopped is None or self._seen(day):
                self._day(day)
            day += DAY

    def _day(self, day: date) -> None:
        """Plan if due, before the day's run or after it. On the last day, plan once more without a run."""
        due, last = day >= self._due, day == self._end
        if last or (due and not self.runner.habits.in_evening):
            self._plan(day)
        if not last:
            self.days.live(day, self._followed)
            if due and self.runner.habits.in_evening:
                self._plan(day)
        if due:
            self._due = max(day, self._athlete.start) + self.runner.habits.plans_every * DAY

    def life(self) -> Life:
        """Summarise what became of the runner."""
        plan, runner = self.plan, self.runner
        weeks = [week for week in plan.weeks if week.start < plan.as_of] if plan else []
        return Life(
            number=runner.number,
            kind=runner.kind,
            template=runner.athlete.template,
            plans=self._plans,
            goal_week=self.days.goal_week(),
            holds=sum(week.decision == "hold" for week in weeks),
            regressions=sum(week.decision == "regress" for week in weeks),
            done=self.days.done,
            missed=self.days.missed,
            over=sum(d.allowed_m is not None and d.run_m > d.allowed_m for d in plan.history) if plan else 0,
            stops=self._stops,
            referrals=self._referrals,
            faults=tuple(self._faults),
        )

    def _plan(self, day: date) -> None:
        """Plan again from the log. After an error the runner keeps the previous plan; after a stop there is none."""
        self._athlete = self._told_of_holidays(day)
        try:
            plan = build_plan(self._brief(day, tuple(self.days.rows)), self._host)
        except StopError as stop:
            self._stopped, self._followed = day, None
            self._signs = tuple(message.partition(":")[0] for message in stop.messages)
            self._stops += stop.pause == "training"
            self._referrals += stop.pause == "runs"
        except Exception as error:  # noqa: BLE001  (a failure in one life must not end the others)
            self._faults.append(fault_of(self.runner.number, day, error))
        else:
            self.plan = self._followed = plan
            self._plans += 1
            breaks = tuple(f"{f.where}: {f.message}" for f in audit(plan) if f.severity == "error")
            if breaks:
                self._faults.append(law_fault(self.runner.number, day, breaks))

    def _brief(self, day: date, log: tuple[Entry, ...]) -> Brief:
        return make_brief(self._athlete, self._template, as_of=day, issued=datetime(day.year, day.month, day.day, tzinfo=UTC), log=log)

    def _told_of_holidays(self, day: date) -> Athlete:
        """Return the athlete with the holidays declared by `day`."""
        away = tuple(h.away for h in self.runner.holidays if h.declared is not None and h.declared <= day)
        return evolve(self._athlete, availability=evolve(self._athlete.availability, away=away))

    @property
    def _unseen(self) -> bool:
        """Whether the stop will not be lifted: the runner sees no professional, or has already had a stop lifted."""
        return self.runner.seen_after is None or self._athlete.clearance is not None

    def _seen(self, day: date) -> bool:
        """Whether a professional lifts the stop on this day, so that planning resumes."""
        if self._unseen or self._stopped is None or (day - self._stopped).days < (self.runner.seen_after or 0):
            return False
        self._athlete = evolve(self._athlete, clearance=Clearance(by=SEEN_BY, date=day, for_=self._signs))
        self._stopped = None
        return True
