"""Vectors and rotations in three dimensions for the figure: x to the figure's left, y up, z to where it faces."""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from typing import NamedTuple


class Vec3(NamedTuple):
    """A point or direction; lengths are in units of the figure's standing height."""

    x: float
    y: float
    z: float


class Mat3(NamedTuple):
    """A rotation, as the three columns that x, y and z are turned into."""

    x: Vec3
    y: Vec3
    z: Vec3


IDENTITY = Mat3(Vec3(1, 0, 0), Vec3(0, 1, 0), Vec3(0, 0, 1))


def add(a: Vec3, b: Vec3) -> Vec3:
    """The sum of two vectors."""
    return Vec3(a.x + b.x, a.y + b.y, a.z + b.z)


def scaled(a: Vec3, by: float) -> Vec3:
    """The vector made `by` times as long."""
    return Vec3(a.x * by, a.y * by, a.z * by)


def between(a: Vec3, b: Vec3, part: float) -> Vec3:
    """The point `part` of the way from a (0) to b (1)."""
    return Vec3(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part, a.z + (b.z - a.z) * part)


def distance(a: Vec3, b: Vec3) -> float:
    """How far apart two points are."""
    return sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2)


def turned(m: Mat3, v: Vec3) -> Vec3:
    """The vector after the rotation."""
    return Vec3(
        m.x.x * v.x + m.y.x * v.y + m.z.x * v.z,
        m.x.y * v.x + m.y.y * v.y + m.z.y * v.z,
        m.x.z * v.x + m.y.z * v.y + m.z.z * v.z,
    )


def after(first: Mat3, *then: Mat3) -> Mat3:
    """Matrix product first * then...: the rightmost rotation is applied first, in the frame of those before it."""
    result = first
    for m in then:
        result = Mat3(turned(result, m.x), turned(result, m.y), turned(result, m.z))
    return result


def about_x(degrees: float) -> Mat3:
    """Rotation that tips up (y) forward (z)."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return Mat3(Vec3(1, 0, 0), Vec3(0, c, s), Vec3(0, -s, c))


def about_y(degrees: float) -> Mat3:
    """Rotation that turns forward (z) to the figure's left (x)."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return Mat3(Vec3(c, 0, -s), Vec3(0, 1, 0), Vec3(s, 0, c))


def about_z(degrees: float) -> Mat3:
    """Rotation that tips the figure's left (x) up (y)."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return Mat3(Vec3(c, s, 0), Vec3(-s, c, 0), Vec3(0, 0, 1))


def limb(lift: float, front: float, twist: float, side: int) -> Mat3:
    """The frame of an upper arm or thigh whose bone runs along its -y.

    `lift` raises the bone from hanging (0) over level (90) to straight up (180), in the vertical plane named by `front`
    (0 out to the side, 90 forward, 180 across the body, -90 behind); `twist` turns it about itself, outward positive.
    `side` is 1 for the left, -1 for the right. The bone is swung the shortest way, so twist 0 never feels wrung.
    """
    return after(about_y(-side * front), about_z(side * lift), about_y(side * (front + twist)))
