"""One week's runs in date order, each checked against what precedes it: planned or, where a log is kept, actually done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve

from planner.engine.adjacent_runs import RESTED, close_bound, was_sore
from planner.engine.answers import LEAST_DOSE_S, WAITING
from planner.engine.commitments import fixed_session
from planner.engine.events import frozen_session, resized, run_bound_of_time, shortened
from planner.engine.past_log import as_told
from planner.engine.resting import why_resting
from planner.engine.sizing import Left, on_date, tightest
from planner.engine.step_back import at_level, easier_shape, step_back
from planner.engine.week_budget import held_to_stretch, of_budget, run_limits
from planner.entry import runs_of
from planner.intervals import intervals
from planner.language import _
from planner.laws import ENTRY_WEEK_S, Bound, late_start, run_bound
from planner.model import Done, Why
from planner.placement.shape import NEW_LEVEL
from planner.quantities import metres_run
from planner.zones import zone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.engine.commitment_runs import Fixed
    from planner.engine.events import Event
    from planner.engine.state import State
    from planner.engine.week_budget import WeekBudget
    from planner.entry import Entry
    from planner.laws import WeekLaw
    from planner.model import Session
    from planner.placement import Placed
    from planner.response import Standing

DAY_S = 24 * 60 * 60


class RunningWeek:
    """The runs of one week, mutable while they are drawn. `held` is the week's opening, revised at its first run; `began`: it had one.

    `_run_m`, `_foot_m` and `_run_s` sum the week so far: what was done and what is planned to come.
    """

    def __init__(self, state: State, budget: WeekBudget, asked: Sequence[tuple[Event, Placed]] = ()) -> None:
        """Start on the week's first day with nothing run. `asked` are the runs to add, with their places."""
        self.held = budget
        self._asked = asked
        self._days = {budget.first + place.day for _event, place in asked}
        self.sessions: list[Session] = []
        self._state = state
        self.began = False
        self._told = budget.first
        self._run_m = self._run_s = self._foot_m = 0
        self._ran: set[int | str] = set()
        self._waiting = list(budget.committed)

    def stand(self, event: Event, fixed: Fixed, start: int | None) -> None:
        """Add a commitment on its date, whatever the laws say; the ledger counts no more of it than laws and limits allowed there."""
        self.take_in(fixed.day)
        self._waiting.remove(fixed)
        began, state = self._from(fixed.day), self._state
        bound = self._allowed(began, fixed.day)
        session = fixed_session(state, event, fixed, began.number, start, bound)
        self.sessions.append(session)
        if fixed.day >= state.past_log.ahead:
            self._begin(began)
            state.ledger.enter(Done(date=session.date, run_m=fixed.run_m, foot_m=fixed.run_m, allowed_m=bound.metres), to_come=True)
            state.ledger.expect(_later(state.commitments.coming(fixed.day), fixed.day, self._waiting))
            self._count(fixed.run_s, fixed.run_m, fixed.run_m)

    def _allowed(self, began: WeekBudget, day: int) -> Bound:
        """The tightest bound on a run on day number `day`, given what precedes it in the week; at least 0 metres."""
        state, law = self._state, began.law
        bounds = [run_bound(law, state.ledger, day, state.reading), began.week._replace(metres=began.week.metres - self._run_m)]
        bounds += [*run_limits(state, began.number, began.law), *self._pain(day, law)]
        if began.on_foot is not None:
            bounds.append(began.on_foot._replace(metres=began.on_foot.metres - self._foot_m))
        if law.dose_s is not None:
            bounds.append(Bound(metres_run(max(0, ENTRY_WEEK_S - self._run_s), state.reading.paces.run), "entry"))
        resting = self._why_resting(day)
        if resting:
            bounds.append(Bound(0, "pain", resting))
        bound = tightest(bounds)
        return bound._replace(metres=max(0, bound.metres))

    def add(self, event: Event, place: Placed, coming: int) -> None:
        """Add one run on its date at the longest size allowed there; where none is, record it as a cut.

        `coming` are the metres planned for the week's later runs: this run's walks give way before their running does.
        """
        day = self.held.first + place.day
        self.take_in(day)
        began = self._from(day)
        refused = self._why_no_run(day)
        session = None if refused else self._sized(began, event, place, coming)
        if session is None:
            self._state.cut(began.number, event.title, refused or _("none of it is allowed on that day"))
            return
        self.sessions.append(session)
        if session.bound_by == "override":
            self._state.ledger.set_apart([day])
        if day >= self._state.past_log.ahead:
            self._begin(began)
            self._state.ledger.add(day, run_s=session.run_s, run_m=session.run_m, foot_m=session.foot_m)
            self._count(session.run_s, session.run_m, session.foot_m)

    def walk(self, session: Session) -> None:
        """Count a past walk as planned. It takes room from what comes after it and from runs on its date, not from earlier runs."""
        self._state.do(Done(date=session.date, run_m=0, foot_m=session.foot_m))
        self._count(0, 0, session.foot_m)

    def finish(self) -> list[Session]:
        """Take in what was done until the week's end and return its runs.

        With a log, past runs are marked done where a row of running names them or has their date, else missed.
        """
        self.take_in(self.held.first + 7)
        if self.held.shared:
            self._state.ledger.set_apart(range(self.held.first, self.held.first + 7))
        past = self._state.past_log
        if not past.kept:
            return self.sessions
        return [session if session.date.toordinal() >= past.ahead else self._became(session) for session in self.sessions]

    def _became(self, run: Session) -> Session:
        done = not self._ran.isdisjoint({run.id, run.date.toordinal()})
        return evolve(run, status="done" if done else "missed")

    def take_in(self, until: int) -> None:
        """Record what the log says about the dates before day number `until`, each date once."""
        past, first = self._state.past_log, self._told
        self._told = max(self._told, until)
        for day in range(first, min(until, past.ahead)):
            rows = past.rows.get(day, ())
            told = as_told(rows, self._planned() if rows else {}, day)
            for run in runs_of(told):
                self._do(run, day)
                self._ran |= {day, run.session}
            for walk in told:
                if walk.foot_m and not walk.run_m:
                    self._state.do(Done(date=walk.date, run_m=0, foot_m=walk.foot_m))
                    self._count(0, 0, walk.foot_m)
            self._state.hear(told, self.sessions)

    def _planned(self) -> dict[str, Session]:
        """The week's runs by session id: at the size they were added, or as asked for where refused or still to be added.

        A run may have been done earlier than planned, or although it was refused.
        """
        state, first = self._state, self.held.first
        local, paces = zone(state.brief.athlete.timezone), state.reading.paces
        asked = [frozen_session(e, self.held.number, first + place.day, None, local, paces, None) for e, place in self._asked if e.run]
        return {run.id: run for run in (*asked, *self.sessions)}

    def _do(self, run: Entry, day: int) -> None:
        """Record a run that was done; it counts as no more than was allowed on its date and in its week.

        On a date that the answers forbade, nothing was allowed. A run that was allowed nothing does not begin a week.
        """
        began = self._from(day)
        state, run_m, foot_m = self._state, run.run_m or 0, run.foot_m
        bounds = [run_bound(began.law, state.ledger, day, state.reading), *run_limits(state, began.number, began.law)]
        allowed = max(0, min(tightest(bounds).metres, began.week.metres - self._run_m))
        walk_left = None if began.on_foot is None else max(min(run_m, allowed), began.on_foot.metres - self._foot_m)
        full = began.week.metres > 0
        if self._why_resting(day):
            allowed, walk_left, full = 0, 0, False
        if allowed:
            self._begin(began)
        state.do(Done(date=date.fromordinal(day), run_m=run_m, foot_m=foot_m, allowed_m=allowed), foot_allowed=walk_left, full=full)
        self._count(-(-run_m * state.reading.paces.run // 1000), run_m, run_m if foot_m is None else foot_m)

    def _count(self, run_s: int, run_m: int, foot_m: int) -> None:
        self._run_s += run_s
        self._run_m += run_m
        self._foot_m += foot_m

    def _begin(self, began: WeekBudget) -> None:
        """Mark the first run of the week, and keep the opening as revised for it."""
        self.began, self.held = True, began
        if began.law.dose_s is not None:
            self._state.ledger.opened = began.first

    def _from(self, first_run: int) -> WeekBudget:
        """The opening if the week's first run is on day number `first_run`: a gap may have arisen before it (laws 4 and 5)."""
        budget, state = self.held, self._state
        if self.began:
            return budget
        law = late_start(budget.law, state.ledger, first_run, state.reading, opening_s=state.brief.template.opening_s)
        week = budget.week if law.run is None or law.run.metres >= budget.week.metres else law.run
        if law.dose_s is not None and budget.law.dose_s is None:
            week = tightest([week, *of_budget(state, law, "opening-week-m")])
        return budget._replace(law=law, week=week)

    def _why_no_run(self, day: int) -> str:
        """Why day number `day` takes no run of any length (rest for the knee, or a run too close before it); "" where it may."""
        resting = self._why_resting(day)
        if resting:
            return resting
        gap, last = self._state.timetable.run_gap, self._state.ledger.last_ran(day + 1)
        if last is not None and day - last < RESTED and self._state.reading.close_run_s and was_sore(self._standing(day)):
            return _("after a run that was not clean, runs keep a day between them")
        if self._state.past_log.follows and last is not None and self.held.first <= last < self._state.past_log.ahead and day - last < gap:
            return _("a run was done on {day}, and runs must stay far enough apart", day=date.fromordinal(last))
        return ""

    def _why_resting(self, day: int) -> str:
        return why_resting(self._standing(day), day, self.held.first)

    def _standing(self, day: int) -> Standing | None:
        return self._state.heard(day, self.held.first)

    def _pain(self, day: int, law: WeekLaw) -> list[Bound]:
        """The bound that the answers to the last runs set on one run; empty where they set none.

        A lowered run is no smaller than the smallest dose of ENT-12, nor is any run of a week that opens, as far as the laws allow.
        """
        standing = self._standing(day)
        if standing is None or not standing.verdicts:
            return []
        last = standing.verdicts[-1]
        holds = last.decision == "hold" and last.row != WAITING  # row 9 holds the programme's level, not the metres
        least_m = metres_run(LEAST_DOSE_S, self._state.reading.paces.run)
        most = [] if standing.ceiling_m is None else [max(standing.ceiling_m, least_m)]
        if holds and standing.hold_m is not None:
            most.append(standing.hold_m if law.dose_s is None else max(standing.hold_m, least_m))
        return [Bound(min(most), "pain", last.text if last.decision != "progress" else "", last.source)] if most else []

    def _taken_back(self, event: Event, day: int) -> Event:
        """The run's event on an easier level if a run of this week has cost levels by then; else unchanged."""
        standing, run = self._standing(day), event.run
        back = None if standing is None else step_back(self._state, standing, self.sessions)
        if back is None or run is None or back.worst.date.toordinal() < self.held.first:
            return event
        easier = easier_shape(run.wanted.shape, back, [asked.run.wanted.shape for asked, _ in self._asked if asked.run is not None])
        if easier is None:
            return event
        shape = evolve(run.wanted.shape, stretch_s=easier.stretch_s, walk_s=easier.walk_s, level=easier.level, new_level=False)
        wanted = run.wanted._replace(shape=held_to_stretch(self._state, shape, self.held.first))
        at = intervals(run.shape.run_s, wanted.shape.stretch_s, wanted.shape.walk_s)
        why = Why(limit="pain", text=back.worst.text, source=back.worst.source)
        event = event._replace(tags=at_level(event.tags, easier.level, NEW_LEVEL), why=(why, *event.why))
        return resized(event, run._replace(wanted=wanted, shape=at))

    def _sized(self, held: WeekBudget, event: Event, place: Placed, coming: int) -> Session | None:
        state, day, law = self._state, held.first + place.day, held.law
        seconds = seconds_of_place(event, place)
        event, dropped = shortened(self._taken_back(event, day), seconds)
        for title in dropped:
            state.cut(held.number, title, _("the day is too short for it"))
        time = run_bound_of_time(event, seconds, state.reading.paces)
        kept_m, kept_s = sum(fixed.run_m for fixed in self._waiting), sum(fixed.run_s for fixed in self._waiting)
        left = Left(
            foot_m=None if held.on_foot is None else held.on_foot.metres - self._foot_m - kept_m,
            coming_m=coming,
            run_s=None if law.dose_s is None else ENTRY_WEEK_S - self._run_s - kept_s,
        )
        close = close_bound(state, day, self._days) if state.reading.close_run_s else None
        extra = [held.week._replace(metres=held.week.metres - self._run_m - kept_m), *self._pain(day, law)]
        extra += [*(bound for bound in (time, close) if bound is not None), *of_budget(state, law, "opening-run-s")]
        run = on_date(law, event.run, day, state.ledger, state.reading, extra, left) if event.run else None
        if run is None:
            return None
        event = event if run is event.run else resized(event, run)
        event = event if held.answers is None else event._replace(why=(held.answers, *event.why))
        local = zone(state.brief.athlete.timezone)
        return frozen_session(event, held.number, day, place.start, local, state.reading.paces, run.bound)


def _later(coming: Mapping[int, int], day: int, waiting: Sequence[Fixed]) -> dict[int, int]:
    """The metres by day number still expected after a commitment on `day`, where others may be `waiting` on the same date."""
    today = sum(fixed.run_m for fixed in waiting if fixed.day == day)
    return {**{later: metres for later, metres in coming.items() if later > day}, **({day: today} if today else {})}


def seconds_of_place(event: Event, place: Placed) -> int:
    """The seconds an event may take: its full length unless placement shrank it, and never more than a day."""
    return min(event.seconds if place.minutes >= place.job.minutes else place.minutes * 60, DAY_S)
