"""What the mannequin wears and is: everything a drawing needs to know of a character besides the pose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.domain.skeleton_proportions import Proportions

Rgb = tuple[int, int, int]


class Clothing(StrEnum):
    """What covers the body."""

    CLAY = "clay"
    BODYSUIT = "bodysuit"
    PLATE = "plate"
    FUR = "fur"
    BLAZER = "blazer"
    CASUAL = "casual"
    DRESS = "dress"
    ROBE = "robe"


class Hair(StrEnum):
    """How the hair is worn."""

    NONE = "none"
    SHORT = "short"
    PONYTAIL = "ponytail"
    BUN = "bun"
    BOB = "bob"
    LONG = "long"
    TWINTAILS = "twintails"
    SPIKY = "spiky"


class Headgear(StrEnum):
    """What is worn on the head."""

    NONE = "none"
    VISOR = "visor"
    GLASSES = "glasses"
    HELMET = "helmet"
    HAT = "hat"
    CAP = "cap"
    HOOD = "hood"
    CROWN = "crown"
    HORNS = "horns"


class Weapon(StrEnum):
    """What is carried at the back or the hip, and in the hand where the pose takes it."""

    NONE = "none"
    KATANA = "katana"
    SWORD = "sword"
    STAFF = "staff"
    SPEAR = "spear"
    AXE = "axe"
    HAMMER = "hammer"
    BOW = "bow"
    GUN = "gun"


class Beast(StrEnum):
    """The animal a mascot is, which gives it muzzle, ears and tail."""

    NONE = "none"
    FOX = "fox"
    CAT = "cat"
    WOLF = "wolf"
    BEAR = "bear"
    RABBIT = "rabbit"


CLAY: Rgb = (196, 172, 152)


@dataclass(frozen=True, slots=True)
class Look:
    """A character as the mannequin shows it. Colours are sRGB, 0..255; None means the thing is not there."""

    heads: float = 7.0
    build: str = "average"
    feminine: bool = False
    clothing: Clothing = Clothing.CLAY
    body: Rgb = CLAY
    second: Rgb = (150, 128, 112)
    skin: Rgb = CLAY
    armour: Rgb | None = None
    glow: Rgb | None = None
    hair: Hair = Hair.NONE
    hair_colour: Rgb = (92, 66, 48)
    tie: Rgb = (26, 26, 30)
    eyes: Rgb = (70, 92, 120)
    headgear: Headgear = Headgear.NONE
    headgear_colour: Rgb = (90, 94, 104)
    headgear_glow: Rgb | None = None
    headgear_glow_far: Rgb | None = None
    weapon: Weapon = Weapon.NONE
    weapon_on_back: bool = False
    weapon_colour: Rgb = (188, 192, 200)
    shield: Rgb | None = None
    beast: Beast = Beast.NONE
    ears: bool = False
    tail: bool = False
    cape: Rgb | None = None
    beard: bool = False
    paper: Rgb = (255, 255, 255)

    @property
    def proportions(self) -> Proportions:
        """The proportions of the figure."""
        return Proportions(self.heads, self.build)
