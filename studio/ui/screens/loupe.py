"""The loupe: the whole terminal for one picture."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from studio.domain.take import Take
from studio.domain.text import plain
from studio.ui.later import Later
from studio.ui.look_deeds import MARKS, LookDeeds
from studio.ui.screens.look_screen import DECIDE, LOOK_AGAIN, MORE, STARS
from studio.ui.screens.zoom_screen import ZoomScreen
from studio.ui.state.zoom import Pane
from studio.ui.widgets.facts_line import FactsLine
from studio.ui.widgets.run_line import Run
from studio.ui.widgets.zoom_picture import Sight, ZoomPicture

NAMES = 20
"""Cells of the names in the overlay."""

REST = 0.15
"""Seconds a take is shown before its price is looked up: who pages on does not want it."""


class LoupeScreen(ZoomScreen):
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
        #loupe-info { scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
        #loupe-facts, #loupe-prompt { width: 100%; height: auto; }
        #loupe-prompt { color: $text-muted; margin-top: 1; }
    }
    """

    def __init__(self, deeds: LookDeeds) -> None:
        super().__init__(deeds)
        self._shown: Take | None = None
        self._known: object = None
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

    def stepped(self, across: int, down: int) -> None:
        """The arrows page when the whole picture is seen."""
        if across:
            self.action_page(across)
        else:
            self.action_turn(down)

    def pane(self) -> Pane | None:
        """That of the picture."""
        return self._picture.pane()

    def looked(self) -> None:
        """The same take, nearer, or over another ground."""
        take = self._shown
        self._picture.look(Sight.of(take, self.deeds.source(take)) if take else None, self.zoom, self.backdrop)
        self._tell()

    def action_info(self) -> None:
        """Tell more, or less."""
        self.query_one("#loupe-info").toggle_class("-on")
        self._tell()
        # Only now the overlay has a width to break its lines by.
        self.call_after_refresh(self._tell)

    def on_zoom_picture_pressed(self, event: ZoomPicture.Pressed) -> None:
        """A click looks nearer there, another one at the whole again."""
        if (pane := self.pane()) is not None and self.zoom.fitted:
            self.zoom = self.zoom.at_scale(1.0, pane, event.at)
            self.looked()
        else:
            self.action_fit()

    def on_resize(self) -> None:
        """Another size, another percentage."""
        self.call_after_refresh(self._tell)

    @property
    def _picture(self) -> ZoomPicture:
        return self.query_one(ZoomPicture)

    def _follow(self) -> None:
        take, before, session = self.deeds.take, self._shown, self.deeds.session
        known = (take, session.studio.takes.changed_count, session.marks.ids)
        if known == self._known:
            return
        self._shown, self._known = take, known
        self.looked()
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

        async def learn() -> None:
            await deeds.session.again_prices.learn(take)
            self._tell()

        self.run_worker(Later(learn), group="price", exclusive=True, exit_on_error=False)

    def _tell(self) -> None:
        take, line = self._shown, self.query_one(FactsLine)
        if take is None:
            line.use([])
            return
        pane = self._picture.pane()
        line.use(facts_of(take, self.deeds, self.zoom.percent(pane) if pane else ""), right_of(take, self.deeds))
        if self.query_one("#loupe-info").has_class("-on"):
            facts = self.query_one("#loupe-facts", Static)
            facts.update(table_of(self.deeds.rows(take), facts.content_size.width or NAMES * 2))
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


def table_of(rows: Sequence[tuple[str, str]], width: int) -> str:
    """Names and values in two columns of so many cells together; long values go on in their own column."""
    wide = min(NAMES, max((len(name) for name, _ in rows), default=0))
    lines = []
    for name, value in rows:
        for at, part in enumerate(wrap(plain(value), max(8, width - wide - 2)) or [""]):
            lines.append(f"{name[:wide] if at == 0 else '':<{wide}}  {part}")
    return "\n".join(lines)


def right_of(take: Take, deeds: LookDeeds) -> list[Run]:
    """What one more costs, and where help is."""
    offer = deeds.session.again_prices.known(take)
    price = offer.short() if offer else ""
    return [Run(f"{price}  " if price else "", "good"), Run("?", "key", "question_mark"), Run(" help")]
