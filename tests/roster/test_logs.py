"""Plans that follow the logs of a whole roster: the log's location, errors in a log, and when replanning is skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.journal.form import mapping_of
from planner.roster.logs import LogFolder
from planner.roster.long_log import LongLog
from planner.roster.manifest import Moment
from planner.roster.outcome import Outcome, packed
from tests.roster.batches import COLUMNS, plans, report, row, run, run_here, statuses
from tests.roster.test_cluster_work import Played, played

ROWS = [row(n, weeks="4") for n in range(3)]
WEEK_2 = "2027-01-11"
RUNS = ("2027-01-05,2,1,0", "2027-01-07,2,1,0", "2027-01-10,2.4,1,0")
HEAD = "date,run_km,pain_during,pain_next_morning\n"
LONG = "Timestamp,Your id,date of,How far?,Worst?,Next morning?\n"
MAPPED = ("Your id=athlete", "date of=date", "How far?=run_km", "Worst?=pain_during", "Next morning?=pain_next_morning")


def own_log(path: Path, *runs: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + "".join(f"{run}\n" for run in runs), encoding="utf-8")
    return path


def long_log(path: Path, **runs: tuple[str, ...]) -> Path:
    """A form's export; ids with an underscore for the hyphen."""
    lines = (f"now,{who.replace('_', '-')},{run}\n" for who, told in runs.items() for run in told)
    path.write_text(LONG + "".join(lines), encoding="utf-8")
    return path


def test_the_same_log_gives_the_same_plan_wherever_it_stands(roster: Path, tmp_path: Path) -> None:
    own_log(tmp_path / "logs" / "runner-0.csv", *RUNS)
    run_here(roster, tmp_path / "a", logs_in=tmp_path / "logs", day=WEEK_2)
    run_here(roster, tmp_path / "b", log=long_log(tmp_path / "form.csv", runner_0=RUNS), mapped=MAPPED, day=WEEK_2)
    both = [*COLUMNS, "log"]
    (tmp_path / "named.csv").write_text(
        "\n".join([",".join(both), ",".join(f'"{cell}"' for cell in (*ROWS[0].values(), "logs/runner-0.csv"))]), encoding="utf-8"
    )
    run_here(tmp_path / "named.csv", tmp_path / "c", day=WEEK_2)
    first = plans(tmp_path / "a")
    assert first == plans(tmp_path / "b")
    assert plans(tmp_path / "c")["runner-0.ics"] == first["runner-0.ics"]
    run_here(roster, tmp_path / "none", day=WEEK_2)
    assert all(data != first[name] for name, data in plans(tmp_path / "none").items()), "without a log all counts as planned"


def test_workers_and_other_machines_are_given_their_slice(roster: Path, tmp_path: Path) -> None:
    form = long_log(tmp_path / "form.csv", runner_0=RUNS, runner_2=RUNS[:1])
    run_here(roster, tmp_path / "here", log=form, mapped=MAPPED, day=WEEK_2, shards=2)
    asked = {"moment": Moment.read(WEEK_2, f"{WEEK_2}T00:00:00+00:00"), "shards": 2}
    with LongLog(form, mapping_of(MAPPED), None) as log:
        run(roster, tmp_path / "workers", workers=2, logs=log, **asked)
    with LongLog(form, mapping_of(MAPPED), None) as log:
        played(roster, tmp_path / "cluster", Played(), logs=log, **asked)
    assert plans(tmp_path / "workers") == plans(tmp_path / "here") == plans(tmp_path / "cluster")
    for name in ("report.csv", "monday.csv", "monday.txt"):
        assert (tmp_path / "workers" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


@pytest.mark.parametrize("kind", ["folder", "form"])
def test_only_whose_log_changed_is_planned_again_on_the_same_day(roster: Path, tmp_path: Path, kind: str) -> None:
    def again(*runs: str, **changed: object) -> dict[object, object]:
        if kind == "folder":
            own_log(tmp_path / "logs" / "runner-1.csv", *runs)
            changed["logs_in"] = tmp_path / "logs"
        else:
            changed |= {"log": long_log(tmp_path / "form.csv", ghost=RUNS[: len(runs)], runner_1=runs), "mapped": MAPPED}
        run_here(roster, tmp_path / "plans", **{"day": WEEK_2, **changed})
        return statuses(tmp_path / "plans")

    again(*RUNS[:1])
    good = plans(tmp_path / "plans")
    assert again(*RUNS[:1]) == dict.fromkeys(("runner-0", "runner-1", "runner-2"), "unchanged")
    assert again(*RUNS) == {"runner-0": "unchanged", "runner-1": "made", "runner-2": "unchanged"}
    assert {name for name, data in plans(tmp_path / "plans").items() if data != good[name]} == {"runner-1.ics"}
    assert set(again(*RUNS, day="2027-01-14").values()) == {"made"}, "another day, another past: two more runs were missed"


def test_a_change_far_down_a_long_log_is_seen(roster: Path, tmp_path: Path) -> None:
    padding = [f"# {'x' * 1000}"] * 1100
    for worst in (1, 5):
        own_log(tmp_path / "logs" / "runner-0.csv", *padding, f"2027-01-05,2,{worst},0")
        run_here(roster, tmp_path / "plans", logs_in=tmp_path / "logs", day=WEEK_2)
    assert statuses(tmp_path / "plans") == {"runner-0": "made", "runner-1": "unchanged", "runner-2": "unchanged"}


@pytest.mark.parametrize("kind", ["folder", "form"])
def test_a_bad_log_costs_its_athlete_with_file_line_and_column(roster: Path, tmp_path: Path, kind: str) -> None:
    bad = (RUNS[0], "2027-01-07,2,11,0")
    if kind == "folder":
        own_log(tmp_path / "logs" / "runner-1.csv", *bad)
        summary = run_here(roster, tmp_path / "plans", logs_in=tmp_path / "logs", day=WEEK_2)
        place = "logs/runner-1.csv, line 3, pain_during"
    else:
        form = long_log(tmp_path / "form.csv", runner_0=RUNS, runner_1=bad)
        summary = run_here(roster, tmp_path / "plans", log=form, mapped=MAPPED, day=WEEK_2)
        place = f'{form}, line 6, pain_during ("Worst?")'
    assert (summary.failed, summary.counts["made"]) == (1, 2)
    line = report(tmp_path / "plans")[1]
    assert line["error"] == f'{roster}, row 3: {place}: found "11"; expected a whole number from 0 to 10.'
    assert (line["status"], line["field"]) == ("refused", "log")


def test_rows_of_nobody_are_told_and_change_nothing(roster: Path, tmp_path: Path) -> None:
    run_here(roster, tmp_path / "a", log=long_log(tmp_path / "form.csv", runner_0=RUNS), mapped=MAPPED, day=WEEK_2)
    form = long_log(tmp_path / "form.csv", ghost=RUNS, runner_0=RUNS)
    summary = run_here(roster, tmp_path / "b", log=form, mapped=MAPPED, day=WEEK_2)
    assert (summary.failed, summary.strangers) == (0, 1)
    assert "In the logs, but not in the roster; they changed nothing (1)\n  ghost: 3 rows, the first on line 2\n" in summary.text()
    assert plans(tmp_path / "a") == plans(tmp_path / "b")
    own_log(tmp_path / "logs" / "Ghost.csv")
    own_log(tmp_path / "logs" / "runner-0.csv")
    (tmp_path / "logs" / "notes.txt").write_text("mine")
    assert "(1)\n  Ghost.csv\n" in run_here(roster, tmp_path / "c", logs_in=tmp_path / "logs", day=WEEK_2).text()


def test_two_logs_of_one_athlete_are_refused(tmp_path: Path) -> None:
    athletes = tmp_path / "athletes"
    athletes.mkdir()
    text = 'start = 2027-01-04\nweeks = 2\nlog = "own.csv"\n[running]\neasy_pace = "6:40"\n'
    (athletes / "ana.toml").write_text(text, encoding="utf-8")
    own_log(athletes / "own.csv", *RUNS)
    own_log(tmp_path / "logs" / "ana.csv", *RUNS)
    run_here(athletes, tmp_path / "plans", logs_in=tmp_path / "logs", day=WEEK_2)
    error = str(report(tmp_path / "plans")[0]["error"])
    assert 'ana.toml: log: found "own.csv", and logs/ana.csv too; expected one log for each athlete. Leave one of them out.' in error
    run_here(athletes, tmp_path / "plans", log=long_log(tmp_path / "form.csv", ana=RUNS), mapped=MAPPED, day=WEEK_2)
    assert "and rows in " in str(report(tmp_path / "plans")[0]["error"])
    run_here(athletes, tmp_path / "plans", log=long_log(tmp_path / "form.csv", ben=RUNS), mapped=MAPPED, day=WEEK_2)
    assert "refused" not in statuses(tmp_path / "plans").values(), "the own log is the only one then"


def test_a_link_out_of_the_folder_of_logs_is_not_followed(roster: Path, tmp_path: Path) -> None:
    own_log(tmp_path / "elsewhere.csv", *RUNS)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "runner-0.csv").symlink_to(tmp_path / "elsewhere.csv")
    run_here(roster, tmp_path / "plans", logs_in=tmp_path / "logs", day=WEEK_2)
    assert statuses(tmp_path / "plans")["runner-0"] == "refused"
    assert "is a link that leads out of" in str(report(tmp_path / "plans")[0]["error"])


def test_a_folder_of_logs_has_to_be_one(roster: Path, tmp_path: Path) -> None:
    for path in (roster, tmp_path / "none"):
        with pytest.raises(InputError, match="--logs"):
            LogFolder(path)


def test_what_is_kept_of_an_athlete_is_small(roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []

    def kept(found: Outcome) -> str:
        texts.append(packed(found))
        return texts[-1]

    monkeypatch.setattr("planner.roster.manifest.packed", kept)
    many = tuple(f"2027-01-{1 + n % 9:02d},1.{n:03d},{n % 5},0" for n in range(400))
    run_here(roster, tmp_path / "plans", log=long_log(tmp_path / "form.csv", runner_0=many), mapped=MAPPED, day=WEEK_2)
    assert len(texts) == 3
    assert max(len(text) for text in texts) < 2500
