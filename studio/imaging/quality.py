"""What a picture looks like as a reference: its size, how many figures, traces of writing. Suspicions, from pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.imaging.phash import bits_apart, perceptual_hash

Bits = NDArray[np.bool_]

SMALL_SIDE = 512
"""Pixels of the shorter side below which models see too little; fal's editors work at one megapixel."""

NEAR = 6
"""Bits of 64 by which two perceptual hashes may differ and still be called the same picture."""

COLOUR_CELLS = (12, 16)
"""Columns and rows of cells in which colours are compared: a recoloured jacket is not the same picture."""

COLOUR_APART, COLOUR_SHARE = 24, 0.02
"""Levels of 255 by which a cell's colour differs noticeably, and the share of such cells from which pictures differ."""

LOOKED_AT = 192
"""Pixels of the longer side at which figures are counted."""

BACKGROUND_SPREAD = 26.0
"""Brightness levels by which the border may vary before nothing is said about figures."""

AWAY = 34.0
"""Distance in RGB from the border's colour at which a pixel belongs to a figure."""

FIGURE_SHARE = 0.22
"""Part of the largest shape's area from which another shape counts as a figure of its own."""

FIGURE_TALL = 0.3
"""Part of the picture's height that a figure has at least."""

READ_AT = 640
"""Pixels of the longer side at which writing is looked for."""

LETTERS = 6
"""Letter-like specks in one row that look like writing."""


class Concern(StrEnum):
    """What may be wrong with a reference."""

    SMALL = "small"
    FIGURES = "figures"
    WRITING = "writing"
    TWIN = "twin"


@dataclass(frozen=True, slots=True)
class Remark:
    """One concern in a sentence that does not claim to know."""

    concern: Concern
    sentence: str


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """A picture as a reference. Sizes in pixels."""

    width: int
    height: int
    phash: int
    colours: NDArray[np.int16]
    """The mean colour of each of COLOUR_CELLS."""
    remarks: tuple[Remark, ...]


def quality_of(picture: Image.Image) -> Quality:
    """The remarks about one picture, in the order of their weight. Some hundredths of a second."""
    width, height = picture.size
    flat = _flattened(picture)
    found = [*_small(width, height), *_figures(flat), *_writing(flat)]
    colours = np.asarray(flat.resize(COLOUR_CELLS, Image.Resampling.BOX), dtype=np.int16)
    return Quality(width, height, perceptual_hash(flat), colours, tuple(found))


def twins(seen: Sequence[Quality]) -> dict[int, int]:
    """Numbers of pictures that look nearly like an earlier one, each with the number of that one."""
    found: dict[int, int] = {}
    for late, later in enumerate(seen):
        early = next((number for number in range(late) if _alike(seen[number], later)), None)
        if early is not None:
            found[late] = early
    return found


def _alike(one: Quality, other: Quality) -> bool:
    apart = np.abs(one.colours - other.colours).max(axis=2) > COLOUR_APART
    return bits_apart(one.phash, other.phash) <= NEAR and float(apart.mean()) <= COLOUR_SHARE


def _flattened(picture: Image.Image) -> Image.Image:
    if "A" not in picture.getbands():
        return picture.convert("RGB")
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture.convert("RGBA"), mask=picture.getchannel("A"))
    return ground


def _small(width: int, height: int) -> Iterator[Remark]:
    if min(width, height) < SMALL_SIDE:
        yield Remark(
            Concern.SMALL, f"Only {width}×{height} pixels: faces and details are lost; {SMALL_SIDE} a side is little."
        )


def _figures(picture: Image.Image) -> Iterator[Remark]:
    small = _shrunk(picture, LOOKED_AT)
    pixels = np.asarray(small, dtype=np.float32)
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    middle = np.median(edge, axis=0)
    if float(np.abs(edge - middle).mean()) > BACKGROUND_SPREAD:
        return
    away = np.sqrt(((pixels - middle) ** 2).sum(axis=2)) > AWAY
    shapes = [shape for shape in _shapes(_closed(away)) if shape[3] - shape[1] >= FIGURE_TALL * small.height]
    largest = max((shape[4] for shape in shapes), default=0)
    count = sum(shape[4] >= FIGURE_SHARE * largest for shape in shapes)
    if count > 1:
        yield Remark(
            Concern.FIGURES, f"Looks as if it shows {count} figures; a model may take any of them, or mix them."
        )


def _writing(picture: Image.Image) -> Iterator[Remark]:
    grey = np.asarray(_shrunk(picture, READ_AT).convert("L"), dtype=np.float32)
    ground = np.asarray(_shrunk(picture, READ_AT).convert("L").reduce(8).resize(grey.shape[::-1]), dtype=np.float32)
    for specks in (grey - ground > 40, ground - grey > 40):
        letters = [shape for shape in _shapes(specks) if _is_letter(shape, grey.shape[0])]
        row = _longest_row(letters)
        if len(row) >= LETTERS:
            where = _place(row, grey.shape)
            yield Remark(Concern.WRITING, f"Looks as if there is writing or a watermark {where}; models copy it.")
            return


def _is_letter(shape: tuple[int, int, int, int, int], height: int) -> bool:
    left, top, right, bottom, area = shape
    wide, high = right - left + 1, bottom - top + 1
    return 4 <= high <= height * 0.06 and 1 <= wide <= 1.6 * high and area >= 0.18 * wide * high


def _longest_row(letters: list[tuple[int, int, int, int, int]]) -> list[tuple[int, int, int, int, int]]:
    """The most letters of about one height that stand on one line, close to each other."""
    best: list[tuple[int, int, int, int, int]] = []
    for start in letters:
        high = start[3] - start[1] + 1
        line = [
            one
            for one in letters
            if abs(one[3] - start[3]) <= 0.35 * high and 0.6 <= (one[3] - one[1] + 1) / high <= 1.5
        ]
        line.sort()
        run: list[tuple[int, int, int, int, int]] = []
        for one in line:
            if run and one[0] - run[-1][2] > 1.6 * high:
                best, run = max(best, run, key=len), []
            run.append(one)
        best = max(best, run, key=len)
    return best


def _place(row: list[tuple[int, int, int, int, int]], shape: tuple[int, ...]) -> str:
    y = sum(one[1] + one[3] for one in row) / (2 * len(row) * shape[0])
    x = (row[0][0] + row[-1][2]) / (2 * shape[1])
    high = "at the top" if y < 0.25 else "at the bottom" if y > 0.75 else "in the middle"
    side = " left" if x < 0.33 else " right" if x > 0.67 else ""
    return high + side


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.BOX)
    return small


def _closed(bits: Bits) -> Bits:
    """With gaps of a pixel or two filled, so that a thin arm does not make two figures of one."""
    grown = bits.copy()
    for _ in range(2):
        wide = np.pad(grown, 1)
        grown = wide[:-2, 1:-1] | wide[2:, 1:-1] | wide[1:-1, :-2] | wide[1:-1, 2:] | grown
    return grown


def _shapes(bits: Bits) -> list[tuple[int, int, int, int, int]]:
    """Left, top, right, bottom and area of every connected shape, by runs of rows that touch."""
    parents: list[int] = []
    boxes: list[list[int]] = []
    above: list[tuple[int, int, int]] = []
    for y, row in enumerate(bits):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], row.view(np.int8), [0]))))
        here: list[tuple[int, int, int]] = []
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            label = len(parents)
            parents.append(label)
            boxes.append([start, y, end - 1, y, end - start])
            for left, right, other in above:
                if left <= end and right >= start:
                    _join(parents, label, other)
            here.append((start, end, label))
        above = here
    return _joined(parents, boxes)


def _joined(parents: list[int], boxes: list[list[int]]) -> list[tuple[int, int, int, int, int]]:
    found: dict[int, list[int]] = {}
    for label, box in enumerate(boxes):
        root = _root(parents, label)
        whole = found.setdefault(root, [*box[:4], 0])
        whole[0], whole[1] = min(whole[0], box[0]), min(whole[1], box[1])
        whole[2], whole[3] = max(whole[2], box[2]), max(whole[3], box[3])
        whole[4] += box[4]
    return [(box[0], box[1], box[2], box[3], box[4]) for box in found.values()]


def _root(parents: list[int], label: int) -> int:
    while parents[label] != label:
        parents[label] = parents[parents[label]]
        label = parents[label]
    return label


def _join(parents: list[int], one: int, other: int) -> None:
    a, b = _root(parents, one), _root(parents, other)
    if a != b:
        parents[max(a, b)] = min(a, b)
