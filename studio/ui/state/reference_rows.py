"""The rows of the reference screen: what each picture is for, how large it is, what is suspected of it."""

from __future__ import annotations

from collections.abc import Sequence

from studio.domain.character import Reference
from studio.domain.text import plain
from studio.ui.widgets.run_line import Run, clipped, justified
from studio.workflows.reference_list import Looked


def heading(width: int) -> list[Run]:
    """Over the rows."""
    return justified([Run("  #  role", "muted")], [Run("pixels", "muted")], width)


def row(number: int, reference: Reference, looked: Looked | None, width: int) -> list[Run]:
    """One reference; what is not looked at yet has no size."""
    size = f"{looked.width}×{looked.height}" if looked is not None and looked.width else "…" if looked is None else ""
    mark = Run("  ")
    if looked is not None and looked.remarks:
        mark = Run("! ", "bad" if looked.trouble else "warn")
    left = [
        mark,
        Run(f"{number:>2} ", "muted"),
        Run(f"{clipped(reference.role or '·', 14):<14} ", "accent" if reference.role else "muted"),
        Run(clipped(reference.path.removeprefix("references/"), max(6, width - 31))),
    ]
    return justified(left, [Run(f" {size}", "muted")], width)


def words(reference: Reference, looked: Looked | None) -> str:
    """What to know about the reference under the cursor."""
    if looked is None:
        return f"{plain(reference.path)}: being looked at …"
    if not looked.remarks:
        return f"{plain(reference.path)}: nothing speaks against it."
    return plain(" ".join(looked.remarks), limit=500)


def advice(references: Sequence[Reference]) -> str:
    """What the list as a whole lacks, in one sentence."""
    if not references:
        return "A few clear pictures hold a character: one figure each, whole, before a plain background."
    roles = {one.role for one in references}
    missing = [role for role in ("front", "side", "back", "face") if role not in roles]
    if len(missing) == 4:
        return "Say what each shows (1 to 8): models that take several are told which is which by their order."
    return f"Not there yet: {', '.join(missing)}." if missing else "Front, side, back and face are there."
