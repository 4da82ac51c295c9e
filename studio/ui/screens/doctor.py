"""Everything the doctor says of a dataset, whole sentences with the pictures they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.widget import Widget

from studio.domain.text import plain
from studio.ui.screens.dialog import Dialog, words
from studio.ui.state.dataset_rows import SIGNS
from studio.workflows.doctor import Remark


class DoctorScreen(Dialog[None]):
    """Scrolls; escape leaves."""

    title_text = "What the doctor says"
    hint = "↑ ↓ · esc closes"
    DEFAULT_CSS: ClassVar[str] = """
    DoctorScreen {
        & > .dialog-panel { width: 100; height: auto; max-height: 90%; }
        VerticalScroll { height: auto; max-height: 100%; }
    }
    """

    def __init__(self, remarks: Sequence[Remark]) -> None:
        super().__init__()
        self._remarks = remarks

    def body(self) -> Iterable[Widget]:
        """The remarks, the worst first."""
        with VerticalScroll():
            for remark in self._remarks:
                yield words(plain(f"{SIGNS[remark.health][0]}{remark.text}"))
                if remark.stems:
                    yield words(plain(f"    {', '.join(remark.stems)}", limit=600), muted=True)
