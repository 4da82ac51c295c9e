"""Making a new project: three TOML files that explain themselves, and the lines git should ignore."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.config import character_file, poses_file, settings
from studio.config.atomic import write_text
from studio.config.character_edit import character_values, tidied
from studio.config.poses_edit import pose_text, tidied_poses
from studio.config.presets import CharacterPreset
from studio.config.project import Project, load_project
from studio.config.project_edits import settings_values
from studio.config.settings import Settings
from studio.config.toml_text import comment, key, laid_out, value
from studio.domain.character import Character
from studio.domain.errors import ProjectError
from studio.domain.pose import Pose
from studio.domain.skeleton import BUILDS, MAX_HEADS, MIN_HEADS

IGNORED = (".studio/", ".env")

_CHARACTER = {
    "name": "What the character is called; shown on the screen, and never sent unless the template asks for it.",
    "description": "Who is drawn, in sentences. It stands first in every prompt, for the model remembers nothing from "
    "one picture to the next. A backslash at the end of a line joins it with the following one.",
    "palette": "Colours, each tied to the thing that wears it; those missing from the description follow it.",
    "heads": f"How tall the figure is, counted in heads ({MIN_HEADS:g} to {MAX_HEADS:g}); skeletons are drawn by it.",
    "build": f"One of {', '.join(BUILDS)}.",
    "style": "The name of a style preset (studio styles lists them), or a sentence of your own.",
    "setting": "Background and framing; the end of every prompt.",
    "negative": "What you do not want to see. Sent only to models that take a negative prompt; FLUX does not.",
    "template": "The order of the prompt. Empty means: {description} {colours} {pose} {style} {setting}. "
    "There are also {name} and {trigger}.",
}
_REFERENCE = """\
# Reference pictures, for the models that take some. Paths are relative to this folder.
# [[reference]]
# path = "references/front.png"
# role = "front"

# LoRA weights of the character: a file or an address, its trigger word, how strongly it counts.
# [[lora]]
# path = "https://…/glitch.safetensors"
# trigger = "glchgrl"
# scale = 1.0
"""
_POSES = """\
# The poses of {name}: one [[pose]] each, in the order of the list.
#   name      its own in this file; `studio render --pose NAME` takes it, case and spaces forgiven
#   text      the sentence that goes into the prompt, after the description
#   set       the heading it stands under (may be left out)
#   skeleton  joint angles in degrees (may be left out: then it is guessed from the words)
#   ticked    true: part of the next run
#   seed      a whole number: this pose always takes it (may be left out)
"""
_SETTINGS = {
    "model": "The endpoint that draws; studio models lists them.",
    "takes": "Pictures of each pose in one run.",
    "draft": "true: few steps, to judge the composition before paying for finals.",
    "seed": '"new": another one for every picture. "next": the last one + 1. 7: that one. [1, 2, 3]: a take of each.',
}
_BUDGET = """\
# Jobs at the same time. A new fal account runs 2; more of them only wait in fal's queue.
# concurrency = 2

# Limits in USD. A run that would go beyond one is refused before anything is sent.
# [budget]
# session = 2.00
# day = 10.00
"""
_VALUES = "The values you changed, for each model; what is not named here stays at the model's own default."


def create_project(folder: Path, preset: CharacterPreset) -> Project:
    """Make a project of a character preset in a folder, which is made when it is missing, and open it.

    Raises ProjectError, before writing anything, when a file of a project is already there.
    """
    for name in (character_file.NAME, poses_file.NAME, settings.NAME):
        if (folder / name).exists() or (folder / name).is_symlink():
            raise ProjectError(
                f"{folder} already holds a {name}; nothing was written.",
                f"Open it with studio {folder}, or name another.",
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(
            f"The folder {folder} cannot be made: {error.strerror or error}.", "Name another folder."
        ) from error
    ignore(folder)
    write_text(folder / settings.NAME, settings_text(preset.settings))
    write_text(folder / poses_file.NAME, poses_text(preset.character.name, preset.poses))
    # Last, because it is what makes the folder a project.
    write_text(folder / character_file.NAME, character_text(preset.character))
    return load_project(folder)


def ignore(folder: Path) -> None:
    """Let git ignore what is the studio's own and what holds the key, in an existing `.gitignore` too."""
    path = folder / ".gitignore"
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(
            f"{path.name} cannot be read: {error}.", "Mend or remove it; nothing was written."
        ) from error
    there = {line.strip().strip("/") for line in text.splitlines()}
    missing = [line for line in IGNORED if line.strip("/") not in there]
    if missing:
        gap = "" if not text or text.endswith("\n") else "\n"
        write_text(path, text + gap + "".join(f"{line}\n" for line in missing))


def character_text(character: Character) -> str:
    """A new `character.toml`."""
    values = {path[0]: item for path, item in character_values(tidied(character)).items()}
    values.setdefault("palette", [])
    parts = [f"{comment(about)}\n{name} = {laid_out(values[name])}\n" for name, about in _CHARACTER.items()]
    for array in ("reference", "lora"):
        entries = values.get(array, [])
        if isinstance(entries, list):
            parts += [_entry(array, entry) for entry in entries]
    return "\n".join(
        [
            comment(f"{character.name}. Every key is explained above it; change what you like.") + "\n",
            *parts,
            _REFERENCE,
        ]
    )


def poses_text(name: str, poses: Sequence[Pose]) -> str:
    """A new `poses.toml`."""
    head = _POSES.replace("{name}", name.replace("\n", " "))
    return "\n".join([head, *(pose_text(pose) for pose in tidied_poses(poses))])


def settings_text(chosen: Settings) -> str:
    """A new `studio.toml`: what a run needs, and nothing of the user's own taste."""
    values = settings_values(chosen)
    parts = [f"{comment(about)}\n{name} = {value(values[(name,)])}\n" for name, about in _SETTINGS.items()]
    parts.append(_BUDGET)
    for position, (model, arguments) in enumerate(chosen.values.items()):
        lines = "".join(f"{key(name)} = {value(item)}\n" for name, item in arguments.items())
        parts.append(f"{comment(_VALUES) + chr(10) if not position else ''}[values.{key(model)}]\n{lines}")
    return "\n".join(parts)


def _entry(array: str, entry: dict[str, object]) -> str:
    return f"[[{array}]]\n" + "".join(f"{name} = {value(item)}\n" for name, item in entry.items())
