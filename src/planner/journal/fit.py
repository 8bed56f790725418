"""Activities in FIT files, read with fitdecode (the extra `fit`)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from struct import error as StructError  # noqa: N812  (renamed, as `error` says too little)
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.journal.activity import Activity, sport_of, steps, tidy, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fitdecode import FitDataMessage

    from planner.journal.activity import Sample

EXTRA = "pip install 'return-to-run[fit]'"
FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
MOST_MESSAGES = 300_000
WHOLE = "a whole FIT file"
AGAIN = "Copy it from the watch or download it again."
_FILE_ID, _SESSION, _RECORD = 0, 18, 20
_TIMESTAMP, _DISTANCE, _CADENCE = 253, 5, 4
_START, _SPORT, _SUB_SPORT, _ELAPSED, _TIMER, _TOTAL, _MEAN_CADENCE = 2, 5, 6, 7, 8, 9, 18
"""Message and field numbers of Garmin's global FIT profile."""
_ODD = (StructError, LookupError, ValueError, TypeError, ArithmeticError, AttributeError, AssertionError)
"""Exceptions that fitdecode lets through for malformed files."""


def read_fit(data: bytes, source: str) -> list[Activity]:
    """Return the activities in a FIT file, one per session; if there are several (a triathlon), only the runs if any.

    Raises `InputError` without a place if the extra is missing, or the file is cut short, broken or of another kind.
    """
    kind, sessions, records = _messages(data)
    if kind not in ("activity", ""):
        raise InputError("", f"this FIT file holds no activity, only: {kind}", "an activity", "Take it from the watch's folder Activity.")
    if not sessions and not records:
        raise InputError("", "this FIT file holds neither a session nor records", "an activity")
    found = [_activity(session, records, source) for session in sessions or [{}]]
    if len(found) > 1:
        found = [activity for activity in found if activity.sport == "run"] or found
    return found


def _messages(data: bytes) -> tuple[str, list[dict[int, object]], list[Sample]]:
    """Return the file's type, the fields of its sessions by number, and its records: seconds since `FIT_EPOCH`, metres, cadence."""
    try:
        import fitdecode  # noqa: PLC0415  (an extra that only FIT files need)
    except ImportError:
        raise InputError("", "the package fitdecode is not installed", f"it for FIT files: {EXTRA}") from None
    kind = ""
    sessions: list[dict[int, object]] = []
    records: list[Sample] = []
    check, lenient = fitdecode.CrcCheck.RAISE, fitdecode.ErrorHandling.IGNORE
    try:
        with fitdecode.FitReader(BytesIO(data), processor=None, check_crc=check, error_handling=lenient) as reader:
            for number, frame in enumerate(reader):
                if not isinstance(frame, fitdecode.FitDataMessage):
                    continue
                if number > MOST_MESSAGES:
                    raise InputError("", f"more than {MOST_MESSAGES} messages", "an activity of a day at most")
                message = frame.def_mesg.global_mesg_num
                if message == _RECORD:
                    records += _record(frame)
                elif message == _SESSION:
                    sessions.append(dict(_fields(frame)))
                elif message == _FILE_ID:
                    kind = str(dict(_fields(frame)).get(0) or "")
    except fitdecode.FitEOFError:
        raise InputError("", f"it is cut short after {len(data)} bytes", WHOLE, AGAIN) from None
    except (fitdecode.FitError, *_ODD) as error:
        raise InputError("", f"it is broken ({str(error)[:80] or type(error).__name__})", WHOLE, AGAIN) from None
    return kind, sessions, records


def _fields(frame: FitDataMessage) -> Iterator[tuple[int, object]]:
    """Yield a message's fields by number, without developer fields."""
    for field in frame.fields:
        definition = field.field_def
        if definition is None:
            yield field.field.def_num, field.value
        elif not definition.is_dev:
            yield definition.def_num, field.value


def _record(frame: FitDataMessage) -> Iterator[Sample]:
    """Yield the record's sample if it has a time and a distance."""
    at = metres = cadence = None
    for number, value in _fields(frame):
        if number == _TIMESTAMP:
            at = value
        elif number == _DISTANCE:
            metres = value
        elif number == _CADENCE:
            cadence = value
    when, far = whole(at), whole(metres)
    if when is not None and far is not None:
        yield when, far, whole(cadence)


def _activity(session: Mapping[int, object], records: Sequence[Sample], source: str) -> Activity:
    """Build the activity of one session with the records in its time span; without a session, from the records alone."""
    first = whole(session.get(_START))
    if first is None:
        if not records:
            raise InputError("", "it does not say when it started", "an activity with a start")
        first = records[0][0]
    elapsed = whole(session.get(_ELAPSED))
    last = None if elapsed is None else first + elapsed + 1
    samples = tidy((at - first, metres, cadence) for at, metres, cadence in records if at >= first and (last is None or at <= last))
    said = " ".join(str(session[key]) for key in (_SPORT, _SUB_SPORT) if isinstance(session.get(key), str) and session[key] != "generic")
    total = whole(session.get(_TOTAL))
    return Activity(
        source=source,
        reader="fit",
        start=FIT_EPOCH + timedelta(seconds=first),
        sport=sport_of(str(session.get(_SPORT) or "")),
        said=said,
        seconds=whole(session.get(_TIMER)) or elapsed or (samples[-1][0] if samples else None),
        metres=total if total is not None else samples[-1][1] if samples else None,
        cadence=steps([whole(session.get(_MEAN_CADENCE))])[0],
        records=samples,
    )
