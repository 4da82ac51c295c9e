"""The rows of the log: only those in view are ever formatted."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from studio.domain.text import plain
from studio.ui.widgets.log_lines import LogEntry, LogLines

WIDEST_POSE = 18


class LogPane(ScrollView, can_focus=True):
    """The scrolled rows of a LogView. Only the rows in view are ever formatted."""

    ALLOW_SELECT = True
    DEFAULT_CSS = """
    LogPane { height: 1fr; width: 1fr; color: $text; overflow-x: hidden; overflow-y: auto;
        scrollbar-size-vertical: 1; }
    LogPane > .log--time { color: $text-muted; }
    LogPane > .log--pose { color: $text-primary; }
    LogPane > .log--info { color: $text; }
    LogPane > .log--quiet { color: $text-muted; }
    LogPane > .log--good { color: $text-success; }
    LogPane > .log--warning { color: $text-warning; }
    LogPane > .log--error { color: $text-error; text-style: bold; }
    LogPane > .log--new { background: $accent; color: $text; text-style: bold; }
    LogPane > .log--empty { color: $text-muted; text-style: italic; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"log--{name}" for name in ("time", "pose", "info", "quiet", "good", "warning", "error", "new", "empty")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", "up", show=False),
        Binding("down,j", "scroll_down", "down", show=False),
        Binding("left,h", "sideways(-8)", "left", show=False),
        Binding("right,l", "sideways(8)", "right", show=False),
        Binding("end,G", "follow", "newest", show=False, id="log.follow"),
        Binding("home,g", "oldest", "oldest", show=False),
    ]

    def __init__(self, lines: LogLines, empty: str, utf8: bool) -> None:
        super().__init__()
        self.lines = lines
        self.unseen = 0
        self._empty = empty
        self._utf8 = utf8
        self._drawn: LRUCache[tuple[int, bool], Strip] = LRUCache(256)

    @property
    def following(self) -> bool:
        """True while the newest line is in view."""
        return self.scroll_offset.y >= self.max_scroll_y

    def absorb(self, entries: Iterable[LogEntry]) -> None:
        """Take lines in and draw once. A reader who scrolled up keeps the same lines before the eyes."""
        followed, pose_width = self.following, self._pose_width()
        came, gone = self.lines.add(entries)
        if gone and self.text_selection is not None:
            self.screen.clear_selection()
        if gone or self._pose_width() != pose_width:
            self._drawn.clear()
        offset = self.scroll_offset.y
        self._measure()
        if followed:
            self.show_newest()
        else:
            self.unseen += came
            if gone:
                self.scroll_to(y=max(0, offset - gone), animate=False)
        self.refresh()

    def renew(self) -> None:
        """The filter is another one: start at the newest line again."""
        self._drawn.clear()
        self._measure()
        self.show_newest()
        self.refresh()

    def show_newest(self) -> None:
        """Go to the end and follow it."""
        self.unseen = 0
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True)

    def action_follow(self) -> None:
        """To the newest line, and stay there."""
        self.show_newest()

    def action_oldest(self) -> None:
        """To the oldest line that is kept."""
        self.scroll_to(y=0, animate=False)

    def action_sideways(self, cells: int) -> None:
        """Move along lines that are longer than the pane."""
        self.scroll_to(x=max(0, self.scroll_offset.x + cells), animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scrolling to the end means the new lines have been seen."""
        super().watch_scroll_y(old_value, new_value)
        if self.following:
            self.unseen = 0

    def on_click(self, event: events.Click) -> None:
        """A click on the notice of new lines goes to them."""
        if (
            self.unseen
            and event.y == self.size.height - 1
            and event.x >= self.scrollable_content_region.width - len(self._notice())
        ):
            self.show_newest()

    def notify_style_update(self) -> None:
        """Another theme: other colours."""
        super().notify_style_update()
        self._drawn.clear()

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw what is selected."""
        self._drawn.clear()
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as it is drawn."""
        return selection.extract(self.plain_text(0, len(self.lines.shown))), "\n"

    def plain_text(self, first: int, end: int) -> str:
        """Some of the shown lines as text, one line each."""
        return "\n".join(self._columns(entry)[3] for entry in islice(self.lines.shown, first, end))

    def visible_text(self) -> str:
        """The lines in view."""
        return self.plain_text(self.scroll_offset.y, self.scroll_offset.y + self.size.height)

    def render_line(self, y: int) -> Strip:
        """One row of the pane."""
        width, base = self.scrollable_content_region.width, self.rich_style
        row = y + self.scroll_offset.y
        if not self.lines.shown and y == 0:
            strip = Strip([Segment(self._nothing(), self.get_component_rich_style("log--empty"))])
        elif row >= len(self.lines.shown):
            return Strip.blank(width, base)
        else:
            strip = self._line(row)
        left = self.scroll_offset.x
        longer = strip.cell_length > left + width
        strip = strip.crop_extend(left, left + width, base).apply_offsets(left, row)
        if longer and width > 1:
            mark = Segment("…" if self._utf8 else ">", self.get_component_rich_style("log--time"))
            strip = Strip([*strip.crop(0, width - 1), mark], width)
        if self.unseen and y == self.size.height - 1:
            notice = self._notice()[:width]
            room = width - cell_len(notice)
            style = self.get_component_rich_style("log--new")
            strip = Strip([*strip.crop(0, room), Segment(notice, style)], width)
        return strip

    def _line(self, row: int) -> Strip:
        selection = self.text_selection
        key = row, selection is not None
        if (drawn := self._drawn.get(key)) is not None:
            return drawn
        entry = self.lines.shown[row]
        at, pose, message, text = self._columns(entry)
        styles = [self.get_component_rich_style(f"log--{name}") for name in ("time", "pose", entry.level.value)]
        segments = [Segment(part, style) for part, style in zip((at, pose, message), styles, strict=True)]
        if selection is not None and (span := selection.get_span(row)) is not None:
            start, end = span
            marked = self.screen.get_component_rich_style("screen--selection")
            segments = _marked(segments, start, len(text) if end == -1 else end, marked)
        strip = Strip(segments)
        self._drawn[key] = strip
        return strip

    def _columns(self, entry: LogEntry) -> tuple[str, str, str, str]:
        width = self._pose_width()
        pose = plain(entry.pose)
        pose = pose if cell_len(pose) <= width else set_cell_size(pose, width - 1) + ("…" if self._utf8 else "~")
        at, pose, message = f"{plain(entry.at)}  ", set_cell_size(pose, width) + "  ", plain(entry.message)
        return at, pose, message, (at + pose + message).rstrip()

    def _pose_width(self) -> int:
        return min(self.lines.widest_pose, WIDEST_POSE if self.size.width >= 60 else 10)

    def _measure(self) -> None:
        size = Size(14 + WIDEST_POSE + self.lines.widest_message, len(self.lines.shown))
        if not (self.show_vertical_scrollbar and size.height > self.container_size.height):
            self.virtual_size = size
            return
        # The scroll bar stays, so nothing moves: Textual would lay out the whole screen for every batch of lines.
        self.set_reactive(Widget.virtual_size, size)
        self.vertical_scrollbar.window_virtual_size = size.height

    def _notice(self) -> str:
        return f" {'↓' if self._utf8 else 'v'} {self.unseen} new below "

    def _nothing(self) -> str:
        return f"nothing matches: {plain(self.lines.filter_text)}" if len(self.lines) else self._empty


def _marked(segments: list[Segment], start: int, end: int, style: Style) -> list[Segment]:
    marked: list[Segment] = []
    place = 0
    for segment in segments:
        length = len(segment.text)
        first, last = max(0, min(length, start - place)), max(0, min(length, end - place))
        for text, inside in (
            (segment.text[:first], False),
            (segment.text[first:last], True),
            (segment.text[last:], False),
        ):
            if text:
                marked.append(Segment(text, (segment.style or Style()) + style if inside else segment.style))
        place += length
    return marked
