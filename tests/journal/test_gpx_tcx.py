"""GPX and TCX files, and the checks of XML before they are parsed."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.errors import InputError
from planner.journal.gpx import read_gpx
from planner.journal.run_walk_split import tell_apart
from planner.journal.tcx import read_tcx
from planner.journal.xml_text import root_name
from tests.journal.recordings import FOOT_M, RUN_M, START, Stretch, gpx, tcx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.journal.activity import Activity

LONG = (Stretch(120, 250, 80),)
BOMB = b"""<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><gpx><name>&b;</name></gpx>"""


def gpx_activities(data: bytes, source: str) -> Sequence[Activity]:
    return read_gpx(data, source).activities


@pytest.mark.parametrize(("read", "data"), [(gpx_activities, gpx()), (read_tcx, tcx())])
def test_a_walk_run(read: Callable[[bytes, str], Sequence[Activity]], data: bytes) -> None:
    (activity,) = read(data, "run.gpx")
    assert (activity.source, activity.sport, activity.start) == ("run.gpx", "run", START)
    assert activity.metres is not None
    assert abs(activity.metres - FOOT_M) <= 5
    assert activity.records[100][2] == 112
    split = tell_apart(activity.records)
    assert abs(split.run_m - RUN_M) <= RUN_M * 2 // 100


@pytest.mark.parametrize(("said", "sport"), [("9", "run"), ("trail_running", "run"), ("hiking", "walk"), ("cycling", "other"), ("", "")])
def test_what_a_gpx_says_it_is(said: str, sport: str) -> None:
    assert gpx_activities(gpx(LONG, said=said), "x")[0].sport == sport


@pytest.mark.parametrize(("said", "sport"), [("Running", "run"), ("Biking", "other"), ("Other", "")])
def test_what_a_tcx_says_it_is(said: str, sport: str) -> None:
    assert read_tcx(tcx(LONG, sport=said), "x")[0].sport == sport


def test_a_gpx_without_times_is_refused() -> None:
    with pytest.raises(InputError, match="have no times"):
        read_gpx(gpx(times=False), "x")
    with pytest.raises(InputError, match="holds no track"):
        read_gpx(b'<gpx version="1.1"><wpt lat="1" lon="2"/></gpx>', "x")


def test_a_gpx_from_1901_is_read_as_it_stands() -> None:
    assert gpx_activities(gpx(LONG, start=datetime(1901, 1, 1, tzinfo=UTC)), "x")[0].start.year == 1901


def test_the_way_between_two_segments_is_not_counted() -> None:
    one, other = gpx(LONG), gpx(LONG, start=START.replace(hour=7))
    segment = other[other.index(b"<trkseg>") : other.index(b"</trk>")].replace(b'lon="13"', b'lon="14"')
    (activity,) = gpx_activities(one.replace(b"</trk>", segment + b"</trk>"), "x")
    assert activity.metres is not None
    assert abs(activity.metres - 600) <= 2
    assert abs(tell_apart(activity.records).run_s - 240) <= 5


def test_tracks_are_activities_and_those_without_times_are_not() -> None:
    one, other, third = gpx(LONG), gpx(LONG, times=False), gpx(LONG, start=START.replace(hour=9))
    tracks = b"".join(data[data.index(b"<trk>") : data.index(b"</gpx>")] for data in (other, third))
    found = read_gpx(one.replace(b"</gpx>", tracks + b"</gpx>"), "x.gpx")
    assert [activity.source for activity in found.activities] == ["x.gpx: track 1", "x.gpx: track 3"]
    assert [(aside.where, aside.wrong) for aside in found.aside] == [("track 2", False)]


def test_several_activities_in_a_tcx_are_not_taken_for_one() -> None:
    whole = tcx(LONG)
    twice = whole.replace(b"</Activities>", whole[whole.index(b"<Activity ") : whole.index(b"</Activities>")] + b"</Activities>")
    with pytest.raises(InputError, match="2 activities in one TCX file"):
        read_tcx(twice, "x")
    with pytest.raises(InputError, match="holds no activity"):
        read_tcx(b'<TrainingCenterDatabase xmlns="x"><Courses/></TrainingCenterDatabase>', "x")


@pytest.mark.parametrize(
    "change",
    [
        (b"<Time>", b"<Time>never"),
        (b"<Calories>100", b"<Calories>many"),
        (b"<DistanceMeters>300.00</Dis", b"<DistanceMeters>far</Dis"),
        (b"<Calories>100", b"<x:y/>100"),
    ],
)
def test_a_tcx_with_something_else_in_it_is_refused_and_prints_nothing(
    change: tuple[bytes, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError, match="it is broken"):
        read_tcx(tcx(LONG).replace(*change), "x")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-1e400"])
def test_numbers_that_are_none_do_no_harm(word: str) -> None:
    data = tcx(LONG).replace(b"<DistanceMeters>125.00", f"<DistanceMeters>{word}".encode())
    assert read_tcx(data, "x")[0].metres == 300
    place = gpx(LONG).replace(b'lat="52.0000225"', f'lat="{word}"'.encode())
    assert gpx_activities(place, "x")[0].records[-1][1] > 280
    early = gpx(LONG).replace(b"2027-01-05T06:02:00Z", b"0001-01-01T00:00:00+05:00")
    with pytest.raises(InputError, match="it starts in the year 1"):
        read_gpx(early, "x")


@pytest.mark.parametrize("package", ["gpxpy", "tcxreader.tcxreader"])
def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(InputError, match=r"pip install 'return-to-run\[activities\]'"):
        _ = read_gpx(gpx(LONG), "x") if package == "gpxpy" else read_tcx(tcx(LONG), "x")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    with pytest.raises(InputError, match="a document type"):
        root_name(BOMB.decode().replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gpx(LONG)[:-40], "line 2: it is broken or cut short"),
        (b"<gpx", "line 1: it is broken or cut short"),
        (b"<a/>" * 4_000_001, "stranger ones, than activities have"),
        (b"<gpx>" + b" xmlns" * 300 + b"</gpx>", "stranger ones, than activities have"),
        (b'<?xml version="1.0" encoding="klingon"?><gpx/>', "it "),
    ],
)
def test_what_is_no_whole_xml_is_refused_with_its_line(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        root_name(data)


def test_the_name_of_the_root_is_without_its_namespace() -> None:
    assert root_name(gpx(LONG)) == "gpx"
    assert root_name(tcx(LONG)) == "TrainingCenterDatabase"
    assert root_name(b'<x:gpx xmlns:x="y"/>') == "gpx"


SHORT = (gpx((Stretch(4, 250, 80),)), tcx((Stretch(4, 250, 80),)))
TEXTS = st.one_of(
    st.text(),
    st.text("0123456789²٣.-eE ", max_size=20),
    st.sampled_from(["²", "9" * 5000, "9" * 4000, "1e400", "nan"]),
)
"""What may stand in an element: whatever text there is, and what is nearly a number."""


def xml_of(text: str) -> str:
    """Text as it stands in XML 1.0, which has no place for most control characters."""
    return escape("".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")))


@given(st.sampled_from(["cad", "ele", "time", "name", "type"]), TEXTS)
@example("cad", "²")
@example("cad", "9" * 5000)
def test_whatever_an_element_of_a_gpx_says_it_is_read_or_refused(name: str, text: str) -> None:
    data = re.sub(rf"(<(?:gpxtpx:)?{name}>)[^<]*", lambda found: found[1] + xml_of(text), SHORT[0].decode(), count=2)
    with suppress(InputError):
        for activity in gpx_activities(data.encode(), "x"):
            assert all(cadence is None or 0 < cadence < 10**10 for _, _, cadence in activity.records)


@given(st.sampled_from(["Time", "DistanceMeters", "RunCadence", "TotalTimeSeconds", "Calories", "Id"]), TEXTS)
@example("RunCadence", "9" * 4000)
@example("DistanceMeters", "1e300")
def test_whatever_an_element_of_a_tcx_says_it_is_read_or_refused(name: str, text: str) -> None:
    data = re.sub(rf"(<{name}>)[^<]*", lambda found: found[1] + xml_of(text), SHORT[1].decode(), count=2)
    with suppress(InputError):
        for activity in read_tcx(data.encode(), "x"):
            assert all(cadence is None or abs(cadence) < 10**10 for _, _, cadence in activity.records)
            assert activity.metres is None or activity.metres < 10**9


WHOLE = (gpx((Stretch(20, 250, 80),)), tcx((Stretch(20, 250, 80),)))


@given(st.sampled_from(WHOLE), st.integers(0, 5000), st.binary(min_size=1, max_size=6))
def test_whatever_stands_in_the_file_it_is_read_or_refused(data: bytes, at: int, junk: bytes) -> None:
    at %= len(data)
    changed = data[:at] + junk + data[at + len(junk) :]
    try:
        root = root_name(changed)
        if root == "gpx":
            read_gpx(changed, "x")
        elif root == "TrainingCenterDatabase":
            read_tcx(changed, "x")
    except InputError:
        return
