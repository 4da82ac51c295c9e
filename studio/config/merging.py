"""Three-way merging: what the artist changed in the studio, laid over what they changed in the file meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from studio.domain.errors import ProjectError

Path = tuple[str, ...]
"""Keys from the top of a file to a value."""

_ABSENT = object()
_Name = TypeVar("_Name")


def changes(
    base: Mapping[Path, object], mine: Mapping[Path, object], theirs: Mapping[Path, object], place: str
) -> dict[Path, object]:
    """What has to be done to `theirs` so that it holds my changes since `base`; None takes a value out.

    Raises ProjectError, naming `place` and key, when the same value was changed to different things on both sides.
    """
    wanted: dict[Path, object] = {}
    for path in dict.fromkeys([*base, *mine]):
        before, now, there = (side.get(path, _ABSENT) for side in (base, mine, theirs))
        if now in (before, there):
            continue
        if there != before:
            raise ProjectError(
                f"{place}, key {'.'.join(path)}: the file was changed meanwhile, and so was this value in the studio.",
                "Read the file again and make the change once more; nothing was written.",
            )
        wanted[path] = None if now is _ABSENT else now
    return wanted


def merged_order(base: Sequence[_Name], mine: Sequence[_Name], theirs: Sequence[_Name]) -> list[_Name]:
    """Which names remain and in which order: my order if I changed it, else theirs, new ones beside their neighbour."""
    gone = {name for name in base if name not in mine or name not in theirs}
    common = [name for name in base if name not in gone]
    moved = [name for name in mine if name in common] != common
    lead, other = (mine, theirs) if moved else (theirs, mine)
    order = [name for name in lead if name not in gone]
    for position, name in enumerate(other):
        if name not in order and name not in gone:
            before = next((known for known in reversed(other[:position]) if known in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, name)
    return order
