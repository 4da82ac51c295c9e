"""The main screen: where the panes stand, and which keys lead to which deeds."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input

from studio.ui import bindings
from studio.ui.outside_editor import edit_outside
from studio.ui.panes.model_pane import ModelPane
from studio.ui.places import TABS, Places
from studio.ui.session import Session
from studio.ui.view import View
from studio.ui.widgets.footer_line import FooterLine
from studio.ui.widgets.header_line import HeaderLine
from studio.ui.widgets.pose_list import PoseList
from studio.ui.widgets.tab_line import TabLine
from studio.ui.widgets.take_strip import TakeStrip
from studio.ui.workbench import Workbench


class MainScreen(Screen[None]):
    """Lays out the panes for the width there is. Deeds are done by the objects of the workbench."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.MAIN]
    AUTO_FOCUS = "#pose-list"

    def __init__(self, session: Session, view: View, bench: Workbench) -> None:
        super().__init__()
        self._session = session
        self._view = view
        self._bench = bench
        self.tabs = TabLine(TABS, id="tabs")
        self.panes = (view.poses, view.character, view.model, view.preview, view.log)
        self.places = Places(self, view, session.window)
        bench.failures.show_pane = lambda pane: self.places.show(pane, focus=True)

    def compose(self) -> ComposeResult:
        """Header, tabs, two columns, footer."""
        view = self._view
        yield view.header
        yield self.tabs
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield view.character
                yield view.poses
                yield view.model
            with Vertical(id="right"):
                yield view.preview
                yield view.log
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """The log as it was left."""
        if self._session.window.log_filter:
            self._view.log.set_filter(self._session.window.log_filter)

    @on(events.Resize)
    @on(events.ScreenResume)
    def settle(self) -> None:
        """Another width may mean another layout, another font other pictures; and with another screen gone, another
        take may be the shown one.
        """
        self.places.settle()
        self._view.darkroom.refit(self.app)
        if self._view.preview.is_mounted:
            self._view.preview.renew()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """On a narrow screen the pane that has the focus is the one that is seen."""
        self.places.focused(event.widget)

    def action_generate(self, verb: str) -> None:
        """Make pictures."""
        self._bench.generate.do(verb)

    def action_take(self, verb: str) -> None:
        """Do something with the shown take."""
        self._bench.takes.do(verb)

    def action_page(self, by: int) -> None:
        """Another take of the pose."""
        self._bench.takes.page(by)

    def action_poses(self, verb: str) -> None:
        """Do something with the pose list."""
        self._bench.poses.do(verb)

    def action_open(self, what: str) -> None:
        """Open one of the screens, or let an area do one of its deeds."""
        self._bench.open(what, self.focused)

    def action_history(self, verb: str) -> None:
        """Undo or redo; in a one-line field the keys have no meaning, and must not reach a decision by surprise."""
        if isinstance(self.focused, Input):
            return
        self._bench.host.start(self._bench.takes.undo() if verb == "undo" else self._bench.takes.redo())

    async def action_character(self, verb: str) -> None:
        """Open the editor of the character, or close it."""
        pane = self._view.character
        if verb == "edit":
            self.places.show("character")
            await pane.open()
        else:
            pane.close()

    def action_pane(self, by: int) -> None:
        """The pane after or before the focused one."""
        self.places.turn(by)

    def action_jump(self) -> None:
        """Letters over the panes."""
        self._bench.screens.jump(self.places)

    def action_filter(self) -> None:
        """The log is what is filtered where nothing nearer has a filter."""
        self.places.show("log")
        self._view.log.action_filter()

    def action_external(self) -> None:
        """The long text in the artist's own editor."""
        self._bench.host.start(edit_outside(self._session, self._view, self._bench.host))

    def action_resize(self, columns: int, rows: int) -> None:
        """Wider or narrower, higher or lower."""
        self.places.resize(columns, rows)

    def on_pose_list_moved(self, event: PoseList.Moved) -> None:
        """Another pose."""
        self._bench.poses.go_to(event.name)

    def on_pose_list_ticked(self, event: PoseList.Ticked) -> None:
        """A tick."""
        self._bench.poses.tick(event.name)

    def on_take_strip_chosen(self, event: TakeStrip.Chosen) -> None:
        """A take was clicked or stepped to."""
        self._bench.takes.show(event.take_id)

    def on_tab_line_chosen(self, event: TabLine.Chosen) -> None:
        """A tab was clicked."""
        self.places.show(event.tab, focus=True)

    def on_header_line_queue_wanted(self, event: HeaderLine.QueueWanted) -> None:
        """The counts were clicked."""
        self._bench.screens.open("queue", self.focused)

    def on_model_pane_recipe_changed(self, event: ModelPane.RecipeChanged) -> None:
        """Another price."""
        self._view.offer_changed()

    def on_model_pane_reference_wanted(self, event: ModelPane.ReferenceWanted) -> None:
        """Another reference picture."""
        self._bench.refer(event.choice)

    def on_character_editor_edited(self) -> None:
        """Another prompt, perhaps another figure."""
        self._view.poses.renew()
        self._view.offer_changed()
        self._view.standing_changed()
