"""Taking poses from the shipped sets into the project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from studio.domain.pose import Pose
from studio.domain.text import slug
from studio.ui.screens.dialog import Dialog, words


class PosePresetScreen(Dialog[list[Pose]]):
    """Gives the ticked presets in their own order. Poses the project has already are not offered again."""

    title_text = "Pose presets"
    hint = "space ticks · enter takes them · a ticks the whole set · esc leaves"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take", priority=True),
        Binding("a", "tick_set", "Whole set", priority=True),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    PosePresetScreen {
        & > .dialog-panel { width: 100; height: 90%; }
        SelectionList { height: 1fr; }
        #preset-text { height: 3; color: $text-muted; margin-top: 1; }
    }
    """

    def __init__(self, sets: Sequence[tuple[str, Sequence[Pose]]], known: Collection[str]) -> None:
        super().__init__()
        have = {slug(name) for name in known}
        self._poses = [(title, pose) for title, poses in sets for pose in poses if slug(pose.name) not in have]

    def body(self) -> Iterable[Widget]:
        """The presets with their set, and the sentence of the highlighted one."""
        rows = [Selection(Text(f"{title:<22}  {pose.name}"), at) for at, (title, pose) in enumerate(self._poses)]
        yield SelectionList[int](*rows)
        yield words("" if rows else "Every preset is in the project already.", muted=True, name="preset-text")

    def on_mount(self) -> None:
        """The list has the focus."""
        self.query_one(SelectionList).focus()

    def on_selection_list_selection_highlighted(self, event: SelectionList.SelectionHighlighted[int]) -> None:
        """Show the sentence."""
        self.query_one("#preset-text", Static).update(self._poses[event.selection.value][1].text)

    def action_take(self) -> None:
        """Close with the ticked poses."""
        chosen = sorted(self.query_one(SelectionList).selected)
        self.dismiss([self._poses[at][1] for at in chosen])

    def action_tick_set(self) -> None:
        """Tick every pose of the highlighted one's set."""
        rows: SelectionList[int] = self.query_one(SelectionList)
        if rows.highlighted is None:
            return
        title = self._poses[rows.highlighted][0]
        for at, (other, _) in enumerate(self._poses):
            if other == title:
                rows.select(at)
