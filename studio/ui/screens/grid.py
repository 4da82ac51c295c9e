"""The grid of takes: a whole terminal of small pictures, with every key there is for a take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Static

from studio.ui import bindings
from studio.ui.grid_desk import GridDesk
from studio.ui.widgets.footer_line import FooterLine
from studio.ui.widgets.grid_head import GridHead
from studio.ui.widgets.grid_pane import GridPane, shape_of
from studio.ui.widgets.grid_preview import GridPreview

if TYPE_CHECKING:
    from studio.ui.workbench import Workbench

BOTH = 200
"""Columns from which the take under the cursor is seen large beside the grid."""

OWN = ("v", "w", "z", "Z", "plus", "minus", "equals_sign", "slash", "full_stop", "left", "right", "q")


def shared(keys: Sequence[Binding] = tuple(bindings.MAIN)) -> list[Binding]:
    """The keys of the main screen that are about takes, or open something: they do the same in the grid."""
    verbs = ("take(", "open(", "generate(", "history(")
    return [
        binding for binding in keys if binding.action.startswith(verbs) and not set(binding.key.split(",")) & set(OWN)
    ]


class GridScreen(Screen[None]):
    """Small pictures that flow through the cells in view. The take under the cursor is the shown one everywhere."""

    help_title = "Takes"
    help_text = (
        "The takes of this pose, of all poses, or of the whole project: w changes which, z and Z the order, + and - "
        "the size. / filters: words of the prompt, and pose:run model:flex verdict:picked stars:>=3 seed:123 "
        "price:<0.1 date:today date:>2026-11-01 draft refused; a minus in front turns a term round. Decisions leave "
        "everything where it is; . puts it into order again. New takes never move what you look at. "
        "Keys for a take do what they do everywhere: p and x decide and go on, digits are stars, d is the trash."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,v,q", "leave", "Back", id="grid.leave", key_display="esc"),
        Binding("slash", "filter", "Filter", id="screen.filter"),
        Binding("w", "scope", "Whose", tooltip="This pose, all poses, whole project", id="grid.scope"),
        Binding("z", "order(1)", "Order", id="grid.order"),
        Binding("Z", "order(-1)", "The order before", show=False, id="grid.order-back"),
        Binding("full_stop", "tidy", "Into order again", show=False, key_display=".", id="grid.tidy"),
        *shared(),
    ]
    AUTO_FOCUS = "GridPane"
    DEFAULT_CSS = """
    GridScreen {
        background: $background;
        #grid-filter { height: 1; border: none; padding: 0 1; background: $surface; }
        layers: base words;
        #grid-empty { layer: words; display: none; width: 100%; height: 1; margin: 4 2; color: $text-muted; }
        &.-empty #grid-empty { display: block; }
        &.-both GridPreview { display: block; }
    }
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._session = bench.session
        self._recalling = False
        self.desk = GridDesk(bench.session)
        darkroom = bench.view.darkroom
        self.head = GridHead()
        self.pane = GridPane(self.desk.list, darkroom, self.desk.source, self.desk.about, self._stand)
        self.pane.step = bench.session.grid.size
        self._preview = GridPreview(darkroom)
        self._filter = Input(bench.session.grid.filter, placeholder="words, stars:>=3, pose:run …", id="grid-filter")

    def compose(self) -> ComposeResult:
        """Head, filter, grid and large picture, keys."""
        yield self.head
        yield self._filter
        with Horizontal():
            yield self.pane
            yield self._preview
        yield Static("", id="grid-empty", markup=False)
        yield FooterLine()

    def on_mount(self) -> None:
        """The takes, with the shown one under the cursor."""
        self._filter.display = bool(self._filter.value)
        self.set_class(self.app.size.width >= BOTH, "-both")
        filters = [key for key, active in self.active_bindings.items() if active.binding.action == "filter"]
        self.pane.moves_focus = dict.fromkeys(filters, self.action_filter)
        self._bench.view.followers.append(self._follow)
        self.desk.fill()
        self.pane.shape = shape_of(self.desk.first())
        self._stand()

    def on_unmount(self) -> None:
        """Nobody has to be told any more."""
        self._bench.view.followers.remove(self._follow)

    def on_resize(self, event: events.Resize) -> None:
        """Room for a large picture, or none."""
        self.set_class(event.size.width >= BOTH, "-both")
        self.call_after_refresh(self._renew)

    def on_screen_resume(self) -> None:
        """Another screen was closed, where perhaps another take was shown, or one brought back."""
        if self._recalling:
            self._recalling = False
            self.desk.catch_up(recalled=True)
        if (take := self._session.selection.take) is not None:
            self.desk.list.bring(take.id)
        self._renew()

    def action_leave(self) -> None:
        """Out of the filter first, then back to the panes."""
        if self._filter.value or self._filter.has_focus:
            self._filter.value = ""
            self._filter.display = False
            self.pane.focus()
            return
        session = self._session
        session.grid = replace(session.grid, size=self.pane.step)
        session.window = replace(session.window, grid=session.grid.kept())
        self._bench.view.shown_changed()
        self.dismiss(None)

    def action_filter(self) -> None:
        """Type what is to be seen."""
        self.desk.warm()
        # Not by a class, which would wait for the next pass: what is typed at once has to find the focus.
        self._filter.display = True
        self.set_focus(self._filter)

    def action_scope(self) -> None:
        """This pose, all poses, the whole project."""
        self.desk.widen()
        self.pane.shape = shape_of(self.desk.first())
        self.pane.lay_out()
        self._renew()

    def action_order(self, by: int) -> None:
        """Another order."""
        self.desk.reorder(by)
        self._renew()

    def action_tidy(self) -> None:
        """Sort and filter afresh, with everything that came meanwhile."""
        self.desk.list.filter(self.desk.list.query)
        self._renew()

    def action_take(self, verb: str) -> None:
        """Do something with the take under the cursor; on to the next one of the grid where the key says so."""
        take = self.desk.list.take(self.desk.list.scroll.cursor)
        if take is None:
            return
        self._session.selection.show(take.id)
        goes_on = verb in ("pick", "reject") and not (verb == "pick" and take.flagged)
        self._bench.takes.do(f"{verb}-stay" if goes_on else verb)
        if goes_on:
            self.pane.action_move(1)
        self._renew()

    def action_open(self, what: str) -> None:
        """Open a screen over the grid."""
        if what != "grid":
            self._recalling = what == "trash"
            self._bench.open(what, self.focused)

    def action_generate(self, verb: str) -> None:
        """Make pictures."""
        self._bench.generate.do(verb)

    def action_history(self, verb: str) -> None:
        """Undo or redo; the take it was about comes under the cursor."""
        self._bench.host.start(self._turned(verb))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer takes with every letter."""
        self.desk.filter(event.value)
        self._renew()

    def on_input_submitted(self) -> None:
        """Back to the takes; an empty line goes away."""
        self._filter.display = bool(self._filter.value)
        self.pane.focus()

    async def on_grid_head_pressed(self, event: GridHead.Pressed) -> None:
        """A click on the head is a key."""
        verbs = {"scope": "scope", "order": "order(1)", "tidy": "tidy", "newest": "tidy"}
        await self.run_action(verbs[event.verb])

    async def _turned(self, verb: str) -> None:
        takes = self._bench.takes
        self._recalling = True
        try:
            await (takes.undo() if verb == "undo" else takes.redo())
        finally:
            self.on_screen_resume()

    def _follow(self) -> None:
        """Takes came, were decided or went."""
        # What undo or the trash brings back is no news: it goes to its place when they are through.
        if not self._recalling and self.desk.catch_up():
            self._renew()

    def _renew(self) -> None:
        self.pane.renew()
        self._stand()

    def _stand(self) -> None:
        """The take under the cursor is the shown one; the head says where it is."""
        takes = self.desk.list
        take = takes.take(takes.scroll.cursor)
        if take is not None and self.app.screen is self:
            # A screen over the grid, such as the loupe, has the say meanwhile.
            self._session.selection.show(take.id)
        self.head.use(self.desk.standing())
        self._preview.show(take, self.desk.source(take) if take else None)
        if self.has_class("-empty") is bool(takes.ids):
            self.set_class(not takes.ids, "-empty")
        if not takes.ids:
            self.query_one("#grid-empty", Static).update(self.desk.empty_words())
