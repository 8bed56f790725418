"""Fixed sample briefs of unusual but plausible athletes, with which `conformance` tries every plugin."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import evolve

from planner.athlete import Absence, Availability, Commitment, Equipment, Knee, Override, Progression, Screening, Shoes
from planner.briefing import make_brief
from planner.entry import Entry
from planner.programme import Template
from planner.testing.sample import LADDER, RUNS, sample_brief
from planner.testing.strategies import AS_OF, ISSUED, START

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.athlete import Athlete
    from planner.model import Brief
    from planner.settings import Plain

SAMPLE_WEEKS = 4
CONTINUOUS = Template(
    name="sample-continuous",
    title="Sample of continuous running",
    kind="continuous",
    summary="For tests.",
    source="made for tests",
    most_runs_per_week=4,
    run_gap_days=1,
    shares=(100, 80, 60),
)
SHOES = tuple(Shoes(name=name, used_km=Decimal(used)) for name, used in (("blue", 0), ("red", 610), ("trail", 700)))
READY = Knee(site="kneecap", side="left", sore_with=(), pain_walk_30=0, pain_stairs=1, stairs_days_clean=7, pain_next_morning=0)
PASSED = Screening(answered=AS_OF, red_flags=(), single_leg_squats=10, step_downs=10, hops=10, jog_on_spot_s=60)
NOT_READY = Knee(site="outer", side="both", sore_with=("stairs", "walking"), pain_walk_30=4, pain_stairs=5, stairs_days_clean=0)
FAILED = Screening(answered=AS_OF, red_flags=(), single_leg_squats=3, step_downs=0, hops=0, jog_on_spot_s=0, failed_tests=1)
SOME_AWAY = Availability(away=(Absence(first=START, last=START + timedelta(days=8)),), mon=(), sun=())
COMMITMENTS = (
    Commitment(name="Club run", km=Decimal(3), on="wed"),
    Commitment(name="Fun run", km=Decimal(5), kind="race", date=START + timedelta(days=20)),
)
DROPPED = Override(date=START + timedelta(days=8), session=f"{RUNS}/run#2", by="Kim", drop=True)


def sample_briefs(pillars: Mapping[str, Mapping[str, Plain]] | None = None) -> dict[str, Brief]:
    """The fixed sample briefs of four weeks by name: `plain`, `log-with-pain`, `miles`, `german`, `shoes`, `not-ready`, `from-nothing`,
    `away` and `commitments`.

    `pillars` are the settings, by the pillar's name, as the athlete file would hold them.
    """
    plain = sample_brief(SAMPLE_WEEKS, pillars)
    athlete = plain.athlete
    beginner = evolve(athlete.running, recent_weeks_km=())
    late = START + timedelta(days=18)
    return {
        "plain": plain,
        "log-with-pain": make_brief(athlete, LADDER, as_of=late, issued=ISSUED + timedelta(days=16), log=_log_with_pain()),
        "miles": _brief(evolve(athlete, units="mi")),
        "german": _brief(evolve(athlete, language="de", timezone="Europe/Berlin")),
        "shoes": _brief(evolve(athlete, shoes=SHOES)),
        "not-ready": _brief(evolve(athlete, running=beginner, knee=NOT_READY, screening=FAILED, equipment=Equipment()), log=()),
        "from-nothing": _brief(evolve(athlete, running=beginner, knee=READY, screening=PASSED, birth_year=1988)),
        "away": _brief(evolve(athlete, availability=SOME_AWAY)),
        "commitments": _brief(
            evolve(athlete, commitments=COMMITMENTS, override=(DROPPED,), progression=Progression(measure="on-foot", rolling="enforce")),
            CONTINUOUS,
        ),
    }


def _brief(athlete: Athlete, template: Template = LADDER, log: tuple[Entry, ...] | None = None) -> Brief:
    return make_brief(athlete, template, as_of=AS_OF, issued=ISSUED, log=log)


def _log_with_pain() -> tuple[Entry, ...]:
    """Two and a half weeks of runs: clean, sore the next morning, painful enough to stop, unanswered, and one without a distance."""
    return (
        _run(0, 1, pain=(0, 1, 0, 0), run_m=1500),
        _run(2, 2, pain=(0, 2, 1, 2), run_m=1500),
        _run(4, 3, pain=(2, 5, 3, 3), run_m=700),
        _run(9, 1, pain=(0, 1, 0, 0), run_m=1200),
        Entry(date=START + timedelta(days=11), run_m=1200, note="forgot to answer"),
        Entry(date=START + timedelta(days=14), pain_before=1, knee_worst=3),
        Entry(date=START + timedelta(days=16), session=f"{RUNS}/run#1", seconds=1500, pain_during=1, shoes="blue"),
    )


def _run(day: int, ordinal: int, *, pain: tuple[int, int, int, int], run_m: int) -> Entry:
    before, during, after, morning = pain
    return Entry(
        date=START + timedelta(days=day),
        session=f"{RUNS}/run#{ordinal}",
        run_m=run_m,
        seconds=1800,
        pain_before=before,
        pain_during=during,
        pain_after=after,
        pain_next_morning=morning,
    )
