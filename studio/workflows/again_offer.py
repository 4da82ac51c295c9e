"""What the keys that make a take again would cost, before one of them is pressed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from studio.domain import money
from studio.domain.errors import StudioError
from studio.domain.take import Take
from studio.workflows.again import final_plan, job_of, once_more
from studio.workflows.studio import Studio


@dataclass(frozen=True, slots=True)
class AgainOffer:
    """Prices in USD of one more picture like a take; None where the price is unknown."""

    model: str
    """The model's title."""
    each: Decimal | None
    """Once more, whether with a new seed or with the same: the seed costs nothing."""
    seeded: bool
    """Whether the take has a seed, so that a new and the same one differ."""
    final: Decimal | None = None
    has_final: bool = False
    """Whether it is a draft of which a final can be made."""
    trouble: str = ""
    """Why it cannot be made again; empty when it can."""

    def words(self) -> str:
        """`r again: FLUX.2 [flex] · new seed (R same) · ~ $0.05 · f final ~ $0.06`."""
        if self.trouble:
            return ""
        seed = " · new seed (R same)" if self.seeded else ""
        return f"r again: {self.model}{seed} · {_about(self.each)}{self._final_words()}"

    def short(self) -> str:
        """`r ~ $0.05 · f ~ $0.06`."""
        if self.trouble:
            return ""
        return f"r {_about(self.each)}" + (f" · f {_about(self.final)}" if self.has_final else "")

    def _final_words(self) -> str:
        return f" · f final {_about(self.final)}" if self.has_final else ""


async def again_offer(studio: Studio, take: Take) -> AgainOffer:
    """What one more of a take would cost. Reads the journal in a thread; nothing is written or sent."""
    model = studio.catalogue.model(take.endpoint)
    title = model.title if model else take.endpoint
    if model is None:
        return AgainOffer(title, None, False, trouble="its model is not in the catalogue any more")
    try:
        again = once_more(take, await job_of(studio, take), model, studio.context(), {})
    except StudioError as error:
        return AgainOffer(title, None, False, trouble=error.happened)
    each, seeded = again.jobs[0].estimate, take.seed is not None
    try:
        final = (await final_plan(studio, take)).jobs[0].estimate if take.draft else None
    except StudioError:
        return AgainOffer(title, each, seeded)
    return AgainOffer(title, each, seeded, final, has_final=take.draft)


def _about(amount: Decimal | None) -> str:
    return "price unknown" if amount is None else f"~ {money.shown(amount)}"
