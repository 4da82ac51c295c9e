"""The character: read in the pane, edited in place, saved by itself with the artist's comments kept."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input, TextArea

from studio.config.project import load_character
from studio.ui.panes.character_pane import CharacterSummary
from tests.ui.stage import Stage, stage


async def editing(on: Stage) -> None:
    on.app.view.character.summary.focus()
    await on.press("enter")
    await on.until(lambda: isinstance(on.app.focused, TextArea), "the description has the focus")


async def test_what_is_typed_is_saved_and_the_comments_stay(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        before = (tmp_path / "character.toml").read_text()
        await editing(on)
        await on.press(*" Barefoot.")
        await on.press("escape")
        assert isinstance(on.app.focused, CharacterSummary)
        await on.session.flush()
        assert load_character(tmp_path).description.rstrip().endswith("Barefoot.")
        after = (tmp_path / "character.toml").read_text()
        assert [line for line in after.splitlines() if line.startswith("#")] == [
            line for line in before.splitlines() if line.startswith("#")
        ]


async def test_keys_of_takes_are_letters_in_a_text_field(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await editing(on)
        await on.press("p", "x", "space", "d", "question_mark")
        assert on.over == "MainScreen"
        assert on.session.project.character.description.endswith("px d?")


async def test_generate_works_from_inside_a_text_field(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await editing(on)
        await on.press(*" Barefoot.", "ctrl+g")
        await on.takes(6)
        assert "Barefoot" in on.provider.submitted[0].prompt


async def test_opening_and_leaving_the_editor_changes_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        before = on.session.project.character
        await editing(on)
        await on.press("tab", "tab", "tab", "escape")
        assert on.session.project.character == before


async def test_a_broken_palette_is_said_and_not_taken(tmp_path: Path) -> None:
    async with stage(tmp_path, (120, 60)) as on:
        await editing(on)
        palette = on.screen.query_one("#character-palette", TextArea)
        before = on.session.project.character.palette
        palette.load_text("hot pink circuit lines")
        await on.pilot.pause()
        assert "Palette, line 1" in on.text()
        assert on.session.project.character.palette == before
        palette.load_text("sea green #2E8B57 boots")
        await on.pilot.pause()
        colours = on.session.project.character.palette
        assert [(colour.name, colour.hex, colour.on) for colour in colours] == [("sea green", "#2E8B57", "boots")]


async def test_an_empty_name_is_refused(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await editing(on)
        on.screen.query_one("#character-name", Input).value = " "
        await on.pilot.pause()
        assert on.session.project.character.name == "Glitch"


async def test_the_exact_prompt_is_shown_and_its_template_edited(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("ctrl+t")
        assert on.over == "PromptScreen"
        assert "Standing tall in a heroic stance" in on.text()
        on.app.screen.query_one(TextArea).load_text("{pose} {description}")
        await on.press("ctrl+s")
        await on.press("ctrl+g")
        await on.takes(6)
        assert on.provider.submitted[0].prompt.startswith("Standing tall")
