"""The roster fixture for tests of batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.roster.batches import write_roster

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def roster(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The `ROWS` of the test's own module as a CSV file."""
    return write_roster(tmp_path / "roster.csv", request.module.ROWS)
