"""An open studio on a real project and a real library, with a provider that plays what it is told."""

from __future__ import annotations

from pathlib import Path

from studio.config.catalogue import load_catalogue
from studio.config.paths import journal_file
from studio.config.presets import Presets
from studio.config.project import is_project, load_project
from studio.config.project_files import create_project
from studio.config.servers import SANDBOX
from studio.engine.clock import SystemClock
from studio.engine.engine import Engine
from studio.library.journal import SqliteJournal
from studio.library.lock import ProjectLock
from studio.library.shelf import FolderShelf
from studio.library.upload_book import FileUploadBook
from studio.workflows.studio import Studio
from tests.fakes.provider import FakeProvider


def fake_studio(folder: Path, provider: FakeProvider | None = None, preset: str = "glitch") -> Studio:
    """Open the project of a folder, which is made of a preset when there is none yet."""
    if not is_project(folder):
        create_project(folder, Presets().character(preset))
    project = load_project(folder)
    journal = SqliteJournal(journal_file(project.id))
    lock = ProjectLock(journal_file(project.id).with_name("fake.lock"))
    engine = Engine(provider or FakeProvider(sandbox=True), journal, FolderShelf(folder, journal), SystemClock(), lock)
    book = FileUploadBook(journal_file(project.id).with_name("uploads.jsonl"))
    return Studio(project, load_catalogue(), Presets(), engine, book, SANDBOX)
