"""The trash: thrown-away takes as small pictures, each of which can come back, and the one way to be rid of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from studio.domain.take import Take
from studio.ui.pictures.source import PictureSource
from studio.ui.screens.dialog import Dialog, words
from studio.ui.state.grid_list import GridList
from studio.ui.state.grid_scroll import GridScroll
from studio.ui.state.undo import Decision
from studio.ui.widgets.footer_line import FooterLine
from studio.ui.widgets.grid_head import GridHead, GridStanding
from studio.ui.widgets.grid_pane import GridPane, shape_of
from studio.ui.widgets.take_badges import Circumstances
from studio.workflows.trash import TrashSum, empty_trash, restore, sum_of, trashed_takes

if TYPE_CHECKING:
    from studio.ui.workbench import Workbench

EMPTY = "The trash is empty. d puts a take into it."


class ConfirmEmptyScreen(Dialog[bool]):
    """Says what would be lost; True when the artist wants that. The dangerous answer needs its own letter."""

    title_text = "Delete these pictures for good?"
    hint = "e deletes them · esc, n or enter keeps them"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "answer(True)", "Delete"),
        Binding("n,enter,escape", "answer(False)", "Keep"),
    ]

    def __init__(self, lost: TrashSum) -> None:
        super().__init__()
        self._lost = lost

    def body(self) -> Iterable[Widget]:
        """How many, and what they cost."""
        yield words(f"{self._lost.words()}.")
        yield words("No undo brings them back. What was spent stays in the ledger.", muted=True)

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)


class TrashScreen(Screen[None]):
    """What was thrown away, newest first. Enter brings a take back; the trash is emptied only on request."""

    help_title = "Trash"
    help_text = (
        "The takes that were thrown away. Enter (or d again) brings one back to where it was, with its verdict and "
        "its stars; ctrl+z throws it away again. E deletes all of them for good, after asking."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,D,q", "leave", "Back", id="trash.leave", key_display="esc"),
        Binding("enter,d,u", "restore", "Bring back", id="trash.restore", key_display="enter"),
        Binding("E", "empty", "Empty the trash", id="trash.empty"),
        Binding("ctrl+z", "history('undo')", "Undo", show=False, id="screen.undo"),
        Binding("ctrl+y", "history('redo')", "Redo", show=False, id="screen.redo"),
        Binding("question_mark,f1", "help", "Help", key_display="?", id="screen.help"),
    ]
    AUTO_FOCUS = "GridPane"
    DEFAULT_CSS = """
    TrashScreen {
        background: $background;
        layers: base words;
        #trash-empty { layer: words; display: none; width: 100%; height: 1; margin: 4 2; color: $text-muted; }
        &.-empty #trash-empty { display: block; }
    }
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._studio = bench.session.studio
        self._takes: dict[str, Take] = {}
        self.list = GridList(self._takes.get, GridScroll())
        self.head = GridHead()
        self.pane = GridPane(
            *(self.list, bench.view.darkroom, self._source, lambda take: Circumstances(), self._stand),
            opens="screen.restore",
        )
        self.pane.step = bench.session.grid.size

    def compose(self) -> ComposeResult:
        """Head, pictures, keys."""
        yield self.head
        yield self.pane
        yield Static(EMPTY, id="trash-empty", markup=False)
        yield FooterLine()

    def on_mount(self) -> None:
        """Read what there is."""
        self._bench.host.start(self._read())

    def action_leave(self) -> None:
        """Back to the panes."""
        self.dismiss(None)

    def action_restore(self) -> None:
        """Bring the take under the cursor back."""
        if (take := self.list.take(self.list.scroll.cursor)) is not None:
            self._bench.host.start(self._restored(take))

    def action_empty(self) -> None:
        """Ask, then delete everything."""
        takes = list(self._takes.values())
        if takes:
            self._bench.host.ask(ConfirmEmptyScreen(sum_of(takes)), lambda yes: self._answered(yes, takes))

    def action_history(self, verb: str) -> None:
        """Undo or redo."""
        self._bench.host.start(self._turned(verb))

    def action_help(self) -> None:
        """What the trash is, and its keys."""
        from studio.ui.screens.help import HelpScreen

        host = self._bench.host
        host.ask(HelpScreen(self.help_title, self.help_text, host.keys_of(self.focused)), lambda _: None)

    def _answered(self, yes: bool, takes: list[Take]) -> None:
        if yes:
            self._bench.host.start(self._emptied(takes))

    async def _restored(self, take: Take) -> None:
        await restore(self._studio, take.id)
        self._bench.session.undo.did(Decision())
        self._bench.view.decided()
        self._bench.host.say(f"{take.id} is back.")
        await self._read()

    async def _emptied(self, takes: list[Take]) -> None:
        try:
            await empty_trash(self._studio, takes)
            self._bench.host.say(f"{sum_of(takes).words()} went for good.")
        finally:
            await self._read()

    async def _turned(self, verb: str) -> None:
        takes = self._bench.takes
        await (takes.undo() if verb == "undo" else takes.redo())
        await self._read()

    async def _read(self) -> None:
        found = await trashed_takes(self._studio)
        self._takes.clear()
        self._takes.update({take.id: take for take in found})
        at = self.list.scroll.cursor
        self.list.fill(found, lambda take: True)
        self.list.scroll.go(at)
        self.set_class(not found, "-empty")
        self.pane.shape = shape_of(found)
        self.pane.lay_out()
        self._stand()

    def _stand(self) -> None:
        """Say which one it is, and what all of them cost."""
        takes, count = list(self._takes.values()), len(self._takes)
        lost, place = sum_of(takes).words() if takes else "", self.list.scroll.cursor + 1 if takes else 0
        self.head.use(GridStanding("Trash", "", lost, place, count, count))

    def _source(self, take: Take) -> PictureSource:
        return PictureSource.of_take(self._bench.session.project.folder, take)
