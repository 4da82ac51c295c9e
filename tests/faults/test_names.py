"""Names of poses become names of files: safe everywhere, never the same twice, and known again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from studio.domain.job import Job, JobState
from studio.domain.text import LONGEST_NAME, same_name, slug
from studio.library.journal import SqliteJournal
from studio.library.shelf import FolderShelf
from tests.library.samples import completed, downloaded

NAMES = st.text(max_size=60) | st.from_regex(r"(?i)(con|aux|\.\.|-|_|/|\\|a|nul\.png| ){0,12}", fullmatch=True)
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@given(NAMES)
@example("ŉ")
@example("ﬀ" * 60)
@example("İstanbul")
@example("\N{LATIN SMALL LETTER J WITH CARON}́")
@example("\ud800x")
def test_a_stem_is_a_file_name_on_every_system(name: str) -> None:
    stem = slug(name)
    assert re.fullmatch(r"[\w-]+", stem)
    assert "_" not in stem and not stem.startswith(("-", "."))
    assert 0 < len(stem.encode()) <= LONGEST_NAME + 1
    assert not RESERVED.fullmatch(stem)
    assert (stem == stem.casefold()) or same_name(stem, stem.casefold())


@given(NAMES)
@example("ŉ")
@example("ͅ")
@example("ΐ")
def test_a_stem_stays_what_it_is(name: str) -> None:
    stem = slug(name)
    assert slug(stem) == stem
    assert same_name(stem, name)
    # File systems that fold or compose letters must not make one name of two stems.
    assert unicodedata.normalize("NFC", stem) == stem


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(poses=st.lists(NAMES | st.sampled_from(["a", "A", "a-001", "a 001", "a-1", "con", "con-"]), max_size=8))
@pytest.mark.timeout(60)
def test_takes_never_share_an_id_or_a_file(tmp_path_factory: pytest.TempPathFactory, poses: list[str]) -> None:
    folder = tmp_path_factory.mktemp("project")
    journal = SqliteJournal(tmp_path_factory.mktemp("state") / "journal.db")
    shelf = FolderShelf(folder, journal)
    takes = []
    for number, pose in enumerate(poses):
        job = completed(f"job-{number}", pose.encode("utf-8", "replace").decode(), seed=number)
        journal.write([_as_written(job)])
        takes.append(shelf.store(job, downloaded(shelf, job), {}))
    assert len({take.id for take in takes}) == len(takes)
    assert len({unicodedata.normalize("NFKD", take.path).casefold() for take in takes}) == len(takes)
    for take in takes:
        path = folder / take.path
        assert path.resolve().is_relative_to(folder.resolve()) and path.is_file()
        stem, number_text = take.id.rsplit("-", 1)
        assert Path(take.path) == Path("takes") / stem / f"{stem}-{number_text}.png"
        assert number_text.isdigit() and int(number_text) >= 1
    journal.close()


def _as_written(job: Job) -> Job:
    return replace(job, state=JobState.WRITTEN, result=None, units=None, billed=None, handle=None)
