"""Killing the studio while it trains: the archive, the upload, the job, the weights, and the entry in the character."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from studio.config.project import load_character
from studio.domain.job import Job, JobState
from studio.library.journal import SqliteJournal
from studio.library.png import BrokenFile
from studio.library.weights_check import checked_weights
from tests.faults.world import World, new_world

TRIGGER = "prbqx"
STEPS_AT_MOST = 400
"""Where the counting of steps ends when no run survives: something is wrong then."""

NEVER_LEFT = frozenset({JobState.WRITTEN, JobState.PAUSED, JobState.CANCELLED})


@dataclass
class TrainingRow:
    """What came of killing trainings."""

    kills: int = 0
    paid: int = 0
    """Trainings the sandbox billed."""
    home: int = 0
    """Of those, whose weights are whole on the disk and stand in the character once."""
    troubles: list[str] = field(default_factory=list)


def every_step(folder: Path, *, stride: int = 1, first: int = 1) -> TrainingRow:
    """Kill a training at each of its steps in turn, rescue, compare; until a run survives."""
    row = TrainingRow()
    with new_world(folder, ["probe"]) as world:
        a_set(world.project)
        trace = folder / "trace"
        for step in range(first, STEPS_AT_MOST, stride):
            trace.unlink(missing_ok=True)
            words = ("train", world.project, "--trigger", TRIGGER, "--yes", "--again", "--json")
            ended = world.dying({"die": step, "trace": str(trace)}, *words)
            place = trace.read_text(encoding="utf-8").splitlines()[-1] if trace.exists() else "nowhere"
            if not ended.killed:
                if ended.code != 0:
                    raise AssertionError(f"the training that was not killed ended with {ended.code}: {ended.said}")
                break
            world.rescue()
            row.troubles += [f"step {step}, {place}: {what}" for what in troubles(world)]
        else:
            raise AssertionError("no run survived")
        row.kills = world.kills
        row.troubles += troubles(world)
        billed = [order for order in world.server.ledger()["requests"] if order["billed"]]
        row.paid, row.home = len(billed), len(load_character(world.project).loras)
    return row


def troubles(world: World) -> list[str]:
    """What breaks the promise at this moment: every training that was paid is here, whole, once, and written down."""
    orders = world.server.ledger()["requests"]
    journal = SqliteJournal(world.journal)
    try:
        jobs = {job.request_id: job for job in journal.jobs() if job.request_id}
        left = [job for job in journal.jobs() if job.state not in NEVER_LEFT]
    finally:
        journal.close()
    found = [f"{len(orders)} trainings were accepted, {len(left)} left"] if len(orders) > len(left) else []
    entries = Counter(lora.path for lora in load_character(world.project).loras)
    for order in orders:
        if order["billed"]:
            found += _of_order(world.project, order, jobs.get(order["request_id"]), entries)
    known = {str(path.relative_to(world.project)) for path in (world.project / "loras").glob("*.safetensors")}
    found += [f"{path} belongs to no training" for path in sorted(known - set(entries))]
    found += [f"{path} stands in the character {number} times" for path, number in entries.items() if number > 1]
    return found


def a_set(project: Path) -> None:
    """Four pictures with captions, put there by hand."""
    place = project / "dataset"
    place.mkdir()
    for number in range(4):
        picture = Image.new("RGB", (512, 512), (220, 220 - 40 * number, 90 + 40 * number))
        pen = ImageDraw.Draw(picture)
        pen.ellipse((60 + 60 * number, 100, 200 + 60 * number, 120 + 90 * number), (20, 30, 40))
        pen.rectangle((400 - 90 * number, 300, 440, 480), (20, 30, 40))
        picture.save(place / f"p{number}.png")
        (place / f"p{number}.txt").write_text(f"{TRIGGER}, a figure, number {number}\n", encoding="utf-8")


def _of_order(project: Path, order: dict[str, Any], job: Job | None, entries: Counter[str]) -> Sequence[str]:
    name = order["request_id"]
    if job is None:
        return [f"no job in the journal stands for {name}"]
    if job.state is not JobState.STORED:
        return [f"{name} is paid, and its job is {job.state.value}"]
    try:
        checked_weights(project / job.take)
    except (BrokenFile, OSError) as error:
        return [f"{job.take} is not whole: {error}"]
    return [] if entries[job.take] else [f"{job.take} does not stand in the character"]
