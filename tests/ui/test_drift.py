"""The drift table: what stands out in each take, which take is shown, which one is the anchor."""

from __future__ import annotations

from pathlib import Path

from studio.domain.character import Reference
from tests.ui.taken import taken


async def test_takes_are_measured_against_the_first_pick_and_a_chosen_one_is_shown(tmp_path: Path) -> None:
    async with taken(tmp_path, 3, poses=2) as on:
        await on.press("P")
        await on.until(lambda: on.shown is not None and on.shown.pick, "the pick")
        anchor = on.shown
        assert anchor is not None
        await on.press("I")
        await on.until(lambda: on.over == "DriftScreen", "the table")
        await on.until(lambda: on.text().count("hero-stance-00") >= 4, "three rows and the anchor")
        assert f"the first pick, {anchor.id}" in on.text()
        await on.until(lambda: "running-002" in on.text(), "the other pose as well")
        await on.press("a")
        assert "running-002" not in on.text()
        await on.press("a")
        await on.press("G", "enter")
        await on.until(lambda: on.over == "MainScreen", "the table is closed")
        assert on.shown is not None and on.shown.id != anchor.id
        await on.press("space", "i")
        await on.until(lambda: "of 100" in on.text(), "the drift in the overlay")


async def test_the_grid_stands_by_drift_and_filters_by_it_once_it_was_measured(tmp_path: Path) -> None:
    async with taken(tmp_path, 4) as on:
        await on.press("P", "I")
        await on.until(lambda: on.session.drift and on.session.drift.known("hero-stance-004"), "the last one measured")
        await on.press("escape", "v", "slash", *"drift:<1", "enter")
        await on.until(lambda: "1/1 of 4" in on.text(), "the anchor alone")
        meter = on.session.drift
        assert meter is not None
        scores = [meter.score(take) for take in on.session.studio.takes.of_pose("hero-stance")]
        assert scores[0] < 1 < min(scores[1:])


async def test_a_take_becomes_the_anchor(tmp_path: Path) -> None:
    async with taken(tmp_path, 2) as on:
        await on.press("P", "I")
        await on.until(lambda: on.over == "DriftScreen" and "hero-stance-002" in on.text(), "the table")
        await on.press("G", "A")
        await on.until(lambda: on.session.project.character.references, "the reference")
        assert on.session.project.character.references == (
            Reference("takes/hero-stance/hero-stance-002.png", "anchor"),
        )
        await on.press("I")
        await on.until(lambda: "the reference with the role anchor" in on.text(), "the new anchor")


async def test_without_an_anchor_it_says_what_to_do(tmp_path: Path) -> None:
    async with taken(tmp_path, 1) as on:
        await on.press("I")
        await on.until(lambda: any("Pick a take" in toast for toast in on.toasts()), "the remedy")
