"""A reference is looked at critically, and what is suspected is said as a suspicion."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from studio.imaging.quality import Concern, quality_of, twins

PAPER = (236, 236, 238)


def figure(at: tuple[int, ...] = (384,), size: tuple[int, int] = (768, 1024)) -> Image.Image:
    """Plain standing figures with their middles at these columns, on shaded paper."""
    shade = np.linspace(-8, 8, size[1])[:, None, None] + np.array(PAPER)
    picture = Image.fromarray(np.broadcast_to(shade, (size[1], size[0], 3)).astype(np.uint8).copy())
    draw = ImageDraw.Draw(picture)
    for x in at:
        draw.ellipse((x - 50, 120, x + 50, 240), fill=(60, 40, 90))
        draw.rectangle((x - 70, 250, x + 70, 600), fill=(160, 30, 60))
        draw.rectangle((x - 60, 600, x - 10, 950), fill=(30, 30, 60))
        draw.rectangle((x + 10, 600, x + 60, 950), fill=(30, 30, 60))
        draw.line((x, 230, x, 260), fill=(200, 150, 130), width=30)
        draw.line((x + 60, 290, x + 150, 420), fill=(200, 150, 130), width=40)
    return picture


def concerns(picture: Image.Image) -> list[Concern]:
    return [remark.concern for remark in quality_of(picture).remarks]


def test_nothing_is_said_about_a_good_reference() -> None:
    assert concerns(figure()) == []


def test_a_small_picture_is_called_small_with_its_size() -> None:
    remarks = quality_of(figure().resize((300, 400))).remarks
    assert [remark.concern for remark in remarks] == [Concern.SMALL]
    assert "300×400" in remarks[0].sentence


@pytest.mark.parametrize(("at", "count"), [((260, 1000), 2), ((200, 700, 1200), 3)])
def test_several_figures_are_counted(at: tuple[int, ...], count: int) -> None:
    remarks = quality_of(figure(at, (1400, 1024))).remarks
    assert [remark.concern for remark in remarks] == [Concern.FIGURES]
    assert f"{count} figures" in remarks[0].sentence and remarks[0].sentence.startswith("Looks as if")


def test_a_thrown_thing_is_no_second_figure() -> None:
    picture = figure((300,))
    ImageDraw.Draw(picture).ellipse((640, 400, 700, 460), fill="black")
    assert concerns(picture) == []


def test_nothing_is_said_about_figures_before_a_busy_background() -> None:
    chance = np.random.default_rng(1).integers(0, 255, (32, 24, 3), dtype=np.uint8)
    busy = Image.fromarray(chance).resize((768, 1024)).filter(ImageFilter.GaussianBlur(12))
    assert Concern.FIGURES not in concerns(busy)


@pytest.mark.parametrize(
    ("place", "shade", "words"),
    [((40, 40), 0, "at the top left"), ((430, 960), 90, "at the bottom right")],
)
def test_writing_is_suspected_and_its_place_named(place: tuple[int, int], shade: int, words: str) -> None:
    picture = figure()
    font = ImageFont.load_default(24)
    ImageDraw.Draw(picture).text(place, "SAMPLE PICTURE", fill=(shade, shade, shade), font=font)
    remarks = [remark for remark in quality_of(picture).remarks if remark.concern is Concern.WRITING]
    assert len(remarks) == 1 and words in remarks[0].sentence


def test_a_picture_that_was_saved_again_smaller_is_seen_to_be_the_same() -> None:
    first, other = figure(), figure((250,)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    seen = [quality_of(one) for one in (first, other, first.resize((600, 800)), first)]
    assert twins(seen) == {2: 0, 3: 0}


def test_the_same_figure_in_another_jacket_is_another_picture() -> None:
    green = figure()
    ImageDraw.Draw(green).rectangle((314, 250, 454, 600), fill=(30, 130, 60))
    assert twins([quality_of(figure()), quality_of(green)]) == {}


def test_what_is_transparent_counts_as_white() -> None:
    picture = figure().convert("RGBA")
    picture.putalpha(Image.new("L", picture.size, 255))
    assert concerns(picture) == []
