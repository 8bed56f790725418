"""The appendix of a page: exercises and texts shared by several sessions, printed once and linked from each session.

A session's details are paragraphs separated by blank lines. A paragraph whose first line is a heading is an exercise, identified by that
heading; where its text changes from week to week because the dose grows, each line is printed once, with the weeks it applies to. The lines
of all other paragraphs are grouped by the sessions they occur in: lines that always occur together form one text.
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
"""Texts of at most this many characters are not moved to the appendix; they stay in each session."""


class Exercise:
    """One variant of an exercise's text: its title and its lines.

    Instances are interned by `_exercise` and compared by identity, because comparing all lines of all exercises would dominate the cost of
    the appendix.
    """

    __slots__ = ("lines", "title")

    def __init__(self, title: str, lines: tuple[str, ...]) -> None:
        """Store the title and lines."""
        self.title, self.lines = title, lines


class Appendix(NamedTuple):
    """The content of the appendix: exercises by title, each variant with its week numbers, and shared texts by anchor name.

    `told` maps the details of each session to the markup that remains in the session.
    """

    exercises: Mapping[str, Mapping[Exercise, list[int]]]
    texts: Mapping[str, tuple[str, ...]]
    told: Mapping[str, str]


class _Details(NamedTuple):
    """A session's details, split into exercises and the lines of everything else."""

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
    """Split the details of a plan's sessions into what goes to the appendix and what stays with each session."""
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
    """Return the shared texts by anchor name.

    `said` has the lines of each distinct details text; `often` says whether that text occurs in more than one session.
    """
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
    """Return the markup that remains of a session's details, with links to the rest."""
    names = dict.fromkeys([named[line] for line in lines if line in named])
    return _left(tuple([line for line in lines if line not in named]), tuple([(name, texts[name][0]) for name in names]))


@cached(2048)
def _left(own: tuple[str, ...], links: tuple[tuple[str, str], ...]) -> str:
    """Return a session's own lines as markup, followed by links to the shared texts."""
    led = [f"<a href=#{name}>{_link(line)}</a>" for name, line in links]
    markup = f"<p>{'<br>'.join(map(text, own))}" if own else ""
    return markup + (f"<p class=more>{text(_('In full:'))} {', '.join(led)}" if led else "")


def _link(line: str) -> str:
    return text(_title(line)).replace("…", MORE)


@cached(1024)
def titles(details: str) -> dict[str, str]:
    """Map the titles of the exercises that a session explains to their anchors in the page."""
    return {exercise.title: anchor("h", exercise.title) for exercise in _apart(details).exercises}


def _title(line: str) -> str:
    """Return a text's title: its first clause, truncated to `_LONGEST_TITLE` characters."""
    title = _CLAUSE.split(line.strip(), maxsplit=1)[0].strip() or line
    if len(title) <= _LONGEST_TITLE:
        return title
    return f"{title[:_LONGEST_TITLE].rpartition(' ')[0] or title[:_LONGEST_TITLE]} …"


def entries(found: Appendix) -> list[str]:
    """Return the appendix entries: texts, then exercises, each sorted by title."""
    texts = sorted((_title(lines[0]).casefold(), name, lines) for name, lines in found.texts.items())
    exercises = sorted(found.exercises.items(), key=lambda item: (item[0].casefold(), item[0]))
    told = [_text(name, lines) for _order, name, lines in texts]
    return told + [_entry(tuple(variants), tuple(map(tuple, variants.values()))) for _title, variants in exercises]


@cached(512)
def _text(name: str, lines: tuple[str, ...]) -> str:
    return folded(name, _title(lines[0]), f"<p>{'<br>'.join(map(text, lines))}")


@cached(512)
def _entry(variants: tuple[Exercise, ...], numbers: tuple[tuple[int, ...], ...]) -> str:
    """Return an exercise entry: the lines that apply in every week, then those that apply in certain weeks."""
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
    """Format week numbers as ranges: `Week 3`, `Weeks 1-2, 5`."""
    spans: list[list[int]] = []
    for week in weeks:
        if spans and spans[-1][1] == week - 1:
            spans[-1][1] = week
        else:
            spans.append([week, week])
    numbers = ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans)
    return ngettext("Week {numbers}", "Weeks {numbers}", len(weeks), numbers=numbers)
