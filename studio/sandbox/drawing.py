"""Pictures from words: the mannequin in the pose and the colours the prompt asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PIL import Image, ImageOps

from studio.domain.model import Model
from studio.domain.pose_words import guess_skeleton
from studio.domain.request import Json
from studio.imaging.look import read_look
from studio.imaging.mannequin import draw_mannequin
from studio.sandbox.close_up import draw_close_up, is_close_up
from studio.sandbox.edits import edited, is_instruction
from studio.sandbox.files import Product
from studio.sandbox.guides import Guide, Told, told
from studio.sandbox.pictures import Opened, encoded
from studio.sandbox.posing import skeleton_for
from studio.sandbox.references import dressed_like
from studio.sandbox.sizes import DEFAULT, fitting, picture_pixels
from studio.sandbox.stamp import stamped
from studio.sandbox.work import Task

NAMED = 0.5
"""Certainty from which words name a pose of the whole body."""

_ANEW = re.compile(r"\b(pose|view|seen from|angle|turnaround)\b")

BLACK_WORD = "sandbox-black"
"""In a prompt: the safety checker blacks the picture out."""


def draw_pictures(task: Task, inputs: Sequence[Opened]) -> list[Product]:
    """All pictures of a text-to-image or edit call, encoded as asked. The n-th has the seed plus n."""
    wanted = task.arguments.get("output_format")
    format_ = wanted if isinstance(wanted, str) else "png"
    products = []
    for index in range(task.count):
        picture = _picture(task, inputs, task.seed + index)
        flagged = BLACK_WORD in task.prompt
        shown = Image.new("RGB", picture.size) if flagged else stamped(picture)
        products.append(encoded(shown, format_, index, flagged=flagged))
    return products


def _picture(task: Task, inputs: Sequence[Opened], seed: int) -> Image.Image:
    size = picture_pixels(task.model, task.arguments)
    look = read_look(task.prompt)
    guided = told(task, inputs, look.proportions)
    if guided.guide is not None:
        return _guided(task, guided, guided.guide, seed)
    inputs = guided.inputs
    single = next((one.picture for one in inputs if one.role == "image"), None)
    several = [one.picture for one in inputs if one.role == "images"]
    subject = single or (several[0] if several and _changes_first(task.prompt, len(several)) else None)
    if task.model.kind in ("edit", "realtime") and subject is not None:
        mask = next((one.picture for one in inputs if one.role == "mask"), None)
        if mask is not None and task.model.family == "ideogram":
            # Ideogram repaints what is black (developer.ideogram.ai, masked edits).
            mask = ImageOps.invert(mask.convert("L"))
        return edited(subject, task.prompt, size, seed, mask)
    if several:
        look = dressed_like(look, several)
        size = size or fitting(several[0].size)
    fidelity, strictness = _fidelity(task.model, task.arguments), _strictness(task.model, task.arguments)
    if is_close_up(task.prompt):
        near = (task.prompt, look, size or DEFAULT)
        return draw_close_up(*near, seed=seed, fidelity=fidelity, strictness=strictness)
    skeleton = skeleton_for(task.prompt)
    return draw_mannequin(skeleton, look, size or DEFAULT, seed=seed, fidelity=fidelity, strictness=strictness)


def _changes_first(prompt: str, pictures: int) -> bool:
    """Whether the first of several pictures is to be changed and the others only looked at: no new pose or view."""
    if not is_instruction(prompt):
        return False
    return pictures == 1 or not (_ANEW.search(prompt.casefold()) or guess_skeleton(prompt).certainty >= NAMED)


def _guided(task: Task, call: Told, guide: Guide, seed: int) -> Image.Image:
    """The figure of the words, or of the other pictures, in the pose of the guide."""
    size, look = picture_pixels(task.model, task.arguments), read_look(call.prompt)
    others = [one.picture for one in call.inputs if one.role in ("image", "images")]
    if others:
        look = dressed_like(look, others)
    size = size or fitting(others[0].size if others else guide.size)
    skeleton = guide.with_words(skeleton_for(call.prompt))
    # What holds the pose holds the seed's breath of movement, too.
    strictness = max(guide.weight, _strictness(task.model, task.arguments))
    fidelity = _fidelity(task.model, task.arguments)
    return draw_mannequin(skeleton, look, size, seed=seed, fidelity=fidelity, strictness=strictness)


def _fidelity(model: Model, arguments: Mapping[str, Json]) -> float:
    """1 at the steps worth paying for in a final picture, less below."""
    param = model.role("steps")
    steps = arguments.get(param.name) if param else None
    if param is None or not isinstance(steps, int):
        return 1.0
    best = model.final_steps or param.default
    return max(0.05, min(1.0, steps / best)) if isinstance(best, int) and best else 1.0


def _strictness(model: Model, arguments: Mapping[str, Json]) -> float:
    """0 at the lowest guidance the model takes, 1 at the highest."""
    param = model.role("guidance")
    value = arguments.get(param.name) if param else None
    if param is None or param.min is None or param.max is None or not isinstance(value, int | float):
        return 0.5
    low, high = float(param.min), float(param.max)
    return max(0.0, min(1.0, (value - low) / (high - low)))
