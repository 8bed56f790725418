"""The generated files: reference pages under docs/reference and schemas in src/planner/schemas."""

from __future__ import annotations

from pathlib import Path

from docs_tools import commands, exits, files, findings, hooks, installed, names
from planner.schema import KINDS, schema_of, written

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
SCHEMAS = ROOT / "src" / "planner" / "schemas"
MARK = "<!-- Generated: change the code that it is made from, then run `python -m docs_tools`. -->\n\n"


def generated() -> dict[Path, str]:
    """The expected text of each generated file. Raises `LookupError` if something in the code has no description."""
    own = installed.own_pillars()
    pages = {
        "commands": commands.page(),
        "hooks": hooks.page(),
        "front-door": names.page(),
        "test-kit": names.kit_page(),
        "athlete-file": files.athlete_page(),
        "programme-file": files.programme_page(),
        "plan-file": files.plan_page(),
        "programmes": installed.programmes_page(),
        "pillars": installed.pillars_page(),
        "findings": findings.page(),
        "exit-codes": exits.page(),
    }
    schemas = {SCHEMAS / f"{kind}.json": written(schema_of(kind, own)) for kind in KINDS}
    return {**{REFERENCE / f"{name}.md": f"{MARK}{text}" for name, text in pages.items()}, **schemas}


def stale() -> list[Path]:
    """The files that are missing or out of date."""
    return [path for path, text in generated().items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def write_all() -> list[Path]:
    """Write the files that are missing or out of date, and return their paths."""
    texts, wanted = generated(), stale()
    for path in wanted:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], encoding="utf-8")
    return wanted
