"""Pictures through textual-image: kitty's protocol and sixel."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.widget import Widget

from studio.ui.pictures.backend import PictureHost, Prepared, Room, Unwanted, Wanted
from studio.ui.pictures.cells import CellsBackend
from studio.ui.pictures.decode import decode
from studio.ui.pictures.line import Line
from studio.ui.pictures.source import PictureSource
from studio.ui.pictures.textual_image_parts import Protocol, image_class
from studio.ui.pictures.tier import Tier

if TYPE_CHECKING:
    from PIL.Image import Image
    from textual_image.widget import TGPImage


class TextualImageBackend:
    """Feeds textual-image with pictures already decoded and scaled by our threads; it encodes them itself, on the
    event loop (70 to 130 ms for a large preview). Pictures the terminal holds are deleted when they are replaced or
    taken away, which the package tries and does not achieve.
    """

    line: Line | None = None

    def __init__(self, protocol: Protocol, cell: tuple[int, int], symbols: CellsBackend) -> None:
        """`cell` are the pixels of one cell; `symbols` draw the small pictures of a grid, of which sixty would stop the
        event loop for seconds.
        """
        self.protocol = protocol
        self._cell = cell
        self._symbols = symbols

    @property
    def name(self) -> str:
        """What doctor calls it."""
        return f"textual-image ({self.protocol})"

    def warm_up(self) -> None:
        """Load textual-image and Pillow."""
        from PIL import Image

        Image.preinit()
        image_class(self.protocol, self._cell)

    def tiers(self) -> tuple[Tier, ...]:
        """The package knows one."""
        return (Tier.FULL,)

    def use_cell(self, cell: tuple[int, int]) -> None:
        """The package asks once and keeps to it, so this does too."""

    def prepare(self, source: PictureSource, room: Room, tier: Tier, wanted: Wanted) -> Prepared:
        """Decode and scale to the very pixels the cells have, so that the package has nothing to scale."""
        if room.small:
            return self._symbols.prepare(source, room, tier, wanted)
        image_class(self.protocol, self._cell)
        dots = (1, 2) if self.protocol is Protocol.HALF else self._cell
        picture, columns, rows = decode(source, room, self._cell, dots, wanted)
        if not wanted():
            raise Unwanted
        return Prepared(source, columns, rows, picture.width * picture.height * 3, payload=picture)

    def holds(self, prepared: Prepared) -> bool:
        """It sends every time."""
        return True

    def emit(self, view: PictureHost, prepared: Prepared, wanted: Wanted) -> None:
        """Give the picture to the package's widget; the first one makes that widget."""
        if prepared.strips:
            view.lay(prepared)
            return
        picture = cast("Image", prepared.payload)
        kind = image_class(self.protocol, self._cell)
        held = view.housed
        if isinstance(held, kind):
            widget = held
            stale = self._in_terminal(held)
            widget.styles.width, widget.styles.height = prepared.columns, prepared.rows
            widget.image = picture
            # The old picture stays on the screen until the new one has been drawn over it.
            widget.call_after_refresh(self._delete, view, stale)
            view.lay(prepared, widget=widget)
            return
        widget = kind(picture)
        widget.styles.width, widget.styles.height = prepared.columns, prepared.rows
        view.lay(prepared, widget=widget)

    def conceal(self, view: PictureHost) -> None:
        """Delete what the terminal holds."""
        if view.housed is not None:
            self._delete(view, self._in_terminal(view.housed))

    def withdraw(self, view: PictureHost) -> None:
        """Delete what the terminal holds."""
        self.conceal(view)

    def _in_terminal(self, widget: Widget) -> int | None:
        """The number under which a kitty terminal holds the picture of the widget."""
        if self.protocol is not Protocol.KITTY:
            return None
        renderable = cast("TGPImage", widget)._renderable
        return getattr(renderable, "terminal_image_id", None)

    def _delete(self, view: PictureHost, number: int | None) -> None:
        if number is not None:
            view.wire.write(f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\")
