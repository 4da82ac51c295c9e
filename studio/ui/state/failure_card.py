"""What a failed job's card says and offers: one table from the kind of failure to what helps. Pure; knows no screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.domain import money
from studio.domain.charge import charge_of
from studio.domain.job import Failure, Job, JobState

BILLING = "https://fal.ai/dashboard/billing"
"""Where an account is topped up (fal's own dashboard)."""


class Remedy(StrEnum):
    """Something the artist can do about a failure."""

    EDIT_POSE = "edit-pose"
    TEMPLATE = "template"
    CHARACTER = "character"
    RECIPE = "recipe"
    MODELS = "models"
    SETTINGS = "settings"
    TOP_UP = "top-up"
    LOOK_AGAIN = "look-again"
    GIVE_UP = "give-up"
    DATASET = "dataset"
    RETRY = "retry"
    DISMISS = "dismiss"


KEYS: dict[Remedy, str] = {
    Remedy.EDIT_POSE: "e",
    Remedy.TEMPLATE: "t",
    Remedy.CHARACTER: "c",
    Remedy.RECIPE: "m",
    Remedy.MODELS: "o",
    Remedy.SETTINGS: "s",
    Remedy.TOP_UP: "b",
    Remedy.LOOK_AGAIN: "l",
    Remedy.GIVE_UP: "g",
    Remedy.DATASET: "p",
    Remedy.RETRY: "r",
    Remedy.DISMISS: "d",
}
"""The key of each remedy on the card."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One remedy as the card shows it."""

    remedy: Remedy
    words: str

    @property
    def key(self) -> str:
        """The key that chooses it."""
        return KEYS[self.remedy]


_AGAIN = Offer(Remedy.RETRY, "Wait a moment, then run it again")
_POSE = Offer(Remedy.EDIT_POSE, "Say the pose in other words")
_CHARACTER = Offer(Remedy.CHARACTER, "Say the character in other words")
_SMALLER = Offer(Remedy.RECIPE, "Lower the size or the steps")
_VALUES = Offer(Remedy.RECIPE, "Change the model's settings")
_KEY = Offer(Remedy.SETTINGS, "Put in a key")
_FEWER = Offer(Remedy.SETTINGS, "Let fewer jobs run at once")
_BUDGET = Offer(Remedy.SETTINGS, "Raise the budget")
_MODEL = Offer(Remedy.MODELS, "Choose another model")
_PAY = Offer(Remedy.TOP_UP, f"Top up at {BILLING.removeprefix('https://')} (copies the address)")
_ONCE_MORE = Offer(Remedy.RETRY, "Run it again")
_LOOK = Offer(Remedy.LOOK_AGAIN, "Look at fal again; this costs nothing and sends nothing")
_FETCH = Offer(Remedy.LOOK_AGAIN, "Fetch it again; this costs nothing and sends nothing")
_TWICE = Offer(Remedy.RETRY, "Run it again; if fal took the first one, both are paid")
_DATASET = Offer(Remedy.DATASET, "Look at the dataset and the trainer's form")
_GIVE_UP = Offer(Remedy.GIVE_UP, "Give it up: it is not looked for any more")
_DISMISS = Offer(Remedy.DISMISS, "Take this card away")

HELPS: dict[str, tuple[str, tuple[Offer, ...]]] = {
    "missing-key": ("No fal key", (_KEY, _ONCE_MORE)),
    "key-refused": ("fal refuses the key", (_KEY, _ONCE_MORE)),
    "out-of-credit": ("Out of credit", (_PAY, _ONCE_MORE)),
    "rate-limited": ("Too quick for fal", (_AGAIN, _FEWER)),
    "bad-input": ("fal does not take this", (_VALUES, _MODEL)),
    "refused": ("Refused by the content policy", (_POSE, _CHARACTER, Offer(Remedy.TEMPLATE, "See the exact prompt"))),
    "not-found": ("fal does not know this", (_MODEL, _ONCE_MORE)),
    "unavailable": ("fal cannot work now", (_AGAIN, _MODEL)),
    "timed-out": ("It took too long", (_SMALLER, _AGAIN)),
    "cancelled": ("Cancelled", (_ONCE_MORE,)),
    "unknown": ("Maybe paid, fate unknown", (_LOOK, _TWICE, _GIVE_UP)),
    "broken": ("The picture could not be read", (_ONCE_MORE, _MODEL)),
    "spend": ("Over the budget", (_BUDGET, _SMALLER)),
    "project": ("A file could not be used", (_ONCE_MORE,)),
    "usage": ("This cannot be asked for", (_VALUES, _MODEL)),
    "provider": ("fal could not do it", (_AGAIN, _MODEL)),
    "error": ("It failed", (_ONCE_MORE,)),
}
"""Title and remedies of every kind of `domain/errors.py`, the most helpful first."""


ASIDE = ("Paid, but its file is of no use", (_FETCH, _ONCE_MORE))
"""The same for a completed job whose file was set aside."""

OF_TRAININGS = frozenset({Remedy.SETTINGS, Remedy.TOP_UP, Remedy.LOOK_AGAIN, Remedy.RETRY})
"""What of all this helps a training too."""

_CHARGED = {
    "not charged": "It was not charged.",
    "maybe charged": "It may have been charged: only fal knows.{price}",
    "charged": "It was charged.{price}",
    "": "What it cost is not known.{price}",
}
"""What `Failure.charged` says, as a sentence."""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a failed job's card shows."""

    title: str
    about: str
    """Pose and model."""
    happened: str
    advice: str
    money: str
    """What is known about the charge."""
    offers: tuple[Offer, ...]


def card_of(job: Job) -> Card:
    """The card of a failed, cancelled or unknown job. A kind from another version of the studio gets the plain one."""
    failure = job.failure or Failure(job.state.value, f"The job ended as {job.state}.")
    return Card(
        title=_helps(failure, job.state)[0],
        about=f"{job.pose} · {job.request.endpoint}",
        happened=failure.message,
        advice=failure.remedy,
        money=charge_words(job),
        offers=(*_offers(job, failure), _DISMISS),
    )


def _offers(job: Job, failure: Failure) -> tuple[Offer, ...]:
    """What helps this job; a training has no pose, no prompt and no model of the form that could be changed."""
    offers = offers_of(failure, job.state)
    if not job.trains:
        return offers
    return (_DATASET, *(offer for offer in offers if offer.remedy in OF_TRAININGS))


def helps_of(kind: str) -> tuple[str, tuple[Offer, ...]]:
    """Title and remedies of a kind."""
    return HELPS.get(kind, HELPS["error"])


def offers_of(failure: Failure, state: JobState) -> tuple[Offer, ...]:
    """What helps: by the kind, and for a refused argument by which one it is."""
    _, offers = _helps(failure, state)
    return _about_argument(failure.field.split(".")[0], offers) if failure.field else offers


def _helps(failure: Failure, state: JobState) -> tuple[str, tuple[Offer, ...]]:
    match state:
        case JobState.UNKNOWN:
            return HELPS["unknown"]
        case JobState.COMPLETED:
            return ASIDE
        case _:
            return helps_of(failure.kind)


def charge_words(job: Job) -> str:
    """What is known about the money of a job that came to nothing."""
    if job.sandbox:
        return "This was the sandbox: nothing is charged."
    if job.billed is not None:
        return f"fal billed {money.shown(job.billed)}."
    price = f" It was expected to cost {money.shown(job.estimate)}." if job.estimate is not None else ""
    known = charge_of(job)
    sentence = _CHARGED.get(known)
    return sentence.format(price=price) if sentence else f"{known}.{price}"


def _about_argument(name: str, offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    match name:
        case _ if "prompt" in name:
            return (_POSE, _CHARACTER, *offers)
        case _ if "lora" in name:
            return (Offer(Remedy.CHARACTER, "Look at the character's LoRAs"), *offers)
        case _ if "image_url" in name or "mask" in name:
            return (Offer(Remedy.RECIPE, "Choose another reference picture"), _MODEL)
        case _ if "size" in name or "steps" in name:
            return (_SMALLER, _MODEL)
        case _:
            return (Offer(Remedy.RECIPE, f"Change {name.replace('_', ' ')} in the model's settings"), _MODEL)
