"""Log rows that name a session which no pillar of the plan has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.findings import Finding
from planner.language import _
from planner.model import COMMITMENTS
from planner.session_names import meant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from planner.model import Plan


def stray_rows(plan: Plan) -> Iterable[Finding]:
    """One warning for each unknown session id, at the first row that has it.

    Ids of the plan's pillars are reported only where one of the plan's sessions has nearly that id: what a pillar offers varies with its
    input.
    """
    named: dict[str, date] = {}
    for row in plan.log or ():
        if row.session and row.date >= plan.start:
            named.setdefault(row.session, row.date)
    known = {session.id for session in plan.sessions}
    for name, on in named.items():
        nearest = "" if name in known else meant(name, known)
        if nearest:
            message = _(
                "The log names the session {session}, which no pillar has, so the row counts for no session. Did you mean {nearest}?",
                session=name,
                nearest=nearest,
            )
        elif name.partition("/")[0] not in {COMMITMENTS, *(plugin.name for plugin in plan.plugins)}:
            message = _(
                "The log names the session {session}, which no pillar has, so the row counts for no session. `planner explain` "
                "names them all.",
                session=name,
            )
        else:
            continue
        yield Finding(rule="log-session", severity="warning", where=str(on), message=message, source="PROG-15")
