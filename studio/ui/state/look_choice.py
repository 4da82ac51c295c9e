"""Which takes are looked at together. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from studio.domain.take import Take, Verdict
from studio.workflows.takes import TakeTable

SIDE_BY_SIDE = 4
"""Takes that can be compared at once."""

AT_ONCE = 36
"""Takes that a survey shows: of more, none would be large."""


def to_compare(shown: Take, marked: Sequence[Take], takes: TakeTable) -> list[Take]:
    """The marked ones, the shown one before a single marked one, else the shown one and what it is best compared with:
    the take it was made from, the one made from it, its neighbour. Only the shown one when there is nothing.
    """
    if len(marked) >= 2:
        return list(marked[:SIDE_BY_SIDE])
    if marked and marked[0].id != shown.id:
        return [shown, marked[0]]
    if shown.parent and (parent := takes.get(shown.parent)) is not None:
        return [parent, shown]
    made = [take for take in takes.of_pose(shown.pose) if take.parent == shown.id]
    after, before = takes.neighbour(shown.id, 1), takes.neighbour(shown.id, -1)
    if made:
        return [shown, made[-1]]
    if after is not None:
        return [shown, after]
    return [before, shown] if before is not None else [shown]


def to_survey(shown: Take, marked: Sequence[Take], takes: TakeTable) -> list[Take]:
    """The marked ones; with none marked, the takes of the shown pose that are not rejected, or all of them where that
    leaves none to choose from.
    """
    rows = takes.of_pose(shown.pose)
    kept = [take for take in rows if take.verdict is not Verdict.REJECTED]
    return (list(marked) or (kept if len(kept) > 1 else rows))[:AT_ONCE]
