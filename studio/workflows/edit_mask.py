"""Masks for inpainting: from a file or drawn, in the form each model wants, kept where they can be sent from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studio.config.atomic import write_bytes
from studio.domain.errors import ProjectError, UsageError
from studio.domain.model import Model
from studio.workflows.references import LoadedReference, load_reference

if TYPE_CHECKING:
    from studio.imaging.mask import Mask, MaskForm

FOLDER = ".studio/masks"
"""Where the masks of a project lie: they can be made again, and a request that is repeated finds them there."""


def form_for(model: Model) -> MaskForm:
    """How a model is told what may change.

    Ideogram repaints what is black (developer.ideogram.ai, masked edits); OpenAI's models what is transparent
    (platform.openai.com, image edits); fal's own inpainting what is white.
    """
    from studio.imaging.mask import MaskForm

    match model.family:
        case "ideogram":
            return MaskForm.BLACK
        case "gpt-image":
            return MaskForm.CLEAR
        case _:
            return MaskForm.WHITE


def kept_mask(folder: Path, mask: Mask, model: Model) -> LoadedReference:
    """A mask as a file of the project, in the form the model wants, ready to be sent. Blocks.

    Raises UsageError when nothing may change, ProjectError when it cannot be written.
    """
    import hashlib

    if not mask.bits.any():
        raise UsageError("The mask lets nothing change.", "Paint what may change, or leave the mask out.")
    data = mask.encoded(form_for(model))
    name = f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:16]}.png"
    path = folder / name
    if not path.is_file():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ProjectError(f"{FOLDER} cannot be made ({error.strerror}).", "Look at its permissions.") from error
        write_bytes(path, data)
    return load_reference(path, name)


def mask_from_file(folder: Path, path: Path, model: Model, size: tuple[int, int]) -> tuple[LoadedReference, str]:
    """The mask of a file for a picture of `size`, and a sentence when it had to be stretched. Blocks.

    White changes, and so does what is transparent. Raises UsageError when the file is no mask.
    """
    from studio.imaging.mask import NoMask, read_mask

    try:
        mask, note = read_mask(path, size)
    except NoMask as error:
        raise UsageError(str(error), "White is what may change; black stays.") from error
    return kept_mask(folder, mask, model), note
