"""The family of a take: what it was made from and what was made from it, to be walked and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from studio.domain.take import Take, Verdict
from studio.domain.text import plain
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource
from studio.ui.screens.dialog import Dialog
from studio.ui.widgets.long_table import LongTable
from studio.ui.widgets.run_line import Run, clipped, justified
from studio.workflows.family_tree import Member

LOOK_AGAIN = 0.5
"""Seconds between two looks at whether the family has grown."""

MARKS = {Verdict.PICKED: ("✓", "good"), Verdict.REJECTED: ("✗", "bad"), Verdict.UNDECIDED: (" ", "muted")}


@dataclass(frozen=True, slots=True)
class TreeDeeds:
    """What the screen can ask for besides its answer."""

    compare: Callable[[Take], None]
    """Show a take beside the one it was made from."""
    change: Callable[[Take], None]
    """Change a take by words."""
    align: Callable[[Take, Callable[[str], None]], None]
    """Lay an aligned copy of a take beside it, and tell what came of it."""


class TreeScreen(Dialog[str]):
    """Gives the id of the take to show on enter. `family` is asked again and again: it may grow meanwhile."""

    title_text = "Where it came from"
    hint = "↑ ↓ walk · ← parent · → first child · enter shows it · c compare · E change it · A align · esc"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "show", "Show it", id="tree.show"),
        Binding("left,h", "parent", "Parent", show=False, id="tree.parent"),
        Binding("right,l", "child", "First child", show=False, id="tree.child"),
        Binding("c", "compare", "Compare with its parent", id="tree.compare"),
        Binding("E", "change", "Change it by words", id="tree.change"),
        Binding("A", "align", "Align with its parent", id="tree.align"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    TreeScreen {
        & > .dialog-panel { width: 100%; max-width: 180; height: 94%; padding: 0 1; }
        #tree-body { height: 1fr; }
        #tree-left { width: 3fr; }
        #tree-pictures { width: 4fr; margin-left: 1; }
        #tree-pictures Vertical { width: 1fr; }
        .tree-caption { height: 1; color: $text-muted; text-align: center; width: 100%; }
        #tree-words { height: 5; color: $text-muted; overflow: hidden; }
        .dialog-hint { margin-top: 0; }
    }
    TreeScreen.-narrow #tree-before { display: none; }
    """

    def __init__(
        self,
        family: Callable[[], Sequence[Member]],
        here: str,
        darkroom: Darkroom,
        source: Callable[[Take], PictureSource],
        deeds: TreeDeeds,
    ) -> None:
        super().__init__()
        self._ask = family
        self._family = list(family())
        self._here = here
        self._darkroom = darkroom
        self._source = source
        self._deeds = deeds
        self._said = ""

    def body(self) -> Iterable[Widget]:
        """The tree, and the take under the cursor beside the one it was made from."""
        with Horizontal(id="tree-body"):
            with Vertical(id="tree-left"):
                yield LongTable(id="tree-table")
                yield Static("", id="tree-words", markup=False)
            with Horizontal(id="tree-pictures"):
                for place in ("before", "after"):
                    with Vertical(id=f"tree-{place}"):
                        yield PictureView(self._darkroom, empty="", id=f"tree-picture-{place}")
                        yield Static("", classes="tree-caption", id=f"tree-caption-{place}", markup=False)

    def on_mount(self) -> None:
        """The cursor on the take that was shown."""
        self.on_resize()
        table = self.query_one(LongTable)
        table.use(self._heading, self._row, len(self._family))
        table.action_move(next((n for n, one in enumerate(self._family) if one.take.id == self._here), 0))
        table.focus()
        self._show()
        self.set_interval(LOOK_AGAIN, self._grow)

    def on_resize(self) -> None:
        """On a narrow screen one picture is enough."""
        self.set_class(self.app.size.width < 110, "-narrow")

    def on_long_table_moved(self, event: LongTable.Moved) -> None:
        """Another take."""
        event.stop()
        self._said = ""
        self._show()

    def action_show(self) -> None:
        """Go to the take under the cursor."""
        self.dismiss(self._member.take.id)

    def action_parent(self) -> None:
        """The one it was made from."""
        self._go(self._member.take.parent)

    def action_child(self) -> None:
        """The first one made from it."""
        here = self._member.take.id
        self._go(next((one.take.id for one in self._family if one.take.parent == here), ""))

    def action_compare(self) -> None:
        """Side by side, with its parent."""
        self._deeds.compare(self._member.take)

    def action_change(self) -> None:
        """By words."""
        self._deeds.change(self._member.take)

    def action_align(self) -> None:
        """Lay a copy beside it that fits its parent."""
        self._say("Looking how it lies over its parent …")
        self._deeds.align(self._member.take, self._say)

    @property
    def _member(self) -> Member:
        return self._family[min(self.query_one(LongTable).cursor, len(self._family) - 1)]

    def _go(self, take_id: str) -> None:
        at = next((number for number, one in enumerate(self._family) if one.take.id == take_id), None)
        if at is None:
            self.app.bell()
            return
        table = self.query_one(LongTable)
        table.action_move(at - table.cursor)

    def _grow(self) -> None:
        """Show what has come since, the cursor on the take it was on."""
        family = list(self._ask())
        if not family or family == self._family:
            return
        here, table = self._member.take.id, self.query_one(LongTable)
        self._family = family
        table.use(self._heading, self._row, len(family))
        table.action_move(next((number for number, one in enumerate(family) if one.take.id == here), 0))

    def _heading(self, width: int) -> list[Run]:
        number = len(self._family)
        return justified([Run("take", "muted")], [Run(f"{number} in this family", "muted")], width)

    def _row(self, number: int, width: int) -> list[Run]:
        member = self._family[number]
        take = member.take
        mark, look = MARKS[take.verdict]
        words = f"  {plain(take.prompt, limit=120)}" if member.depth else ""
        left = [
            Run(f"{mark} ", look),
            Run(member.branch, "muted"),
            Run(take.id, "strong" if take.id == self._here else ""),
            Run(clipped(words, max(0, width - 20)), "muted"),
        ]
        return justified(left, [], width)

    def _show(self) -> None:
        take = self._member.take
        parent = next((one.take for one in self._family if one.take.id == take.parent), None)
        for place, one in (("before", parent), ("after", take)):
            view, source = self.query_one(f"#tree-picture-{place}", PictureView), self._source(one) if one else None
            if view.source != source:
                view.show(source)
            self.query_one(f"#tree-caption-{place}", Static).update(one.id if one else "")
        lost = self._member.lost_parent
        made = (
            f"made from {take.parent}" if parent else f"made from {lost}, which is not there any more" if lost else ""
        )
        about = " · ".join(part for part in (made, take.endpoint, f"{take.width}×{take.height}") if part)
        self.query_one("#tree-words", Static).update(
            plain(f"{about}\n{self._said or take.prompt}", lines=True, limit=600), layout=False
        )

    def _say(self, text: str) -> None:
        if self.is_attached:
            self._said = text
            self._show()
