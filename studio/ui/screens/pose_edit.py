"""Write a pose, or change one: a name, a sentence, and the figure the studio reads in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from studio.ui.screens.dialog import Dialog, words
from studio.ui.widgets.coach_notes import CoachNotes

if TYPE_CHECKING:
    from studio.workflows.coach.advice import Advice


@dataclass(frozen=True, slots=True)
class WrittenPose:
    """What the artist wrote."""

    name: str
    text: str


Figure = Callable[[str], tuple[str, str]]
"""For a sentence: the tiny figure as lines, and a remark such as "a guess: running, seen from the side"."""
Objection = Callable[[str], str]
"""For a name: why it cannot be used, or an empty text."""
Coach = Callable[[str], "Sequence[Advice]"]
"""For a sentence: what the coach says about it."""


class PoseEditScreen(Dialog[WrittenPose]):
    """Gives the pose on ctrl+s or on enter in the name field; refuses an empty or taken name with a sentence."""

    title_text = "Pose"
    hint = "ctrl+s keeps it · tab goes on · esc leaves it as it was"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", priority=True),
        Binding("f3", "mend", "Do what the coach offers", priority=True, id="pose.mend"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    PoseEditScreen {
        & > .dialog-panel { padding: 0 2; }
        TextArea { height: 5; }
        .dialog-hint { margin-top: 0; }
        #pose-figure { height: 6; width: 14; color: $accent; }
        #pose-trouble { color: $text-error; height: auto; }
    }
    """

    def __init__(
        self, name: str, text: str, figure: Figure, objection: Objection, coach: Coach = lambda text: ()
    ) -> None:
        super().__init__()
        self._coach = coach
        self._name_now = name
        self._text = text
        self._figure = figure
        self._objection = objection

    def body(self) -> Iterable[Widget]:
        """Name, sentence, figure."""
        yield Input(self._name_now, placeholder="name, such as: leaning on the wall", id="pose-name")
        yield TextArea(self._text, soft_wrap=True, id="pose-sentence")
        yield CoachNotes(id="pose-notes")
        yield Static("", id="pose-figure", markup=False)
        yield words("", muted=True, name="pose-remark")
        yield words("", name="pose-trouble")

    def on_mount(self) -> None:
        """The first empty field has the focus."""
        self.query_one("#pose-sentence" if self._name_now else "#pose-name").focus()
        self._draw()

    def on_text_area_changed(self) -> None:
        """The figure follows the words."""
        self._draw()

    def on_input_submitted(self) -> None:
        """Enter in the name goes on to the sentence."""
        self.query_one(TextArea).focus()

    def action_keep(self) -> None:
        """Close with the pose, or say what is wrong with it."""
        name = self.query_one(Input).value.strip()
        text = " ".join(self.query_one(TextArea).text.split())
        trouble = "A pose needs a name." if not name else "" if text else "A pose needs a sentence."
        trouble = trouble or self._objection(name)
        if trouble:
            self.query_one("#pose-trouble", Static).update(trouble)
        else:
            self.dismiss(WrittenPose(name, text))

    def on_coach_notes_pressed(self, event: CoachNotes.Pressed) -> None:
        """A click is F3."""
        event.stop()
        self.action_mend()

    def action_mend(self) -> None:
        """Put the words the coach offers in place of those that do nothing."""
        from studio.workflows.coach.advice import SetPose

        advice = self.query_one(CoachNotes).mendable
        if advice is not None and isinstance(advice.fix, SetPose):
            self.query_one(TextArea).load_text(advice.fix.text)

    def _draw(self) -> None:
        self.query_one(CoachNotes).use(self._coach(self.query_one(TextArea).text))
        figure, remark = self._figure(self.query_one(TextArea).text)
        self.query_one("#pose-figure", Static).update(figure)
        self.query_one("#pose-remark", Static).update(remark)
