"""The athlete that most command tests use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.helpers import EXAMPLES


@pytest.fixture
def ana(tmp_path: Path) -> Path:
    """Ana's file in a folder of its own. A module that wants another Ana has a fixture of this name."""
    return Path(shutil.copy(EXAMPLES / "ana.toml", tmp_path))
