"""The coach's pages are in English whatever the athletes' language; the athletes' own calendars keep theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import AuditError, StopError
from planner.maker import Maker
from planner.roster.logs import LogFolder
from planner.roster.recipe import Recipe, recipe_of
from planner.roster.sources import open_roster
from tests.roster.batches import plans, report, row, run_here, write_roster

HEAD = "date,run_km,pain_during,swelling,limp,painkiller,red_flag\n"
MONDAY = "2027-01-11"
PAGES = ("summary.txt", "monday.txt", "monday.csv")


def recipe(roster: Path, language: str, logs: Path | None = None) -> Recipe:
    base = roster.with_name(f"{language}.toml")
    base.write_text(f'language = "{language}"\n', encoding="utf-8")
    return recipe_of(open_roster(roster), roster, defaults=base, logs=logs)


def test_the_pages_of_a_german_group_are_those_of_an_english_one(tmp_path: Path) -> None:
    rows = [row(n, weeks="12") for n in range(4)]
    rows += [row(4, screening__red_flags="RED-05"), row(5, running__easy_pace="99"), row(6, availability__mon="none")]
    rows += [row(7, weeks="12", screening__red_flags="RED-12")]
    roster, logs = write_roster(tmp_path / "roster.csv", rows), tmp_path / "logs"
    logs.mkdir()
    (logs / "runner-0.csv").write_text(f"{HEAD}2027-01-09,2,7,yes,yes,yes,\n", encoding="utf-8")
    (logs / "runner-1.csv").write_text(f"{HEAD}2027-01-09,2,1,,,,RED-04\n", encoding="utf-8")
    for language in ("en", "de"):
        folder = tmp_path / f"plans-{language}"
        run_here(roster, folder, recipe=recipe(roster, language))
        with LogFolder(logs) as folder_of_logs:
            run_here(roster, folder, recipe=recipe(roster, language, logs), logs=folder_of_logs, day=MONDAY)
    english, german = tmp_path / "plans-en", tmp_path / "plans-de"
    assert "RED-04: " in (english / "monday.txt").read_text(encoding="utf-8")
    for page in PAGES:
        assert (german / page).read_bytes() == (english / page).read_bytes()
    for one, other in zip(report(german), report(english), strict=True):
        assert (one["id"], one["status"], one["error"], one["field"]) == (other["id"], other["status"], other["error"], other["field"])
    stopped = plans(german)["runner-1.ics"].decode().replace("\r\n ", "")
    assert "das Knie ist blockiert" in stopped
    assert "das Knie ist blockiert" not in (german / "report.csv").read_text(encoding="utf-8")


def test_a_law_that_the_past_breaks_is_reported_in_english(tmp_path: Path) -> None:
    free = {"availability__mon": "", "availability__wed": "", "availability__sun": ""}
    found = []
    for language in ("en", "de"):
        folder = tmp_path / language
        for day, changed in (("2027-01-03", {}), ("2027-01-08", {"availability__tue": "none", "availability__thu": "none"})):
            roster = write_roster(tmp_path / "roster.csv", [row(0, weeks="12", **free, **changed)])
            run_here(roster, folder, recipe=recipe(roster, language), day=day)
        found.append(report(folder)[0]["breaks"])
    assert found[0]
    assert found[1] == found[0]


@pytest.mark.parametrize("kind", [StopError, AuditError])
def test_an_error_that_does_not_come_again_in_english_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[StopError | AuditError]
) -> None:
    plan = Maker.plan

    def fails(maker: Maker, athlete: object, *args: object, **more: object) -> object:
        if athlete.language == "de":  # type: ignore[attr-defined]
            raise kind(["auf Deutsch"])
        return plan(maker, athlete, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Maker, "plan", fails)
    roster = write_roster(tmp_path / "roster.csv", [row(0)])
    run_here(roster, tmp_path / "plans", recipe=recipe(roster, "de"))
    (line,) = report(tmp_path / "plans")
    assert line["status"] == ("stop" if kind is StopError else "bug")
    assert "auf Deutsch" in str(line["error"])


def test_a_bug_is_reported_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_maker: Maker, athlete: object, *_args: object, **_more: object) -> object:
        raise AuditError([f"week 3 in {athlete.language}"])  # type: ignore[attr-defined]

    monkeypatch.setattr(Maker, "plan", fails)
    roster = write_roster(tmp_path / "roster.csv", [row(0)])
    run_here(roster, tmp_path / "plans", recipe=recipe(roster, "de"))
    assert "week 3 in en" in str(report(tmp_path / "plans")[0]["error"])
