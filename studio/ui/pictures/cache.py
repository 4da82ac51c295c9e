"""Prepared pictures by what they show, least recently used out first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from studio.ui.pictures.backend import Prepared, Room
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier

LIMIT = 64 * 1024 * 1024
"""Bytes that are kept."""


@dataclass(frozen=True, slots=True)
class Plate:
    """What makes two prepared pictures the same."""

    source: PictureSource
    room: Room
    tier: Tier = Tier.FULL


class PictureCache:
    """At most `limit` bytes of prepared pictures; one that is larger by itself is not kept."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._held: OrderedDict[Plate, Prepared] = OrderedDict()
        self.weight = 0

    def __len__(self) -> int:
        return len(self._held)

    def get(self, plate: Plate) -> Prepared | None:
        """The picture, now the most recently used, if it is there."""
        prepared = self._held.get(plate)
        if prepared is not None:
            self._held.move_to_end(plate)
        return prepared

    def put(self, plate: Plate, prepared: Prepared) -> None:
        """Keep a picture and let go of the oldest that do not fit any more."""
        self.drop(plate)
        if prepared.weight > self._limit:
            return
        self._held[plate] = prepared
        self.weight += prepared.weight
        while self.weight > self._limit:
            _, oldest = self._held.popitem(last=False)
            self.weight -= oldest.weight

    def drop(self, plate: Plate) -> None:
        """Forget one picture."""
        if (prepared := self._held.pop(plate, None)) is not None:
            self.weight -= prepared.weight

    def drop_all(self, source: PictureSource) -> None:
        """Forget a picture in every size."""
        for plate in [plate for plate in self._held if plate.source == source]:
            self.drop(plate)

    def clear(self) -> None:
        """Forget everything."""
        self._held.clear()
        self.weight = 0
