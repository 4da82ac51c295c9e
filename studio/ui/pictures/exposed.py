"""Whether a part of the screen can be seen whole."""

from __future__ import annotations

from textual.geometry import Region
from textual.widget import Widget


def exposed(widget: Widget, part: Region) -> Region | None:
    """Where on the screen a part of a widget is, if all of it can be seen, nothing is in front of it, and none of it is
    in the last row of the terminal: drawing pixels there would scroll it.
    """
    if not part or not widget.display or not widget.is_attached or widget.app.screen is not widget.screen:
        return None
    compositor = widget.screen._compositor
    where = compositor.visible_widgets.get(widget)
    if where is None:
        return None
    region, clip = where
    seen = part.translate(region.offset)
    if region.intersection(clip).intersection(seen) != seen or seen.bottom >= compositor.size.height:
        return None
    for y in seen.line_range:
        for other, shown, _ in compositor.layers_visible[y]:
            if other is widget:
                break
            if shown.overlaps(seen):
                return None
    return seen
