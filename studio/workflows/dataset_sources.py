"""What a dataset is made of: the picked takes, the pack and the references, each picture once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from studio.config.project import Project
from studio.domain.dataset import ROLE_WORDS, caption_of, side_of
from studio.domain.errors import ProjectError
from studio.domain.pack import SETTING, view_of_pose
from studio.domain.pose import Pose
from studio.domain.take import Take, Verdict
from studio.domain.text import plain, slug
from studio.workflows.takes import TakeTable

NO_PERSON = frozenset({"style", "pose"})
"""Roles of references that do not show the character."""


@dataclass(frozen=True, slots=True)
class Source:
    """One picture that belongs into the set."""

    stem: str
    """Its name there, without ending."""
    path: str
    """Relative to the project."""
    name: str
    """What an artist calls it: a take, or a file of the project."""
    digest: str
    """SHA-256 of the file, in hex."""
    caption: str
    pose: str = ""
    side: str = ""


def dataset_sources(project: Project, takes: TakeTable, trigger: str) -> list[Source]:
    """The picked takes, then the references that show the character, each content once. Blocks on the disk.

    Raises ProjectError when a file cannot be read.
    """
    poses = {slug(pose.name): pose for pose in project.poses}
    found: dict[str, Source] = {}
    for source in (*_picks(project, takes.all(), poses, trigger), *_references(project, trigger)):
        found.setdefault(source.digest, source)
    return _named_apart(found.values())


def _picks(project: Project, takes: Iterable[Take], poses: dict[str, Pose], trigger: str) -> list[Source]:
    picked = [take for take in takes if take.verdict is Verdict.PICKED and not take.flagged]
    sources = []
    for take in picked:
        pose = poses.get(slug(take.pose))
        text = pose.text if pose else take.pose
        setting = SETTING if pose is not None and view_of_pose(pose) is not None else project.character.setting
        caption = caption_of(trigger, project.character, text, setting)
        digest = _digest(project.folder / take.path)
        sources.append(Source(slug(take.id), take.path, take.id, digest, caption, take.pose, side_of(pose, text)))
    return sources


def _references(project: Project, trigger: str) -> list[Source]:
    sources = []
    for reference in project.character.references:
        if reference.role in NO_PERSON:
            continue
        words = ROLE_WORDS.get(reference.role, reference.role)
        stem = f"ref-{slug(Path(reference.path).stem)}"
        digest = _digest(project.folder / reference.path)
        caption = caption_of(trigger, project.character, words)
        sources.append(
            Source(stem, reference.path, reference.path, digest, caption, words or stem, side_of(None, words))
        )
    return sources


def _named_apart(sources: Iterable[Source]) -> list[Source]:
    """The sources with stems of their own: two files of one name in different folders may both be references."""
    used: set[str] = set()
    named = []
    for source in sources:
        stem, number = source.stem, 2
        while stem in used:
            stem, number = f"{source.stem}-{number}", number + 1
        used.add(stem)
        named.append(replace(source, stem=stem))
    return named


def _digest(path: Path) -> str:
    digest = sha256()
    try:
        if path.exists() and not path.is_file():
            raise OSError("it is no file")
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except OSError as error:
        raise ProjectError(
            f"{plain(path.name)} cannot be read: {error.strerror or error}.",
            "Put it back, or take it out of the picks or the references.",
        ) from error
    return digest.hexdigest()
