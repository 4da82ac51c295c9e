"""Whether a trigger word is one the model knows already: a list of common words, and the sound of English."""

from __future__ import annotations

import re
from functools import lru_cache

_COMMON = """
about above adult adventure alien amber angel angry animal anime archer arm armor armour army art artist ashes athlete
autumn axe baby back bald ball band bard beach bear beard beast beauty bee bird black blade blonde blood blue boat body
bold bone book boot boss bow boy brave bread bride bright bronze brother brown brush bug bull bunny butler camel camera
candle cape captain car card cartoon castle cat cave chair chef chest chibi child circle circuit city classic claw clay
cloak cloud clown coat cobra code coin cold color colour comic cook cool copper coral cosmic cowboy crab crane crown
crystal cute cyber dagger dance dancer dark day deer demon desert design dino doctor dog doll dolphin dragon dream dress
drone druid duck dwarf eagle earth elder elf emerald empress energy engine eye face fairy falcon fan fancy fantasy
farmer father feather female fighter figure fire fish flame flower fly forest fox frog frost future galaxy gamer
garden ghost giant girl glass glitch glove goat goblin god gold golden goose grass green grey grim guard guardian gun
hacker hair hammer hand happy hare hat hawk head heart helmet hero heroine honey hood horn horse hot house human hunter
ice icon image ink iron ivory jacket jade jaguar jester jewel joker judge jungle karate katana king kitten knife knight
koala lady lamp laser leaf leather lemon leopard light lightning lily lion little lizard logo long lord love lucky lynx
mage magic magical maid male mama man manga marble mascot mask master mecha medic medieval mermaid metal midnight mime
miner mint mirror model modern monk monkey monster moon mother mouse movie mummy music mystic nature navy neon night
nina ninja noble north nun nurse ocean octopus office old olive orange orc otter owl painter panda paper paladin pearl
penguin person phoenix photo picture pig pilot pink pirate pixel plain plant player poet police portrait potion power
priest prince princess punk puppet purple queen rabbit rain ranger rat raven real red reaper rebel retro rider ring
river robin robot rock rogue rose royal ruby runner sailor saint samurai sand santa savage scarf scarlet scene school
scout sea shadow shaman shark sheep shield ship shirt shoe short silver singer sister skate skeleton skin skull sky
small smile snake snow soldier song sorcerer south space spark spear spider spirit sport spring sprite star steam
steel stone storm student studio style suit summer sun sunny super sword table tall tank teacher teddy teen tiger
tiny titan toad token tooth tower toy tree troll turtle unicorn urban valkyrie vampire velvet viking villain violet
viper visor walker wanderer warden warrior watch water wave west whale white wild wind winter witch wizard wolf woman
wood worker world yellow yeti young zebra zombie
"""

_PAIRS = """
th he in er an re nd on en at ou ed ha to or it is hi es ng st te nt ea as le al se me ve ro ar li ra io ne de ti ic ho
la co ri ta ma ce el di si no us il om ur ch ec un fo ge et ot lo so ss we wa ee pe sh ac ai be tr ns ol ll wi mo ca tt
ut am do im ly ni tu po ow rt pr pa ad em iv id go mi su av wo ab bo ir ay oo ke ld rs ct fi op bl ye fe fr sa sp ag br
ry gr ul ie da cr oc vi fa cl pl ig ev dr pi ty if cu um ap ga ba lu va ks ck ki na mp nk ru oa fl gh ew gl kn ok sk ob
og rd rn rk sc sl sm sn sw tw wh wr ys
"""
"""Pairs of letters that are common in English words."""


@lru_cache(1)
def _pairs() -> frozenset[str]:
    return frozenset(_PAIRS.split())


@lru_cache(1)
def _words() -> frozenset[str]:
    return frozenset(_COMMON.split())


def is_common(word: str) -> bool:
    """True for a word that models know, in one of its plain forms."""
    text = word.lower()
    endings = ("", "s", "es", "ed", "ing", "er", "ly", "y")
    return any(text.removesuffix(end) in _words() for end in endings if text.endswith(end))


def sounds_like_a_word(word: str) -> bool:
    """True when a word could be said aloud as English, so that it may mean something already: enough vowels, no crowd
    of consonants, and only pairs of letters that are common.
    """
    text = word.lower()
    vowels = sum(letter in "aeiouy" for letter in text)
    if not text or not 0.25 <= vowels / len(text) <= 0.7 or re.search(r"[^aeiouy]{4}|[aeiouy]{3}", text):
        return False
    return all(text[at : at + 2] in _pairs() for at in range(len(text) - 1))
