"""Every file-system step the library takes, one method each, so that a full disk can be put at any of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from studio.domain.errors import ProjectError
from studio.domain.text import plain

NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK, errno.EXDEV, errno.ENOSYS})
"""What link(2) answers on file systems without hard links, or at their limit."""


class Disk:
    """The real disk. Every method raises OSError as the system gives it."""

    def make_folder(self, path: Path, mode: int = 0o777) -> None:
        """Make one folder; its parent must be there. No error when it already exists."""
        with suppress(FileExistsError):
            path.mkdir(mode)

    def read(self, path: Path, limit: int = -1) -> bytes:
        """The bytes of a file, at most `limit` of them."""
        with path.open("rb") as file:
            return file.read(limit)

    def open_exclusive(self, path: Path, mode: int = 0o666) -> int:
        """Create a file that is not there yet, and give its descriptor."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, mode)

    def write_bytes(self, descriptor: int, data: bytes) -> None:
        """Write all of `data`."""
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]

    def fsync(self, descriptor: int) -> None:
        """Wait until a file's bytes are on the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a descriptor."""
        os.close(descriptor)

    def fsync_folder(self, path: Path) -> None:
        """Wait until a folder's entries are on the disk; file systems that cannot say so are left alone."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
                raise
        finally:
            os.close(descriptor)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name. Raises FileExistsError instead of replacing anything."""
        os.link(source, target, follow_symlinks=False)

    def rename(self, source: Path, target: Path) -> None:
        """Give a file another name on the same file system."""
        source.rename(target)

    def unlink(self, path: Path) -> None:
        """Take a name away. No error when it is gone already."""
        path.unlink(missing_ok=True)

    def exists(self, path: Path) -> bool:
        """True when anything has that name, a dangling link included."""
        return os.path.lexists(path)

    def same_file(self, one: Path, other: Path) -> bool:
        """True when both names are there and mean the same file."""
        try:
            first, second = one.lstat(), other.lstat()
        except FileNotFoundError:
            return False
        return (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)

    def same_content(self, one: Path, other: Path) -> bool:
        """True when both are regular files with equal bytes."""
        try:
            if one.is_symlink() or other.is_symlink() or one.stat().st_size != other.stat().st_size:
                return False
            return self.read(one) == self.read(other)
        except FileNotFoundError:
            return False


def write_new(disk: Disk, path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a new file and wait until it is on the disk; on failure nothing of it remains."""
    descriptor = disk.open_exclusive(path, mode)
    try:
        try:
            disk.write_bytes(descriptor, data)
            disk.fsync(descriptor)
        finally:
            disk.close(descriptor)
    except BaseException:
        with suppress(OSError):
            disk.unlink(path)
        raise


def move_new(disk: Disk, source: Path, target: Path) -> None:
    """Move a file to a name nobody has, and wait until the new name is on the disk.

    Raises FileExistsError when the name is taken.
    """
    try:
        disk.link(source, target)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if disk.exists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        disk.rename(source, target)
        disk.fsync_folder(target.parent)
    else:
        disk.fsync_folder(target.parent)
        disk.unlink(source)


def folders(disk: Disk, root: Path, *names: str) -> Path:
    """Make `root/name/name…` below a root that must be there, and give its path."""
    if not root.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(root))
    path = root
    for name in names:
        path = path / name
        if not path.is_dir():
            disk.make_folder(path)
            disk.fsync_folder(path.parent)
    return path


@contextmanager
def named_trouble(what: str, where: Path) -> Iterator[None]:
    """Turn an OSError inside into one ProjectError: what could not be done, where, and what helps."""
    try:
        yield
    except OSError as error:
        raise trouble(error, what, where) from error


def trouble(error: OSError, what: str, where: Path) -> ProjectError:
    """The ProjectError for a failed step: `what` is a clause such as "the picture could not be stored"."""
    place = plain(str(where))
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return ProjectError(
                f"The disk is full: {what} in {place}.", "Free some space and try again; nothing was lost."
            )
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return ProjectError(
                f"{place} cannot be written to: {what}.", "Give yourself write permission there and try again."
            )
        case errno.ENOENT | errno.ENOTDIR | errno.ESTALE:
            missing = plain(error.filename or where)
            return ProjectError(
                f"{missing} is gone or was moved: {what}.", "Put it back, or open the project where it is now."
            )
        case _:
            reason = plain(error.strerror or error)
            return ProjectError(f"{what[:1].upper()}{what[1:]} in {place}: {reason}.", "Mend that and try again.")
