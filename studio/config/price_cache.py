"""Prices as fal told them, by endpoint: one JSON file, read when the first model is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from studio.config.live_file import read_json, write_json
from studio.domain import money
from studio.domain.errors import ProjectError

NAME = "prices.json"
VERSION = 1
SOURCE = "fal pricing API"


@dataclass(frozen=True, slots=True)
class LivePrice:
    """One answer of fal's pricing API: USD for one unit, in fal's word for the unit."""

    amount: Decimal
    unit: str
    read: str
    """The date it was read, `2026-11-20`."""
    source: str = SOURCE
    """Who said so."""


def read_prices(folder: Path, source: str = SOURCE) -> dict[str, LivePrice]:
    """The cached prices of a server's folder, said by `source`; none when there is no file.

    Raises ProjectError with a sentence when the file cannot be used. Single entries that make no sense are left out.
    """
    found = read_json(folder / NAME, VERSION) or {}
    entries = found.get("prices", {})
    if not isinstance(entries, dict):
        raise ProjectError(f"{NAME} holds no prices, so those that came with the studio count.")
    prices = {endpoint: _price(entry, source) for endpoint, entry in entries.items()}
    return {endpoint: price for endpoint, price in prices.items() if price is not None}


def write_prices(folder: Path, prices: Mapping[str, LivePrice]) -> None:
    """Keep prices, whole or not at all. Raises ProjectError."""
    entries = {
        endpoint: {"amount": money.text(price.amount), "unit": price.unit, "read": price.read}
        for endpoint, price in sorted(prices.items())
    }
    write_json(folder / NAME, VERSION, {"prices": entries})


def _price(entry: object, source: str) -> LivePrice | None:
    if not isinstance(entry, dict):
        return None
    amount, unit, read = entry.get("amount"), entry.get("unit"), entry.get("read")
    if not isinstance(amount, str) or not isinstance(unit, str) or not isinstance(read, str):
        return None
    try:
        exact = money.usd(amount)
    except ValueError:
        return None
    return LivePrice(exact, unit, read, source) if exact >= 0 else None
