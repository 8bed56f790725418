"""The questions that `planner new` asks at a terminal. Enter skips one; an invalid answer is asked again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Literal, get_args

import attrs
import click

from planner import athlete_values as values
from planner.athlete import Athlete, Knee, Running, Site, Soreness
from planner.cli.new_text import SIGNS
from planner.digits import whole_number
from planner.errors import InputError, PlannerError
from planner.quantities import METRES_PER_MILE
from planner.recent_running import estimated_history
from planner.text_checks import check_line

Answers = dict[str, str]
Reader = Callable[[str], str]
RUNNING_STILL_DAYS = 7
HALF_AN_HOUR_S = 1800
_EASY_PACE, _RUNS, _GAP = 400, 3, 2
"""Stand-ins for a pace (s/km), runs a week and their gap (days), not known yet; the check of past weeks does not depend on them."""


def ask(today: date, monday: date) -> Answers:
    """Ask the questions; return TOML values by dotted key, without those skipped."""
    click.echo("A few questions. Press Enter to skip one; everything can be changed in the file later.\n")
    answers: Answers = {}
    _put(answers, "name", "Your name, as it should appear in the calendar", _text)
    _put(answers, "birth_year", "Year of birth, like 1988", lambda text: _whole(text, today.year - 110, today.year))
    start = _asked(f"First day of the plan [{monday}]", _date)
    answers |= {"start": start} if start else {}
    first = date.fromisoformat(start) if start else monday
    _running(answers, first)
    _knee(answers, running=_runs_now(answers, first))
    ladder = _programme(answers, first)
    _screening(answers, today)
    _put(
        answers,
        "pillars.running_form.calf_history",
        "Ever had an injured Achilles tendon or calf, or a stress fracture of the foot (yes, no)",
        _yes_no,
    )
    if ladder:
        _on_foot(answers, today)
    return answers


def _put(answers: Answers, place: str, question: str, read: Reader) -> None:
    answer = _asked(question, read)
    if answer:
        answers[place] = answer


def _asked(question: str, read: Reader) -> str:
    """Ask one question; "" if it is skipped."""

    def process(text: object) -> str:
        words = str(text).strip()
        try:
            return read(words) if words else ""
        except InputError as error:
            raise click.UsageError(f"{error.found}; expected {error.expected}.") from None

    answer: str = click.prompt(question, default="", show_default=False, value_proc=process)
    return answer


def _running(answers: Answers, first: date) -> None:
    miles = click.confirm("Distances in miles?", default=False)
    unit = "miles" if miles else "km"
    answers |= {"units": '"mi"'} if miles else {}
    bounds = attrs.fields_dict(Running)["easy_pace"].metadata

    def pace(text: str) -> str:
        values.read_pace(text, "", least=bounds["least"], most=bounds["most"], miles=miles)
        return json.dumps(text)

    _put(answers, "running.easy_pace", f"Easy running pace, minutes per {unit.removesuffix('s')}, like 6:40", pace)
    question = f"{unit.capitalize()} run in each of the last four weeks, oldest first, like 0 0 4.5 6"
    _put(answers, "running.recent_weeks_km", question, _numbers)
    if not _ran(answers):
        return
    _put(answers, "running.longest_run_km", f"Longest run of the last 30 days, in {unit}", partial(_longest, answers, first))

    def before(text: str) -> str:
        day = _date(text)
        if date.fromisoformat(day) >= first:
            raise InputError("", f"found {day}", f"a day before the plan's first day, {first}")
        _check_past(answers, first, last_run=date.fromisoformat(day))
        return day

    _put(answers, "running.last_run", "Date of the last run", before)


def _longest(answers: Answers, first: date, text: str) -> str:
    number = _number(text)
    _check_past(answers, first, longest=Decimal(number))
    return number


def _check_past(answers: Answers, first: date, *, longest: Decimal | None = None, last_run: date | None = None) -> None:
    """Raise `InputError` if `make` would refuse the answers: the weeks cannot consist of runs of that length, or up to that last day."""
    miles = "units" in answers
    told = json.loads(answers["running.recent_weeks_km"], parse_float=Decimal, parse_int=Decimal)
    if longest is None and "running.longest_run_km" in answers:
        longest = Decimal(answers["running.longest_run_km"])
    running = Running(
        easy_pace=_EASY_PACE,
        recent_weeks_km=tuple([_kilometres(week, miles=miles) for week in told]),
        longest_run_km=None if longest is None else _kilometres(longest, miles=miles),
        last_run=last_run,
    )
    units: Literal["mi", "km"] = "mi" if miles else "km"
    estimated_history(Athlete(id="new", start=first, units=units, running=running), runs=_RUNS, gap=_GAP)


def _kilometres(number: Decimal, *, miles: bool) -> Decimal:
    return number * METRES_PER_MILE / 1000 if miles else number


def _ran(answers: Answers) -> bool:
    weeks = json.loads(answers.get("running.recent_weeks_km", "[]"))
    return any(weeks)


def _runs_now(answers: Answers, first: date) -> bool:
    last = answers.get("running.last_run")
    return last is not None and (first - date.fromisoformat(last)).days <= RUNNING_STILL_DAYS


def _knee(answers: Answers, *, running: bool) -> None:
    sites = get_args(Site)
    _put(answers, "knee.site", f"Where does it hurt ({', '.join(sites)})", lambda text: _one_of(text, sites))
    _put(answers, "knee.side", "Which knee (left, right, both)", lambda text: _one_of(text, ("left", "right", "both")))
    if answers.get("knee.site") == '"kneecap"':
        things = get_args(Soreness)
        _put(
            answers, "knee.sore_with", f"What makes it sore, all that apply ({', '.join(things)}), or none", partial(_some_of, known=things)
        )
    pain: list[tuple[str, str]] = [
        ("pain_walk_30", "Pain during 30 minutes of brisk walking, 0 to 10"),
        ("pain_stairs", "Pain on stairs, 0 to 10"),
        ("pain_next_morning", "Pain the morning after, 0 to 10"),
    ]
    if running:
        pain.insert(2, ("pain_run_worst", "Worst pain while running, 0 to 10"))
    for key, question in pain:
        _put(answers, f"knee.{key}", question, lambda text: _whole(text, 0, 10))
    most = attrs.fields_dict(Knee)["stairs_days_clean"].metadata["most"]
    _put(answers, "knee.stairs_days_clean", "Days in a row with pain of 2 or less on stairs", lambda text: _whole(text, 0, most))


def _programme(answers: Answers, first: date) -> bool:
    """Ask for a programme, offering the one that fits the answers; return whether it is a ladder."""
    from planner.host import Host  # noqa: PLC0415  (plugins are loaded only for this question)

    try:
        known = {template.name: template for template in Host.installed().templates()}
    except PlannerError:
        return False
    fitting = _fitting(answers, first)
    click.echo("Programmes:\n" + "\n".join(f"  {name:<17} {template.title}" for name, template in known.items()))
    offered = f" [{fitting}]" if fitting in known else ""
    answer = _asked(f"Programme{offered}", lambda text: _one_of(text, tuple(known)))
    if not answer and not offered:
        return False
    answers["template"] = answer or json.dumps(fitting)
    return known[json.loads(answers["template"])].kind == "ladder"


def _fitting(answers: Answers, first: date) -> str:
    """keep-running for a current runner with pain, continuous-build for one who runs half an hour without trouble, else walk-run."""
    minutes, seconds = (int(part) for part in json.loads(answers.get("running.easy_pace", '"7:00"')).split(":"))
    pace = 60 * minutes + seconds
    last_week = Decimal(answers.get("running.recent_weeks_km", "[0]").strip("[]").split(",")[-1].strip() or 0)
    longest = Decimal(answers.get("running.longest_run_km", "0"))
    if _runs_now(answers, first) and last_week * pace >= HALF_AN_HOUR_S:
        if int(answers.get("knee.pain_run_worst", "0")) >= 3:
            return "keep-running"
        if longest * pace >= HALF_AN_HOUR_S:
            return "continuous-build"
    return "walk-run"


def _screening(answers: Answers, today: date) -> None:
    """Ask the safety questions, which are answered all together or not at all."""
    click.echo("\nAre any of these true for you?\n" + "\n".join(f"  {sign:<17} {words}" for sign, words in SIGNS.items()))

    answer = _asked("Their ids, or none; Enter to answer later in the file", partial(_some_of, known=tuple(SIGNS)))
    if answer:
        answers |= {"screening.red_flags": answer, "screening.answered": str(today)}


def _on_foot(answers: Answers, today: date) -> None:
    """Offer to count metres on foot instead of running.

    Not under 18, with pain of 3 or more while running, with a sign of bone stress (RED-09), or without safety answers.
    """
    born = int(answers.get("birth_year", today.year))
    sore = int(answers.get("knee.pain_run_worst", "0")) >= 3
    flags = answers.get("screening.red_flags")
    if today.year - born - 1 < 18 or sore or flags is None or "RED-09" in flags:
        return
    click.echo(
        "\nThe 10% limit can count the metres that you run, or all metres on foot, walks included. Counting running alone is the\n"
        "careful way: from nothing to 30 minutes, three times a week, takes 13 to 16 weeks and more. Counting metres on foot lets\n"
        "walking turn into running faster, but saves two weeks at most, because no run grows by more than 10% either way."
    )
    if click.confirm("May running be counted in metres on foot?", default=False):
        answers["progression.measure"] = '"on-foot"'


def _text(text: str) -> str:
    check_line(text, "", most=100)
    return json.dumps(text, ensure_ascii=False)


def _yes_no(text: str) -> str:
    return {"yes": "true", "y": "true", "no": "false", "n": "false"}[json.loads(_one_of(text, ("yes", "no", "y", "n")))]


def _one_of(text: str, known: tuple[str, ...]) -> str:
    found = next((word for word in known if word.casefold() == text.casefold()), None)
    if found is None:
        raise InputError("", f'found "{text}"', f"one of {', '.join(known)}")
    return json.dumps(found)


def _some_of(text: str, known: tuple[str, ...]) -> str:
    """Parse known words separated by spaces or commas; `none` gives an empty list. Raises `InputError`."""
    if text.lower() in ("none", "no", "[]"):
        return "[]"
    return json.dumps([json.loads(_one_of(word, known)) for word in text.replace(",", " ").split()])


def _date(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InputError("", f'found "{text}"', "a date like 2027-01-04") from None
    if not 2000 <= day.year <= 2100:
        raise InputError("", f'found "{text}"', "a date from 2000 to 2100")
    return str(day)


def _whole(text: str, least: int, most: int) -> str:
    number = whole_number(text)
    if number is None or not least <= number <= most:
        raise InputError("", f'found "{text}"', f"a whole number from {least} to {most}")
    return str(number)


def _number(text: str) -> str:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number <= 200:
        raise InputError("", f'found "{text}"', "a number from 0 to 200, like 4.5")
    return f"{number:f}"


def _numbers(text: str) -> str:
    found = [_number(part) for part in text.replace(";", " ").split()]
    if len(found) > 4:
        raise InputError("", f"found {len(found)} numbers", "four, with spaces between them")
    return f"[{', '.join(found)}]"
