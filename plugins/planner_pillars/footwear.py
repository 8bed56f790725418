"""Footwear: which pair to wear for each run, how far each pair has gone, and when to inspect or replace it.

Distances count running, walking within and around runs, and walks on other days (SHOE-05), as planned or, with a log, as logged on past
dates. The pair of a past run is the one that its log row names, else the one in the run's note.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from attrs import field, frozen

from planner import Attachment, Finding, Pillar, Proposal, Record, Step, Why, _, about, cached, decimal_point, distance, hookimpl, memo
from planner_pillars.content import content
from planner_pillars.log_weeks import has_begun, rows_so_far
from planner_pillars.shoe_rotation import Pair, share_out
from planner_pillars.wear import WearHistory, pair_named, past_wear, worn_this_week

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner import Brief, Plan, WeekView
    from planner_pillars.week_history import Over

PHASE_IN_WEEKS = 2
"""A new pair gets one run in its first week and two in its second (SHOE-07)."""
RULE_OF_THUMB_M = {False: (480_000, 800_000), True: (482_804, 804_672)}


@frozen(kw_only=True, eq=False, repr=False)
class Settings(Record):
    """`[pillars.footwear]`."""

    main_percent: int = field(default=60, metadata=about("share of the first pair when there are several", unit="%", least=50, most=100))
    warn_percent: int = field(
        default=75, metadata=about("the share of limit_km at which to look for the next pair", unit="%", least=30, most=100)
    )
    overdue_percent: int = field(
        default=125, metadata=about("the share of limit_km at which a pair is overdue", unit="%", least=100, most=200)
    )
    inspect_every_weeks: int = field(
        default=4, metadata=about("weeks from one look at the shoes to the next, 0 for never", unit="weeks", least=0, most=12)
    )
    age_months: int = field(
        default=6, metadata=about("age that a reminder names, counted from `since`, 0 for none", unit="months", least=0, most=36)
    )
    new_below_km: int = field(default=30, metadata=about("a pair worn less than this is phased in", unit="km", least=0, most=200))
    fitting: bool = field(default=True, metadata=about("a prompt about comfort in week 1"))


@hookimpl
def planner_pillar() -> Pillar:
    """Describe the pillar."""
    return Pillar(
        name="footwear",
        summary="the pair for each run, how far it has gone, a look every four weeks, reminders near its end, new pairs phased in",
        settings=Settings,
        sources=tuple(f"SHOE-{n:02d}" for n in range(1, 9)),
    )


@hookimpl
def planner_sessions(brief: Brief, week: WeekView, settings: Settings) -> list[Proposal]:
    """The pair for each of this week's runs, and the notes that are due."""
    past = _worn(brief)(week.earlier)
    known = _pairs(brief, past, settings)
    pairs = [p for p in known if p.since is None or p.since <= week.first_day] or known
    metres = {r.ordinal: 1000 * r.run_s // brief.reading.paces.run + past.walk_m for r in week.runs}
    shared = share_out(pairs, week.runs, metres, settings.main_percent, settings.overdue_percent) if pairs else {}
    found = [_named(pair, tuple(sorted(shared[pair.number])), len(pairs), brief) for pair in pairs if shared.get(pair.number)]
    if week.number == 1 and settings.fitting:
        found.append(_fitting(week.first_day, len(brief.athlete.shoes), _used_key(miles=brief.athlete.miles)))
    ahead = _ahead(brief, week, shared, metres, past.walk_m)
    looked = past.notes.get("inspection", 1)
    if week.runs and 0 < settings.inspect_every_weeks <= week.number - looked:
        found.append(_inspection(week.first_day, pairs, ahead, miles=brief.athlete.miles))
    for pair in pairs:
        found += _wear(pair, ahead.get(pair.number, 0), week.first_day, settings, miles=brief.athlete.miles)
        found += _age(pair, week, settings)
    return [p for p in found if p.attach or p.key == "inspection" or p.key not in past.notes]


@hookimpl
def planner_findings(plan: Plan) -> list[Finding]:
    """Findings on the pairs that reach their limit within the plan, with the date."""
    due = [s for s in plan.sessions if s.pillar == "footwear" and s.key.startswith(("due-", "overdue-"))]
    return [
        Finding(
            rule="shoes-due",
            severity="info",
            where=s.date.isoformat(),
            message=_("{title}. Look at tread, foam and heel then; the distance is a rule of thumb with weak evidence.", title=s.title),
            source="SHOE-01",
        )
        for s in due
    ]


@hookimpl
def planner_screening(brief: Brief) -> list[Finding]:
    """Warnings for pairs in the log that the athlete file lacks: their distance counts for no pair."""
    unknown: dict[str, date] = {}
    for row in rows_so_far(brief):
        if row.shoes and row.date >= brief.start and pair_named(row.shoes, brief) is None:
            unknown.setdefault(row.shoes, row.date)
    words, known = _words()["unknown"], ", ".join(pair.name for pair in brief.athlete.shoes)
    return [
        Finding(
            rule="shoes-unknown",
            severity="warning",
            where=on.isoformat(),
            message=words["named" if known else "none"].format(name=name, known=known, key=_used_key(miles=brief.athlete.miles)),
            source="SHOE-05",
        )
        for name, on in sorted(unknown.items())
    ]


def _ahead(brief: Brief, week: WeekView, shared: Mapping[int, list[int]], metres: Mapping[int, int], walk_m: int) -> dict[int, int]:
    """The week's metres on each pair, by pair number: as planned or, once the week has begun, as logged so far plus what is to come."""
    if not has_begun(brief, week.first_day):
        return {number: sum(metres[o] for o in ordinals) for number, ordinals in shared.items()}
    number_of = {ordinal: number for number, ordinals in shared.items() for ordinal in ordinals}
    names = {r.ordinal: f"{r.pillar}/{r.key}#{r.ordinal}" for r in week.runs}
    runs = {ordinal: (names[ordinal], number - 1, metres[ordinal]) for ordinal, number in sorted(number_of.items())}
    known = worn_this_week(brief, runs, walk_m, first_day=week.first_day)
    return {which + 1: worn_m for which, worn_m in known.items() if which is not None}


def days_left(used_m: int, limit_m: int, week_m: int, share: Fraction) -> int | None:
    """Whole days until a pair reaches its limit at `week_m` metres a week, of which it carries `share`; None if never (SHOE-04)."""
    carried = week_m * share.numerator
    return 7 * max(0, limit_m - used_m) * share.denominator // carried if carried > 0 else None


@memo
def _worn(brief: Brief) -> Over[WearHistory]:
    """The fold of weeks into wear per pair; walks on other days, and runs without a pair, count for the first."""
    leads = tuple(f"{_words()['pair']['lead']}{pair.name} (" for pair in brief.athlete.shoes)
    return past_wear(brief.reading.paces.walk, leads, None if brief.log is None else brief)


@memo
def _used(brief: Brief) -> tuple[tuple[int, int], ...]:
    """Metres on each pair before the plan, and its limit in metres."""
    return tuple((int(pair.used_km * 1000), int(pair.limit_km * 1000)) for pair in brief.athlete.shoes)


def _pairs(brief: Brief, past: WearHistory, settings: Settings) -> list[Pair]:
    """The athlete's pairs at the start of this week, the main one first."""
    found = []
    for n, (pair, (used_m, limit_m)) in enumerate(zip(brief.athlete.shoes, _used(brief), strict=True)):
        fresh = used_m < settings.new_below_km * 1000 and past.weeks[n] < PHASE_IN_WEEKS
        at_m = used_m + past.metres[n]
        found.append(Pair(n + 1, pair.name, at_m, limit_m, past.last[n], past.weeks[n], fresh, pair.since))
    return found


@cached(1)
def _words() -> Mapping[str, Mapping[str, str]]:
    return cast("Mapping[str, Mapping[str, str]]", content("footwear"))


def _far(metres: int, *, miles: bool) -> str:
    """A distance in whole kilometres or miles: nobody knows better how far a pair has come."""
    number, unit = distance(metres, miles=miles).split(" ")
    return f"{number.partition(decimal_point())[0]} {unit}"


def _used_key(*, miles: bool) -> str:
    """The athlete file's key for a pair's distance so far."""
    return "used_mi" if miles else "used_km"


def _named(pair: Pair, ordinals: tuple[int, ...], pairs: int, brief: Brief) -> Proposal:
    """The line that names the pair on the runs `ordinals`."""
    words, miles = _words()["pair"], brief.athlete.miles
    text = words["new" if pair.is_new else "step"].format(
        lead=words["lead"], name=pair.name, used=_far(pair.at_m, miles=miles), limit=_far(pair.limit_m, miles=miles)
    )
    return Proposal(
        key=f"pair-{pair.number}",
        title=f"{words['lead']}{pair.name}",
        steps=(Step(kind="note", text=text),),
        attach=_on_runs(ordinals),
        why=_reason(words["why"], "SHOE-05") + (_reason(words["rotation"], "SHOE-03") if pairs > 1 else ()),
    )


@cached(64)
def _on_runs(ordinals: tuple[int, ...]) -> Attachment:
    return Attachment(where="before", tag="run", ordinals=ordinals)


@cached(16)
def _reason(text: str, source: str) -> tuple[Why, ...]:
    return (Why(limit="content", text=text, source=source),)


def _note(key: str, title: str, on: date, details: str, why: tuple[Why, ...]) -> Proposal:
    return Proposal(key=key, title=title, note=True, on=on, details=details, why=why)


@cached(64)
def _fitting(on: date, pairs: int, key: str) -> Proposal:
    """The prompt about comfort (SHOE-08), with advice that depends on the number of pairs."""
    words = _words()["fitting"]
    more = [words["none"].format(key=key)] if not pairs else [words["one"], words["due"]] if pairs == 1 else [words["due"]]
    details = "\n".join([words["details"].strip(), *more])
    return _note("fitting", words["title"], on, details, _reason(words["why"], "SHOE-08"))


def _inspection(on: date, pairs: list[Pair], ahead: Mapping[int, int], *, miles: bool) -> Proposal:
    """The prompt to inspect the shoes (SHOE-06), with each pair's distance so far."""
    words = _words()["inspection"]
    lines = [words["details"].strip()]
    for pair in pairs:
        days = days_left(pair.at_m, pair.limit_m, ahead.get(pair.number, 0), Fraction(1))
        due = words["in_weeks"].format(weeks=days // 7) if days is not None and days >= 7 else ""
        used, limit = _far(pair.at_m, miles=miles), _far(pair.limit_m, miles=miles)
        lines.append(words["pair"].format(name=pair.name, used=used, limit=limit, due=due))
    return _note("inspection", words["title"], on, "\n".join(lines), _reason(words["why"], "SHOE-06"))


def _wear(pair: Pair, ahead_m: int, first_day: date, settings: Settings, *, miles: bool) -> Iterator[Proposal]:
    """The highest mark (warn, due, overdue) that the pair reaches by this week's end (SHOE-01, SHOE-04), on about the day it reaches it.

    Runs have no dates yet when this is asked, so the words say "this week".
    """
    warn_m = pair.limit_m * settings.warn_percent // 100
    if pair.at_m + ahead_m < warn_m:
        return
    marks = {"overdue": pair.limit_m * settings.overdue_percent // 100, "due": pair.limit_m, "warn": warn_m}
    reached = next(name for name, mark in marks.items() if pair.at_m + ahead_m >= mark)
    words = _words()[reached]
    days = days_left(pair.at_m, marks[reached], ahead_m, Fraction(1)) or 0
    low, high = (_far(m, miles=miles) for m in RULE_OF_THUMB_M[miles])
    used, limit = _far(max(pair.at_m, marks[reached]), miles=miles), _far(pair.limit_m, miles=miles)
    yield _note(
        f"{reached}-{pair.number}",
        words["title"].format(name=pair.name, used=used),
        first_day + timedelta(days=min(6, days)),
        words["details"].strip().format(name=pair.name, used=used, limit=limit, key=_used_key(miles=miles)),
        _reason(_words()["reasons"]["wear"].format(low=low, high=high), "SHOE-01"),
    )


def _age(pair: Pair, week: WeekView, settings: Settings) -> Iterator[Proposal]:
    """A reminder of a pair's age if `since` is known and the pair is not due yet (SHOE-02)."""
    if pair.since is None or not settings.age_months or pair.at_m >= pair.limit_m:
        return
    on = months_later(pair.since, settings.age_months)
    if on > week.last_day:
        return
    words = _words()["age"]
    told = max(on, week.first_day)
    title = words["title"].format(name=pair.name, months=months_between(pair.since, told))
    details = words["details"].strip().format(since=pair.since.isoformat())
    yield _note(f"age-{pair.number}", title, told, details, _reason(_words()["reasons"]["age"], "SHOE-02"))


def months_between(since: date, until: date) -> int:
    """Whole months from one day to a later one."""
    months = 12 * (until.year - since.year) + until.month - since.month
    return months if months_later(since, months) <= until else months - 1


def months_later(day: date, months: int) -> date:
    """The same day `months` later, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after, next_month = divmod(year * 12 + month + 1, 12)
    last = date(after, next_month + 1, 1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
