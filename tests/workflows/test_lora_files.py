"""What is sent as a LoRA is a LoRA: a link or another file under its name stays on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.domain.errors import UsageError
from studio.workflows.lora_files import stand_in
from tests.fakes.weights import fake_safetensors


def test_a_link_to_something_private_is_never_sent(tmp_path: Path) -> None:
    (tmp_path / "id_rsa").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\n" * 20)
    folder = tmp_path / "project" / "loras"
    folder.mkdir(parents=True)
    (folder / "w.safetensors").symlink_to(tmp_path / "id_rsa")
    with pytest.raises(UsageError, match=r"w\.safetensors"):
        stand_in(folder.parent, "loras/w.safetensors")


def test_a_link_to_weights_elsewhere_is_sent(tmp_path: Path) -> None:
    (tmp_path / "big.safetensors").write_bytes(fake_safetensors())
    (tmp_path / "w.safetensors").symlink_to(tmp_path / "big.safetensors")
    assert stand_in(tmp_path, "w.safetensors").startswith("upload:")


@pytest.mark.parametrize("kind", ["folder", "short", "device"])
def test_what_is_no_file_of_weights_is_refused_in_a_sentence(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "w.safetensors"
    match kind:
        case "folder":
            path.mkdir()
        case "short":
            path.write_bytes(b"\x10")
        case _:
            path.symlink_to("/dev/zero")
    with pytest.raises(UsageError, match=r"w\.safetensors"):
        stand_in(tmp_path, path.name)
