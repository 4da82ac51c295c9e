"""Everything is cancelled, at random moments, through faults: what fal finishes all the same must still arrive."""

from __future__ import annotations

import random
from pathlib import Path

from tests.faults.audit import Auditor
from tests.faults.report import Row, check, conclude
from tests.faults.world import new_world

POSES = 6
_NO_STREAM = '[[fault]]\nat = "stream"\ndo = "status"\ncode = 405\n'
TROUBLES = {
    "no trouble": "",
    "latency": '[[fault]]\nat = "cancel"\ndo = "latency"\nseconds = 0.4\n',
    "500": '[[fault]]\nat = "cancel"\ndo = "status"\ncode = 500\n',
    "404": '[[fault]]\nat = "cancel"\ndo = "status"\ncode = 404\n',
    "reset": '[[fault]]\nat = "cancel"\ndo = "reset"\ntimes = 9\n',
    "timeout": '[[fault]]\nat = "cancel"\ndo = "timeout"\nseconds = 0.3\ntimes = 9\n',
    "truncate": '[[fault]]\nat = "cancel"\ndo = "truncate"\n',
    "garbage": '[[fault]]\nat = "cancel"\ndo = "garbage"\n',
    "a status that lags behind": _NO_STREAM + '[[fault]]\nat = "status"\ndo = "latency"\nseconds = 12\nafter = 3\n',
    "no status": _NO_STREAM + '[[fault]]\nat = "status"\ndo = "reset"\n',
}


def cancelling(folder: Path, dice: random.Random, *, rounds: int = 1) -> Row:
    """Render and cancel everything in every trouble, rescue when it has passed, compare."""
    row = Row("cancelled at random moments")
    with new_world(folder, [f"probe{number}" for number in range(POSES)], pace=0.1, concurrency=3) as world:
        auditor = Auditor(world.project)
        for _ in range(rounds):
            for name, faults in TROUBLES.items():
                world.server.start(faults)
                seed = str(dice.randrange(1_000_000))
                world.end(world.begin(world.project, seed, module="tests.faults.cancelling_studio"), 25.0)
                row.runs += 1
                world.server.start()
                world.rescue()
                check(world, auditor, row, f"cancelling through {name}, seed {seed}")
        return conclude(world, auditor, row)
