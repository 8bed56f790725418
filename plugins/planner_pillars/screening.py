"""The safety questions: the signs in an athlete's answers and what follows from them (evidence 4b and 4c).

Ids that `screening.red_flags` and `clearance.for` may hold are those of `content/red-flags.toml`: RED-01 to RED-12, SITE-01 to
SITE-07, AGE-01 to AGE-03, PREG-01, PREG-02, HEART-01, MED-01 to MED-03, SURG-01, BOTH-01, and the parts of RED-09: RED-09b (a single
hop hurts), RED-09-spot, RED-09-worse, RED-09-night, RED-09-past, RED-09-periods, RED-09-low-energy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, cast

from attrs import field, frozen

from planner import N_, Finding, InputError, Record, _, about, cached, structure
from planner_pillars.content import content

if TYPE_CHECKING:
    from planner import Brief

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
YOUNG_RUNS = 3
"""Most runs a week under 18 (AGE-02)."""
UNTIL_SEEN = N_("No running and none of these exercises until you have been seen.")
SOON = {
    "Now": N_("Now"),
    "Today": N_("Today"),
    "Within days": N_("Within days"),
    "Within two weeks": N_("Within two weeks"),
    "Before any exercise": N_("Before any exercise"),
    "Before any running": N_("Before any running"),
}
"""How soon to see a professional."""
BONE_SITES = frozenset({"RED-09", "RED-09-spot", "SITE-06"})
"""Each of these alone is a bone stress sign (SITE-06 leads to RED-09)."""
BONE_HINTS = frozenset({"RED-09-worse", "RED-09-night", "RED-09-past", "RED-09-periods"})
"""Two of these are a bone stress sign (RED-09b) if a single hop hurts or one of them is in `FELT_NOW`."""
FELT_NOW = frozenset({"RED-09-worse", "RED-09-night"})
BONE_PARTS = BONE_SITES | BONE_HINTS | {"RED-09b"}
CORE_SORENESS = frozenset({"squat", "stairs", "running", "hopping"})
SITE_IDS = {
    "outer": "SITE-02",
    "below-kneecap": "SITE-03",
    "joint-line": "SITE-05",
    "shin-or-thigh": "SITE-06",
    "groin": "SITE-06",
    "behind": "SITE-07",
}
FACTS = frozenset({"AGE-01", "AGE-02", "AGE-03", "MED-02", "PREG-01", "RED-09-past", "RED-12", "SURG-01"})
"""Lines that name no complaint, so that once cleared nothing comes back."""

SERIES = frozenset({"3a-3", "3a-12"})
"""The ids by which a clearance names stops from rows 3 and 12 of the decision table."""


@frozen(kw_only=True, eq=False, repr=False)
class Flag(Record):
    """One safety question. `clearance` says whether a professional's clearance lifts it (CLEAR-01)."""

    id: str = field(metadata=about("what stands in red_flags"))
    sign: str = field(metadata=about("the sign in plain words"))
    severity: Literal["stop", "warning", "info"] = field(metadata=about("stop, warning or info"))
    do: str = field(metadata=about("what to do and whom to see"))
    grade: Literal["published", "second-hand", "general", "judgement"] = field(metadata=about("how it is founded"))
    when: str = field(default="", metadata=about("how urgently"))
    clearance: bool = field(default=True, metadata=about("whether a clearance lifts it"))


@cached(1)
def flags() -> Mapping[str, Flag]:
    """The safety questions by id. Raises `InputError` if an entry lacks a field."""
    entries = cast("list[object]", content("red-flags")["flag"])
    read = [structure(Flag, entry, f"red-flags.toml: flag[{n}]") for n, entry in enumerate(entries, 1)]
    return {flag.id: flag for flag in read}


def words(table: str) -> Mapping[str, str]:
    """A table of texts from `content/assessment.toml`."""
    return cast("Mapping[str, str]", content("assessment")[table])


def youngest(brief: Brief) -> int | None:
    """The lowest age in years that the year of birth allows; None without one."""
    most = brief.athlete.age_on(min(brief.as_of, brief.start))
    return None if most is None else most - 1


def minor(brief: Brief) -> bool:
    """Whether the athlete may be under 18 (AGE-02), by year of birth or own answer."""
    age = youngest(brief)
    said = {"AGE-01", "AGE-02"} & set(brief.athlete.screening.red_flags or ())
    return bool(said) or (age is not None and age < 18)


def given(brief: Brief) -> dict[str, str]:
    """The ids in the answers, each with its place in the athlete file or the date of the last log row that names it.

    Pain site and age count as answers.
    """
    athlete, age = brief.athlete, youngest(brief)
    dated = {row.red_flag: row.date for row in sorted(brief.log or (), key=lambda row: row.date) if row.date <= brief.as_of}
    flags_named = enumerate(athlete.screening.red_flags or (), 1)
    named = {flag: str(dated[flag]) if flag in dated else f"screening.red_flags[{n}]" for n, flag in flags_named}
    site = SITE_IDS.get(athlete.knee.site or "")
    if site:
        named.setdefault("SITE-04" if site == "SITE-03" and minor(brief) else site, "knee.site")
    if athlete.knee.site == "groin" and minor(brief):
        named.setdefault("RED-11", "knee.site")
    if age is not None and age < 16:
        named.setdefault("AGE-01", "birth_year")
    return named


def cleared(brief: Brief, flag: str) -> bool:
    """Whether a professional's clearance, dated from the answers to the day of planning, lifts this sign (CLEAR-01)."""
    return flags()[flag].clearance and brief.athlete.cleared(flag, brief.as_of)


def screen(brief: Brief) -> list[Finding]:
    """Findings on the answers; one of severity `stop` ends planning with a referral.

    Raises `InputError` for an unknown id and, if nothing stops planning, for a programme with runs on consecutive days under 18.
    """
    _check_ids(brief)
    named = given(brief)
    found = _bones(brief, named)
    counted = BONE_PARTS if found else frozenset()
    for flag, where in named.items():
        if flag not in counted:
            found.append(_told(brief, flag, where, _remark(brief, flag, where)))
    found += _young(brief) + _site(brief)
    if minor(brief) and brief.template.run_gap_days == 1 and all(f.severity != "stop" for f in found):
        expected = "a programme with a day between runs, for anybody who may be under 18 (AGE-02)"
        raise InputError("template", f'found "{brief.template.name}"', expected, "Choose walk-run, for instance.")
    return found


def _check_ids(brief: Brief) -> None:
    athlete = brief.athlete
    _known("screening.red_flags", athlete.screening.red_flags or ())
    named = athlete.clearance.for_ if athlete.clearance else ()
    _known("clearance.for", tuple([flag for flag in named if flag not in SERIES]))


def _known(where: str, ids: tuple[str, ...]) -> None:
    for number, flag in enumerate(ids, 1):
        if flag in flags():
            continue
        from difflib import get_close_matches  # noqa: PLC0415  (only for a slip of the pen)

        names = {known.casefold(): known for known in flags()}
        close = get_close_matches(flag.casefold(), names, n=1, cutoff=0.6)
        advice = f"Did you mean `{names[close[0]]}`?" if close else f"Known ids: {', '.join(flags())}."
        shown = flag.encode("unicode_escape").decode()[:60]
        raise InputError(f"{where}[{number}]", f'found "{shown}"', "an id of the safety questions, like RED-05", advice)


def _bones(brief: Brief, named: Mapping[str, str]) -> list[Finding]:
    """RED-09 from its parts: a bony site, or two hints if a hop hurts or one of them is felt now (RED-09b); else notes on cleared sites."""
    sites, hints = BONE_SITES & named.keys(), BONE_HINTS & named.keys()
    standing = {site for site in sites if not cleared(brief, site)}
    if standing or (len(hints) >= 2 and ("RED-09b" in named or hints & FELT_NOW)):
        parts = sorted(BONE_PARTS & named.keys())
        others = ", ".join(part for part in parts if part != "RED-09")
        return [_told(brief, "RED-09", named[parts[0]], _("your answers: {ids}", ids=others) if others else "")]
    return [_lifted(brief, site, named[site]) for site in sorted(sites)]


def _remark(brief: Brief, flag: str, where: str) -> str:
    """An addition to AGE-01's message if the year of birth leaves open whether the athlete is 15 or 16; else empty."""
    return words("finding")["young_year"] if flag == "AGE-01" and where == "birth_year" and youngest(brief) == 15 else ""


def _told(brief: Brief, flag: str, where: str, remark: str = "") -> Finding:
    """A named sign as a finding, or a note on the clearance if a professional lifted it."""
    entry = flags()[flag]
    if entry.severity != "info" and cleared(brief, flag):
        return _lifted(brief, flag, where)
    sign = f"{entry.sign} ({remark})" if remark else entry.sign
    if entry.severity == "stop":
        found = _("Your answers name this sign: {sign}. {when}: {do}.", sign=sign, when=_(SOON[entry.when]), do=entry.do)
        message = f"{found} {_(UNTIL_SEEN)} {_way_back(brief, entry)}"
    else:
        message = f"{sign[0].upper()}{sign[1:]}: {entry.do}."
    return Finding(rule=flag, severity=entry.severity, message=message, where=where, source=flag)


def _lifted(brief: Brief, flag: str, where: str) -> Finding:
    """A note that a cleared sign no longer holds the plan back (CLEAR-01)."""
    clearance = brief.athlete.clearance
    by, on = (clearance.by, clearance.date) if clearance else ("", "")
    told = _("{sign} was cleared by {by} on {date}, so it does not hold the plan back.", sign=flag, by=by, date=on)
    again = _("If anything gets worse, stop and ask again.") if flag in FACTS else _("If it comes back, stop and ask again.")
    message = f"{told} {again}"
    return Finding(rule="CLEAR-01", severity="info", message=message, where=where, source="CLEAR-01")


def _way_back(brief: Brief, entry: Flag) -> str:
    """How to end a stop: answer again, get a clearance, or why the present clearance does not count."""
    clearance, answered = brief.athlete.clearance, brief.athlete.screening.answered
    if not entry.clearance:
        return _("A clearance in the file does not lift this one: once it is over, answer the safety questions again.")
    if clearance is not None and entry.id in clearance.for_:
        if answered is None:
            return _("The clearance does not count without the date of the answers: fill in screening.answered.")
        if clearance.date < answered:
            older = {"date": clearance.date, "answered": answered}
            return _("The clearance of {date} is older than the answers of {answered}, so it does not lift this.", **older)
        return _("The clearance is dated {date}, after the day of planning, so it does not count yet.", date=clearance.date)
    return _(
        'Once a professional has seen you and agrees to running, add [clearance] with by, date and for = ["{sign}"] to your file.',
        sign=entry.id,
    )


def _young(brief: Brief) -> list[Finding]:
    """Findings under 18: a guardian's agreement and the kneecap pain of SITE-01 are required, commitments are limited (AGE-02)."""
    if not minor(brief):
        return []
    found: list[Finding] = []
    said, knee = words("finding"), brief.athlete.knee
    if not brief.athlete.guardian_ok:
        age = youngest(brief)
        message = said["guardian" if age is not None and age < 18 else "guardian_said"]
        stop = Finding(rule="AGE-02", severity="stop", message=message, where="guardian_ok", source="AGE-02")
        found.append(stop)
    if knee.site is not None and not _usual(brief) and not cleared(brief, "AGE-02"):
        message, where = (said["young_open"], "knee.sore_with") if _is_open(brief) else (said["young_site"], "knee.site")
        stop = Finding(rule="AGE-02", severity="stop", message=message, where=where, source="AGE-02")
        found.append(stop)
    runs, first = max(_commitments(brief), key=lambda week: week[0], default=(0, brief.start))
    if runs > YOUNG_RUNS:
        message = said["young_commitments"].format(most=YOUNG_RUNS, runs=runs, date=first)
        found.append(Finding(rule="AGE-02", severity="warning", message=message, where="commitments", source="AGE-02"))
    return found


def _commitments(brief: Brief) -> Iterator[tuple[int, date]]:
    """The number of commitments in each week of the plan, with the week's first date; weekly ones pause while the athlete is away."""
    athlete = brief.athlete
    for number in range(brief.weeks if athlete.commitments else 0):
        days = [brief.start + timedelta(days=7 * number + n) for n in range(7)]
        once = sum(one.date in days for one in athlete.commitments)
        weekly = [(one, day) for one in athlete.commitments for day in days if one.on == DAYS[day.weekday()]]
        stand = sum((one.until is None or day <= one.until) and not athlete.availability.away_on(day) for one, day in weekly)
        yield once + stand, days[0]


def _site(brief: Brief) -> list[Finding]:
    """A warning for adults with pain at another site, without the usual soreness, or with that question unanswered (SITE-01)."""
    knee = brief.athlete.knee
    if minor(brief) or knee.site not in ("kneecap", "other") or cleared(brief, "SITE-01"):
        return []
    if _usual(brief):
        return []
    message = words("finding")["other_site" if knee.site == "other" else "sore_open" if _is_open(brief) else "not_sore"]
    where = "knee.sore_with" if _is_open(brief) else "knee.site"
    return [Finding(rule="SITE-01", severity="warning", message=message, where=where, source="SITE-01")]


def _usual(brief: Brief) -> bool:
    """Whether it is kneecap pain with one of the usual activities making it sore; no answer counts as no."""
    knee = brief.athlete.knee
    return knee.site == "kneecap" and not CORE_SORENESS.isdisjoint(knee.sore_with or ())


def _is_open(brief: Brief) -> bool:
    """Whether it is kneecap pain and `sore_with` is unanswered."""
    knee = brief.athlete.knee
    return knee.site == "kneecap" and knee.sore_with is None
