"""A reference that leads to a device, a pipe or a bomb is refused at once, in a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from studio.domain.errors import UsageError
from studio.workflows.references import load_reference


@pytest.mark.parametrize("kind", ["device", "pipe", "folder", "bomb", "long"])
def test_what_is_no_picture_file_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "front.png"
    match kind:
        case "device":
            path.symlink_to("/dev/zero")
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "bomb":
            Image.new("1", (20_000, 20_000)).save(path)
        case _:
            with path.open("wb") as file:
                file.truncate(20 * 1024**3)
    with pytest.raises(UsageError, match=r"front\.png"):
        load_reference(path)
