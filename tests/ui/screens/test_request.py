"""The exact request can be read and copied in three forms."""

from __future__ import annotations

import json

import pytest
from textual.widgets import Static

from studio.domain.job import Job
from studio.domain.recipe import Recipe
from studio.ui.screens.request import RequestScreen
from tests.ui.screens.test_screens import SIZES, Host
from tests.workflows.test_export_request import call_of
from tests.workflows.test_plan import POSES, plan


def job() -> Job:
    return plan(Recipe("fal-ai/flux-2-flex"), POSES[:1]).jobs[0]


@pytest.mark.parametrize("size", SIZES)
async def test_every_form_is_shown_and_copied_by_keys_alone(size: tuple[int, int]) -> None:
    copied: list[tuple[str, str]] = []
    wanted = job()
    host = Host(lambda: RequestScreen(wanted, lambda text, said: copied.append((text, said))))
    async with host.run_test(size=size) as pilot:
        await pilot.pause()
        text = host.screen.query_one("#request-text", Static)
        shown = []
        for _ in range(3):
            shown.append(str(text.content))
            await pilot.press("y", "right")
        assert "hero-stance" in str(host.screen.query(".dialog-muted").first(Static).content)
        await pilot.press("left", "y", "escape")
        await pilot.pause()
    assert host.answer is None
    as_json, as_curl, as_python, again = (text for text, _ in copied)
    assert json.loads(as_json)["arguments"] == wanted.request.arguments
    assert as_curl.startswith("curl ") and "$FAL_KEY" in as_curl
    assert call_of(as_python) == (wanted.request.endpoint, wanted.request.arguments)
    assert again == as_python
    assert shown == [as_json, as_curl, as_python]
    assert [said.split(",")[0] for _, said in copied[:3]] == [
        f"Copied the request as {name}" for name in ("JSON", "curl", "Python")
    ]
