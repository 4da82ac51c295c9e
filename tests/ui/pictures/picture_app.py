"""A small app for the tests in a pty: probes, shows the pictures it is given, and tells which keys it heard."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, ClassVar

from studio.ui.terminal import probe, tell_colours


def main() -> None:
    """argv: a file for the report, `--graphics`' value or `-`, then pictures.

    n next, b back, m modal, escape closes it, t toast, v hides and shows, d removes, r paints again, k a wide margin,
    s gives the terminal away and takes it back, x breaks the app, j and i scroll where TALL is set,
    q quits. Other keys are reported. The first row tells what was done last.
    """
    report, graphics, *rest = sys.argv[1:]
    pictures = [Path(name) for name in rest]
    terminal = probe(None if graphics == "-" else graphics, limit=5)
    tell_colours(terminal, os.environ)

    from textual import events
    from textual.app import App, ComposeResult
    from textual.binding import BindingType
    from textual.containers import VerticalScroll
    from textual.screen import ModalScreen
    from textual.widgets import Static

    from studio.ui.pictures.choose import backend_for
    from studio.ui.pictures.darkroom import Darkroom
    from studio.ui.pictures.picture import PictureView
    from studio.ui.pictures.source import PictureSource

    class Question(ModalScreen[None]):
        CSS = "Question { align: center middle; } Static { width: 12; height: 4; background: red; }"

        def compose(self) -> ComposeResult:
            yield Static("sure?")

    class Shower(App[None]):
        CSS = "VerticalScroll { height: 1fr; scrollbar-size: 0 0; } VerticalScroll PictureView { height: 14; }"
        CSS += "#done { dock: top; height: 1; } #foot { dock: bottom; height: 1; } PictureView.-slim { margin: 0 6; }"
        ENABLE_COMMAND_PALETTE = False
        BINDINGS: ClassVar[list[BindingType]] = [("j", "move(2)"), ("i", "move(-2)"), ("x", "break_it")]

        def compose(self) -> ComposeResult:
            self.heard: list[str] = []
            self.at, self.times = -1, 0
            self.darkroom = Darkroom(backend_for(terminal))
            self.view = PictureView(self.darkroom)
            yield Static("ready", id="done")
            if "TALL" in os.environ:
                with VerticalScroll(can_focus=False):
                    yield self.view
                    yield Static("below\n" * 40)
            else:
                yield self.view
            yield Static("foot", id="foot")

        def action_move(self, by: int) -> None:
            self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

        def action_break_it(self) -> None:
            raise RuntimeError("broken on purpose")

        def on_key(self, event: events.Key) -> None:
            match event.key:
                case "n" | "b":
                    self.at += 1 if event.key == "n" else -1
                    self.view.show(PictureSource.of(pictures[self.at]))
                    return
                case "m":
                    self.push_screen(Question())
                case "escape":
                    self.pop_screen()
                case "t":
                    self.notify("toast", timeout=1)
                case "v":
                    self.view.display = not self.view.display
                case "d":
                    self.view.remove()
                case "r":
                    self.refresh(layout=True)
                case "k":
                    self.view.toggle_class("-slim")
                case "s":
                    with self.suspend():
                        Path(report).write_text("suspended")
                    self.refresh()
                case "q":
                    self.exit()
                case key:
                    self.heard.append(key)
            self.say(event.key)

        def on_picture_view_shown(self, message: Any) -> None:
            self.say(f"shown {self.at}")

        def say(self, words: str) -> None:
            self.times += 1
            self.query_one("#done", Static).update(f"<{self.times} {words}>")

        def on_unmount(self) -> None:
            self.darkroom.close()

    app = Shower()
    app.run()
    Path(report).write_text(f"{terminal.graphics} {app.darkroom.backend.name} {app.heard} {app.return_code}")


main()
