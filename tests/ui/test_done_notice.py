"""The notice when everything that was asked for is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.provider import FakeProvider
from tests.ui.stage import Stage, stage


def heard(on: Stage, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that is written to the terminal from now on."""
    written: list[str] = []
    assert on.app._driver is not None
    monkeypatch.setattr(on.app._driver, "write", written.append)
    return written


def rung(written: list[str]) -> list[str]:
    return [text for text in written if text.startswith("\a")]


async def left_alone(on: Stage, number: int) -> None:
    """The artist goes to another window, and everything is finished meanwhile."""
    on.app.app_focus = False
    finished: list[str] = []

    def all_finished() -> bool:
        for _ in on.provider.submitted[len(finished) :]:
            finished.append(f"fake-{len(finished) + 1}")
            on.finish(finished[-1])
        return len(finished) == number

    await on.until(all_finished, "every request")
    await on.takes(number)


async def test_a_plan_that_is_finished_rings_in_a_window_that_was_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path, provider=FakeProvider(sandbox=True, hold=True)) as on:
        written = heard(on, monkeypatch)
        await on.press("ctrl+g")
        await left_alone(on, 6)
        await on.until(lambda: rung(written), "the bell")
        (notice,) = rung(written)
        assert "Pose Studio" in notice and "6 pictures are ready" in notice


async def test_who_is_there_is_not_rung(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as on:
        written = heard(on, monkeypatch)
        await on.press("A", "A", "ctrl+g")
        await on.takes(1)
        assert not rung(written)


async def test_the_settings_can_forbid_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path, provider=FakeProvider(sandbox=True, hold=True)) as on:
        written = heard(on, monkeypatch)
        project = on.session.project
        on.session.edit_settings(replace(project, settings=replace(project.settings, notify=False)))
        await on.press("A", "A", "ctrl+g")
        await left_alone(on, 1)
        assert not rung(written)
        await on.session.flush()
        assert "notify = false" in (tmp_path / "studio.toml").read_text()


async def test_the_switch_stands_in_the_settings(tmp_path: Path) -> None:
    async with stage(tmp_path, (120, 48)) as on:
        await on.press("f2")
        assert "Done notice" in on.text()
        on.app.screen.query_one("#notify").focus()
        await on.press("space", "ctrl+s")
        assert on.session.project.settings.notify is False


async def test_a_path_that_cannot_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1.2.3.4 5 6.7.8.9 22")
    async with stage(tmp_path) as on:
        await on.press("A", "A", "ctrl+g")
        await on.takes(1)
        assert on.shown is not None
        await on.press("o", "O")
        await on.until(lambda: len(on.toasts()) >= 2, "two sentences")
        said = "\n".join(on.toasts())
        path = on.session.studio.path(on.shown)
        assert f"Over SSH nothing is opened: the takes of {on.shown.pose} lie in {path.parent}" in said
        assert f"{on.shown.id} is {path}" in said


async def test_a_copied_path_is_shown_as_text_too(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.press("A", "A", "ctrl+g")
        await on.takes(1)
        await on.press("y")
        assert on.shown is not None
        assert f"Copied {on.session.studio.path(on.shown)}" in on.toasts()
