"""The code blocks of a page, with what the page says about each in comments just above it.

| comment | on | means |
|---|---|---|
| `<!-- not run: REASON -->` | sh, python | it is not run, and why; it is counted |
| `<!-- fresh -->` | sh | it installs: run only where the tutorials are run in an environment of their own |
| `<!-- exit: N -->` | sh | it ends with this exit code |
| `<!-- prints -->` | text | what the block before it printed, word for word; a line `...` stands for any lines |
| `<!-- prints: wrapped -->` | text | the same, with long lines broken to fit the page |
| `<!-- file: NAME -->` | any | it is written to this file |
| `<!-- append: NAME -->` | any | it is written at the end of this file, two empty lines below what is there |

What `<!-- code: ... -->` puts into a page (see `docs_tools.site`) is a block like any other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docs_tools.site import CODE, with_code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RUN = ("sh", "python")
MARKS = {"not run": RUN, "fresh": ("sh",), "exit": ("sh",), "prints": ("text",), "file": (), "append": ()}
"""Each mark with the languages that it may stand on; () for any."""
_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[a-z]*)(?P<rest>.*)$")
_MARK = re.compile(r"^ *<!-- (?P<name>[a-z ]+?)(?:: (?P<value>.+?))? -->$")


class Block(NamedTuple):
    """One block: the page, the line of its fence, its language, its text, its marks."""

    page: Path
    line: int
    language: str
    text: str
    marks: dict[str, str]

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{self.page.name}, line {self.line}"


def blocks_of(page: Path) -> list[Block]:
    """Every block of a page, in order. Raises `LookupError` for a mark that stands on nothing or on another language than it may."""
    found: list[Block] = []
    marks: dict[str, str] = {}
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        fence, mark, code = _FENCE.match(line), _MARK.match(line), CODE.match(line)
        if fence or code:
            language, text = (fence["language"], _inside(lines, fence["indent"])) if fence else _shown(line)
            found.append(Block(page, number, language, text, marks))
            _allowed(found[-1])
            marks = {}
        elif mark and mark["name"] in MARKS:
            marks = {**marks, mark["name"]: mark["value"] or ""}
        elif marks and line.strip():
            raise LookupError(f"{page.name}, line {number}: found text after <!-- {next(iter(marks))} -->; expected its block")
    return found


def _shown(line: str) -> tuple[str, str]:
    """The language and the text of the block that a page takes from the sources; it is shown, and never run as it stands."""
    head, *lines, _ = with_code(line).split("\n")
    return f"shown-{head.strip('`').split()[0]}", "".join(f"{inner}\n" for inner in lines)


def _inside(lines: Iterator[tuple[int, str]], indent: str) -> str:
    kept: list[str] = []
    for _, line in lines:
        if line.strip() == "```":
            break
        kept.append(line.removeprefix(indent))
    return "".join(f"{line}\n" for line in kept)


def _allowed(block: Block) -> None:
    for mark in block.marks:
        if MARKS[mark] and block.language not in MARKS[mark]:
            raise LookupError(f"{block.place}: found <!-- {mark} --> on {block.language or 'text'}; expected {' or '.join(MARKS[mark])}")
    if (how := block.marks.get("prints", "")) not in ("", "wrapped"):
        raise LookupError(f"{block.place}: found <!-- prints: {how} -->; expected <!-- prints --> or <!-- prints: wrapped -->")
