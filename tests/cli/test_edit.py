"""`studio edit`: a take is changed by words, from the command line."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.cli.conftest import Call, Fal

WORDS = "make the jacket dark green"


def take_of(call: Call, project: Path) -> str:
    return str(call("render", project, "--pose", "running", "--yes").events("stored")[0]["take"])


def test_a_take_is_changed_by_words_and_stays_what_the_new_one_came_from(call: Call, project: Path, fal: Fal) -> None:
    take = take_of(call, project)
    said = call("edit", project, take, WORDS, "--yes", "--pick")
    assert said.code == 0
    stored = said.events("stored")[0]
    assert (stored["pose"], stored["estimate"]) == ("running", "0.04")
    record = call("info", project / stored["path"]).lines[0]
    assert (record["parent"], record["prompt"], record["endpoint"]) == (take, WORDS, "fal-ai/flux-pro/kontext")
    assert (project / "picks" / "running.png").is_file()


def test_the_exact_request_and_its_price_are_shown_and_nothing_sent(call: Call, project: Path, fal: Fal) -> None:
    take = take_of(call, project)
    said = call("edit", project, take, WORDS, "--dry-run", "--model", "fal-ai/nano-banana/edit")
    assert said.code == 0
    assert said.events("total")[0]["estimate"] == "0.039"
    assert said.events("request")[0]["arguments"]["prompt"] == WORDS
    assert call("edit", project, take, WORDS).code == 5, "nothing is bought without a word"
    assert fal.sent == 1


def test_a_mask_from_a_file_means_a_model_that_inpaints(call: Call, project: Path, fal: Fal, tmp_path: Path) -> None:
    take = take_of(call, project)
    Image.new("L", (500, 100), 255).save(tmp_path / "mask.png")
    said = call("edit", project, take, WORDS, "--mask", tmp_path / "mask.png", "--yes", "--max-cost", "1")
    assert said.code == 0
    assert "was stretched" in said.err
    request = fal.provider.submitted[-1]
    assert request.endpoint == "fal-ai/flux-kontext-lora/inpaint"
    assert str(request.arguments["mask_url"]).startswith("data:image/png")
    assert call("edit", project, take, WORDS, "--mask", project / "poses.toml").code == 2


def test_further_references_go_where_the_model_takes_several(call: Call, project: Path, fal: Fal) -> None:
    take = take_of(call, project)
    Image.new("RGB", (64, 64), "red").save(project / "outfit.png")
    said = call("edit", project, take, "dress her like image 2", "--reference", "outfit.png", "--yes")
    assert said.code == 0
    request = fal.provider.submitted[-1]
    urls = request.arguments["image_urls"]
    assert request.endpoint == "fal-ai/flux-pro/kontext/multi" and isinstance(urls, list) and len(urls) == 2


def test_the_models_that_edit_are_listed_with_what_they_do_and_cost(call: Call, project: Path, fal: Fal) -> None:
    said = call("edit", project, "--models")
    assert said.code == 0
    listed = {line["model"]: line for line in said.lines}
    assert listed["fal-ai/flux-pro/kontext"]["does"] == "edits"
    assert listed["fal-ai/flux-2-flex/edit"]["does"] == "poses"
    assert listed["fal-ai/flux-2-flex/edit"]["references"] == 7
    assert listed["fal-ai/flux-lora/inpainting"]["mask"] == "needed"
    assert fal.sent == 0


def test_what_is_missing_is_said(call: Call, project: Path, fal: Fal) -> None:
    assert call("edit", project, "running-001").code == 2
    said = call("edit", project, "running-001", WORDS)
    assert said.code == 2 and "running-001" in said.err
