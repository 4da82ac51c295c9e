"""Changing a take by words: what, who does it, what it is to look like, where; and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static, TextArea

from studio.domain.errors import UsageError
from studio.domain.text import plain
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource
from studio.ui.screens.dialog import Dialog
from studio.ui.state.change_wish import (
    ChangeWish,
    OfferedPicture,
    editor_words,
    model_heading,
    model_row,
    picture_row,
)
from studio.ui.widgets.long_table import LongTable
from studio.ui.widgets.run_line import Run
from studio.workflows.editing import Editor

if TYPE_CHECKING:
    from studio.imaging.mask import Mask

Price = Callable[[ChangeWish], str]
"""What a wish would cost, in words. Raises UsageError with what stands in its way."""


@dataclass(frozen=True, slots=True)
class ChangeDeeds:
    """What the screen can open over itself."""

    mask: Callable[[Mask | None, Callable[[Mask], None]], None]
    """Draw a mask, with the one there is, and hand the new one back."""
    request: Callable[[ChangeWish], None]
    """Show the exact request of a wish."""


EXAMPLES = 'Say what is to stay, too: "keep the face and the pose".'


class ChangeScreen(Dialog[ChangeWish]):
    """Gives the wish on ctrl+s, once it can be done. Enter or space ticks a picture; the price follows every edit."""

    title_text = "Change this take"
    hint = "ctrl+s makes it · tab goes on · space sends a picture along · m mask, M none · F7 exact request · esc"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Make it", priority=True, id="edit.send"),
        Binding("f7", "request", "The exact request", show=False, priority=True, id="edit.request"),
        Binding("m", "mask", "Draw a mask", id="edit.mask"),
        Binding("M", "unmask", "Without the mask", show=False, id="edit.unmask"),
        Binding("space,enter", "tick", "Send it along", show=False, id="edit.tick"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    ChangeScreen {
        & > .dialog-panel { width: 100%; max-width: 170; height: 94%; padding: 0 1; }
        #change-body { height: 1fr; }
        #change-picture { width: 2fr; margin-right: 1; }
        #change-form { width: 3fr; height: 1fr; }
        TextArea, TextArea:focus { height: 4; border: none; background: $panel; padding: 0 1; }
        #change-models { height: 2fr; min-height: 3; }
        #change-pictures { height: 1fr; min-height: 2; max-height: 9; }
        #change-said { height: 4; color: $text-muted; overflow: hidden; }
        #change-price { height: 2; overflow: hidden; }
        #change-price.-broken { color: $text-warning; }
        .dialog-hint { margin-top: 0; }
    }
    ChangeScreen.-narrow #change-picture { display: none; }
    ChangeScreen.-short { TextArea, TextArea:focus { height: 3; } #change-said { height: 3; } }
    """

    def __init__(
        self,
        title: str,
        picture: tuple[Darkroom, PictureSource],
        editors: Sequence[Editor],
        offered: Sequence[OfferedPicture],
        price: Price,
        deeds: ChangeDeeds,
        wish: ChangeWish,
    ) -> None:
        super().__init__()
        self._title = title
        self._darkroom, self._source = picture
        self._editors = editors
        self._offered = offered
        self._price = price
        self._deeds = deeds
        self._first = wish
        self._sent = [one.path for one in wish.references]
        self._mask = wish.mask

    def body(self) -> Iterable[Widget]:
        """The picture beside the words, the models, the pictures to send along, the price."""
        with Horizontal(id="change-body"):
            yield PictureView(self._darkroom, id="change-picture")
            with Vertical(id="change-form"):
                yield TextArea(self._first.instruction, soft_wrap=True, tab_behavior="focus", id="change-words")
                yield LongTable(id="change-models")
                yield LongTable(id="change-pictures")
                yield Static("", id="change-said", markup=False)
                yield Static("", id="change-price", markup=False)

    def on_mount(self) -> None:
        """The words come first; the model that was chosen last is chosen."""
        self.query_one(".dialog-panel").border_title = plain(self._title)
        size = self.app.size
        self.set_class(size.width < 100, "-narrow")
        self.set_class(size.height < 32, "-short")
        self.query_one(PictureView).show(self._source)
        models, pictures = self.query_one("#change-models", LongTable), self.query_one("#change-pictures", LongTable)
        at = next((n for n, one in enumerate(self._editors) if one.model.id == self._first.model), 0)
        models.use(
            model_heading,
            lambda number, width: model_row(self._editors[number], number == models.cursor, width),
            len(self._editors),
            "No model of the catalogue edits.",
        )
        models.action_move(at)
        pictures.use(
            lambda width: [self._along()],
            lambda number, width: picture_row(self._offered[number], self._sent, width),
            len(self._offered),
            "No reference yet: F9 takes some in.",
        )
        self.query_one(TextArea).focus()
        self._show()

    def on_resize(self) -> None:
        """The picture gives way first."""
        size = self.app.size
        self.set_class(size.width < 100, "-narrow")
        self.set_class(size.height < 32, "-short")

    def on_text_area_changed(self) -> None:
        """Every letter may make it possible."""
        self._show()

    def on_long_table_moved(self, event: LongTable.Moved) -> None:
        """Another model is another price."""
        event.stop()
        self._show()

    def action_tick(self) -> None:
        """Send the picture under the cursor along, or not; in the models go on to the pictures."""
        pictures = self.query_one("#change-pictures", LongTable)
        if not pictures.has_focus or not self._offered:
            self.focus_next()
            return
        path = self._offered[pictures.cursor].path
        if path in self._sent:
            self._sent.remove(path)
        else:
            self._sent.append(path)
        pictures.refresh()
        self._show()

    def action_mask(self) -> None:
        """Draw a mask, or go on drawing."""
        self._deeds.mask(self._mask, self._masked)

    def action_request(self) -> None:
        """What would be sent, word for word; not before it can be."""
        if self._possible():
            self._deeds.request(self.wish())

    def action_unmask(self) -> None:
        """Let everything change again."""
        self._mask = None
        self._show()

    def action_send(self) -> None:
        """Close with the wish, unless something stands in its way."""
        if self._possible():
            self.dismiss(self.wish())

    def wish(self) -> ChangeWish:
        """What is asked for now."""
        by_path = {one.path: one for one in self._offered}
        return ChangeWish(
            " ".join(self.query_one(TextArea).text.split()),
            self._editor().model.id if self._editors else "",
            tuple(by_path[path] for path in self._sent if path in by_path),
            self._mask,
        )

    def _possible(self) -> bool:
        try:
            self._price(self.wish())
        except UsageError:
            self._show()
            self.app.bell()
            return False
        return True

    def _editor(self) -> Editor:
        return self._editors[min(self.query_one("#change-models", LongTable).cursor, len(self._editors) - 1)]

    def _masked(self, mask: Mask) -> None:
        self._mask = mask
        self._show()

    def _along(self) -> Run:
        more = f", {len(self._sent)} more" if self._sent else ""
        masked = f" · mask: {self._mask.share:.0%} may change" if self._mask else ""
        return Run(f"sent: image 1 is this take{more}{masked}", "muted")

    def _show(self) -> None:
        if not self._editors:
            return
        wish, price = self.wish(), self.query_one("#change-price", Static)
        try:
            said, broken = self._price(wish), False
        except UsageError as error:
            said, broken = f"{error.happened} {error.remedy}".strip(), True
        price.set_class(broken, "-broken")
        price.update(plain(said, lines=True), layout=False)
        about = EXAMPLES if not wish.instruction else ""
        self.query_one("#change-said", Static).update(
            plain(f"{editor_words(self._editor())} {about}".strip(), lines=True, limit=600), layout=False
        )
        self.query_one("#change-models", LongTable).refresh()
        self.query_one("#change-pictures", LongTable).refresh()
