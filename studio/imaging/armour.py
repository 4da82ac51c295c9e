"""Hard pieces over the body: the light panels of a suit, and a knight's full plate."""

from __future__ import annotations

from studio.domain.skeleton_rotation import Vec3
from studio.imaging.body import chest_size, hip_size, waist_size
from studio.imaging.figure import SIDES, Figure
from studio.imaging.look import Clothing
from studio.imaging.materials import cloth, leather, mixed, plate, steel
from studio.imaging.shapes import Material

PLATES = 12


def add_armour(figure: Figure) -> None:
    """Puts on plate for a knight, panels for anyone else who has an armour colour."""
    if figure.look.clothing is Clothing.PLATE:
        _plate(figure)
    elif figure.look.armour is not None:
        _panels(figure, plate(figure.look.armour))


def _shell(
    figure: Figure, bone: str, span: tuple[float, float], radii: tuple[float, float], stuff: Material, facing: Vec3
) -> None:
    """A curved plate on a limb over `span` of its bone, on the side that `facing` points to."""
    b, frame = figure.bones, figure.frames[bone]
    length = {"upper_arm": b.upper_arm, "forearm": b.forearm, "thigh": b.thigh, "shin": b.shin}[bone.split("_", 1)[1]]
    top, bottom = span[0] * length, span[1] * length
    cuts = (
        (Vec3(0, 1, 0), -top),
        (Vec3(0, -1, 0), bottom),
        (Vec3(-facing.x, -facing.y, -facing.z), -min(radii) * 0.15),
    )
    back = -0.005 if bone.endswith("shin") else 0.002
    figure.clay.sweep(
        frame, Vec3(0, -top, back * 0.6), Vec3(0, -bottom, back), radii, (1, 1, 1), stuff, melt=0.003,
        group=PLATES, cuts=cuts,
    )  # fmt: skip


def _panels(figure: Figure, stuff: Material) -> None:
    g, b, clay, chest = figure.girth, figure.bones, figure.clay, chest_size(figure)
    torso = figure.frames["chest"]
    front = ((Vec3(0, 0, -1), -chest.z * 0.2), (Vec3(0, -1, 0), -b.chest * 0.30), (Vec3(0, 1, 0), b.chest * 0.93))
    clay.sweep(
        torso, Vec3(0, b.chest * 0.22, 0.001), Vec3(0, b.chest * 0.66, 0.003), (chest.x * 0.86, chest.x * 1.02),
        (1, 0.66, chest.z / chest.x * 1.08), stuff, melt=0.012, group=PLATES, cuts=front,
    )  # fmt: skip
    for sign in (1, -1):
        place = Vec3(sign * chest.x * 0.43, b.chest * (0.52 if figure.look.feminine else 0.62), chest.z * 0.66)
        size = Vec3(chest.x * 0.46, chest.x * 0.44, chest.z * 0.50)
        clay.ball(torso, place, size, stuff, melt=0.012, group=PLATES, cuts=front)
    collar = ((Vec3(0, 1, 0), b.neck * 0.5),)
    wide = b.head * (0.18 if figure.look.feminine else 0.22)
    clay.ball(figure.frames["neck"], Vec3(0, -0.004, 0), Vec3(wide, b.neck + 0.012, wide), stuff, cuts=collar)
    _belt(figure, leather(mixed(figure.look.armour or (60, 60, 66), (0, 0, 0), 0.35)))
    for side, sign in SIDES:
        outward = Vec3(sign * 0.96, 0, 0.28)
        upper = figure.frames[f"{side}_upper_arm"]
        cap = ((Vec3(-sign * 0.8, -0.6, 0), 0.004),)
        clay.ball(upper, Vec3(sign * 0.004, 0.002, 0), Vec3(0.044 * g, 0.046 * g, 0.044 * g), stuff, cuts=cap)
        _shell(figure, f"{side}_forearm", (0.22, 0.82), (0.0315 * g, 0.0235 * g), stuff, outward)
        _shell(figure, f"{side}_thigh", (0.26, 0.72), (0.0575 * g, 0.049 * g), stuff, Vec3(sign * 0.9, 0, 0.44))
        _shell(figure, f"{side}_shin", (0.16, 0.80), (0.0375 * g, 0.028 * g), stuff, Vec3(0, 0, 1))
        knee = figure.frames[f"{side}_shin"]
        clay.ball(knee, Vec3(0, 0.002, 0.018 * g), Vec3(0.028 * g, 0.034 * g, 0.024 * g), stuff)


def _belt(figure: Figure, stuff: Material) -> None:
    hips, b = hip_size(figure), figure.bones
    cuts = ((Vec3(0, 1, 0), b.pelvis * 0.86), (Vec3(0, -1, 0), -b.pelvis * 0.52))
    size = Vec3(hips.x * 1.03, hips.y * 1.3, hips.z * 1.06)
    figure.clay.ball(figure.frames["pelvis"], Vec3(0, b.pelvis * 0.36, 0), size, stuff, cuts=cuts)


def _plate(figure: Figure) -> None:
    look, g = figure.look, figure.girth * 1.14
    metal, bright = steel(look.body), steel(mixed(look.body, (255, 255, 255), 0.25))
    _cuirass(figure, metal, bright)
    for side, sign in SIDES:
        upper, fore = figure.frames[f"{side}_upper_arm"], figure.frames[f"{side}_forearm"]
        knee, clay = figure.frames[f"{side}_shin"], figure.clay
        for row, (drop, size) in enumerate(((0.0, 1.0), (0.022, 0.93), (0.042, 0.85))):
            cap = ((Vec3(-sign * 0.5, -0.86, 0), 0.012 + 0.002 * row),)
            at = Vec3(sign * (0.010 + 0.004 * row), 0.010 - drop, 0)
            radius = Vec3(0.060 * g * size, 0.058 * g * size, 0.058 * g * size)
            clay.ball(upper, at, radius, bright if row == 0 else metal, cuts=cap)
        _round(figure, f"{side}_forearm", (0.10, 0.92), (0.040 * g, 0.030 * g), metal)
        clay.ball(fore, Vec3(0, 0.002, -0.010 * g), Vec3(0.036 * g, 0.032 * g, 0.034 * g), bright)
        _round(figure, f"{side}_forearm", (0.46, 0.86), (0.043 * g, 0.031 * g), bright)
        _round(figure, f"{side}_thigh", (0.20, 0.80), (0.060 * g, 0.048 * g), metal)
        _round(figure, f"{side}_shin", (0.10, 0.90), (0.044 * g, 0.031 * g), metal)
        clay.ball(knee, Vec3(0, 0.0, 0.018 * g), Vec3(0.036 * g, 0.042 * g, 0.034 * g), bright)
        clay.ball(knee, Vec3(sign * 0.034 * g, 0.0, 0.004 * g), Vec3(0.010 * g, 0.026 * g, 0.026 * g), bright)


def _cuirass(figure: Figure, metal: Material, bright: Material) -> None:
    """Breastplate with a keel, gorget, belt, and a skirt of plates."""
    b, clay, chest, waist, hips = figure.bones, figure.clay, chest_size(figure), waist_size(figure), hip_size(figure)
    torso, pelvis = figure.frames["chest"], figure.frames["pelvis"]
    clay.sweep(
        torso, Vec3(0, b.chest * 0.06, 0.002), Vec3(0, b.chest * 0.62, 0.004), (chest.x * 0.96, chest.x * 1.10),
        (1, 0.70, chest.z / chest.x * 1.16), bright, melt=0.02, group=PLATES,
    )  # fmt: skip
    clay.sweep(
        torso, Vec3(0, b.chest * 0.04, chest.z * 0.50), Vec3(0, b.chest * 0.66, chest.z * 0.52),
        (chest.z * 0.70, chest.z * 0.62), (0.5, 0.9, 1), bright, melt=0.03, group=PLATES,
    )  # fmt: skip
    clay.sweep(
        figure.frames["waist"], Vec3(0, 0, 0), Vec3(0, b.waist * 0.7, 0), (waist.x * 1.12, waist.x * 1.12),
        (1, 0.7, waist.z / waist.x), metal, melt=0.008, group=PLATES + 1,
    )  # fmt: skip
    neck = figure.frames["neck"]
    collar = ((Vec3(0, 1, 0), b.neck * 0.9),)
    clay.ball(
        neck, Vec3(0, 0.004, 0.004), Vec3(b.shoulder * 0.52, b.neck * 1.6 + 0.01, b.shoulder * 0.50), metal, cuts=collar
    )
    for row in range(3):
        low, size = -b.pelvis * (0.30 + 0.34 * row), 1.10 + 0.07 * row
        cuts = ((Vec3(0, 1, 0), low + b.pelvis * 0.78), (Vec3(0, -1, 0), -low))
        clay.sweep(
            pelvis, Vec3(0, b.pelvis, 0), Vec3(0, -b.pelvis * 2, 0), (hips.x * size * 0.96, hips.x * size * 1.12),
            (1, 1, hips.z / hips.x * 1.08), metal, cuts=cuts,
        )  # fmt: skip
    belt = ((Vec3(0, 1, 0), b.pelvis * 0.98), (Vec3(0, -1, 0), -b.pelvis * 0.66))
    clay.ball(
        pelvis,
        Vec3(0, b.pelvis * 0.3, 0),
        Vec3(hips.x * 1.16, hips.y * 1.8, hips.z * 1.2),
        leather((70, 46, 30)),
        cuts=belt,
    )
    hung = figure.look.tabard or figure.look.cape
    if hung is not None:
        front = ((Vec3(1, 0, 0), hips.x * 0.42), (Vec3(-1, 0, 0), hips.x * 0.42), (Vec3(0, 0, -1), 0.0))
        clay.sweep(
            pelvis, Vec3(0, b.pelvis * 0.3, hips.z * 0.42), Vec3(0, -b.pelvis * 1.5, hips.z * 0.62), (hips.x * 0.9,
                hips.x * 0.92),
            (1, 0.4, 0.86), cloth(hung), cuts=front,
        )  # fmt: skip


def _round(figure: Figure, bone: str, span: tuple[float, float], radii: tuple[float, float], stuff: Material) -> None:
    """A tube of plate round a limb."""
    b, frame = figure.bones, figure.frames[bone]
    length = {"upper_arm": b.upper_arm, "forearm": b.forearm, "thigh": b.thigh, "shin": b.shin}[bone.split("_", 1)[1]]
    back = -0.005 if bone.endswith("shin") else 0.002
    cuts = ((Vec3(0, 1, 0), -span[0] * length), (Vec3(0, -1, 0), span[1] * length))
    figure.clay.sweep(
        frame,
        Vec3(0, -span[0] * length, back),
        Vec3(0, -span[1] * length, back * 0.5),
        radii,
        (1, 1, 1),
        stuff,
        cuts=cuts,
    )
