"""Mutable state of a plan while it is drawn week by week; private to the engine, and copied to try out a week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.engine.adjacent_runs import closed_beside
from planner.engine.commitment_placement import closed_by
from planner.engine.commitment_runs import Commitments, asked_of, beyond, own
from planner.engine.goal_check import reaches
from planner.engine.past_log import Heard, past_of
from planner.engine.timetable import Timetable
from planner.ledger import Ledger
from planner.placement.shape import RACE, RUN
from planner.quantities import metres_run, seconds_within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.athlete import Override
    from planner.engine.past_log import PastLog, Restart
    from planner.entry import Entry
    from planner.findings import Finding
    from planner.host.conversation import Conversation
    from planner.limits import Limits
    from planner.model import Brief, Done, Reading, Session, Week, Why
    from planner.response import Standing

HOUR_S = 3600
CLEAN_RUN_S = 1800
CLEAN_RUNS = 3
CUT_SOURCE = "SCHED-10"
FEATURES = frozenset({"hills", "strides", "sprints"})
"""Tags of runs that wait for three clean runs of 30 minutes and are then introduced one a week (law 7)."""


class State:
    """The draft of one plan. `cuts` lists (week, what, why, source) for all that is left out; `held` are future weeks drawn as holds."""

    def __init__(self, brief: Brief, reading: Reading, limits: Limits, talk: Conversation, runs_per_week: int) -> None:
        """Start before week 1, with the history in the ledger."""
        self.brief, self.reading, self.limits, self.talk = brief, reading, limits, talk
        self.bounded = frozenset(ceiling.of for ceiling in limits.ceilings)
        self.runs_per_week = runs_per_week
        self.ledger = Ledger(brief.history, reading.paces.run, brief.start.toordinal())
        self.timetable = Timetable(brief, reading, limits)
        self.past_log = past_of(brief, reading, talk.running)
        self.commitments = Commitments(brief.athlete, reading.paces.run)
        self.asked = asked_of(brief.athlete)
        self.heeded: frozenset[Override] = frozenset()
        self.refused: tuple[Finding, ...] = ()
        self.done: list[Done] = []
        self.answers: dict[int, Why] = {}
        self.held: frozenset[int] = frozenset()
        self.restart: Restart | None = None
        self._heard = Heard(self.past_log)
        self.weeks: list[Week] = []
        self.cuts: list[tuple[int, str, str, str]] = []
        self.last_sizes = self._history_sizes()
        self.features: frozenset[str] = frozenset()
        self._first_hour: int | None = None
        self._clean = 0
        self.goal_reached = False
        self.close_runs: frozenset[tuple[str, int]] = frozenset()

    def copy(self, past: PastLog | None = None) -> State:
        """An independent draft to try a week with; `past` replaces what is known of the log."""
        twin = object.__new__(State)
        twin.__dict__.update(self.__dict__)
        twin.past_log = past or self.past_log
        twin.ledger, twin.timetable, twin._heard = self.ledger.copy(), self.timetable.copy(), self._heard.copy(twin.past_log)
        twin.weeks, twin.cuts, twin.done = list(self.weeks), list(self.cuts), list(self.done)
        twin.answers, twin.last_sizes = dict(self.answers), dict(self.last_sizes)
        return twin

    def _history_sizes(self) -> dict[int, int]:
        """Seconds of each run in the seven dates before the plan, by ordinal, longest first."""
        start = self.brief.start.toordinal()
        pace = self.reading.paces.run
        metres = sorted((d.run_m for d in self.brief.history if d.date.toordinal() >= start - 7), reverse=True)
        return {n: seconds_within(m, pace) for n, m in enumerate(metres, 1)}

    @property
    def has_run(self) -> bool:
        """Whether the draft holds a run that is not a commitment."""
        return any(w.run_s and (not self.commitments or any(s.run_s and own(s) for s in w.sessions)) for w in self.weeks)

    @property
    def settled(self) -> bool:
        """Whether three clean runs of 30 minutes are in the draft (law 7); runs still to come count as clean."""
        return self._clean >= CLEAN_RUNS

    def first_day(self, number: int) -> int:
        """The day number of the first date of week `number`."""
        return self.brief.start.toordinal() + 7 * (number - 1)

    def days_off(self, first: int) -> int | None:
        """Days from the last run, the athlete file's `last_run` included, to day number `first`; None where no run is known."""
        told, last = self.brief.athlete.running.last_run, self.ledger.last_run(first)
        ran = [*([] if told is None else [told.toordinal()]), *([] if last is None else [last])]
        return first - max(ran) if ran else None

    def easy(self, number: int) -> bool:
        """Whether week `number` is easy: every `easy_week_every`-th, counting the first week with an hour of running as number 1."""
        every = self.reading.easy_week_every
        return bool(every) and self._first_hour is not None and (number - self._first_hour + 1) % every == 0

    def do(self, done: Done, *, foot_allowed: int | None = None, full: bool = False) -> None:
        """Record a run or walk done since the start; the ledger counts what the laws allowed of it."""
        self.done.append(done)
        self.ledger.enter(done, foot_allowed=foot_allowed, full=full)
        if done.run_m:
            self.timetable.enter(done.date.toordinal(), frozenset({RUN}))

    def done_in(self, first: int) -> int | None:
        """Metres run in the seven days from day number `first`; None where they are not over, or without a log or calendar to follow."""
        if not self.past_log.follows or first + 7 > self.past_log.ahead:
            return None
        return sum(done.run_m for done in self.done if first <= done.date.toordinal() < first + 7)

    def hear(self, rows: Iterable[Entry], runs: Iterable[Session]) -> None:
        """Take in the log rows of one date, in date order; `runs` are the week's planned runs, which rows may name."""
        self._heard.take(rows, runs)

    def standing(self, day: int) -> Standing:
        """The knee's standing on day number `day`, by the rows taken in so far."""
        return self._heard.standing(day)

    def to_come(self, day: int) -> bool:
        """Whether a run that is still to come is drawn before day number `day`."""
        last = self.ledger.last_run(day)
        return last is not None and last >= self.past_log.ahead

    def heard(self, day: int, week: int) -> Standing | None:
        """The knee's standing on day number `day` of the week from day number `week`.

        None where no log is kept, and in future weeks after runs still to come, which are drawn as answered well.
        """
        past = self.past_log
        if not past.kept or (week > past.today and self.to_come(day)):
            return None
        return self.standing(min(day, past.ahead))

    def standing_tonight(self) -> Standing:
        """The standing by all rows known today, including today's where its run is still to come."""
        past, heard = self.past_log, self._heard.copy(self.past_log)
        if past.ahead <= past.today:
            heard.take(past.rows.get(past.today, ()), ())
        return heard.standing(past.today + 1)

    def runs_asked(self, number: int) -> int:
        """How many runs to ask pillars for in week `number`: the runs per week less its commitments, dropped ones included."""
        return max(0, self.runs_per_week - len(self.commitments.of_week(number)))

    def heed(self, *changes: Override) -> None:
        """Record overrides that matched a session."""
        self.heeded |= frozenset(changes)

    def refuse(self, finding: Finding) -> None:
        """Record why an override was not applied."""
        self.refused = (*self.refused, finding)

    def cut(self, number: int, what: str, why: str, source: str = "") -> None:
        """Record something left out of a week, and why."""
        self.cuts.append((number, what, why, source or CUT_SOURCE))

    def open_days(self, first: int, tags: frozenset[str]) -> int:
        """Bit mask of the days of the week from `first` that availability, absences, plugins and commitments leave open to `tags`."""
        mask = self.timetable.open_days(first, tags)
        if self.commitments:
            rules = self.timetable.rules
            near = self.commitments.between(first, first + 6 + max(rule.days for rule in rules))
            mask &= ~closed_by(near, rules, first, tags)
        if RUN in tags and self.reading.close_run_s:
            mask &= ~closed_beside(self, first)
        return mask

    def open_run_days(self, first: int) -> int:
        """`open_days` for a run."""
        return self.open_days(first, frozenset({RUN}))

    def home_day(self, name: str, ordinal: int, first: int) -> int | None:
        """The day number that keeps a run on its `run_home` in the week from day number `first`; None if it has none."""
        offset = self.run_home(name, ordinal)
        return None if offset is None else first + offset

    def run_home(self, name: str, ordinal: int) -> int | None:
        """The day of the week (0-6) that a run last had; in the first week, a weekday from the history. None if it had none."""
        return self.timetable.homes.get((name, ordinal)) if self.weeks else self.timetable.first_run_home(ordinal)

    def close(self, week: Week, sizes: dict[int, int]) -> None:
        """Append a finished week. `sizes` are the seconds of its own runs by ordinal."""
        self.weeks.append(week)
        for session in week.sessions:
            self._remember(session)
        if sizes:
            self.last_sizes = sizes
        if self._first_hour is None and week.run_s >= HOUR_S:
            self._first_hour = week.number
        self.goal_reached = self.goal_reached or reaches(self.brief.goal, week, self.done)

    def _remember(self, session: Session) -> None:
        tags = frozenset(session.tags)
        if tags and not session.transparent:
            if not session.run_s or session.date.toordinal() >= self.past_log.ahead:
                self.timetable.enter(session.date.toordinal(), tags)
            self.timetable.homes[f"{session.pillar}/{session.key}", session.ordinal] = (session.date - self.brief.start).days % 7
        if session.run_s and session.status != "missed":
            self.features |= FEATURES & tags
            easy = not beyond(session) and RACE not in tags
            self._clean += session.run_s >= CLEAN_RUN_S and easy and self._was_clean(session)

    def _was_clean(self, run: Session) -> bool:
        """Whether a run was clean: runs to come, and all without a log, count as clean; one shorter than 30 minutes as run does not."""
        past, day = self.past_log, run.date.toordinal()
        if not past.follows or day >= past.ahead:
            return True
        if self.ledger.run(day) < metres_run(CLEAN_RUN_S, self.reading.paces.run):
            return False
        if not past.kept:
            return True
        verdict = self.standing(day + 1).on(run.date)
        return verdict is not None and verdict.clean
