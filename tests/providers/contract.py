"""What the engine may rely on from any Provider. A subclass gives `stage`; nothing here knows which one it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from studio.domain.errors import (
    BadInput,
    Broken,
    KeyRefused,
    NotFound,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Refused,
    Unknown,
)
from studio.domain.job import Handle, result_pictures
from studio.domain.request import Json, Request
from studio.engine.ports import CancelAnswer, Completed, Provider, Queued, Running

FLEX = "fal-ai/flux-2-flex"


def asking_for(prompt: str, **more: Json) -> Request:
    """A request for a small picture."""
    size: Json = {"width": 64, "height": 64}
    return Request.make(FLEX, {"prompt": prompt, "seed": 7, "image_size": size, "output_format": "png", **more}, 7)


GOOD = asking_for("a knight, sitting", guidance_scale=5.5)
BAD = asking_for("a knight", guidance_scale=99)
FORBIDDEN = asking_for("something forbidden")
LOST = asking_for("lost on the way back")
"""Is accepted, but the answer never arrives."""
REFUSED: dict[str, tuple[Request, type[ProviderError]]] = {
    "the key": (asking_for("refused for the key"), KeyRefused),
    "the money": (asking_for("refused for the money"), OutOfCredit),
    "the pace": (asking_for("refused for the pace"), RateLimited),
}
"""Are answered with 401, 403 about the balance, 429 with a long Retry-After."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A provider whose other side answers the requests above as they say, and what is to be known about it."""

    provider: Provider
    accepted: Callable[[], Awaitable[int]]
    """How many submits were taken so far, by the other side's own count."""
    lines: tuple[str, ...] | None = None
    """The log messages of every job in order; None where they differ."""


class ProviderContract:
    """Inherit, give `stage`, and every promise of the port is checked."""

    async def test_a_submit_gives_a_handle_with_addresses_of_fal(self, stage: Stage) -> None:
        handle = await stage.provider.submit(GOOD)
        assert handle.request_id
        for url in (handle.status_url, handle.response_url, handle.cancel_url):
            assert url.startswith("https://queue.fal.run/")
        assert await stage.accepted() == 1

    async def test_a_job_is_followed_to_its_picture(self, stage: Stage) -> None:
        handle = await stage.provider.submit(GOOD)
        steps = [step async for step in stage.provider.watch(handle)]
        assert isinstance(steps[0], Queued | Running)
        done = steps[-1]
        assert isinstance(done, Completed)
        assert [step for step in steps if isinstance(step, Completed)] == [done]
        assert result_pictures(done.result)[0]["url"]
        assert done.units is None or isinstance(done.units, Decimal)

    async def test_each_log_line_comes_once_and_in_order(self, stage: Stage) -> None:
        handle = await stage.provider.submit(GOOD)
        steps = [step async for step in stage.provider.watch(handle)]
        lines = [line for step in steps if isinstance(step, Running | Completed) for line in step.lines]
        assert lines
        if stage.lines is not None:
            assert tuple(line.message for line in lines) == stage.lines
        else:
            assert max(Counter(lines).values()) == 1

    async def test_a_completed_job_can_be_collected_again(self, stage: Stage) -> None:
        handle = await stage.provider.submit(GOOD)
        watched = [step async for step in stage.provider.watch(handle)][-1]
        collected = await stage.provider.collect(handle)
        assert isinstance(watched, Completed)
        assert (collected.result, collected.units) == (watched.result, watched.units)

    async def test_a_request_nobody_knows_is_not_found(self, stage: Stage) -> None:
        handle = await stage.provider.submit(GOOD)
        stranger = Handle("nobody", *(url.replace(handle.request_id, "nobody") for url in _addresses(handle)))
        with pytest.raises(NotFound):
            await stage.provider.collect(stranger)
        assert await stage.provider.cancel(stranger) is CancelAnswer.NOT_FOUND

    async def test_a_finished_job_is_too_late_to_cancel(self, stage: Stage) -> None:
        handle = await stage.provider.submit(GOOD)
        async for _ in stage.provider.watch(handle):
            pass
        assert await stage.provider.cancel(handle) is CancelAnswer.TOO_LATE

    async def test_a_waiting_job_can_be_asked_to_stop(self, stage: Stage) -> None:
        handle = await stage.provider.submit(GOOD)
        assert await stage.provider.cancel(handle) in {CancelAnswer.ASKED, CancelAnswer.REMOVED}

    async def test_a_wrong_argument_is_named(self, stage: Stage) -> None:
        with pytest.raises(BadInput) as caught:
            await stage.provider.submit(BAD)
        assert caught.value.field == "guidance_scale"

    async def test_a_content_refusal_is_told_as_one(self, stage: Stage) -> None:
        with pytest.raises(Refused):
            await stage.provider.submit(FORBIDDEN)

    @pytest.mark.parametrize("what", REFUSED)
    async def test_a_refused_submit_says_why(self, stage: Stage, what: str) -> None:
        request, error = REFUSED[what]
        with pytest.raises(error):
            await stage.provider.submit(request)
        assert await stage.accepted() == 0

    async def test_a_lost_answer_is_unknown_and_nothing_is_sent_twice(self, stage: Stage) -> None:
        with pytest.raises(Unknown):
            await stage.provider.submit(LOST)
        assert await stage.accepted() == 1

    async def test_the_history_lists_what_was_sent(self, stage: Stage) -> None:
        handle = await stage.provider.submit(GOOD)
        past = await stage.provider.recent(GOOD.endpoint, 0.0)
        assert [one.request_id for one in past] == [handle.request_id]
        assert past[0].arguments in (GOOD.arguments, None)

    async def test_a_file_is_whole_and_its_type_is_what_it_is(self, stage: Stage, tmp_path: Path) -> None:
        url = await _picture(stage)
        to = tmp_path / "take.png"
        download = await stage.provider.download(url, to, 10_000_000)
        assert download.size == to.stat().st_size > 0
        assert download.content_type == "image/png"
        assert list(tmp_path.iterdir()) == [to]

    async def test_a_file_over_the_limit_leaves_nothing_behind(self, stage: Stage, tmp_path: Path) -> None:
        url = await _picture(stage)
        with pytest.raises(Broken):
            await stage.provider.download(url, tmp_path / "take.png", 10)
        assert list(tmp_path.iterdir()) == []

    async def test_a_file_that_is_gone_is_not_found(self, stage: Stage, tmp_path: Path) -> None:
        with pytest.raises(NotFound):
            await stage.provider.download("https://v3.fal.media/files/b/gone.png", tmp_path / "x", 1000)

    async def test_prices_are_exact_and_only_of_what_is_known(self, stage: Stage) -> None:
        prices = await stage.provider.prices(["fal-ai/flux-2-flex", "nobody/nothing"])
        assert prices == {"fal-ai/flux-2-flex": (Decimal("0.05"), "megapixels")}

    async def test_an_uploaded_file_can_be_fetched(self, stage: Stage, tmp_path: Path) -> None:
        source = tmp_path / "Reference One.PNG"
        source.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
        url = await stage.provider.upload(source, "image/png")
        assert url.startswith("https://")
        await stage.provider.download(url, tmp_path / "back", 1000)
        assert (tmp_path / "back").read_bytes() == source.read_bytes()


def _addresses(handle: Handle) -> tuple[str, str, str]:
    return handle.status_url, handle.response_url, handle.cancel_url


async def _picture(stage: Stage) -> str:
    handle = await stage.provider.submit(GOOD)
    done = [step async for step in stage.provider.watch(handle)][-1]
    assert isinstance(done, Completed)
    return str(result_pictures(done.result)[0]["url"])
