"""The trash: what lies in it, what that cost, and the two ways out of it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from studio.domain import money
from studio.domain.take import Take
from studio.imaging.thumbnail import FOLDER, forget_thumbnails
from studio.workflows.studio import Studio
from studio.workflows.take_terms import price_of


@dataclass(frozen=True, slots=True)
class TrashSum:
    """How many pictures, and what they cost in USD: real ones, and what the sandbox's would have cost."""

    pictures: int
    paid: Decimal
    would_cost: Decimal
    unpriced: int
    """Real pictures of which nobody knows what they cost."""

    def words(self) -> str:
        """`12 pictures that cost $0.60`, as a part of a sentence."""
        noun = "1 picture" if self.pictures == 1 else f"{self.pictures} pictures"
        parts = [f"cost {money.shown(self.paid)}"] if self.paid or not self.would_cost else []
        if self.would_cost:
            parts.append(f"would have cost {money.shown(self.would_cost)} (sandbox)")
        more = f", and {self.unpriced} of unknown price" if self.unpriced else ""
        return f"{noun} that {' and '.join(parts)}{more}"


def sum_of(takes: Sequence[Take]) -> TrashSum:
    """Count takes and add up what they cost."""
    paid, unpriced = money.total(price_of(take) for take in takes if not take.sandbox)
    would_cost, _ = money.total(price_of(take) for take in takes if take.sandbox)
    return TrashSum(len(takes), paid, would_cost, unpriced)


async def trashed_takes(studio: Studio) -> list[Take]:
    """What lies in the trash, oldest first."""
    shelf = studio.engine.desk.shelf
    return await studio.engine.desk.hands(lambda: shelf.takes(trashed=True))


async def restore(studio: Studio, take_id: str) -> Take:
    """Bring a take back; undo would throw it away again. Raises UsageError for one that is not there any more."""
    shelf = studio.engine.desk.shelf
    take = await studio.engine.desk.pen(lambda: shelf.trash(take_id, trashed=False))
    studio.stored(take)
    return take


async def empty_trash(studio: Studio, takes: Sequence[Take]) -> None:
    """Delete these pictures for good, and their small copies. Raises UsageError when one is not in the trash."""
    ids = [take.id for take in takes]
    await studio.engine.desk.pen(studio.engine.desk.shelf.empty_trash, ids)
    folder = studio.project.folder / FOLDER
    with contextlib.suppress(OSError):  # the pictures are gone; the copies go with time in any case
        await studio.engine.desk.hands(forget_thumbnails, folder, ids)
