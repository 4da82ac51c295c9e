"""The header says what the journal says, whenever it was read and whoever spent it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from studio.ui.money_today import read_money
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio
from tests.ui.stage import stage


async def test_what_was_under_way_when_it_was_read_is_not_counted_twice(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=True, hold=True)
    async with stage(tmp_path / "p", provider=provider) as on:
        await on.press("ctrl+g")
        await on.until(lambda: len(provider.submitted) == 2, "two jobs at fal")
        await read_money(on.app)
        for number in range(1, 7):
            on.finish(f"fake-{number}")
        await on.takes(6)
        await on.until(lambda: "would cost $0.30" in on.text(), "the whole sum")
        assert on.app.view.would_before == Decimal(0)


async def test_what_another_window_spends_is_counted_when_something_ends_here(tmp_path: Path) -> None:
    async with stage(tmp_path / "p") as on:
        other = fake_studio(tmp_path / "p", FakeProvider(sandbox=True, hold=True))
        await on.until(lambda: on.session.studio.engine.sharing.sender, "this one sends")
        await other.generate(other.plan(other.project.poses[8:9], other.project.settings.recipe()))
        await on.until(lambda: on.session.studio.takes.totals()[1] == 1, "its picture")
        await on.until(lambda: "would cost $0.05" in on.text(), "its price")
        await other.close()
