"""What the doctor sees in pixels: letters, framing, background, likeness."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from studio.domain.dataset import PictureFacts
from studio.imaging.dataset_look import lettering, look

SIZE = (600, 800)


def paper(colour: tuple[int, int, int] = (228, 228, 228)) -> Image.Image:
    return Image.new("RGB", SIZE, colour)


def figure(top: int, bottom: int, wide: int = 130, colour: tuple[int, int, int] = (228, 228, 228)) -> Image.Image:
    picture = paper(colour)
    ImageDraw.Draw(picture).ellipse((300 - wide, top, 300 + wide, bottom), (60, 40, 80))
    return picture


def facts(folder: Path, picture: Image.Image) -> PictureFacts:
    picture.save(folder / "p.png")
    return look(folder / "p.png")


@pytest.mark.parametrize("size", [14, 20, 30])
@pytest.mark.parametrize(("place", "where"), [((420, 760), "bottom right"), ((20, 12), "top left")])
def test_a_line_of_letters_is_suspected_where_it_stands(size: int, place: tuple[int, int], where: str) -> None:
    picture = figure(100, 700)
    ImageDraw.Draw(picture).text(place, "shutterstock", (40, 40, 40), ImageFont.load_default(size))
    assert lettering(picture) == where


def test_a_figure_a_texture_and_a_ramp_are_no_letters() -> None:
    weave = paper()
    pen = ImageDraw.Draw(weave)
    for at in range(0, 800, 6):
        pen.line((0, at, 600, at), (120, 120, 120), 2)
        pen.line((at, 0, at, 800), (90, 90, 90), 2)
    ramp = Image.linear_gradient("L").resize(SIZE).convert("RGB")
    assert [lettering(picture) for picture in (figure(100, 700), weave, ramp)] == ["", "", ""]


def test_how_much_of_the_figure_is_shown_is_read_from_where_it_ends(tmp_path: Path) -> None:
    assert facts(tmp_path, figure(120, 700)).framing == "full"
    assert facts(tmp_path, figure(120, 1300, 90)).framing == "half"
    assert facts(tmp_path, figure(250, 1100, 220)).framing == "close"


def test_a_figure_that_cannot_be_told_from_its_background_has_no_framing(tmp_path: Path) -> None:
    noise = Image.effect_noise((30, 40), 130).resize(SIZE).convert("RGB")
    found = facts(tmp_path, noise)
    assert (found.framing, found.busy) == ("", True)


def test_a_plain_background_has_a_colour_and_another_one_is_far_from_it(tmp_path: Path) -> None:
    light, blue = facts(tmp_path, figure(120, 700)), facts(tmp_path, figure(120, 700, colour=(40, 80, 200)))
    assert not light.busy
    assert sum((a - b) ** 2 for a, b in zip(light.background, blue.background, strict=True)) ** 0.5 > 0.2


def test_the_size_is_the_files_own(tmp_path: Path) -> None:
    found = facts(tmp_path, figure(120, 700))
    assert (found.width, found.height) == SIZE
