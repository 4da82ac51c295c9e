"""Two studios on one project, as in two SSH windows: whichever dies, nothing is bought twice and nothing is lost."""

from __future__ import annotations

import random
from pathlib import Path

from tests.faults.audit import Auditor
from tests.faults.kills import interrupted
from tests.faults.report import Row, check, conclude
from tests.faults.world import new_world


def two_windows(folder: Path, runs: int, dice: random.Random) -> Row:
    """Start two renders at once, kill one or both at random moments, let the other end, rescue, compare."""
    row = Row("two studios at once")
    poses = ["probe1", "probe2", "probe3"]
    with new_world(folder, poses, pace=0.02) as world:
        auditor = Auditor(world.project)
        for number in range(runs):
            one, other = world.render(*poses), world.render(*poses)
            victims = dice.choice(([one], [other], [one, other]))
            for victim in victims:
                interrupted(world, victim, dice.uniform(0.1, 1.5))
            for process in (one, other):
                if process not in victims:
                    world.end(process, 30.0)
            row.runs += 1
            world.rescue()
            check(world, auditor, row, f"run {number}")
        return conclude(world, auditor, row)
