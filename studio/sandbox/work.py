"""The work: a call with everything it needs goes in, files come out. Runs in a thread and touches nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.domain.model import Model
from studio.domain.request import Json
from studio.sandbox.answers import Violation, listed
from studio.sandbox.files import Product
from studio.sandbox.inputs import Input


@dataclass(frozen=True, slots=True)
class Task:
    """One call, ready to be worked on."""

    model: Model
    arguments: Mapping[str, Json]
    """With defaults filled in."""
    seed: int
    inputs: Sequence[Input]

    @property
    def prompt(self) -> str:
        """The prompt, or an empty text."""
        prompt = self.arguments.get("prompt")
        return prompt if isinstance(prompt, str) else ""

    @property
    def count(self) -> int:
        """How many pictures are asked for."""
        param = self.model.role("count")
        value = self.arguments.get(param.name) if param else 1
        return value if isinstance(value, int) and value > 0 else 1


def produce(task: Task) -> tuple[list[Product], list[int]]:
    """The files of a call and the pixel counts of its input pictures. The same task gives the same bytes.

    Raises fal's own errors: a file that is no picture, a feature the sandbox does not have.
    """
    from studio.sandbox.pictures import open_pictures  # Pillow is slow to load, and only the workers need it

    pictures = open_pictures(task.inputs)
    pixels = [one.picture.width * one.picture.height for one in pictures if one.role in ("image", "images")]
    match task.model.kind:
        case "text-to-image" | "realtime" | "edit":
            from studio.sandbox.drawing import draw_pictures

            return draw_pictures(task, pictures), pixels
        case "utility":
            from studio.sandbox.utilities import transform

            return [transform(task, pictures)], pixels
        case "train":
            from studio.sandbox.trainers import train

            return train(task), pixels
        case "video":
            from studio.sandbox.clips import film

            return [film(task, pictures)], pixels
        case _:
            words = f"The sandbox does not make what {task.model.id} makes"
            raise listed(422, Violation(("body",), "feature_not_supported", words))
