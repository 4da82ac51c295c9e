"""What a grid of takes shows and how it stands, without any widget: scope, order, filter, and what came meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace

from studio.domain.recipe import SeedPolicy
from studio.domain.take import Take
from studio.domain.text import plain, slug
from studio.ui.pictures.source import PictureSource
from studio.ui.session import Session
from studio.ui.state.grid_list import GridList
from studio.ui.state.grid_scroll import GridScroll
from studio.ui.state.grid_taste import Scope
from studio.ui.widgets.grid_head import GridStanding
from studio.ui.widgets.take_badges import Circumstances
from studio.workflows.take_query import parse_query
from studio.workflows.take_sorts import SORTS, TakeSort


class GridDesk:
    """Keeps the list in step with the session's takes and the artist's taste."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.list = GridList(session.studio.takes.get, GridScroll())
        self._pose = session.selection.pose
        self._locks: dict[str, int | None] = {}
        self._read = session.studio.takes.changed_count
        self.list.sort = self.orders.get(session.grid.order, SORTS["newest"])
        self.list.query = parse_query(session.grid.filter, time.time(), session.take_fields)

    @property
    def orders(self) -> Mapping[str, TakeSort]:
        """Every order there is by name."""
        return {**SORTS, **self._session.take_sorts}

    def fill(self) -> None:
        """The takes of the scope, with the shown one under the cursor."""
        takes, scope = self._session.studio.takes, self._session.grid.scope
        listed = {slug(pose.name) for pose in self._session.project.poses}
        pose = slug(self._pose)
        shown = self._session.selection.take
        match scope:
            case Scope.POSE:
                self.list.fill(takes.of_pose(self._pose), lambda take: slug(take.pose) == pose, _id(shown))
            case Scope.POSES:
                self.list.fill(takes.all(), lambda take: slug(take.pose) in listed, _id(shown))
            case Scope.PROJECT:
                self.list.fill(takes.all(), lambda take: True, _id(shown))

    def widen(self) -> None:
        """The next scope; the pose is that of the shown take."""
        session = self._session
        self._pose = session.selection.pose
        session.grid = session.grid.widened()
        self.list.sort = self.orders.get(session.grid.order, SORTS["newest"])
        self.fill()

    def reorder(self, by: int) -> None:
        """Another order."""
        session, names = self._session, list(self.orders)
        at = names.index(session.grid.order) if session.grid.order in names else 0
        session.grid = session.grid.ordered(names[(at + by) % len(names)])
        self.list.order(self.orders[session.grid.order])

    def filter(self, text: str) -> None:
        """Another filter line."""
        self._session.grid = replace(self._session.grid, filter=text)
        self.list.filter(parse_query(text, time.time(), self._session.take_fields))

    def warm(self) -> None:
        """Get ready for the first letter of a filter."""
        self.list.warm()

    def catch_up(self, *, recalled: bool = False) -> bool:
        """Take in what came, was decided or was `recalled` by undo since the last look; True when there was
        something.
        """
        takes = self._session.studio.takes
        changed = takes.changed_since(self._read)
        self._read = takes.changed_count
        self.list.digest(changed, recalled=recalled)
        return bool(changed)

    def source(self, take: Take) -> PictureSource:
        """Its picture."""
        return PictureSource.of_take(self._session.project.folder, take)

    def about(self, take: Take) -> Circumstances:
        """What its badges say besides the take itself."""
        recipe = self._session.recipe
        fixed = recipe.seed_policy is SeedPolicy.FIXED and take.seed == recipe.seed
        return Circumstances(
            marked=self._session.marks.has(take.id),
            fresh=take.id in self.list.fresh,
            locked=take.seed is not None and (fixed or self._lock(take) == take.seed),
        )

    def standing(self) -> GridStanding:
        """What the first row says."""
        takes, taste = self.list, self._session.grid
        self._locks.clear()
        scope = f"{taste.scope}: {plain(self._pose)}" if taste.scope is Scope.POSE else str(taste.scope)
        return GridStanding(
            title="Takes",
            scope=scope,
            order=takes.sort.words,
            place=takes.scroll.cursor + 1 if takes.ids else 0,
            shown=len(takes.ids),
            total=takes.total,
            fresh=len(takes.fresh),
            waiting=takes.waiting,
            misfits=len(takes.misfits),
            marked=len(self._session.marks),
            trouble="; ".join(takes.query.problems),
        )

    def empty_words(self) -> str:
        """What to do where there is nothing to see."""
        if self.list.total:
            return "No take fits the filter. esc takes it away, w looks in more of them."
        if self._session.grid.scope is Scope.POSE:
            return f"{plain(self._pose)} has no take yet. ctrl+g makes some, w shows those of all poses."
        return "There is no take yet: ctrl+g makes the ticked poses."

    def first(self) -> Iterator[Take]:
        """The takes from the first on."""
        return (take for number in range(len(self.list.ids)) if (take := self.list.take(number)) is not None)

    def _lock(self, take: Take) -> int | None:
        if take.pose not in self._locks:
            name = slug(take.pose)
            poses = self._session.project.poses
            self._locks[take.pose] = next((pose.seed for pose in poses if slug(pose.name) == name), None)
        return self._locks[take.pose]


def _id(take: Take | None) -> str:
    return take.id if take else ""
