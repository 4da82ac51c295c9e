"""The sandbox as a child process: it starts, serves, dies with its parent, and says why it cannot start."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from studio.domain.errors import StudioError, UsageError
from studio.sandbox.embedded import LOG_NAME, start_embedded
from studio.sandbox.server import running
from tests.sandbox.caller import Caller

ROOT = Path(__file__).resolve().parents[2]
CHILD = [sys.executable, "-m", "studio.sandbox", "--port", "0", "--pace", "0"]


async def test_it_serves_and_ends(tmp_path: Path) -> None:
    sandbox = await start_embedded(tmp_path, pace=0)
    async with aiohttp.ClientSession() as session:
        caller = Caller(sandbox.url, session)
        assert (await caller.submit()).status == 200
        await sandbox.close()
        with pytest.raises(aiohttp.ClientError):
            await caller.ledger()
    await sandbox.close()
    assert (tmp_path / LOG_NAME).read_text() == ""


async def test_a_start_that_fails_says_why(tmp_path: Path) -> None:
    faults = tmp_path / "faults.toml"
    faults.write_text("nonsense = 1\n", encoding="utf-8")
    with pytest.raises(StudioError, match="unknown key 'nonsense'"):
        await start_embedded(tmp_path / "state", faults)


async def test_it_ends_when_its_parent_lets_go_of_its_input() -> None:
    child = await asyncio.create_subprocess_exec(
        *CHILD, "--follow-parent", cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdin is not None
    line = (await child.stdout.readline()).decode()
    assert line.startswith("ready http://127.0.0.1:")
    child.stdin.close()
    assert await asyncio.wait_for(child.wait(), 8) == 0


async def test_a_taken_port_is_told_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"cannot listen on 127.0.0.1:{port}"):
            async with running(port):
                pass


def test_starting_it_does_not_load_the_server_into_the_parent() -> None:
    code = "import sys, studio.sandbox.embedded; print([m for m in ('aiohttp', 'PIL', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
