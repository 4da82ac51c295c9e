"""The editor of the character: every field saves itself a moment after the last key."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from studio.domain.character import Character, PaletteColour
from studio.domain.skeleton import BUILDS, MAX_HEADS, MIN_HEADS, Proportions
from studio.domain.text import plain
from studio.ui.coach_words import advice_on_words
from studio.ui.session import Session
from studio.ui.widgets.choice import Choice
from studio.ui.widgets.coach_notes import CoachNotes
from studio.ui.widgets.number_field import NumberField
from studio.ui.widgets.slider_track import Scale

HEADS = Scale(Decimal(str(MIN_HEADS)), Decimal(str(MAX_HEADS)), Decimal("0.1"), Decimal("0.5"))
LONGEST = 20_000
"""Characters of a text that can be edited here."""
_COLOUR = re.compile(r"^(?P<name>[^#]*?)\s*(?P<hex>#[0-9A-Fa-f]{6})\b\s*(?P<on>.*)$")


class CharacterEditor(VerticalScroll, can_focus=False):
    """Name, description, palette, style, setting, proportions, negative wishes.

    Each valid edit goes into the session at once and posts `Edited`; what is not valid is said below and kept open.
    """

    DEFAULT_CSS = """
    CharacterEditor { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    CharacterEditor Horizontal { height: 1; }
    CharacterEditor Horizontal .label { width: 6; }
    CharacterEditor Input { height: 1; border: none; padding: 0; background: $panel; }
    CharacterEditor TextArea, CharacterEditor TextArea:focus {
        height: auto; max-height: 9; min-height: 2; border: none; padding: 0; background: $panel;
        scrollbar-size-vertical: 1; scrollbar-background: $panel; scrollbar-color: $border-blurred;
    }
    CharacterEditor TextArea:focus, CharacterEditor Input:focus { background: $surface; }
    CharacterEditor .label { color: $text-muted; height: 1; }
    CharacterEditor #character-notes { dock: bottom; background: $surface; }
    CharacterEditor #character-trouble { color: $text-error; height: auto; dock: bottom; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.character('close')", "Done", id="character.close", priority=True),
    ]

    class Edited(Message):
        """The character in the session is another one."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="character-editor")
        self._session = session
        self.notes = CoachNotes(most=3, id="character-notes")

    def compose(self) -> ComposeResult:
        """One field under the other, labels above the long ones."""
        now = legible(self._session.project.character)
        with Horizontal():
            yield Static("name", classes="label")
            yield Input(now.name, id="character-name")
        yield Static("description", classes="label")
        yield TextArea(now.description.strip(), soft_wrap=True, tab_behavior="focus", id="character-description")
        yield Static("palette: name #RRGGBB what has it", classes="label")
        yield TextArea(palette_text(now), soft_wrap=False, tab_behavior="focus", id="character-palette")
        yield Choice("style", style_options(self._session), now.style.strip(), id="character-style")
        yield Static("setting", classes="label")
        yield TextArea(now.setting.strip(), soft_wrap=True, tab_behavior="focus", id="character-setting")
        yield NumberField(HEADS, Decimal(str(now.proportions.heads)), label="heads tall", id="character-heads")
        yield Choice("build", [(name, name) for name in BUILDS], now.proportions.build, id="character-build")
        yield Static("never: sent where a model takes it", classes="label")
        yield TextArea(now.negative.strip(), soft_wrap=True, tab_behavior="focus", id="character-negative")
        yield self.notes
        yield Static("", id="character-trouble", markup=False)

    def open(self) -> None:
        """The description has the focus, the cursor at its end."""
        field = self.query_one("#character-description", TextArea)
        field.move_cursor(field.document.end)
        field.focus()
        self.advise()

    def renew(self) -> None:
        """The texts as they are now, where something else than typing changed them."""
        now = legible(self._session.project.character)
        for name, text in (("description", now.description), ("setting", now.setting), ("negative", now.negative)):
            field = self.query_one(f"#character-{name}", TextArea)
            if field.text.strip() != text.strip():
                field.load_text(text.strip())
        self.advise()

    def advise(self) -> None:
        """What the coach says about the words as they are; what models leave out only where it is written."""
        focused = self.screen.focused
        negative = focused is not None and focused.id == "character-negative"
        self.notes.use(advice_on_words(self._session, asides=negative))

    def on_descendant_focus(self) -> None:
        """Another field may be spoken of."""
        self.advise()

    def on_coach_notes_pressed(self, event: CoachNotes.Pressed) -> None:
        """A click is F3."""
        event.stop()
        self.call_later(self.run_action, "screen.open('coach-apply')")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another name."""
        event.stop()
        name = event.value.strip()
        if self._sound("The character needs a name." if not name else ""):
            self._edit(name=name)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Other words or colours."""
        event.stop()
        text = event.text_area.text
        match event.text_area.id:
            case "character-description":
                if self._sound("" if text.strip() else "The character needs a description."):
                    self._edit(description=text.strip())
            case "character-palette":
                colours, trouble = read_palette(text)
                if self._sound(trouble):
                    self._edit(palette=colours)
            case "character-setting":
                self._edit(setting=text.strip())
            case "character-negative":
                self._edit(negative=text.strip())

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Another style or build."""
        event.stop()
        if event.choice.id == "character-style":
            self._edit(style=event.value)
        else:
            proportions = self._session.project.character.proportions
            self._edit(proportions=Proportions(proportions.heads, event.value))

    def on_number_field_changed(self, event: NumberField.Changed) -> None:
        """Taller or smaller."""
        event.stop()
        if event.value is not None:
            self._edit(proportions=Proportions(float(event.value), self._session.project.character.proportions.build))

    def _sound(self, trouble: str) -> bool:
        line = self.query_one("#character-trouble", Static)
        line.update(trouble)
        line.display = bool(trouble)
        return not trouble

    def _edit(self, **changes: object) -> None:
        before = self._session.project.character
        after = replace(before, **changes)  # type: ignore[arg-type]
        if squeezed(after) != squeezed(before):
            self._session.edit_character(after)
            self.post_message(self.Edited())
            self.advise()


def legible(character: Character) -> Character:
    """The character without anything in its texts that could act on a terminal."""
    return replace(
        character,
        name=plain(character.name),
        description=plain(character.description, lines=True, limit=LONGEST),
        palette=tuple(replace(colour, name=plain(colour.name), on=plain(colour.on)) for colour in character.palette),
        style=plain(character.style, limit=LONGEST),
        setting=plain(character.setting, lines=True, limit=LONGEST),
        negative=plain(character.negative, lines=True, limit=LONGEST),
    )


def squeezed(character: Character) -> Character:
    """The character without the blanks at the ends of its texts, which the fields do not show."""
    return replace(
        character,
        description=character.description.strip(),
        setting=character.setting.strip(),
        negative=character.negative.strip(),
        style=character.style.strip(),
    )


def style_options(session: Session) -> list[tuple[str, str]]:
    """The presets, and the artist's own sentence when there is one."""
    styles = session.studio.presets.styles
    own = session.project.character.style.strip()
    options = [(name, style.title) for name, style in styles.items()]
    return options if own in styles else [(own, own or "none"), *options]


def palette_text(character: Character) -> str:
    """One colour a line: `hot pink #FF1493 circuit lines`."""
    return "\n".join(colour.phrase() for colour in character.palette)


def read_palette(text: str) -> tuple[tuple[PaletteColour, ...], str]:
    """The colours of those lines, and what is wrong with the first bad one."""
    colours: list[PaletteColour] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = _COLOUR.match(line.strip())
        if found is None:
            return tuple(colours), f"Palette, line {number}: a colour such as hot pink #FF1493 circuit lines."
        colours.append(PaletteColour(found["name"].strip(), found["hex"], found["on"].strip()))
    return tuple(colours), ""
