"""The app under test of the picture benchmark: our view, or a widget of textual-image, and a counter for keys.

argv: a log file, a mode (`ours`, `ours-full`, `tgp`, `sixel`, `half`), the value for --graphics or `-`, then pictures.
Keys: x counts, n shows the next picture, b the one before, p prepares the next, q quits.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from studio.ui.terminal import probe, tell_colours


def main() -> None:
    """Run it."""
    log_file, mode, graphics, *rest = sys.argv[1:]
    pictures = [Path(name) for name in rest]
    terminal = probe(None if graphics == "-" else graphics, limit=5)
    tell_colours(terminal, os.environ)

    def note(event: str, **fields: Any) -> None:
        with Path(log_file).open("a") as log:
            log.write(json.dumps({"event": event, "at": time.monotonic(), **fields}) + "\n")

    # As the studio itself does (studio.ui.run).
    os.environ.setdefault("TEXTUAL_FPS", "120")
    from textual import events
    from textual.app import App, ComposeResult
    from textual.widget import Widget
    from textual.widgets import Static

    from studio.ui.pictures.choose import backend_for
    from studio.ui.pictures.darkroom import Darkroom
    from studio.ui.pictures.picture import PictureView
    from studio.ui.pictures.source import PictureSource
    from studio.ui.pictures.textual_image_parts import Protocol, image_class
    from studio.ui.pictures.tier import Tier

    class Lab(App[None]):
        CSS = """
        #count { dock: top; height: 1; width: 100%; }
        #foot { dock: bottom; height: 1; }
        #picture { width: 60; height: 30; }
        """
        ENABLE_COMMAND_PALETTE = False

        def compose(self) -> ComposeResult:
            self.at, self.count = -1, 0
            self.darkroom = Darkroom(backend_for(terminal))
            if mode == "ours-full":
                vars(self.darkroom.backend)["tiers"] = lambda: (Tier.FULL,)
            yield Static("<K0>", id="count")
            yield self.picture()
            yield Static("foot", id="foot")

        def picture(self) -> Widget:
            if mode.startswith("ours"):
                return PictureView(self.darkroom, empty="", id="picture")
            kind = {"tgp": Protocol.KITTY, "sixel": Protocol.SIXEL, "half": Protocol.HALF}[mode]
            return image_class(kind, terminal.cell)(id="picture")

        def on_mount(self) -> None:
            self.run_worker(self.lateness())
            self.darkroom.warm_up()

        async def lateness(self) -> None:
            last = time.monotonic()
            while True:
                await asyncio.sleep(0.001)
                now = time.monotonic()
                if now - last > 0.008:
                    note("stall", ms=(now - last) * 1000)
                last = now

        def on_key(self, event: events.Key) -> None:
            note("key", key=event.key)
            match event.key:
                case "x":
                    self.count += 1
                    self.query_one("#count", Static).update(f"<K{self.count}>", layout=False)
                case "n" | "b":
                    self.at += 1 if event.key == "n" else -1
                    self.show(pictures[self.at])
                case "p":
                    ahead = PictureSource.of(pictures[self.at + 1])
                    self.query_one("#picture", PictureView).prefetch(ahead)
                case "q":
                    self.exit()

        def show(self, path: Path) -> None:
            if mode.startswith("ours"):
                self.query_one("#picture", PictureView).show(PictureSource.of(path))
            else:
                vars_of: Any = self.query_one("#picture")
                vars_of.image = path

        def on_picture_view_shown(self, message: Any) -> None:
            line = getattr(self.darkroom.backend, "line", None)
            note("shown", rate=line.rate if line else None)

        def on_unmount(self) -> None:
            self.darkroom.close()

    Lab().run()


main()
