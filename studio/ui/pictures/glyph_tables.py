"""Characters that split a cell into two colours. The tables follow the names in Unicode 16."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A family of characters. Bit 0 of an index into `codes` is the top left part, counted along rows; a set bit
    has the foreground colour.
    """

    columns: int
    rows: int
    codes: tuple[int, ...]


@lru_cache(maxsize=8)
def glyphs(kind: str) -> Glyphs:
    """The family called space (a colour for the whole cell), half, quadrant, sextant or octant."""
    match kind:
        case "octant":
            return Glyphs(2, 4, _octants())
        case "sextant":
            return Glyphs(2, 3, tuple(_sextant(bits) for bits in range(64)))
        case "quadrant":
            return Glyphs(2, 2, tuple(map(ord, " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")))
        case "space":
            return Glyphs(1, 1, (0x20, 0x20))
        case _:
            return Glyphs(1, 2, (0x20, 0x2580, 0x2584, 0x2588))


def _sextant(bits: int) -> int:
    older = {0: 0x20, 0b010101: 0x258C, 0b101010: 0x2590, 0b111111: 0x2588}
    # U+1FB00 to U+1FB3B run through the other patterns in ascending order.
    return older.get(bits, 0x1FB00 + bits - 1 - (bits > 0b010101) - (bits > 0b101010))


def _octants() -> tuple[int, ...]:
    older = {
        0x00: 0x20,
        0x01: 0x1CEA8,
        0x02: 0x1CEAB,
        0x03: 0x1FB82,
        0x05: 0x2598,
        0x0A: 0x259D,
        0x0F: 0x2580,
        0x14: 0x1FBE6,
        0x28: 0x1FBE7,
        0x3F: 0x1FB85,
        0x40: 0x1CEA3,
        0x50: 0x2596,
        0x55: 0x258C,
        0x5A: 0x259E,
        0x5F: 0x259B,
        0x80: 0x1CEA0,
        0xA0: 0x2597,
        0xA5: 0x259A,
        0xAA: 0x2590,
        0xAF: 0x259C,
        0xC0: 0x2582,
        0xF0: 0x2584,
        0xF5: 0x2599,
        0xFA: 0x259F,
        0xFC: 0x2586,
        0xFF: 0x2588,
    }
    # U+1CD00 to U+1CDE5 run through the patterns no older character draws, in ascending order.
    newer = iter(range(0x1CD00, 0x1CDE6))
    return tuple(older[bits] if bits in older else next(newer) for bits in range(256))
