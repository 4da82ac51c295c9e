"""Two to four takes at the same place and the same nearness: side by side, blinking, or only what differs."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical

from studio.domain.take import Take
from studio.ui.cuts import Unneeded
from studio.ui.later import Later
from studio.ui.look_deeds import LookDeeds
from studio.ui.screens.look_screen import DECIDE, LOOK_AGAIN, MORE, STARS
from studio.ui.screens.zoom_screen import ZoomScreen
from studio.ui.state.tiles import best_grid
from studio.ui.state.zoom import Pane
from studio.ui.widgets.facts_line import FactsLine
from studio.ui.widgets.run_line import Run
from studio.ui.widgets.tile_words import TileWords
from studio.ui.widgets.zoom_picture import Sight, ZoomPicture
from studio.workflows.take_settings import apart

GAINS = (4, 16, 1)
"""What a difference is multiplied by, one after the other: at 4 what an eye would notice is well seen."""

ROWS = 3
"""Rows of words under each picture."""


KEYS = (
    Run("b blink", "muted", "b"),
    Run("D difference", "muted", "D"),
    Run("p pick", "muted", "p"),
    Run("x reject", "muted", "x"),
    Run("= 100 %", "muted", "equals_sign"),
)
"""What the line offers besides help."""


class Way(StrEnum):
    """How the takes are looked at."""

    BESIDE = "side by side"
    BLINK = "blinking"
    APART = "difference"


class CompareTile(Vertical):
    """One of the takes."""

    DEFAULT_CSS = f"""
    CompareTile {{ width: 1fr; height: 1fr; }}
    CompareTile > TileWords {{ height: {ROWS}; }}
    """

    def __init__(self, picture: ZoomPicture) -> None:
        super().__init__()
        self.picture = picture
        self.words = TileWords()

    def compose(self) -> ComposeResult:
        """Picture and words."""
        yield self.picture
        yield self.words


class CompareTakesScreen(ZoomScreen):
    """Compares takes; keys are about the active one. Nothing moves by itself: deciding stays where it is."""

    help_title = "Compare"
    help_text = (
        "The marked takes side by side, or the shown one and what it was made from, or its neighbour. All are at the "
        "same place and the same nearness: = shows their own pixels, w the whole, arrows and dragging move all. "
        "[ and ] choose the active take, p and x decide about it. b or tab blinks: the takes one after the other in "
        "the same cells. D shows only what differs from the first one, amplified 4, 16 and 1 times. "
        "Under each take stands what sets it apart from the others."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space,q,c", "leave", "Back", id="compare.leave"),
        Binding("b,tab", "blink", "Blink", id="compare.blink"),
        Binding("D", "difference", "Difference", id="compare.difference"),
        Binding("left_square_bracket", "turn(-1)", "Before", show=False, key_display="[", id="take.previous"),
        Binding("right_square_bracket", "turn(1)", "Next", show=False, key_display="]", id="take.next"),
        Binding("B", "backdrop", "Backdrop", show=False, id="compare.backdrop"),
        Binding("enter", "loupe", "Loupe", key_display="⏎", show=False, id="compare.loupe"),
        *DECIDE,
        *STARS,
        *MORE,
    ]
    DEFAULT_CSS = """
    CompareTakesScreen {
        background: black;
        & > Grid { width: 100%; height: 1fr; grid-gutter: 0 1; }
        & > #compare-alone { width: 100%; height: 1fr; display: none; }
        & > TileWords { height: 2; display: none; }
        &.-alone > Grid { display: none; }
        &.-alone > #compare-alone, &.-alone > TileWords { display: block; }
        & > FactsLine { dock: bottom; }
    }
    """

    def __init__(self, deeds: LookDeeds, takes: Sequence[Take]) -> None:
        super().__init__(deeds)
        self._ids = [take.id for take in takes]
        shown = deeds.take
        self._active = self._ids.index(shown.id) if shown is not None and shown.id in self._ids else 0
        self._way = Way.BESIDE
        self._gain = 0
        self._apart: tuple[Sight, str] | None = None
        self._tiles = [CompareTile(ZoomPicture(deeds.view.darkroom, self.cuts)) for _ in takes]
        self._alone = ZoomPicture(deeds.view.darkroom, self.cuts, id="compare-alone")
        self._words = TileWords()
        self._known: list[Take] = []

    def compose(self) -> ComposeResult:
        """All of them, the single place for blinking, and the line."""
        yield Grid(*self._tiles)
        yield self._alone
        yield self._words
        yield FactsLine()

    def on_mount(self) -> None:
        """Show them, and what becomes of them."""
        self._follow()
        self.set_interval(LOOK_AGAIN, self._follow)

    def on_resize(self) -> None:
        """As many columns as make the pictures largest."""
        takes = self._takes()
        if takes:
            shape = takes[0].width / max(1, takes[0].height)
            tiling = best_grid(len(self._tiles), (self.size.width, self.size.height - 1), shape, ROWS)
            self.query_one(Grid).styles.grid_size_columns = tiling.columns
            self.query_one(Grid).styles.width = tiling.width
        self.call_after_refresh(self._tell)

    def about(self) -> Take | None:
        """The active take."""
        return self.deeds.current(self._ids[self._active]) if self._ids else None

    def pane(self) -> Pane | None:
        """That of the first picture, whose scale counts."""
        return (self._tiles[0].picture if self._way is Way.BESIDE else self._alone).pane()

    def stepped(self, across: int, down: int) -> None:
        """The arrows choose when the whole pictures are seen."""
        self.action_turn(across or down)

    def action_verb(self, verb: str) -> None:
        """Decide and stay: going on would leave the comparison."""
        super().action_verb({"pick": "pick-stay", "reject": "reject-stay"}.get(verb, verb))

    def action_turn(self, by: int) -> None:
        """Another take is the active one."""
        if self._ids:
            self._active = (self._active + by) % len(self._ids)
            if self._way is Way.APART:
                self._difference()
            self.looked()

    def action_blink(self) -> None:
        """The next take in the same cells; the first time, the active one alone."""
        if self._way is Way.BLINK:
            self.action_turn(1)
            return
        self._change(Way.BLINK)
        self._alone.call_after_refresh(self._prepare)

    def action_difference(self) -> None:
        """What differs from the first, once more amplified, and back."""
        if self._way is Way.APART and self._gain + 1 == len(GAINS):
            self._change(Way.BESIDE)
            return
        self._gain = self._gain + 1 if self._way is Way.APART else 0
        self._change(Way.APART)
        self._difference()

    def action_leave(self) -> None:
        """Back to side by side, then back."""
        if self._way is Way.BESIDE:
            self.dismiss(None)
        else:
            self._change(Way.BESIDE)

    def action_loupe(self) -> None:
        """The active take on the whole terminal."""
        if (take := self.about()) is not None:
            self.deeds.show(take)
            self.deeds.open("loupe")

    def looked(self) -> None:
        """Show every take at the zoom."""
        takes = self._takes()
        for tile, take in zip(self._tiles, takes, strict=False):
            tile.picture.look(self._sight(take, takes[0]), self.zoom, self.backdrop)
        if self._way is Way.APART:
            if self._apart is not None:
                self._alone.look(self._apart[0], self.zoom, self.backdrop)
        elif (active := self.about()) is not None:
            self._alone.look(self._sight(active, takes[0]), self.zoom, self.backdrop)
        self._tell()

    def on_zoom_picture_pressed(self, event: ZoomPicture.Pressed) -> None:
        """A click makes a take the active one."""
        for at, tile in enumerate(self._tiles):
            if tile.picture is event.view:
                self._active = at
                self.looked()

    def _sight(self, take: Take, beside: Take) -> Sight:
        return Sight.of(take, self.deeds.source(take), beside)

    def _takes(self) -> list[Take]:
        return [take for take_id in self._ids if (take := self.deeds.current(take_id)) is not None]

    def _change(self, way: Way) -> None:
        self._way = way
        self.set_class(way is not Way.BESIDE, "-alone")
        self.looked()

    def _prepare(self) -> None:
        """Blinking is only of use when the next picture is there at once."""
        self._alone.picture.prefetch(*(self.deeds.source(take) for take in self._takes()))

    def _pair(self) -> tuple[int, int]:
        """The numbers of the two takes whose difference is shown."""
        return 0, self._active or 1

    def _difference(self) -> None:
        self._apart = None
        takes = self._takes()
        if len(takes) <= max(self._pair()):
            return
        first, second = (takes[at] for at in self._pair())

        async def differ() -> None:
            await self._differ(first, second)

        self.run_worker(Later(differ), group="apart", exclusive=True)

    async def _differ(self, first: Take, second: Take) -> None:
        deeds, gain = self.deeds, GAINS[self._gain]
        try:
            source, found = await self.cuts.apart(deeds.source(first), deeds.source(second), gain)
        except Unneeded:
            return
        except (OSError, ValueError) as error:
            deeds.host.say(f"These two cannot be compared: {error}", severity="warning")
            return
        self._apart = Sight(source, (max(1, first.width), max(1, first.height))), found.words()
        self.looked()

    def _follow(self) -> None:
        """A verdict, or a take that went to the trash."""
        takes = self._takes()
        if takes == self._known:
            return
        gone = len(takes) < len(self._ids)
        self._known = takes
        if gone:
            kept = [take.id for take in takes]
            for tile, take_id in zip(self._tiles, self._ids, strict=True):
                if take_id not in kept:
                    tile.remove()
            self._tiles = [tile for tile, take_id in zip(self._tiles, self._ids, strict=True) if take_id in kept]
            self._ids, self._active = kept, min(self._active, max(0, len(kept) - 1))
        if len(takes) < 2:
            self.dismiss(None)
            return
        self.looked()

    def _tell(self) -> None:
        takes, deeds = self._takes(), self.deeds
        if not takes:
            return
        told = apart(takes, deeds.session.studio.catalogue.model)
        for at, (tile, take) in enumerate(zip(self._tiles, takes, strict=False)):
            for words, shown in ((tile.words, True), (self._words, at == self._active and self._way is Way.BLINK)):
                if shown:
                    marked = deeds.session.marks.has(take.id)
                    words.use(str(at + 1), take, active=at == self._active, marked=marked, remarks=told[at])
        self._words.display = self._way is Way.BLINK
        pane = self.pane()
        percent = Run(self.zoom.percent(pane) if pane else "", "accent")
        self.query_one(FactsLine).use([percent, *self._facts(takes)], [Run("?", "key", "question_mark"), Run(" help")])

    def _facts(self, takes: Sequence[Take]) -> list[Run]:
        match self._way:
            case Way.BESIDE:
                return [Run(f"{len(takes)} side by side"), *KEYS]
            case Way.BLINK:
                return [Run(f"{self._active + 1} of {len(takes)} in the same cells"), *KEYS]
            case Way.APART:
                one, other = self._pair()
                words = self._apart[1] if self._apart else "comparing"
                return [Run(f"difference of {one + 1} and {other + 1}, ×{GAINS[self._gain]}"), Run(words), *KEYS[1:]]
