"""What the screens for looking and deciding have in common: their keys, their help, and who does the deeds."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from studio.domain.take import Take
from studio.ui.cuts import Cuts
from studio.ui.look_deeds import LookDeeds

LOOK_AGAIN = 0.1
"""Seconds between two looks at what is shown: takes come in and decisions are written by others."""

DECIDE: list[BindingType] = [
    Binding("p", "verb('pick')", "Pick", id="take.pick"),
    Binding("x", "verb('reject')", "Reject", id="take.reject"),
    Binding("P", "verb('pick-stay')", "Pick and stay", show=False, id="take.pick-stay"),
    Binding("X", "verb('reject-stay')", "Reject and stay", show=False, id="take.reject-stay"),
    Binding("u", "verb('unflag')", "Undecided", show=False, id="take.unflag"),
    Binding("d", "verb('trash')", "To the trash", show=False, id="take.trash"),
    Binding("m", "verb('mark')", "Mark", show=False, id="take.mark"),
]
STARS: list[BindingType] = [
    Binding(str(stars), f"verb('stars-{stars}')", f"{stars} stars", show=False, id=f"take.stars-{stars}")
    for stars in range(6)
]
MORE: list[BindingType] = [
    Binding("r", "verb('again')", "Again, new seed", show=False, id="generate.again"),
    Binding("R", "verb('same')", "Again, same seed", show=False, id="generate.same"),
    Binding("f", "verb('final')", "Final of this draft", show=False, id="generate.final"),
    Binding("F", "open('final-other')", "Final by another model", show=False, id="generate.final-other"),
    Binding("E", "open('edit-change')", "Change it by words", show=False, id="edit.change"),
    Binding("W", "open('edit-tree')", "Where it came from", show=False, id="edit.tree"),
    Binding("I", "open('drift-report')", "Drift from the anchor", show=False, id="take.drift"),
    Binding("s", "verb('use-seed')", "Use its seed", show=False, id="take.use-seed"),
    Binding("a", "verb('use-all')", "Use all its settings", show=False, id="take.use-all"),
    Binding("y", "verb('copy-path')", "Copy its path", show=False, id="take.copy-path"),
    Binding("Y", "verb('copy-prompt')", "Copy its prompt", show=False, id="take.copy-prompt"),
    Binding("o", "verb('folder')", "Open its folder", show=False, id="take.folder"),
    Binding("O", "verb('viewer')", "Open it in a viewer", show=False, id="take.viewer"),
    Binding("ctrl+z", "history('undo')", "Undo", show=False, id="screen.undo"),
    Binding("ctrl+y", "history('redo')", "Redo", show=False, id="screen.redo"),
    Binding("question_mark,f1", "help", "Help", key_display="?", id="screen.help"),
]


class LookScreen(ModalScreen[None]):
    """A whole terminal for takes. Subclasses say which take a verb is about, and what their help tells."""

    help_title: ClassVar[str] = ""
    help_text: ClassVar[str] = ""

    def __init__(self, deeds: LookDeeds) -> None:
        super().__init__()
        self.deeds = deeds
        self.cuts = Cuts()

    def about(self) -> Take | None:
        """The take that keys are about: the one shown everywhere."""
        return self.deeds.take

    def on_unmount(self) -> None:
        """Nothing that was made for the look stays."""
        self.cuts.close()

    def action_leave(self) -> None:
        """Back to where the screen was opened."""
        self.dismiss(None)

    def action_verb(self, verb: str) -> None:
        """Decide about the take, or make one more of it."""
        take = self.about()
        if take is not None:
            self.deeds.do_with(take, verb)

    def action_open(self, what: str) -> None:
        """Another screen about the take, over this one."""
        take = self.about()
        if take is not None:
            self.deeds.show(take)
            self.deeds.open(what)

    def action_history(self, verb: str) -> None:
        """Undo or redo a decision."""
        self.deeds.history(verb)

    def action_help(self) -> None:
        """What this screen is, and its keys."""
        from studio.ui.screen_help import help_of, keys_of
        from studio.ui.screens.help import HelpScreen

        self.deeds.host.ask(HelpScreen(*help_of(self), keys_of(self)), lambda _: None)
