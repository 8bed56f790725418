"""What stands around charts and weeks: the facts at the head, the tables behind the charts, and what pillars only remind of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.language import _, many
from planner.quantities import distance
from planner.render.html.charts import answered, done_bar
from planner.render.html.markup import anchor
from planner.render.html.present import present_week
from planner.render.html.tables import table
from planner.render.words import bound_words, day_words, pace_words, percent_words, pillar_words, range_words, week_words

if TYPE_CHECKING:
    from planner.entry import Entry
    from planner.findings import Finding
    from planner.model import Plan, Session, Week

Pairs = list[tuple[str, str]]


def facts(plan: Plan) -> Pairs:
    """From when to when, on what terms, and when the goal comes: names with what they stand for."""
    miles, paces = plan.units == "mi", plan.reading.paces
    last = plan.weeks[-1].last_day if plan.weeks else plan.start
    share, on_foot = percent_words(plan.reading.growth), plan.reading.measure == "on-foot"
    grown = _("at most {share} more on foot a week", share=share) if on_foot else _("at most {share} more running a week", share=share)
    return [
        (_("When"), _("{first} to {last}", first=day_words(plan.start, year=True), last=day_words(last, year=True))),
        (_("Length"), many("{n} week", "{n} weeks", len(plan.weeks))),
        (_("Programme"), plan.template),
        (_("Growth"), grown),
        (_("Easy pace"), pace_words(paces.run, miles=miles)),
        (_("Walking"), pace_words(paces.walk, miles=miles)),
        (_("Times in"), plan.timezone),
        *_goal(plan),
    ]


def _goal(plan: Plan) -> Pairs:
    goal, miles = plan.goal, plan.units == "mi"
    if goal.minutes is None and goal.week_m is None:
        return []
    length = distance(goal.week_m or 0, miles=miles)
    aim = _("{n} min of running", n=goal.minutes) if goal.minutes else _("{distance} a week", distance=length)
    told = [(_("Goal"), aim)]
    if goal.first_run:
        told.append((_("First run that holds it"), day_words(goal.first_run, year=True)))
    if goal.every_run:
        told.append((_("All week from"), day_words(goal.every_run, year=True) + range_words(plan)))
    elif goal.foreseen:
        told.append((_("All of it foreseen for"), _("week {number}", number=goal.foreseen) + range_words(plan)))
    return told


def load_table(plan: Plan) -> str:
    """A row a week: what is planned, the most it might be and what set that, and where a log is kept what was done."""
    heads: tuple[str, ...] = (_("Week"), _("From"), _("What"), _("Running"), _("At most"), _("Set by"), _("Walking"))
    heads = (*heads, _("Run, done"), _("Walked, done")) if plan.ahead_from else heads
    present = present_week(plan)
    rows = [_load_row(plan, week) for week in plan.weeks]
    return table(_("Running and walking, week by week"), heads, rows, f"{present.number}" if present else "")


def _load_row(plan: Plan, week: Week) -> tuple[str, ...]:
    miles = plan.units == "mi"
    most = (distance(week.ceiling_run_m, miles=miles), bound_words(week.bound_by)) if week.run_m else ("", "")
    planned = (_length(week.run_m, miles=miles), *most, _length(week.foot_m - week.run_m, miles=miles))
    row = (f"{week.number}", day_words(week.start), week_words(week), *planned)
    if not plan.ahead_from:
        return row
    did = done_bar(plan, week)
    return (*row, _length(did.run_m, miles=miles), _length(did.walk_m, miles=miles)) if did else (*row, "", "")


def _length(metres: int, *, miles: bool) -> str:
    return distance(metres, miles=miles) if metres else "–"


def pain_table(plan: Plan) -> str:
    """A row for each date with answers: pain before, the worst during, an hour after, the next morning, and what else was told."""
    heads = (_("Date"), _("Before"), _("Worst"), _("An hour after"), _("Next morning"), _("Signs"))
    rows = [(day_words(row.date), *_scores(row), ", ".join(_signs(row))) for row in answered(plan)]
    return table(_("Pain on 0 to 10, as the log tells it"), heads, rows)


def _scores(row: Entry) -> tuple[str, ...]:
    told = (row.pain_before, row.pain_during, row.pain_after, row.pain_next_morning)
    return tuple("–" if score is None else f"{score}" for score in told)


def _signs(row: Entry) -> list[str]:
    signs = ((row.swelling, _("swelling")), (row.limp, _("limp")), (row.painkiller, _("painkiller taken")), (row.red_flag, row.red_flag))
    return [words for told, words in signs if told]


def score_table(plan: Plan) -> str:
    """A row for each date with an outcome score: the questionnaire's total (OUT-01) and the worst pain of the week (OUT-02)."""
    scored = [row for row in plan.log or () if row.akps is not None or row.knee_worst is not None]
    rows = [(day_words(row.date), *("–" if score is None else f"{score}" for score in (row.akps, row.knee_worst))) for row in scored]
    heads = (_("Date"), _("Questionnaire (AKPS), 0 to 100"), _("Worst pain of the week, 0 to 10"))
    return table(_("Scores of the check-ins"), heads, rows) if rows else ""


def shoe_table(plan: Plan) -> str:
    """A row for each pair that the log names: how often it was worn, and how far as far as the log tells."""
    miles, worn = plan.units == "mi", dict[str, list[int]]()
    for row in plan.log or ():
        if row.shoes:
            worn.setdefault(row.shoes, []).append(row.foot_m or row.run_m or 0)
    rows = [(name, many("{n} time", "{n} times", len(found)), distance(sum(found), miles=miles)) for name, found in sorted(worn.items())]
    return table(_("Shoes in the log"), (_("Pair"), _("Worn"), _("Distance logged")), rows) if rows else ""


class Reminders(NamedTuple):
    """What a pillar reminds of: its name in the page, its own, the dates with what is due, and what it found."""

    name: str
    title: str
    dates: list[tuple[str, str, str]]
    findings: list[Finding]


def reminders(plan: Plan) -> list[Reminders]:
    """The pillars that have notes alone, such as those for shoes and check-ups; in the order of their names."""
    by_pillar: dict[str, list[Session]] = {}
    for session in plan.sessions:
        by_pillar.setdefault(session.pillar, []).append(session)
    return [
        Reminders(
            name=anchor("n", pillar),
            title=pillar_words(pillar),
            dates=[(f"d{session.date.isoformat()}", day_words(session.date), session.title) for session in sessions],
            findings=[finding for finding in plan.findings if finding.by == pillar],
        )
        for pillar, sessions in sorted(by_pillar.items())
        if all(session.transparent for session in sessions)
    ]


def today(plan: Plan) -> tuple[str, str]:
    """The day that the plan was made on in words, and the place of that day in the page; "" where nothing is on it."""
    there = plan.as_of in [session.date for session in plan.sessions]
    return day_words(plan.as_of, year=True), f"d{plan.as_of.isoformat()}" if there else ""
