"""An edit that shifted or zoomed, laid over the take it was made from: a copy beside it, never in its place."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from studio.config.atomic import write_bytes
from studio.domain.errors import UsageError
from studio.domain.take import Take
from studio.workflows.studio import Studio

if TYPE_CHECKING:
    from PIL.Image import Image

    from studio.imaging.align import Alignment


async def align_to_parent(studio: Studio, take: Take) -> str:
    """Lay an aligned copy of a take beside it when it lies elsewhere than its parent, and say what came of it.

    Raises UsageError when it has no parent that is there, or a file cannot be read; ProjectError when the copy cannot
    be written.
    """
    parent = studio.takes.get(take.parent)
    if parent is None:
        raise UsageError(f"{take.id} was made from nothing that is there.", "Only an edit can be aligned.")
    return await studio.engine.desk.hands(_aligned, studio.path(parent), studio.path(take), parent.id)


def _aligned(parent: Path, child: Path, name: str) -> str:
    from studio.imaging.align import aligned, alignment

    source, edited = _opened(parent), _opened(child)
    found = alignment(source, edited)
    if not found.sure:
        return f"Cannot say how it lies over {name}: they have too little in common ({found.after:.0%} of the edges)."
    if not found.moved(source.size):
        return f"It lies over {name} as it should: nothing to align."
    target = _free(child)
    write_bytes(target, _encoded(aligned(source, edited, found), edited, found))
    return f"Compared with {name} it {found.words()}. An aligned copy is {target.name}, beside it."


def _encoded(picture: Image, before: Image, found: Alignment) -> bytes:
    """As PNG, with the texts of the take it is a copy of and one that says what was done."""
    from PIL.PngImagePlugin import PngInfo

    texts = PngInfo()
    for key, value in before.info.items():
        if isinstance(key, str) and isinstance(value, str):
            texts.add_text(key, value)
    texts.add_text("pose-studio-aligned", f"scale {found.scale:.4f}, dx {found.dx:.1f}, dy {found.dy:.1f}")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", pnginfo=texts)
    return buffer.getvalue()


def _free(child: Path) -> Path:
    number = 1
    while True:
        target = child.with_name(f"{child.stem}-aligned{'' if number == 1 else f'-{number}'}.png")
        if not target.exists():
            return target
        number += 1


def _opened(path: Path) -> Image:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            picture.load()
            return picture.copy()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UsageError(
            f"{path.name} cannot be read any more.", "Take it out of the trash, or make it again."
        ) from error
