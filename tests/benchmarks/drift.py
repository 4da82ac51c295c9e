"""How well the drift meter orders pictures whose drift is known, and where it fails.

Figures are drawn with a known change of hue, of proportions, with a part missing, or as another character; printed are
Spearman's rank correlation of the meter with the known amount, and the chance that it puts an unchanged take of the
character before a changed one. The floor is a meter that compares thumbnails pixel by pixel, in the same run.

    python -m tests.benchmarks.drift [--seeds 4]
"""

from __future__ import annotations

import argparse
import colorsys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from PIL import Image

from studio.config.presets import Presets
from studio.domain.character import Character
from studio.domain.pose_words import guess_skeleton
from studio.domain.skeleton import MAX_HEADS, MIN_HEADS
from studio.imaging.drift import Anchor, anchor_of, drift, likeness
from studio.imaging.look import Look, Rgb, read_look
from studio.imaging.mannequin import draw_mannequin

SIZE = (288, 384)
STANDING = ("standing front, arms at sides", "hero stance, hands on hips")
MOVING = ("running", "walking", "sitting", "arms raised in triumph", "crouching low", "fighting stance")
AMOUNTS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Case:
    """One picture: what was changed, by how much of the whole change, and in which pose."""

    kind: str
    pose: str
    amount: float
    picture: Image.Image


def turned(colour: Rgb, amount: float) -> Rgb:
    """A colour turned by up to 90 degrees of hue, made strong enough to have one."""
    hue, light, strength = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    red, green, blue = colorsys.hls_to_rgb((hue + 0.25 * amount) % 1, light, max(strength, 0.35))
    return round(red * 255), round(green * 255), round(blue * 255)


Row: TypeAlias = tuple[str, Case, float, float]
"""Character, case, the meter's score, and the floor's."""

CHANGES: dict[str, Callable[[Look, float], Look]] = {
    "hue of the hair": lambda look, amount: replace(look, hair_colour=turned(look.hair_colour, amount)),
    "hue of the body": lambda look, amount: replace(look, body=turned(look.body, amount)),
    "larger head": lambda look, amount: replace(look, heads=max(MIN_HEADS, look.heads * (1 - 0.3 * amount))),
    "smaller head": lambda look, amount: replace(look, heads=min(MAX_HEADS, look.heads * (1 + 0.4 * amount))),
    "missing glow": lambda look, amount: replace(look, glow=None) if amount else look,
    "missing armour": lambda look, amount: replace(look, armour=None) if amount else look,
    "missing cape": lambda look, amount: replace(look, cape=None) if amount else look,
}


def _seen(look: Look, change: Callable[[Look, float], Look]) -> bool:
    """Whether a change can be seen at all: hair under a helmet cannot, whatever its colour."""
    if change(look, 1.0) == look:
        return False
    before, after = (np.asarray(drawn(each, STANDING[0], 10), np.int16) for each in (look, change(look, 1.0)))
    return float((np.abs(before - after).max(-1) > 24).mean()) > 0.002


def words_of(character: Character) -> str:
    """Everything that says how a character looks."""
    return f"{character.description} {', '.join(colour.phrase() for colour in character.palette)}"


def drawn(look: Look, pose: str, seed: int) -> Image.Image:
    """A take of a look in a pose."""
    return draw_mannequin(guess_skeleton(pose).skeleton, look, SIZE, seed=seed)


def cases(look: Look, others: list[Look], seeds: int) -> Iterator[Case]:
    """Every change of a look, by every amount, in every pose; changes that change nothing are left out."""
    for pose in (*STANDING, *MOVING):
        for seed in range(seeds):
            yield Case("unchanged", pose, 0.0, drawn(look, pose, seed + 50))
        for number, other in enumerate(others):
            yield Case("other character", pose, 1.0, drawn(other, pose, 90 + number))
        for kind, change in CHANGES.items():
            if not _seen(look, change):
                continue
            amounts = (0.0, 1.0) if kind.startswith("missing") else AMOUNTS
            for seed, amount in enumerate(amounts):
                yield Case(kind, pose, amount, drawn(change(look, amount), pose, seed + 10))


def spearman(one: list[float], other: list[float]) -> float:
    """Rank correlation, ties sharing their rank."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    array = np.asarray(values)
    return np.asarray([float((array < value).sum() + ((array == value).sum() - 1) / 2) for value in array])


def told_apart(near: list[float], far: list[float]) -> float:
    """The chance that a picture of `far` measures farther than one of `near`; 0.5 is guessing."""
    wins = [1.0 if f > n else 0.5 if f == n else 0.0 for f in far for n in near]
    return float(np.mean(wins))


def _columns(rows: list[Row]) -> tuple[list[float], list[float]]:
    return [row[2] for row in rows], [row[3] for row in rows]


def _pixels(anchor: Image.Image, picture: Image.Image) -> float:
    small = [np.asarray(each.resize((32, 32)), np.float32) for each in (anchor, picture)]
    return float(np.abs(small[0] - small[1]).mean())


def _measured(seeds: int) -> list[Row]:
    characters = list(Presets().characters.values())
    looks = [read_look(words_of(preset.character)) for preset in characters]
    rows = []
    for number, (preset, look) in enumerate(zip(characters, looks, strict=True)):
        picture = drawn(look, STANDING[0], 0)
        anchor: Anchor = anchor_of(picture, preset.character.palette)
        for case in cases(look, looks[:number] + looks[number + 1 :], seeds):
            score = drift(anchor, likeness(case.picture)).score
            rows.append((preset.character.name, case, score, _pixels(picture, case.picture)))
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3, help="unchanged takes of each pose (default 3)")
    rows = _measured(parser.parse_args().seeds)
    same = "same pose as the anchor"
    print(f"{len(rows)} pictures. rank: Spearman against the known amount; apart: chance that a fully changed")
    print("take measures farther than an unchanged one (0.50 is guessing). In brackets: thumbnails pixel by pixel.\n")
    print(f"{'change':<18} {same + ': rank':>30} {'apart':>13}   {'other poses: rank':>18} {'apart':>13}")
    failures = []
    for kind in [*CHANGES, "other character"]:
        cells = []
        for poses in (STANDING[:1], (*STANDING[1:], *MOVING)):
            chosen = [row for row in rows if row[1].pose in poses and row[1].kind in {kind, "unchanged"}]
            far = [row for row in chosen if row[1].kind == kind and row[1].amount == 1.0]
            near = [row for row in chosen if row[1].amount == 0.0]
            if not far:
                continue
            known = [row[1].amount for row in chosen]
            rank = [spearman(known, scores) for scores in _columns(chosen)]
            apart = [told_apart(*both) for both in zip(_columns(near), _columns(far), strict=True)]
            cells.append(f"{rank[0]:.2f} ({rank[1]:+.2f})   {apart[0]:.2f} ({apart[1]:.2f})")
            if apart[0] < 0.8:
                failures.append(f"{kind}, {'same pose' if poses == STANDING[:1] else 'other poses'}: {apart[0]:.2f}")
        print(f"{kind:<18} " + " ".join(f"{cell:>34}" for cell in cells))
    print("\nNot told apart well (below 0.80): " + ("; ".join(failures) or "none"))


if __name__ == "__main__":
    main()
