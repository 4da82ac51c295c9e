"""The list of poses, painted line by line: thousands of rows cost no more than those in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
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


class PoseList(RunLine, can_focus=True):
    """Shows poses with tick, figure, counts and state. The cursor is a pose; headings are stepped over.

    Posts `Moved` when the cursor is on another pose, `Ticked` when a tick box was pressed.
    """

    DEFAULT_CSS = "PoseList { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="poses.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="poses.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="poses.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="poses.page-down"),
        Binding("home,g", "end(False)", "First", show=False, id="poses.first"),
        Binding("end,G", "end(True)", "Last", show=False, id="poses.last"),
        Binding("enter", "tick", "Tick", key_display="⏎", id="poses.tick"),
    ]

    top = reactive(0)
    """The first line in view. Scrolling is done here: Textual's scroll bars would cost a second layout at the start."""

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
        self._laid_tall = False

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
        self.refresh()

    def update_rows(self, rows: Sequence[PoseRow]) -> None:
        """The same poses in another state; only what changed is drawn again."""
        changed = {index for index, (old, new) in enumerate(zip(self._poses, rows, strict=True)) if old != new}
        self._poses = list(rows)
        self._redraw(changed)

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self._into_view()

    def render_lines(self, crop: Region) -> list[Strip]:
        """One line or two a pose, as the height of the moment allows."""
        if self.tall != self._laid_tall:
            self._arrange()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the list, wherever it is scrolled to, and its piece of the scroll bar."""
        width = self.size.width - 1
        number = y + self.top
        if not self._poses:
            text = EMPTY[y] if y < len(EMPTY) else ""
            return self.painted([Run(f" {text}", "muted")], width + 1)
        line = self._paint(self._lines[number], width) if number < len(self._lines) else self.painted([], width)
        return Strip.join([line, self.painted([Run("▐", self._bar(y))], 1)])

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
        number = offset.y + self.top if offset is not None else -1
        if offset is None or not 0 <= number < len(self._lines):
            return
        event.stop()
        line = self._lines[number]
        if line.index < 0:
            return
        self._go(line.index)
        row = self._poses[line.index]
        runs = first_line(row, self._figure(row.pose, self.tall)[0], self.size.width - 1, cursor=True, tall=self.tall)
        if line.part == 0 and target_at(runs, offset.x) == "tick":
            self.post_message(self.Ticked(row.pose.name))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls; the cursor stays where it is."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls; the cursor stays where it is."""
        event.stop()
        self._scroll(-3)

    def _go(self, index: int) -> None:
        index = max(0, min(index, len(self._poses) - 1))
        if not self._poses or index == self._cursor:
            return
        before, self._cursor = self._cursor, index
        self._redraw({before, index})
        self._into_view()
        self.post_message(self.Moved(self._poses[index].pose.name))

    def _redraw(self, indexes: set[int]) -> None:
        width = self.size.width
        regions = [
            Region(0, number - self.top, width, 1) for number, line in enumerate(self._lines) if line.index in indexes
        ]
        if regions:
            self.refresh(*regions)

    def _arrange(self) -> None:
        self._laid_tall = self.tall
        self._lines = layout([row.pose for row in self._poses], tall=self.tall)
        self._into_view()

    def _into_view(self) -> None:
        mine = [number for number, line in enumerate(self._lines) if line.index == self._cursor]
        height = self.size.height
        if not mine or not height:
            return
        # A heading right above the first pose of a set stays with it.
        first = mine[0] - 1 if mine[0] and self._lines[mine[0] - 1].index < 0 else mine[0]
        wanted = min(first, max(self.top, mine[-1] - height + 1))
        self.top = max(0, min(wanted, len(self._lines) - height))

    def _scroll(self, by: int) -> None:
        self.top = max(0, min(self.top + by, len(self._lines) - self.size.height))

    def _bar(self, y: int) -> str:
        """The look of the scroll bar in a row: empty when everything is in view."""
        height, lines = self.size.height, len(self._lines)
        if lines <= height:
            return "hidden"
        start, length = self.top * height // lines, max(1, height * height // lines)
        return "bar" if start <= y < start + length else "hidden"

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
