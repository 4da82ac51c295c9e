"""Which picture is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from studio.domain.take import Take
from studio.imaging.thumbnail import FOLDER


@dataclass(frozen=True, slots=True)
class PictureSource:
    """A picture file. `key` names its content (a take's id); `stamp` tells two versions of one file apart."""

    path: Path
    key: str
    stamp: int = 0
    sidecars: Path | None = field(default=None, compare=False)
    """The folder with its small pictures, `<key>-<side>.jpg`, as `write_thumbnails` makes them; they need not exist."""

    @classmethod
    def of_take(cls, project: Path, take: Take) -> PictureSource:
        """A take of the project in this folder. Does not look at the disk."""
        return cls(project / take.path, take.id, sidecars=project / FOLDER)

    @classmethod
    def of(cls, path: Path) -> PictureSource:
        """A file that is no take, such as a reference. Looks at the disk; raises OSError when it is not there."""
        return cls(path, str(path), path.stat().st_mtime_ns)
