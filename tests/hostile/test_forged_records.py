"""Records that hold what their class would refuse, misreport themselves, or never end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count, repeat

import pytest

from planner import Attachment, Ceiling, Finding, Group, Host, Proposal, RunProposal, RunShape, Spacing, Step, Unavailable, Why
from planner.errors import PluginError
from planner.limits import SUBJECTS
from tests.hostile.held import evil, forged, harmless, refused
from tests.tiny_plugins import START, TEMPLATES, ceiling, exercise, run_proposal


class LyingInt(int):
    """A whole number that is smaller than any other, and equal to all."""

    def __lt__(self, other: object) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return True

    def __index__(self) -> int:
        return 10**6

    __hash__ = int.__hash__


class LyingStr(str):
    """A word that is equal to none, not even to itself."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return 0


class Alike(type):
    """A class that is equal to every class, and is found wherever another is looked for."""

    def __eq__(cls, other: object) -> bool:
        return True

    def __hash__(cls) -> int:
        return hash(Proposal)


class Posing(metaclass=Alike):
    """An object with any attribute that one asks for."""

    def __getattr__(self, name: str) -> int:
        return 5


class Claiming:
    """An object that says it is a proposal."""

    @property
    def __class__(self) -> type:
        return Proposal


class Mute:
    """An object that fails when it is asked to show itself, and that is equal to everything."""

    def __repr__(self) -> str:
        raise ArithmeticError

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__


class Endless(list[object]):
    """A list that is longer than it says."""

    def __iter__(self) -> repeat[object]:
        return repeat(ceiling(3))


NO_NUMBERS = {
    "less than nothing": -1,
    "far less than nothing": -(10**5000),
    "huge": 10**30,
    "float": 1.5,
    "nan": float("nan"),
    "infinite": float("inf"),
    "decimal": Decimal(3),
    "fraction": Fraction(3),
    "true": True,
    "text": "3",
    "nothing": None,
    "lying": LyingInt(3),
    "mute": Mute(),
}
"""By name, as a hostile object is better not shown to pytest."""
NO_WORDS = {
    "nothing": None,
    "number": 3,
    "bytes": b"x",
    "lying": LyingStr("run"),
    "a book": "x" * 10**7,
    "surrogate": "\ud800",
    "escape": "\x1b[31m",
    "null": "\x00",
    "mute": Mute(),
}


def step(**lies: object) -> Proposal:
    return exercise(steps=(forged(Step(kind="walk", seconds=60), **lies),))


NUMBERS = {
    "sessions": {
        "times": lambda v: forged(exercise(), times_per_week=v),
        "seconds": lambda v: step(seconds=v),
        "repeat": lambda v: exercise(steps=(forged(Group(repeat=1, steps=(Step(kind="walk", seconds=60),)), repeat=v),)),
        "importance": lambda v: forged(exercise(), importance=(v if v != -1 else None,)),
        "ordinals": lambda v: exercise(attach=forged(Attachment(where="after", tag="run"), ordinals=(v,))),
        "can_drop": lambda v: forged(exercise(), can_drop=v if v is not True else 1),
    },
    "runs": {
        "share": lambda v: forged(run_proposal(), runs=(forged(RunShape(share=100), share=v),)),
        "walk": lambda v: forged(run_proposal(), runs=(forged(RunShape(share=100, stretch_s=60), walk_s=v),)),
        "stretch": lambda v: forged(run_proposal(), runs=(forged(RunShape(share=100, walk_s=60), stretch_s=v if v is not None else 0),)),
        "rpe": lambda v: forged(run_proposal(), rpe=v),
        "warm-up": lambda v: forged(run_proposal(), warm_up_s=v),
    },
    "limits": {
        "ceiling": lambda v: forged(ceiling(3), at_most=v),
        "days": lambda v: forged(Spacing(after="run", before="run", days=1, why="x"), days=v),
    },
}


@pytest.mark.parametrize("wrong", NO_NUMBERS)
@pytest.mark.parametrize(("hook", "field"), [(hook, field) for hook, fields in NUMBERS.items() for field in fields])
def test_what_is_no_whole_number_is_found_out(hook: str, field: str, wrong: str) -> None:
    refused(evil(**{hook: [NUMBERS[hook][field](NO_NUMBERS[wrong])]}), f"planner_{hook}")


WORDS = {
    "sessions": {
        "key": lambda v: forged(exercise(), key=v),
        "title": lambda v: forged(exercise(), title=v),
        "details": lambda v: forged(exercise(), details=v),
        "tags": lambda v: forged(exercise(), tags=(v,)),
        "kind": lambda v: step(kind=v),
        "text": lambda v: step(text=v),
        "reason": lambda v: exercise(why=(forged(Why(limit="content", text="x"), text=v),)),
    },
    "runs": {"title": lambda v: forged(run_proposal(), title=v)},
    "limits": {"why": lambda v: forged(ceiling(3), why=v), "of": lambda v: forged(ceiling(3), of=v)},
    "screening": {"message": lambda v: forged(Finding(rule="r", severity="info", message="m"), message=v)},
    "findings": {
        "message": lambda v: forged(Finding(rule="r", severity="info", message="m"), message=v),
        "severity": lambda v: forged(Finding(rule="r", severity="info", message="m"), severity=v),
    },
}


@pytest.mark.parametrize("wrong", NO_WORDS)
@pytest.mark.parametrize(("hook", "field"), [(hook, field) for hook, fields in WORDS.items() for field in fields])
def test_what_is_no_readable_text_is_found_out(hook: str, field: str, wrong: str) -> None:
    refused(evil(**{hook: [WORDS[hook][field](NO_WORDS[wrong])]}), f"planner_{hook}")


POSING = {
    "any attribute": Posing(),
    "another class": Claiming(),
    "mute": Mute(),
    "a class": Proposal,
    "empty proposal": object.__new__(Proposal),
    "empty ceiling": object.__new__(Ceiling),
}


@pytest.mark.parametrize("posing", POSING)
@pytest.mark.parametrize("hook", ["screening", "limits", "runs", "sessions", "findings"])
def test_only_a_whole_record_of_the_very_class_is_one(hook: str, posing: str) -> None:
    assert "returned " in refused(evil(**{hook: [POSING[posing]]}), f"planner_{hook}").problem


WITHIN = [
    forged(exercise(), prefers=Mute()),
    forged(exercise(), steps=(tuple.__new__(Step),)),
    forged(exercise(), steps=(Posing(),)),
    forged(exercise(), why=(Posing(),)),
    forged(exercise(), attach=Posing()),
    forged(exercise(), on=datetime(2027, 1, 4)),  # noqa: DTZ001  (hostile)
    forged(exercise(), tags=["run"]),
]


@pytest.mark.parametrize("number", range(len(WITHIN)))
def test_what_stands_in_a_record_is_looked_at_as_well(number: int) -> None:
    assert "returned a Proposal with" in refused(evil(sessions=[WITHIN[number]]), "planner_sessions").problem


@pytest.mark.parametrize("hook", ["screening", "limits", "runs", "sessions", "findings"])
@pytest.mark.parametrize(
    "endless",
    [lambda: repeat(None), lambda: (exercise() for _ in count()), lambda: Endless([1]), lambda: [exercise()] * 10**6, lambda: iter(int, 1)],
)
def test_answers_without_end_are_cut_short(hook: str, endless: object) -> None:
    assert "returned more than 1000 answers" in refused(evil(**{hook: endless}), f"planner_{hook}").problem


def test_a_hundred_proposals_a_week_are_enough() -> None:
    many = [exercise(f"k{n}", seconds=60) for n in range(101)]
    harmless(evil(sessions=many[:100]))
    assert "made more than 100 proposals for week 1" in refused(evil(sessions=many), "planner_sessions").problem
    assert "made more than 100" in refused(evil(runs=[run_proposal(f"k{n}") for n in range(101)]), "planner_runs").problem


def nested(levels: int) -> tuple[Step | Group, ...]:
    steps: tuple[Step | Group, ...] = (Step(kind="exercise", seconds=1),)
    for _ in range(levels):
        steps = (tuple.__new__(Group, (1, steps)),)
    return steps


@pytest.mark.parametrize(
    "steps",
    [nested(1000), nested(9), (Step(kind="exercise", seconds=0),) * 10**6, (Group(repeat=1, steps=(Step(kind="exercise"),) * 999),) * 2],
)
def test_steps_without_end_are_found_out(steps: object) -> None:
    assert "steps: found more than 1000 of them, or groups" in refused(evil(sessions=[exercise(steps=steps)]), "planner_sessions").problem


def test_groups_that_hold_each_other_many_times_cost_no_time() -> None:
    steps: tuple[Step | Group, ...] = (Step(kind="exercise", seconds=0),)
    for _ in range(7):
        steps = (Group(repeat=1, steps=steps),) * 1000
    assert "more than 1000 of them" in refused(evil(sessions=[exercise(steps=steps)]), "planner_sessions").problem


def test_a_session_longer_than_a_day_is_none() -> None:
    assert "longer than a day" in refused(evil(sessions=[exercise(seconds=86_401)]), "planner_sessions").problem
    harmless(evil(sessions=[exercise(seconds=86_400)]))


@pytest.mark.parametrize(
    "run", [run_proposal(warm_up_s=3600), RunProposal(key="r", title="R", runs=(RunShape(share=1, stretch_s=15, walk_s=1800),))]
)
def test_a_run_with_walks_longer_than_a_day_breaks_nothing(run: RunProposal) -> None:
    harmless(evil(runs=[run]))


LIES = {name: {"opening_s": value} for name, value in NO_NUMBERS.items()} | {
    "levels": {"levels": (3,)},
    "name": {"name": None},
    "runs": {"runs_per_week": 9},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_programme_is_held_to_its_ranges(lie: str) -> None:
    walk_run = TEMPLATES["walk-run"]
    template = forged(
        object.__new__(type(walk_run)), **{**{n: getattr(walk_run, n) for n in type(walk_run).__slots__ if n[0] != "_"}, **LIES[lie]}
    )
    with pytest.raises(PluginError, match=r"plugin evil .given. in planner_templates: returned a Template with"):
        Host.of(evil(templates=[template])).templates()


def test_dates_without_end_are_found_out() -> None:
    many = frozenset(date.fromordinal(700_000 + n) for n in range(10_001))
    assert "dates: found frozenset" in refused(evil(limits=[Unavailable(dates=many, why="x")]), "planner_limits").problem


@pytest.mark.parametrize("of", SUBJECTS)
@pytest.mark.parametrize("at_most", [0, 1, 10**9])
def test_no_ceiling_is_looser_than_the_laws(of: str, at_most: int) -> None:
    most = 10 if of == "rpe" else 10**9
    least = 1 if of == "weeks" else 0
    harmless(evil(limits=[ceiling(max(least, min(at_most, most)), of), ceiling(most, of, since=START, until=START + timedelta(days=3))]))
