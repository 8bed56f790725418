"""Hooks for mkdocs: list the decisions in the navigation and include source code in pages.

`<!-- code: FILE NAME NAME ... -->` becomes a block with those definitions from that file, including decorators, so that pages never
duplicate code; `<!-- code: FILE -->` includes the whole file.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import cast

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"^<!-- code: (?P<file>\S+)(?P<names>[^>]*?) -->$", re.MULTILINE)
LANGUAGES = {".py": "python", ".toml": "toml", ".md": "markdown", ".sh": "sh"}


DECISIONS = "Decisions"


def on_config(config: dict[str, object]) -> dict[str, object]:
    """Called by mkdocs: the configuration, with all pages of decisions listed under the heading `DECISIONS`."""
    folder = Path(str(config["docs_dir"]), "decisions")
    pages = [f"decisions/{page.name}" for page in sorted(folder.glob("*.md"))]
    headings = cast("list[dict[str, object] | str]", config["nav"])
    config["nav"] = [{DECISIONS: pages} if isinstance(h, dict) and DECISIONS in h else h for h in headings]
    return config


def on_page_markdown(markdown: str, **_: object) -> str:
    """Called by mkdocs: a page's text with the code that it includes."""
    return with_code(markdown)


def with_code(markdown: str) -> str:
    """The text with each `<!-- code: ... -->` replaced. Raises `LookupError` for a missing file or name."""
    return CODE.sub(lambda match: block(ROOT / match["file"], match["names"].split()), markdown)


def block(file: Path, names: list[str]) -> str:
    """A code block with the named definitions of a Python file, in the given order, or with a whole file if `names` is empty.

    Raises `LookupError` for a missing file or name.
    """
    if not file.is_file():
        raise LookupError(f"{file.relative_to(ROOT)}: found no such file; expected one that the page can show")
    text = file.read_text(encoding="utf-8")
    shown = "\n\n\n".join(definition(text, name, file) for name in names) if names else text.rstrip("\n")
    return f'```{LANGUAGES.get(file.suffix, "text")} title="{file.name}"\n{shown}\n```'


def definition(text: str, name: str, file: Path) -> str:
    """The source of a top-level function (with its decorators), class or assignment; `imports` stands for all imports.

    Raises `LookupError` for a name that is not defined.
    """
    tree = ast.parse(text)
    lines = text.splitlines()
    if name == "imports":
        found = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom)) or _is_type_checking(node)]
        return "\n".join(lines[found[0].lineno - 1 : found[-1].end_lineno])
    for node in tree.body:
        if name in _names(node):
            decorators = getattr(node, "decorator_list", [])
            first = min([node.lineno, *(d.lineno for d in decorators)])
            return "\n".join(lines[first - 1 : node.end_lineno])
    raise LookupError(f"{file.name}: found no {name}; expected a definition at the top of the file")


def _is_type_checking(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [t.id for t in node.targets if isinstance(t, ast.Name)]
    return [node.target.id] if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) else []
