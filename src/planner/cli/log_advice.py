"""What `planner log` advises at once about a row, in the athlete's language; changing the plan is left to the planner."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from planner.athlete import Knee, Screening
from planner.athlete_file import athlete_of
from planner.briefing import make_brief
from planner.cli.log_home import planned_runs
from planner.engine.past_log import past_of
from planner.errors import PlannerError
from planner.journal.log_file import read_log
from planner.language import N_, _, use_language
from planner.maker import Maker, moment
from planner.model import DAY
from planner.response import Rolling, Terms, called_for
from planner.response.signs import PAINKILLER, SERIES
from planner.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from planner.cli.log_home import Home
    from planner.entry import Entry
    from planner.host import Host
    from planner.model import Brief
    from planner.response import Standing

MOST_PAIN = 5
"""A run ends when pain exceeds this rating (PAIN-02)."""
ADVISED_DAYS = 7
"""How many days after its date a row is advised on; signs that call for a professional are at any time."""
FLARE = N_(
    "Stop running for now: take at least two days off, and run again only when the knee is back to where it was before.\n"
    "Such a flare-up is common and rarely means damage; the plan steps back, it does not start over.\n"
    "Rate the knee without painkillers, and do not run to test it.\n"
    "See a doctor or a physiotherapist if it keeps getting worse, or if it happens again within two weeks."
)
"""The advice after pain above 5, a limp or new swelling (evidence 3a, row 2, and 4e)."""
MASKED = N_("With a painkiller nobody can tell how the knee took the day. Rate the knee without painkillers.")
"""The advice on a painkiller where another row decides, or no run was logged (MED-01)."""
UNKNOWN_SIGN = N_(
    "Your log names this sign: {words}. Stop: no running and none of these exercises until a doctor or a physiotherapist has seen you; "
    "today if it is bad or getting worse."
)
"""The message if no pillar reports on the sign."""
REPLANNED = "11"
TOLD = frozenset({"2b", "4", "5", "6", "7", "7b", REPLANNED, PAINKILLER})
"""Rows of the decision table whose text is advice; `FLARE` is that of row 2, and stops have their own."""


class _Asked(NamedTuple):
    """The sources of advice: the plugins and the plan's brief (None if no plan can be made), and what the log leaves for tomorrow."""

    host: Host | None
    brief: Brief | None
    standing: Standing


def advice(entries: Sequence[Entry], home: Home) -> list[str]:
    """The advice that rows call for, each once and in order; empty for rows without pain, a sign, a limp, swelling or a painkiller.

    Reads the log, the athlete file and the calendar beside it. If no plan can be made from them, the programme's defaults decide.
    """
    heard = [entry for entry in entries if entry.red_flag or entry.limp or entry.swelling or entry.painkiller or any(entry.pains)]
    if not heard:
        return []
    with use_language(home.language):
        asked = _asked(home)
        return list(dict.fromkeys(sentence for entry in heard for sentence in _about(entry, home, asked)))


def _about(entry: Entry, home: Home, asked: _Asked) -> Iterator[str]:
    """The advice on one row: a stop, or else what is known about its sign and what the decision table says about its date."""
    by_row = list(_by_row(entry, asked.standing)) if (home.today - entry.date).days <= ADVISED_DAYS else []
    stops = [stop for stop in asked.standing.stops if by_row or stop.since >= entry.date]
    series = [stop for stop in stops if stop.sign in SERIES]
    signs = [entry.red_flag, *(stop.sign for stop in stops if stop not in series)]
    words = _sign_words(dict.fromkeys(filter(None, signs)), entry.date, asked)
    if "stop" in words.values():
        yield from (message for message, severity in words.items() if severity == "stop")
        return
    yield from words
    yield from map(called_for, series) if series else by_row


def _by_row(entry: Entry, standing: Standing) -> Iterator[str]:
    """What the decision table says about a row that does not stop the plan."""
    verdict = standing.on(entry.date) or (standing.on(entry.date - DAY) if entry.only_next_morning else None)
    row = verdict.row if verdict else ""
    flare = max(entry.pains, default=0) > MOST_PAIN or bool(entry.limp) or bool(entry.swelling)
    if verdict and (row == REPLANNED or (row in TOLD and not flare)):
        yield verdict.text
    if flare:
        yield _(FLARE)
    elif entry.painkiller and row != PAINKILLER:
        yield _(MASKED)


def _sign_words(signs: Iterable[str], on: date, asked: _Asked) -> dict[str, str]:
    """The messages about red-flag signs, each with its severity, from the pillar that asks the safety questions."""
    named = tuple(signs)
    try:
        found = _screened(named, on, asked) if named else {}
    except PlannerError:  # a sign gets its answer even if a plugin fails
        found = {}
    if found or not named:
        return found
    from planner.cli.new_text import SIGNS  # noqa: PLC0415  (only if no pillar reports on the sign)

    return {_(UNKNOWN_SIGN, words=_(SIGNS.get(sign, sign))): "stop" for sign in named}


def _screened(signs: tuple[str, ...], on: date, asked: _Asked) -> dict[str, str]:
    """The pillars' messages about signs, with severities, for an athlete whose only safety answers they are."""
    if asked.host is None or asked.brief is None:
        return {}
    athlete = evolve(asked.brief.athlete, knee=Knee(), screening=Screening(answered=on, red_flags=signs))
    found = asked.host.conversation(evolve(asked.brief, athlete=athlete)).screening()
    rows = {str(row.date) for row in asked.brief.log or () if row.red_flag}
    return {one.message: one.severity for one in found if one.where in rows or one.where.startswith("screening.red_flags")}


def _asked(home: Home) -> _Asked:
    rows = read_log(home.log, miles=home.miles, today=home.today)
    host, brief = _brief(home, rows)
    terms = past_of(brief, brief.reading).terms if brief is not None else None
    standing = Rolling(terms or Terms()).on(home.today + DAY, rows, planned_runs(home))
    return _Asked(host, brief, standing)


def _brief(home: Home, rows: tuple[Entry, ...]) -> tuple[Host | None, Brief | None]:
    """The installed plugins and the brief of the plan; None if it cannot be made, which keeps nobody from being advised."""
    folder = home.athlete_file.parent
    try:
        table = {key: value for key, value in read_toml(home.athlete_file).items() if key != "log"}
        athlete = athlete_of(table, name=home.athlete_file.stem)
        maker = Maker.installed()
        as_of, issued = moment(athlete.timezone, home.today)
        return maker.host, make_brief(athlete, maker.template(athlete.template, folder), as_of=as_of, issued=issued, log=rows)
    except PlannerError:
        return None, None
