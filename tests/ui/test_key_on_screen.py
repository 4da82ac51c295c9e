"""The key does not come to light on the screen: not in a picture of it, not when the screen breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from studio.config.key import find_key
from studio.config.paths import log_file
from tests.ui.stage import stage

ODD = """o'd"d$k%25ey~42;c"""


async def test_a_typed_key_is_in_no_screenshot(tmp_path: Path) -> None:
    async with stage(tmp_path / "p") as on:
        await on.press("f2")
        field = on.app.screen.query_one("#key", Input)
        field.focus()
        field.value = ODD
        await on.pilot.pause()
        assert ODD not in on.text()
        assert "42;c" not in on.app.export_screenshot()


@pytest.mark.parametrize("place", ["worker", "handler"])
async def test_a_screen_that_breaks_tells_it_in_two_sentences_without_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], place: str
) -> None:
    monkeypatch.setenv("FAL_KEY", ODD)
    found = find_key()
    assert found is not None
    monkeypatch.delenv("FAL_KEY")
    key = found.value

    def broken() -> None:
        held = key
        raise RuntimeError(f"the field held {held!r}")

    async def breaks() -> None:
        broken()

    seen = ""
    with pytest.raises((RuntimeError, AssertionError)):
        async with stage(tmp_path / "p") as on:
            if place == "worker":
                on.app.start(breaks())
                await on.until(lambda: on.over == "ErrorScreen", "it is told")
                seen = on.text()
            else:
                on.app.call_later(broken)
                await on.pilot.pause()
    out, err = capfd.readouterr()
    assert "RuntimeError" in seen + err and "jobs and takes are safe" in seen + err
    assert "locals" not in err and "Traceback" not in err
    assert ODD not in seen + out + err
    assert "42;c" not in log_file().read_text(encoding="utf-8")
    assert "Traceback" in log_file().read_text(encoding="utf-8")
