"""A file is uploaded once for its content, and again when its address is gone."""

from __future__ import annotations

import asyncio
import base64
import random
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from studio.config.paths import journal_file
from studio.domain.errors import BadInput, StudioError, Unavailable, UsageError
from studio.domain.job import JobState
from studio.domain.recipe import Recipe, SeedPolicy
from studio.domain.upload import LIFETIMES, Upload, placed
from studio.engine.events import Noticed
from studio.library.upload_book import FileUploadBook
from studio.workflows.export_request import Form, written
from studio.workflows.plan import Plan
from studio.workflows.references import INLINE, LoadedReference, load_reference
from studio.workflows.studio import Studio
from tests.fakes.provider import FakeProvider
from tests.fakes.studio import fake_studio

EDIT = "fal-ai/flux-2-flex/edit"
FILES = "https://v3.fal.media/files/b/"


def noise(path: Path, side: int = 700) -> Path:
    """A picture that no format makes small: more than a megabyte."""
    Image.frombytes("RGB", (side, side), random.Random(side).randbytes(side * side * 3)).save(path)
    return path


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider(sandbox=True)


@pytest.fixture
async def studio(tmp_path: Path, provider: FakeProvider) -> AsyncIterator[Studio]:
    made = fake_studio(tmp_path / "project", provider)
    yield made
    await made.close()


def book_of(studio: Studio) -> FileUploadBook:
    return FileUploadBook(journal_file(studio.project.id).with_name("uploads.jsonl"))


def planned(studio: Studio, *references: LoadedReference, seed: int = 7) -> Plan:
    recipe = Recipe(EDIT, seed_policy=SeedPolicy.FIXED, seed=seed)
    return studio.plan(studio.ticked()[:1], recipe, references)


async def made(studio: Studio, plan: Plan) -> None:
    """Send a plan and wait until its jobs have ended."""
    await studio.generate(plan)
    await asyncio.wait_for(studio.engine.queue.idle(), 10)


async def test_a_big_reference_is_sent_by_its_address_and_a_small_one_inside_the_request(
    studio: Studio, provider: FakeProvider, tmp_path: Path
) -> None:
    big = load_reference(noise(tmp_path / "big.png"))
    Image.new("RGB", (64, 64), "red").save(tmp_path / "small.png")
    small = load_reference(tmp_path / "small.png")
    plan = planned(studio, big, small)
    assert placed(big.uri) == big.sha256 and small.uri.startswith("data:image/png")
    assert not provider.uploaded, "a plan uploads nothing"
    await made(studio, plan)
    assert provider.submitted[0].arguments["image_urls"] == [f"{FILES}big.png", small.uri]
    assert provider.files[f"{FILES}big.png"] == (tmp_path / "big.png").read_bytes()


async def test_small_pictures_that_are_big_together_are_uploaded_from_the_one_that_does_not_fit(
    studio: Studio, provider: FakeProvider, tmp_path: Path
) -> None:
    several = [load_reference(noise(tmp_path / f"{side}.png", side)) for side in (340, 350, 360)]
    assert all(one.uri.startswith("data:") for one in several)
    await made(studio, planned(studio, *several))
    sent = provider.submitted[0].arguments["image_urls"]
    assert isinstance(sent, list) and [str(one)[:5] for one in sent] == ["data:", "data:", "https"]
    assert sum(len(str(one)) for one in sent) <= INLINE + 100


async def test_one_content_is_uploaded_once_and_so_the_same_request_is_known_to_be_the_same(
    studio: Studio, provider: FakeProvider, tmp_path: Path
) -> None:
    plan = planned(studio, load_reference(noise(tmp_path / "a.png")))
    await made(studio, plan)
    again = planned(studio, load_reference(Path((tmp_path / "a.png").rename(tmp_path / "b.png"))))
    assert len(provider.uploaded) == 1
    twins = await studio.duplicates(again)
    assert [(job.id, stored.id) for job, stored in twins] == [(again.jobs[0].id, plan.jobs[0].id)]
    await made(studio, again)
    assert len(provider.uploaded) == 1
    assert provider.submitted[0].digest == provider.submitted[1].digest
    assert again.jobs[0].estimate == plan.jobs[0].estimate is not None


async def test_an_address_whose_time_is_over_is_made_anew(
    studio: Studio, provider: FakeProvider, tmp_path: Path
) -> None:
    path = noise(tmp_path / "a.png")
    first = await studio.uploads.url(path, "image/png")
    entry = book_of(studio).entries()[-1]
    assert entry.url == first and entry.until == entry.at + (LIFETIMES["7d"] or 0)
    assert await studio.uploads.url(path, "image/png") == first
    book_of(studio).add(replace(entry, at=0.0, until=60.0, url=f"{FILES}old.png"))
    plan = planned(studio, load_reference(path))
    assert await studio.uploads.url(path, "image/png") == first, "the older entry that lasts is still good"
    assert len(provider.uploaded) == 1
    assert len(await studio.uploads.forms(plan)) == 2


async def test_an_address_in_an_old_request_is_renewed_before_it_is_sent_again(
    studio: Studio, provider: FakeProvider, tmp_path: Path
) -> None:
    path = noise(tmp_path / "a.png")
    reference = load_reference(path)
    gone = Upload(reference.sha256, f"{FILES}gone.png", "sandbox", 0.0, 60.0, str(path), "image/png", 1)
    book_of(studio).add(gone)
    plan = planned(studio, reference)
    body = plan.jobs[0].request.body.replace(reference.uri, gone.url)
    old = replace(plan, jobs=(replace(plan.jobs[0], request=replace(plan.jobs[0].request, body=body)),))
    await made(studio, old)
    assert provider.submitted[0].arguments["image_urls"] == [f"{FILES}a.png"]


async def test_what_lies_in_the_sandbox_is_uploaded_again_for_fal(
    studio: Studio, provider: FakeProvider, tmp_path: Path
) -> None:
    path = noise(tmp_path / "a.png")
    reference = load_reference(path)
    elsewhere = Upload(reference.sha256, f"{FILES}theirs.png", "fal", 0.0, None, str(path), "image/png", 1)
    book_of(studio).add(elsewhere)
    await made(studio, planned(studio, reference))
    assert provider.submitted[0].arguments["image_urls"] == [f"{FILES}a.png"]
    assert await studio.uploads.url(path, "image/png") == f"{FILES}a.png"


async def test_a_file_that_was_changed_meanwhile_is_not_sent_in_its_place(
    studio: Studio, provider: FakeProvider, tmp_path: Path
) -> None:
    plan = planned(studio, load_reference(noise(tmp_path / "a.png")))
    (tmp_path / "a.png").write_bytes(b"another picture")
    with pytest.raises(UsageError, match="not there any more, or was changed"):
        await studio.generate(plan)
    assert provider.uploaded == [] and provider.submitted == []


async def test_an_address_that_fal_could_not_fetch_is_not_used_again(
    studio: Studio, provider: FakeProvider, tmp_path: Path
) -> None:
    reference = load_reference(noise(tmp_path / "a.png"))
    provider.fail_with("submit", BadInput("fal does not take image_urls.0: no file", field="image_urls.0"))
    await made(studio, planned(studio, reference))
    await made(studio, planned(studio, reference, seed=8))
    assert len(provider.uploaded) == 2
    jobs = await studio.engine.desk.pen(studio.engine.desk.journal.jobs)
    assert [job.state for job in jobs] == [JobState.FAILED, JobState.STORED]


async def test_an_upload_that_fails_writes_and_sends_nothing(
    studio: Studio, provider: FakeProvider, tmp_path: Path
) -> None:
    provider.fail_with("upload", Unavailable("fal cannot be reached."))
    with pytest.raises(Unavailable):
        await studio.generate(planned(studio, load_reference(noise(tmp_path / "a.png"))))
    assert provider.submitted == []
    assert studio.engine.desk.journal.jobs() == []
    assert book_of(studio).entries() == []


async def test_two_that_need_one_file_at_the_same_time_upload_it_once(
    studio: Studio, provider: FakeProvider, tmp_path: Path
) -> None:
    path = noise(tmp_path / "a.png")
    urls = await asyncio.gather(*(studio.uploads.url(path, "image/png") for _ in range(5)))
    assert len(set(urls)) == 1 and len(provider.uploaded) == 1


async def test_the_artist_is_told_once_in_a_project_that_uploads_are_public(tmp_path: Path) -> None:
    folder, told = tmp_path / "project", []
    for number in range(2):
        studio = fake_studio(folder, FakeProvider(sandbox=False))
        heard = studio.engine.subscribe()
        await studio.uploads.url(noise(tmp_path / f"{number}.png", 40 + number), "image/png")
        await studio.close()
        told.append([event.text async for event in heard if isinstance(event, Noticed)])
    assert "public" in told[0][0] and "7d" in told[0][0]
    assert [text.split()[0] for text in told[0][1:]] == ["Uploading", "Uploaded"]
    assert [text.split()[0] for text in told[1]] == ["Uploading", "Uploaded"]


async def test_the_exact_request_names_the_file_that_will_be_uploaded(studio: Studio, tmp_path: Path) -> None:
    plan = planned(studio, load_reference(noise(tmp_path / "front.png")))
    for form in Form:
        text = written(plan.jobs[0].request, form)
        assert "front.png, 1.5 MB" in text and "uploaded when" in text


def test_the_book_is_private_and_survives_a_line_that_was_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "state" / "uploads.jsonl"
    book = FileUploadBook(path)
    first = Upload("ab" * 32, "https://v3.fal.media/files/b/a.png", "fal", 1.0, None, "/a.png", "image/png", 3)
    book.add(first)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(path.read_bytes() + b'{"sha256": "cd')
    second = replace(first, sha256="cd" * 32)
    book.add(second)
    assert FileUploadBook(path).entries() == [first, second]
    assert not book.warned()
    book.warn()
    assert FileUploadBook(path).warned() and len(book.entries()) == 2


def test_a_book_with_nonsense_in_it_is_no_reason_to_stop(tmp_path: Path) -> None:
    path = tmp_path / "uploads.jsonl"
    path.write_bytes(base64.b64encode(bytes(range(256))) + b'\n[1]\n{"url": "javascript:1", "sha256": "x"}\nnull\n')
    assert FileUploadBook(path).entries() == [] and not FileUploadBook(path).warned()


async def test_a_file_that_is_not_there_is_named(studio: Studio, tmp_path: Path) -> None:
    with pytest.raises(StudioError, match=r"none\.png cannot be read"):
        await studio.uploads.url(tmp_path / "none.png", "image/png")
