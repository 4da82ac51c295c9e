"""Project files as an artist might have left them: own comments, own order, own spacing."""

from __future__ import annotations

from pathlib import Path

from studio.config.project import Project, load_project

CHARACTER = """\
# my girl, do not touch the visor!
description = "A girl with a visor."   # keep short
name = 'Glitch'

heads = 5   # measured on the turnaround
palette = [
    # the pink comes first
    { name = "hot pink", hex = "#FF1493", on = "lines" }, # from the brand sheet
    { name = "black", hex = "#000000", on = "suit" },     # matte
]

# pictures we may use
[[reference]]
path = "references/front.png"   # the good one

# the first training
[[lora]]
path = "loras/glitch.safetensors"
scale = 0.8
"""

POSES = """\
# Poses for the trailer

# opens the film
[[pose]]
name = "Hero stance"
text = "Standing tall."   # low camera
ticked = true

# after the jump
[[pose]]
text = "Running fast."
name = "running"

# --- quiet ones ---
# for the end
[[pose]]
name = "sitting"
text = "Sitting down."
[pose.skeleton]
lean = 10   # tired
"""

SETTINGS = """\
# ask Jo before raising this
takes = 2   # per pose
model = "fal-ai/flux-2-flex"

[values."fal-ai/flux-2-flex"]
guidance_scale = 5.5   # not above 6.5
"""


def make_project(folder: Path) -> Project:
    """A project of the files above, opened."""
    (folder / "character.toml").write_text(CHARACTER)
    (folder / "poses.toml").write_text(POSES)
    (folder / "studio.toml").write_text(SETTINGS)
    return load_project(folder)
