"""fal's list of endpoints, played."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engine.ports import Listing


class FakeListing:
    """Lists what stands in `listed`."""

    listed: Sequence[Listing] = ()

    def _fail(self, method: str) -> None: ...

    async def schemas(self, endpoints: Sequence[str]) -> dict[str, Listing]:
        self._fail("schemas")
        return {one.endpoint: one for one in self.listed if one.endpoint in endpoints}

    async def search(self, words: str) -> Sequence[Listing]:
        self._fail("search")
        return [one for one in self.listed if words.lower() in f"{one.endpoint} {one.title}".lower()]
