"""The rows of the model picker: models by what they start from, what fal's list found, and what else can be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from studio.domain import money
from studio.domain.errors import UsageError
from studio.domain.model import Model
from studio.domain.price_age import price_age
from studio.domain.price_words import age_words, price_words, short_price, tier_lines
from studio.domain.text import plain
from studio.engine.ports import Listing
from studio.ui.widgets.run_line import Run, clipped
from studio.workflows.adding import endpoint_id
from studio.workflows.model_offers import ModelOffer

GROUPS = {"text-to-image": "Pictures from words", "edit": "Pictures from pictures"}
GONE = "Given up by fal"
DRAWING = frozenset({"text-to-image", "image-to-image", ""})
"""Categories of fal's list that make pictures; an own app has none."""
KEEPS = {
    "prompt-only": "words",
    "none": "",
    "single-reference": "one picture",
    "multi-reference": "pictures",
    "weak-reference": "a picture, barely",
    "lora": "LoRA",
    "lora+single-reference": "LoRA, picture",
    "lora+multi-reference": "LoRA, pictures",
    "pose-control": "a skeleton",
    "pose-control+lora": "skeleton, LoRA",
    "strict-identity": "one picture",
}
"""What holds a character together, by the catalogue's word."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a group."""

    words: str


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model of the catalogue."""

    offer: ModelOffer


@dataclass(frozen=True, slots=True)
class FoundRow:
    """An endpoint of fal's list that is not in the catalogue."""

    listing: Listing


@dataclass(frozen=True, slots=True)
class DeedRow:
    """Something to do with the typed words: `search` the list, or `read` the endpoint they name."""

    verb: str
    words: str


PickerRow = Heading | ModelRow | FoundRow | DeedRow


class Shelf:
    """The offers with the words they can be found by, made once so that typing costs next to nothing."""

    def __init__(self, offers: Sequence[ModelOffer]) -> None:
        self.offers = offers
        self._known = {offer.model.id for offer in offers}
        self._entries = [(group, ModelRow(offer), _words_of(offer.model)) for group, offer in _grouped(offers)]

    def rows(self, typed: str, found: Sequence[Listing], whose: str) -> list[PickerRow]:
        """What fits the typed words, in groups; then what the list of `whose` gave, then what can be done."""
        parts = typed.casefold().split()
        rows: list[PickerRow] = []
        last = ""
        for group, row, words in self._entries:
            if all(part in words for part in parts):
                if group != last:
                    rows.append(Heading(group))
                rows.append(row)
                last = group
        if fresh := self.fresh(found):
            rows.append(Heading(f"On the list of {whose}, not read yet"))
            rows += [FoundRow(one) for one in fresh]
        return rows + self._deeds(" ".join(typed.split()), whose)

    def fresh(self, found: Sequence[Listing]) -> list[Listing]:
        """What makes pictures and is not in the catalogue."""
        return [one for one in found if one.endpoint not in self._known and one.category in DRAWING]

    def _deeds(self, typed: str, whose: str) -> list[PickerRow]:
        if not typed:
            return []
        deeds: list[PickerRow] = [DeedRow("search", typed)]
        if (endpoint := named_endpoint(typed)) and endpoint not in self._known:
            deeds.insert(0, DeedRow("read", endpoint))
        return [Heading(f"Beyond the catalogue: {whose}"), *deeds]


def named_endpoint(typed: str) -> str:
    """The endpoint in what was typed or pasted, an address of fal's pages too; empty when there is none."""
    try:
        return endpoint_id(typed)
    except UsageError:
        return ""


def key_of(row: PickerRow) -> str:
    """What tells a row from the others, whatever is typed; empty for a heading."""
    match row:
        case ModelRow(offer):
            return offer.model.id
        case FoundRow(listing):
            return listing.endpoint
        case DeedRow(verb, _):
            return f"!{verb}"
        case Heading():
            return ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns there is room for, in cells; 0 leaves one out."""

    title: int
    rule: int
    age: int
    good: int

    @staticmethod
    def of(width: int) -> Columns:
        """The columns of a table of `width` cells."""
        fixed = 2 + 9 + 7 + 2 + 15 + 6
        rest = width - fixed
        rule = 36 if rest >= 130 else 28 if rest >= 58 else 0
        age = 16 if rest >= 74 else 0
        good = rest - rule - age - 42 if rest - rule - age >= 66 else 0
        return Columns(max(14, rest - rule - age - good), rule, age, max(0, good))


def heading_runs(width: int) -> list[Run]:
    """The names of the columns."""
    at = Columns.of(width)
    names = ("  model", "a picture", "speed", "held by", "pics")
    return [Run(_line(at, names, ("price", "read", "good for")), "muted")]


def row_runs(row: PickerRow, current: str, today: date, width: int) -> list[Run]:
    """One row in `width` cells."""
    match row:
        case Heading(text):
            return [Run(clipped(text, width), "accent")]
        case ModelRow(offer):
            return _model_runs(offer, current, today, width)
        case FoundRow(listing):
            about = " · ".join(part for part in (listing.title, listing.about) if part)
            gone = " (given up)" if listing.deprecated else ""
            return [Run(f"  {plain(listing.endpoint)}{gone}", "strong"), Run(clipped(f"  {about}", width), "muted")]
        case DeedRow("read", words):
            return [Run("  read ", "key"), Run(clipped(words, width - 40)), Run(" and draw with it", "muted")]
        case DeedRow(_, words):
            return [Run("  search ", "key"), Run(f"for ‹{clipped(words, width - 30)}›"), Run("  ctrl+f", "muted")]


def _model_runs(offer: ModelOffer, current: str, today: date, width: int) -> list[Run]:
    model, at = offer.model, Columns.of(width)
    mark = "● " if model.id == current else "  "
    if model.deprecated:
        newer = f" → {model.newer}" if model.newer else " → nothing follows it"
        title = clipped(plain(model.title), max(14, width - len(newer) - 4))
        return [Run(mark), Run(title, "struck"), Run(clipped(newer, width - 2 - len(title)), "muted")]
    guess = "?" if offer.each is not None and model.price.confidence == "unconfirmed" else " "
    price = f"{money.shown(offer.each)}{guess}"
    speed = f"{model.speed_s:g} s" if model.speed_s else ""
    keeps = KEEPS.get(model.consistency, model.consistency.replace("-", " "))
    age = price_age(model.price.as_of, today) if age_words(model.price, today) else ""
    facts = (short_price(model.price), age, model.best_for)
    text = _line(at, (mark + plain(model.title), price, speed, keeps, pictures(model)), facts)
    cut = at.title + 2
    return [Run(text[:cut], "strong" if model.id == current else ""), Run(text[cut:])]


def _line(at: Columns, cells: tuple[str, str, str, str, str], more: tuple[str, str, str]) -> str:
    title, price, speed, keeps, pics = cells
    parts = [f"{clipped(title, at.title + 2):<{at.title + 2}}{price:>9}{speed:>7}  {clipped(keeps, 14):<15}{pics:<6}"]
    for text, room in zip(more, (at.rule, at.age, at.good), strict=True):
        parts.append(f"{clipped(plain(text), room - 1):<{room}}" if room else "")
    return "".join(parts)


def pictures(model: Model) -> str:
    """How many reference pictures it takes: `1`, `≤ 10`, `any`, or nothing."""
    if not model.reference_fields and model.role("image") is None and model.role("images") is None:
        return ""
    several = model.role("images")
    most = model.reference_max or (several.max_items if several else 1)
    return "any" if most is None else "1" if most == 1 else f"≤ {most}"


def remark_of(row: PickerRow, today: date, whose: str) -> str:
    """What there is to know about a row, line by line, what matters most first."""
    match row:
        case ModelRow(offer):
            lines = model_lines(offer, today)
        case FoundRow(listing):
            about = listing.about or "fal says nothing more about it."
            lines = [f"{listing.title or listing.endpoint}: {about}", "Enter reads its settings and draws with it."]
        case DeedRow("read", words):
            lines = [f"Reads the settings of {words} from {whose}: any endpoint, an app of your own too."]
        case DeedRow():
            lines = [f"Looks through the list of {whose} for these words. No key is needed."]
        case Heading():
            lines = []
    return plain("\n".join(lines), lines=True, limit=2_000)


def model_lines(offer: ModelOffer, today: date) -> list[str]:
    """What a model is for, what it costs and why, and what to mind."""
    model, price = offer.model, offer.model.price
    lines = []
    if model.deprecated:
        lines.append(f"Deprecated{f': {model.newer} follows it' if model.newer else ''}.")
    lines.append(f"{model.best_for} {f'By {model.vendor}.' if model.vendor else ''}".strip())
    age = age_words(price, today)
    tiers = "; ".join(line.rstrip(".") for line in tier_lines(price))
    lines.append(f"{price_words(price)}{f' ({age})' if age else ''}{f'. {tiers}.' if tiers else ''}")
    lines += [f"Mind: {model.caution}" if model.caution else ""]
    if model.sweet is not None:
        lines.append(f"Guidance is best at {model.sweet.low} to {model.sweet.high} ({model.sweet.source}).")
    if model.unread:
        lines.append("Its settings were never read from fal: enter reads them first.")
    return [*(line for line in lines if line), *offer.notes, model.id]


def nothing_new(found: Sequence[Listing], words: str, whose: str) -> str:
    """What is said when a search brought no row."""
    if not found:
        return f"The list of {whose} has nothing for ‹{words}›."
    if others := [one for one in found if one.category not in DRAWING]:
        kinds = ", ".join(dict.fromkeys(one.category for one in others))
        return f"The list of {whose} has only other things for ‹{words}›: {kinds}."
    return f"Everything the list of {whose} has for ‹{words}› is in the catalogue."


def _grouped(offers: Sequence[ModelOffer]) -> Iterable[tuple[str, ModelOffer]]:
    for kind, name in GROUPS.items():
        yield from ((name, offer) for offer in offers if offer.model.kind == kind and not offer.model.deprecated)
    yield from ((GONE, offer) for offer in offers if offer.model.deprecated)


def _words_of(model: Model) -> str:
    keeps = KEEPS.get(model.consistency, "")
    parts = (model.title, model.id, model.vendor, model.family, model.best_for, keeps, model.consistency, model.kind)
    return " ".join((*parts, "deprecated" if model.deprecated else "")).casefold()
