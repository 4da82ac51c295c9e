"""The studio's lamps: a warm key, a cool fill, the sky, rims from behind; how clay, cloth, metal and glow answer."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from studio.domain.skeleton_rotation import Mat3, Vec3, turned
from studio.imaging.shadow import towards
from studio.imaging.shapes import Array

KEY = np.array((1.0, 0.955, 0.89), np.float32)
FILL = np.array((0.72, 0.82, 1.0), np.float32)
SKY = np.array((0.93, 0.96, 1.0), np.float32)
GROUND = np.array((0.62, 0.58, 0.55), np.float32)
RIM = np.array((0.95, 0.97, 1.0), np.float32)


@dataclass(frozen=True, slots=True)
class Lamps:
    """Directions towards the lights: `key` in the world, the rest as the camera sees them (y up, z to the viewer)."""

    key: Vec3
    seen_key: Array
    fill: Array
    rims: tuple[Array, Array]
    up: Array


def lamps(rotation: Mat3, nudge: float = 0.0) -> Lamps:
    """The studio's lights for a camera; `nudge` in radians moves the key a little."""
    key = towards(-0.78 + nudge, 0.86 + nudge * 0.4)
    return Lamps(
        key,
        np.array(turned(rotation, key), np.float32),
        _unit(0.8, 0.15, 0.6),
        (_unit(0.78, 0.35, -0.52), _unit(-0.85, 0.45, -0.3)),
        np.array(turned(rotation, Vec3(0, 1, 0)), np.float32),
    )


@dataclass(frozen=True, slots=True)
class Skin:
    """Per pixel: colour (n x 3, linear) and the answers of the material (n each)."""

    colour: Array
    shine: Array
    polish: Array
    glow: Array
    metal: Array
    flesh: Array


def shade(normal: Array, skin: Skin, light: Lamps, lit: Array, opening: Array) -> Array:
    """Light that leaves each pixel towards the viewer (n x 3, linear, may exceed 1).

    `lit` is how much of the key arrives, `opening` how much of the sky is seen.
    """
    facing = normal @ light.seen_key
    wrap = skin.flesh[:, None] * np.array((0.42, 0.24, 0.18), np.float32)
    key = np.maximum((facing[:, None] + wrap) / (1 + wrap), 0)
    soft = lit[:, None] ** np.array((0.85, 1.0, 1.05), np.float32)
    total = key * soft * (KEY * np.float32(1.75))
    sky = (0.5 + 0.5 * (normal @ light.up))[:, None]
    total += (GROUND * (1 - sky) * 0.30 + SKY * sky * 0.50) * (opening * (0.35 + 0.65 * opening))[:, None]
    total += FILL * (np.maximum(normal @ light.fill + 0.2, 0) * 0.22 * opening)[:, None]
    colour = skin.colour * total * (1 - 0.55 * skin.metal)[:, None]
    colour += _gloss(normal, skin, light, lit, opening)
    return np.asarray(colour, np.float32)


def _gloss(normal: Array, skin: Skin, light: Lamps, lit: Array, opening: Array) -> Array:
    """Highlights, rims and, for metal, the studio mirrored in it."""
    half = light.seen_key + np.array((0, 0, 1), np.float32)
    half = half / np.sqrt((half * half).sum())
    spot = np.maximum(normal @ half, 0) ** skin.polish
    tint = 1 + (skin.colour * 2.2 - 1) * skin.metal[:, None]
    bright = (spot * lit * skin.shine * 1.5)[:, None] * KEY * tint
    edge = np.clip(1 - normal[:, 2], 0, 1) ** 2.6
    rim = np.zeros(len(normal), np.float32)
    for direction, power in zip(light.rims, (0.95, 0.42), strict=True):
        rim += np.maximum(normal @ direction + 0.25, 0) * power
    bright += (rim * edge * opening * (0.22 + 0.75 * skin.shine))[:, None] * RIM * (0.35 + 0.65 * tint)
    bounce = 2 * normal[:, 2:3] * normal - np.array((0, 0, 1), np.float32)
    up = bounce @ light.up
    room = 0.30 + 0.55 * _step(up, 0.0, 0.5) - 0.24 * _step(-up, 0.02, 0.25)
    side = np.exp(-((bounce[:, 0] + 0.55) ** 2) * 14) * 0.75 + np.exp(-((bounce[:, 0] - 0.75) ** 2) * 30) * 0.5
    mirrored = (room + side) * (0.4 + 0.6 * opening) * (0.55 + 0.45 * lit)
    bright += (mirrored * skin.metal * 0.8)[:, None] * tint * np.minimum(skin.colour + 0.05, 1)
    return np.asarray(bright, np.float32)


def _step(value: Array, low: float, high: float) -> Array:
    t = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def toned(light: Array) -> Array:
    """Light squeezed into 0..1 like film: mid-tones stay, highlights roll off."""
    x = np.maximum(light, 0) * np.float32(0.50)
    y = x * (2.51 * x + 0.30) / (x * (2.43 * x + 0.59) + 0.14)
    grey = y @ np.array((0.2126, 0.7152, 0.0722), np.float32)
    return np.asarray(np.clip(grey[:, None] + (y - grey[:, None]) * np.float32(1.14), 0, 1), np.float32)


def _unit(x: float, y: float, z: float) -> Array:
    return np.array((x, y, z), np.float32) / np.float32(sqrt(x * x + y * y + z * z))
