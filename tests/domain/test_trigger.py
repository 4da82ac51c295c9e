"""A trigger word has letters only and means nothing yet."""

from __future__ import annotations

import pytest

from studio.domain.trigger import suggested_trigger, trigger_doubt, trigger_trouble


@pytest.mark.parametrize("word", ["glchgrl", "ohwx", "sksdog", "Glchgrl", "mrxqz"])
def test_words_that_mean_nothing_are_taken(word: str) -> None:
    assert (trigger_trouble(word), trigger_doubt(word)) == ("", "")


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("", "no trigger word"),
        ("gl1tch", "more than letters"),
        ("gl tch", "more than letters"),
        ("glück", "more than letters"),
        ("xq", "has 2 letters"),
        ("qxzvqxzvqxzvqxzvqx", "has 18 letters"),
        ("Knight", "a real word"),
        ("warriors", "a real word"),
    ],
)
def test_what_cannot_be_one_is_refused_with_the_reason(word: str, why: str) -> None:
    assert why in trigger_trouble(word)


@pytest.mark.parametrize("word", ["mara", "lorena", "caster"])
def test_a_word_that_can_be_said_is_doubted_and_another_offered(word: str) -> None:
    assert trigger_trouble(word) == ""
    doubt = trigger_doubt(word)
    assert "reads like a word" in doubt
    assert suggested_trigger(word) in doubt


@pytest.mark.parametrize("name", ["Glitch", "Mara the Presenter", "Pip the fox", "Ö", "Aoi", "Al", "", "Knight"])
def test_a_suggested_word_is_always_a_good_one(name: str) -> None:
    word = suggested_trigger(name)
    assert (trigger_trouble(word), trigger_doubt(word)) == ("", "")
