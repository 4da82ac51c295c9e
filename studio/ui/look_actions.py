"""Looking at takes: the loupe, several side by side, the marked ones large."""

from __future__ import annotations

from studio.domain.take import Take
from studio.ui.look_deeds import LookDeeds
from studio.ui.state.look_choice import AT_ONCE, SIDE_BY_SIDE, to_compare, to_survey

NOTHING = "No take is shown yet: ctrl+g makes some."


class LookActions:
    """Opens the screens for looking. Loaded when first wanted."""

    def __init__(self, deeds: LookDeeds) -> None:
        self._deeds = deeds

    def do(self, verb: str) -> None:
        """`loupe`, `compare` or `survey`; says so where there is nothing to look at."""
        take = self._deeds.take
        if take is None:
            self._deeds.host.say(NOTHING)
            return
        match verb:
            case "compare":
                self._compare(take)
            case "survey":
                self._survey(take)
            case _:
                self._loupe()

    def _loupe(self) -> None:
        from studio.ui.screens.loupe import LoupeScreen

        self._deeds.host.ask(LoupeScreen(self._deeds), lambda _: self._deeds.view.shown_changed())

    def _compare(self, take: Take) -> None:
        from studio.ui.screens.compare_takes import CompareTakesScreen

        session = self._deeds.session
        marked = self._marked()
        takes = to_compare(take, marked, session.studio.takes)
        if len(takes) < 2:
            self._deeds.host.say("There is nothing to compare it with: r makes one more, m marks takes to compare.")
            return
        if len(marked) > SIDE_BY_SIDE:
            self._deeds.host.say(f"The first {SIDE_BY_SIDE} of {len(marked)} marked takes; n surveys all of them.")
        self._deeds.host.ask(CompareTakesScreen(self._deeds, takes), lambda _: self._deeds.view.shown_changed())

    def _survey(self, take: Take) -> None:
        from studio.ui.screens.survey import SurveyScreen

        marked = self._marked()
        takes = to_survey(take, marked, self._deeds.session.studio.takes)
        if len(marked) > AT_ONCE:
            self._deeds.host.say(f"The first {AT_ONCE} of {len(marked)} marked takes.")
        self._deeds.host.ask(SurveyScreen(self._deeds, takes), lambda _: self._deeds.view.shown_changed())

    def _marked(self) -> list[Take]:
        session = self._deeds.session
        return [take for take_id in session.marks.ids if (take := session.studio.takes.get(take_id)) is not None]
