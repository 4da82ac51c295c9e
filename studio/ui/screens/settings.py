"""Settings of the project, and the key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Label, Select, Static

from studio.config.settings import GRAPHICS, MOST_JOBS, Settings
from studio.domain import money
from studio.domain.upload import LIFETIMES
from studio.ui.screens.dialog import Dialog, words

SHORT = 36
"""Rows of a terminal that settings with empty rows between them need."""

SANDBOX_WORDS = (("when no key is set", "auto"), ("always", "on"), ("never", "off"))
SANDBOX = {"auto": None, "on": True, "off": False}
UPLOADS = {
    "1h": "for an hour",
    "1d": "for a day",
    "7d": "for a week",
    "30d": "for 30 days",
    "1y": "for a year",
    "never": "as the fal account says",
}
"""What each word of LIFETIMES means to the one who chooses it."""


@dataclass(frozen=True, slots=True)
class SettingsAnswer:
    """The settings to keep, and a key to store when one was typed."""

    settings: Settings
    key: str = ""


class Row(Horizontal):
    """A name and its field on one line."""

    DEFAULT_CSS = """
    Row { height: auto; min-height: 1; margin-bottom: 1; }
    Row Label { width: 18; color: $text-muted; }
    Row Input, Row Select { width: 1fr; background: $panel; }
    Row Input:focus, Row Select:focus, Row Box:focus { background: $primary 30%; }
    """

    def __init__(self, name: str, field: Widget) -> None:
        super().__init__()
        self._row_name = name
        self._field = field

    def compose(self) -> ComposeResult:
        yield Label(self._row_name, markup=False)
        yield self._field


class Box(Checkbox):
    """A box whose cross is there only while it is ticked: Textual's own tells on from off by its colour alone."""

    def render(self) -> Content:
        """The box and its words."""
        self.BUTTON_INNER = "X" if self.value else " "
        return super().render()


class SettingsScreen(Dialog[SettingsAnswer]):
    """Gives the changed settings on ctrl+s. `key_source` says where the key comes from, never the key itself."""

    title_text = "Settings"
    hint = "ctrl+s keeps them · tab goes on · esc leaves them as they were"
    AUTO_FOCUS = "#theme"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", "Keep", priority=True)]
    DEFAULT_CSS: ClassVar[str] = """
    SettingsScreen {
        VerticalScroll { height: auto; max-height: 70vh; }
        #settings-trouble { color: $text-error; height: auto; }
        &.-short > .dialog-panel { padding: 0 2; }
        &.-short Row { margin-bottom: 0; }
        &.-short .dialog-hint { margin-top: 0; }
    }
    """

    def __init__(self, settings: Settings, themes: Sequence[str], key_source: str) -> None:
        super().__init__()
        self._settings = settings
        self._themes = themes
        self._key_source = key_source

    def on_resize(self) -> None:
        """Where rows are few, no row is left empty: every setting is in sight."""
        self.set_class(self.app.size.height < SHORT, "-short")

    def body(self) -> Iterable[Widget]:
        """One row a setting."""
        now = self._settings
        theme = now.theme if now.theme in self._themes else self._themes[0]
        sandbox = next(word for word, value in SANDBOX.items() if value is now.sandbox)
        yield VerticalScroll(
            _choice("Theme", [(name, name) for name in self._themes], theme, "theme"),
            _choice("Pictures", [(name, name) for name in GRAPHICS], now.graphics, "graphics"),
            _choice("Sandbox", SANDBOX_WORDS, sandbox, "sandbox"),
            Row("Jobs at once", Input(str(now.concurrency), compact=True, id="concurrency")),
            Row(
                "Budget, session",
                Input(_amount(now.budget_session), placeholder="USD; empty: none", compact=True, id="session"),
            ),
            Row("Budget, day", Input(_amount(now.budget_day), placeholder="USD; empty: none", compact=True, id="day")),
            Row("Mouse", Box("used by the studio", now.mouse, compact=True, id="mouse")),
            Row("Animations", Box("on", now.animations, compact=True, id="animations")),
            Row("Done notice", Box("bell, when the window was left", now.notify, compact=True, id="notify")),
            _choice("Uploads are kept", [(UPLOADS[word], word) for word in LIFETIMES], now.upload_lifetime, "uploads"),
            Row(
                "fal key",
                Input(password=True, placeholder=f"now: {self._key_source}; paste to store", compact=True, id="key"),
            ),
        )
        yield words("A key typed here goes into the user's config file, readable by you alone.", muted=True)
        yield words("", name="settings-trouble")

    def action_keep(self) -> None:
        """Close with what stands in the fields, or say which field is wrong."""
        try:
            answer = self._answer()
        except ValueError as error:
            self.query_one("#settings-trouble", Static).update(f"{error}.")
            return
        self.dismiss(answer)

    def _answer(self) -> SettingsAnswer:
        concurrency = self._text("concurrency")
        if not concurrency.isdigit() or not 1 <= int(concurrency) <= MOST_JOBS:
            raise ValueError(f"Jobs at once goes from 1 to {MOST_JOBS}")
        budgets = {}
        for name in ("session", "day"):
            text = self._text(name).removeprefix("$")
            amount = money.usd(text) if text else None
            if amount is not None and amount < 0:
                raise ValueError("A budget is not below zero")
            budgets[f"budget_{name}"] = amount
        settings = replace(
            self._settings,
            theme=str(self.query_one("#theme", Select).value),
            graphics=str(self.query_one("#graphics", Select).value),
            sandbox=SANDBOX[str(self.query_one("#sandbox", Select).value)],
            concurrency=int(concurrency),
            budget_session=budgets["budget_session"],
            budget_day=budgets["budget_day"],
            mouse=self.query_one("#mouse", Checkbox).value,
            animations=self.query_one("#animations", Checkbox).value,
            notify=self.query_one("#notify", Checkbox).value,
            upload_lifetime=str(self.query_one("#uploads", Select).value),
        )
        return SettingsAnswer(settings, self._text("key"))

    def _text(self, field: str) -> str:
        return self.query_one(f"#{field}", Input).value.strip()


def _amount(amount: object) -> str:
    return "" if amount is None else str(amount)


def _choice(name: str, options: Sequence[tuple[str, str]], value: str, field: str) -> Row:
    return Row(name, Select(options, value=value, allow_blank=False, compact=True, id=field))
