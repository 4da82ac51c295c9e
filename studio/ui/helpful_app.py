"""Help wherever one is: F1 and `?` over every dialog, also those that say nothing about it."""

from __future__ import annotations

from textual import events

from studio.ui.key_order import KeyOrder

HELP_KEYS = ("f1", "question_mark")


class HelpfulApp(KeyOrder):
    """Answers the help keys that no screen has taken. In a text field `?` is a question mark."""

    def on_key(self, event: events.Key) -> None:
        """A key nobody wanted."""
        if event.key not in HELP_KEYS or event.key in self.screen.active_bindings:
            return
        from studio.ui.screen_help import WITHOUT, help_of, keys_of

        if type(self.screen).__name__ in WITHOUT:
            return
        from studio.ui.screens.help import HelpScreen

        event.prevent_default()
        self.push_screen(HelpScreen(*help_of(self.screen), keys_of(self.screen)))
