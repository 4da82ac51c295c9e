"""When something goes wrong it is said calmly, with what to do, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from studio.config.paths import log_file
from studio.domain.errors import OutOfCredit, Refused
from tests.fakes.provider import FakeProvider
from tests.ui.stage import stage


async def test_a_failed_job_stands_in_its_row_and_where_the_picture_would_be(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=True)
    provider.fail_with("submit", Refused("fal's policy refused [bold]this[/bold] prompt."))
    async with stage(tmp_path, provider=provider) as on:
        await on.press("ctrl+g")
        await on.takes(5)
        await on.until(lambda: "✗ refused · fal's policy" in on.text(), "the row")
        text = on.text()
        assert "fal's policy refused [bold]this[/bold] prompt." in text
        assert "Say the pose or the character in other words." in text


async def test_with_a_key_the_price_is_agreed_to_once(tmp_path: Path) -> None:
    async with stage(tmp_path, provider=FakeProvider(sandbox=False)) as on:
        assert "SANDBOX" not in on.text()
        await on.press("ctrl+g")
        await on.until(lambda: on.over == "ConfirmSpendScreen", "the question")
        assert "$0.30" in on.text()
        await on.press("escape")
        assert not on.provider.submitted
        await on.press("ctrl+g")
        await on.until(lambda: on.over == "ConfirmSpendScreen", "the question again")
        await on.press("enter")
        await on.takes(6)
        await on.press("ctrl+g")
        await on.takes(12)


async def test_no_money_is_said_with_what_to_do(tmp_path: Path) -> None:
    provider = FakeProvider(sandbox=True)
    provider.fail_with("submit", *(OutOfCredit("The account is empty.") for _ in range(6)))
    async with stage(tmp_path, provider=provider) as on:
        await on.press("ctrl+g")
        await on.until(lambda: "Top up at fal.ai" in on.text(), "the remedy")


async def test_a_value_out_of_range_is_said_where_the_price_would_be(tmp_path: Path) -> None:
    async with stage(tmp_path, (160, 48)) as on:
        on.session.edit_recipe(on.session.recipe.with_value("num_inference_steps", 5000))
        on.app.view.recipe_changed()
        await on.press("ctrl+g")
        assert "goes from" in on.text()
        assert not on.provider.submitted


async def test_a_file_changed_by_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        (tmp_path / "poses.toml").write_text("broken = [")
        await on.press("enter")
        await on.session.flush()
        assert any("poses.toml" in text for text in on.toasts())
        assert (tmp_path / "poses.toml").read_text() == "broken = ["


async def test_what_nobody_foresaw_is_written_down_and_shown(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:

        async def stumble() -> None:
            raise ZeroDivisionError("by a [link] in the code")

        on.app.start(stumble())
        await on.until(lambda: on.over == "ErrorScreen", "the error screen")
        await on.until(lambda: "[link]" in on.text(), "the words of the failure")
        assert "ZeroDivisionError" in log_file().read_text()
        on.app.unforeseen = None


async def test_keys_for_takes_say_that_there_is_none_yet(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("p", "space", "i", "r", "d")
        assert on.over == "MainScreen"
        assert any("No take is shown yet" in text for text in on.toasts())


async def test_a_folder_that_goes_away_leaves_paid_pictures_safe_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    async with stage(folder, provider=FakeProvider(sandbox=True, hold=True)) as on:
        await on.press("ctrl+g")
        await on.until(lambda: len(on.provider.submitted) == 2, "two jobs at fal")
        moved = folder.rename(tmp_path / "elsewhere")
        on.finish("fake-1")
        await on.until(lambda: "safe, not on disk yet" in on.text(), "the state of the pose")
        assert "gone or was moved" in on.app.view.log.text()
        moved.rename(folder)
        found = await on.session.studio.engine.desk.pen(on.session.studio.engine.desk.journal.jobs)
        assert [job.result is not None for job in found if job.request_id == "fake-1"] == [True]
