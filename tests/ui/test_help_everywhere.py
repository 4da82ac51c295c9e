"""Help is everywhere: every pane and every screen says what it is and which keys it has."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

import studio.ui.screens
from studio.ui.screen_help import TEXTS, WITHOUT
from tests.ui.stage import stage
from tests.ui.taken import taken

BASES = frozenset({"Dialog", "LookScreen", "ZoomScreen"})
"""What others are made of; never shown themselves."""


def every_screen() -> list[type[Screen[Any]]]:
    """All classes of screens, of the folder of screens."""
    found = {}
    for module in pkgutil.iter_modules(studio.ui.screens.__path__, "studio.ui.screens."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Screen) and value.__module__ == module.name:
                found[value.__name__] = value
    return [kind for name, kind in sorted(found.items()) if name not in BASES | WITHOUT]


def test_every_screen_has_something_to_say_about_itself() -> None:
    silent = [
        kind.__name__
        for kind in every_screen()
        if not getattr(kind, "help_text", "") and not any(base.__name__ in TEXTS for base in kind.__mro__)
    ]
    assert not silent


def test_no_text_is_about_a_screen_that_is_gone() -> None:
    assert set(TEXTS) <= {kind.__name__ for kind in every_screen()}


@pytest.mark.parametrize("pane", ["character", "poses", "model", "preview", "log"])
async def test_every_pane_answers_with_its_own_help(tmp_path: Path, pane: str) -> None:
    async with stage(tmp_path, (120, 48)) as on:
        on.screen.places.show(pane, focus=True)
        await on.press("question_mark")
        assert on.over == "HelpScreen"
        widget = on.screen.query_one(f"#{pane}")
        assert str(getattr(widget, "help_title", "")) in on.text()


@pytest.mark.parametrize("key", ["Q", "dollar_sign", "f2", "ctrl+t", "f5", "f6", "f7", "f8", "b"])
async def test_f1_helps_over_every_dialog_and_leaves_it_as_it_was(tmp_path: Path, key: str) -> None:
    async with taken(tmp_path, 1, size=(120, 48)) as on:
        on.screen.query_one("#pose-list").focus()
        await on.press(key)
        await on.until(lambda: on.over != "MainScreen", key)
        dialog = on.over
        await on.press("f1")
        assert on.over == "HelpScreen"
        heading = getattr(on.app.screen_stack[-2], "title_text", "")
        assert heading in on.text() and "esc" in on.text()
        await on.press("escape")
        assert on.over == dialog


@pytest.mark.parametrize("key", ["space", "c", "C", "i"])
async def test_a_question_mark_helps_where_nothing_is_typed(tmp_path: Path, key: str) -> None:
    async with taken(tmp_path, 2, size=(120, 48)) as on:
        await on.press(key)
        await on.until(lambda: on.over != "MainScreen", key)
        await on.press("question_mark")
        assert on.over == "HelpScreen"


async def test_in_a_text_field_a_question_mark_is_typed(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.screen.query_one("#pose-list").focus()
        await on.press("n", "question_mark")
        assert on.over == "PoseEditScreen" and "?" in on.text()
