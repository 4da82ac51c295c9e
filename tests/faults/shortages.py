"""No room: at every call of the disk, in the journal, and on a real file system that is full."""

from __future__ import annotations

import contextlib
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.faults.audit import Auditor
from tests.faults.report import Row, check, conclude
from tests.faults.world import World, new_world, render_words

GROWING = ("make_folder", "open_exclusive", "write_bytes", "fsync", "link", "rename")
FOR_EVER = 1_000_000
MOUNT = "3m"
"""Size of the small file system: room for a journal and a few pictures."""
ROOM = {"project": (0, 4, 16, 40, 90, 150, 400), "home": (0, 16, 60, 200, 400, 800, 1200)}
"""Kilobytes that are left of it; a journal's log grows to a few hundred."""


def full_disk(folder: Path, *, stride: int = 1) -> Row:
    """No room from each call of the disk on, for that call alone and for good; then there is room again."""
    row = Row("disk full at every call")
    with new_world(folder, ["probe"]) as world:
        auditor = Auditor(world.project)
        for first in range(1, 1 + _calls(world, folder), stride):
            for last in (first, FOR_EVER):
                orders = {"full": [first, last]}
                world.dying(orders, *render_words(world.project, ["probe"], ["--pick"]))
                world.dying(orders, "rescue", world.project, "--json")
                row.runs += 1
                world.rescue()
                check(world, auditor, row, f"no room from call {first} to {last}")
        return conclude(world, auditor, row)


def full_journal(folder: Path, *, most: int = 10, stride: int = 1) -> Row:
    """The journal cannot be written from each of its transactions on, for one, for three and for good."""
    row = Row("journal full at every write")
    with new_world(folder, ["probe"]) as world:
        auditor = Auditor(world.project)
        for first in range(1, most, stride):
            for last in (first, first + 2, FOR_EVER):
                orders = {"journal_full": [first, last]}
                world.dying(orders, *render_words(world.project, ["probe"]))
                row.runs += 1
                world.rescue()
                check(world, auditor, row, f"no room in the journal from write {first} to {last}")
        return conclude(world, auditor, row)


def small_file_system(folder: Path, dice: random.Random, *, runs: int, journal_too: bool) -> Row | None:
    """Renders on a real file system with a random bit of room left; then there is room. None where none can be made."""
    row = Row("small tmpfs, journal on it" if journal_too else "small tmpfs")
    with contextlib.ExitStack() as stack:
        places = [folder / "project", *([folder / "home"] if journal_too else [])]
        for place in places:
            if not stack.enter_context(_mounted(place)):
                return None
        world = stack.enter_context(new_world(folder, ["probe", "other"]))
        auditor = Auditor(world.project)
        world.end(world.render("probe"))
        for number in range(runs):
            room = {place: dice.choice(ROOM[place.name]) for place in places}
            for place, kilobytes in room.items():
                _fill(place / "filler", kilobytes * 1024)
            world.end(world.render("probe", "other"), 15.0)
            world.studio("rescue", world.project, "--json", within=15.0)
            row.runs += 1
            for place in places:
                (place / "filler").unlink()
            world.rescue()
            check(world, auditor, row, f"run {number}, kilobytes left: {sorted(room.values())}")
        return conclude(world, auditor, row)


def _calls(world: World, folder: Path) -> int:
    """How often a render asks the disk for room."""
    trace = folder / "trace"
    world.dying({"trace": str(trace)}, *render_words(world.project, ["probe"], ["--pick"]))
    steps = trace.read_text(encoding="utf-8").splitlines()
    wanted = {f"disk: before {name}" for name in GROWING} | {"disk: half of write_bytes"}
    return sum(step in wanted for step in steps)


def _fill(path: Path, leave: int) -> None:
    """Take all room but `leave` bytes."""
    block = b"\0" * 4096
    with path.open("wb", buffering=0) as file:
        with contextlib.suppress(OSError):
            while file.write(block) == len(block):
                pass
        file.truncate(max(0, file.tell() - leave))


@contextlib.contextmanager
def _mounted(place: Path) -> Iterator[bool]:
    """A small tmpfs at `place` while the block runs; false where this process may not mount."""
    place.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={MOUNT}", "tmpfs", str(place)]
    try:
        made = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        made = False
    try:
        yield made
    finally:
        if made:
            subprocess.run(["umount", "--lazy", str(place)], capture_output=True, check=False)
