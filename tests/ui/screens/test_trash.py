"""The trash: seen, brought back, and emptied only when that was asked for twice."""

from __future__ import annotations

from pathlib import Path

from tests.ui.shelved import shelve
from tests.ui.stage import Stage, stage


async def thrown(on: Stage, count: int) -> None:
    """Throw the first takes away and look into the trash."""
    before = on.session.studio.takes.totals()[1]
    for number in range(count):
        await on.press("d")
        await on.takes(before - number - 1)
    await on.press("D")
    await on.until(lambda: f"1/{count}" in on.text(), "the trash")


async def test_a_take_comes_back_from_the_trash_as_it_was(tmp_path: Path) -> None:
    takes = await shelve(tmp_path, ["hero-stance"] * 4)
    async with stage(tmp_path) as on:
        await on.press("P", "3")
        await on.until(lambda: on.shown is not None and on.shown.stars == 3, "the stars")
        await thrown(on, 2)
        assert "2 pictures that would have cost $0.10" in on.text() and "hero-stance-001" in on.text()
        await on.press("G", "enter")
        await on.takes(3)
        back = on.session.studio.takes.get(takes[0].id)
        assert back is not None and back.stars == 3 and back.pick and (tmp_path / back.path).exists()
        await on.press("ctrl+z")
        await on.takes(2)
        await on.until(lambda: "1/2" in on.text() or "2/2" in on.text(), "two in the trash again")


async def test_the_trash_is_emptied_only_when_asked_and_says_what_goes(tmp_path: Path) -> None:
    await shelve(tmp_path, ["hero-stance"] * 4)
    async with stage(tmp_path) as on:
        await thrown(on, 2)
        trash = tmp_path / "takes" / ".trash"
        await on.press("E")
        assert on.over == "ConfirmEmptyScreen" and "2 pictures that would have cost $0.10" in on.text()
        await on.press("enter")
        assert len(list(trash.iterdir())) == 2
        await on.press("E", "e")
        await on.until(lambda: "The trash is empty" in on.text(), "nothing left")
        assert list(trash.iterdir()) == []
        await on.press("escape", "ctrl+z")
        await on.until(lambda: any("Nothing to undo" in toast for toast in on.toasts()), "nothing comes back")
        assert on.session.studio.takes.totals()[1] == 2
