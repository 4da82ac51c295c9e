"""Close-ups of the sandbox: a face fills the picture when the words ask for one."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from studio.config.presets import Presets
from studio.imaging.look import read_look
from studio.sandbox.close_up import draw_close_up, is_close_up
from studio.sandbox.cutouts import background_mask


@pytest.mark.parametrize(
    ("words", "close"),
    [
        ("Head and shoulders, facing the viewer", True),
        ("a close-up of her face", True),
        ("headshot, plain background", True),
        ("standing, head up, broad shoulders", False),
        ("a close-up of the boots", False),
    ],
)
def test_which_words_ask_for_a_face(words: str, close: bool) -> None:
    assert is_close_up(words) is close


def near(words: str) -> Image.Image:
    character = Presets().character("glitch").character
    prompt = f"{character.description} {', '.join(colour.phrase() for colour in character.palette)}. {words}"
    return draw_close_up(prompt, read_look(prompt), (192, 256), seed=2, fidelity=1.0, strictness=0.5)


def test_the_figure_goes_on_below_the_picture_and_its_head_is_whole() -> None:
    picture = near("Head and shoulders, facing the viewer")
    figure = background_mask(picture) < 0.5
    assert picture.size == (192, 256)
    assert figure[-1].any() and not figure[0].any()
    assert float(figure.mean()) > 0.25


def test_a_profile_is_another_picture_than_a_front() -> None:
    front, side = near("Head and shoulders, facing the viewer"), near("Head and shoulders in exact profile")
    assert float(np.abs(np.asarray(front, np.int16) - np.asarray(side, np.int16)).mean()) > 5
