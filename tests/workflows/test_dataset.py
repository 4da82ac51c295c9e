"""The set in `dataset/` follows picks and references, and never loses what an artist wrote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from studio.config.presets import Presets
from studio.config.project_files import create_project
from studio.domain.character import Reference
from studio.domain.dataset import DatasetItem
from studio.domain.errors import ProjectError, UsageError
from studio.domain.take import Take, Verdict
from studio.workflows.dataset import build_dataset, leave_out, read_dataset, read_record, write_caption
from studio.workflows.dataset_desk import trigger_word
from studio.workflows.dataset_sources import dataset_sources
from studio.workflows.takes import TakeTable
from tests.fakes.shelf import FakeShelf


class Desk:
    """A project with picked takes and a set."""

    def __init__(self, folder: Path) -> None:
        self.project = create_project(folder, Presets().character("glitch"))
        self.folder = folder
        self.shelf = FakeShelf(folder)
        for number, pose in enumerate(("running", "crouching", "peace-sign")):
            self.pick(pose, number)

    def pick(self, pose: str, number: int, colour: int = 0) -> Take:
        take = Take(f"{pose}-001", "j", pose, f"takes/{pose}-001.png", 40, 50, float(number), "fal-ai/flux/dev", 1, "r")
        path = self.folder / take.path
        path.parent.mkdir(exist_ok=True)
        Image.new("RGBA", (40, 50), (number * 40 + colour, 10, 10, 255)).save(path)
        self.shelf.rows[take.id] = replace(take, verdict=Verdict.PICKED)
        return take

    def build(self, trigger: str = "glchgrl") -> list[DatasetItem]:
        sources = dataset_sources(self.project, TakeTable(self.shelf), trigger)
        return build_dataset(self.folder, sources, trigger)

    def caption(self, stem: str) -> str:
        return (self.folder / "dataset" / f"{stem}.txt").read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "p")


def test_every_pick_is_there_as_a_plain_png_with_its_caption(desk: Desk) -> None:
    assert [item.stem for item in desk.build()] == ["crouching-001", "peace-sign-001", "running-001"]
    with Image.open(desk.folder / "dataset" / "running-001.png") as picture:
        assert (picture.mode, picture.size, picture.info) == ("RGB", (40, 50), {})
    assert desk.caption("running-001").startswith("glchgrl, a petite, athletic young woman, running at full speed")


def test_a_reference_joins_once_and_a_style_reference_does_not(desk: Desk) -> None:
    Image.new("RGB", (64, 64), (1, 2, 3)).save(desk.folder / "front.png")
    same = desk.folder / "copy.png"
    same.write_bytes((desk.folder / "front.png").read_bytes())
    references = (Reference("front.png", "front"), Reference("copy.png", "face"), Reference("front.png", "style"))
    desk.project = replace(desk.project, character=replace(desk.project.character, references=references))
    (reference,) = [item for item in desk.build() if item.stem.startswith("ref-")]
    assert (reference.source, reference.side) == ("front.png", "front")
    assert reference.caption == "glchgrl, a petite, athletic young woman, front view"


def test_a_caption_changed_by_hand_stays_when_the_set_is_made_again(desk: Desk) -> None:
    desk.build()
    write_caption(desk.folder, "running-001", "glchgrl, my own words")
    items = {item.stem: item for item in desk.build()}
    assert (items["running-001"].caption, items["running-001"].edited) == ("glchgrl, my own words", True)
    assert not items["crouching-001"].edited


def test_another_trigger_word_comes_into_every_caption_the_artists_own_ones_too(desk: Desk) -> None:
    desk.build()
    write_caption(desk.folder, "running-001", "glchgrl, my own words about glchgrl")
    (desk.folder / "dataset" / "extra.png").write_bytes((desk.folder / "takes" / "running-001.png").read_bytes())
    write_caption(desk.folder, "extra", "glchgrl by hand")
    captions = {item.stem: item.caption for item in desk.build("mrxqz")}
    assert captions["running-001"] == "mrxqz, my own words about mrxqz"
    assert captions["extra"] == "mrxqz by hand"
    assert captions["crouching-001"].startswith("mrxqz, a petite")
    assert trigger_word(desk.project, desk.folder) == "mrxqz"


def test_what_is_no_longer_picked_leaves_and_brings_its_caption_back(desk: Desk) -> None:
    desk.build()
    write_caption(desk.folder, "running-001", "glchgrl, my own words")
    taken = desk.shelf.rows.pop("running-001")
    assert "running-001" not in {item.stem for item in desk.build()}
    assert not (desk.folder / "dataset" / "running-001.png").exists()
    desk.shelf.rows["running-001"] = taken
    assert {item.stem: item.caption for item in desk.build()}["running-001"] == "glchgrl, my own words"


def test_a_picture_left_out_stays_out_until_it_is_taken_back(desk: Desk) -> None:
    desk.build()
    write_caption(desk.folder, "running-001", "glchgrl, my own words")
    leave_out(desk.folder, "running-001", True)
    desk.build()
    assert [(item.stem, item.left_out) for item in read_dataset(desk.folder)][-1] == ("running-001", True)
    assert not (desk.folder / "dataset" / "running-001.txt").exists()
    leave_out(desk.folder, "running-001", False)
    desk.build()
    assert desk.caption("running-001") == "glchgrl, my own words\n"


def test_pictures_put_there_by_hand_belong_to_the_set_and_are_never_taken_away(desk: Desk) -> None:
    desk.build()
    Image.new("RGB", (64, 64)).save(desk.folder / "dataset" / "mine.jpg")
    items = {item.stem: item for item in desk.build()}
    assert (items["mine"].source, items["mine"].caption) == ("", "")
    with pytest.raises(UsageError, match="by hand"):
        leave_out(desk.folder, "mine", True)


def test_a_run_that_stops_between_two_pictures_is_taken_up_by_the_next(desk: Desk) -> None:
    broken = desk.folder / "takes" / "peace-sign-001.png"
    whole = broken.read_bytes()
    broken.write_bytes(whole[:40])
    with pytest.raises(ProjectError, match="peace-sign-001"):
        desk.build()
    assert (desk.folder / "dataset" / "running-001.png").exists()
    broken.write_bytes(whole)
    assert len(desk.build()) == 3
    assert not any(item.edited for item in read_dataset(desk.folder))


def test_a_record_that_cannot_be_read_costs_no_caption(desk: Desk) -> None:
    desk.build()
    write_caption(desk.folder, "running-001", "glchgrl, my own words")
    (desk.folder / "dataset" / "dataset.json").write_text("{broken")
    assert {item.stem: item.caption for item in desk.build()}["running-001"] == "glchgrl, my own words"
    assert read_record(desk.folder).trigger == "glchgrl"


def test_a_take_that_was_drawn_anew_is_copied_anew(desk: Desk) -> None:
    desk.build()
    before = (desk.folder / "dataset" / "running-001.png").read_bytes()
    desk.pick("running", 0, colour=90)
    desk.build()
    assert (desk.folder / "dataset" / "running-001.png").read_bytes() != before
