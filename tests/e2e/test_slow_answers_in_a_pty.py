"""A terminal at the end of a slow line: its answers come when the screen is open already, and press no key."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.test_screen_in_a_pty import Terminal

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

ANSWERS = b"\x1b[6;36;17t\x1b[?2026;2$y\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;OK\x1b\\\x1bP>|kitty(0.40.1)\x1b\\\x1b[?62;52;c"


class SlowTerminal(Terminal):
    """Answers the studio's question whole, so many seconds after it came."""

    delay = 0.0

    def press(self, keys: bytes) -> None:
        """Device attributes are asked for once; every other key is a key."""
        if keys == b"\x1b[?62;22c":
            timer = threading.Timer(self.delay, lambda: os.write(self._master, ANSWERS))
            timer.daemon = True
            timer.start()
            self.answered = timer
        else:
            super().press(keys)


@pytest.fixture
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SlowTerminal]:
    made = SlowTerminal(120, 36, tmp_path / "glitch")
    made.delay = request.param
    yield made
    made.close()


@pytest.mark.parametrize("terminal", [0.4, 1.5, 3.0], indirect=True)
def test_late_answers_press_no_key(terminal: SlowTerminal, tmp_path: Path) -> None:
    terminal.shows("hero-stance")
    terminal.until(lambda: not terminal.answered.is_alive(), "the answers")
    terminal.press(b"\x1b[B")  # down: what was typed before it has been heard when this is
    terminal.until(lambda: any("▌■" in row and "running" in row for row in terminal.screen.display), "the cursor")
    text = terminal.text()
    assert "6/12 ticked" in text, "no box was ticked"
    assert "is shown yet" not in text and "esc" not in text, "no key of a take, no screen"
    terminal.press(b"\x11")
    terminal.until(lambda: terminal.process.poll() is not None, "the end")
    assert terminal.process.returncode == 0
