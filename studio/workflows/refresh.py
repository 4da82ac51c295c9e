"""Asking fal what its models take and cost now, and keeping the answer for the next time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from studio.config.catalogue import Catalogue
from studio.config.openapi import read_openapi
from studio.config.price_cache import LivePrice, read_prices, write_prices
from studio.config.schema_cache import write_schema
from studio.config.servers import live_folder
from studio.domain.errors import Broken, MissingKey, ProjectError, ProviderError, UsageError
from studio.domain.model import Model
from studio.domain.model_changes import Change, changes
from studio.engine.ports import Listing, Provider


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh brought."""

    schemas: int
    """Endpoints whose schema was read."""
    prices: int
    """Endpoints whose price was read."""
    changes: tuple[Change, ...]
    missing: tuple[str, ...]
    """Endpoints the server does not list."""
    notes: tuple[str, ...]
    """What could not be done, each a sentence."""


async def refresh(provider: Provider, catalogue: Catalogue, endpoints: Sequence[str], today: str) -> Refreshed:
    """Read schemas and prices of these endpoints into the cache of the catalogue's server, and into the catalogue.

    `today` is the date that is written beside them, `2026-11-20`. Schemas need no key; where prices cannot be read
    they stay as they were and a note says why. Raises ProviderError when the server cannot be reached, ProjectError
    when the cache cannot be written.
    """
    before = await asyncio.to_thread(_models, catalogue, endpoints)
    listings = await provider.schemas(endpoints)
    notes: list[str] = []
    entries = [entry for listing in listings.values() if (entry := _entry(listing, today, notes)) is not None]
    prices = await _prices(provider, [*listings], notes)
    await asyncio.to_thread(_keep, catalogue.server, entries, prices, today)
    catalogue.reload()
    after = await asyncio.to_thread(_models, catalogue, endpoints)
    found = [change for name, model in before.items() if name in after for change in changes(model, after[name])]
    missing = tuple(endpoint for endpoint in endpoints if endpoint not in listings)
    return Refreshed(len(entries), len(prices), tuple(found), missing, tuple(notes))


async def learn(provider: Provider, catalogue: Catalogue, endpoint: str, today: str) -> Model:
    """The model of an endpoint, its arguments read from fal when they never were.

    Raises UsageError when there is no such model, or fal does not list it either; ProviderError as `refresh` does.
    """
    model = catalogue.model(endpoint)
    if model is not None and model.unread:
        await refresh(provider, catalogue, [endpoint], today)
        model = catalogue.model(endpoint)
    if model is None or model.unread:
        raise UsageError(f"fal lists no {endpoint}, so nothing can be sent to it.", "studio models search WORDS")
    return model


def schema_entry(listing: Listing, today: str) -> dict[str, object]:
    """The catalogue entry of a listing, dated. Raises Broken when there is no schema in it that can be read."""
    if listing.schema is None:
        raise Broken(f"fal gives no schema of {listing.endpoint}.")
    entry = read_openapi(listing.endpoint, listing.schema, listing.category)
    title = {"title": listing.title} if listing.title else {}
    about = {"best_for": listing.about} if listing.about else {}
    speed = {"speed_s": Decimal(str(listing.seconds))} if listing.seconds else {}
    gone = {"deprecated": True} if listing.deprecated else {}
    return {**entry, **title, **about, **speed, **gone, "schema": today}


def _entry(listing: Listing, today: str, notes: list[str]) -> dict[str, object] | None:
    try:
        return schema_entry(listing, today)
    except Broken as error:
        notes.append(f"{error.happened} What was known before counts.")
        return None


async def _prices(provider: Provider, endpoints: Sequence[str], notes: list[str]) -> dict[str, tuple[Decimal, str]]:
    try:
        return await provider.prices(endpoints) if endpoints else {}
    except MissingKey:
        notes.append("Prices need a key, so they stay as they were; schemas need none.")
    except ProviderError as error:
        notes.append(f"{error.happened} Prices stay as they were.")
    return {}


def _keep(
    server: str, entries: Iterable[Mapping[str, object]], prices: Mapping[str, tuple[Decimal, str]], today: str
) -> None:
    folder = live_folder(server)
    for entry in entries:
        write_schema(folder, entry)
    if prices:
        try:
            kept = read_prices(folder)
        except ProjectError:  # the broken file is what this refresh replaces
            kept = {}
        write_prices(
            folder, {**kept, **{name: LivePrice(amount, unit, today) for name, (amount, unit) in prices.items()}}
        )


def _models(catalogue: Catalogue, endpoints: Sequence[str]) -> dict[str, Model]:
    return {name: model for name in endpoints if (model := catalogue.model(name)) is not None}
