"""A pose from a picture: which one, what reading it costs, and how it comes along."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from studio.domain.errors import StudioError
from studio.domain.text import plain
from studio.ui.later import Later
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource
from studio.ui.pose_reader import Outlook
from studio.ui.screens.dialog import Dialog, words
from studio.workflows.pose_from_picture import Reading

REST = 0.25
"""Seconds without a letter after which the named picture is looked at."""

ASKED = "A file of one person from head to feet, an OpenPose skeleton, or a take by its name."
LEFT = "The skeleton comes as a take all the same; reading that picture again costs nothing then."


class Reader(Protocol):
    """What the screen needs: `PoseReader` is one."""

    @property
    def sandbox(self) -> bool:
        """True when nothing is charged."""
        ...

    def suggestion(self) -> str:
        """What is offered first."""
        ...

    async def look(self, text: str) -> Outlook:
        """Find a picture and say what reading it would take. Raises StudioError."""
        ...

    async def read(self, outlook: Outlook, tell: Tell) -> Reading:
        """The pose. Raises StudioError."""
        ...


class Tell(Protocol):
    """Hears how far it is."""

    def __call__(self, text: str, /) -> None:
        """A sentence."""
        ...


class PosePictureScreen(Dialog[Reading]):
    """Gives what was read on enter. Nothing is sent before the price stood on the screen and enter was pressed."""

    title_text = "Pose from a picture"
    hint = "⏎ reads it · esc leaves"
    help_text = (
        "Names a picture whose pose you want: a file, or a take. A skeleton picture is read at once and costs nothing. "
        "For any other DWPose at fal draws the skeleton first, which stays as a take. What was read opens in the pose "
        "editor, where it can be set right before it is kept."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", "Read it", id="pose-picture.read", priority=True),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    PosePictureScreen {
        & > .dialog-panel { width: 88; padding: 0 1; }
        Horizontal { height: 14; }
        Vertical { width: 1fr; height: 14; }
        PictureView { width: 28; height: 14; }
        Input, Input:focus { border: none; height: 1; padding: 0 1; background: $panel; margin: 1 1 1 0; }
        #pose-picture-said { height: auto; margin-right: 1; }
        #pose-picture-said.trouble { color: $text-error; }
        .dialog-hint { margin-top: 0; }
    }
    """

    def __init__(self, reader: Reader, darkroom: Darkroom) -> None:
        super().__init__()
        self._reader = reader
        self._picture = PictureView(darkroom, empty="", id="pose-picture-view")
        self._said = words("", name="pose-picture-said")
        self._outlook: Outlook | None = None
        self._reading = False
        self._rest: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """The name of the picture, what is known about it, and the picture."""
        with Horizontal():
            with Vertical():
                yield words(ASKED, muted=True)
                yield Input(self._reader.suggestion(), placeholder="photo.jpg", id="pose-picture-name")
                yield self._said
            yield self._picture

    def on_mount(self) -> None:
        """Look at what is offered."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another picture: looked at when the keys rest."""
        self._outlook = None
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, partial(self._begin, event.value))

    def action_read(self) -> None:
        """Read what is named and was looked at; before that, look at it first."""
        if self._reading:
            return
        if self._outlook is None:
            self._begin(self.query_one(Input).value)
            return
        self._reading = True
        self.query_one(Input).disabled = True
        self.run_worker(Later(partial(self._read, self._outlook)), group="pose-picture", exclusive=True)

    def action_leave(self) -> None:
        """Close; what was sent goes on."""
        if self._reading and self._outlook is not None and self._outlook.reading is None:
            self.app.notify(LEFT, markup=False)
        self.dismiss(None)

    def _begin(self, text: str) -> None:
        self._rest = None
        if not text.strip():
            self._picture.clear()
            self._say("")
            return
        self.run_worker(Later(partial(self._look, text)), group="pose-picture", exclusive=True)

    async def _look(self, text: str) -> None:
        self._say("Looking at it …")
        try:
            outlook = await self._reader.look(text)
        except StudioError as error:
            self._picture.clear()
            self._trouble(error)
            return
        self._outlook = outlook
        self._picture.show(PictureSource(outlook.picture.path, outlook.picture.reference.sha256))
        self._say(outlook.words(self._reader.sandbox))

    async def _read(self, outlook: Outlook) -> None:
        try:
            reading = await self._reader.read(outlook, self._say)
        except StudioError as error:
            self._trouble(error)
            self._reading = False
            self._outlook = None
            self.query_one(Input).disabled = False
            self.query_one(Input).focus()
            return
        self.dismiss(reading)

    def _trouble(self, error: StudioError) -> None:
        self._say(f"{error.happened} {error.remedy}".strip())
        self._said.add_class("trouble")

    def _say(self, text: str, /) -> None:
        self._said.remove_class("trouble")
        self._said.update(plain(text, limit=600))
