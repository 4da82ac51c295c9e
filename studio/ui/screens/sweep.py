"""Typing the axes of a sweep, and what the grid would cost, before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from studio.domain import money
from studio.domain.errors import UsageError
from studio.domain.text import plain
from studio.ui.screens.dialog import Dialog, words
from studio.workflows.sweep import Sweep

Make = Callable[[str, str], Sweep]
"""The grid of two axes as they are typed; the second may be empty. Raises UsageError with a sentence."""

EXAMPLES = """\
guidance=4:7:1.5   from, to, step        pose              all ticked
steps=10,20,35     these                 pose=running,sit  these
seed=1:4           1, 2, 3, 4            model=flux-2-flex,nano-banana
lora=0.6:1:0.2     the LoRA's scale      size=3:4,16:9     or 768x1024"""


class SweepScreen(Dialog[Sweep]):
    """Gives the grid on enter, once it can be drawn. What it would cost is shown with every letter. `last` shows the
    sheet of the sweep before, where there is one.
    """

    title_text = "Sweep: a grid in which only this differs"
    hint = "tab the other axis · enter draws it · esc leaves it"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "draw", "Draw", id="sweep.draw", priority=True),
        Binding("ctrl+o", "last", "The sheet before", id="sweep.last", priority=True),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    SweepScreen {
        & > .dialog-panel { width: 84; }
        Input, Input:focus { border: none; height: 1; padding: 0 1; margin-bottom: 1; background: $panel; }
        #sweep-said { margin-top: 1; min-height: 3; height: auto; width: 100%; }
        #sweep-said.-broken { color: $text-error; }
    }
    """

    def __init__(
        self, make: Make, x: str = "guidance=4:7:1.5", y: str = "pose", last: Callable[[], None] | None = None
    ) -> None:
        super().__init__()
        self._last = last
        self._make = make
        self._typed = (x, y)
        self._sweep: Sweep | None = None

    def body(self) -> Iterable[Widget]:
        """Two axes, examples, the price."""
        yield words("Columns", muted=True)
        yield Input(self._typed[0], id="sweep-x")
        yield words("Rows (may be empty)", muted=True)
        yield Input(self._typed[1], id="sweep-y")
        yield words(EXAMPLES, muted=True)
        yield Static("", markup=False, id="sweep-said")
        if self._last is not None:
            yield words("ctrl+o shows the sheet of the last sweep", muted=True)

    def on_mount(self) -> None:
        """The price of what stands there already."""
        self.query_one("#sweep-x", Input).focus()
        self._show()

    def on_input_changed(self) -> None:
        """Every letter may change the price."""
        self._show()

    def on_input_submitted(self) -> None:
        """Enter draws, from either axis."""
        self.action_draw()

    def action_draw(self) -> None:
        """Close with the grid, unless it cannot be drawn."""
        if self._sweep is not None:
            self.dismiss(self._sweep)

    def action_last(self) -> None:
        """The sheet of the sweep before instead."""
        if self._last is not None:
            self.dismiss(None)
            self._last()

    def _show(self) -> None:
        said = self.query_one("#sweep-said", Static)
        x, y = (self.query_one(f"#sweep-{axis}", Input).value for axis in "xy")
        try:
            self._sweep = self._make(x, y)
        except UsageError as error:
            self._sweep = None
            text = f"{error.happened} {error.remedy}".strip()
        else:
            text = sweep_words(self._sweep)
        said.set_class(self._sweep is None, "-broken")
        said.update(plain(text, lines=True))


def sweep_words(sweep: Sweep) -> str:
    """`3 × 3 = 9 pictures, ~ $0.45`, its seed, the names of its columns and rows, and what had to be adjusted."""
    plan = sweep.plan
    price = "price unknown" if plan.unknown == len(plan.jobs) else f"~ {money.shown(plan.estimate)}"
    more = f" and {plan.unknown} of unknown price" if 0 < plan.unknown < len(plan.jobs) else ""
    size = f"{len(sweep.columns_named)} × {len(sweep.rows)} = {len(plan.jobs)} pictures"
    seeds = {job.request.seed for job in plan.jobs} - {None}
    seed = f", all with seed {seeds.pop()}" if len(seeds) == 1 else ""
    names = [", ".join(sweep.columns_named), *([", ".join(sweep.rows_named)] if sweep.y else [])]
    return "\n".join([f"{size}, {price}{more}{seed}", " × ".join(names), *sweep.notes])
