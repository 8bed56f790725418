"""The commented athlete file that `planner new` writes: every key with its unit and default, ready to be filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planner.language import N_

_HEADING = re.compile(r"(?:# )?\[+([a-z_.]+)\]+")
_LINE = re.compile(r"(?:# )?([a-z0-9_]+) = .*?(\s+# .*)?")
_COMMENT_AT = 34
MILES = {
    "running.easy_pace": '"11:16"',
    "running.walk_pace": '"16:54"',
    "shoes.used_km": "240",
    "shoes.limit_km": "400",
    "commitments.km": "4",
}
"""The example values of a file in miles, about equal to those in the text."""
TEXT = """\
# An athlete file: what `planner make` makes a plan from.
#
# How to read it: anything after a # is a comment and changes nothing. To use a line such as `# cadence = 164`, take away
# the # in front of it and put your own value. Put text in quotes, but not numbers or dates (year-month-day). Keep each
# line under its heading in [ ]. If something is wrong, `planner make` says which line, and what it expected.

# id = "ana"                      # tells your calendar's plans apart; default: this file's name
name = ""                         # shown in the calendar; default: none
# birth_year = 1988               # under 18 and over 55 other rules apply; default: not known
timezone = "UTC"                  # where you live, like "Europe/Berlin"
start = 2027-01-04                # the first day of the plan; weeks are counted from it
weeks = 12                        # 1 to 52; default 12
template = "walk-run"             # the programme; `planner templates` lists them, or a path to one of your own
units = "km"                      # "km" or "mi"; with "mi" keys end in _mi and paces are per mile; default "km"
# language = "de"                 # what the plan is written in: "en" or "de"; default "en"
# guardian_ok = false             # true: a parent or guardian agrees (needed under 18)
# height_cm = 170                 # 100 to 250; with the weight it can make the first week gentler; default: not known
# weight_kg = 65                  # 25 to 350; default: not known

[running]
easy_pace = "7:00"                # minutes per {unit} of an easy run, when you could still talk; needed
walk_pace = "10:30"               # minutes per {unit} of a brisk walk; default "10:30" per km
# cadence = 164                   # steps per minute at easy pace, both feet; default: not known
# runs_per_week = 3               # 2 to 5, as far as the programme allows; default: the programme's
recent_weeks_km = [0, 0, 0, 0]    # {unit} run in each of the last four weeks before the start, oldest first
# longest_run_km = 2.5            # {unit}, the longest run of the last 30 days; default: not known
# last_run = 2027-01-02           # the date of the last run; default: not known
# goal_minutes = 30               # minutes without a walk, in every run of a week; 5 to 240; default 30 with a ladder
# goal_week_km = 20               # instead of goal_minutes: {unit} a week; take only one of the two

[knee]                            # pain is 0 (none) to 10 (the worst there is), rated without painkillers
# site = "kneecap"                # kneecap, outer, below-kneecap, joint-line, shin-or-thigh, groin, behind, other
# side = "left"                   # left, right, both
# sore_with = ["stairs"]          # squat, stairs, running, hopping, sitting, walking, kneeling, downhill; [] for none of these
# pain_walk_30 = 0                # 0 to 10, during 30 minutes of brisk walking
# pain_stairs = 1                 # 0 to 10, on stairs
# stairs_days_clean = 3           # days in a row with 2 or less on stairs
# pain_run_worst = 2              # 0 to 10, the worst while running, if you run now
# pain_next_morning = 0           # 0 to 10, the morning after
# weeks_of_pain = 10              # for how many weeks it has hurt
# swelling = false                # true: the knee is visibly swollen now
# full_bend = true                # false: it does not bend or straighten as far as the other one

[screening]                       # the safety questions. Unanswered is not "none": the plan then starts with answering
# answered = 2027-01-02           # the date on which you answered; the answers hold for 28 days
# red_flags = []                  # the ids below that are true for you, like ["RED-04"]; [] once you read all and none is
{signs}
# single_leg_squats = 10          # readiness tests, on the worse leg at pain 2 or less: squats in a row
# step_downs = 10                 # step-downs in a row from a step of 20 cm
# hops = 10                       # hops in a row on the spot
# jog_on_spot_s = 60              # seconds of jogging on the spot
# failed_tests = 0                # how often these tests were failed so far; default 0

# [clearance]                     # after a professional has seen you about one of the signs above
# by = "A. Smith, physiotherapist"
# date = 2027-01-03
# for = ["RED-04"]                # the ids that it lifts

[availability]                    # a day that is not named is free all day; [] is a day without any session
# mon = ["07:00-08:00"]           # one or more times of day; mon, tue, wed, thu, fri, sat, sun
# wed = ["18:00-19:30 run"]       # a time kept for: run, strength, cross-training, mobility
# sun = []
# away = ["2027-02-08/2027-02-14"]    # first and last day away, or a single date

[equipment]
have = []                         # bike, pool, elliptical, gym, treadmill, band, step, foam-roller, mat, dumbbells, rowing-machine

# [[shoes]]                       # one block for each pair
# name = "blue"
# used_km = 380                   # {unit} worn so far, walks included; default 0
# limit_km = 640                  # {unit} at which it is due, a rule of thumb; default 640 km
# since = 2026-06-01              # first worn; default: not known

# [[commitments]]                 # one block for each run that is fixed whatever the plan says: it is planned around
# name = "Club run"
# km = 6                          # {unit} in all, counted as running
# kind = "run"                    # "run" or "race"; a race is never easy running; default "run"
# on = "tue"                      # every week: mon, tue, wed, thu, fri, sat, sun
# date = 2027-02-14               # or once, on this day; take only one of the two
# time = "18:00-19:00"            # its time of day; default: whenever there is time
# until = 2027-03-30              # the last day that `on` applies to; default: no end

# [[override]]                    # one block for each change by hand; it stays when the plan is made again
# date = 2027-01-05               # a day of the session's week
# session = "progression/run#1"   # which one; `planner explain` names each
# by = "Kim, physiotherapist"     # who says so
# move = 2027-01-06               # to this day of the same week; take only one of move, shorten, drop and note
# shorten = 20                    # to this many minutes
# drop = true                     # it is left out
# note = "stop at the first sign of pain"    # a line shown with it

[progression]                     # how the laws of load are read
# growth = 0.10                   # at most this much from week to week, 0 to 0.10; default 0.10, 0.05 above 20 km a week
# measure = "running"             # what grows by 10%: "running" or "on-foot" (walks counted too); default "running"
# missed = "resume"               # after runs missed without pain: "resume" or "strict"; default "resume"
# rolling = "report"              # growth over any seven days: "report" or "enforce"; default "report"
# easy_week_every = 4             # weeks from one easy week to the next, 0 for none; default 4

[pillars.running_form]            # a pillar's settings; `planner pillars` lists them all, each under a heading like this one
# calf_history = false            # true: you once hurt the Achilles tendon or calf, or had a stress fracture of the foot; default false
"""
SIGNS = {
    "RED-01": N_("a hot, red, swollen joint together with fever or feeling ill"),
    "RED-02": N_("after an injury: four steps, or bending the knee to a right angle, are not possible"),
    "RED-03": N_("the knee is out of shape or out of joint, the straight leg cannot be lifted, or the foot is numb or cold"),
    "RED-04": N_("the knee is locked and cannot be straightened"),
    "RED-05": N_("a large swelling, or one within hours of a twist or a pop"),
    "RED-06": N_("the knee gives way again and again"),
    "RED-07": N_("pain that never lets up, at rest and at night too"),
    "RED-08": N_("weight loss without a reason, cancer now or earlier, or weakness that grows"),
    "RED-09": N_("one spot on a bone other than the kneecap is sore to press or hurts on a hop, or the groin hurts"),
    "RED-09b": N_("a single hop hurts, wherever"),
    "RED-09-worse": N_("the pain grows more and more as a run goes on"),
    "RED-09-night": N_("it aches at night"),
    "RED-09-past": N_("a stress fracture or other bone stress injury earlier in life"),
    "RED-09-periods": N_("no period for three months or longer without a reason that you know"),
    "RED-09-low-energy": N_("eating clearly less than training and daily life take"),
    "RED-10": N_("a swollen or red calf, or being short of breath"),
    "RED-11": N_("under 18 with a limp, hip or groin pain, or a hip that turns less than the other"),
    "RED-12": N_("surgery on this joint in the last 6 months"),
    "AGE-03": N_("55 or older, and the pain began with a fall, a blow or a twist"),
    "PREG-01": N_("pregnant"),
    "PREG-02": N_("less than 3 months after giving birth, or leaking, heaviness, dragging or bleeding"),
    "HEART-01": N_("chest pain on effort, fainting, or a heart or lung disease that is not under control"),
    "MED-02": N_("an injection into the knee in the last 14 days, or a fluoroquinolone antibiotic in the last 30"),
    "MED-03": N_("a blood thinner and a swollen knee"),
    "SURG-01": N_("ligament, meniscus, cartilage or fracture surgery in the last 12 months, or never cleared for running after one"),
    "BOTH-01": N_("stiff for more than 30 minutes in the morning, or several sore joints"),
}
"""The safety questions in short, by their id in `red_flags` (evidence 4b and 4c)."""


def athlete_text(answers: Mapping[str, str]) -> str:
    """The file with `answers` filled in: TOML values by dotted key (`start`, `running.easy_pace`), always under the km key names.

    Every other key keeps its line: with a value if one is required, else as a comment.
    """
    miles = answers.get("units") == '"mi"'
    given = {**(MILES if miles else {}), **answers}
    signs = "\n".join(f"#   {sign:<17} {words}" for sign, words in SIGNS.items())
    heading, lines = "", []
    text = TEXT.replace("per {unit}", "per mile" if miles else "per km").replace("{unit}", "miles" if miles else "km")
    for line in text.split("\n"):
        found = _HEADING.match(line)
        heading = found[1] if found else heading
        lines.append(signs if line == "{signs}" else _filled(line, heading, given, answers))
    text = "\n".join(lines)
    return re.sub(r"^(# )?km = ", r"\1mi = ", re.sub(r"\b([a-z_]+)_km\b", r"\1_mi", text), flags=re.MULTILINE) if miles else text


def _filled(line: str, heading: str, given: Mapping[str, str], answers: Mapping[str, str]) -> str:
    """The line with its value filled in; an unanswered key stays commented out if it was."""
    found = _LINE.fullmatch(line)
    place = f"{heading}.{found[1]}" if found and heading else found[1] if found else ""
    if found is None or place not in given:
        return line
    mark = "# " if line.startswith("# ") and place not in answers else ""
    start = f"{mark}{found[1]} = {given[place]}"
    comment = (found[2] or "").strip()
    return f"{start.ljust(_COMMENT_AT - 1)} {comment}".rstrip()
