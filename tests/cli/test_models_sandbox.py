"""Reading models from the sandbox, all the way: prices, schemas, search, and an endpoint the catalogue never knew."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from studio.config.servers import FAL, SANDBOX, live_folder
from tests.cli.conftest import Call, money_of

FIGURE = "sandbox/any-figure"
FLEX = "fal-ai/flux-2-flex"
SLOW = 60


@pytest.fixture(autouse=True)
def quick_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_SANDBOX_PACE", "0")


@pytest.mark.timeout(SLOW)
def test_everything_is_read_from_the_sandbox_and_the_ages_show_it(call: Call, call_at_terminal: Call) -> None:
    said = call("models", "refresh", "--sandbox")
    assert said.code == 0, said.err
    end = said.lines[-1]
    assert (end["event"], end["server"], end["missing"]) == ("refreshed", SANDBOX, 0)
    assert end["schemas"] > 90 and end["prices"] > 60
    # Nothing changes but what nobody had read: the sandbox serves what the studio knows.
    assert {line["what"] for line in said.events("changed")} == {"read"}
    assert (live_folder(SANDBOX) / "prices.json").stat().st_mode & 0o777 == 0o600
    assert not live_folder(FAL).exists()
    assert "(today, the sandbox)" in call_at_terminal("models", "show", FLEX, "--sandbox").out
    assert "today" not in call_at_terminal("models", "show", FLEX).out


@pytest.mark.timeout(SLOW)
def test_what_is_another_than_last_time_is_told(call: Call) -> None:
    call("models", "refresh", FLEX, "--sandbox")
    cache = live_folder(SANDBOX)
    prices = json.loads((cache / "prices.json").read_text(encoding="utf-8"))
    prices["prices"][FLEX]["amount"] = "0.04"
    (cache / "prices.json").write_text(json.dumps(prices), encoding="utf-8")
    path = next((cache / "schemas").glob("*flex*"))
    schema = json.loads(path.read_text(encoding="utf-8"))
    params = schema["model"]["param"]
    params.remove(next(param for param in params if param["name"] == "seed"))
    next(param for param in params if param["name"] == "num_inference_steps")["max"] = 40
    path.write_text(json.dumps(schema), encoding="utf-8")
    changed = call("models", "refresh", FLEX, "--sandbox").events("changed")
    assert [(one["what"], one["name"], one["before"], one["after"]) for one in changed] == [
        ("price", "", "0.04", "0.05"),
        ("changed", "num_inference_steps", 40, 50),
        ("added", "seed", None, "integer"),
    ]


@pytest.mark.timeout(SLOW)
def test_an_endpoint_nobody_knew_is_found_added_and_drawn_with(call: Call, project: Path) -> None:
    assert call("models", "show", FIGURE).code == 2
    found = {line["id"]: line for line in call("models", "search", "figure", "--sandbox").events("found")}
    assert found[FIGURE]["known"] is False
    added = call("models", "add", FIGURE, f"https://fal.ai/models/{FIGURE}/edit", "--sandbox").events("model")
    assert [line["id"] for line in added] == [FIGURE, f"{FIGURE}/edit"]
    shown = call("models", "show", FIGURE).lines[0]
    assert money_of(shown["price"], "amount") == Decimal("0.0125")
    params = {param["name"]: param for param in shown["params"]}
    assert params["mood"]["enum"] == ["calm", "fierce", "merry"]
    assert (params["guidance_scale"]["min"], params["guidance_scale"]["max"]) == (1, 9)
    assert params["num_inference_steps"]["role"] == "steps"
    assert call("estimate", project, "--model", FIGURE, "--pose", "running").lines[-1]["estimate"] == "0.0125"
    assert call("estimate", project, "--model", FIGURE, "--guidance", "12").code == 2
    drawn = call("render", project, "--sandbox", "--yes", "--model", FIGURE, "--pose", "running", "--steps", "6")
    assert drawn.code == 0, drawn.err
    stored = drawn.events("stored")[0]
    assert money_of(stored, "billed") == Decimal("0.0125")
    sent = call("info", project / stored["path"]).lines[0]["arguments"]
    assert (sent["num_inference_steps"], sent["guidance_scale"], sent["output_format"]) == (6, 4.5, "png")
    assert found[FIGURE]["about"] == shown["best_for"]


@pytest.mark.timeout(SLOW)
def test_what_nobody_has_cannot_be_added(call: Call) -> None:
    said = call("models", "add", "nobody/nothing", "--sandbox")
    assert said.code == 1 and "nobody/nothing" in said.err
    assert call("models", "add", "nothing", "--sandbox").code == 2
