from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from studio.ui.terminal import drop_empty_no_color, probe, tell_colours
from studio.ui.terminal_choice import Colours, Graphics

XTERM = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "en_GB.UTF-8"}
ANSWERS = [
    (b"\x1b[16t", b"\x1b[6;36;17t"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b_Gi=31", b"\x1b_Gi=31;OK\x1b\\"),
    (b"\x1b_Gi=32", b"\x1b_Gi=32;OK\x1b\\"),
    (b"\x1b[>q", b"\x1bP>|kitty(0.40.1)\x1b\\"),
    (b"\x1b[c", b"\x1b[?62;52;c"),
]


class ScriptedTerminal:
    """The far end of a pty: answers every question, each after `delay` seconds of travelling."""

    def __init__(self, answers: list[tuple[bytes, bytes]], delay: float = 0.0, last: bytes = b"\x1b[c") -> None:
        self.master, self.slave = pty.openpty()
        self.heard = b""
        self._answers = answers
        self._delay = delay
        self._last = last
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        while not self._stop.is_set() and self._last not in self.heard:
            if select.select([self.master], [], [], 0.05)[0]:
                self.heard += os.read(self.master, 4096)
        self._stop.wait(self._delay)
        for question, answer in self._answers:
            if question in self.heard:
                os.write(self.master, answer)

    @contextmanager
    def running(self) -> Iterator[ScriptedTerminal]:
        """Serve until the block ends."""
        self._thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            self._thread.join()
            os.close(self.slave)
            os.close(self.master)

    def keys(self) -> bytes:
        """What an app that starts now would take for key presses."""
        self._thread.join()
        saved = termios.tcgetattr(self.slave)
        raw = termios.tcgetattr(self.slave)
        raw[3] &= ~(termios.ICANON | termios.ECHO)
        termios.tcsetattr(self.slave, termios.TCSANOW, raw)
        data = os.read(self.slave, 4096) if select.select([self.slave], [], [], 0)[0] else b""
        termios.tcsetattr(self.slave, termios.TCSANOW, saved)
        return data


@pytest.mark.parametrize("delay", [0.0, 0.12, 0.4])
def test_everything_is_learned_in_one_round_trip_and_no_answer_becomes_a_key(delay: float) -> None:
    with ScriptedTerminal(ANSWERS, delay).running() as far:
        before = termios.tcgetattr(far.slave)
        found = probe(environ=XTERM, fd_in=far.slave, fd_out=far.slave, limit=5)
        assert far.keys() == b""
        assert termios.tcgetattr(far.slave) == before
    assert found.answered
    assert (found.name, found.cell) == ("kitty 0.40.1", (17, 36))
    assert (found.kitty, found.kitty_file, found.sync, found.sixel) == (True, True, True, False)
    assert found.graphics is Graphics.KITTY


def test_a_terminal_that_answers_nothing_is_given_up_and_left_as_it_was() -> None:
    with ScriptedTerminal([]).running() as far:
        before = termios.tcgetattr(far.slave)
        found = probe(environ=XTERM, fd_in=far.slave, fd_out=far.slave, limit=0.05)
        assert termios.tcgetattr(far.slave) == before
    assert not found.answered
    assert found.graphics is Graphics.QUADRANT


def test_a_terminal_that_answers_only_attributes_costs_no_time_out() -> None:
    with ScriptedTerminal([(b"\x1b[c", b"\x1b[?6c")]).running() as far:
        found = probe(environ=XTERM, fd_in=far.slave, fd_out=far.slave, limit=600)
    assert found.answered
    assert found.name == ""


def test_the_picture_file_of_the_question_is_gone_afterwards() -> None:
    with ScriptedTerminal(ANSWERS).running() as far:
        probe(environ=XTERM, fd_in=far.slave, fd_out=far.slave)
        import base64

        path = base64.b64decode(far.heard.split(b"a=q,t=t,f=24;")[1].split(b"\x1b")[0]).decode()
    assert "tty-graphics-protocol" in path
    assert not os.path.lexists(path)


def test_in_tmux_without_passthrough_the_outer_terminal_is_not_asked() -> None:
    environ = {**XTERM, "TERM": "tmux-256color", "TMUX": "/tmp/tmux-1/default,1,0"}
    with ScriptedTerminal(ANSWERS).running() as far:
        found = probe(environ=environ, fd_in=far.slave, fd_out=far.slave, passthrough=lambda: False)
        assert b"_G" not in far.heard
        assert far.keys() == b""
    assert (found.tmux, found.passthrough, found.kitty) == (True, False, False)


def test_in_tmux_with_passthrough_the_outer_name_is_waited_for() -> None:
    environ = {**XTERM, "TERM": "tmux-256color", "TMUX": "/tmp/tmux-1/default,1,0"}
    answers = [(b"\x1b[c", b"\x1b[?1;2c"), *ANSWERS[2:5]]
    with ScriptedTerminal(answers, 0.12, last=b"[>q").running() as far:
        found = probe(environ=environ, fd_in=far.slave, fd_out=far.slave, limit=5, passthrough=lambda: True)
        assert far.keys() == b""
    assert (found.name, found.kitty, found.passthrough) == ("kitty 0.40.1", True, True)
    assert found.graphics is Graphics.KITTY
    assert "tmux lets them through" in found.because


def test_a_dumb_terminal_is_not_asked() -> None:
    with ScriptedTerminal(ANSWERS).running() as far:
        found = probe(environ={"TERM": "dumb"}, fd_in=far.slave, fd_out=far.slave)
        assert far.heard == b""
    assert found.is_terminal
    assert found.graphics is Graphics.OFF
    assert "TERM is dumb" in found.because


def test_without_a_terminal_nothing_is_asked_and_it_says_so() -> None:
    reader, writer = os.pipe()
    try:
        found = probe(environ=XTERM, fd_in=reader, fd_out=writer)
        assert not select.select([reader], [], [], 0)[0]
    finally:
        os.close(reader)
        os.close(writer)
    assert not found.is_terminal
    assert found.because == "input or output is not a terminal"


def test_an_override_is_taken_and_an_unknown_one_refused_before_anything_is_written() -> None:
    with ScriptedTerminal(ANSWERS).running() as far:
        with pytest.raises(ValueError, match="hologram"):
            probe("hologram", environ=XTERM, fd_in=far.slave, fd_out=far.slave)
        assert far.heard == b""
        found = probe("sextant", environ=XTERM, fd_in=far.slave, fd_out=far.slave)
    assert found.graphics is Graphics.SEXTANT


def test_a_name_from_the_terminal_is_made_harmless() -> None:
    answers = [*ANSWERS[:4], (b"\x1b[>q", b"\x1bP>|evil\x07\x08\xe2\x80\xae\x1b\\"), ANSWERS[5]]
    with ScriptedTerminal(answers).running() as far:
        found = probe(environ=XTERM, fd_in=far.slave, fd_out=far.slave)
    assert found.name == "evil"


def test_without_a_utf8_locale_it_says_what_to_set() -> None:
    with ScriptedTerminal(ANSWERS).running() as far:
        found = probe(environ={**XTERM, "LC_ALL": "C"}, fd_in=far.slave, fd_out=far.slave)
    assert not found.utf8
    assert "UTF-8" in found.advice


@pytest.mark.parametrize(("value", "kept"), [("", False), ("1", True), (None, False)])
def test_an_empty_no_color_does_not_count(value: str | None, kept: bool) -> None:
    environ = {} if value is None else {"NO_COLOR": value}
    drop_empty_no_color(environ)
    assert ("NO_COLOR" in environ) is kept


def test_a_known_terminal_over_ssh_gets_its_colours_back() -> None:
    environ = {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
    with ScriptedTerminal(ANSWERS).running() as far:
        found = probe(environ=environ, fd_in=far.slave, fd_out=far.slave)
    tell_colours(found, environ)
    assert found.colours is Colours.TRUE
    assert environ["COLORTERM"] == "truecolor"


def test_the_probe_loads_neither_textual_nor_pillow() -> None:
    code = "import sys, studio.ui.terminal, studio.ui.terminal_ask; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"textual", "textual_image", "PIL", "numpy", "rich"} & set(done.stdout.split())
