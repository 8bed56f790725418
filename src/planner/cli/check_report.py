"""The report of `planner check` on one file: lines for people, JSON data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.cli.common import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from planner.audit import Margin
    from planner.findings import Finding
    from planner.foreign.checking import Checked
    from planner.foreign.records import Aside
    from planner.foreign.scale import Scale
    from planner.model import Plan

LAWS = {
    "law-1": "weekly growth",
    "law-2": "rolling seven days",
    "law-3": "longest run",
    "law-4": "opening weeks",
    "law-5": "time off",
    "law-6": "rest",
    "law-7": "easy running",
}
NARROWEST = 14
"""The least width of the column with each law's margin, in characters."""
LISTED = 20
"""How many entries that were not read, or not counted, are listed for people; `--json` has all."""


class Row(NamedTuple):
    """One law at its tightest place. `words` formats its numbers for people, `plain` and `unit` for programs."""

    margin: Margin
    what: str
    because: str
    words: Callable[[int], str]
    plain: Callable[[int], int]
    unit: str


class Report(NamedTuple):
    """The result for one file; `foreign` is None for a plan of our own."""

    file: str
    name: str
    holds: bool
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    foreign: Checked | None = None


def report_of_plan(file: str, plan: Plan) -> Report:
    """The report on a plan that `planner make` wrote."""
    from planner.audit import audit, margins  # noqa: PLC0415  (`--help` does not need it)
    from planner.cli.halt_lines import halts  # noqa: PLC0415

    findings = (*halts(plan), *audit(plan))
    rows = tuple(Row(m, m.what, m.because, *_as_counted(m)) for m in margins(plan))
    holds = not any(f.severity == "error" for f in findings)
    return Report(file, plan.athlete_name or plan.athlete_id, holds, rows, findings)


def report_of_foreign(file: str, checked: Checked) -> Report:
    """The report on a foreign plan."""
    scale, verdict = checked.scale, checked.verdict
    rows = tuple(
        Row(held.margin, held.what, held.because, *(_scaled(scale) if held.scaled else _as_counted(held.margin))) for held in verdict.held
    )
    running = sum(scale.running(run.dose.run) for run in checked.entries.runs)
    name = f"{count(len(checked.entries.runs), 'run')}, {scale.words(running)} in all"
    return Report(file, name, verdict.holds, rows, verdict.findings, checked)


def _as_counted(margin: Margin) -> tuple[Callable[[int], str], Callable[[int], int], str]:
    unit = margin.unit
    if unit in ("dates", "features"):
        return lambda number: count(number, unit.removesuffix("s")), int, unit
    return lambda number: f"{number} {unit}", int, unit


def _scaled(scale: Scale) -> tuple[Callable[[int], str], Callable[[int], int], str]:
    return scale.words, scale.plain, scale.plain_unit


def lines(report: Report) -> Iterator[str]:
    """The report for people: verdict, what halts the plan, one line per law, findings, and what was left aside in a foreign plan."""
    breaks = sum(f.severity == "error" for f in report.findings)
    halted = [f for f in report.findings if f.severity == "stop"]
    warned = len(report.findings) - breaks - len(halted)
    partly, unjudged = ("", "") if report.foreign is None else _extent(report.foreign)
    good = f"no law is broken{partly}, {count(warned, 'warning')}" if warned else f"every law holds{partly}"
    yield f"{report.file}: {f'{breaks} broken' if breaks else good} ({report.name}{unjudged})"
    yield from (f"  since {f.where}: {' '.join(f.message.split())}" for f in halted)
    rooms = [_room(row) for row in report.rows]
    width = max(NARROWEST, *map(len, rooms), 0)
    for (margin, what, _, words, _, _), room in zip(report.rows, rooms, strict=True):
        least = "at least" if margin.law == "law-6" else "at most"
        law = f"law {margin.law[-1]}, {LAWS.get(margin.law, '')}"
        yield f"  {law:<26}  {room:<{width}}  {margin.where}: {words(margin.found)} {what}, {least} {words(margin.allowed)}"
    for finding in (f for f in report.findings if f.severity != "stop"):
        word = "BROKEN" if finding.severity == "error" else "careful"
        yield f"  {word} {finding.rule.replace('-', ' ')}, {finding.where}: {finding.message}"
    if report.foreign:
        yield from _aside_lines("not read", report.foreign.entries.not_read)
        yield from _aside_lines("not counted", report.foreign.entries.not_counted)


def _extent(checked: Checked) -> tuple[str, str]:
    """How far a verdict on a foreign plan reaches, and what it leaves open; both empty if everything was read and judged."""
    verdict = checked.verdict
    open_weeks = ", ".join(map(str, verdict.open_weeks))
    left = [f"growth in week{'s' if len(verdict.open_weeks) > 1 else ''} {open_weeks}"] if open_weeks else []
    if verdict.unjudged:
        left.append(count(verdict.unjudged, "comparison"))
    done = [word for word, short in (("read", checked.entries.not_read), ("judged", left)) if short]
    return (f" in what could be {' and '.join(done)}" if done else ""), (f"; not judged: {', '.join(left)}" if left else "")


def _room(row: Row) -> str:
    """How much margin is left, or by how much the bound is exceeded."""
    left = row.margin.margin
    return f"{row.words(left)} left" if left >= 0 else f"{row.words(-left)} too far"


def _aside_lines(heading: str, asides: Iterable[Aside]) -> Iterator[str]:
    found = list(asides)
    for aside in found[:LISTED]:
        day = f", {aside.day}" if aside.day else ""
        title = f' "{aside.title}"' if aside.title else ""
        yield f"  {heading}: {aside.where}{day}{title}: {aside.why}"
    if len(found) > LISTED:
        yield f"  {heading}: {len(found) - LISTED} more; --json lists all"


def read_lines(checked: Checked) -> Iterator[str]:
    """A line for each run of a foreign plan as it was read."""
    scale = checked.scale
    for run in checked.entries.runs:
        walk = scale.walking(run.dose.walk)
        also = f", and walking worth {scale.words(walk)}" if walk else ""
        yield f'{run.where}, {run.day} "{run.title}": {scale.words(scale.running(run.dose.run))} of running{also}'


def data(report: Report) -> dict[str, object]:
    """The report as JSON data; for a foreign plan also what was read, what was not, how, and what was not judged."""
    found: dict[str, object] = {
        "file": report.file,
        "holds": report.holds,
        "margins": [
            {
                "law": row.margin.law,
                "where": row.margin.where,
                "what": row.what,
                "unit": row.unit,
                "allowed": row.plain(row.margin.allowed),
                "found": row.plain(row.margin.found),
                "margin": row.plain(row.margin.margin),
                "because": row.because,
            }
            for row in report.rows
        ],
        "findings": [
            {
                "rule": f.rule,
                "severity": f.severity,
                "where": f.where,
                "message": f.message,
                "source": f.source,
                "margin_m": f.margin_m,
            }
            for f in report.findings
        ],
    }
    return found | (_foreign_data(report.foreign) if report.foreign else {})


def _foreign_data(checked: Checked) -> dict[str, object]:
    scale, entries = checked.scale, checked.entries
    asides = {
        key: [{"place": a.where, "date": a.day and a.day.isoformat(), "title": a.title, "why": a.why} for a in found]
        for key, found in (("not_counted", entries.not_counted), ("not_read", entries.not_read))
    }
    read = [
        {
            "place": run.where,
            "date": run.day.isoformat(),
            "title": run.title,
            f"run_{scale.plain_unit}": scale.plain(scale.running(run.dose.run)),
            f"walk_{scale.plain_unit}": scale.plain(scale.walking(run.dose.walk)),
        }
        for run in entries.runs
    ]
    open_to = {"growth_in_weeks": list(checked.verdict.open_weeks), "comparisons": checked.verdict.unjudged}
    return {"start": checked.start.isoformat(), "notes": list(checked.notes), "read": read, **asides, "not_judged": open_to}
