"""Which pictures a request carries along, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studio.domain.text import plain
from studio.ui.screens.dialog import Dialog, words
from studio.ui.widgets.run_line import escaped


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture that can stand in a slot."""

    path: str
    """As the project names it."""
    words: str
    """What it is: `front view`, `take running-003`."""


class ReferenceSlotsScreen(Dialog[tuple[str, ...]]):
    """Gives the paths of the chosen pictures in their order. `most` None: as many as one likes."""

    hint = "space in or out · J K order · ⏎ keeps them · esc leaves them as they were"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "in_or_out", "In or out", priority=True, id="slots.toggle"),
        Binding("enter", "keep", "Keep", priority=True, id="slots.keep"),
        Binding("J,shift+down", "shift(1)", "Later", id="slots.later"),
        Binding("K,shift+up", "shift(-1)", "Earlier", id="slots.earlier"),
        Binding("x,delete,backspace", "clear", "None", id="slots.clear"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    ReferenceSlotsScreen {
        OptionList { height: auto; max-height: 14; min-height: 3; }
        #slots-said { color: $text-muted; height: auto; min-height: 2; margin-top: 1; }
    }
    """

    def __init__(self, title: str, candidates: Sequence[Candidate], chosen: Sequence[str], most: int | None) -> None:
        super().__init__()
        self._heading = title
        known = {candidate.path for candidate in candidates}
        extra = [Candidate(path, "chosen before") for path in chosen if path not in known]
        self._candidates = [*candidates, *extra]
        self._chosen = list(chosen)
        self._most = most

    def body(self) -> Iterable[Widget]:
        """The pictures, then what is chosen."""
        yield OptionList(id="slots-rows")
        yield Static("", markup=False, id="slots-said")
        if not self._candidates:
            yield words("The character has no reference pictures yet, and no take is shown.", muted=True)

    def on_mount(self) -> None:
        """The slots as they are."""
        self.query_one(".dialog-panel").border_title = escaped(self._heading)
        self.query_one(OptionList).focus()
        self._fill(0)

    def on_option_list_option_selected(self) -> None:
        """A click puts a picture in or takes it out."""
        self.action_in_or_out()

    def action_in_or_out(self) -> None:
        """Put the picture under the cursor in, or take it out; a full row says so."""
        picture = self._current()
        if picture is None:
            return
        if picture.path in self._chosen:
            self._chosen.remove(picture.path)
        elif self._most == 1:
            self._chosen = [picture.path]
        elif self._most is not None and len(self._chosen) >= self._most:
            self._say(f"{self._most} pictures at most: take one out first.")
            return
        else:
            self._chosen.append(picture.path)
        self._fill(self.query_one(OptionList).highlighted or 0)

    def action_shift(self, by: int) -> None:
        """The picture under the cursor earlier or later."""
        picture = self._current()
        if picture is None or picture.path not in self._chosen:
            return
        at = self._chosen.index(picture.path)
        to = max(0, min(len(self._chosen) - 1, at + by))
        self._chosen.insert(to, self._chosen.pop(at))
        self._fill(self.query_one(OptionList).highlighted or 0)

    def action_clear(self) -> None:
        """No picture."""
        self._chosen.clear()
        self._fill(self.query_one(OptionList).highlighted or 0)

    def action_keep(self) -> None:
        """Close with them."""
        self.dismiss(tuple(self._chosen))

    def _current(self) -> Candidate | None:
        at = self.query_one(OptionList).highlighted
        return self._candidates[at] if at is not None and at < len(self._candidates) else None

    def _fill(self, at: int) -> None:
        rows = self.query_one(OptionList)
        rows.clear_options()
        for candidate in self._candidates:
            number = f"{self._chosen.index(candidate.path) + 1}" if candidate.path in self._chosen else " "
            rows.add_option(Option(Text(f"[{number}] {plain(candidate.path)}  {plain(candidate.words)}")))
        if self._candidates:
            rows.highlighted = min(at, len(self._candidates) - 1)
        limit = f" of {self._most}" if self._most else ""
        self._say(f"{len(self._chosen)}{limit} chosen. The first one counts most where a model takes several.")

    def _say(self, text: str) -> None:
        self.query_one("#slots-said", Static).update(text)
