"""Making any endpoint of fal's usable: its schema becomes an entry of the user's own catalogue file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from studio.config.catalogue import Catalogue
from studio.config.catalogue_added import add_entry
from studio.config.catalogue_entry import ENDPOINT
from studio.config.live_data import price_source
from studio.config.live_price import unit_of
from studio.domain.errors import NotFound, ProviderError, UsageError
from studio.domain.model import Model
from studio.engine.ports import Provider
from studio.workflows.refresh import refresh, schema_entry

_ONE_FIGURE = "fal names one figure; more for size, quality or sound is not in it."
_INPUT = "Whether the reference pictures are charged too is unknown."

_PAGES = ("https://fal.ai/models/", "http://fal.ai/models/", "https://fal.run/", "https://queue.fal.run/")
"""Addresses an artist may copy an endpoint from."""


def endpoint_id(text: str) -> str:
    """The endpoint id in what an artist typed or copied. Raises UsageError when there is none."""
    name = text.strip()
    for page in _PAGES:
        name = name.removeprefix(page)
    name = name.split("?")[0].split("#")[0].strip("/")
    for ending in ("/api", "/playground", "/llms.txt"):
        name = name.removesuffix(ending)
    if not ENDPOINT.fullmatch(name):
        raise UsageError(f"{text!r} is no endpoint.", "It looks like OWNER/NAME or OWNER/NAME/PATH.")
    return name


async def add_model(provider: Provider, catalogue: Catalogue, endpoint: str, today: str) -> Model:
    """The model of an endpoint, read from fal now and kept: one of the studio's own in the cache, any other in the
    user's `added.toml`. It is in the catalogue at once.

    Raises NotFound when fal lists no such endpoint, Broken when its schema cannot be read, ProviderError when fal
    cannot be reached, ProjectError when the file cannot be written.
    """
    if catalogue.shipped(endpoint):
        await refresh(provider, catalogue, [endpoint], today)
    else:
        listing = (await provider.schemas([endpoint])).get(endpoint)
        if listing is None:
            raise NotFound(f"fal lists no {endpoint}.", "studio models search WORDS looks through its list.")
        entry = schema_entry(listing, today)
        entry["price"] = await _price(provider, entry, today, catalogue.server)
        catalogue.add(endpoint, await asyncio.to_thread(add_entry, entry))
    model = catalogue.model(endpoint)
    if model is None or model.unread:
        raise NotFound(f"fal lists no {endpoint}.", "studio models search WORDS looks through its list.")
    return model


async def _price(provider: Provider, entry: Mapping[str, object], today: str, server: str) -> dict[str, object]:
    """The price table; without an amount when fal does not say, or there is no key to ask with."""
    endpoint = str(entry["id"])
    try:
        told = (await provider.prices([endpoint])).get(endpoint)
    except ProviderError:
        # The endpoint is usable without a price, which stays unknown: the spend gate asks then.
        told = None
    if told is None or not told[0]:
        return {"unit": "unit", "confidence": "unconfirmed", "source": "not known yet"}
    amount, unit = told[0], unit_of(told[1]) or "unit"
    price: dict[str, object] = {"unit": unit, "amount": amount, "as_of": today, "confidence": "confirmed"}
    price |= {"rules": [_ONE_FIGURE], "source": price_source(server)}
    if unit == "megapixel" and isinstance(reference := entry.get("reference"), Mapping):
        price["extras"] = [{"given": reference["field"], "says": _INPUT}]
    return price
