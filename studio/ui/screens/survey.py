"""The survey: the marked takes large, dropped one after the other until one is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import CenterMiddle, Grid, Vertical
from textual.message import Message

from studio.domain.take import Take
from studio.ui.look_deeds import LookDeeds
from studio.ui.pictures.picture import PictureView
from studio.ui.screens.look_screen import DECIDE, LOOK_AGAIN, MORE, STARS, LookScreen
from studio.ui.state.tiles import Tiling, best_grid
from studio.ui.widgets.facts_line import FactsLine
from studio.ui.widgets.run_line import Run
from studio.ui.widgets.tile_words import TileWords

KEYS = (
    Run("x drop", "muted", "x"),
    Run("p pick", "muted", "p"),
    Run("⏎ loupe", "muted", "enter"),
    Run("ctrl+z brings back", "muted", "ctrl+z"),
)


class SurveyTile(Vertical):
    """One of the takes."""

    DEFAULT_CSS = """
    SurveyTile { width: 1fr; height: 1fr; }
    SurveyTile > TileWords { height: 1; }
    """

    class Chosen(Message):
        """The tile was clicked."""

        def __init__(self, tile: SurveyTile, *, twice: bool) -> None:
            super().__init__()
            self.tile, self.twice = tile, twice

    def __init__(self, picture: PictureView) -> None:
        super().__init__()
        self.picture = picture
        self.words = TileWords()

    def on_click(self, event: events.Click) -> None:
        """Choose it."""
        self.post_message(self.Chosen(self, twice=event.chain == 2))

    def compose(self) -> ComposeResult:
        """Picture and words."""
        yield self.picture
        yield self.words


def lay_out(grid: Grid, tiling: Tiling) -> None:
    """Give a grid in the middle of its place the size of its tiles."""
    grid.styles.grid_size_columns = tiling.columns
    grid.styles.width, grid.styles.height = tiling.width, tiling.height


class SurveyScreen(LookScreen):
    """Dropping takes one out of the survey and its mark away; that is no verdict. `u` and ctrl+z bring it back."""

    help_title = "Survey"
    help_text = (
        "The marked takes (m marks one), as large as they fit; with none marked, those of the pose that are not "
        "rejected. Arrows or hjkl choose one. x or backspace drops it from the survey, which is no verdict: it only "
        "loses its mark. When one is left, p picks it. ctrl+z brings back what was dropped, or takes a decision back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,n", "leave", "Back", id="survey.leave"),
        Binding("x,backspace,delete", "drop", "Drop", id="survey.drop"),
        Binding("left,h,left_square_bracket", "move(-1)", "Before", show=False, id="survey.before"),
        Binding("right,l,right_square_bracket", "move(1)", "Next", show=False, id="survey.next"),
        Binding("up,k", "row(-1)", "Up", show=False, id="survey.up"),
        Binding("down,j", "row(1)", "Down", show=False, id="survey.down"),
        Binding("enter,space", "loupe", "Loupe", key_display="⏎", id="survey.loupe"),
        *(entry for entry in DECIDE if isinstance(entry, Binding) and entry.id not in {"take.reject"}),
        *STARS,
        *MORE,
    ]
    DEFAULT_CSS = """
    SurveyScreen {
        background: black;
        & > CenterMiddle { width: 100%; height: 1fr; }
        Grid { grid-gutter: 0 1; }
        & > FactsLine { dock: bottom; }
    }
    """

    def __init__(self, deeds: LookDeeds, takes: Sequence[Take]) -> None:
        super().__init__(deeds)
        self._ids = [take.id for take in takes]
        shown = deeds.take
        self._active = self._ids.index(shown.id) if shown is not None and shown.id in self._ids else 0
        self._tiles = [SurveyTile(PictureView(deeds.view.darkroom)) for _ in takes]
        self._dropped: list[tuple[int, str]] = []
        """Places and ids, the last drop last."""
        self._columns = 1
        self._known: tuple[list[Take], int] | None = None

    def compose(self) -> ComposeResult:
        """All of them, and the line."""
        with CenterMiddle():
            yield Grid(*self._tiles)
        yield FactsLine()

    def on_mount(self) -> None:
        """Show them, and what becomes of them."""
        self._follow()
        self.set_interval(LOOK_AGAIN, self._follow)

    def on_resize(self) -> None:
        """As many columns as make the pictures largest."""
        self._arrange()

    def about(self) -> Take | None:
        """The active take."""
        return self.deeds.current(self._ids[self._active]) if self._ids else None

    def action_verb(self, verb: str) -> None:
        """Decide and stay; the last one that is left and picked ends the survey."""
        picked = verb in {"pick", "pick-stay"}
        super().action_verb("pick-stay" if picked else verb)
        if picked and len(self._ids) == 1:
            self.dismiss(None)

    def action_move(self, by: int) -> None:
        """Another one is active."""
        if self._ids:
            self._active = (self._active + by) % len(self._ids)
            self._follow()

    def action_row(self, by: int) -> None:
        """The one above or below."""
        if 0 <= self._active + by * self._columns < len(self._ids):
            self.action_move(by * self._columns)

    def action_drop(self) -> None:
        """Take it out of the survey; the last one stays."""
        if len(self._ids) < 2:
            self.deeds.host.say("One is left: p picks it.")
            return
        take_id = self._ids[self._active]
        self._dropped.append((self._active, take_id))
        self.deeds.session.marks.drop(take_id)
        self._keep([other for other in self._ids if other != take_id])

    def action_history(self, verb: str) -> None:
        """What was dropped comes back first."""
        if verb == "undo" and self._dropped:
            place, take_id = self._dropped.pop()
            self.deeds.session.marks.add([take_id])
            self._bring_back(place, take_id)
        else:
            super().action_history(verb)

    def action_loupe(self) -> None:
        """The active take on the whole terminal."""
        if (take := self.about()) is not None:
            self.deeds.show(take)
            self.deeds.open("loupe")

    def on_survey_tile_chosen(self, event: SurveyTile.Chosen) -> None:
        """A click makes it the active one; a second one opens the loupe."""
        if event.tile in self._tiles:
            self._active = self._tiles.index(event.tile)
            self._follow()
            if event.twice:
                self.action_loupe()

    def _bring_back(self, place: int, take_id: str) -> None:
        if self.deeds.current(take_id) is None or take_id in self._ids:
            return
        tile = SurveyTile(PictureView(self.deeds.view.darkroom))
        grid = self.query_one(Grid)
        grid.mount(tile, before=self._tiles[place]) if place < len(self._tiles) else grid.mount(tile)
        self._tiles.insert(place, tile)
        self._ids.insert(place, take_id)
        self._active = place
        self._arrange()
        self.call_after_refresh(self._follow)

    def _keep(self, ids: Sequence[str]) -> None:
        """Only these stay."""
        for tile, take_id in zip(self._tiles, self._ids, strict=True):
            if take_id not in ids:
                tile.remove()
        self._tiles = [tile for tile, take_id in zip(self._tiles, self._ids, strict=True) if take_id in ids]
        self._ids = list(ids)
        self._active = min(self._active, max(0, len(self._ids) - 1))
        self._arrange()
        self._follow()

    def _arrange(self) -> None:
        first = self.about()
        if first is not None:
            shape = first.width / max(1, first.height)
            tiling = best_grid(len(self._ids), (self.size.width, self.size.height - 1), shape)
            self._columns = tiling.columns
            lay_out(self.query_one(Grid), tiling)

    def _follow(self) -> None:
        takes = [take for take_id in self._ids if (take := self.deeds.current(take_id)) is not None]
        if not takes:
            self.dismiss(None)
            return
        if len(takes) < len(self._ids):
            self._keep([take.id for take in takes])
            return
        if self._known == (takes, self._active):
            return
        self._known = takes, self._active
        for at, (tile, take) in enumerate(zip(self._tiles, takes, strict=True)):
            source = self.deeds.source(take)
            if tile.picture.source != source:
                tile.picture.show(source)
            remarks = [self.deeds.cost(take)]
            tile.words.use(str(at + 1), take, active=at == self._active, remarks=remarks)
        left = f"{len(takes)} left" if len(takes) > 1 else "one is left: p picks it"
        dropped = f"{len(self._dropped)} dropped" if self._dropped else ""
        self.query_one(FactsLine).use(
            [Run(left, "strong"), Run(dropped, "muted"), *KEYS], [Run("?", "key", "question_mark"), Run(" help")]
        )
