"""Adding and correcting log rows: only the row itself changes."""

from __future__ import annotations

import re
import stat
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.entry import Entry
from planner.errors import InputError
from planner.journal.log_cells import COLUMNS, IN_MILES
from planner.journal.log_file import OpenLog, editing, read_log
from planner.journal.log_rows import LogText, _scan
from tests.journal.logs import CHANGES, Given, add, correct, logs

TODAY = date(2027, 1, 10)
MONDAY = Entry(date=date(2027, 1, 4), run_m=5200, seconds=2100, pain_before=0, pain_during=2)
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
HERE = Path("ana-log.csv")


def opened(text: str) -> OpenLog:
    return OpenLog(LogText(text), HERE, miles=False, today=TODAY)


def lines_of(text: str) -> list[str]:
    return LINE.findall(text)


@settings(max_examples=300)
@given(logs(), CHANGES)
def test_adding_changes_nothing_that_stands(given_log: Given, values: dict[str, object]) -> None:
    log = opened(given_log.text)
    before = log.entries
    entry = Entry(**{"date": TODAY, **values})  # type: ignore[arg-type]
    (added,) = log.add([entry])
    assert evolve(added, line=0) == entry
    assert set(log.entries) == {*before, added}
    assert opened(log.text()).entries == log.entries
    old, new = lines_of(given_log.text), lines_of(log.text())
    assert len(new) == len(old) + 1
    changed = [n for n, (one, other) in enumerate(zip(old, new[:-1], strict=True)) if one != other]
    only_ended = [n for n in changed if n == len(old) - 1 and new[n].rstrip("\r\n") == old[n]]
    assert_only_the_names_grew(old, new, [n for n in changed if n not in only_ended])


@settings(max_examples=300)
@given(logs().filter(lambda log: bool(log.rows)), CHANGES, st.data())
def test_correcting_changes_one_row_alone(given_log: Given, values: dict[str, object], data: st.DataObject) -> None:
    log = opened(given_log.text)
    before = log.entries
    entry = data.draw(st.sampled_from(before))
    emptied = data.draw(st.sets(st.sampled_from(["run_m", "note", "limp"])))
    changes = {**values, **dict.fromkeys(emptied)}
    corrected = log.correct(entry, changes)  # type: ignore[arg-type]
    said = {name: ("" if name == "note" else None) if value is None else value for name, value in changes.items()}
    assert corrected == evolve(entry, **said)
    assert [e for e in log.entries if e.line != entry.line] == [e for e in before if e.line != entry.line]
    old, new = lines_of(given_log.text), lines_of(log.text())
    assert len(new) == len(old)
    changed = [n for n, (one, other) in enumerate(zip(old, new, strict=True)) if one != other and n != entry.line - 1]
    only_ended = [n for n in changed if n == len(old) - 1 and new[n].rstrip("\r\n") == old[n]]
    assert_only_the_names_grew(old, new, [n for n in changed if n not in only_ended])
    assert other_cells(log.text(), entry.line, changes) == other_cells(given_log.text, entry.line, changes)


def other_cells(text: str, line: int, fields: Collection[str]) -> list[str]:
    """The cells of a row that say nothing about these fields, with everything between them and the separators around them."""
    log = LogText(text)
    raw = next(row.raw for row in log.rows() if row.number == line).rstrip("\r\n")
    inside, _ = _scan(raw, 0, log.delimiter, line)
    ends = [*(raw.index(log.delimiter, cell.end) for cell in inside[:-1]), len(raw)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    whole = [raw[start:end] for start, end in zip(starts, ends, strict=True)]
    named = zip(log.names, whole, strict=False)
    return [cell for name, cell in named if name not in COLUMNS or COLUMNS[name].field not in fields]


def assert_only_the_names_grew(old: list[str], new: list[str], changed: list[int]) -> None:
    assert len(changed) <= 1
    for n in changed:
        assert "date" in old[n].casefold()
        assert new[n].startswith(old[n].rstrip("\r\n"))
        grown = new[n].rstrip("\r\n")[len(old[n].rstrip("\r\n")) + 1 :]
        assert set(re.split("[,;]", grown)) <= set(COLUMNS) - set(IN_MILES)


@settings(max_examples=300)
@given(logs().filter(lambda log: bool(log.rows)), st.data())
def test_saying_the_same_again_changes_only_how_the_row_says_it(given_log: Given, data: st.DataObject) -> None:
    log = opened(given_log.text)
    entry = data.draw(st.sampled_from(log.entries))
    assert log.correct(entry, {}) == entry
    assert log.text() == given_log.text


def test_a_new_log_has_every_column_in_the_athletes_unit(tmp_path: Path) -> None:
    path = tmp_path / "ana-log.csv"
    (added,) = add(path, [MONDAY])
    head, row = path.read_text(encoding="utf-8").splitlines()
    assert head == (
        "date,session,run_km,foot_km,minutes,pain_before,pain_during,pain_after,pain_next_morning,side,swelling,limp,painkiller,red_flag,"
        "rpe,sets_done,cadence,shoes,akps,knee_worst,note"
    )
    assert row == "2027-01-04,,5.2,,35,0,2" + "," * 14
    assert read_log(path, today=TODAY) == (added,) == (evolve(MONDAY, line=2),)
    miles = tmp_path / "ben-log.csv"
    add(miles, [MONDAY], miles=True)
    assert "date,session,run_mi,foot_mi,minutes" in miles.read_text(encoding="utf-8")
    assert read_log(miles, miles=True, today=TODAY)[0].run_m == 5200


def test_what_is_written_is_read_as_a_row_and_not_as_a_comment(tmp_path: Path) -> None:
    path = tmp_path / "ana-log.csv"
    path.write_text("note,date\n", encoding="utf-8")
    add(path, [Entry(date=MONDAY.date, note="#1 of the year"), Entry(date=MONDAY.date, note='"quoted", twice')])
    assert path.read_text(encoding="utf-8") == 'note,date\n"#1 of the year",2027-01-04\n"""quoted"", twice",2027-01-04\n'
    assert [entry.note for entry in read_log(path, today=None)] == ["#1 of the year", '"quoted", twice']


def test_decimals_are_written_as_the_log_writes_them(tmp_path: Path) -> None:
    for text, row in (
        ("date;run_km\n2027-01-01;3,1\n", "2027-01-04;5,2"),
        ("date;run_km\n2027-01-01;3.1\n", "2027-01-04;5.2"),
        ("date;run_km\n", "2027-01-04;5,2"),
        ("date,run_km\n", "2027-01-04,5.2"),
    ):
        path = tmp_path / "log.csv"
        path.write_text(text, encoding="utf-8")
        add(path, [Entry(date=MONDAY.date, run_m=5200)])
        assert path.read_text(encoding="utf-8") == f"{text}{row}\n"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (evolve(MONDAY, pain_during=11), 'line 3, pain_during: found "11"'),
        (evolve(MONDAY, date=date(2027, 1, 11)), "line 3, date: found 2027-01-11"),
        (evolve(MONDAY, run_m=-1), "line 3, run_km"),
        (evolve(MONDAY, red_flag="RED-99"), "line 3, red_flag"),
        (MONDAY, "line 2: this very row of 2027-01-04 is there already"),
    ],
)
def test_what_cannot_be_leaves_the_log_as_it_was(tmp_path: Path, wrong: Entry, words: str) -> None:
    path = tmp_path / "ana-log.csv"
    add(path, [MONDAY], today=TODAY)
    before = path.read_bytes()
    for entries in ([wrong], [evolve(MONDAY, date=date(2027, 1, 5)), wrong]):
        with pytest.raises(InputError) as caught:
            add(path, entries, today=TODAY)
        assert words.replace("line 3", f"line {2 + len(entries)}") in str(caught.value)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_one_row_twice_in_one_go_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the same row twice in what is to be added"):
        add(tmp_path / "ana-log.csv", [MONDAY, evolve(MONDAY, line=7)])
    assert list(tmp_path.iterdir()) == []


def test_a_broken_log_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "ana-log.csv"
    path.write_text('date,note\n2027-01-01,"never closed\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"ana-log\.csv, line 2: a quote that is never closed"):
        add(path, [MONDAY])
    assert path.read_text(encoding="utf-8") == 'date,note\n2027-01-01,"never closed\n'


def test_a_row_is_known_by_what_it_says_wherever_it_went(tmp_path: Path) -> None:
    path = tmp_path / "ana-log.csv"
    (old,) = add(path, [MONDAY])
    path.write_text("# more\n# lines\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert correct(path, old, {"pain_after": 1}) == evolve(MONDAY, pain_after=1, line=4)
    with pytest.raises(InputError, match="the row of 2027-01-04 is not there any more, or says something else now"):
        correct(path, old, {"pain_after": 2})
    with pytest.raises(ValueError, match="no field pain_affter"):
        correct(path, read_log(path, today=None)[0], {"pain_affter": 2})


def test_a_log_keeps_its_permissions_and_a_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "ana-log.csv"
    real.write_text("date\n", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    add(link, [Entry(date=MONDAY.date)])
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "date\n2027-01-04\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_many_rows_one_by_one_are_as_good_as_all_at_once(tmp_path: Path) -> None:
    entries = [evolve(MONDAY, date=MONDAY.date - timedelta(days=n)) for n in range(60)]
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    add(one, entries)
    with editing(other) as log:
        for entry in entries:
            log.add([entry])
        with pytest.raises(InputError, match="line 61: this very row of 2026-11-06"):
            log.add(entries[-1:])
        with pytest.raises(InputError, match="line 62, pain_during"):
            log.add([evolve(MONDAY, pain_during=11)])
        assert len(log.entries) == 60
    assert one.read_bytes() == other.read_bytes()
