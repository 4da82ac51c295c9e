"""A set that came with somebody else's project: it takes nothing away, tells nothing, and breaks nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from studio.config.presets import Presets
from studio.config.project_files import create_project
from studio.domain.character import Reference
from studio.domain.errors import ProjectError
from studio.workflows.dataset import build_dataset, read_dataset, read_record
from studio.workflows.dataset_sources import Source, dataset_sources
from studio.workflows.takes import TakeTable
from tests.fakes.shelf import FakeShelf

ENTRY = {"source": "s", "digest": "0", "written": "w"}


def record(folder: Path, pictures: object) -> None:
    (folder / "dataset").mkdir(exist_ok=True)
    (folder / "dataset" / "dataset.json").write_text(json.dumps({"trigger": "gltch", "pictures": pictures}))


@pytest.mark.parametrize("stem", ["../takes/running-001", "{outside}", "..", "a/b", "a\\b", "", "a\0b", ".hidden"])
def test_a_record_never_reaches_out_of_the_set(tmp_path: Path, stem: str) -> None:
    folder = tmp_path / "project"
    kept = [folder / "takes" / "running-001.png", tmp_path / "diary.txt"]
    for path in kept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
    (folder / "takes").mkdir(parents=True, exist_ok=True)
    record(folder, {stem.replace("{outside}", str(tmp_path / "diary")): ENTRY})
    build_dataset(folder, [], "gltch")
    assert all(path.read_text() == "mine" for path in kept)


@pytest.mark.parametrize("entry", [{**ENTRY, "own": None}, {**ENTRY, "source": 5}, {**ENTRY, "left_out": "no"}, [], 3])
def test_an_entry_that_is_no_entry_is_passed_over(tmp_path: Path, entry: object) -> None:
    record(tmp_path, {"good": ENTRY, "bad": entry})
    assert list(read_record(tmp_path).entries) == ["good"]


def test_a_caption_that_links_to_a_file_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "id_rsa").write_text("PRIVATE")
    place = tmp_path / "project" / "dataset"
    place.mkdir(parents=True)
    Image.new("RGB", (8, 8)).save(place / "a.png")
    (place / "a.txt").symlink_to(tmp_path / "id_rsa")
    with pytest.raises(ProjectError, match=r"a\.txt leads out of the project"):
        read_dataset(place.parent)


def test_a_picture_that_links_to_a_file_outside_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "private.png")
    place = tmp_path / "project" / "dataset"
    place.mkdir(parents=True)
    (place / "a.png").symlink_to(tmp_path / "private.png")
    with pytest.raises(ProjectError, match=r"a\.png leads out of the project"):
        read_dataset(place.parent)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"BM" + b"\xff" * 60])
def test_a_source_that_is_no_picture_is_told_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(ProjectError, match=r"a\.png cannot be read"):
        build_dataset(tmp_path, [Source("a", "a.png", "a.png", "0", "words")], "gltch")


def test_a_picture_bomb_is_told_in_a_sentence(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "a.png")
    with pytest.raises(ProjectError, match=r"a\.png cannot be read"):
        build_dataset(tmp_path, [Source("a", "a.png", "a.png", "0", "words")], "gltch")


def test_a_caption_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    place = tmp_path / "dataset"
    place.mkdir()
    Image.new("RGB", (8, 8)).save(place / "a.png")
    (place / "a.txt").write_text("x" * 5_000_000)
    (item,) = read_dataset(tmp_path)
    assert len(item.caption) == 4000


def test_a_reference_that_leads_to_a_device_is_told_in_a_sentence(tmp_path: Path) -> None:
    project = create_project(tmp_path / "p", Presets().character("glitch"))
    (project.folder / "front.png").symlink_to("/dev/zero")
    character = replace(project.character, references=(Reference("front.png", "front"),))
    with pytest.raises(ProjectError, match=r"front\.png cannot be read"):
        dataset_sources(replace(project, character=character), TakeTable(FakeShelf(project.folder)), "gltch")
