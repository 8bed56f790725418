"""Running form: measure cadence first, raise it a little if it is low, give one cue at a time, recheck every few weeks.

All of it is notes on planned runs. A run at a new level gets none (FORM-13), and an entry week gets a count at most. Foot strike is left
alone (FORM-11), and targets are relative to the athlete's own cadence (FORM-06). What earlier weeks held is read from their runs.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from attrs import evolve, field, frozen

from planner import Attachment, Pillar, Proposal, Record, Step, Why, about, cached, cached_by_identity, decimal_point, hookimpl
from planner_pillars.cadence import RUNS_A_RISE, STEP, WEEKS_A_RISE, Rise, own_cadence, rises, target
from planner_pillars.content import content
from planner_pillars.form_history import SILENT, FormHistory, cues, form_words, may_carry_notes, past_asked
from planner_pillars.log_weeks import has_begun

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from planner import Brief, RunView, WeekView

NAME = "running_form"
RISES = (50, 75, 100)
"""The steps of FORM-01, in permille above the athlete's own cadence; the last is the maximum."""
LOW, HIGH = 170, 180
"""A quicker step is offered up to `LOW` steps a minute, asked about between, and left out from `HIGH` on (FORM-03)."""
COUNTING_RUN_S, COUNTING_STRETCH_S = 300, 60
"""A count needs five minutes of running, in stretches long enough to count for 30 s (FORM-04)."""
FADED_STRETCH_S = 900
"""Seconds of continuous running from which faded feedback is offered (FORM-09)."""
FADED_A_WEEK = 4


@frozen(kw_only=True, eq=False, repr=False)
class Settings(Record):
    """`[pillars.running_form]`."""

    cadence_work: Literal["auto", "yes", "no"] = field(
        default="auto",
        metadata=about("a quicker step: auto (offered up to 170 steps a minute, asked at 171-179), yes (up to 179), no"),
    )
    most_percent: Decimal = field(
        default=Decimal(10),
        metadata=about("how far above your own cadence, at most", unit="%", least=5, most=10),
    )
    cue_runs: int = field(default=2, metadata=about("runs a week that carry a cue", least=0, most=5))
    recheck_weeks: int = field(default=4, metadata=about("weeks from one count to the next, 0 for never", unit="weeks", least=0, most=12))
    faded_feedback: bool = field(
        default=False,
        metadata=about("eight runs with a metronome that fades, once runs hold 15 minutes without a walk"),
    )
    calf_history: bool = field(
        default=False,
        metadata=about("earlier Achilles, calf or foot stress injury: then no cadence work"),
    )


@hookimpl
def planner_pillar() -> Pillar:
    """Describe the pillar."""
    return Pillar(
        name=NAME,
        summary="cadence measured first and raised a little where it is low, one cue at a time, a recheck every four weeks",
        settings=Settings,
        sources=tuple(f"FORM-{n:02d}" for n in range(1, 14)),
    )


@hookimpl
def planner_sessions(brief: Brief, week: WeekView, settings: Settings) -> list[Proposal]:
    """The FORM-03 question if due, and one kind of note on the week's runs (FORM-10): a count, faded feedback, a target or a cue."""
    if not week.runs or week.decision in SILENT:
        return []
    own = own_cadence(brief, week.first_day)
    found = (
        [_ask(own, week.first_day)]
        if own is not None and _is_asked(own, week, settings, logged=brief.athlete.running.cadence is None)
        else []
    )
    free = _free(week.runs)
    past = past_asked(week.earlier)
    if not free:
        return found
    counting = _count(own, week.number, past, free, settings, logs=brief.log is not None)
    if counting is not None:
        return [*found, counting]
    if week.decision == "entry" or (own is None and past.counted is None and _counts(own, settings)):
        return found
    logged = None if brief.log is None else _logged(brief, week, own, settings)
    return found + [p for p in (_work(own, past, free, settings, logged),) if p is not None]


class Logged(NamedTuple):
    """How far the target has risen by the log, and the text about it."""

    rise: Rise
    text: str


def _logged(brief: Brief, week: WeekView, own: int | None, settings: Settings) -> Logged:
    """The week's target by the log."""
    rise = rises(brief)(_most(settings))(week.earlier)
    if own is None or rise.through:
        return Logged(rise, "")
    text = _said(own, rise, begun=has_begun(brief, week.first_day), last=rise.permille + STEP > _most(settings))
    counted = form_words()["logged"]["own"].format(own=own) if brief.athlete.running.cadence is None else ""
    return Logged(rise, "\n".join(line for line in (counted, text) if line))


@cached(256)
def _said(own: int, rise: Rise, *, begun: bool, last: bool) -> str:
    """Why the target is what it is, and what the next one, or the end after the `last` one, waits for."""
    words = form_words()["logged"]
    before = target(own, rise.permille - STEP) if rise.permille > STEP else own
    facts = {"target": target(own, rise.permille), "before": before, "runs": RUNS_A_RISE, "reached": rise.reached}
    lines = [words[rise.moved]] if rise.moved != "first" and (begun or rise.moved != "held") else []
    lines += [words["last" if last else "next"]] if begun else []
    return "\n".join(lines).format_map(facts)


def offered(own: int, settings: Settings) -> bool:
    """Whether a quicker step is part of the plan for a cadence of `own` steps a minute (FORM-03)."""
    if settings.calf_history or settings.cadence_work == "no":
        return False
    return own <= LOW or (own < HIGH and settings.cadence_work == "yes")


def _counts(own: int | None, settings: Settings) -> bool:
    """Whether counting is useful: cadence is unknown, or a quicker step is part of the plan."""
    if own is not None:
        return offered(own, settings)
    return not settings.calf_history and settings.cadence_work != "no"


def _is_asked(own: int, week: WeekView, settings: Settings, *, logged: bool) -> bool:
    """Whether FORM-03's question is due: once, with the first runs that may carry notes or, for a logged count, as soon as it is known."""
    between = LOW < own < HIGH and settings.cadence_work == "auto" and not settings.calf_history
    if logged:
        return between and not any([s.pillar == NAME and s.key == "ask" for w in week.earlier for s in w.sessions])
    return between and not any(may_carry_notes(w) for w in week.earlier)


def _free(runs: tuple[RunView, ...]) -> list[RunView]:
    """The runs that may carry a note, shortest first: none at a new level or with the ordinal of one (FORM-13)."""
    taken = {r.ordinal for r in runs if r.new_level}
    by_ordinal = {r.ordinal: r for r in runs if r.ordinal not in taken}
    return sorted(by_ordinal.values(), key=lambda r: (r.run_s, -r.ordinal))


def _count(own: int | None, number: int, past: FormHistory, free: list[RunView], settings: Settings, *, logs: bool) -> Proposal | None:
    """The first count if cadence is unknown, a recheck if the last count is `recheck_weeks` ago, else None.

    It goes on the longest run that may carry a note, the likeliest to hold three counts.
    """
    run = free[-1]
    if not _counts(own, settings):
        return None
    if own is None and past.counted is None:
        long_enough = run.run_s >= COUNTING_RUN_S and run.longest_stretch_s >= COUNTING_STRETCH_S
        return _measure(run.ordinal, logs=logs) if long_enough else None
    since = past.counted or past.first
    due = settings.recheck_weeks > 0 and since is not None and number - since >= settings.recheck_weeks
    return _recheck(own, run.ordinal) if due else None


def _most(settings: Settings) -> int:
    """The highest of `RISES` that the settings allow."""
    return max(rise for rise in RISES if rise <= settings.most_percent * 10)


def _work(own: int | None, past: FormHistory, free: list[RunView], settings: Settings, logged: Logged | None) -> Proposal | None:
    """Faded feedback or a cadence target if offered, else a cue; targets and cues go on the shortest runs."""
    if own is not None and offered(own, settings):
        last, text = RISES.index(_most(settings)), "" if logged is None else logged.text
        risen = past.targets // WEEKS_A_RISE
        permille = RISES[min(risen, last)] if logged is None else logged.rise.permille
        long = [r for r in free if r.longest_stretch_s >= FADED_STRETCH_S]
        if settings.faded_feedback and long and past.faded < len(_faded_table()):
            return _with(text, _faded(own, permille, past.faded, long))
        if (risen <= last if logged is None else not logged.rise.through) and not past.faded:
            ordinals = tuple(sorted(r.ordinal for r in free[: settings.cue_runs]))
            return _with(text, _cadence(own, permille, ordinals)) if ordinals else None
    ordinals = tuple(sorted(r.ordinal for r in free[: settings.cue_runs]))
    return _cue(past.cues // WEEKS_A_RISE, ordinals, steady=settings.calf_history) if ordinals else None


@cached(1)
def _faded_table() -> tuple[tuple[int, int], ...]:
    """Minutes and percent of feedback of each faded-feedback session (FORM-08)."""
    faded = cast("Mapping[str, Mapping[str, list[int]]]", content("form"))["faded"]
    return tuple(zip(faded["minutes"], faded["feedback"], strict=True))


@cached(256)
def _note(part: str, ordinals: tuple[int, ...], source: str, **filled: str) -> Proposal:
    """The note `part` of the content file for the runs `ordinals`, with its placeholders filled in."""
    words = form_words()[part]
    whys = [("why", source), ("pain_why", "FORM-12")]
    return Proposal(
        key=part,
        title=words["title"].format(**filled),
        steps=(Step(kind="note", text=words["step"].format(lead=words["lead"], **filled)),),
        tags=(f"cadence-{filled['target']}",) if "target" in filled else (),
        attach=Attachment(where="before", tag="run", ordinals=ordinals),
        details=words["details"].strip().format(**filled),
        why=tuple([Why(limit="content", text=words[key], source=rests_on) for key, rests_on in whys if key in words]),
    )


@cached_by_identity(256)
def _said_with(proposal: Proposal, text: str) -> Proposal:
    return evolve(proposal, details=f"{proposal.details}\n{text}")


def _with(text: str, proposal: Proposal) -> Proposal:
    """The note with `text` added to its details."""
    return _said_with(proposal, text) if text else proposal


def _measure(ordinal: int, *, logs: bool) -> Proposal:
    return _with(form_words()["logged"]["measure"] if logs else "", _note("measure", (ordinal,), "FORM-04"))


def _recheck(own: int | None, ordinal: int) -> Proposal:
    return _note("recheck", (ordinal,), "FORM-07", own=str(own or form_words()["recheck"]["unknown"]))


@cached(16)
def _ask(own: int, on: date) -> Proposal:
    """The all-day question for a cadence between `LOW` and `HIGH`."""
    words = form_words()["ask"]
    return Proposal(
        key="ask",
        title=words["title"].format(own=own),
        note=True,
        on=on,
        details=words["details"].strip().format(own=own),
        why=(Why(limit="content", text=words["why"], source="FORM-03"),),
    )


def _rise(own: int, permille: int) -> dict[str, str]:
    """Placeholders of a target's texts: the target, half of it for one foot, own cadence, the rise, and the step back of FORM-12."""
    steps = target(own, permille)
    percent, tenths = divmod(permille, 10)
    return {
        "own": str(own),
        "target": str(steps),
        "half": str(steps // 2),
        "percent": f"{percent}{decimal_point()}{tenths}" if tenths else str(percent),
        "back": str(target(own, permille - STEP) if permille > STEP else own),
    }


@cached(256)
def _cadence(own: int, permille: int, ordinals: tuple[int, ...]) -> Proposal:
    return _note("cadence", ordinals, "FORM-02", **_rise(own, permille))


def _faded(own: int, permille: int, done: int, long: list[RunView]) -> Proposal:
    """The next faded-feedback sessions (FORM-08) on this week's long runs, listed in order in one text, because dates are not known yet.

    A session lasts at most as long as the shortest of these runs' longest stretches, so no run becomes longer.
    """
    upcoming = _faded_table()[done : done + min(len(long), FADED_A_WEEK)]
    runs = long[-len(upcoming) :]
    most = min(r.longest_stretch_s for r in runs) // 60
    session = form_words()["faded"]["session"]
    lines = []
    for number, (planned, percent) in enumerate(upcoming, done + 1):
        minutes = min(planned, most)
        lines.append(session.format(number=number, minutes=minutes, beat=max(1, minutes * percent // 100)))
    ordinals = tuple(sorted(r.ordinal for r in runs))
    return _note("faded", ordinals, "FORM-08", sessions="; ".join(lines), **_rise(own, permille))


@cached(64)
def _cue(turn: int, ordinals: tuple[int, ...], *, steady: bool) -> Proposal:
    """The cue whose turn it is; `steady` keeps to cues that leave step length alone, and says why there is no cadence work."""
    offered_cues = cues(steady=steady)
    name, words = offered_cues[turn % len(offered_cues)]
    details = words["details"].strip()
    return Proposal(
        key=f"cue-{name}",
        title=words["title"],
        steps=(Step(kind="note", text=words["step"].format(lead=words["lead"])),),
        attach=Attachment(where="before", tag="run", ordinals=ordinals),
        details=f"{details}\n{form_words()['calf']['text']}" if steady else details,
        why=(Why(limit="content", text=words["why"], source="FORM-10"),),
    )
