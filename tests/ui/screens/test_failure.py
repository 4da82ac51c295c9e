"""A failed job's card is answered by one key, shows foreign text harmlessly, and fits a small terminal."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App
from textual.widgets import OptionList, Static

from studio.domain import errors
from studio.domain.errors import StudioError
from studio.domain.job import JobState
from studio.ui.screens.failure import FailureScreen
from tests.ui.state.test_failure_card import failed, kinds

UNANSWERED = object()


class Host(App[None]):
    """Shows the card of one failure and keeps its answer."""

    def __init__(self, error: StudioError, state: JobState = JobState.FAILED) -> None:
        super().__init__()
        self.job = failed(error, state)
        self.answer: Any = UNANSWERED

    def on_mount(self) -> None:
        self.push_screen(FailureScreen(self.job), self.keep)

    def keep(self, answer: Any) -> None:
        self.answer = answer

    def told(self, name: str) -> str:
        return str(self.screen.query_one(f"#failure-{name}", Static).content)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(
    ("error", "keys", "answer"),
    [
        (errors.Refused("The policy said no."), ["e"], "edit-pose"),
        (errors.Refused("The policy said no."), ["enter"], "edit-pose"),
        (errors.Refused("The policy said no."), ["down", "enter"], "character"),
        (errors.Refused("The policy said no."), ["j", "k", "enter"], "edit-pose"),
        (errors.OutOfCredit("No money."), ["b"], "top-up"),
        (errors.MissingKey("No key."), ["s"], "settings"),
        (errors.TimedOut("Too long."), ["m"], "recipe"),
        (errors.RateLimited("Slow."), ["r"], "retry"),
        (errors.Unavailable("Down."), ["b", "l", "e", "d"], "dismiss"),
        (errors.Broken("Odd."), ["escape"], None),
    ],
)
async def test_keys_alone_choose_what_helps(
    error: StudioError, keys: list[str], answer: object, size: tuple[int, int]
) -> None:
    host = Host(error)
    async with host.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
    assert host.answer == answer


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.__name__)
async def test_every_kind_shows_its_sentence_remedy_and_money_at_80_by_24(kind: type[StudioError]) -> None:
    host = Host(kind(f"What happened: {'a long reason. ' * 12}"))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "What happened" in host.told("happened")
        assert host.told("advice") == kind.remedy_by_default
        assert host.told("money").strip()
        rows = host.screen.query_one(OptionList)
        assert rows.has_focus
        assert host.screen.region.contains_region(rows.region)


async def test_what_fal_said_cannot_act_on_the_terminal() -> None:
    host = Host(errors.Refused("\x1b]0;x\x07[red]no[/red]\u202eevil"))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert host.told("happened").strip() == "[red]no[/red]evil"


async def test_a_job_of_unknown_fate_offers_to_look_at_fal_again() -> None:
    host = Host(errors.Unknown("No answer came."), JobState.UNKNOWN)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "only fal knows" in host.told("money")
        await pilot.press("l")
        await pilot.pause()
    assert host.answer == "look-again"
