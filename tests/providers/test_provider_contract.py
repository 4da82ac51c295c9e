"""The contract of the Provider port: the fake, and fal_client over a scripted fal and over the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from studio.domain.errors import BadInput, ProviderError, Refused, Unknown
from studio.domain.job import Handle
from studio.domain.request import Request
from studio.providers.fal.provider import FalProvider
from studio.sandbox.faults import Action, Fault, Faults, Place
from studio.sandbox.queue import Tempo
from studio.sandbox.server import running
from tests.fakes.fal_server import FakeFalServer
from tests.fakes.fal_service import LINES, FakeFal
from tests.fakes.provider import FakeProvider
from tests.fakes.replies import Cut, Reply
from tests.providers.contract import BAD, FORBIDDEN, LOST, REFUSED, ProviderContract, Stage
from tests.providers.waits import HURRIED, PATIENT

BALANCE = "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."
SLOWER = {"Retry-After": "600"}
ANSWERS: dict[str, Reply] = {
    "lost on the way back": Reply(cut=Cut.AFTER_READING),
    "refused for the key": Reply(401, {"detail": "Invalid key"}),
    "refused for the money": Reply(403, {"detail": BALANCE}),
    "refused for the pace": Reply(429, {"detail": "slow down"}, SLOWER),
}
FAULTS = (
    Fault(Place.ACCEPTED, Action.RESET, match="lost on the way back"),
    Fault(Place.SUBMIT, Action.STATUS, code=401, match="refused for the key"),
    Fault(Place.SUBMIT, Action.STATUS, code=403, match="refused for the money", body={"detail": BALANCE}),
    Fault(Place.SUBMIT, Action.STATUS, code=429, match="refused for the pace", headers=SLOWER),
    Fault(Place.SUBMIT, Action.REFUSE, code=422, match="something forbidden"),
)


class RefusingFake(FakeProvider):
    """The fake, refusing what the contract wants refused."""

    async def submit(self, request: Request) -> Handle:
        errors: dict[Request, ProviderError] = {
            BAD: BadInput("no", None, "guidance_scale"),
            FORBIDDEN: Refused("no"),
            LOST: Unknown("no answer"),
            **{refused: error("no") for refused, error in REFUSED.values()},
        }
        if request in errors:
            self.fail_with("submit", errors[request])
        return await super().submit(request)


class TestFakeProvider(ProviderContract):
    """The fake keeps the contract, so that tests standing on it mean something."""

    @pytest.fixture
    def stage(self) -> Stage:
        fake = RefusingFake()

        async def accepted() -> int:
            return len([request for request in fake.submitted if request not in {one for one, _ in REFUSED.values()}])

        return Stage(fake, accepted, ("step 1", "step 1"))


class TestOverScriptedFal(ProviderContract):
    """The real provider, fal_client and all, over a small fal on loopback."""

    @pytest.fixture
    async def stage(self) -> AsyncIterator[Stage]:
        async with FakeFalServer() as server:
            fal = FakeFal(server, ANSWERS)
            provider = FalProvider(key="id:secret", base_url=server.url, patience=HURRIED)

            async def accepted() -> int:
                return fal.accepted

            yield Stage(provider, accepted, tuple(str(line["message"]) for line in LINES))
            await provider.close()


class TestOverSandbox(ProviderContract):
    """The real provider over the sandbox, as an artist without a key has it."""

    @pytest.fixture
    async def stage(self) -> AsyncIterator[Stage]:
        async with running(faults=Faults(FAULTS), pace=Tempo(0)) as url, aiohttp.ClientSession() as session:
            provider = FalProvider(base_url=url, sandbox=True, patience=PATIENT)

            async def accepted() -> int:
                async with session.get(f"{url}/_sandbox/ledger") as answer:
                    return int((await answer.json())["accepted"])

            yield Stage(provider, accepted)
            await provider.close()
