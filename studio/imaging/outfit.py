"""Which stuff covers which part of the body, for each kind of clothing."""

from __future__ import annotations

from dataclasses import dataclass

from studio.imaging.look import Clothing, Look
from studio.imaging.materials import cloth, fur, leather, mixed, skin, steel, suit
from studio.imaging.shapes import Material


@dataclass(frozen=True, slots=True)
class Outfit:
    """The material of each part of the body; `bulk` is how much thicker the covering makes arms and legs."""

    chest: Material
    waist: Material
    hips: Material
    upper_arm: Material
    forearm: Material
    hand: Material
    thigh: Material
    shin: Material
    foot: Material
    neck: Material
    bulk: float = 1.0


def outfit(look: Look) -> Outfit:
    """The outfit of a look."""
    own, flesh = look.body, skin(look.skin)
    tight, second = suit(own), cloth(look.second)
    stuff = cloth(own)
    mail, metal = steel(mixed(own, (40, 42, 48), 0.62)), steel(own)
    coat, dark = fur(own), fur(look.second)
    gloves, boots = leather(mixed(own, (0, 0, 0), 0.25)), leather((66, 48, 36))
    white, black, fine = leather((226, 224, 220)), leather((38, 32, 30)), leather(mixed(own, (20, 16, 20), 0.6))
    clay = skin(own)
    outfits = {
        Clothing.BODYSUIT: Outfit(tight, tight, tight, tight, tight, gloves, tight, tight, gloves, tight),
        Clothing.PLATE: Outfit(mail, mail, mail, mail, metal, metal, mail, metal, metal, mail, 1.12),
        Clothing.FUR: Outfit(coat, coat, coat, coat, dark, dark, coat, dark, dark, coat, 1.12),
        Clothing.BLAZER: Outfit(stuff, stuff, second, stuff, stuff, flesh, second, second, black, flesh, 1.14),
        Clothing.CASUAL: Outfit(stuff, stuff, second, stuff, flesh, flesh, second, second, white, flesh, 1.06),
        Clothing.DRESS: Outfit(stuff, stuff, stuff, flesh, flesh, flesh, flesh, flesh, fine, flesh),
        Clothing.ROBE: Outfit(stuff, stuff, stuff, stuff, stuff, flesh, stuff, stuff, boots, flesh, 1.2),
    }
    return outfits.get(look.clothing, Outfit(clay, clay, clay, clay, clay, clay, clay, clay, clay, clay))
