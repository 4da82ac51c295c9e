"""The pane of the poses: the list, its filter, and in its frame what is ticked and what it would cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from studio.domain.pose import Pose
from studio.ui.session import Offer, Session
from studio.ui.widgets.pose_list import PoseList
from studio.ui.widgets.pose_rows import PoseRow
from studio.ui.widgets.tiny_figure import row_figure


class PosePane(Vertical):
    """The poses of the project. The list inside posts what the artist does; this pane filters and draws."""

    help_title = "Poses"
    help_text = (
        "One row is one pose. ■ poses are made when you press ctrl+g; with none ticked, the one under the cursor is. "
        "✓1 ·5 means one take picked of five. A figure is drawn from the pose's skeleton, or guessed from its words. "
        "Everything you change is written to poses.toml, with your comments kept."
    )
    DEFAULT_CSS = """
    PosePane > Input { height: 1; border: none; padding: 0 1; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "screen.poses('new')", "New", id="poses.new"),
        Binding("e", "screen.poses('edit')", "Edit", id="poses.edit"),
        Binding("b", "screen.poses('presets')", "Sets", tooltip="Add poses from the sets", id="poses.presets"),
        Binding("delete,backspace", "screen.poses('delete')", "Delete pose", show=False, id="poses.delete"),
        Binding("J,shift+down", "screen.poses('down')", "Move pose down", show=False, id="poses.move-down"),
        Binding("K,shift+up", "screen.poses('up')", "Move pose up", show=False, id="poses.move-up"),
        Binding("A", "screen.poses('tick-all')", "Tick all or none", show=False, id="poses.tick-all"),
        Binding("T", "screen.poses('tick-set')", "Tick the whole set", show=False, id="poses.tick-set"),
        Binding("slash", "filter", "Filter", id="poses.filter"),
        Binding("escape", "unfilter", "Show all", show=False, id="poses.unfilter"),
    ]

    def __init__(self, session: Session, *, utf8: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self._session = session
        self._utf8 = utf8
        self._words: tuple[str, ...] = ()
        self.border_title = "Poses"
        self.list = PoseList(self._figure, id="pose-list")

    def compose(self) -> ComposeResult:
        """The list; the filter comes when it is asked for."""
        yield self.list

    def on_mount(self) -> None:
        """The poses as they are."""
        self.renew()

    def renew(self) -> None:
        """Poses were added, moved, ticked or filtered."""
        rows = self._session.pose_rows()
        self.list.use(self._filtered(rows), self._session.selection.pose)
        self._count(rows)

    def update_states(self) -> None:
        """Takes or jobs of some poses look different."""
        rows = self._session.pose_rows()
        shown = self._filtered(rows)
        if len(shown) == self.list.count:
            self.list.update_rows(shown)
        else:
            self.list.use(shown, self._session.selection.pose)

    def follow(self) -> None:
        """The current pose is another one."""
        current = self.list.current
        if current is None or current.name != self._session.selection.pose:
            self.renew()

    def show_offer(self, offer: Offer) -> None:
        """What ctrl+g would cost, in the frame."""
        price = "not ready: see Model" if offer.trouble else offer.price()
        words = f"{offer.words()} · {price}" if offer.poses else ""
        if words != self.border_subtitle:
            self.border_subtitle = words

    def action_filter(self) -> None:
        """Open the filter."""
        field = self._field()
        if field is None:
            field = Input(placeholder="filter: words of name, text or set", id="pose-filter", compact=True)
            self.mount(field, before=self.list)
        # At once, not in a moment: what was typed with the slash must not become deeds.
        self.screen.set_focus(field)

    def action_unfilter(self) -> None:
        """Show every pose again."""
        if (field := self._field()) is not None:
            field.remove()
        self.list.focus()
        self._words = ()
        self.renew()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer rows with every letter."""
        event.stop()
        self._words = tuple(event.value.casefold().split())
        self.renew()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the rows; an empty filter goes away."""
        event.stop()
        self.list.focus()
        if not event.value.strip():
            self.action_unfilter()

    def on_key(self, event: events.Key) -> None:
        """Down leaves the filter for the rows."""
        if event.key == "down" and self.list.has_focus is False:
            event.stop()
            self.list.focus()

    def _figure(self, pose: Pose, tall: bool) -> tuple[str, ...]:
        return row_figure(pose, self._session.project.character.proportions, tall, self._utf8)

    def _field(self) -> Input | None:
        return next(iter(self.query(Input)), None)

    def _filtered(self, rows: Sequence[PoseRow]) -> list[PoseRow]:
        if not self._words:
            return list(rows)
        return [row for row in rows if _fits(row.pose, self._words)]

    def _count(self, rows: Sequence[PoseRow]) -> None:
        ticked = sum(row.pose.ticked for row in rows)
        self.border_title = f"Poses  {ticked}/{len(rows)} ticked" if rows else "Poses"


def _fits(pose: Pose, words: Sequence[str]) -> bool:
    text = f"{pose.name} {pose.text} {pose.set}".casefold()
    return all(word in text for word in words)
