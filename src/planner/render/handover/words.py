"""The text of the handover page: sections with lines, or a sentence if there is nothing to show."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from planner.language import _, ngettext
from planner.quantities import distance
from planner.render.handover.facts import LATEST_WEEKS
from planner.render.sheet.front import goal_lines, place_words
from planner.render.words import bound_words, day_words, percent_words, pillar_words, week_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.entry import Entry
    from planner.findings import Finding
    from planner.model import Plan
    from planner.render.handover.facts import Decided, Facts, Kept, Score

MOST = 5
"""The most lines of a kind that are shown, the latest; the others are counted, so that the text fits one page."""
MOST_NAMED = 3
"""The most sessions without a log row that are named."""
LETTERS = 3000
"""The most characters of decisions, counted from the latest week backwards."""
LONGEST = 360
"""The most characters of a finding; longer ones are truncated."""
LONGEST_REASON = 700
"""The most characters of a week's reason. The built-in ones are shorter in every language: they end with the decision, which must not be
cut.
"""
MOST_RUNS = 12
"""The most runs with unclean answers that are shown, the latest."""


class Line(NamedTuple):
    """A line: place or date, text, and source; `grave` lines are highlighted."""

    where: str
    text: str
    source: str = ""
    grave: bool = False


class Section(NamedTuple):
    """A titled section of the page."""

    title: str
    lines: tuple[Line, ...]


class Table(NamedTuple):
    """A table of the page; `empty` is shown if it has no rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str


def title(facts: Facts) -> str:
    """Return the page's title."""
    return (
        _("Training: load and adherence") if facts.private else _("Handover: {name}", name=facts.plan.athlete_name or facts.plan.athlete_id)
    )


def head(facts: Facts) -> Iterator[str]:
    """Yield the header lines: reference date, progress, terms, and whether a log is kept."""
    plan = facts.plan
    if plan.weeks:
        span = {"first": day_words(plan.start, year=True), "last": day_words(plan.weeks[-1].last_day, year=True)}
        yield _(
            "As of {day}. {place} The plan goes from {first} to {last}.", day=day_words(facts.today, year=True), place=_place(facts), **span
        )
    growth = percent_words(plan.reading.growth)
    counted = _("running") if plan.reading.measure == "running" else _("running and walking together")
    if facts.stops:
        yield _("The plan is stopped. The weeks below are from before the stop; do none of it until a professional has seen the knee.")
    if facts.referrals:
        yield _("Running is paused, and the weeks below are from before that: no run until the knee has been seen. Other sessions stay.")
        yield from map(_short, facts.referrals)
    if facts.private:
        yield _("At most {growth} more a week, counted in {counted}.", growth=growth, counted=counted)
        yield _("Name and health detail are left out of this page.")
        return
    terms = _("Programme {name}; at most {growth} more a week, counted in {counted}.", name=plan.template, growth=growth, counted=counted)
    yield " ".join((terms, *(f"{line}." for line in goal_lines(plan))))
    if not facts.logged:
        yield _("No log is kept: this page shows what is planned. What was done, and how the knee felt, is not known.")


def _place(facts: Facts) -> str:
    plan = facts.plan
    week = next((w for w in plan.weeks if w.start <= facts.today <= w.last_day), None)
    if week is not None:
        return _("Week {number} of {weeks}.", number=week.number, weeks=len(plan.weeks))
    return _("It has not begun.") if facts.today < plan.start else _("It is over.")


def flags(facts: Facts) -> Section:
    """Return what calls for a professional: standing stops, safety questions, and signs in the log."""
    lines = [Line("", _short(message), grave=True) for message in facts.stops]
    lines += [_finding(f, grave=f.severity != "info") for f in facts.warnings[:MOST]]
    lines += _latest([Line(day_words(row.date), _signs(row), grave=bool(row.red_flag)) for row in facts.signs])
    none = _("None in the log and none in the safety answers.") if facts.logged else _("None in the safety answers; no log is kept.")
    return Section(_("Red flags"), tuple(lines) or (Line("", none),))


def _signs(row: Entry) -> str:
    found = [_("sign {id}", id=row.red_flag)] if row.red_flag else []
    found += [_("limp")] if row.limp else []
    found += [_("swelling")] if row.swelling else []
    found += [_("a painkiller")] if row.painkiller else []
    return ", ".join(found)


def adherence(facts: Facts) -> Table:
    """Return how many sessions so far were done, by pillar."""
    heads = (_("Pillar"), _("Due"), _("Done"), _("Missed"), _("Not logged"), _("Share"))
    rows = tuple(_kept(one, facts) for one in facts.kept)
    if facts.beyond:
        rows += ((_("Runs beyond the plan"), "-", str(len(facts.beyond)), "-", "-", "-"),)
    return Table(_("Adherence"), heads, rows, _("Nothing has been due so far."))


def _kept(one: Kept, facts: Facts) -> tuple[str, ...]:
    if facts.private:
        name = _("Runs") if one.runs else _("Other sessions")
    else:
        name = _("Runs ({pillar})", pillar=pillar_words(one.pillar)) if one.runs else pillar_words(one.pillar)
    if not facts.logged:
        return name, str(one.due), "-", "-", "-", "-"
    return name, str(one.due), str(one.done), str(one.missed), str(one.untold), percent_words(Fraction(100 * one.done // one.due, 100))


def outcomes(facts: Facts) -> Section:
    """Return the first and last value of each outcome score, and what the change means."""
    lines = [Line(*_score(score)) for score in facts.scores] + [_finding(f) for f in facts.score_findings[:MOST]]
    none = _("The log has neither an AKPS nor a worst pain of the week.") if facts.logged else _("No log is kept.")
    return Section(_("Outcome totals"), tuple(lines) or (Line("", none),))


def _score(score: Score) -> tuple[str, str, str]:
    name = _("AKPS, 0 to 100, higher is better") if score.name == "akps" else _("Worst knee pain of the week, 0 to 10")
    source = "OUT-01" if score.name == "akps" else "OUT-02"
    first, last = day_words(score.first_on), day_words(score.last_on)
    if score.times == 1:
        return name, _("{total} on {day}, the only one so far.", total=score.first, day=first), source
    values: dict[str, object] = {"first": score.first, "on": first, "last": score.last, "day": last, "matters": score.matters}
    if not score.better:
        text = _("{first} on {on}, {last} on {day}: no change; {matters} count as an important one.", **values)
    elif score.better > 0:
        text = _("{first} on {on}, {last} on {day}: better by {n}; {matters} count as an important change.", n=score.better, **values)
    else:
        text = _("{first} on {on}, {last} on {day}: worse by {n}; {matters} count as an important change.", n=-score.better, **values)
    return name, text, source


def decisions(facts: Facts) -> Section:
    """Return the decisions and their reasons, week by week."""
    weeks = [list(_decided(decided)) for decided in facts.decided]
    while len(weeks) > 1 and sum(len(line.text) for lines in weeks for line in lines) > LETTERS:
        del weeks[0]
    lines = [line for told_of in weeks for line in told_of]
    earlier = facts.earlier + len(facts.decided) - len(weeks)
    if earlier:
        told_elsewhere = ngettext("One earlier week is not shown here.", "{n} earlier weeks are not shown here.", earlier)
        lines.insert(0, Line("", told_elsewhere))
    return Section(_("Decisions, and why"), tuple(lines) or (Line("", _("No week has begun.")),))


def _decided(decided: Decided) -> Iterator[Line]:
    week = decided.week
    where = _("Week {number}, {what}", number=week.number, what=week_words(week))
    if not decided.why:
        size = _("Its size was set by {what}.", what=bound_words(week.bound_by)) if week.bound_by else _("No running was planned.")
        yield Line(where, size)
    for finding in decided.why:
        yield Line(where, _short(finding.message, LONGEST_REASON), finding.source)
        where = ""


def sore_runs(facts: Facts) -> Section:
    """Return the runs of the latest weeks whose answers were not clean: the basis of the decisions."""
    lines = _latest([Line(day_words(row.date), _sore(row, facts), grave=bool(row.red_flag)) for row in facts.sore], MOST_RUNS)
    none = _("None in the last {n} weeks.", n=LATEST_WEEKS) if facts.logged else _("No log is kept.")
    return Section(_("Answers that were not clean"), tuple(lines) or (Line("", none),))


def _sore(row: Entry, facts: Facts) -> str:
    """Describe a run with every answer given: `2.0 km, before 0, worst 6, next morning 1, limp`."""
    pains = [f"{name} {pain}" for name, pain in zip(_asked(), row.answers, strict=True) if pain is not None]
    return ", ".join(filter(None, (_ran(row, facts), *pains, _signs(row))))


def _ran(row: Entry, facts: Facts) -> str:
    """Describe how far a run went and whether it was unplanned; "" if only its pain is known."""
    if not row.run_m:
        return _("no running") if row.run_m == 0 or row.pain_during is None else ""
    ran = distance(row.run_m, miles=facts.plan.units == "mi")
    return _("A run that was not planned for this day ({distance})", distance=ran) if row.date in facts.beyond else ran


def questions(facts: Facts) -> Section:
    """Return what is still open: findings that ask for something, sessions without a log row, runs with answers missing."""
    lines = [_finding(f) for f in facts.open_findings[:MOST]]
    lines += _latest([Line(day_words(row.date), _missing(row)) for row in facts.unanswered])
    if facts.untold:
        named = [f"{day_words(s.date)} {' '.join(s.title.split())}" for s in facts.untold[-MOST_NAMED:]]
        count = ngettext(
            "One session has no row in the log: {last}.",
            "{n} sessions have no row in the log, the last: {last}.",
            len(facts.untold),
            last=", ".join(named),
        )
        lines.append(Line("", count))
    if not facts.logged:
        lines.append(Line("", _("What was done, and how the knee took it: no log is kept.")))
    return Section(_("Open questions"), tuple(lines) or (Line("", _("None.")),))


def _missing(row: Entry) -> str:
    left = [name for name, answer in zip(_asked(), row.answers, strict=True) if answer is None]
    return _("run with answers missing: {answers}", answers=", ".join(left))


def _asked() -> tuple[str, ...]:
    """Return the names of the four answers, in the order of `told`."""
    return _("before"), _("worst"), _("an hour after"), _("next morning")


def load_title(plan: Plan) -> str:
    """Return the title of the load chart."""
    if plan.reading.measure == "on-foot":
        return _("Load against ceiling, {unit} on foot a week", unit="mi" if plan.units == "mi" else "km")
    return _("Load against ceiling, {unit} of running a week", unit="mi" if plan.units == "mi" else "km")


def load_rows(facts: Facts) -> Table:
    """Return the figures of the load chart."""
    plan = facts.plan
    miles = plan.units == "mi"

    def cell(metres: int | None) -> str:
        return "" if metres is None else distance(metres, miles=miles) if metres else "-"

    heads = (_("Week"), _("Planned"), _("At most"), _("Done"))
    rows = tuple((str(w.number), cell(w.planned_m), cell(w.ceiling_m), cell(w.done_m)) for w in facts.weeks)
    return Table(load_title(plan), heads, rows, "")


def pain_title() -> str:
    """Return the title of the pain chart."""
    return _("Knee pain over time, 0 to 10")


def pain_rows(facts: Facts) -> Table:
    """Return the figures of the pain chart."""
    heads = (_("Date"), *_asked())
    rows = tuple((day_words(row.date), *("" if pain is None else str(pain) for pain in row.answers)) for row in facts.pains)
    return Table(pain_title(), heads, rows, no_pain(facts))


def no_pain(facts: Facts) -> str:
    """Return the text shown in place of an empty pain chart."""
    return _("The log has no answers about the knee.") if facts.logged else _("No log is kept.")


def short_distance(metres: int, *, miles: bool) -> str:
    """Format metres without their unit, for a chart that states it."""
    return distance(metres, miles=miles).partition(" ")[0]


def _finding(finding: Finding, *, grave: bool = False) -> Line:
    return Line(place_words(finding.where), _short(finding.message), finding.source, grave)


def _latest(lines: Sequence[Line], most: int = MOST) -> Iterable[Line]:
    """Return the last `most` lines, preceded by a count of the earlier ones."""
    if len(lines) <= most:
        return lines
    more = ngettext("One earlier one is not shown here.", "{n} earlier ones are not shown here.", len(lines) - most)
    return [Line("", more), *lines[-most:]]


def _short(message: str, most: int = LONGEST) -> str:
    """Return a message on one line; if too long, cut after its last whole sentence, or else after a word."""
    line = " ".join(message.split())
    if len(line) <= most:
        return line
    kept = line[:most]
    whole = kept.rpartition(". ")[0]
    return f"{whole}. …" if whole else f"{kept.rpartition(' ')[0] or kept} …"
