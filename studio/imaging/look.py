"""What the mannequin wears and is, and how that is read out of a prompt's words and colours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.domain.skeleton_proportions import Proportions
from studio.imaging.look_colours import colours_of, glow_pair, plain_text
from studio.imaging.look_kinds import Beast, Clothing, Hair, Headgear, Rgb, Weapon
from studio.imaging.look_words import (
    beast_in,
    build_in,
    carried_on_back,
    clothing_in,
    feminine_in,
    hair_in,
    headgear_in,
    heads_in,
    says,
    weapon_in,
)

__all__ = ["Beast", "Clothing", "Hair", "Headgear", "Look", "Rgb", "Weapon", "read_look"]

CLAY: Rgb = (196, 172, 152)
WHITE: Rgb = (255, 255, 255)


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
    tabard: Rgb | None = None
    scarf: Rgb | None = None
    beard: bool = False
    paper: Rgb = WHITE

    @property
    def proportions(self) -> Proportions:
        """The proportions of the figure."""
        return Proportions(self.heads, self.build)


_STEEL: Rgb = (168, 174, 184)


def read_look(prompt: str) -> Look:
    """The look that a prompt's words describe; what comes first weighs most, as in the prompt itself.

    Always answers: words it does not know change nothing, and an empty prompt is a bare clay figure.
    """
    text = plain_text(prompt)
    clothing, beast = clothing_in(text), beast_in(text)
    if clothing is Clothing.PLATE:
        beast = Beast.NONE
    if beast is not Beast.NONE:
        clothing = Clothing.FUR
    hair = hair_in(text)
    if clothing is Clothing.CLAY and (hair is not Hair.NONE or "skin" in colours_of(text)):
        clothing = Clothing.CASUAL
    look = Look(
        heads=heads_in(text, clothing),
        build=build_in(text, clothing),
        feminine=feminine_in(text),
        clothing=clothing,
        hair=_hair(text, hair, clothing),
        headgear=headgear_in(text, clothing),
        weapon=weapon_in(text),
        weapon_on_back=carried_on_back(text),
        beast=beast,
        ears=beast is not Beast.NONE or says(text, r"(cat|fox|wolf|animal|bunny) ears"),
        tail=says(text, r"\btail\b") and not says(text, r"pony ?tail\b(?!.*\btail\b)"),
        beard=says(text, r"\bbeard"),
    )
    return _coloured(look, text)


def _hair(text: str, hair: Hair, clothing: Clothing) -> Hair:
    if clothing in (Clothing.FUR, Clothing.CLAY, Clothing.PLATE) or says(text, r"\bbald\b"):
        return hair if clothing is Clothing.PLATE else Hair.NONE
    if hair is not Hair.NONE:
        return hair
    return Hair.SHORT


_DRESSED: dict[Clothing, tuple[Rgb, Rgb]] = {
    Clothing.CLAY: (CLAY, (150, 128, 112)),
    Clothing.BODYSUIT: ((34, 36, 42), (24, 24, 28)),
    Clothing.PLATE: (_STEEL, (110, 112, 120)),
    Clothing.FUR: ((214, 134, 70), (74, 48, 38)),
    Clothing.BLAZER: ((42, 52, 78), (58, 60, 68)),
    Clothing.CASUAL: ((96, 132, 168), (52, 62, 88)),
    Clothing.DRESS: ((176, 66, 92), (110, 40, 60)),
    Clothing.ROBE: ((84, 66, 128), (196, 160, 84)),
}


def _coloured(look: Look, text: str) -> Look:
    """The look in the colours that the text ties to its parts."""
    found = colours_of(text)
    body, second = _DRESSED[look.clothing]
    own = found.get("plate") if look.clothing is Clothing.PLATE else found.get("body")
    skin: Rgb = found.get("skin", (228, 186, 156))
    coat = found.get("fur", own or body)
    glow = found.get("glow")
    near, far = glow_pair(text)
    worn = found.get("headgear")
    if look.clothing is Clothing.FUR:
        own, skin = coat, coat
    elif look.clothing is Clothing.CLAY:
        skin = found.get("body", CLAY)
    elif look.clothing is Clothing.PLATE:
        own = own or found.get("armour")
    return replace(
        look,
        body=own or body,
        second=found.get("second", second),
        skin=skin,
        armour=_armour(look, text, found),
        glow=glow,
        hair_colour=found.get("hair", look.hair_colour),
        tie=found.get("tie", look.tie),
        eyes=found.get("eyes", look.eyes),
        headgear_colour=worn or (own or body if look.clothing is Clothing.PLATE else look.headgear_colour),
        headgear_glow=(near or found.get("visor") or glow) if look.headgear is Headgear.VISOR else None,
        headgear_glow_far=(far or found.get("visor")) if look.headgear is Headgear.VISOR else None,
        weapon_colour=found.get("weapon", look.weapon_colour),
        shield=found.get("shield", (62, 78, 130)) if says(text, r"\bshield\b") else None,
        cape=found.get("cape", (134, 30, 38)) if says(text, r"\b(cape|cloak|mantle)\b") else None,
        tabard=found.get("tabard", (120, 28, 36)) if says(text, r"\b(surcoat|tabard)\b") else None,
        scarf=found.get("scarf", (180, 60, 50)) if says(text, r"\bscarf\b") else None,
        paper=_paper(found.get("paper", WHITE)),
    )


def _paper(colour: Rgb) -> Rgb:
    """White paper is pure white."""
    return WHITE if min(colour) > 240 else colour


def _armour(look: Look, text: str, found: dict[str, Rgb]) -> Rgb | None:
    if look.clothing in (Clothing.PLATE, Clothing.FUR) or not says(text, r"\b(armou?r|panels|plating)\b"):
        return None
    return found.get("armour", (84, 86, 94))
