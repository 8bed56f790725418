"""Plans a few rows and writes their files. Runs in a worker, on any machine."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from attrs import evolve

from planner.errors import AuditError, ContradictionError, InputError, OutputError, PlannerError, PluginError, StopError
from planner.language import ENGLISH, current_language, use_language
from planner.maker import Chosen, Maker
from planner.model import WEEK
from planner.render import beginning, ending, renderer
from planner.render.calendar_parts import moment_value
from planner.render.calendar_past import past_entries
from planner.render.calendar_stop import refuse_lost_stop
from planner.roster.facts import log_facts, plan_facts
from planner.roster.files import found, put, refuse_stranger, writing_to
from planner.roster.logs import log_of, not_there
from planner.roster.named_signs import named_signs
from planner.roster.outcome import STILL_SHOWN, Outcome, Said, Stops
from planner.roster.standing_calendars import CALENDAR, broken, calendar_of, followed, halted, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planner.athlete import Athlete
    from planner.entry import Entry
    from planner.findings import Finding
    from planner.model import Plan
    from planner.roster.job import BatchJob
    from planner.roster.outcome import Asked, Before, FileFacts, Status
    from planner.roster.recipe import Recipe

_STATUSES: tuple[tuple[type[Exception], Status], ...] = (
    (StopError, "stop"),
    (InputError, "refused"),
    (ContradictionError, "impossible"),
    (PluginError, "plugin-fault"),
)


def make_chunk(job: BatchJob, recipe: Recipe, asked: Sequence[Asked]) -> list[Outcome]:
    """Plan the rows and write their files; return one outcome per row, in order.

    A failing row affects only its own outcome. Raises `OutputError` if DIR cannot be written to, as that would affect every row.
    """
    made: list[Outcome] = []
    for one in asked:
        try:
            made.append(_outcome(job, recipe, one))
        except OutputError as error:
            stops = Stops()
            stops.add(made)
            stops.note(error)
            raise
    return made


@lru_cache(maxsize=4)
def maker_of(chosen: Chosen) -> Maker:
    """Return the plan maker for these plugins, cached per process. Raises what `Maker.of` raises."""
    return Maker.of(chosen)


def _outcome(job: BatchJob, recipe: Recipe, asked: Asked) -> Outcome:
    row, before = asked.row, asked.before
    name = next((str(value) for column, value in row.cells if column == "name"), "")
    known = Outcome(row.number, row.id, "refused", name=name, standing=before.files if before else ())
    try:
        athlete = recipe.athlete(row)
        day, issued = job.day(athlete.timezone).isoformat(), job.issued.astimezone(UTC).isoformat()
        known = known._replace(id=athlete.id, name=athlete.name, zone=athlete.timezone, day=day, as_of=day, issued=issued)
        with use_language(athlete.language):
            return _planned(job, recipe, athlete, known, asked)
    except OutputError:
        raise
    except Exception as error:  # noqa: BLE001  (a failing row must not affect the others)
        return _failed(known, error, before)._replace(signs=named_signs(recipe, asked))


def _planned(job: BatchJob, recipe: Recipe, athlete: Athlete, known: Outcome, asked: Asked) -> Outcome:
    row, before = asked.row, asked.before
    day, log = job.day(athlete.timezone), log_of(recipe, asked, athlete)
    facts = None if log is None else log_facts(log, athlete, day, missing="" if log else not_there(recipe, athlete))
    known = known._replace(log=facts, last=before.last if before else None)
    older = standing(job, athlete.id)
    in_english = partial(_plan, job, recipe, evolve(athlete, language=ENGLISH), log, older, before)
    try:
        plan = _plan(job, recipe, athlete, log, older, before)
        if older:
            refuse_lost_stop(older, athlete, plan.log or ())
    except InputError as error:
        raise recipe.refusal(row, error) from error
    except StopError as stop:
        return _stopped(job, older, _failed(known, _reported(stop, in_english), before), stop)
    except AuditError as error:
        raise _reported(error, in_english) from error
    try:
        return _described(_written(job, plan, known, before, older), plan)
    except InputError as error:
        raise recipe.beside(row, error) from error


def _plan(job: BatchJob, recipe: Recipe, athlete: Athlete, log: tuple[Entry, ...] | None, older: bytes, before: Before | None) -> Plan:
    """Make the plan, counting the past of the standing calendar (`older`) if it belongs to the athlete.

    A calendar with this run's timestamp that no finished run recorded may be this row's own first attempt, on a machine that died. It is
    then byte for byte what the plan gives without it, and the second attempt must give the same.
    """
    day, calendar = job.day(athlete.timezone), calendar_of(athlete.id)
    make = partial(maker_of(job.plugins).plan, athlete, recipe.folder, as_of=day, issued=job.issued, log=log)
    counts = older and CALENDAR in job.formats and athlete.start < day
    stood = past_entries(older, athlete.id, athlete.start, day) if counts else None
    if stood is not None and not (before and calendar in before.names) and moment_value(job.issued) in older:
        with suppress(ContradictionError):
            first = make(stood=None)
            if _rendered(job, first, (CALENDAR,))[calendar] == older:
                return first
    return make(stood=stood)


def _reported(error: Exception, in_english: Callable[[], object]) -> Exception:
    """Return the same error in English, as the coach's pages are in one language; calendars keep the athlete's.

    The sentences are made with the plan, so another language takes another planning (`in_english`).
    """
    if current_language() == ENGLISH:
        return error
    with suppress(Exception), use_language(ENGLISH):  # whatever goes wrong now, the first error stays
        try:
            in_english()
        except type(error) as said:
            return said
    return error


def _stopped(job: BatchJob, older: bytes, known: Outcome, stop: StopError) -> Outcome:
    """Return the outcome of a stop, after marking the standing calendar (`older`) as stopped."""
    name, day = calendar_of(known.id), job.day(known.zone)
    data = halted(job, older, known.id, stop, day)
    others = tuple(facts for facts in known.standing if facts.name != name)
    if data is None:
        return known
    if data == older and len(others) < len(known.standing):
        return known._replace(taken_back=not others)
    try:
        with writing_to(job.folder):
            # A run that was killed may have marked it without recording that.
            facts = found(job, known.id, name, data) if data == older else None
            standing = (facts or put(job, known.id, name, data), *others)
            return known._replace(standing=standing, wrote=True, taken_back=not others)
    except (InputError, OutputError) as error:  # the stop matters more
        return known._replace(error=f"{known.error} {error} {STILL_SHOWN}")


def _failed(known: Outcome, error: Exception, before: Before | None) -> Outcome:
    """Return the outcome of a row without a plan; files of an earlier run keep their planning date and timestamp."""
    if before:
        known = known._replace(as_of=before.as_of.isoformat(), issued=before.issued.isoformat())
    statuses = [status for kind, status in _STATUSES if isinstance(error, kind)]
    status = statuses[0] if statuses else "bug"
    words = str(error) if isinstance(error, PlannerError) else _bug(error)
    referrals = tuple(" ".join(message.split()) for message in error.messages) if isinstance(error, StopError) else ()
    return known._replace(status=status, error=" ".join(words.split()), field=getattr(error, "field", ""), referrals=referrals)


def _bug(error: Exception) -> str:
    """Describe an internal error and where it was raised."""
    last = extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}, line {last.lineno}"
    return f"something went wrong inside ({type(error).__name__}: {error}; {place}); this is a bug in the planner."


def _written(job: BatchJob, plan: Plan, known: Outcome, before: Before | None, older: bytes) -> Outcome:
    """Write the files that changed. A calendar updates the standing one (`older`); if every standing file in another format differs from
    before only in its timestamp, those files keep their timestamp and bytes.
    """
    data, calendar = _rendered(job, plan, job.formats), calendar_of(plan.athlete_id)
    stand = {facts.name: facts for facts in before.files if facts.name in data} if before else {}
    if calendar in data:
        fresh = data[calendar]
        data[calendar] = followed(job, plan, older, fresh)
        with use_language(ENGLISH):  # for the coach's pages, see `_reported`
            # A run that was killed may have written it without recording that.
            changed = older and (older != data[calendar] or calendar not in stand)
            known = known._replace(breaks=broken(data[calendar], fresh, plan.as_of) if changed else ())
    if before and stand and (before.as_of, before.issued) != (plan.as_of, plan.issued):
        others = [name for name in job.formats if name != CALENDAR]
        same = data | _rendered(job, evolve(plan, as_of=before.as_of, issued=before.issued), others)
        if all(_same(same[name], facts) for name, facts in stand.items()):
            data, known = same, known._replace(issued=before.issued.isoformat(), as_of=before.as_of.isoformat())
    kept = {name: facts for name, facts in stand.items() if _same(data[name], facts)}
    known = known._replace(standing=tuple(facts for facts in before.files if facts.name not in data) if before else ())
    if len(kept) == len(data):
        made = before is not None and before.is_news
        return known._replace(status="made" if made else "unchanged", files=tuple(kept[name] for name in data))
    for form in job.formats:
        name = f"{plan.athlete_id}.{ending(form)}"
        if name not in kept and beginning(form):
            refuse_stranger(job.place(plan.athlete_id, name), beginning(form))
    with writing_to(job.folder):
        files = tuple(kept.get(name) or put(job, plan.athlete_id, name, content) for name, content in data.items())
    return known._replace(status="made", files=files, wrote=True)


def _rendered(job: BatchJob, plan: Plan, formats: Iterable[str]) -> dict[str, bytes]:
    """Return the plan in each of these formats, by file name. Raises `InputError` if a file name could also be another athlete's."""
    for name in job.formats:
        own = f"{plan.athlete_id}.{ending(name)}"
        if job.owner(own) != plan.athlete_id:
            found, taken = f'found "{plan.athlete_id}"', f"one with which {own} is nobody else's file in these formats"
            raise InputError("id", found, taken, "Choose another id, or make the formats in two folders.")
    return {f"{plan.athlete_id}.{ending(name)}": renderer(name)(plan, job.options) for name in formats}


def _same(content: bytes, facts: FileFacts) -> bool:
    return len(content) == facts.size and sha256(content).hexdigest() == facts.digest


def _described(known: Outcome, plan: Plan) -> Outcome:
    """Return the outcome with the plan's details for the report, the summary and the Monday list."""
    goal, week = plan.goal, plan.goal.foreseen
    reached = goal.every_run or (plan.start + (week - 1) * WEEK if week else None)
    margin, law = _tightest(plan)
    return known._replace(
        weeks=len(plan.weeks) if any(w.run_m and w.stage != "pre-run" for w in plan.weeks) else 0,
        goal_date=reached.isoformat() if reached else "",
        goal_week=week,
        margin=margin,
        law=law,
        findings=_said(plan.findings),
        plan=plan_facts(plan, reached),
    )


def _tightest(plan: Plan) -> tuple[int | None, str]:
    """Return the smallest margin in metres of any week or run below its ceiling, and what sets that ceiling; findings with a margin count
    too.

    Reads the ceilings from the plan, which has passed the audit: recomputing every margin would take a tenth of the planning time.
    """
    weeks = [(w.ceiling_run_m - w.run_m, w.bound_by) for w in plan.weeks if w.run_m]
    runs = [(s.ceiling_m - s.run_m, s.bound_by) for s in plan.sessions if s.run_m]
    reported = [(f.margin_m, f.rule) for f in plan.findings if f.margin_m is not None]
    return min([*weeks, *runs, *reported], default=(None, ""))


def _said(findings: Iterable[Finding]) -> tuple[Said, ...]:
    times = Counter((f.rule, f.severity, f.by) for f in findings)
    return tuple(Said(*key, count) for key, count in times.items())
