"""No pictures: the view says where the file is."""

from __future__ import annotations

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from studio.domain.text import plain
from studio.ui.pictures.backend import BrokenPicture, PictureHost, Prepared, Room, Wanted
from studio.ui.pictures.line import Line
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.tier import Tier


class PathOnlyBackend:
    """For `--graphics off`: name, size in pixels and bytes, and the path, to open it elsewhere."""

    line: Line | None = None

    @property
    def name(self) -> str:
        """What `--graphics` calls it."""
        return "off"

    def warm_up(self) -> None:
        """Nothing is worth it."""

    def tiers(self) -> tuple[Tier, ...]:
        """Words are words."""
        return (Tier.FULL,)

    def use_cell(self, cell: tuple[int, int]) -> None:
        """Nothing depends on it."""

    def prepare(self, source: PictureSource, room: Room, tier: Tier, wanted: Wanted) -> Prepared:
        """Look at the file's head only."""
        from PIL import Image, UnidentifiedImageError

        try:
            with Image.open(source.path) as file:
                size = f"{file.width} × {file.height} pixels, {source.path.stat().st_size / 1e6:.1f} MB"
        except FileNotFoundError:
            raise BrokenPicture(f"{source.path.name} is not on the disk any more.") from None
        except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
            raise BrokenPicture(f"{source.path.name} is not a picture that can be read.") from None
        lines = [plain(source.path.name), size, *_wrapped(plain(source.path), room.columns)][: room.rows]
        width = min(max(len(line) for line in lines), room.columns)
        strips = tuple(Strip([Segment(set_cell_size(line, width))], width) for line in lines)
        return Prepared(source, width, len(lines), 200, strips)

    def holds(self, prepared: Prepared) -> bool:
        """Lines are all there is."""
        return True

    def emit(self, view: PictureHost, prepared: Prepared, wanted: Wanted) -> None:
        """Hand over the lines."""
        view.lay(prepared)

    def conceal(self, view: PictureHost) -> None:
        """Nothing is held."""

    def withdraw(self, view: PictureHost) -> None:
        """Nothing is held."""


def _wrapped(text: str, columns: int) -> list[str]:
    return [text[start : start + columns] for start in range(0, len(text), max(1, columns))]
