"""Which words of a prompt mean which clothing, hair, headgear, weapon, animal, build and height."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar

from studio.domain.skeleton_proportions import MAX_HEADS, MIN_HEADS
from studio.imaging.look_kinds import Beast, Clothing, Hair, Headgear, Weapon

_CLOTHING = {
    Clothing.PLATE: r"plate armou?r|full plate|\bknight\b|paladin|chain ?mail|suit of armou?r",
    Clothing.BODYSUIT: r"body ?suit|catsuit|jumpsuit|tactical suit|wetsuit|spandex|leotard|flight suit|power suit",
    Clothing.BLAZER: r"blazer|business suit|suit and tie|suit jacket|tuxedo|\bin an? (\w+ ){0,2}suit\b",
    Clothing.ROBE: r"\brobes?\b|wizard|\bmage\b|sorcer|\bmonk\b|kimono|cassock",
    Clothing.DRESS: r"\bdress\b|\bgown\b|\bskirt\b|princess",
    Clothing.CASUAL: r"jumper|sweater|t-shirt|\bshirt\b|jeans|hoodie|cardigan|jacket|\bcoat\b|trousers|tunic|pullover"
    r"|uniform|vest\b|overalls|clothes",
}
_HAIR = {
    Hair.TWINTAILS: r"twin ?tails|pigtails|two ponytails",
    Hair.PONYTAIL: r"pony ?tail",
    Hair.BUN: r"\b(bun|top ?knot|chignon)\b",
    Hair.BOB: r"\bbob\b|shoulder[- ]length|chin[- ]length|curls|curly hair|medium[- ]length hair",
    Hair.SPIKY: r"spiky|mohawk|spiked hair|wild hair",
    Hair.LONG: r"long (\w+ ){0,4}(hair|braids?)|waist[- ]length|flowing hair|braid",
    Hair.SHORT: r"short (\w+ ){0,4}hair|cropped hair|crew cut|\bhair\b",
}
_HEADGEAR = {
    Headgear.VISOR: r"\bvisor\b|goggles?",
    Headgear.HELMET: r"\bhelm(et)?\b",
    Headgear.GLASSES: r"glasses|spectacles",
    Headgear.HOOD: r"\bhood(ed)?\b",
    Headgear.CROWN: r"\b(crown|tiara|diadem)\b",
    Headgear.HORNS: r"\bhorns\b|horned",
    Headgear.CAP: r"\b(baseball cap|beanie|cap)\b",
    Headgear.HAT: r"\b(hat|fedora|stetson)\b",
}
_WEAPON = {
    Weapon.KATANA: r"katana|\bsamurai sword",
    Weapon.SWORD: r"\b(long|broad|great|short)?sword\b|rapier|sab(re|er)\b",
    Weapon.STAFF: r"\bstaff\b|quarterstaff",
    Weapon.SPEAR: r"\b(spear|lance|halberd|trident)\b",
    Weapon.AXE: r"\baxe?\b",
    Weapon.HAMMER: r"war ?hammer|\bhammer\b|\bmace\b",
    Weapon.BOW: r"\b(long|short|recurve)?bow\b(?! tie)(?= |,|\.)(?=.{0,40}(arrow|quiver|back|hand|string))",
    Weapon.GUN: r"\b(gun|pistol|rifle|blaster|revolver)\b",
}
_BEASTS = {
    Beast.FOX: r"\bfox\b",
    Beast.WOLF: r"\bwolf\b",
    Beast.CAT: r"\b(cat|kitten|tiger|lion)\b",
    Beast.BEAR: r"\b(bear|panda)\b",
    Beast.RABBIT: r"\b(rabbit|bunny|hare)\b",
}
_BUILDS = {
    "petite": r"petite|tiny|small-boned",
    "muscular": r"muscular|brawny|burly|bodybuilder",
    "heavy": r"heavy(-|\s)?set|\bheavy (knight|build|plate|armou?r)|massive|hulking|\bfat\b|obese|broad as",
    "stocky": r"stocky|chubby|plump|pear-shaped|round body",
    "slim": r"\bslim\b(?! waist)|slender|skinny|lanky|thin build|lean build",
    "athletic": r"athletic|fit build|toned|sporty",
}
_NUMBERS = {
    "two": 2.5, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0,
}  # fmt: skip
_HEADS = re.compile(rf"\b(\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})(?:[ -]and[ -]a[ -]half)?[ -]heads?\b")

_Kind = TypeVar("_Kind", bound=StrEnum)


def says(text: str, pattern: str) -> bool:
    """Whether the text has the pattern anywhere."""
    return re.search(pattern, text) is not None


def _first(text: str, words: dict[_Kind, str], none: _Kind) -> _Kind:
    """The kind whose words come first in the text."""
    best, kind = len(text), none
    for candidate, pattern in words.items():
        match = re.search(pattern, text)
        if match and match.start() < best:
            best, kind = match.start(), candidate
    return kind


def clothing_in(text: str) -> Clothing:
    """What covers the body; nothing said is bare clay."""
    return _first(text, _CLOTHING, Clothing.CLAY)


def hair_in(text: str) -> Hair:
    """How the hair is worn; the most telling word wins over plain `short hair`."""
    for kind, pattern in _HAIR.items():
        if says(text, pattern):
            return kind
    return Hair.NONE


def headgear_in(text: str, clothing: Clothing) -> Headgear:
    """What is on the head. A knight in plate wears a helmet unless the head is said to be bare."""
    kind = _first(text, _HEADGEAR, Headgear.NONE)
    if clothing is Clothing.PLATE and (kind in (Headgear.VISOR, Headgear.HORNS) or kind is Headgear.NONE):
        return Headgear.NONE if says(text, r"bare[- ]?headed|bare head|\bhair\b") else Headgear.HELMET
    return kind


def weapon_in(text: str) -> Weapon:
    """The first weapon named."""
    return _first(text, _WEAPON, Weapon.NONE)


def carried_on_back(text: str) -> bool:
    """Whether the first weapon is said to hang on the back."""
    found = [m for pattern in _WEAPON.values() if (m := re.search(pattern, text))]
    if not found:
        return False
    first = min(found, key=lambda match: match.start())
    return says(
        text[first.end() : first.end() + 110], r"\b(on|across|over|at|behind) (the |her |his |its |their )?back\b"
    )


def beast_in(text: str) -> Beast:
    """The animal a mascot is; an animal's name alone (a bear's-head helm) makes no mascot."""
    if not says(text, r"\bmascot\b|anthropomorphic|\bfur\b(?!-)|\bfurry\b|\bpaws\b"):
        return Beast.NONE
    real = re.sub(
        r"\b\w+['’]s\b|\b(bear|wolf|fox|cat) (paw|pelt|head|emblem|skin|fur (cloak|cape|collar))\b", " ", text
    )
    return _first(real, _BEASTS, Beast.NONE)


def feminine_in(text: str) -> bool:
    """Whether the words speak of a woman or girl rather than a man or boy."""
    she = len(re.findall(r"\b(girl|woman|female|lady|she|her|hers|queen|princess|heroine|witch|actress)\b", text))
    he = len(re.findall(r"\b(boy|man|male|gentleman|he|him|his|king|prince|hero|wizard|actor)\b", text))
    return she > he


def build_in(text: str, clothing: Clothing) -> str:
    """The build that is named first; a knight in plate is stocky when nothing is said."""
    best, build = len(text), "stocky" if clothing in (Clothing.PLATE, Clothing.FUR) else "average"
    for name, pattern in _BUILDS.items():
        match = re.search(pattern, text)
        if match and match.start() < best:
            best, build = match.start(), name
    return build


def heads_in(text: str, clothing: Clothing) -> float:
    """How many heads tall the figure is, said or guessed from child, mascot, hero."""
    if match := _HEADS.search(text):
        said = _NUMBERS.get(match[1]) or float(match[1])
        return max(MIN_HEADS, min(MAX_HEADS, said + (0.5 if "half" in match[0] else 0.0)))
    for pattern, heads in (
        (r"chibi", 2.8),
        (r"mascot", 3.2),
        (r"\b(toddler|child|kid)\b", 4.5),
        (r"\b(boy|girl)\b", 5.8),
    ):
        if says(text, pattern):
            return heads
    return 6.8 if clothing is Clothing.PLATE else 7.2
