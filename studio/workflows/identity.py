"""The ways to the same character, with what each has come to in this project, what it costs and where it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from studio.domain import money
from studio.domain.character import Character
from studio.domain.recipe import Guide
from studio.domain.take import Take, Verdict
from studio.workflows.edit_slots import USUAL
from studio.workflows.studio import Studio

CLEAR_WORDS = 25
"""Words of a description from which it says more than a type of person."""


@dataclass(frozen=True, slots=True)
class Route:
    """One way."""

    word: str
    """What opens it: an area and a verb of the workbench."""
    title: str
    ready: bool
    """Whether something of it is in use already."""
    state: str
    """How far it has come, a sentence."""
    cost: str
    """What it costs, in a few characters."""
    holds: str
    """What it holds, a sentence."""
    limits: str
    """Where it ends, a sentence."""


def routes(studio: Studio, takes: Sequence[Take], shown: Take | None, there: Callable[[str], bool]) -> list[Route]:
    """Every way whose area is `there`, from the cheapest to the surest. Quick: one folder is listed."""
    character = studio.project.character
    ways = [
        _description(character),
        _references(studio, character),
        _change(studio, takes, shown),
        _figure(studio),
        _guide(studio),
        _pack(studio),
        _lora(studio, character),
        _drift(studio.project.character, takes),
    ]
    return [way for way in ways if there(way.word)]


def _description(character: Character) -> Route:
    count = len(character.description.split())
    colours = len(character.palette)
    state = f"{count} words, {colours} named {'colour' if colours == 1 else 'colours'}."
    return Route(
        "character-edit",
        "Description",
        count >= CLEAR_WORDS,
        state,
        "free",
        "The same words in every prompt hold hair, outfit and colours roughly.",
        "Text alone gives a cousin: another face each time.",
    )


def _references(studio: Studio, character: Character) -> Route:
    roles = [one.role for one in character.references if one.role]
    number = len(character.references)
    said = f" ({', '.join(roles[:5])})" if roles else ""
    state = f"{number} {'picture' if number == 1 else 'pictures'}{said}." if number else "None yet: take some in."
    return Route(
        "refs-open",
        "References",
        bool(number),
        state,
        _price(studio, "fal-ai/flux-2-flex/edit", "a picture"),
        "A model that takes several holds face and outfit from picture to picture.",
        "Only edit models look at them, and each one sent may be charged as a megapixel.",
    )


def _change(studio: Studio, takes: Sequence[Take], shown: Take | None) -> Route:
    edits = sum(bool(take.parent) for take in takes)
    on = f" {shown.id} is shown." if shown else ""
    state = f"{edits} {'take was' if edits == 1 else 'takes were'} made from others.{on}"
    return Route(
        "edit-change",
        "Change a take",
        edits > 0,
        state,
        _price(studio, USUAL, "an edit"),
        "Kontext and its kin keep the very person and change what you name.",
        "It keeps the pose, too: for a new pose use references or a guide.",
    )


def _figure(studio: Studio) -> Route:
    drawn = sum(pose.skeleton is not None for pose in studio.project.poses)
    return Route(
        "figure-edit",
        "Pose by hand",
        drawn > 0,
        f"{drawn} of {len(studio.project.poses)} poses have a skeleton.",
        "free",
        "Proportions and stance are yours, joint by joint.",
        "It holds the body and says nothing of the face.",
    )


def _guide(studio: Studio) -> Route:
    drawn = sum(pose.skeleton is not None for pose in studio.project.poses)
    guide = studio.project.settings.guide
    chosen = "words alone tell the pose" if guide is Guide.WORDS else f"the {guide} goes along where a model takes it"
    return Route(
        "guide-open",
        "Guide by a figure",
        guide is not Guide.WORDS,
        f"Now {chosen}; {drawn} poses have a skeleton.",
        _price(studio, "fal-ai/z-image/turbo/controlnet", "a picture"),
        "The skeleton or the mannequin goes along, so the pose is really that pose.",
        "It holds the pose and not the person: join it with references or a LoRA.",
    )


def _pack(studio: Studio) -> Route:
    there = sum(1 for _ in (studio.project.folder / "pack").glob("*.png"))
    return Route(
        "pack-open",
        "Character pack",
        there > 0,
        f"{there} {'picture lies' if there == 1 else 'pictures lie'} in pack/."
        if there
        else "None yet: views from every side, made from one reference.",
        _price(studio, "fal-ai/ideogram/character", "a view"),
        "Front, side, back and expressions of one person, ready as references.",
        "It is as good as the one picture it starts from.",
    )


def _lora(studio: Studio, character: Character) -> Route:
    number = len(character.loras)
    state = "None yet: a dataset of picks, then one training."
    if number:
        newest = character.loras[0]
        words = [f"{number} {'is' if number == 1 else 'are'} there", newest.family, newest.trained]
        words.append(f"trigger {newest.trigger}" if newest.trigger else "")
        state = f"{', '.join(word for word in words if word)}."
    return Route(
        "lora-open",
        "LoRA",
        bool(number),
        state,
        _price(studio, "fal-ai/flux-lora-fast-training", "a training"),
        "The surest: the model itself knows the person, in any pose.",
        "It wants a good dataset, works with one family of models only, and is paid once for each training.",
    )


def _drift(character: Character, takes: Sequence[Take]) -> Route:
    picked = sum(take.verdict is Verdict.PICKED for take in takes)
    anchored = bool(picked or character.references)
    measured = f"{picked} picked of {len(takes)} takes, measured against the anchor."
    return Route(
        "drift-report",
        "Drift",
        anchored,
        measured if anchored else "No anchor yet: pick a take that is right.",
        "free",
        "Says in words what became redder, longer, different.",
        "It measures pixels and never decides.",
    )


def _price(studio: Studio, endpoint: str, noun: str) -> str:
    model = studio.catalogue.model(endpoint)
    if model is None:
        return ""
    amount: Decimal | None = model.price.amount
    return "unknown" if amount is None else f"from {money.shown(amount)} {noun}"
