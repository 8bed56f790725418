"""Findings: what checks, pillars and the audit report about a plan, as data."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import field, frozen, validators

from planner.records import Record

Severity: TypeAlias = Literal["info", "warning", "error", "stop"]
SEVERITIES: tuple[Severity, ...] = ("stop", "error", "warning", "info")


@frozen(kw_only=True, eq=False, repr=False)
class Finding(Record):
    """One thing worth reporting about a plan.

    `rule` is a short stable id (`law-1`, `goal`, `RED-01`), `where` a place in words (`week 3`, `2027-01-05`), `weeks` the numbers of
    the weeks it is about, `message` a whole sentence, `source` an evidence id, `margin_m` the metres left below the limit (negative:
    above it), `by` the plugin that reported it (set by the host). An `error` refuses the plan; a `stop` ends planning with a referral.
    """

    rule: str
    severity: Severity = field(validator=validators.in_(SEVERITIES))
    message: str
    where: str = ""
    weeks: tuple[int, ...] = ()
    source: str = ""
    margin_m: int | None = None
    by: str = ""


def ordered(findings: tuple[Finding, ...] | list[Finding]) -> tuple[Finding, ...]:
    """The findings without duplicates, worst first, then by rule, place and message, whatever the order of plugins."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda f: (SEVERITIES.index(f.severity), f.rule, f.where, f.message, f.source, f.by),
        )
    )
