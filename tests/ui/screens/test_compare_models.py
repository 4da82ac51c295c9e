"""Choosing another model by price and fitness."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from textual.widgets import OptionList, Static

from studio.domain.recipe import Recipe
from studio.ui.screens.compare_models import CompareModelsScreen
from studio.workflows.side_by_side import Compared, SamePlan, side_by_side
from tests.ui.screens.test_screens import SIZES, UNANSWERED, Host
from tests.workflows.test_plan import CATALOGUE, GLITCH, POSES, values

FLEX, DEV = "fal-ai/flux-2-flex", "fal-ai/flux/dev"


def compared() -> list[Compared]:
    broken = {DEV: Recipe(DEV, values(guidance_scale=99))}
    same = SamePlan(GLITCH, POSES, Recipe(FLEX), (), MappingProxyType({}), (768, 1024))
    return side_by_side(same, CATALOGUE.models, broken)


@pytest.mark.parametrize("size", SIZES)
async def test_the_rows_fit_and_the_chosen_model_is_the_answer(size: tuple[int, int]) -> None:
    host = Host(lambda: CompareModelsScreen(compared(), FLEX))
    async with host.run_test(size=size) as pilot:
        await pilot.pause()
        rows = host.screen.query_one(OptionList)
        labels = [str(rows.get_option_at_index(at).prompt) for at in range(rows.option_count)]
        at = rows.highlighted or 0
        assert "●" in labels[at]
        assert rows.scroll_y <= at < rows.scroll_y + rows.size.height, "the chosen model is out of sight"
        assert all(len(label) <= rows.size.width for label in labels)
        assert "$0.003" in labels[0]
        head = host.screen.query_one("#compare-head", Static)
        assert "total" in str(head.content) and head.size.height == 1
        await pilot.press(*"schnell", "enter")
        await pilot.pause()
    assert host.answer == "fal-ai/flux/schnell"


async def test_the_coach_and_the_price_date_are_said_of_the_highlighted_row() -> None:
    host = Host(lambda: CompareModelsScreen(compared(), FLEX))
    async with host.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        remark = host.screen.query_one("#choose-remark", Static)
        assert FLEX in str(remark.content) and "price as of" in str(remark.content)


async def test_a_model_that_cannot_draw_it_says_why_and_is_not_chosen() -> None:
    host = Host(lambda: CompareModelsScreen(compared(), FLEX))
    async with host.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press(*DEV, "enter")
        await pilot.pause()
        assert "cannot" in str(host.screen.query_one(OptionList).get_option_at_index(0).prompt)
        assert host.answer is UNANSWERED
        await pilot.press("escape")
        await pilot.pause()
    assert host.answer is None
