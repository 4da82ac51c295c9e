"""Which file systems are reached over a network, where SQLite's write-ahead log does not work."""

from __future__ import annotations

import os
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")

NETWORK = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "gfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "smb3",
        "smbfs",
    }
)
"""Names of proc(5) mountinfo; shared memory between hosts, which the log needs, exists on none of them
(sqlite.org/wal.html). Everything under FUSE counts too, sshfs among them."""


def is_network(path: Path, mounts: Path = MOUNTS) -> bool:
    """True when `path` surely lies on a network file system; False when it does not or nobody can say."""
    device = path.stat().st_dev
    if os.major(device) != 0:  # a disk: file systems without one have anonymous devices
        return False
    return _kind_of(f"{os.major(device)}:{os.minor(device)}", mounts) in NETWORK


def _kind_of(device: str, mounts: Path) -> str:
    try:
        table = mounts.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    for line in table.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split(" ", 3)
        if len(fields) > 2 and fields[2] == device:
            kind = right.split(" ", 1)[0]
            return "nfs" if kind.startswith("fuse.") else kind
    return ""
