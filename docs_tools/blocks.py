"""Parses the code blocks of a page, with the marks in the comments just above each.

| comment | on | means |
|---|---|---|
| `<!-- not run: REASON -->` | sh, python | not run, and why; counted |
| `<!-- fresh -->` | sh | installs something: run only with `--wheel`, in a fresh environment |
| `<!-- exit: N -->` | sh | exits with this code |
| `<!-- prints -->` | text | the exact output of the last block that ran; a line `...` stands for any lines |
| `<!-- prints: wrapped -->` | text | the same, with long lines wrapped to fit the page |
| `<!-- file: NAME -->` | any | is written to this file |
| `<!-- append: NAME -->` | any | is appended to this file, after two empty lines |

A block that `<!-- code: ... -->` inserts (see `docs_tools.site`) can carry marks like any other.
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
"""The languages that each mark may apply to; () for any."""
_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[a-z]*)(?P<rest>.*)$")
_MARK = re.compile(r"^ *<!-- (?P<name>[a-z ]+?)(?:: (?P<value>.+?))? -->$")


class Block(NamedTuple):
    """A code block: its page, the line of its fence, its language, text and marks."""

    page: Path
    line: int
    language: str
    text: str
    marks: dict[str, str]

    @property
    def place(self) -> str:
        """The block's page and line, in words."""
        return f"{self.page.name}, line {self.line}"


def blocks_of(page: Path) -> list[Block]:
    """Every block of a page, in order. Raises `LookupError` for a mark without a block, on the wrong language, or with a wrong value."""
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
    """The language and text of a block that a page includes from the sources; its `shown-` language means that it is never run."""
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
