"""What is known while a plan is drawn, week by week. Mutable, private to the engine, and copied where a week is only tried."""

from __future__ import annotations

from bisect import bisect_left, insort
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from planner.engine.around import closed_by
from planner.engine.close import closed_beside
from planner.engine.fixed import Commitments, asked_of, beyond, own
from planner.engine.past import Heard, past_of
from planner.engine.reached import reaches
from planner.ledger import Ledger
from planner.placement import Rule, Window
from planner.quantities import WEEKDAYS, metres_run, seconds_within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.athlete import Override
    from planner.engine.past import Past, Restart
    from planner.entry import Entry
    from planner.findings import Finding
    from planner.host.conversation import Conversation
    from planner.limits import Limits
    from planner.model import Brief, Done, Reading, Session, Week, Why
    from planner.response import Standing

_DAY = itemgetter(0)
HOUR_S = 3600
CLEAN_RUN_S = 1800
CLEAN_RUNS = 3
RUN_TAG = "run"
FEATURES = frozenset({"hills", "strides", "sprints"})
"""Tags of runs that wait for three clean runs of 30 minutes, and then come in one a week (law 7)."""


class State:
    """The draft of one plan. `cuts` are (week, what, why) of everything that was left out, `held` weeks ahead that are drawn as held."""

    def __init__(self, brief: Brief, reading: Reading, limits: Limits, talk: Conversation, runs_per_week: int) -> None:
        """Start before week 1, with the history entered."""
        self.brief, self.reading, self.limits, self.talk = brief, reading, limits, talk
        self.bounded = frozenset(ceiling.of for ceiling in limits.ceilings)
        self.runs_per_week = runs_per_week
        self.ledger = Ledger(brief.history, reading.paces.run, brief.start.toordinal())
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
        self.cuts: list[tuple[int, str, str]] = []
        self.homes: dict[tuple[str, int], int] = {}
        self.past: list[tuple[int, frozenset[str]]] = [(d.date.toordinal(), frozenset({RUN_TAG})) for d in brief.history]
        self.past.sort(key=_DAY)
        self.last_sizes = self._history_sizes()
        self.features: frozenset[str] = frozenset()
        self._first_hour: int | None = None
        self._clean = 0
        self.goal_reached = False
        self.close_runs: frozenset[tuple[str, int]] = frozenset()
        self.run_gap = reading.run_gap_days
        self.rules = self._spacing_rules()
        self._week = self._usual_week()
        self._away = [(a.first.toordinal(), a.last.toordinal()) for a in brief.athlete.availability.away]
        self._windows: dict[int, tuple[tuple[Window, ...] | None, ...]] = {}
        self._fitting: dict[tuple[int, frozenset[str]], int] = {}

    def copy(self, past: Past | None = None) -> State:
        """A draft of its own to try a week with, where `past` is given as if that had been all that is known."""
        twin = object.__new__(State)
        twin.__dict__.update(self.__dict__)
        twin.past_log = past or self.past_log
        twin.ledger, twin._heard = self.ledger.copy(), self._heard.copy(twin.past_log)
        twin.weeks, twin.cuts, twin.past, twin.done = list(self.weeks), list(self.cuts), list(self.past), list(self.done)
        twin.answers = dict(self.answers)
        twin.homes, twin.last_sizes = dict(self.homes), dict(self.last_sizes)
        return twin

    def _history_sizes(self) -> dict[int, int]:
        """Seconds of the last week's runs before the plan, by ordinal, longest first."""
        start = self.brief.start.toordinal()
        pace = self.reading.paces.run
        metres = sorted((d.run_m for d in self.brief.history if d.date.toordinal() >= start - 7), reverse=True)
        return {n: seconds_within(m, pace) for n, m in enumerate(metres, 1)}

    @property
    def has_run(self) -> bool:
        """Whether the plan holds a run of its own so far."""
        return any(w.run_s and (not self.commitments or any(s.run_s and own(s) for s in w.sessions)) for w in self.weeks)

    @property
    def settled(self) -> bool:
        """Whether three clean runs of 30 minutes lie behind (law 7); weeks ahead are drawn as if answered well."""
        return self._clean >= CLEAN_RUNS

    def keep_apart(self, days: int) -> None:
        """Draw the week with run dates at least `days` apart."""
        if days != self.run_gap:
            self.run_gap = days
            self.rules = self._spacing_rules()

    def first_day(self, number: int) -> int:
        """The day number of the first date of week `number`."""
        return self.brief.start.toordinal() + 7 * (number - 1)

    def days_off(self, first: int) -> int | None:
        """How many days before day number `first` the last run was, that of the athlete file among them; None where none is known."""
        told, last = self.brief.athlete.running.last_run, self.ledger.last_run(first)
        ran = [*([] if told is None else [told.toordinal()]), *([] if last is None else [last])]
        return first - max(ran) if ran else None

    def easy(self, number: int) -> bool:
        """Whether week `number` is an easy one: every so manieth from the first that held an hour of running."""
        every = self.reading.easy_week_every
        return bool(every) and self._first_hour is not None and (number - self._first_hour + 1) % every == 0

    def do(self, done: Done, *, foot_allowed: int | None = None) -> None:
        """Enter a run or a walk that was done since the start, as the laws count it."""
        self.done.append(done)
        self.ledger.enter(done, foot_allowed=foot_allowed)
        if done.run_m:
            insort(self.past, (done.date.toordinal(), frozenset({RUN_TAG})), key=_DAY)

    def done_in(self, first: int) -> int | None:
        """Metres run in the seven days from day number `first`; None where no log is kept or they are not over."""
        if not self.past_log.follows or first + 7 > self.past_log.ahead:
            return None
        return sum(done.run_m for done in self.done if first <= done.date.toordinal() < first + 7)

    def walked_in(self, first: int) -> int:
        """Metres of walks by themselves in the seven days from day number `first`, as far as they are past."""
        return sum(done.foot_m or 0 for done in self.done if not done.run_m and first <= done.date.toordinal() < first + 7)

    def hear(self, rows: Iterable[Entry], runs: Iterable[Session]) -> None:
        """Take the rows of one date in, those of the dates before it known; `runs` are the week's planned ones, which rows may name."""
        self._heard.take(rows, runs)

    def standing(self, day: int) -> Standing:
        """What the rows so far leave on day number `day`."""
        return self._heard.standing(day)

    def to_come(self, day: int) -> bool:
        """Whether a run is still to come before day number `day`."""
        last = self.ledger.last_run(day)
        return last is not None and last >= self.past_log.ahead

    def heard(self, day: int, week: int) -> Standing | None:
        """What the answers leave on day number `day` of the week from `week`, where that has begun, or for the first run to come.

        None where no log is kept, and after runs that are still to come: those are drawn as answered well.
        """
        past = self.past_log
        if not past.kept or (week > past.today and self.to_come(day)):
            return None
        return self.standing(min(day, past.ahead))

    def standing_tonight(self) -> Standing:
        """What all rows leave that are known today, those of a day whose run is still to come too."""
        past, heard = self.past_log, self._heard.copy(self.past_log)
        if past.ahead <= past.today:
            heard.take(past.rows.get(past.today, ()), ())
        return heard.standing(past.today + 1)

    def runs_asked(self, number: int) -> int:
        """How many runs pillars are asked for in week `number`: what the athlete runs, less the commitments, dropped ones too."""
        return max(0, self.runs_per_week - len(self.commitments.of_week(number)))

    def heed(self, *changes: Override) -> None:
        """Remember overrides that found their session."""
        self.heeded |= frozenset(changes)

    def refuse(self, finding: Finding) -> None:
        """Remember why an override was not done."""
        self.refused = (*self.refused, finding)

    def cut(self, number: int, what: str, why: str) -> None:
        """Remember what was left out of a week."""
        self.cuts.append((number, what, why))

    def windows(self, first: int) -> tuple[tuple[Window, ...] | None, ...]:
        """The windows of the seven days from `first`, absences applied; () is closed, None free all day."""
        if first not in self._windows:
            week = self._week
            if self.away_between(first, first + 6):
                week = tuple([() if self.away_between(first + d, first + d) else week[d] for d in range(7)])
            self._windows[first] = week
        return self._windows[first]

    def away_between(self, first: int, last: int) -> bool:
        """Whether the athlete is away on any day from number `first` to number `last`."""
        return any([away <= last and first <= back for away, back in self._away])

    def _usual_week(self) -> tuple[tuple[Window, ...] | None, ...]:
        """The windows of the seven days of any week, whoever is away."""
        on, start = self.brief.athlete.availability.on, self.brief.start.weekday()
        days = [on(WEEKDAYS[(start + d) % 7]) for d in range(7)]
        return tuple([None if day is None else tuple([Window(w.start, w.end, w.kept_for) for w in day]) for day in days])

    def open_days(self, first: int, tags: frozenset[str]) -> int:
        """Bit mask of the week's days on which a session with `tags` may stand by availability and absences."""
        windows = self.windows(first)
        mask = self._fitting.get((id(windows), tags))
        if mask is None:
            mask = self._fitting[id(windows), tags] = fitting(windows, tags)
        if self.limits.absences:
            closed = [self.limits.closed(date.fromordinal(first + d), tags) is not None for d in range(7)]
            mask &= ~sum([1 << d for d in range(7) if closed[d]])
        if self.commitments:
            near = self.commitments.between(first, first + 6 + max(rule.days for rule in self.rules))
            mask &= ~closed_by(near, self.rules, first, tags)
        if RUN_TAG in tags and self.reading.close_run_s:
            mask &= ~closed_beside(self, first)
        return mask

    def open_run_days(self, first: int) -> int:
        """The same for a run."""
        return self.open_days(first, frozenset({RUN_TAG}))

    def home_day(self, name: str, ordinal: int, first: int) -> int | None:
        """The day number on which a run would keep last week's weekday; None where it had none."""
        offset = self.run_home(name, ordinal)
        return None if offset is None else first + offset

    def home(self, name: str, ordinal: int) -> int | None:
        """The day of the week (0-6 from the plan's first weekday) that this session had last."""
        return self.homes.get((name, ordinal))

    def run_home(self, name: str, ordinal: int) -> int | None:
        """The same for a run, which before the first week has the weekdays that were run on so far."""
        return self._history_home(ordinal) if not self.weeks else self.home(name, ordinal)

    def _history_home(self, ordinal: int) -> int | None:
        """Runs start on the weekdays of the last week before the plan, the first ordinal on the last of them."""
        start = self.brief.start.toordinal()
        days = sorted({d.date.toordinal() - start + 7 for d in self.brief.history if d.date.toordinal() >= start - 7})
        order = [*days[-1:], *days[:-1]]
        return order[ordinal - 1] if ordinal <= len(order) else None

    def close(self, week: Week, sizes: dict[int, int]) -> None:
        """Take a finished week in. `sizes` are its runs' seconds by ordinal."""
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
                insort(self.past, (session.date.toordinal(), tags), key=_DAY)
            self.homes[f"{session.pillar}/{session.key}", session.ordinal] = (session.date - self.brief.start).days % 7
        if session.run_s and session.status != "missed":
            self.features |= FEATURES & tags
            easy = not beyond(session) and "race" not in tags
            self._clean += session.run_s >= CLEAN_RUN_S and easy and self._was_clean(session)

    def _was_clean(self, run: Session) -> bool:
        """Whether the knee took a run well; one that is still ahead is drawn as if it did."""
        past, day = self.past_log, run.date.toordinal()
        if not past.follows or day >= past.ahead:
            return True
        if self.ledger.run(day) < metres_run(CLEAN_RUN_S, self.reading.paces.run):
            return False
        if not past.kept:
            return True
        verdict = self.standing(day + 1).on(run.date)
        return verdict is not None and verdict.clean

    def _spacing_rules(self) -> tuple[Rule, ...]:
        """How far sessions stand apart: runs by the reading, everything else by the plugins' spacings."""
        rest = Rule(after=RUN_TAG, before=RUN_TAG, days=self.run_gap, name="rest")
        spacings = self.limits.spacings
        return (rest, *[Rule(after=s.after, before=s.before, days=s.days, name="+".join(s.by)) for s in spacings])

    def recent(self, first: int) -> tuple[tuple[int, frozenset[str]], ...]:
        """What stood on the dates before `first`, as (days from it, tags), oldest first: what spacing is counted from."""
        since = first - max([rule.days for rule in self.rules])
        past = self.past[bisect_left(self.past, since, key=_DAY) : bisect_left(self.past, first, key=_DAY)]
        return tuple([(day - first, tags) for day, tags in past])


def fitting(week: tuple[tuple[Window, ...] | None, ...], tags: frozenset[str]) -> int:
    """Bit mask of the days whose windows take a session with `tags`."""
    fits = [day is None or any([w.takes(tags) for w in day]) for day in week]
    return sum([1 << d for d in range(7) if fits[d]])
