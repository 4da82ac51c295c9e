"""The glowing circuit lines of a suit."""

from __future__ import annotations

from studio.imaging.figure import SIDES, Figure
from studio.imaging.materials import suit
from studio.imaging.pattern import Line, both, limb_circuit, trunk_circuit

WIDTH = 0.0042

_CHEST: tuple[Line, ...] = (
    ((0.0, 0.52), (0.0, 0.30), (0.34, 0.10), (0.34, -0.50)),
    ((0.14, 0.86), (0.42, 0.72), (0.80, 0.66)),
)
_BACK: tuple[Line, ...] = (
    ((0.0, 0.90), (0.0, -0.70)),
    ((0.0, 0.55), (0.35, 0.75), (0.75, 0.72)),
    ((0.0, 0.05), (0.4, -0.18), (0.4, -0.6)),
)
_UPPER_ARM: tuple[Line, ...] = (((95.0, 0.05), (95.0, 0.5), (70.0, 0.62), (70.0, 1.0)),)
_FOREARM: tuple[Line, ...] = (
    ((70.0, 0.0), (70.0, 0.25), (100.0, 0.38), (100.0, 0.92)),
    ((150.0, 0.25), (150.0, 0.75)),
    ((30.0, 0.35), (30.0, 0.8)),
)
_THIGH: tuple[Line, ...] = (
    ((92.0, -0.2), (92.0, 0.45), (60.0, 0.62), (60.0, 0.86)),
    ((20.0, 0.25), (20.0, 0.5), (38.0, 0.60), (38.0, 0.8)),
    ((160.0, 0.2), (160.0, 0.75)),
)
_SHIN: tuple[Line, ...] = (
    ((90.0, 0.06), (90.0, 0.4), (62.0, 0.52), (62.0, 0.98)),
    ((-70.0, 0.2), (-70.0, 0.6), (-40.0, 0.7), (-40.0, 0.96)),
    ((175.0, 0.1), (175.0, 0.8)),
)


def add_circuits(figure: Figure) -> None:
    """Draws the lines on every part of the suit, on both sides alike."""
    colour = figure.look.glow
    if colour is None:
        return
    b, g, clay, frames = figure.bones, figure.girth, figure.clay, figure.frames
    stuff = suit(figure.look.body, trim=colour)
    width = WIDTH * max(0.85, min(1.5, g * 1.15))
    front = trunk_circuit(_CHEST, b.shoulder, b.chest, width, True)
    back = trunk_circuit(_BACK, b.shoulder, b.chest, width, False)
    for part in ("chest", "waist"):
        clay.draw_on(part, both(front, back), frames["chest"], stuff)
    for side, sign in SIDES:
        for part, lines, length, radius in (
            ("upper_arm", _UPPER_ARM, b.upper_arm, 0.030),
            ("forearm", _FOREARM, b.forearm, 0.023),
            ("thigh", _THIGH, b.thigh, 0.044),
            ("shin", _SHIN, b.shin, 0.030),
        ):
            drawn = limb_circuit(lines, length, radius * g, sign, width)
            clay.draw_on(f"{side}_{part}", drawn, frames[f"{side}_{part}"], stuff)
