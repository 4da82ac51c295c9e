"""Scripted failures: what `studio sandbox --faults faults.toml` makes go wrong, where, and how often.

    seed = 7                    # for `probability`; the same file fails the same way every time

    [[fault]]
    at = "submit"               # where; see Place
    do = "status"               # what; see Action
    code = 429                  # status: the HTTP status (fail, refuse: the status of the result)
    body = "busy"               # status: a text is sent as it is, a table or list as JSON; default: fal's own words
    headers = { Retry-After = "2" }
    error_type = "runner_server_error"   # status, fail: the error_type of the default body
    times = 1                   # stop after so many (default: never)
    after = 2                   # let so many pass first
    every = 3                   # only every third of those that fit
    probability = 0.5           # only sometimes
    match = "flux-2-flex"       # only where endpoint, prompt or request id contain this text
    seconds = 2.0               # latency, slow, timeout: how long
    bytes = 2000                # truncate, corrupt, reset, garbage at download or in a stream: from which byte on
    events = 1                  # stream: let so many events pass first
    fields = ["logs"]           # null-fields, missing-fields

Places: `submit` (the POST, before anything is accepted), `accepted` (the POST, after the request was accepted),
`status`, `stream`, `result`, `cancel`, `download`, `upload`, `pricing`, `history`. Actions:

    latency         wait `seconds`, then go on
    status          answer `code` instead
    reset           break the connection (TCP reset), after `bytes` of the body when given
    timeout         never answer, or break off after `seconds`
    truncate        send only the first `bytes` of the body (default half), as if that were all
    corrupt         spoil the bytes from `bytes` on (default the middle)
    garbage         send a web page instead of the answer
    slow            send the body in drops over `seconds`; in a stream, wait before every event
    refuse          the content policy says no: at submit at once, at accepted when the work is done
    fail            at accepted: the order ends COMPLETED with an error
    null-fields     the named fields are null; missing-fields: they are not there
    drop-request    at accepted: answered normally, then every question about it is 404
    cumulative      stream: every event carries all log lines so far
    close           stream: ends in order, but too early
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import cast

from studio.domain.errors import ProjectError
from studio.domain.request import Json

REMEDY = "Mend the file; `studio sandbox --help` and the head of studio/sandbox/faults.py say what it may hold."


class Place(StrEnum):
    """Where in fal's protocol a fault strikes."""

    SUBMIT = "submit"
    ACCEPTED = "accepted"
    STATUS = "status"
    STREAM = "stream"
    RESULT = "result"
    DOWNLOAD = "download"
    CANCEL = "cancel"
    UPLOAD = "upload"
    PRICING = "pricing"
    HISTORY = "history"


class Action(StrEnum):
    """What goes wrong."""

    LATENCY = "latency"
    STATUS = "status"
    RESET = "reset"
    TIMEOUT = "timeout"
    TRUNCATE = "truncate"
    CORRUPT = "corrupt"
    GARBAGE = "garbage"
    SLOW = "slow"
    REFUSE = "refuse"
    FAIL = "fail"
    NULL_FIELDS = "null-fields"
    MISSING_FIELDS = "missing-fields"
    DROP_REQUEST = "drop-request"
    CUMULATIVE = "cumulative"
    CLOSE = "close"


@dataclass(slots=True)
class Fault:
    """One scripted failure, and how often it has been met and has struck."""

    at: Place
    do: Action
    code: int = 500
    body: Json = None
    headers: Mapping[str, str] = field(default_factory=dict)
    error_type: str = ""
    times: int | None = None
    after: int = 0
    every: int = 1
    probability: float = 1.0
    match: str = ""
    seconds: float | None = None
    bytes: int | None = None
    events: int = 0
    fields: Sequence[str] = ("logs", "metrics", "queue_position")
    met: int = 0
    struck: int = 0

    def lasting(self, otherwise: float) -> float:
        """Its `seconds`, or a length that suits the action."""
        return otherwise if self.seconds is None else self.seconds

    def strikes(self, subject: str, chance: random.Random) -> bool:
        """Whether it strikes this time. Counts the meeting."""
        if self.match and self.match.lower() not in subject.lower():
            return False
        self.met += 1
        if self.met <= self.after or (self.met - self.after - 1) % self.every:
            return False
        if self.times is not None and self.struck >= self.times:
            return False
        if self.probability < 1.0 and chance.random() >= self.probability:
            return False
        self.struck += 1
        return True


class Faults:
    """All faults of a file, in its order."""

    def __init__(self, faults: Sequence[Fault] = (), seed: int = 0) -> None:
        self._faults = list(faults)
        self._chance = random.Random(seed)

    def strike(self, place: Place, subject: str) -> list[Fault]:
        """The faults that strike at this place now. `subject` holds endpoint, prompt and request id."""
        return [fault for fault in self._faults if fault.at is place and fault.strikes(subject, self._chance)]

    def tally(self) -> list[dict[str, Json]]:
        """How often each fault was met and has struck, for the ledger."""
        return [{"at": f.at, "do": f.do, "met": f.met, "struck": f.struck} for f in self._faults]


def read_faults(path: Path | None) -> Faults:
    """The faults of a file; none for None. Raises ProjectError with one sentence that names what is wrong."""
    if path is None:
        return Faults()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ProjectError(f"The faults file {path} cannot be read: {error.strerror}.", REMEDY) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"The faults file {path} is not TOML: {error}.", REMEDY) from error
    seed, entries = table.get("seed", 0), table.get("fault", [])
    strange = [name for name in table if name not in ("seed", "fault")]
    if strange or not isinstance(seed, int) or not isinstance(entries, list):
        what = f"has an unknown key {strange[0]!r}" if strange else "needs an integer `seed` and `[[fault]]` tables"
        raise ProjectError(f"The faults file {path} {what}.", REMEDY)
    faults = []
    for number, entry in enumerate(entries, 1):
        try:
            faults.append(_fault(entry))
        except ValueError as error:
            raise ProjectError(f"The faults file {path}, fault {number}: {error}.", REMEDY) from error
    return Faults(faults, seed)


_TYPES: dict[str, tuple[type, ...]] = {
    "at": (str,),
    "do": (str,),
    "code": (int,),
    "body": (str, dict, list),
    "headers": (dict,),
    "error_type": (str,),
    "times": (int,),
    "after": (int,),
    "every": (int,),
    "probability": (int, float),
    "match": (str,),
    "seconds": (int, float),
    "bytes": (int,),
    "events": (int,),
    "fields": (list,),
}


def _fault(entry: object) -> Fault:
    if not isinstance(entry, dict):
        raise ValueError("a fault is a table")
    for name, value in entry.items():
        if name not in _TYPES:
            raise ValueError(f"unknown key {name!r}; there are {', '.join(_TYPES)}")
        if not isinstance(value, _TYPES[name]) or isinstance(value, bool):
            wanted = " or ".join(kind.__name__ for kind in _TYPES[name])
            raise ValueError(f"`{name}` is {value!r}, expected {wanted}")
    place = _word(Place, entry, "at")
    action = _word(Action, entry, "do")
    if int(entry.get("every", 1)) < 1:
        raise ValueError("`every` must be at least 1")
    if not 100 <= int(entry.get("code", 500)) <= 599:
        raise ValueError("`code` is an HTTP status, 100 to 599")
    rest = {name: value for name, value in entry.items() if name not in ("at", "do", "headers")}
    headers = {str(name): str(value) for name, value in entry.get("headers", {}).items()}
    if action in (Action.REFUSE, Action.FAIL) and "code" not in rest:
        rest["code"] = 422 if action is Action.REFUSE else 500
    return Fault(at=cast(Place, place), do=cast(Action, action), headers=headers, **rest)


def _word(words: type[StrEnum], entry: Mapping[str, object], name: str) -> StrEnum:
    try:
        return words(str(entry[name]))
    except KeyError as error:
        raise ValueError(f"`{name}` is missing") from error
    except ValueError as error:
        raise ValueError(f"`{name}` is {entry[name]!r}; there are {', '.join(words)}") from error
