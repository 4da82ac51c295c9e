"""The pane of the character: a few lines to read, and on enter the editor."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from studio.domain.text import plain
from studio.ui.session import Session
from studio.ui.widgets.run_line import Run, RunLine, clipped, escaped

if TYPE_CHECKING:
    from studio.ui.panes.character_editor import CharacterEditor


class CharacterSummary(RunLine, can_focus=True):
    """Description and colours as they are; enter or a click opens the editor."""

    DEFAULT_CSS = """
    CharacterSummary { height: 1fr; width: 1fr; padding: 0 1; }
    CharacterSummary:focus { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "screen.character('edit')", "Edit", key_display="⏎", id="character.edit"),
    ]

    def __init__(self, session: Session, **options: Any) -> None:
        super().__init__(**options)
        self._session = session

    def rows(self, width: int) -> Sequence[Sequence[Run]]:
        """As much of the description as there is room for, then the swatches."""
        character = self._session.project.character
        height = max(1, self.content_size.height)
        words = wrap(plain(character.description.replace("\\\n", " ")), max(8, width)) or ["No description yet."]
        room = height - 1 if character.palette and height > 1 else height
        shown = words[:room]
        if len(words) > room:
            shown[-1] = clipped(f"{shown[-1]} …", width)
        rows: list[list[Run]] = [[Run(line)] for line in shown]
        if character.palette and height > 1:
            swatches = [Run("██ ", colour=colour.hex) for colour in character.palette]
            rows.append([*swatches[: max(1, (width - 14) // 3)], Run(clipped(character.style.strip(), 24), "muted")])
        return rows

    def on_click(self, event: events.Click) -> None:
        """Open the editor."""
        event.stop()
        self.call_later(self.run_action, "screen.character('edit')")


class CharacterPane(Vertical):
    """Who is drawn. The editor is made when it is first opened, so that the first frame need not wait for it."""

    help_title = "Character"
    help_text = (
        "Who is drawn: these words stand in every prompt, because the model remembers nothing. Enter edits them, "
        "escape goes back; what you type is saved to character.toml by itself, with your comments kept. "
        "F4 opens the description in your own editor. ctrl+t shows the whole prompt and its template."
    )

    def __init__(self, session: Session, **options: Any) -> None:
        super().__init__(**options)
        self._session = session
        self.summary = CharacterSummary(session, id="character-summary")
        self.border_title = f"Character · {escaped(clipped(session.project.character.name, 24))}"

    def compose(self) -> ComposeResult:
        """The summary."""
        yield self.summary

    @property
    def editor(self) -> CharacterEditor | None:
        """The editor while it is open."""
        if not self.editing:
            return None
        from studio.ui.panes.character_editor import CharacterEditor

        return next(iter(self.query(CharacterEditor)), None)

    @property
    def editing(self) -> bool:
        """Whether the editor is open."""
        return self.has_class("-editing")

    async def open(self) -> None:
        """Show the editor and go to its first field."""
        from studio.ui.panes.character_editor import CharacterEditor

        if not self.query(CharacterEditor):
            await self.mount(CharacterEditor(self._session))
        self.add_class("-editing")
        self.summary.display = False
        self.query_one(CharacterEditor).open()

    def close(self) -> None:
        """Back to the summary."""
        from studio.ui.panes.character_editor import CharacterEditor

        for editor in self.query(CharacterEditor):
            editor.remove()
        self.remove_class("-editing")
        self.summary.display = True
        self.summary.focus()
        self.renew()

    def renew(self) -> None:
        """The character is another one."""
        self.border_title = f"Character · {escaped(clipped(self._session.project.character.name, 24))}"
        self.summary.refresh()
