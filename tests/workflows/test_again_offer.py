"""What one more of a take would cost."""

from __future__ import annotations

from decimal import Decimal

from studio.workflows.again_offer import AgainOffer


def test_the_price_is_said_with_what_the_key_does() -> None:
    offer = AgainOffer("FLUX.2 [flex]", Decimal("0.05"), seeded=True)
    assert offer.words() == "r again: FLUX.2 [flex] · new seed (R same) · ~ $0.05"
    assert offer.short() == "r ~ $0.05"


def test_a_draft_offers_its_final_and_an_unknown_price_says_so() -> None:
    offer = AgainOffer("X", None, seeded=False, final=Decimal("0.1"), has_final=True)
    assert offer.words() == "r again: X · price unknown · f final ~ $0.10"
    assert offer.short() == "r price unknown · f ~ $0.10"


def test_nothing_is_offered_where_it_cannot_be_made() -> None:
    assert AgainOffer("X", None, False, trouble="gone").words() == ""
