"""The athlete file: its accepted values, and the message for each mistake."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planner.athlete import Absence, Window
from planner.athlete_file import read_athlete
from planner.errors import InputError
from planner.maker import read_own_log

EXAMPLES = Path(__file__).parent.parent / "examples"
LEAST = 'start = 2027-01-04\n[running]\neasy_pace = "6:40"\n'


def write(folder: Path, text: str | bytes, name: str = "ana.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(folder: Path, text: str | bytes, name: str = "ana.toml") -> str:
    path = write(folder, text, name)
    with pytest.raises(InputError) as caught:
        read_athlete(path)
    message = str(caught.value)
    assert message.startswith(str(path)), "a message names its file first"
    return message.removeprefix(str(path)).lstrip(":, ")


def test_the_least_file_has_documented_defaults(tmp_path: Path) -> None:
    athlete = read_athlete(write(tmp_path, LEAST))
    assert athlete.id == "ana"
    assert athlete.running.easy_pace == 400
    assert athlete.running.walk_pace == 630
    assert (athlete.weeks, athlete.template, athlete.units, athlete.timezone) == (12, "walk-run", "km", "UTC")
    assert athlete.screening.red_flags is None, "unanswered is not none"
    assert athlete.availability.mon is None, "a day that is not named is free all day"


def test_ana_as_the_interfaces_show_her() -> None:
    ana = read_athlete(EXAMPLES / "ana.toml")
    assert ana.running.recent_weeks_km == (0, 0, Decimal("4.5"), Decimal("6.0"))
    assert ana.running.last_run == date(2027, 1, 2)
    assert ana.availability.mon == (Window(start=420, end=480),)
    assert ana.availability.wed == (Window(start=1080, end=1170, kept_for=("run",)),)
    assert ana.availability.sun == ()
    assert ana.availability.away == (Absence(first=date(2027, 2, 8), last=date(2027, 2, 14)),)
    assert ana.progression.growth == 1000
    assert ana.pillars == {"hip_strength": {"sessions_per_week": 3}}
    assert ana.screening.red_flags == ()


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_is_read(path: Path) -> None:
    athlete = read_athlete(path)
    assert athlete.id == path.stem
    assert path.read_text(encoding="utf-8").startswith(f"# {athlete.name}")


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode()
    assert read_athlete(write(tmp_path, text)).start == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('easy_pace = "0:00"', ["running.easy_pace", '"0:00"', "from 2:00 to 20:00 minutes per kilometre"]),
        ("easy_pace = 6.40", ["running.easy_pace", "found 6.40", 'like "6:40"']),
        ("easy_pace = 06:40:00", ["running.easy_pace", "06:40:00", 'like "6:40"']),
        ('easy_pace = "6:75"', ["running.easy_pace", "6:75"]),
        ("easy_pace = true", ["running.easy_pace", "found true"]),
        ('easy_pace = "6:40"\nwalk_pace = "40:00"', ["running.walk_pace", "from 5:00 to 30:00"]),
        ('walk_pace = "10:00"', ["running.easy_pace", "missing", "6:40"]),
        ('easy_pace = "6:40"\ncadance = 164', ["running.cadance", "Did you mean `cadence`?"]),
        ('easy_pace = "6:40"\nlongest_run_mi = 3', ["running.longest_run_mi", "miles in a file", "longest_run_km"]),
        ('easy_pace = "6:40"\ngoal_minutes = 30\ngoal_week_km = 20', ["running", "both goal_minutes and goal_week_km", "one goal"]),
        ('easy_pace = "6:40"\nlast_run = 2027-01-04', ["running.last_run", "found 2027-01-04", "a day before the start (2027-01-04)"]),
        ('easy_pace = "6:40"\nlast_run = "2027-01-02"', ["running.last_run", "Write last_run = 2027-01-02.", "without quotes"]),
        ('easy_pace = "6:40"\nrecent_weeks_km = [1,1,1,1,1,1,1,1,1,1,1,1,1]', ["running.recent_weeks_km", "found 13 weeks", "last four"]),
        ('easy_pace = "6:40"\nrecent_weeks_km = 6', ["running.recent_weeks_km", "found 6", "a list in [ ]"]),
        ('easy_pace = "6:40"\nrecent_weeks_km = [-1]', ["found -1", "from 0 to 400 km"]),
        ('easy_pace = "6:40"\nlongest_run_km = nan', ["running.longest_run_km", "a number"]),
        ('easy_pace = "6:40"\nlongest_run_km = "2,5"', ["running.longest_run_km", '"2,5"', "a number"]),
        ('easy_pace = "6:40"\nruns_per_week = 7', ["running.runs_per_week", "found 7", "from 2 to 5"]),
        ('easy_pace = "6:40"\nweeks = 12', ["running.weeks", "above the first heading", "Move the line up."]),
        ('easy_pace = "6:40"\n[runing]\ncadence = 3', ["runing", "Did you mean `running`?"]),
    ],
)
def test_a_mistake_under_running_is_named(tmp_path: Path, line: str, words: list[str]) -> None:
    message = refused(tmp_path, f"start = 2027-01-04\n[running]\n{line}\n")
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("weeks = 0", ["weeks", "found 0", "from 1 to 52 weeks"]),
        ("weeks = 53", ["from 1 to 52 weeks"]),
        ("weeks = 12.0", ["weeks", "found 12.0", "a whole number"]),
        ("weeks = 99999999999999999999999", ["weeks", "from 1 to 52"]),
        ("weeks = true", ["weeks", "found true"]),
        ('timezone = "Europe/Berlim"', ["timezone", "Europe/Berlim", "Europe/Berlin"]),
        ('timezone = "../../etc/passwd"', ["timezone"]),
        ("timezone = 1", ["timezone", "text in quotes"]),
        ('id = "a/b"', ["id", "a/b", 'id = "a-b"']),
        ('id = ".hidden"', ["id", ".hidden"]),
        ('id = "CON"', ['id: found "CON"; expected another name: Windows keeps this one for a device.', "Write the line id ="]),
        ('id = "nul.txt"', ["Windows keeps this one for a device"]),
        ('id = "a b"', ["at most 64 letters a-z"]),
        ('id = "com1.x"', ["id"]),
        ('id = ""', ["id"]),
        ('id = "ana."', ["id"]),
        (f'id = "{"a" * 65}"', ["id", "at most 64"]),
        ('name = "Ana\\nBCC: x"', ["name", "Ana\\nBCC", "one line"]),
        ('name = "Ana\\u2028"', ["name", "one line"]),
        (f'name = "{"a" * 101}"', ["name", "found 101 characters", "at most 100"]),
        ("birth_year = 88", ["birth_year", "found 88", "like 1988"]),
        ("birth_year = 2030", ["birth_year", "found 2030"]),
        ("height_cm = 1.70", ["height_cm", "a whole number"]),
        ("height_cm = 17", ["height_cm", "from 100 to 250 cm"]),
        ("weight_kg = 650", ["weight_kg", "from 25 to 350 kg"]),
        ('units = "miles"', ["units", '"miles"', '"km" or "mi"']),
        ("easy_pace = '6:40'", ["easy_pace", "under the heading [running]"]),
        ("wekks = 3", ["wekks", "unknown key", "Did you mean `weeks`?"]),
        ("pillars = 3", ["pillars", "found 3", "[pillars.hip_strength]"]),
        ("pillars.hip_strength = 3", ["pillars.hip_strength", "found 3"]),
        ("shoes.name = 'x'", ["shoes", "[[shoes]]"]),
        ("template = 3", ["template", "text in quotes"]),
        ("start = 2027-01-05", ["line 2", "The same key"]),
    ],
)
def test_a_mistake_at_the_top_is_named(tmp_path: Path, line: str, words: list[str]) -> None:
    message = refused(tmp_path, f'start = 2027-01-04\n{line}\n[running]\neasy_pace = "6:40"\n')
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[progression]\ngrowth = 0.2", ["progression.growth", "found 0.2", "from 0 to 0.10: no plan grows faster"]),
        ("[progression]\ngrowth = -0.1", ["progression.growth", "from 0 to 0.10"]),
        ('[progression]\ngrowth = "10%"', ["progression.growth", '"10%"', "without quotes"]),
        ("[progression]\ngrowth = inf", ["progression.growth"]),
        ('[progression]\nmeasure = "onfoot"', ["progression.measure", "one of running, on-foot"]),
        ('[availability]\nmon = "07:00-08:00"', ["availability.mon", "a list like"]),
        ('[availability]\nmon = ["08:00-07:00"]', ["availability.mon", "ends before it starts"]),
        ('[availability]\nmon = ["22:00-06:00"]', ["two windows"]),
        ('[availability]\nmon = ["07:00-07:00"]', ["ends before it starts"]),
        ('[availability]\nmon = ["7-8"]', ["availability.mon", "7-8", "07:00-08:00"]),
        ('[availability]\nmon = ["07:00-25:00"]', ["00:00 to 24:00"]),
        ('[availability]\nmon = ["07:00-08:00", "07:30-09:00"]', ["07:00-08:00 and 07:30-09:00, which overlap"]),
        ('[availability]\nmon = ["07:00-08:00 runs"]', ['"runs"', "Did you mean `run`?"]),
        ('[availability]\nmonday = ["07:00-08:00"]', ["availability.monday", "Did you mean `mon`?"]),
        ("[availability]\nmon = true", ["availability.mon", "found true"]),
        ('[availability]\naway = "2027-02-08"', ["availability.away", "a list like"]),
        ('[availability]\naway = ["2027-02-14/2027-02-08"]', ["availability.away[1]", "ends before it starts"]),
        ('[availability]\naway = ["8 February"]', ["availability.away[1]", "8 February", "a single date"]),
        ("[availability]\naway = [3]", ["availability.away[1]", "found 3"]),
        ("[knee]\npain_stairs = 11", ["knee.pain_stairs", "found 11", "from 0 to 10"]),
        ('[knee]\nsite = "knee-cap"', ["knee.site", "one of kneecap"]),
        ('[screening]\nred_flags = "none"', ["screening.red_flags", "a list in [ ]"]),
        ("[clearance]\nby = 'x'", ["clearance.date", "missing"]),
        ("[clearance]\nby = ''\ndate = 2027-01-03\nfor = ['RED-05']", ["clearance.by", 'found ""', "who says so, by name"]),
        ("[clearance]\nby = ' '\ndate = 2027-01-03\nfor = ['RED-05']", ["clearance.by", 'found " "', "who says so, by name"]),
        ('[clearance]\nby = "A\\nB"\ndate = 2027-01-03\nfor = []', ["clearance.by", "one line of ordinary text"]),
        ("[[shoes]]\nused_km = 3", ["shoes[1].name", "missing"]),
        ("[[shoes]]\nname = ''", ["shoes[1].name", 'found ""', "what you call the pair"]),
        ("[[shoes]]\nname = 'a'\n[[shoes]]\nname = ' '", ["shoes[2].name", 'found " "', "what you call the pair"]),
        ("[[shoes]]\nname = 'a'\n[[shoes]]\nname = 'a'", ["shoes[2].name", "twice"]),
        ("[[shoes]]\nname = 'a'\nused_mi = 3", ["shoes[1].used_mi", "used_km"]),
        ("[equipment]\nhave = ['horse']", ["equipment.have[1]", '"horse"']),
        ("[knee]\nanswered = 2027-01-02", ["knee.answered", "under the heading [screening]"]),
    ],
)
def test_a_mistake_under_another_heading_is_named(tmp_path: Path, text: str, words: list[str]) -> None:
    message = refused(tmp_path, f"{LEAST}{text}\n")
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[running]\neasy_pace = "6:40"\n', ["start", "missing", "start = 2027-01-04"]),
        ("start = 2027-01-04\n", ["running", "missing", "[running]"]),
        ("start = 2027-01-04\nrunning = 3\n", ["running", "found 3", "a table"]),
        (LEAST.replace("2027-01-04", "1999-01-04"), ["start", "from 2000 to 2100"]),
        (LEAST.replace("2027-01-04", '"2027-01-04"'), ["Write start = 2027-01-04."]),
        (LEAST.replace("2027-01-04", "2027-01-04T07:00:00"), ["start", "a date like 2027-01-04"]),
        (LEAST.replace("2027-01-04", "2027-02-30"), ["line 1", "no such date"]),
        (LEAST.replace('"6:40"', "6:40"), ["line 3", "`easy_pace = 6:40`", 'in quotes, like "6:40"']),
        (LEAST.replace('"6:40"', "“6:40”"), ["line 3", "straight quotes"]),
        (LEAST + "longest_run_km = 2,5\n", ["line 4", "point, like 4.5"]),
        (LEAST + "cadence =\n", ["line 4", "There is nothing after the equals sign"]),
        (LEAST + "cadence\n", ["line 4", "`key = value`"]),
        ("name = Ana\n" + LEAST, ["line 1", "Put text in quotes"]),
        (LEAST + "recent_weeks_km = [1, 2", ["closed brackets"]),
        (LEAST + "a = 1e99999999999999999999\n", ["a value that cannot be read"]),
        (LEAST + f"a = {'9' * 5000}\n", ["a value that cannot be read"]),
        (LEAST + f"a = {'[' * 5000}\n", ["brackets"]),
        (LEAST.encode() + b"\xff", ["line 4", "not UTF-8", "UTF-8"]),
        ("start = 2027-01-04\n".encode("utf-16"), ["this is UTF-16 text, not UTF-8"]),
        (b"# " + b"x" * 1_000_001, ["larger than 1 MB", "a TOML file of at most 1 MB"]),
        (b"start = \x00", ["line 1"]),
        ("", ["start", "missing"]),
    ],
)
def test_an_unreadable_file_is_told_by_its_line(tmp_path: Path, text: str | bytes, words: list[str]) -> None:
    message = refused(tmp_path, text)
    for word in words:
        assert word in message
    assert len(message) < 400, "a message stays readable, whatever was in the file"


def test_windows_may_be_kept_for_several_things_and_come_in_order_of_time(tmp_path: Path) -> None:
    text = f'{LEAST}[availability]\nmon = ["18:00-24:00 strength, mobility", "7:00-8:00 run run"]\naway = [2027-02-08]\n'
    days = read_athlete(write(tmp_path, text)).availability
    assert days.mon == (
        Window(start=420, end=480, kept_for=("run",)),
        Window(start=1080, end=1440, kept_for=("strength", "mobility")),
    )
    assert days.away == (Absence(first=date(2027, 2, 8), last=date(2027, 2, 8)),)


@pytest.mark.parametrize(("written", "points"), [("0", 0), ("0.05", 500), ("0.1", 1000), ("0.03339", 333)])
def test_growth_is_basis_points_rounded_down(tmp_path: Path, written: str, points: int) -> None:
    text = f"{LEAST}[progression]\ngrowth = {written}\n"
    assert read_athlete(write(tmp_path, text)).progression.growth == points


def test_a_name_may_hold_a_slash_and_any_script(tmp_path: Path) -> None:
    athlete = read_athlete(write(tmp_path, 'name = "Zoë / 走る"\n' + LEAST))
    assert athlete.name == "Zoë / 走る"


def test_a_file_name_that_is_no_id_is_told_with_a_way_out(tmp_path: Path) -> None:
    message = refused(tmp_path, LEAST, "Ana María.toml")
    assert 'Add the line id = "ana-maria".' in message
    assert read_athlete(write(tmp_path, 'id = "ana-maria"\n' + LEAST, "Ana María.toml")).id == "ana-maria"


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_athlete(tmp_path / "nobody.toml")
    with pytest.raises(InputError, match="this is a folder"):
        read_athlete(tmp_path)
    with pytest.raises(InputError, match="cannot be opened"):
        read_athlete(tmp_path / ("x" * 500))


def test_a_log_is_named_and_read_only_where_a_plan_is_made(tmp_path: Path) -> None:
    text = 'log = "ana-log.csv"\n' + LEAST
    assert read_athlete(write(tmp_path, text)).log == "ana-log.csv"
    write(tmp_path, "date,session,run_km\n2027-01-05,,2\n", "ana-log.csv")
    athlete = read_athlete(write(tmp_path, text))
    (row,) = read_own_log(athlete, tmp_path) or ()
    assert (row.date, row.run_m) == (date(2027, 1, 5), 2000)
    write(tmp_path, "date,session,run_km\n2027-01-05,,-2\n", "ana-log.csv")
    with pytest.raises(InputError, match=r"ana-log\.csv, line 2, run_km"):
        read_own_log(athlete, tmp_path)
    assert read_own_log(read_athlete(write(tmp_path, LEAST)), tmp_path) is None
