"""What is looked at before an XML file is handed to its reader: that it is whole, says no entities, and is what it should be."""

from __future__ import annotations

import re
from xml.parsers.expat import ExpatError, ParserCreate

from planner.errors import InputError

MOST_TAGS = 4_000_000
"""More elements than any day of records has; each costs memory."""
_STRAY_NAMESPACE = re.compile(rb"xmlns[^=]{200}")
"""gpxpy looks from each `xmlns` for the next `=`, which takes for ever where there are many of one and none of the other."""


def root_name(data: bytes) -> str:
    """The name of the outermost element, without its namespace.

    Raises `InputError` with the line: text that is no XML or is cut short, a document type (entities, which can be blown up to any size,
    stand nowhere else), more elements than a file of activities has.
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
