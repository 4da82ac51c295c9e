"""A downloaded file is whole or absent, and the key is never shown to who hands it out."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.errors import Broken, NotFound, ProjectError, ProviderError, TimedOut, Unavailable
from studio.providers.fal.provider import FalProvider
from tests.fakes.fal_server import FakeFalServer
from tests.fakes.picture import tiny_png
from tests.fakes.replies import Cut, Reply
from tests.providers.waits import HURRIED

URL = "https://v3.fal.media/files/b/x.png"
PATH = "v3.fal.media/files/b/x.png"
PNG = tiny_png()


@pytest.fixture
async def server() -> AsyncIterator[FakeFalServer]:
    async with FakeFalServer() as server:
        yield server


@pytest.fixture
async def provider(server: FakeFalServer) -> AsyncIterator[FalProvider]:
    provider = FalProvider(key="id:secret", base_url=server.url, patience=HURRIED)
    yield provider
    await provider.close()


async def test_a_download_carries_no_key_even_to_the_base(
    server: FakeFalServer, provider: FalProvider, tmp_path: Path
) -> None:
    server.on("GET", PATH, Reply(200, PNG))
    await provider.download(URL, tmp_path / "x", 1000)
    assert "authorization" not in server.calls[0].headers
    assert "secret" not in str(server.calls[0].headers)


async def test_a_download_needs_no_key(server: FakeFalServer, tmp_path: Path) -> None:
    server.on("GET", PATH, Reply(200, PNG))
    provider = FalProvider(key=None, base_url=server.url, patience=HURRIED)
    await provider.download(URL, tmp_path / "x", 1000)
    assert (tmp_path / "x").read_bytes() == PNG
    await provider.close()


BAD: dict[str, tuple[Reply, type[ProviderError]]] = {
    "shorter than announced": (Reply(200, PNG, announced=len(PNG) + 50, cut=Cut.AFTER_BODY), Broken),
    "cut without a word": (Reply(200, chunks=(PNG[:20],), cut=Cut.AFTER_BODY), Broken),
    "reset in the middle": (Reply(200, PNG, announced=10**6, cut=Cut.RESET_AFTER_BODY), Unavailable),
    "larger than announced allows": (Reply(200, bytes(2000)), Broken),
    "endless": (Reply(200, chunks=(bytes(800),) * 50), Broken),
    "empty": (Reply(200, b""), Broken),
    "gone": (Reply(404), NotFound),
    "gone for good": (Reply(410), NotFound),
    "forbidden": (Reply(403, b"<Error>Expired</Error>"), Unavailable),
    "broken store": (Reply(503), Unavailable),
    "lost": (Reply(cut=Cut.AFTER_READING), ProviderError),
}


@pytest.mark.parametrize("case", BAD)
async def test_a_file_that_does_not_come_whole_leaves_nothing(
    server: FakeFalServer, provider: FalProvider, tmp_path: Path, case: str
) -> None:
    reply, error = BAD[case]
    server.on("GET", PATH, reply)
    with pytest.raises(error):
        await provider.download(URL, tmp_path / "take.png", 1000)
    assert list(tmp_path.iterdir()) == []


async def test_a_download_that_is_given_up_leaves_nothing(
    server: FakeFalServer, provider: FalProvider, tmp_path: Path
) -> None:
    server.on("GET", PATH, Reply(200, PNG, announced=10**6, cut=Cut.SILENCE))
    task = asyncio.create_task(provider.download(URL, tmp_path / "x", 10**7))
    while not server.calls or not list(tmp_path.iterdir()):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(tmp_path.iterdir()) == []


async def test_an_older_file_is_untouched_when_the_new_one_fails(
    server: FakeFalServer, provider: FalProvider, tmp_path: Path
) -> None:
    to = tmp_path / "x"
    to.write_bytes(b"older")
    server.on("GET", PATH, Reply(200, PNG, announced=10**6, cut=Cut.AFTER_BODY))
    with pytest.raises(Broken):
        await provider.download(URL, to, 10**7)
    assert to.read_bytes() == b"older"


async def test_redirects_are_followed_a_few_times(server: FakeFalServer, provider: FalProvider, tmp_path: Path) -> None:
    server.on("GET", "v3.fal.media/hop/.*", Reply(302, b"", {"Location": URL}))
    server.on("GET", PATH, Reply(200, PNG))
    await provider.download("https://v3.fal.media/hop/1", tmp_path / "x", 1000)
    assert (tmp_path / "x").read_bytes() == PNG


async def test_a_circle_of_redirects_ends(server: FakeFalServer, provider: FalProvider, tmp_path: Path) -> None:
    server.on("GET", PATH, Reply(302, b"", {"Location": "/files/b/x.png"}))
    with pytest.raises(Broken, match="more than 5"):
        await provider.download(URL, tmp_path / "x", 1000)
    assert len(server.calls) == 6


async def test_a_file_that_trickles_in_for_ever_is_given_up(server: FakeFalServer, tmp_path: Path) -> None:
    server.on("GET", PATH, Reply(200, chunks=(PNG,) * 3))
    impatient = replace(HURRIED, file=0.0, slowest=1e12)
    provider = FalProvider(key=None, base_url=server.url, patience=impatient)
    with pytest.raises(TimedOut, match="too slow"):
        await provider.download(URL, tmp_path / "x", 10_000)
    assert list(tmp_path.iterdir()) == []
    await provider.close()


@pytest.mark.parametrize(("case", "lasting"), [("endless", True), ("shorter than announced", False), ("empty", False)])
async def test_what_would_end_the_same_way_again_says_so(
    server: FakeFalServer, provider: FalProvider, tmp_path: Path, case: str, *, lasting: bool
) -> None:
    server.on("GET", PATH, BAD[case][0])
    with pytest.raises(Broken) as caught:
        await provider.download(URL, tmp_path / "x", 1000)
    assert caught.value.lasting is lasting


@pytest.mark.parametrize("to", ["http://example.com/x.png", "file:///etc/passwd", "ftp://example.com/x"])
async def test_a_redirect_to_somewhere_unsafe_is_not_followed(
    server: FakeFalServer, provider: FalProvider, tmp_path: Path, to: str
) -> None:
    server.on("GET", PATH, Reply(302, b"", {"Location": to}))
    with pytest.raises(Broken):
        await provider.download(URL, tmp_path / "x", 1000)


async def test_real_fal_cannot_send_us_to_a_service_of_this_machine(server: FakeFalServer, tmp_path: Path) -> None:
    provider = FalProvider(key="k", patience=HURRIED)
    with pytest.raises(Broken, match="not safe"):
        await provider.download(f"{server.url}/secrets", tmp_path / "x", 1000)
    assert server.calls == []
    await provider.close()


async def test_a_picture_inside_the_result_is_a_file_too(provider: FalProvider, tmp_path: Path) -> None:
    inline = "data:image/png;base64," + base64.b64encode(PNG).decode()
    download = await provider.download(inline, tmp_path / "x", 1000)
    assert (download.content_type, download.size) == ("image/png", len(PNG))
    with pytest.raises(Broken):
        await provider.download("data:image/png;base64,#", tmp_path / "y", 1000)


async def test_a_folder_that_is_not_there_is_the_projects_fault(
    server: FakeFalServer, provider: FalProvider, tmp_path: Path
) -> None:
    server.on("GET", PATH, Reply(200, PNG))
    with pytest.raises(ProjectError):
        await provider.download(URL, tmp_path / "none" / "x", 1000)


async def test_what_a_killed_download_left_goes_when_the_file_is_fetched_again(
    server: FakeFalServer, provider: FalProvider, tmp_path: Path
) -> None:
    (tmp_path / ".x.part.abc.part").write_bytes(PNG[:9])
    (tmp_path / ".y.part.abc.part").write_bytes(PNG[:9])
    server.on("GET", PATH, Reply(200, PNG))
    await provider.download(URL, tmp_path / "x.part", 1000)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".y.part.abc.part", "x.part"]
