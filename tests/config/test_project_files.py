"""`studio new`: files that explain themselves, nothing of the artist's written over."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from studio.config.character_file import KEYS
from studio.config.presets import Presets
from studio.config.project import load_project
from studio.config.project_files import create_project
from studio.domain.errors import ProjectError
from studio.domain.recipe import SeedPolicy


def test_glitch_is_made_as_decided(tmp_path: Path) -> None:
    project = create_project(tmp_path / "glitch", Presets().character("Glitch"))
    recipe = project.settings.recipe()
    assert project.character.name == "Glitch"
    assert len(project.poses) >= 8
    assert sum(pose.ticked for pose in project.poses) == 6
    assert recipe.model == "fal-ai/flux-2-flex"
    assert dict(recipe.values) == {
        "guidance_scale": 5.5,
        "num_inference_steps": 35,
        "image_size": "portrait_4_3",
        "output_format": "png",
    }
    assert (recipe.takes, recipe.seed_policy, recipe.draft) == (1, SeedPolicy.NEW, False)


@pytest.mark.parametrize("name", ["glitch", "iron-warden", "pip-the-fox", "mara-presenter"])
def test_what_a_preset_says_is_what_the_files_say(tmp_path: Path, name: str) -> None:
    preset = Presets().character(name)
    project = create_project(tmp_path, preset)
    assert project.character == preset.character
    assert project.poses == preset.poses
    assert project.settings == preset.settings
    assert all(pose.skeleton is not None for pose in project.poses)


def test_every_key_is_explained_above_it(tmp_path: Path) -> None:
    create_project(tmp_path, Presets().character("glitch"))
    lines = (tmp_path / "character.toml").read_text().splitlines()
    for key in (name for name in KEYS if name not in {"reference", "lora"}):
        position = next(number for number, line in enumerate(lines) if line.startswith(f"{key} = "))
        assert lines[position - 1].startswith("# "), key
    assert "# [[reference]]" in lines
    assert "# [[lora]]" in lines
    poses = (tmp_path / "poses.toml").read_text()
    assert all(f"#   {key} " in poses for key in ("name", "text", "set", "skeleton", "ticked"))


@pytest.mark.parametrize("name", ["character.toml", "poses.toml", "studio.toml"])
def test_a_file_that_is_there_is_never_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("# mine\n")
    with pytest.raises(ProjectError, match=f"already holds a {name}"):
        create_project(tmp_path, Presets().character("glitch"))
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "# mine\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, ".studio/\n.env\n"),
        ("*.bak", "*.bak\n.studio/\n.env\n"),
        (".env\n", ".env\n.studio/\n"),
        ("/.studio\n.env\n", "/.studio\n.env\n"),
    ],
)
def test_git_ignores_the_key_and_what_is_the_studios_own(tmp_path: Path, before: str | None, after: str) -> None:
    if before is not None:
        (tmp_path / ".gitignore").write_text(before)
    create_project(tmp_path, Presets().character("glitch"))
    assert (tmp_path / ".gitignore").read_text() == after


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProjectError, match="cannot be made: "):
        create_project(tmp_path / "file" / "project", Presets().character("glitch"))


def test_opening_a_project_loads_no_toml_writer(tmp_path: Path) -> None:
    create_project(tmp_path, Presets().character("glitch"))
    code = (
        "import sys; from pathlib import Path; from studio.config.project import load_project; "
        f"load_project(Path({str(tmp_path)!r})); print(sorted({{'tomlkit', 'dotenv', 'difflib'}} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_new_project_is_a_project(tmp_path: Path) -> None:
    made = create_project(tmp_path / "a" / "b", Presets().character("glitch"))
    assert load_project(tmp_path / "a" / "b") == made
