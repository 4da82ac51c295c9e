"""The list of poses, painted line by line: thousands of rows cost no more than those in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from studio.domain.pose import Pose
from studio.ui.widgets.pose_rows import Figure, Line, PoseRow, first_line, heading_runs, layout, second_line
from studio.ui.widgets.run_line import Run, RunLine, target_at

EMPTY = (
    "No poses yet.",
    "",
    "n writes one in your own words,",
    "b takes some from the sets",
    "that come with the studio.",
)


class PoseList(ScrollView, RunLine, can_focus=True):
    """Shows poses with tick, figure, counts and state. The cursor is a pose; headings are stepped over.

    Posts `Moved` when the cursor is on another pose, `Ticked` when a tick box was pressed.
    """

    DEFAULT_CSS = """
    PoseList {
        height: 1fr; width: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1;
        scrollbar-background: $background; scrollbar-color: $panel; scrollbar-color-hover: $primary;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="poses.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="poses.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="poses.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="poses.page-down"),
        Binding("home,g", "end(False)", "First", show=False, id="poses.first"),
        Binding("end,G", "end(True)", "Last", show=False, id="poses.last"),
        Binding("enter", "tick", "Tick", key_display="⏎", id="poses.tick"),
    ]

    class Moved(Message):
        """The cursor is on another pose."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Ticked(Message):
        """A pose's tick box was pressed."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, figure: Figure, **options: Any) -> None:
        super().__init__(**options)
        self._figure = figure
        self._poses: list[PoseRow] = []
        self._lines: list[Line] = []
        self._cursor = 0

    @property
    def current(self) -> Pose | None:
        """The pose under the cursor."""
        return self._poses[self._cursor].pose if self._poses else None

    @property
    def count(self) -> int:
        """How many poses are shown."""
        return len(self._poses)

    @property
    def tall(self) -> bool:
        """Whether a pose has two lines: when there is room for at least five of them."""
        return self.size.height >= 10

    def use(self, rows: Sequence[PoseRow], current: str) -> None:
        """Other poses, or the same in another state. The cursor goes to `current` when it is there; posts nothing."""
        self._poses = list(rows)
        at = next((index for index, row in enumerate(rows) if row.pose.name == current), None)
        self._cursor = max(0, min(self._cursor, len(rows) - 1)) if at is None else at
        self._arrange()

    def update_rows(self, rows: Sequence[PoseRow]) -> None:
        """The same poses in another state; only what changed is drawn again."""
        changed = [index for index, (old, new) in enumerate(zip(self._poses, rows, strict=True)) if old != new]
        self._poses = list(rows)
        for number, line in enumerate(self._lines):
            if line.index in changed:
                self.refresh_line(number)

    def on_resize(self) -> None:
        """One line or two a pose."""
        self._arrange()

    def render_line(self, y: int) -> Strip:
        """One line of the list, wherever it is scrolled to."""
        width = self.scrollable_content_region.width
        number = y + round(self.scroll_y)
        if not self._poses:
            text = EMPTY[y] if y < len(EMPTY) else ""
            return self.painted([Run(f" {text}", "muted")], width)
        if number >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        return self._paint(self._lines[number], width)

    def action_move(self, by: int) -> None:
        """The pose above or below."""
        self._go(self._cursor + by)

    def action_page(self, by: int) -> None:
        """A screenful further."""
        self._go(self._cursor + by * max(1, self.size.height // (2 if self.tall else 1) - 1))

    def action_end(self, last: bool) -> None:
        """The first or the last pose."""
        self._go(len(self._poses) - 1 if last else 0)

    def action_tick(self) -> None:
        """Tick the pose under the cursor, or take its tick away."""
        if (pose := self.current) is not None:
            self.post_message(self.Ticked(pose.name))

    def on_click(self, event: events.Click) -> None:
        """A click goes to a pose; on its box it ticks."""
        offset = event.get_content_offset(self)
        number = offset.y + round(self.scroll_y) if offset is not None else -1
        if offset is None or not 0 <= number < len(self._lines):
            return
        event.stop()
        line = self._lines[number]
        if line.index < 0:
            return
        self._go(line.index)
        row = self._poses[line.index]
        runs = first_line(row, self._figure(row.pose, self.tall)[0], self.size.width, cursor=True, tall=self.tall)
        if line.part == 0 and target_at(runs, offset.x) == "tick":
            self.post_message(self.Ticked(row.pose.name))

    def _go(self, index: int) -> None:
        index = max(0, min(index, len(self._poses) - 1))
        if not self._poses or index == self._cursor:
            return
        before, self._cursor = self._cursor, index
        for number, line in enumerate(self._lines):
            if line.index in (before, index):
                self.refresh_line(number)
        self._into_view()
        self.post_message(self.Moved(self._poses[index].pose.name))

    def _arrange(self) -> None:
        self._lines = layout([row.pose for row in self._poses], tall=self.tall)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
        self._into_view()
        self.refresh()

    def _into_view(self) -> None:
        mine = [number for number, line in enumerate(self._lines) if line.index == self._cursor]
        if not mine or not self.size.height:
            return
        # A heading right above the first pose of a set stays with it.
        first = mine[0] - 1 if mine[0] and self._lines[mine[0] - 1].index < 0 else mine[0]
        top, height = round(self.scroll_y), self.scrollable_content_region.height
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif mine[-1] >= top + height:
            self.scroll_to(y=mine[-1] - height + 1, animate=False)

    def _paint(self, line: Line, width: int) -> Strip:
        if line.index < 0:
            return self.painted(heading_runs(line.heading, width), width)
        row, cursor = self._poses[line.index], line.index == self._cursor
        figure = self._figure(row.pose, self.tall)
        if line.part:
            runs = second_line(row, figure[1], width, cursor=cursor)
        else:
            runs = first_line(row, figure[0], width, cursor=cursor, tall=self.tall)
        over: Style | None = None
        if cursor:
            over = self.look("cursor" if self.has_focus else "cursor-blurred")
        return self.painted(runs, width, over)
