"""Names and sentences from files and servers never act on the terminal."""

from __future__ import annotations

from pathlib import Path

from studio.engine.ports import LogLine, Running
from tests.fakes.provider import FakeProvider
from tests.ui.stage import stage

NASTY = "wave\x1b[2J\u202e[bold red]gone[/]\x07"


async def test_names_from_files_are_shown_and_do_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.session.flush()
    escaped = NASTY.encode("unicode_escape").decode().replace("\\x", "\\u00")
    (tmp_path / "poses.toml").write_text(f'[[pose]]\nname = "{escaped}"\ntext = "{escaped}"\n')
    for size in ((80, 24), (120, 36)):
        async with stage(tmp_path, size) as on:
            text = on.text()
            assert "\x1b" not in text and "\u202e" not in text and "\x07" not in text
            assert "wave[bold red]gone[/]" in text


async def test_log_lines_of_a_server_are_shown_and_do_nothing(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=True, hold=True)
    async with stage(tmp_path, provider=provider) as on:
        await on.press("ctrl+g")
        await on.until(lambda: provider.submitted, "a job at fal")
        provider.push("fake-1", Running((LogLine(NASTY),)))
        await on.until(lambda: "wave[bold red]gone[/]" in on.text(), "the line")
        assert "\x1b" not in on.text()


async def test_a_character_with_brackets_in_its_name_is_called_by_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.session.flush()
    file = tmp_path / "character.toml"
    file.write_text(file.read_text().replace('name = "Glitch"', 'name = "Glitch [b]2[/b]"'))
    async with stage(tmp_path) as on:
        assert "Character · Glitch [b]2[/b]" in on.text()
