"""The composition root: the only place that joins providers, library, sandbox and engine."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from studio.config.catalogue import load_catalogue
from studio.config.key import Key, find_key
from studio.config.paths import journal_file, state_dir
from studio.config.presets import Presets
from studio.config.project import Project, load_project
from studio.config.servers import FAL, SANDBOX
from studio.domain.errors import MissingKey, Unavailable
from studio.domain.job import Handle
from studio.domain.request import Request
from studio.engine.clock import SystemClock
from studio.engine.engine import Engine
from studio.engine.ports import CancelAnswer, Completed, Download, Listing, PastRequest, Progress, Provider
from studio.library.journal import SqliteJournal
from studio.library.lock import ProjectLock
from studio.library.shelf import FolderShelf
from studio.library.upload_book import FileUploadBook
from studio.workflows.studio import Studio

if TYPE_CHECKING:
    from studio.providers.fal.provider import FalProvider
    from studio.sandbox.embedded import EmbeddedSandbox

SERVER = "STUDIO_FAL_URL"
"""Environment: another server that speaks fal's protocol, every fal host as a path prefix."""

PACE = "STUDIO_SANDBOX_PACE"
"""Environment: how slowly the sandbox draws; 1 is a pleasant demonstration, 0 as fast as it can."""


@dataclass(frozen=True, slots=True)
class Options:
    """The flags that every command takes."""

    sandbox: bool | None = None
    """True: the sandbox though a key is set; False: never the sandbox; None: the sandbox when no key is set."""
    faults: Path | None = None
    """A script of faults for the sandbox; it means the sandbox."""
    key_file: Path | None = None
    needs_key: bool = True
    """False for the screen, which opens without a key and asks for one when something is to be sent."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who will answer: the sandbox, or fal with this key."""

    sandbox: bool
    key: Key | None
    url: str | None


def choose_access(project: Project, options: Options) -> Access:
    """Sandbox or fal: flags first, then settings, environment and key. Raises MissingKey when one is needed."""
    url = os.environ.get(SERVER) or None
    if options.sandbox is True or options.faults is not None:
        return Access(sandbox=True, key=None, url=None)
    wanted = options.sandbox if options.sandbox is not None else project.settings.sandbox
    if wanted is True:
        return Access(sandbox=True, key=None, url=None)
    key = find_key(project.folder, options.key_file)
    if key is not None:
        return Access(sandbox=False, key=key, url=url)
    if wanted is None and url is None:
        return Access(sandbox=True, key=None, url=None)
    if options.needs_key:
        raise MissingKey("No fal key is set, and the sandbox is ruled out.")
    return Access(sandbox=False, key=None, url=url)


def open_studio(folder: Path, options: Options) -> Studio:
    """Open a project: read its files and its journal (milliseconds), join the parts.

    Nothing is sent and no server is started before the first request needs it. Raises ProjectError for files that
    cannot be used, MissingKey when the sandbox is ruled out, no key is set and one is needed.
    """
    project = load_project(folder)
    access = choose_access(project, options)
    concurrency = project.settings.concurrency
    journal_path = journal_file(project.id)
    provider: Provider
    if access.sandbox:
        provider = EmbeddedProvider(journal_path.parent / "sandbox", options.faults)
    else:
        provider = _fal(access.key, access.url)
    journal = SqliteJournal(journal_path)
    lock = ProjectLock(journal_path.with_name("sandbox.lock" if access.sandbox else "fal.lock"))
    engine = Engine(provider, journal, FolderShelf(folder, journal), SystemClock(), lock, concurrency)
    server = SANDBOX if access.sandbox else access.url or FAL
    book = FileUploadBook(journal_path.with_name("uploads.jsonl"))
    studio = Studio(project, load_catalogue(server), Presets(), engine, book, server)
    studio.key_source = access.key.source if access.key else ""
    studio.notices = tuple(filter(None, [access.key.warning if access.key else ""]))
    return studio


def _fal(key: Key | None, url: str | None) -> FalProvider:
    # Imported here, like the sandbox below: the first frame needs neither.
    from studio.providers.fal.provider import FalProvider

    return FalProvider(key=key.value if key else None, base_url=url)


@dataclass(frozen=True, slots=True)
class Reached:
    """Who answers questions about models, and under which name its answers are kept."""

    provider: Provider
    server: str
    """`fal`, `sandbox`, or the address of another server."""
    has_key: bool
    warning: str = ""
    """A sentence to say once about the key."""


def open_provider(folder: Path, options: Options) -> Reached:
    """A provider for questions that are not about a project's jobs: fal unless the flags mean the sandbox.

    A missing key is no hindrance: what needs one raises MissingKey. `folder` may hold a project, for its `.env`.
    """
    if options.sandbox is True or options.faults is not None:
        state = state_dir() / "sandbox-models"
        return Reached(EmbeddedProvider(state, options.faults), SANDBOX, has_key=True)
    key = find_key(folder, options.key_file)
    url = os.environ.get(SERVER) or None
    return Reached(_fal(key, url), url or FAL, key is not None, key.warning if key else "")


def sandbox_pace() -> float:
    """The pace from the environment, 1 when it is not set or no number from 0 up."""
    try:
        pace = float(os.environ.get(PACE, "1"))
    except ValueError:
        return 1.0
    return pace if 0 <= pace < 1000 else 1.0


class EmbeddedProvider:
    """fal's provider over a sandbox of our own, which is started when the first request needs it."""

    def __init__(self, state: Path, faults: Path | None) -> None:
        self._state = state
        self._faults = faults
        self._server: EmbeddedSandbox | None = None
        self._provider: FalProvider | None = None
        self._starting = asyncio.Lock()
        self._closed = False

    @property
    def sandbox(self) -> bool:
        """Nothing is charged."""
        return True

    async def submit(self, request: Request) -> Handle:
        """POST once."""
        return await (await self._open()).submit(request)

    async def watch(self, handle: Handle) -> AsyncIterator[Progress]:
        """Follow a job."""
        async for step in (await self._open()).watch(handle):
            yield step

    async def collect(self, handle: Handle) -> Completed:
        """The result of a completed job."""
        return await (await self._open()).collect(handle)

    async def cancel(self, handle: Handle) -> CancelAnswer:
        """Ask to cancel."""
        return await (await self._open()).cancel(handle)

    async def download(self, url: str, to: Path, limit: int) -> Download:
        """Fetch a file."""
        return await (await self._open()).download(url, to, limit)

    async def recent(self, endpoint: str, since: float) -> Sequence[PastRequest]:
        """The sandbox's own history."""
        return await (await self._open()).recent(endpoint, since)

    async def prices(self, endpoints: Sequence[str]) -> dict[str, tuple[Decimal, str]]:
        """Prices as the sandbox tells them."""
        return await (await self._open()).prices(endpoints)

    async def schemas(self, endpoints: Sequence[str]) -> dict[str, Listing]:
        """The sandbox's schemas."""
        return await (await self._open()).schemas(endpoints)

    async def search(self, words: str) -> Sequence[Listing]:
        """What the sandbox lists for some words."""
        return await (await self._open()).search(words)

    async def upload(
        self, path: Path, content_type: str, lifetime: int | None = None, sent: Callable[[int], None] | None = None
    ) -> str:
        """Store a file in the sandbox."""
        return await (await self._open()).upload(path, content_type, lifetime, sent)

    async def close(self) -> None:
        """End the sandbox; what it had accepted goes on when it is started again."""
        self._closed = True
        async with self._starting:
            if self._provider is not None:
                await self._provider.close()
            if self._server is not None:
                await self._server.close()

    async def _open(self) -> FalProvider:
        async with self._starting:
            if self._closed:
                raise Unavailable("The studio is closing.", "Start it again; the journal has every job.")
            if self._provider is None:
                from studio.providers.fal.provider import FalProvider
                from studio.sandbox.embedded import start_embedded

                self._server = await start_embedded(self._state, self._faults, sandbox_pace())
                self._provider = FalProvider(base_url=self._server.url, sandbox=True)
            return self._provider
