"""What the members of a plan are, in words, by record."""

from __future__ import annotations

from planner.findings import Finding
from planner.model import Contributor, Done, Goal, Plan, Reading, Session, Week, Why
from planner.steps import Group, Step

TEXTS: dict[type, dict[str, str]] = {
    Plan: {
        "timezone": "where the athlete lives, by its IANA name",
        "units": "kilometres or miles, for what people read; members end in _m and are metres",
        "start": "the first date of week 1",
        "as_of": "the day of planning",
        "issued": "the moment of planning, with its offset",
        "template": "the programme",
        "disclaimer": "what the plan is not",
    },
    Reading: {
        "run_gap_days": "the least difference of two run dates (days)",
        "measure": "what law 1 counts",
        "missed": "how runs that were missed for no pain are read",
        "rolling": "whether law 2 warns or forbids",
        "growth": "the most that a week may grow, as a fraction",
        "explicit_growth": "the athlete asked for this growth",
        "easy_week_every": "every how manieth week is easy, 0 for never",
        "ladder": "the programme is a ladder of levels",
    },
    Goal: {
        "minutes": "continuous running in every run of a week (min)",
        "week_m": "running in a week (m)",
        "first_run": "the date of the first single run that holds the minutes; null: not within the plan",
        "every_run": "the first date of the first week that reaches the goal; null: not within the plan",
        "foreseen": "the number of the week that would reach it, beyond the plan's end too; null: cannot be said",
    },
    Contributor: {
        "name": "the plugin",
        "distribution": "what it was installed with",
        "version": "of the distribution",
    },
    Done: {
        "date": "a day before the plan, or of its past",
        "run_m": "running (m)",
        "foot_m": "running and walking (m); null: not known",
        "longest_m": "a longer run that is known to lie no later than this date (m)",
        "allowed_m": "what the laws allowed when it was planned (m); null: before any plan",
        "estimated": "worked out from sums, not told",
    },
    Week: {
        "number": "counted from 1",
        "start": "its first date",
        "stage": "where in the programme it lies",
        "decision": "what the week does with the week before",
        "run_s": "running (s)",
        "run_m": "running (m)",
        "foot_m": "running and walking (m)",
        "ceiling_run_m": "the most running that laws and limits allowed (m)",
        "ceiling_foot_m": "likewise for running and walking (m); null: no such bound",
        "bound_by": "what gave the running ceiling",
        "done_run_m": "running that was done (m); null: not past yet",
    },
    Session: {
        "week": "the number of its week",
        "pillar": "who proposed it",
        "key": "its name within the pillar",
        "date": "the athlete's local date",
        "start": "the local time with its offset; null: all day",
        "duration_s": "the whole session, with what is attached to it (s)",
        "title": "what the calendar shows",
        "steps": "what is done, in order",
        "tags": "what it is, for spacing and limits: run, strength, cross-training, mobility ...",
        "run_s": "the sum of its running steps (s)",
        "walk_s": "the sum of its walking steps (s)",
        "run_m": "running, from run_s and the pace, rounded down (m)",
        "foot_m": "running and walking (m)",
        "ceiling_m": "the most running that laws and limits allowed it (m)",
        "bound_by": "what gave that ceiling; empty without running",
        "details": "plain text under the steps",
        "transparent": "blocks no time in the calendar",
        "status": "what became of it",
    },
    Why: {
        "limit": "what decided: a ceiling's name, or content",
        "text": "the reason in words",
        "source": "an evidence id",
    },
    Step: {
        "kind": "warm-up, cool-down, walk, run, exercise, stretch, roll, ride, swim, note ...",
        "seconds": "the time it takes in all, sets and rests included (s)",
        "text": "what to do",
        "sets": "how many sets",
        "reps": "repetitions in a set",
        "side": "each, left or right; empty: both at once",
        "rpe": "effort on 0-10",
    },
    Group: {
        "repeat": "how often its steps are done; what stands inside is for one time",
        "steps": "steps and groups",
    },
    Finding: {
        "rule": "a short stable id",
        "severity": "info, warning, error (refuses the plan) or stop (a referral)",
        "message": "a whole sentence",
        "where": "a place in words",
        "source": "an evidence id",
        "margin_m": "how many metres are left; negative: over",
        "by": "the plugin that said it; empty: the planner",
    },
}
