"""Mutation testing: change one small thing in a module at a time and check that a test fails.

    python tools/mutants.py limits          # or laws, audit, response; `--list` only shows the mutants; `--lines 40-60` a part of them

For each mutant the module's own tests run in a forked process that imports the changed source: no file is touched, and unchanged libraries
are imported once. Surviving mutants are printed; exit code 1 if there are too many. See docs/reference/mutants.md.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import importlib.abc
import importlib.util
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "planner"
AUDIT_TESTS: tuple[str, ...] = ("tests/audit",)
LAWS_TESTS: tuple[str, ...] = ("tests/test_laws.py", "tests/test_laws_entry_and_time_off.py", "tests/test_independence.py")
LAWS_TESTS += ("tests/engine/test_build_plan_days.py", "tests/engine/test_build_plan_late_runs.py", "tests/engine/test_build_plan.py")
RESPONSE_TESTS: tuple[str, ...] = tuple(
    f"tests/response/test_{part}.py" for part in ("table", "rolling", "next_mornings", "series", "carried", "signs", "weeks")
)
SUITES: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]] = {
    "limits": (("limits",), ("tests/test_limits.py",), 90),
    "laws": (("laws",), LAWS_TESTS, 95),
    "audit": (tuple(f"audit/{p.stem}" for p in sorted((SOURCES / "audit").glob("*.py"))), AUDIT_TESTS, 95),
    "response": (tuple(f"response/{p.stem}" for p in sorted((SOURCES / "response").glob("*.py"))), RESPONSE_TESTS, 90),
}
"""For each suite its modules, the tests that should kill their mutants, and the minimum percentage that they must kill."""
QUIET = (
    *("-q", "-x", "-n0", "--no-header", "--tb=no", "-p", "no:cacheprovider"),
    *("--hypothesis-profile=mutants", "-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
ONCE = ("attrs", "pluggy", "pytest", "_pytest.assertion.rewrite", "fractions", "zoneinfo", "icalendar", "click")
"""Imported before forking. None of these may import a module of ours, as Hypothesis does through its entry points."""
LEAST_S = 60
LATER = 86_400

COMPARED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
COMPARED |= {ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In}
COMPUTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult}
COMPUTED |= {ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift}
SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any"}


class Mutant(NamedTuple):
    """One change: the module, its syntax tree, the node to replace, and the replacement."""

    module: str
    tree: ast.Module
    node: ast.expr | ast.stmt
    changed: ast.AST

    def __str__(self) -> str:
        """Describe the change in one line."""
        before, after = (" ".join(ast.unparse(node).split()) for node in (self.node, self.changed))
        return f"{self.module}.py:{self.node.lineno}: {before}  ->  {after}"

    def source(self) -> ast.Module:
        """The module's tree with the node replaced; the original tree is not changed."""
        old, new = self.node, self.changed

        class Swap(ast.NodeTransformer):
            def visit(self, node: ast.AST) -> ast.AST:
                return ast.copy_location(new, old) if node is old else self.generic_visit(_shallow(node))

        swapped = Swap().visit(self.tree)
        return ast.fix_missing_locations(swapped) if isinstance(swapped, ast.Module) else self.tree


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of a module, in source order."""
    tree = ast.parse((SOURCES / f"{module}.py").read_text(encoding="utf-8"))
    places = [node for part in tree.body if not _untouched(part) for node in _reached(part)]
    for node in places:
        for changed in _changes(node):
            yield Mutant(module, tree, node, changed)


def _shallow(node: ast.AST) -> ast.AST:
    """A shallow copy of a node with copies of its lists, so that changing it leaves the original tree as it is."""
    twin = copy.copy(node)
    for name, value in ast.iter_fields(twin):
        if isinstance(value, list):
            setattr(twin, name, list(value))
    return twin


def _untouched(node: ast.stmt) -> bool:
    """Whether a statement has nothing to mutate: imports, docstrings, `TYPE_CHECKING` blocks, `__all__`, type aliases."""
    if isinstance(node, ast.Import | ast.ImportFrom) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        return True
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.annotation) == "TypeAlias"
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _reached(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """A node and its descendants, except annotations, docstrings and decorators."""
    if isinstance(node, ast.expr | ast.stmt):
        yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not (isinstance(child, ast.stmt) and _untouched(child)):
                yield from _reached(child)


def _changes(node: ast.expr | ast.stmt) -> Iterator[ast.AST]:  # noqa: C901, PLR0912  (a table, written as a match)
    """The replacements for a node."""
    match node:
        case ast.Compare(ops=[op], left=left, comparators=rest) if type(op) in COMPARED:
            yield ast.Compare(left=left, ops=[COMPARED[type(op)]()], comparators=rest)
        case ast.Compare(left=left, ops=ops, comparators=rest):
            for n, op in enumerate(ops):
                yield ast.Compare(left=left, ops=[*ops[:n], COMPARED[type(op)](), *ops[n + 1 :]], comparators=rest)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in COMPUTED:
            yield ast.BinOp(left=left, op=COMPUTED[type(op)](), right=right)
        case ast.AugAssign(target=target, op=op, value=value) if type(op) in COMPUTED:
            yield ast.AugAssign(target=target, op=COMPUTED[type(op)](), value=value)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(op=ast.Or() if isinstance(op, ast.And) else ast.And(), values=values)
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            yield operand
        case ast.Constant():
            yield from _constants(node)
        case ast.Return(value=value) if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(value=ast.Constant(value=None))
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(test=ast.UnaryOp(op=ast.Not(), operand=test), body=body, orelse=orelse)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(test=test, body=orelse, orelse=body)
        case ast.Continue():
            yield ast.Break()
        case ast.Name(id=name) if name in SWAPPED:
            yield ast.Name(id=SWAPPED[name], ctx=ast.Load())


def _constants(node: ast.Constant) -> Iterator[ast.AST]:
    """Numbers one higher and one lower, the opposite truth value, a different word. Sentences are left alone: they affect no decision."""
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(value=not value)
    elif isinstance(value, int):
        yield ast.Constant(value=value + 1)
        yield ast.Constant(value=value - 1)
    elif isinstance(value, str) and value and " " not in value:
        yield ast.Constant(value=value + "X")


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """An import hook that loads the mutant in place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        """Compile this mutant's source, to be run whenever its module is imported."""
        self._code = compile(mutant.source(), f"{mutant.module}.py", "exec", dont_inherit=True)
        self._name = "planner." + mutant.module.replace("/", ".").removesuffix(".__init__")
        self._package = mutant.module.endswith("__init__")

    def find_spec(self, fullname: str, path: Sequence[str] | None, _: ModuleType | None = None) -> ModuleSpec | None:
        """The mutant's spec if its module is being imported, else None."""
        if fullname != self._name:
            return None
        spec = importlib.util.spec_from_loader(fullname, self, is_package=self._package)
        if spec is not None and self._package and path is not None:
            spec.submodule_search_locations = [str(Path(path[0]) / fullname.rpartition(".")[2])]
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed source as the module."""
        exec(self._code, module.__dict__)  # noqa: S102  (runs our own mutated source)


def noticed(mutant: Mutant | None, tests: Sequence[str], seconds: int) -> bool:
    """Whether the tests fail, or do not finish within `seconds`, with a mutant (None: with the unchanged source)."""
    child = os.fork()
    if not child:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        signal.alarm(seconds)
        if mutant is not None:
            sys.meta_path.insert(0, Changed(mutant))
        _few_examples()
        pytest = importlib.import_module("pytest")
        os._exit(bool(pytest.main([*QUIET, *tests])))
    _, status = os.waitpid(child, 0)
    return status != 0


def _few_examples() -> None:
    """Register a Hypothesis profile with few, reproducible examples and no shrinking."""
    from hypothesis import HealthCheck, Phase, settings  # noqa: PLC0415  (it imports our own modules)

    phases = (Phase.explicit, Phase.generate)
    settings.register_profile(
        "mutants", max_examples=50, derandomize=True, deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck)
    )


def main() -> int:
    """Run one suite and print the mutants that survive; the exit code."""
    reader = argparse.ArgumentParser(description="Change a module one small thing at a time, and see whether its tests notice.")
    reader.add_argument("suite", choices=SUITES)
    reader.add_argument("--module", help="one module of the suite, such as audit/load")
    reader.add_argument("--lines", default=f"1-{LATER}", help="first and last line, such as 40-60")
    reader.add_argument("--list", action="store_true", help="show the changes and run nothing")
    asked = reader.parse_args()
    modules, tests, least = SUITES[asked.suite]
    first, last = map(int, asked.lines.split("-"))
    found = [m for module in modules if asked.module in (None, module) for m in mutants(module) if first <= m.node.lineno <= last]
    if asked.list:
        say(*found)
        return 0
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    for name in ONCE:
        importlib.import_module(name)
    if any(name.partition(".")[0] == "planner" for name in sys.modules):
        say("the planner is loaded before anything was changed in it; take what loads it out of ONCE")
        return 2
    started = time.monotonic()
    if noticed(None, tests, 10 * LEAST_S):
        say("the tests fail as it stands; mend them first")
        return 2
    seconds = max(LEAST_S, int(5 * (time.monotonic() - started)))
    killed = 0
    for mutant in found:
        if noticed(mutant, tests, seconds):
            killed += 1
        else:
            say(f"survived  {mutant}")
    say(f"{asked.suite}: {killed} of {len(found)} mutants killed ({1000 * killed // max(len(found), 1) / 10} %), {least} % asked for")
    return int(100 * killed < least * len(found))


def say(*lines: object) -> None:
    """Print lines and flush."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
