"""`studio sandbox`: a server of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_it_says_where_it_serves_and_stops_when_asked() -> None:
    words = [sys.executable, "-m", "studio", "sandbox", "--port", "0", "--pace", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        ready = json.loads(server.stdout.readline())
        assert ready["event"] == "ready" and ready["url"].startswith("http://127.0.0.1:")
        server.terminate()
        _, said = server.communicate(timeout=30)
    assert server.returncode == 0
    assert f"STUDIO_FAL_URL={ready['url']}" in said


def test_a_faults_file_that_is_none_is_named(call: Call, tmp_path: Path) -> None:
    faults = tmp_path / "faults.toml"
    faults.write_text("[[fault]]\nat = 'moon'\n", encoding="utf-8")
    said = call("sandbox", "--port", "0", "--faults", faults)
    assert said.code == 2 and "fault 1" in said.err


def test_faults_and_no_sandbox_exclude_each_other(call: Call, project: Path) -> None:
    said = call("render", project, "--faults", "faults.toml", "--no-sandbox")
    assert said.code == 2 and "--faults" in said.err
