"""The catalogues of translated texts: `python tools/catalogues.py` brings them up to date, `--check` says what is not (exit 1).

A message is what stands in `_()`, `ngettext()` or `N_()` in the code, in `_()` in a page template, is a text of a content file or the
title of a bundled programme. A catalogue, `src/planner/locale/LANGUAGE/LC_MESSAGES/planner.po`, keeps its translations when messages come
and go; what Babel only guesses is never taken. `planner.mo` beside it is compiled from it. Another language: `python tools/catalogues.py
--add fr`.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from planner.language import CATALOGUES, DOMAIN
from planner_pillars.content import names_of_content, source_texts
from planner_templates import planner_templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parent.parent
CODE = ("src/planner", "plugins/planner_pillars")
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
"""The functions that mark a message, and how many string literals each takes."""
PAGE_OPTIONS = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The fixed time stamp of compiled catalogues, which must have one, so that builds are reproducible."""
US = "return-to-run"
HEADER = "# Texts of return-to-run, under its licence."
_DATES = re.compile(r'^"(?:POT-Creation|PO-Revision)-Date: .*\n', re.MULTILINE)


def messages() -> Catalog:
    """All messages, without translations, each with the files in which it occurs."""
    found = Catalog(domain=DOMAIN, project="return-to-run", charset="utf-8", fuzzy=False)
    for place, message in sorted({*_of_code(), *_of_pages(), *_of_content(), *_of_programmes()}, key=str):
        found.add(message, locations=[(place, 0)])
    return found


def _of_code() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for folder in CODE:
        for file in sorted((ROOT / folder).rglob("*.py")):
            for message in of_source(file.read_text(encoding="utf-8")):
                yield file.relative_to(ROOT).as_posix(), message


def of_source(source: str) -> Iterator[str | tuple[str, ...]]:
    """The messages of Python source, including those inside f-strings, which Babel skips: the literals in calls of `KEYWORDS`."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS:
            texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if len(texts) == KEYWORDS[call.func.id]:
                yield texts[0] if len(texts) == 1 else tuple(texts)


def _of_pages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for file in sorted((ROOT / "src").rglob("*.j2")):
        for _, message, _, _ in extract_from_file("jinja2.ext:babel_extract", file, keywords={"_": None}, options=PAGE_OPTIONS):
            yield file.relative_to(ROOT).as_posix(), message


def _of_content() -> Iterator[tuple[str, str]]:
    for name in names_of_content():
        for text in source_texts(name):
            yield f"templates/planner_templates/content/{name}.toml", text


def _of_programmes() -> Iterator[tuple[str, str]]:
    for template in planner_templates():
        yield f"templates/planner_templates/programmes/{template.name}.toml", template.title


def updated(language: str, wanted: Catalog) -> Catalog:
    """The catalogue of a language with exactly the `wanted` messages, keeping existing translations."""
    file = _file(language)
    old = Catalog(locale=language)
    if file.exists():
        with file.open("rb") as stream:
            old = read_po(stream, locale=language, domain=DOMAIN)
    new = Catalog(language, DOMAIN, HEADER, US, msgid_bugs_address=US, last_translator=US, language_team=US, charset="utf-8", fuzzy=False)
    for message in wanted:
        if message.id:
            known = old.get(message.id)
            flags = set(known.flags) & {"fuzzy"} if known else set()
            new.add(message.id, known.string if known else "", locations=message.locations, flags=flags)
    return new


def faults(catalogue: Catalog) -> Iterator[str]:
    """The faults of a catalogue: messages that are untranslated, fuzzy, or have other placeholders than the English."""
    for message in catalogue:
        if not message.id:
            continue
        if not all(_strings(message)):
            yield f"not translated: {_first(message)!r}"
        elif message.fuzzy:
            yield f"fuzzy: {_first(message)!r}"
        elif wrong := [s for s in _strings(message) if _places([s]) - _places(_ids(message))]:
            yield f"places in braces that the English has not: {wrong[0]!r}"
        elif not message.pluralizable and _places(_strings(message)) != _places(_ids(message)):
            yield f"places in braces are missing: {_first(message)!r}"


def _ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _first(message: Message) -> str:
    return _ids(message)[0][:100]


def _places(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def _file(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _written(catalogue: Catalog) -> tuple[bytes, bytes]:
    """The contents of a catalogue's .po and .mo files, without the time of writing."""
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalogue, width=140, include_lineno=False, sort_output=True, omit_header=False)
    po = _DATES.sub("", text.getvalue().decode()).encode()
    read = read_po(io.BytesIO(po), locale=catalogue.locale)
    read.creation_date = read.revision_date = _NEVER
    write_mo(compiled, read)
    return po, compiled.getvalue()


def main() -> None:
    """Update or check the catalogues as the command line asks."""
    parser = argparse.ArgumentParser(prog="python tools/catalogues.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where something is missing or not current")
    parser.add_argument("--add", metavar="LANGUAGE", help="begin a catalogue for one more language")
    asked = parser.parse_args()
    wanted, bad = messages(), 0
    languages = sorted({path.name for path in CATALOGUES.iterdir() if path.is_dir()} | ({asked.add} if asked.add else set()))
    for language in languages:
        catalogue = updated(language, wanted)
        found = list(faults(catalogue))
        for file, data in zip((_file(language), _file(language).with_suffix(".mo")), _written(catalogue), strict=True):
            if asked.check and (not file.exists() or file.read_bytes() != data):
                found.append(f"{file.relative_to(ROOT)} is not current. Run: python tools/catalogues.py")
            elif not asked.check:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        for fault in found:
            sys.stderr.write(f"{language}: {fault}\n")
        sys.stdout.write(f"{language}: {len(catalogue)} messages, {len(found)} untranslated, fuzzy or otherwise at fault\n")
        bad += len(found)
    sys.exit(1 if bad and asked.check else 0)


if __name__ == "__main__":
    main()
