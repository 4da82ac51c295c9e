"""One sender in a project."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studio.domain.errors import ProjectError
from studio.library.lock import ProjectLock

HOLD = """
import sys
from pathlib import Path
from studio.library.lock import ProjectLock
lock = ProjectLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def test_only_one_has_it_at_a_time(tmp_path: Path) -> None:
    one, other = ProjectLock(tmp_path / "sender.lock"), ProjectLock(tmp_path / "sender.lock")
    assert one.acquire()
    assert one.acquire()
    assert not other.acquire()
    assert other.holder() == os.getpid()
    one.release()
    assert not one.held
    with other as got:
        assert got
    assert not other.held
    assert one.acquire()
    one.release()


def test_it_dies_with_its_process_even_when_killed(tmp_path: Path) -> None:
    path = tmp_path / "sender.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        lock = ProjectLock(path)
        assert not lock.acquire()
        assert lock.holder() == holder.pid
        holder.send_signal(signal.SIGKILL)
        holder.wait(5)
        assert lock.acquire()
        lock.release()


def test_a_lock_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is gone"):
        ProjectLock(tmp_path / "missing" / "sender.lock").acquire()


def test_nobody_is_named_when_nobody_had_it(tmp_path: Path) -> None:
    assert ProjectLock(tmp_path / "sender.lock").holder() is None
