"""The part of looking that is about how near: keys, wheel and pointer move one zoom."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from studio.imaging.view_crop import Backdrop
from studio.ui.look_deeds import LookDeeds
from studio.ui.screens.look_screen import LookScreen
from studio.ui.state.zoom import MIDDLE, Pane, Zoom
from studio.ui.widgets.zoom_picture import ZoomPicture

SIDEWAYS = 0.25
"""Share of the pane that a key moves the picture by."""

NEARNESS: list[BindingType] = [
    Binding("left,h", "move(-1, 0)", "Left; the take before when all is seen", show=False, id="loupe.left"),
    Binding("right,l", "move(1, 0)", "Right; the next take when all is seen", show=False, id="loupe.right"),
    Binding("up,k", "move(0, -1)", "Up", show=False, id="loupe.up"),
    Binding("down,j", "move(0, 1)", "Down", show=False, id="loupe.down"),
    Binding("equals_sign", "actual", "100 %", key_display="=", id="loupe.actual"),
    Binding("w", "fit", "Whole", tooltip="The whole picture", id="loupe.fit"),
    Binding("plus,z", "magnify(1)", "Nearer", key_display="+", id="loupe.nearer"),
    Binding("minus,Z", "magnify(-1)", "Farther", key_display="-", id="loupe.farther"),
]


class ZoomScreen(LookScreen):
    """One zoom and one backdrop for all pictures of the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [*NEARNESS]

    def __init__(self, deeds: LookDeeds) -> None:
        super().__init__(deeds)
        self.zoom = Zoom()
        self.backdrop = Backdrop.BLACK

    def pane(self) -> Pane | None:
        """Of the picture whose pixels count; None while there is none."""
        raise NotImplementedError

    def looked(self) -> None:
        """The zoom or the backdrop is another one: show it."""
        raise NotImplementedError

    def stepped(self, across: int, down: int) -> None:
        """A key that would move the picture, but all of it is seen."""

    def action_move(self, across: int, down: int) -> None:
        """Move the picture when it is near."""
        if self.zoom.fitted:
            self.stepped(across, down)
        else:
            self._pan(across * SIDEWAYS, down * SIDEWAYS)

    def action_actual(self) -> None:
        """The picture's own pixels."""
        if (pane := self.pane()) is not None:
            self._use(self.zoom.at_scale(1.0, pane))

    def action_fit(self) -> None:
        """The whole picture."""
        self._use(Zoom())

    def action_magnify(self, by: int) -> None:
        """Nearer or farther."""
        if (pane := self.pane()) is not None:
            self._use(self.zoom.magnify(by, pane, MIDDLE))

    def action_backdrop(self) -> None:
        """What a picture's edges look like on another ground."""
        self.backdrop = self.backdrop.following
        self.looked()

    def on_zoom_picture_dragged(self, event: ZoomPicture.Dragged) -> None:
        """The picture follows the pointer."""
        self._pan(-event.across, -event.down)

    def on_zoom_picture_wheeled(self, event: ZoomPicture.Wheeled) -> None:
        """Nearer or farther at the pointer."""
        if (pane := self.pane()) is not None:
            self._use(self.zoom.magnify(event.by, pane, event.at))

    def _pan(self, across: float, down: float) -> None:
        if (pane := self.pane()) is not None:
            self._use(self.zoom.pan(across, down, pane))

    def _use(self, zoom: Zoom) -> None:
        self.zoom = zoom
        self.looked()
