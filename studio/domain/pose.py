"""A pose: a name, a sentence, and optionally a skeleton."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.skeleton import Skeleton


@dataclass(frozen=True, slots=True)
class Pose:
    """One pose of the list in `poses.toml`, or one pose preset."""

    name: str
    """Unique in the project, case and spaces forgiven; what `--pose` takes."""
    text: str
    """The sentence that goes into the prompt."""
    set: str = ""
    skeleton: Skeleton | None = None
    ticked: bool = False
    seed: int | None = None
    """The seed this pose is locked to, whatever the recipe says; None where it has no lock."""
