"""`studio pack`: views from a reference, at a price that is agreed to first, and `pack/` out of the picked ones."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from studio.config.project import load_character, load_poses
from tests.cli.conftest import Call, Fal, money_of


@pytest.fixture
def reference(project: Path) -> Path:
    path = project / "me.png"
    Image.new("RGB", (300, 400), "teal").save(path)
    return path


def test_the_exact_requests_and_their_price_are_shown_without_a_trace(
    call: Call, project: Path, fal: Fal, reference: Path
) -> None:
    poses = load_poses(project)
    said = call("pack", project, "--reference", reference, "--view", "angry", "--dry-run")
    assert said.code == 0
    assert len(said.events("request")) == 7
    assert money_of(said.lines[-1], "estimate") == Decimal("1.05")
    assert (fal.sent, load_poses(project)) == (0, poses)


def test_a_refused_price_leaves_neither_requests_nor_poses(
    call: Call, project: Path, fal: Fal, reference: Path
) -> None:
    poses = load_poses(project)
    assert call("pack", project, "--reference", reference).code == 5
    assert call("pack", project, "--reference", reference, "--max-cost", "0.5").code == 5
    assert (fal.sent, load_poses(project)) == (0, poses)


def test_views_become_takes_and_the_picked_ones_the_pack(call: Call, project: Path, fal: Fal, reference: Path) -> None:
    said = call("pack", project, "--reference", reference, "--yes")
    assert said.code == 0
    assert "--write" in said.err
    assert {line["pose"] for line in said.events("stored")} >= {"pack front", "pack smile"}
    assert {request.arguments["expand_prompt"] for request in fal.provider.submitted} == {False}
    call("pick", project, "pack-front-001", "pack-side-001")
    written = call("pack", project, "--write").lines[-1]
    assert [view["view"] for view in written["views"]] == ["front", "side"]
    assert written["missing"] == ["three-quarter", "back", "neutral", "smile"]
    manifest = json.loads((project / "pack" / "manifest.json").read_text())
    assert [view["take"] for view in manifest["views"]] == ["pack-front-001", "pack-side-001"]
    assert [one.role for one in load_character(project).references] == ["front", "side"]


def test_what_is_missing_is_said(call: Call, project: Path, fal: Fal) -> None:
    said = call("pack", project, "--yes")
    assert said.code == 2
    assert "--reference FILE" in said.err
    assert "no pack yet" in call("pack", project, "--write").err
    assert "no view" in call("pack", project, "--view", "sideways", "--yes").err
