"""Everything the coach has to say: a line each, the whole sentence of the one under the cursor, enter mends it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from studio.domain.text import plain
from studio.ui.screens.choose import Choice, ChooseScreen
from studio.workflows.coach.advice import Advice, Severity

WEIGHTS = {
    Severity.ASIDE: "aside",
    Severity.HINT: "hint",
    Severity.WARNING: "mind",
    Severity.WASTE: "waste",
}


class CoachScreen(ChooseScreen):
    """Gives the id of the rule whose remedy is wanted."""

    hint = "type to filter · ↑ ↓ · enter does what is offered · esc"
    DEFAULT_CSS: ClassVar[str] = """
    CoachScreen {
        & > .dialog-panel { width: 110; height: auto; max-height: 96%; padding: 0 2; }
        Input, Input:focus { border: none; height: 1; padding: 0 1; background: $panel; }
        OptionList { border: none; padding: 0; margin-top: 1; height: auto; max-height: 20; min-height: 3;
                     text-wrap: nowrap; text-overflow: ellipsis; }
        #choose-remark { height: 6; min-height: 6; max-height: 6; }
        .dialog-hint { margin-top: 0; }
    }
    """

    def __init__(self, advice: Sequence[Advice]) -> None:
        super().__init__("The coach", [Choice(entry.rule, _label(entry), _remark(entry)) for entry in advice])


def _label(advice: Advice) -> str:
    key = "⏎" if advice.fix is not None else " "
    return plain(f"{WEIGHTS[advice.severity]:<5} {key} {advice.said}")


def _remark(advice: Advice) -> str:
    does = f"Enter: {advice.fix_words}." if advice.fix is not None else "No key mends it: it takes your own words."
    return plain(f"{advice.sentence}\n{does}\nSays: {advice.source}.", lines=True)
