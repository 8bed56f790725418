"""The parts of a page around charts and weeks, as markup: header facts, reminders, findings, reasons and disclaimer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import _, cached, ngettext
from planner.quantities import distance
from planner.render.html.markup import anchor, text
from planner.render.words import day_words, pace_words, percent_words, pillar_words, range_words

if TYPE_CHECKING:
    from planner.findings import Finding
    from planner.model import Plan, Session, Why

Pairs = list[tuple[str, str]]


def made_on(plan: Plan) -> str:
    """Return the plan's `as_of` date, with a link to that day if it has a session."""
    told = text(_("As of {day}.", day=day_words(plan.as_of, year=True)))
    if plan.as_of not in [session.date for session in plan.sessions]:
        return told
    return f"{told} <a href=#d{plan.as_of.isoformat()}>{text(_('Go to this day'))}</a>"


def facts(plan: Plan) -> str:
    """Return the header facts (dates, terms and goal) as the items of a description list."""
    return "".join([f"<div><dt>{text(name)}</dt><dd>{text(fact)}</dd></div>" for name, fact in _facts(plan)])


def _facts(plan: Plan) -> Pairs:
    miles, paces = plan.units == "mi", plan.reading.paces
    last = plan.weeks[-1].last_day if plan.weeks else plan.start
    share, on_foot = percent_words(plan.reading.growth), plan.reading.measure == "on-foot"
    grown = _("at most {share} more on foot a week", share=share) if on_foot else _("at most {share} more running a week", share=share)
    return [
        (_("When"), _("{first} to {last}", first=day_words(plan.start, year=True), last=day_words(last, year=True))),
        (_("Length"), ngettext("{n} week", "{n} weeks", len(plan.weeks))),
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
        told.append((_("In every run of the week from"), day_words(goal.every_run, year=True) + range_words(plan)))
    elif goal.foreseen:
        told.append((_("Expected in full in"), _("week {number}", number=goal.foreseen) + range_words(plan)))
    return told


def reminders(plan: Plan) -> list[str]:
    """Return a card for each pillar that has only notes, such as shoes or check-ups, sorted by pillar."""
    by_pillar: dict[str, list[Session]] = {}
    for session in plan.sessions:
        by_pillar.setdefault(session.pillar, []).append(session)
    noted = [(pillar, found) for pillar, found in sorted(by_pillar.items()) if all([session.transparent for session in found])]
    return [_card(pillar, "".join(map(_reminder, sessions))) for pillar, sessions in noted]


def _card(pillar: str, dates: str) -> str:
    return f"<section id={anchor('n', pillar)}><h3>{text(pillar_words(pillar))}</h3><ul class=dates>{dates}</ul></section>"


def _reminder(session: Session) -> str:
    return f"<li><a href=#d{session.date.isoformat()}>{text(day_words(session.date))}</a> {text(session.title)}"


def findings(plan: Plan) -> list[str]:
    """Return the findings as list items, in the plan's order (most severe first)."""
    words = {"info": _("Note"), "warning": _("Careful"), "error": _("Error"), "stop": _("Stop")}
    return [_finding(found, words[found.severity]) for found in plan.findings]


def _finding(found: Finding, kind: str) -> str:
    place, source = f"{text(found.where)}: " if found.where else "", f" <cite>{text(found.source)}</cite>" if found.source else ""
    return f"<li class={found.severity}><span>{text(kind)}</span> {place}{text(found.message)}{source}"


def reasons(plan: Plan) -> list[str]:
    """Return the reasons of all pillars, sorted by pillar and, within each, by source."""
    found: dict[str, dict[int, Why]] = {}
    for session in plan.sessions:
        of_pillar = found.setdefault(session.pillar, {})
        for why in session.why:
            of_pillar[id(why)] = why  # most repeat as the same object, so fewer remain to be hashed and compared below
    return [_of_pillar(pillar, tuple(dict.fromkeys(found[pillar].values()))) for pillar in sorted(found) if found[pillar]]


@cached(256)
def _of_pillar(pillar: str, reasons: tuple[Why, ...]) -> str:
    told: dict[str, dict[str, None]] = {}
    for why in reasons:
        told.setdefault(why.source, {})[why.text] = None
    parts = [f"<dt>{text(source or _('Expert practice'))}<dd>{'<dd>'.join(map(text, told[source]))}" for source in sorted(told)]
    return f"<section id={anchor('w', pillar)}><h3>{text(pillar_words(pillar))}</h3><dl class=reasons>{''.join(parts)}</dl></section>"


def disclaimer(plan: Plan) -> str:
    """Return the disclaimer, one paragraph per line of text."""
    return "".join([f"<p>{text(paragraph)}" for paragraph in plan.disclaimer.splitlines() if paragraph.strip()])
