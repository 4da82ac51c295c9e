"""Where two pictures differ, made visible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

NOTICEABLE = 8
"""Of 255: a pixel that differs by more in any channel counts as changed; less is noise of the format."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The absolute difference of two pictures, amplified, and how much of it there is."""

    picture: Image.Image
    """RGB, as large as the first picture: black where both are the same."""
    mean: float
    """Mean difference of a channel, 0 to 1."""
    changed: float
    """Share of pixels that differ noticeably, 0 to 1."""

    def words(self) -> str:
        """`12 % of the pixels differ, by 4.1 % on average`."""
        if self.changed == 0:
            return "no pixel differs noticeably"
        share = f"{self.changed * 100:.0f}" if self.changed >= 0.01 else f"{self.changed * 100:.2f}"
        return f"{share} % of the pixels differ, by {self.mean * 100:.1f} % on average"


def difference(first: Image.Image, second: Image.Image, gain: float = 4.0) -> Difference:
    """How `second` differs from `first`, every channel multiplied by `gain`. One of another size is scaled to the
    first's. Transparent parts count as black. Takes some tens of milliseconds a million pixels; use a thread.
    """
    import numpy as np
    from PIL import Image

    one = np.asarray(_opaque(first), dtype=np.int16)
    other = _opaque(second)
    if other.size != first.size:
        other = other.resize(first.size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    apart = np.abs(one - np.asarray(other, dtype=np.int16))
    seen = np.minimum(apart * gain, 255).astype(np.uint8)
    return Difference(
        picture=Image.fromarray(seen, "RGB"),
        mean=float(apart.mean()) / 255,
        changed=float((apart.max(axis=2) > NOTICEABLE).mean()),
    )


def _opaque(picture: Image.Image) -> Image.Image:
    from PIL import Image

    if picture.mode != "RGBA":
        return picture.convert("RGB")
    ground = Image.new("RGB", picture.size)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
