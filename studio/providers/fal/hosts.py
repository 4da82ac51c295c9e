"""Which addresses are fal's, and how they are reached when `STUDIO_FAL_URL` points elsewhere. Pure text."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

from studio.domain.request import Json

FAL_DOMAINS = ("fal.run", "fal.ai", "fal.media", "falrun.com")
"""fal's domains; fal_client 1.0.3 names the same, `falrun.com` being its backup."""

QUEUE = "https://queue.fal.run"
REST = "https://rest.fal.ai"
PLATFORM = "https://api.fal.ai/v1"
SCHEMAS = "https://fal.ai/api/openapi/queue/openapi.json"
FILES = "https://v3.fal.media"

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_fal(host: str) -> bool:
    """True for fal's domains and everything under them."""
    name = host.lower().rstrip(".")
    return any(name == domain or name.endswith(f".{domain}") for domain in FAL_DOMAINS)


def is_address(value: object) -> bool:
    """True for a text that is an http or https address and nothing else."""
    if not isinstance(value, str) or not (value.isascii() and value.isprintable()) or " " in value:
        return False
    parts = _split(value)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_loopback(url: str) -> bool:
    """True when an address never leaves this machine."""
    return (_split(url).hostname or "") in _LOOPBACK


@dataclass(frozen=True, slots=True)
class Route:
    """How a canonical fal address becomes the one that is dialled, and back.

    With a `base`, every fal host is reached as `<base>/<host>/<path>?<query>`; without one, as itself.
    """

    base: str | None = None

    def __post_init__(self) -> None:
        if self.base is None:
            return
        parts = _split(self.base)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"{self.base!r} is no http or https address")
        object.__setattr__(self, "base", self.base.rstrip("/"))

    @property
    def local(self) -> bool:
        """True when the base is on this machine."""
        return self.base is not None and is_loopback(self.base)

    def under_base(self, url: str) -> bool:
        """True when the address already leads to the base."""
        return self._below_base(_split(url)) is not None

    def dialled(self, url: str) -> str:
        """The address to connect to for `url`."""
        parts = _split(url)
        if self.base is None or self._below_base(parts) is not None or not is_fal(parts.hostname or ""):
            return url
        query = f"?{parts.query}" if parts.query else ""
        return f"{self.base}/{parts.hostname}{parts.path or '/'}{query}"

    def canonical(self, url: str) -> str:
        """The address as fal itself would give it, so that it outlives a base that moves to another port."""
        parts = _split(url)
        below = self._below_base(parts)
        if below is None:
            plaintext = parts.scheme == "http" and is_fal(parts.hostname or "")
            return urlunsplit(parts._replace(scheme="https")) if plaintext else url
        host, _, rest = below.partition("/")
        return urlunsplit(("https", host, f"/{rest}", parts.query, "")) if is_fal(host) else url

    def canonical_inside(self, value: Json) -> Json:
        """A JSON value with every address in it made canonical."""
        if self.base is None:
            return value
        match value:
            case str():
                return self.canonical(value) if value.startswith(f"{self.base}/") else value
            case list():
                return [self.canonical_inside(entry) for entry in value]
            case dict():
                return {name: self.canonical_inside(entry) for name, entry in value.items()}
            case _:
                return value

    def may_carry_key(self, url: str) -> bool:
        """True when the key may be sent to a dialled address: fal over TLS, or the base the artist has set."""
        parts = _split(url)
        return self._below_base(parts) is not None or (parts.scheme == "https" and is_fal(parts.hostname or ""))

    def _below_base(self, parts: SplitResult) -> str | None:
        """The path under the base without its leading slash; None when the address leads elsewhere."""
        if self.base is None:
            return None
        base = _split(self.base)
        if (parts.scheme, parts.hostname, _port(parts)) != (base.scheme, base.hostname, _port(base)):
            return None
        prefix = f"{base.path}/"
        return parts.path[len(prefix) :] if parts.path.startswith(prefix) else None


def _split(url: str) -> SplitResult:
    """The parts of an address; empty parts when it is none, so that it leads nowhere."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
