"""Generates the page of findings: every rule id that the code can produce, with its explanation.

Ids are collected from the syntax trees of the sources, so that a new rule without an explanation is an error.
"""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docs_tools.tables import sentence
from planner.audit.margin import LAWS
from planner_pillars.screening import flags

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

ROOT = Path(__file__).parent.parent
SOURCES = (ROOT / "src" / "planner", ROOT / "plugins" / "planner_pillars")
KIT = SOURCES[0] / "testing"
"""The test kit, which is skipped: its findings have arbitrary ids and never occur in a plan."""
WORDS = Path(__file__).with_name("findings.toml")
RECORD, SHORTHAND = "Finding", "_finding"
"""The calls that make a finding: the record, with the keyword `rule`; and helpers of this name, whose first argument is the rule."""
NAMED_ELSEWHERE: dict[str, Callable[[], Collection[str]]] = {
    "margin.law": lambda: LAWS,
    "flag": lambda: flags().keys(),
    "rule": lambda: (),
    "table.text('rule')": lambda: (),
}
"""The expressions for rules that are not literals, each with its possible ids. `rule` is a helper's argument, written out by its callers;
`table.text('rule')` reads back an id from a file."""
INTRODUCTION = """\
# Findings

What a plan has to say about itself, by rule. `planner make` prints the findings, the JSON holds them as data.

| severity | means |
|---|---|
| stop | no plan: see a professional first ([exit code 4](exit-codes.md)) |
| error | the plan is not written |
| warning | be careful: read it before you run |
| info | good to know |

A pillar of another author may bring rules of its own; `planner make` names it.

"""
GRADES = {
    "published": "a published source",
    "second-hand": "a second-hand source",
    "general": "general medical knowledge",
    "judgement": "our judgement",
}


class Explained(NamedTuple):
    """A rule's title, its meaning and what to do about it."""

    rule: str
    title: str
    means: str
    do: str


def rules() -> dict[str, set[str]]:
    """Every rule id with the modules that produce it. Raises `LookupError` for a rule that is no literal and not in `NAMED_ELSEWHERE`."""
    found: dict[str, set[str]] = {}
    for folder in SOURCES:
        for file in sorted(file for file in folder.rglob("*.py") if KIT not in file.parents):
            for rule in _rules_in(ast.parse(file.read_text(encoding="utf-8")), file.relative_to(ROOT).as_posix()):
                found.setdefault(rule, set()).add(".".join(file.relative_to(folder.parent).with_suffix("").parts))
    return found


def _rules_in(tree: ast.AST, where: str) -> Iterator[str]:
    for call in ast.walk(tree):
        name = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
        if not isinstance(call, ast.Call) or name not in (RECORD, SHORTHAND):
            continue
        written = call.args[0] if name == SHORTHAND else next((k.value for k in call.keywords if k.arg == "rule"), None)
        shown = ast.unparse(written) if written else "nothing"
        if isinstance(written, ast.Constant):
            yield str(written.value)
        elif name == RECORD and shown not in NAMED_ELSEWHERE:
            raise LookupError(f"{where}:{call.lineno}: found rule={shown}; expected text, or an entry in docs_tools.findings")
        elif name == RECORD:
            yield from NAMED_ELSEWHERE[shown]()


def explained() -> dict[str, Explained]:
    """The explanations from findings.toml, by rule id."""
    table = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {rule: Explained(rule, str(e["title"]), str(e["means"]), str(e["do"])) for rule, e in table.items()}


def page() -> str:
    """The page's text. Raises `LookupError` for a rule without an explanation, and for an explanation without a rule."""
    known, words, signs = rules(), explained(), flags()
    bare = sorted(known.keys() - words.keys() - signs.keys())
    if bare:
        raise LookupError(f"findings {', '.join(bare)}: found no explanation; expected one in docs_tools/findings.toml")
    idle = sorted(words.keys() - known.keys())
    if idle:
        raise LookupError(f"docs_tools/findings.toml: found {', '.join(idle)}; expected only rules that the code gives")
    engine = [rule for rule in words if rule not in signs]
    plain = "\n".join(_section(words[rule]) for rule in engine)
    asked = "\n".join(_sign(rule, words.get(rule)) for rule in signs)
    heading = "\n## Safety questions\n\nThe ids that `red_flags` under `[screening]` may name, and what follows from each.\n\n"
    return f"{INTRODUCTION}## About the plan\n\n{plain}{heading}{asked}"


def _section(entry: Explained) -> str:
    return f"### {entry.rule}\n\n**{sentence(entry.title)}** {sentence(entry.means)}\n\n*What to do:* {sentence(entry.do)}\n"


def _sign(rule: str, also: Explained | None) -> str:
    entry = flags()[rule]
    lifted = "" if entry.severity != "stop" else " A clearance lifts it." if entry.clearance else " A clearance does not lift it."
    when = f"{entry.when}: {entry.do}" if entry.when else entry.do
    text = f"### {rule}\n\n**{sentence(entry.sign)}** Severity: {entry.severity}.{lifted} Rests on {GRADES[entry.grade]}.\n"
    text += f"\n*What to do:* {sentence(when)}\n"
    return text if also is None else f"{text}\nThe same id is given when {also.means}: {sentence(also.do, capital=False)}\n"
