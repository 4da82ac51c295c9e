"""Reading a character out of a prompt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.imaging.look import Beast, Clothing, Hair, Headgear, Look, Weapon, read_look

GLITCH = (
    "Petite athletic girl about 5 heads tall, digital goggle visor with pink and purple glow over blue eyes, "
    "short dark blonde hair in a high ponytail with a black tie, black tactical bodysuit with dark grey armour panels, "
    "hot pink #FF1493 and magenta glowing circuit lines, small katana on the back, fair skin, "
    "3D animated-film look, white background, full body head to toe."
)


def test_glitch_is_read_whole() -> None:
    look = read_look(GLITCH)
    assert (look.heads, look.build, look.feminine) == (5.0, "petite", True)
    assert look.clothing is Clothing.BODYSUIT
    assert max(look.body) < 40
    assert look.armour is not None
    assert 60 < look.armour[0] < 110
    assert look.glow == (0xFF, 0x14, 0x93)
    assert look.hair is Hair.PONYTAIL
    assert look.hair_colour[0] > look.hair_colour[2] + 40
    assert look.headgear is Headgear.VISOR
    assert look.headgear_glow != look.headgear_glow_far
    assert look.weapon is Weapon.KATANA
    assert look.weapon_on_back
    assert look.eyes[2] > look.eyes[0]
    assert min(look.skin) > 180
    assert look.paper == (255, 255, 255)
    assert not look.tail


def test_a_heavy_knight_wears_plate_and_a_helmet() -> None:
    look = read_look("A heavy plate armour knight with helmet, long red cape, sword and blue shield, grey background")
    assert look.clothing is Clothing.PLATE
    assert look.headgear is Headgear.HELMET
    assert look.build == "heavy"
    assert look.weapon is Weapon.SWORD
    assert look.cape is not None
    assert look.cape[0] > 150
    assert look.shield is not None
    assert look.shield[2] > look.shield[0]
    assert look.paper != (255, 255, 255)


def test_a_bears_head_helm_makes_no_mascot() -> None:
    look = read_look(
        "A knight in full plate, a helm shaped like a bear's head, a pale bear paw on it, fur-trimmed cloak"
    )
    assert look.beast is Beast.NONE
    assert look.headgear is Headgear.HELMET


def test_a_fox_mascot_has_fur_ears_and_a_tail() -> None:
    look = read_look("A fox mascot with bright orange fur #F47B20, big ears, a bushy tail and dark brown paws")
    assert look.beast is Beast.FOX
    assert look.clothing is Clothing.FUR
    assert look.body == (0xF4, 0x7B, 0x20)
    assert look.ears
    assert look.tail
    assert look.heads < 4
    assert look.second[0] < 110


def test_a_presenter_wears_the_blazer_in_its_colour() -> None:
    look = read_look(
        "A male presenter in a navy blue blazer and grey trousers, short brown hair, warm brown skin, photo"
    )
    assert look.clothing is Clothing.BLAZER
    assert look.body[2] > look.body[0]
    assert look.hair is Hair.SHORT
    assert look.skin[0] < 180
    assert not look.feminine


def test_a_ponytail_is_no_tail_and_what_is_not_there_is_not_drawn() -> None:
    look = read_look("A woman with a ponytail in a red dress, no hat, without a sword")
    assert not look.tail
    assert look.headgear is Headgear.NONE
    assert look.weapon is Weapon.NONE
    assert look.clothing is Clothing.DRESS
    assert look.body[0] > 150


@pytest.mark.parametrize(
    ("said", "heads"), [("about 3.5 heads tall", 3.5), ("eight heads tall", 8.0), ("12 heads", 9.0)]
)
def test_heads_are_read_and_kept_possible(said: str, heads: float) -> None:
    assert read_look(f"A figure {said}").heads == heads


def test_an_empty_prompt_is_a_bare_clay_figure() -> None:
    look = read_look("")
    assert look.clothing is Clothing.CLAY
    assert look.hair is Hair.NONE
    assert look.proportions == Look(heads=look.heads).proportions


@given(st.text(max_size=300))
def test_any_prompt_gives_a_figure_that_can_be_built(prompt: str) -> None:
    assert 2.5 <= read_look(prompt).proportions.heads <= 9
