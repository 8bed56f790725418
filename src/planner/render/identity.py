"""What a session is called in other people's programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.model import Plan, Session

DOMAIN = "@return-to-run"


def uids(plan: Plan, *, private: bool = False) -> Callable[[Session], str]:
    """A function that gives a session of `plan` its UID, the same whatever its date, title and content.

    It is made of the plan's start, the week's number, pillar, key and ordinal, and the athlete's id last, so that no two athletes
    and no two sessions share one. With `private` it is a digest of that, which tells nobody what the session is about: a private
    calendar is a set of events of its own, so that both may stand in one account.
    """
    head, tail = f"{plan.start:%Y%m%d}.", f".{plan.athlete_id}{DOMAIN}"

    def readable(session: Session) -> str:
        return f"{head}{session.week}.{session.pillar}.{session.key}.{session.ordinal}{tail}"

    if not private:
        return readable
    return lambda session: private_uid(readable(session))


def private_uid(readable: str) -> str:
    """The UID in a private calendar of what has the UID `readable` in one that is not."""
    from hashlib import blake2b  # noqa: PLC0415  (loads OpenSSL, 5 ms that only private calendars need)

    return blake2b(readable.encode(), digest_size=16).hexdigest() + DOMAIN
