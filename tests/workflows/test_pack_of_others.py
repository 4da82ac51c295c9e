"""A manifest that came with somebody else's project: only pictures of the pack are ever removed by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.workflows.pack_files import write_pack
from tests.workflows.test_pack_files import Desk


@pytest.mark.parametrize(
    "name",
    [
        "..",
        ".",
        "",
        "notes.txt",
        "manifest.json",
        "turnaround.png",
        "a\0.png",
        "../a.png",
        ".hidden.png",
        5,
        None,
        ["a"],
    ],
)
def test_what_a_manifest_names_besides_pictures_stays(tmp_path: Path, name: object) -> None:
    desk = Desk(tmp_path)
    desk.take("front")
    folder = tmp_path / "pack"
    folder.mkdir(exist_ok=True)
    (folder / "notes.txt").write_text("mine")
    (folder / ".hidden.png").write_text("mine")
    (folder / "manifest.json").write_text(json.dumps({"views": [{"file": name}, {"file": "old.png"}]}))
    write_pack(tmp_path, desk.project.character, desk.state().entries)
    assert sorted(path.name for path in folder.iterdir() if not path.name.startswith(".h")) == [
        "front.png",
        "manifest.json",
        "notes.txt",
        "turnaround.png",
    ]
    assert (folder / ".hidden.png").exists()
