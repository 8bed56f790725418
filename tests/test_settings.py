"""Settings: plain data in, frozen records out; errors name the place, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

import pytest
from attrs import field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.athlete_values import read_windows
from planner.errors import InputError
from planner.journal.log_cells import side
from planner.render import renderer
from planner.settings import about, nearest, structure, suggestion


@frozen(kw_only=True)
class Shoe:
    name: str = field(metadata=about("what you call the pair"))
    worn_km: Decimal = field(default=Decimal(0), metadata=about("so far", unit="km", least=0, most=5000))


@frozen(kw_only=True)
class Life:
    """Every kind of field there is."""

    start: date = field(metadata=about("the first day"))
    count: int = field(default=3, metadata=about("how many", unit="runs", least=2, most=5))
    share: Decimal | None = field(default=None, metadata=about("of the week", least=Decimal("0.5"), most=1))
    most_only: int = field(default=0, metadata=about("", most=9))
    least_only: int = field(default=9, metadata=about("", unit="m", least=1))
    plain: int | None = None
    notes: bool = False
    word: str = field(default="", metadata=about("a word", unit="letters"))
    side: Literal["left", "right"] = "left"
    level: Literal[1, 2] | None = None
    weeks: tuple[Decimal, ...] = field(default=(), metadata=about("", unit="km", least=0, most=400))
    sides: tuple[Literal["left", "right"], ...] = ()
    shoes: tuple[Shoe, ...] = ()
    spare: Shoe | None = None
    for_: tuple[str, ...] = ()
    long: int = field(default=0, metadata=about("", unit="s", most=7200))


@frozen(kw_only=True)
class Bare:
    must: int


START = date(2027, 1, 4)


def life(**data: object) -> Life:
    return structure(Life, {"start": START, **data}, "ana.toml")


def refusal(**data: object) -> str:
    with pytest.raises(InputError) as refused:
        life(**data)
    return str(refused.value)


def test_what_is_not_said_keeps_its_default() -> None:
    assert life() == Life(start=START)


def test_every_kind_of_right_value_is_read() -> None:
    read = life(
        count=2,
        share=Decimal("0.75"),
        plain=-7,
        notes=True,
        word="",
        side="right",
        level=2,
        weeks=[0, Decimal("4.5"), 400],
        sides=["left", "left"],
        shoes=[{"name": "blue"}, {"name": "red", "worn_km": Decimal("1.5")}],
        spare={"name": "old", "worn_km": 5000},
        **{"for": ["RED-01"]},
        long=5400,
    )
    assert read == Life(
        start=START,
        count=2,
        share=Decimal("0.75"),
        plain=-7,
        notes=True,
        side="right",
        level=2,
        weeks=(Decimal(0), Decimal("4.5"), Decimal(400)),
        sides=("left", "left"),
        shoes=(Shoe(name="blue"), Shoe(name="red", worn_km=Decimal("1.5"))),
        spare=Shoe(name="old", worn_km=Decimal(5000)),
        for_=("RED-01",),
        long=5400,
    )
    assert all(type(km) is Decimal for km in read.weeks)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"count": "3"}, 'ana.toml.count: found "3"; expected a whole number (runs).'),
        ({"count": True}, "ana.toml.count: found true; expected a whole number (runs)."),
        ({"count": Decimal("3.0")}, "ana.toml.count: found 3.0; expected a whole number (runs)."),
        ({"count": [3]}, "ana.toml.count: found a list; expected a whole number (runs)."),
        ({"plain": {}}, "ana.toml.plain: found a table; expected a whole number."),
        ({"plain": None}, "ana.toml.plain: found null; expected a whole number."),
        ({"share": "much"}, 'ana.toml.share: found "much"; expected a number.'),
        ({"share": False}, "ana.toml.share: found false; expected a number."),
        ({"share": 0.75}, "ana.toml.share: found 0.75; expected a number."),
        ({"share": Decimal("nan")}, "ana.toml.share: found NaN; expected a number."),
        ({"share": Decimal("-inf")}, "ana.toml.share: found -Infinity; expected a number."),
        ({"notes": 1}, "ana.toml.notes: found 1; expected true or false."),
        ({"notes": "true"}, 'ana.toml.notes: found "true"; expected true or false.'),
        ({"word": 7}, "ana.toml.word: found 7; expected text in quotes (letters)."),
        ({"start": "2027-01-04"}, 'ana.toml.start: found "2027-01-04"; expected a date like 2027-01-04.'),
        (
            {"start": datetime(2027, 1, 4, 7, tzinfo=UTC)},
            "ana.toml.start: found 2027-01-04 07:00:00+00:00; expected a date like 2027-01-04.",
        ),
        ({"side": "up"}, 'ana.toml.side: found "up"; expected one of left, right.'),
        ({"side": ["left"]}, "ana.toml.side: found a list; expected one of left, right."),
        ({"level": True}, "ana.toml.level: found true; expected one of 1, 2."),
        ({"level": Decimal(1)}, "ana.toml.level: found 1; expected one of 1, 2."),
        ({"level": 3}, "ana.toml.level: found 3; expected one of 1, 2."),
        ({"weeks": 4}, "ana.toml.weeks: found 4; expected a list in [ ]."),
        ({"weeks": "4"}, 'ana.toml.weeks: found "4"; expected a list in [ ].'),
        ({"weeks": [1, "two"]}, 'ana.toml.weeks[2]: found "two"; expected a number (km).'),
        ({"sides": ["left", "up"]}, 'ana.toml.sides[2]: found "up"; expected one of left, right.'),
        ({"shoes": {"name": "blue"}}, "ana.toml.shoes: found a table; expected a list in [ ]."),
        ({"shoes": ["blue"]}, 'ana.toml.shoes[1]: found "blue"; expected a table.'),
        ({"shoes": [{"name": "a"}, {}]}, "ana.toml.shoes[2].name: missing; expected what you call the pair."),
        ({"spare": [{"name": "a"}]}, "ana.toml.spare: found a list; expected a table."),
        ({"spare": {"name": "a", "worn_km": -1}}, "ana.toml.spare.worn_km: found -1; expected from 0 to 5000 km."),
        ({"for": "RED-01"}, 'ana.toml.for: found "RED-01"; expected a list in [ ].'),
    ],
)
def test_every_kind_of_wrong_value_is_named_with_its_place(data: dict[str, object], sentence: str) -> None:
    assert refusal(**data) == sentence


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"count": 1}, "ana.toml.count: found 1; expected from 2 to 5 runs."),
        ({"count": 6}, "ana.toml.count: found 6; expected from 2 to 5 runs."),
        ({"share": Decimal("0.49")}, "ana.toml.share: found 0.49; expected from 0.5 to 1."),
        ({"share": Decimal("1.01")}, "ana.toml.share: found 1.01; expected from 0.5 to 1."),
        ({"most_only": 10}, "ana.toml.most_only: found 10; expected at most 9."),
        ({"least_only": 0}, "ana.toml.least_only: found 0; expected at least 1 m."),
        ({"weeks": [3, Decimal("400.1")]}, "ana.toml.weeks: found 400.1; expected from 0 to 400 km."),
        ({"weeks": [Decimal("-0.1"), 3]}, "ana.toml.weeks: found -0.1; expected from 0 to 400 km."),
        ({"long": 7260}, "ana.toml.long: found 7260; expected at most 7200 s."),
    ],
)
def test_what_is_out_of_range_is_refused_with_the_range(data: dict[str, object], sentence: str) -> None:
    assert refusal(**data) == sentence


def test_both_ends_of_a_range_are_allowed() -> None:
    assert [life(count=n).count for n in (2, 5)] == [2, 5]
    assert [life(share=Decimal(s)).share for s in ("0.5", "1")] == [Decimal("0.5"), 1]
    assert (life(most_only=9).most_only, life(least_only=1).least_only, life(long=7200).long) == (9, 1, 7200)


def test_an_unknown_key_offers_the_nearest_one() -> None:
    assert refusal(cuont=3) == "ana.toml.cuont: unknown key; expected a known one. Did you mean `count`?"
    assert refusal(for_=["RED-01"]).endswith("Did you mean `for`?")
    assert refusal(shoes=[{"name": "blue", "worn": 3}]).endswith(
        "shoes[1].worn: unknown key; expected a known one. Did you mean `worn_km`?"
    )


def test_without_a_near_one_the_known_keys_are_listed() -> None:
    with pytest.raises(InputError) as refused:
        structure(Shoe, {"name": "blue", "zzz": 1}, "")
    assert str(refused.value) == "zzz: unknown key; expected a known one. Known here: name, worn_km."


def test_an_unknown_key_comes_before_a_missing_one() -> None:
    with pytest.raises(InputError, match="unknown key"):
        structure(Shoe, {"nmae": "blue"}, "")


def test_a_missing_value_says_what_it_would_be() -> None:
    with pytest.raises(InputError) as refused:
        structure(Life, {}, "ana.toml")
    assert str(refused.value) == "ana.toml.start: missing; expected the first day."
    with pytest.raises(InputError) as refused:
        structure(Bare, {}, "")
    assert str(refused.value) == "must: missing; expected a value."


@pytest.mark.parametrize(("data", "named"), [([], "a list"), ("x", '"x"'), (3, "3"), (None, "null")])
def test_data_that_is_no_table_is_refused(data: object, named: str) -> None:
    with pytest.raises(InputError) as refused:
        structure(Shoe, data, "shoes")
    assert str(refused.value) == f"shoes: found {named}; expected a table."


def test_long_and_unprintable_values_are_shown_short_and_harmless() -> None:
    shown = refusal(side="x" * 200).removeprefix("ana.toml.side: found ").split(";")[0]
    assert (len(shown), shown[:3], shown[-5:]) == (62, '"xx', 'x..."')
    exact = "y" * 60
    assert f'found "{exact}";' in refusal(side=exact)
    assert f'found "{exact[:57]}...";' in refusal(side=exact + "y")
    assert 'found "a\\x1b[31m\\nb";' in refusal(side="a\x1b[31m\nb")
    assert 'found "é"' in refusal(side="é")


def test_the_error_keeps_its_facts_and_can_be_seen_from_further_up() -> None:
    with pytest.raises(InputError) as refused:
        life(count=9)
    error = refused.value
    assert (error.where, error.found, error.expected, error.advice, error.exit_code) == (
        "ana.toml.count",
        "found 9",
        "from 2 to 5 runs",
        "",
        2,
    )
    assert str(error.within("batch 3")) == "batch 3: ana.toml.count: found 9; expected from 2 to 5 runs."


def test_the_nearest_word_is_offered_only_when_it_is_near() -> None:
    assert nearest("hip_strenght", ("mobility", "hip_strength")) == "Did you mean `hip_strength`?"
    assert nearest("xyz", ("b", "a")) == "Known here: a, b."
    assert nearest("xyz", ()) == "None is known here."
    assert suggestion("hip_strenght", ("mobility", "hip_strength")) == "Did you mean `hip_strength`?"
    assert not suggestion("xyz", ("b", "a"))


@pytest.mark.parametrize(
    "read", [lambda: renderer("nonsense"), lambda: side("nonsense"), lambda: read_windows(["18:00-19:00 nonsense"], "availability.mon")]
)
def test_a_message_that_says_what_is_expected_does_not_list_it_again(read: Callable[[], object]) -> None:
    with pytest.raises(InputError) as refused:
        read()
    assert refused.value.expected
    assert not refused.value.advice


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.decimals(allow_nan=False), st.just(Decimal("nan")), st.text(max_size=5), st.dates()
)
PLAIN = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(("name", "worn_km", "nmae")), inner, max_size=2)),
    max_leaves=6,
)
KEYS = ("start", "count", "share", "notes", "word", "side", "level", "weeks", "sides", "shoes", "spare", "for", "plain")


@given(st.dictionaries(st.sampled_from(KEYS), PLAIN, max_size=4))
@settings(max_examples=200)
def test_any_plain_data_is_read_or_refused_in_words(data: dict[str, object]) -> None:
    kept = {key: data[key] for key in ("count", "plain", "notes") if key in data}
    try:
        read = structure(Life, data, "any")
    except InputError as error:
        sentence = str(error)
    else:
        sentence = "any.: "
        assert {key: getattr(read, key) for key in kept} == kept
    assert sentence.startswith("any.")
    assert sentence.isprintable()
