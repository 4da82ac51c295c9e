"""Uploads as fal_client and fal-js make them, and downloads."""

from __future__ import annotations

from pathlib import Path

from yarl import URL

from tests.sandbox.caller import Caller
from tests.sandbox.conftest import Start

DATA = b"\x89PNG not really" * 10


async def test_a_file_goes_up_with_a_token_and_comes_down_without(caller: Caller) -> None:
    token = (await caller.call("POST", "/rest.fal.ai/storage/auth/token?storage_type=fal-cdn-v3", json={})).json
    assert token["base_url"] == f"{caller.url}/v3.fal.media"
    caller.key = f"{token['token_type']} {token['token']}"
    headers = {"Content-Type": "image/png", "X-Fal-File-Name": "Mein Bild.PNG"}
    stored = await caller.call("POST", "/v3.fal.media/files/upload", data=DATA, headers=headers)
    caller.key = None
    answer = await caller.call("GET", stored.json["access_url"])
    assert (answer.status, answer.data, answer.headers["Content-Type"]) == (200, DATA, "image/png")


async def test_a_file_goes_up_in_parts(caller: Caller) -> None:
    headers = {"Content-Type": "application/zip", "X-Fal-File-Name": "set.zip"}
    begun = (await caller.call("POST", "/v3.fal.media/files/upload/multipart", headers=headers)).json
    base = f"{begun['access_url']}/multipart/{begun['uploadId']}"
    tags = []
    for number, part in ((2, DATA[70:]), (1, DATA[:70])):
        answer = await caller.call("PUT", f"{base}/{number}", data=part)
        tags.append({"partNumber": number, "etag": answer.headers["ETag"]})
    assert (await caller.call("POST", f"{base}/complete", json={"parts": tags})).status == 200
    assert (await caller.call("GET", begun["access_url"])).data == DATA
    assert (await caller.call("POST", f"{base}/complete", json={"parts": tags})).status == 404


async def test_a_file_goes_to_the_address_that_initiate_gave(caller: Caller) -> None:
    for host in ("rest.fal.ai", "rest.alpha.fal.ai"):
        wanted = {"file_name": "a.jpg", "content_type": "image/jpeg"}
        given = (await caller.call("POST", f"/{host}/storage/upload/initiate?storage_type=gcs", json=wanted)).json
        caller.key, key = None, caller.key
        assert (await caller.call("PUT", given["upload_url"], data=DATA)).status == 200
        assert (await caller.call("GET", given["file_url"])).data == DATA
        caller.key = key


async def test_uploads_need_a_key(caller: Caller) -> None:
    caller.key = None
    for path in ("/rest.fal.ai/storage/auth/token", "/v3.fal.media/files/upload"):
        assert (await caller.call("POST", path, data=b"x")).status == 401


async def test_a_name_cannot_leave_its_folder(start: Start, tmp_path: Path) -> None:
    state = tmp_path / "outer" / "state"
    caller = await start(state=state)
    headers = {"X-Fal-File-Name": "../../../etc/passwd"}
    stored = await caller.call("POST", "/v3.fal.media/files/upload", data=b"x", headers=headers)
    assert ".." not in stored.json["access_url"]
    for key in ("%2e%2e", "..%2f..", "%2e%2e%2f%2e%2e"):
        url = URL(f"{caller.url}/v3.fal.media/files/b/{key}/evil.png", encoded=True)
        await caller.session.put(url, data=b"x")
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and state / "files" not in path.parents]
    assert [path.name for path in outside] == ["faults.toml"]


async def test_a_file_nobody_made_is_not_found(caller: Caller) -> None:
    assert (await caller.call("GET", "/v3.fal.media/files/b/nobody/0.png")).status == 404


async def test_the_ledger_counts_downloads_and_keys_shown_to_the_file_host(caller: Caller) -> None:
    output = await caller.output()
    url = output["images"][0]["url"]
    caller.key = None
    await caller.call("GET", url)
    assert (await caller.ledger())["keys_at_file_host"] == 0
    caller.key = "Key secret"
    await caller.call("GET", url)
    account = await caller.ledger()
    assert (account["downloads"], account["keys_at_file_host"]) == (2, 1)
    assert account["requests"][0]["downloads"] == 2
