"""The exercise catalogue: each entry has all that is needed to do the exercise without a video (evidence 4f).

Entries come from `exercises-*.toml` in `planner_templates`. An entry that lacks a field fails to load; `checked` also tests its wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import field, fields, frozen

from planner import N_, InputError, Record, Step, _, about, cached, clock, structure
from planner_pillars.content import content

FILES = ("exercises-hip", "exercises-thigh", "exercises-mobility")
LONGEST_TEXT = 900
"""Most characters that one exercise may have when written out (4f)."""
_GRADES = {"trial": N_("trial evidence"), "weak": N_("weak evidence"), "practice": N_("expert practice")}
_DONE_AS = {"stretch": "stretch", "roll": "roll"}
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_MEASURE = r"\d+ (degrees|cm)|\d+ to \d+ (degrees|cm)|\bat \d+"


@frozen(kw_only=True, eq=False, repr=False)
class Exercise(Record):
    """One exercise, stretch, warm-up move or roll. All fields are required (4f); an empty `easier` or `harder` means that there is none.

    An exercise with `reps = 1` is timed: each set is one hold, or one roll, of `rep_s` seconds.
    """

    name: str = field(metadata=about("what it is called here"))
    other: str = field(metadata=about("the name under which others know it"))
    group: Literal["hip", "trunk", "quads", "hamstrings", "calf", "warm-up", "stretch", "roll"] = field(
        metadata=about("what it works on, or what it is")
    )
    needs: tuple[str, ...] = field(metadata=about("equipment it cannot be done without: band, step, foam-roller"))
    kit: str = field(metadata=about("what to have at hand, in words"))
    start: str = field(metadata=about("start position, two sentences at most"))
    movement: str = field(metadata=about("which joint goes where, three sentences at most"))
    range: str = field(metadata=about("how far, in degrees or cm and with a landmark"))
    sets: int = field(metadata=about("sets, unless a programme says otherwise", least=1, most=5))
    reps: int = field(metadata=about("reps in a set; 1 for something that is timed", least=1, most=30))
    rep_s: int = field(metadata=about("seconds of one rep, or of one hold", unit="s", least=1, most=120))
    side: Literal["", "each"] = field(metadata=about('"each" when it is done on both sides in turn'))
    tempo: str = field(metadata=about("one rep in counted words"))
    rest_s: int = field(metadata=about("rest after a set of both sides", unit="s", least=0, most=180))
    load: str = field(metadata=about("how heavy, and how many reps are left at the end of a set"))
    feel: str = field(metadata=about("where it is felt"))
    feel_not: str = field(metadata=about("where it is not to be felt"))
    faults: tuple[tuple[str, ...], ...] = field(metadata=about("two common faults, each with its fix"))
    easier: str = field(metadata=about("id of an easier version, '' for none"))
    harder: str = field(metadata=about("id of a harder version, '' for none"))
    stop: str = field(metadata=about("when to stop"))
    source: str = field(metadata=about("evidence id of the stop rule"))
    grade: Literal["trial", "weak", "practice"] = field(metadata=about("how good that evidence is"))

    @property
    def timed(self) -> bool:
        """Whether a set is measured in seconds rather than reps."""
        return self.reps == 1

    @property
    def usual(self) -> int:
        """The default amount of one set: reps, or seconds if timed."""
        return self.rep_s if self.timed else self.reps

    def seconds(self, sets: int, amount: int) -> int:
        """Total seconds of `sets` sets of `amount` reps (seconds if timed), with both sides and the rest after each set."""
        once = amount if self.timed else amount * self.rep_s
        return sets * (once * (2 if self.side else 1) + self.rest_s)

    def step(self, sets: int, amount: int) -> Step:
        """The exercise as a session step; the text names it and its hold, the step's fields hold sets, reps and side."""
        name, hold = self.name, clock(amount)
        if self.timed:
            name = f"{name}, {hold}" if self.group == "roll" else _("{name}, hold {time}", name=name, time=hold)
        return Step(
            kind=_DONE_AS.get(self.group, "exercise"),
            seconds=self.seconds(sets, amount),
            text=name,
            sets=sets,
            reps=None if self.timed else amount,
            side=self.side,
        )

    def dose(self, sets: int, amount: int) -> str:
        """The dose in words: `3 x 10 each side`, `2 x 30 s`."""
        dose = f"{sets} x {clock(amount) if self.timed else amount}"
        return _("{dose} each side", dose=dose) if self.side else dose


class Catalogue(Mapping[str, Exercise]):
    """Exercises by id. Entries are parsed on first access, because a plan needs about half of them.

    Access raises `InputError` for a missing or mistyped field. `checked` also tests every entry's wording (4f); the tests run it over the
    whole catalogue.
    """

    def __init__(self, tables: Mapping[str, Mapping[str, object]]) -> None:
        """Take tables of entries by file name. Raises `InputError` for a duplicate id."""
        self._entries: dict[str, tuple[str, object]] = {}
        self._read: dict[str, Exercise] = {}
        for file, entries in tables.items():
            for key, entry in entries.items():
                place = f"{file}: {key}"
                if key in self._entries:
                    raise InputError(place, "an id that is taken", f"one that {self._entries[key][0]} does not use")
                self._entries[key] = (place, entry)

    def __getitem__(self, key: str) -> Exercise:
        """The exercise `key`. Raises `KeyError` for an unknown id and `InputError` for a missing or mistyped field."""
        if key not in self._read:
            place, entry = self._entries[key]
            self._read[key] = structure(Exercise, entry, place)
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        """The ids in file order."""
        return iter(self._entries)

    def __contains__(self, key: object) -> bool:
        """Whether the catalogue has this id."""
        return key in self._entries

    def __len__(self) -> int:
        """The number of exercises."""
        return len(self._entries)

    def place_of(self, key: str) -> str:
        """The file and entry of an exercise, for messages."""
        return self._entries[key][0]

    def name_of(self, key: str) -> str:
        """An exercise's name, without parsing the entry."""
        entry = self._entries[key][1]
        return str(entry["name"]) if isinstance(entry, Mapping) and "name" in entry else self[key].name


@cached(1)
def exercises() -> Catalogue:
    """All exercises by id."""
    return Catalogue({f"content/{name}.toml": content(name) for name in FILES})


def checked(tables: Mapping[str, Mapping[str, object]]) -> Catalogue:
    """A catalogue with every entry parsed and its wording tested (4f). Raises `InputError` with file, entry and field."""
    catalogue = Catalogue(tables)
    for key, exercise in catalogue.items():
        _check(exercise, catalogue, catalogue.place_of(key))
    return catalogue


def written_out(exercise: Exercise, sets: int = 0, amount: int = 0, known: Catalogue | None = None) -> str:
    """All about one exercise, a line per point, with the given dose (0: the default one)."""
    names = exercises() if known is None else known
    easier = names.name_of(exercise.easier) if exercise.easier else _("half the range")
    harder = " " + _("Harder: {name}.", name=names.name_of(exercise.harder)) if exercise.harder else ""
    dose = exercise.dose(sets or exercise.sets, amount or exercise.usual)
    rest = "; " + _("rest {time}", time=clock(exercise.rest_s)) if exercise.rest_s else ""
    return "\n".join(
        (
            f"{exercise.name} ({exercise.other})",
            _("Kit: {kit}.", kit=exercise.kit),
            _("Start: {start}", start=exercise.start),
            _("Move: {move}", move=exercise.movement),
            _("Range: {range}", range=exercise.range),
            _("Dose: {dose}. Count: {count}.", dose=dose, count=f"{exercise.tempo}{rest}"),
            _("Load: {load}", load=exercise.load),
            _("Feel: {here}. Not: {not_here}.", here=exercise.feel, not_here=exercise.feel_not),
            *(f"{fault}? {fix[0].upper()}{fix[1:]}." for fault, fix in exercise.faults),
            _("Easier: {name}.", name=easier) + harder,
            _("Stop: {stop} ({source}, {grade})", stop=exercise.stop, source=exercise.source, grade=_(_GRADES[exercise.grade])),
        )
    )


def recalled(exercise: Exercise) -> str:
    """A one-line reminder of an exercise: its name and the first sentence of its movement."""
    end = _SENTENCE_END.search(exercise.movement)
    return f"{exercise.name}: {exercise.movement[: end.end()] if end else exercise.movement}"


def _check(exercise: Exercise, known: Catalogue, where: str) -> None:
    for attribute in fields(Exercise):
        value = getattr(exercise, attribute.name)
        if value == "" and attribute.name not in {"side", "easier", "harder"}:
            raise InputError(f"{where}.{attribute.name}", "empty text", str(attribute.metadata["text"]))
    for key, most in (("start", 2), ("movement", 3)):
        count = len(_SENTENCE_END.findall(getattr(exercise, key)))
        if not 1 <= count <= most:
            raise InputError(f"{where}.{key}", f"{count} sentences", f"1 to {most}, each ended by a full stop")
    if not re.search(_MEASURE, exercise.range):
        raise InputError(f"{where}.range", f'found "{exercise.range}"', "degrees or cm, and a landmark")
    if len(exercise.faults) != 2 or any(len(pair) != 2 or not all(pair) for pair in exercise.faults):
        raise InputError(f"{where}.faults", "something else", "two pairs of a fault and its fix")
    for key in ("easier", "harder"):
        other = getattr(exercise, key)
        if other and other not in known:
            raise InputError(f"{where}.{key}", f'"{other}" is not an exercise', "the id of another one, or '' for none")
    length = len(written_out(exercise, known=known))
    if length > LONGEST_TEXT:
        raise InputError(where, f"{length} characters when written out", f"at most {LONGEST_TEXT}", "Say it shorter.")
