"""The kinds of things a character may wear, carry or be."""

from __future__ import annotations

from enum import StrEnum

Rgb = tuple[int, int, int]
"""Red, green, blue in sRGB, 0..255."""


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
