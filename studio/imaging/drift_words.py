"""What the drift meter found, in words an artist uses: "hair is redder than in the anchor"."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.domain.character import PaletteColour
from studio.domain.text import plain
from studio.imaging.oklab import Lab

GONE = 0.25
"""Share of its former area below which a colour counts as gone."""
SEEN = 0.035
"""Distance in Oklab from which a change of colour is worth a remark; two takes of one seed differ by half as much."""
SPARED = 0.4
"""Share of a colour that may go without counting: another pose hides as much."""
MISSING = 0.3
"""The distance a colour that is gone counts as."""
TELLING = 0.08
"""Relative change of a proportion from which it is worth a remark: below it, the pose explains it."""

HUES = (
    *((29, "redder"), (65, "more orange"), (105, "yellower"), (142, "greener")),
    *((195, "more turquoise"), (262, "bluer"), (310, "more violet"), (350, "pinker")),
)
"""Angles in Oklab's a-b plane, in degrees, of the colours that name a direction."""

FRACTIONS = ((0.42, "a half"), (0.29, "a third"), (0.22, "a quarter"), (0.17, "a fifth"), (0.08, "a tenth"))


@dataclass(frozen=True, slots=True)
class Shift:
    """What became of one colour of the palette between the anchor and another picture."""

    colour: PaletteColour
    was: Lab
    became: Lab
    before: float
    """Share of the figure it had."""
    after: float

    @property
    def gone(self) -> bool:
        """True when hardly any of it is left."""
        return self.after < GONE * self.before

    @property
    def distance(self) -> float:
        """How far it moved in Oklab; lightness counts half, for light falls differently in every pose."""
        light, green, blue = (float(part) for part in self.became - self.was)
        lost = max(0.0, 1 - self.after / self.before - SPARED) / (1 - SPARED)
        return max(MISSING * lost, math.sqrt((0.5 * light) ** 2 + green**2 + blue**2) if not self.gone else 0.0)

    @property
    def scarce(self) -> bool:
        """True when less than half of it is left, though not nothing."""
        return not self.gone and self.after < 0.5 * self.before


def colour_words(shifts: Sequence[Shift]) -> list[tuple[float, str]]:
    """A sentence for each colour that is not what it was, with how striking it is."""
    found = []
    for shift in shifts:
        what = plain(shift.colour.on or shift.colour.name, limit=40)
        if shift.gone:
            found.append((shift.distance, f"{plain(shift.colour.name, limit=40)} {what} {_be(what)} hardly to be seen"))
        elif shift.scarce:
            found.append((shift.distance, f"much less {plain(shift.colour.name, limit=40)} {what}"))
        elif shift.distance >= SEEN:
            found.append(
                (shift.distance, f"{what} {_be(what)} {_direction(shift.was, shift.became)} than in the anchor")
            )
    return found


def proportion_words(
    changes: Mapping[str, float], before: Mapping[str, float], after: Mapping[str, float]
) -> list[tuple[float, str]]:
    """A sentence for each proportion that changed, with how striking it is."""
    found = []
    for name, change in changes.items():
        if abs(change) < TELLING:
            continue
        match name:
            case "heads":
                larger = "smaller" if change > 0 else "larger"
                words = f"head {larger}: {after[name]:.1f} heads tall, the anchor {before[name]:.1f}"
            case "shoulders":
                words = f"shoulders {'wider' if change > 0 else 'narrower'} by {_fraction(change)}"
            case _:
                words = f"{name} {'longer' if change > 0 else 'shorter'} by {_fraction(change)}"
        found.append((abs(change), words))
    return found


def missing_words(palette: Sequence[PaletteColour], missing: Sequence[int]) -> list[str]:
    """The palette's colours that the anchor does not show, so that nothing can be said about them."""
    names = [f"{palette[number].name} {palette[number].on}".strip() for number in missing]
    return [f"{plain(name, limit=60)}: not to be found in the anchor" for name in names]


def _direction(was: Lab, became: Lab) -> str:
    light, green, blue = (float(part) for part in became - was)
    before, after = math.hypot(float(was[1]), float(was[2])), math.hypot(float(became[1]), float(became[2]))
    along = after - before
    turned = math.sqrt(max(0.0, green**2 + blue**2 - along**2))
    if turned >= max(abs(along), 0.5 * abs(light)) or (before < 0.03 and after > 0.05):
        to, since = _hue(float(became[1]), float(became[2])), _hue(float(was[1]), float(was[2]))
        return to if to != since or before < 0.03 else _hue(green, blue)
    if abs(along) >= 0.5 * abs(light):
        return "more colourful" if along > 0 else "paler in colour"
    return "lighter" if light > 0 else "darker"


def _hue(green: float, blue: float) -> str:
    angle = math.degrees(math.atan2(blue, green)) % 360
    return min(HUES, key=lambda hue: abs((hue[0] - angle + 180) % 360 - 180))[1]


def _be(what: str) -> str:
    return "are" if what.endswith("s") and not what.endswith("ss") else "is"


def _fraction(change: float) -> str:
    return next((words for least, words in FRACTIONS if abs(change) >= least), "a tenth")
