"""Reads activities from a path; the reader is chosen by a file's content rather than its name."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from planner.errors import InputError
from planner.journal.archive import FILES, GZIP, ZIP, Folder, gunzipped, opened_zip, read_bounded
from planner.journal.run_walk_split import Change, tell_apart
from planner.journal.tables import Aside, Read, read_table
from planner.records import Record
from planner.text_decoding import content_start

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.journal.activity import Activity
    from planner.journal.archive import Place

RECORDINGS = (".fit", ".tcx", ".gpx", ".fit.gz", ".tcx.gz", ".gpx.gz")
"""File endings searched for in a folder or a zip; a file given on its own may have any name."""


@frozen(kw_only=True, eq=False, repr=False)
class ActivityReader(Record):
    """Reads activities. `miles` is the unit of tables that do not state one, `change` the pace at which the athlete changes to running."""

    miles: bool = False
    change: Change = field(factory=Change)

    def read(self, path: Path) -> Read:
        """Return every activity in a file, a folder or a zip, with records reduced to a running and walking split.

        Never raises: what cannot be read is listed in `aside` with its name and the reason.
        """
        name = str(path)
        try:
            if path.is_dir():
                return self._place(Folder(path), name)
            if _starts_as_zip(path):
                with opened_zip(path) as place:
                    return self._place(place, name)
            found = self._file(read_bounded(path), name)
        except InputError as error:
            return Read(aside=(_at(name, Aside("", error)),))
        return self._with_recordings(found, Folder(path.parent), name, "") if path.name == "activities.csv" else found

    def _place(self, place: Place, name: str) -> Read:
        """Read a folder or a zip: what Strava's table names if there is one, else every recording."""
        names = place.names()
        listed = min((n for n in names if PurePosixPath(n).name == "activities.csv"), key=lambda n: n.count("/"), default=None)
        if listed is not None:
            folder = listed.removesuffix("activities.csv")
            return self._with_recordings(self._file(place.read(listed), f"{name}: {listed}"), place, name, folder)
        recordings = [n for n in names if n.lower().endswith(RECORDINGS)]
        if not recordings:
            raise InputError("", "no activity file in it", "files ending in .fit, .tcx or .gpx, or Strava's activities.csv")
        return _together(self._inside(place, name, n) for n in recordings)

    def _with_recordings(self, table: Read, place: Place, name: str, folder: str) -> Read:
        """Add the recordings that Strava's table names; a row whose recording is missing stays as it is."""
        wanted = [activity.file for activity in table.activities if activity.file]
        found = [self._inside(place, name, folder + n, n) for n in dict.fromkeys(wanted) if place.has(folder + n)]
        return _together([table, *found])

    def _inside(self, place: Place, name: str, inside: str, called: str = "") -> Read:
        """Read one file of a folder or a zip; `called` is its name in the table that names it."""
        named = f"{name}: {called or inside}"
        try:
            return self._file(place.read(inside), named)
        except InputError as error:
            return Read(aside=(_at(named, Aside("", error)),))

    def _file(self, data: bytes, name: str) -> Read:
        """Return the activities in a file's bytes. Raises `InputError` if it is no activity file."""
        if data.startswith(GZIP):
            data = gunzipped(data)
        start = content_start(data[:256])
        if not start:
            raise InputError("", "it is empty", FILES)
        if start.startswith((ZIP, GZIP)):
            raise InputError("", "a packed file within a packed file", FILES, "Unpack it once.")
        if data[8:12] == b".FIT" or name.lower().endswith((".fit", ".fit.gz")):
            from planner.journal.fit import read_fit  # noqa: PLC0415  (each kind of file imports its own reader)

            return self._told(read_fit(data, name))
        if start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<")):
            return self._told(*_xml(data, name))
        return self._table(data, name)

    def _told(self, activities: Iterable[Activity], aside: Iterable[Aside] = ()) -> Read:
        return Read(tuple([self._apart(activity) for activity in activities]), tuple(aside))

    def _apart(self, activity: Activity) -> Activity:
        """Replace an activity's records by their running and walking split, as the records of a year would not fit into memory."""
        split = tell_apart(activity.records, self.change)
        moved = split.run_m + split.walk_m > 0
        return evolve(activity, records=(), split=split if moved else None)

    def _table(self, data: bytes, name: str) -> Read:
        from planner.journal import garmin, strava, trainingpeaks  # noqa: PLC0415

        table = read_table(data)
        names = set(table.names)
        if names >= strava.COLUMNS:
            read = strava.read_strava(table, name, miles=self.miles)
        elif names >= garmin.COLUMNS:
            read = garmin.read_garmin(table, name, miles=self.miles)
        elif names >= trainingpeaks.COLUMNS:
            read = trainingpeaks.read_trainingpeaks(table, name)
        else:
            expected = "an activity file, or a table of Strava, Garmin Connect or TrainingPeaks with its English names of columns"
            raise InputError(
                "", "this is not an activity file that can be read", expected, "Runs in other tables can be written into the log by hand."
            )
        if not table.rows:
            raise InputError("", "a row of names and nothing under it", "a row for each activity")
        return Read(read.activities, tuple([_at(name, aside) for aside in read.aside]))


def _xml(data: bytes, name: str) -> Read:
    from planner.journal.xml_text import root_name  # noqa: PLC0415

    data = data.lstrip() if data[:1].isspace() else data
    root = root_name(data)
    if root == "gpx":
        from planner.journal.gpx import read_gpx  # noqa: PLC0415

        read = read_gpx(data, name)
        return Read(read.activities, tuple([_at(name, aside) for aside in read.aside]))
    if root == "TrainingCenterDatabase":
        from planner.journal.tcx import read_tcx  # noqa: PLC0415

        return Read(tuple(read_tcx(data, name)))
    kind = "a web page" if root.lower() == "html" else f"XML of another kind (<{root[:40]}>)"
    raise InputError("", f"this is {kind}", "GPX or TCX", "Download the recording itself.")


def _starts_as_zip(path: Path) -> bool:
    """Whether a file is a zip; False if it cannot be opened, which its reader reports."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(4) in (ZIP, b"PK\x05\x06")
    except (OSError, ValueError):
        return False


def _at(name: str, aside: Aside) -> Aside:
    """Add the file's name to the place of something left aside."""
    where = ": ".join(part for part in (name, aside.where, aside.error.where) if part)
    return Aside(where, InputError(where, aside.error.found, aside.error.expected, aside.error.advice), aside.wrong)


def _together(read: Iterable[Read]) -> Read:
    parts = list(read)
    return Read(tuple([a for part in parts for a in part.activities]), tuple([a for part in parts for a in part.aside]))
