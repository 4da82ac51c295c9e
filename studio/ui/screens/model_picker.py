"""Choosing a model: what each costs now, how quick it is, what holds the character together, what it is good for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from studio.domain.errors import StudioError
from studio.domain.model import Model
from studio.domain.text import plain
from studio.engine.ports import Listing
from studio.ui.screens.dialog import Dialog
from studio.ui.state.model_rows import (
    DeedRow,
    FoundRow,
    Heading,
    ModelRow,
    PickerRow,
    Shelf,
    heading_runs,
    key_of,
    nothing_new,
    remark_of,
    row_runs,
)
from studio.ui.widgets.grouped_table import GroupedTable
from studio.ui.widgets.long_table import LongTable
from studio.workflows.model_offers import ModelOffer
from studio.workflows.side_by_side import KINDS

Offers = Callable[[], Sequence[ModelOffer]]
"""Every model as it is now, priced."""


class ModelList(Protocol):
    """A list of endpoints beyond the catalogue. Each call raises a StudioError with a sentence when it fails."""

    @property
    def name(self) -> str:
        """Whose list it is."""

    async def search(self, words: str) -> Sequence[Listing]:
        """What is found for some words."""

    async def read(self, text: str) -> Model:
        """The model of an endpoint, made usable."""

    async def renew(self, endpoint: str) -> tuple[str, ...]:
        """Read price and settings of a model again; what could not be read."""


class ModelPickerScreen(Dialog[str]):
    """Gives the id of the chosen model, which is usable then. Typing filters; a deprecated one takes two keys."""

    title_text = "Model"
    hint = "enter chooses · ctrl+f looks beyond this list · ctrl+r renews a price · esc"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", priority=True, show=False),
        Binding("up", "move(-1)", "Previous", priority=True, show=False),
        Binding("pagedown", "page(1)", "Down", priority=True, show=False),
        Binding("pageup", "page(-1)", "Up", priority=True, show=False),
        Binding("ctrl+f", "search", "Search beyond the catalogue", priority=True, id="models.search"),
        Binding("ctrl+r", "renew", "Read its price again", priority=True, id="models.renew"),
        Binding("ctrl+o", "old", "Take the old one all the same", priority=True, id="models.old"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    ModelPickerScreen {
        & > .dialog-panel { width: 100%; max-width: 190; height: 92%; padding: 0 1; }
        Input, Input:focus { border: none; height: 1; padding: 0 1; background: $panel; margin: 0; }
        GroupedTable { height: 1fr; min-height: 4; }
        #model-remark { height: 7; color: $text-muted; margin-top: 1; overflow: hidden; }
        #model-remark.-busy { color: $text-accent; }
        #model-remark.-warn { color: $text-warning; }
        .dialog-hint { margin-top: 0; height: 1; }
    }
    """

    def __init__(self, offers: Offers, current: str, beyond: ModelList) -> None:
        super().__init__()
        self._offers = offers
        self._current = current
        self._beyond = beyond
        self._shelf = Shelf(offers())
        self._found: Sequence[Listing] = ()
        self._rows: list[PickerRow] = []
        self._doubted = ""
        """The deprecated model that enter was pressed on once."""
        self._told_of = ""
        """The row that was spoken of last; what is said stays until the cursor is on another one."""
        self._today = datetime.now(UTC).date()

    def body(self) -> Iterable[Widget]:
        """Filter, table, what there is to know about the row."""
        yield Input(placeholder="name, maker, family, what it is good for, or OWNER/NAME of any endpoint", id="models")
        yield GroupedTable(id="model-table")
        yield Static("", id="model-remark", markup=False)

    def on_mount(self) -> None:
        """Everything there is, the cursor on the chosen model."""
        self._fill(self._current)
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer rows with every letter."""
        self._fill("")

    def on_input_submitted(self) -> None:
        """Enter takes the row under the cursor."""
        match self._row():
            case ModelRow(offer) if offer.model.deprecated and self._doubted != offer.model.id:
                self._doubt(offer.model)
            case ModelRow(offer) if offer.model.deprecated:
                self._take(offer.model.newer)
            case ModelRow(offer):
                self._take(offer.model.id)
            case FoundRow(listing):
                self._take(listing.endpoint)
            case DeedRow("read", words):
                self._take(words)
            case DeedRow():
                self.action_search()

    def on_grouped_table_chosen(self) -> None:
        """A second click is enter."""
        self.on_input_submitted()

    def on_long_table_moved(self, event: LongTable.Moved) -> None:
        """Say more about the row."""
        event.stop()
        row = self._row()
        if row is not None and key_of(row) != self._told_of:
            self._tell_row()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """The key for the old model is there only after enter was pressed on one."""
        return bool(self._doubted) if action == "old" else True

    def action_move(self, by: int) -> None:
        """Move without leaving the filter."""
        self.query_one(GroupedTable).action_move(by)

    def action_page(self, by: int) -> None:
        """A screenful further."""
        self.query_one(GroupedTable).action_page(by)

    def action_old(self) -> None:
        """The deprecated model is meant."""
        if self._doubted:
            self._take(self._doubted)

    def action_search(self) -> None:
        """Look through the list for the typed words, those included that are still on their way to the filter."""
        self.query_one(Input).call_later(self._look)

    def _look(self) -> None:
        words = " ".join(self.query_one(Input).value.split())
        if words:
            self._tell(f"Looking through the list of {self._beyond.name} for ‹{words}› …", "-busy")
            self.run_worker(self._search(words), group="beyond", exclusive=True, exit_on_error=False)
        else:
            self._tell("Type what to look for first: a name, a maker, what it is good for.", "-warn")

    def action_renew(self) -> None:
        """Read price and settings of the row's model again."""
        if isinstance(row := self._row(), ModelRow):
            self._tell(f"Reading {row.offer.model.title} from {self._beyond.name} …", "-busy")
            self.run_worker(self._renew(row.offer.model), group="beyond", exclusive=True, exit_on_error=False)

    def _row(self) -> PickerRow | None:
        at = self.query_one(GroupedTable).cursor
        return self._rows[at] if at < len(self._rows) else None

    def _fill(self, stay: str) -> None:
        """The rows for what is typed, the cursor on the one of that key, else on the first."""
        rows = self._rows = self._shelf.rows(self.query_one(Input).value, self._found, self._beyond.name)
        self.query_one(GroupedTable).use_groups(
            heading_runs,
            lambda number, width: row_runs(rows[number], self._current, self._today, width),
            len(rows),
            lambda number: isinstance(rows[number], Heading),
            at=next((at for at, row in enumerate(rows) if stay and key_of(row) == stay), 0),
        )
        self._tell_row()

    def _tell_row(self) -> None:
        row = self._row()
        self._doubted, self._told_of = "", key_of(row) if row else ""
        self._tell(remark_of(row, self._today, self._beyond.name) if row else "")

    def _tell(self, text: str, look: str = "") -> None:
        said = self.query_one("#model-remark", Static)
        for name in ("-busy", "-warn"):
            said.set_class(name == look, name)
        said.update(plain(text, lines=True, limit=2_000), layout=False)

    def _doubt(self, model: Model) -> None:
        self._doubted = model.id
        follows = f"Enter once more takes {model.newer}, which follows it; " if model.newer else ""
        self._tell(f"fal has given up {model.title}. {follows}ctrl+o takes the old one all the same.", "-warn")

    def _take(self, endpoint: str) -> None:
        """Choose a model, after its settings were read where they never were."""
        known = next((row for row in self._shelf.offers if row.model.id == endpoint), None)
        if not endpoint:
            return
        if known is not None and not known.model.unread:
            self.dismiss(endpoint)
            return
        self._tell(f"Reading the settings of {endpoint} from {self._beyond.name} …", "-busy")
        self.run_worker(self._read(endpoint), group="beyond", exclusive=True, exit_on_error=False)

    async def _read(self, endpoint: str) -> None:
        try:
            model = await self._beyond.read(endpoint)
        except StudioError as error:
            self._tell(f"{error.happened} {error.remedy}".strip(), "-warn")
            return
        if model.kind in KINDS:
            self.dismiss(model.id)
        else:
            self._tell(f"{model.title} is known now, but it makes no pictures: it is for {model.kind}.", "-warn")

    async def _search(self, words: str) -> None:
        try:
            found = await self._beyond.search(words)
        except StudioError as error:
            self._tell(f"{error.happened} What is in the catalogue can be chosen all the same.", "-warn")
            return
        self._found = found
        fresh = self._shelf.fresh(found)
        if fresh:
            self._fill(fresh[0].endpoint)
        else:
            self._tell(nothing_new(found, words, self._beyond.name), "-warn")

    async def _renew(self, model: Model) -> None:
        try:
            notes = await self._beyond.renew(model.id)
        except StudioError as error:
            self._tell(f"{error.happened} The price known so far counts.", "-warn")
            return
        self._shelf = Shelf(self._offers())
        self._fill(model.id)
        if notes:
            self._tell(" ".join(notes), "-warn")
