"""The mannequin: whole, deterministic, telling."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.domain.skeleton import Arm, Skeleton
from studio.imaging.look import Beast, Clothing, Hair, Headgear, Look, Weapon
from studio.imaging.mannequin import draw_mannequin, draw_mannequin_rgba

FOLDER = Path(__file__).parents[2] / "presets" / "poses"
GLITCH = Look(
    heads=5, build="petite", feminine=True, clothing=Clothing.BODYSUIT, body=(24, 24, 28), armour=(70, 70, 78),
    glow=(255, 20, 147), hair=Hair.PONYTAIL, hair_colour=(168, 128, 70), headgear=Headgear.VISOR,
    headgear_glow=(255, 40, 160), headgear_glow_far=(150, 60, 255), weapon=Weapon.KATANA, weapon_on_back=True,
)  # fmt: skip
KNIGHT = Look(heads=6.8, build="heavy", clothing=Clothing.PLATE, headgear=Headgear.HELMET, cape=(140, 20, 30))
FOX = Look(heads=3, build="stocky", clothing=Clothing.FUR, body=(240, 120, 40), beast=Beast.FOX, ears=True, tail=True)
PRESENTER = Look(clothing=Clothing.BLAZER, body=(40, 80, 160), hair=Hair.SHORT, skin=(220, 170, 140))
LOOKS = {"glitch": GLITCH, "knight": KNIGHT, "fox": FOX, "presenter": PRESENTER, "clay": Look()}


@cache
def poses() -> dict[str, Skeleton]:
    return {
        pose["name"]: Skeleton.from_mapping(pose["skeleton"])
        for path in FOLDER.glob("*.toml")
        for pose in tomllib.loads(path.read_text(encoding="utf-8"))["pose"]
    }


def mask_of(skeleton: Skeleton, look: Look, size: tuple[int, int], **options: float) -> NDArray[np.bool_]:
    drawn = draw_mannequin_rgba(skeleton, look, size, strictness=1.0, fidelity=options.get("fidelity", 0.5))
    return np.asarray(drawn)[..., 3] > 127


def pixels(skeleton: Skeleton, look: Look, size: tuple[int, int] = (96, 128), **options: float) -> NDArray[np.uint8]:
    return np.asarray(
        draw_mannequin(
            skeleton, look, size, seed=int(options.get("seed", 0)), fidelity=options.get("fidelity", 1.0),
            strictness=options.get("strictness", 0.5),
        )
    )  # fmt: skip


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("size", [(96, 128), (128, 128), (160, 90), (60, 200)])
def test_the_whole_figure_lies_inside_the_picture_with_a_margin(name: str, size: tuple[int, int]) -> None:
    for pose in ("hero-stance", "jumping", "lying-on-back", "high-kick", "sword-lunge"):
        mask = mask_of(poses()[pose], LOOKS[name], size)
        assert mask.any()
        edge = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
        assert not edge.any(), pose


def test_every_pose_stays_inside_the_picture() -> None:
    for name, skeleton in poses().items():
        mask = mask_of(skeleton, Look(), (64, 80), fidelity=0.3)
        assert mask.sum() > 150, name
        assert not (mask[0].any() or mask[-1].any() or mask[:, 0].any() or mask[:, -1].any()), name


def test_poses_are_told_apart_by_their_outline_at_96_pixels() -> None:
    masks = {name: mask_of(skeleton, Look(), (96, 96)) for name, skeleton in poses().items()}
    for (one, first), (other, second) in combinations(masks.items(), 2):
        if {one, other} == {"view-front", "view-back"}:
            continue
        overlap = (first & second).sum() / (first | second).sum()
        assert overlap < 0.86, (one, other)


def test_front_and_back_differ_inside_the_outline() -> None:
    front, back = pixels(poses()["view-front"], GLITCH), pixels(poses()["view-back"], GLITCH)
    assert np.abs(front.astype(int) - back.astype(int)).max(axis=2).mean() > 5


def test_the_left_arm_is_raised_on_the_viewers_right() -> None:
    still, raised = mask_of(Skeleton(), Look(), (128, 128)), None
    raised = mask_of(Skeleton(left_arm=Arm(lift=100, front=0, bend=0)), Look(), (128, 128))
    columns = np.nonzero(raised.any(axis=0))[0]
    trunk = np.nonzero(raised[90:].any(axis=0))[0].mean()
    assert columns.max() - trunk > 1.5 * (trunk - columns.min())
    assert still.sum() != raised.sum()


def test_the_same_arguments_give_the_same_pixels_and_another_seed_gives_others() -> None:
    first, again = pixels(poses()["running"], GLITCH, seed=7), pixels(poses()["running"], GLITCH, seed=7)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, pixels(poses()["running"], GLITCH, seed=8))


def test_strictness_keeps_seeds_close_to_the_pose() -> None:
    def spread(strictness: float) -> float:
        one = pixels(poses()["hero-stance"], Look(), seed=1, strictness=strictness).astype(int)
        other = pixels(poses()["hero-stance"], Look(), seed=2, strictness=strictness).astype(int)
        return float(np.abs(one - other).mean())

    assert spread(1.0) < spread(0.0)


def test_more_fidelity_means_less_grain() -> None:
    def grain(fidelity: float) -> float:
        corner = pixels(Skeleton(), Look(), (192, 256), fidelity=fidelity)[:40, :40, 1].astype(float)
        return float(corner.std())

    assert grain(0.0) > grain(0.5) > grain(1.0)


def test_a_character_keeps_its_colours() -> None:
    glitch = pixels(poses()["view-front"], GLITCH, (192, 256)).reshape(-1, 3).astype(int)
    pink = (glitch[:, 0] > 200) & (glitch[:, 1] < 90) & (glitch[:, 2] > 100)
    assert pink.sum() > 60
    fox = pixels(poses()["view-front"], FOX, (192, 256)).reshape(-1, 3).astype(int)
    orange = (fox[:, 0] > 180) & (fox[:, 1] > 70) & (fox[:, 1] < 190) & (fox[:, 2] < 90)
    assert orange.sum() > 1500


def test_the_figure_throws_a_shadow_on_its_paper() -> None:
    picture = pixels(Skeleton(), Look(), (192, 256), strictness=1.0).astype(int).sum(axis=2)
    mask = mask_of(Skeleton(), Look(), (192, 256))
    floor = picture[-50:-12][~mask[-50:-12]]
    assert floor.min() < floor.max() - 120


def test_the_cut_out_has_clear_corners_and_a_solid_middle() -> None:
    picture = draw_mannequin_rgba(Skeleton(), KNIGHT, (96, 128))
    assert picture.mode == "RGBA"
    alpha = np.asarray(picture)[..., 3]
    assert alpha[0, 0] == 0
    assert alpha.max() == 255


def test_a_weapon_in_the_hand_and_things_to_hold_change_the_outline() -> None:
    bare = mask_of(Skeleton(right_arm=Arm(lift=90, front=0)), PRESENTER, (128, 128))
    for hold in ("weapon", "ball", "flower", "cup", "phone"):
        held = mask_of(Skeleton(right_arm=Arm(lift=90, front=0, hold=hold)), PRESENTER, (128, 128))
        assert (held != bare).any(), hold


@pytest.mark.parametrize("size", [(1, 1), (3, 40), (16, 16), (31, 57)])
def test_tiny_and_odd_sizes_are_drawn_at_exactly_that_size(size: tuple[int, int]) -> None:
    assert draw_mannequin(Skeleton(), GLITCH, size).size == size


def test_a_picture_without_pixels_is_refused() -> None:
    with pytest.raises(ValueError, match="pixel"):
        draw_mannequin(Skeleton(), Look(), (0, 10))
