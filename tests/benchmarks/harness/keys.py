"""Keys as the bytes an xterm sends for them."""

from __future__ import annotations

NAMED = {
    "enter": b"\r",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "escape": b"\x1b",
    "space": b" ",
    "backspace": b"\x7f",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
}
CURSOR = {"up": b"A", "down": b"B", "right": b"C", "left": b"D", "home": b"H", "end": b"F"}


def encode(name: str, *, application_cursor: bool = False) -> bytes:
    """The bytes of a key such as `a`, `down` or `ctrl+g`. Raises ValueError for a name it does not know."""
    if name in NAMED:
        return NAMED[name]
    if name in CURSOR:
        return (b"\x1bO" if application_cursor else b"\x1b[") + CURSOR[name]
    if name.startswith("ctrl+") and len(name) == 6:
        return bytes([ord(name[5]) & 0x1F])
    if len(name) == 1:
        return name.encode()
    raise ValueError(f"unknown key: {name!r}")
