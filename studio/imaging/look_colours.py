"""Colours in a prompt and the things they belong to: `hot pink #FF1493 circuit lines`, `short dark blonde hair`."""

from __future__ import annotations

import re

from studio.imaging.look_kinds import Rgb

NAMES: dict[str, Rgb] = {
    "black": (26, 26, 30), "charcoal": (54, 56, 62), "grey": (128, 130, 136), "gray": (128, 130, 136),
    "silver": (190, 194, 202), "steel": (150, 158, 170), "white": (246, 246, 246), "cream": (250, 240, 220),
    "ivory": (246, 240, 226), "beige": (220, 202, 172), "tan": (204, 160, 112), "brown": (112, 74, 48),
    "chestnut": (122, 66, 40), "auburn": (140, 60, 36), "copper": (184, 104, 58), "bronze": (164, 116, 62),
    "brass": (184, 148, 72), "gold": (212, 168, 66), "golden": (222, 180, 84), "blonde": (216, 176, 104),
    "blond": (216, 176, 104), "platinum": (232, 226, 208), "yellow": (240, 206, 58), "mustard": (212, 162, 40),
    "amber": (255, 176, 46), "orange": (240, 124, 40), "ginger": (204, 104, 50), "rust": (160, 78, 40),
    "red": (200, 40, 44), "crimson": (164, 24, 42), "scarlet": (214, 38, 34), "maroon": (110, 28, 38),
    "burgundy": (112, 26, 46), "oxblood": (104, 26, 32), "pink": (255, 92, 168), "rose": (226, 110, 130),
    "magenta": (240, 30, 200), "purple": (136, 60, 220), "violet": (144, 86, 226), "lavender": (186, 168, 226),
    "indigo": (62, 58, 142), "navy": (32, 44, 84), "blue": (52, 104, 204), "azure": (56, 150, 240),
    "cyan": (40, 214, 236), "teal": (22, 150, 150), "turquoise": (52, 196, 188), "green": (64, 150, 74),
    "olive": (116, 118, 58), "emerald": (28, 146, 92), "lime": (150, 220, 60), "khaki": (172, 160, 110),
}  # fmt: skip
"""Common colour names as people mean them, which is duller than the web's names."""

SKINS: dict[str, Rgb] = {
    "fair": (246, 215, 195), "pale": (246, 222, 206), "light": (240, 204, 178), "tanned": (206, 152, 112),
    "olive": (206, 164, 120), "brown": (146, 96, 66), "dark": (104, 66, 48), "black": (88, 58, 44), "ebony": (76, 50,
    40),
}  # fmt: skip

PARTS: tuple[tuple[str, str], ...] = (
    ("paper", r"back ?ground|backdrop"),
    ("hair", r"hair|curls|locks|ponytail|braids?"),
    ("tie", r"hair tie|ponytail tie|neck ?tie|tie"),
    ("eyes", r"eyes|irises"),
    ("skin", r"skin|complexion"),
    ("visor", r"visor glow|visor|goggles?"),
    ("glow", r"circuit\w*|glow\w* lines|neon|lights|energy|glow"),
    ("fur", r"fur|coat of fur"),
    ("second", r"trousers|pants|jeans|leggings|shorts|skirt|paws|socks|stockings|ear tips"),
    ("shield", r"shield"),
    ("cape", r"cape|cloak|mantle|plume"),
    ("tabard", r"surcoat|tabard"),
    ("scarf", r"scarf"),
    ("headgear", r"helmet|helm|hat|cap|hood|crown|horns|glasses"),
    ("weapon", r"katana|sword|blade|axe|spear"),
    ("plate", r"plate armou?r|full plate|plate|steel armou?r"),
    ("armour", r"armou?r panels?|armou?r|panels|plating|pauldrons"),
    (
        "body",
        r"body ?suit|jumpsuit|catsuit|suit|uniform|jumper|sweater|pullover|shirt|t-shirt|blouse|hoodie|jacket|coat"
        r"|blazer|dress|gown|robes?|tunic|kimono|vest|clay|body|outfit|cardigan",
    ),
)
"""What a colour may belong to; the earliest word in a phrase decides."""

_ANY_PART = re.compile("|".join(f"(?P<{name}>\\b(?:{words})\\b)" for name, words in PARTS))
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_SHADES = {"dark": 0.62, "deep": 0.72, "light": 1.0, "pale": 1.0, "hot": 1.0, "bright": 1.0, "matte": 1.0}
_WORDS = "|".join(sorted(NAMES, key=len, reverse=True))
_COLOUR = re.compile(rf"\b(?:({'|'.join(_SHADES)})(?:[ -](?:warm|cool|cold|soft|matte))?[ -])?({_WORDS})\b")
_STOPS = re.compile(r"[.;:()]")


def plain_text(prompt: str) -> str:
    """The prompt in small letters on one line, without what it says is not there."""
    text = re.sub(r"\s+", " ", prompt.lower())
    return re.sub(r"\b(?:no|without|not)\b(?: \w[\w'-]*){1,4}", " ", text)


def colours_of(text: str) -> dict[str, Rgb]:
    """The colour of each part that the text gives one; hex values win over names, the first mention over later ones."""
    found: dict[str, Rgb] = {}
    for match in _HEX.finditer(text):
        if part := _part_after(text, match.end()) or _part_before(text, match.start()):
            found.setdefault(part, _from_hex(match[1]))
    for match in _ANY_PART.finditer(text):
        part = match.lastgroup or ""
        if part in found:
            continue
        colour = _named_before(text, match.start(), part)
        if colour is not None:
            found[part] = colour
    return found


def glow_pair(text: str) -> tuple[Rgb | None, Rgb | None]:
    """The two colours a visor glows in, by the words after it (`visor with pink and purple glow`) or before."""
    place = re.search(r"\b(visor|goggles?)\b", text)
    if place is None:
        return None, None
    after = re.split(r"[.;]", text[place.end() : place.end() + 110])[0]
    colours = [_shade(m) for m in _COLOUR.finditer(after.split(" over ")[0].split(" eyes")[0])]
    if not colours:
        return None, None
    return colours[0], colours[1] if len(colours) > 1 else colours[0]


def _part_after(text: str, end: int) -> str | None:
    phrase = re.split(r"[,.;()#]", text[end : end + 70])[0]
    match = _ANY_PART.search(phrase)
    return match.lastgroup if match else None


def _part_before(text: str, start: int) -> str | None:
    phrase = re.split(r"[,.;#]", text[max(0, start - 50) : start])[-1]
    matches = list(_ANY_PART.finditer(phrase))
    return matches[-1].lastgroup if matches else None


def _named_before(text: str, start: int, part: str) -> Rgb | None:
    """The last colour name in the few words before a part, not beyond a stop or another part."""
    before = _STOPS.split(text[max(0, start - 46) : start])[-1]
    cut = max((m.end() for m in _ANY_PART.finditer(before)), default=0)
    before = before[cut:]
    words = before.replace(",", " , ").split()[-6:]
    phrase = " ".join(words)
    if part == "skin":
        for name, rgb in SKINS.items():
            if re.search(rf"\b{name}\b", phrase):
                return rgb
    matches = list(_COLOUR.finditer(phrase))
    if not matches:
        return None
    first = matches[0] if part == "glow" else matches[-1]
    return _shade(first)


def _shade(match: re.Match[str]) -> Rgb:
    red, green, blue = NAMES[match[2]]
    word = match[1] or ""
    if word in ("light", "pale"):
        return (red + (255 - red) // 2, green + (255 - green) // 2, blue + (255 - blue) // 2)
    if word == "hot" and match[2] == "pink":
        return (255, 20, 147)
    factor = _SHADES.get(word, 1.0)
    return (round(red * factor), round(green * factor), round(blue * factor))


def _from_hex(digits: str) -> Rgb:
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16))
