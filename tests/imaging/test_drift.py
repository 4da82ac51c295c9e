"""The drift meter: what it sees, what it says, and what it says it cannot see."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image

from studio.config.presets import Presets
from studio.domain.character import PaletteColour
from studio.domain.drift import Drift
from studio.domain.pose_words import guess_skeleton
from studio.imaging.drift import Anchor, anchor_of, drift, likeness
from studio.imaging.look import Look, read_look
from studio.imaging.mannequin import draw_mannequin, draw_mannequin_rgba

STANDING = "standing front, arms at sides"


@cache
def glitch() -> tuple[Look, tuple[PaletteColour, ...]]:
    character = Presets().character("glitch").character
    words = ", ".join(colour.phrase() for colour in character.palette)
    return read_look(f"{character.description} {words}"), character.palette


def drawn(look: Look, pose: str = STANDING, seed: int = 3) -> Image.Image:
    return draw_mannequin(guess_skeleton(pose).skeleton, look, (288, 384), seed=seed)


@cache
def anchor() -> Anchor:
    look, palette = glitch()
    return anchor_of(drawn(look, seed=0), palette)


def measured(look: Look, pose: str = STANDING) -> Drift:
    return drift(anchor(), likeness(drawn(look, pose)))


def test_another_take_of_the_same_figure_gives_nothing_to_remark() -> None:
    found = measured(glitch()[0])
    assert found.remarks == ()
    assert found.words() == "nothing stands out against the anchor"


def test_red_hair_on_a_blonde_is_said_in_words_and_measures_farther_than_a_pose() -> None:
    look, _ = glitch()
    red = measured(replace(look, hair_colour=(200, 60, 30)))
    assert red.words() == "hair is redder than in the anchor"
    assert red.score > measured(look, "running").score


def test_a_glow_that_is_gone_is_missed() -> None:
    look, _ = glitch()
    assert measured(replace(look, glow=None)).words().endswith("circuit lines are hardly to be seen")


@pytest.mark.parametrize(("heads", "word"), [(3.5, "larger"), (7.0, "smaller")])
def test_a_head_of_another_size_is_said_with_both_measures(heads: float, word: str) -> None:
    look, _ = glitch()
    found = measured(replace(look, heads=heads))
    assert found.proportions is not None and found.proportions > 0.05
    assert any(remark.startswith(f"head {word}: ") and "the anchor" in remark for remark in found.remarks)


def test_a_running_figure_has_no_proportions_and_says_why() -> None:
    found = measured(glitch()[0], "running")
    assert found.proportions is None
    assert any("does not stand straight" in reason for reason in found.unmeasured)


def test_another_character_is_farther_than_any_change_of_one_thing() -> None:
    look, _ = glitch()
    other = Presets().character("pip-the-fox").character
    far = measured(read_look(other.description))
    assert far.score > measured(replace(look, hair_colour=(200, 60, 30))).score
    assert far.score > measured(replace(look, glow=None)).score


def test_a_busy_background_is_named_as_the_reason_that_the_outline_is_not_judged() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (96, 64, 3), np.uint8)
    found = drift(anchor(), likeness(Image.fromarray(noise)))
    assert found.proportions is None
    assert any("too busy" in reason for reason in found.unmeasured)


def test_a_colour_the_anchor_does_not_show_is_not_judged_but_named() -> None:
    look, palette = glitch()
    found = drift(anchor_of(drawn(look), (*palette, PaletteColour("lime", "#32FF32", "boots"))), likeness(drawn(look)))
    assert "lime boots: not to be found in the anchor" in found.unmeasured


def test_a_cut_out_figure_is_measured_by_its_alpha_and_not_by_what_lies_under_it() -> None:
    look, palette = glitch()
    cut = draw_mannequin_rgba(guess_skeleton(STANDING).skeleton, look, (288, 384), seed=3)
    pixels = np.asarray(cut).copy()
    pixels[pixels[..., 3] == 0, :3] = (255, 0, 255)
    found = drift(anchor_of(cut, palette), likeness(Image.fromarray(pixels)))
    assert (found.score, found.remarks) == (drift(anchor_of(cut, palette), likeness(cut)).score, ())
    assert found.proportions == 0


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (3000, 2)])
def test_a_picture_of_any_shape_is_measured_without_failing(size: tuple[int, int]) -> None:
    assert 0 <= drift(anchor(), likeness(Image.new("RGB", size, "teal"))).score <= 100


def test_names_from_files_cannot_move_the_cursor() -> None:
    look, _ = glitch()
    hostile = PaletteColour("\x1b[2Jred", "#32FF32", "x\x1b]0;t\x07")
    found = drift(anchor_of(drawn(look), [hostile]), likeness(drawn(look)))
    assert found.unmeasured
    assert "\x1b" not in "".join((*found.remarks, *found.unmeasured))
