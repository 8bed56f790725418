"""Warns of what is probably, but not certainly, a mistake in a plugin: tags that no session carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.engine.commitment_runs import COMMITMENT_TAG
from planner.engine.state import FEATURES
from planner.host.conversation import RUN_TAGS
from planner.limits import ANY_TAG, Spacing, Unavailable
from planner.model import COMMITMENTS
from planner.offers import LEVEL, LOAD_TAGS, Proposal, RunProposal
from planner.placement.shape import MOBILITY, RACE
from planner.settings import nearest
from planner.testing.hook_spy import listening
from planner.testing.promises import planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.testing.promises import Subject

KNOWN_TAGS = LOAD_TAGS | RUN_TAGS | FEATURES | {MOBILITY, COMMITMENT_TAG, RACE}
"""Tags with a meaning in the engine, to which any plugin may refer."""
UNMEASURED = "its speed was not measured, since the sample athlete gets no plan with it"


class ConformanceWarning(UserWarning):
    """A probable mistake in a plugin that conforms, in words."""


def doubts(subject: Subject) -> Iterator[str]:
    """Yield each probable mistake in words."""
    if planned(subject.sample(), subject.host()) is None:
        yield UNMEASURED
    beside = subject.host().plugins
    named: dict[tuple[str, str], str] = {}
    carried = set(KNOWN_TAGS)
    for brief in subject.samples().values():
        host, heard = listening(subject.loaded, [plugin for plugin in beside if plugin.name != subject.loaded.name])
        plan = planned(brief, host)
        carried |= {tag for session in (plan.sessions if plan else ()) for tag in session.tags if not session.transparent}
        for hook, record in heard.records:
            named |= dict.fromkeys(_named(record), hook)
            carried |= _carried(record)
    for (tag, words), hook in named.items():
        if tag not in carried and not tag.startswith((LEVEL, f"{COMMITMENTS}/")):
            yield (
                f"{hook}: {words} names a tag that no session carried in any sample plan; without another plugin whose sessions carry it, "
                f"it has no effect. {nearest(tag, carried)}"
            )


def _named(record: object) -> Iterator[tuple[str, str]]:
    """The tags that a record refers to, each with the record in words."""
    if isinstance(record, Spacing):
        yield record.after, f"Spacing(after={record.after!r})"
        yield record.before, f"Spacing(before={record.before!r})"
    elif isinstance(record, Unavailable) and record.tag != ANY_TAG:
        yield record.tag, f"Unavailable(tag={record.tag!r})"
    elif isinstance(record, Proposal) and record.attach is not None:
        yield record.attach.tag, f"Attachment(tag={record.attach.tag!r}) of {record.key}"


def _carried(record: object) -> frozenset[str]:
    """The tags of the sessions that a proposal asks for, even if none of them is placed; none for attachments and notes."""
    if isinstance(record, RunProposal) or (isinstance(record, Proposal) and record.attach is None and not record.note):
        return frozenset(record.tags)
    return frozenset()
