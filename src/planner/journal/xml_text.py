"""Checks an XML file before its reader parses it: well-formed, without a document type, and of the right kind."""

from __future__ import annotations

import re
from xml.parsers.expat import ExpatError, ParserCreate

from planner.errors import InputError

MOST_TAGS = 4_000_000
"""More elements than a day of records has; each costs memory."""
_STRAY_NAMESPACE = re.compile(rb"xmlns[^=]{200}")
"""gpxpy searches from each `xmlns` for the next `=`, which takes quadratic time if there is none."""


def root_name(data: bytes) -> str:
    """Return the name of the root element, without its namespace.

    Raises `InputError`, with the line if known, for text that is not well-formed XML, a document type (the only place for entities, which
    can expand to any size), or more elements than an activity file has.
    """
    if data.count(b"<") > MOST_TAGS or _STRAY_NAMESPACE.search(data):
        raise InputError("", "more elements, or stranger ones, than activities have", "an activity file", "Is it the right file?")
    found: list[str] = []
    parser = ParserCreate()

    def first(name: str, _: object) -> None:
        found.append(name.rpartition(":")[2])
        parser.StartElementHandler = None

    def document_type(*_: object) -> None:
        expected = "an activity file, which has none"
        raise InputError(f"line {parser.CurrentLineNumber}", "a document type (<!DOCTYPE)", expected, "Export it again from where it came.")

    parser.StartElementHandler = first
    parser.StartDoctypeDeclHandler = document_type
    try:
        parser.Parse(data, True)  # noqa: FBT003  (expat's own)
    except ExpatError as error:
        where, why = f"line {error.lineno}", str(error).partition(":")[0]
        raise InputError(where, f"it is broken or cut short ({why})", "a whole XML file", "Download or export it again.") from None
    except (LookupError, ValueError) as error:
        raise InputError("", f"it cannot be read as XML ({error})", "XML in UTF-8") from None
    return found[0] if found else ""
