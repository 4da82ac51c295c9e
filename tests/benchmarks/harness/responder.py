"""The terminal's side of the conversation: the answers to a program's queries."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUERY = re.compile(
    rb"\x1b\[(?P<attributes>>?0?)c"
    rb"|\x1b\[(?P<window>1[468])t"
    rb"|\x1b\[\?(?P<mode>\d+)\$p"
    rb"|\x1b\[>0?(?P<version>q)"
    rb"|\x1b\[\?(?P<keyboard>u)"
    rb"|\x1b_G(?P<graphics>[^;\x1b]*)(?:;[^\x1b]*)?\x1b\\"
    rb"|\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[P_\]][^\x07\x1b]*\x1b?)?\Z")
_KNOWN_MODES = frozenset({1, 7, 25, 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026})


@dataclass(frozen=True, slots=True)
class Profile:
    """A terminal that is played."""

    attributes: bytes
    """Its answer to the primary device attributes."""
    version: bytes
    kitty: bool = False
    """It has kitty's graphics and keyboard protocols."""


PROFILES = {
    "kitty": Profile(b"\x1b[?62;22;52c", b"kitty(0.42.0)", kitty=True),
    "plain": Profile(b"\x1b[?62;22c", b"harness(1)"),
}
"""`plain` has synchronised output and true colour and no graphics, as a terminal under tmux."""


class Responder:
    """Finds queries in raw output and gives the answers a terminal would give."""

    def __init__(self, profile: Profile, rows: int, cols: int, cell: tuple[int, int]) -> None:
        self._profile = profile
        self._rows, self._cols, self._cell = rows, cols, cell
        self._tail = b""

    def answers(self, data: bytes) -> bytes:
        """The answers to every query in the output; a query that is split between two reads is kept for the next."""
        data = self._tail + data
        found, end = [], 0
        for match in _QUERY.finditer(data):
            end = match.end()
            kind = match.lastgroup or ""
            found.append(self._answer(kind, match.group(kind)))
        self._tail = b""
        last = data.rfind(b"\x1b", end)
        for start in (data.rfind(b"\x1b", end, max(last, end)), last):
            if start >= 0 and _UNFINISHED.match(data, start):
                self._tail = data[start:]
                break
        return b"".join(found)

    def _answer(self, kind: str, value: bytes) -> bytes:
        kitty = self._profile.kitty
        match kind:
            case "attributes":
                answer = b"\x1b[>41;354;0c" if value.startswith(b">") else self._profile.attributes
            case "window":
                answer = self._window(int(value))
            case "mode":
                answer = b"\x1b[?%s;%d$y" % (value, 2 if int(value) in _KNOWN_MODES else 0)
            case "version":
                answer = b"\x1bP>|" + self._profile.version + b"\x1b\\"
            case "keyboard":
                answer = b"\x1b[?0u" if kitty else b""
            case "graphics":
                answer = self._graphics(value) if kitty else b""
            case _:
                shade = b"1e1e/1e1e/2e2e" if value == b"11" else b"cdcd/d6d6/f4f4"
                answer = b"\x1b]" + value + b";rgb:" + shade + b"\x1b\\"
        return answer

    def _window(self, code: int) -> bytes:
        width, height = self._cell
        if code == 14:
            return b"\x1b[4;%d;%dt" % (self._rows * height, self._cols * width)
        if code == 16:
            return b"\x1b[6;%d;%dt" % (height, width)
        return b"\x1b[8;%d;%dt" % (self._rows, self._cols)

    @staticmethod
    def _graphics(value: bytes) -> bytes:
        given = dict(item.partition(b"=")[::2] for item in value.split(b","))
        asks = given.get(b"a") == b"q" or (b"i" in given and given.get(b"q", b"0") == b"0")
        last = given.get(b"m", b"0") == b"0"
        return b"\x1b_Gi=" + given.get(b"i", b"0") + b";OK\x1b\\" if asks and last else b""
