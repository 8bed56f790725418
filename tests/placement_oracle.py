"""Placement as a CP-SAT model for comparison: the same limits and cost table, implemented independently."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product

from ortools.sat.python import cp_model

from planner.placement import Job, WeekShape
from tests.placement_weeks import POINTS, TRAINING, lengths, own_points, pair_points, place_in_day, too_close

DAYS = range(7)
MINUTES = 24 * 60


def optimum(shape: WeekShape, jobs: Iterable[Job], first_run_by: int | None = None) -> int | None:
    """The least cost of placing all of `jobs`, None where they cannot all be placed."""
    model = _Model(shape, list(jobs))
    if first_run_by is not None:
        model.cp.add_bool_or(model.on[j, d] for j in model.runs for d in DAYS if d <= first_run_by)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    status = solver.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL
    return round(solver.objective_value)


class _Model:
    def __init__(self, shape: WeekShape, jobs: list[Job]) -> None:
        self.cp, self.shape, self.jobs = cp_model.CpModel(), shape, jobs
        self.numbers = range(len(jobs))
        self.runs = [j for j in self.numbers if "run" in jobs[j].tags]
        self.on = {(j, d): self.cp.new_bool_var(f"on {j} {d}") for j in self.numbers for d in DAYS}
        self.cost: list[cp_model.LinearExprT] = []
        self._days()
        self._pairs()
        self._light()
        self._hours()
        self.cp.minimize(sum(self.cost))

    def _days(self) -> None:
        shape = self.shape
        for j, item in enumerate(self.jobs):
            self.cp.add_exactly_one(self.on[j, d] for d in DAYS)
            for d in DAYS:
                past = any(
                    rule.after in tags and rule.before in item.tags and d - offset < rule.days
                    for offset, tags in shape.earlier
                    for rule in shape.rules
                )
                if past or not item.days >> d & 1 or shape.days[d] == ():
                    self.cp.add(self.on[j, d] == 0)
                self.cost.append(own_points(item, d) * self.on[j, d])
        loaded = [self.cp.new_bool_var(f"loaded {d}") for d in DAYS]
        for d in DAYS:
            self.cp.add(sum(self.on[j, d] for j in self.numbers) <= 3)
            for j, item in enumerate(self.jobs):
                if item.tags & TRAINING:
                    self.cp.add_implication(self.on[j, d], loaded[d])
        self.cp.add(sum(loaded) <= 7 - shape.rest_days)

    def _pairs(self) -> None:
        for (j, one), (k, other) in combinations(enumerate(self.jobs), 2):
            for d, e in product(DAYS, DAYS):
                points = pair_points(one, d, other, e)
                if too_close(self.shape.rules, one, d, other, e):
                    self.cp.add_bool_or(~self.on[j, d], ~self.on[k, e])
                elif points:
                    both = self.cp.new_bool_var("")
                    self.cp.add_bool_or(~self.on[j, d], ~self.on[k, e], both)
                    self.cost.append(points * both)

    def _light(self) -> None:
        trained = [j for j, item in enumerate(self.jobs) if item.tags & TRAINING]
        for j, d in product(set(self.numbers) - set(trained), DAYS):
            resting = self.cp.new_bool_var("")
            self.cp.add_bool_or(~self.on[j, d], resting, *(self.on[k, d] for k in trained))
            self.cost.append(POINTS["light session on a rest day"] * resting)

    def _hours(self) -> None:
        """Clock times as intervals on one line of seven days; a free day only counts minutes."""
        steps, minutes, starts = [], [], []
        for j, item in enumerate(self.jobs):
            options = lengths(item)
            steps.append(self.cp.new_int_var(0, len(options) - 1, f"steps {j}"))
            minutes.append(self.cp.new_int_var(item.least, item.minutes, f"minutes {j}"))
            starts.append(self.cp.new_int_var(0, 7 * MINUTES, f"start {j}"))
            self.cp.add_allowed_assignments([steps[j], minutes[j]], list(enumerate(options)))
            self.cost.append(POINTS["five minutes shorter"] * steps[j])
        for d in DAYS:
            hours = self.shape.days[d]
            if hours is None:
                self._free(d, minutes)
            elif hours:
                self._timed(d, minutes, starts)

    def _free(self, d: int, minutes: list[cp_model.IntVar]) -> None:
        alone = self.cp.new_bool_var("")
        self.cp.add(sum(self.on[j, d] for j in self.numbers) <= 1).only_enforce_if(alone)
        taken = []
        for j, item in enumerate(self.jobs):
            taken.append(self.cp.new_int_var(0, item.minutes, ""))
            self.cp.add(taken[j] >= minutes[j]).only_enforce_if(self.on[j, d])
        self.cp.add(sum(taken) <= 150).only_enforce_if(~alone)

    def _timed(self, d: int, minutes: list[cp_model.IntVar], starts: list[cp_model.IntVar]) -> None:
        line = []
        for j, item in enumerate(self.jobs):
            end = self.cp.new_int_var(0, 9 * MINUTES, "")
            line.append(self.cp.new_optional_interval_var(starts[j], minutes[j], end, self.on[j, d], ""))
            inside = []
            for window in self.shape.days[d] or ():
                if not window.kept_for or item.tags & set(window.kept_for):
                    within = self.cp.new_bool_var("")
                    self.cp.add(starts[j] >= d * MINUTES + window.start).only_enforce_if(within)
                    self.cp.add(starts[j] + minutes[j] <= d * MINUTES + window.end).only_enforce_if(within)
                    inside.append(within)
            self.cp.add_bool_or(~self.on[j, d], *inside)
        self.cp.add_no_overlap(line)
        for j, k in product(self.numbers, self.numbers):
            if place_in_day(self.jobs[j]) < place_in_day(self.jobs[k]):
                self.cp.add(starts[j] + minutes[j] <= starts[k]).only_enforce_if(self.on[j, d], self.on[k, d])
