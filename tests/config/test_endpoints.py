"""The shipped catalogue against fal's endpoints as they were read: every argument, its type, range and default.

`endpoints.json` holds, by endpoint, rows of name, type, required, default, minimum, maximum and allowed words; what
is absent at a row's end is not set. It was taken from fal's published schemas of January to August 2026.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from studio.config.catalogue import load_catalogue

ROWS: dict[str, list[list[Any]]] = json.loads(Path(__file__).with_name("endpoints.json").read_text(encoding="utf-8"))
CATALOGUE = load_catalogue()

REASONS: dict[tuple[str, str], str] = {}
"""Arguments that differ on purpose, by endpoint and name, each with its reason."""


@pytest.mark.parametrize("endpoint", ROWS)
def test_an_entry_has_the_arguments_fal_publishes(endpoint: str) -> None:
    model = CATALOGUE.model(endpoint)
    assert model is not None and not model.unread and not model.deprecated
    given = {row[0]: [*row, *[None] * (7 - len(row))] for row in ROWS[endpoint]}
    assert [param.name for param in model.params] == list(given)
    for param in model.params:
        name, kind, required, default, low, high, words = given[param.name]
        found = (param.name, param.type, param.required, param.default, param.min, param.max, list(param.enum))
        wanted = (name, kind, required, default, exact(low), exact(high), words or [])
        assert found == wanted or (endpoint, name) in REASONS


def test_every_difference_has_its_reason_and_no_reason_is_left_over() -> None:
    assert all(reason and endpoint in ROWS for (endpoint, _), reason in REASONS.items())


def test_the_endpoints_that_are_not_compared_are_those_nobody_read() -> None:
    assert {model.id for model in CATALOGUE.models if not model.unread} == set(ROWS)


def exact(bound: float | None) -> Decimal | None:
    return None if bound is None else Decimal(str(bound))
