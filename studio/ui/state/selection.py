"""What is being looked at: the pose under the cursor and the take that is shown. Pure; knows no screen."""

from __future__ import annotations

from collections.abc import Mapping

from studio.domain.take import Take, Verdict
from studio.domain.text import slug
from studio.workflows.takes import TakeTable


class Selection:
    """Moves only when the artist moves it, or when the current pose had nothing to show and its first take comes."""

    def __init__(self, takes: TakeTable, pose: str = "", seen: Mapping[str, str] | None = None) -> None:
        self._takes = takes
        self._seen: dict[str, str] = dict(seen or {})
        self.pose = pose
        """Name of the current pose; empty when the project has none."""

    @property
    def seen(self) -> dict[str, str]:
        """The take last shown of each pose, by the pose's slug: what is kept between runs."""
        return {pose: take for pose, take in self._seen.items() if self._takes.get(take) is not None}

    @property
    def take(self) -> Take | None:
        """The shown take: the one last looked at of this pose, else a picked one, else its first."""
        if not self.pose:
            return None
        known = self._takes.get(self._seen.get(slug(self.pose), ""))
        if known is not None and slug(known.pose) == slug(self.pose):
            return known
        takes = self._takes.of_pose(self.pose)
        picked = [take for take in takes if take.verdict is Verdict.PICKED]
        found = next(iter(picked or takes), None)
        if found is not None:
            self._seen[slug(self.pose)] = found.id
        return found

    def of_pose(self) -> list[Take]:
        """The takes of the current pose, oldest first."""
        return self._takes.of_pose(self.pose) if self.pose else []

    def number(self) -> int:
        """Place of the shown take among those of its pose, from 1; 0 when there is none."""
        shown = self.take
        return 0 if shown is None else self.of_pose().index(shown) + 1

    def go_to_pose(self, name: str) -> None:
        """Another pose; its take last looked at comes with it."""
        self.pose = name

    def show(self, take_id: str) -> bool:
        """Show a take, and its pose with it. False when there is none of that id."""
        take = self._takes.get(take_id)
        if take is None:
            return False
        if slug(take.pose) != slug(self.pose):
            self.pose = take.pose
        self._seen[slug(take.pose)] = take_id
        return True

    def step(self, by: int) -> bool:
        """Show the take `by` places further of the same pose. False at either end."""
        shown = self.take
        found = self._takes.neighbour(shown.id, by) if shown else None
        return found is not None and self.show(found.id)

    def before_leaving(self, take_id: str) -> str:
        """The take to show when this one goes to the trash: the next of its pose, else the one before, else none."""
        found = self._takes.neighbour(take_id, 1) or self._takes.neighbour(take_id, -1)
        return found.id if found else ""
