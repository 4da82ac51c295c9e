"""The character pack from the keyboard: price first, takes reviewed like any others, then pack/ and its sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from studio.config.project import load_character
from studio.domain.take import Verdict
from tests.ui.stage import Stage, stage

SIZES = [(80, 24), (120, 36), (200, 60)]


async def opened(on: Stage) -> None:
    await on.press("ctrl+g")
    await on.until(lambda: on.shown is not None, "a first take")
    await on.until(lambda: not on.session.studio.engine.queue.busy(), "the end")
    await on.app.run_action("open('pack-open')", on.screen)
    await on.until(lambda: on.over == "PackScreen", "the pack")


async def all_drawn(on: Stage, number: int) -> None:
    takes = on.session.studio.takes
    await on.until(lambda: sum(take.pose.startswith("pack ") for take in takes.all()) == number, f"{number} views")
    await on.until(lambda: not on.session.studio.engine.queue.busy(), "the end")


@pytest.mark.parametrize("size", SIZES)
async def test_the_views_and_what_they_cost_are_said_before_anything_is_sent(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with stage(tmp_path, size) as on:
        await opened(on)
        sent = len(on.provider.submitted)
        text = on.text()
        assert all(view in text for view in ("front", "three-quarter", "side", "back", "neutral", "smile"))
        assert "6 pictures, ~ $0.90" in text
        await on.press("space")
        await on.until(lambda: "5 pictures, ~ $0.75" in on.text(), "another price")
        assert len(on.provider.submitted) == sent


async def test_views_are_drawn_picked_and_written_into_the_pack(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await on.press("a", *"angry", "enter")
        await on.until(lambda: "7 pictures" in on.text(), "one more view")
        await on.press("ctrl+s")
        await all_drawn(on, 7)
        await on.until(lambda: "7 wait for a decision" in on.text(), "seven to decide")
        assert {"pack front", "pack angry"} <= {pose.name for pose in on.session.project.poses}
        for take in on.session.studio.takes.all():
            if take.pose.startswith("pack "):
                Image.new("RGB", (300, 400), "grey").save(on.session.studio.path(take))
                await on.session.studio.decide(take.id, Verdict.PICKED)
        await on.press("w")
        await on.until(lambda: (tmp_path / "pack" / "manifest.json").exists(), "the pack")
        await on.until(lambda: "pack/ is written" in on.text(), "that it is said")
        await on.session.flush()
        assert [one.role for one in load_character(tmp_path).references][:4] == [
            *("front", "three-quarter", "side", "back"),
        ]
        await on.press("s")
        await on.until(lambda: on.over == "PicturePage", "the sheet")


async def test_a_view_leads_to_its_takes_and_a_wrong_word_to_a_sentence(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await on.press("a", *"sideways", "enter")
        await on.until(lambda: any("There is no view" in note for note in on.toasts()), "the sentence")
        await on.press("escape", "ctrl+s")
        await all_drawn(on, 6)
        await on.press("down", "enter")
        await on.until(lambda: on.session.selection.pose == "pack three-quarter", "the pose")
        assert on.over == "MainScreen"


async def test_a_pack_without_a_reference_says_what_is_missing(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.app.run_action("open('pack-open')", on.screen)
        await on.until(lambda: on.over == "PackScreen", "the pack")
        assert "drawn from a reference picture" in on.text()
        await on.press("ctrl+s")
        assert on.provider.submitted == []


async def test_another_model_has_another_price(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await opened(on)
        await on.press("m")
        await on.until(lambda: on.over == "ChooseScreen", "the models")
        await on.press(*"nano-banana-pro/edit", "enter")
        await on.until(lambda: on.over == "PackScreen" and "Nano Banana Pro" in on.text(), "the other model")
