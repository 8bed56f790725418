"""Synthetic recordings for tests in FIT, TCX and GPX, and the stretches that they contain."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

START = datetime(2027, 1, 5, 6, 2, tzinfo=UTC)
FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
METRES_PER_DEGREE = 111_195
"""Of latitude, on the sphere that gpxpy measures on."""
RUNNING, WALKING, CYCLING = 1, 11, 2
"""Numbers of sports in FIT."""
ACTIVITY, WORKOUT = 4, 5
"""Numbers of kinds of FIT files."""


class Stretch(NamedTuple):
    """So many seconds at a speed in centimetres a second, with a cadence in strides, or none."""

    seconds: int
    speed: int
    strides: int | None = None


RUN, WALK = Stretch(60, 260, 82), Stretch(90, 150, 56)
WALK_RUN = (Stretch(300, 150, 56), *[RUN, WALK] * 6, Stretch(300, 150, 56))
"""Five minutes of walking, six times a minute of running (936 m in all) and a minute and a half of walking, five minutes of walking."""
RUN_M, FOOT_M = 6 * 60 * 260 // 100, 6 * 60 * 260 // 100 + (600 + 6 * 90) * 150 // 100


def points(stretches: tuple[Stretch, ...], every: int = 1) -> list[tuple[int, int, int | None]]:
    """A record each `every` seconds: seconds, centimetres, strides; one at the start and one at the end."""
    found, at, way = [(0, 0, stretches[0].strides)], 0, 0
    for stretch in stretches:
        for second in range(1, stretch.seconds + 1):
            at, way = at + 1, way + stretch.speed
            if at % every == 0 or second == stretch.seconds:
                found.append((at, way, stretch.strides))
    return found


def fit(
    stretches: tuple[Stretch, ...] = WALK_RUN,
    *,
    start: datetime = START,
    sport: int = RUNNING,
    kind: int = ACTIVITY,
    cadence: bool = True,
    records: bool = True,
    every: int = 1,
    total_cm: int | None = None,
) -> bytes:
    """A FIT file of one session, with a header, CRCs, and a record each `every` seconds."""
    begin = int((start - FIT_EPOCH).total_seconds())
    told = points(stretches, every)
    length, way, _ = told[-1]
    body = _definition(0, 0, [(0, 1, 0x00), (4, 4, 0x86)]) + struct.pack("<BBI", 0, kind, begin)
    if records:
        body += _definition(1, 20, [(253, 4, 0x86), (5, 4, 0x86), (4, 1, 0x02), (3, 1, 0x02)])
        for at, metres, strides in told:
            body += struct.pack("<BIIBB", 1, begin + at, metres, 0xFF if strides is None or not cadence else strides, 140)
    body += _definition(2, 18, [(253, 4, 0x86), (2, 4, 0x86), (7, 4, 0x86), (8, 4, 0x86), (9, 4, 0x86), (5, 1, 0x00)])
    total = way if total_cm is None else total_cm
    body += struct.pack("<BIIIIIB", 2, begin + length, begin, length * 1000, length * 1000, total, sport)
    return whole_fit(body)


def whole_fit(body: bytes) -> bytes:
    """The messages of a FIT file between its header and its CRC."""
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    head += struct.pack("<H", _crc(head))
    return head + body + struct.pack("<H", _crc(head + body))


def _definition(local: int, number: int, fields: list[tuple[int, int, int]]) -> bytes:
    head = struct.pack("<BBBHB", 0x40 | local, 0, 0, number, len(fields))
    return head + b"".join(struct.pack("<BBB", *field) for field in fields)


def _crc(data: bytes) -> int:
    """The FIT checksum: CRC-16 with the polynomial 0xA001."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def tcx(stretches: tuple[Stretch, ...] = WALK_RUN, *, start: datetime = START, sport: str = "Running", cadence: bool = True) -> bytes:
    """A TCX file of one lap, as Garmin writes it, with the cadence in an extension."""
    told = points(stretches)
    rows = "".join(
        f"<Trackpoint><Time>{_time(start, at)}</Time><DistanceMeters>{way / 100:.2f}</DistanceMeters>{_tpx(strides if cadence else None)}"
        "</Trackpoint>"
        for at, way, strides in told
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">\n'
        f'<Activities><Activity Sport="{sport}"><Id>{_time(start, 0)}</Id><Lap StartTime="{_time(start, 0)}">'
        f"<TotalTimeSeconds>{told[-1][0]}</TotalTimeSeconds><DistanceMeters>{told[-1][1] / 100:.2f}</DistanceMeters>"
        f"<Calories>100</Calories><Track>{rows}</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def _tpx(strides: int | None) -> str:
    if strides is None:
        return ""
    space = "http://www.garmin.com/xmlschemas/ActivityExtension/v2"
    return f'<Extensions><TPX xmlns="{space}"><RunCadence>{strides}</RunCadence></TPX></Extensions>'


def gpx(
    stretches: tuple[Stretch, ...] = WALK_RUN,
    *,
    start: datetime = START,
    said: str = "running",
    cadence: bool = True,
    times: bool = True,
    every: int = 1,
) -> bytes:
    """A GPX file of one track due north, as Strava writes it."""
    rows = "".join(
        f'<trkpt lat="{52 + way / 100 / METRES_PER_DEGREE:.7f}" lon="13"><ele>40</ele>'
        f"{f'<time>{_time(start, at)}</time>' if times else ''}{_cad(strides if cadence else None)}</trkpt>"
        for at, way, strides in points(stretches, every)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1" '
        'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
        f"<trk><name>Morning</name><type>{said}</type><trkseg>{rows}</trkseg></trk></gpx>"
    ).encode()


def _cad(strides: int | None) -> str:
    if strides is None:
        return ""
    return f"<extensions><gpxtpx:TrackPointExtension><gpxtpx:cad>{strides}</gpxtpx:cad></gpxtpx:TrackPointExtension></extensions>"


def _time(start: datetime, at: int) -> str:
    return f"{start + timedelta(seconds=at):%Y-%m-%dT%H:%M:%SZ}"
