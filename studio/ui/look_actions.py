"""Looking at takes: the loupe, several side by side, the marked ones large."""

from __future__ import annotations

from studio.domain.take import Take
from studio.ui.look_deeds import LookDeeds

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

    def _compare(self, take: Take) -> None: ...

    def _survey(self, take: Take) -> None: ...
