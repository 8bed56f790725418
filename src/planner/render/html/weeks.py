"""The week view of a page: days, their sessions, and each session's steps, reasons and sources.

A plan has some two hundred sessions, and most repeat the content of others in this plan or the last one. The markup is therefore cached by
the identity of steps and reasons, as in calendars, and built from plain strings.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import escape

from planner.caching import cached_by_identity
from planner.language import _, cached, current_language
from planner.quantities import clock, distance
from planner.render.done import by_day, session_done_m, week_done_m
from planner.render.html.common_notes import leading
from planner.render.html.current_week import present_week
from planner.render.html.howto import titles
from planner.render.html.markup import anchor, text
from planner.render.html.sets import Set, main, shown
from planner.render.words import bound_words, day_words, load_line, step_lines, week_words
from planner.steps import Group, Step

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import date

    from planner.model import Plan, Session, Week, Why
    from planner.steps import Steps

_LOOKS = {"run": "run", "strength": "strength", "cross-training": "cross", "rest": "rest"}
"""Session tags and their style sheet classes."""
_MOST_KEPT = 4096
_kept: dict[tuple[object, ...], tuple[Session, str]] = {}


def look(session: Session) -> str:
    """Return a session's style class: that of the first tag that has one, otherwise `note` or `other`."""
    return _look(session.tags, session.transparent)


@lru_cache(maxsize=512)
def _look(tags: tuple[str, ...], transparent: bool) -> str:  # noqa: FBT001  (cached calls with positional arguments are faster)
    found = [_LOOKS[tag] for tag in tags if tag in _LOOKS]
    return found[0] if found else "note" if transparent else "other"


class Page(NamedTuple):
    """What all sessions of a page share: the remaining markup by details text, and the texts of recurring notes."""

    told: Mapping[str, str]
    always: frozenset[str]


def styled(session: Session) -> str:
    """Return a session's class attribute value: its look and, unless it is planned, its status."""
    return look(session) if session.status == "planned" else f"'{look(session)} {session.status}'"


def weeks(plan: Plan, page: Page) -> list[str]:
    """Return the markup of all weeks, with the current one open."""
    present = present_week(plan)
    return [_week(plan, week, page, opened=week is present) for week in plan.weeks]


def _week(plan: Plan, week: Week, page: Page, *, opened: bool) -> str:
    span = text(_("{first} to {last}", first=day_words(week.start), last=day_words(week.last_day)))
    span += f", {text(distance(week.run_m, miles=plan.units == 'mi'))}" if week.run_m else ""
    head = f"<h3>{text(_('Week {number}', number=week.number))}</h3> <span class=when>{span}</span>"
    kind = f"<span class='kind {week.decision}'>{text(week_words(week))}</span>"
    days = "".join(_days(plan, week, page))
    start = f"<details class=week id=week-{week.number}{' open' if opened else ''}><summary>{head} {kind}</summary>"
    return f"{start}<p class=load>{escape(_load(plan, week))}</p><div class=days>{days}</div></details>"


def _load(plan: Plan, week: Week) -> str:
    """Describe a week's planned running, its ceiling, and what was done."""
    miles, done = plan.units == "mi", week_done_m(plan, week)
    if not week.run_m:
        told = _("No running in this week.")
    elif not week.bound_by:
        told = _("Running {planned}.", planned=distance(week.run_m, miles=miles))
    else:
        told = _(
            "Running {planned}, at most {most} (set by {what}).",
            planned=distance(week.run_m, miles=miles),
            most=distance(week.ceiling_run_m, miles=miles),
            what=bound_words(week.bound_by),
        )
    ran = _("Done: {done}.", done=distance(done or 0, miles=miles))
    return f"{told} {ran}" if done else told


def _days(plan: Plan, week: Week, page: Page) -> list[str]:
    """Return the days of a week that have content, each under a heading that the month tables link to."""
    miles, pieces = plan.units == "mi", []
    for day, sessions, own in by_day(plan, week):
        held = [_session(plan, session, page, miles=miles) for session in sessions]
        held += [_extra(done.run_m, miles=miles) for done in own]
        pieces.append(f"<div class=day>{_day(day, day == plan.as_of)}{''.join(held)}</div>")
    return pieces


@cached(4096)
def _day(day: date, today: bool) -> str:  # noqa: FBT001  (cached calls with positional arguments are faster)
    mark = f" <span class=now>{text(_('today'))}</span>" if today else ""
    return f"<h4 id=d{day.isoformat()}>{text(day_words(day))}{mark}</h4>"


def _extra(metres: int, *, miles: bool) -> str:
    told = _("A run not planned for this day: {distance}", distance=distance(metres, miles=miles))
    return f"<p class='extra run'>{text(told)}</p>"


def _session(plan: Plan, session: Session, page: Page, *, miles: bool) -> str:
    """Return one session: title, start and length in the summary; steps, load and reasons inside."""
    head = f"{text(session.title)}{_meta(plan, session, miles=miles)}"
    told = page.told[session.details]
    body = _run(session, told, page, miles=miles) if session.run_s or session.walk_s else _other(session, told, page.always)
    return f"<details class={styled(session)}><summary>{head}</summary>{body}</details>"


def _run(session: Session, told: str, page: Page, *, miles: bool) -> str:
    """Return the content of a session with running or walking; not cached, because hardly two are alike."""
    todo = _todo(session.steps, True, session.details, page.always)  # noqa: FBT003  (cached by positional arguments)
    load = f"<p class=load>{escape(load_line(session, miles=miles))}" if session.run_s else ""
    return f"{todo}{load}{told}{_sources(session.why, session.pillar)}"


def _other(session: Session, told: str, always: frozenset[str]) -> str:
    """Return the content of any other session, cached by the identity of its steps and reasons.

    Pillars repeat the same content in many plans. The cache holds the session, which keeps those objects alive and their ids valid.
    """
    key = (id(session.steps), id(session.why), session.details, told, session.pillar, always, current_language())
    known = _kept.get(key)
    if known is not None:
        return known[1]
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    todo = _todo(session.steps, False, session.details, always)  # noqa: FBT003  (cached by positional arguments)
    body = f"{todo}{told}{_sources(session.why, session.pillar)}"
    _kept[key] = session, body
    return body


def _meta(plan: Plan, session: Session, *, miles: bool) -> str:
    """Return a session's start, length and, unless it is planned, its status with the distance run."""
    parts = [f"{session.start.hour:02d}:{session.start.minute:02d}"] if session.start else []
    if session.duration_s >= 60:
        parts.append(_long(session.duration_s))
    if session.status != "planned":
        ran = session_done_m(plan, session)
        parts.append(text(_became(session.status) if not ran else f"{_became(session.status)} {distance(ran, miles=miles)}"))
    return f" <small>{', '.join(parts)}</small>" if parts else ""


@cached(1024)
def _long(seconds: int) -> str:
    return text(clock(seconds // 60 * 60))


def _became(status: str) -> str:
    return {"done": _("done"), "missed": _("missed"), "cancelled": _("cancelled")}.get(status, status)


@cached_by_identity(4096)
def _todo(steps: Steps, running: bool, details: str, always: frozenset[str]) -> str:  # noqa: FBT001  (cached by positional arguments)
    """Return a session's steps as a list; explained exercises and recurring notes link to their full text."""
    found, to = shown(steps, running), titles(details)
    items = [linked(step, to) for step in steps] if to and not running else list(map(_item, found.pieces))
    for place, note in found.notes:
        if note.text in always:
            items[place] = leading(note)
    return f"<ul>{''.join(items)}</ul>" if items else ""


@cached_by_identity(4096)
def _item(piece: Step | Group | Set) -> str:
    """Return a step as a list item, or a link to a set; the main steps are highlighted."""
    if isinstance(piece, Set):
        return f"<li><a href=#{piece.name}>{escape(piece.title)}</a>"
    return f"<li{' class=main' if main(piece) else ''}>{escape(step_lines((piece,))[0])}"


def _titled(step: Step, to: Container[str]) -> str:
    """Return the appendix title that a step's text begins with; "" without one."""
    whole = step.text.strip()
    short = whole.partition(",")[0]
    return whole if whole in to else short if short in to else ""


def linked(step: Step | Group, to: Mapping[str, str]) -> str:
    """Return a step as a list item; if its title is in `to`, it links to that anchor."""
    title = _titled(step, to) if isinstance(step, Step) else ""
    line = step_lines((step,))[0]
    if not title or not line.startswith(title):
        return _item(step)
    return f"<li><a href=#{to[title]}>{text(title)}</a>{text(line.removeprefix(title))}"


@cached_by_identity(4096)
def _sources(why: tuple[Why, ...], pillar: str) -> str:
    """Return the sources of a session's reasons in the order of those reasons, linked to the reasons."""
    sources = dict.fromkeys([one.source or _("expert practice") for one in why])
    return f"{_to_reasons(pillar)}{escape(', '.join(sources))}</a>" if sources else ""


@cached(64)
def _to_reasons(pillar: str) -> str:
    return f"<p class=why><a href=#{anchor('w', pillar)}>{text(_('Reasons:'))} "
