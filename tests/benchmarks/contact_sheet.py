"""Every pose preset on one sheet, to be looked at.

    python -m tests.benchmarks.contact_sheet [OUT.png] [--character glitch] [--set idle]

A pose is worth shipping when its silhouette says what it is at this size.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image

from studio.config.presets import CharacterPreset, Presets
from studio.domain.pose import Pose
from studio.domain.pose_words import guess_skeleton
from studio.domain.prompt import compose_prompt
from studio.imaging.look import Look, read_look
from studio.imaging.mannequin import draw_mannequin
from studio.imaging.sheet import contact_sheet

CELL = (240, 320)
"""Pixels of one figure: about what the preview of a small terminal has."""
COLUMNS = 8


def look_of(preset: CharacterPreset) -> Look:
    """The character as the sandbox would read it out of a prompt."""
    character = preset.character
    return read_look(compose_prompt(character, Pose("", ""), character.style).text)


def picture(pose: Pose, look: Look) -> Image.Image:
    """The figure in a pose, finished."""
    skeleton = pose.skeleton or guess_skeleton(pose.text).skeleton
    return draw_mannequin(skeleton, look, CELL, strictness=1.0)


def main() -> None:
    """Draw the sheet and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path, default=Path("poses.png"), metavar="OUT.png")
    parser.add_argument("--character", default="glitch")
    parser.add_argument("--set", default="", help="only the poses of this set")
    options = parser.parse_args()
    presets = Presets()
    look = look_of(presets.character(options.character))
    sets = [entry for name, entry in presets.pose_sets.items() if options.set in ("", name)]
    poses = [pose for entry in sets for pose in entry.poses]
    pictures = [picture(pose, look) for pose in poses]
    contact_sheet(pictures, [pose.name for pose in poses], min(COLUMNS, len(poses)), CELL).save(options.out)
    print(f"{len(poses)} poses of {len(sets)} sets: {options.out}")


if __name__ == "__main__":
    main()
