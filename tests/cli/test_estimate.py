"""`studio estimate`: the price before the key is pressed, with no key at all."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.conftest import Call, money_of
from tests.fakes.picture import tiny_png


def test_a_line_for_each_request_and_the_total_last(call: Call, project: Path) -> None:
    said = call("estimate", project)
    assert said.code == 0
    *requests, total = said.lines
    assert [line["event"] for line in requests] == ["estimate"] * 6
    assert all({"pose", "endpoint", "seed", "estimate"} <= set(line) for line in requests)
    assert total["event"] == "total"
    assert money_of(total, "estimate") == sum(money_of(line, "estimate") for line in requests) == Decimal("0.30")
    assert total["unknown"] == 0


def test_an_unknown_price_is_null_and_counted(call: Call, project: Path) -> None:
    picture = project / "front.png"
    picture.write_bytes(tiny_png())
    model = "fal-ai/instant-character"
    said = call("estimate", project, "--model", model, "--reference", picture, "--pose", "running")
    assert [line["estimate"] for line in said.lines] == [None, None]
    assert said.lines[-1]["unknown"] == 1


def test_no_key_is_needed_even_where_the_sandbox_is_ruled_out(call: Call, project: Path) -> None:
    assert call("estimate", project, "--no-sandbox").code == 0


def test_a_total_above_the_limit_is_code_five_and_still_told(call: Call, project: Path) -> None:
    said = call("estimate", project, "--max-cost", "0.10")
    assert said.code == 5
    assert said.lines[-1]["event"] == "total"


def test_another_model_takes_its_own_values_and_never_another_ones(call: Call, project: Path) -> None:
    said = call("render", project, "--dry-run", "--pose", "running", "--model", "fal-ai/flux/dev")
    arguments = said.lines[0]["arguments"]
    assert arguments["num_inference_steps"] == 28
    assert arguments["guidance_scale"] == 3.5


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--guidance", "99"), "1.5 to 10"),
        (("--steps", "500"), "2 to 50"),
        (("--size", "huge"), "portrait_4_3"),
        (("--model", "flux-2-flx"), "fal-ai/flux-2-flex"),
        (("--pose", "runing"), "running"),
        (("--seed", "-1"), "0 to 2147483647"),
        (("--seed", "2147483648"), "0 to 2147483647"),
        (("--takes", "0"), "1 to 100"),
        (("--guidance", "nan"), "number"),
        (("--max-cost", "cheap"), "USD"),
        (("--reference", "nowhere.png"), "nowhere.png"),
        (("--model", "fal-ai/flux-2-pro", "--guidance", "3"), "no guidance"),
    ],
)
def test_a_value_out_of_range_names_the_range(call: Call, project: Path, flags: tuple[str, ...], words: str) -> None:
    said = call("estimate", project, *flags)
    assert said.code == 2
    assert said.out == ""
    assert words in said.err and len(said.err.splitlines()) == 1


def test_a_size_becomes_the_nearest_ratio_and_that_is_said(call: Call, project: Path) -> None:
    said = call("render", project, "--dry-run", "--model", "fal-ai/nano-banana", "--size", "768x1024")
    assert said.lines[0]["arguments"]["aspect_ratio"] == "3:4"
    assert "768x1024 became 3:4" in said.err


def test_a_draft_takes_fewer_steps(call: Call, project: Path) -> None:
    final = call("render", project, "--dry-run", "--pose", "running").lines[0]["arguments"]
    draft = call("render", project, "--dry-run", "--pose", "running", "--draft").lines[0]["arguments"]
    assert draft["num_inference_steps"] < final["num_inference_steps"]


def test_a_reference_goes_along_as_a_data_uri(call: Call, project: Path) -> None:
    picture = project / "front.png"
    picture.write_bytes(tiny_png())
    said = call(
        *("render", project, "--dry-run", "--pose", "running", "--model", "fal-ai/flux-pro/kontext"),
        *("--reference", picture),
    )
    assert said.code == 0
    assert said.lines[0]["arguments"]["image_url"].startswith("data:image/png;base64,")


def test_no_ticked_pose_says_how_to_tick_one(call: Call, project: Path) -> None:
    poses = project / "poses.toml"
    poses.write_text(poses.read_text(encoding="utf-8").replace("ticked = true", "ticked = false"), encoding="utf-8")
    said = call("estimate", project)
    assert said.code == 2
    assert "ticked = true" in said.err and "--pose" in said.err


@pytest.mark.parametrize("name", ["character.toml", "poses.toml", "studio.toml"])
def test_a_broken_file_is_named_with_its_line_and_left_alone(call: Call, project: Path, name: str) -> None:
    file = project / name
    broken = "# mine\nname = \n" + file.read_text(encoding="utf-8")
    file.write_text(broken, encoding="utf-8")
    said = call("estimate", project)
    assert said.code == 2
    assert f"{name}, line 2" in said.err
    assert file.read_text(encoding="utf-8") == broken
