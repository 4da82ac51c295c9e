"""The shelf: a paid picture is stored once, whole, with its recipe, or not at all."""

from __future__ import annotations

import errno
import json
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from studio.domain.errors import Broken, ProjectError
from studio.domain.request import Request
from studio.domain.take import Take, Verdict
from studio.domain.text import slug
from studio.engine.ports import Journal, Shelf
from studio.library.journal import SqliteJournal
from studio.library.metadata import read_recipe
from studio.library.shelf import FolderShelf
from tests.fakes.disk import FakeDisk, Stopped
from tests.library.samples import RESULT, completed, downloaded, picture, visible_files


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "glitch"
    folder.mkdir()
    return folder


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    opened = SqliteJournal(tmp_path / "state" / "journal.db")
    yield opened
    opened.close()


@pytest.fixture
def shelf(project: Path, journal: SqliteJournal) -> FolderShelf:
    return FolderShelf(project, journal)


def stored(shelf: FolderShelf, job_id: str = "job-1", pose: str = "hero stance", data: bytes | None = None) -> Take:
    job = completed(job_id, pose)
    return shelf.store(job, downloaded(shelf, job, data), RESULT)


def test_nothing_is_bought_for_a_folder_that_cannot_keep_it(
    shelf: FolderShelf, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.check()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(ProjectError, match="cannot be written to: nothing was sent"):
        shelf.check()
    shutil.rmtree(project)
    with pytest.raises(ProjectError, match="is gone or was moved: nothing was sent"):
        shelf.check()


def leftovers(project: Path) -> list[str]:
    return sorted(path.name for path in (project / "takes" / ".incoming").iterdir())


def test_it_is_what_the_engine_needs(shelf: FolderShelf, journal: SqliteJournal) -> None:
    as_shelf: Shelf = shelf
    as_journal: Journal = journal
    assert as_shelf.takes() == []
    assert as_journal.jobs() == []


def test_a_stored_picture_lies_in_the_project_with_its_recipe_inside(shelf: FolderShelf, project: Path) -> None:
    take = stored(shelf)
    assert take.id == "hero-stance-001"
    assert take.path == "takes/hero-stance/hero-stance-001.png"
    assert (take.width, take.height, take.seed, take.request_id) == (24, 32, 184467, "req-job-1")
    assert (take.estimate, take.billed) == (Decimal("0.05"), Decimal("0.05"))
    assert json.loads(take.arguments) == completed().request.arguments
    assert read_recipe(project / take.path)["take"] == take.id
    assert shelf.take(take.id) == take
    assert shelf.takes("Hero  Stance") == [take]
    assert leftovers(project) == []


def test_ids_count_up_in_each_pose(shelf: FolderShelf) -> None:
    ids = [stored(shelf, f"j{number}", pose).id for number, pose in enumerate(["run", "run", "sit", "run"])]
    assert ids == ["run-001", "run-002", "sit-001", "run-003"]
    assert [take.id for take in shelf.takes()] == ids
    assert [take.id for take in shelf.page(limit=2, offset=1)] == ["sit-001", "run-002"]


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_the_ending_comes_from_the_content(shelf: FolderShelf, kind: str, ending: str) -> None:
    assert stored(shelf, data=picture(kind)).path.endswith(f".{ending}")


def test_storing_a_job_again_gives_the_same_take_and_one_picture(shelf: FolderShelf, project: Path) -> None:
    first = stored(shelf)
    assert stored(shelf) == first
    assert visible_files(project) == [first.path]
    assert leftovers(project) == []


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("step", range(15))
def test_stopping_at_any_step_and_storing_again_makes_one_whole_take(
    project: Path, journal: SqliteJournal, step: int, late: bool
) -> None:
    FolderShelf(project, journal).inbox(completed())
    disk = FakeDisk(stop_at=step, late=late)
    dying = FolderShelf(project, journal, disk)
    job = completed()
    part = project / "takes" / ".incoming" / "job-1.part"
    part.write_bytes(picture())
    download = replace(downloaded(FolderShelf(project, journal), job), path=part)
    try:
        dying.store(job, download, RESULT)
        stopped = False
    except Stopped:
        stopped = True
    for path in visible_files(project):
        with Image.open(project / path) as image:
            image.load()
    again = FolderShelf(project, journal)
    take = stored(again)
    assert again.takes() == [take]
    assert visible_files(project) == ["takes/hero-stance/hero-stance-001.png"]
    assert take.id == "hero-stance-001"
    assert leftovers(project) == []
    assert stopped == (step < len(disk.names))


def test_the_picture_is_on_the_disk_before_it_has_a_name_and_before_it_counts(
    project: Path, journal: SqliteJournal
) -> None:
    disk = FakeDisk()
    shelf = FolderShelf(project, journal, disk)
    stored(shelf)
    assert len(disk.names) == 15, "the test above stops at every one of them"
    written = disk.names.index("write_bytes")
    assert disk.names[written:] == ["write_bytes", "fsync", "link", "fsync_folder", "unlink", "unlink", "unlink"]
    linkless = FakeDisk(no_links=True)
    stored(FolderShelf(project, journal, linkless), "job-2")
    written = linkless.names.index("write_bytes")
    assert linkless.names[written:] == ["write_bytes", "fsync", "link", "rename", "fsync_folder", "unlink", "unlink"]


@pytest.mark.parametrize("step", range(14))
@pytest.mark.parametrize("no_links", [False, True])
def test_a_full_disk_leaves_nothing_half_written_and_the_download_for_later(
    project: Path, journal: SqliteJournal, step: int, no_links: bool
) -> None:
    job = completed()
    roomy = FolderShelf(project, journal)
    download = downloaded(roomy, job)
    full = FakeDisk(full_at=step, no_links=no_links)
    try:
        FolderShelf(project, journal, full).store(job, download, RESULT)
    except ProjectError as error:
        assert error.happened.startswith("The disk is full")
        assert download.path.exists()
        assert roomy.takes() == []
        for ready in download.path.parent.glob("*.ready"):
            assert read_recipe(ready)["job"] == "job-1"
    for path in visible_files(project):
        assert read_recipe(project / path)["job"] == "job-1"
    take = stored(roomy)
    assert visible_files(project) == [take.path]


def test_a_file_system_without_hard_links_works_the_same(project: Path, journal: SqliteJournal) -> None:
    shelf = FolderShelf(project, journal, FakeDisk(no_links=True))
    take = stored(shelf)
    assert visible_files(project) == [take.path]
    (project / "takes" / "run").mkdir(parents=True)
    (project / "takes" / "run" / "run-001.png").write_text("mine")
    assert stored(shelf, "j2", "run").id == "run-002"
    picked = shelf.decide(take.id, Verdict.PICKED)
    assert (project / picked.pick).read_bytes() == (project / take.path).read_bytes()
    shelf.decide(take.id, Verdict.UNDECIDED)
    assert not (project / picked.pick).exists()


def test_a_strangers_file_is_never_overwritten(shelf: FolderShelf, project: Path) -> None:
    folder = project / "takes" / "hero-stance"
    folder.mkdir(parents=True)
    (folder / "hero-stance-001.jpg").write_text("mine")
    (folder / "hero-stance-002.png").symlink_to("nowhere")
    assert stored(shelf).id == "hero-stance-003"
    assert (folder / "hero-stance-001.jpg").read_text() == "mine"


def test_a_strangers_file_that_takes_the_name_after_a_stop_is_not_adopted(
    project: Path, journal: SqliteJournal
) -> None:
    dying = FolderShelf(project, journal, FakeDisk(stop_at=6))
    with pytest.raises(Stopped):
        stored(dying)
    taken = project / "takes" / "hero-stance" / "hero-stance-001.png"
    taken.unlink(missing_ok=True)
    taken.write_bytes(picture(seed=9))
    take = stored(FolderShelf(project, journal))
    assert take.id == "hero-stance-002"
    assert taken.read_bytes() == picture(seed=9)


def test_takes_of_a_lost_journal_are_not_overwritten(shelf: FolderShelf, project: Path, tmp_path: Path) -> None:
    for number in range(3):
        stored(shelf, f"j{number}")
    fresh = SqliteJournal(tmp_path / "other" / "journal.db")
    assert stored(FolderShelf(project, fresh), "new").id == "hero-stance-004"
    fresh.close()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no PNG"),
        (b"<html>502 bad gateway</html>", "no PNG"),
        (picture()[:-30], "cut off"),
        (picture()[:-12], "cut off"),
        (picture("JPEG")[:-200], "cut off|decoded"),
        (picture("WEBP")[:-20], "cut off"),
        (picture()[:60] + b"\xff" + picture()[61:], "checksum"),
        (picture("GIF"), "no PNG"),
        (b"\x89PNG\r\n\x1a\n", "cut off"),
        (b"\xff\xd8\xff\xe0", "cut off"),
    ],
    ids=range(10),
)
def test_what_is_no_whole_picture_is_kept_aside_with_its_address(
    shelf: FolderShelf, project: Path, data: bytes, why: str
) -> None:
    with pytest.raises(Broken, match=why):
        stored(shelf, data=data)
    assert shelf.takes() == []
    assert visible_files(project) == []
    aside = project / ".studio" / "broken" / "job-1-1.broken"
    assert aside.read_bytes() == data
    note = json.loads(aside.with_suffix(".json").read_text())
    assert note["url"] == "https://v3.fal.media/files/a/b.png"
    assert note["request_id"] == "req-job-1"
    assert leftovers(project) == []


def test_the_same_broken_file_is_kept_once_and_a_good_one_is_taken_afterwards(
    shelf: FolderShelf, project: Path
) -> None:
    for data in (b"no", b"no", b"other"):
        with pytest.raises(Broken):
            stored(shelf, data=data)
    assert sorted(path.name for path in (project / ".studio" / "broken").glob("*.broken")) == [
        "job-1-1.broken",
        "job-1-2.broken",
    ]
    assert stored(shelf).id == "hero-stance-001"


def test_a_picture_that_claims_too_many_pixels_is_not_decoded(shelf: FolderShelf) -> None:
    import zlib

    header = b"IHDR" + (50_000).to_bytes(4, "big") * 2 + picture()[24:29]
    data = picture()[:12] + header + zlib.crc32(header).to_bytes(4, "big") + picture()[33:]
    with pytest.raises(Broken, match="claims 50000 x 50000 pixels"):
        stored(shelf, data=data)


@pytest.mark.parametrize("pose", ["../../etc/passwd", "/absolute", "..", "CON", "a\0b", "日本 ポーズ", "x" * 500, "🤸"])
def test_any_pose_name_stays_inside_the_project(shelf: FolderShelf, project: Path, pose: str) -> None:
    take = stored(shelf, pose=pose)
    assert take.path == f"takes/{slug(pose)}/{slug(pose)}-001.png"
    assert (project / take.path).is_file()
    assert visible_files(project.parent / "glitch") == [take.path]
    assert shelf.takes(pose)[0].pose == pose


def test_a_vanished_project_is_not_made_again(shelf: FolderShelf, project: Path) -> None:
    job = completed()
    download = downloaded(shelf, job)
    shutil.rmtree(project)
    with pytest.raises(ProjectError, match="is gone or was moved"):
        shelf.store(job, download, RESULT)
    with pytest.raises(ProjectError, match="is gone or was moved"):
        shelf.inbox(job)
    assert not project.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_read_only_project_is_named(shelf: FolderShelf, project: Path) -> None:
    project.chmod(0o500)
    with pytest.raises(ProjectError, match="cannot be written to"):
        shelf.inbox(completed())
    project.chmod(0o700)


def test_a_read_only_file_system_is_named(project: Path, journal: SqliteJournal) -> None:
    class ReadOnly(FakeDisk):
        def open_exclusive(self, path: Path, mode: int = 0o666) -> int:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    with pytest.raises(ProjectError, match="cannot be written to: the picture could not be stored") as caught:
        stored(FolderShelf(project, journal, ReadOnly()))
    assert "permission" in caught.value.remedy


def test_two_threads_that_store_one_job_make_one_take(shelf: FolderShelf, project: Path) -> None:
    job = completed()
    download = downloaded(shelf, job)
    copies = [download, replace(download, path=download.path.with_suffix(".other"))]
    copies[1].path.write_bytes(picture())
    takes: list[Take] = []
    threads = [
        threading.Thread(target=lambda each=each: takes.append(shelf.store(job, each, RESULT))) for each in copies
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert takes[0] == takes[1]
    assert visible_files(project) == [takes[0].path]


def test_a_black_picture_is_marked(shelf: FolderShelf) -> None:
    job = completed()
    assert shelf.store(job, downloaded(shelf, job), {**RESULT, "has_nsfw_concepts": [True]}).flagged


def test_megabytes_of_reference_pictures_do_not_go_into_rows_or_files(shelf: FolderShelf, project: Path) -> None:
    image = "data:image/png;base64," + "QUJD" * 100_000
    job = replace(completed(), request=Request.make("fal-ai/flux-pro/kontext", {"prompt": "p", "image_url": image}))
    take = shelf.store(job, downloaded(shelf, job), RESULT)
    assert len(take.arguments) < 1000
    assert (project / take.path).stat().st_size < 10_000


def test_counts_are_by_pose(shelf: FolderShelf) -> None:
    takes = [stored(shelf, f"j{number}", pose) for number, pose in enumerate(["Run", "run", "sit"])]
    shelf.decide(takes[0].id, Verdict.PICKED)
    shelf.decide(takes[1].id, Verdict.REJECTED)
    shelf.trash(takes[2].id, trashed=True)
    counts = shelf.counts()
    assert set(counts) == {"run"}
    assert (counts["run"].takes, counts["run"].picked, counts["run"].rejected) == (2, 1, 1)
