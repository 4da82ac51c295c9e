"""What an artist does with the coach: apply its first remedy, or hear everything it has to say."""

from __future__ import annotations

from studio.ui.coach_words import mend
from studio.ui.host import Host
from studio.ui.session import Session
from studio.ui.view import View
from studio.workflows.coach.advice import Advice


class CoachActions:
    """Loaded after the first frame: the coach's table is not needed to draw it."""

    def __init__(self, session: Session, view: View, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def do(self, verb: str) -> None:
        """`apply` the first remedy, or show `all`. In the editor of the character the remedy is the one said there."""
        editor = self._view.character.editor
        if verb == "apply" and editor is not None and editor.notes.mendable is not None:
            self.apply(editor.notes.mendable)
            editor.renew()
            return
        advice = self._session.advice()
        pressing = [entry for entry in advice if entry.severity]
        if verb == "apply" and not pressing:
            self._host.say("The coach has nothing to say: these choices go well together.")
        elif verb == "apply" and pressing[0].fix is not None:
            self.apply(pressing[0])
        elif advice:
            self._show(advice)
        else:
            self._host.say("The coach has nothing to say at all.")

    def apply(self, advice: Advice) -> None:
        """Make the change an advice offers; the form and the character keep it like any other edit."""
        if advice.fix is None:
            return
        poses = self._session.project.poses
        mend(self._session, advice)
        self._view.character.renew()
        if poses != self._session.project.poses:
            self._view.poses_edited()
        self._view.recipe_changed()
        self._host.say(f"Done: {advice.fix_words}.")

    def _show(self, advice: list[Advice]) -> None:
        from studio.ui.screens.coach import CoachScreen

        def chosen(rule: str) -> None:
            picked = next(entry for entry in advice if entry.rule == rule)
            if picked.fix is None:
                self._host.say("There is no key for this one: it takes your own words.")
            self.apply(picked)

        self._host.ask(CoachScreen(advice), chosen)
