"""The takes of the grid in their order: what is in, what is new, and where things go that come in meanwhile. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from studio.domain.take import Take
from studio.ui.state.grid_scroll import GridScroll
from studio.workflows.take_query import Folds, TakeQuery
from studio.workflows.take_sorts import SORTS, TakeSort


class GridList:
    """Ids in the order of the moment. A decision neither re-sorts nor re-filters: what is looked at stays where it is
    until the artist asks for another order or filter, or `tidy`.
    """

    def __init__(self, get: Callable[[str], Take | None], scroll: GridScroll) -> None:
        """`get` gives a take as it is now, None when it went to the trash."""
        self._get = get
        self.scroll = scroll
        self.sort: TakeSort = SORTS["newest"]
        self.query = TakeQuery()
        self.ids: list[str] = []
        self.fresh: set[str] = set()
        """Takes that came in since the grid was opened and were not in view yet."""
        self.misfits: set[str] = set()
        """Takes that are still in although a decision made them unfit for the filter."""
        self.folds = Folds()
        self._belongs: Callable[[Take], bool] = lambda take: True
        self._all: dict[str, Take] = {}
        self._disordered = False
        self._inside: set[str] = set()
        self._waiting: list[str] = []

    def fill(self, takes: Iterable[Take], belongs: Callable[[Take], bool], cursor: str = "") -> None:
        """Other takes; the cursor goes to the one of this id, or stays with the one it was on."""
        self._belongs = belongs
        self._all = {take.id: take for take in takes if belongs(take)}
        self._disordered = True
        self.filter(self.query, cursor)

    def order(self, sort: TakeSort) -> None:
        """Another order; the cursor stays on its take."""
        self.sort, self._disordered = sort, True
        self.filter(self.query)

    def filter(self, query: TakeQuery, cursor: str = "") -> None:
        """Those that fit another query, everything in its place. The cursor stays on its take if that is still in,
        else it goes to the first.
        """
        wanted = cursor or self.cursor
        if self._disordered:
            ordered = sorted(self._all.values(), key=self.sort.place)
            self._all, self._disordered = {take.id: take for take in ordered}, False
        self.query = query
        self.ids = [take.id for take in query.select(self._all.values(), self.folds)]
        self._inside = set(self.ids)
        self._waiting.clear()
        self.misfits.clear()
        self.fresh &= self._inside
        self.scroll.use(len(self.ids), self.ids.index(wanted) if wanted in self._inside else 0)

    def warm(self) -> None:
        """Fold all texts before the first letter is looked up."""
        self.folds.warm(self._all.values())

    @property
    def cursor(self) -> str:
        """Id of the take under the cursor; empty when there is none."""
        return self.ids[self.scroll.cursor] if self.ids else ""

    @property
    def total(self) -> int:
        """How many takes there are with those the filter keeps out."""
        return len(self._all)

    @property
    def waiting(self) -> int:
        """New takes whose place is in the midst of what is looked at, so that they are not put there yet."""
        return len(self._waiting)

    def take(self, number: int) -> Take | None:
        """The take of a number, as it is now."""
        return self._all.get(self.ids[number]) if 0 <= number < len(self.ids) else None

    def go_to(self, take_id: str) -> bool:
        """Put the cursor on a take. False when it is not in."""
        if take_id not in self._inside:
            return False
        self.scroll.go(self.ids.index(take_id))
        return True

    def digest(self, take_ids: Iterable[str], *, recalled: bool = False) -> None:
        """Takes that came, were decided, went to the trash or came back from it, by their ids. What the artist
        `recalled` is no news, and goes to its place whatever else has to move.
        """
        for take_id in dict.fromkeys(take_ids):
            take = self._get(take_id)
            if take is None:
                self._remove(take_id)
            elif take_id in self._all:
                self._all[take_id] = take
                self._disordered = True
                self._judge(take)
            elif self._belongs(take):
                self._all[take_id] = take
                self._disordered = True
                if not self.query.fits(take, self.folds):
                    continue
                if recalled:
                    self._squeeze(take)
                else:
                    self.fresh.add(take_id)
                    self._put(take)
        self.seen()

    def bring(self, take_id: str) -> None:
        """The cursor goes to a take the artist called back, whatever else has to move."""
        if (take := self._all.get(take_id)) is None:
            return
        if take_id in self._waiting:
            self._waiting.remove(take_id)
        if take_id not in self._inside and self.query.fits(take, self.folds):
            self._squeeze(take)
        self.go_to(take_id)
        self.settle()

    def settle(self) -> bool:
        """After the view moved: new takes go to their places where that moves nothing in view, and those in view are
        new no more. True when the view shows something else because of that.
        """
        news = len(self.fresh), len(self._waiting)
        waiting, self._waiting = self._waiting, []
        for take_id in waiting:
            if (take := self._all.get(take_id)) is not None:
                self._put(take)
        self.seen()
        return news != (len(self.fresh), len(self._waiting))

    def seen(self) -> None:
        """What is in view is not new any more."""
        if self.fresh:
            self.fresh.difference_update(self.ids[self.scroll.first : self.scroll.last + 1])

    def _put(self, take: Take) -> None:
        at = self._place(take)
        if self.scroll.inserted(at):
            self._keep(take.id, at)
        else:
            self._waiting.append(take.id)

    def _squeeze(self, take: Take) -> None:
        at = self._place(take)
        self._keep(take.id, at)
        self.scroll.squeezed_in(at)

    def _keep(self, take_id: str, at: int) -> None:
        self.ids.insert(at, take_id)
        self._inside.add(take_id)

    def _place(self, take: Take) -> int:
        place = self.sort.place
        return bisect_left(self.ids, place(take), key=lambda take_id: place(self._all[take_id]))

    def _remove(self, take_id: str) -> None:
        self._all.pop(take_id, None)
        self.fresh.discard(take_id)
        self.misfits.discard(take_id)
        if take_id in self._waiting:
            self._waiting.remove(take_id)
        if take_id in self._inside:
            at = self.ids.index(take_id)
            del self.ids[at]
            self._inside.remove(take_id)
            self.scroll.removed(at)

    def _judge(self, take: Take) -> None:
        if take.id in self._inside:
            if self.query.fits(take, self.folds):
                self.misfits.discard(take.id)
            else:
                self.misfits.add(take.id)
