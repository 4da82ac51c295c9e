"""Beyond the catalogue: looking through fal's own list, and making what is found there usable at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from studio.domain.model import Model
from studio.engine.ports import Listing
from studio.workflows.adding import add_model, endpoint_id
from studio.workflows.refresh import refresh
from studio.workflows.studio import Studio


class FalList:
    """The list of the server an open studio talks to: fal's, or the sandbox's. Needs no key."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def name(self) -> str:
        """Whose list it is."""
        return "the sandbox" if self._studio.sandbox else "fal"

    async def search(self, words: str) -> Sequence[Listing]:
        """What is found for some words, best first. Raises ProviderError when nobody answers."""
        return await self._studio.engine.provider.search(words)

    async def read(self, text: str) -> Model:
        """The model of an endpoint (or of a page's address), its settings read when they never were, and kept.

        Raises UsageError when the text is no endpoint, NotFound when nobody lists it, another ProviderError when
        nobody answers.
        """
        endpoint, studio = endpoint_id(text), self._studio
        if studio.catalogue.model(endpoint) is not None:
            return await studio.learn(endpoint)
        return await add_model(studio.engine.provider, studio.catalogue, endpoint, self._today())

    async def renew(self, endpoint: str) -> tuple[str, ...]:
        """Read price and settings of a known model again; what could not be read, each a sentence."""
        studio = self._studio
        return (await refresh(studio.engine.provider, studio.catalogue, [endpoint], self._today())).notes

    def _today(self) -> str:
        return datetime.fromtimestamp(self._studio.engine.desk.clock.now(), UTC).date().isoformat()
