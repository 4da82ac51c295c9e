"""`[[lora]]` and `[[reference]]` entries that the studio writes are whole, and every comment around them stays."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from studio.config.presets import Presets
from studio.config.project import load_project
from studio.config.project_edits import save_character
from studio.config.project_files import create_project
from studio.domain.character import Lora, Reference

MINE = Lora(
    *("loras/glchgrl-001.safetensors", "glchgrl", 0.9, "flux1"),
    trainer="fal-ai/flux-lora-fast-training",
    steps=1000,
    dataset="ab" * 32,
    trained="2026-11-21",
    price=Decimal("2.4"),
)


def test_a_trained_lora_is_read_again_as_it_was_written_and_the_comments_stay(tmp_path: Path) -> None:
    project = create_project(tmp_path, Presets().character("glitch"))
    comments = [line for line in (tmp_path / "character.toml").read_text().splitlines() if line.startswith("#")]
    save_character(project, replace(project.character, loras=(MINE,)))
    assert load_project(tmp_path).character.loras == (MINE,)
    text = (tmp_path / "character.toml").read_text()
    assert [line for line in text.splitlines() if line.startswith("#")] == comments


def test_an_entry_stands_together_under_its_heading(tmp_path: Path) -> None:
    project = create_project(tmp_path, Presets().character("glitch"))
    references = (Reference("pack/front.png", "front"), Reference("pack/side.png", "side"))
    save_character(project, replace(project.character, references=references))
    lines = (tmp_path / "character.toml").read_text().splitlines()
    at = lines.index("[[reference]]")
    assert lines[at - 1] == ""
    assert lines[at : at + 7] == [
        *("[[reference]]", 'path = "pack/front.png"', 'role = "front"', ""),
        *("[[reference]]", 'path = "pack/side.png"', 'role = "side"'),
    ]


def test_a_second_training_comes_first_and_leaves_the_other_entry_alone(tmp_path: Path) -> None:
    project = create_project(tmp_path, Presets().character("glitch"))
    project = save_character(project, replace(project.character, loras=(MINE,)))
    path = tmp_path / "character.toml"
    path.write_text(path.read_text().replace("scale = 0.9", "scale = 0.9  # my favourite"))
    project = load_project(tmp_path)
    newer = replace(MINE, path="loras/glchgrl-002.safetensors", scale=1.0)
    save_character(project, replace(project.character, loras=(newer, MINE)))
    assert load_project(tmp_path).character.loras == (newer, MINE)
    assert "scale = 0.9  # my favourite" in path.read_text()
