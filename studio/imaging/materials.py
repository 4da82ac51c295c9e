"""The stuffs a figure is made of: clay, skin, cloth, leather, steel, glass, glow."""

from __future__ import annotations

from studio.imaging.look import Rgb
from studio.imaging.shapes import Material, linear


def _lifted(rgb: Rgb) -> Rgb:
    """Black cloth still has form: no surface is darker than a well lit black."""
    red, green, blue = (max(0.0, min(255.0, c)) for c in rgb)
    lift = 30 * (1 - max(red, green, blue) / 255) ** 2
    return (round(red + lift * 0.95), round(green + lift * 0.97), round(blue + lift * 1.1))


def mixed(a: Rgb, b: Rgb, part: float) -> Rgb:
    """The colour `part` of the way from a to b."""
    red, green, blue = (round(x + (y - x) * part) for x, y in zip(a, b, strict=True))
    return (red, green, blue)


def skin(rgb: Rgb) -> Material:
    """Skin or bare clay: soft, a little light shines through."""
    return Material(linear(_lifted(rgb)), shine=0.16, polish=22, flesh=0.8)


def cloth(rgb: Rgb, trim: Rgb = (0, 0, 0)) -> Material:
    """Woven cloth: dull."""
    return Material(linear(_lifted(rgb)), shine=0.09, polish=9, flesh=0.3, trim=linear(trim))


def suit(rgb: Rgb, trim: Rgb = (0, 0, 0)) -> Material:
    """Tight technical cloth: a broad sheen."""
    return Material(linear(_lifted(rgb)), shine=0.34, polish=16, flesh=0.1, trim=linear(trim))


def leather(rgb: Rgb) -> Material:
    """Leather and rubber: darker with a tighter sheen."""
    return Material(linear(_lifted(rgb)), shine=0.38, polish=34, flesh=0.05)


def plate(rgb: Rgb, trim: Rgb = (0, 0, 0)) -> Material:
    """Hard panels of painted composite."""
    return Material(linear(_lifted(rgb)), shine=0.55, polish=48, flesh=0.0, trim=linear(trim))


def steel(rgb: Rgb) -> Material:
    """Polished metal that mirrors the studio."""
    return Material(linear(_lifted(rgb)), shine=0.9, polish=70, flesh=0.0, metal=0.75)


def fur(rgb: Rgb, trim: Rgb = (0, 0, 0)) -> Material:
    """Short fur: no highlight, light at the edges."""
    return Material(linear(_lifted(rgb)), shine=0.14, polish=6, flesh=0.6, trim=linear(trim))


def hair(rgb: Rgb) -> Material:
    """Hair in sculpted locks."""
    return Material(linear(_lifted(rgb)), shine=0.42, polish=26, flesh=0.2)


def glass(rgb: Rgb) -> Material:
    """Dark glass."""
    return Material(linear(_lifted(rgb)), shine=1.0, polish=110, flesh=0.0, metal=0.25)


def glowing(rgb: Rgb, strength: float = 1.1) -> Material:
    """A surface that shines by itself."""
    return Material(linear(rgb), shine=0.1, polish=20, glow=strength, flesh=0.0)
