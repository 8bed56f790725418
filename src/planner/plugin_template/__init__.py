"""A plugin distribution to start from: the files in `files`, with the author's name for it filled in."""

from __future__ import annotations

import keyword
import re
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planner import __version__
from planner.errors import InputError
from planner.host.discovery import entries

if TYPE_CHECKING:
    from collections.abc import Mapping

Licence: TypeAlias = Literal["MIT", "Apache-2.0", "none"]
GROUP = "planner"
SUFFIX = ".in"
LONGEST = 40
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
"""What package indexes take as a name (PEP 508)."""


class Names(NamedTuple):
    """What one name becomes: of the distribution (`calf-raises`), of the module and pillar (`calf_raises`), of people (`Calf raises`),
    and of its findings (`CALF-RAISES`).
    """

    distribution: str
    module: str
    title: str
    rule: str


def names(asked: str) -> Names:
    """What `asked` becomes. Raises `InputError` for what cannot be a name, and for a name that is taken, with the nearest that can."""
    plain = re.sub(r"[-_.]+", "-", asked).lower()
    module = plain.replace("-", "_")
    if not _NAME.fullmatch(asked) or not plain[0].isalpha() or len(plain) > LONGEST or keyword.iskeyword(module):
        expected = f"letters, digits and dashes, a letter first, at most {LONGEST} of them, and not a Python keyword"
        raise InputError("NAME", f'found "{asked[:60]}"', expected, f"Try {_near(asked)}.")
    _refuse_taken(asked, plain, module)
    return Names(plain, module, plain.replace("-", " ").capitalize(), plain.upper())


def distribution(asked: str, licence: Licence) -> Mapping[str, str]:
    """The files of a distribution called `asked`: each one's path in it, and its text. Raises as `names` does."""
    named = names(asked)
    filled = {
        "name": named.distribution,
        "module": named.module,
        "key": named.distribution,
        "title": named.title,
        "rule": named.rule,
        "planner_version": __version__,
        "licence_lines": _LICENCE_LINES[licence],
        "licence_sentence": _LICENCE_SENTENCES[licence],
    }
    texts = {path: Template(_text("files", source)).substitute(filled) for path, source in _paths(named.module).items()}
    if licence != "none":
        texts["LICENSE"] = Template(_text("licences", f"{licence}{SUFFIX}")).substitute(filled)
    return texts


def _paths(module: str) -> dict[str, str]:
    """Where each file belongs in the distribution, and which of ours it is made from."""
    return {
        "pyproject.toml": "pyproject.toml.in",
        "README.md": "README.md.in",
        f"src/{module}/__init__.py": "src/__init__.py.in",
        f"src/{module}/py.typed": "src/py.typed.in",
        "tests/conftest.py": "tests/conftest.py.in",
        f"tests/test_{module}.py": "tests/test_pillar.py.in",
    }


def _text(folder: str, path: str) -> str:
    return files(__name__).joinpath(folder, *path.split("/")).read_text(encoding="utf-8")


def _refuse_taken(asked: str, plain: str, module: str) -> None:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  (slow to import, and needed here only)
    from importlib.util import find_spec  # noqa: PLC0415

    taken = next((e.contributor.distribution for e in entries(GROUP) if e.contributor.name == module), "")
    if taken:
        raise InputError("NAME", f'found "{asked}"', "a name that no installed plugin has", f"{taken} has it; try my-{plain}.")
    if find_spec(module) is not None:
        raise InputError("NAME", f'found "{asked}"', "a name that Python does not import already", f"Try my-{plain}.")
    try:
        version(plain)
    except PackageNotFoundError:
        return
    raise InputError("NAME", f'found "{asked}"', "a name that no installed distribution has", f"Try my-{plain}.")


def _near(asked: str) -> str:
    """A name that would do, as near to what was asked for as can be."""
    letters = re.sub(r"[^a-z0-9]+", "-", asked.lower()).strip("-")[: LONGEST - 3].strip("-")
    near = letters if letters[:1].isalpha() else f"my-{letters}".strip("-")
    return f"my-{near}" if keyword.iskeyword(near) else near if near != "my" else "my-pillar"


_LICENCE_LINES: dict[Licence, str] = {
    "MIT": 'license = "MIT"\nlicense-files = ["LICENSE"]',
    "Apache-2.0": 'license = "Apache-2.0"\nlicense-files = ["LICENSE"]',
    "none": 'classifiers = ["Private :: Do Not Upload"]',
}
_LICENCE_SENTENCES: dict[Licence, str] = {
    "MIT": "MIT, see LICENSE.",
    "Apache-2.0": "Apache-2.0, see LICENSE.",
    "none": "None yet: without one nobody else may use, change or share this. Add a LICENSE file before you publish it.",
}
