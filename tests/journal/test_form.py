"""Long logs from forms: header mapping, and the rows of one athlete."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InputError
from planner.journal.form import Form, FormRow, Told, entries_of, form_of, mapping_of

HEADERS = ("Timestamp", "Your id", "How  was your knee?", "Anything else?")
MAPPING = mapping_of(["Timestamp=date", "your ID=athlete", "How was your knee?=pain_during"])
FORM = form_of("form.csv", 1, HEADERS, MAPPING)


def told(*rows: tuple[str, ...], form: Form = FORM) -> Told:
    return Told(form, tuple(FormRow(line, cells) for line, cells in enumerate(rows, 7)), tuple(f"when {n}" for n in range(len(rows))))


def test_headers_become_columns_whatever_their_case_and_spaces() -> None:
    assert FORM.columns == ("date", "athlete", "pain_during", "")
    assert form_of("log.csv", 1, ("date", "Athlete", "run_km"), {}).columns == ("date", "athlete", "run_km")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Knee", 'found "Knee"; expected a header, = and a column of the log. For instance: --map "How was your knee?=pain_during"'),
        ("=date", "expected a header"),
        ("Knee=pain_durin", 'found the column "pain_durin"; expected a column of the log. Did you mean `pain_during`?'),
        ("Knee=", "Known here: "),
    ],
)
def test_what_is_no_mapping_says_what_is_near(text: str, said: str) -> None:
    with pytest.raises(InputError, match="--map: ") as caught:
        mapping_of([text])
    assert said in str(caught.value)


def test_a_header_with_an_equals_sign_is_mapped_by_the_last_one() -> None:
    assert mapping_of(["0 = none, 10 = worst=pain_during"]) == {"0 = none, 10 = worst": "pain_during"}


@pytest.mark.parametrize(
    ("headers", "mapping", "said"),
    [
        (
            ("date", "athlete"),
            {"knee": "pain_during"},
            '--map: found the header "knee"; expected one that is in form.csv. Known here: ',
        ),
        (("date", "athlete", "knees"), {"knee": "pain_during"}, "Did you mean `knees`?"),
        (
            ("when", "athlete"),
            {},
            "line 3: found no column `date`; expected one that says when it was. If another column says so, name it: --map",
        ),
        (("date", "who"), {}, "found no column `athlete`; expected one that says whose each row is: the id in the roster."),
        (("date", "athlete", "A", "B"), {"a": "rpe", "b": "rpe"}, 'found `rpe` in 2 columns: "A", "B"; expected it once.'),
        (("date", "athlete", "run_km", "run_mi"), {}, "found both `run_km` and `run_mi`; expected one of them."),
    ],
)
def test_a_first_row_that_leaves_something_open_is_refused(headers: tuple[str, ...], mapping: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        form_of("form.csv", 3, headers, mapping)
    assert said in str(caught.value)


def test_the_rows_of_one_athlete_are_a_log_with_their_own_lines() -> None:
    later, earlier = entries_of(told(("2027-01-06", "ana", "3", ""), ("2027-01-04", "ana", "1", 'she said "so; #so"')))[::-1]
    assert (earlier.date, earlier.pain_during, earlier.line, earlier.note) == (date(2027, 1, 4), 1, 8, "")
    assert (later.date, later.line) == (date(2027, 1, 6), 7)
    assert entries_of(told()) == ()


def test_a_cell_that_cannot_be_so_is_told_with_line_column_and_header() -> None:
    with pytest.raises(InputError) as caught:
        entries_of(told(("2027-01-04", "ana", "1", ""), ("2027-01-06", "ana", "11", "")))
    assert str(caught.value) == ('form.csv, line 8, pain_during ("How  was your knee?"): found "11"; expected a whole number from 0 to 10.')


def test_a_row_that_is_wrong_as_a_whole_is_told_with_its_line() -> None:
    broken = Told(FORM, (FormRow(9, ("2027-01-04", "ana", "1", ""), "found 6 cells; expected 4"),), ("",))
    with pytest.raises(InputError, match=r"form\.csv, line 9: found 6 cells; expected 4"):
        entries_of(broken)


def test_the_same_answers_twice_a_day_are_two_rows_and_the_same_row_twice_is_a_mistake() -> None:
    row = ("2027-01-04", "ana", "1", "")
    assert len(entries_of(told(row, row))) == 2
    twice = Told(FORM, (FormRow(7, row), FormRow(8, row)), ("1/4/2027 7:03", "1/4/2027 7:03"))
    with pytest.raises(InputError, match=r"form\.csv, line 8: the same row as line 7"):
        entries_of(twice)


def test_miles_and_decimal_commas_are_read() -> None:
    form = form_of("log.csv", 1, ("date", "athlete", "run_mi"), {})
    assert [entry.run_m for entry in entries_of(told(("2027-01-04", "ana", "1,5"), ("2027-01-06", "ana", "2"), form=form))] == [2414, 3218]


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20), max_size=5))
def test_words_come_through_whatever_they_hold(notes: list[str]) -> None:
    form = form_of("log.csv", 1, ("date", "athlete", "note"), {})
    wanted = [" ".join(note.split()) for note in notes]
    if any(not note.isprintable() for note in wanted):
        return
    assert [entry.note for entry in entries_of(told(*(("2027-01-04", "ana", note) for note in wanted), form=form))] == wanted


GERMAN = ("date", "athlete", "run_km", "side", "limp", "swelling", "painkiller", "red_flag")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("2,1 km", "links", "ja", "Nein", "WAHR", "keine"), (2100, "left", True, False, True, "")),
        (("2,1", "Rechts", "J", "n", "FALSCH", "nein"), (2100, "right", True, False, False, "")),
        (("2 km", "beide", "nein", "ja", "x", "RED-04"), (2000, "both", False, True, True, "RED-04")),
    ],
)
def test_the_answers_of_a_german_form_are_read(cells: tuple[str, ...], expected: tuple[object, ...]) -> None:
    (entry,) = entries_of(told(("2027-01-04", "ana", *cells), form=form_of("antworten.csv", 1, GERMAN, {})))
    assert (entry.run_m, entry.side, entry.limp, entry.swelling, entry.painkiller, entry.red_flag) == expected
