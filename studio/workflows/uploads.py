"""Uploads: a file has one public address for its content, and a plan's stand-ins become addresses before it is sent."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

from studio.domain.errors import UsageError
from studio.domain.job import Job, JobState
from studio.domain.request import Json, Request
from studio.domain.text import plain
from studio.domain.upload import LIFETIMES, PLACEHOLDER, Upload, placed
from studio.engine.desk import Desk
from studio.engine.events import Noticed
from studio.engine.ports import Provider
from studio.workflows.local_files import LocalFile, place, seen, size_words
from studio.workflows.plan import Plan

WAIT = 3600.0
"""Seconds a job may wait in fal's queue before its files are read: an address must outlive that."""

MOST_FORMS = 64
"""Forms of one plan that are looked for among what was bought; files that were uploaded several times make several."""

PUBLIC = "Uploaded files are public: whoever has the address of one can see it. fal deletes them after {}."
FOR_EVER = "Uploaded files are public: whoever has the address of one can see it. fal keeps them as your account says."


class UploadBook(Protocol):
    """The durable memory of uploads. Methods block on the disk and raise ProjectError."""

    def entries(self) -> list[Upload]:
        """Every upload, oldest first."""
        ...

    def add(self, upload: Upload) -> None:
        """Remember an upload; on the disk when this returns."""
        ...

    def warned(self) -> bool:
        """Whether the artist was told that uploads are public."""
        ...

    def warn(self) -> None:
        """Remember that they were told."""
        ...


class Uploads:
    """Gives files public addresses at one server, once per content, and again when an address is gone.

    Only what a plan names or `url` is asked for is ever uploaded. Progress is told as `Noticed` on the bus.
    """

    def __init__(
        self, provider: Provider, book: UploadBook, desk: Desk, server: str, lifetime: Callable[[], str]
    ) -> None:
        self._provider = provider
        self._book = book
        self._desk = desk
        self._server = server
        self._lifetime = lifetime
        """The word of the settings, such as `7d`."""
        self._turns: dict[str, asyncio.Lock] = {}

    async def url(self, path: Path, content_type: str) -> str:
        """The public address of a file, uploaded now unless one of this content is known and still there.

        Raises UsageError when the file cannot be read, ProviderError when fal does not take it.
        """
        file = await asyncio.to_thread(place, path, content_type)
        return await self._address(file, await self._entries(), await self._failed())

    async def settled(self, plan: Plan) -> Plan:
        """The plan with an address for every stand-in, and a new one for every address of ours that is gone.

        Uploads what has no address yet. Raises UsageError when a file is not there any more or was changed.
        """
        if not any(PLACEHOLDER in job.request.body or "://" in job.request.body for job in plan.jobs):
            return plan
        entries, failed = await self._entries(), await self._failed()
        known = {entry.url: entry for entry in entries}
        wanted = {
            text for job in plan.jobs for text in texts_in(job.request.arguments) if placed(text) or text in known
        }
        found = {text: await self._found(text, known, entries, failed) for text in sorted(wanted)}
        return replace(plan, jobs=tuple(with_texts(job, found) for job in plan.jobs))

    async def forms(self, plan: Plan) -> list[Plan]:
        """The plan as it may have been sent before: with each address its files have had. Nothing is uploaded."""
        stand_ins = sorted({text for job in plan.jobs for text in texts_in(job.request.arguments) if placed(text)})
        if not stand_ins:
            return [plan]
        entries = await self._entries()
        choices = [[entry.url for entry in reversed(entries) if entry.sha256 == placed(text)] for text in stand_ins]
        forms = itertools.islice(itertools.product(*choices), MOST_FORMS)
        return [
            replace(plan, jobs=tuple(with_texts(job, dict(zip(stand_ins, form, strict=True))) for job in plan.jobs))
            for form in forms
        ]

    async def _found(self, text: str, known: dict[str, Upload], entries: Sequence[Upload], failed: list[Job]) -> str:
        entry = known.get(text)
        if entry is not None and self._usable(entry, failed):
            return text
        digest = placed(text) or (entry.sha256 if entry else "")
        current = self._current(digest, entries, failed)
        return current or await self._address(await self._file(digest, entries), entries, failed)

    async def _address(self, file: LocalFile, entries: Sequence[Upload], failed: list[Job]) -> str:
        async with self._turns.setdefault(file.sha256, asyncio.Lock()):
            # Another call may have uploaded it while this one waited for its turn.
            fresh = [entry for entry in await self._entries() if entry not in entries]
            if current := self._current(file.sha256, [*entries, *fresh], failed):
                return current
            return (await self._upload(file)).url

    async def _upload(self, file: LocalFile) -> Upload:
        lifetime = LIFETIMES.get(self._lifetime())
        if not self._provider.sandbox and not await asyncio.to_thread(self._book.warned):
            self._desk.tell(Noticed(PUBLIC.format(self._lifetime()) if lifetime else FOR_EVER))
            await asyncio.to_thread(self._book.warn)
        self._desk.tell(Noticed(f"Uploading {file.words()} …"))
        now = self._desk.clock.now()
        url = await self._provider.upload(file.path, file.content_type, lifetime, self._teller(file))
        until = now + lifetime if lifetime else None
        entry = Upload(file.sha256, url, self._server, now, until, str(file.path), file.content_type, file.size)
        # From here on a crash costs nothing; one before it costs this upload and no money.
        await asyncio.to_thread(self._book.add, entry)
        self._desk.tell(Noticed(f"Uploaded {plain(file.path.name, limit=60)} ({size_words(file.size)})."))
        return entry

    def _teller(self, file: LocalFile) -> Callable[[int], None]:
        """Tells of every quarter that has left; files that go in one piece have none."""
        told = 0

        def sent(size: int) -> None:
            nonlocal told
            quarter = size * 4 // file.size if file.size else 4
            if told < quarter < 4:
                told = quarter
                self._desk.tell(Noticed(f"{plain(file.path.name, limit=60)}: {quarter * 25} % has left."))

        return sent

    async def _file(self, digest: str, entries: Sequence[Upload]) -> LocalFile:
        """The file of a content, read again: what is sent is what was chosen."""
        here = seen(digest)
        places = [(here.path, here.content_type)] if here else []
        places += [(Path(entry.path), entry.content_type) for entry in reversed(entries) if entry.sha256 == digest]
        for path, content_type in dict.fromkeys(places):
            try:
                file = await asyncio.to_thread(place, path, content_type)
            except UsageError:
                continue
            if file.sha256 == digest:
                return file
        name = plain(places[0][0].name) if places else "A file of this request"
        raise UsageError(
            f"{name} is not there any more, or was changed, and its address at fal is gone.", "Choose it again."
        )

    def _current(self, digest: str, entries: Sequence[Upload], failed: list[Job]) -> str:
        usable = (e.url for e in reversed(entries) if e.sha256 == digest and self._usable(e, failed))
        return next(usable, "")

    def _usable(self, entry: Upload, failed: list[Job]) -> bool:
        if entry.server != self._server:
            return False
        if entry.until is not None:
            spare = min(WAIT, (entry.until - entry.at) / 4)
            if self._desk.clock.now() + spare >= entry.until:
                return False
        return not any(_blames(job, entry) for job in failed)

    async def _entries(self) -> list[Upload]:
        return await asyncio.to_thread(self._book.entries)

    async def _failed(self) -> list[Job]:
        jobs = await self._desk.pen(self._desk.journal.jobs, (JobState.FAILED,))
        return [job for job in jobs if job.failure is not None and job.failure.kind == "bad-input"]


def _blames(job: Job, entry: Upload) -> bool:
    """Whether fal refused a job for an argument that held this address: it may not find the file any more."""
    if job.failure is None or job.moved < entry.at or entry.url not in job.request.body:
        return False
    name = job.failure.field.split(".")[0]
    return not name or entry.url in texts_in(job.request.arguments.get(name))


def texts_in(value: Json) -> list[str]:
    """Every text of an argument, however deep it stands."""
    match value:
        case str():
            return [value]
        case list():
            return [text for item in value for text in texts_in(item)]
        case dict():
            return [text for item in value.values() for text in texts_in(item)]
        case _:
            return []


def with_texts(job: Job, found: dict[str, str]) -> Job:
    """The Job with texts of its arguments replaced, wherever they stand."""

    def seen_in(value: Json) -> Json:
        match value:
            case str():
                return found.get(value, value)
            case list():
                return [seen_in(item) for item in value]
            case dict():
                return {name: seen_in(item) for name, item in value.items()}
            case _:
                return value

    arguments = job.request.arguments
    wanted = cast("dict[str, Json]", seen_in(arguments))
    if wanted == arguments:
        return job
    return replace(job, request=Request.make(job.request.endpoint, wanted, job.request.seed))
