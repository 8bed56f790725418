"""Workouts for watches: a FIT file for each run that is ahead, written with fit-tool (the extra `fit`)."""

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
"""Repeats in a repeat: FIT's own way of going back to a step knows no bound, the apps that show workouts know one within another."""
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
    """A file for each run that is still ahead, each with its name: `2027-01-05-week-1-run-2.fit`, by the run's date and identity."""
    uid_of = uids(plan)
    ahead = [(_file_name(workout, ""), workout, _digest(uid_of(workout.session))) for workout in workouts(plan)]
    times = Counter(name for name, _, _ in ahead)
    for name, workout, digest in ahead:
        yield name if times[name] == 1 else _file_name(workout, f"-x{digest:08x}"), _workout_file(plan, workout, digest)


def owns(name: str) -> bool:
    """Whether a file is called as those of `files` are."""
    return _OWN_NAME.fullmatch(name) is not None


def render(plan: Plan, options: Options) -> bytes:
    """All of `files` in one zip, the same bytes at any time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files(plan, options):
            head = zipfile.ZipInfo(name, _LONG_AGO)
            head.create_system, head.external_attr = 3, 0o644 << 16
            archive.writestr(head, data)
    return packed.getvalue()


def _file_name(workout: Workout, mark: str) -> str:
    """`mark` tells two runs of one date apart whose names would be the same."""
    session = workout.session
    return f"{session.date}-week-{session.week}-{key_of(session.key)}{mark}-{session.ordinal}.fit"


def _digest(uid: str) -> int:
    """A number for a session, which is never 0: FIT takes that for none."""
    return int.from_bytes(blake2b(uid.encode(), digest_size=4).digest()) or 1


def _workout_file(plan: Plan, workout: Workout, serial_number: int) -> bytes:
    """The bytes of one file. Who made it, and when, is the plan's: no clock is asked."""
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
    """The steps as messages, numbered from `first` on; a repeat stands behind what it repeats and names the first of it."""
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
