"""The entries of one list or table of a model's arguments while they are edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studio.domain.character import Character, Lora
from studio.domain.errors import UsageError
from studio.domain.model import Model, Param
from studio.domain.request import Json
from studio.ui.panes.setting_fields import Kind, SettingRow
from studio.ui.panes.setting_rows import entry_rows, fitting_loras
from studio.workflows.arguments import checked
from studio.workflows.carry_over import setting_words
from studio.workflows.entry_check import entry_params, most_entries
from studio.workflows.setting_text import parse_value

ANOTHER = "another"

Entry = dict[str, Json]


class EntriesDesk:
    """Holds the entries, half-written ones too; `put_all` is called with the whole whenever all of it is legal."""

    def __init__(
        self,
        model: Model,
        param: Param,
        value: Json,
        character: Character,
        says: Callable[[Param], str],
        put_all: Callable[[Json], None],
    ) -> None:
        self._model, self._param = model, param
        self._character = character
        self._says = says
        self._put_all = put_all
        self._single = param.type == "object"
        given: Sequence[Json] = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        self._entries: list[Entry] = [dict(item) for item in given if isinstance(item, dict)]
        if self._single and not self._entries:
            self._entries = [{}]
        self.trouble = ""
        """What is missing before the whole is legal; empty when nothing is."""

    def rows(self) -> list[SettingRow]:
        """The entries, field by field, then what can be added."""
        rows = entry_rows(self._model, self._param, self._entries, self._says)
        if self._single:
            return [row for row in rows if row.kind is not Kind.HEADING]
        most = most_entries(self._model, self._param)
        if most is not None and len(self._entries) >= most:
            return rows
        offers = fitting_loras(self._model, self._param, self._character, self._entries)
        noun = "LoRA" if self._param.role == "lora" else "entry"
        about = f"A new {noun}, to be filled in."
        return [*rows, *offers, SettingRow(ANOTHER, Kind.OFFER, f"+ another {noun}", about=about)]

    def summary(self) -> str:
        """`2 of 3`."""
        if self._single:
            return "one table"
        most = most_entries(self._model, self._param)
        return f"{len(self._entries)} of {most}" if most else f"{len(self._entries)}"

    def field(self, key: str) -> Param:
        """The field a row is about."""
        name = key.partition(".")[2]
        return next(field for field in entry_params(self._param) if field.name == name)

    def put(self, key: str, value: Json) -> None:
        """Set one field. Raises UsageError naming its range."""
        at, field = self._place(key), self.field(key)
        taken = checked(self._model, field, value)
        if taken in ("", None):
            self._entries[at].pop(field.name, None)
        else:
            self._entries[at][field.name] = taken
        self._settle()

    def type(self, key: str, text: str) -> None:
        """Set one field to what was typed. Raises UsageError."""
        self.put(key, parse_value(self._model, self.field(key), text) if text else "")

    def reset(self, key: str) -> None:
        """One field back to its default; a required one that is empty already takes its entry along."""
        if self._place(key) < 0:
            return
        at, field = self._place(key), self.field(key)
        if field.name in self._entries[at]:
            del self._entries[at][field.name]
            self._settle()
        elif field.required:
            self.remove(key)

    def add(self, key: str) -> str:
        """Add what an offer stands for; gives the key of its first field. Raises UsageError when the list is full."""
        most = most_entries(self._model, self._param)
        if most is not None and len(self._entries) >= most:
            raise UsageError(f"{self._model.title} takes {most} {setting_words(self._param)} at most.")
        word, _, number = key.partition(".")
        self._entries.append(lora_entry(self._character.loras[int(number)]) if word == "own" else {})
        self._settle()
        fields = entry_params(self._param)
        return f"{len(self._entries) - 1}.{fields[0].name}" if fields else ""

    def remove(self, key: str) -> None:
        """Take an entry out."""
        at = self._place(key)
        if 0 <= at < len(self._entries):
            del self._entries[at]
            if self._single:
                self._entries = [{}]
            self._settle()

    def shift(self, key: str, by: int) -> str:
        """Move an entry up or down; gives the key of the same field where it is then."""
        at = self._place(key)
        to = at + by
        if not (0 <= at < len(self._entries) and 0 <= to < len(self._entries)):
            return key
        self._entries[at], self._entries[to] = self._entries[to], self._entries[at]
        self._settle()
        return f"{to}.{key.partition('.')[2]}"

    def _place(self, key: str) -> int:
        number = key.partition(".")[0]
        return int(number) if number.isdigit() else -1

    def _settle(self) -> None:
        """Hand the whole on where it is legal; else say what is missing."""
        full: list[Json] = [dict(entry) for entry in self._entries if entry]
        value: Json = (full[0] if full else None) if self._single else full
        try:
            if value is not None:
                checked(self._model, self._param, value)
        except UsageError as error:
            self.trouble = f"{error.happened} {error.remedy}".strip()
            return
        self.trouble = ""
        self._put_all(value)


def lora_entry(lora: Lora) -> Entry:
    """A LoRA of the character as an endpoint takes it."""
    return {"path": lora.path, "scale": lora.scale}
