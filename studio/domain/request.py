"""One paid call, completely resolved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces: two equal values give the same text on every machine."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


@dataclass(frozen=True, slots=True)
class Request:
    """Endpoint, exact arguments and seed of one picture. Frozen, hashable, replayable."""

    endpoint: str
    """fal endpoint id, such as `fal-ai/flux-2-flex`."""

    body: str
    """The arguments as canonical JSON text; what is sent is this and nothing else."""

    seed: int | None
    """The seed among the arguments; None where the endpoint has none."""

    @classmethod
    def make(cls, endpoint: str, arguments: Mapping[str, Json], seed: int | None = None) -> Request:
        """A Request from arguments. Raises ValueError when they hold something JSON has no word for."""
        return cls(endpoint=endpoint, body=canonical(dict(arguments)), seed=seed)

    @property
    def arguments(self) -> dict[str, Json]:
        """A fresh copy of the arguments."""
        return cast("dict[str, Json]", json.loads(self.body))

    @property
    def prompt(self) -> str:
        """The prompt among the arguments, or an empty text."""
        prompt = self.arguments.get("prompt", "")
        return prompt if isinstance(prompt, str) else ""

    @property
    def digest(self) -> str:
        """SHA-256 of endpoint and arguments, in hex: equal for an identical call, seed included."""
        import hashlib  # OpenSSL, which the first frame need not wait for

        return hashlib.sha256(f"{self.endpoint}\n{self.body}".encode()).hexdigest()
