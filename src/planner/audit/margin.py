"""How much room a law leaves at one place, and the message for a broken law."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planner.findings import Finding
from planner.language import N_, _, ngettext

if TYPE_CHECKING:
    from planner.model import Reading

LAWS = ("law-1", "law-2", "law-3", "law-4", "law-5", "law-6", "law-7")
Unit: TypeAlias = Literal["m", "s", "dates", "RPE", "features"]
OF_RUNNING, ON_FOOT = N_("of running"), N_("on foot")
OF_RUNNING_IN = N_("of running in {0.id}")
_SOURCES = {"law-1": "PROG-01", "law-3": "PROG-05", "law-4": "ENT-12", "law-6": "WR-02", "law-7": "PROG-23"}
_ADVICE = {
    "law-1": N_("Make the week shorter."),
    "law-2": N_("If the jump comes from runs before the plan, there is nothing to do; otherwise make one of these runs shorter."),
    "law-3": N_("Make the run shorter."),
    "law-4": N_("Make the running shorter."),
    "law-5": N_("Make the week shorter."),
    "law-6": N_("Move a session to another date."),
    "law-7": N_("Keep it easy for now."),
}


class Margin(NamedTuple):
    """One law applied at one place of a plan: week number `week`, or the date with day number `day` (0: the whole week).

    `law` is `law-1` to `law-7`. `allowed` and `found` are whole numbers of `unit`: metres, seconds, dates, points of RPE, or features.
    `allowed` is the maximum (for law 6 the minimum). `measured` and `reason` are message templates filled with `facts` on demand: a plan
    has hundreds of margins, few of which are shown. `alone` marks a break caused by commitments alone, which nothing else could make room
    for.
    """

    law: str
    unit: Unit
    allowed: int
    found: int
    measured: str
    reason: str
    facts: tuple[object, ...] = ()
    week: int = 0
    day: int = 0
    alone: bool = False

    @property
    def margin(self) -> int:
        """The room left, in `unit`s: negative for a break, 0 exactly at the bound."""
        return self.found - self.allowed if self.law == "law-6" else self.allowed - self.found

    @property
    def where(self) -> str:
        """A week (`week 3`) or a date (`2027-01-05`), in the current language."""
        return date.fromordinal(self.day).isoformat() if self.day else _("week {number}", number=self.week)

    @property
    def what(self) -> str:
        """A phrase for what was measured."""
        return _(self.measured).format(*self._told)

    @property
    def because(self) -> str:
        """The reason for the bound."""
        return _(self.reason).format(*self._told)

    @property
    def _told(self) -> list[object]:
        """The facts, with text translated into the current language."""
        return [_(fact) if isinstance(fact, str) else fact for fact in self.facts]


def as_finding(margin: Margin, reading: Reading) -> Finding:
    """Convert a broken margin to a finding. Seconds become metres at the easy pace, rounded down so that a break is never shown as 0."""
    metres = {"m": margin.margin, "s": 1000 * margin.margin // reading.paces.run}
    lenient = margin.alone or (margin.law == "law-2" and reading.rolling == "report")
    return Finding(
        rule=margin.law,
        severity="warning" if lenient else "error",
        where=margin.where,
        message=_sentence(margin),
        source=_SOURCES.get(margin.law, ""),
        margin_m=metres.get(margin.unit),
    )


def _sentence(margin: Margin) -> str:
    """Return the message: what was found, the bound and its reason, and advice."""
    found, allowed = _amount(margin.found, margin.unit), _amount(margin.allowed, margin.unit)
    facts = {"found": found, "what": margin.what, "law": margin.law[-1], "allowed": allowed, "reason": margin.because}
    if margin.law == "law-6":
        said = _("{found} {what}; law {law} requires at least {allowed}: {reason}.", **facts)
    else:
        said = _("{found} {what}; law {law} allows at most {allowed}: {reason}.", **facts)
    return f"{said} {_by_commitments(margin) if margin.alone else _(_ADVICE[margin.law])}"


def _by_commitments(margin: Margin) -> str:
    missing = -margin.margin
    amount = _("{n} points of effort", n=missing) if margin.unit == "RPE" else _amount(missing, margin.unit)
    return _(
        "It is off by {amount} because of commitments alone: nothing else could make room for them. Shorten or move one if you can.",
        amount=amount,
    )


def _amount(number: int, unit: Unit) -> str:
    """Format a number with its unit."""
    if unit == "RPE":
        return f"RPE {number}"
    if unit == "dates":
        return ngettext("{n} date", "{n} dates", number)
    return ngettext("{n} feature", "{n} features", number) if unit == "features" else f"{number} {unit}"
