"""Plans of an athlete who ran as planned for some weeks and then stopped."""

from datetime import timedelta

from planned_runs import TEMPLATES, kms
from tests.properties import strategies as some

from planner import Entry, Host, build_plan
from planner.athlete import Athlete, Availability, Knee, Running, Screening
from planner.audit import audit
from planner.briefing import make_brief
from planner_pillars import assessment, progression

START, DAY = some.START, timedelta(days=1)
HOME = Availability()
WELL = {"pain_before": 0, "pain_during": 1, "pain_after": 0, "pain_next_morning": 0}
KNEE = Knee(site="kneecap", sore_with=("running",), pain_walk_30=0, pain_stairs=0, stairs_days_clean=3, pain_next_morning=0)
ASKED = Screening(answered=START - DAY, red_flags=(), single_leg_squats=10, step_downs=10, hops=10, jog_on_spot_s=60)


def planned(rows, day, *, weeks=16, availability=HOME, commitments=(), screening=ASKED, **running):
    """The plan on day `day` (0 is the first) of an athlete with this log, or with none."""
    asked = {"knee": KNEE, "screening": screening, "availability": availability, "commitments": commitments}
    athlete = Athlete(id="a", start=START, weeks=weeks, running=Running(easy_pace=400, **running), **asked)
    brief = make_brief(athlete, TEMPLATES["walk-run"], as_of=START + day * DAY, issued=some.ISSUED, log=rows)
    plan = build_plan(brief, Host.of(assessment, progression))
    assert [f for f in audit(plan) if f.severity == "error"] == []
    return plan


def lived(weeks, *, last=None, **asked):
    """Rows of runs done as planned for so many weeks, well taken but, where said, the very last one."""
    rows = ()
    for number in range(weeks):
        rows += tuple(done(run) for run in runs_of(planned(rows, 7 * number, **asked), number + 1))
    if last:
        *_rest, run = runs_of(planned(rows, 7 * weeks, **asked), weeks)
        rows = (*(row for row in rows if row.date < run.date), done(run, **last))
    return rows


def done(run, **said):
    return Entry(date=run.date, session=run.id, run_m=run.run_m, foot_m=run.foot_m, **(WELL | said))


def runs_of(plan, number):
    return [s for s in plan.weeks[number - 1].sessions if s.run_s]


def levels(plan, number):
    return sorted({int(tag[6:]) for s in runs_of(plan, number) for tag in s.tags if tag.startswith("level-")})


LIVED = {(km, sore): lived(4, last={"pain_during": 3} if sore else None, **kms(km)) for km in ("6", "10") for sore in (False, True)}
