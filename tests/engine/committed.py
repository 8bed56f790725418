"""Commitments for tests, and queries about the plans that contain them."""

from __future__ import annotations

from decimal import Decimal

from planner.athlete import Commitment
from planner.audit import audit
from planner.model import COMMITMENTS, Plan, Session
from tests.engine.drawn import day, runs

CLUB = Commitment(name="Club run", km=Decimal(3), on="tue")


def race(km: int, n: int) -> Commitment:
    return Commitment(name="Race", km=Decimal(km), kind="race", date=day(n))


def standing(plan: Plan) -> list[Session]:
    return [s for s in plan.sessions if s.pillar == COMMITMENTS]


def own(plan: Plan) -> list[Session]:
    return [s for s in runs(plan) if s.pillar != COMMITMENTS]


def warned(plan: Plan) -> set[tuple[str, str]]:
    """Law and place of every warning but law 2's, all of which commitments alone have to answer for."""
    found = [f for f in audit(plan) if f.rule != "law-2"]
    assert all(f.severity == "warning" and "commitments alone" in f.message for f in found)
    return {(f.rule, f.where) for f in found}
