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
    match look.clothing:
        case Clothing.BODYSUIT:
            s, dark = suit(own), leather(mixed(own, (0, 0, 0), 0.25))
            return Outfit(s, s, s, s, s, dark, s, s, dark, s)
        case Clothing.PLATE:
            mail, metal = steel(mixed(look.body, (40, 42, 48), 0.62)), steel(look.body)
            return Outfit(mail, mail, mail, mail, metal, metal, mail, metal, metal, mail, 1.12)
        case Clothing.FUR:
            coat, dark = fur(own), fur(look.second)
            return Outfit(coat, coat, coat, coat, dark, dark, coat, dark, dark, coat, 1.12)
        case Clothing.BLAZER:
            jacket, trousers, shoes = cloth(own), cloth(look.second), leather((38, 32, 30))
            return Outfit(jacket, jacket, trousers, jacket, jacket, flesh, trousers, trousers, shoes, flesh, 1.14)
        case Clothing.CASUAL:
            shirt, trousers, shoes = cloth(own), cloth(look.second), leather((226, 224, 220))
            return Outfit(shirt, shirt, trousers, shirt, flesh, flesh, trousers, trousers, shoes, flesh, 1.06)
        case Clothing.DRESS:
            dress, shoes = cloth(own), leather(mixed(own, (20, 16, 20), 0.6))
            return Outfit(dress, dress, dress, flesh, flesh, flesh, flesh, flesh, shoes, flesh)
        case Clothing.ROBE:
            robe, shoes = cloth(own), leather((66, 48, 36))
            return Outfit(robe, robe, robe, robe, robe, flesh, robe, robe, shoes, flesh, 1.2)
        case Clothing.CLAY:
            clay = skin(own)
            return Outfit(clay, clay, clay, clay, clay, clay, clay, clay, clay, clay)
