"""What servers said about their models, found by endpoint: read when it is asked for, and once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from studio.config.live_price import with_live_price
from studio.config.live_schema import with_live_schema
from studio.config.price_cache import SOURCE, LivePrice, read_prices
from studio.config.schema_cache import Entry, cached_endpoints, read_schema
from studio.config.servers import FAL, SANDBOX, live_folder
from studio.config.toml_table import Table
from studio.domain.errors import ProjectError
from studio.domain.model import Model


def price_source(server: str) -> str:
    """How the source of a server's prices is named."""
    return SOURCE if server == FAL else f"the {server}" if server == SANDBOX else server


class LiveData:
    """The cache of one server over that of fal. What cannot be used is told once and counts as absent."""

    def __init__(self, server: str, tell: Callable[[str], None]) -> None:
        self.server = server
        self._folders: Sequence[tuple[str, Path]] = [(name, live_folder(name)) for name in dict.fromkeys((FAL, server))]
        self._tell = tell

    def over(self, endpoint: str, below: Table) -> Table:
        """The entry with the schema as it was last told over it."""
        schema = self._schema(endpoint)
        return below if schema is None else with_live_schema(below, schema)

    def priced(self, model: Model) -> Model:
        """The model with the price as it was last told."""
        price = self._prices.get(model.id)
        return model if price is None else replace(model, price=with_live_price(model.price, price))

    def _schema(self, endpoint: str) -> Entry | None:
        # The server's own answer counts before fal's.
        for folder, known in reversed(self._schemas):
            if endpoint in known:
                try:
                    if (entry := read_schema(folder, endpoint)) is not None:
                        return entry
                except ProjectError as error:
                    self._tell(f"{error.happened} {error.remedy}")
        return None

    @cached_property
    def _prices(self) -> dict[str, LivePrice]:
        found: dict[str, LivePrice] = {}
        for name, folder in self._folders:
            try:
                found |= read_prices(folder, price_source(name))
            except ProjectError as error:
                self._tell(f"{error.happened} {error.remedy}")
        return found

    @cached_property
    def _schemas(self) -> list[tuple[Path, frozenset[str]]]:
        return [(folder, cached_endpoints(folder)) for _, folder in self._folders]
