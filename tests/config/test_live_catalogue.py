"""What fal said since the studio was shipped, laid over the catalogue; and caches that cannot be used."""

from __future__ import annotations

import json
import stat
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from studio.config.catalogue import load_catalogue
from studio.config.paths import user_share
from studio.config.price_cache import LivePrice, read_prices, write_prices
from studio.config.schema_cache import cached_endpoints, read_schema, write_schema
from studio.config.servers import FAL, SANDBOX, live_folder
from studio.domain.model import Model, Param

FLEX = "fal-ai/flux-2-flex"
VEO = "fal-ai/veo3.1"
TODAY = "2026-11-20"


def flex(server: str = FAL) -> Model:
    model = load_catalogue(server).model(FLEX)
    assert model is not None
    return model


def guidance(model: Model) -> Param:
    param = model.param("guidance_scale")
    assert param is not None
    return param


def entry(endpoint: str = FLEX, read: str = TODAY, **more: Any) -> dict[str, object]:
    params = [
        {"name": "prompt", "type": "string", "required": True},
        {"name": "guidance_scale", "type": "number", "default": Decimal("4.5"), "min": Decimal("1.5"), "max": 12},
        {"name": "mood", "type": "enum", "enum": ["calm", "fierce"]},
    ]
    return {"id": endpoint, "schema": read, "param": params, **more}


def own(text: str) -> None:
    folder = user_share("presets/models")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.toml").write_text(text, encoding="utf-8")


def test_a_price_that_was_read_later_counts_and_nothing_else_changes() -> None:
    before = flex()
    write_prices(live_folder(), {FLEX: LivePrice(Decimal("0.06"), "megapixels", TODAY)})
    model = flex()
    assert (model.price.amount, model.price.as_of, model.price.counts) == (Decimal("0.06"), TODAY, "input+output")
    assert model.params == before.params


def test_a_price_that_was_read_before_the_shipped_one_does_not_count() -> None:
    write_prices(live_folder(), {FLEX: LivePrice(Decimal("0.06"), "megapixels", "2026-08-21")})
    assert flex().price.amount == Decimal("0.05")


def test_a_price_in_the_users_own_file_counts_before_fals() -> None:
    write_prices(live_folder(), {FLEX: LivePrice(Decimal("0.06"), "megapixels", TODAY)})
    own(f'[[model]]\nid = "{FLEX}"\n[model.price]\namount = 0.01\n')
    price = flex().price
    assert (price.amount, price.as_of, price.source) == (Decimal("0.01"), "", "your own file")


def test_a_schema_that_was_read_later_brings_fals_arguments_and_keeps_our_words() -> None:
    write_schema(live_folder(), entry())
    model = flex()
    assert [param.name for param in model.params] == ["prompt", "guidance_scale", "mood"]
    assert (guidance(model).default, guidance(model).max, guidance(model).role) == (4.5, Decimal(12), "guidance")
    assert model.schema == TODAY
    assert model.sweet is not None and model.best_for.startswith("Character poses")


def test_a_schema_that_was_read_before_the_shipped_one_does_not_count() -> None:
    before = flex()
    write_schema(live_folder(), entry(read="2026-08-21"))
    assert flex() == before


def test_the_users_own_default_counts_before_fals() -> None:
    own(f'[[model]]\nid = "{FLEX}"\n[[model.param]]\nname = "guidance_scale"\ndefault = 6.5\n')
    write_schema(live_folder(), entry())
    assert (guidance(flex()).default, guidance(flex()).max) == (6.5, Decimal(12))


def test_what_fal_has_given_up_is_deprecated() -> None:
    write_schema(live_folder(), entry(deprecated=True))
    assert flex().deprecated


def test_an_endpoint_that_was_never_read_is_read_now() -> None:
    endpoint = "google/nano-banana-2.1"
    write_schema(live_folder(), entry(endpoint))
    model = load_catalogue().model(endpoint)
    assert model is not None and not model.unread
    assert model.param("mood") is not None


def test_a_tier_by_an_argument_that_is_gone_goes_with_it() -> None:
    write_schema(live_folder(), entry(VEO))
    model = load_catalogue().model(VEO)
    assert model is not None
    assert (model.price.tiers, model.price.amount) == ((), Decimal("0.4"))


def test_what_the_sandbox_says_counts_in_the_sandbox_alone() -> None:
    write_prices(live_folder(SANDBOX), {FLEX: LivePrice(Decimal("9"), "megapixels", TODAY)})
    write_schema(live_folder(SANDBOX), entry())
    assert flex().price.amount == Decimal("0.05") and flex().param("mood") is None
    model = flex(SANDBOX)
    assert (model.price.amount, model.price.source) == (Decimal("9"), "the sandbox")
    assert model.param("mood") is not None


def test_the_sandbox_knows_what_fal_said_too() -> None:
    write_prices(live_folder(), {FLEX: LivePrice(Decimal("0.06"), "megapixels", TODAY)})
    assert flex(SANDBOX).price.amount == Decimal("0.06")


def test_two_servers_at_addresses_are_kept_apart() -> None:
    write_prices(live_folder("http://localhost:1"), {FLEX: LivePrice(Decimal("1"), "megapixels", TODAY)})
    assert flex("http://localhost:1").price.amount == Decimal("1")
    assert flex("http://localhost:2").price.amount == Decimal("0.05")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 99, "prices": {}}', "\x00\xff", "[" * 5000])
def test_a_broken_price_cache_is_told_in_one_sentence_and_counts_as_absent(text: str) -> None:
    folder = live_folder()
    folder.mkdir(parents=True)
    (folder / "prices.json").write_bytes(text.encode("latin-1"))
    catalogue = load_catalogue()
    model = catalogue.model(FLEX)
    assert model is not None and model.price.amount == Decimal("0.05")
    assert len(catalogue.problems) == 1
    assert "prices.json" in catalogue.problems[0] and "studio models refresh" in catalogue.problems[0]
    _ = catalogue.models
    assert len(catalogue.problems) == 1


def test_a_broken_schema_is_told_and_the_shipped_one_counts() -> None:
    before = flex()
    write_schema(live_folder(), entry())
    path = next((live_folder() / "schemas").glob("*.json"))
    path.write_text("{", encoding="utf-8")
    catalogue = load_catalogue()
    assert catalogue.model(FLEX) == before
    assert len(catalogue.problems) == 1


def test_a_schema_that_makes_no_sense_is_told_and_the_shipped_one_counts() -> None:
    before = flex()
    write_schema(live_folder(), {"id": FLEX, "schema": TODAY, "param": [{"name": "x", "type": "riddle"}]})
    catalogue = load_catalogue()
    assert catalogue.model(FLEX) == before
    assert FLEX in catalogue.problems[0] and "riddle" in catalogue.problems[0]


def test_single_prices_that_make_no_sense_are_left_out(tmp_path: Path) -> None:
    good = {"amount": "0.05", "unit": "images", "read": TODAY}
    rows = {"good": good, "b": {**good, "amount": "free"}, "c": {**good, "amount": "-1"}, "d": 7, "e": {"amount": "1"}}
    (tmp_path / "prices.json").write_text(json.dumps({"version": 1, "prices": rows}), encoding="utf-8")
    assert list(read_prices(tmp_path)) == ["good"]


def test_caches_are_for_their_owner_alone_and_keep_every_digit() -> None:
    write_prices(live_folder(), {FLEX: LivePrice(Decimal("0.1000000000000000055"), "images", TODAY)})
    write_schema(live_folder(), entry())
    files = [path for path in live_folder().rglob("*.json") if path.is_file()]
    assert len(files) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert read_prices(live_folder())[FLEX].amount == Decimal("0.1000000000000000055")


def test_an_endpoint_finds_its_own_file_whatever_its_name() -> None:
    names = ["a/b", "a/b/c", "a%2Fb/c", "Me.You/x_y-z"]
    for name in names:
        write_schema(live_folder(), entry(name))
    assert cached_endpoints(live_folder()) == frozenset(names)
    for name in names:
        found = read_schema(live_folder(), name)
        assert found is not None and found["id"] == name


def test_what_was_read_again_is_there_after_a_reload() -> None:
    catalogue = load_catalogue()
    assert catalogue.model(FLEX) and len(catalogue.models) == len(catalogue.ids)
    write_prices(live_folder(), {FLEX: LivePrice(Decimal("0.06"), "megapixels", TODAY)})
    catalogue.reload()
    model = catalogue.model(FLEX)
    assert model is not None and model.price.amount == Decimal("0.06")
    assert next(one for one in catalogue.models if one.id == FLEX) == model


def test_what_a_setting_does_is_said_in_our_words_or_else_in_fals() -> None:
    catalogue = load_catalogue()
    silent = {param.name for model in catalogue.models for param in model.params if not catalogue.says(param)}
    assert not silent
    assert catalogue.says(Param("mood", "string", about="The mood.")) == "The mood."
