"""How a model is told the pose: by words alone, by a skeleton picture, or by the clay mannequin; and how strongly."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from studio.domain.errors import StudioError
from studio.domain.recipe import Guide
from studio.ui.later import Later
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource
from studio.ui.screens.dialog import Dialog, words
from studio.ui.widgets.run_line import Run, RunLine, clipped
from studio.ui.widgets.slider import Slider
from studio.ui.widgets.slider_track import Scale

LOWEST, HIGHEST = 14, 34
"""Rows of the picture."""

ABOUT = {
    Guide.WORDS: "The pose's sentence and nothing else. Every model takes it; limbs go where the model likes.",
    Guide.SKELETON: "An OpenPose picture of the pose's skeleton goes with the words. Exact limbs, no body shape.",
    Guide.MANNEQUIN: "The clay mannequin in that pose goes with the words: limbs and volume, also for models that read "
    "no skeletons. Its proportions are the character's.",
}


@dataclass(frozen=True, slots=True)
class GuideAnswer:
    """What was chosen; `strength` is None where the model has none, or is left to it."""

    guide: Guide
    strength: float | None


@dataclass(frozen=True, slots=True)
class GuideOffer:
    """What the screen is about: the model's name, the guides it takes, its strength as low, usual, high (or None), and
    what is chosen now.
    """

    model: str
    takes: tuple[Guide, ...]
    strength: tuple[float, float, float] | None
    now: Guide
    strong: float | None


class GuideRows(RunLine, can_focus=True):
    """The three ways, the chosen one marked; those the model does not take are faint."""

    DEFAULT_CSS = "GuideRows { height: 3; width: 1fr; }"

    def __init__(self, takes: Sequence[Guide], chosen: Guide) -> None:
        super().__init__(id="guide-rows")
        self.takes = takes
        self.chosen = chosen

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """One row for each."""
        found = []
        for number, guide in enumerate(Guide, 1):
            mark = "●" if guide is self.chosen else "○"
            look = "faint" if guide not in self.takes else "chosen" if guide is self.chosen else ""
            note = "" if guide in self.takes else "   not with this model"
            found.append([Run(f" {number} ", "key"), Run(clipped(f"{mark} {guide}{note} ", width - 3), look)])
        return found


class GuideScreen(Dialog[GuideAnswer]):
    """Gives what was chosen on enter. `draw` makes the picture of a guide, in a thread, for a look at it."""

    title_text = "Guide of the pose"
    hint = "↑ ↓ or 1 2 3 choose · tab: the strength · ⏎ keeps it · esc leaves"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "keep", "Keep", id="guide.keep", priority=True),
        Binding("up,k", "move(-1)", "Up", show=False, id="guide.up", priority=True),
        Binding("down,j", "move(1)", "Down", show=False, id="guide.down", priority=True),
        *(Binding(str(number), f"choose({number})", show=False, id=f"guide.{number}") for number in (1, 2, 3)),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    GuideScreen {
        & > .dialog-panel { width: 88; padding: 0 1; }
        Horizontal { height: 14; }
        .guide-words { width: 1fr; height: 14; }
        PictureView { width: 28; height: 14; }
        #guide-about { height: 5; margin-top: 1; color: $text-muted; }
        .dialog-hint { margin-top: 0; }
    }
    """

    def __init__(self, offer: GuideOffer, darkroom: Darkroom, draw: Callable[[Guide], Path], *, utf8: bool) -> None:
        super().__init__()
        self._offer = offer
        self._draw = draw
        self._list = GuideRows(offer.takes, offer.now if offer.now in offer.takes else Guide.WORDS)
        self._picture = PictureView(darkroom, empty="No picture is sent.", id="guide-picture")
        low, usual, high = offer.strength or (0.0, 1.0, 1.0)
        self._usual = usual
        scale = Scale(Decimal(str(low)), Decimal(str(high)), Decimal("0.05"), Decimal("0.25"), best=Decimal(str(usual)))
        self._slider = Slider(
            scale,
            Decimal(str(offer.strong if offer.strong is not None else usual)),
            label="strength",
            describe=lambda value: "how strongly the guide counts beside the words",
            unavailable="" if offer.strength else f"{offer.model} has no strength for a guide",
            utf8=utf8,
            id="guide-strength",
        )

    def body(self) -> Iterable[Widget]:
        """The ways and what each is good for; the picture that would be sent."""
        with Horizontal():
            with Vertical(classes="guide-words"):
                yield self._list
                yield words("", muted=True, name="guide-about")
                yield self._slider
            yield self._picture

    def on_resize(self, event: events.Resize) -> None:
        """As large a picture as there is room for."""
        rows = max(LOWEST, min(HIGHEST, event.size.height - 12))
        for part in self.query("Horizontal, Vertical.guide-words, PictureView"):
            part.styles.height = rows
        self._picture.styles.width = rows * 2
        self.query_one(".dialog-panel").styles.width = 60 + rows * 2

    def on_mount(self) -> None:
        """What is chosen now."""
        self._list.focus()
        self._show()

    def action_move(self, by: int) -> None:
        """Another way of those the model takes."""
        takes = self._offer.takes
        self._list.chosen = takes[max(0, min(takes.index(self._list.chosen) + by, len(takes) - 1))]
        self._show()

    def action_choose(self, number: int) -> None:
        """By its number."""
        guide = list(Guide)[number - 1]
        if guide in self._offer.takes:
            self._list.chosen = guide
            self._show()

    def action_keep(self) -> None:
        """Close with the answer; the model's usual strength is left to the model."""
        value = float(self._slider.value) if self._offer.strength and self._slider.value is not None else None
        self.dismiss(GuideAnswer(self._list.chosen, None if value == self._usual else value))

    def _show(self) -> None:
        self._list.refresh()
        self.query_one("#guide-about", Static).update(ABOUT[self._list.chosen])
        # As a function: one that is replaced before it began would leave a coroutine that nobody awaited.
        self.run_worker(Later(self._look), group="guide", exclusive=True)

    async def _look(self) -> None:
        guide = self._list.chosen
        if guide is Guide.WORDS:
            self._picture.clear()
            return
        try:
            path = await asyncio.to_thread(self._draw, guide)
        except StudioError as error:
            self.query_one("#guide-about", Static).update(f"{error.happened} {error.remedy}".strip())
            return
        self._picture.show(PictureSource(path, path.stem))
