"""What the artist reads when the screen itself breaks: a sentence and a file, no traceback full of their data."""

from __future__ import annotations

import sys

from textual.app import App

from studio.domain.text import plain
from studio.ui import troubles


class LastWords(App[int]):
    """An App whose crash is written to the log file, without the key, and told in two sentences."""

    def _fatal_error(self) -> None:
        """Textual would print the traceback with all its local variables here."""
        error = sys.exc_info()[1] or self._exception
        if error is None:
            super()._fatal_error()
            return
        from rich.text import Text

        self.panic(Text("\n".join(plain(said, lines=True) for said in troubles.unforeseen(error))))
