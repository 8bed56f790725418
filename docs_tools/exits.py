"""Generates the page of exit codes from the errors that carry them."""

from __future__ import annotations

import inspect

from docs_tools.tables import table
from planner import errors
from planner.cli.app import BUG, INTERRUPTED, NOT_WRITTEN, PIPE_CLOSED

OTHERS = {
    0: "Done. Also: not ready to run yet, so the plan is the block before the first run; and: the plan is over.",
    1: "`check` found a broken law; or `batch` finished, but some rows have no plan.",
    INTERRUPTED: "Interrupted; existing files are unharmed.",
    PIPE_CLOSED: "The program that read the output has closed.",
}
INTRODUCTION = """\
# Exit codes

Every error is a sentence on standard error, in the form *where: what was found; what was expected. What to do.*
The exit code tells programs the same.

"""


def codes() -> dict[int, str]:
    """Each exit code and its meaning, in ascending order. Raises `LookupError` if no error carries a code that the command line uses."""
    found = dict(OTHERS)
    for value in vars(errors).values():
        if isinstance(value, type) and issubclass(value, errors.PlannerError) and value is not errors.PlannerError:
            found[value.exit_code] = _meaning(value)
    missing = {BUG, NOT_WRITTEN} - found.keys()
    if missing:
        raise LookupError(f"exit codes {missing}: found no error that carries them; expected one in planner.errors")
    return dict(sorted(found.items()))


def page() -> str:
    """The page's text."""
    return INTRODUCTION + table(["code", "means"], [(str(code), words) for code, words in codes().items()])


def _meaning(error: type[errors.PlannerError]) -> str:
    """The first paragraph of an error's docstring up to its exit code; the rest is for programmers."""
    first = inspect.cleandoc(error.__doc__ or "").split("\n\n")[0].split(f" Exit code {error.exit_code}")[0]
    return " ".join(first.split()).rstrip(".") + "."
