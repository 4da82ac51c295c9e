"""The page at the end of the contact flow: the picks, and what they cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import CenterMiddle, Container, Grid, VerticalScroll
from textual.widgets import Static

from studio.domain import money
from studio.domain.take import Take
from studio.domain.text import plain
from studio.ui.look_deeds import LookDeeds
from studio.ui.pictures.picture import PictureView
from studio.ui.screens.look_screen import LookScreen
from studio.ui.screens.survey import SurveyTile, lay_out
from studio.ui.state.tiles import best_grid
from studio.ui.widgets.facts_line import FactsLine
from studio.ui.widgets.run_line import Run
from studio.ui.widgets.tile_words import shortened
from studio.workflows.pick_bill import Bill, Picked, cost_of

PICTURES = 24
"""Picks that are shown as pictures; all of them are in the list."""

WIDE = 140
"""Columns from which the list stands beside the pictures."""

LIST = 72
"""Cells of the list where it stands beside the pictures."""


class ContactPageScreen(LookScreen):
    """Shows a bill. What was picked is in `picks/` already; nothing here changes anything."""

    help_title = "The picks"
    help_text = (
        "What came out of the contact flow: the picked takes and what they cost. A pick costs what its own take cost; "
        "what a pick really costs is the price of all takes of its pose, those that were rejected with it, which is "
        "the price per picked take below. C goes through the poses again that have undecided takes, ctrl+z goes back "
        "and takes back the last decision, y copies the list."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,space", "leave", "Back", id="contact-page.leave"),
        Binding("y", "copy", "Copy the list", id="contact-page.copy"),
        Binding("C", "again", "Once more", id="cull.contact"),
        Binding("ctrl+z", "history('undo')", "Back into the flow, and undo", id="screen.undo"),
        Binding("question_mark,f1", "help", "Help", key_display="?", id="screen.help"),
    ]
    DEFAULT_CSS = f"""
    ContactPageScreen {{
        background: $background;
        & > #page-head {{ height: 1; width: 100%; background: $panel; padding: 0 1; text-style: bold; }}
        & > #page-body {{ width: 100%; height: 1fr; layout: vertical; }}
        #page-body > CenterMiddle {{ width: 100%; height: 1fr; }}
        Grid {{ grid-gutter: 0 1; }}
        SurveyTile > TileWords {{ height: 2; }}
        #page-body > VerticalScroll {{ width: 100%; height: auto; max-height: 45%; padding: 0 1; }}
        &.-wide > #page-body {{ layout: horizontal; }}
        &.-wide #page-body > CenterMiddle {{ width: 1fr; height: 100%; }}
        &.-wide #page-body > VerticalScroll {{ width: {LIST}; height: 100%; max-height: 100%; }}
        #page-list {{ width: auto; height: auto; }}
        & > FactsLine {{ dock: bottom; }}
    }}
    """

    def __init__(self, deeds: LookDeeds, bill: Bill, take_back: Callable[[], None] | None = None) -> None:
        """`take_back` goes back into the flow that led here and takes back its last decision."""
        super().__init__(deeds)
        self._bill = bill
        self._take_back = take_back
        self._picks = [take for row in bill.poses for take in row.picks][:PICTURES]
        self._tiles = [SurveyTile(PictureView(deeds.view.darkroom)) for _ in self._picks]

    def compose(self) -> ComposeResult:
        """Head, pictures, list, sum."""
        yield Static(head_of(self._bill), id="page-head", markup=False)
        with Container(id="page-body"):
            with CenterMiddle() as middle:
                middle.display = bool(self._tiles)
                yield Grid(*self._tiles)
            yield VerticalScroll(Static("\n".join(list_of(self._bill)), id="page-list", markup=False))
        yield FactsLine()

    def on_mount(self) -> None:
        """Show the picks."""
        for number, (tile, take) in enumerate(zip(self._tiles, self._picks, strict=True), 1):
            tile.picture.show(self.deeds.source(take))
            tile.words.use(str(number), take, active=False, remarks=[take.pose])
        sums = [Run(part, "good" if "per picked take" in part else "") for part in sums_of(self._bill)]
        self.query_one(FactsLine).use(sums, [Run("?", "key", "question_mark"), Run(" help")])

    def on_resize(self) -> None:
        """The list beside the pictures where there is room."""
        wide = self.size.width >= WIDE
        self.set_class(wide, "-wide")
        if self._picks:
            shape = self._picks[0].width / max(1, self._picks[0].height)
            room = self.size.width - (LIST if wide else 0), self.size.height - 2 if wide else self.size.height // 2
            lay_out(self.query_one(Grid), best_grid(len(self._picks), room, shape, caption=2))

    def about(self) -> Take | None:
        """No take: the page is about all of them."""
        return None

    def action_copy(self) -> None:
        """The list as text."""
        lines = [head_of(self._bill), *list_of(self._bill), " · ".join(sums_of(self._bill))]
        self.deeds.host.copy("\n".join(line.rstrip() for line in lines) + "\n", "Copied the list of picks")

    def action_history(self, verb: str) -> None:
        """Take the last decision back where it was made."""
        if self._take_back is None:
            super().action_history(verb)
            return
        self.dismiss(None)
        self._take_back()

    def action_again(self) -> None:
        """Through what is still undecided."""
        self.dismiss(None)
        self.deeds.open("cull-contact")


def head_of(bill: Bill) -> str:
    """`5 of 6 poses picked`."""
    picked = sum(bool(row.picks) for row in bill.poses)
    return f"{picked} of {len(bill.poses)} {'pose' if len(bill.poses) == 1 else 'poses'} picked"


def list_of(bill: Bill) -> list[str]:
    """A line for every pick, and one for every pose without."""
    lines = [_columns("pose", "pick", "cost", "takes", "all cost")]
    for row in bill.poses:
        first = True
        for pick in row.picks or (None,):
            name, takes, cost = (row.pose, str(row.takes), _sum(row)) if first else ("", "", "")
            own = money.shown(cost_of(pick)) if pick is not None else ""
            lines.append(_columns(name, pick.id if pick is not None else "no pick", own, takes, cost))
            first = False
    return lines


def sums_of(bill: Bill) -> list[str]:
    """`24 takes cost $1.20`, `6 picks`, `$0.20 per picked take`."""
    verb = "would have cost" if bill.sandbox else "cost"
    unknown = f" and {bill.unknown} of unknown price" if bill.unknown else ""
    takes = f"{bill.takes} {'take' if bill.takes == 1 else 'takes'} {verb} {money.shown(bill.total)}{unknown}"
    picks = f"{bill.picks} {'pick' if bill.picks == 1 else 'picks'}"
    each = f"{money.shown(bill.each)} per picked take" if bill.each is not None else "no pick"
    return [takes, picks, each]


def _sum(row: Picked) -> str:
    return f"{money.shown(row.cost)}{' + ?' if row.unknown else ''}"


def _columns(pose: str, pick: str, own: str, takes: str, cost: str) -> str:
    return f"{_cells(plain(pose), 22)} {_cells(shortened(pick, 22), 22)} {own:>7} {takes:>5} {cost:>8}".rstrip()


def _cells(text: str, width: int) -> str:
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"
