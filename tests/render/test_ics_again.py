"""Calendars are reproducible: the same bytes on any machine, whatever the caches hold."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from attrs import evolve

from planner.model import Plan
from planner.render import Options, formats, ics, renderer
from tests.plans import renamed, sample_plan


def write(plan: Plan) -> bytes:
    return ics.render(plan, Options())


def test_what_is_remembered_never_shows():
    plan = sample_plan(weeks=3)
    first = write(plan)
    for number in range(12):
        other = renamed(plan, f"n{number}")
        remembered = write(other)
        ics._kept.clear()
        assert write(other) == remembered
    assert write(plan) == first
    assert write(evolve(plan, units="mi")) != first
    assert write(evolve(plan, disclaimer="x")) != first


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(ics, "_MOST_KEPT", 50)
    ics._kept.clear()
    for number in range(4):
        write(renamed(sample_plan(weeks=2), f"m{number}"))
        assert len(ics._kept) <= 50


PROGRAM = """
import hashlib, sys
from planner.render import Options, formats, renderer
from tests.ics_oracle import by_icalendar
from tests.plans import sample_plan
for name in formats():
    for options in (Options(), Options(private=True, alarm_s=60)):
        print(hashlib.sha256(renderer(name)(sample_plan(weeks=12), options)).hexdigest())
"""


def test_bytes_do_not_depend_on_the_machines_clock_or_hash_seed():
    answers = []
    for seed, timezone in (("0", "UTC"), ("1", "Asia/Kathmandu"), ("77", "America/New_York")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": timezone, "PYTHONTZPATH": "/nowhere"}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True, check=True
        )
        answers.append(done.stdout.split())
    here = [
        hashlib.sha256(renderer(name)(sample_plan(weeks=12), options)).hexdigest()
        for name in formats()
        for options in (Options(), Options(private=True, alarm_s=60))
    ]
    assert answers == [here, here, here]
