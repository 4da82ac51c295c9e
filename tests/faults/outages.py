"""The network goes away while pictures are under way, and comes back."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

from tests.faults.audit import Auditor
from tests.faults.kills import first_sent
from tests.faults.report import Row, check, conclude
from tests.faults.world import new_world

LATEST, LONGEST = 1.5, 2.0
"""Seconds after the first request when the network goes away, and for how long it stays away."""


def outages(folder: Path, runs: int, dice: random.Random) -> Row:
    """Take fal away at a random moment, sometimes in the middle of an answer, bring it back, let the render end."""
    row = Row("network away for a while")
    poses = [f"probe{number}" for number in range(5)]
    with new_world(folder, poses, pace=0.05, concurrency=3) as world:
        auditor = Auditor(world.project)
        for number in range(runs):
            rendering = world.render(*poses)
            first_sent(rendering)
            _wait(rendering, dice.uniform(0.0, LATEST))
            world.server.stop(torn=dice.random() < 0.5)
            _wait(rendering, dice.uniform(0.1, LONGEST))
            world.server.start()
            world.end(rendering, 40.0)
            row.runs += 1
            world.rescue()
            check(world, auditor, row, f"outage {number}")
        return conclude(world, auditor, row)


def _wait(process: subprocess.Popen[str], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
