"""The artist's own editor for the long texts: the screen steps aside until it closes."""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from studio.ui.host import Host
from studio.ui.session import Session
from studio.ui.view import View


async def edit_outside(session: Session, view: View, host: Host) -> None:
    """Edit the description in $VISUAL or $EDITOR. Without either, or when it fails, nothing changes and it is said."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        host.say("No editor is set: put its command into $EDITOR and start again.", severity="warning")
        return
    import shlex

    before = session.project.character.description
    handle, name = tempfile.mkstemp(suffix=".md", prefix="description-")
    file = Path(name)
    try:
        os.close(handle)
        file.write_text(f"{before.strip()}\n", encoding="utf-8")
        with host.stepped_aside():
            done = subprocess.run([*shlex.split(command), str(file)], check=False)
        after = file.read_text(encoding="utf-8").strip()
    finally:
        file.unlink(missing_ok=True)
    if done.returncode != 0:
        host.say(f"The editor ended with {done.returncode}; nothing was changed.", severity="warning")
    elif after and after != before.strip():
        session.edit_character(replace(session.project.character, description=after))
        view.everything()
        host.say("The description was changed.")
