"""The days of a simulated runner: which runs are done, how far, how the knee feels, and what is logged."""

from __future__ import annotations

from collections import defaultdict
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from planner.engine.goal_check import holds
from planner.entry import Entry
from planner.quantities import metres_run
from planner.simulation.knee import Felt, KneeModel

if TYPE_CHECKING:
    from datetime import date

    from planner.model import Brief, Plan, Session
    from planner.simulation.runner import Runner

SORE = 2
"""Pain before a run above which a runner who follows the rules skips it (PAIN-05)."""
HIGH = 5
"""Pain while running above which such a runner stops half-way (PAIN-02)."""
SIGNS = ("RED-09-night", "RED-05", "RED-09b", "RED-09-worse", "MED-01")
"""Signs of the safety questions that a runner may log with a run."""


class Chances(NamedTuple):
    """Random numbers of one day, drawn whatever is planned. An event happens if its number is below its share in the runner's data."""

    skips: int
    moves: int
    extra: int
    flares: int
    signs: int
    sign: str
    does_percent: int


class Attempt(NamedTuple):
    """The latest run: index of its log row, the planned session if any, whether it held the goal, and how it felt."""

    place: int
    session: Session | None
    held: bool
    felt: Felt


class Days:
    """The days of one runner. Mutable; `rows` is the log so far."""

    def __init__(self, runner: Runner, brief: Brief) -> None:
        """Start before the first day, with the running history of `brief`."""
        self.rows: list[Entry] = []
        self.done = self.missed = 0
        self._runner, self._habits, self._goal = runner, runner.habits, brief.goal
        self._pace = brief.reading.paces.run
        self._dice = Random(f"days {runner.seed} {runner.number}")  # noqa: S311  (not used for security)
        self._knee = KneeModel(runner.tolerance, {done.date.toordinal(): done.run_m for done in brief.history})
        self._late: Session | None = None
        self._last: Attempt | None = None
        self._usual_m = max((done.run_m for done in brief.history), default=1000)
        self._held: dict[int, list[bool]] = defaultdict(list)
        self._metres: dict[int, int] = defaultdict(int)

    def wake(self, day: date) -> None:
        """Let the knee recover overnight and add the last answers to yesterday's log row."""
        self._knee.night(day.toordinal())
        last, self._last = self._last, None
        if last is None:
            return
        morning, felt = self._knee.pain, last.felt
        answers = self._habits.answers
        if answers != "none":
            shown = morning if answers == "all" else None
            self.rows[last.place] = evolve(self.rows[last.place], pain_after=felt.after, pain_next_morning=shown)
        if last.session is not None:
            clean = max(felt.before, felt.during) <= SORE and max(felt.after, morning) <= felt.before
            self._held[last.session.week].append(last.held and clean)

    def live(self, day: date, plan: Plan | None) -> None:
        """Live one day: do the planned run, one postponed from yesterday, an extra run, or none. Without a plan, do nothing."""
        chances = self._chances()
        due, self._late = self._due(day, plan), None
        if plan is None or any(h.away.first <= day <= h.away.last for h in self._runner.holidays):
            self._miss(due)
        elif due is None:
            if chances.extra < self._habits.extra:
                self._run(day, None, chances)
        elif chances.skips < self._habits.skips:
            self._miss(due)
        elif due.date == day and chances.moves < self._habits.moves:
            self._late = due
        elif self._habits.heeds and self._knee.pain > SORE:
            self.rows.append(Entry(date=day, session=self._named(due, day), run_m=0, pain_before=self._knee.pain))
            self._miss(due)
        else:
            self._run(day, due, chances)

    def goal_week(self) -> int | None:
        """Return the first week whose planned runs were all done, were clean and held the goal."""
        week_m = self._goal.week_m
        for number in sorted(self._held):
            enough = week_m is None or self._metres[number] >= week_m - week_m // 100
            if enough and all(self._held[number]):
                return number
        return None

    def _due(self, day: date, plan: Plan | None) -> Session | None:
        """Return the day's planned run, or else the one postponed from yesterday. If there is both, the postponed one is missed."""
        planned = None if plan is None else next((s for s in plan.sessions if s.run_s and s.date == day), None)
        if planned is not None and self._late is not None:
            self._miss(self._late)
        return planned or self._late

    def _miss(self, run: Session | None) -> None:
        if run is not None:
            self.missed += 1
            self._held[run.week].append(False)

    def _run(self, day: date, planned: Session | None, chances: Chances) -> None:
        """Run, update the knee, and log the run."""
        metres = (planned.run_m if planned else self._usual_m) * chances.does_percent // 100
        felt = self._knee.run(day.toordinal(), metres, flares=chances.flares < self._runner.tolerance.flares_percent)
        if self._habits.heeds and felt.during > HIGH:
            metres //= 2
        self._usual_m = planned.run_m if planned else self._usual_m
        self.done += planned is not None
        self._metres[(day - self._runner.athlete.start).days // 7 + 1] += metres
        self._last = Attempt(len(self.rows), planned, self._holds(planned, metres), felt)
        row = self._dose(self._row(day, planned, felt), planned, metres)
        if chances.signs < self._runner.tolerance.signs_percent:
            row = evolve(row, red_flag=chances.sign)
        self.rows.append(row)

    def _holds(self, planned: Session | None, metres: int) -> bool:
        minutes = self._goal.minutes
        if planned is None or minutes is None:
            return self._goal.week_m is not None
        return holds(planned, minutes) and metres >= metres_run(60 * minutes, self._pace)

    def _row(self, day: date, planned: Session | None, felt: Felt) -> Entry:
        row = Entry(date=day, session=self._named(planned, day))
        if self._habits.answers == "none":
            return row
        limp, swelling = felt.limp or None, felt.swelling or None
        return evolve(row, pain_before=felt.before, pain_during=felt.during, limp=limp, swelling=swelling)

    def _dose(self, row: Entry, planned: Session | None, metres: int) -> Entry:
        """Return the row with the amount of running, in the form that the runner logs."""
        telling = self._habits.telling
        if telling == "minutes" and planned is not None:
            return evolve(row, seconds=planned.duration_s * metres // max(planned.run_m, 1))
        walked = planned.foot_m - planned.run_m if planned else 0
        return evolve(row, run_m=metres, foot_m=metres + walked if telling == "metres" else None)

    def _named(self, planned: Session | None, day: date) -> str:
        """Return the id of the planned session if the runner logs names; "" for a session of another week."""
        if planned is None or not self._habits.names or (day - self._runner.athlete.start).days // 7 + 1 != planned.week:
            return ""
        return planned.id

    def _chances(self) -> Chances:
        dice, habits = self._dice, self._habits
        return Chances(
            skips=dice.randrange(100),
            moves=dice.randrange(100),
            extra=dice.randrange(100),
            flares=dice.randrange(100),
            signs=dice.randrange(100),
            sign=SIGNS[dice.randrange(len(SIGNS))],
            does_percent=dice.randrange(habits.least_percent, habits.most_percent + 1),
        )
