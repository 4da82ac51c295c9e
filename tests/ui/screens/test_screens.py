"""Every modal screen answers by keys alone, at the smallest terminal too."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from textual.app import App
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Checkbox, Input, Select, Static, TextArea

from studio.config.settings import Settings
from studio.domain.pose import Pose
from studio.domain.prompt import FIELDS, TEMPLATE
from studio.ui.screens.choose import Choice, ChooseScreen
from studio.ui.screens.confirm_spend import ConfirmSpendScreen
from studio.ui.screens.error import ErrorScreen
from studio.ui.screens.help import HelpScreen
from studio.ui.screens.info import InfoScreen
from studio.ui.screens.jump import JumpOverlay
from studio.ui.screens.pose_edit import PoseEditScreen, WrittenPose
from studio.ui.screens.pose_presets import PosePresetScreen
from studio.ui.screens.prompt import PromptScreen
from studio.ui.screens.quit import QuitChoice, QuitScreen, Unfinished
from studio.ui.screens.settings import SettingsAnswer, SettingsScreen

Make = Callable[[], Screen[Any]]
SIZES = [(80, 24), (120, 36)]
UNANSWERED = object()


class Host(App[None]):
    """Shows one screen and keeps its answer."""

    def __init__(self, make: Make) -> None:
        super().__init__()
        self.make = make
        self.answer: Any = UNANSWERED

    def on_mount(self) -> None:
        self.push_screen(self.make(), self.keep)

    def keep(self, answer: Any) -> None:
        self.answer = answer


def quitting() -> Screen[Any]:
    return QuitScreen(lambda: Unfinished(sent=2, waiting=3))


def spending() -> Screen[Any]:
    return ConfirmSpendScreen(6, "FLUX.2 [flex]", Decimal("0.30"))


def choosing() -> Screen[Any]:
    return ChooseScreen(
        "Pick", [Choice("one", "First"), Choice("two", "Second [b]x[/b]"), Choice("six", "Sixth")], "two"
    )


def posing() -> Screen[Any]:
    return PoseEditScreen("", "", lambda text: ("o", "a guess"), lambda name: "taken" if name == "running" else "")


def prompting() -> Screen[Any]:
    def preview(template: str) -> str:
        if "{mood}" in template:
            raise ValueError("there is no field {mood}")
        return template.replace("{pose}", "running")

    return PromptScreen("running", "", TEMPLATE, FIELDS, preview)


def presets() -> Screen[Any]:
    sets = [("Action", [Pose("kick", "Kicking."), Pose("jump", "Jumping.")]), ("Rest", [Pose("nap", "Napping.")])]
    return PosePresetScreen(sets, {"Jump"})


def settings() -> Screen[Any]:
    return SettingsScreen(Settings(), ["studio", "paper"], "FAL_KEY in the environment")


def test_what_is_unfinished_is_said_by_what_it_waits_for() -> None:
    assert Unfinished(2, 3).words("fal") == "2 sent to fal, 3 not sent yet."
    assert Unfinished(0, 0, 4).words("fal") == "4 done and safe there, but not on the disk yet."
    assert Unfinished(0, 0).words("fal") == "Everything has come to its end meanwhile."


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("make", "keys", "answer"),
    [
        (quitting, ["l"], QuitChoice.LEAVE),
        (quitting, ["c"], QuitChoice.CANCEL),
        (quitting, ["escape"], QuitChoice.STAY),
        (quitting, ["down", "enter"], QuitChoice.CANCEL),
        (spending, ["enter"], True),
        (spending, ["n"], False),
        (spending, ["escape"], False),
        (choosing, ["enter"], "two"),
        (choosing, ["down", "enter"], "six"),
        (choosing, ["f", "i", "r", "enter"], "one"),
        (choosing, ["z", "z", "enter", "escape"], None),
        (presets, ["space", "enter"], [Pose("kick", "Kicking.")]),
        (presets, ["escape"], None),
        (lambda: JumpOverlay({"p": Offset(2, 2), "l": Offset(9, 9)}), ["l"], "l"),
        (lambda: JumpOverlay({"p": Offset(2, 2)}), ["q"], None),
        (lambda: HelpScreen("Poses", "The list.", [("enter", "tick")]), ["escape"], None),
        (lambda: InfoScreen("running-001", [("seed", "7")], "a prompt"), ["escape"], None),
        (lambda: ErrorScreen("The disk is full.", "Make room."), ["escape"], None),
    ],
)
async def test_keys_alone_give_the_answer(make: Make, keys: list[str], answer: object, size: tuple[int, int]) -> None:
    host = Host(make)
    async with host.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
    assert host.answer == answer


async def test_a_pose_is_refused_until_it_has_a_free_name_and_a_sentence() -> None:
    host = Host(posing)
    async with host.run_test() as pilot:
        await pilot.pause()
        trouble = host.screen.query_one("#pose-trouble", Static)
        await pilot.press("ctrl+s")
        assert "needs a name" in str(trouble.content)
        await pilot.press(*"running", "enter")
        host.screen.query_one(TextArea).insert("Running fast")
        await pilot.press("ctrl+s")
        assert str(trouble.content) == "taken"
        host.screen.query_one(Input).value = "dash"
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert host.answer == WrittenPose("dash", "Running fast")


async def test_a_broken_template_is_said_and_not_kept() -> None:
    host = Host(prompting)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        area = host.screen.query_one(TextArea)
        area.load_text("{pose} {mood}")
        await pilot.pause()
        await pilot.press("ctrl+s")
        assert "{mood}" in str(host.screen.query_one("#prompt-text", Static).content)
        assert host.answer is UNANSWERED
        area.load_text("{pose}!")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert host.answer == "{pose}!"


async def test_settings_name_the_field_that_is_wrong_and_keep_a_typed_key_apart() -> None:
    host = Host(settings)
    async with host.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        host.screen.query_one("#concurrency", Input).value = "400"
        await pilot.press("ctrl+s")
        assert "1 to 40" in str(host.screen.query_one("#settings-trouble", Static).content)
        host.screen.query_one("#concurrency", Input).value = "4"
        host.screen.query_one("#day", Input).value = "$5.50"
        host.screen.query_one("#key", Input).value = "secret"
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert isinstance(host.answer, SettingsAnswer)
    assert (host.answer.settings.concurrency, host.answer.settings.budget_day) == (4, Decimal("5.50"))
    assert host.answer.key == "secret"


async def test_settings_keep_how_long_uploads_stay() -> None:
    host = Host(settings)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        field = host.screen.query_one("#uploads", Select)
        assert host.focused is host.screen.query_one("#theme"), "a key does something at once"
        assert "for a week" in str(field.query_one("#label", Static).content)
        field.focus()
        await pilot.press("enter", "up", "enter", "ctrl+s")
        await pilot.pause()
    assert host.answer.settings.upload_lifetime == "1d"


async def test_a_ticked_box_is_told_from_an_empty_one_without_colours() -> None:
    host = Host(settings)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        mouse, animations = (host.screen.query_one(f"#{name}", Checkbox) for name in ("mouse", "animations"))
        assert ("X" in mouse.render_line(0).text, "X" in animations.render_line(0).text) == (True, False)
        animations.focus()
        await pilot.press("space")
        assert "X" in animations.render_line(0).text
