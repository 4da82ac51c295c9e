"""The contract of the Provider port, run against the fake and against fal_client over loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from studio.domain.errors import (
    BadInput,
    KeyRefused,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Refused,
    Unknown,
)
from studio.domain.job import Handle
from studio.domain.request import Request
from studio.engine.ports import Provider
from studio.providers.fal.provider import FalProvider
from tests.fakes.fal_server import FakeFalServer
from tests.fakes.fal_service import LINES, LOST, FakeFal
from tests.fakes.provider import FakeProvider
from tests.fakes.replies import Reply
from tests.providers.contract import ProviderContract, Stage
from tests.providers.waits import HURRIED

FLEX = "fal-ai/flux-2-flex"
GOOD = Request.make(FLEX, {"prompt": "a knight, sitting", "guidance_scale": 5.5, "seed": 7}, 7)
BAD = Request.make(FLEX, {"prompt": "a knight", "guidance_scale": 99}, None)
FORBIDDEN = Request.make(FLEX, {"prompt": "something forbidden"}, None)


class TestFakeProvider(ProviderContract):
    """The fake keeps the contract, so that tests standing on it mean something."""

    @pytest.fixture
    def stage(self) -> Stage:
        fake = ScriptedFake()
        provider: Provider = fake
        errors: dict[str, ProviderError] = {
            "key": KeyRefused("no"),
            "credit": OutOfCredit("no"),
            "pace": RateLimited("no"),
        }
        return Stage(
            provider=provider,
            good=GOOD,
            bad=BAD,
            bad_field="guidance_scale",
            forbidden=FORBIDDEN,
            lose_next_answer=lambda: fake.fail_with("submit", Unknown("gone")),
            refuse_next=lambda reason: fake.fail_with("submit", errors[reason]),
            sent=lambda: len(fake.submitted),
            lines=("step 1", "step 1"),
        )


class ScriptedFake(FakeProvider):
    """Refuses what the contract's bad requests are meant to be refused for."""

    async def submit(self, request: Request) -> Handle:
        if request == BAD:
            self.fail_with("submit", BadInput("no", None, "guidance_scale"))
        if request == FORBIDDEN:
            self.fail_with("submit", Refused("no"))
        return await super().submit(request)


class TestFalProvider(ProviderContract):
    """The real provider, fal_client and all, over a small fal on loopback."""

    @pytest.fixture
    async def stage(self) -> AsyncIterator[Stage]:
        async with FakeFalServer() as server:
            fal = FakeFal(server)
            provider = FalProvider(key="id:secret", base_url=server.url, patience=HURRIED)
            refusals = {
                "key": Reply(401, {"detail": "Invalid key"}),
                "credit": Reply(403, {"detail": "User is locked. Reason: Exhausted balance."}),
                "pace": Reply(429, {"detail": "slow down"}, {"Retry-After": "600"}),
            }
            yield Stage(
                provider=provider,
                good=GOOD,
                bad=BAD,
                bad_field="guidance_scale",
                forbidden=FORBIDDEN,
                lose_next_answer=lambda: setattr(fal, "next_submit", LOST),
                refuse_next=lambda reason: setattr(fal, "next_submit", refusals[reason]),
                sent=lambda: len(server.seen("POST")),
                lines=tuple(str(line["message"]) for line in LINES),
            )
            await provider.close()
