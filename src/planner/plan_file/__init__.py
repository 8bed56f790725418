"""Reads plans that `planner make` wrote, JSON or calendars, back into a `Plan` that can be shown and audited.

Values are read as stated, without checking what follows from them: whether the sums are right is for the audit.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

from planner.atomic_file import read_whole
from planner.digits import whole_number
from planner.entry import Entry
from planner.entry import Side as KneeSide
from planner.errors import InputError
from planner.findings import SEVERITIES, Finding
from planner.language import ENGLISH, languages
from planner.model import Contributor, Decision, Done, Goal, Paces, Plan, Reading, Session, Stage, Status, Week, Why
from planner.plan_file.values import Table
from planner.steps import Group, Side, Step, Steps
from planner.text_decoding import BOM, PLAIN_TEXT, content_start, decode_utf8
from planner.zones import zone

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

FORMAT = "planner-plan/"
VERSION = "1"
MOST_BYTES = 20_000_000
DEEPEST = 8
"""Maximum depth of nested step lists; the outermost counts as 1."""
_CALENDAR = b"BEGIN:VCALENDAR"


def read_plan(path: Path) -> Plan:
    """Read a plan from a file: a calendar if it begins like one, else JSON.

    A calendar contains everything that the laws check but not the sessions' instructions: its runs come back as plain running and walking.
    Raises `InputError` with the file and the member for a file that is missing, a folder, over 20 MB or not UTF-8, for another format or
    version, and for an incomplete plan.
    """
    return read_with_strangers(path)[0]


def read_with_strangers(path: Path) -> tuple[Plan, int]:
    """`read_plan`, and how many events of other people a calendar holds (0 for JSON): no law counts those. Raises `InputError`."""
    raw = _bytes(path)
    try:
        if content_start(raw)[: len(_CALENDAR)].upper() == _CALENDAR:
            from planner.plan_file.calendar import STRANGERS, document  # noqa: PLC0415  (loads icalendar, for calendars only)

            found = document(raw)
            return plan_from(found), int(str(found[STRANGERS]))
        return plan_from(_parsed(raw)), 0
    except InputError as error:
        raise error.within(str(path)) from None


def plan_from(document: object) -> Plan:
    """Build a plan from a parsed `planner-plan/1` document. Unknown members are ignored. Raises `InputError`."""
    table = Table(document, "")
    _check_format(table)
    athlete, timezone = table.table("athlete"), table.text("timezone")
    issued = table.moment("issued")
    return Plan(
        athlete_id=athlete.text("id"),
        athlete_name=athlete.text("name", ""),
        timezone=timezone,
        units=table.one_of("units", ("km", "mi"), "km"),
        start=table.day("start"),
        as_of=table.maybe_day("as_of") or issued.date(),
        issued=issued,
        template=table.text("template"),
        reading=_reading(table),
        goal=_goal(table.table("goal")),
        plugins=tuple(
            Contributor(name=p.text("name"), distribution=p.text("distribution"), version=p.text("version"))
            for p in table.tables("plugins", needed=False)
        ),
        history=tuple(_done(entry) for entry in table.tables("history")),
        weeks=_weeks(table, zone(timezone)),
        findings=tuple(_finding(entry) for entry in table.tables("findings", needed=False)),
        disclaimer=table.text("disclaimer", ""),
        ahead_from=table.maybe_day("ahead_from"),
        log=tuple(_entry(row) for row in table.tables("log")) if table.has("log") else None,
        language=_language(table),
    )


def _bytes(path: Path) -> bytes:
    return read_whole(path, most=MOST_BYTES, expected="a plan that `planner make` wrote, .json or .ics")


def _parsed(raw: bytes) -> object:
    """Parse JSON. Lone surrogates, which JSON can escape but no file can contain, are rejected too. Raises `InputError`."""
    try:
        found: object = json.loads(decode_utf8(raw, "").removeprefix(BOM))
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InputError("", "text that is not UTF-8", PLAIN_TEXT) from None
    except RecursionError:
        raise InputError("", "brackets inside brackets, too many to follow", "at most a few levels") from None
    except json.JSONDecodeError as error:
        raise InputError(f"line {error.lineno}", f"not JSON ({error.msg})", "a plan that `planner make` wrote") from None
    except ValueError:
        raise InputError("", "a number of thousands of digits", "a plan that `planner make` wrote") from None
    return found


def _check_format(table: Table) -> None:
    found = table.text("format", "")
    if found != FORMAT + VERSION:
        newer = found.startswith(FORMAT) and found != FORMAT + VERSION
        advice = "A newer planner wrote it: update this one." if newer else "Is it a plan that `planner make` wrote?"
        raise InputError("format", f'found "{found[:40]}"' if found else "missing", f'"{FORMAT}{VERSION}"', advice)


def _reading(table: Table) -> Reading:
    paces, gap = table.table("paces"), table.whole("run_gap_days")
    return Reading(
        paces=Paces(run=paces.whole("run_s_per_km", least=1), walk=paces.whole("walk_s_per_km", least=1)),
        run_gap_days=gap,
        close_run_s=table.maybe_whole("close_run_s") or 0,
        measure=table.one_of("measure", ("running", "on-foot")),
        missed=table.one_of("missed", ("resume", "strict")),
        rolling=table.one_of("rolling", ("report", "enforce")),
        growth=table.fraction("growth"),
        explicit_growth=table.flag("explicit_growth", default=False),
        easy_week_every=table.whole("easy_week_every"),
        ladder=table.flag("ladder", default=gap > 1),
    )


def _goal(table: Table) -> Goal:
    return Goal(
        minutes=table.maybe_whole("minutes"),
        week_m=table.maybe_whole("week_m"),
        first_run=table.maybe_day("first_run"),
        every_run=table.maybe_day("every_run"),
        foreseen=table.maybe_whole("foreseen"),
        latest=table.maybe_whole("latest"),
    )


def _done(table: Table) -> Done:
    return Done(
        date=table.day("date"),
        run_m=table.whole("run_m"),
        foot_m=table.maybe_whole("foot_m"),
        longest_m=table.maybe_whole("longest_m"),
        allowed_m=table.maybe_whole("allowed_m"),
        estimated=table.flag("estimated", default=False),
    )


def _entry(table: Table) -> Entry:
    def said(key: str) -> bool | None:
        return table.flag(key, default=False) if table.has(key) else None

    return Entry(
        date=table.day("date"),
        session=table.text("session", ""),
        run_m=table.maybe_whole("run_m"),
        foot_m=table.maybe_whole("foot_m"),
        seconds=table.maybe_whole("seconds"),
        pain_before=table.maybe_whole("pain_before"),
        pain_during=table.maybe_whole("pain_during"),
        pain_after=table.maybe_whole("pain_after"),
        pain_next_morning=table.maybe_whole("pain_next_morning"),
        side=table.one_of("side", get_args(KneeSide), ""),
        swelling=said("swelling"),
        limp=said("limp"),
        painkiller=said("painkiller"),
        red_flag=table.text("red_flag", ""),
        rpe=table.maybe_whole("rpe"),
        sets_done=table.maybe_whole("sets_done"),
        cadence=table.maybe_whole("cadence"),
        shoes=table.text("shoes", ""),
        akps=table.maybe_whole("akps"),
        knee_worst=table.maybe_whole("knee_worst"),
        note=table.text("note", ""),
    )


def _language(table: Table) -> str:
    """The language of the texts; only languages with a catalogue are accepted."""
    return table.one_of("language", languages(), ENGLISH)


def _weeks(table: Table, place: ZoneInfo) -> tuple[Week, ...]:
    """Read the weeks with their sessions, in file order within a week."""
    weeks = table.tables("weeks")
    if not weeks:
        raise InputError("weeks", "found none", "at least one week")
    sessions: dict[int, list[Session]] = {week.whole("number"): [] for week in weeks}
    for entry in table.tables("sessions"):
        session = _session(entry, place)
        if session.week not in sessions:
            raise InputError(entry.place("week"), f"found {session.week}", f"one of the weeks 1 to {len(weeks)}")
        sessions[session.week].append(session)
    return tuple(_week(week, tuple(sessions.pop(week.whole("number"), ()))) for week in weeks)


def _week(table: Table, sessions: tuple[Session, ...]) -> Week:
    return Week(
        number=table.whole("number"),
        start=table.day("start"),
        stage=table.one_of("stage", get_args(Stage)),
        decision=table.one_of("decision", get_args(Decision)),
        run_s=table.whole("run_s"),
        run_m=table.whole("run_m"),
        foot_m=table.whole("foot_m"),
        ceiling_run_m=table.whole("ceiling_run_m"),
        ceiling_foot_m=table.maybe_whole("ceiling_foot_m"),
        bound_by=table.text("bound_by"),
        sessions=sessions,
        done_run_m=table.maybe_whole("done_run_m"),
    )


def _session(table: Table, place: ZoneInfo) -> Session:
    ordinal = whole_number(table.text("id").rpartition("#")[2], most_digits=5)
    if ordinal is None:
        raise InputError(table.place("id"), f'found "{table.text("id")[:40]}"', "a name like progression/run#1")
    return Session(
        week=table.whole("week"),
        pillar=table.text("pillar"),
        key=table.text("key"),
        ordinal=ordinal,
        date=table.day("date"),
        start=table.moment("start").astimezone(place) if table.has("start") else None,
        duration_s=table.whole("duration_s"),
        title=table.text("title"),
        steps=_steps(table, "steps", 1),
        tags=table.words("tags"),
        run_s=table.whole("run_s"),
        walk_s=table.whole("walk_s"),
        run_m=table.whole("run_m"),
        foot_m=table.whole("foot_m"),
        ceiling_m=table.whole("ceiling_m"),
        bound_by=table.text("bound_by"),
        details=table.text("details", ""),
        why=tuple(Why(limit=w.text("limit"), text=w.text("text"), source=w.text("source", "")) for w in table.tables("why", needed=False)),
        transparent=table.flag("transparent", default=False),
        status=table.one_of("status", get_args(Status), "planned"),
    )


def _steps(table: Table, key: str, depth: int) -> Steps:
    if depth > DEEPEST:
        raise InputError(table.place(key), f"groups of steps {depth} deep", f"at most {DEEPEST}")
    return tuple(_step(entry, depth) for entry in table.tables(key))


def _step(table: Table, depth: int) -> Step | Group:
    if table.has("repeat"):
        return Group(repeat=table.whole("repeat", least=1), steps=_steps(table, "steps", depth + 1))
    return Step(
        kind=table.text("kind"),
        seconds=table.whole("seconds"),
        text=table.text("text", ""),
        sets=table.maybe_whole("sets"),
        reps=table.maybe_whole("reps"),
        side=table.one_of("side", get_args(Side), ""),
        rpe=table.maybe_whole("rpe"),
    )


def _finding(table: Table) -> Finding:
    return Finding(
        rule=table.text("rule"),
        severity=table.one_of("severity", SEVERITIES),
        message=table.text("message"),
        where=table.text("where", ""),
        weeks=table.wholes("weeks"),
        source=table.text("source", ""),
        margin_m=table.maybe_whole("margin_m", least=-(10**9)),
        by=table.text("by", ""),
    )
