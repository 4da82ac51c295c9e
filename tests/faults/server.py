"""The sandbox as a process of its own, which keeps its port and its record when it is started again."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 30.0
"""Seconds in which the sandbox must say that it is ready."""


class Server:
    """`start`, `stop` and the sandbox's own account of what it accepted and billed."""

    def __init__(self, state: Path, *, pace: float = 0.0, concurrency: int = 4) -> None:
        self._state = state
        self._pace = pace
        self._concurrency = concurrency
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it serves; the same after every start."""
        return f"http://127.0.0.1:{self._port}"

    def start(self, faults: str = "") -> None:
        """Serve, with a script of faults in TOML."""
        self.stop()
        self._state.mkdir(parents=True, exist_ok=True)
        words = ["--port", str(self._port), "--state", str(self._state), "--pace", str(self._pace), "--follow-parent"]
        if faults:
            script = self._state / "faults.toml"
            script.write_text(faults, encoding="utf-8")
            words += ["--faults", str(script)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "studio.sandbox", *words, "--concurrency", str(self._concurrency)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], STARTS_WITHIN)[0]:
            raise TimeoutError("the sandbox did not start")
        line = self._process.stdout.readline().decode()
        if not line.startswith("ready http://"):
            raise RuntimeError(f"the sandbox did not start: {line!r}")
        self._port = int(line.rsplit(":", 1)[1])

    def stop(self, *, torn: bool = False) -> None:
        """End it as a person would, or tear it off; what it accepted stands in its record."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill() if torn else process.terminate()
        process.wait(STARTS_WITHIN)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def ledger(self) -> dict[str, Any]:
        """Everything it ever accepted, how that ended and what it bills for it."""
        with urllib.request.urlopen(f"{self.url}/_sandbox/ledger", timeout=STARTS_WITHIN) as answer:
            account: dict[str, Any] = json.load(answer)
        return account
