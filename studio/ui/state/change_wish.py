"""What is asked for in the screen that changes a take, and the rows it is chosen from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain import money
from studio.domain.text import plain
from studio.ui.widgets.run_line import Run, clipped, justified
from studio.workflows.edit_slots import Power
from studio.workflows.editing import Editor

if TYPE_CHECKING:
    from studio.imaging.mask import Mask

DOES = {Power.EDITS: "edits", Power.POSES: "poses", Power.INPAINTS: "mask", Power.REDRAWS: "redraws"}
LOOKS = {Power.EDITS: "good", Power.POSES: "accent", Power.INPAINTS: "accent", Power.REDRAWS: "warn"}


@dataclass(frozen=True, slots=True)
class OfferedPicture:
    """A picture that can be sent along. Sizes in pixels."""

    path: str
    """Relative to the project."""
    label: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ChangeWish:
    """What an artist wants done to a take."""

    instruction: str
    model: str
    references: tuple[OfferedPicture, ...] = ()
    mask: Mask | None = None


def model_heading(width: int) -> list[Run]:
    """Over the models."""
    return justified([Run("who edits", "muted")], [Run(_columns("does", "more", "price"), "muted")], width)


def model_row(editor: Editor, chosen: bool, width: int) -> list[Run]:
    """One model: what it does, how many further references it takes, its price for this picture."""
    price = "unknown" if editor.price is None else money.shown(editor.price)
    more = "any" if editor.most_more is None else f"+{editor.most_more}" if editor.most_more else "·"
    title = [Run("● " if chosen else "  ", "accent"), Run(editor.model.title, "strong" if chosen else "")]
    said = _columns(DOES[editor.power], more, price)
    return justified(title, [Run(said[:9], LOOKS[editor.power]), Run(said[9:], "muted")], width)


def picture_row(picture: OfferedPicture, sent: Sequence[str], width: int) -> list[Run]:
    """One picture to send along, ticked with its number among those sent: the picture itself is image 1."""
    ticked = picture.path in sent
    mark = f"{sent.index(picture.path) + 2:>2} " if ticked else " □ "
    size = f" {picture.width}×{picture.height}"
    return justified(
        [Run(mark, "accent" if ticked else "muted"), Run(clipped(picture.label, max(8, width - 16)))],
        [Run(size, "muted")],
        width,
    )


def editor_words(editor: Editor) -> str:
    """What to know about a model, in a sentence or two."""
    mask = {"needed": " It needs a mask: m draws one.", "possible": " It may be given a mask."}.get(editor.mask, "")
    caution = f" {editor.model.caution}" if editor.model.caution else ""
    return plain(f"{editor.model.title} {editor.words}.{mask}{caution}")


def _columns(does: str, more: str, price: str) -> str:
    return f" {does:<8}{more:>5}{price:>9}"
