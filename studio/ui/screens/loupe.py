"""The loupe: the whole terminal for one picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from studio.domain.take import Take, Verdict
from studio.domain.text import plain
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource

BACKDROPS = ("-black", "-white", "-magenta")
MARKS = {Verdict.PICKED: "✓ picked", Verdict.REJECTED: "✗ rejected", Verdict.UNDECIDED: "undecided"}

LOOK_AGAIN = 0.1
"""Seconds between two looks at which take is shown: a decision goes on to the next one by itself."""


class LoupeScreen(ModalScreen[None]):
    """Shows the take that `current` gives, follows it, and hands every verb of the take keys to `do`.

    `path_of` says where a take's file lies; verbs are those of the key table (pick, reject, unflag, stars-3, …),
    and `page` pages by a number of takes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space,q", "leave", "Back", id="loupe.leave"),
        Binding("left_square_bracket,left,h", "page(-1)", "Previous", id="loupe.previous"),
        Binding("right_square_bracket,right,l", "page(1)", "Next", id="loupe.next"),
        Binding("p", "verb('pick')", "Pick", id="loupe.pick"),
        Binding("x", "verb('reject')", "Reject", id="loupe.reject"),
        Binding("P", "verb('pick-stay')", "Pick, stay", id="loupe.pick-stay"),
        Binding("X", "verb('reject-stay')", "Reject, stay", id="loupe.reject-stay"),
        Binding("u", "verb('unflag')", "Undecided", id="loupe.unflag"),
        *(Binding(str(stars), f"verb('stars-{stars}')", show=False, id=f"loupe.stars-{stars}") for stars in range(6)),
        Binding("b", "backdrop", "Backdrop", id="loupe.backdrop"),
    ]
    DEFAULT_CSS = """
    LoupeScreen {
        background: black;
        & > PictureView { width: 100%; height: 1fr; background: black; }
        & > #loupe-line { height: 1; width: 100%; background: $panel; color: $text; padding: 0 1; }
        &.-white > PictureView { background: white; }
        &.-magenta > PictureView { background: #ff00ff; }
    }
    """

    def __init__(
        self,
        darkroom: Darkroom,
        current: Callable[[], Take | None],
        path_of: Callable[[Take], Path],
        do: Callable[[str], None],
        page: Callable[[int], None],
    ) -> None:
        super().__init__()
        self._darkroom = darkroom
        self._current = current
        self._path_of = path_of
        self._do = do
        self._page = page
        self._shown: Take | None = None
        self._backdrop = 0

    def compose(self) -> ComposeResult:
        """The picture, and one line about it."""
        yield PictureView(self._darkroom, empty="No take is shown.", id="loupe-picture")
        yield Static("", id="loupe-line", markup=False)

    def on_mount(self) -> None:
        """Show the take now and whenever it becomes another one."""
        self._follow()
        self.set_interval(LOOK_AGAIN, self._follow)

    def action_leave(self) -> None:
        """Back to the panes."""
        self.dismiss(None)

    def action_page(self, by: int) -> None:
        """The take before or after."""
        self._page(by)
        self._follow()

    def action_verb(self, verb: str) -> None:
        """Decide about the take that is shown."""
        self._do(verb)

    def action_backdrop(self) -> None:
        """Black, white, magenta: what a picture's edges look like on each."""
        self._backdrop = (self._backdrop + 1) % len(BACKDROPS)
        for number, name in enumerate(BACKDROPS):
            self.set_class(number == self._backdrop, name)

    def _follow(self) -> None:
        take = self._current()
        if take == self._shown:
            return
        before, self._shown = self._shown, take
        self.query_one("#loupe-line", Static).update(loupe_line(take) if take else "")
        picture = self.query_one(PictureView)
        if take is None:
            picture.clear()
        elif before is None or before.id != take.id:
            picture.show(PictureSource(self._path_of(take), take.id))


def loupe_line(take: Take) -> str:
    """What stands under the picture: `running-002 · ✓ picked ★★★ · seed 7 · 768×1024 · fal-ai/flux/dev`."""
    mark = f"{MARKS[take.verdict]} {'★' * take.stars}".strip()
    seed = "" if take.seed is None else f"seed {take.seed}"
    parts = [take.id, mark, seed, f"{take.width}×{take.height}", take.endpoint, "draft" if take.draft else ""]
    parts.append("blacked out by fal's safety checker" if take.flagged else "")
    return plain(" · ".join(part for part in parts if part))
