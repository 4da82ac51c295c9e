"""How far a take is from the character's anchor picture: three measures, and what each says in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drift:
    """Measured from pixels alone; it sorts and filters, it never decides. Larger is further from the anchor."""

    score: float
    """0 to 100 over all measures; no value of it is a verdict."""
    palette: float
    """Perceptual distance of the colours, in units of Oklab (0.02 is about the least an eye sees)."""
    proportions: float | None
    """Mean relative difference of the figure's proportions; None where `unmeasured` says why there is none."""
    likeness: int
    """Bits of 64 in which the perceptual hashes of the two figures differ; 0 is the same picture."""
    remarks: tuple[str, ...] = ()
    """What was found, most striking first: "hair is redder than in the anchor"."""
    unmeasured: tuple[str, ...] = ()
    """What could not be judged, each with its reason."""

    def words(self) -> str:
        """One sentence for a narrow place."""
        return self.remarks[0] if self.remarks else "nothing stands out against the anchor"
