"""Every scripted fault of the sandbox that the campaign puts in the way, by the place where it strikes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SUBMIT = (
    'do = "latency"\nseconds = 0.2',
    'do = "status"\ncode = 429\nheaders = { Retry-After = "1" }',
    'do = "status"\ncode = 408',
    'do = "status"\ncode = 409',
    'do = "status"\ncode = 422',
    'do = "status"\ncode = 500',
    'do = "status"\ncode = 502\nbody = "<html>Bad gateway</html>"',
    'do = "status"\ncode = 503',
    'do = "status"\ncode = 504',
    'do = "reset"',
    'do = "timeout"\nseconds = 0.5',
    'do = "refuse"',
    'do = "fail"',
)
_ACCEPTED = (
    'do = "latency"\nseconds = 0.5',
    # No server says of what it has taken that it refused it, or that nobody was there: 4xx and fal's 503 mean that.
    'do = "status"\ncode = 408',
    'do = "status"\ncode = 500',
    'do = "status"\ncode = 502\nbody = "<html>Bad gateway</html>"',
    'do = "status"\ncode = 503\nbody = "upstream connect error"',
    'do = "status"\ncode = 504',
    'do = "reset"',
    'do = "reset"\nbytes = 20',
    'do = "timeout"\nseconds = 0.5',
    'do = "truncate"',
    'do = "truncate"\nbytes = 0',
    'do = "corrupt"',
    'do = "garbage"',
    'do = "slow"\nseconds = 0.5',
    'do = "missing-fields"\nfields = ["request_id"]',
    'do = "null-fields"\nfields = ["status_url", "response_url", "cancel_url"]',
    'do = "refuse"',
    'do = "fail"',
    'do = "drop-request"',
)
_QUESTION = (
    'do = "latency"\nseconds = 0.3',
    'do = "status"\ncode = 401',
    'do = "status"\ncode = 403',
    'do = "status"\ncode = 404',
    'do = "status"\ncode = 400',
    'do = "status"\ncode = 429\nheaders = { Retry-After = "1" }',
    'do = "status"\ncode = 500',
    'do = "status"\ncode = 502\nbody = "<html>Bad gateway</html>"',
    'do = "status"\ncode = 503',
    'do = "reset"',
    'do = "reset"\nbytes = 30',
    'do = "timeout"\nseconds = 0.5',
    'do = "truncate"',
    'do = "corrupt"',
    'do = "garbage"',
    'do = "slow"\nseconds = 0.5',
)
_STATUS = (*_QUESTION, 'do = "null-fields"', 'do = "missing-fields"', 'do = "missing-fields"\nfields = ["status"]')
_STREAM = (
    *(fault for fault in _QUESTION if "truncate" not in fault),
    'do = "close"\nevents = 1',
    'do = "cumulative"',
    'do = "reset"\nevents = 1',
    'do = "null-fields"',
)
_RESULT = (*_QUESTION, 'do = "missing-fields"\nfields = ["images"]', 'do = "null-fields"\nfields = ["images"]')
_DOWNLOAD = (
    *_QUESTION,
    'do = "status"\ncode = 410',
    'do = "truncate"\nbytes = 0',
    'do = "truncate"\nbytes = 2000',
    'do = "corrupt"\nbytes = 60',
)

FAULTS = {
    "submit": _SUBMIT,
    "accepted": _ACCEPTED,
    "status": _STATUS,
    "stream": _STREAM,
    "result": _RESULT,
    "download": _DOWNLOAD,
}

STREAMLESS = '[[fault]]\nat = "stream"\ndo = "status"\ncode = 405\nmatch = "{match}"\n'
"""Goes before a fault at status: the status is asked for only where there is no stream."""


@dataclass(frozen=True)
class Trouble:
    """What one picture meets on its way: one fault or two, and how often each strikes (0: always)."""

    token: str
    faults: tuple[tuple[str, str], ...]
    times: int

    @property
    def words(self) -> str:
        """The trouble in a line."""
        often = f"{self.times} times" if self.times else "always"
        return " + ".join(f"{at} {does}" for at, does in self.faults).replace("\n", " ") + f", {often}"

    def toml(self) -> str:
        """The trouble as the sandbox reads it; it strikes where the prompt has the token."""
        text = STREAMLESS.format(match=self.token) if any(at == "status" for at, _ in self.faults) else ""
        for at, does in self.faults:
            limit = f"times = {self.times}\n" if self.times else ""
            text += f'[[fault]]\nat = "{at}"\n{does}\nmatch = "{self.token}"\n{limit}'
        return text


def singles() -> list[Trouble]:
    """Every fault once, a few times in a row, and for good."""
    kinds = [(at, does) for at, faults in FAULTS.items() for does in faults]
    return _numbered(((kind,), times) for kind in kinds for times in ((1, 4, 0) if kind[0] not in ONCE else (1,)))


ONCE = frozenset({"submit", "accepted"})
"""A request is sent once, so a fault there strikes once."""


def pairs() -> list[Trouble]:
    """Every two faults of different places; at status and stream, which are about the same question, one of them."""
    kinds = [(at, does) for at, faults in FAULTS.items() for does in faults if "latency" not in does]
    both = itertools.combinations(kinds, 2)
    return _numbered(((one, other), 2) for one, other in both if one[0] != other[0])


def script(troubles: Iterable[Trouble]) -> str:
    """All troubles as one file for the sandbox."""
    return "\n".join(trouble.toml() for trouble in troubles)


def _numbered(kinds: Iterable[tuple[tuple[tuple[str, str], ...], int]]) -> list[Trouble]:
    made: Sequence[tuple[tuple[tuple[str, str], ...], int]] = list(kinds)
    return [Trouble(f"trouble{number:05d}", faults, times) for number, (faults, times) in enumerate(made)]
