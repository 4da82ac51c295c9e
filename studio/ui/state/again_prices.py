"""What one more of a take costs, remembered, so that the price stands there before a key is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.take import Take

if TYPE_CHECKING:
    from studio.workflows.again_offer import AgainOffer
    from studio.workflows.studio import Studio

MOST = 500
"""Offers that are remembered; the oldest go."""


class AgainPrices:
    """Asks the journal once for each take."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._known: dict[str, AgainOffer] = {}

    def known(self, take: Take) -> AgainOffer | None:
        """The offer, if it was learnt before."""
        return self._known.get(take.id)

    async def learn(self, take: Take) -> AgainOffer:
        """The offer, read from the journal in a thread where it is not known."""
        if (known := self._known.get(take.id)) is not None:
            return known
        from studio.workflows.again_offer import again_offer

        found = self._known[take.id] = await again_offer(self._studio, take)
        while len(self._known) > MOST:
            del self._known[next(iter(self._known))]
        return found

    def forget(self) -> None:
        """Prices have changed."""
        self._known.clear()
