"""The App: themes, workers, failures, and the way in and out. What happens on the screen is not its business."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar, TypeVar

from textual.app import App, SuspendNotSupported, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from studio.config.settings import Settings
from studio.domain.errors import StudioError, UsageError
from studio.domain.text import plain
from studio.ui import around, theming, troubles
from studio.ui.bridge import Bridge
from studio.ui.helpful_app import HelpfulApp
from studio.ui.host import Severity
from studio.ui.main_screen import MainScreen
from studio.ui.pictures.darkroom import Darkroom
from studio.ui.session import Session
from studio.ui.startup import after_first_frame
from studio.ui.state.window_state import save_window_state
from studio.ui.toasts import Toasts
from studio.ui.view import View
from studio.ui.widgets.log_view import LogView
from studio.ui.workbench import Workbench
from studio.workflows.studio import Studio

Result = TypeVar("Result")
KeyStore = Callable[[str], None]
"""Stores a typed key in the user's configuration."""


def studio_commands() -> type[Provider]:
    """The palette's list, imported when the palette is first opened."""
    from studio.ui.commands import StudioCommands

    return StudioCommands


class StudioApp(HelpfulApp):
    """Shows one open studio until the artist leaves. Jobs belong to the engine, so they survive any screen."""

    TITLE = "Pose Studio"
    COMMANDS = App.COMMANDS | {studio_commands}
    CSS_PATH = "studio.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit"),
    ]

    def __init__(self, studio: Studio, darkroom: Darkroom, *, utf8: bool = True, store: KeyStore | None = None) -> None:
        super().__init__()
        self.unforeseen: BaseException | None = None
        """The last failure nobody foresaw."""
        settings = studio.project.settings
        self.session = Session(studio)
        self.darkroom = darkroom
        self.toasts = Toasts(self.notify, self.clear_notifications)
        self._key_store = store
        if not settings.animations:
            self.animation_level = "none"
        theming.register_first(self, settings.theme)
        self.view = View(self.session, darkroom, utf8=utf8)
        self.bench = Workbench(self.session, self.view, self)
        self.bridge = Bridge(self.session, self.view, self.say)
        self.set_keymap(dict(settings.keys))

    def get_default_screen(self) -> Screen[Any]:
        """The main screen is there from the first frame."""
        screen = MainScreen(self.session, self.view, self.bench)
        screen.places.prepare(self.size)
        return screen

    def get_key_display(self, binding: Binding) -> str:
        """Keys by their names, `ctrl+g`, as every text of the studio has them."""
        return (
            super().get_key_display(binding).replace("^", "ctrl+", 1)
            if binding.key.startswith("ctrl+")
            else (super().get_key_display(binding))
        )

    def on_mount(self) -> None:
        """Listen to the engine; everything slow starts when the first frame is out."""
        self.session.on_fault = self.tell
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self.screen_change_signal.subscribe(self, lambda _screen: self.toasts.step_aside())
        self.run_worker(self.bridge.run(), name="bridge", group="bridge", exit_on_error=False)
        self.call_after_refresh(self.start, after_first_frame(self))

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run work in a worker of the App; failures are told."""
        self.run_worker(work, group="work", exit_on_error=False)

    def say(self, text: str, *, severity: Severity = "information") -> None:
        """A sentence in a corner."""
        self.toasts.say(plain(text, lines=True), severity)

    def tell(self, error: StudioError) -> None:
        """A foreseen failure: what happened and what to do. What only cannot be done so is no error to dwell on."""
        self.toasts.say(troubles.sentence(error), "warning" if isinstance(error, UsageError) else "error", "Not done")

    def ask(self, screen: Screen[Result | None], answer: Callable[[Result], None]) -> None:
        """Open a screen and hand its result on."""
        self.push_screen(screen, lambda result: None if result is None else answer(result))

    def copy_to_clipboard(self, text: str) -> None:
        """To the terminal's clipboard, through tmux and screen too."""
        super().copy_to_clipboard(text)
        if self._driver is not None:
            self._driver.write(around.clipboard(text, os.environ))

    def copy(self, text: str, words: str) -> None:
        """To the clipboard."""
        self.copy_to_clipboard(text)
        self.say(words)

    @contextlib.contextmanager
    def stepped_aside(self) -> Iterator[None]:
        """Give the terminal away for a while."""
        try:
            with self.suspend():
                yield
        except SuspendNotSupported as error:
            raise UsageError(
                "This terminal cannot be given to an editor.", "Edit the file in another window."
            ) from error
        self.refresh()

    def keys_of(self, focused: Widget | None) -> list[tuple[str, str]]:
        """Keys and their meaning where the focus is, each action once."""
        found: dict[str, tuple[str, str]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.description and active.enabled:
                found.setdefault(
                    binding.action, (self.get_key_display(binding), binding.tooltip or binding.description)
                )
        return list(found.values())

    @property
    def theme_names(self) -> list[str]:
        """The studio's themes and the user's; Textual's own are in the palette."""
        return theming.own_names(self)

    def on_log_view_copied(self, event: LogView.Copied) -> None:
        """Say what went to the clipboard."""
        self.say(f"Copied {event.lines} lines of the log")

    def _theme_changed(self, theme: Theme) -> None:
        project = self.session.project
        # A theme that is not there was replaced for this run; that is no choice of the artist's.
        known = project.settings.theme in self.available_themes
        if known and theme.name != project.settings.theme:
            self.session.edit_settings(replace(project, settings=replace(project.settings, theme=theme.name)))

    def use_settings(self, settings: Settings, key: str) -> None:
        """Theme, keys and concurrency at once; what needs a new start is said."""
        before = self.session.project.settings
        self.theme = settings.theme if settings.theme in self.available_themes else self.theme
        self.animation_level = "full" if settings.animations else "none"
        self.session.studio.engine.queue.set_concurrency(settings.concurrency)
        if key and self._key_store is not None:
            self._key_store(key)
        if key or (settings.mouse, settings.graphics, settings.sandbox) != (
            before.mouse,
            before.graphics,
            before.sandbox,
        ):
            self.say("Key, sandbox, mouse and pictures change with the next start.")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """No failure of a worker is lost."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None:
            return
        if isinstance(error, StudioError):
            self.tell(error)
            return
        self.unforeseen = error
        from studio.ui.screens.error import ErrorScreen

        self.push_screen(ErrorScreen(*troubles.unforeseen(error)))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What belongs to the App in the palette."""
        yield SystemCommand("Theme", "Change the colours", self.action_change_theme)
        yield SystemCommand("Suspend", "Back to the shell; fg returns", self.action_suspend_process)
        yield SystemCommand("Save a screenshot", "As an SVG file", self.action_screenshot)
        yield SystemCommand("Quit", "Leave the studio", self.action_quit)

    def action_focus_next(self) -> None:
        """Tab."""
        self._step_focus(1)

    def action_focus_previous(self) -> None:
        """Shift+tab."""
        self._step_focus(-1)

    def _step_focus(self, by: int) -> None:
        if isinstance(self.screen, MainScreen):
            self.screen.places.step_focus(by)
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    async def action_quit(self) -> None:
        """Leave; ask only while jobs run."""
        live = self.session.live
        if not self.session.studio.engine.queue.busy() and not live.queued:
            await self.leave()
            return
        from studio.ui.screens.quit import QuitScreen, Unfinished

        def unfinished() -> Unfinished:
            waiting = sum(job.state == "written" for job in live.live)
            return Unfinished(len(live.live) - waiting - live.paused - live.held, waiting, live.held)

        self.ask(QuitScreen(unfinished, "the sandbox" if self.session.studio.sandbox else "fal"), self._left)

    def _left(self, choice: str) -> None:
        if choice != "stay":
            self.start(self.leave(cancel=choice == "cancel"))

    async def leave(self, *, cancel: bool = False) -> None:
        """Save what is waiting and how the window was left, and end. Jobs at fal go on unless `cancel` is set."""
        session = self.session
        if cancel:
            for job in session.live.live:
                if job.state in {"written", "queued"}:
                    await session.studio.engine.queue.cancel(job.id)
        await session.flush()
        screen = self.screen_stack[0]
        window = replace(session.window, pose=session.selection.pose, seen=session.selection.seen)
        if isinstance(screen, MainScreen):
            window = replace(screen.places.kept(window), log_filter=self.view.log.pane.lines.filter_text)
        save_window_state(session.project.folder, window)
        self.bridge.close()
        self.exit(0)
