"""`pack/` holds the picked views, a manifest that tells where each came from, and a sheet to look at."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from studio.config.presets import Presets
from studio.config.project import Project
from studio.config.project_files import create_project
from studio.domain.character import Reference
from studio.domain.errors import UsageError
from studio.domain.pack import STANDARD
from studio.domain.take import Take, Verdict
from studio.domain.text import slug
from studio.imaging.turnaround import SheetHead, SheetView, figure_box, turnaround_sheet
from studio.workflows.pack import with_pack_poses
from studio.workflows.pack_files import PackState, pack_state, with_references, write_pack
from studio.workflows.takes import TakeTable
from tests.fakes.shelf import FakeShelf


def figure(height: int = 300, size: tuple[int, int] = (300, 400)) -> Image.Image:
    """A dark figure on light paper."""
    picture = Image.new("RGB", size, (225, 225, 225))
    left, top = size[0] // 2 - 30, (size[1] - height) // 2
    ImageDraw.Draw(picture).rectangle((left, top, left + 60, top + height), (40, 40, 60))
    return picture


class Desk:
    """A project with a pack's poses and takes of them."""

    def __init__(self, folder: Path) -> None:
        project = create_project(folder, Presets().character("glitch"))
        self.project: Project = replace(project, poses=with_pack_poses(project.poses, STANDARD))
        self.shelf = FakeShelf(folder)

    def take(self, view: str, number: int = 1, **changes: object) -> Take:
        pose = f"pack {view}"
        take = Take(
            *(f"{slug(pose)}-{number:03}", "job", pose, f"takes/{slug(pose)}-{number:03}.png", 300, 400),
            *(float(number), "fal-ai/ideogram/character", 77, "req"),
        )
        take = replace(take, **{"verdict": Verdict.PICKED, "billed": Decimal("0.15"), **changes})  # type: ignore[arg-type]
        path = self.project.folder / take.path
        path.parent.mkdir(exist_ok=True)
        figure().save(path)
        self.shelf.rows[take.id] = take
        return take

    def state(self) -> PackState:
        return pack_state(self.project, TakeTable(self.shelf))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "p")


def test_the_manifest_tells_of_each_view_its_file_take_model_seed_hash_and_price(desk: Desk) -> None:
    desk.take("front")
    desk.take("smile")
    folder = desk.project.folder
    sheet = write_pack(folder, desk.project.character, desk.state().entries)
    manifest = json.loads((folder / "pack" / "manifest.json").read_text())
    front = manifest["views"][0]
    assert (front["view"], front["role"], front["file"], front["take"]) == (
        *("front", "front", "front.png", "pack-front-001"),
    )
    assert (front["model"], front["seed"], front["price"]) == ("fal-ai/ideogram/character", 77, "0.15")
    assert front["sha256"] == sha256((folder / "pack" / "front.png").read_bytes()).hexdigest()
    assert [view["view"] for view in manifest["views"]] == ["front", "smile"]
    with Image.open(sheet) as picture:
        assert min(picture.size) > 600


def test_a_view_that_waits_for_a_decision_is_named_and_so_is_one_without_a_take(desk: Desk) -> None:
    desk.take("front")
    desk.take("side", verdict=Verdict.UNDECIDED)
    state = desk.state()
    assert [entry.view.name for entry in state.entries] == ["front"]
    assert [view.name for view in state.waiting] == ["side"]
    assert [view.name for view in state.empty] == ["three-quarter", "back", "neutral", "smile"]


def test_of_several_picks_the_one_with_most_stars_counts_then_the_newest(desk: Desk) -> None:
    desk.take("front", 1, stars=4)
    desk.take("front", 2)
    desk.take("side", 1)
    desk.take("side", 2)
    assert [entry.take.id for entry in desk.state().entries] == ["pack-front-001", "pack-side-002"]


def test_a_second_pack_takes_away_what_the_first_one_left_and_nothing_of_other_hands(desk: Desk) -> None:
    front = desk.take("front")
    desk.take("smile")
    folder, character = desk.project.folder, desk.project.character
    write_pack(folder, character, desk.state().entries)
    (folder / "pack" / "mine.png").write_bytes(b"mine")
    desk.shelf.rows[front.id] = replace(front, verdict=Verdict.REJECTED)
    write_pack(folder, character, desk.state().entries)
    assert sorted(path.name for path in (folder / "pack").iterdir()) == [
        *("manifest.json", "mine.png", "smile.png", "turnaround.png"),
    ]


def test_the_pack_becomes_references_by_role_and_replaces_an_older_one(desk: Desk) -> None:
    desk.take("front")
    desk.take("neutral")
    old = replace(desk.project.character, references=(Reference("references/a.png", "front"), Reference("pack/x.png")))
    assert with_references(old, desk.state().entries).references == (
        Reference("references/a.png", "front"),
        Reference("pack/front.png", "front"),
        Reference("pack/neutral.png", "face"),
    )


def test_an_empty_pack_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="No view of the pack is picked"):
        write_pack(desk.project.folder, desk.project.character, ())


def test_standing_figures_come_out_equally_tall_however_large_they_were_drawn() -> None:
    small, large = figure(200), figure(380)
    assert figure_box(small)[3] - figure_box(small)[1] == pytest.approx(200, abs=8)
    views = [SheetView(small, "front"), SheetView(large, "side")]
    sheet = turnaround_sheet(SheetHead("Glitch", "2 views"), views).convert("L")
    dark = [[y for y in range(100, sheet.height) if sheet.getpixel((x, y)) == 43] for x in range(sheet.width)]
    tall = {len(column) for column in dark if len(column) > 400}
    assert max(tall) - min(tall) <= 25


def test_a_figure_that_cannot_be_told_from_its_background_is_shown_whole() -> None:
    noisy = Image.effect_noise((300, 400), 120).convert("RGB")
    assert figure_box(noisy) == (0, 0, 300, 400)
