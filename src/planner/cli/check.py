"""`planner check`: a plan against every law, from its file alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from planner.cli.common import FILE, json_option, print_json, speaking, tell
from planner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.audit import Margin
    from planner.findings import Finding

BROKEN, UNREADABLE = 1, 2
EPILOG = """\b
Examples:
  planner check ana.ics
  planner check ana.json ben.ics --json

Exit codes: 0 every law holds, 1 a law is broken, 2 a file cannot be read."""
LAWS = {
    "law-1": "weekly growth",
    "law-2": "rolling seven days",
    "law-3": "longest run",
    "law-4": "opening weeks",
    "law-5": "time off",
    "law-6": "rest",
    "law-7": "easy running",
}


class Report(TypedDict):
    """What was found out about one file."""

    file: str
    athlete: str
    holds: bool
    margins: list[Margin]
    findings: list[Finding]


@click.command("check", epilog=EPILOG)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@json_option
@speaking
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:  # noqa: FBT001  (click passes flags so)
    """Check plans against the laws of load: each law with its smallest margin, and every break.

    Reads what `planner make` wrote: .json, and .ics without --private.
    """
    code, reports = 0, []
    for file in files:
        try:
            report = _checked(file)
        except InputError as error:
            tell(f"planner: {error}", always=True)
            code = UNREADABLE
            continue
        reports.append(report)
        code = code if report["holds"] else max(code, BROKEN)
        if not as_json:
            click.echo("\n".join(_lines(report)))
    if as_json:
        print_json([_data(report) for report in reports])
    ctx.exit(code)


def _checked(file: Path) -> Report:
    from planner.audit import audit, margins  # noqa: PLC0415  (what `--help` does not need)
    from planner.plan_file import read_plan  # noqa: PLC0415

    plan = read_plan(file)
    findings = list(audit(plan))
    return {
        "file": str(file),
        "athlete": plan.athlete_name or plan.athlete_id,
        "holds": not any(f.severity == "error" for f in findings),
        "margins": list(margins(plan)),
        "findings": findings,
    }


def _lines(report: Report) -> Iterator[str]:
    breaks = sum(f.severity == "error" for f in report["findings"])
    warned = len(report["findings"]) - breaks
    verdict = f"{breaks} broken" if breaks else f"no law is broken, {warned} to be careful with" if warned else "every law holds"
    yield f"{report['file']}: {verdict} ({report['athlete']})"
    for margin in report["margins"]:
        least = "at least" if margin.law == "law-6" else "at most"
        room = f"{margin.margin} {margin.unit} left" if margin.margin >= 0 else f"{-margin.margin} {margin.unit} too far"
        law = f"law {margin.law[-1]}, {LAWS.get(margin.law, '')}"
        yield f"  {law:<26}  {room:<14}  {margin.where}: {margin.found} {margin.unit} {margin.what}, {least} {margin.allowed}"
    for finding in report["findings"]:
        word = "BROKEN" if finding.severity == "error" else "careful"
        yield f"  {word} {finding.rule.replace('-', ' ')}, {finding.where}: {finding.message}"


def _data(report: Report) -> dict[str, object]:
    return {
        "file": report["file"],
        "holds": report["holds"],
        "margins": [
            {
                "law": m.law,
                "where": m.where,
                "what": m.what,
                "unit": m.unit,
                "allowed": m.allowed,
                "found": m.found,
                "margin": m.margin,
                "because": m.because,
            }
            for m in report["margins"]
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
            for f in report["findings"]
        ],
    }
