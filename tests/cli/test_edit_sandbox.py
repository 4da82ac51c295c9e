"""Editing all the way through the sandbox: the picture really changes, and a big reference really goes up."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.config.paths import journal_file
from studio.config.project import load_project
from tests.cli.conftest import Call

SLOW = 90


@pytest.fixture(autouse=True)
def quick_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_SANDBOX_PACE", "0")


def greenness(path: Path) -> float:
    """How much greener than red a picture is, over all."""
    pixels = np.asarray(Image.open(path).convert("RGB"), dtype=float)
    return float((pixels[..., 1] - pixels[..., 0]).mean())


def redness(path: Path, half: str) -> float:
    """How much redder than green the upper or the lower half of a picture is."""
    pixels = np.asarray(Image.open(path).convert("RGB"), dtype=float)
    middle, margin = len(pixels) // 2, len(pixels) // 20
    part = pixels[: middle - margin] if half == "above" else pixels[middle + margin :]
    return float((part[..., 0] - part[..., 1]).mean())


@pytest.mark.timeout(SLOW)
def test_a_take_is_recoloured_and_the_next_edit_starts_from_it(call: Call, project: Path) -> None:
    first = call("render", project, "--pose", "running", "--draft", "--sandbox").events("stored")[0]
    green = call("edit", project, first["take"], "make the suit dark green", "--sandbox", "--pick").events("stored")[0]
    assert greenness(project / green["path"]) > greenness(project / first["path"]) + 2
    assert call("edit", project, "picks/running.png", "make it night", "--sandbox").code == 0
    tree = call("tree", project, first["take"]).events("member")
    assert [line["depth"] for line in tree] == [0, 1, 2]
    assert tree[2]["parent"] == green["take"]


@pytest.mark.timeout(SLOW)
def test_a_big_reference_goes_up_once_and_only_what_the_mask_shows_changes(
    call: Call, project: Path, tmp_path: Path
) -> None:
    take = call("render", project, "--pose", "running", "--draft", "--sandbox").events("stored")[0]
    Image.frombytes("RGB", (700, 700), random.Random(1).randbytes(700 * 700 * 3)).save(tmp_path / "big.png")
    mask = Image.new("L", (768, 1024))
    mask.paste(255, (0, 0, 768, 512))
    mask.save(tmp_path / "mask.png")
    words = ("edit", project, take["take"], "make it red", "--reference", tmp_path / "big.png", "--sandbox")
    masked = call(*words, "--mask", tmp_path / "mask.png")
    assert masked.code == 0 and "Uploading big.png" in masked.err
    edited = project / masked.events("stored")[0]["path"]
    above, below = (redness(edited, half) - redness(project / take["path"], half) for half in ("above", "below"))
    assert above > 3 and abs(below) < 1
    again = call(*words, "--model", "fal-ai/nano-banana/edit")
    assert again.code == 0 and "Uploading" not in again.err
    book = journal_file(load_project(project).id).with_name("uploads.jsonl")
    rows = [json.loads(line) for line in book.read_text(encoding="utf-8").splitlines()]
    assert len([row for row in rows if row["path"].endswith("big.png")]) == 1
    assert {row["server"] for row in rows} == {"sandbox"}
