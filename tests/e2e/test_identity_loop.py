"""From one reference to a LoRA and back to pictures, by the real program and a fal of its own, dying on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.config.catalogue import load_catalogue
from studio.config.presets import Presets
from studio.config.project import load_character, load_poses
from studio.config.project_files import create_project
from studio.domain.model import Model, Param
from studio.library.weights_check import checked_weights
from tests.faults.world import World, new_world

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
TRIGGER = "glchgrl"
POSES = ("hero-stance", "running", "superhero-landing", "drawing-weapon", "sitting-cross-legged", "peace-sign")
PACK_ENDS = ("angry", "left side")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Glitch's project, one reference picture, and a sandbox that answers in fal's place."""
    with new_world(tmp_path, []) as made:
        for name in ("character.toml", "poses.toml", "studio.toml"):
            (made.project / name).unlink()
        create_project(made.project, Presets().character("glitch"))
        yield made


def run(world: World, *words: str | Path, code: int = 0) -> list[Mapping[str, Any]]:
    ended = world.studio(*words, "--json", within=120.0)
    assert ended.code == code, ended.said
    return list(ended.lines)


def events(lines: list[Mapping[str, Any]], kind: str) -> list[Mapping[str, Any]]:
    return [line for line in lines if line["event"] == kind]


def dies(world: World, place: str, *words: str | Path) -> None:
    """The same command dies at its first step of this name, and what it had paid for is fetched."""
    assert world.dying({"die_at": place}, *words, "--json").killed
    world.rescue()


def stored(world: World) -> int:
    return sum(order["billed"] for order in world.server.ledger()["requests"])


def test_one_reference_becomes_a_lora_that_draws_six_poses(world: World) -> None:
    project = world.project
    size = ("--size", "512x512")
    (reference,) = events(run(world, "render", project, "--pose", "hero-stance", "--yes", *size), "stored")

    # A pack of eight views; the first try dies before the sixth picture came, and nothing of it is bought again.
    source = project / reference["path"]
    pack: list[str | Path] = ["pack", project, "--reference", source, "--yes"]
    pack += [word for view in PACK_ENDS for word in ("--view", view)]
    dies(world, "provider: after submit", *pack)
    lines = run(world, *pack, "--pick")
    (made,) = events(lines, "pack")
    assert len(made["views"]) == 8
    manifest = json.loads((project / "pack" / "manifest.json").read_text(encoding="utf-8"))
    assert [view["role"] for view in manifest["views"]][:4] == ["front", "three-quarter", "side", "back"]
    with Image.open(project / made["sheet"]) as sheet:
        assert min(sheet.size) > 800
    assert len(load_character(project).references) == 8
    assert {"pack front", "pack left side"} <= {pose.name for pose in load_poses(project)}

    # Twelve picks.
    words = [word for pose in POSES[:4] for word in ("--pose", pose)]
    run(world, "render", project, *words, "--pick", "--yes", *size)
    picked = [take for take in events(run(world, "takes", project), "take") if take.get("pick")]
    assert len(picked) == 12

    # The doctor refuses what would fail, and passes what will train.
    refused = events(run(world, "dataset", project, "--trigger", "knight", code=1), "doctor")
    assert any(line["health"] == "broken" and line["rule"] == "trigger" for line in refused)
    (summary,) = events(run(world, "dataset", project, "--trigger", TRIGGER), "dataset")
    assert (summary["pictures"], summary["broken"]) == (12, 0)
    captions = sorted((project / "dataset").glob("*.txt"))
    assert len(captions) == 12
    assert all(path.read_text(encoding="utf-8").startswith(f"{TRIGGER}, ") for path in captions)

    # A training that dies before its weights are in place is fetched, not bought again.
    before = stored(world)
    dies(world, "disk: before fsync", "train", project, "--yes")
    (lora,) = load_character(project).loras
    assert (lora.trigger, lora.family, lora.trainer) == (TRIGGER, "flux1", "fal-ai/flux-lora-fast-training")
    assert checked_weights(project / lora.path).tensors > 0
    assert stored(world) - before == 1
    assert lora.price == Decimal(2)
    assert events(run(world, "train", project, "--yes"), "duplicate")[0]["path"] == lora.path

    # Six poses with it, the word in each prompt; the screen or the line may die in between.
    words = [word for pose in POSES for word in ("--pose", pose)]
    draw: list[str | Path] = ["render", project, "--model", "fal-ai/flux-lora", *words, "--yes", *size]
    dies(world, "provider: heard Running", *draw)
    drawn = events(run(world, *draw), "stored")
    assert len(drawn) == 6
    for line in drawn:
        (info,) = events(run(world, "info", project / line["path"]), "info")
        assert info["prompt"].startswith(f"{TRIGGER}, ")
        assert info["loras"][0]["path"] == lora.path
        assert info["arguments"]["loras"][0]["path"].startswith("https://")

    # One recolour of a pick, and what drifted.
    (child,) = events(run(world, "edit", project, drawn[0]["take"], "Make the suit dark green.", "--yes"), "stored")
    (info,) = events(run(world, "info", project / child["path"]), "info")
    assert info["parent"] == drawn[0]["take"]
    assert any(line.get("take") == child["take"] for line in run(world, "drift", project))

    orders = world.server.ledger()["requests"]
    assert {order["endpoint"] for order in orders} >= {
        *("fal-ai/ideogram/character", "fal-ai/flux-lora-fast-training", "fal-ai/flux-lora"),
    }
    for order in orders:
        assert_fits_the_schema(order["endpoint"], order["arguments"])
    assert world.open_jobs() == []


def assert_fits_the_schema(endpoint: str, arguments: Mapping[str, Any]) -> None:
    """Every argument is one the catalogue knows, of its type and in its range, and none that is required is missing."""
    model = load_catalogue().model(endpoint)
    assert isinstance(model, Model)
    assert {param.name for param in model.params if param.required} <= set(arguments)
    for name, value in arguments.items():
        param = model.param(name)
        assert param is not None, f"{endpoint} has no {name}"
        assert fits(param, value), f"{name} of {endpoint} is {value!r}"


def fits(param: Param, value: Any) -> bool:
    kinds = {"boolean": bool, "string": str, "array": list, "integer": int}
    if param.type in kinds and not isinstance(value, kinds[param.type]):
        return False
    if param.type == "image_size":
        return value in param.enum or (isinstance(value, dict) and set(value) == {"width", "height"})
    if param.type == "enum":
        return value in param.enum
    if param.type == "array":
        return 0 < len(value) <= (param.max_items or len(value))
    if param.type in {"integer", "number"}:
        low, high = param.min is None or value >= param.min, param.max is None or value <= param.max
        return bool(low and high and not (param.multiple_of and value % param.multiple_of))
    return True
