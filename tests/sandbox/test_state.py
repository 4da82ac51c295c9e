"""What a sandbox accepted outlives it, when it has a folder."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from PIL import Image

from studio.domain.errors import ProjectError
from studio.sandbox.queue import Pace, Tempo
from studio.sandbox.record import FILE_NAME, Record
from studio.sandbox.server import running
from tests.sandbox.caller import KONTEXT, Caller
from tests.sandbox.conftest import HeldPace
from tests.sandbox.test_edits import uri


async def one_life(state: Path, *, pace: Pace | None = None) -> tuple[dict[str, str], bytes, dict[str, object]]:
    """Start, make one picture without a seed, end. Gives handle, picture bytes and result."""
    async with running(state=state, pace=pace or Tempo(0)) as url, aiohttp.ClientSession() as session:
        caller = Caller(url, session)
        handle = await caller.finished(prompt="a fox jumping")
        result = (await caller.call("GET", handle["response_url"])).json
        picture = (await caller.call("GET", result["images"][0]["url"])).data
        return handle, picture, result


async def test_a_result_is_the_same_after_a_restart_on_another_port(tmp_path: Path) -> None:
    handle, picture, result = await one_life(tmp_path)
    async with running(state=tmp_path, pace=Tempo(0)) as url, aiohttp.ClientSession() as session:
        caller = Caller(url, session)
        status = await caller.call("GET", urlsplit(handle["status_url"]).path + "?logs=1")
        again = (await caller.call("GET", urlsplit(handle["response_url"]).path)).json
        assert (status.status, status.json["status"]) == (200, "COMPLETED")
        assert status.json["logs"]
        assert again["seed"] == result["seed"]
        assert again["images"][0]["url"].startswith(url)
        assert (await caller.call("GET", again["images"][0]["url"])).data == picture
        assert (await caller.ledger())["billed"] == 1


async def test_an_unfinished_request_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with running(state=tmp_path, pace=HeldPace()) as url, aiohttp.ClientSession() as session:
        handle = (await Caller(url, session).submit()).json
    async with running(state=tmp_path, pace=Tempo(0)) as url, aiohttp.ClientSession() as session:
        caller = Caller(url, session)
        moved = {**handle, "status_url": url + urlsplit(handle["status_url"]).path}
        assert (await caller.events(moved))[-1]["status"] == "COMPLETED"


async def test_a_cancelled_and_a_refused_request_stay_so(tmp_path: Path) -> None:
    async with running(state=tmp_path, pace=HeldPace(), concurrency=1) as url, aiohttp.ClientSession() as session:
        caller = Caller(url, session)
        await caller.submit(prompt="sandbox-refuse")
        waiting = (await caller.submit()).json
        await caller.call("PUT", waiting["cancel_url"])
    async with running(state=tmp_path, pace=Tempo(0)) as url, aiohttp.ClientSession() as session:
        caller = Caller(url, session)
        rows = (await caller.ledger())["requests"]
        moved = f"{url}/queue.fal.run/fal-ai/flux-2-flex/requests/{rows[0]['request_id']}/status"
        assert (await caller.events({"status_url": moved}))[-1]["error_type"] == "content_policy_violation"
        assert rows[1]["state"] == "CANCELLED"


async def test_an_upload_is_still_there_after_a_restart(tmp_path: Path) -> None:
    async with running(state=tmp_path) as url, aiohttp.ClientSession() as session:
        stored = await Caller(url, session).call("POST", "/v3.fal.media/files/upload", data=b"abc")
    async with running(state=tmp_path) as url, aiohttp.ClientSession() as session:
        answer = await Caller(url, session).call("GET", urlsplit(stored.json["access_url"]).path)
        assert answer.data == b"abc"


async def test_a_line_that_a_crash_cut_short_is_dropped(tmp_path: Path) -> None:
    await one_life(tmp_path)
    file = tmp_path / FILE_NAME
    whole = file.read_bytes()
    file.write_bytes(whole + b'{"event": "accep')
    assert len(Record(tmp_path).read()) == 1
    assert file.read_bytes() == whole


def test_a_damaged_record_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"event": "ended", "id": "x"}\n')
    with pytest.raises(ProjectError, match="line 1"):
        Record(tmp_path).read()


async def test_without_a_folder_nothing_is_kept() -> None:
    async with running(pace=Tempo(0)) as url, aiohttp.ClientSession() as session:
        await Caller(url, session).finished()
    async with running(pace=Tempo(0)) as url, aiohttp.ClientSession() as session:
        assert (await Caller(url, session).ledger())["accepted"] == 0


async def test_a_reference_picture_is_kept_once_however_often_it_is_sent(tmp_path: Path) -> None:
    noise = Image.effect_noise((96, 128), 90).convert("RGB")
    arguments = {"prompt": "make it red", "image_url": uri(noise)}
    assert len(arguments["image_url"]) > 10_000
    async with running(state=tmp_path, pace=Tempo(0)) as url, aiohttp.ClientSession() as session:
        caller = Caller(url, session)
        handles = [await caller.finished(KONTEXT, **arguments) for _ in range(3)]
        first = (await caller.call("GET", handles[0]["response_url"])).json["images"][0]["url"]
        before = (await caller.call("GET", first)).data
    assert (tmp_path / FILE_NAME).stat().st_size < 15_000
    async with running(state=tmp_path, pace=Tempo(0)) as url, aiohttp.ClientSession() as session:
        caller = Caller(url, session)
        history = await caller.call("GET", f"/api.fal.ai/v1/models/requests/by-endpoint?endpoint_id={KONTEXT}")
        assert [row["json_input"] for row in history.json["items"]] == [arguments] * 3
        assert (await caller.call("GET", urlsplit(first).path)).data == before
