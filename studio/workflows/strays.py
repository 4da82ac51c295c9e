"""Taking in the takes of a copied project."""

from __future__ import annotations

from studio.workflows.studio import Studio


async def take_in(studio: Studio) -> str:
    """Make takes known that lie in the project and not in its journal. Gives a sentence, empty when there were none.

    Nothing is sent, and no money is counted again. Raises ProjectError.
    """
    desk = studio.engine.desk
    found = await desk.hands(desk.shelf.take_in)
    for take in found:
        studio.takes.put(take)
    if not found:
        return ""
    takes = "1 take" if len(found) == 1 else f"{len(found)} takes"
    return f"{takes} of this folder came from elsewhere, as in a copied project: listed now, and not paid again."
