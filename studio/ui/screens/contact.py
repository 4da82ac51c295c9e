"""The contact flow: pose by pose the takes side by side, and one key for each decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import CenterMiddle, Grid
from textual.timer import Timer

from studio.domain.take import Take, Verdict
from studio.domain.text import slug
from studio.ui.later import Later
from studio.ui.look_deeds import LookDeeds
from studio.ui.pictures.picture import PictureView
from studio.ui.screens.look_screen import DECIDE, LOOK_AGAIN, MORE, LookScreen
from studio.ui.screens.survey import SurveyTile, lay_out
from studio.ui.state.contact import AT_ONCE, ContactFlow
from studio.ui.state.tiles import best_grid
from studio.ui.widgets.contact_bar import ContactBar, Stand
from studio.ui.widgets.facts_line import FactsLine
from studio.ui.widgets.run_line import Run

REST = 0.15
"""Seconds on a take before its price is looked up and the next pose is prepared."""


class ContactScreen(LookScreen):
    """Goes through the poses of a flow. `finished` is called at its end, not when it is left before."""

    help_title = "Contact flow"
    help_text = (
        "From many takes to the best of each pose. A digit picks that take, rejects the others that are undecided "
        "(tab: or leaves them) and goes on to the next pose; 0 picks none. Or decide take by take: arrows or hjkl "
        "choose one, p picks, x rejects, u takes that back, * gives one star more. Enter goes on to the next pose, "
        "backspace back. r makes one more, which comes in without moving anything. ctrl+z takes back what the last "
        "key did and goes back to its pose. Space is the loupe, c compares. At the end stand the picks and their cost."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="contact.leave"),
        *(
            Binding(str(digit), f"choose({digit})", f"Pick take {digit}", show=False, id=f"contact.choose-{digit}")
            for digit in range(1, AT_ONCE + 1)
        ),
        Binding("0", "none", "None of them", show=False, id="contact.none"),
        Binding("tab", "others", "Reject or leave the others", show=False, id="contact.others"),
        Binding("enter,J", "turn(1)", "Next pose", key_display="⏎", id="contact.next-pose"),
        Binding("backspace,K", "turn(-1)", "Previous pose", show=False, id="contact.previous-pose"),
        Binding("right,l,right_square_bracket", "move(1)", "Next take, then pose", show=False, id="contact.next"),
        Binding("left,h,left_square_bracket", "move(-1)", "Take before", show=False, id="contact.before"),
        Binding("down,j", "row(1)", "Down", show=False, id="contact.down"),
        Binding("up,k", "row(-1)", "Up", show=False, id="contact.up"),
        Binding("asterisk", "star", "One star more", show=False, key_display="*", id="contact.star"),
        Binding("space", "open('loupe')", "Loupe", id="take.loupe"),
        Binding("c", "open('look-compare')", "Compare", show=False, id="look.compare"),
        *DECIDE,
        *MORE,
    ]
    DEFAULT_CSS = """
    ContactScreen {
        background: $background;
        & > CenterMiddle { width: 100%; height: 1fr; }
        Grid { grid-gutter: 0 1; }
        & > FactsLine { dock: bottom; }
    }
    """

    def __init__(self, deeds: LookDeeds, flow: ContactFlow, finished: Callable[[ContactFlow], None]) -> None:
        super().__init__(deeds)
        self._flow = flow
        self._finished = finished
        self._tiles: list[SurveyTile] = []
        self._rejects = True
        self._told = ""
        self._known: object = None
        self._columns = 1
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        """What is left, the takes, the keys."""
        yield ContactBar()
        with CenterMiddle():
            yield Grid()
        yield FactsLine()

    def on_mount(self) -> None:
        """Begin with the first pose."""
        self._begin()
        self.set_interval(LOOK_AGAIN, self._follow)

    def on_resize(self) -> None:
        """As many columns as make the pictures largest."""
        self._arrange()

    def about(self) -> Take | None:
        """The take that is shown everywhere, when it is one of this pose."""
        take = self.deeds.take
        return take if take is not None and slug(take.pose) == slug(self._flow.pose) else self._flow.first()

    def action_choose(self, digit: int) -> None:
        """Pick the take of that number, deal with the others, go on."""
        page = self._page()
        if digit > len(page):
            return
        take = page[digit - 1]
        if take.flagged:
            self.deeds.host.say(f"{take.id} was blacked out by fal's safety checker.", severity="warning")
            return
        self._decide(take)

    def action_none(self) -> None:
        """None of this pose is good enough."""
        self._decide(None)

    def action_others(self) -> None:
        """What a digit does with the takes that are not picked."""
        self._rejects = not self._rejects
        self._follow()

    def action_turn(self, by: int) -> None:
        """Another pose; behind the last one is the page of the picks."""
        self._told = ""
        self._step(by)

    def action_move(self, by: int) -> None:
        """Another take; behind the last one the next pose begins."""
        take, rows = self.about(), self._flow.takes()
        ids = [row.id for row in rows]
        at = ids.index(take.id) + by if take is not None and take.id in ids else 0
        if 0 <= at < len(rows):
            self.deeds.show(rows[at])
            self._follow()
        elif by > 0 or not self._first_pose:
            self.action_turn(by)

    def action_row(self, by: int) -> None:
        """The take above or below."""
        take, rows = self.about(), self._flow.takes()
        ids = [row.id for row in rows]
        at = ids.index(take.id) + by * self._columns if take is not None and take.id in ids else -1
        if 0 <= at < len(rows):
            self.deeds.show(rows[at])
            self._follow()

    def action_star(self) -> None:
        """One star more; behind five there are none."""
        if (take := self.about()) is not None:
            self.action_verb(f"stars-{(take.stars + 1) % 6}")

    @property
    def _first_pose(self) -> bool:
        return self._flow.number == 1

    def _page(self) -> list[Take]:
        """The takes that are seen: the nine around the active one."""
        rows, take = self._flow.takes(), self.about()
        at = next((at for at, row in enumerate(rows) if take is not None and row.id == take.id), 0)
        start = at // AT_ONCE * AT_ONCE
        return rows[start : start + AT_ONCE]

    def _decide(self, take: Take | None) -> None:
        undecided = [row for row in self._flow.takes() if row.verdict is Verdict.UNDECIDED and row is not take]
        others = undecided if self._rejects or take is None else []
        picked = f"✓ {take.id}" if take is not None else f"none of {self._flow.pose}"
        self._told = f"{picked}, {len(others)} rejected" if others else picked
        self.deeds.host.start(self.deeds.takes.choose(take, others))
        self._step(1)

    def _step(self, by: int) -> None:
        if self._flow.step(by):
            self._begin()
        elif by > 0:
            self.dismiss(None)
            self._finished(self._flow)

    def _begin(self) -> None:
        """A pose begins at its first undecided take."""
        first = self._flow.first()
        if first is not None:
            self.deeds.show(first)
        self._follow()

    def on_survey_tile_chosen(self, event: SurveyTile.Chosen) -> None:
        """A click chooses a take; a second one opens the loupe."""
        page = self._page()
        if event.tile in self._tiles and (at := self._tiles.index(event.tile)) < len(page):
            self.deeds.show(page[at])
            self._follow()
            if event.twice:
                self.deeds.open("loupe")

    def _arrange(self) -> None:
        page = self._page()
        if page:
            shape = page[0].width / max(1, page[0].height)
            tiling = best_grid(len(page), (self.size.width, self.size.height - 2), shape)
            self._columns = tiling.columns
            lay_out(self.query_one(Grid), tiling)

    def _follow(self) -> None:
        shown = self.deeds.take
        if shown is not None and slug(shown.pose) != slug(self._flow.pose) and self._flow.go_to(shown.pose):
            # Undo went back to an earlier pose.
            self._told = ""
        session, seen = self.deeds.session, shown.id if shown is not None else ""
        known = (session.studio.takes.changed_count, seen, self._flow.number, self._rejects, session.marks.ids)
        if known == self._known:
            return
        self._known = known
        page, active = self._page(), self.about()
        self._lay(page)
        for number, (tile, take) in enumerate(zip(self._tiles, page, strict=True), 1):
            source = self.deeds.source(take)
            if tile.picture.source != source:
                tile.picture.show(source)
            marked = self.deeds.session.marks.has(take.id)
            tile.words.use(str(number), take, active=active is not None and take.id == active.id, marked=marked)
        self._tell()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._look_ahead)

    def _lay(self, page: list[Take]) -> None:
        """As many tiles as takes; those that are there stay, so that nothing flickers."""
        for tile in self._tiles[len(page) :]:
            tile.remove()
        more = [SurveyTile(PictureView(self.deeds.view.darkroom)) for _ in page[len(self._tiles) :]]
        if more:
            self.query_one(Grid).mount(*more)
        if more or len(self._tiles) > len(page):
            self._tiles = [*self._tiles[: len(page)], *more]
            self._arrange()

    def _look_ahead(self) -> None:
        take, flow = self.about(), self._flow
        if take is not None:

            async def learn() -> None:
                await self.deeds.session.again_prices.learn(take)
                self._tell()

            self.run_worker(Later(learn), group="price", exclusive=True, exit_on_error=False)
        if self._tiles and not flow.last:
            following = self.deeds.session.studio.takes.of_pose(flow.poses[flow.number])
            self._tiles[0].picture.prefetch(*(self.deeds.source(other) for other in following[:AT_ONCE]))

    def _tell(self) -> None:
        flow, take = self._flow, self.about()
        self.query_one(ContactBar).use(stand_of(flow, self.deeds, self._told))
        rows, page = flow.takes(), self._page()
        more = f"{len(rows)} takes, {len(page)} of them here" if len(rows) > len(page) else ""
        digits = "1 picks" if len(page) == 1 else f"1-{len(page)} pick"
        keys = [
            Run(f"{digits}, others {'rejected' if self._rejects else 'left'}", "", "tab"),
            Run("0 none", "", "0"),
            Run("⏎ next pose" if not flow.last else "⏎ the picks", "", "enter"),
            Run("p x u one by one", "muted"),
            Run("tab " + ("leaves" if self._rejects else "rejects") + " others", "muted", "tab"),
            Run(more, "muted"),
        ]
        offer = self.deeds.session.again_prices.known(take) if take is not None else None
        price = f"{offer.short()}  " if offer and offer.short() else ""
        self.query_one(FactsLine).use(keys, [Run(price, "good"), Run("?", "key", "question_mark"), Run(" help")])


def stand_of(flow: ContactFlow, deeds: LookDeeds, told: str) -> Stand:
    """Where a flow is, for the bar."""
    marks = []
    for name in flow.poses:
        picked = deeds.session.studio.takes.counts(name)[0]
        past = "muted" if name in flow.past else "faint"
        marks.append("accent" if name == flow.pose else "good" if picked else past)
    return Stand(flow.pose, flow.number, tuple(marks), flow.left(), told)
