"""What sessions say at length, once: exercises, and texts that several sessions share, stand in an appendix, and sessions lead to them.

A session's details are paragraphs, parted by empty lines. One whose first line is a heading is an exercise, known by that; where its text
differs from week to week, because the dose grows, each line stands once, with the weeks that it holds for. The lines of all other
paragraphs are known by the sessions that say them: those that always come together are one text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planner.language import _, cached, ngettext
from planner.render.html.markup import MORE, anchor, folded, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.model import Plan

_CLAUSE = re.compile(r"[.:;!?](?=\s|$)")
_LONGEST_TITLE = 36
_SHORT = 100
"""What is no longer than this stands where it belongs, however often."""


class Exercise:
    """One text of an exercise: its title and its lines. There is one object for each text (`_exercise`), known by its identity: to compare
    all lines of all exercises would cost more than anything else in the appendix.
    """

    __slots__ = ("lines", "title")

    def __init__(self, title: str, lines: tuple[str, ...]) -> None:
        """As they are given."""
        self.title, self.lines = title, lines


class Appendix(NamedTuple):
    """What stands in the appendix: exercises by title, each text of one with the numbers of its weeks; texts by name.

    `told` has, for the details of each session, the markup of what is left to stand there.
    """

    exercises: Mapping[str, Mapping[Exercise, list[int]]]
    texts: Mapping[str, tuple[str, ...]]
    told: Mapping[str, str]


class _Details(NamedTuple):
    """A session's details apart: exercises as titles with their lines, and the lines of everything else."""

    exercises: tuple[Exercise, ...]
    lines: tuple[str, ...]


@cached(1024)
def _apart(details: str) -> _Details:
    exercises: list[Exercise] = []
    others: list[str] = []
    for part in details.split("\n\n"):
        lines = tuple([line for line in part.splitlines() if line.strip()])
        if len(lines) > 1 and not _CLAUSE.search(lines[0]):
            exercises.append(_exercise(lines[0].partition(" (")[0], lines))
        else:
            others += lines
    return _Details(tuple(exercises), tuple(dict.fromkeys(others)))


@cached(2048)
def _exercise(title: str, lines: tuple[str, ...]) -> Exercise:
    return Exercise(title, lines)


def appendix(plan: Plan) -> Appendix:
    """What the sessions of a plan say at length, apart into what stands once and what stays with each."""
    weeks: dict[str, list[int]] = {}
    for week in plan.weeks:
        number = week.number
        for session in week.sessions:
            if session.details in weeks:
                weeks[session.details].append(number)
            else:
                weeks[session.details] = [number]
    apart = {details: _apart(details) for details in weeks}
    exercises: dict[str, dict[Exercise, list[int]]] = {}
    for details, (found, _lines) in apart.items():
        for exercise in found:
            exercises.setdefault(exercise.title, {}).setdefault(exercise, []).extend(weeks[details])
    texts = _texts([found.lines for found in apart.values()], [len(numbers) > 1 for numbers in weeks.values()])
    named = {line: name for name, lines in texts.items() for line in lines}
    return Appendix(exercises, texts, {details: _told(found.lines, texts, named) for details, found in apart.items()})


def _texts(said: list[tuple[str, ...]], often: list[bool]) -> dict[str, tuple[str, ...]]:
    """The texts that stand once, of the lines that are `said`; `often`, whether in more than one session."""
    sayers: dict[str, int] = {}
    for place, lines in enumerate(said):
        bit = 1 << place
        for line in lines:
            sayers[line] = sayers.get(line, 0) | bit
    together: dict[int, list[str]] = {}
    for line, who in sayers.items():
        together.setdefault(who, []).append(line)
    several = [lines for who, lines in together.items() if who & (who - 1) or often[who.bit_length() - 1]]
    return {anchor("t", lines[0]): tuple(lines) for lines in several if sum(map(len, lines)) > _SHORT}


def _told(lines: tuple[str, ...], texts: Mapping[str, tuple[str, ...]], named: Mapping[str, str]) -> str:
    """What is left of a session's details, and where the rest is."""
    names = dict.fromkeys([named[line] for line in lines if line in named])
    return _left(tuple([line for line in lines if line not in named]), tuple([(name, texts[name][0]) for name in names]))


@cached(2048)
def _left(own: tuple[str, ...], links: tuple[tuple[str, str], ...]) -> str:
    """What stays with a session: its own lines, and where the others are."""
    led = [f"<a href=#{name}>{_link(line)}</a>" for name, line in links]
    markup = f"<p>{'<br>'.join(map(text, own))}" if own else ""
    return markup + (f"<p class=more>{text(_('In full:'))} {', '.join(led)}" if led else "")


def _link(line: str) -> str:
    return text(_title(line)).replace("…", MORE)


@cached(1024)
def titles(details: str) -> dict[str, str]:
    """The titles of the exercises that a session explains, each with its name in the page."""
    return {exercise.title: anchor("h", exercise.title) for exercise in _apart(details).exercises}


def _title(line: str) -> str:
    """What a text is called: its first clause, or as much of that as a title takes."""
    title = _CLAUSE.split(line.strip(), maxsplit=1)[0].strip() or line
    if len(title) <= _LONGEST_TITLE:
        return title
    return f"{title[:_LONGEST_TITLE].rpartition(' ')[0] or title[:_LONGEST_TITLE]} …"


def entries(found: Appendix) -> list[str]:
    """The appendix: texts, then exercises, each in the order of their titles."""
    texts = sorted((_title(lines[0]).casefold(), name, lines) for name, lines in found.texts.items())
    exercises = sorted(found.exercises.items(), key=lambda item: (item[0].casefold(), item[0]))
    told = [_text(name, lines) for _order, name, lines in texts]
    return told + [_entry(tuple(variants), tuple(map(tuple, variants.values()))) for _title, variants in exercises]


@cached(512)
def _text(name: str, lines: tuple[str, ...]) -> str:
    return folded(name, _title(lines[0]), f"<p>{'<br>'.join(map(text, lines))}")


@cached(512)
def _entry(variants: tuple[Exercise, ...], numbers: tuple[tuple[int, ...], ...]) -> str:
    """An exercise: what holds always, then for certain weeks."""
    title, heading = variants[0].title, variants[0].lines[0]
    weeks: dict[str, set[int]] = {}
    for exercise, said in zip(variants, numbers, strict=True):
        for line in exercise.lines:
            weeks.setdefault(line, set()).update(said)
    every, parts = {number for said in numbers for number in said}, dict[tuple[int, ...], list[str]]()
    for line, when in weeks.items():
        if line != heading:
            parts.setdefault(() if when == every else tuple(sorted(when)), []).append(text(line))
    body = "".join([f"<p>{f'<b>{text(weeks_words(part))}</b><br>' if part else ''}{'<br>'.join(parts[part])}" for part in sorted(parts)])
    return folded(anchor("h", title), heading, body)


def weeks_words(weeks: tuple[int, ...]) -> str:
    """The numbers of weeks as people write them: `Week 3`, `Weeks 1-2, 5`."""
    spans: list[list[int]] = []
    for week in weeks:
        if spans and spans[-1][1] == week - 1:
            spans[-1][1] = week
        else:
            spans.append([week, week])
    numbers = ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans)
    return ngettext("Week {numbers}", "Weeks {numbers}", len(weeks), numbers=numbers)
