"""Plain clay things a pose needs: a seat, a desk, a wall, and what hands hold."""

from __future__ import annotations

from studio.domain.skeleton_frames import Frame
from studio.domain.skeleton_rotation import Mat3, Vec3, about_x, about_y, add, after, between, scaled, turned
from studio.imaging.body import chest_size, hip_size
from studio.imaging.figure import Figure
from studio.imaging.materials import cloth, glass, leather, plate, skin
from studio.imaging.shapes import Material, box

PLASTER = (214, 212, 208)


def add_props(figure: Figure) -> None:
    """Puts the pose's prop into the scene and things into the hands."""
    skeleton = figure.skeleton
    match skeleton.prop:
        case "seat":
            _seat(figure, skin(PLASTER))
        case "desk":
            _seat(figure, skin(PLASTER))
            _desk(figure, skin(PLASTER))
        case "wall":
            _wall(figure, skin(PLASTER))
    holds = {"left": skeleton.left_arm.hold, "right": skeleton.right_arm.hold}
    if "box" in holds.values():
        _carried_box(figure)
    if holds["left"] == "book" == holds["right"]:
        _book(figure)
    for side, hold in holds.items():
        _held(figure, side, hold)


def _upright(figure: Figure) -> Mat3:
    """The figure's heading without its tilt."""
    return about_y(figure.skeleton.turn)


def _seat(figure: Figure, stuff: Material) -> None:
    pelvis, hips = figure.frames["pelvis"], hip_size(figure)
    knee = figure.frames["left_shin"].origin
    top = min(pelvis.origin.y - hips.y * 0.62, knee.y)
    frame = Frame(Vec3(pelvis.origin.x, 0, pelvis.origin.z), _upright(figure))
    half = Vec3(hips.x * 1.5, top / 2, hips.x * 1.35)
    figure.clay.put(box(frame, Vec3(0, top / 2, hips.x * 0.12), half, stuff, 0.012))


def _desk(figure: Figure, stuff: Material) -> None:
    wrists = between(figure.frames["left_hand"].origin, figure.frames["right_hand"].origin, 0.5)
    frame = Frame(Vec3(wrists.x, 0, wrists.z), _upright(figure))
    top, wide = wrists.y - 0.022, figure.bones.shoulder * 2.3
    figure.clay.put(box(frame, Vec3(0, top - 0.012, 0.14), Vec3(wide, 0.014, 0.20), stuff, 0.008))
    for x in (-0.9, 0.9):
        figure.clay.put(
            box(frame, Vec3(x * wide, top / 2 - 0.01, 0.30), Vec3(0.014, top / 2 - 0.012, 0.014), stuff, 0.006)
        )
        figure.clay.put(
            box(frame, Vec3(x * wide, top / 2 - 0.01, 0.0), Vec3(0.014, top / 2 - 0.012, 0.014), stuff, 0.006)
        )
    screen = Frame(Vec3(*frame.at(0, top + 0.01, 0.13)), after(frame.rotation, about_x(14)))
    figure.clay.put(box(screen, Vec3(0, 0.075, 0), Vec3(0.11, 0.075, 0.005), plate((70, 74, 82)), 0.004))
    figure.clay.put(box(frame, Vec3(0, top + 0.004, 0.06), Vec3(0.11, 0.005, 0.06), plate((150, 152, 158)), 0.004))


def _wall(figure: Figure, stuff: Material) -> None:
    """A pillar behind the shoulders."""
    chest = figure.frames["chest"]
    back = turned(_upright(figure), Vec3(0, 0, -1))
    at = add(chest.at(0, figure.bones.chest * 0.7, 0), scaled(back, chest_size(figure).z + 0.065))
    frame = Frame(Vec3(at.x, 0, at.z), _upright(figure))
    figure.clay.put(box(frame, Vec3(0, 0.54, 0), Vec3(0.17, 0.54, 0.06), stuff, 0.01))


def _carried_box(figure: Figure) -> None:
    left, right = figure.frames["left_hand"], figure.frames["right_hand"]
    low = figure.bones.hand * 0.5
    middle = between(left.at(0, -low, 0), right.at(0, -low, 0), 0.5)
    wide = abs(turned(_transposed(_upright(figure)), add(left.origin, scaled(right.origin, -1))).x) / 2
    frame = Frame(middle, _upright(figure))
    half = Vec3(max(0.07, wide - 0.016), 0.085, 0.085)
    figure.clay.put(box(frame, Vec3(0, 0.03, 0.03), half, cloth((196, 154, 108)), 0.006))
    figure.clay.put(box(frame, Vec3(0, 0.03, 0.03), Vec3(half.x * 0.16, 0.0862, 0.0862), cloth((222, 190, 150)), 0.006))


def _transposed(m: Mat3) -> Mat3:
    return Mat3(Vec3(m.x.x, m.y.x, m.z.x), Vec3(m.x.y, m.y.y, m.z.y), Vec3(m.x.z, m.y.z, m.z.z))


def _book(figure: Figure) -> None:
    left, right = figure.frames["left_hand"], figure.frames["right_hand"]
    low = figure.bones.hand * 0.55
    middle = between(left.at(0, -low, 0), right.at(0, -low, 0), 0.5)
    base = Frame(middle, after(_upright(figure), about_x(-38)))
    cover, paper = cloth((150, 58, 52)), cloth((246, 242, 232))
    for sign in (1, -1):
        half = Frame(middle, after(base.rotation, about_y(sign * -16)))
        figure.clay.put(box(half, Vec3(sign * 0.055, 0.02, 0.0), Vec3(0.055, 0.075, 0.004), cover, 0.003))
        figure.clay.put(box(half, Vec3(sign * 0.052, 0.02, -0.009), Vec3(0.050, 0.070, 0.006), paper, 0.003))


def _held(figure: Figure, side: str, hold: str) -> None:
    hand, size, clay = figure.frames[f"{side}_hand"], figure.bones.hand, figure.clay
    sign = 1 if side == "left" else -1
    grip = Frame(hand.at(-sign * size * 0.14, -size * 0.42, 0), hand.rotation)
    match hold:
        case "phone":
            clay.put(
                box(grip, Vec3(0, -size * 0.1, size * 0.05), Vec3(0.006, 0.052, 0.026), glass((30, 32, 40)), 0.004)
            )
        case "cup":
            upright = Frame(grip.origin, _upright(figure))
            clay.sweep(
                upright, Vec3(0, -0.02, 0), Vec3(0, 0.035, 0), (0.019, 0.026), (1, 0.3, 1), plate((236, 232, 224))
            )
        case "ball":
            radius = 0.052
            out = hand.at(0, -size * 0.75, 0) if side else grip.origin
            clay.ball(
                Frame(out, hand.rotation),
                Vec3(-sign * radius * 0.5, -radius * 0.5, 0),
                Vec3(radius, radius, radius),
                leather((214, 92, 52)),
            )
        case "flower":
            _flower(figure, Frame(grip.origin, _upright(figure)))


def _flower(figure: Figure, at: Frame) -> None:
    clay, petal = figure.clay, plate((226, 64, 96))
    clay.limb(at.at(0, -0.06, 0), at.at(0, 0.11, 0.01), 0.0045, 0.004, cloth((70, 130, 62)))
    clay.ball(at, Vec3(0, 0.125, 0.012), Vec3(0.018, 0.016, 0.018), plate((246, 196, 70)))
    for x, y in ((1.0, 0.0), (0.31, 0.95), (-0.81, 0.59), (-0.81, -0.59), (0.31, -0.95)):
        clay.ball(at, Vec3(0.026 * x, 0.125 + 0.026 * y, 0.008), Vec3(0.019, 0.019, 0.010), petal)
