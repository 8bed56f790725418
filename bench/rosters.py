"""Reproducible random rosters: a coach's typical group, or arbitrary athletes, for whom the laws must hold too.

An athlete depends only on the seed, the kind of roster and their number: a roster of 1,000 is the beginning of one of 100,000. Try it with
`python -m bench.rosters roster.csv 40`.
"""

from __future__ import annotations

import csv
import sys
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import NamedTuple, get_args

from planner import Host
from planner.athlete import Kit, Soreness
from planner.athlete_values import KEPT_FOR
from planner.quantities import WEEKDAYS

SEED = 20270102
AS_OF = date(2027, 1, 2)
"""The day of planning for which the answers to the safety questions are drawn."""
FIRST_START = date(2027, 1, 4)
MOST_WEEKS = 26
USUAL_TEMPLATES = {"walk-run": 50, "continuous-build": 18, "keep-running": 12, "couch-to-5k": 10}
"""The weights of programmes in a coach's group; any other has weight 4."""
ZONES = (
    *("Europe/Berlin", "Europe/London", "Europe/Madrid", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Australia/Sydney"),
    *("UTC", "Asia/Tokyo", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"),
    *("Pacific/Apia", "Pacific/Chatham", "America/Havana", "Asia/Tehran", "Europe/Dublin", "Antarctica/Troll"),
)
COACHED_ZONES = 7
STOPS = ("RED-01", "RED-04", "RED-05", "RED-08", "RED-09", "RED-12", "HEART-01", "SURG-01")
WORDS_OF_CARE = ("RED-09-past", "RED-09-low-energy", "MED-01", "PREG-02")
SETTINGS: dict[str, tuple[str, ...]] = {
    "pillars.hip_strength.sessions_per_week": ("2", "3"),
    "pillars.hip_strength.minutes": ("15", "20", "30"),
    "pillars.hip_strength.first_week": ("1", "4", "9"),
    "pillars.cross_training.sessions_per_week": ("0", "1", "2", "3", "4"),
    "pillars.cross_training.minutes": ("20", "30", "45"),
    "pillars.cross_training.modes": ("bike|swim", "walk|yoga", "deep-water|elliptical|row"),
    "pillars.cross_training.vigorous": ("true", "false"),
    "pillars.mobility.sessions_per_week": ("2", "3", "7"),
    "pillars.progression.warm_up_minutes": ("3", "5", "20"),
    "pillars.progression.rest_day_notes": ("true", "false"),
    "pillars.running_form.cadence_work": ("auto", "yes", "no"),
    "pillars.running_form.cue_runs": ("0", "2", "5"),
    "pillars.running_form.faded_feedback": ("true", "false"),
    "pillars.footwear.inspect_every_weeks": ("0", "2", "4"),
    "pillars.assessment.walks_per_week": ("0", "3", "5"),
}
_DISTANCES = ("running.recent_weeks", "running.longest_run", "running.goal_week")
COLUMNS = (
    *("id", "name", "birth_year", "guardian_ok", "timezone", "start", "weeks", "template", "units"),
    *("running.easy_pace", "running.walk_pace", "running.cadence", "running.runs_per_week", "running.last_run", "running.goal_minutes"),
    *(f"{name}_{unit}" for name in _DISTANCES for unit in ("km", "mi")),
    *(f"knee.{key}" for key in ("site", "side", "sore_with", "pain_walk_30", "pain_stairs", "stairs_days_clean", "pain_run_worst")),
    *(f"knee.{key}" for key in ("pain_next_morning", "weeks_of_pain", "swelling", "full_bend")),
    *(f"screening.{key}" for key in ("answered", "red_flags", "single_leg_squats", "step_downs", "hops", "jog_on_spot_s")),
    *("clearance.by", "clearance.date", "clearance.for"),
    *(f"availability.{key}" for key in (*WEEKDAYS, "away")),
    "equipment.have",
    *(
        f"shoes.{n}.{key}"
        for n in (1, 2, 3)
        for key in ("name", "since", *(f"{k}_{unit}" for k in ("used", "limit") for unit in ("km", "mi")))
    ),
    *(f"progression.{key}" for key in ("growth", "measure", "missed", "rolling", "easy_week_every")),
    *SETTINGS,
)
Cells = dict[str, str]


class Group(NamedTuple):
    """The values shared by the parts of one athlete's row. `wide`: an arbitrary athlete; `most_runs`: the programme's most runs a week."""

    chance: Random
    wide: bool
    start: date
    weeks: int
    unit: str
    template: str
    most_runs: int

    def one_in(self, coached: int, arbitrary: int) -> bool:
        """True with a chance of 1 in `coached` or, for arbitrary athletes, 1 in `arbitrary`."""
        return not self.chance.randrange(arbitrary if self.wide else coached)


def write_roster(path: Path, athletes: int, *, first: int = 1, seed: int = SEED, arbitrary: bool = False) -> Path:
    """Write athletes from number `first` on to `path` as CSV, one row at a time, and return `path`."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        for number in range(first, first + athletes):
            table.writerow(cells_of(number, seed=seed, arbitrary=arbitrary))
    return path


def cells_of(number: int, *, seed: int = SEED, arbitrary: bool = False) -> Cells:
    """The row of one athlete, by column. Most of a coach's group get a plan; some arbitrary athletes contradict themselves."""
    chance = Random(f"{seed}/{number}/{arbitrary}")  # noqa: S311  (reproducible athletes, no secrets)
    runs = templates()
    names = tuple(runs)
    template = chance.choice(names) if arbitrary else chance.choices(names, [USUAL_TEMPLATES.get(name, 4) for name in names])[0]
    usual = not arbitrary and chance.random() < 0.8
    group = Group(
        chance=chance,
        wide=arbitrary,
        start=FIRST_START + timedelta(days=chance.randint(-10, 320) if arbitrary else 7 * chance.randrange(8)),
        weeks=12 if usual else chance.randint(1 if arbitrary else 6, MOST_WEEKS),
        unit=chance.choices(("km", "mi"), (3, 1))[0],
        template=template,
        most_runs=runs[template],
    )
    age = chance.randint(16, 90) if arbitrary else chance.randint(20, 70)
    cells = {
        "id": f"runner-{number:06d}",
        "name": f"Runner {number}",
        "birth_year": str(group.start.year - age),
        "guardian_ok": "true" if age < 20 else "",
        "timezone": chance.choice(ZONES if arbitrary else ZONES[:COACHED_ZONES]),
        "start": str(group.start),
        "weeks": str(group.weeks),
        "template": template,
        "units": group.unit,
    }
    cells |= _knee(group) | _running(group) | _screening(group) | _availability(group) | _belongings(group)
    careful = age < 20 or cells["knee.pain_run_worst"] > "2" or cells["screening.red_flags"].startswith("RED-09")
    return cells | _wishes(group, careful=careful)


@lru_cache(maxsize=1)
def templates() -> dict[str, int]:
    """The installed programmes, by name, with the most runs a week that each allows."""
    return {t.name: min(t.most_runs_per_week, 7 // t.run_gap_days) for t in sorted(Host.installed().templates(), key=lambda t: t.name)}


def _hundredths(number: int) -> str:
    return f"{number // 100}.{number % 100:02d}"


def _pace(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"


def _running(group: Group) -> Cells:
    """Paces, recent running (from nothing to 60 km a week), and the goal."""
    chance, wide, unit = group.chance, group.wide, group.unit
    per_km = (chance.randint(150, 1100), chance.randint(310, 1700)) if wide else (chance.randint(300, 480), chance.randint(540, 690))
    easy, walk = (pace * 8 // 5 if unit == "mi" else pace for pace in per_km)
    weeks = _weeks(group)
    newest = max((n for n, week in enumerate(weeks) if week), default=None)
    cells = {"running.easy_pace": _pace(easy), "running.walk_pace": _pace(walk)}
    cells["running.cadence"] = "" if group.one_in(3, 2) else str(chance.randint(140, 200) if wide else chance.randint(156, 182))
    cells["running.runs_per_week"] = "" if group.one_in(2, 2) else str(chance.randint(2, group.most_runs))
    cells[f"running.recent_weeks_{unit}"] = "|".join(map(_hundredths, weeks))
    if newest is not None:
        cells |= _last(group, weeks, newest)
    elif chance.random() < 0.5:
        cells["running.last_run"] = str(group.start - timedelta(days=chance.randint(30, 400)))
    if chance.random() < 0.3:
        aim = chance.randint(500, 6000) if wide else max(1000, weeks[-1] * chance.randint(100, 160) // 100 if weeks else 0)
        cells[f"running.goal_week_{unit}"] = _hundredths(aim)
    elif chance.random() < 0.8:
        cells["running.goal_minutes"] = str(chance.randint(5, 240) if wide else chance.choice((20, 30, 30, 30, 40, 45, 60)))
    return cells


def _weeks(group: Group) -> list[int]:
    """The weeks before the start, in hundredths of the unit; empty or all 0 for somebody who has not run."""
    chance = group.chance
    if group.wide:
        return [chance.choice((0, chance.randrange(200), chance.randrange(3700))) for _ in range(chance.randrange(5))]
    if group.template not in ("continuous-build", "keep-running"):
        return [0, 0, 0, 0] if chance.random() < 0.6 else [chance.choice((0, chance.randint(100, 900))) for _ in range(4)]
    usual = min(chance.randint(800, 6000), chance.randint(800, 6000))
    return [usual * chance.randint(85, 105) // 100 for _ in range(4)]


def _last(group: Group, weeks: list[int], newest: int) -> Cells:
    """The last run and the longest run, such that the weeks can consist of such runs."""
    chance, top = group.chance, max(weeks)
    day = chance.randrange(7) if group.wide else chance.randint(4, 6)
    told = group.one_in(1, 2)
    last = group.start - timedelta(days=7 * (len(weeks) - newest) - day) if told else None
    longest = top if group.wide and told else top // 2 + 1
    said = "" if group.one_in(4, 2) else _hundredths(longest)
    return {"running.last_run": str(last or ""), f"running.longest_run_{group.unit}": said}


def _knee(group: Group) -> Cells:
    chance = group.chance
    return {
        "knee.site": chance.choices(("kneecap", "outer", "behind", "groin"), (94, 3, 3, 1 if group.wide else 0))[0],
        "knee.side": chance.choices(("left", "right", "both"), (9, 9, 1))[0],
        "knee.sore_with": "|".join(chance.sample(get_args(Soreness), chance.randint(1, 3))),
        "knee.pain_walk_30": chance.choice("012"),
        "knee.pain_stairs": chance.choice("012"),
        "knee.stairs_days_clean": str(chance.randint(3, 20)),
        "knee.pain_run_worst": chance.choice(("", "0", "1", "2", "3" if group.wide or group.template == "keep-running" else "2")),
        "knee.pain_next_morning": "0",
        "knee.weeks_of_pain": str(chance.randint(2, 60)),
        "knee.swelling": "false",
        "knee.full_bend": "true",
    }


def _screening(group: Group) -> Cells:
    """The safety questions: most athletes may start, some must first answer or pass the tests, some are stopped."""
    chance, answered = group.chance, AS_OF - timedelta(days=group.chance.randrange(20))
    cells = {
        "screening.answered": str(answered),
        "screening.red_flags": "none" if group.one_in(1, 2) else chance.choice(WORDS_OF_CARE),
        "screening.single_leg_squats": str(chance.randint(10, 20)),
        "screening.step_downs": str(chance.randint(10, 20)),
        "screening.hops": "" if group.one_in(6, 3) else str(chance.randint(10, 30)),
        "screening.jog_on_spot_s": "" if group.one_in(6, 3) else "60",
    }
    case = chance.randrange(100)
    if case < 3:
        cells["screening.red_flags"] = chance.choice(STOPS)
    elif case < 6:
        seen = answered + timedelta(days=chance.randint(0, (AS_OF - answered).days))
        cells |= {"screening.red_flags": "RED-05", "clearance.by": "J. Marsh", "clearance.date": str(seen), "clearance.for": "RED-05"}
    elif case < 8:
        cells["screening.step_downs"] = "4"
    elif case < 10:
        cells["screening.red_flags"] = ""
    elif case < 11:
        cells["screening.answered"] = str(AS_OF - timedelta(days=40))
    return cells


def _availability(group: Group) -> Cells:
    """Days with one or two windows, some reserved for a tag; closed days; days free throughout; absences."""
    chance = group.chance
    shape = "any" if group.wide else chance.choices(("free", "evenings", "any"), (4, 4, 2))[0]
    cells = {}
    if shape == "evenings":
        cells = dict.fromkeys((f"availability.{day}" for day in WEEKDAYS[:5]), chance.choice(("17:30-20:00", "18:00-21:00", "06:00-08:00")))
        cells[f"availability.{chance.choice(WEEKDAYS)}"] = "none"
    elif shape == "any":
        for day in WEEKDAYS:
            case = chance.randrange(4 if group.wide else 10)
            cells[f"availability.{day}"] = "none" if case == 0 else _windows(group) if case < 3 else ""
    if group.one_in(3, 2):
        cells["availability.away"] = "|".join(_absence(group) for _ in range(chance.randint(1, 2)))
    return cells


def _windows(group: Group) -> str:
    chance = group.chance
    first = chance.randrange(300, 660, 15)
    spans = [(first, first + chance.randrange(15 if group.wide else 45, 240, 15))]
    if chance.random() < 0.4:
        second = chance.randrange(960, 1200, 15)
        spans.append((second, second + chance.randrange(30, 240, 15)))
    kept = ["", "", "", *(f" {tag}" for tag in KEPT_FOR)] if group.wide else ["", "", "", " run"]
    return "|".join(f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}{chance.choice(kept)}" for a, b in spans)


def _absence(group: Group) -> str:
    chance = group.chance
    first = group.start + timedelta(days=chance.randint(-3, 7 * group.weeks))
    days = chance.choice((0, 2, 6, 13, 40 if group.wide else 9))
    return f"{first}/{first + timedelta(days=days)}" if days else str(first)


def _belongings(group: Group) -> Cells:
    """Equipment, and up to three pairs of shoes."""
    chance, unit = group.chance, group.unit
    cells = {"equipment.have": "|".join(chance.sample(get_args(Kit), chance.randrange(11 if group.wide else 6))) or "none"}
    for pair in range(1, chance.choice((0, 1, 1, 2, 3)) + 1):
        cells[f"shoes.{pair}.name"] = f"pair {pair}"
        cells[f"shoes.{pair}.used_{unit}"] = str(chance.choice((0, chance.randrange(420))))
        cells[f"shoes.{pair}.limit_{unit}"] = "" if chance.random() < 0.7 else str(chance.randint(300, 500))
        cells[f"shoes.{pair}.since"] = "" if chance.random() < 0.7 else str(AS_OF - timedelta(days=chance.randrange(400)))
    return cells


def _wishes(group: Group, *, careful: bool) -> Cells:
    """How the laws are read, and settings of pillars. `on-foot` is never chosen for `careful` athletes."""
    chance = group.chance
    growth = f"0.{chance.randint(0, 10):02d}" if group.wide else chance.choice(("0.05", "0.08", "0.10"))
    readings = {"growth": growth, "measure": "" if careful else "on-foot", "missed": "strict", "rolling": "enforce"}
    readings["easy_week_every"] = str(chance.randint(0, 5))
    cells = {name: chance.choice(values) for name, values in SETTINGS.items() if group.one_in(30, 6)}
    return cells | {f"progression.{name}": value for name, value in readings.items() if group.one_in(8, 2)}


if __name__ == "__main__":
    write_roster(Path(sys.argv[1]), int(sys.argv[2]), arbitrary="--arbitrary" in sys.argv[3:])
