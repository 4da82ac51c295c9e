"""The exact text that will be sent, and the template it is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static, TextArea

from studio.ui.screens.dialog import Dialog, words
from studio.ui.widgets.coach_notes import CoachNotes

if TYPE_CHECKING:
    from studio.workflows.coach.advice import Advice

Preview = Callable[[str], str]
"""The whole prompt for a template. Raises ValueError with a sentence when the template is broken."""
Coach = Callable[[str], "Sequence[Advice]"]
"""What the coach says about the words that a template leads to."""
Mend = Callable[["Advice"], None]
"""Makes the change of an advice that is not about the template."""


class PromptScreen(Dialog[str]):
    """Shows the prompt of one pose as it will be sent and lets the artist edit the template.

    Gives the new template (empty for the studio's own) on ctrl+s or F2, None when nothing is to change.
    """

    title_text = "The prompt, word for word"
    hint = "ctrl+s keeps the template · ctrl+r the studio's own · F3 what the coach offers · esc"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "keep", "Keep", priority=True),
        Binding("ctrl+r", "standard", "Standard", priority=True),
        Binding("f3", "mend", "Do what the coach offers", priority=True, id="prompt.mend"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    PromptScreen {
        & > .dialog-panel { width: 100; height: 100%; max-height: 36; padding: 0 2; }
        TextArea { height: 5; margin-top: 1; }
        VerticalScroll { height: 1fr; min-height: 3; background: $panel; padding: 0 1; }
        .dialog-hint { margin-top: 0; }
        #prompt-text { height: auto; }
        CoachNotes { margin-top: 1; }
        .-broken { color: $text-error; }
    }
    """

    def __init__(
        self,
        pose: str,
        template: str,
        standard: str,
        fields: Sequence[str],
        preview: Preview,
        coach: Coach = lambda template: (),
        mend: Mend = lambda advice: None,
    ) -> None:
        super().__init__()
        self._coach = coach
        self._mend = mend
        self._pose = pose
        self._template = template
        self._standard = standard
        self._fields = fields
        self._preview = preview
        self._sound = True

    def body(self) -> Iterable[Widget]:
        """Template above, the text it gives below."""
        yield words(f"Template. Fields: {', '.join(f'{{{name}}}' for name in self._fields)}", muted=True)
        yield TextArea(self._template or self._standard, soft_wrap=True, id="template")
        yield CoachNotes(id="prompt-notes")
        yield words(f"Sent for {self._pose}:", muted=True)
        yield VerticalScroll(Static("", markup=False, id="prompt-text"), can_focus=True)

    def on_mount(self) -> None:
        """Show the text of the present template."""
        self._show()

    def on_text_area_changed(self) -> None:
        """Every edit shows at once what it would send."""
        self._show()

    def action_keep(self) -> None:
        """Close with the template, unless it is broken."""
        text = " ".join(self.query_one(TextArea).text.split())
        if self._sound:
            self.dismiss("" if text == self._standard else text)

    def action_standard(self) -> None:
        """Put the studio's own template back."""
        self.query_one(TextArea).load_text(self._standard)

    def on_coach_notes_pressed(self, event: CoachNotes.Pressed) -> None:
        """A click is F3."""
        event.stop()
        self.action_mend()

    def action_mend(self) -> None:
        """Make the change the coach offers: of the template here, of anything else where it stands."""
        advice = self.query_one(CoachNotes).mendable
        if advice is None:
            return
        from studio.workflows.coach.advice import SetText

        if isinstance(advice.fix, SetText) and advice.fix.field == "template":
            self.query_one(TextArea).load_text(advice.fix.text)
        else:
            self._mend(advice)
        self._show()

    def _show(self) -> None:
        template = self.query_one(TextArea).text
        shown = self.query_one("#prompt-text", Static)
        try:
            text = self._preview(template)
        except ValueError as error:
            text, self._sound = f"{error}.", False
        else:
            self._sound = True
        shown.set_class(not self._sound, "-broken")
        shown.update(text)
        self.query_one(CoachNotes).use(self._coach(template) if self._sound else ())
