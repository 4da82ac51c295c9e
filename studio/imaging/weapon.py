"""Weapons, in the hand, at the back or at the hip, and the knight's shield."""

from __future__ import annotations

from itertools import pairwise

from studio.domain.skeleton_frames import Frame
from studio.domain.skeleton_rotation import Mat3, Vec3, about_x, about_z, after
from studio.imaging.body import chest_front, chest_size, hip_size
from studio.imaging.figure import SIDES, Figure
from studio.imaging.look import Clothing, Weapon
from studio.imaging.materials import glowing, leather, mixed, plate, steel
from studio.imaging.shapes import box

LENGTHS = {
    Weapon.KATANA: 0.42,
    Weapon.SWORD: 0.46,
    Weapon.STAFF: 0.86,
    Weapon.SPEAR: 0.95,
    Weapon.AXE: 0.52,
    Weapon.HAMMER: 0.54,
    Weapon.BOW: 0.66,
    Weapon.GUN: 0.22,
    Weapon.NONE: 0.46,
}
LONG = (Weapon.STAFF, Weapon.SPEAR, Weapon.BOW)


def add_weapon(figure: Figure) -> None:
    """Puts the weapon into the hand that holds it, else where the look carries it; and a shield on the left arm."""
    look, skeleton = figure.look, figure.skeleton
    kind = look.weapon
    held = False
    for side, arm in (("left", skeleton.left_arm), ("right", skeleton.right_arm)):
        if arm.hold == "weapon":
            hand = figure.frames[f"{side}_hand"]
            grip = Frame(hand.at(0, -figure.bones.hand * 0.42, 0), after(hand.rotation, about_x(116)))
            _draw(figure, kind if kind is not Weapon.NONE else Weapon.SWORD, grip, sheathed=False)
            held = True
    if kind is not Weapon.NONE and not (held and look.weapon_on_back is False):
        _carry(figure, kind, held)
    if look.shield is not None:
        _shield(figure)


def _carry(figure: Figure, kind: Weapon, empty: bool) -> None:
    b, look = figure.bones, figure.look
    chest, hips = chest_size(figure), hip_size(figure)
    if look.weapon_on_back or kind in LONG:
        tilt = 38 if kind not in LONG else 20
        torso = figure.frames["chest"]
        middle = torso.at(0, b.chest * 0.34, -chest.z * 1.0 - 0.022)
        turned_frame = after(torso.rotation, about_z(tilt))
        length = LENGTHS[kind]
        grip = Frame(middle, turned_frame)
        start = grip.at(0, length * (0.36 if kind not in LONG else -0.5), 0)
        _draw(figure, kind, Frame(start, after(turned_frame, about_z(0 if kind in LONG else 180))), sheathed=not empty)
        strap = leather((34, 30, 32))
        if kind not in LONG:
            over = 1.30 if look.armour is not None else 1.16
            line = [chest_front(figure, x, y, over) for x, y in ((-0.62, 0.94), (-0.4, 0.7), (0.1, 0.34), (0.6, 0.02))]
            for start, end in pairwise(line):
                figure.clay.sweep(torso, start, end, (0.009, 0.009), (1, 1, 0.6), strap)
        return
    pelvis = figure.frames["pelvis"]
    at = pelvis.at(hips.x * 1.12, b.pelvis * 0.5, 0.02)
    _draw(figure, kind, Frame(at, after(pelvis.rotation, about_x(158), about_z(-8))), sheathed=not empty)


def _draw(figure: Figure, kind: Weapon, grip: Frame, *, sheathed: bool) -> None:
    """A weapon whose grip is at the frame's start and whose business end points along +y."""
    match kind:
        case Weapon.KATANA | Weapon.SWORD | Weapon.NONE:
            _blade(figure, kind, grip, sheathed)
        case Weapon.GUN:
            _gun(figure, grip)
        case Weapon.BOW:
            _bow(figure, grip)
        case _:
            _shaft(figure, kind, grip)


def _blade(figure: Figure, kind: Weapon, grip: Frame, sheathed: bool) -> None:
    clay, look = figure.clay, figure.look
    length, curved = LENGTHS[kind], kind is Weapon.KATANA
    hilt = leather((30, 28, 34) if curved else (74, 48, 32))
    guard = steel((70, 70, 80) if curved else (190, 160, 90))
    clay.limb(grip.at(0, -0.075 if curved else -0.055, 0), grip.at(0, 0.03, 0), 0.0095, 0.010, hilt)
    if curved:
        clay.sweep(grip, Vec3(0, 0.034, 0), Vec3(0, 0.037, 0), (0.026, 0.026), (1, 0.2, 1), guard)
    else:
        clay.limb(grip.at(-0.055, 0.034, 0), grip.at(0.055, 0.034, 0), 0.009, 0.009, guard)
        clay.ball(grip, Vec3(0, -0.064, 0), Vec3(0.016, 0.016, 0.016), guard)
    stuff = leather((26, 24, 32)) if sheathed else steel(look.weapon_colour)
    wide, thin = (0.017, 0.6) if sheathed else (0.019 if curved else 0.023, 0.22)
    parts = 4
    bow = 0.03 if curved else 0.0
    for n in range(parts):
        t0, t1 = n / parts, (n + 1) / parts
        start = Vec3(-bow * t0 * t0, 0.045 + (length - 0.06) * t0, 0)
        end = Vec3(-bow * t1 * t1, 0.045 + (length - 0.06) * t1, 0)
        tip = wide * 0.35 if n == parts - 1 and not sheathed else wide
        clay.sweep(grip, start, end, (wide, tip), (1, 1, thin), stuff, melt=0.004, group=40)
    if look.glow is not None and curved:
        for at in (0.07, 0.20):
            clay.sweep(grip, Vec3(0, at, 0), Vec3(0, at + 0.008, 0), (0.019, 0.019), (1, 0.4, 0.75), glowing(look.glow))


def _shaft(figure: Figure, kind: Weapon, grip: Frame) -> None:
    clay, look = figure.clay, figure.look
    length, wood = LENGTHS[kind], leather((96, 66, 42))
    low = -length * (0.45 if kind in LONG else 0.3)
    top = low + length
    clay.limb(grip.at(0, low, 0), grip.at(0, top, 0), 0.011, 0.011, wood)
    metal = steel(look.weapon_colour)
    match kind:
        case Weapon.SPEAR:
            clay.sweep(grip, Vec3(0, top - 0.01, 0), Vec3(0, top + 0.10, 0), (0.026, 0.003), (1, 1, 0.3), metal)
        case Weapon.AXE:
            clay.sweep(
                grip, Vec3(0.01, top - 0.05, 0), Vec3(0.085, top - 0.05, 0), (0.025, 0.075), (0.3, 1, 0.14), metal
            )
        case Weapon.HAMMER:
            size = Vec3(0.075, 0.042, 0.042)
            clay.put(box(grip, Vec3(0, top - 0.02, 0), size, metal, 0.012))
        case _:
            clay.ball(
                grip, Vec3(0, top + 0.03, 0), Vec3(0.038, 0.038, 0.038), glowing(look.glow or (110, 190, 255), 0.7)
            )
            clay.limb(grip.at(0, top - 0.04, 0), grip.at(0, top, 0), 0.014, 0.024, metal)


def _gun(figure: Figure, grip: Frame) -> None:
    body = plate(mixed(figure.look.weapon_colour, (20, 20, 24), 0.8))
    figure.clay.put(
        box(grip, Vec3(0, 0.07, 0.018), Vec3(0.014, 0.10, 0.020), body, 0.008),
        box(grip, Vec3(0, -0.005, -0.015), Vec3(0.012, 0.018, 0.038), body, 0.008),
    )


def _bow(figure: Figure, grip: Frame) -> None:
    wood, half = leather((110, 72, 44)), LENGTHS[Weapon.BOW] / 2
    places = [grip.at(0, y * half, 0.07 - 0.11 * abs(y) ** 1.6) for y in (-1.0, -0.75, -0.4, 0.0, 0.4, 0.75, 1.0)]
    for a, c in pairwise(places):
        figure.clay.limb(a, c, 0.011, 0.011, wood)
    figure.clay.limb(places[0], places[-1], 0.0025, 0.0025, plate((230, 226, 214)))


def _shield(figure: Figure) -> None:
    """A round-topped shield strapped to the left forearm, its face away from the arm."""
    assert figure.look.shield is not None
    side, sign = SIDES[0]
    fore, b = figure.frames[f"{side}_forearm"], figure.bones
    outward: Mat3 = fore.rotation
    frame = Frame(fore.at(sign * 0.052 * figure.girth, -b.forearm * 0.55, 0), outward)
    clay, trim = figure.clay, steel((190, 190, 196))
    face = plate(figure.look.shield)
    clay.sweep(frame, Vec3(0, 0.055, 0), Vec3(0, -0.07, 0), (0.125, 0.085), (0.16, 1, 1), trim, melt=0.004, group=41)
    clay.sweep(frame, Vec3(sign * 0.006, 0.055, 0), Vec3(sign * 0.006, -0.07, 0), (0.112, 0.072), (0.18, 1, 1), face)
    clay.ball(frame, Vec3(sign * 0.024, 0.02, 0), Vec3(0.018, 0.03, 0.03), trim)
    if figure.look.clothing is Clothing.PLATE:
        clay.sweep(frame, Vec3(sign * 0.02, 0.12, 0), Vec3(sign * 0.02, -0.10, 0), (0.010, 0.010), (1, 1, 1), trim)
