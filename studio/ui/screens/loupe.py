"""The loupe: the whole terminal for one picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from studio.domain.take import Take
from studio.domain.text import plain
from studio.imaging.view_crop import Backdrop
from studio.ui.look_deeds import MARKS, LookDeeds
from studio.ui.screens.look_screen import DECIDE, LOOK_AGAIN, MORE, STARS, LookScreen
from studio.ui.state.zoom import MIDDLE, Zoom
from studio.ui.widgets.facts_line import FactsLine
from studio.ui.widgets.run_line import Run
from studio.ui.widgets.zoom_picture import Sight, ZoomPicture

SIDEWAYS = 0.25
"""Share of the pane that a key moves the picture by."""

REST = 0.15
"""Seconds a take is shown before its price is looked up: who pages on does not want it."""


class LoupeScreen(LookScreen):
    """Shows the take that is shown everywhere, follows it, and decides about it. Nearer, its own pixels are seen."""

    help_title = "Loupe"
    help_text = (
        "The whole terminal for one picture. = shows its own pixels, w the whole picture, + and - go nearer and "
        "farther (z and Z too, and the wheel). When you are near, arrows or hjkl and dragging move it; when the whole "
        "picture is seen, left and right page through the takes, up and down through the poses. The place and the "
        "nearness stay from take to take, so that two can be compared by paging. b changes what lies behind "
        "transparent parts, i tells what the take was made from. All keys for deciding work as everywhere."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space,q", "leave", "Back", id="loupe.leave"),
        Binding("left_square_bracket", "page(-1)", "Previous take", key_display="[", id="take.previous"),
        Binding("right_square_bracket", "page(1)", "Next take", key_display="]", id="take.next"),
        Binding("left_curly_bracket,K", "turn(-1)", "Previous pose", show=False, key_display="{", id="loupe.pose-up"),
        Binding("right_curly_bracket,J", "turn(1)", "Next pose", show=False, key_display="}", id="loupe.pose-down"),
        Binding("left,h", "move(-1, 0)", "Left, or previous take", show=False, id="loupe.left"),
        Binding("right,l", "move(1, 0)", "Right, or next take", show=False, id="loupe.right"),
        Binding("up,k", "move(0, -1)", "Up, or previous pose", show=False, id="loupe.up"),
        Binding("down,j", "move(0, 1)", "Down, or next pose", show=False, id="loupe.down"),
        Binding("equals_sign", "actual", "100 %", key_display="=", id="loupe.actual"),
        Binding("w", "fit", "Whole picture", id="loupe.fit"),
        Binding("plus,z", "magnify(1)", "Nearer", key_display="+", id="loupe.nearer"),
        Binding("minus,Z", "magnify(-1)", "Farther", key_display="-", id="loupe.farther"),
        Binding("b", "backdrop", "Backdrop", id="loupe.backdrop"),
        Binding("i", "info", "Recipe and price", id="take.info"),
        *DECIDE,
        *STARS,
        Binding("c", "open('look-compare')", "Compare", show=False, id="look.compare"),
        *MORE,
    ]
    DEFAULT_CSS = """
    LoupeScreen {
        background: black;
        layers: picture words;
        & > ZoomPicture { width: 100%; height: 1fr; layer: picture; }
        & > FactsLine { dock: bottom; layer: picture; }
        & > #loupe-info {
            layer: words; dock: right; display: none; width: 56; max-width: 70%; height: auto; max-height: 100%;
            background: $surface; color: $text; padding: 0 1; border: round $primary; margin: 0 0 1 0;
        }
        & > #loupe-info.-on { display: block; }
        #loupe-facts, #loupe-prompt { width: 100%; height: auto; }
        #loupe-prompt { color: $text-muted; margin-top: 1; }
    }
    """

    def __init__(self, deeds: LookDeeds) -> None:
        super().__init__(deeds)
        self._shown: Take | None = None
        self._place = ""
        self._zoom = Zoom()
        self._backdrop = Backdrop.BLACK
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        """The picture, one line about it, and the overlay that tells more."""
        yield ZoomPicture(self.deeds.view.darkroom, self.cuts, empty="No take is shown.", id="loupe-picture")
        yield FactsLine(id="loupe-line")
        info = VerticalScroll(
            Static("", id="loupe-facts", markup=False), Static("", id="loupe-prompt", markup=False), id="loupe-info"
        )
        info.can_focus = False
        yield info

    def on_mount(self) -> None:
        """Show the take now and whenever it becomes another one."""
        self._follow()
        self.set_interval(LOOK_AGAIN, self._follow)

    def action_page(self, by: int) -> None:
        """The take before or after."""
        self.deeds.page(by)
        self._follow()

    def action_turn(self, by: int) -> None:
        """The pose before or after."""
        self.deeds.turn(by)
        self._follow()

    def action_move(self, across: int, down: int) -> None:
        """Move the picture when it is near; page when the whole of it is seen."""
        if self._zoom.fitted:
            self.action_page(across) if across else self.action_turn(down)
        else:
            self._pan(across * SIDEWAYS, down * SIDEWAYS)

    def action_actual(self) -> None:
        """The picture's own pixels."""
        if (pane := self._picture.pane()) is not None:
            self._use(self._zoom.at_scale(1.0, pane))

    def action_fit(self) -> None:
        """The whole picture."""
        self._use(Zoom())

    def action_magnify(self, by: int) -> None:
        """Nearer or farther."""
        if (pane := self._picture.pane()) is not None:
            self._use(self._zoom.magnify(by, pane, MIDDLE))

    def action_backdrop(self) -> None:
        """What a picture's edges look like on another ground."""
        self._backdrop = self._backdrop.following
        self._use(self._zoom)

    def action_info(self) -> None:
        """Tell more, or less."""
        self.query_one("#loupe-info").toggle_class("-on")
        self._tell()

    def action_open(self, what: str) -> None:
        """Another way of looking."""
        self.deeds.open(what)

    def on_zoom_picture_dragged(self, event: ZoomPicture.Dragged) -> None:
        """The picture follows the pointer."""
        self._pan(-event.across, -event.down)

    def on_zoom_picture_wheeled(self, event: ZoomPicture.Wheeled) -> None:
        """Nearer or farther at the pointer."""
        if (pane := self._picture.pane()) is not None:
            self._use(self._zoom.magnify(event.by, pane, event.at))

    def on_resize(self) -> None:
        """Another size, another percentage."""
        self.call_after_refresh(self._tell)

    @property
    def _picture(self) -> ZoomPicture:
        return self.query_one(ZoomPicture)

    def _pan(self, across: float, down: float) -> None:
        if (pane := self._picture.pane()) is not None:
            self._use(self._zoom.pan(across, down, pane))

    def _use(self, zoom: Zoom) -> None:
        self._zoom = zoom
        take = self._shown
        self._picture.look(Sight.of(take, self.deeds.source(take)) if take else None, zoom, self._backdrop)
        self._tell()

    def _follow(self) -> None:
        take, before = self.deeds.take, self._shown
        place = self.deeds.place(take) if take else ""
        if (take, place) == (before, self._place):
            return
        self._shown, self._place = take, place
        self._use(self._zoom)
        if take is not None and (before is None or before.id != take.id):
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.set_timer(REST, self._look_around)

    def _look_around(self) -> None:
        """Somebody stays with this take: prepare its neighbours, and find out what one more costs."""
        take, deeds = self._shown, self.deeds
        if take is None:
            return
        near = [deeds.session.studio.takes.neighbour(take.id, by) for by in (1, -1)]
        self._picture.picture.prefetch(*(deeds.source(other) for other in near if other))
        self.run_worker(self._price(take), group="price", exclusive=True)

    async def _price(self, take: Take) -> None:
        await self.deeds.session.again_prices.learn(take)
        self._tell()

    def _tell(self) -> None:
        take, line = self._shown, self.query_one(FactsLine)
        if take is None:
            line.use([])
            return
        pane = self._picture.pane()
        line.use(facts_of(take, self.deeds, self._zoom.percent(pane) if pane else ""), right_of(take, self.deeds))
        if self.query_one("#loupe-info").has_class("-on"):
            self.query_one("#loupe-facts", Static).update(table_of(self.deeds.rows(take)))
            self.query_one("#loupe-prompt", Static).update(plain(take.prompt, lines=True, limit=20_000))


def facts_of(take: Take, deeds: LookDeeds, percent: str) -> list[Run]:
    """What stands under the picture, the weightiest first: `fit 62 % · take 2 of 5 · running-002 · ✓ picked ★★★`."""
    mark, look = MARKS[take.verdict]
    warnings = ", ".join(deeds.warnings(take))
    return [
        Run(percent, "accent"),
        Run(deeds.place(take)),
        Run(plain(take.id), "strong"),
        Run(f"{mark} {'★' * take.stars}".strip(), look),
        Run("◆ marked" if deeds.session.marks.has(take.id) else "", "accent"),
        Run(warnings, "warn"),
        Run("" if take.seed is None else f"seed {take.seed}"),
        Run(plain(deeds.model(take))),
        Run(deeds.cost(take)),
        Run(f"{take.width}×{take.height}", "muted"),
    ]


def table_of(rows: Sequence[tuple[str, str]]) -> str:
    """Names and values in two columns."""
    wide = max((len(name) for name, _ in rows), default=0)
    return "\n".join(f"{name:<{wide}}  {plain(value)}" for name, value in rows)


def right_of(take: Take, deeds: LookDeeds) -> list[Run]:
    """What one more costs, and where help is."""
    offer = deeds.session.again_prices.known(take)
    price = offer.short() if offer else ""
    return [Run(f"{price}  " if price else "", "good"), Run("?", "key", "question_mark"), Run(" help")]
