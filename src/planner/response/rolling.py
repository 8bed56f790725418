"""The fold over the log: a verdict for each date in turn, and the standing that all of them leave for the next run."""

from __future__ import annotations

from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from attrs import evolve

from planner.language import _
from planner.response.carried import Carried, longest_of
from planner.response.conditions import Situation, hurt_often, why_replanned
from planner.response.days import Days
from planner.response.drift import drifts
from planner.response.series import Series
from planner.response.signs import AGAIN, CARES, HINT_DAYS, SOON, URGENCIES, most_urgent, standing_stop, stopping, urgency
from planner.response.standing import Standing
from planner.response.table import TABLE
from planner.response.terms import Terms
from planner.response.verdict import CLEAN, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from planner.entry import Entry
    from planner.response.answers import Answers
    from planner.response.days import Day
    from planner.response.table import DecisionRow, Kind

DAY = timedelta(days=1)
WEEK_DAYS = 7


class Rolling:
    """The standing of one plan's log on any date, asked for repeatedly as more of its rows and planned runs become known.

    It only lowers: the best answers take nothing off what the laws allow, and none adds to it. The order of rows does not matter. Results
    are cached and the fold is resumed only where the dates before are unchanged, so every answer equals that of a fresh instance.
    """

    def __init__(self, terms: Terms) -> None:
        """Judge by `terms`."""
        self._terms = terms
        self._fold = _Fold(terms)
        self._taken: list[tuple[Day, bool]] = []
        self._days = Days()
        self._answers: dict[date, tuple[list[tuple[Day, bool]], Standing]] = {}

    def on(self, before: date, entries: Iterable[Entry], runs: frozenset[str]) -> Standing:
        """The standing by the rows dated before `before`; `runs` are the ids (`pillar/key#ordinal`) of planned sessions that hold running.

        Rows dated `before` or later are ignored ("later knowledge"), as is a later clearance.
        """
        judged = _with_painkillers(self._days.of(entries, before=before, runs=runs))
        known = self._answers.get(before)
        if known is None or known[0] != judged:
            known = self._answers[before] = (judged, self._rolled(judged, before))
        return known[1]

    def _rolled(self, judged: list[tuple[Day, bool]], before: date) -> Standing:
        if judged[: len(self._taken)] != self._taken:
            self._fold, self._taken = _Fold(self._terms), []
        for day, masked in judged[len(self._taken) :]:
            self._fold.take(day, masked=masked)
        self._taken = judged
        return self._fold.standing(before)


def _with_painkillers(days: Sequence[Day]) -> list[tuple[Day, bool]]:
    """Each date with whether a painkiller was taken within a day of it (MED-01)."""
    near = {date for day in days if day.painkiller for date in (day.date - DAY, day.date, day.date + DAY)}
    return [(day, day.date in near) for day in days]


class _Fold:
    """The fold's state after each date. Mutable while the log is read, never handed out."""

    def __init__(self, terms: Terms) -> None:
        """Start before the first date."""
        self._terms = terms
        self._verdicts: list[Verdict] = []
        self._runs: list[Day] = []
        self._hints: dict[str, date] = {}
        clearance = terms.clearance
        self._series = Series(clearance.date if clearance is not None and AGAIN in clearance.for_ else None)
        self._carried = Carried(terms.growth, terms.levels_m)
        self._clean = 0
        self._again = ""

    def take(self, day: Day, *, masked: bool) -> None:
        """Judge the next date and keep what it leaves. `masked`: a painkiller hid how the knee felt."""
        against = day.ran and self._forbids(day.date)
        self._carried.settle(day)
        if against:
            self._carried.run_against(day)
        elif day.ran:
            self._runs.append(day)
            self._carried.run(day, longest_of(self._runs, day.date))
        own, alone = self._by_itself(day, masked=masked)
        if against and own is not None and own.row in CLEAN:
            own = None
        situation = self._series.seen(day, own, alone._replace(signs=self._signs(day)))
        verdict = self._verdict(day, own, situation)
        self._series.remember(day, verdict, situation, against=against)
        if verdict is not None:
            self._verdicts.append(verdict)
            self._carried.take(verdict)
            self._clean = self._clean_after(verdict)

    def _forbids(self, on: date) -> bool:
        """Whether rest, or a stop that nobody had lifted yet, forbade a run on this date. One that was made all the same is heard where it
        hurt; that it was clean earns nothing.
        """
        rests = self._carried.earliest_run is not None and on < self._carried.earliest_run
        return rests or any(standing_stop(sign, since, self._terms, on) for sign, since in self._called().items())

    def _called(self) -> Mapping[str, date]:
        """The signs that called for a stop so far, each with the last date on which it did."""
        return {sign: verdict.date for verdict in self._verdicts for sign in verdict.signs}

    def _clean_after(self, verdict: Verdict) -> int:
        """Clean runs in a row since the last progress: only row 9 adds one, any other verdict starts again at 0."""
        return self._clean + 1 if verdict.row == "9" else 0

    def _signs(self, day: Day) -> tuple[str, ...]:
        """The signs that stop on this date, considering bone hints of the 28 dates that end with it."""
        remembered = {sign for sign, on in self._hints.items() if (day.date - on).days < HINT_DAYS}
        self._hints.update(dict.fromkeys(day.named, day.date))
        return tuple(sorted(stopping(day.named, remembered)))

    def _by_itself(self, day: Day, *, masked: bool) -> tuple[DecisionRow | None, Situation]:
        """The row that decides a date by itself, the worse knee's (BOTH-01; None: no row holds), and the situation it was decided on."""
        plain = self._situation(day, masked=masked)
        found = [_match(plain, answers, ("knee", "run")) for answers in day.answers]
        found += [_match(plain, answers, ("knee",)) for answers in day.others]
        place, situation = min(found, key=lambda match: match[0])
        return (TABLE[place] if place < len(TABLE) else None), situation

    def _situation(self, day: Day, *, masked: bool) -> Situation:
        """The situation of a date, without one knee's answers and what series of runs add."""
        terms = self._terms
        return Situation(
            limp=day.limp,
            swelling=day.swelling,
            painkiller=masked,
            care=bool(day.named & CARES),
            drifts=drifts(self._runs, day.date),
            clean=self._clean + 1,
            climbed=self._climbed(day.date),
            most_pain=terms.most_pain,
            needed=terms.clean_needed,
            levels_per_week=terms.levels_per_week,
            back_to=self._carried.back_to,
        )

    def _climbed(self, on: date) -> int:
        """Progress verdicts so far in the seven dates that end with `on` (WR-03)."""
        week = takewhile(lambda verdict: (on - verdict.date).days < WEEK_DAYS, reversed(self._verdicts))
        return sum(verdict.decision == "progress" for verdict in week)

    def _verdict(self, day: Day, own: DecisionRow | None, situation: Situation) -> Verdict | None:
        """The verdict of a date: of a series row where one holds, with no less rest and no fewer levels lost than its own row demands."""
        series = [row for row in TABLE if row.kind == "series" and row.holds(situation)]
        held = [*series, own] if own else series
        if not held:
            return None
        signs = (*situation.signs, *dict.fromkeys(row.sign for row in series if row.sign))
        if AGAIN in signs:
            self._again = "" if hurt_often(situation) else why_replanned(situation)
        facts = _facts(situation, signs)
        return Verdict(
            date=day.date,
            session=day.session,
            ran=day.ran,
            row=held[0].row,
            own=own.row if own else "",
            decision=held[0].decision,
            rest_days=max(row.rest_days for row in held),
            levels=min(row.levels for row in held),
            source=held[0].source.format_map(facts),
            text=_(held[0].text, **facts),
            counts=situation.in_a_row > 0,
            back_to=min(_worst_before(day), situation.most_pain) if own and own.row == "2" else None,
            signs=signs,
        )

    def standing(self, before: date) -> Standing:
        """The standing on the date `before`."""
        carried, earliest = self._carried, self._carried.earliest_run
        found = [standing_stop(sign, since, self._terms, before) for sign, since in self._called().items()]
        stops = [evolve(stop, reason=self._again) if stop.sign == AGAIN else stop for stop in found if stop is not None]
        return Standing(
            before=before,
            verdicts=tuple(self._verdicts),
            stops=tuple(sorted(stops, key=lambda stop: (URGENCIES.index(stop.urgency), stop.sign))),
            earliest_run=earliest if earliest and earliest > before else None,
            levels=carried.levels,
            share=carried.share,
            ceiling_m=carried.ceiling_m,
            hold_m=longest_of(self._runs, self._runs[-1].date) if self._runs else None,
            runs=tuple(self._runs),
        )


def _match(plain: Situation, answers: Answers, kinds: tuple[Kind, ...]) -> tuple[int, Situation]:
    """The index in `TABLE` of the first row of these kinds that holds for one knee (its length where none does), and the situation."""
    situation = plain._replace(answers=answers)
    return next((n for n, row in enumerate(TABLE) if row.kind in kinds and row.holds(situation)), len(TABLE)), situation


def _worst_before(day: Day) -> int:
    """The worse knee's pain before, 0-10 (BOTH-01): what `Carried.settle` compares with the worse knee of a later date."""
    return max(answers.start for answers in (*day.answers, *day.others))


def _facts(situation: Situation, signs: Sequence[str]) -> dict[str, object]:
    """Values for the placeholders in a row's source and text; `when` is the urgency of the most urgent of `signs`."""
    return {
        "sign": most_urgent(situation.signs) if situation.signs else "",
        "when": _(SOON[urgency(most_urgent(signs))]) if signs else "",
        "limit": situation.most_pain,
        "missing": ", ".join(map(_, situation.answers.missing)),
        "clean": situation.clean,
        "needed": situation.needed,
        "reason": _(why_replanned(situation)),
    }
