"""Renders through scripted faults, killed now and then; afterwards the weather clears, and the books must agree."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from tests.faults.audit import Auditor, Findings
from tests.faults.faults import Trouble, script
from tests.faults.kills import interrupted
from tests.faults.report import Row, conclude
from tests.faults.world import World, new_world

AT_ONCE = 12
"""Troubled pictures in one render."""

STORM = 9.0
"""Seconds a command is given in the storm; a fault that never ends would hold it for ever."""

HISTORY_REFUSED = '[[fault]]\nat = "history"\ndo = "status"\ncode = 403\n'
HISTORY_SILENT = '[[fault]]\nat = "history"\ndo = "reset"\n'


def storm(folder: Path, troubles: Sequence[Trouble], dice: random.Random, *, name: str, kill: float = 0.5) -> Row:
    """Render every troubled picture, some renders killed at a random moment, rescue in the storm and after it."""
    row = Row(name)
    words = {trouble.token: trouble.words for trouble in troubles}
    with new_world(folder, list(words), concurrency=AT_ONCE, faults=script(troubles)) as world:
        auditor = Auditor(world.project)
        for start in range(0, len(troubles), AT_ONCE):
            part = troubles[start : start + AT_ONCE]
            _weather(world, [trouble.token for trouble in part], dice, kill)
            row.runs += len(part)
        world.server.start()
        world.rescue()
        conclude(world, auditor, row)
    _name_troubles(row, words)
    return row


def forgotten(folder: Path, troubles: Sequence[Trouble], history: str, *, name: str) -> tuple[Row, Row]:
    """The answers to submits are lost while fal's history says nothing; then it speaks again. Gives both rows."""
    blind, seeing = Row(name, allowed=True), Row(f"{name}, then readable")
    tokens = [trouble.token for trouble in troubles]
    with new_world(folder, tokens, concurrency=AT_ONCE, faults=script(troubles) + history) as world:
        auditor = Auditor(world.project)
        for start in range(0, len(tokens), AT_ONCE):
            world.end(world.render(*tokens[start : start + AT_ONCE]), STORM)
        world.studio("rescue", world.project, "--json", within=STORM)
        blind.take(_found(world, auditor))
        world.server.start()
        world.rescue()
        conclude(world, auditor, seeing)
    for row in (blind, seeing):
        _name_troubles(row, {trouble.token: trouble.words for trouble in troubles})
    return blind, seeing


def forgetful(folder: Path, pictures: int = 4) -> Row:
    """fal accepts, works and then knows nothing of it: only its history still has the results."""
    row = Row("results forgotten, history kept")
    poses = [f"probe{number}" for number in range(pictures)]
    with new_world(folder, poses, faults='[[fault]]\nat = "accepted"\ndo = "drop-request"\n') as world:
        auditor = Auditor(world.project)
        world.end(world.render(*poses), 2 * STORM)
        world.rescue()
        return conclude(world, auditor, row)


def _weather(world: World, poses: Sequence[str], dice: random.Random, kill: float) -> None:
    rendering = world.render(*poses)
    if dice.random() < kill:
        interrupted(world, rendering, dice.uniform(0.3, 3.0))
    else:
        world.end(rendering, STORM)
    world.studio("rescue", world.project, "--json", within=STORM)


def _found(world: World, auditor: Auditor) -> Findings:
    return auditor.audit(world.server.ledger(), world.journal)


def _name_troubles(row: Row, words: dict[str, str]) -> None:
    """Put the trouble's words beside its token wherever something went wrong."""
    for found in (row.lost, row.twice, row.half, row.pressed, row.unknown, row.pending):
        for key, why in found.items():
            token = next((token for token in words if token in f"{key} {why}"), "")
            found[key] = f"{why} ({words[token]})" if token else why
