"""A studio that is killed around an upload loses nothing but that upload."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from studio.domain.job import JobState
from studio.domain.recipe import Recipe, SeedPolicy
from studio.workflows.plan import Plan
from studio.workflows.references import load_reference
from studio.workflows.studio import Studio
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio

KILLED = 9

SCRIPT = """
import asyncio, os, sys
from pathlib import Path
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio
from tests.workflows.test_uploads_killed import planned

async def main(place, folder, picture):
    provider = FakeProvider(sandbox=True)
    studio = fake_studio(Path(folder), provider)
    upload, book, journal = provider.upload, studio.uploads._book, studio.engine.desk.journal
    async def counted(path, *rest):
        Path(folder, "uploaded.txt").open("a").write("x")
        if place == "during the upload":
            os._exit(9)
        return await upload(path, *rest)
    provider.upload = counted
    if place == "before the book":
        book.add = lambda entry: os._exit(9)
    if place == "before the journal":
        journal.write = lambda *jobs, **more: os._exit(9)
    await studio.generate(planned(studio, Path(picture)))

asyncio.run(main(*sys.argv[1:]))
"""


def planned(studio: Studio, picture: Path) -> Plan:
    """One edit of a picture that is too big for a data URI."""
    recipe = Recipe("fal-ai/flux-2-flex/edit", seed_policy=SeedPolicy.FIXED, seed=7)
    return studio.plan(studio.ticked()[:1], recipe, [load_reference(picture)])


@pytest.mark.parametrize(
    ("place", "again"), [("during the upload", 1), ("before the book", 1), ("before the journal", 0)]
)
async def test_killed_anywhere_around_an_upload_nothing_is_bought_and_nothing_lost(
    tmp_path: Path, place: str, again: int
) -> None:
    picture, folder = tmp_path / "big.png", tmp_path / "project"
    Image.frombytes("RGB", (700, 700), random.Random(1).randbytes(700 * 700 * 3)).save(picture)
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", SCRIPT, place, str(folder), str(picture)]
    killed = await asyncio.to_thread(
        subprocess.run, command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, timeout=60
    )
    assert killed.returncode == KILLED, killed.stderr.decode()
    assert (folder / "uploaded.txt").read_text() == "x"

    provider = FakeProvider(sandbox=True)
    studio = fake_studio(folder, provider)
    try:
        assert studio.engine.desk.journal.jobs() == [], "nothing was written, so nothing was sent and nothing is owed"
        await studio.generate(planned(studio, picture))
        await asyncio.wait_for(studio.engine.queue.idle(), 10)
        assert len(provider.uploaded) == again
        assert [job.state for job in studio.engine.desk.journal.jobs()] == [JobState.STORED]
        assert len(provider.submitted) == 1
    finally:
        await studio.close()
