"""A stateful test of a runner's life: entries, corrections, imports and replans in any order, with the calendar."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from planner import Host, Plan, build_plan
from planner.athlete import Absence, Athlete, Availability, Knee, Progression, Running, Screening
from planner.audit import audit
from planner.briefing import make_brief
from planner.cli.log_home import Home
from planner.cli.log_import import import_into, shares_of
from planner.entry import Entry
from planner.errors import ContradictionError, InputError, StopError
from planner.journal.log_file import read_log
from planner.render import Options, ics
from planner.render.calendar_parts import apart
from planner.render.calendar_update import updated
from planner_pillars import cross_training, progression
from planner_templates import planner_templates
from tests.journal.logs import add, correct
from tests.journal.recordings import Stretch, gpx, tcx

from .strategies import START

DAY = timedelta(days=1)
TEMPLATES = {template.name: template for template in planner_templates()}
HOST = Host.of(progression, cross_training)
PAIN = st.none() | st.integers(0, 6)
ANSWERS = st.tuples(PAIN, PAIN, PAIN, PAIN)
METRES = st.integers(0, 9000)
WALK, RUN = Stretch(300, 150, 55), Stretch(400, 260, 84)
"""Seconds, centimetres a second, strides a minute."""
RECENT = st.sampled_from([(0, 0, 0, 0), (3, 4, 4, 5), (0, 0, 4, 6), (10, 11, 12, 12), (20, 22, 24, 24)])
EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)


@st.composite
def runners(draw: st.DrawFn) -> Athlete:
    """Runners who may run, with the readings of the laws, days and an absence of their own."""
    away = draw(st.none() | st.tuples(st.integers(0, 40), st.integers(0, 16)))
    first = None if away is None else START + away[0] * DAY
    return Athlete(
        id="ana",
        start=START,
        weeks=draw(st.integers(2, 9)),
        template=draw(st.sampled_from(sorted(TEMPLATES))),
        running=Running(easy_pace=400, recent_weeks_km=tuple(map(Decimal, draw(RECENT)))),
        knee=Knee(site="kneecap", pain_run_worst=1),
        screening=Screening(answered=START - DAY, red_flags=()),
        availability=Availability(away=() if away is None or first is None else (Absence(first=first, last=first + away[1] * DAY),)),
        progression=Progression(
            measure=draw(st.sampled_from(["running", "on-foot"])),
            missed=draw(st.sampled_from(["resume", "strict"])),
            rolling=draw(st.sampled_from(["report", "enforce"])),
        ),
        log="ana-log.csv",
    )


class LoggedPlan(RuleBasedStateMachine):
    """`today` only rises. The log is a real file; the calendar is updated with every plan."""

    def __init__(self) -> None:
        """In a folder of its own."""
        super().__init__()
        self.folder = TemporaryDirectory()
        self.log = Path(self.folder.name, "ana-log.csv")
        self.today = START - DAY
        self.athlete_file = Path(self.folder.name, "ana.toml")
        self.athlete_file.write_text('start = 2027-01-04\n\n[running]\neasy_pace = "6:40"\n', encoding="utf-8")
        self.plan: Plan | None = None
        self.calendar = b""
        self.owners: dict[bytes, bytes] = {}
        self.stopped = False

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.folder.cleanup()

    @initialize(athlete=runners())
    def begin(self, athlete: Athlete) -> None:
        """One runner for the whole life."""
        self.athlete = athlete

    def entries(self) -> tuple[Entry, ...]:
        return read_log(self.log, today=self.today)

    @rule(
        back=st.integers(0, 9),
        run_m=st.none() | METRES,
        walk_m=st.none() | METRES,
        named=st.booleans(),
        pain=st.tuples(PAIN, PAIN, PAIN, PAIN),
    )
    def write_down(self, back: int, run_m: int | None, walk_m: int | None, named: bool, pain: tuple[int | None, ...]) -> None:
        """A run of today or of the days before, with answers or without."""
        before, during, after, morning = pain
        entry = Entry(
            date=self.today - back * DAY,
            session=f"progression/run#{1 + back % 3}" if named else "",
            run_m=run_m,
            foot_m=None if walk_m is None else (run_m or 0) + walk_m,
            pain_before=before,
            pain_during=during,
            pain_after=after,
            pain_next_morning=morning,
            note=f"row {len(self.entries())}",
        )
        add(self.log, [entry], today=self.today)

    @precondition(lambda self: self.log.exists())
    @rule(at=st.integers(0, 30), run_m=METRES, morning=PAIN)
    def correct_it(self, at: int, run_m: int, morning: int | None) -> None:
        """Another look at an older row."""
        rows = self.entries()
        row = rows[at % len(rows)]
        correct(self.log, row, {"run_m": run_m, "foot_m": None, "pain_next_morning": morning}, today=self.today)

    @rule(
        back=st.integers(0, 9),
        hour=st.integers(5, 20),
        stretches=st.lists(st.sampled_from([WALK, RUN]), min_size=1, max_size=3),
        of=st.sampled_from(["gpx", "tcx"]),
    )
    def bring_in(self, back: int, hour: int, stretches: list[Stretch], of: str) -> None:
        """A recording of today or of the days before; the same one again is known."""
        day = self.today - back * DAY
        start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        file = Path(self.folder.name, f"recording.{of}")
        file.write_bytes((gpx if of == "gpx" else tcx)(tuple(stretches), start=start))
        home = Home(self.athlete_file, self.log, named=True, miles=False, today=self.today)
        planned = {} if self.plan is None else shares_of(self.plan)
        (first,) = import_into(home, (file,), planned.get)
        before = self.log.read_bytes() if self.log.exists() else b""
        (second,) = import_into(home, (file,), planned.get)
        assert second.kind == ("there" if first.kind == "taken" else first.kind)
        assert before == (self.log.read_bytes() if self.log.exists() else b"")

    @rule(days=st.integers(1, 12))
    def live_on(self, days: int) -> None:
        """Days go by."""
        self.today += days * DAY

    @rule()
    def plan_again(self) -> None:
        """Make the plan over the calendar that stands."""
        log = self.entries() if self.log.exists() else ()
        issued = datetime(self.today.year, self.today.month, self.today.day, tzinfo=UTC)
        try:
            brief = make_brief(self.athlete, TEMPLATES[self.athlete.template], as_of=self.today, issued=issued, log=log)
            plan = build_plan(brief, HOST)
        except (ContradictionError, InputError, StopError):
            return
        assert [f for f in audit(plan) if f.severity == "error"] == []
        self.plan = plan
        fresh = ics.render(plan, Options())
        was, self.calendar = self.calendar, updated(self.calendar, fresh, today=self.today, issued=issued) if self.calendar else fresh
        if was:
            self.the_past_stays(was)
        assert updated(self.calendar, fresh, today=self.today, issued=issued) == self.calendar

    def the_past_stays(self, was: bytes) -> None:
        """What lay before today keeps its bytes."""
        now = {part.uid: part.raw for part in apart(self.calendar).components}
        for part in apart(was).components:
            if part.uid and part.day < self.today:
                assert now[part.uid] == part.raw

    @invariant()
    def identities_are_their_own(self) -> None:
        """No two events share a UID, and none is ever another session's."""
        found = [(_line(event, b"UID"), _line(event, b"X-PLANNER-SESSION")) for event in EVENT.findall(self.calendar)]
        assert len({uid for uid, _ in found}) == len(found)
        for uid, session in found:
            assert self.owners.setdefault(uid, session) == session


def _line(event: bytes, name: bytes) -> bytes:
    return next(line for line in event.replace(b"\r\n ", b"").split(b"\r\n") if line.startswith(name + b":"))


LoggedPlan.TestCase.settings = settings(max_examples=settings.default.max_examples // 40, stateful_step_count=25)
TestLoggedPlan = LoggedPlan.TestCase


def test_a_plan_without_a_single_row_counts_every_past_run_as_missed() -> None:
    athlete = Athlete(
        id="ana",
        start=START,
        weeks=6,
        template="walk-run",
        running=Running(easy_pace=400, recent_weeks_km=tuple(map(Decimal, (3, 4, 4, 5)))),
        knee=Knee(site="kneecap"),
        screening=Screening(answered=START - DAY, red_flags=()),
    )
    issued = datetime(2027, 1, 2, tzinfo=UTC)
    brief = make_brief(athlete, TEMPLATES["walk-run"], as_of=START + 21 * DAY, issued=issued, log=())
    plan = build_plan(brief, HOST)
    past = [s for s in plan.sessions if s.run_s and s.date < brief.as_of]
    assert {s.status for s in past} == {"missed"}
    assert [w.done_run_m for w in plan.weeks] == [0, 0, 0, None, None, None]
    told = evolve(brief, log=None)
    assert {s.status for s in build_plan(told, HOST).sessions} == {"planned"}
