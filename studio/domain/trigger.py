"""The trigger word: the one word that stands for the character in captions and prompts."""

from __future__ import annotations

import re

from studio.domain.plain_words import is_common, sounds_like_a_word

SHORTEST, LONGEST = 4, 16
"""Letters: shorter ones are parts of other words, longer ones fall into pieces that mean something."""

RARE = "xqzv"


def trigger_trouble(word: str) -> str:
    """Why a word cannot be a trigger, a whole sentence; empty when it can."""
    if not word:
        return "There is no trigger word: nothing would call the character."
    if not re.fullmatch(r"[A-Za-z]+", word):
        return f"The trigger word {word!r} has more than letters a to z: it would be read in pieces."
    if not SHORTEST <= len(word) <= LONGEST:
        return f"The trigger word {word} has {len(word)} letters; {SHORTEST} to {LONGEST} work."
    if is_common(word):
        return f"The trigger word {word} is a real word: the model already knows what it means."
    return ""


def trigger_doubt(word: str) -> str:
    """Why a word may do badly, a whole sentence; empty when nothing speaks against it."""
    if sounds_like_a_word(word):
        return f"The trigger word {word} reads like a word; {suggested_trigger(word)} would mean nothing yet."
    return ""


def suggested_trigger(name: str) -> str:
    """A trigger word made of a name: its consonants, filled up with rare letters."""
    letters = re.sub(r"[^a-z]", "", name.lower())
    bare = re.sub(r"[aeiou]", "", letters) or letters
    filled = bare[:8]
    at = 0
    while len(filled) < 5 or trigger_trouble(filled) or sounds_like_a_word(filled):
        filled += RARE[at % len(RARE)]
        at += 1
    return filled[:LONGEST]
