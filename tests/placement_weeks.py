"""Weeks for placement tests, and an independent implementation of its published cost table and hard limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from random import Random

from planner.placement import Arrangement, Job, Rule, WeekShape, Window

TABLE = Path(__file__).parent.parent / "docs" / "reference" / "placement.md"
RUN_GAP = Rule(after="run", before="run", days=2, name="WR-02")
STRENGTH_GAP = Rule(after="strength", before="strength", days=2, name="SCHED-03")
TRAINING = {"run", "strength", "cross-training"}


def published() -> dict[str, int]:
    """The points of the published table, by term."""
    rows = re.findall(r"^\| ([^|]+) \| (\d+) \| ", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    return {term: int(points) for term, points in rows}


POINTS = published()


def windows(*spans: tuple[int, int] | tuple[int, int, tuple[str, ...]]) -> tuple[Window, ...]:
    """Windows from (start, end) or (start, end, kept for)."""
    return tuple(Window(start=s[0], end=s[1], kept_for=s[2] if len(s) == 3 else ()) for s in spans)


def job(name: str, ordinal: int, tags: str, **other: int | None) -> Job:
    """A job of half an hour with tags from a line of words."""
    values: dict[str, int | None] = {"minutes": 30, "importance": 50, **other}
    values.setdefault("least", values["minutes"])
    return Job(name=name, ordinal=ordinal, tags=frozenset(tags.split()), **values)  # type: ignore[arg-type]


def usual(runs: int = 3, strength: int = 3, cross: int = 2, light: int = 0) -> tuple[Job, ...]:
    """A usual week's jobs: the first run is the longest; importance by SCHED-10."""
    parts = [job("run/run", n, "run long-run" if n == 1 else "run", importance=(90, 80, 40, 40, 40)[n - 1]) for n in range(1, runs + 1)]
    parts += [job("hip/strength", n, "strength", importance=(60, 60, 30)[n - 1]) for n in range(1, strength + 1)]
    parts += [job("xt/bike", n, "cross-training", importance=10) for n in range(1, cross + 1)]
    parts += [job("mobility/stretch", n, "mobility", minutes=12, importance=20) for n in range(1, light + 1)]
    return tuple(parts)


def days_of(arrangement: Arrangement) -> dict[str, list[int]]:
    """The days of each name's jobs, in order of ordinal."""
    placed = sorted(arrangement.placed, key=lambda p: (p.job.name, p.job.ordinal))
    return {name: [p.day for p in placed if p.job.name == name] for name in dict.fromkeys(p.job.name for p in placed)}


def pair_points(one: Job, day: int, other: Job, day_other: int) -> int:
    """What two jobs cost each other, read from the table once more."""
    total, ahead = 0, (day_other - day) % 7
    apart = min(ahead, 7 - ahead)
    far = {0: "twice on a day", 1: "on neighbouring days", 2: "two days apart"}
    for tag, noun in (("run", "runs"), ("strength", "strength"), ("cross-training", "cross-training")):
        if tag in one.tags and tag in other.tags and apart in far:
            total += POINTS.get(f"{noun} {far[apart]}", 0)

    def both(a: str, b: str) -> bool:
        return (a in one.tags and b in other.tags) or (b in one.tags and a in other.tags)

    if apart == 0:
        total += POINTS["strength on a run day"] * both("strength", "run")
        total += POINTS["cross-training on a strength day"] * both("cross-training", "strength")
        total += POINTS["cross-training on a run day"] * both("cross-training", "run")
        total += POINTS["cross-training on the long run's day"] * both("cross-training", "long-run")
        heavy = [j for j in (one, other) if j.tags & TRAINING]
        if not heavy:
            total += POINTS["two light sessions on a day"]
        elif len(heavy) == 1:
            kind = "a run or strength" if heavy[0].tags & {"run", "strength"} else "cross-training"
            total += POINTS[f"light session with {kind}"]
    if apart == 1:
        first, second = (one, other) if ahead == 1 else (other, one)
        for tag in ("strength", "cross-training"):
            total += POINTS[f"{tag} the day before the long run"] * (tag in first.tags and "long-run" in second.tags)
        hard = {"long-run", "new-level", "new-stage", "vigorous"}
        total += POINTS["hard sessions on neighbouring days"] * bool(one.tags & hard and other.tags & hard)
    return total


def own_points(item: Job, day: int) -> int:
    """What one job costs on a day by itself."""
    total = 0
    if item.home is not None and item.home != day:
        noun = "run" if "run" in item.tags else "strength" if "strength" in item.tags else "session"
        total += POINTS[f"{noun} moved to another day"]
    total += POINTS["on a day to avoid"] * (item.avoids >> day & 1)
    total += POINTS["not on a preferred day"] * bool(item.prefers and not item.prefers >> day & 1)
    return total


def place_in_day(item: Job) -> int:
    """Run, strength, others, mobility."""
    return 0 if "run" in item.tags else 1 if "strength" in item.tags else 3 if "mobility" in item.tags else 2


def lengths(item: Job) -> list[int]:
    """The lengths that a job may take, longest first."""
    shorter = list(range(item.minutes, item.least, -5))
    return [*shorter, item.least]


def too_close(rules: tuple[Rule, ...], first: Job, day: int, second: Job, day_second: int) -> bool:
    """Whether two jobs break a spacing, or stand on one date where they may not."""
    if day == day_second and (first.name == second.name or ("run" in first.tags and "run" in second.tags)):
        return True
    return any(
        rule.after in a.tags and rule.before in b.tags and 0 <= later - sooner < rule.days
        for rule in rules
        for a, sooner, b, later in ((first, day, second, day_second), (second, day_second, first, day))
    )


def broken(shape: WeekShape, arrangement: Arrangement) -> list[str]:
    """The hard limits that an arrangement breaks, in words; the first run's day is left out."""
    found = []
    placed = arrangement.placed
    for p in placed:
        if not p.job.days >> p.day & 1 or shape.days[p.day] == ():
            found.append(f"{p.job.name} on a closed day")
        found += [
            f"{p.job.name} too soon after day {offset}"
            for offset, tags in shape.earlier
            for rule in shape.rules
            if rule.after in tags and rule.before in p.job.tags and p.day - offset < rule.days
        ]
    close = [(a, b) for a, b in combinations(placed, 2) if too_close(shape.rules, a.job, a.day, b.job, b.day)]
    found += [f"{a.job.name} and {b.job.name} too close" for a, b in close]
    loaded = {p.day for p in placed if p.job.tags & TRAINING}
    if len(loaded) > 7 - shape.rest_days:
        found.append("no rest day")
    for day in range(7):
        here = [p for p in placed if p.day == day]
        found += [f"day {day}: {problem}" for problem in _crowd(shape.days[day], here)]
    return found


def _crowd(hours: tuple[Window, ...] | None, here: list) -> list[str]:
    found = [] if len(here) <= 3 else ["more than three"]
    found += ["wrong length" for p in here if p.minutes not in lengths(p.job)]
    found += ["out of order" for a, b in combinations(here, 2) if place_in_day(a.job) > place_in_day(b.job)]
    if hours is None:
        found += ["too long"] if len(here) > 1 and sum(p.minutes for p in here) > 150 else []
        return found + ["has a clock time" for p in here if p.start is not None]
    found += ["overlap" for a, b in combinations(here, 2) if a.start + a.minutes > b.start]
    for p in here:
        admitted = [w for w in hours if not w.kept_for or p.job.tags & set(w.kept_for)]
        if not any(w.start <= p.start and p.start + p.minutes <= w.end for w in admitted):
            found.append(f"{p.job.name} outside its windows")
    return found


def points_of(shape: WeekShape, days: Mapping[Job, int], shorter: int) -> int:
    """The cost of an arrangement from scratch, `shorter` being its shrink steps."""
    total = POINTS["five minutes shorter"] * shorter + sum(own_points(j, d) for j, d in days.items())
    total += sum(pair_points(a, days[a], b, days[b]) for a, b in combinations(days, 2))
    for day in range(7):
        here = [j for j in days if days[j] == day]
        if not any(j.tags & TRAINING for j in here):
            total += POINTS["light session on a rest day"] * len(here)
    return total


def random_week(random: Random) -> WeekShape:
    """A week as the pillars might ask for, with everything that placement looks at."""
    pick = random.choice
    asked = _random_jobs(random)
    gap = 2 if sum("run" in j.tags for j in asked) < 4 else 1
    rules = [RUN_GAP._replace(days=gap), STRENGTH_GAP]
    rules += [Rule(after="vigorous", before="run", days=1, name="plugin")] if random.random() < 0.2 else []
    hours = [None, None, None, (), windows((420, 480)), windows((600, 780)), windows((1080, 1170, ("run",)))]
    hours.append(windows((420, 465), (1080, 1200)))
    hours.append(windows((390, 435, ("run", "mobility")), (1140, 1200, ("strength", "cross-training"))))
    past = ["run", "strength", "run long-run", "cross-training"]
    earlier = [(-d, frozenset(pick(past).split())) for d in range(1, 8) if random.random() < 0.6]
    return WeekShape(
        days=tuple(pick(hours) for _ in range(7)) if random.random() < 0.5 else (None,) * 7,
        jobs=asked,
        rules=tuple(rules),
        earlier=tuple(earlier),
        latest_first_run=pick([None, None, None, 1, 3]),
        rest_days=pick([1, 1, 1, 2]),
    )


def _random_jobs(random: Random) -> tuple[Job, ...]:
    pick = random.choice
    long = pick([30, 40, 55, 70])
    runs = {"minutes": long, "importance": 90, "first": pick(["long-run", "long-run new-level"]), "shorter": 5}
    hip = {"importance": 60, "least": pick([15, 30]), "first": pick(["", "", "new-stage"])}
    bike = {"minutes": pick([30, 45]), "importance": 10, "least": 20, "first": pick(["", "", "vigorous"])}
    wanted = [
        ("run/run", "run", pick([2, 3, 3, 3, 4]), runs),
        ("hip/a", "strength", pick([1, 2, 3]), hip),
        ("hip/b", "strength", pick([0, 0, 1]), {"importance": 30}),
        ("xt/bike", "cross-training", pick([0, 1, 2, 2]), bike),
        ("xt/pool", "cross-training", pick([0, 0, 1]), {"importance": 10}),
        ("mobility/stretch", "mobility", pick([0, 1, 2]), {"minutes": 12, "importance": 20}),
        ("form/check", "form", pick([0, 0, 1]), {"minutes": 20, "least": 10, "importance": 15}),
    ]
    again = random.random() < 0.5
    return tuple(j for name, tags, times, other in wanted for j in _random_kind(random, name, tags, times, other, again=again))


def _random_kind(random: Random, name: str, tags: str, times: int, other: dict[str, str | int], *, again: bool) -> Iterator[Job]:
    values = {"minutes": 30, **other}
    first, shorter, importance = str(values.pop("first", "")), int(values.pop("shorter", 0)), int(values.pop("importance"))
    liked = {
        "prefers": random.choice([0, 0, 0, random.randrange(1, 128)]),
        "avoids": random.choice([0, 0, 0, 1 << random.randrange(7)]),
    }
    for n in range(1, times + 1):
        home = random.randrange(7) if again and random.random() < 0.8 else None
        sized = {**values, "minutes": int(values["minutes"]) - shorter * (n - 1)}
        all_tags = f"{tags} {first}" if n == 1 else tags
        yield job(name, n, all_tags, **sized, **liked, home=home, importance=max(5, importance - 20 * (n - 1)))  # type: ignore[arg-type]
