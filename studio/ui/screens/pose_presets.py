"""Taking poses from the shipped sets into the project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studio.domain.pose import Pose
from studio.domain.text import slug
from studio.ui.screens.dialog import Dialog, words

TICKED, UNTICKED = "■", "□"


class PosePresetScreen(Dialog[list[Pose]]):
    """Gives the ticked presets in their own order. Poses the project has already are not offered again.

    `figure` draws a pose in two cells.
    """

    title_text = "Pose presets"
    hint = "space ticks · enter takes them · a ticks the whole set · esc leaves"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take", priority=True),
        Binding("space", "tick", "Tick", priority=True),
        Binding("a", "tick_set", "Whole set", priority=True),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    PosePresetScreen {
        & > .dialog-panel { width: 100; height: 90%; }
        OptionList { height: 1fr; }
        #preset-text { height: 3; color: $text-muted; margin-top: 1; }
    }
    """

    def __init__(
        self,
        sets: Sequence[tuple[str, Sequence[Pose]]],
        known: Collection[str],
        figure: Callable[[Pose], str] = lambda pose: "",
    ) -> None:
        super().__init__()
        have = {slug(name) for name in known}
        self._poses = [(title, pose) for title, poses in sets for pose in poses if slug(pose.name) not in have]
        self._figure = figure
        self._ticked: set[int] = set()
        self._at = 0

    def body(self) -> Iterable[Widget]:
        """The presets with their set, and the sentence of the highlighted one."""
        yield OptionList(*(Option(self._row(at)) for at in range(len(self._poses))))
        yield words("" if self._poses else "Every preset is in the project already.", muted=True, name="preset-text")

    def on_mount(self) -> None:
        """The list has the focus."""
        self.query_one(OptionList).focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the sentence, and a bar that is seen without colours too."""
        before, self._at = self._at, event.option_index
        for at in {before, self._at}:
            self._renew(at)
        self.query_one("#preset-text", Static).update(self._poses[event.option_index][1].text)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click ticks."""
        self._set(event.option_index, event.option_index not in self._ticked)

    def action_take(self) -> None:
        """Close with the ticked poses."""
        self.dismiss([self._poses[at][1] for at in sorted(self._ticked)])

    def action_tick(self) -> None:
        """Tick the highlighted pose, or take its tick away."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self._set(at, at not in self._ticked)

    def action_tick_set(self) -> None:
        """Tick every pose of the highlighted one's set."""
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is None:
            return
        title = self._poses[highlighted][0]
        for at, (other, _) in enumerate(self._poses):
            if other == title:
                self._set(at, True)

    def _set(self, at: int, ticked: bool) -> None:
        (self._ticked.add if ticked else self._ticked.discard)(at)
        self._renew(at)

    def _renew(self, at: int) -> None:
        self.query_one(OptionList).replace_option_prompt_at_index(at, self._row(at))

    def _row(self, at: int) -> Text:
        title, pose = self._poses[at]
        mark = TICKED if at in self._ticked else UNTICKED
        bar = "▌" if at == self._at else " "
        return Text(f"{bar}{mark} {self._figure(pose)} {title:<22}  {pose.name}", no_wrap=True, overflow="ellipsis")
