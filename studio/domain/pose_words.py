"""Guessing a skeleton from the artist's own words. It is always a guess, and the screen says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from studio.domain.skeleton_angles import Skeleton, mirror
from studio.domain.skeleton_phrases import ARMS, BODIES, HEADS, VIEWS, Angles, Phrase

_TO_LEFT = re.compile(
    r"\b(?:to|towards?|facing|looking|heading|moving|going|pointing)(?: \w+){0,2} left\b"
    r"(?! (?:hand|arm|leg|foot|knee|side of (?:her|his)))"
    r"|\bleftwards?\b|\bleft (?:profile|side view)\b"
)
_LEFT_LIMB = re.compile(r"\bleft (?:hand|arm|fist|elbow|palm|thumb)\b")


@dataclass(frozen=True, slots=True)
class Guess:
    """A skeleton, how sure the guess is (0 to 1), and the words it rests on, as a sentence for the artist."""

    skeleton: Skeleton
    certainty: float
    because: str


def guess_skeleton(text: str) -> Guess:
    """A skeleton for free words ("kicking high to the left"). Always answers; unknown words give standing at ease."""
    words = re.sub(r"\s+", " ", text.lower())
    angles: Angles = {}
    heard: list[str] = []
    body = _first(BODIES, words)
    certainty = 0.05
    if body is not None:
        angles = _merged(angles, body.angles)
        heard.append(body.name)
        certainty = 0.35 if body.name == "standing" else 0.55
        angles = _intensified(angles, body.name, words)
    arms = [phrase for phrase in ARMS if re.search(phrase.pattern, words)]
    heads = [phrase for phrase in HEADS if re.search(phrase.pattern, words)]
    views = [phrase for phrase in VIEWS if re.search(phrase.pattern, words)]
    sided_left = _LEFT_LIMB.search(words) is not None
    goes_left = _TO_LEFT.search(words) is not None
    for phrase in reversed(arms):
        other_side = phrase.sided and sided_left != goes_left
        angles = _merged(angles, _swapped(phrase.angles) if other_side else phrase.angles)
    for phrase in (*heads, *reversed(views)):
        angles = _merged(angles, phrase.angles)
    heard += [phrase.name for phrase in (*arms, *heads, *views)]
    skeleton = Skeleton.from_mapping(angles)
    if goes_left:
        skeleton = mirror(skeleton)
        heard.append("to the left")
    certainty = min(0.9, certainty + 0.15 * len(arms[:2]) + 0.1 * len(views[:1]) + 0.05 * len(heads[:1]))
    return Guess(skeleton, round(certainty, 2), _sentence(heard))


def _first(phrases: Iterable[Phrase], words: str) -> Phrase | None:
    return next((phrase for phrase in phrases if re.search(phrase.pattern, words)), None)


def _intensified(angles: Angles, name: str, words: str) -> Angles:
    """A kick's height follows `high`, `low`."""
    if name == "kick":
        lift = 122 if "high" in words else 58 if re.search(r"\blow\b", words) else 96
        return _merged(angles, {"left_leg": {"lift": lift}})
    return angles


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Angles of `over` laid over `under`; an arm or leg that is said anew replaces the old one whole."""
    result = dict(under)
    for key, value in over.items():
        if isinstance(value, dict) and key in ("head", "left_leg", "right_leg"):
            result[key] = {**result.get(key, {}), **value}
        else:
            result[key] = dict(value) if isinstance(value, dict) else value
    return result


def _swapped(angles: Angles) -> Angles:
    """The phrase done with the other hand."""
    names = {"left_arm": "right_arm", "right_arm": "left_arm"}
    return {names.get(key, key): value for key, value in angles.items()}


def _sentence(heard: list[str]) -> str:
    if not heard:
        return "no word says what the body does, so the figure stands at ease"
    if len(heard) == 1:
        return f"guessed from: {heard[0]}"
    return f"guessed from: {', '.join(heard[:-1])} and {heard[-1]}"
