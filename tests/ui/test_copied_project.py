"""A copied project opens with its takes, picks and nothing to pay."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.ui.stage import stage


async def test_a_copy_shows_its_takes_and_picks(tmp_path: Path) -> None:
    async with stage(tmp_path / "one") as on:
        await on.press("ctrl+g")
        await on.takes(6)
        await on.press("p")
        await on.until(lambda: (tmp_path / "one" / "picks").exists(), "the pick")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    async with stage(tmp_path / "two") as on:
        await on.takes(6)
        assert on.session.studio.takes.totals()[0] == 1
        assert any("copied project" in said for said in on.toasts())
        assert on.session.studio.engine.desk.journal.jobs() == []
        assert on.provider.submitted == []
