"""How much running and walking a workout's text specifies, and where it is ambiguous."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planner.foreign.records import Amount, Dose
from planner.foreign.tokens import fold
from planner.foreign.wording import hear
from planner.foreign.workouts import UnclearError, read_workout

DAY = date(2027, 1, 4)


def minutes(run: str, walk: str = "0") -> Dose:
    return Dose(Amount(seconds=int(Decimal(run) * 60)), Amount(seconds=int(Decimal(walk) * 60)))


def km(run: str, walk: str = "0") -> Dose:
    return Dose(Amount(km=Decimal(run)), Amount(km=Decimal(walk)))


def miles(run: str, walk: str = "0") -> Dose:
    return Dose(Amount(miles=Decimal(run)), Amount(miles=Decimal(walk)))


@pytest.mark.parametrize(
    ("words", "dose"),
    [
        ("5 km", km("5")),
        ("10k", km("10")),
        ("3 mi easy", miles("3")),
        ("3½ mi", miles("3.5")),
        ("1 1/2 miles", miles("1.5")),
        ("Run 4,5 km", km("4.5")),
        ("Run 400m", km("0.4")),
        ("1,600 m run", km("1.6")),
        ("Run 30 min", minutes("30")),
        ("Run for 20 minutes", minutes("20")),
        ("Easy run 45'", minutes("45")),
        ("Easy run 45′", minutes("45")),
        ("Long run 1h30", minutes("90")),
        ("Long run 1 h 30 min", minutes("90")),
        ("Run 1.5 hours", minutes("90")),
        ("1:05:30", minutes("65.5")),
        ("Easy run: 23:30 min", minutes("23.5")),
        ("8 x (1 min run / 2 min walk)", minutes("8", "16")),
        ("8×(1 min run – 2 min walk)", minutes("8", "16")),
        ("8x1 min run, 2 min walk", minutes("8", "16")),
        ("6 x 3 min run with 90 s walk", minutes("18", "9")),
        ("run 1 min walk 2 min x 6", minutes("6", "12")),
        ("(1 min run, 1 min walk) x 8", minutes("8", "8")),
        ("2 x (5 x (1 min run, 1 min walk))", minutes("10", "10")),
        ("1'30\" run / 2' walk x 5", minutes("7.5", "10")),
        ("5 min walk then run 20 min", minutes("20", "5")),
        ("5 min warm-up walk, 8 x (1 min run, 1.5 min walk), 5 min cool-down walk", minutes("8", "12")),
        ("Couch to 5k: 8 x (60 s run / 90 s walk)", minutes("8", "12")),
        ("10 x 400 m", km("4")),
        ("10 x 400 m, 90 s rest", km("4")),
        ("10 x 400 m / 200 m jog", km("6")),
        ("2 km warm-up, 5 km tempo, 2 km cool-down", km("9")),
        ("Run 5 km + 2 km", km("7")),
        ("recovery 5 km", km("5")),
    ],
)
def test_words_that_say_how_much_are_read(words: str, dose: Dose) -> None:
    assert read_workout(fold(words)) == dose


@pytest.mark.parametrize(
    ("words", "dose"),
    [
        ("Run 5 km (30 min)", km("5")),
        ("30 min, 5 km", km("5")),
        ("Easy run - 5 km - 30 min", km("5")),
        ("Run 3 miles (4.8 km)", miles("3")),
        ("5 km @ 6:00/km", km("5")),
        ("30 min at 5:30 per km", minutes("30")),
        ("10 km with 4 x 1 km fast", km("10")),
        ("Long run 10 km, last 3 km fast", km("10")),
        ("8 km with 100 m of climb at 10 km/h", km("8")),
    ],
)
def test_what_is_part_of_a_run_or_says_it_again_is_counted_once(words: str, dose: Dose) -> None:
    assert read_workout(fold(words)) == dose


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Run 5-6 km", "`5-6 km` leaves it open"),
        ("Run 30 to 40 min", "leaves it open"),
        ("5 km or rest", "`or` leaves it open"),
        ("Run 30m", "`30m` leaves it open"),
        ("Run -5 km", "`-5 km` leaves it open"),
        ("run/walk 30 min", "not how much of each"),
        ("Run 5 km with walk breaks", "not how much of each"),
        ("Run 5 km, 8 km, 3 km", "not whether they add up"),
        ("10 min warm-up, 20 min run", "run or walked"),
        ("walk 20 min", "not how much is run"),
        ("Run 2000 km", "more than anybody runs"),
        ("Run 30 h", "more than anybody runs"),
        ("999 x (999 x (10 km))", "more than anybody runs"),
        ("((((((5 km))))))", "brackets inside brackets"),
        ("1 km " * 500, "more words"),
    ],
)
def test_words_that_leave_it_open_are_not_guessed(words: str, why: str) -> None:
    with pytest.raises(UnclearError, match=why.replace("(", r"\(")):
        read_workout(fold(words))


@pytest.mark.parametrize("words", ["", "Easy run", "Week 3", "Run at 7:00", "Intervals", "(", ")", "x 3"])
def test_words_without_an_amount_say_nothing(words: str) -> None:
    assert read_workout(fold(words)) is None


@pytest.mark.parametrize(
    ("title", "details", "dose"),
    [
        ("Easy run", "5 km, flat", km("5")),
        ("Tuesday club", "Run 30 min together", minutes("30")),
        ("Run 5 km", "10 km if you feel like it", km("5")),
        ("Tempo 20 min", "", minutes("20")),
        ("Half marathon", "In Berlin, start at 9:00", km("21.0975")),
        ("Race day: Marathon!", "", km("42.195")),
        ("Half-marathon race", "", km("21.0975")),
        ("10k", "", km("10")),
    ],
)
def test_the_title_is_read_first_and_then_the_details(title: str, details: str, dose: Dose) -> None:
    run, not_counted, not_read = hear("event 1", DAY, title, details)
    assert run is not None
    assert (run.dose, run.title, not_counted, not_read) == (dose, title, (), ())


@pytest.mark.parametrize(
    ("title", "why", "load"),
    [
        ("Rest", "a day off", ""),
        ("Strength 30 min", "no run: strength", "strength"),
        ("Easy bike 45 min", "no run: bike", "cross-training"),
        ("Recovery swim 1 km", "no run: swim", "cross-training"),
        ("Yoga", "no run: yoga", ""),
        ("Brisk walk 5 km", "no run: walking", ""),
        ("Dentist", "nothing in its words says that it is a run", ""),
        ("Marathon training week 3", "nothing in its words says that it is a run", ""),
        ("Marathon bike ride 100 km", "no run: bike", "cross-training"),
        ("Cross-country skiing", "no run: skiing", "cross-training"),
    ],
)
def test_what_is_no_run_is_listed_with_what_it_loads(title: str, why: str, load: str) -> None:
    run, not_counted, not_read = hear("event 1", DAY, title)
    assert (run, not_read) == (None, ())
    assert [(aside.why, aside.load, aside.title) for aside in not_counted] == [(why, load, title)]


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Long run",
            "Intervals",
            "Run or bike 40 min",
            "Drive 12 km to the club",
            "Bike and run 40 min",
            "Parkrun",
            "Ultra",
            "Ultramarathon",
        ),
        *("Berlin Marathon", "Half marathon pace", "Half marathon pace 5 km", "10 miler", "Cross country", "Hill sprints", "Dauerlauf"),
        *("Ultramarathon", "Marathon and yoga", "Marathon (sub 4:00:00)"),
    ],
)
def test_what_may_be_a_run_and_does_not_say_how_much_is_listed_as_not_read(title: str) -> None:
    run, _, not_read = hear("event 1", DAY, title)
    assert run is None
    assert [aside.title for aside in not_read] == [title]


def test_a_race_with_an_amount_in_its_details_is_not_read() -> None:
    run, not_counted, not_read = hear("event 1", DAY, "Half marathon", "Warm up with 2 km of easy running")
    assert (run, not_counted) == (None, ())
    assert [aside.why for aside in not_read] == ["a race, and an amount in its details that may be part of it"]


def test_another_sport_beside_a_run_is_listed_and_the_run_counts() -> None:
    run, not_counted, not_read = hear("line 2", DAY, "Run 5 km + strength 20 min")
    assert run is not None
    assert run.dose == km("5")
    assert [(aside.why, aside.load) for aside in not_counted] == [("no run: strength", "strength")]
    assert not_read == ()


@pytest.mark.parametrize(
    ("title", "read", "aside", "unread"),
    [
        ("Core 10 min + 5 km easy", [km("5")], ["no run: core"], 0),
        ("Run 5 km, 30 min + strength", [km("5")], ["no run: strength"], 0),
        ("Core + 5 km", [], [], 1),
        ("Core + 5 km easy", [], [], 1),
        ("Bike 20 km + 45 min", [], [], 1),
        ("Bike 20 km, 45 min", [], ["no run: bike"], 0),
        ("Off-road 5 km", [], [], 1),
        ("Rest or 3 km easy", [], [], 1),
        ("30 min", [], [], 1),
        ("Tempo", [], [], 1),
    ],
)
def test_nothing_that_may_be_a_run_is_dropped_as_something_else(title: str, read: list[Dose], aside: list[str], unread: int) -> None:
    run, not_counted, not_read = hear("line 2", DAY, title)
    assert ([run.dose] if run else [], [a.why for a in not_counted], len(not_read)) == (read, aside, unread)


def test_a_kind_of_activity_from_its_own_column_goes_before_the_title() -> None:
    run, _, _ = hear("line 2", DAY, "Round the lake 12 km", sport="Running")
    assert run is not None
    assert run.dose == km("12")
    ride, not_counted, _ = hear("line 2", DAY, "Morning run-in 12 km", sport="Cycling")
    assert ride is None
    assert [aside.why for aside in not_counted] == ["no run: cycling"]


@pytest.mark.parametrize("text", ["\0" * 50, "run " * 10_000, "(" * 5000, "9" * 5000 + " km", "🏃 run 5 km 🏃", "x" * 100_000])
def test_strange_text_is_read_or_listed(text: str) -> None:
    run, not_counted, not_read = hear("event 1", DAY, text, text)
    assert run or not_counted or not_read
    assert all(len(found.title) <= 60 for found in (*not_counted, *not_read))
