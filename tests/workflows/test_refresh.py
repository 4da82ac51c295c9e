"""Asking fal again: what is kept, what is told, and what happens when there is no answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from studio.config.catalogue import Catalogue, load_catalogue
from studio.config.catalogue_added import added_file
from studio.config.price_cache import read_prices
from studio.config.servers import live_folder
from studio.domain.errors import Broken, KeyRefused, MissingKey, NotFound, Unavailable, UsageError
from studio.domain.model_changes import What
from studio.engine.ports import Listing
from studio.sandbox.schema import openapi_of
from studio.workflows.adding import add_model, endpoint_id
from studio.workflows.refresh import learn, refresh
from tests.fakes.provider import FakeProvider

FLEX = "fal-ai/flux-2-flex"
UNREAD = "google/nano-banana-2.1"
MINE = "me/my-app"
TODAY = "2026-11-20"


@pytest.fixture
def catalogue() -> Catalogue:
    return load_catalogue()


def listing(endpoint: str, like: str = FLEX, **more: Any) -> Listing:
    """What fal would list: the schema of a model the studio knows."""
    model = load_catalogue().model(like)
    assert model is not None
    return Listing(endpoint, schema=openapi_of(model), **more)


def without(given: Listing, name: str) -> Listing:
    """The listing with an argument gone."""
    document: Any = given.schema
    for part in document["components"]["schemas"].values():
        part.get("properties", {}).pop(name, None)
    return given


async def test_prices_and_schemas_are_kept_for_the_next_start(catalogue: Catalogue) -> None:
    provider = FakeProvider()
    provider.listed = [without(listing(FLEX), "safety_tolerance")]
    provider.priced = {FLEX: (Decimal("0.06"), "megapixels")}
    refreshed = await refresh(provider, catalogue, [FLEX, UNREAD], TODAY)
    assert (refreshed.schemas, refreshed.prices, refreshed.missing) == (1, 1, (UNREAD,))
    assert [(change.what, change.name) for change in refreshed.changes] == [
        (What.PRICE, ""),
        (What.REMOVED, "safety_tolerance"),
    ]
    for one in (catalogue, load_catalogue()):
        model = one.model(FLEX)
        assert model is not None and model.param("safety_tolerance") is None
        assert (model.price.amount, model.price.as_of, model.schema) == (Decimal("0.06"), TODAY, TODAY)


async def test_a_second_refresh_without_news_tells_nothing(catalogue: Catalogue) -> None:
    provider = FakeProvider()
    provider.listed = [listing(FLEX)]
    await refresh(provider, catalogue, [FLEX], TODAY)
    assert (await refresh(provider, catalogue, [FLEX], TODAY)).changes == ()


@pytest.mark.parametrize(
    ("error", "said"), [(MissingKey("No key."), "need a key"), (KeyRefused("Wrong key."), "Wrong key.")]
)
async def test_without_a_good_key_the_schemas_are_read_and_the_prices_stay(
    catalogue: Catalogue, error: MissingKey | KeyRefused, said: str
) -> None:
    provider = FakeProvider()
    provider.listed = [listing(FLEX)]
    provider.fail_with("prices", error)
    refreshed = await refresh(provider, catalogue, [FLEX], TODAY)
    assert (refreshed.schemas, refreshed.prices) == (1, 0)
    assert len(refreshed.notes) == 1 and said in refreshed.notes[0]


async def test_a_price_that_is_not_told_again_is_not_forgotten(catalogue: Catalogue) -> None:
    provider = FakeProvider()
    provider.listed = [listing(FLEX), listing("fal-ai/flux/dev", "fal-ai/flux/dev")]
    provider.priced = {FLEX: (Decimal("0.06"), "megapixels")}
    await refresh(provider, catalogue, [FLEX], TODAY)
    provider.priced = {"fal-ai/flux/dev": (Decimal("0.03"), "megapixels")}
    await refresh(provider, catalogue, ["fal-ai/flux/dev"], TODAY)
    assert set(read_prices(live_folder())) == {FLEX, "fal-ai/flux/dev"}


async def test_a_broken_cache_is_written_anew(catalogue: Catalogue) -> None:
    live_folder().mkdir(parents=True)
    (live_folder() / "prices.json").write_text("{", encoding="utf-8")
    provider = FakeProvider()
    provider.listed = [listing(FLEX)]
    await refresh(provider, catalogue, [FLEX], TODAY)
    assert list(read_prices(live_folder())) == [FLEX]


async def test_one_schema_that_cannot_be_read_leaves_the_others(catalogue: Catalogue) -> None:
    provider = FakeProvider()
    provider.listed = [listing(FLEX), Listing("fal-ai/flux/dev", schema={"components": {}})]
    refreshed = await refresh(provider, catalogue, [FLEX, "fal-ai/flux/dev"], TODAY)
    assert refreshed.schemas == 1
    assert "fal-ai/flux/dev" in refreshed.notes[0]


async def test_no_answer_changes_nothing(catalogue: Catalogue) -> None:
    provider = FakeProvider()
    provider.fail_with("schemas", Unavailable("No network."))
    with pytest.raises(Unavailable):
        await refresh(provider, catalogue, [FLEX], TODAY)
    assert not live_folder().exists()


async def test_what_fal_has_given_up_is_told(catalogue: Catalogue) -> None:
    provider = FakeProvider()
    provider.listed = [listing(FLEX, deprecated=True)]
    refreshed = await refresh(provider, catalogue, [FLEX], TODAY)
    assert [change.what for change in refreshed.changes] == [What.DEPRECATED]


async def test_a_model_that_was_never_read_is_learnt_once(catalogue: Catalogue) -> None:
    provider = FakeProvider()
    provider.listed = [listing(UNREAD, "fal-ai/nano-banana-2")]
    model = await learn(provider, catalogue, UNREAD, TODAY)
    assert not model.unread and model.param("resolution") is not None
    provider.fail_with("schemas", Unavailable("No network."))
    assert await learn(provider, catalogue, UNREAD, TODAY) == model


async def test_a_model_fal_does_not_list_cannot_be_learnt(catalogue: Catalogue) -> None:
    with pytest.raises(UsageError, match=UNREAD):
        await learn(FakeProvider(), catalogue, UNREAD, TODAY)


async def test_an_app_of_the_artists_own_is_usable_at_once_and_after_a_restart(catalogue: Catalogue) -> None:
    provider = FakeProvider()
    provider.listed = [listing(MINE, title="My \x1b[31mapp", category="text-to-image", about="Draws me.", seconds=3.0)]
    provider.priced = {MINE: (Decimal("0.0125"), "images")}
    added = await add_model(provider, catalogue, MINE, TODAY)
    assert (added.title, added.kind, added.best_for, added.speed_s) == ("My app", "text-to-image", "Draws me.", 3.0)
    assert (added.price.amount, added.price.unit, added.price.as_of) == (Decimal("0.0125"), "image", TODAY)
    assert added.role("prompt") is not None and added.role("guidance") is not None
    assert load_catalogue().model(MINE) == added


async def test_a_price_nobody_tells_stays_unknown(catalogue: Catalogue) -> None:
    provider = FakeProvider()
    provider.listed = [listing(MINE)]
    provider.fail_with("prices", MissingKey("No key."))
    assert (await add_model(provider, catalogue, MINE, TODAY)).price.amount is None


async def test_a_price_by_the_megapixel_says_that_input_may_be_charged(catalogue: Catalogue) -> None:
    provider = FakeProvider()
    provider.listed = [listing(MINE, "fal-ai/flux-2-flex/edit")]
    provider.priced = {MINE: (Decimal("0.02"), "megapixels")}
    price = (await add_model(provider, catalogue, MINE, TODAY)).price
    assert price.extras[0].given == "image_urls" and price.extras[0].amount is None


async def test_what_came_with_the_studio_is_read_anew_and_not_added(catalogue: Catalogue) -> None:
    provider = FakeProvider()
    provider.listed = [listing(FLEX)]
    assert (await add_model(provider, catalogue, FLEX, TODAY)).schema == TODAY
    assert not added_file().exists()


async def test_an_endpoint_nobody_has_is_told_and_not_added(catalogue: Catalogue) -> None:
    with pytest.raises(NotFound, match="nobody/nothing"):
        await add_model(FakeProvider(), catalogue, "nobody/nothing", TODAY)
    provider = FakeProvider()
    provider.listed = [Listing(MINE)]
    with pytest.raises(Broken, match=MINE):
        await add_model(provider, catalogue, MINE, TODAY)
    assert not added_file().exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("me/my-app", "me/my-app"),
        (" https://fal.ai/models/fal-ai/flux/dev/playground ", "fal-ai/flux/dev"),
        ("https://fal.ai/models/fal-ai/flux/dev/api?x=1#y", "fal-ai/flux/dev"),
        ("https://queue.fal.run/Me/App/v1.1", "Me/App/v1.1"),
    ],
)
def test_an_endpoint_is_taken_as_it_is_copied(typed: str, meant: str) -> None:
    assert endpoint_id(typed) == meant


@pytest.mark.parametrize("typed", ["", "flux", "../../etc/passwd", "a/b c", "a//b", "https://elsewhere.org/a/b"])
def test_what_is_no_endpoint_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="is no endpoint"):
        endpoint_id(typed)
