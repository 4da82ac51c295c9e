"""The dataset page: pictures and captions for a LoRA, the doctor's words, the trainer's form, and its price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from studio.domain.character import Lora
from studio.domain.dataset import DatasetItem
from studio.domain.price import Estimate
from studio.domain.text import plain
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.pictures.picture import PictureView
from studio.ui.pictures.source import PictureSource
from studio.ui.screens.dialog import Dialog
from studio.ui.state.dataset_rows import (
    concerns,
    form_lines,
    heading,
    item_line,
    remark_line,
    shared_start,
    trained_line,
)
from studio.ui.widgets.long_table import LongTable
from studio.ui.widgets.remark_lines import RemarkLines
from studio.ui.widgets.run_line import Run
from studio.workflows.dataset_desk import Examined
from studio.workflows.doctor import Diagnosis
from studio.workflows.lora_trainers import TrainingWish

LOOK_AGAIN = 1.0
"""Seconds between two looks at what came home."""

PROMPTS = {
    "caption": "the caption of this picture, the trigger word first",
    "trigger": "the trigger word: letters only, no real word",
    "steps": "steps of the training",
}
"""What a line for typing asks for; other names are settings of the trainer."""


class DatasetDesk(Protocol):
    """What the page asks for and does."""

    @property
    def wish(self) -> TrainingWish:
        """What would be trained."""

    @property
    def examined(self) -> Examined | None:
        """The set and the doctor's words; None while they are being made."""

    def price(self) -> tuple[Estimate | None, str]:
        """What it would cost, or why it cannot be said."""

    def loras(self) -> Sequence[Lora]:
        """The character's LoRAs."""

    def source(self, item: DatasetItem) -> PictureSource | None:
        """The picture of the set."""

    def value(self, what: str) -> str:
        """The text that a line for typing begins with."""

    def typed(self, what: str, text: str, item: DatasetItem | None) -> None:
        """Something was typed: a caption, the trigger, the steps, or a setting of the trainer."""

    def leave_out(self, item: DatasetItem) -> None:
        """Take it out of the set, or in again."""

    def choose_trainer(self) -> None:
        """Choose another trainer."""

    def choose_setting(self) -> None:
        """Choose one of the trainer's other settings."""

    def show_remarks(self) -> None:
        """Everything the doctor says, whole."""

    def train(self) -> None:
        """Ask and train."""

    def use(self) -> None:
        """Choose a model that loads the newest LoRA."""

    def proof(self) -> None:
        """The proof sheet of the newest LoRA."""


class DatasetScreen(Dialog[None]):
    """Everything is kept as it is done; escape leaves, and a training goes on."""

    title_text = "LoRA: dataset and training"
    hint = "e caption · x out, in · m trainer · w word · s steps · f form · d doctor · T train · u use · P proof · esc"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "ask('caption')", "Caption", id="dataset.caption"),
        Binding("x,delete", "leave_out", "Out or in", id="dataset.leave-out"),
        Binding("m", "deed('choose_trainer')", "Trainer", id="dataset.trainer"),
        Binding("w", "ask('trigger')", "Trigger word", id="dataset.trigger"),
        Binding("s", "ask('steps')", "Steps", id="dataset.steps"),
        Binding("f", "deed('choose_setting')", "Other settings", id="dataset.settings"),
        Binding("d", "deed('show_remarks')", "All the doctor says", id="dataset.doctor"),
        Binding("T,ctrl+s", "deed('train')", "Train", id="dataset.train"),
        Binding("u", "deed('use')", "Draw with the LoRA", id="dataset.use"),
        Binding("P", "deed('proof')", "Proof sheet", id="dataset.proof"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    DatasetScreen {
        & > .dialog-panel { width: 100%; max-width: 180; height: 96%; padding: 0 1; }
        #dataset-form { height: 2; }
        #dataset-body { height: 1fr; min-height: 5; margin-top: 1; }
        #dataset-items { width: 3fr; }
        #dataset-picture { width: 2fr; margin-left: 1; }
        #dataset-caption { height: 3; color: $text-muted; overflow: hidden; }
        #dataset-doctor { height: 9; }
        #dataset-trained { height: 1; }
        #dataset-typed { border: none; height: 1; padding: 0 1; background: $panel; display: none; }
        #dataset-typed.-asked { display: block; }
        .dialog-hint { margin-top: 0; }
    }
    DatasetScreen.-narrow #dataset-picture { display: none; }
    DatasetScreen.-tall #dataset-doctor { height: 12; }
    DatasetScreen.-short #dataset-doctor { height: 5; }
    DatasetScreen.-short #dataset-caption { height: 2; }
    DatasetScreen.-short #dataset-body { margin-top: 0; }
    """

    def __init__(self, desk: DatasetDesk, darkroom: Darkroom) -> None:
        super().__init__()
        self._desk = desk
        self._darkroom = darkroom
        self._asked = ""
        self._loras: tuple[Lora, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Form, pictures beside one of them, its caption, the doctor, what was trained, a line for typing."""
        yield RemarkLines(id="dataset-form")
        with Horizontal(id="dataset-body"):
            yield LongTable(id="dataset-items")
            yield PictureView(self._darkroom, empty="", id="dataset-picture")
        yield Static("", markup=False, id="dataset-caption")
        yield RemarkLines(id="dataset-doctor")
        yield RemarkLines(id="dataset-trained")
        yield Input(id="dataset-typed")

    def on_mount(self) -> None:
        """The list has the focus."""
        self._table.focus()
        self.on_resize()
        self.renew()
        self.set_interval(LOOK_AGAIN, self._follow)

    def on_resize(self) -> None:
        """On a small terminal the picture and some of the doctor's words give way."""
        self.set_class(self.app.size.width < 100, "-narrow")
        self.set_class(self.app.size.height < 32, "-short")
        self.set_class(self.app.size.height >= 48, "-tall")

    def on_long_table_moved(self, event: LongTable.Moved) -> None:
        """Another picture."""
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was typed."""
        event.stop()
        what, item = self._asked, self.here()
        self._unask()
        self._desk.typed(what, event.value.strip(), item)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """While something is typed, letters are letters."""
        return action == "leave" or not self._asked

    def action_leave(self) -> None:
        """Leave the line first."""
        if self._asked:
            self._unask()
        else:
            self.dismiss(None)

    def action_ask(self, what: str) -> None:
        """Type a caption, the trigger word or the steps."""
        if what == "caption" and ((item := self.here()) is None or item.left_out):
            return
        self.ask_for(what)

    def action_leave_out(self) -> None:
        """Take the picture out of the set, or in again."""
        if (item := self.here()) is not None:
            self._desk.leave_out(item)

    def action_deed(self, name: str) -> None:
        """One of the desk's deeds that need no picture."""
        {
            "choose_trainer": self._desk.choose_trainer,
            "choose_setting": self._desk.choose_setting,
            "show_remarks": self._desk.show_remarks,
            "train": self._desk.train,
            "use": self._desk.use,
            "proof": self._desk.proof,
        }[name]()

    def ask_for(self, what: str) -> None:
        """Open the line for typing something."""
        self._asked = what
        asked = self.query_one(Input)
        item = self.here()
        asked.placeholder = PROMPTS.get(what, f"{what} of the trainer; empty for its default")
        asked.value = item.caption if what == "caption" and item is not None else self._desk.value(what)
        asked.add_class("-asked")
        asked.focus()
        asked.cursor_position = len(asked.value)

    def here(self) -> DatasetItem | None:
        """The picture under the cursor."""
        items = self._items
        return items[self._table.cursor] if self._table.cursor < len(items) else None

    def renew(self) -> None:
        """The set, the doctor's words or the form have changed. The cursor stays."""
        if not self.query("#dataset-items"):
            return
        examined = self._desk.examined
        items, marks = self._items, concerns(examined.diagnosis if examined else Diagnosis(()))
        table, shared = self._table, shared_start(items)
        at = min(table.cursor, max(0, len(items) - 1))
        table.use(
            heading,
            lambda number, width: item_line(items[number], marks.get(items[number].stem), shared, width),
            len(items),
            "Nothing is picked yet: pick takes, or draw a pack." if examined else "Looking at every picture …",
        )
        table.action_move(at)
        price, trouble = self._desk.price()
        used = len(examined.used) if examined else 0
        wish = self._desk.wish
        self.query_one("#dataset-form", RemarkLines).use(lambda width: form_lines(wish, price, trouble, used, width))
        self.query_one("#dataset-doctor", RemarkLines).use(self._said)
        self._loras = tuple(self._desk.loras())
        trained = trained_line(self._loras)
        self.query_one("#dataset-trained", RemarkLines).use(lambda width: [trained])
        self._show()

    @property
    def _items(self) -> Sequence[DatasetItem]:
        return self._desk.examined.items if self._desk.examined else ()

    @property
    def _table(self) -> LongTable:
        return self.query_one("#dataset-items", LongTable)

    def _said(self, width: int) -> Sequence[Sequence[Run]]:
        examined = self._desk.examined
        return [remark_line(remark, width) for remark in examined.diagnosis.remarks] if examined else ()

    def _follow(self) -> None:
        """A training may have come home while the page is open."""
        if tuple(self._desk.loras()) != self._loras:
            self.renew()

    def _unask(self) -> None:
        self._asked = ""
        asked = self.query_one(Input)
        asked.remove_class("-asked")
        self._table.focus()

    def _show(self) -> None:
        item = self.here()
        words = "" if item is None else plain(item.caption) or "No caption: e writes one."
        self.query_one("#dataset-caption", Static).update(words)
        self.query_one(PictureView).show(self._desk.source(item) if item is not None else None)
