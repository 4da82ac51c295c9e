"""`studio models`: the list, one model, and asking fal, played or by the sandbox."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from studio import compose
from studio.config.catalogue import load_catalogue
from studio.config.servers import FAL, live_folder
from studio.domain.errors import Unavailable
from studio.engine.ports import Listing
from studio.sandbox.schema import openapi_of
from tests.cli.conftest import Call, Fal, money_of
from tests.fakes.provider import FakeProvider

FLEX = "fal-ai/flux-2-flex"
GONE = "fal-ai/recraft-v3"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeProvider]:
    """A fal that answers questions about models, and whether a key was found for it."""
    provider = FakeProvider()
    monkeypatch.setattr(
        compose, "open_provider", lambda folder, options: compose.Reached(provider, FAL, has_key=True, warning="")
    )
    yield provider
    assert provider.closed


def listing(endpoint: str, like: str = FLEX, **more: Any) -> Listing:
    model = load_catalogue().model(like)
    assert model is not None
    return Listing(endpoint, schema=openapi_of(model), **more)


def facts() -> dict[str, list[list[Any]]]:
    path = Path(__file__).parents[1] / "config" / "endpoints.json"
    rows: dict[str, list[list[Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def test_every_endpoint_is_told_with_its_arguments_as_fal_has_them(call: Call) -> None:
    told = {line["id"]: line for line in call("models").events("model")}
    for endpoint, rows in facts().items():
        params = {param["name"]: param for param in told[endpoint]["params"]}
        for name, kind, required, *rest in rows:
            default, low, high, words = [*rest, None, None, None, None][:4]
            found = params[name]
            assert (found["type"], found["required"]) == (kind, required)
            assert (found.get("default"), found.get("min"), found.get("max")) == (default, low, high)
            assert found.get("enum", []) == (words or [])


def test_prices_are_strings_with_their_date_and_an_unknown_one_is_null(call: Call) -> None:
    told = {line["id"]: line["price"] for line in call("models").events("model")}
    assert money_of(told[FLEX], "amount") == Decimal("0.05")
    assert told[FLEX]["as_of"] and told[FLEX]["confidence"] == "confirmed"
    assert told["fal-ai/instant-character"]["amount"] is None


@pytest.mark.parametrize("columns", ["79", "160"])
def test_the_list_tells_what_a_model_is_for_its_price_and_the_prices_age(
    call_at_terminal: Call, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setattr("studio.cli.tables.console", lambda: _console(int(columns)))
    monkeypatch.setattr("studio.cli.models_list.console", lambda: _console(int(columns)))
    out = call_at_terminal("models").out
    for text in ("FLUX.2 [flex]", FLEX, "$0.05 per megapixel", "old", "30 s", "deprecated models are left out"):
        assert text in out
    assert "studio starts here" in " ".join(out.split())
    assert GONE not in out
    assert max(len(line) for line in re.sub(r"\x1b\[\d*m", "", out).splitlines()) <= max(int(columns), 110)


def _console(columns: int) -> Any:
    return Console(file=sys.stdout, markup=False, highlight=False, width=columns)


def test_one_model_is_told_on_a_page(call_at_terminal: Call) -> None:
    out = call_at_terminal("models", "show", "fal-ai/nano-banana-2").out
    for text in ("resolution 4K: $0.16", "Searching the web adds $0.015.", "aspect_ratio", "newer", "one call"):
        assert text in out
    unread = call_at_terminal("models", "show", "google/nano-banana-2.1").out
    assert "studio models refresh google/nano-banana-2.1" in unread
    assert "yes; fal-ai/recraft/v3/text-to-image follows it" in call_at_terminal("models", "show", GONE).out


@pytest.mark.parametrize("words", [("show",), ("add",), ("search",), ("dance",), ("show", "a", "b")])
def test_a_verb_that_is_not_understood_says_what_there_is(call: Call, words: tuple[str, ...]) -> None:
    said = call("models", *words)
    assert said.code == 2 and len(said.err.splitlines()) == 1


def test_refresh_tells_what_changed_and_keeps_it(call: Call, asked: FakeProvider) -> None:
    asked.listed = [listing(FLEX)]
    asked.priced = {FLEX: (Decimal("0.06"), "megapixels")}
    said = call("models", "refresh", FLEX)
    assert said.code == 0
    assert said.events("changed") == [
        {"event": "changed", "id": FLEX, "what": "price", "name": "", "aspect": "", "before": "0.05", "after": "0.06"}
    ]
    assert said.lines[-1]["event"] == "refreshed" and said.lines[-1]["prices"] == 1
    price = call("models", "show", FLEX).lines[0]["price"]
    assert (price["amount"], price["source"]) == ("0.06", "fal pricing API")


def test_refresh_in_words(call_at_terminal: Call, asked: FakeProvider) -> None:
    asked.listed = [listing(FLEX)]
    asked.priced = {FLEX: (Decimal("0.06"), "megapixels")}
    out = call_at_terminal("models", "refresh", FLEX, "fal-ai/flux/dev").out
    assert "price: $0.05 → $0.06" in out
    assert "Not listed there: fal-ai/flux/dev." in out
    assert "Read 1 schemas and 1 prices; 1 changes." in out


def test_without_a_network_what_is_known_counts_and_one_sentence_says_so(call: Call, asked: FakeProvider) -> None:
    asked.fail_with("schemas", Unavailable("fal cannot be reached."))
    said = call("models", "refresh")
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1
    assert "fal cannot be reached." in said.err and "2026-10" in said.err
    assert call("models", "show", FLEX).code == 0


def test_refresh_takes_no_name_that_is_none(call: Call, asked: FakeProvider) -> None:
    said = call("models", "refresh", "flux-2-flx")
    asked.closed = True
    assert said.code == 2 and FLEX in said.err


def test_a_broken_cache_is_one_sentence_and_everything_works(call: Call) -> None:
    live_folder().mkdir(parents=True)
    (live_folder() / "prices.json").write_text("{", encoding="utf-8")
    said = call("models")
    assert said.code == 0 and len(said.lines) > 90
    assert len(said.err.splitlines()) == 1 and "prices.json" in said.err


def test_a_search_goes_through_fals_own_list(call: Call, asked: FakeProvider) -> None:
    asked.listed = [Listing("a/pixel", "Pixel \x1b[31mArt", "text-to-image"), Listing(FLEX, "Pixel flex")]
    said = call("models", "search", "pixel")
    assert [(line["id"], line["known"]) for line in said.events("found")] == [("a/pixel", False), (FLEX, True)]
    assert "\x1b" not in said.out and "u001b" not in said.out.replace("\\u001b[31m", "")


def test_a_search_that_finds_nothing_says_so(call_at_terminal: Call, asked: FakeProvider) -> None:
    said = call_at_terminal("models", "search", "nothing", "at", "all")
    assert said.code == 0 and "nothing at all" in said.out


def test_a_deprecated_model_is_not_drawn_with_by_accident(call: Call, project: Path, fal: Fal) -> None:
    for command in ("render", "estimate"):
        said = call(command, project, "--yes", "--model", GONE)
        assert said.code == 2 and fal.sent == 0
        assert "fal-ai/recraft/v3/text-to-image" in said.err and f"{GONE}!" in said.err
    assert call("estimate", project, "--model", f"{GONE}!").code == 0


def test_a_model_nobody_read_is_read_before_its_first_picture(
    call: Call, project: Path, fal: Fal, asked: FakeProvider
) -> None:
    unread = "google/nano-banana-2.1"
    asked.listed = [listing(unread, "fal-ai/nano-banana-2")]
    said = call("render", project, "--yes", "--pose", "running", "--model", unread)
    assert said.code == 0
    assert "never read before" in said.err
    sent = fal.provider.submitted[0].arguments
    assert sent["output_format"] == "png" and sent["num_images"] == 1 and "seed" in sent


def test_a_model_that_cannot_be_read_costs_nothing(call: Call, project: Path, fal: Fal, asked: FakeProvider) -> None:
    said = call("render", project, "--yes", "--pose", "running", "--model", "google/nano-banana-2.1")
    assert said.code == 2 and fal.sent == 0
    assert "google/nano-banana-2.1" in said.err
