"""Weights that a project names lie in that project: nothing else of this machine is ever sent as a LoRA."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.config.project import load_character
from studio.domain.errors import ProjectError

GOOD = 'name = "Glitch"\ndescription = "A girl."\n'


@pytest.mark.parametrize("path", ["/home/she/.ssh/id_rsa", "~/keys", "../../keys", "loras/../../keys", "file:///etc/x"])
def test_a_path_out_of_the_project_is_refused_where_it_stands(tmp_path: Path, path: str) -> None:
    (tmp_path / "character.toml").write_text(f'{GOOD}[[lora]]\npath = "{path}"\n')
    with pytest.raises(ProjectError, match="lora 1, key path"):
        load_character(tmp_path)


@pytest.mark.parametrize("path", ["loras/glitch-001.safetensors", "https://v3.fal.media/files/b/w.safetensors"])
def test_weights_of_the_project_and_addresses_are_read(tmp_path: Path, path: str) -> None:
    (tmp_path / "character.toml").write_text(f'{GOOD}[[lora]]\npath = "{path}"\n')
    assert load_character(tmp_path).loras[0].path == path
