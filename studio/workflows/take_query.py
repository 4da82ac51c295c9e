"""The little language that finds takes: words of the prompt, and `field:value` for what is known of a take. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from studio.domain.take import Take
from studio.workflows.take_terms import FIELDS, FLAGS, MakeTest, Test, Unclear, folded

_TERM = re.compile(r'(-?)(?:(\w+):)?("[^"]*"?|\S*)')


NO_MORE: Mapping[str, MakeTest] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TakeQuery:
    """What was asked for. All of its terms have to fit; `problems` are sentences about terms that mean nothing yet, and
    keep no take out.
    """

    text: str = ""
    tests: tuple[Test, ...] = ()
    words: tuple[tuple[bool, str], ...] = ()
    """Words to be found or, where the flag is False, not to be found."""
    problems: tuple[str, ...] = ()

    def fits(self, take: Take, folds: Folds) -> bool:
        """Whether a take is one of those that were asked for."""
        for test in self.tests:
            if not test(take):
                return False
        if self.words:
            text = folds.of(take)
            for wanted, word in self.words:
                if (word in text) is not wanted:
                    return False
        return True

    def select(self, takes: Iterable[Take], folds: Folds) -> list[Take]:
        """Those that fit, in the order they came."""
        if not self.tests and not self.words:
            return list(takes)
        fits = self.fits
        return [take for take in takes if fits(take, folds)]


class Folds:
    """The text of takes that words are looked up in, folded once: id, pose, model and prompt never change."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._prompts: dict[str, str] = {}

    def of(self, take: Take) -> str:
        """Everything about a take that a word can be found in."""
        text = self._texts.get(take.id)
        if text is None:
            prompt = self._prompts.get(take.prompt)
            if prompt is None:
                prompt = self._prompts[take.prompt] = folded(take.prompt)
            text = self._texts[take.id] = f"{take.id}\n{folded(take.pose)}\n{take.endpoint}\n{prompt}"
        return text

    def warm(self, takes: Iterable[Take]) -> None:
        """Fold before the first letter is typed."""
        for take in takes:
            self.of(take)


def parse_query(text: str, now: float, more: Mapping[str, MakeTest] = NO_MORE) -> TakeQuery:
    """Read a filter line. `now` is seconds since the epoch, for `date:today`; days are those of the local time zone.
    `more` are fields beside those there always are.

    Nothing is raised: a line is read while it is typed.
    """
    known = {**FIELDS, **more}
    today = datetime.fromtimestamp(now, UTC).astimezone().date()
    tests: list[Test] = []
    words: list[tuple[bool, str]] = []
    problems: list[str] = []
    for sign, field, raw in _TERM.findall(text):
        wanted, quoted = sign != "-", raw.startswith('"')
        value = folded(raw.strip('"'))
        make = known.get(field.casefold()) if field else None
        flag = FLAGS.get(value) if not field and not quoted else None
        try:
            if make is not None:
                tests.append(_signed(make(value, today), wanted))
            elif flag is not None:
                tests.append(_signed(flag, wanted))
            elif word := folded(f"{field}:{value}") if field else value:
                words.append((wanted, word))
        except Unclear as unclear:
            problems.append(f"{field}: {unclear}")
    return TakeQuery(text, tuple(tests), tuple(words), tuple(problems))


def known_words() -> Sequence[str]:
    """What can stand before a colon, and the words that mean something by themselves, for help and completion."""
    return [*(f"{name}:" for name in FIELDS), *FLAGS]


def _signed(test: Test, wanted: bool) -> Test:
    return test if wanted else lambda take: not test(take)
