"""`[[commitments]]` and `[[override]]` in the athlete file: accepted values, and the message for each mistake."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planner.athlete import Athlete, Commitment, Override, Window
from planner.athlete_file import read_athlete
from planner.errors import InputError

LEAST = 'start = 2027-01-04\n[running]\neasy_pace = "6:40"\n'
MILES = LEAST.replace("[", 'units = "mi"\n[', 1)
CLUB = '[[commitments]]\nname = "Club run"\n'
EVERY = f'{CLUB}km = 6\non = "tue"\n'
RUN = '[[override]]\ndate = 2027-01-05\nsession = "progression/run#1"\n'
KIM = f'{RUN}by = "Kim"\n'


def read(folder: Path, text: str) -> Athlete:
    path = folder / "ana.toml"
    path.write_text(text, encoding="utf-8")
    return read_athlete(path)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(InputError) as caught:
        read(folder, text)
    return str(caught.value).removeprefix(f"{folder / 'ana.toml'}: ")


def test_a_weekly_commitment_and_a_race(tmp_path: Path) -> None:
    text = (
        EVERY
        + 'time = "18:00-19:00"\nuntil = 2027-03-30\n'
        + '[[commitments]]\nname = "Race"\nkm = 10.5\nkind = "race"\ndate = 2027-02-14\n'
    )
    club, race = read(tmp_path, LEAST + text).commitments
    window = Window(start=1080, end=1140)
    assert club == Commitment(name="Club run", km=Decimal(6), on="tue", time=window, until=date(2027, 3, 30))
    assert race == Commitment(name="Race", km=Decimal("10.5"), kind="race", date=date(2027, 2, 14))


def test_miles_become_exact_kilometres(tmp_path: Path) -> None:
    (club,) = read(tmp_path, f'{MILES}{CLUB}mi = 3.1\non = "tue"\n').commitments
    assert club.km == Decimal("4.9889664")


def test_each_change_by_hand(tmp_path: Path) -> None:
    changes = ("move = 2027-01-06", "shorten = 20", "note = 'easy'")
    one = read(tmp_path, LEAST + "".join(f"{KIM}{change}\n" for change in changes)).override
    assert [(o.move, o.shorten, o.note) for o in one] == [(date(2027, 1, 6), None, ""), (None, 20, ""), (None, None, "easy")]
    (gone,) = read(tmp_path, f"{LEAST}{KIM}drop = true\n").override
    assert gone == Override(date=date(2027, 1, 5), session="progression/run#1", by="Kim", drop=True)


def test_overrides_of_other_weeks_sessions_or_notes_go_together(tmp_path: Path) -> None:
    next_week = KIM.replace("2027-01-05", "2027-01-11")
    text = f"{KIM}drop = true\n{KIM}note = 'a'\n{KIM}note = 'b'\n{next_week}shorten = 5\n{KIM.replace('#1', '#2')}shorten = 5\n"
    assert len(read(tmp_path, LEAST + text).override) == 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f'{CLUB}km = 6\non = "tue"\ndate = 2027-01-05\n',
            "commitments[1]: both on and date; expected a weekday (every week) or a date (once)",
        ),
        (f"{CLUB}km = 6\n", "commitments[1]: neither on nor date; expected a line like on ="),
        (f'{CLUB}km = 6\non = "tues"\n', 'commitments[1].on: found "tues"; expected one of mon, tue, wed'),
        (f'{CLUB}km = -6\non = "tue"\n', "commitments[1].km: found -6; expected from 0.5 to 200 km"),
        (f'{CLUB}on = "tue"\n', "commitments[1].km: missing; expected how far it goes"),
        (f'{CLUB}mi = 6\non = "tue"\n', 'commitments[1].mi: miles in a file with units = "km"; expected the key km'),
        (f'{EVERY}kind = "walk"\n', 'commitments[1].kind: found "walk"; expected one of run, race'),
        (f'{EVERY}time = "18:00"\n', 'commitments[1].time: found "18:00"; expected hours like "07:00-08:00"'),
        (f'{EVERY}time = "18:00-19:00 run"\n', 'commitments[1].time: found "18:00-19:00 run"; expected hours alone'),
        (
            f"{CLUB}km = 6\ndate = 2027-01-05\nuntil = 2027-01-06\n",
            "commitments[1].until: found an end date for something that happens once; expected until only with on",
        ),
        (f'{EVERY}until = "2027-03-30"\n', 'commitments[1].until: found "2027-03-30"; expected a date without quotes'),
        (f"{EVERY}{EVERY}", 'commitments[2].name: found "Club run" beside "Club run"; expected a different name for each'),
        (f"{EVERY}{EVERY.replace('Club run', 'club-RUN!')}", 'commitments[2].name: found "club-RUN!" beside "Club run"'),
        (EVERY.replace("Club run", " "), 'commitments[1].name: found ""'),
        (EVERY.replace("Club run", "a\\nb"), "commitments[1].name: found "),
        (
            EVERY.replace("[[", "[").replace("]]", "]"),
            "commitments: found the heading [commitments]; expected [[commitments]] with two brackets",
        ),
        (f"{EVERY}dates = 3\n", "commitments[1].dates: unknown key; expected a known one. Did you mean `date`?"),
    ],
)
def test_a_mistake_in_a_commitment_is_answered(tmp_path: Path, text: str, words: str) -> None:
    assert refused(tmp_path, LEAST + text).startswith(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{RUN}drop = true\n", "override[1].by: missing; expected who says so"),
        (f'{RUN}by = " "\ndrop = true\n', 'override[1].by: found " "; expected who says so, by name'),
        (KIM, "override[1]: found none of them; expected one of move, shorten, drop, note"),
        (f"{KIM}drop = false\n", "override[1]: found none of them"),
        (f"{KIM}drop = true\nshorten = 5\n", "override[1]: found shorten and drop; expected one of move, shorten, drop, note"),
        (f"{KIM}shorten = 0\n", "override[1].shorten: found 0; expected from 1 to 1440 min"),
        (f"{KIM}move = 2027-01-11\n", "override[1].move: found 2027-01-11; expected a day of the same week as 2027-01-05"),
        (f"{KIM}move = 2027-01-03\n", "override[1].move: found 2027-01-03; expected a day of the same week as 2027-01-05"),
        (f"{KIM.replace('2027-01-05', '9999-12-31')}move = 2027-01-03\n", "override[1].move: found 2027-01-03; expected a day of the same"),
        (
            f"{KIM.replace('#1', '')}drop = true\n",
            'override[1].session: found "progression/run"; expected a session\'s name, like progression/run#1',
        ),
        (f"{KIM}drop = true\n{KIM}drop = true\n", "override[2]: found drop for progression/run#1, which override[1] would drop"),
        (f"{KIM}shorten = 5\n{KIM}shorten = 6\n", "override[2]: found shorten for progression/run#1, which override[1] would shorten"),
        (f"{KIM}move = 2027-01-06\n{KIM}drop = true\n", "override[2]: found drop for progression/run#1, which override[1] would move"),
        (f"{KIM}note = 'a'\n{KIM}drop = true\n{KIM}shorten = 9\n", "override[3]: found shorten for progression/run#1, which override[2]"),
        (f"{KIM}note = {'x' * 301!r}\n", "override[1].note: found 301 characters; expected at most 300"),
    ],
)
def test_a_mistake_in_an_override_is_answered(tmp_path: Path, text: str, words: str) -> None:
    assert refused(tmp_path, LEAST + text).startswith(words)
