"""Where the write-ahead log would not work."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from studio.library.mounts import is_network

TABLE = """\
23 28 0:21 / /proc rw,nosuid - proc proc rw
98 28 0:52 / /home/anna\\040b rw,relatime shared:1 - nfs4 server:/home rw,vers=4.2
99 28 0:53 / /mnt/box rw - fuse.sshfs anna@box:/ rw
97 28 0:54 / /tmp rw - tmpfs tmpfs rw
short line
"""


@pytest.mark.parametrize(
    ("minor", "expected"), [(52, True), (53, True), (54, False), (77, False)], ids=["nfs", "sshfs", "tmpfs", "unknown"]
)
def test_network_file_systems_are_known_by_their_mount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, minor: int, expected: bool
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(TABLE)
    monkeypatch.setattr(Path, "stat", lambda _: SimpleNamespace(st_dev=os.makedev(0, minor)))
    assert is_network(Path("/x"), table) is expected


def test_a_disk_is_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "stat", lambda _: SimpleNamespace(st_dev=os.makedev(8, 1)))
    assert not is_network(Path("/x"), tmp_path / "missing")
