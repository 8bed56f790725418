"""The manifest: what it records, and how long an interrupted run can be resumed."""

from __future__ import annotations

import errno
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from planner.errors import OutputError
from planner.roster.facts import LogFacts
from planner.roster.manifest import NAME, Manifest, Moment
from planner.roster.outcome import FileFacts, Said, packed, unpacked
from tests.roster.batches import outcome

NOW = datetime(2027, 1, 3, 9, tzinfo=UTC)
FILE = FileFacts("runner-1.ics", "ab" * 32, 1234, 1_800_000_000_123_456_789)
FULL = outcome(
    3, name="Zoë", files=(FILE,), zone="Europe/Berlin", day="2027-01-03", as_of="2027-01-03", weeks=12, margin=-700, law="law-2",
    findings=(Said("law-2", "warning", "", 2), Said("shoes-due", "info", "footwear", 1)), goal_week=17, error="",
)  # fmt: skip


def test_an_outcome_comes_back_as_it_was_with_the_number_it_has_now() -> None:
    assert unpacked(packed(FULL), 9) == FULL._replace(number=9)
    assert "\n" not in packed(FULL._replace(name="two\nlines"))


def test_what_an_older_planner_kept_of_a_log_is_read() -> None:
    text = packed(outcome(1, log=LogFacts(1, 2, 3, ("RED-04",))))
    for kept in ("", ',0,0,"","",[]'):
        older = text.replace('["RED-04"],0,0,"","",[],"",""]', f'["RED-04"]{kept}]')
        assert older != text
        assert unpacked(older, 1) == unpacked(text, 1)
    full = outcome(1, log=LogFacts(1, 2, 3, ("RED-04",), later=1, knee=("limp",), later_signs="RED-05", later_knee="swelling"))
    assert unpacked(packed(full), 1) == full


def test_what_was_noted_is_found_whatever_the_letter_case(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    manifest.begin(None, NOW, shards=0)
    manifest.note(["runner-3"], [("digest", FULL)])
    manifest.close()
    manifest = Manifest(tmp_path)
    entry = manifest.entry("RUNNER-3")
    assert entry is not None
    assert (entry.digest, entry.zone, entry.day, bool(entry.in_shard)) == ("digest", "Europe/Berlin", "2027-01-03", False)
    assert unpacked(entry.outcome, 3) == FULL._replace(run=1)
    assert manifest.entry("nobody") is None
    assert manifest.entry("\ud83c") is None, "half a character is nobody's id"
    manifest.close()


@pytest.mark.parametrize(
    ("asked", "pause", "finished", "moment", "goes_on"),
    [
        (None, timedelta(hours=14), False, Moment(date(2027, 1, 3), NOW), True),
        (None, timedelta(hours=16), False, Moment(None, NOW + timedelta(hours=16)), False),
        (None, timedelta(hours=1), True, Moment(None, NOW + timedelta(hours=1)), False),
        (Moment(date(2027, 1, 5), NOW), timedelta(hours=1), False, Moment(date(2027, 1, 5), NOW), False),
    ],
    ids=["soon", "too late", "it was finished", "another moment is asked for"],
)
def test_an_interrupted_run_keeps_its_moment(
    tmp_path: Path, asked: Moment | None, pause: timedelta, finished: bool, moment: Moment, goes_on: bool
) -> None:
    manifest = Manifest(tmp_path)
    assert manifest.begin(Moment(date(2027, 1, 3), NOW), NOW, shards=0) == (Moment(date(2027, 1, 3), NOW), False)
    if finished:
        manifest.finish()
    manifest.close()
    manifest = Manifest(tmp_path)
    assert manifest.begin(asked, NOW + pause, shards=0) == (moment, goes_on)
    manifest.close()


@pytest.mark.parametrize(
    ("zones", "begun", "now", "goes_on"),
    [
        (["Europe/Berlin"], "2027-01-03T20:00", "2027-01-03T22:59", True),
        (["Europe/Berlin"], "2027-01-03T20:00", "2027-01-03T23:00", False),
        (["Europe/Berlin"], "2027-01-03T23:30", "2027-01-04T00:30", True),
        (["Europe/Berlin", "Pacific/Auckland"], "2027-01-04T10:30", "2027-01-04T11:30", False),
        (["Nowhere/There"], "2027-01-03T20:00", "2027-01-04T20:00", True),
        ([], "2027-01-03T23:30", "2027-01-04T00:30", False),
    ],
)
def test_a_run_is_not_gone_on_with_on_another_day_of_any_athlete(
    tmp_path: Path, zones: list[str], begun: str, now: str, goes_on: bool
) -> None:
    first, then = datetime.fromisoformat(f"{begun}+00:00"), datetime.fromisoformat(f"{now}+00:00")
    manifest = Manifest(tmp_path)
    manifest.begin(None, first, shards=0)
    manifest.note([], [("d", outcome(n, zone=zone)) for n, zone in enumerate(zones)])
    assert manifest.begin(None, then, shards=0) == (Moment(None, first if goes_on else then), goes_on)
    manifest.close()


def test_only_whom_this_run_has_not_seen_has_vanished(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    manifest.begin(None, NOW, shards=0)
    manifest.note([], [("d", outcome(n, files=(FILE,))) for n in range(4)])
    assert list(manifest.vanished()) == []
    manifest.begin(None, NOW, shards=0)
    manifest.note(["RUNNER-0"], [("d", outcome(1))])
    assert [(o.id, o.status, o.standing) for o in manifest.vanished()] == [(f"runner-{n}", "vanished", (FILE,)) for n in (2, 3)]
    manifest.close()


def test_what_another_version_wrote_in_another_form_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = Manifest(tmp_path)
    manifest.begin(None, NOW, shards=2)
    manifest.note([], [("d", FULL)])
    manifest.close()
    monkeypatch.setattr("planner.roster.manifest._FORM", "2")
    manifest = Manifest(tmp_path)
    assert manifest.begin(None, NOW + timedelta(hours=1), shards=3) == (Moment(None, NOW + timedelta(hours=1)), False)
    assert manifest.entry("runner-3") is None
    manifest.close()


def test_a_folder_that_cannot_hold_it_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(OutputError, match="could not be used"):
        Manifest(tmp_path)


@pytest.mark.parametrize("begun", [False, True])
def test_a_read_only_folder_is_not_blamed_on_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: bool) -> None:
    if begun:
        Manifest(tmp_path).close()
    (tmp_path / f"{NAME}-wal").mkdir()  # SQLite cannot work here

    def refused(**_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("planner.roster.manifest.TemporaryFile", refused)
    with pytest.raises(OutputError, match=r"could not be written \(Read-only file system\).* run the same command again") as caught:
        Manifest(tmp_path)
    assert "damaged" not in str(caught.value)
    monkeypatch.undo()
    with pytest.raises(OutputError, match="could not be used"):
        Manifest(tmp_path)
