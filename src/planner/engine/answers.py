"""Adjust a week's law for answers and missed runs: hold it, lower it or, after runs missed for no pain, let it return."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from planner.engine.commitment_runs import counted_m
from planner.engine.past_log import Restart
from planner.language import N_, _, ngettext
from planner.laws import ENTRY_RUN_S, ENTRY_WEEK_S, FULL, Bound, WeekLaw, share_after, time_off
from planner.model import Why
from planner.quantities import DAYS_OF_WEEK, metres_run

if TYPE_CHECKING:
    from planner.engine.state import State
    from planner.model import Week
    from planner.response import Standing, WeekVerdict

GAP_DAYS = 7
ENTRY_DAYS = 28
LEAST_DOSE_S = 300
"""Seconds of running a session in a week that opens after a pause for pain: the smallest dose of ENT-12."""
WAITING = "9"
"""Table row of a clean run that only lacks the number of clean runs. It holds a week that is over, not one with runs still to come."""
LIFTED = N_("The stop was lifted. There is no running this week; it starts again next week.")
TOO_LITTLE = N_(
    "The 10% rule leaves this week too little running to be worth it: there is no running this week; it starts again next week."
)
LEAST_RUN_S = 60
"""A held run shorter than this is no run."""
RETURN_WEEKS = 3
"""How many weeks back `missed = "resume"` looks for the best week."""


def restart_of(state: State, first: int) -> Restart | None:
    """The latest restart of running up to the week from day number `first`; None where there was none, or no log is kept."""
    last = state.ledger.last_run(first)
    if not state.past_log.kept or last is None or first - last - 1 < GAP_DAYS:
        return state.restart
    standing = state.standing(min(first, state.past_log.ahead))
    return Restart(first, first - last - 1, after_pain=_for_pain(standing, last))


def answered(state: State, law: WeekLaw, number: int) -> tuple[WeekLaw, Why | None]:
    """The law of week `number` adjusted for the answers of the week before, and the reason where they hold it or take it back.

    Future weeks after runs still to come are drawn as if those were answered well, except the weeks in `State.held`. A week without a run,
    such as a holiday, decides nothing: what was said before it still counts.
    """
    past, first = state.past_log, law.first
    if number in state.held:
        return _held(state, law), None
    if not past.kept:
        return law, None
    if first - DAYS_OF_WEEK > past.today and state.to_come(first):
        return _till_clean(state, law, number, painless=False)
    from planner.response import week_decision  # noqa: PLC0415  (a plan without a log does not need it)

    standing = state.standing(min(first, past.ahead))
    verdict = week_decision(standing, date.fromordinal(first - DAYS_OF_WEEK), ran=number > 1 and _ran(state, first - DAYS_OF_WEEK))
    if law.run is not None and law.run.by in ("time-off", "entry"):
        law = _after_pain(state, law, standing)
    # A clean run bars no opening: nobody is allowed less than somebody who has not run (law 4).
    waits = verdict is not None and verdict.row == WAITING and (first > past.today or law.dose_s is not None)
    painless = _painless(state, law, standing, verdict)
    if verdict is None or waits or verdict.decision == "progress":
        return _till_clean(state, law, number, painless=painless)
    lowered = _lowered(state, law, verdict)
    if verdict.row == WAITING:
        lowered = _returning(state, lowered, number, painless=painless)
    text = _(LIFTED) if verdict.decision == "stop" else verdict.text  # where it still stands there is no plan (`refuse_stop`)
    if verdict.decision != "stop" and _too_little(state, lowered):
        text = f"{text} {_(TOO_LITTLE)}"
        lowered = lowered._replace(run=Bound(0, "pain", text, verdict.source))
    return lowered, Why(limit="pain", text=text, source=verdict.source)


def _too_little(state: State, law: WeekLaw) -> bool:
    """Whether so little is left of a week that a week without running leaves the next one more (laws 4 and 5).

    After a step back, too little is less than the smallest dose of ENT-12, for each run if the next week then opens with that dose; a hold
    does not step back, so there it is less than a minute.
    """
    if law.run is None or not law.run.metres or law.run.by == "time-off":
        return False
    last, following = state.ledger.last_run(law.first), law.first + DAYS_OF_WEEK
    opens = last is None or state.ledger.nothing_to_grow_from(following)
    least_m = metres_run(LEAST_DOSE_S if law.decision == "regress" else LEAST_RUN_S, state.reading.paces.run)
    if law.run.metres >= (state.runs_per_week * least_m if opens else least_m):
        return False
    if last is None or opens:
        return True
    return int(share_after(following - last - 1 + DAYS_OF_WEEK) * state.ledger.run_sum(last - 6, last)) > law.run.metres


def _ran(state: State, first: int) -> bool:
    """Whether anything that was allowed was run in the seven days from day number `first`."""
    return any(done.run_m and done.allowed_m != 0 and first <= done.date.toordinal() < first + DAYS_OF_WEEK for done in state.done)


def _till_clean(state: State, law: WeekLaw, number: int, *, painless: bool) -> tuple[WeekLaw, Why | None]:
    """Hold a week that last week's answers would let grow until the programme's `clean_weeks` have been completed (4d).

    Opening weeks, weeks after time off and the programme's reduced weeks follow their own rules.
    """
    if number <= state.brief.template.reduced_weeks or law.decision not in ("progress", "easy") or _were_clean(state, number):
        return _returning(state, law, number, painless=painless), None
    text = ngettext(
        "Growth waits for {n} clean week: the same load once more.",
        "Growth waits for {n} clean weeks in a row: the same load once more.",
        state.brief.template.clean_weeks,
    )
    wait = Why(limit="pain", text=text, source="4d")
    held = _at_most(state, law, FULL, wait)._replace(decision="hold", growth=Fraction(0))
    return _returning(state, held, number, painless=painless), wait


def _were_clean(state: State, number: int) -> bool:
    """Whether the last `clean_weeks` weeks with runs or answers before week `number` were clean, or all of them where there are fewer.

    Runs still to come count as answered well.
    """
    left, past = state.brief.template.clean_weeks, state.past_log
    if not left:
        return True
    from planner.response import week_decision  # noqa: PLC0415  (a plan without a log does not need it)

    standing = state.standing(min(state.first_day(number), past.ahead))
    for week in reversed(state.weeks[: number - 1]):
        first = week.start.toordinal()
        verdict = week_decision(standing, week.start, ran=_ran(state, first)) if first <= past.today else None
        if verdict is not None and not verdict.clean:
            return False
        left -= verdict is not None or any(run.run_s and run.status == "planned" for run in week.sessions)
        if not left:
            break
    return True


def _lowered(state: State, law: WeekLaw, verdict: WeekVerdict) -> WeekLaw:
    """The law of a week that answers hold or take back, without growth.

    Where law 4 would open it, it has no running, and law 5 holds for walking and for the share at which the longest run counts. After time
    off law 5 applies as it is, except after a stop.
    """
    if law.dose_s is not None:
        last = state.ledger.last_run(law.first)
        law = law._replace(decision="hold", run=_pain(0, verdict), dose_s=None)
        if last is None:
            return law
        off = time_off(state.ledger, law.first, last, state.reading)
        return law._replace(foot=off.foot, longest_share=off.longest_share)
    if verdict.decision != "stop" and law.run is not None and law.run.by == "time-off":
        return law._replace(growth=Fraction(0))  # the week before had no running to take a share of; law 5 already took its share
    if verdict.decision == "hold":
        return _at_most(state, law, FULL, verdict)._replace(decision="hold", growth=Fraction(0))
    if verdict.decision == "stop":
        stopped = _at_most(state, law, Fraction(0), verdict)
        return stopped._replace(decision="regress", growth=Fraction(0), longest_share=min(law.longest_share, verdict.share))
    lowered = _at_most(state, law, _share_of_week(state, law, verdict), verdict)._replace(decision="regress", growth=Fraction(0))
    if state.reading.ladder:
        return lowered
    least_m, longest_m = metres_run(LEAST_DOSE_S, state.reading.paces.run), state.ledger.longest(law.first)
    share = max(verdict.share, Fraction(least_m, longest_m)) if longest_m else verdict.share
    return lowered._replace(longest_share=min(law.longest_share, share))


def _share_of_week(state: State, law: WeekLaw, verdict: WeekVerdict) -> Fraction:
    """The share of last week's running that a step back leaves: all of it on a ladder, where runs go back by levels instead.

    Elsewhere 80% or 60% (4d), of last week or, if its own rest cut it short, of its last run as often as the athlete runs. No less than the
    smallest dose of ENT-12 for each run, if last week held that.
    """
    if state.reading.ladder:
        return FULL
    week_m, last = state.ledger.run_sum(law.first - DAYS_OF_WEEK, law.first - 1), state.ledger.last_run(law.first)
    if not week_m or last is None:
        return verdict.share
    whole_m = max(week_m, state.ledger.run(last) * state.runs_per_week)
    least_m = state.runs_per_week * metres_run(LEAST_DOSE_S, state.reading.paces.run)
    return min(FULL, max(verdict.share * Fraction(whole_m, week_m), Fraction(least_m, week_m)))


def _held(state: State, law: WeekLaw) -> WeekLaw:
    """The law of a week in `State.held`: the same load once more, where the week before had running."""
    if law.dose_s is not None or not state.ledger.run_sum(law.first - DAYS_OF_WEEK, law.first - 1):
        return law
    return _at_most(state, law, FULL, None)._replace(decision="hold", growth=Fraction(0))


def _pain(metres: int, verdict: WeekVerdict | Why | None) -> Bound:
    return Bound(metres, "pain") if verdict is None else Bound(metres, "pain", verdict.text, verdict.source)


def _at_most(state: State, law: WeekLaw, share: Fraction, verdict: WeekVerdict | Why | None) -> WeekLaw:
    """The law capped at `share` of last week's running and at all of its metres on foot, since walking may stay."""
    first = law.first
    run = int(share * state.ledger.run_sum(first - DAYS_OF_WEEK, first - 1))
    foot = state.ledger.foot_sum(first - DAYS_OF_WEEK, first - 1)
    return law._replace(
        run=_pain(run, verdict) if law.run is None or run < law.run.metres else law.run,
        foot=_pain(foot, verdict) if foot is not None and (law.foot is None or foot < law.foot.metres) else law.foot,
    )


def _for_pain(standing: Standing, last: int) -> bool:
    """Whether a verdict on the run of day number `last`, or a later one, was worse than a hold."""
    return any(verdict.decision not in ("progress", "hold") for verdict in standing.verdicts if verdict.date.toordinal() >= last)


def _after_pain(state: State, law: WeekLaw, standing: Standing) -> WeekLaw:
    """Apply law 5 one row lower after a gap for pain; from three weeks on allow at most an opening week, with an opening dose a run.

    Where law 4 opens the week after a gap of less than four weeks, it opens with the smallest dose.
    """
    last = state.ledger.last_run(law.first)
    if last is None or law.run is None or law.first - last - 1 < GAP_DAYS or not _for_pain(standing, last):
        return law
    gap = law.first - last - 1
    share, budget = share_after(gap + DAYS_OF_WEEK), metres_run(ENTRY_WEEK_S, state.reading.paces.run)
    if law.dose_s is not None:
        return law._replace(dose_s=min(law.dose_s, LEAST_DOSE_S)) if gap < ENTRY_DAYS else law
    if not share:
        dose_s = min(state.brief.template.opening_s, ENTRY_RUN_S)
        return law._replace(run=law.run._replace(metres=min(law.run.metres, budget)), most_s=dose_s)
    ran, walked = state.ledger.seven_to(last)
    run_m, before = int(share * ran), state.weeks[-1] if state.weeks else None
    if before is not None and before.bound_by in ("pain", "time-off") and before.ceiling_run_m:
        run_m = min(run_m, before.ceiling_run_m)  # a week off gives back no more than running on as told would have
    return law._replace(
        run=law.run._replace(metres=run_m),
        foot=None if walked is None else Bound(int(share * walked), "time-off"),
        longest_share=share,
    )


def _painless(state: State, law: WeekLaw, standing: Standing, verdict: WeekVerdict | None) -> bool:
    """Whether the log shows that nothing hurt, by last week's verdict or, without one, by the last run and all rows since."""
    if verdict is not None:
        return verdict.clean
    last = state.ledger.last_run(law.first)
    return last is not None and standing.painless(date.fromordinal(last + 1), date.fromordinal(law.first - 1))


def _returning(state: State, law: WeekLaw, number: int, *, painless: bool) -> WeekLaw:
    """`missed = "resume"`: after runs missed for no pain, let the week return to the best of the three before, without growth.

    An opening week among them counts as planned; after a gap the share of law 5 applies. Returning to a done level is no increase.
    Where only metres on foot are bound, running is restored too, or what was missed of both would be lost for good.
    While growth waits for clean weeks, it returns to last week's ceiling at most: an earlier week may hold the running that hurt.
    """
    missed = number > 1 and any(run.status == "missed" for run in state.weeks[number - 2].sessions)
    if state.reading.missed == "strict" or not missed or not painless or law.dose_s is not None:
        return law
    firsts = [law.first - DAYS_OF_WEEK * back for back in range(1, RETURN_WEEKS + 1)]
    opened = [week for week in state.weeks if week.decision == "entry" and week.start.toordinal() in firsts]
    share = law.longest_share
    planned = [sum(map(counted_m, week.sessions)) for week in opened]
    run = int(share * max([*(state.ledger.run_sum(first, first + 6) for first in firsts), *planned]))
    if not _were_clean(state, number):
        run = min(run, state.weeks[number - 2].ceiling_run_m)
    if run <= _runs_anyway(law, state.weeks[number - 2]):
        return law
    walked = [foot for foot in (state.ledger.foot_sum(first, first + 6) for first in firsts) if foot is not None]
    if law.foot is None or len(walked) < len(firsts):
        return law._replace(decision="hold", run=Bound(run, "missed"), foot=None if law.longest_share is FULL else law.foot)
    afoot = [metres + week.foot_m - week.run_m for week, metres in zip(opened, planned, strict=True)]
    foot = int(share * max([*walked, *afoot]))
    return law._replace(decision="hold", run=Bound(run, "missed"), foot=law.foot._replace(metres=max(law.foot.metres, foot)))


def _runs_anyway(law: WeekLaw, before: Week) -> int:
    """Running metres that the law already allows; where it bounds metres on foot only, those less last week's planned walking."""
    if law.run is not None:
        return law.run.metres
    return 0 if law.foot is None else law.foot.metres - (before.foot_m - before.run_m)
