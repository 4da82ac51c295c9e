"""Every failure an artist can meet, by name.

StudioError
├── ProjectError            a file of the project that cannot be read or written
├── UsageError              something asked for that does not exist or is out of range
├── SpendRefused            the spend gate or a budget said no; nothing was sent
└── ProviderError           what happened between us and fal
    ├── MissingKey          no key is set
    ├── KeyRefused          401, or 403 that is not about money
    ├── OutOfCredit         403: balance exhausted, account locked, budget exceeded
    ├── RateLimited         429; surely not accepted
    ├── BadInput            422/400: an argument the endpoint does not take (names the field)
    ├── Refused             the content policy said no
    ├── NotFound            404: no such endpoint or request
    ├── Unavailable         5xx, or no connection before the request left
    ├── TimedOut            fal gave up, or we did
    ├── Cancelled           fal took the job out because we asked
    ├── Unknown             the request left and no answer came: maybe paid
    └── Broken              an answer we cannot read, or a picture that is none
"""

from __future__ import annotations

from typing import ClassVar


class StudioError(Exception):
    """A failure with what happened and what to do about it, both whole sentences without the key in them."""

    kind: ClassVar[str] = "error"
    remedy_by_default: ClassVar[str] = "The log file has the details: studio locate log."

    def __init__(self, happened: str, remedy: str | None = None) -> None:
        super().__init__(happened)
        self.happened = happened
        self.remedy = remedy if remedy is not None else self.remedy_by_default


class ProjectError(StudioError):
    """A project file that cannot be used: which file, which line, which key, what is expected."""

    kind = "project"
    remedy_by_default = "Mend the file and start again; nothing was changed."


class UsageError(StudioError):
    """Something asked for that does not exist or lies outside its range."""

    kind = "usage"
    remedy_by_default = "studio --help lists what there is."


class SpendRefused(StudioError):
    """The spend gate or a budget refused a plan before anything was sent."""

    kind = "spend"
    remedy_by_default = "Pass --max-cost USD or --yes, or raise the budget."


class ProviderError(StudioError):
    """Something went wrong between the studio and fal."""

    kind = "provider"
    charged: ClassVar[str] = "not charged"
    """What is known about money when this happens to a submit."""


class MissingKey(ProviderError):
    """No key is set."""

    kind = "missing-key"
    remedy_by_default = "Put FAL_KEY into the environment or the project's .env, or press F2; --sandbox works without."


class KeyRefused(ProviderError):
    """fal does not accept the key."""

    kind = "key-refused"
    remedy_by_default = "Check the key at fal.ai/dashboard/keys and set it again."


class OutOfCredit(ProviderError):
    """The account has no money left, or is locked."""

    kind = "out-of-credit"
    remedy_by_default = "Top up at fal.ai/dashboard/billing, then run it again."


class RateLimited(ProviderError):
    """fal asked us to slow down; the request was not accepted."""

    kind = "rate-limited"
    remedy_by_default = "Wait a moment and run it again, or lower the concurrency."

    def __init__(self, happened: str, remedy: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(happened, remedy)
        self.retry_after = retry_after
        """Seconds fal asked us to wait, when it said so."""


class BadInput(ProviderError):
    """The endpoint does not take an argument as it is."""

    kind = "bad-input"
    remedy_by_default = "Change that setting and run it again."
    charged = "fal may charge a 422 when GPU time was used"

    def __init__(self, happened: str, remedy: str | None = None, field: str = "") -> None:
        super().__init__(happened, remedy)
        self.field = field
        """The argument fal named, dotted; empty when it named none."""


class Refused(ProviderError):
    """The content policy refused the request or its picture."""

    kind = "refused"
    remedy_by_default = "Say the pose or the character in other words."
    charged = "fal may charge a refusal when GPU time was used"


class NotFound(ProviderError):
    """fal knows no such endpoint or request."""

    kind = "not-found"
    remedy_by_default = "Choose another model: studio models lists them."


class Unavailable(ProviderError):
    """fal cannot be reached or cannot work now; nothing was accepted."""

    kind = "unavailable"
    remedy_by_default = "Wait a moment and run it again."


class TimedOut(ProviderError):
    """The work took longer than fal or we allow."""

    kind = "timed-out"
    remedy_by_default = "Run it again; a smaller size or fewer steps help."


class Cancelled(ProviderError):
    """fal ended the job because it was asked to."""

    kind = "cancelled"
    remedy_by_default = ""


class Unknown(ProviderError):
    """The request left and no answer came back: it may have been accepted and paid."""

    kind = "unknown"
    remedy_by_default = "Nothing is sent again by itself. Look at fal.ai/dashboard/requests, or run studio rescue."
    charged = "maybe charged"


class Broken(ProviderError):
    """An answer the studio cannot read, or a file that is not a picture."""

    kind = "broken"
    remedy_by_default = "The answer and its address are kept in the journal: studio rescue tries again."
    charged = "charged"

    def __init__(self, happened: str, remedy: str | None = None, *, lasting: bool = False) -> None:
        super().__init__(happened, remedy)
        self.lasting = lasting
        """True when asking the same address again would end the same way."""
