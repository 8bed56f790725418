"""Workouts for watches: one FIT file for each upcoming run, written with fit-tool (the extra `fit`)."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import UTC
from hashlib import blake2b
from typing import TYPE_CHECKING

from planner.athlete_values import key_of
from planner.render import missing
from planner.render.identity import uids
from planner.render.workout import Repeat, step_name, strides, workouts, written_out

try:
    from fit_tool import FitFileBuilder
    from fit_tool.profile.messages.file_id_message import FileIdMessage
    from fit_tool.profile.messages.workout_message import WorkoutMessage
    from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage
    from fit_tool.profile.profile_type import FileType, Intensity, Manufacturer, Sport, WorkoutStepDuration, WorkoutStepTarget
except ImportError:
    raise missing("fit-tool", "workouts for watches", "fit") from None

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.model import Plan
    from planner.render import Options
    from planner.render.workout import Phase, WatchStep, Workout

DEEPEST = 2
"""Maximum nesting of repeats: FIT itself has no limit, but apps that display workouts handle one repeat inside another."""
LONGEST_NAME = 24
_OWN_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-week-[0-9]+-[a-z0-9-]+-[0-9]+\.fit")
_EFFORTS: dict[Phase, Intensity] = {
    "warm-up": Intensity.WARMUP,
    "drills": Intensity.WARMUP,
    "run": Intensity.ACTIVE,
    "walk": Intensity.RECOVERY,
    "pause": Intensity.REST,
    "cool-down": Intensity.COOLDOWN,
}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def files(plan: Plan, options: Options) -> Iterator[tuple[str, bytes]]:  # noqa: ARG001  (all renderers share this signature)
    """Yield a named file for each upcoming run: `2027-01-05-week-1-run-2.fit`, by the run's date, week, key and ordinal."""
    uid_of = uids(plan)
    ahead = [(_file_name(workout, ""), workout, _digest(uid_of(workout.session))) for workout in workouts(plan)]
    times = Counter(name for name, _, _ in ahead)
    for name, workout, digest in ahead:
        yield name if times[name] == 1 else _file_name(workout, f"-x{digest:08x}"), _workout_file(plan, workout, digest)


def owns(name: str) -> bool:
    """Whether a file name follows the scheme of `files`."""
    return _OWN_NAME.fullmatch(name) is not None


def render(plan: Plan, options: Options) -> bytes:
    """Return all of `files` in one zip; its bytes do not depend on the time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files(plan, options):
            head = zipfile.ZipInfo(name, _LONG_AGO)
            head.create_system, head.external_attr = 3, 0o644 << 16
            archive.writestr(head, data)
    return packed.getvalue()


def _file_name(workout: Workout, mark: str) -> str:
    """Return a run's file name; `mark` distinguishes two runs of one date whose names would be equal."""
    session = workout.session
    return f"{session.date}-week-{session.week}-{key_of(session.key)}{mark}-{session.ordinal}.fit"


def _digest(uid: str) -> int:
    """Return a number that identifies a session; never 0, which FIT reads as none."""
    return int.from_bytes(blake2b(uid.encode(), digest_size=4).digest()) or 1


def _workout_file(plan: Plan, workout: Workout, serial_number: int) -> bytes:
    """Return the bytes of one file, with the plan's issue time as creation time."""
    made = FileIdMessage()
    made.type, made.manufacturer, made.product = FileType.WORKOUT, Manufacturer.DEVELOPMENT.value, 0
    made.serial_number = serial_number
    made.time_created = 1000 * int(plan.issued.astimezone(UTC).timestamp())
    steps = _messages(written_out(workout.steps, DEEPEST))
    head = WorkoutMessage()
    head.sport, head.num_valid_steps, head.workout_name = Sport.RUNNING, len(steps), workout.name[:LONGEST_NAME]
    builder = FitFileBuilder(auto_define=True)
    builder.add_all([made, head, *steps])
    data: bytes = builder.build_bytes()
    return data


def _messages(steps: Iterable[WatchStep | Repeat], first: int = 0) -> list[WorkoutStepMessage]:
    """Return the steps as messages, numbered from `first`; a repeat follows its steps and refers back to the first of them."""
    made: list[WorkoutStepMessage] = []
    for step in steps:
        index = first + len(made)
        if isinstance(step, Repeat):
            inside = _messages(step.steps, index)
            made += [*inside, _back(index + len(inside), index, step.times)]
        else:
            made.append(_step(index, step))
    return made


def _back(index: int, to: int, times: int) -> WorkoutStepMessage:
    message = WorkoutStepMessage()
    message.message_index = index
    message.duration_type, message.duration_step = WorkoutStepDuration.REPEAT_UNTIL_STEPS_CMPLT, to
    message.target_type, message.target_repeat_steps = WorkoutStepTarget.OPEN, times
    return message


def _step(index: int, step: WatchStep) -> WorkoutStepMessage:
    message = WorkoutStepMessage()
    message.message_index, message.workout_step_name = index, step_name(step.phase)
    message.duration_type, message.duration_time = WorkoutStepDuration.TIME, step.seconds
    message.intensity = _EFFORTS[step.phase]
    if step.cadence is None:
        message.target_type, message.target_value = WorkoutStepTarget.OPEN, 0
    else:
        message.target_type, message.target_value = WorkoutStepTarget.CADENCE, 0
        message.custom_target_cadence_low, message.custom_target_cadence_high = strides(step.cadence)
    return message
