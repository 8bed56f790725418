"""Registers the strategies of the planner's records for `hypothesis.strategies.from_type`; Hypothesis loads it by entry point."""

from __future__ import annotations

from hypothesis import strategies as st

from planner.athlete import Athlete
from planner.entry import Entry
from planner.limits import Ceiling, Spacing, Unavailable
from planner.model import Brief, Plan
from planner.offers import Proposal, RunProposal
from planner.programme import Level, Template
from planner.steps import Group, Step
from planner.testing import offers, strategies
from planner.testing.log_strategies import entries
from planner.testing.plans import plans


def register() -> None:
    """Register a strategy for each public record; may be called again."""
    st.register_type_strategy(Athlete, strategies.athletes())
    st.register_type_strategy(Brief, strategies.briefs())
    st.register_type_strategy(Template, strategies.templates())
    st.register_type_strategy(Level, strategies.levels())
    st.register_type_strategy(Step, offers.steps())
    st.register_type_strategy(Group, offers.groups())
    st.register_type_strategy(Ceiling, offers.ceilings())
    st.register_type_strategy(Spacing, offers.spacings())
    st.register_type_strategy(Unavailable, offers.absences())
    st.register_type_strategy(Proposal, offers.proposals())
    st.register_type_strategy(RunProposal, offers.run_proposals())
    st.register_type_strategy(Plan, plans())
    st.register_type_strategy(Entry, entries())
