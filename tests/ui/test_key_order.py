"""Keys that come in one burst, as over a slow line: what follows a key that opens a field belongs to the field."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from tests.ui.stage import Stage, stage


async def burst(on: Stage, keys: str) -> None:
    """All keys at once, before any of them is looked at."""
    for key in keys:
        name = {"/": "slash", " ": "space"}.get(key, key)
        on.app.post_message(events.Key(name, key))
    await on.pilot.pause()
    await on.pilot.pause()


async def with_a_take(on: Stage) -> None:
    await on.press("A", "A", "ctrl+g")
    await on.takes(1)


@pytest.mark.parametrize("pane", ["poses", "log"])
async def test_a_filter_typed_in_one_burst_sends_nothing_and_decides_nothing(tmp_path: Path, pane: str) -> None:
    async with stage(tmp_path) as on:
        await with_a_take(on)
        on.screen.places.show(pane, focus=True)
        await on.pilot.pause()
        await burst(on, "/rrunpx")
        await on.until(lambda: isinstance(on.app.focused, Input), "the filter")
        field = on.app.focused
        assert isinstance(field, Input)
        await on.until(lambda: field.value == "rrunpx", f"every letter in the filter, not {field.value!r}")
        assert len(on.provider.submitted) == 1
        assert on.shown is not None and on.shown.verdict.value == "undecided"


@pytest.mark.parametrize("opener", ["n", "e"])
async def test_letters_typed_after_a_key_that_opens_a_dialog_send_nothing(tmp_path: Path, opener: str) -> None:
    async with stage(tmp_path) as on:
        await with_a_take(on)
        await burst(on, f"{opener}rfRxpd")
        await on.until(lambda: on.over == "PoseEditScreen", "the dialog")
        assert len(on.provider.submitted) == 1
        assert on.shown is not None and on.shown.verdict.value == "undecided" and not on.shown.trashed


async def test_keys_that_move_no_focus_come_in_their_order(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await with_a_take(on)
        await burst(on, "jjk")
        await on.until(lambda: on.session.selection.pose == on.session.project.poses[1].name, "two down, one up")
