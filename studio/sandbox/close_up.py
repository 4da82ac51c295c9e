"""Close-ups: a prompt that asks for head and shoulders gets them, as a camera gives them that goes nearer."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from PIL import Image

from studio.domain.pose_words import guess_skeleton
from studio.domain.skeleton import Skeleton
from studio.imaging.look import Look
from studio.imaging.mannequin import draw_mannequin
from studio.sandbox.cutouts import background_mask

_WORDS = re.compile(r"\bhead[- ]and[- ]shoulders\b|\bclose-?up of (?:the |her |his )?(?:face|head)\b|\bheadshot\b")

NEARER = 1.5
"""How much larger the whole figure is drawn before its head is cut out of it."""

SHARE = 0.30
"""Share of the figure's height that a picture of head and shoulders shows, for one of seven heads."""

_MOODS = (("smil", "happy"), ("laugh", "happy"), ("angry", "angry"), ("sad", "sad"), ("surprise", "surprised"))


def is_close_up(prompt: str) -> bool:
    """Whether the words ask for a face and no more."""
    return _WORDS.search(prompt.casefold()) is not None


def draw_close_up(
    prompt: str, look: Look, size: tuple[int, int], *, seed: int, fidelity: float, strictness: float
) -> Image.Image:
    """Head and shoulders of the figure, standing at ease, from the side the words name."""
    whole = draw_mannequin(
        _standing(prompt),
        look,
        (round(size[0] * NEARER), round(size[1] * NEARER)),
        seed=seed,
        fidelity=fidelity,
        strictness=strictness,
    )
    return whole.resize(size, Image.Resampling.LANCZOS, box=_box(whole, size, look.heads))


def _standing(prompt: str) -> Skeleton:
    words = prompt.casefold()
    mood = next((mood for word, mood in _MOODS if word in words), "")
    match = _WORDS.search(words)
    turn = guess_skeleton(words[match.start() :] if match else words).skeleton.turn
    upright = Skeleton(turn=turn)
    return replace(upright, head=replace(upright.head, mood=mood))


def _box(whole: Image.Image, size: tuple[int, int], heads: float) -> tuple[float, float, float, float]:
    """The part to show: as wide as it must be for the asked shape, the head in its middle."""
    figure = background_mask(whole) < 0.5
    rows = np.flatnonzero(figure.any(axis=1))
    if not len(rows):
        return 0, 0, whole.width, whole.height
    top, tall = int(rows[0]), int(rows[-1] - rows[0] + 1)
    seen = tall * max(0.2, min(0.62, SHARE * 7 / heads))
    high = min(seen * 1.14, whole.height - 1)
    wide = min(high * size[0] / size[1], whole.width)
    high = wide * size[1] / size[0]
    head = np.flatnonzero(figure[top : top + max(1, round(seen * 0.5))].any(axis=0))
    middle = float(head[0] + head[-1]) / 2 if len(head) else whole.width / 2
    left = min(max(0.0, middle - wide / 2), whole.width - wide)
    above = min(max(0.0, top - 0.1 * seen), whole.height - high)
    return left, above, left + wide, above + high
