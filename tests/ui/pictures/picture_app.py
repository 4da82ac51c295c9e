"""A small app for the pty test: probes, shows the pictures it is given one after the other, and tells what it heard."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from studio.ui.terminal import probe, tell_colours


def main() -> None:
    """argv: a file for the report, then pictures. `n` shows the next picture, `q` quits; other keys are reported."""
    report, *pictures = map(Path, sys.argv[1:])
    terminal = probe(limit=5)
    tell_colours(terminal, os.environ)

    from textual import events
    from textual.app import App, ComposeResult

    from studio.ui.pictures.choose import backend_for
    from studio.ui.pictures.darkroom import Darkroom
    from studio.ui.pictures.picture import PictureView
    from studio.ui.pictures.source import PictureSource

    class Shower(App[None]):
        heard: list[str]

        def compose(self) -> ComposeResult:
            self.heard = []
            self.waiting = list(pictures)
            self.darkroom = Darkroom(backend_for(terminal))
            yield PictureView(self.darkroom)

        def on_key(self, event: events.Key) -> None:
            if event.key == "n" and self.waiting:
                self.query_one(PictureView).show(PictureSource.of(self.waiting.pop(0)))
            elif event.key == "q":
                self.exit()
            else:
                self.heard.append(event.key)

        def on_picture_view_shown(self, message: Any) -> None:
            self.bell()

        def on_unmount(self) -> None:
            self.darkroom.close()

    app = Shower()
    app.run()
    report.write_text(f"{terminal.graphics} {terminal.trip_ms:.0f} {app.heard} {app.return_code}")


main()
