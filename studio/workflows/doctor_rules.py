"""The doctor's rules, one function each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from studio.domain.dataset import says, says_first
from studio.domain.trigger import trigger_doubt, trigger_trouble
from studio.workflows.doctor import Health, Patient, Remark, Rule

FEWEST = {"flux1": 4, "flux2": 10}
"""Pictures a trainer of each family asks for at least (fal's trainer pages)."""

ENOUGH, TOO_MANY = 10, 60
"""Pictures with which a character becomes steady, and beyond which more only cost time (trainers' guides)."""

ALIKE = 6
"""Bits of 64 in which two pictures may differ and still be the same to a trainer; other poses differ in 15 and more."""

SMALL, TINY = 512, 256
"""Pixels of the shorter side below which a picture is enlarged by the trainer, and below which it says nothing."""

LONG, RIBBON = 2.5, 4.0
"""Longer side by shorter: beyond these much is cropped away, and next to nothing is left."""

SAME_BACKGROUND = 0.08
"""Distance in Oklab within which two plain backgrounds are one."""

SHOWN = 3
"""Names in a sentence before "and more"."""


def count(patient: Patient) -> Sequence[Remark]:
    """Enough pictures, after those that say the same are counted once."""
    fewest, number = fewest_pictures(patient), len(patient.items)
    apart = number - sum(len(group) - 1 for group in alike(patient))
    if number < fewest:
        there = "There is 1 picture" if number == 1 else f"There are {number or 'no'} pictures"
        text = f"{there}; {patient.trainer.title} needs {fewest} at least."
        return [Remark(Health.BROKEN, "count", text)]
    if apart < fewest:
        text = f"Of {number} pictures only {apart} differ; {patient.trainer.title} needs {fewest} at least."
        return [Remark(Health.BROKEN, "count", text)]
    if apart < ENOUGH:
        return [Remark(Health.WEAK, "count", f"{_pictures(apart)} train; {ENOUGH} to 30 make a character steady.")]
    if number > TOO_MANY:
        return [Remark(Health.WEAK, "count", f"{number} pictures: more than {TOO_MANY} add hardly anything.")]
    each = f"{_pictures(number)}" if apart == number else f"{number} pictures, {apart} of them different"
    return [Remark(Health.GOOD, "count", f"{each}: enough for {patient.trainer.title}.")]


def readable(patient: Patient) -> Sequence[Remark]:
    """Every file is a picture."""
    lost = [item.stem for item in patient.items if item.stem not in patient.facts]
    return [Remark(Health.BROKEN, "files", f"No pictures: {_names(lost)}.", tuple(lost))] if lost else []


def duplicates(patient: Patient) -> Sequence[Remark]:
    """No picture twice."""
    return [
        Remark(Health.WEAK, "duplicates", f"{_names(group)} look the same: leave all but one out.", tuple(group))
        for group in alike(patient)
    ]


def sizes(patient: Patient) -> Sequence[Remark]:
    """Large enough, and no ribbons."""
    found = []
    shorter = {stem: min(facts.width, facts.height) for stem, facts in patient.facts.items()}
    ratios = {stem: max(facts.width, facts.height) / shorter[stem] for stem, facts in patient.facts.items()}
    tiny = [stem for stem, side in shorter.items() if side < TINY]
    small = [stem for stem, side in shorter.items() if TINY <= side < SMALL]
    ribbons = [stem for stem, ratio in ratios.items() if ratio > RIBBON]
    long = [stem for stem, ratio in ratios.items() if LONG < ratio <= RIBBON]
    for health, stems, words in (
        (Health.BROKEN, tiny, f"below {TINY} pixels: nothing can be learnt from them"),
        (Health.WEAK, small, f"below {SMALL} pixels: they are enlarged and come out soft"),
        (Health.BROKEN, ribbons, f"more than {RIBBON:g} times as long as wide: the figure is cropped away"),
        (Health.WEAK, long, f"more than {LONG:g} times as long as wide: much of them is cropped away"),
    ):
        if stems:
            found.append(Remark(health, "size", f"{_names(stems)}: {words}.", tuple(stems)))
    return found or [Remark(Health.GOOD, "size", "Every picture is large enough and in a good shape.")]


def lettering(patient: Patient) -> Sequence[Remark]:
    """Letters and watermarks are learnt like everything else."""
    seen = {stem: facts.lettering for stem, facts in patient.facts.items() if facts.lettering}
    if not seen:
        return [Remark(Health.GOOD, "text", "Nothing looks like letters or a watermark.")]
    places = Counter(seen.values())
    where, times = places.most_common(1)[0]
    if times > 2 and times >= len(patient.facts) / 2:
        words = f"{times} pictures have something like a watermark at the {where}: the LoRA will draw it too."
        return [Remark(Health.WEAK, "text", words, tuple(stem for stem, place in seen.items() if place == where))]
    stems = tuple(seen)
    return [Remark(Health.WEAK, "text", f"Something looks like letters in {_names(stems)}.", stems)]


def alone(patient: Patient) -> Sequence[Remark]:
    """One figure a picture: of two the trainer learns both."""
    crowded = tuple(stem for stem, facts in patient.facts.items() if facts.crowd)
    return [Remark(Health.WEAK, "figures", f"More than one figure in {_names(crowded)}?", crowded)] if crowded else []


def trigger(patient: Patient) -> Sequence[Remark]:
    """A trigger word that means nothing yet."""
    if trouble := trigger_trouble(patient.trigger):
        return [Remark(Health.BROKEN, "trigger", trouble)]
    if doubt := trigger_doubt(patient.trigger):
        return [Remark(Health.WEAK, "trigger", doubt)]
    return [Remark(Health.GOOD, "trigger", f"The trigger word {patient.trigger} means nothing else.")]


def captions(patient: Patient) -> Sequence[Remark]:
    """A caption for every picture, with the trigger word first."""
    bare = [item.stem for item in patient.items if not item.caption]
    found = []
    if bare and not patient.default_caption:
        if learns_from_captions(patient):
            words = f"{_names(bare)} without a caption: {patient.trainer.title} fails without one or a default."
            found.append(Remark(Health.BROKEN, "captions", words, tuple(bare)))
        else:
            words = f"{_names(bare)} without a caption: the trainer makes one up."
            found.append(Remark(Health.WEAK, "captions", words, tuple(bare)))
    if trigger_trouble(patient.trigger):
        return found
    if bare and patient.default_caption and not says(patient.default_caption, patient.trigger):
        health = Health.BROKEN if learns_from_captions(patient) else Health.WEAK
        words = f"The default caption, which stands for {_names(bare)}, lacks the trigger word {patient.trigger}."
        found.append(Remark(health, "captions", words, tuple(bare)))
    told = [item for item in patient.items if item.caption]
    silent = [item.stem for item in told if not says(item.caption, patient.trigger)]
    late = [item.stem for item in told if item.stem not in silent and not says_first(item.caption, patient.trigger)]
    if silent:
        broken = learns_from_captions(patient)
        health = Health.BROKEN if broken else Health.WEAK
        why = "this trainer learns it from nowhere else" if broken else "it comes first in every caption"
        words = f"{_names(silent)} without the trigger word {patient.trigger}: {why}."
        found.append(Remark(health, "captions", words, tuple(silent)))
    if late:
        words = f"{_names(late)}: the trigger word does not come first."
        found.append(Remark(Health.WEAK, "captions", words, tuple(late)))
    if len(told) > 3 and len({item.caption for item in told}) == 1:
        found.append(Remark(Health.WEAK, "captions", "All captions are the same: say what differs."))
    return found or [Remark(Health.GOOD, "captions", "Every picture has a caption with the trigger word first.")]


def variety(patient: Patient) -> Sequence[Remark]:
    """Different poses, sides, framings and backgrounds."""
    if len(patient.items) < 3:
        return []
    poses = Counter(item.pose for item in patient.items if item.pose)
    sides = Counter(item.side for item in patient.items if item.side)
    framings = Counter(facts.framing for facts in patient.facts.values() if facts.framing)
    return [
        _spread("poses", len(poses), "pose", "The LoRA will know nothing else.", poses),
        _spread("sides", len(sides), "side", "Add some from the side, from behind or at three quarters.", sides),
        _spread("framing", len(framings), "framing", _closer(framings), framings),
        _backgrounds(patient),
    ]


RULES: tuple[Rule, ...] = (count, readable, trigger, captions, duplicates, sizes, variety, alone, lettering)


def fewest_pictures(patient: Patient) -> int:
    """Pictures the trainer asks for at least."""
    dataset = patient.trainer.dataset
    known = dataset.min_images if dataset else None
    return known or FEWEST["flux2" if learns_from_captions(patient) else "flux1"]


def learns_from_captions(patient: Patient) -> bool:
    """Whether a trainer has no argument for the trigger word, and fails where captions are missing."""
    return patient.trainer.role("trigger") is None


def alike(patient: Patient) -> list[list[str]]:
    """Groups of pictures that look the same, each of two or more."""
    groups: list[list[str]] = []
    for stem, facts in sorted(patient.facts.items()):
        for group in groups:
            first = patient.facts[group[0]]
            # A hash sees shapes and no colours: the backgrounds must agree too.
            near = _apart(first.background, facts.background) < SAME_BACKGROUND
            if near and (first.fingerprint ^ facts.fingerprint).bit_count() <= ALIKE:
                group.append(stem)
                break
        else:
            groups.append([stem])
    return [group for group in groups if len(group) > 1]


def _spread(rule: str, number: int, noun: str, remedy: str, counts: Counter[str]) -> Remark:
    if number <= 1:
        what = next(iter(counts), "") or "nobody knows which"
        return Remark(Health.WEAK, rule, f"One {noun} in all pictures ({what}). {remedy}".strip())
    most, times = counts.most_common(1)[0]
    if times > 0.8 * counts.total():
        return Remark(Health.WEAK, rule, f"{times} of {counts.total()} pictures have one {noun} ({most}). {remedy}")
    return Remark(Health.GOOD, rule, f"{number} different {noun}s: {_names(list(counts))}.")


def _closer(framings: Counter[str]) -> str:
    return "" if framings["close"] else "Add some close-ups: the face is learnt from those."


def _backgrounds(patient: Patient) -> Remark:
    kinds: list[tuple[float, float, float]] = []
    busy = sum(facts.busy for facts in patient.facts.values())
    for facts in patient.facts.values():
        if not facts.busy and all(_apart(facts.background, kind) >= SAME_BACKGROUND for kind in kinds):
            kinds.append(facts.background)
    number = len(kinds) + busy
    if number <= 1:
        words = "All pictures have one background: the LoRA learns it with the character. Add some with another."
        return Remark(Health.WEAK, "backgrounds", words)
    return Remark(Health.GOOD, "backgrounds", f"{number} different backgrounds.")


def _apart(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


def _pictures(number: int) -> str:
    return "1 picture" if number == 1 else f"{number} pictures"


def _names(stems: Iterable[str]) -> str:
    listed = list(stems)
    more = f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else ""
    return ", ".join(listed[:SHOWN]) + more
