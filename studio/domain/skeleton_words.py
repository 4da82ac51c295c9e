"""A skeleton in words: the sentence for the prompt of a pose that was made by turning joints."""

from __future__ import annotations

from studio.domain.skeleton_angles import Arm, Leg, Skeleton

_MOODS = {"happy": "smiling", "sad": "looking sad", "angry": "frowning", "surprised": "surprised", "tired": "tired"}
_HANDS = {"fist": "in a fist", "open": "open", "point": "pointing", "thumb": "thumb up", "peace": "in a peace sign"}


def describe_skeleton(skeleton: Skeleton) -> str:
    """One sentence in plain words, left and right the figure's own: what a model of words needs to draw the pose."""
    parts = [stance(skeleton), *_trunk(skeleton), *_arms(skeleton), *_legs(skeleton), *_head(skeleton)]
    text = ", ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}, {_view(skeleton.turn, skeleton.elevation)}."


def stance(skeleton: Skeleton) -> str:
    """What the whole body does, such as `standing`, `sitting` or `lying face down`."""
    legs = (skeleton.left_leg, skeleton.right_leg)
    knees = [_kneeling(leg) for leg in legs]
    ways = (
        (skeleton.pitch > 60, "lying face down"),
        (skeleton.pitch < -60, "lying on the back"),
        (abs(skeleton.roll) > 60, f"lying on the {'left' if skeleton.roll > 0 else 'right'} side"),
        (skeleton.rise > 0.05, "in the air, feet off the ground"),
        (all(_seated(leg) for leg in legs), "sitting" if skeleton.prop == "seat" else "crouching low"),
        (all(knees), "kneeling"),
        (any(knees), "kneeling on one knee"),
        (skeleton.prop == "wall", "leaning against a wall"),
    )
    return next((words for so, words in ways if so), "standing")


def _trunk(skeleton: Skeleton) -> list[str]:
    found = []
    if skeleton.lean > 18 or skeleton.pitch > 18:
        deep = skeleton.lean + skeleton.pitch > 50
        found.append("bent far forward" if deep else "leaning forward")
    elif skeleton.lean < -14 or skeleton.pitch < -18:
        found.append("leaning back")
    if abs(skeleton.bend) > 14:
        found.append(f"bent to the {'left' if skeleton.bend > 0 else 'right'}")
    if abs(skeleton.twist) > 20:
        found.append(f"shoulders turned {'left' if skeleton.twist > 0 else 'right'}")
    return found


def _arms(skeleton: Skeleton) -> list[str]:
    left, right = _arm(skeleton.left_arm), _arm(skeleton.right_arm)
    if left == right:
        return [f"both arms {left}"] if left else ["arms hanging"]
    return [f"{side} arm {words}" for side, words in (("left", left), ("right", right)) if words]


def _arm(arm: Arm) -> str:
    where = ""
    if arm.lift >= 130:
        where = "raised overhead"
    elif arm.lift >= 55:
        level = "raised" if arm.lift > 105 else "held level" if arm.lift > 75 else "held out"
        where = f"{level} {_direction(arm.front)}"
    elif arm.lift >= 25:
        where = f"a little out {_direction(arm.front)}"
    if arm.bend > 100:
        where = f"{where}, elbow folded" if where else "folded, hand near the shoulder"
    elif arm.bend > 45:
        where = f"{where}, elbow bent" if where else "bent at the elbow"
    hand = f"holding a {arm.hold}" if arm.hold else _HANDS.get(arm.hand, "")
    return " ".join(part for part in (where, f"with the hand {hand}" if hand in _HANDS.values() else hand) if part)


def _legs(skeleton: Skeleton) -> list[str]:
    left, right = skeleton.left_leg, skeleton.right_leg
    if _seated(left) and _seated(right):
        return []
    found = []
    for side, leg in (("left", left), ("right", right)):
        if _kneeling(leg):
            continue
        if leg.lift >= 70:
            high = "knee drawn up high" if leg.bend > 50 else f"leg kicked high {_direction(leg.front)}"
            found.append(f"{side} {high}")
        elif leg.lift >= 28:
            bent = ", knee bent" if leg.bend > 40 else ""
            found.append(f"{side} leg raised {_direction(leg.front)}{bent}")
        elif leg.bend > 45:
            found.append(f"{side} knee bent")
    if not found and min(left.lift, right.lift) >= 10 and abs(left.front) < 45 and abs(right.front) < 45:
        found.append("feet planted wide apart")
    if not found and left.lift >= 12 and right.lift >= 12 and left.front * right.front < 0:
        found.append("in mid-stride")
    return found


def _head(skeleton: Skeleton) -> list[str]:
    head, found = skeleton.head, []
    if abs(head.look) > 20:
        far = "over the shoulder" if abs(head.look) > 60 else ""
        found.append(f"looking {far or 'to the ' + ('left' if head.look > 0 else 'right')}".strip())
    if head.nod > 14:
        found.append("head bowed")
    elif head.nod < -10:
        found.append("chin raised")
    if abs(head.tilt) > 10:
        found.append("head tilted")
    if head.mood in _MOODS:
        found.append(_MOODS[head.mood])
    return found


def _seated(leg: Leg) -> bool:
    return leg.lift > 60 and 45 < leg.front < 135 and leg.bend > 60


def _kneeling(leg: Leg) -> bool:
    return leg.bend > 75 and leg.lift < 35


def _direction(front: float) -> str:
    turned = (front + 180) % 360 - 180
    if -45 <= turned < 40:
        return "to the side"
    if 40 <= turned <= 130:
        return "forward"
    return "across the body" if turned > 130 else "behind"


def _view(turn: float, elevation: float) -> str:
    away = abs((turn + 180) % 360 - 180)
    side = "front" if away < 20 else "three-quarter view" if away < 65 else "side" if away < 115 else ""
    if not side:
        side = "three-quarter back view" if away < 155 else "back"
    text = f"in {side}" if "view" in side else f"seen from the {side}"
    high = " from above" if elevation > 35 else " from below" if elevation < -12 else ""
    return text + high
