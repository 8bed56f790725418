"""The UIDs of sessions in other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from planner.model import Plan, Session

DOMAIN = "@return-to-run"


def uids(plan: Plan, *, private: bool = False) -> Callable[[Session], str]:
    """Return a function that gives a session of `plan` its UID, independent of its date, title and content.

    The UID consists of the plan's start, week number, pillar, key, ordinal, and finally the athlete's id, so it is unique across athletes
    and sessions. With `private` it is a digest of that, which does not reveal what the session is about: a private calendar has its own set
    of events, so both calendars can exist in one account.
    """
    head, tail = f"{plan.start:%Y%m%d}.", f".{plan.athlete_id}{DOMAIN}"

    def readable(session: Session) -> str:
        return f"{head}{session.week}.{session.pillar}.{session.key}.{session.ordinal}{tail}"

    if not private:
        return readable
    return lambda session: private_uid(readable(session))


def readable_uid(start: date, session: str, athlete_id: str) -> str:
    """Return the UID that `uids` gives a session; `session` is its week, pillar, key and ordinal, joined by dots."""
    return f"{start:%Y%m%d}.{session}.{athlete_id}{DOMAIN}"


def private_uid(readable: str) -> str:
    """Return the private UID that corresponds to a readable one."""
    from hashlib import blake2b  # noqa: PLC0415  (loads OpenSSL, 5 ms that only private calendars need)

    return blake2b(readable.encode(), digest_size=16).hexdigest() + DOMAIN
