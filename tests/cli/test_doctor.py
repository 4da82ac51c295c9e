"""`studio doctor`: what works here, without ever showing the key."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from studio.cli.checks import Verdict, check_clock, check_disk
from tests.cli.conftest import KEY, Call, Said


class PriceService(BaseHTTPRequestHandler):
    """Answers the price question: 200 to the right key, else 401 in fal's words."""

    right = f"Key {KEY}"

    def do_GET(self) -> None:
        """One answer for every path."""
        known = self.headers.get("Authorization") == self.right
        price = {"endpoint_id": "fal-ai/flux/schnell", "unit_price": 0.003, "unit": "megapixels", "currency": "USD"}
        answer: dict[str, Any] = {"prices": [price], "next_cursor": None, "has_more": False}
        body = json.dumps(answer if known else {"detail": "Invalid key"}).encode()
        self.send_response(200 if known else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any, **more: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A fal on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), PriceService)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setenv("STUDIO_FAL_URL", f"http://127.0.0.1:{server.server_port}")
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def status(said: Said, name: str) -> str:
    """How a check went."""
    return str(next(line["status"] for line in said.lines if line["name"] == name))


def test_without_a_key_nothing_leaves_the_machine_and_all_is_well(call: Call, project: Path) -> None:
    said = call("doctor", project)
    assert said.code == 0
    assert {"versions", "key", "network", "terminal", "disk", "clock"} <= {line["name"] for line in said.lines}
    assert all({"event", "name", "status", "message", "remedy"} == set(line) for line in said.lines)
    assert status(said, "network") == "skipped"


def test_a_good_key_is_told_by_its_source_alone(
    call: Call, project: Path, service: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAL_KEY", KEY)
    said = call("doctor", project)
    assert (said.code, status(said, "key"), status(said, "network")) == (0, "ok", "ok")
    assert "FAL_KEY" in said.out
    assert KEY not in said.out and KEY[-6:] not in said.out


def test_a_refused_key_is_code_four(call: Call, project: Path, service: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_KEY", KEY.replace("0", "9"))
    said = call("doctor", project)
    assert (said.code, status(said, "network")) == (4, "bad")


def test_a_key_file_that_is_not_there_is_bad(call: Call, project: Path) -> None:
    said = call("doctor", project, "--key-file", "nowhere")
    assert said.code == 1 and status(said, "key") == "bad"


def test_a_clock_before_the_installation_is_bad() -> None:
    assert check_clock(1_000_000.0).verdict is Verdict.BAD


def test_a_place_that_cannot_be_written_to_is_bad(tmp_path: Path) -> None:
    assert check_disk({"project": Path("/proc/self")})[0].verdict is Verdict.BAD
    assert check_disk({"project": tmp_path / "not" / "yet"})[0].verdict is Verdict.OK


def test_a_person_reads_lines_and_remedies(call_at_terminal: Call, project: Path, own_home: Path) -> None:
    said = call_at_terminal("doctor", project, "--graphics", "half")
    assert said.code == 0
    assert '{"' not in said.out and "FAL_KEY" in said.out and "clock" in said.out
